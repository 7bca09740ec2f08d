"""Every directive, on MyST and reStructuredText pages alike."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from conftest import Site
from reading import Read, Reader, rst
from sphinx_versus.components.component import Component

PAGES = {
    "comparison-table": "```{comparison-table} alpha-vs-beta\n```",
    "comparison-table, prefixed": "```{versus:comparison-table} alpha-vs-beta\n```",
    "comparison-table of three": "```{comparison-table} alpha, beta gamma\n:caption: All three\n```",
    "comparison-table, chosen rows": "```{comparison-table} alpha-vs-beta\n:criteria: size, orm\n:ungrouped:\n```",
    "comparison-table, turned": "```{comparison-table} alpha-vs-beta\n:transpose:\n:exclude: size\n```",
    "comparison-table, attributes": "```{comparison-table} alpha-vs-beta\n:name: the-table\n:class: wide\n:widths: 20 30 50\n```",
    "technology-facts": "```{technology-facts} alpha\n:caption: Facts\n:groups: Project\n```",
    "misconception": "```{misconception} alpha-is-slow\n```",
    "misconceptions": "```{misconceptions} alpha-vs-beta\n:exclude: alpha-is-slow\n```",
    "misconceptions of technologies": "```{misconceptions} alpha beta\n```",
    "verdict": "```{verdict} alpha-vs-beta\n```",
    "technology": "```{technology} alpha\n:class: wide\n```",
    "topics": "```{topics} alpha-vs-beta\n```",
    "leads": '```{leads} alpha-vs-beta\n\nbeta: Later, "with"\n  two lines.\nalpha: First.\n```',
    "value-ages": "```{value-ages} alpha-vs-beta\n```",
    "value-ages of a technology": "```{value-ages} alpha\n```",
    "technology-choices": "```{technology-choices} alpha\n```",
    "catalogue-numbers": "```{catalogue-numbers}\n```",
    "related-comparisons": "```{related-comparisons} alpha-vs-beta\n:limit: 2\n```",
    "comparison": "```{comparison} alpha-vs-beta\n```",
    "comparison-summary": "```{comparison-summary} alpha-vs-beta\n```",
    "comparison-index": "```{comparison-index}\n:kind: web-framework\n```",
    "comparison-index as a list": "```{comparison-index}\n:technology: alpha\n:style: list\n```",
    "misconception-index": "```{misconception-index}\n:technology: alpha\n```",
    "technology-index": "```{technology-index}\n:kind: web-framework\n```",
    "criterion-index": "```{criterion-index}\n```",
    "sources": "{source}`alpha-home`\n\n```{sources}\n```\n\nAfter.",
    "an inline misconception": (
        "```{misconception} Beta is dead.\n:about: beta\n:sources: beta-review\n\nIt was released last month.\n```"
    ),
}


def shape(tree: nodes.document) -> str:
    """The tree without what names the parser: positions, and how a line break within a paragraph is kept."""
    text = tree.pformat().partition("\n")[2]
    return re.sub(r'\b(source|line)="[^"]*"', "", text)


@pytest.mark.parametrize("name", PAGES)
def test_both_parsers_give_the_same_tree(reader: Reader, name: str) -> None:
    page = f"# Page\n\n{PAGES[name]}\n"
    markdown, restructured = reader.read(page), reader.read(rst(page), ".rst")
    assert markdown.warnings == restructured.warnings == []
    assert shape(markdown.resolved) == shape(restructured.resolved)


def columns(page: Read) -> list[str]:
    """The words of the head of the only table."""
    return [entry[0].astext() for entry in page.one(nodes.thead).findall(nodes.entry)]


def rows(page: Read) -> list[str]:
    """The first cell of every row of the only table, headings of groups in brackets."""
    found = []
    for row in (row for body in page.all(nodes.tbody) for row in body.findall(nodes.row)):
        cell = next(iter(row.findall(nodes.entry)))
        words = next(iter(cell.findall(nodes.paragraph))).astext().removesuffix("¶")
        found.append(f"[{words}]" if "morecols" in cell else words)
    return found


ALL = ["[Data]", "Database layer", "[Project]", "Licence", "First release", "Size"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ALL),
        (":criteria: size licence", ["[Project]", "Size", "Licence"]),
        (":exclude: size, orm", ["[Project]", "Licence", "First release"]),
        (":groups: Data", ["[Data]", "Database layer"]),
        (":ungrouped:", ["Database layer", "Licence", "First release", "Size"]),
        (":order: name", ["[Data]", "Database layer", "[Project]", "First release", "Licence", "Size"]),
        (":ungrouped:\n:criteria: licence orm\n:order: differences", ["Database layer", "Licence"]),
        (":differences-only:", ["[Data]", "Database layer"]),
        (":transpose:\n:criteria: orm", ["Alpha", "Beta"]),
        (":technologies: beta", ALL),
    ],
)
def test_options_choose_and_order_the_rows(reader: Reader, options: str, expected: list[str]) -> None:
    page = reader.read(f"# Page\n\n```{{comparison-table}} alpha-vs-beta\n{options}\n```\n")
    assert page.warnings == []
    assert rows(page) == expected


@pytest.mark.parametrize(
    ("argument", "options", "expected"),
    [
        ("alpha-vs-beta", "", ["Criterion", "Alpha", "Beta"]),
        ("gamma alpha", "", ["Criterion", "Gamma", "Alpha"]),
        ("alpha-vs-beta", ":technologies: beta", ["Criterion", "Beta"]),
        ("alpha-vs-beta", ":transpose:\n:criteria: orm size", ["Technology", "Database layer¶", "Size¶"]),
    ],
)
def test_the_argument_and_options_choose_the_columns(
    reader: Reader, argument: str, options: str, expected: list[str]
) -> None:
    page = reader.read(f"# Page\n\n```{{comparison-table}} {argument}\n{options}\n```\n")
    assert page.warnings == []
    assert [words.removesuffix("¶") for words in columns(page)] == [words.removesuffix("¶") for words in expected]


def test_caption_widths_class_and_name_reach_the_table(reader: Reader) -> None:
    page = reader.read(
        """
        # Page

        ```{comparison-table} alpha-vs-beta
        :caption: Side by side
        :widths: 20 30 50
        :class: wide, striped
        :name: the-table
        ```

        See {ref}`the-table`.
        """
    )
    table = page.one(nodes.table)
    assert table[0].astext() == "Side by side"
    assert [spec["colwidth"] for spec in table.findall(nodes.colspec)] == [20, 30, 50]
    assert {"wide", "striped"} <= set(table["classes"])
    assert table["names"] == ["the-table"]


@pytest.mark.parametrize("name", ["sources", "criterion-index", "misconceptions"])
def test_class_and_name_reach_what_is_shown(reader: Reader, name: str) -> None:
    text = "# Page\n\n{source}`alpha-home`\n\n```{%s}\n:name: mine\n:class: wide\n```\n\nSee {ref}`it <mine>`.\n"
    page = reader.read(text % name, docname="comparisons/alpha-vs-beta" if name == "misconceptions" else "criteria")
    assert page.warnings == []
    (component,) = [node for node in page.tree.findall(Component) if "wide" in node["classes"]]
    assert component["names"] == ["mine"]
    assert page.tree.nameids["mine"] in component["ids"]


def test_a_name_of_no_sources_leads_to_their_place(reader: Reader) -> None:
    page = reader.read("# Page\n\n```{sources}\n:name: mine\n```\n\nSee {ref}`it <mine>`.\n")
    assert page.one(nodes.container)["ids"] == ["mine"]


@pytest.mark.parametrize("name", ["verdict alpha-vs-beta", "technology alpha", "sequence-diagram A, B"])
def test_a_class_is_made_a_name_before_it_reaches_a_format(reader: Reader, name: str) -> None:
    directive, _, argument = name.partition(" ")
    alt, body = (":alt: x\n", "\nA -> B: x\n") if "diagram" in directive else ("", "")
    page = "# Page\n\n```{%s} %s\n:class: '}\\input{/etc/hostname}\\def\\zz{ Wide_one'\n%s%s```\n"
    read = reader.read(page % (directive, argument, alt, body))
    assert read.warnings == []
    assert {"input-etc-hostname-def-zz", "wide-one"} <= {
        one for node in read.all(nodes.Element) for one in node["classes"]
    }


def test_a_class_without_a_letter_is_reported(reader: Reader) -> None:
    read = reader.read("# Page\n\n```{verdict} alpha-vs-beta\n:class: wide 12 %%\n```\n")
    (warning,) = read.warnings
    assert (
        '[invalid-option] "class: wide 12 %%" does not fit; expected names with letters from a to z, unlike "12"'
        in warning
    )


def test_a_page_in_the_place_of_a_comparison_needs_no_arguments(reader: Reader) -> None:
    names = (
        "comparison-summary",
        "comparison-table",
        "misconceptions",
        "verdict",
        "topics",
        "value-ages",
        "related-comparisons",
    )
    text = "# Mine\n\n" + "\n".join(f"```{{{name}}}\n```\n" for name in names)
    page = reader.read(text, docname="comparisons/alpha-vs-beta")
    assert page.warnings == []
    assert "Choose Alpha if …" in page.words
    assert page.all(nodes.paragraph, "versus-status")


def test_metadata_makes_any_page_the_page_of_a_comparison(reader: Reader) -> None:
    page = reader.read("---\nversus-comparison: alpha-vs-beta\n---\n# Mine\n\n```{verdict}\n```\n")
    assert page.warnings == []
    assert "Choose Alpha if …" in page.words
    assert page.one(nodes.paragraph, "versus-status")


def test_metadata_works_on_restructuredtext_pages_too(reader: Reader) -> None:
    page = reader.read(":versus-comparison: alpha-vs-beta\n\nMine\n====\n\n.. verdict::\n", ".rst")
    assert page.warnings == []
    assert "Choose Alpha if …" in page.words


def test_a_page_in_the_place_of_a_technology_needs_no_arguments(reader: Reader) -> None:
    text = "# Mine\n\n" + "\n".join(
        f"```{{{name}}}\n```\n"
        for name in ("technology", "technology-facts", "technology-choices", "value-ages", "misconceptions")
    )
    page = reader.read(text, docname="technologies/alpha")
    assert page.warnings == []
    assert "Alpha is as fast as its queries." in page.words


def test_sources_stand_where_the_directive_is(reader: Reader) -> None:
    page = reader.read("# Page\n\n{source}`alpha-home`\n\n```{sources}\n```\n\nAfter.\n")
    assert page.words.index("Alpha home page") < page.words.index("After.")
    assert page.words.count("Alpha home page") == 1


def test_the_ages_are_counted_and_old_values_lead_to_their_rows(small_site: Site) -> None:
    """Beta's values have no dates but one; the first release of Alpha becomes an old value."""
    small_site.edit("data/technologies/alpha.yaml", "{value: 2005-07}", "{value: 2005-07, as_of: 2024}").build()
    figure = small_site.soup("comparisons/alpha-vs-beta.html").select_one("figure.vs-fresh")
    assert figure is not None
    words = " ".join(figure.figcaption.get_text().split())
    assert words == (
        "How old are the 6 values? Of 4 rows, 1 contains our judgement, 1 is disputed, 2 contain a value without a source; all other values are documented. "
        "Not known: First release (Beta), Size (Alpha). Over a year old at the last review: First release (Alpha)."
    )
    assert [link["href"] for link in figure.select("figcaption a")] == [
        "#row-first-release",
        "#row-size",
        "#row-first-release",
    ]
    assert [item.get_text() for item in figure.select(".vs-legend li")] == [
        "documented",
        "our judgement or no source, as the notes say",
        "disputed",
        "year over a year old at the review",
    ]
    assert [len(figure.select(f"svg > svg.{side}")) for side in ("vs-a", "vs-b")] == [2, 1]
    assert [label.get_text() for label in figure.select("svg .vs-lane")] == ["Alpha", "Beta"]


