"""What stands in a cell, a list, a quotation or a note of a page, and texts with tables, in every format."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import pytest

from conftest import CATALOGUE, INDEX, Site

DIRECTIVES = (
    "{comparison-table} alpha-vs-beta\n:caption: The caption",
    "{comparison-table} alpha-vs-beta\n:transpose:",
    "{technology-facts} alpha\n:name: facts",
    "{comparison-matrix}",
    "{comparison-summary} alpha-vs-beta",
    "{misconception} alpha-is-slow",
    "{verdict} alpha-vs-beta",
    "{differences} alpha-vs-beta",
    "{topics} alpha-vs-beta",
    "{comparison-index}",
    "{compare-picker}",
)
AROUND = (
    ("````{list-table}\n* - X\n  - ", "    ", "\n````"),
    ("````{list-table}\n* - X\n  - - ", "      ", "\n````"),
    ("``````{list-table}\n* - X\n  - `````{note}\n    ", "    ", "\n    `````\n``````"),
    ("- ", "  ", ""),
    ("> ", "> ", ""),
    ("````{note}\n", "", "\n````"),
    ("````{epigraph}\n", "", "\n````"),
    ("x[^{0}]\n\n[^{0}]: y\n\n    ", "    ", ""),
)
TEXTS = (
    "| a | b |\n|---|---|",
    "```{list-table}\n:widths: " + "9" * 400 + " 1\n* - a\n  - b\n```",
    "```{list-table} The title\n* - a\n  - b\n```",
    "|" * 102 + "\n" + "|-" * 101 + "|\n|\n",
)


def blocks() -> Iterator[str]:
    """Every directive in everything that may be around it."""
    for number, directive in enumerate(DIRECTIVES):
        for place, (before, indent, after) in enumerate(AROUND):
            name = f"{number}-{place}"
            lines = f"```{directive.replace(': facts', f': facts-{name}')}\n```".replace("\n", f"\n{indent}")
            yield before.replace("{0}", name) + lines + after


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("nested")).write({**CATALOGUE, **INDEX})
    site.write({"conf.py": Site.CONF + "numfig = True\nman_pages = [('index', 'test', '', '', 1)]\n"})
    (site.root / "docs/page.md").write_text("# Page\n\n" + "\n\n".join(blocks()) + "\n", encoding="utf-8")
    for number, text in enumerate(TEXTS):
        summary = textwrap.indent(f"A text.\n\n{text}\n\nThe end {number}.", "  ")
        record = f"name: Tool {number}\nkind: web-framework\nsummary: |\n{summary}\n"
        (site.root / f"data/technologies/tool-{number}.yaml").write_text(record, encoding="utf-8")
    return site.build("text", doctrees="all")


def test_what_cannot_be_shown_is_reported(nested: Site) -> None:
    assert "[internal]" not in nested.warnings
    for number, found in ((0, "a table without rows"), (1, "a width"), (3, "a table with more than 50 columns")):
        assert re.search(rf"tool-{number}\.yaml:\d+:\d+: WARNING: \[unsafe-prose\] {found}", nested.warnings)


def test_a_table_in_a_cell_is_a_list(nested: Site) -> None:
    text = nested.output("page.txt", "text")
    assert re.search(r"^\| X +\| The caption  \* Data  \* \*Database layer\*", text, re.MULTILINE)
    assert "**Alpha:** **Yes**" in text
    assert "**Database layer:** **Yes**" in text
    assert text.count("The caption") == len(AROUND)


@pytest.mark.parametrize("builder", ["html", "man", "latex", "texinfo", "xml", "epub"])
def test_every_format_is_written(nested: Site, builder: str) -> None:
    nested.build(builder, doctrees="all")
    assert "[internal]" not in nested.warnings
    assert "IDs not assigned" not in nested.warnings


def test_the_caption_of_a_text_is_shown(nested: Site) -> None:
    page = nested.build(doctrees="all").soup("technologies/tool-2.html")
    assert [one.get_text() for one in page.select("p > strong") if one.get_text() == "The title"]
    assert page.select("td > p")
    assert "The end 2." in page.get_text()
