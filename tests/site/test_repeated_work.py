"""What Sphinx would do again for each page is done once in a build, with the same results."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from sphinx.search.en import SearchEnglish
from sphinx.util.osutil import relative_uri

from conftest import Site
from sphinx_versus.environment.repeated_work import keep_results


class Builder:
    """A builder that notes what it renders."""

    def __init__(self) -> None:
        self.rendered: list[Any] = []
        self.indexer = SimpleNamespace(lang=SearchEnglish({}))

    def get_target_uri(self, docname: str) -> str:
        return docname.removesuffix("index") if docname.endswith("index") else f"{docname}/"

    def get_relative_uri(self, from_: str, to: str) -> str:
        return relative_uri(self.get_target_uri(from_), self.get_target_uri(to))

    def render_partial(self, node: nodes.Node | None) -> dict[str, str]:
        self.rendered.append(node)
        return {"title": node.astext() if node else ""}


def test_titles_of_words_are_rendered_once() -> None:
    builder: Any = Builder()
    keep_results(builder)
    plain, marked, contents = nodes.title("", "A"), nodes.title("", "", nodes.literal("", "B")), nodes.bullet_list()
    for node in (plain, marked, contents, None) * 2:
        assert builder.render_partial(node) == {"title": node.astext() if node else ""}
    assert builder.rendered == [plain, marked, contents, None, marked, contents, None]


def test_words_of_a_text_are_searched_once_each_in_their_order() -> None:
    builder: Any = Builder()
    keep_results(builder)
    language, usual = builder.indexer.lang, SearchEnglish({})
    text = "Words of words: the words of 12 others"
    assert [*language.split(text)] == [*dict.fromkeys(usual.split(text))]
    for word in usual.split(text):
        assert (language.stem(word), language.word_filter(word)) == (usual.stem(word), usual.word_filter(word))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_addresses_and_tags_are_those_of_sphinx(small_site: Site, builder: str) -> None:
    small_site.build(builder)
    made: Any = small_site.app.builder
    docnames = sorted({*small_site.app.env.found_docs, "a/b/c", "a/b", "a/index", "a/b/index"})
    usual = {(one, two): type(made).get_relative_uri(made, one, two) for one in docnames for two in docnames}
    assert {pair: made.get_relative_uri(*pair) for pair in usual} == usual
    page = "technologies/alpha.html" if builder == "html" else "technologies/alpha/index.html"
    assert f"{'../' * page.count('/')}_static/pygments.css?v=" in small_site.output(page, builder)
    assert '"_static/pygments.css?v=' in small_site.output("index.html", builder)


def test_an_extension_makes_tags_of_its_own_for_a_page(small_site: Site) -> None:
    own = """
def setup(app):
    app.connect("html-page-context", change)
def change(app, pagename, templatename, context, doctree):
    if pagename == "technologies/beta":
        context["css_tag"] = lambda file: f"<!-- own {file.filename} -->"
"""
    small_site.write({"conf.py": f"{Site.CONF}{own}"})
    small_site.build()
    assert "<!-- own _static/versus.css -->" in small_site.output("technologies/beta.html")
    assert "<!-- own" not in small_site.output("technologies/alpha.html")
