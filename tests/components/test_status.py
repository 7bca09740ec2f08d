"""The quiet line at the top of a comparison."""

from __future__ import annotations

from docutils import nodes

from reading import Read, Reader


def read(reader: Reader, text: str) -> Read:
    page = reader.read(f"# Page\n\n{text}\n")
    assert page.warnings == []
    return page


def test_it_tells_how_far_the_page_can_be_relied_on(reader: Reader) -> None:
    page = read(reader, "```{comparison-summary} alpha-vs-beta\n```\n\n```{comparison-table} alpha-vs-beta\n```\n")
    line = page.one(nodes.paragraph, "versus-status").astext()
    assert line.split(" · ") == [
        "Alternatives",
        "Reviewed November 22, 2026",
        "Alpha 1.2, Beta 3.1",
        "Oldest fact: October 2026",
        "2 sources",
    ]


def test_the_count_leads_to_the_sources(reader: Reader) -> None:
    page = read(reader, "```{comparison-summary} alpha-vs-beta\n```\n\n```{comparison-table} alpha-vs-beta\n```\n")
    line = page.one(nodes.paragraph, "versus-status")
    links = {link.astext(): link for link in line.findall(nodes.reference)}
    assert links["2 sources"]["refid"] == "source-alpha-home"


def test_a_page_without_sources_counts_none(reader: Reader) -> None:
    line = read(reader, "```{comparison-summary} alpha-vs-beta\n```").one(nodes.paragraph, "versus-status")
    assert "source" not in line.astext()
