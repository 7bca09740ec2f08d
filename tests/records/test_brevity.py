"""The prose and the values of comparisons keep to the limits of docs/contributing/data.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from looping import each
from own_catalogue import CATALOGUE, COMPARISONS, DOCS, facts_shown, read, texts_of, topics
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.markdown import first_sentence
from sphinx_versus.catalogue.model import Comparison, Misconception

MOST_WORDS = 900
MOST_WORDS_OF_A_TOPIC = 130
LONGEST_VALUE = 34  # one line of a column of about 300 px
LONGEST_REASON = 90
LONGEST_FIRST_SENTENCE = 120
NARRATION = re.compile(
    r"\b(w(as|ere) (not |never )?(found|checked|read)|documents? (that (was|were) )?read|read (on \d|for this)|drawn from|"
    r"(this is|is|from) our|our conclusion|for this page|secondary sources?|according to secondary|third-party (page|article)s?)\b",
    re.IGNORECASE,
)
"""Notes on the research, which belong on the page "How we compare"."""
SUPPORTED = {
    "mongodb": {"7.0", "8.0", "8.3", "9.0"},
    "mysql": {"8.4", "9.7", "26.10"},
    "postgresql": {"15", "16", "17", "18"},
}
"""The versions that their makers still support (November 2026)."""
EDITION = re.compile(r"(?:manual|documentation of version) (\d+(?:\.\d+)?)")

of_each_comparison = each(COMPARISONS, attrgetter("id"))


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


# -- versions


@of_each_comparison
def test_no_value_comes_from_a_version_that_is_no_longer_supported(comparison: Comparison) -> None:
    assert [old for name, fact in facts_shown(comparison) for old in unsupported(name, fact)] == []


def unsupported(name: str, fact: object) -> Iterator[str]:
    supported = SUPPORTED.get(name.partition("/")[0])
    if supported is None:
        return
    version = getattr(fact, "version", None)
    if version and str(version) not in supported:
        yield f"{name}: {version}"
    for id_ in getattr(fact, "sources", ()):
        edition = EDITION.search(str(CATALOGUE.sources[id_].edition or ""))
        if edition and edition[1] not in supported and edition[1].partition(".")[0] not in supported:
            yield f"{name}: {id_} ({edition[0]})"
