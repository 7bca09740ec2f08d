"""Other addresses of pages: plain pages that lead to the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import CATALOGUE, INDEX, Site
from edits import differences

REVERSED = "comparisons/beta-vs-alpha.html"

GAMMA = """
    technologies: [gamma, beta]
    relation: alternatives
    summary: Two of them.
    criteria: [{group: Data, rows: [orm]}]
    reviewed: 2026-11-22
    """


def redirecting(site: Site, builder: str = "html") -> list[str]:
    """The redirecting pages of the output."""
    folder = site.root / "_build" / builder
    pages = (path for path in folder.rglob("*.html") if 'http-equiv="refresh"' in path.read_text(encoding="utf-8"))
    return sorted(path.relative_to(folder).as_posix() for path in pages)


def leads_to(page: BeautifulSoup) -> set[str]:
    """The addresses that a redirecting page names: for the browser, for search engines, and for its reader."""
    refresh, canonical, link = page.select_one("meta[http-equiv]"), page.select_one("link"), page.select_one("p a")
    assert refresh
    assert canonical
    assert link
    return {str(refresh["content"]).partition("url=")[2], str(canonical["href"]), str(link["href"])}


def test_the_reversed_pair_leads_to_the_page(small_site: Site) -> None:
    small_site.build()
    page = small_site.soup(REVERSED)
    assert leads_to(page) == {"alpha-vs-beta.html"}
    assert page.select('meta[name="robots"][content="noindex"]')
    assert "This page has another address: Alpha vs Beta" in " ".join(page.get_text(" ").split())
    assert redirecting(small_site) == [REVERSED]
    assert "beta-vs-alpha" not in small_site.output("searchindex.js")


def test_in_folders_and_with_an_address_of_the_site(small_site: Site) -> None:
    small_site.build("dirhtml", html_baseurl="https://example.org/docs/")
    page = small_site.soup("comparisons/beta-vs-alpha/index.html", "dirhtml")
    assert leads_to(page) == {"../alpha-vs-beta/", "https://example.org/docs/comparisons/alpha-vs-beta/"}


def test_a_comparison_with_an_id_of_its_own_is_found_in_both_orders(small_site: Site) -> None:
    small_site.write({"data/comparisons/strict-ones.yaml": GAMMA}).build()
    found = redirecting(small_site)
    assert found == [REVERSED, "comparisons/beta-vs-gamma.html", "comparisons/gamma-vs-beta.html"]
    assert leads_to(small_site.soup(found[1])) == {"strict-ones.html"}


ROUND_UP = """
    technologies: [alpha, beta, gamma]
    relation: alternatives
    summary: Three at once.
    criteria: [{group: Data, rows: [orm, licence]}]
    reviewed: 2026-11-22
    """


def test_pairs_of_a_round_up_lead_to_its_table_with_the_two(small_site: Site) -> None:
    small_site.edit("data/technologies/gamma.yaml", "name: Gamma", "name: Gam & Ma")
    small_site.write({"data/comparisons/three.yaml": ROUND_UP}).build()
    assert small_site.warnings == ""
    found = redirecting(small_site)
    others = [
        f"comparisons/{one}.html" for one in ("alpha-vs-gamma", "beta-vs-gamma", "gamma-vs-alpha", "gamma-vs-beta")
    ]
    assert found == sorted([REVERSED, *others])
    address = "three.html?only=Alpha&only=Gam%20%26%20Ma#row-orm"
    assert (
        leads_to(small_site.soup(others[0])) == leads_to(small_site.soup(others[2])) == {address, "three.html#row-orm"}
    )
    cells = {link.get_text(): str(link["href"]) for link in small_site.soup("matrix.html").select("td a")}
    assert cells["Alpha and Gam & Ma: In a round-up"] == f"comparisons/{address}"
    assert cells["Alpha and Beta: Written"] == "comparisons/alpha-vs-beta.html"
    small_site.build(versus_tools=False, versus_derived_pairs=[("alpha", "gamma")])
    cells = {link.get_text(): str(link["href"]) for link in small_site.soup("matrix.html").select("td a")}
    assert cells["Alpha and Gam & Ma: Side by side"] == "comparisons/alpha-vs-gamma.html"
    assert cells["Beta and Gam & Ma: In a round-up"] == "comparisons/three.html#row-orm"
    assert differences(small_site.build()) == []


def test_a_page_of_the_site_comes_first(small_site: Site) -> None:
    small_site.build()
    small_site.write({"docs/comparisons/beta-vs-alpha.md": "---\norphan: true\n---\n# Our own words\n"}).build()
    assert redirecting(small_site) == []
    assert "Our own words" in small_site.output(REVERSED)
    assert REVERSED not in small_site.output(".versus-files")


def test_it_goes_with_the_comparison_and_follows_its_title(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, "data/comparisons/gamma-vs-beta.yaml": GAMMA}).build()
    assert redirecting(site) == [REVERSED, "comparisons/beta-vs-gamma.html"]
    site.edit("data/technologies/alpha.yaml", "name: Alpha", "name: First").build()
    assert "First vs Beta" in site.output(REVERSED)
    site.remove("data/comparisons/gamma-vs-beta.yaml").build()
    assert redirecting(site) == [REVERSED]
    site.remove("data/comparisons/alpha-vs-beta.yaml").build()
    assert redirecting(site) == []
    assert not (site.root / "_build/html/comparisons/beta-vs-alpha.html").exists()


def test_a_renamed_comparison_leaves_no_redirect_over_a_page(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX}).build()
    folder = site.root / "data/comparisons"
    (folder / "alpha-vs-beta.yaml").rename(folder / "beta-vs-alpha.yaml")
    site.build()
    assert redirecting(site) == ["comparisons/alpha-vs-beta.html"]
    assert "Choose Alpha if …" in site.soup(REVERSED).get_text()


def test_untouched_pages_are_not_written_again(small_site: Site) -> None:
    def state() -> tuple[int, int]:
        path = Path(small_site.root, "_build/html", REVERSED)
        return path.stat().st_ino, path.stat().st_mtime_ns

    small_site.build()
    before = state()
    small_site.edit("data/technologies/gamma.yaml", "name: Gamma", "name: Third").build()
    assert state() == before


@pytest.mark.parametrize(("builder", "overrides"), [("html", {"versus_reversed_pairs": False}), ("singlehtml", {})])
def test_sites_without_redirects(small_site: Site, builder: str, overrides: dict[str, object]) -> None:
    small_site.build(builder, **overrides)
    assert small_site.warnings == ""
    assert redirecting(small_site, builder) == []


def test_turning_them_off_removes_them_and_reads_no_page_again(small_site: Site) -> None:
    small_site.build().build(versus_reversed_pairs=False)
    assert small_site.read == []
    assert redirecting(small_site) == []


def test_a_setting_that_does_not_fit(small_site: Site) -> None:
    small_site.write({"conf.py": Site.CONF + "versus_reversed_pairs = 'no'\n"}).start()
    assert "[invalid-config] versus_reversed_pairs = 'no'; expected True or False" in small_site.warnings


# -- published addresses

PUBLISHED = """
    comparisons: [alpha-vs-beta, alpha-vs-gamma, beta-vs-gamma]
    technologies: [alpha, beta, gamma]
    """
LED = """
    redirects:
      technologies: {gamma: beta}
      comparisons: {beta-vs-gamma: alpha-vs-beta}
    """


def test_published_pages_lead_on_as_long_as_they_are_told_to(small_site: Site) -> None:
    small_site.write({"data/published.yaml": PUBLISHED, "conf.py": Site.CONF + "versus_derived_pairs = True\n"}).build()
    assert small_site.warnings == ""
    small_site.remove("data/technologies/gamma.yaml").build()
    lost = [line.partition(":")[0] for line in small_site.warnings.splitlines() if "[lost-address]" in line]
    assert lost == ["data/published.yaml"]  # its pairs are lost with it
    assert redirecting(small_site) == [REVERSED]

    small_site.write({"data/published.yaml": PUBLISHED + LED}).build()
    assert small_site.warnings == ""
    assert small_site.read == []
    pairs = [f"comparisons/{name}.html" for name in ("alpha-vs-gamma", "beta-vs-alpha", "beta-vs-gamma")]
    reversed_pairs = [f"comparisons/gamma-vs-{name}.html" for name in ("alpha", "beta")]
    assert redirecting(small_site) == [*pairs, *reversed_pairs, "technologies/gamma.html"]
    for name in (*pairs, *reversed_pairs):
        assert leads_to(small_site.soup(name)) == {"alpha-vs-beta.html"}
    assert leads_to(small_site.soup("technologies/gamma.html")) == {"beta.html"}
    assert differences(small_site) == []
    (small_site.root / "_build/html/technologies/gamma.html").write_text("broken", encoding="utf-8")
    assert differences(small_site.build()) == []

    small_site.write({"data/technologies/gamma.yaml": CATALOGUE["data/technologies/gamma.yaml"]})
    small_site.write({"data/published.yaml": PUBLISHED}).build()
    assert small_site.warnings == ""
    assert redirecting(small_site) == [REVERSED, *reversed_pairs]
    assert differences(small_site) == []


def test_an_address_in_one_order_only(small_site: Site) -> None:
    small_site.write({"data/published.yaml": "redirects: {comparisons: {one-vs-two: alpha-vs-beta}}\n"})
    small_site.build(versus_reversed_pairs=False)
    assert small_site.warnings == ""
    assert redirecting(small_site) == ["comparisons/one-vs-two.html"]


def test_a_published_page_that_stands_elsewhere_is_found_at_its_address(small_site: Site) -> None:
    page = "---\norphan: true\n---\n# Gamma and Alpha\n\n```{comparison-table}\n```\n"
    small_site.write({"data/published.yaml": PUBLISHED, "docs/comparisons/gamma-vs-alpha.md": page})
    small_site.build(versus_derived_pairs=True)
    assert small_site.warnings == ""
    assert leads_to(small_site.soup("comparisons/alpha-vs-gamma.html")) == {"gamma-vs-alpha.html"}


def test_the_list_of_comparisons_leads_to_the_matrix(small_site: Site) -> None:
    small_site.build()
    assert small_site.soup("comparisons/index.html").select('div.body p a[href="../matrix.html"]')
    small_site.build(versus_pages={"matrix": ""})
    assert small_site.warnings == ""
    assert "pairs there are" not in small_site.output("comparisons/index.html")


def test_a_folder_in_the_way_is_reported(small_site: Site) -> None:
    for name in ("comparisons/beta-vs-alpha.html", ".versus-files"):
        (small_site.root / "_build/html" / name).mkdir(parents=True)
    small_site.build()
    lines = [line for line in small_site.warnings.splitlines() if "file-of-others" in line]
    assert [line.partition(":")[0] for line in lines] == [
        "_build/html/.versus-files",
        "_build/html/comparisons/beta-vs-alpha.html",
    ]
    assert small_site.app.statuscode == 0
