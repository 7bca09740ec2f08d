"""What holds for every record and every authored page of this site, those to come included.

Most of it is a bar that the project sets for itself; a catalogue elsewhere may do without.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import BaseModel

from looping import each
from own_catalogue import CATALOGUE, COMPARISONS, DOCS, LOADED, PAGES, facts_shown, read, texts_of, topics
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.fields import ValueType
from sphinx_versus.catalogue.model import Comparison
from sphinx_versus.catalogue.published import lists_of
from sphinx_versus.catalogue.rules import advice

GLOSSARY = DOCS / "glossary.md"
EXPLAINS_ITSELF = {"licence", "first-release", "current-version"}
"""Criteria whose value, a name or a number, says all there is to say."""
MARKETING = re.compile(
    r"\b(blazing\w*|seamless\w*|world-class|cutting-edge|best-in-class|state-of-the-art|game-chang\w+|"
    r"next-gen\w*|revolutionar\w+|effortless\w*|turnkey|unparalleled|unmatched|superior|awesome|amazing|"
    r"supercharg\w+|lightning-fast|hassle-free|robust\w*|powerful(?! (web APIs|features)|-))\b",
    re.IGNORECASE,
)

of_each_comparison = each(COMPARISONS, attrgetter("id"))
of_each_page = each(PAGES)


# -- the data as a whole


def test_nothing_is_advised() -> None:
    assert advice(CATALOGUE) == []


def test_data_has_no_problems() -> None:
    assert [str(problem) for problem in LOADED.problems] == []


def test_nineteen_of_twenty_values_have_a_primary_source() -> None:
    counts = [query.coverage(CATALOGUE, one.id) for one in COMPARISONS]
    assert sum(one.primary for one in counts) >= 0.95 * sum(one.values for one in counts)


@each(CATALOGUE.technologies.values(), attrgetter("id"))
def test_every_technology_has_a_sourced_definition(technology: Any) -> None:
    assert str(technology.summary).strip()
    assert technology.sources


def test_every_criterion_is_used() -> None:
    shown = {row for one in COMPARISONS for group in one.criteria for row in group.rows}
    answered = {id_ for technology in CATALOGUE.technologies.values() for id_ in technology.facts}
    assert sorted(CATALOGUE.criteria.keys() - shown - answered) == []


def test_every_source_is_cited_and_has_a_quotation() -> None:
    assert sorted(CATALOGUE.sources.keys() - cited()) == []
    assert [one.id for one in CATALOGUE.sources.values() if not one.quote] == []


def cited() -> set[str]:
    """The ids that records list as their sources, and those of the marks in records and on pages."""
    records = [*CATALOGUE.technologies.values(), *COMPARISONS]
    found = {id_ for record in records for id_ in listed_sources(record)}
    texts = [text for record in records for text in texts_of(record)]
    texts += [read(path) for path in DOCS.rglob("*.md") if "snippets" not in path.parts]
    return found.union(*(marks_in(text) for text in texts))


def marks_in(text: str) -> set[str]:
    return {id_ for role in re.findall(r"\{source\}`([^`]*)`", text) for id_ in re.split(r"[\s,]+", role)}


def listed_sources(value: Any) -> Iterator[str]:
    """What stands under ``sources``, at any depth."""
    if isinstance(value, BaseModel):
        yield from getattr(value, "sources", ())
        for name in type(value).model_fields:
            yield from listed_sources(getattr(value, name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from listed_sources(one)


# -- each comparison


@of_each_comparison
def test_no_comparison_rests_on_secondary_sources(comparison: Comparison) -> None:
    assert query.coverage(CATALOGUE, comparison.id).primary_share >= 0.9


@of_each_comparison
def test_every_value_is_explained_sourced_and_dated(comparison: Comparison) -> None:
    facts = dict(facts_shown(comparison))
    typed = {id_ for id_, one in CATALOGUE.criteria.items() if one.type in {ValueType.DATE, ValueType.NUMBER}}
    bare = [name for name, fact in facts.items() if not fact.note]
    assert [name for name in bare if name.partition("/")[2] not in EXPLAINS_ITSELF | typed] == []
    assert [name for name, fact in facts.items() if not fact.sources] == []
    assert [name for name, fact in facts.items() if not fact.as_of] == []


@each(CATALOGUE.technologies.values(), attrgetter("id"))
def test_the_date_of_a_first_release_is_that_of_its_reading(technology: Any) -> None:
    """What happened once does not become old; dated by the event, the row would be marked as such."""
    fact = technology.facts.get("first-release")
    newest = max(str(one.as_of) for one in technology.facts.values() if one.as_of)
    assert fact is None or int(str(fact.as_of)[:4]) >= int(newest[:4])


@of_each_comparison
def test_table_has_enough_rows_in_groups(comparison: Comparison) -> None:
    assert len(comparison.criteria) >= 2
    assert sum(len(group.rows) for group in comparison.criteria) >= 8


@of_each_comparison
def test_misconceptions_are_enough_explained_and_sourced(comparison: Comparison) -> None:
    shown = query.misconceptions(CATALOGUE, comparison.id)
    assert len(shown) >= 4
    assert [one.id for one in shown if not (one.why_believed and one.sources)] == []


@of_each_comparison
def test_verdict_has_a_summary_and_reasons_for_every_side(comparison: Comparison) -> None:
    assert comparison.verdict
    assert comparison.verdict.summary
    conditions = {**comparison.verdict.choose, **comparison.verdict.use}
    assert set(conditions) == set(comparison.technologies)
    assert all(conditions.values())


@of_each_comparison
def test_verdict_has_a_question_and_an_answer_for_every_side(comparison: Comparison) -> None:
    assert comparison.verdict
    assert comparison.verdict.question
    assert set(comparison.verdict.answer) == set(comparison.technologies)


@of_each_comparison
def test_reader_is_told_what_to_read_next(comparison: Comparison) -> None:
    assert len(comparison.related) >= 2


@of_each_comparison
def test_review_is_not_in_the_future(comparison: Comparison) -> None:
    day = comparison.reviewed
    tomorrow = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=1)
    assert (day.year, day.month, day.day) <= (tomorrow.year, tomorrow.month, tomorrow.day)


@of_each_comparison
def test_a_review_comes_after_the_reading_of_its_sources(comparison: Comparison) -> None:
    records = [comparison, *(CATALOGUE.technologies[id_] for id_ in comparison.technologies)]
    page = DOCS / "comparisons" / f"{comparison.id}.md"
    used = {id_ for record in records for id_ in listed_sources(record)} | (
        marks_in(read(page)) if page.exists() else set()
    )
    read_on = {id_: str(CATALOGUE.sources[id_].accessed) for id_ in used}
    assert {id_: day for id_, day in read_on.items() if day > str(comparison.reviewed)} == {}
    dated = {name: str(fact.as_of) for name, fact in facts_shown(comparison) if fact.as_of}
    assert {name: day for name, day in dated.items() if day > str(comparison.reviewed)[: len(day)]} == {}


# -- prose


@each([*CATALOGUE.technologies.values(), *COMPARISONS, *CATALOGUE.criteria.values()], attrgetter("id"))
def test_record_praises_nothing(record: BaseModel) -> None:
    assert [match[0] for text in texts_of(record) for match in MARKETING.finditer(unquoted(text))] == []


@each([*PAGES, GLOSSARY])
def test_page_praises_nothing(page: Path) -> None:
    assert [match[0] for match in MARKETING.finditer(unquoted(read(page)))] == []


def unquoted(text: str) -> str:
    """The text without quotations, roles and code."""
    return re.sub(r'"[^"]*"|“[^”]*”|`[^`]*`', "", " ".join(text.split()))


def test_marketing_is_recognised() -> None:
    assert MARKETING.search("A powerful framework")
    assert not MARKETING.search(unquoted('It is called "robust" there; powerful web APIs are something else.'))


# -- authored pages


@of_each_page
def test_page_belongs_to_a_comparison(page: Path) -> None:
    assert page.stem in CATALOGUE.comparisons


@of_each_page
def test_page_has_five_to_seven_topics(page: Path) -> None:
    assert 5 <= len(topics(page)) <= 7


@of_each_page
def test_page_begins_with_the_answer(page: Path) -> None:
    assert re.match(r"# .+\n\n```\{verdict}\n```\n", read(page))


@of_each_page
def test_every_topic_begins_with_leads(page: Path) -> None:
    text = read(page)
    assert [heading for heading in topics(page) if f"### {heading}\n\n```{{leads}}\n" not in text] == []


@of_each_page
def test_topic_has_two_paragraphs_and_each_paragraph_a_source(page: Path) -> None:
    for heading, paragraphs in topics(page).items():
        assert len(paragraphs) >= 2, heading
        assert [text[:60] for text in paragraphs if "{source}`" not in text] == [], heading


@of_each_page
def test_page_has_no_raw_html(page: Path) -> None:
    tokens = MarkdownIt("commonmark").parse(read(page))
    every = [one for token in tokens for one in (token, *(token.children or ()))]
    assert [one.content for one in every if one.type.startswith("html")] == []


# -- the glossary


def test_every_term_is_sourced_and_linked() -> None:
    entries = glossary()
    assert [names[0] for names, definition in entries if not marks_in(definition)] == []
    others = [read(path) for path in DOCS.rglob("*.md") if path != GLOSSARY]
    linked = terms_in("\n".join(others)) | terms_in("\n".join(definition for _, definition in entries))
    assert [names[0] for names, _ in entries if not linked & {name.casefold() for name in names}] == []


def terms_in(text: str) -> set[str]:
    """What the role ``term`` points at."""
    roles = (" ".join(role.split()) for role in re.findall(r"\{term\}`([^`]*)`", text))
    return {re.sub(r".*<(.*)>", r"\1", role).casefold() for role in roles}


def glossary() -> list[tuple[list[str], str]]:
    """The entries: their names, and the definition."""
    _, _, body = read(GLOSSARY).partition(":sorted:\n")
    entries = [entry for entry in body.replace("```", "").split("\n\n") if entry.strip()]
    found = []
    for entry in entries:
        names = [line for line in entry.splitlines() if line and not line.startswith(" ")]
        found.append((names, entry))
    return found


def test_the_address_of_every_page_is_kept() -> None:
    assert CATALOGUE.published
    with_pages = {"comparisons": CATALOGUE.compared, "technologies": CATALOGUE.technologies}
    missing = {kept.kind: set(with_pages[kept.kind]) - set(kept.ids) for kept in lists_of(CATALOGUE.published)}
    assert not any(missing.values()), 'run "versus publish"'
