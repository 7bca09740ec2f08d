"""The words of records as HTML: straight from tokens or by way of nodes, it is the same."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sphinx import locale

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.catalogue.markdown import PLAIN_LINES, parser
from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.components.prose_writer import Blocks, ProseWriter, is_plain, without_entities
from sphinx_versus.environment.prose_parser import ProseParser

TEXTS = [
    "One line.",
    "It's \"one\" line -- with 'quotes' and dashes...",
    "Two\nlines, and \"quoted\" words: 'single', it's -- or --- so...\n\nAnother *para*graph.",
    '`code  with   "blanks"` & **strong *and* more**, 1 > 0; `a\nb`',
    "A hard  \nbreak and a backslash\\\nbreak.",
    "Entities: &copy; &amp; &quot;; an escaped \\* and \\_.",
    "(c) +- example.com -> 10:30 and:so:on",
    "- a list\n- of two\n\n1. and\n2. more",
    "Heading?\n---\nwords\n\n***",
    "",
]
NOTE = "note: It is part of the package."


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> ProseWriter:
    site = Site(tmp_path_factory.mktemp("prose")).write({**CATALOGUE, **INDEX}).build()
    return ProseWriter(site.app.builder, ProseParser(site.app.env.myst_config).parse)


@pytest.mark.parametrize("text", TEXTS)
def test_a_plain_text_is_written_straight_as_by_way_of_nodes(writer: ProseWriter, text: str) -> None:
    assert is_plain(Prose(text))
    assert writer._is_direct
    by_nodes = writer._by_nodes(Prose(text))
    assert writer._direct(Prose(text)) in {by_nodes, ()}
    assert writer.blocks(Prose(text)) == by_nodes


@given(st.from_regex(PLAIN_LINES, fullmatch=True))
def test_markdown_has_nothing_to_find_in_plain_lines(text: str) -> None:
    for markdown in (MarkdownIt("commonmark"), parser()):
        tokens = markdown.parse(text)
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        pieces = [piece.content if piece.type == "text" else piece.type for piece in tokens[1].children or ()]
        assert pieces == [*chain(*((line, "softbreak") for line in text.split("\n")))][:-1]


@pytest.mark.parametrize(
    "text", ["a [link](x)", "{technology}`x`", "<b>", "a@b.c", "$x$", "    code", "```\ncode\n```", "~~gone~~", "x^2^"]
)
def test_what_may_refer_to_something_stays_in_the_tree(text: str) -> None:
    assert not is_plain(Prose(text))


@pytest.mark.parametrize("extension", ["gfm_autolink", "linkify", "replacements", "smartquotes"])
def test_syntax_that_a_site_turns_on_is_seen_in_the_sample(small_site: Site, extension: str) -> None:
    if extension == "linkify":
        pytest.importorskip("linkify_it")
    small_site.edit("data/technologies/alpha.yaml", NOTE, "note: 'See (c) example.com, +- \"x\".'")
    small_site.build(myst_enable_extensions=[extension])
    page = small_site.soup("technologies/alpha.html")
    assert ("See ©" in page.get_text()) == (extension == "replacements")
    assert not page.select('a[href="http://example.com"]'), (
        "bare addresses are looked for in a time that grows with the square"
    )


def test_a_translator_that_writes_paragraphs_otherwise_is_heard(small_site: Site) -> None:
    small_site.edit(
        "conf.py",
        'version = "1"',
        """version = "1"
from sphinx.writers.html5 import HTML5Translator
class Translator(HTML5Translator):
    def visit_emphasis(self, node):
        self.body.append("<i>")
    def depart_emphasis(self, node):
        self.body.append("</i>")
def setup(app):
    app.set_translator("html", Translator)""",
    )
    small_site.edit("data/technologies/alpha.yaml", NOTE, "note: It is *part* of it.").build()
    assert "It is <i>part</i> of it." in small_site.output("technologies/alpha.html")


def test_blocks_are_labelled_and_ended() -> None:
    blocks = Blocks(("<p>One</p>\n", "<p>Two</p>\n"))
    shown = blocks.labelled("A & B:", "x").ending("<sup>1</sup>").__html__()
    assert shown == '<p class="x"><strong>A &amp; B:</strong> One</p>\n<p>Two<sup>1</sup></p>\n'
    listing = Blocks(("<ul></ul>\n",))
    assert listing.labelled("In fact:").ending("!") == (
        "<p><strong>In fact:</strong> </p>\n",
        "<ul></ul>\n",
        "<p>!</p>\n",
    )


def test_entities_leave_words_and_stay_in_attributes() -> None:
    html = '<a title="a &gt; b &amp; &quot;c&quot;">a &gt; b &amp; &quot;c&quot; AT&amp;T &#64; &amp;lt; &lt;</a> &gt;'
    assert (
        without_entities(html) == '<a title="a &gt; b &amp; &quot;c&quot;">a > b & "c" AT&amp;T @ &amp;lt; &lt;</a> >'
    )


def test_the_search_reads_words_and_no_tags(small_site: Site) -> None:
    note = """note: 'Its "own" one -- and `a "code"`, > 3 & *stressed*.'"""
    small_site.edit("data/technologies/alpha.yaml", NOTE, note)
    index = small_site.build().output("searchindex.js")
    assert '"stress"' in index
    assert not any(f'"{tag}"' in index for tag in ("amp", "quot", "gt", "strong", "versus-not"))


def test_numbers_of_sources_are_those_of_each_page_and_a_mark_without_one_goes(small_site: Site) -> None:
    small_site.edit("data/technologies/beta.yaml", "sources: [beta-review]", "sources: [nobody-knows, beta-review]")
    beta = small_site.build().soup("technologies/beta.html")
    both = small_site.soup("comparisons/alpha-vs-beta.html")
    assert "nobody-knows" in small_site.warnings
    assert [mark.text for mark in beta.select("td .vs-src a")] == ["1"]
    assert [mark.text for mark in both.select("td .vs-src a")] == ["1", "1", "2"]
    for page in (beta, both):
        ids = {one["id"] for one in page.select("[id]")}
        assert {mark["href"].lstrip("#") for mark in page.select(".vs-src a")} <= ids


def test_translations_replace_the_texts_of_records(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "translators", {})  # German words would stay in this process
    messages = {
        "comparisons": {"It is part of the package.": "Sie gehört zum Paket."},
        "criteria": {"Data": "Daten"},
    }
    for name, words in messages.items():
        catalogue = Path(small_site.root, "locale", "de", "LC_MESSAGES", f"{name}.po")
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        entries = "".join(f'\nmsgid "{english}"\nmsgstr "{german}"\n' for english, german in words.items())
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        catalogue.write_text(head + entries, encoding="utf-8")
    small_site.build(language="de", locale_dirs=["../locale"])
    assert small_site.warnings == ""
    assert "Sie gehört zum Paket." in small_site.output("comparisons/alpha-vs-beta.html")
    criteria = small_site.soup("criteria.html")
    assert "Daten" in [heading.find(string=True) for heading in criteria.select("h2")]
    messages = small_site.build("gettext").output("criteria.pot", "gettext")
    assert 'msgid "Data"' in messages
    assert "is built in" in messages
