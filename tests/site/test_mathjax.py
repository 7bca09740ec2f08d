"""TeX in a record is words, also on pages for whose own formula MathJax is loaded."""

from __future__ import annotations

import pytest

from conftest import CATALOGUE, INDEX, Site

PAGES = {
    "docs/formula.rst": """
        :orphan:

        Formula
        =======

        A formula :math:`x^2`, and a table.

        .. comparison-table:: alpha-vs-beta
        """,
    "docs/other.rst": ":orphan:\n\nFormula\n=======\n\nA formula :math:`x^2`.\n",
}
MARK = 'ignoreHtmlClass: ".*"'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("mathjax")).write({**CATALOGUE, **INDEX, **PAGES}).build()


@pytest.mark.parametrize("page", ["formula", "other"])
def test_words_are_left_alone_where_mathjax_is_loaded(built: Site, page: str) -> None:
    scripts = [str(one) for one in built.soup(f"{page}.html")("script")]
    [number] = [number for number, one in enumerate(scripts) if MARK in one]
    assert [one for one in scripts if "mathjax@" in one], "MathJax is not loaded"
    assert not [one for one in scripts[number + 1 :] if "window.MathJax" in one], "something replaces the options"


def test_words_are_left_alone_by_mathjax_2(built: Site) -> None:
    """Its address is all that a site needs to choose it, and may be any."""
    [script] = built.soup("formula.html")("script", type="text/x-mathjax-config")
    assert (
        script.string
        == 'MathJax.Hub.Config({tex2jax: {processClass: "tex2jax_process|mathjax_process|math|output_area", ignoreClass: ".*"}})'
    )
    assert not built.soup("comparisons/alpha-vs-beta.html")("script", type="text/x-mathjax-config")


def test_pages_without_formulas_have_no_script_for_them(built: Site) -> None:
    assert MARK not in built.output("comparisons/alpha-vs-beta.html")


def test_a_host_without_records_on_a_page_keeps_its_mathjax(built: Site) -> None:
    built.build("html", fresh=True, versus_pages=False, versus_tools=False)
    assert MARK in built.output("formula.html")
    assert MARK not in built.output("other.html")
