"""The data of the picker: which technologies and which pages of pairs there are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import CATALOGUE, INDEX, Site
from many import round_up

THREE = """
    technologies: [gamma, beta, alpha]
    relation: alternatives
    summary: Three at once.
    criteria: [{group: Data, rows: [orm]}]
    reviewed: 2026-11-22
    """


PICK = "---\norphan: true\n---\n# Pick\n\n```{compare-picker}\n```\n"


def pairs_of(site: Site, builder: str = "html") -> dict[str, Any]:
    text = site.output("_static/versus-pairs.js", builder)
    assert text.startswith("globalThis.versusPairs=")
    found = json.loads(text.removeprefix("globalThis.versusPairs=").removesuffix(";\n"))
    assert isinstance(found, dict)
    return found


def test_technologies_and_pairs_with_their_addresses(small_site: Site) -> None:
    small_site.build()
    found = pairs_of(small_site)
    alpha, _, gamma = found["technologies"]
    assert alpha == {
        "id": "alpha",
        "name": "Alpha",
        "kind": "web-framework",
        "also": ["first letter"],
        "url": "technologies/alpha.html",
    }
    assert gamma["id"] == "gamma"
    assert (found["pattern"], found["pairs"]) == ("comparisons/{}.html", [[0, 1]])


def test_pairs_that_meet_only_on_a_page_of_three_lead_to_its_table_with_the_two(small_site: Site) -> None:
    small_site.write({"data/comparisons/all-three.yaml": THREE}).build()
    found = pairs_of(small_site)
    assert found["pairs"] == [[0, 1]]
    assert found["tables"] == [["comparisons/all-three.html?only=any-name#row-orm", [2, 1, 0]]]


def test_any_two_of_a_large_kind_are_in_its_table(site: Site) -> None:
    site.write({**round_up(8), **INDEX, "data/comparisons/all.yaml": THREE.replace("gamma, beta, alpha", "t0, t1, t2")})
    site.build()
    found = pairs_of(site)["tables"]
    assert [(address, len(sides)) for address, sides in found] == [
        ("comparisons/all.html?only=any-name#row-orm", 3),
        ("kinds/web-framework.html?only=any-name", 8),
    ]
    page = site.soup("kinds/web-framework.html")
    assert page.h1.get_text().startswith("Web framework side by side")
    assert [row.th.get_text() for row in page.select(".vs-gridded tbody tr")] == [f"T{number}" for number in range(8)]
    links = site.soup("technologies/index.html").select(".versus-picker a")
    assert ("Web framework (8)", "../kinds/web-framework.html") in [(link.get_text(), link["href"]) for link in links]


def test_the_page_of_a_kind_names_hundreds_with_long_ids(site: Site) -> None:
    files = {
        f"data/technologies/{'a' * 100}-{at}.yaml": f"name: T{at}\nkind: tool\nsummary: S.\nfacts: {{c: {{value: x}}}}\n"
        for at in range(300)
    }
    site.write({**files, **INDEX, "data/criteria.yaml": "c: {name: C, definition: D}\n"}).build(
        versus_pages={"technology": ""}
    )
    assert site.warnings == ""
    assert len(site.soup("kinds/tool.html").select(".vs-gridded tbody tr")) == 300


def test_what_two_names_cannot_find_has_a_link(small_site: Site) -> None:
    small_site.write({"data/comparisons/all-three.yaml": THREE, "docs/pick.md": PICK}).build()
    links = small_site.soup("pick.html").select(".versus-picker .vs-meta a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Gamma vs Beta vs Alpha", "comparisons/all-three.html")
    ]


def test_a_page_at_another_place_has_its_address(small_site: Site) -> None:
    page = "---\nversus-comparison: alpha-vs-beta\norphan: true\n---\n# Two letters\n"
    small_site.write({"docs/letters.md": page}).build(versus_pages={"comparison": "", "technology": ""})
    found = pairs_of(small_site)
    assert (found["pattern"], found["pairs"]) == ("", [[0, 1, "letters.html"]])
    assert {technology["url"] for technology in found["technologies"]} == {""}


def test_addresses_are_those_of_the_builder(small_site: Site) -> None:
    found = pairs_of(small_site.build("dirhtml"), "dirhtml")
    assert (found["technologies"][0]["url"], found["pattern"]) == ("technologies/alpha/", "comparisons/{}/")
    assert found["pairs"] == [[0, 1]]


@pytest.mark.parametrize("builder", ["text", "epub"])
def test_other_formats_have_no_such_file(small_site: Site, builder: str) -> None:
    small_site.build(builder, epub_show_urls="no", version="1")
    assert not (small_site.root / "_build" / builder / "_static/versus-pairs.js").exists()


def test_the_file_is_written_only_when_it_changes(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX}).build()
    path = site.root / "_build/html/_static/versus-pairs.js"
    before = path.stat().st_mtime_ns, path.stat().st_ino
    site.build()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    site.edit("data/technologies/gamma.yaml", "name: Gamma", "name: Delta").build()
    assert pairs_of(site)["technologies"][2]["name"] == "Delta"
