"""What other places know of the objects: the inventory, other projects, the general index and the search."""

from __future__ import annotations

import json

import pytest
from sphinx.util.inventory import InventoryFile

from conftest import CATALOGUE, INDEX, Site

SYNONYMS = """synonyms: ["uncials, minuscules", letterforms or typefaces]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("index")).write({**CATALOGUE, **INDEX})
    return site.edit("data/comparisons/alpha-vs-beta.yaml", "reviewed:", f"{SYNONYMS}reviewed:").build()


OBJECTS = [
    ("versus:technology", "alpha", "technologies/alpha.html", "Alpha"),
    ("versus:comparison", "alpha-vs-beta", "comparisons/alpha-vs-beta.html", "Alpha vs Beta"),
    (
        "versus:misconception",
        "alpha-is-slow",
        "technologies/alpha.html#misconception-alpha-is-slow",
        "Alpha is slow.",
    ),
    ("versus:criterion", "orm", "criteria.html#criterion-orm", "Database layer"),
    (
        "versus:row",
        "alpha-vs-beta/orm",
        "comparisons/alpha-vs-beta.html#row-orm",
        "Database layer (Alpha vs Beta)",
    ),
    ("versus:fact", "beta/orm", "technologies/beta.html#row-orm", "Database layer (Beta)"),
]


@pytest.mark.parametrize(("type_", "id_", "address", "name"), OBJECTS)
def test_the_inventory_names_every_object(built: Site, type_: str, id_: str, address: str, name: str) -> None:
    inventory = InventoryFile.loads((built.root / "_build/html/objects.inv").read_bytes(), uri="")
    item = inventory.data[type_][id_]
    assert (item.uri, item.display_name) == (address, name)


def test_the_inventory_names_no_object_twice_or_too_many(built: Site) -> None:
    inventory = InventoryFile.loads((built.root / "_build/html/objects.inv").read_bytes(), uri="")
    assert {type_: len(items) for type_, items in inventory.data.items() if type_.startswith("versus")} == {
        "versus:technology": 3,
        "versus:comparison": 1,
        "versus:misconception": 2,
        "versus:criterion": 4,
        "versus:row": 4,
        "versus:fact": 8,
    }


def test_another_project_can_refer_to_them(built: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Site(tmp_path_factory.mktemp("other"))
    inventory = built.root / "_build/html/objects.inv"
    other.write(
        {
            "conf.py": f"""
                extensions = ["myst_parser", "sphinx_versus", "sphinx.ext.intersphinx"]
                html_theme = "basic"
                versus_pages = False
                intersphinx_mapping = {{"them": ("https://example.org/them/", {str(inventory)!r})}}
                """,
            "docs/index.md": """
                # Home

                {external+them:versus:technology}`alpha`, {external:versus:comparison}`alpha-vs-beta`,
                {external+them:versus:row}`alpha-vs-beta/orm`
                """,
            "data/criteria.yaml": "speed: {name: Speed, definition: How fast it is.}",
        }
    )
    other.build()
    assert other.warnings == ""
    links = [(link["href"], link.get_text()) for link in other.soup("index.html").select("a.external")]
    base = "https://example.org/them/"
    assert links == [
        (f"{base}technologies/alpha.html", "Alpha"),
        (f"{base}comparisons/alpha-vs-beta.html", "Alpha vs Beta"),
        (f"{base}comparisons/alpha-vs-beta.html#row-orm", "Database layer (Alpha vs Beta)"),
    ]


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Alpha vs Beta", "comparisons/alpha-vs-beta.html#alpha-vs-beta"),
        ("first letter", "technologies/alpha.html#alpha"),
        ("Database layer", "criteria.html#criterion-orm"),
        ("“Alpha is slow.”", "technologies/alpha.html#misconception-alpha-is-slow"),
    ],
)
def test_the_general_index(built: Site, words: str, address: str) -> None:
    links = built.soup("genindex.html").select("a[href]")
    assert address in {link["href"] for link in links if link.get_text() == words} | {
        sub["href"] for link in links if link.get_text() == words for sub in link.parent.select("a[href]")
    }


def test_the_search_index_knows_technologies_first_and_no_facts(built: Site) -> None:
    text = built.output("searchindex.js")
    found = json.loads(text.partition("(")[2].rpartition(")")[0])
    entries = [entry for below in found["objects"].values() for entry in below]
    names = [entry[4] for entry in entries if entry[2] == 0]
    assert sorted(names) == ["Alpha", "Alpha vs Beta", "Beta", "Gamma"]
    types = {number: name for number, (_, name, _) in found["objnames"].items()}
    shown = {types[str(entry[1])] for entry in entries if entry[2] >= 0}
    assert shown == {"technology", "comparison", "misconception", "criterion", "row"}


def test_the_search_finds_a_page_by_each_word_of_its_synonyms_and_no_format_shows_them(built: Site) -> None:
    found = json.loads(built.output("searchindex.js").partition("(")[2].rpartition(")")[0])
    page = found["docnames"].index("comparisons/alpha-vs-beta")
    assert [found["terms"].get(word) for word in ("uncial", "minuscul", "letterform", "typefac")] == [page] * 4
    html = built.output("comparisons/alpha-vs-beta.html")
    assert "typefaces" not in html
    assert 'name="keywords"' not in html


def test_the_search_has_each_result_once_by_the_words_of_readers(built: Site) -> None:
    found = json.loads(built.output("searchindex.js").partition("(")[2].rpartition(")")[0])
    anchors = {anchor for entries in found["indexentries"].values() for _page, anchor, _main in entries}
    assert anchors == {""}, "criteria and misconceptions are objects; a name of a page is one of its results"
    claims = [f"{prefix}." for prefix, objects in found["objects"].items() if prefix.startswith("Myth: ")]
    assert "Myth: Alpha is slow." in claims
    assert found["titles"][found["indexentries"]["first letter"][0][0]] == "Alpha"
    assert {name for _domain, _type, name in found["objnames"].values()} == {
        *("technology", "comparison", "misconception", "criterion", "row")
    }
    names = [one[4] for objects in found["objects"].values() for one in objects]
    assert "Database layer" in names
    assert not [name for name in names if name.endswith("(Alpha vs Beta)")], "the page is named beside it"


TWINS = """
    one: {name: "Node.js & <T>", definition: The first.}
    two: {name: "Node.js & <T>", definition: The second.}
    """


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_search_leads_to_what_is_there(site: Site, builder: str) -> None:
    criteria = CATALOGUE["data/criteria.yaml"].rstrip() + TWINS
    site.write({**CATALOGUE, **INDEX, "data/criteria.yaml": criteria}).build(builder, versus_derived_pairs=True)
    found = json.loads(site.output("searchindex.js", builder).partition("(")[2].rpartition(")")[0])
    anchors = [(found["filenames"][one[0]], one[3]) for objects in found["objects"].values() for one in objects]
    assert len(anchors) == len(set(anchors)) == 18
    for name, anchor in anchors:
        page = found["docnames"][found["filenames"].index(name)]
        path = f"{page}.html" if builder == "html" else f"{page.removesuffix('index')}/index.html"
        assert site.soup(path, builder).find(id=anchor), (name, anchor)


def test_each_letter_of_the_index_is_there_once(small_site: Site) -> None:
    """A long s has the heading of the other one, and would stand behind all letters."""
    for id_, name in (
        ("one", "\u017fx"),
        ("two", "Sz"),
        ("three", "Tech"),
        ("four", "\u0131x"),
        ("five", "Iz"),
        ("six", "\u00dfa"),
    ):
        small_site.write({f"data/technologies/{id_}.yaml": f"name: {name}\nkind: tool\nsummary: S.\n"})
    small_site.build()
    ids = [one["id"] for one in small_site.soup("genindex.html").select("h2[id]")]
    assert len(ids) == len({*ids})
    assert {"S", "T", "I"} <= {*ids}