def test_the_ages_of_three_are_drawn_and_the_first_rows_named(small_site: Site) -> None:
    rows = [f"row-{number}" for number in range(5)]
    facts = "".join(f"  {row}: {{value: x, as_of: {2021 if row == rows[-1] else 2020}}}\n" for row in rows)
    small_site.write(
        {
            "data/criteria.yaml": "".join(f"{row}: {{name: {row}, definition: D.}}\n" for row in rows),
            "docs/page.md": "---\norphan: true\n---\n# Page\n\n```{value-ages} all\n```\n",
            "data/comparisons/all.yaml": f"technologies: [one, two, three]\nrelation: layers\nsummary: S.\n"
            f"reviewed: 2026-11-11\ncriteria: [{{group: G, rows: [{', '.join(rows)}]}}]\n",
            **{
                f"data/technologies/{name}.yaml": f"name: {name}\nkind: web-framework\nsummary: S.\nfacts:\n{facts}"
                for name in ("one", "two", "three")
            },
        }
    ).build()
    figure = small_site.soup("page.html").select_one("figure.vs-fresh")
    assert figure is not None
    assert "last review: row-0 (all), row-1 (all), row-2 (all), 2 more rows." in figure.figcaption.get_text()
    assert [lane.get_text() for lane in figure.select(".vs-lane")] == ["one", "two", "three"]
    assert len(figure.select(".vs-axis")) == 3


