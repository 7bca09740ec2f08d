"""The search index of an incremental build is that of a build from nothing. Runs when all pages were fed to it.

Sphinx takes the pages that are written again out of the index that it finds. It leaves the words that stood on them alone
without a page, and it forgets the index entries of all other pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.search import IndexBuilder
from sphinx.util.index_entries import split_index_msg

from ..search import CompactIndex

# Sphinx has no other way into the index between feeding and writing it.
# ruff: noqa: SLF001


def complete_index(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """``html-collect-pages``: put the index right; there is no page to collect."""
    index: Any = getattr(app.builder, "indexer", None)
    if isinstance(index, IndexBuilder):
        if not isinstance(index, CompactIndex):
            drop_lone_words(index)
        index._index_entries = {docname: list(_entries(app, docname)) for docname in sorted(index._titles)}
    return ()


def drop_lone_words(index: Any) -> None:
    """Take out the words without a page; a compact index keeps none."""
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, docnames in words.items() if not docnames]:
            del words[word]


def _entries(app: Sphinx, docname: str) -> Iterator[tuple[str, str, str]]:
    """The index entries of a page, as the index keeps them; none of a page that is not searched."""
    if {"no-search", "nosearch"} & app.env.metadata[docname].keys():
        return
    found = set()
    for type_, value, target, main, _key in app.env.domaindata["index"].get("entries", {}).get(docname, ()):
        words = split_index_msg(type_, value)
        chosen = [*words, words[0]] if type_ in {"see", "seealso"} else words
        found |= {(word, target or "", main) for word in chosen}
    yield from sorted(found)


def setup(app: Sphinx) -> None:
    """Connect to the moment between feeding and writing the index."""
    app.connect("html-collect-pages", complete_index)
