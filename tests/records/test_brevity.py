"""The prose and the values of comparisons keep to the limits of docs/contributing/data.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from looping import each
from own_catalogue import CATALOGUE, COMPARISONS, DOCS, PAGES, facts_shown, read, texts_of, topics
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.fields import Kind
from sphinx_versus.catalogue.markdown import first_sentence
from sphinx_versus.catalogue.model import Comparison, Fact, Misconception, Technology

MOST_WORDS = 900
MOST_WORDS_OF_A_TOPIC = 130
LONGEST_VALUE = 34  # one line of a column of about 300 px
LONGEST_REASON = 90
LONGEST_FIRST_SENTENCE = 120
SAME_WORDS = 8  # as many in a row are a repetition and no coincidence
NARRATION = re.compile(
    r"\b(w(as|ere) (not |never )?(found|checked|read)|documents? (that (was|were) )?read|read (on \d|for this)|drawn from|"
    r"(this is|is|from) our|our conclusion|for this page|secondary sources?|according to secondary|third-party (page|article)s?|"
    r"(in|from) the sources|no source (says|names|gives)|could not be (found|verified|confirmed)|at the time of writing)\b",
    re.IGNORECASE,
)
"""Notes on the research, which belong on the page "How we compare"."""
SUPPORTED: dict[str, dict[str, list[str]]] = yaml.safe_load(read(Path(__file__).with_name("supported_versions.yaml")))[
    "lines"
]
EDITION = re.compile(r"(?:manual|documentation of version) (\d+(?:\.\d+)?)")

COMPARING = re.compile(
    r"\b(best|better|big|easy|easier|excellent|extensive|fast|faster|friendly|hard|harder|high|higher|large|larger|low|lower|"
    r"minimal|opinionated|poor|simple|simpler|slow|slower|small|steep|steeper|strong|stronger|weak|weaker)\b",
    re.IGNORECASE,
)
"""Words of which "How we compare" says that no document settles them."""
AMERICAN = re.compile(
    r"\b(colors?|colored|behaviors?|favors?|favorites?|honors?|neighbors?|labor|flavors?|centers?|centered|liters?|fibers?|catalogs?|"
    r"defenses?|offenses?|licenses?|judgments?|artifacts?|gray|analyz\w+|cancel(ed|ing)|label(ed|ing)|model(ed|ing)|travel(ed|ing)|"
    r"fulfillment|enrollment|skillful|(?!(un|re)?authoriz|resiz|capsiz)[a-z]{3,}iz(e|es|ed|er|ers|ing|ations?))\b"
)
"""American spellings; the project writes British ones, apart from *authorize* and its kin, which name one of its topics; names begin with a capital."""
DATE_OF_A_MACHINE = re.compile(
    r"\b\d{4}-\d{2}(-\d{2})?\b|\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)
"""In sentences a date is written as in *3 November 2026*."""
SPACED_PERCENT = re.compile(r"\d %")

of_each_comparison = each(COMPARISONS, attrgetter("id"))
of_each_technology = each(CATALOGUE.technologies.values(), attrgetter("id"))


def page_of(comparison: Comparison) -> Path:
    return DOCS / "comparisons" / f"{comparison.id}.md"


def plain(text: str) -> str:
    """The text as it is shown: without marks of sources, and roles as their words."""
    without_sources = re.sub(r"\s*\{source\}`[^`]*`", "", text)
    return " ".join(re.sub(r"\{\w+\}`([^`<]*?)\s*(?:<[^`]*>)?`", r"\1", without_sources).split())


def words(text: str) -> int:
    return len(re.findall(r"\S*\w\S*", plain(text)))


def misconceptions(comparison: Comparison) -> tuple[Misconception, ...]:
    return query.misconceptions(CATALOGUE, comparison.id)


def paragraphs(page: Path) -> Iterator[str]:
    """The running text of an authored page; a generated one has only that of the record."""
    if not page.exists():
        return
    tokens = MarkdownIt("commonmark").parse(read(page))
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open" and before.level == 0:
            yield token.content


def leads(page: Path) -> list[dict[str, str]]:
    """The leads of each topic, by the id of the side."""

    def of(token: Token) -> dict[str, str]:
        return {id_: lead.strip() for id_, _, lead in (line.partition(":") for line in token.content.splitlines())}

    if not page.exists():
        return []
    return [of(token) for token in MarkdownIt("commonmark").parse(read(page)) if token.info == "{leads}"]


def prose(comparison: Comparison) -> Iterator[str]:
    """Everything that the page shows as sentences, apart from the table."""
    page = page_of(comparison)
    yield from paragraphs(page)
    yield from (lead for one in leads(page) for lead in one.values())
    for topic in comparison.topics.values():
        yield from (str(topic.body), *map(str, topic.leads.values()))
    yield from (str(CATALOGUE.technologies[id_].summary) for id_ in comparison.technologies)
    if comparison.verdict and comparison.verdict.summary:
        yield str(comparison.verdict.summary)
    for one in misconceptions(comparison):
        yield str(one.correction)
        yield str(one.why_believed or "")


def reasons(comparison: Comparison) -> list[str]:
    verdict = comparison.verdict
    assert verdict
    return [str(one.when) for side in (*verdict.choose.values(), *verdict.use.values()) for one in side]


def sentences(text: str) -> Iterator[str]:
    rest = plain(text)
    while rest:
        first, rest = first_sentence(rest)
        yield first


# -- length


@of_each_comparison
def test_prose_is_short(comparison: Comparison) -> None:
    assert sum(map(words, prose(comparison))) <= MOST_WORDS


@of_each_comparison
def test_topics_are_short(comparison: Comparison) -> None:
    page = page_of(comparison)
    found = topics(page) if page.exists() else {id_: [str(one.body)] for id_, one in comparison.topics.items()}
    counts = {heading: sum(map(words, texts)) for heading, texts in found.items()}
    assert {heading: count for heading, count in counts.items() if count > MOST_WORDS_OF_A_TOPIC} == {}


@of_each_comparison
def test_a_value_fits_a_line(comparison: Comparison) -> None:
    values = {name: str(fact.value) for name, fact in facts_shown(comparison)}
    assert {name: value for name, value in values.items() if len(value) > LONGEST_VALUE} == {}


@of_each_comparison
def test_reasons_are_few_and_short(comparison: Comparison) -> None:
    found = reasons(comparison)
    assert 6 <= len(found) <= 4 * len(comparison.technologies)
    assert [one for one in found if len(plain(one)) > LONGEST_REASON] == []


@of_each_comparison
def test_the_first_sentence_of_a_correction_is_short(comparison: Comparison) -> None:
    first = [plain(first_sentence(str(one.correction))[0]) for one in misconceptions(comparison)]
    assert [one for one in first if len(one) > LONGEST_FIRST_SENTENCE] == []


@of_each_comparison
def test_every_topic_has_a_lead_for_each_side(comparison: Comparison) -> None:
    every = [*leads(page_of(comparison)), *(one.leads for one in comparison.topics.values())]
    assert [one for one in every if tuple(one) != comparison.technologies] == []


# -- wording


@of_each_comparison
def test_the_research_is_not_narrated(comparison: Comparison) -> None:
    records = [comparison, *(CATALOGUE.technologies[id_] for id_ in comparison.technologies)]
    texts = [*paragraphs(page_of(comparison)), *(text for record in records for text in texts_of(record))]
    assert [match[0] for text in texts for match in NARRATION.finditer(text)] == []


def test_narration_is_recognised() -> None:
    assert NARRATION.search("For this page no benchmark was found.")
    assert NARRATION.search("A third-party page names 66 %.")
    assert NARRATION.search("This was not found in the documents read.")
    assert NARRATION.search("A conclusion drawn from two guides, read on 3 May.")
    assert NARRATION.search("A date could not be confirmed.")
    assert not NARRATION.search("A read sees the latest write; reads are answered by standbys.")


@of_each_comparison
def test_no_sentence_is_there_twice(comparison: Comparison) -> None:
    notes = [str(fact.note or "") for _, fact in facts_shown(comparison)]
    found = Counter(
        re.sub(r"[^\w ]", "", sentence).casefold()
        for text in (*prose(comparison), *notes, *reasons(comparison))
        for sentence in sentences(text)
        if len(sentence.split()) > 3
    )
    assert [sentence for sentence, count in found.items() if count > 1] == []


@of_each_comparison
def test_prose_and_notes_do_not_say_the_same(comparison: Comparison) -> None:
    def runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
        spoken = (re.findall(r"[\w'%.-]+", plain(text).casefold()) for text in texts)
        return {tuple(one[i : i + SAME_WORDS]) for one in spoken for i in range(len(one) - SAME_WORDS + 1)}

    notes = (str(text) for _, fact in facts_shown(comparison) for text in (fact.note, fact.disputed) if text)
    assert runs(notes) & runs((*prose(comparison), *reasons(comparison))) == set()


@of_each_comparison
def test_a_value_that_compares_is_marked_as_a_judgement(comparison: Comparison) -> None:
    compared = {name: str(fact.value) for name, fact in facts_shown(comparison) if not fact.judgement}
    assert {name: value for name, value in compared.items() if COMPARING.search(value)} == {}


def own_sentences() -> Iterator[tuple[str, str]]:
    """Every text of the records and pages that is shown as a sentence, in this project's own words, with where it is."""
    records = [*CATALOGUE.technologies.values(), *CATALOGUE.comparisons.values(), *CATALOGUE.criteria.values()]
    yield from ((record.id, own_words(text)) for record in records for text in texts_of(record) if " " in text)
    for page in (*PAGES, DOCS / "glossary.md", DOCS / "how-we-compare.md"):
        yield from ((page.stem, own_words(line)) for line in re.split(r"\n\n", read(page)))


