"""The setting ``versus_search``: Pagefind in the place of Sphinx's search, on pages of HTML alone."""

from __future__ import annotations

import gzip
import json

import pytest

from conftest import Site
from outputs import assert_same_output, fresh_output, output_of
from sphinx_versus.html import search

SETTINGS = {"versus_search": "pagefind", "versus_derived_pairs": True}


def test_a_wrong_value_is_reported_with_the_nearest_one(small_site: Site) -> None:
    small_site.write({"conf.py": Site.CONF + 'versus_search = "pagefnd"\n'}).start()
    assert small_site.warnings == (
        "conf.py:5:17: WARNING: [invalid-config] versus_search = 'pagefnd'; "
        'did you mean "pagefind"? [versus.invalid-config]\n'
    )


def test_without_the_extra_the_search_is_that_of_sphinx(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "find_program", lambda: None)
    small_site.write({"conf.py": Site.CONF + 'versus_search = "pagefind"\n'}).build()
    assert small_site.warnings == (
        'conf.py:5:1: WARNING: [invalid-config] versus_search = "pagefind" needs Pagefind; '
        "pip install 'sphinx-versus[pagefind]' [versus.invalid-config]\n"
    )
    usual = output_of(small_site)
    assert "_pagefind/pages.txt" not in usual
    small_site.write({"conf.py": Site.CONF})
    assert_same_output(usual, fresh_output(small_site))
    small_site.build("text", versus_search="pagefind")
    assert small_site.warnings == ""


def indexed(site: Site, builder: str = "html") -> dict[str, str]:
    """The words of the pages in the index, by address."""
    folder = site.root / "_build" / builder / "_pagefind" / "fragment"
    texts = [gzip.decompress(path.read_bytes()).decode().removeprefix("pagefind_dcd") for path in folder.iterdir()]
    found = [json.loads(text) for text in texts]
    return {one["url"]: one["content"] for one in found}


@pytest.mark.usefixtures("pagefind")
def test_the_index_has_the_pages_that_sphinx_searches(small_site: Site) -> None:
    small_site.write({"docs/secret.md": "---\norphan: true\nnosearch: true\n---\n# Secret\n\nHidden words.\n"})
    small_site.build(**SETTINGS)
    assert small_site.warnings == ""
    assert output_of(small_site)["searchindex.js"] == search.NO_INDEX
    assert "searchindex.js" not in small_site.output("search.html")
    assert '<link rel="search"' in small_site.output("index.html")
    pages = indexed(small_site)
    assert {"index.html", "technologies/alpha.html", "comparisons/alpha-vs-beta.html"} <= pages.keys()
    assert not {"secret.html", "search.html", "genindex.html", "comparisons/alpha-vs-gamma.html"} & pages.keys()
    assert "Through an extension." in pages["comparisons/alpha-vs-beta.html"]
    assert "you want a database layer at once" in pages["comparisons/alpha-vs-beta.html"]


@pytest.mark.usefixtures("pagefind")
def test_the_index_is_that_of_a_build_from_nothing(small_site: Site) -> None:
    small_site.build(**SETTINGS)
    first, folder = output_of(small_site), small_site.root / "_build" / "html" / "_pagefind"
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    small_site.build(**SETTINGS)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == times
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", "Through a plug-in.").build(**SETTINGS)
    assert "Through a plug-in." in indexed(small_site)["comparisons/alpha-vs-beta.html"]
    assert_same_output(output_of(small_site), fresh_output(small_site, parallel=2, **SETTINGS))
    small_site.edit("data/technologies/beta.yaml", "Through a plug-in.", "Through an extension.")
    (folder / "pagefind.js").write_text("damaged", encoding="utf-8")
    assert_same_output(output_of(small_site.build(**SETTINGS)), first)
    small_site.build(versus_derived_pairs=True)
    assert_same_output(output_of(small_site), fresh_output(small_site, versus_derived_pairs=True))


@pytest.mark.usefixtures("pagefind")
def test_a_site_without_records_is_searched_too(site: Site) -> None:
    pages = {"docs/index.md": "# Home\n\nSome words.\n", "docs/other.md": "---\norphan: true\n---\n# Other\n"}
    site.write(pages).build("dirhtml", versus_search="pagefind")
    assert site.warnings == ""
    assert indexed(site, "dirhtml").keys() == {"", "other/"}
    assert output_of(site, "dirhtml")["searchindex.js"] == search.NO_INDEX
    assert 'data-index="../_pagefind/pagefind.js"' in site.output("search/index.html", "dirhtml")


@pytest.mark.usefixtures("pagefind")
def test_a_program_that_fails_is_reported(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "find_program", lambda: "/bin/false")
    small_site.build(versus_search="pagefind")
    assert small_site.app.statuscode == 1
    assert "[not-written] Pagefind made no index" in small_site.warnings
