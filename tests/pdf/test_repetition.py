"""A volume shows each thing once: the chapter of a technology has what no comparison of the volume shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes

from conftest import CATALOGUE, Site
from many import round_up
from pdfs import Pdf, build_pdf, letters
from sphinx_versus.components.component import Component
from sphinx_versus.pdf.repetition import Asked, Repetition

SITE = {
    **CATALOGUE,
    "docs/index.md": """
        # Home

        Think of {misconception}`slow ones <alpha-is-slow>`, {fact}`alpha/size` MB and {fact}`beta/licence`.

        ```{toctree}
        comparisons/index
        technologies/index
        ```
        """,
    "data/technologies/alpha.yaml": """
        name: Alpha
        kind: web-framework
        summary: Alpha is a framework with everything.
        facts:
          licence: {value: MIT, sources: [alpha-home], as_of: 2026-11}
          orm: {value: yes, note: It is part of the package., sources: [alpha-home]}
          size: {value: 31, note: Measured on paper., sources: [beta-review]}
        misconceptions:
          alpha-is-slow: {claim: Alpha is slow., correction: Alpha is fast., why_believed: It is large.}
        """,
    "data/comparisons/alpha-vs-beta.yaml": """
        technologies: [alpha, beta]
        relation: alternatives
        summary: Alpha brings more than Beta.
        criteria:
          - {group: All, rows: [licence, orm]}
        facts:
          beta:
            orm: {value: no, note: Not in this case., reason: Extensions are not compared here.}
        verdict:
          choose:
            alpha:
              - {when: you want a database layer at once, because: [orm]}
            beta:
              - {when: you want little, because: [licence]}
        reviewed: 2026-11-22
        """,
}
ALPHA, BETA, COMPARISON = "technologies/alpha", "technologies/beta", "comparisons/alpha-vs-beta"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("repetition")).write(SITE)


@pytest.fixture(scope="module")
def book(site: Site) -> Pdf:
    found = build_pdf(site, language="en", nitpicky=True)
    assert site.warnings == ""
    return found


@pytest.mark.parametrize(
    "words",
    [
        "It is part of the package.",
        "It is large.",
        "you want a database layer at once",
        "Measured on paper.",
        "Through an extension.",
        "Not in this case.",
    ],
)
def test_it_is_in_the_book_once(book: Pdf, words: str) -> None:
    """What a comparison replaces by its own answer is not the same as that answer."""
    assert book.letters.count(letters(words)) == 1


def test_a_technology_without_a_comparison_has_its_facts(book: Pdf) -> None:
    assert letters("Apache-2.0") in book.letters


def test_a_reference_leads_to_where_it_is_shown(book: Pdf) -> None:
    words = " ".join(book.pages[book.page_of("Think of") - 1].split()).replace("\u00a0", " ")
    assert f"slow ones (p. {book.page_of('It is large.')})" in words


def left_of(site: Site, docname: str) -> tuple[nodes.document, dict[str, Component], dict[str, str]]:
    """What is left of a page behind the comparison, by component, and the places that are gone."""
    asked = Asked(site.app.env)
    tree = asked.tree(docname)
    moved = Repetition(asked, (COMPARISON,)).remove_from(docname, tree)
    return tree, {one["name"]: one for one in tree.findall(Component)}, dict(moved)


def test_what_is_left(site: Site, book: Pdf) -> None:
    _tree, components, moved = left_of(site, ALPHA)
    assert [*components] == ["technology", "comparison-list", "table", "sources"]
    assert components["table"]["arguments"][2].exclude == ("licence", "orm")
    assert moved[f"{ALPHA}--row-licence"] == f"{COMPARISON}--row-licence"
    assert moved[f"{ALPHA}--misconception-alpha-is-slow"] == f"{COMPARISON}--misconception-alpha-is-slow"
    assert moved[f"{ALPHA}--choose-alpha-vs-beta"] == f"{COMPARISON}--verdict-alpha"
    assert moved[f"{ALPHA}--misconceptions"] == f"{ALPHA}--"
    assert f"{ALPHA}--row-size" not in moved
    assert f"{BETA}--row-orm" not in left_of(site, BETA)[2]


def test_sources_that_are_cited_no_more_are_not_listed(site: Site, book: Pdf) -> None:
    _tree, components, moved = left_of(site, ALPHA)
    (listed,) = components["sources"]["arguments"]
    assert [id_ for id_, _anchor in listed] == ["beta-review"]
    assert components["table"]["numbers"]["beta-review"].label == "[1]"
    assert moved[f"{ALPHA}--source-alpha-home"] == f"{ALPHA}--"


def test_a_section_of_which_nothing_is_left_is_gone(site: Site, book: Pdf) -> None:
    tree, _components, _moved = left_of(site, ALPHA)
    titles = [section[0].astext() for section in tree.findall(nodes.section)]
    assert titles == ["Alpha", "Facts", "Sources"]


def test_a_table_of_many_technologies_leaves_their_facts_to_them(tmp_path: Path) -> None:
    """It has no notes and no sources, which would be nowhere in the book."""
    many = Site(tmp_path).write(
        {**round_up(8), "docs/index.md": SITE["docs/index.md"].replace("Think", "x").split("x")[0]}
    )
    many.build("dummy")
    asked = Asked(many.app.env)
    tree = asked.tree("technologies/t1")
    moved = Repetition(asked, ("comparisons/all",)).remove_from("technologies/t1", tree)
    assert "table" in {one["name"] for one in tree.findall(Component)}
    assert not any("row-licence" in place for place in moved)
