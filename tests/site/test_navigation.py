"""The sidebar of a site of many pages: the way down, the neighbours and the hubs; a small site keeps its theme's tree."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import CATALOGUE, Site
from sphinx_versus.html.navigation import LONG, NEIGHBOURS

PAGES = 30
CONF = Site.CONF.replace('"basic"', '"furo"') + "versus_pages = False\nversus_full_navigation = {}\n"


def many_pages(site: Site, most: int = 10) -> Site:
    """A guide of three pages, and a hub with many."""
    entries = "\n".join(f"page-{number:02}" for number in range(PAGES))
    pages = {f"docs/many/page-{number:02}.md": f"# Page {number}\n\n## Part\n" for number in range(PAGES)}
    return site.write(
        {
            "data/criteria.yaml": "",
            "conf.py": CONF.format(most),
            "docs/index.md": (
                "# Home\n\n```{toctree}\n:caption: Guide & more\nguide/index\nLink <https://example.org/>\n```\n"
                "```{toctree}\n:hidden:\nmany/index\ngenindex\n```\n"
            ),
            "docs/guide/index.md": "# The `guide`\n\n```{toctree}\nfirst\nLast <second>\n```\n",
            "docs/guide/first.md": "# First\n\n## A section\n",
            "docs/guide/second.md": "# Second\n",
            "docs/many/index.md": f"# Many\n\n```{{toctree}}\n:hidden:\n{entries}\n```\n",
            **pages,
        }
    )


def sidebar(site: Site, page: str) -> Tag:
    found = site.soup(page).select_one(".sidebar-tree")
    assert found
    return found


def lines(tree: Tag) -> list[str]:
    return [link.get_text() for link in tree.select("a")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return many_pages(Site(tmp_path_factory.mktemp("many"))).build()


def test_the_neighbours_of_a_page_and_the_hub_with_all(built: Site) -> None:
    assert built.warnings == ""
    tree = sidebar(built, "many/page-12.html")
    neighbours = [f"Page {number}" for number in range(7, 18)]
    assert lines(tree) == ["The guide", "Link", "Many", *neighbours, f"… all {PAGES} pages", "Index"]
    last = tree.select_one(".versus-all-pages a")
    assert last
    assert last["href"] == "index.html"


@pytest.mark.parametrize(("page", "first", "last"), [(0, 0, 10), (3, 0, 10), (29, 19, 29)])
def test_at_the_ends_of_a_list_as_many_are_shown(built: Site, page: int, first: int, last: int) -> None:
    shown = [line for line in lines(sidebar(built, f"many/page-{page:02}.html")) if line.startswith("Page")]
    assert shown == [f"Page {number}" for number in range(first, last + 1)]


def test_the_page_of_a_record_has_few_neighbours_and_no_second_link_to_its_list(small_site: Site) -> None:
    record = CATALOGUE["data/technologies/gamma.yaml"]
    names = [f"Gamma {number}" for number in range(7)]
    files = {
        f"data/technologies/gamma-{name[-1]}.yaml": record.replace("name: Gamma", f"name: {name}") for name in names
    }
    tree = "# Home\n\n```{toctree}\n:hidden:\ntechnologies/index\n```\n"
    small_site.write({**files, "docs/index.md": tree}).build(html_theme="furo", versus_full_navigation=0)
    page = small_site.soup("technologies/gamma-3.html")
    assert lines(page.select_one(".sidebar-tree")) == ["Technologies", *names[1:6], "… all 10 pages"]
    assert [link.get_text() for link in page.select(".versus-picker a")] == ["All comparisons"]


def test_the_current_page_is_marked_for_eyes_and_for_readers_of_screens(built: Site) -> None:
    tree = sidebar(built, "many/page-12.html")
    current = tree.select("a[aria-current=page]")
    assert [link.get_text() for link in current] == ["Page 12"]
    assert "current-page" in current[0].parent["class"]  # type: ignore[index]
    assert [item.a.get_text() for item in tree.select("li.current") if item.a] == ["Many", "Page 12"]


def test_a_branch_opens_and_closes_without_a_script(built: Site) -> None:
    box = sidebar(built, "guide/first.html").select_one("li.has-children > input")
    assert box
    assert box["aria-label"] == "Toggle navigation of The guide"
    label = box.find_next_sibling("label")
    assert isinstance(label, Tag)
    assert label["for"] == box["id"]


def test_titles_captions_and_addresses_are_those_of_the_table_of_contents(built: Site) -> None:
    tree = sidebar(built, "guide/first.html")
    assert lines(tree) == ["The guide", "First", "Last", "Link", "Many", "Index"]
    assert [link["href"] for link in tree.select("a")] == [
        *("index.html", "#", "second.html", "https://example.org/", "../many/index.html", "../genindex.html")
    ]
    caption = tree.select_one(".caption")
    assert caption
    assert caption.get_text() == "Guide & more"
    assert tree.select_one("a code")


def test_previous_and_next_are_the_neighbours_in_the_whole_list(built: Site) -> None:
    page = built.soup("many/page-12.html")
    titles = [page.select_one(f".{place}-page .title") for place in ("prev", "next")]
    assert [title.get_text() for title in titles if title] == ["Page 11", "Page 13"]


def test_the_home_page_and_pages_without_a_document_show_the_hubs(built: Site) -> None:
    for page in ("index.html", "genindex.html", "search.html"):
        assert lines(sidebar(built, page)) == ["The guide", "Link", "Many", "Index"]


def test_the_size_of_a_sidebar_does_not_grow_with_the_site(built: Site) -> None:
    sizes = [len(sidebar(built, f"{docname}.html").select("li")) for docname in built.app.env.found_docs]
    assert max(sizes) <= 5 + LONG * NEIGHBOURS


def test_a_small_site_keeps_the_tree_of_its_theme(site: Site) -> None:
    many_pages(site, most=200).build()
    tree = sidebar(site, "many/page-12.html")
    assert {f"Page {number}" for number in range(PAGES)} <= set(lines(tree))
    assert not tree.select(".versus-all-pages")


def test_addresses_of_folders(site: Site) -> None:
    many_pages(site).build("dirhtml")
    tree = BeautifulSoup(site.output("many/page-12/index.html", "dirhtml"), "html.parser").select_one(".sidebar-tree")
    assert tree
    assert [link["href"] for link in tree.select("a")][:4] == [
        "../../guide/",
        "https://example.org/",
        "../",
        "../page-07/",
    ]


@pytest.mark.filterwarnings("ignore:'sphinx_book_theme[.]")
@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme", "sphinx_book_theme"])
def test_other_themes(site: Site, theme: str) -> None:
    many_pages(site).edit("conf.py", '"furo"', f'"{theme}"').build()
    assert site.warnings == ""
    page = site.output("many/page-12.html")
    assert "Page 13" in page
    if theme == "alabaster":
        assert f"… all {PAGES} pages" in page
        assert "Page 25" not in page


def test_a_value_that_is_no_number_is_reported(site: Site) -> None:
    many_pages(site).edit("conf.py", "versus_full_navigation = 10", "versus_full_navigation = 'many'").start()
    assert (
        "versus_full_navigation = 'many'; expected a number of pages; 200 is used [versus.invalid-config]"
        in site.warnings
    )


@pytest.mark.filterwarnings("ignore:'sphinx_book_theme[.]")
@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "sphinx_book_theme"])
def test_a_name_stays_a_text_in_themes_that_write_titles_as_html(small_site: Site, theme: str) -> None:
    small_site.edit("data/technologies/gamma.yaml", "name: Gamma", "name: '<img src=x onerror=alert(1)>'")
    home = "# About {technology}`gamma`\n\n```{toctree}\ntechnologies/gamma\nby-hand\n```\n\n```{technology-index}\n:toctree:\n```\n"
    small_site.write({"docs/index.md": home, "docs/by-hand.md": "# {technology}`gamma` by *hand* & heart\n"})
    small_site.build("html", html_theme=theme, html_context={"default_mode": "auto"})
    pages = [*(small_site.root / "_build/html").rglob("*.html")]
    assert len(pages) > 5
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
        assert not soup.select("[onerror]"), page
    links = " ".join(one.get_text(" ", strip=True) for one in small_site.soup("by-hand.html").select("h1, .nav-link"))
    assert "<img src=x onerror=alert(1)> by hand & heart" in links