def test_without_a_date_there_is_a_sentence_and_no_drawing(small_site: Site) -> None:
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# Page\n\n```{value-ages} gamma\n```\n"}).build()
    figure = small_site.soup("page.html").select_one("figure.vs-fresh")
    assert figure is not None
    assert "How old" not in figure.figcaption.get_text()
    assert not figure.select("svg")


def test_values_under_conditions_are_values(small_site: Site) -> None:
    """They count, and each needs its source."""
    stated = (
        "as_of: 2026-10, statements: [{{when: here, value: {}}}, {{when: there, value: {}, sources: [alpha-home]}}]"
    )
    facts = f"  licence: {{{stated.format('MIT', 'BSD')}}}\n  orm: {{{stated.format('yes, sources: [alpha-home]', 'no')}}}\n"
    record = f"name: Delta\nkind: tool\nsummary: S.\nfacts:\n{facts}"
    page = "---\norphan: true\n---\n# Page\n\n```{value-ages} delta\n```\n"
    small_site.write({"data/technologies/delta.yaml": record, "docs/page.md": page}).build()
    (caption,) = small_site.soup("page.html").select("figcaption")
    words = " ".join(caption.get_text().split())
    assert words.startswith(
        "How old are the 2 values? Of 2 rows, 1 contains a value without a source; all other values"
    )
    marks = small_site.soup("technologies/delta.html").select(".vs-mark.vs-f, .vs-mark.vs-j")
    assert {tuple(mark["class"]) for mark in marks} == {("vs-mark", "vs-f"), ("vs-mark", "vs-j")}