def own_words(text: str) -> str:
    """Without code, roles that name records, quotations and addresses."""
    return re.sub(
        r"\{(source|fact|misconception|comparison)\}`[^`]*`|<[^>]*>|`[^`]*`|\"[^\"]*\"|https?://\S+", " ", text
    )


def test_spelling_is_british() -> None:
    assert [(name, match[0]) for name, text in own_sentences() for match in AMERICAN.finditer(text)] == []


def test_american_spelling_is_recognised() -> None:
    assert [match[0] for match in AMERICAN.finditer("the center organizes licenses and a color catalog")] == [
        *("center", "organizes", "licenses", "color", "catalog"),
    ]
    assert not AMERICAN.search("reauthorized; a size, a prize; IAM Identity Center, Serializable, AWS Organizations")


def test_dates_and_percentages_are_written_alike() -> None:
    found = [(name, match[0]) for name, text in own_sentences() for pattern in (DATE_OF_A_MACHINE, SPACED_PERCENT)
             for match in pattern.finditer(text)]  # fmt: skip
    assert found == []


# -- versions


@of_each_comparison
def test_no_value_comes_from_a_version_that_is_no_longer_supported(comparison: Comparison) -> None:
    assert [old for name, fact in facts_shown(comparison) for old in unsupported(name, fact)] == []


