"""What Sphinx does again for each page, done once in a build: titles of other pages, addresses, tags, stems of words. Write phase."""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

MOST_WORDS = 50_000
"""Of so many words the stems are kept; a language has fewer that are frequent."""
TAGS = {"css_tag", "js_tag"}
"""The functions with which templates make the tags of style sheets and scripts."""


def keep_results(builder: StandaloneHTMLBuilder) -> None:
    """Have a builder of pages that is prepared for writing keep what it makes of equal titles, addresses and words."""
    builder.render_partial = titles_once(builder.render_partial)  # type: ignore[assignment, method-assign]
    builder.get_relative_uri = addresses_once(builder)  # type: ignore[assignment, method-assign]
    if builder.indexer:
        language: Any = builder.indexer.lang
        split, language.stem = language.split, lru_cache(MOST_WORDS)(language.stem)
        language.word_filter = lru_cache(MOST_WORDS)(language.word_filter)
        language.split = lambda text: dict.fromkeys(split(text))  # the index does not count words


def titles_once(render: Callable[[nodes.Node | None], dict[str, str]]) -> Callable[[nodes.Node | None], dict[str, str]]:
    """A title is on its page and, with each of its neighbours, in links; one with more than words may differ between folders."""
    rendered = cache(render)

    def render_partial(node: nodes.Node | None) -> dict[str, str]:
        is_plain = isinstance(node, nodes.title) and all(isinstance(child, nodes.Text) for child in node.children)
        return rendered(node) if is_plain else render(node)

    return render_partial


def folder_of(builder: Builder, docname: str) -> str:
    """Where the address of a page begins: from all pages of a folder another page has the same relative address."""
    return builder.get_target_uri(docname).rpartition("/")[0]


def addresses_once(builder: Builder) -> Callable[[str, str, str | None], str]:
    """The relative addresses of pages, made once for each folder."""
    make, folder, known = builder.get_relative_uri, cache(partial(folder_of, builder)), dict[tuple[str, str], str]()

    def get_relative_uri(from_: str, to: str, typ: str | None = None) -> str:
        if from_ == to or typ is not None:
            return make(from_, to, typ)
        key = folder(from_), to
        if key not in known:
            known[key] = make(from_, to)
        return known[key]

    return get_relative_uri


def setup(app: Sphinx) -> None:
    """Connect before other extensions, which may make tags of their own for a page."""
    made: dict[tuple[str, str, Any], str] = {}

    def tag_once(name: str, folder: str, make: Callable[[Any], str], file: Any) -> str:
        key = name, folder, file
        if key not in made:
            made[key] = make(file)
        return made[key]

    def keep_tags(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
        """``html-page-context``: Sphinx looks for each file on each page; in a folder all have the same tags."""
        for name in TAGS & context.keys():
            context[name] = partial(tag_once, name, folder_of(app.builder, pagename), context[name])

    app.connect("html-page-context", keep_tags, priority=0)  # before sphinx-notfound-page, whose addresses are absolute