def test_the_legend_has_what_occurs(small_site: Site) -> None:
    """Two values without date and source."""
    facts = "  licence: {value: MIT}\n  orm: {value: yes}\n"
    record = f"name: Delta\nkind: tool\nsummary: S.\nfacts:\n{facts}"
    page = "---\norphan: true\n---\n# Page\n\n```{value-ages} delta\n```\n"
    small_site.write({"data/technologies/delta.yaml": record, "docs/page.md": page}).build()
    figure = small_site.soup("page.html").select_one("figure.vs-fresh")
    assert figure is not None
    assert " ".join(figure.figcaption.get_text().split()) == "Of 2 rows, 2 contain a value without a source."
    assert [item.get_text() for item in figure.select(".vs-legend li")] == ["no source"]


def test_only_judgements_count_as_judgement(small_site: Site) -> None:
    """The script counts by the class of the mark, the page by that of the row; both drawings are hollow."""
    names = ("one", "two", "three")
    facts = {"one": "{value: x, note: By us., judgement: true}", "two": "{value: y}", "three": "{value: z}"}
    statements = "  second: {value: a, statements: [{value: b, when: often}]}\n"
    small_site.write(
        {
            "data/criteria.yaml": "first: {name: First, definition: D.}\nsecond: {name: Second, definition: D.}\n",
            "data/comparisons/all.yaml": f"technologies: [{', '.join(names)}]\nrelation: layers\nsummary: S.\n"
            "reviewed: 2026-11-11\ncriteria: [{group: G, rows: [first, second]}]\n",
            **{
                f"data/technologies/{name}.yaml": f"name: {name}\nkind: web-framework\nsummary: S.\nfacts:\n"
                f"  first: {facts[name]}\n{statements}"
                for name in names
            },
        }
    ).build()
    page = small_site.soup("comparisons/all.html")
    rows = page.select("tr.vs-r")
    assert ["judged" in row["class"] for row in rows] == [True, False]
    assert [len(row.select("td .vs-own")) for row in rows] == [1, 0]
    assert [len(row.select(".vs-mark.vs-j")) for row in rows] == [3, 3]
    chip = page.select_one("label:has([value=judged])")
    assert chip
    assert chip.get_text().split() == ["Our", "judgement", "1"]
    assert "Of 2 rows, 1 contains our judgement, 2 contain a value without a source." in page.get_text()
    assert [badge.get_text() for badge in rows[1].select("td .vs-v label")] == ["+1 further values"] * 3
    assert rows[1].select_one("td .vs-v label")["for"] == rows[1].select_one("th input")["id"]


