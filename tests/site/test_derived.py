"""Pages of derived pairs: what they show, what takes their place, how they are marked and where they are found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import CATALOGUE, INDEX, Site
from edits import differences

PAIR = "comparisons/alpha-vs-gamma"
CONF = {"conf.py": Site.CONF + 'versus_derived_pairs = ["web-framework"]\n'}
SITE = {**CATALOGUE, **INDEX, **CONF}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("derived")).write(SITE)
    text = "---\norphan: true\n---\n# Notes\n\n{comparison}`alpha-vs-gamma` {row}`alpha-vs-gamma/orm`"
    site.write({"docs/notes.md": f"{text} [](comparisons/beta-vs-gamma.md)\n"})
    return site.build()


@pytest.fixture
def derived(site: Site) -> Site:
    return site.write(SITE)


def body(site: Site, name: str) -> str:
    part = site.soup(name).select_one("div.body")
    assert part
    return " ".join(part.get_text(" ").split())


def test_the_page_is_made_from_facts_and_says_so(built: Site) -> None:
    assert built.warnings == ""
    words = body(built, f"{PAIR}.html")
    assert words.startswith("Alpha and Gamma side by side")
    assert "Side by side · Made from facts, not reviewed as a pair · Alpha 1.2" in words
    assert "Alpha and Gamma differ in 2 of the 2 criteria that are known of each." in words
    assert "Licence — Alpha: MIT ; Gamma: Apache-2.0" in words
    assert "Alpha is as fast as its queries." in words
    assert "versus new alpha gamma" in words
    assert "Choose" not in words


def test_search_engines_and_lists_leave_it_out(built: Site) -> None:
    page = built.soup(f"{PAIR}.html")
    assert [str(mark["content"]) for mark in page.select('meta[name="robots"]')] == ["noindex"]
    assert not built.soup("comparisons/alpha-vs-beta.html").select('meta[name="robots"]')
    assert "Gamma side by side" not in body(built, "comparisons/index.html")
    assert "Gamma" not in [
        link.get_text() for link in built.soup("comparisons/alpha-vs-beta.html").select(".versus-comparisons a")
    ]
    assert "side by side" not in built.output("genindex.html")
    assert not list((built.root / "_build/html/_sources/comparisons").glob("alpha-vs-gamma*"))


def test_references_and_links_lead_to_it(built: Site) -> None:
    links = [(str(link["href"]), link.get_text()) for link in built.soup("notes.html").select("div.body p a")]
    assert links == [
        (f"{PAIR}.html", "Alpha and Gamma side by side"),
        (f"{PAIR}.html#row-orm", "Database layer"),
        ("comparisons/beta-vs-gamma.html", "Beta and Gamma side by side"),
    ]
    assert built.soup(f"{PAIR}.html").select("#row-orm")


def test_its_technologies_and_the_matrix_lead_to_it(built: Site) -> None:
    gamma = built.soup("technologies/gamma.html")
    assert [link.get_text() for link in gamma.select("#more-pairs .versus-pairs a")] == ["Alpha", "Beta"]
    assert "More pairs" in body(built, "technologies/alpha.html")
    cells = {str(link["href"]): link.get_text() for link in built.soup("matrix.html").select("td a")}
    assert cells[f"{PAIR}.html"] == "Gamma and Alpha: Side by side"
    assert cells["comparisons/alpha-vs-beta.html"] == "Beta and Alpha: Written"


def test_the_reversed_pair_leads_to_it(built: Site) -> None:
    assert "alpha-vs-gamma.html" in built.output("comparisons/gamma-vs-alpha.html")


def test_the_site_finds_its_title_but_not_its_words(built: Site) -> None:
    index = search_index(built)
    (entry,) = [entry for entry in index["objects"][""] if entry[4] == "Alpha and Gamma side by side"]
    assert index["titles"][entry[0]] == "Alpha and Gamma side by side"  # the search says where it found an object
    assert not [word for word in ("apach", "apache-2.0") if PAIR in pages(index, word)]
    assert pages(index, "mit")
    assert "Apache-2.0" in built.output(f"{PAIR}.html")


def search_index(site: Site) -> dict[str, Any]:
    return dict(json.loads(site.output("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")")))


def pages(index: dict[str, Any], word: str) -> list[str]:
    """The pages on which the search finds a word."""
    found = index["terms"].get(word, [])
    return [index["docnames"][number] for number in (found if isinstance(found, list) else [found])]


def test_many_pairs_are_found_by_the_picker_alone(derived: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.environment.search_index.MOST_SEARCHED_PAIRS", 1)
    derived.build()
    index = search_index(derived)
    assert [name for name in index["docnames"] if "-vs-" in name] == ["comparisons/alpha-vs-beta"]
    assert not [entry for entry in index["objects"][""] if "side by side" in entry[4]]
    assert pages(index, "mit") == ["comparisons/alpha-vs-beta", "technologies/alpha", "technologies/beta"]
    assert "[0,2]" in derived.output("_static/versus-pairs.js")
    written = CATALOGUE["data/comparisons/alpha-vs-beta.yaml"].partition("misconceptions")[0].replace("alpha", "gamma")
    derived.write({"data/comparisons/beta-vs-gamma.yaml": f"{written}reviewed: 2026-11-22\n"}).build()
    assert PAIR in search_index(derived)["docnames"]
    assert differences(derived) == []
    derived.remove("data/comparisons/beta-vs-gamma.yaml").build()
    assert differences(derived) == []


@pytest.mark.parametrize("name", ["gamma-vs-alpha", "alpha-vs-gamma"])
def test_a_page_on_disk_takes_its_place_and_needs_no_argument(derived: Site, name: str) -> None:
    text = "---\norphan: true\n---\n# By hand\n\n```{comparison-table}\n```\n\n```{verdict}\n```\n"
    derived.write({f"docs/comparisons/{name}.md": text}).build()
    assert derived.warnings == ""
    found = derived.app.env.found_docs & {PAIR, "comparisons/gamma-vs-alpha"}
    assert found == {f"comparisons/{name}"}
    assert "Apache-2.0" in derived.output(f"comparisons/{name}.html")
    numbers = "[2,0]" if name == "gamma-vs-alpha" else "[0,2]"
    assert numbers in derived.output("_static/versus-pairs.js")


def outputs(site: Site) -> dict[str, bytes]:
    folder = Path(site.root, "_build/html")
    skipped = {".buildinfo", "searchindex.js", "objects.inv"}
    return {str(path.relative_to(folder)): path.read_bytes() for path in files(folder) if path.name not in skipped}


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_new_technology_adds_its_pairs_and_a_removed_one_takes_them_along(derived: Site) -> None:
    derived.build()
    before = outputs(derived)
    delta = "{name: Delta, kind: web-framework, summary: The fourth., facts: {orm: {value: no}}}"
    derived.write({"data/technologies/delta.yaml": delta}).build()
    new = {f"comparisons/{name}-vs-delta" for name in ("alpha", "beta")} | {"comparisons/delta-vs-gamma"}
    technologies = {f"technologies/{name}" for name in ("alpha", "beta", "gamma", "delta", "index")}
    assert set(derived.read) == {*new, *technologies, "matrix"}
    derived.remove("data/technologies/delta.yaml").build()
    assert outputs(derived) == before


def test_what_search_engines_are_told_can_be_set(derived: Site) -> None:
    derived.build(versus_derived_pairs_robots="")
    assert not derived.soup(f"{PAIR}.html").select('meta[name="robots"]')


@pytest.mark.parametrize(
    ("value", "href"), [("notes", "../notes.html"), ("https://example.org/how", "https://example.org/how")]
)
def test_the_invitation_leads_to_the_page_that_tells_how(derived: Site, value: str, href: str) -> None:
    derived.write({"docs/notes.md": "---\norphan: true\n---\n# How\n"}).build(versus_contribute=value)
    assert derived.warnings == ""
    link = derived.soup(f"{PAIR}.html").select_one(".versus-invitation a")
    assert link
    assert (link["href"], link.get_text()) == (href, "How to write a comparison")


def test_the_template_can_be_replaced(derived: Site) -> None:
    derived.write({"templates/versus/pair.md.jinja": "# {{ title }}: {{ technologies | join(' + ') }}\n"})
    derived.build(templates_path=["templates"])
    assert body(derived, f"{PAIR}.html").startswith("Alpha and Gamma side by side: alpha + gamma")


BAD = [
    ("['web-framwork']", 'versus_derived_pairs: "web-framwork" is not the kind of any technology; did you mean "web-framework"?'),
    ("[('alpha', 'gama')]", 'versus_derived_pairs: "gama" is not a technology; did you mean "gamma"?'),
    ("[['alpha', 'alpha']]", "versus_derived_pairs: ['alpha', 'alpha']; expected two different technologies"),
    ("['']", 'versus_derived_pairs: \'\'; expected True, False, "all", or a list of kinds such as "web-framework" and pairs such as ("django", "flask")'),
    ("[3]", 'versus_derived_pairs: 3; expected True, False, "all", or a list of kinds such as "web-framework" and pairs such as ("django", "flask")'),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), BAD)
def test_a_setting_that_does_not_fit(derived: Site, value: str, expected: str) -> None:
    derived.write({"conf.py": Site.CONF + f"versus_derived_pairs = {value}\n"}).start()
    word = next((word for word in ("'web-framwork'", "'gama'", "''", "3") if word in value), "")
    column = 24 + value.index(word) if word else 1
    told = f"conf.py:5:{column}: WARNING: [invalid-config] {expected} [versus.invalid-config]"
    assert derived.warnings.strip() == told


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "dirhtml", "singlehtml", "man"])
def test_every_format_has_the_pages(derived: Site, builder: str) -> None:
    derived.edit("docs/index.md", "criteria", "criteria\nmatrix").build(builder, version="1", copyright="Us")
    assert derived.warnings == ""
