"""A site's own templates of components, and what is in them that is plain words."""

from __future__ import annotations

from conftest import Site

CARD = "docs/_templates/versus/components/technology.html.jinja"
CONF = 'version = "1"\ntemplates_path = ["docs/_templates"]'
PAGE = "technologies/alpha.html"


def test_a_template_of_the_site_takes_the_place_of_ours_and_a_change_writes_the_pages_again(small_site: Site) -> None:
    small_site.edit("conf.py", 'version = "1"', CONF)
    small_site.edit("data/technologies/alpha.yaml", "[first letter]", "['\"first\" & <b>']")
    small_site.write({CARD: '<p class="own" title="{{ related }}">{{ related }}: {{ kind }}</p>\n'})
    small_site.build()
    assert small_site.warnings == ""
    (own,) = small_site.soup(PAGE).select("p.own")
    assert own["title"] == own.get_text().partition(":")[0]
    assert not own.select("b")
    assert "Web framework" in own.get_text()
    assert small_site.soup(PAGE).select("table.vs-table")
    small_site.edit(CARD, "{{ kind }}", "{{ kind }}!").build()
    assert small_site.read == []
    assert "Web framework!" in small_site.output(PAGE)
    assert "Web framework!" in small_site.output("comparisons/alpha-vs-beta.html")


def test_a_broken_template_is_reported_once_and_ours_takes_its_place(small_site: Site) -> None:
    small_site.edit("conf.py", 'version = "1"', CONF).write({CARD: "<p>\n{{ nothing.at_all }}</p>\n"}).build()
    (line,) = small_site.warnings.splitlines()
    assert line.startswith(f"{CARD}:2:4: WARNING: [invalid-template]")
    assert small_site.soup(PAGE).select("div.vs-tech")
    small_site.write({CARD: "{% if %}\n"}).build()
    (line,) = small_site.warnings.splitlines()
    assert line.startswith(f"{CARD}:1:1: WARNING: [invalid-template]")
    small_site.write({CARD: b"\xff"}).build()
    (line,) = small_site.warnings.splitlines()
    assert line.startswith(f"{CARD}:1:1: WARNING: [invalid-template]")
