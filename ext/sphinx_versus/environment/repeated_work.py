"""What Sphinx does again for each page, done once in a build: titles of other pages, and stems of words. Write phase."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

MOST_WORDS = 50_000
"""Of so many words the stems are kept; a language has fewer that are frequent."""


def keep_results(builder: StandaloneHTMLBuilder) -> None:
    """Have the builder of pages keep what it makes of equal titles and words; when it is prepared for writing."""
    builder.render_partial = titles_once(builder.render_partial)  # type: ignore[assignment, method-assign]
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
