"""The table: its structure, the words of every state, the evidence and the anchors."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from conftest import Site
from reading import Read, Reader

PAGE = "# Page\n\n```{comparison-table} alpha-vs-beta\n```\n"


@pytest.fixture(scope="module")
def page(reader: Reader) -> Read:
    return reader.read(PAGE)


def cell(tree: nodes.document, criterion: str, column: int) -> nodes.entry:
    """The cell of a row (found by its anchor) in a column (0: the criterion)."""
    target = next(node for node in tree.findall(nodes.target) if node["ids"] == [f"row-{criterion}"])
    row = target.parent
    while not isinstance(row, nodes.row):
        row = row.parent
    return list(row.findall(nodes.entry))[column]


def marks_of(page: Read) -> list[nodes.reference]:
    return [node for node in page.resolved.findall(nodes.reference) if "versus-source" in node["classes"]]


def lines(entry: nodes.entry) -> list[str]:
    return [" ".join(block.astext().split()) for block in entry.children]


def test_the_first_column_is_a_stub_and_the_head_one_row(page: Read) -> None:
    specs = list(page.one(nodes.table).findall(nodes.colspec))
    assert [spec.get("stub", 0) for spec in specs] == [1, 0, 0]
    assert sum(spec["colwidth"] for spec in specs) == 100
    assert len(list(page.one(nodes.thead).findall(nodes.row))) == 1


def test_groups_span_the_whole_row(page: Read) -> None:
    spans = [entry for entry in page.all(nodes.entry) if "morecols" in entry]
    assert [(entry.astext(), entry["morecols"]) for entry in spans] == [("Data", 2), ("Project", 2)]


@pytest.mark.parametrize(
    ("criterion", "column", "expected"),
    [
        ("orm", 1, ["Yes", "It is part of the package.", "[1]"]),
        ("orm", 2, ["Partial", "Through an extension.", "no source"]),
        ("licence", 1, ["MIT", "version 1.2, November 2026 [1]"]),
        ("licence", 2, ["MIT", "version 3.1, October 2026 [2]"]),
        ("first-release", 1, ["July 2005", "no source"]),
        ("first-release", 2, ["Not assessed"]),
        ("size", 1, ["Not assessed"]),
        ("size", 2, ["12 MB", "Measured by hand.", "Disputed: Others say 13.", "our judgement"]),
    ],
)
def test_a_cell_says_value_note_and_evidence_in_words(
    page: Read, criterion: str, column: int, expected: list[str]
) -> None:
    assert lines(cell(page.resolved, criterion, column)) == expected


@pytest.mark.parametrize(
    ("criterion", "column", "class_"),
    [
        ("orm", 1, "versus-is-yes"),
        ("orm", 2, "versus-is-partial"),
        ("licence", 1, "versus-is-value"),
        ("size", 1, "versus-is-not-assessed"),
    ],
)
def test_the_state_of_a_cell_is_a_class_too(page: Read, criterion: str, column: int, class_: str) -> None:
    assert class_ in cell(page.resolved, criterion, column)["classes"]


def test_rows_say_whether_the_sides_differ(page: Read) -> None:
    rows = {row.astext().split("\n")[0].strip("¶"): row["classes"] for row in page.all(nodes.row, "versus-row")}
    assert "versus-differs" in rows["Database layer"]
    assert "versus-same" in rows["Licence"]
    assert "versus-same" in rows["Size"]  # what is not assessed is no difference


def test_marks_lead_to_the_list_of_sources(page: Read) -> None:
    listed = [target["ids"][0] for target in page.one(nodes.container, "versus-sources").findall(nodes.target)]
    marks = {mark["refid"]: mark.astext() for mark in marks_of(page)}
    assert listed == ["source-alpha-home", "source-beta-review"]
    assert marks == {"source-alpha-home": "[1]", "source-beta-review": "[2]"}


def test_a_second_table_of_the_same_comparison_has_anchors_of_its_own(reader: Reader) -> None:
    page = reader.read(PAGE + "\n```{comparison-table} alpha-vs-beta\n```\n")
    ids = [id_ for node in page.resolved.findall(nodes.Element) for id_ in node["ids"]]
    assert {"row-orm", "row-orm-2"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert [mark.astext() for mark in marks_of(page)] == ["[1]", "[1]", "[2]"] * 2


def test_criteria_lead_to_their_definitions(page: Read) -> None:
    link = next(cell(page.resolved, "orm", 0).findall(nodes.reference))
    assert link["refuri"] == "criteria.html#criterion-orm"


def test_unknown_is_not_no_and_an_override_gives_its_reason(small_site: Site) -> None:
    small_site.edit("data/technologies/gamma.yaml", "{value: no}", "{note: Its documentation does not say.}")
    override = "facts: {beta: {orm: {value: no, reason: Extensions do not count here.}}}\nreviewed:"
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "reviewed:", override)
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# Page\n\n```{technology-facts} gamma\n```\n"}).build()
    assert small_site.warnings == ""
    words = small_site.soup("page.html").get_text(" ", strip=True)
    assert "Unknown Its documentation does not say." in words
    cell = small_site.soup("comparisons/alpha-vs-beta.html").select("#row-orm td")[1].get_text(" ", strip=True)
    assert re.search(r"no source: No\b.* Differs here: Extensions do not count here\.", cell)
    assert "Partial" in small_site.soup("technologies/beta.html").get_text()