@of_each_technology
def test_the_table_of_supported_versions_has_every_technology_with_versions(technology: Technology) -> None:
    versions = {fact.version for fact in technology.facts.values() if fact.version}
    assert bool(versions) == (technology.id in SUPPORTED)


def test_the_table_of_supported_versions_is_sourced() -> None:
    assert {source for line in SUPPORTED.values() for source in line["sources"]} <= CATALOGUE.sources.keys()
    assert all(line["versions"] and line["sources"] for line in SUPPORTED.values())


@of_each_comparison
def test_support_has_not_ended_before_the_review(comparison: Comparison) -> None:
    ends = {
        name: str(fact.value)
        for name, fact in facts_shown(comparison)
        if name.endswith("/supported-until") and fact.value
    }
    assert {name: end for name, end in ends.items() if end <= str(comparison.reviewed)[: len(end)]} == {}


def unsupported(name: str, fact: Fact) -> Iterator[str]:
    line = SUPPORTED.get(name.partition("/")[0])
    if line is None:
        return
    supported = line["versions"]
    if fact.version and not is_of(fact.version, supported):
        yield f"{name}: {fact.version}"
    for id_ in fact.sources:
        edition = EDITION.search(str(CATALOGUE.sources[id_].edition or ""))
        if edition and not is_of(edition[1], supported):
            yield f"{name}: {id_} ({edition[0]})"


def is_of(version: str, lines: list[str]) -> bool:
    """Whether a version belongs to one of these lines: 6.1.3 to 6.1, and 18.6 to 18."""
    return any(f"{version}.".startswith(f"{line}.") for line in lines)


# -- evidence


@of_each_technology
def test_nineteen_of_twenty_values_of_a_technology_have_a_primary_source(technology: Technology) -> None:
    known = {name: fact for name, fact in technology.facts.items() if fact.value is not None}
    without = [
        name
        for name, fact in known.items()
        if not any(CATALOGUE.sources[id_].kind is Kind.PRIMARY for id_ in fact.sources)
    ]
    assert len(without) <= 0.05 * len(known), without