def test_the_choices_of_a_technology_are_sections_with_links_to_its_facts(reader: Reader) -> None:
    page = reader.read("# Page\n\n```{technology-choices} beta\n```\n")
    assert page.warnings == []
    (section,) = list(page.resolved.findall(nodes.section))[1:]
    assert section[0].astext() == "Choose Beta over Alpha if …"
    links = [link["refuri"] for link in section.findall(nodes.reference) if "refuri" in link]
    assert links == ["technologies/beta.html#row-orm", "technologies/beta.html#row-licence"]
    assert not list(reader.read("# Page\n\n```{technology-choices} gamma\n```\n").resolved.findall(nodes.section))[1:]


def test_the_numbers_of_the_catalogue(reader: Reader) -> None:
    page = reader.read("# Page\n\n```{catalogue-numbers}\n```\n")
    assert [item.astext() for item in page.all(nodes.list_item)] == [
        "values compared: 6",
        "documented by a source: 50 %",
        "sources read: 2",
        "last reviewed: November 22, 2026",
    ]


def test_a_misconception_about_many_names_the_first(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of a hundred sides has the card of each misconception, which would name a hundred."""
    for module in ("i18n", "misconception", "misconception_list"):
        monkeypatch.setattr(f"sphinx_versus.components.{module}.MOST_NAMED", 1)
    page = "# Home\n\n```{misconception} It is new.\n:about: alpha, beta\n\nNo.\n```\n"
    for builder in ("html", "text"):
        small_site.write({"docs/index.md": page}).build(builder)
        shown = (
            small_site.soup("index.html").get_text() if builder == "html" else small_site.output("index.txt", "text")
        )
        assert "Alpha, and 1 more" in shown.replace("*", "")
