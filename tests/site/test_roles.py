"""Every role: where it leads, its text and its tooltip; and what is said of an unknown id."""

from __future__ import annotations

import pytest
from docutils import nodes

from conftest import CATALOGUE, INDEX, Site
from reading import Reader, rst

GOOD = [
    # role, then: address, text, tooltip
    ("{technology}`alpha`", "technologies/alpha.html", "Alpha", None),
    ("{versus:technology}`alpha`", "technologies/alpha.html", "Alpha", None),
    ("{technology}`the first <alpha>`", "technologies/alpha.html", "the first", None),
    ("{comparison}`alpha-vs-beta`", "comparisons/alpha-vs-beta.html", "Alpha vs Beta", None),
    (
        "{misconception}`alpha-is-slow`",
        "technologies/alpha.html#misconception-alpha-is-slow",
        "Alpha is slow.",
        None,
    ),
    ("{criterion}`orm`", "criteria.html#criterion-orm", "Database layer", None),
    ("{row}`alpha-vs-beta/orm`", "comparisons/alpha-vs-beta.html#row-orm", "Database layer", None),
    ("{fact}`alpha/orm`", "technologies/alpha.html#row-orm", "Yes", "It is part of the package."),
    ("{fact}`beta/size`", "technologies/beta.html#row-size", "12 MB", "Measured by hand."),
    ("{fact}`alpha/first-release`", "technologies/alpha.html#row-first-release", "July 2005", None),
    (
        "{versus:fact}`text <alpha/orm>`",
        "technologies/alpha.html#row-orm",
        "text",
        "It is part of the package.",
    ),
    ("{any}`alpha`", "technologies/alpha.html", "Alpha", None),
    ("{any}`orm`", "criteria.html#criterion-orm", "Database layer", None),
]


@pytest.mark.parametrize("parser", [".md", ".rst"])
@pytest.mark.parametrize(("role", "address", "text", "tooltip"), GOOD)
def test_a_role_leads_to_its_object(
    reader: Reader, parser: str, role: str, address: str, text: str, tooltip: str | None
) -> None:
    markdown = f"# Page\n\nSee {role}.\n"
    page = reader.read(markdown if parser == ".md" else rst(markdown), parser)
    assert page.warnings == []
    reference = next(page.all(nodes.paragraph)[0].findall(nodes.reference))
    assert reference.get("refuri", "#" + reference.get("refid", "")) == address
    assert reference.astext() == text
    assert reference.get("reftitle") == tooltip


@pytest.mark.parametrize("role", ["{technology}`!alpha`", "{technology}`!Alpha <alpha>`"])
def test_an_exclamation_mark_makes_no_link(reader: Reader, role: str) -> None:
    page = reader.read(f"# Page\n\n{role}\n")
    assert page.warnings == []
    paragraph = page.all(nodes.paragraph)[0]
    assert paragraph.astext() == "Alpha"
    assert list(paragraph.findall(nodes.reference)) == []


def test_source_marks_are_numbered_by_first_appearance(reader: Reader) -> None:
    page = reader.read("# Page\n\nA {source}`beta-review`. B {source}`alpha-home, beta-review`.\n")
    marks = [(mark["refid"], mark.astext()) for mark in page.tree.findall(nodes.reference) if "refid" in mark]
    beta, alpha = ("source-beta-review", "[1]"), ("source-alpha-home", "[2]")
    assert marks == [beta, alpha, beta]
    assert page.all(nodes.paragraph)[0].astext() == "A [1]. B [2][1]."
    entries = [item.astext() for item in page.one(nodes.container, "versus-sources").findall(nodes.list_item)]
    assert [entry.split(".")[0] for entry in entries] == ["A review of Beta", "Alpha home page"]


UNKNOWN = [
    ("{technology}`alph`", "alph", 'unknown-technology "alph" is not a technology; did you mean "alpha"?'),
    ("{technology}`so <alph>`", "alph", 'unknown-technology "alph" is not a technology; did you mean "alpha"?'),
    ("{comparison}`x`", "x", 'unknown-comparison "x" is not a comparison; expected one of: alpha-vs-beta'),
    ("{misconception}`alpha-is-slo`", "alpha-is-slo", 'unknown-misconception "alpha-is-slo" is not a misconception; did you mean "alpha-is-slow"?'),
    ("{criterion}`omr`", "omr", 'unknown-criterion "omr" is not a criterion; did you mean "orm"?'),
    ("{row}`alpha-vs-bet/orm`", "alpha-vs-bet", 'unknown-comparison "alpha-vs-bet" is not a comparison; did you mean "alpha-vs-beta"?'),
    ("{row}`alpha-vs-beta/omr`", "omr", 'unknown-criterion "omr" is not a criterion; did you mean "orm"?'),
    ("{row}`/orm`", "/orm", 'unknown-comparison "" is not a comparison; expected one of: alpha-vs-beta'),
    ("{technology}`so <>`", "so", 'unknown-technology "" is not a technology; expected one of: alpha, beta, gamma'),
    ("{fact}`alpha/omr`", "alpha/omr", 'unknown-fact "alpha/omr" is not a fact (technology/criterion); did you mean "alpha/orm"?'),
    ("{source}`alpha-home, nix`", "nix", 'unknown-source "nix" is not a source; expected one of: alpha-home, beta-review'),
]  # fmt: skip


