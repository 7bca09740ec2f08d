"""Every component says the same in each family of formats: as HTML of a page, and as standard nodes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from docutils import nodes

from conftest import CATALOGUE, Site
from sphinx_versus.components import COMPONENTS
from sphinx_versus.components.component import Component, Slot

NOTES = """
    name: Delta
    kind: web-framework
    summary: |
      Delta's "own" words -- with *stress*, **weight**, `List  & "x"` and
      a second line...

      And another paragraph about R&D.
    repository: https://example.org/delta?a=1&b=2
    status: discontinued
    links: [{label: 'Docs & "more"', url: https://example.org/docs}]
    releases: [{version: "1 < 2", date: 2020, supported_until: 2021-03}, {version: 3, date: 2024-05, supported_until: 2027-05}]
    facts:
      licence:
        value: 'MIT & "others" < 1'
        note: "See {technology}`alpha`, [a page](https://example.org/) and {source}`beta-review`."
        sources: [alpha-home]
        version: "1 < 2"
      orm: {note: "Looked for: \\n\\n- in one place\\n- in another"}
      first-release: {value: 2001-02-03, judgement: true, note: Judged., as_of: 2026}
      protocols: {value: "h3, H 2", since: "<= 3", preview: true, statements: [{value: h1, when: 'on "W"', until: 4, note: "See {criterion}`orm`.", sources: [beta-review]}, {value: h2, when: W}]}
      quality: {value: 2, since: 1, sources: [alpha-home, gamma-page]}
      windows: {value: yes, since: 1.5}
      linux: {not_applicable: true, note: No kernel.}
      built-on: {value: "epsilon, Alpha", since: 2, statements: [{value: beta, until: 1}]}
      price: {statements: [{value: 3, when: usually}, {value: about 6, when: 'above "200k"', note: Of *input*., sources: [gamma-page]}, {value: 7, sources: [beta-review]}]}
      factor: {value: 0.5x}
      size: {value: ≤ 1.5 GB, disputed: "Some say *4*. {source}`alpha-home`", sources: [beta-review, alpha-home]}
    misconceptions:
      delta-is-dead:
        claim: Delta is "dead" & gone.
        correction: "A list:\\n\\n1. it lives\\n2. it thrives"
        sources: [beta-review]
      delta-is-young:
        claim: Delta is young.
        correction: "One paragraph.\\n\\nAnother one, with {criterion}`orm`."
        why_believed: "Because of *this*."
    """
CRITERIA = """
        protocols: {name: Protocols, definition: Which., type: list, values: {h1: HTTP/1, h2: {label: HTTP/2, synonyms: [h 2], definition: "The *second*."}, h3: HTTP/3}}
        quality: {name: Quality, definition: How good., type: score, scale: {1: bad, 2: "so & so"}}
        built-on: {name: Built on, definition: Which., type: technologies, compare: version}
        price: {name: Price, definition: How much., type: number, unit: $}
        factor: {name: Factor, definition: Of the price., type: number, unit: ×}
        windows: {name: Windows, definition: Since when., type: yes-no, compare: version}
        linux: {name: Linux, definition: Whether., type: yes-no, parent: windows, status: experimental, specification: ["https://example.org/s?a&b", "https://example.org/t"], tags: ["A & B", c]}
        """
SOURCES = """
        gamma-page: {url: 'https://example.org/g&a/', archive: "https://example.org/old", verified: 2026-11-03, quote: Yes.}
        """
RECORDS = {
    **CATALOGUE,
    "data/sources.yaml": CATALOGUE["data/sources.yaml"].rstrip(" ") + SOURCES[1:],
    "data/criteria.yaml": CATALOGUE["data/criteria.yaml"].rstrip(" ") + CRITERIA[1:],
    "data/technologies/delta.yaml": NOTES,
    "data/technologies/epsilon.yaml": "name: 'Epsilon \"E\"'\nkind: database\nsummary: Epsilon is alone.\n",
    "data/comparisons/alpha-vs-delta.yaml": """
        technologies: [alpha, delta]
        relation: layers
        summary: Delta builds on "Alpha".
        criteria:
          - {group: 'The "whole"', rows: [orm, licence, first-release, size, protocols, quality, built-on, price, factor, windows, linux]}
        facts: {alpha: {licence: {value: Apache, reason: Another edition., statements: [{value: MIT, when: W, note: "*N*.", sources: [beta-review]}]}}}
        topics:
          history: {title: History, leads: {delta: 'Old "X"', alpha: Older & *old*}, body: "Once upon a time.\\n\\n> There was {technology}`gamma`."}
        verdict:
          question: Is it "on" top?
          answer: {delta: is on top, alpha: is below & bare}
          summary: What else there is.
          use:
            alpha: [{when: "you 'need' {technology}`alpha`", because: [orm]}]
            delta: [{when: you want both, because: [orm, licence, size]}]
        reviewed: 2026-11-22
        """,
}
RECORDS["data/comparisons/frameworks.yaml"] = """
        title: Frameworks
        sides: {kind: web-framework}
        relation: alternatives
        summary: All that go on.
        criteria: [{group: Data, rows: [orm]}]
        reviewed: 2026-11-22
        """
DIRECTIVES = {
    "table": '{comparison-table} alpha-vs-delta\n:caption: A "caption"\n:class: striped\n:name: the-table',
    "turned": "{comparison-table} alpha-vs-delta\n:transpose:",
    "wide": "{comparison-table} alpha beta gamma delta\n:ungrouped:",
    "facts": "{technology-facts} delta",
    "one-fact": "{comparison-table} alpha-vs-beta\n:criteria: size\n:transpose:",
    "card": "{technology} delta",
    "card-of-another": "{technology} alpha",
    "misconception": "{misconception} delta-is-dead",
    "misconceptions": "{misconceptions} alpha-vs-delta",
    "written": '{misconception} It\'s "new".\n:about: alpha, beta\n:sources: alpha-home\n\nNo, *old*: {fact}`alpha/orm`.',
    "written-list": "{misconception} It is new.\n\n- One.\n- Two.",
    "misconception-index": "{misconception-index}",
    "verdict": "{verdict} alpha-vs-beta",
    "use": "{verdict} alpha-vs-delta",
    "invitation": "{verdict} beta-vs-gamma",
    "summary": "{comparison-summary} alpha-vs-beta",
    "summary-by-question": "{comparison-summary} frameworks",
    "summary-of-pair": "{comparison-summary} beta-vs-gamma",
    "topics": "{topics} alpha-vs-delta",
    "leads": '{leads} alpha-vs-delta\n\ndelta: Old "X"\nalpha: Older\n  & *old*',
    "related": "{related-comparisons} alpha-vs-beta",
    "gallery": "{comparison-index}",
    "list": "{comparison-index}\n:style: list",
    "technologies": "{technology-index}",
    "criteria": "{criterion-index}",
    "matrix": "{comparison-matrix}",
    "matrix-lists": "{comparison-matrix}\n:limit: 1",
    "pairs": "{derived-pairs} beta",
    "differences": "{differences} alpha-vs-beta\n:limit: 1",
    "differences-of-pair": "{differences} beta-vs-gamma",
    "picker": "{compare-picker}",
    "ages": "{value-ages} alpha-vs-delta",
    "ages-of-one": "{value-ages} delta",
    "numbers": "{catalogue-numbers}",
    "choices": "{technology-choices} alpha",
    "choices-of-another": "{technology-choices} delta",
}
CONF = """
extensions = ["myst_parser", "sphinx_versus"]
html_theme, project, version = "basic", "Test", "1"
numfig, versus_derived_pairs, versus_contribute = True, [("beta", "gamma")], "index"
suppress_warnings = ["toc.not_included"]
"""
FAMILIES = {"xml": "without names of columns", "singlehtml": "with names of columns"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("parity"))
    pages = {f"docs/{name}.md": f"# Page\n\n```{directive}\n```\n" for name, directive in DIRECTIVES.items()}
    site.write({**RECORDS, "docs/index.md": "# Home\n", "conf.py": CONF})
    for name, text in pages.items():
        (site.root / name).write_text(text, encoding="utf-8")
    site.build("html", nitpicky=True)
    assert site.warnings == ""
    return site


def trees(site: Site) -> Iterator[nodes.document]:
    env, builder = site.app.env, site.app.builder
    for name in DIRECTIVES:
        yield env.get_and_resolve_doctree(name, builder, tags=site.app.tags)


TOOLS = {
    "permalinks and numbers that the theme writes": ".headerlink, .caption-number",
    "names of parts of the page": ".vs-bar",
    "choices of rows and notes": ".vs-tools, .vs-gopen, .vs-open > .vs-hid",
    "what the script shows": ".vs-js, .vs-pick",
    "the definition of a criterion, to which other formats link, and links to and from the row": "th .vs-note",
    "numbers that lead from a row to reasons, and from a reason to its wires": ".vs-cites, .vs-n",
    "the result of ticking reasons, the rows between them, and names that no answer follows": ".vs-result, .vs-mid, .vs-head:not(:has(span))",
    "what opens the details of a card": ".vs-myth summary, .vs-myth details a[href^='#misconception-']",
    "the drawing, whose values are those of the table, and its key": ".vs-time, .vs-legend",
    "how sure a value is, which the line of evidence says too": ".vs-mark + .vs-hid, .vs-v .vs-tag",
    "the version of a column, the line of evidence but its sources": "th > small, td .vs-ev",
    "of a source its number, the address as words, and that it is secondary once more": ".vs-num, .vs-sources a[itemprop], .vs-sources i, .vs-sourcelist .vs-meta, .vs-sourcelist .vs-label",
}
"""What only HTML has: not content, but tools for readers of a screen, by the selectors of their elements."""
ELSEWHERE = ({"versus-oldest"}, {"versus-evidence"}, {"versus-teaser", "versus-relation"})
"""The classes of what other formats have in a line: a screen shows it in the figure of ages and in the tools of the table,
or abbreviated (the evidence)."""
PLACES = {"About:"}
"""Labels of what a screen shows by its place."""


def section_of_page(site: Site, name: str, *without: str) -> Tag:
    """The HTML of a page, without its title and what only a screen has."""
    (section,) = BeautifulSoup(site.output(f"{name}.html"), "html.parser").select("#page")
    for element in section.select(", ".join(["h1", *TOOLS.values(), *without])):
        for marks in element.select(".vs-src"):
            element.insert_before(marks)
        element.decompose()
    return section


def words_of_page(site: Site, name: str, *without: str) -> Counter[str]:
    """The words in it."""
    return words_in(section_of_page(site, name, *without).get_text("\n"))


@pytest.mark.parametrize("name", DIRECTIVES)
def test_words_are_apart_without_their_tags(site: Site, name: str) -> None:
    """The search takes tags away and puts nothing in their place."""
    section = section_of_page(site, name, ".vs-src", ".vs-sourcelist", "svg")
    seen = words_in(unescape(re.sub(r"<[^<]+?>", "", str(section))))
    assert sorted(seen - words_in(section.get_text("\n"))) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("size", "≤ 1.5 GB"),
        ("protocols", 'HTTP/2, HTTP/3 since ≤ 3, preview … on "W": HTTP/1, until 4 See Database layer . 2 … HTTP/2'),
        ("quality", "2 of 2 (so & so) since 1"),
        ("built-on", 'Epsilon "E" , Alpha , since 2 … Beta, until 1'),
        ("price", '$3 … above "200k": about $6 Of input . '),
        ("factor", "0.5×"),
        ("windows", "Yes, since 1.5"),
        ("linux", "Not applicable No kernel."),
    ],
)
def test_what_a_value_says(site: Site, row: str, words: str) -> None:
    cell = site.soup("table.html").select(f"#row-{row} td")[1]
    for element in cell.select(".vs-who, .vs-hid"):
        element.decompose()
    found = " ".join(cell.get_text(" ").split())
    assert [part for part in words.split(" … ") if part not in found] == [], found


def words_in(text: str) -> Counter[str]:
    """The words, in whatever order a format has them, without what separates them."""
    return Counter(re.findall(r"[^\s()\[\],;:.·…—]+", text.casefold()))


def words_of(text: nodes.Text) -> str:
    """A text; source marks are HTML in every format that is a kind of it."""
    if isinstance(text.parent, nodes.raw):
        return re.sub(r"<[^>]*>", " ", text)
    is_elsewhere = any(classes <= _classes(text) for classes in ELSEWHERE) and not _is_mark(text)
    return "" if is_elsewhere or str(text) in PLACES else str(text)


def _classes(node: nodes.Node) -> set[str]:
    """The classes of what a text is in."""
    found = set[str]()
    while node.parent is not None:
        node = node.parent
        found |= {*node["classes"]}
    return found


def _is_mark(text: nodes.Text) -> bool:
    return "versus-source" in text.parent["classes"]


@pytest.fixture(scope="module")
def words_of_nodes(site: Site) -> dict[str, dict[str, Counter[str]]]:
    """By family and page the words of the standard nodes."""
    found = {}
    for family in FAMILIES:
        site.build(family, nitpicky=True)
        assert site.warnings == ""
        found[family] = {
            name: words_in("\n".join(map(words_of, tree.findall(nodes.Text)))) - Counter(["page"])
            for name, tree in zip(DIRECTIVES, trees(site), strict=True)
        }
    return found


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", DIRECTIVES)
def test_html_and_nodes_have_the_same_words(
    site: Site, words_of_nodes: dict[str, dict[str, Counter[str]]], family: str, name: str
) -> None:
    without = (".vs-who", ".vs-matrix .versus-unseen") if family == "xml" else ()
    folded = "tr.vs-r .vs-is-depends > small"  # in a browser, values under conditions are told in brief while they are folded
    written = words_of_page(site, name, folded, *without)
    assert written
    of_nodes = words_of_nodes[family][name]
    assert {"only HTML": " ".join((written - of_nodes).elements())} == {"only HTML": ""}
    assert {"only nodes": " ".join((of_nodes - written).elements())} == {"only nodes": ""}


def test_reasons_mark_rows_whose_value_is_disputed(site: Site) -> None:
    for page in ("use", "choices-of-another"):
        marked = site.soup(f"{page}.html").select("a:has(.vs-tag)")
        assert {link.text for link in marked} == {"Size disputed"}, page


def test_every_component_is_here_and_none_reaches_a_listener(site: Site) -> None:
    shown: set[str] = set()
    site.build("html")
    for tree in trees(site):
        assert not list(tree.findall(lambda node: isinstance(node, Component | Slot)))
        shown |= {raw["component"] for raw in tree.findall(nodes.raw) if "component" in raw}
    assert shown == set(COMPONENTS)


def test_every_component_has_a_template_of_its_name() -> None:
    """And the bar has one, which two of them include, and a table of many technologies."""
    folder = Path(__file__).parents[2] / "ext" / "sphinx_versus" / "templates" / "components"
    assert {path.name.partition(".")[0] for path in folder.glob("*.jinja")} == {*COMPONENTS, "bar", "grid"}


def test_options_reach_the_outermost_element(site: Site) -> None:
    table = site.soup("table.html").select_one("table.vs-table.striped")
    assert table is not None
    assert table["id"] == "the-table"
