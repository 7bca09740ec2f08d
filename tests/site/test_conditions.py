"""Content under a condition that does not hold is not counted, cited, listed or linked to; in each builder the other way round."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from conftest import CATALOGUE, Site
from edits import files_of
from pdfs import build_pdf, letters

PAGE = """
    # Page

    ````{only} CONDITION
    First of all {source}`beta-review`.

    ```{misconception} alpha-is-slow
    ```

    ```{comparison-table} alpha-vs-beta
    ```

    ```{sources}
    ```
    ````

    Words for all readers, long enough to describe the page {source}`alpha-home`.
    """
OTHER = """
    # Other

    {misconception}`alpha-is-slow` and {row}`alpha-vs-beta/orm`

    ```{only} html
    {technology}`alpha`
    ```
    """
INDEX = "# Home\n\n```{toctree}\npage\nother\n```\n"


def written(site: Site, condition: str, **settings: str) -> Site:
    """The site with a page under a condition, on which nothing else shows the records."""
    conf = Site.CONF.replace('"sphinx_versus"', '"sphinx_versus", "sphinx.ext.ifconfig"') + "versus_pages = False\n"
    conf += "suppress_warnings = ['versus.not-on-a-page']\n"
    site.write({**CATALOGUE, "conf.py": conf, "docs/index.md": INDEX, "docs/other.md": OTHER})
    directive, _, expression = condition.partition(" ")
    page = PAGE.replace("{only} CONDITION", f"{{{directive}}} {expression}")
    return site.write({"docs/page.md": page})


def cited(page: BeautifulSoup) -> list[str]:
    """The marks of sources on a page, and the titles of those that it lists."""
    entries = [" ".join(entry.get_text().split()) for entry in page.select(".vs-sources li summary > :last-child")]
    return [*(mark.get_text() for mark in page.select("div.body .vs-src a")), *entries]


@pytest.mark.parametrize("condition", ["only latex", "only draft or not html", "ifconfig release == '7'"])
def test_what_nobody_sees_counts_for_nothing(site: Site, condition: str) -> None:
    written(site, condition).build()
    assert site.warnings == ""
    page = site.soup("page.html")
    marks = cited(page)
    assert len(marks) == 2
    assert marks[0] == "1"
    assert marks[1] == "Alpha home page"
    assert "slow" not in site.output("genindex.html")
    assert "misconception-alpha-is-slow" not in site.output("searchindex.js")
    other = site.soup("other.html")
    assert [link["href"] for link in other.select("div.body a.reference.internal")] == []
    assert sorted(key for shown in site.app.env.domaindata["versus"]["objects"].values() for key in shown) == []


@pytest.mark.parametrize("condition", ["only html", "only draft or html", "ifconfig release == ''"])
def test_what_readers_see_counts(site: Site, condition: str) -> None:
    written(site, condition).build()
    assert cited(site.soup("page.html"))[0] == "1"
    assert any("A review of Beta" in entry for entry in cited(site.soup("page.html")))
    assert "slow" in site.output("genindex.html")
    links = {str(link["href"]) for link in site.soup("other.html").select("div.body a.reference.internal")}
    assert {"page.html#misconception-alpha-is-slow", "page.html#row-orm"} <= links


def test_tags_and_builders_share_an_environment(site: Site) -> None:
    """A page is read again where a condition on it has another outcome, and no other is."""
    written(site, "only draft or typst").build()
    plain = files_of(site.root, "html")
    trees = site.root / "_build" / "versus-pdf.doctrees"
    (site.root / "_build" / "html.doctrees").rename(trees)
    pdf = build_pdf(site)
    assert site.read == ["other", "page"]
    assert letters("A review of Beta") in pdf.letters
    assert letters("misconception Alpha is slow") in pdf.letters
    trees.rename(site.root / "_build" / "html.doctrees")
    assert files_of(site.build().root, "html") == plain
    assert site.read == ["other", "page"]
    site.edit("docs/other.md", "# Other", "# Others").build()
    assert site.read == ["other"]


def test_structured_data(small_site: Site) -> None:
    page = "# Alpha and Beta\n\n```{only} latex\n{source}`beta-review`\n```\n\nWords.{source}`alpha-home`\n"
    small_site.write({"docs/comparisons/alpha-vs-beta.md": page}).build()
    soup = small_site.soup("comparisons/alpha-vs-beta.html")
    assert [cited["href"] for cited in soup.select('[itemprop="citation"]')] == ["https://example.org/alpha"]
    assert "1 source" in soup.select_one(".vs-status").get_text()


def test_a_page_without_anything_of_ours_is_not_read_again(site: Site) -> None:
    site.write({**CATALOGUE, "docs/index.md": "# Home\n\n```{only} html\nWords.\n```\n"}).build(versus_pages=False)
    (site.root / "_build" / "html.doctrees").rename(site.root / "_build" / "text.doctrees")
    site.build("text", versus_pages=False)
    assert site.read == []
    assert "Words" not in site.output("index.txt", "text")