@pytest.mark.parametrize("parser", [".md", ".rst"])
@pytest.mark.parametrize(("role", "wrong", "problem"), UNKNOWN)
def test_an_unknown_id_is_reported_where_it_stands(
    reader: Reader, parser: str, role: str, wrong: str, problem: str
) -> None:
    markdown = f"# Page\n\nFirst line\nsecond {role} line.\n"
    text = markdown if parser == ".md" else rst(markdown)
    page = reader.read(text, parser)
    code, _, words = problem.partition(" ")
    number, line = next((n, line) for n, line in enumerate(text.splitlines(), 1) if line.startswith("second"))
    column = line.index(wrong, line.index("`")) + 1
    assert page.warnings == [f"page{parser}:{number}:{column}: [{code}] {words} [versus.{code}]"]


def test_of_many_unknown_sources_in_a_role_the_first_are_reported(reader: Reader) -> None:
    page = reader.read(f"# Page\n\n{{source}}`{','.join(f'x{number}' for number in range(23))}`\n")
    assert [warning.split("] ")[0].split("[")[1] for warning in page.warnings] == ["unknown-source"] * 20 + [
        "more-problems"
    ]
    assert "a role with 3 more unknown sources; the first 20 are reported" in page.warnings[-1]


@pytest.mark.parametrize("id_", ["alpha-home", "nix"])
def test_a_role_with_very_many_ids_is_one_message(reader: Reader, id_: str) -> None:
    many = ",".join([id_] + ["x"] * 1_000)
    said = "[too-large] a role with 1,001 sources; expected at most 1,000 [versus.too-large]"
    page = reader.read(f"# Page\n\nFirst line\n\n{{source}}`{many}` and more.\n")
    assert page.warnings == [f"page.md:5:10: {said}"]
    assert page.all(nodes.paragraph)[1].astext() == f"{many[:199]}… and more."


def test_a_role_of_a_record_has_at_most_so_many_characters(small_site: Site) -> None:
    role = "{source}`" + ", ".join(["alpha-home"] * 50) + "`"
    small_site.edit("data/technologies/gamma.yaml", "Gamma is a third one.", f"'{role}'").build()
    said = '[too-large] the role "source" with 598 characters; expected at most 500 [versus.too-large]'
    assert small_site.warnings == f"data/technologies/gamma.yaml:3:11: WARNING: {said}\n"


def test_a_row_that_the_comparison_does_not_show(site: Site) -> None:
    site.write({**CATALOGUE, "docs/index.md": "# Home\n\n{row}`alpha-vs-beta/orm`\n"})
    site.edit("data/comparisons/alpha-vs-beta.yaml", "{group: Data, rows: [orm]}", "{group: Data, rows: [licence]}")
    site.edit("data/comparisons/alpha-vs-beta.yaml", "rows: [licence, first", "rows: [first")
    site.edit("data/comparisons/alpha-vs-beta.yaml", "because: [orm]", "because: [licence]")
    site.edit("data/comparisons/alpha-vs-beta.yaml", "because: [orm, licence]", "because: [licence]").build()
    assert '[not-shown] "orm" is not a row of "alpha-vs-beta"' in site.warnings


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("See {technology}`beta` and {fact}`beta/orm`.", ["Beta", "Partial"]),
        (
            "See {row}`alpha-vs-beta/orm` and {misconception}`alpha-is-slow`.",
            ["Database layer", "Alpha is slow."],
        ),
        ("Read it {source}`alpha-home, beta-review`.", ["1", "2"]),
    ],
)
def test_roles_work_in_the_prose_of_records(small_site: Site, prose: str, expected: list[str]) -> None:
    small_site.edit("data/technologies/gamma.yaml", "Gamma is a third one.", f"'{prose}'").build()
    assert small_site.warnings == ""
    paragraph = small_site.soup("technologies/gamma.html").select_one(".vs-tech .vs-big p")
    assert paragraph is not None
    assert [link.get_text() for link in paragraph.select("a")] == expected


def test_a_role_shows_so_much_of_a_long_text_and_no_more(small_site: Site) -> None:
    """A role of twenty characters that shows twelve thousand makes a page of a hundred megabytes."""
    claim, note = "word " * 100, "note text " * 100
    small_site.edit("data/technologies/alpha.yaml", "note: It is part of the package.", f'note: "{note}"')
    small_site.edit("data/technologies/alpha.yaml", "claim: Alpha is slow.", f'claim: "{claim}"')
    small_site.edit(
        "data/technologies/gamma.yaml", "Gamma is a third one.", "'{fact}`alpha/orm` {misconception}`alpha-is-slow`'"
    )
    links = small_site.build().soup("technologies/gamma.html").select(".vs-tech .vs-big p a")
    assert [len(link.get_text()) for link in links] == [3, 200]
    assert len(str(links[0]["title"])) <= 200
    assert str(links[0]["title"]).endswith("…")


def test_mistakes_in_prose_are_reported_once_at_their_own_line(small_site: Site) -> None:
    """Technologies are shown on several pages; every problem is told once, even those that only MyST can see."""
    prose = """
          Gamma is a third one.

          It has {technology}`nix`, {row}`nix/orm` and {source}`alpha-home, nix`.
          """
    small_site.edit("data/technologies/gamma.yaml", "summary: Gamma is a third one.", f"summary: |{prose}")
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# Page\n\n```{technology} gamma\n```\n"})
    small_site.write(INDEX).build()
    assert [line.partition(": WARNING: ")[0] for line in small_site.warnings.splitlines()] == [
        "data/technologies/gamma.yaml:6:31",
        "data/technologies/gamma.yaml:6:43",
        "data/technologies/gamma.yaml:6:77",
    ]


def test_a_reference_that_only_sphinx_can_check_is_reported_at_its_line_of_the_record(
    small_site: Site,
) -> None:
    small_site.edit("data/technologies/gamma.yaml", "Gamma is a third one.", "See {term}`nowhere`.").build()
    assert "data/technologies/gamma.yaml:3: WARNING: term not in glossary: 'nowhere'" in small_site.warnings
