"""Cards and lists: what they say, and in which order."""

from __future__ import annotations

from docutils import nodes

from conftest import Site
from reading import Read, Reader


def read(reader: Reader, directive: str) -> Read:
    page = reader.read(f"# Page\n\n```{directive}\n```\n")
    assert page.warnings == []
    return page


def blocks(node: nodes.Element) -> list[str]:
    """The words of each block; quotation marks are a matter of looks."""
    return [" ".join(block.astext().split()) for block in node.children]


def test_a_misconception_is_a_myth_and_a_fact(reader: Reader) -> None:
    card = read(reader, "{misconception} alpha-is-slow").one(nodes.container, "versus-misconception")
    assert blocks(card) == [
        "Myth: Alpha is slow.",
        "Fact: Alpha is as fast as its queries.[1]",
        "Why it is believed: It is large.",
        "About: Alpha",
    ]


def test_the_fact_is_the_first_sentence_and_the_sources_follow_the_last(small_site: Site) -> None:
    small_site.edit("data/technologies/alpha.yaml", "as its queries.", "as its queries. Measure it.").build("text")
    assert "**Fact:** Alpha is as fast as its queries.\n\nMeasure it.[1]" in small_site.output(
        "technologies/alpha.txt", "text"
    )
    listed = small_site.output("misconceptions.txt", "text")
    assert "**Fact:** Alpha is as fast as its queries.\n" in listed
    assert "Measure" not in listed


def test_a_misconception_about_a_pair_names_both(reader: Reader) -> None:
    card = read(reader, "{misconception} alpha-and-beta-are-one").one(nodes.container, "versus-misconception")
    assert blocks(card)[-1] == "About: Alpha, Beta"


def test_an_inline_misconception_looks_the_same(reader: Reader) -> None:
    text = "{misconception} Beta is dead.\n:about: beta\n:sources: beta-review\n\nIt was *released* last month."
    card = read(reader, text).one(nodes.container, "versus-misconception")
    assert blocks(card) == [
        "Myth: Beta is dead.",
        "Fact: It was released last month.[1]",
        "About: Beta",
    ]


def test_a_verdict_names_conditions_and_the_rows_that_support_them(reader: Reader) -> None:
    page = read(reader, "{verdict} alpha-vs-beta")
    sides = page.all(nodes.container, "versus-side")
    assert [blocks(side)[0] for side in sides] == ["Choose Alpha if …", "Choose Beta if …"]
    assert "you want little" in sides[1].astext()
    links = [link["refuri"] for link in sides[1].findall(nodes.reference) if "refuri" in link]
    assert links == [f"comparisons/alpha-vs-beta.html#row-{row}" for row in ("orm", "licence")]


def test_a_technology_says_what_it_is_and_where_to_find_it(reader: Reader) -> None:
    page = read(reader, "{technology} alpha")
    card = page.one(nodes.container, "versus-technology")
    assert blocks(card) == [
        "Alpha · Web framework",
        "Alpha is a framework with everything.[1]",
        "Also found as: first letter",
        "Home page",
    ]
    assert "https://example.org/alpha" in [link.get("refuri") for link in card.findall(nodes.reference)]


def test_lists_link_to_what_they_name(reader: Reader) -> None:
    for directive, address in (
        ("{comparison-index}", "comparisons/alpha-vs-beta.html"),
        ("{comparison-index}\n:style: list", "comparisons/alpha-vs-beta.html"),
        ("{technology-index}", "technologies/gamma.html"),
        ("{misconception-index}", "technologies/alpha.html#misconception-alpha-is-slow"),
    ):
        page = read(reader, directive)
        assert address in [link.get("refuri") for link in page.all(nodes.reference)], directive


def test_the_vocabulary_defines_every_criterion(reader: Reader) -> None:
    page = read(reader, "{criterion-index}")
    assert [block.astext() for block in page.all(nodes.rubric)] == ["Project", "Data"]
    terms = [term.astext() for term in page.all(nodes.term)]
    assert terms == ["Licence", "First release", "Size", "Database layer"]


def test_groups_of_a_list_are_sections_of_the_page(reader: Reader) -> None:
    for name, titles in (
        ("criterion-index", ["Project", "Data"]),
        ("technology-index", ["Web framework"]),
        ("misconception-index", ["Web framework"]),
    ):
        page = read(reader, f"{{{name}}}\n:sections:")
        assert [section[0].astext() for section in page.all(nodes.section)][1:] == titles, name
        assert page.all(nodes.rubric) == [], name
    assert [block.astext() for block in read(reader, "{criterion-index}").all(nodes.rubric)] == ["Project", "Data"]


def test_the_list_of_sources_says_where_when_and_what(reader: Reader) -> None:
    page = reader.read("# Page\n\n{source}`alpha-home, beta-review`\n")
    items = [blocks(item) for item in page.one(nodes.container, "versus-sources").findall(nodes.list_item)]
    assert items == [
        ["Alpha home page. Alpha project; read on November 1, 2026.", "“Alpha has a database layer.”"],
        ["A review of Beta. Some magazine; issue 7; read on November 2, 2026; secondary source."],
    ]


def test_cards_of_pairs_come_before_those_of_more_and_a_list_keeps_to_the_titles(small_site: Site) -> None:
    three = (
        "technologies: [alpha, beta, gamma]\ntitle: A round-up\nrelation: alternatives\nsummary: Three.\n"
        "criteria: [{group: Data, rows: [orm]}]\nreviewed: 2026-11-22\n"
    )
    page = "# Lists\n\n```{comparison-index}\n```\n\n```{comparison-index}\n:style: list\n:toctree:\n```\n"
    site = small_site.write({"data/comparisons/three.yaml": three, "docs/lists.md": page}).build()
    found = site.soup("lists.html")
    cards = [title.get_text() for title in found.select("ul.vs-cards a")]
    listed = [title.get_text() for title in found.select("ul.versus-comparisons a")]
    assert (cards, listed) == (["Alpha vs Beta", "A round-up"], ["A round-up", "Alpha vs Beta"])
