"""What holds for every page of HTML, with all components on them: ids, links, inline styles, and what may stand in what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import CATALOGUE, INDEX, Site

BLOCKS = {
    "list": ("- first words\\n- last words", ["first words", "last words"]),
    "code": ("```\\nfirst words\\nlast words\\n```", ["first words\nlast words"]),
    "paragraph and list": ("first words:\\n\\n- last words", ["first words:", "last words"]),
    "paragraphs": ("first words\\n\\nlast words", ["first words", "last words"]),
    "quotation": ("> first words\\n\\nlast words", ["first words", "last words"]),
}
"""Texts that are no single paragraph, and their words."""
COMPARISON = "data/comparisons/alpha-vs-beta.yaml"
REASON = "- {when: you want a database layer at once, because: [orm]}"
TWO_REASONS = {
    COMPARISON: CATALOGUE[COMPARISON].replace(REASON, "- {when: you want it now, because: [orm]}\n" + " " * 14 + REASON)
}
BLOCK = ["p", "ul", "ol", "dl", "pre", "blockquote", "div", "table"]
PAGES = {
    "docs/all.md": """
        ---
        orphan: true
        ---
        # All

        ```{verdict} alpha-vs-beta
        ```

        ```{verdict} alpha-vs-beta
        ```

        ```{eval-rst}
        .. verdict:: alpha-vs-beta
        ```

        ```{eval-rst}
        .. verdict:: alpha-vs-beta
        ```

        ```{comparison-table} alpha-vs-beta
        :widths: 20 40 40
        ```

        ```{comparison-table} alpha, beta, gamma
        :transpose:
        ```

        ```{value-ages} alpha-vs-beta
        ```

        ```{value-ages} alpha
        ```

        ```{catalogue-numbers}
        ```

        ```{technology-choices} alpha
        ```

        ```{misconceptions} alpha-vs-beta
        ```

        ```{comparison-index}
        ```

        ```{comparison-matrix}
        ```

        ```{compare-picker}
        ```

        ```{differences} alpha-vs-beta
        ```

        ## Topic

        ```{leads} alpha-vs-beta
        alpha: Much is there.
        beta: Little is there.
        ```

        More words.
        """
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("html")).write({**CATALOGUE, **TWO_REASONS, **INDEX, **PAGES})
    return site.build()


def pages(site: Site) -> Iterator[tuple[str, BeautifulSoup]]:
    folder = site.root / "_build" / "html"
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_no_element_has_a_style_of_its_own(site: Site) -> None:
    """A strict content security policy ignores inline styles, and runs no script of a page or an attribute."""
    styled = [
        (name, str(element)[:100])
        for name, page in pages(site)
        if name not in {"genindex.html", "search.html"}  # which Sphinx makes, with styles of its own
        for element in page.select("[role=main] [style], [role=main] style, [role=main] script, .versus-picker [style]")
    ]
    assert styled == []


def test_every_id_is_once_on_a_page(site: Site) -> None:
    for name, page in pages(site):
        ids = Counter(element["id"] for element in page.select("[id]"))
        assert [id_ for id_, times in ids.items() if times > 1] == [], name


def test_every_link_within_a_page_has_a_target(site: Site) -> None:
    for name, page in pages(site):
        ids = {element["id"] for element in page.select("[id]")}
        anchors = {link["href"][1:] for link in page.select("[role=main] a[href^='#']")} - {""}
        assert anchors <= ids, name


def test_controls_have_words(site: Site) -> None:
    for name, page in pages(site):
        for control in page.select("[role=main] .vs input"):
            label = control.find_parent("label")
            assert control.get("aria-label") or (label and label.get_text(strip=True)), name


@pytest.mark.parametrize("form", BLOCKS)
def test_a_text_of_blocks_breaks_no_line_and_loses_no_word(small_site: Site, form: str) -> None:
    text, words = BLOCKS[form]
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "when: you want little", f'when: "{text}"')
    small_site.edit(
        "data/technologies/alpha.yaml", "correction: Alpha is as fast as its queries.", f'correction: "{text}"'
    )
    small_site.build()
    for page, selector in (
        ("comparisons/alpha-vs-beta.html", ".vs-answer li"),
        ("comparisons/alpha-vs-beta.html", ".vs-myth"),
        ("misconceptions.html", ".vs-myth"),
    ):
        shown = small_site.soup(page).select(selector)
        found = [one for one in shown if words[0] in one.get_text()]
        assert found, page
        if page != "misconceptions.html":
            assert any(all(part in one.get_text() for part in words) for one in found), page
        for one in found:
            assert [*blocks_in_lines(one)] == [], page
            assert all(label.get_text(strip=True) for label in one.select("label"))


def blocks_in_lines(element: Tag) -> Iterator[str]:
    """Blocks in elements that hold no blocks."""
    for line in element.select("label, span, b, p, h1, h2, h3, h4, summary"):
        yield from (f"<{block.name}> in <{line.name}>" for block in line.select(", ".join(BLOCK)))


def test_of_many_rows_that_are_the_same_a_dozen_is_named(tmp_path: Path) -> None:
    """The rest is in the table, to which a link goes, in all formats."""
    ids = [f"c{number}" for number in range(14)]
    criteria = "".join(f"{id_}: {{name: Criterion {id_}, definition: D}}\n" for id_ in ids)
    facts = "facts:\n" + "".join(f"  {id_}: {{value: x}}\n" for id_ in ids)
    sides = {f"data/technologies/{id_}.yaml": f"name: {id_}\nkind: k\nsummary: S\n{facts}" for id_ in ("one", "two")}
    comparison = "technologies: [one, two]\nrelation: alternatives\nsummary: S\nreviewed: 2026-11-22\n"
    rows = f"criteria: [{{group: G, rows: [{', '.join(ids)}]}}]\n"
    files = {**sides, "data/criteria.yaml": criteria, "data/comparisons/one-vs-two.yaml": comparison + rows}
    site = Site(tmp_path).write({**files, **INDEX, "docs/page.md": "# Page\n\n```{differences} one-vs-two\n```\n"})
    site.build("html")
    line = site.soup("page.html").select_one(".versus-also")
    assert line
    assert (len(line.select("a")), line.select("a")[-1].text) == (13, "and 2 more")
    assert line.select("a")[-1]["href"].startswith("comparisons/one-vs-two.html#row-")
    site.build("text")
    assert "*Criterion c11*, *and 2 more*." in " ".join(site.output("page.txt", "text").split())
