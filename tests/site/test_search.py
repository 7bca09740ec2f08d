"""The compact search index writes what Sphinx's own would, whatever was fed, pruned and loaded before."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from sphinx.search import IndexBuilder, js_index

from conftest import Site
from sphinx_versus.site.incremental import CompleteIndex
from sphinx_versus.site.search import CompactIndex, put_in_place

NAMES = ("filenames", "index_entries", "mapping", "title_mapping", "all_titles", "titles", "objtypes", "objnames")
WORDS = st.sampled_from(["tables", "table", "the", "Running", "runs", "2026", "überall", "a_b", "日本", "of"])
PAGES = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.lists(WORDS, min_size=1), st.lists(WORDS)), min_size=1
)
Pages = Mapping[str, tuple[Sequence[str], Sequence[str]]]


def index_of() -> IndexBuilder:
    """An empty index of no site."""
    parts: dict[str, Any] = {f"_search_index_{name}": {} for name in NAMES}
    domains = SimpleNamespace(sorted=list)
    return IndexBuilder(SimpleNamespace(domains=domains, version={"sphinx": 1}, **parts), "en", {}, "")  # type: ignore[arg-type]


def feed(index: IndexBuilder, pages: Pages) -> None:
    """Pages as titles and texts."""
    for docname, (title, text) in pages.items():
        document = nodes.document(None, None)  # type: ignore[arg-type]
        section = nodes.section("", nodes.title("", " ".join(title)), nodes.paragraph("", " ".join(text)), ids=["x"])
        document += [section, nodes.section("", nodes.title("", "Running tables"), ids=["again"])]
        index.feed(docname, f"{docname}.md", " ".join(title), document)


def written(index: IndexBuilder) -> str:
    """What a build would write."""
    stream = io.StringIO()
    env: Any = SimpleNamespace(metadata=defaultdict(dict), domaindata={"index": {"entries": {}}})
    index.dump(stream, CompleteIndex(env, js_index))
    return stream.getvalue()


def both(act: Callable[[IndexBuilder], None]) -> tuple[str, str]:
    """What both indices write after the same."""
    theirs, ours = index_of(), CompactIndex(index_of())
    act(theirs)
    act(ours)
    return written(theirs), written(ours)


@given(before=PAGES, after=PAGES)
def test_it_writes_the_same_after_any_edit(before: Pages, after: Pages) -> None:
    saved, same = both(lambda index: feed(index, before))
    assert saved == same

    def edit(index: IndexBuilder) -> None:
        index.load(io.StringIO(saved), js_index)
        index.prune({docname for docname in before if docname not in after})
        feed(index, after)

    theirs, ours = both(edit)
    assert theirs == ours


@given(one=PAGES, other=PAGES)
def test_what_other_processes_fed_is_taken_over(one: Pages, other: Pages) -> None:
    other = {docname: page for docname, page in other.items() if docname not in one}
    alone, whole = CompactIndex(index_of()), CompactIndex(index_of())
    feed(alone, {**one, **other})
    for pages in (one, other):
        there = CompactIndex(index_of())
        feed(there, {**pages, "left to another": (["Words"], ["nobody", "else", "has"])})
        whole.take(there.part(pages))
    assert written(alone) == written(whole)


def test_an_index_of_another_version_is_refused() -> None:
    saved = 'Search.setIndex({"envversion":{"sphinx":0}})'
    with pytest.raises(ValueError, match="old format"):
        CompactIndex(index_of()).load(io.StringIO(saved), js_index)


def test_a_build_uses_it(small_site: Site) -> None:
    assert isinstance(small_site.build().app.builder.indexer, CompactIndex)  # type: ignore[attr-defined]


def test_the_index_of_another_extension_stays(small_site: Site) -> None:
    builder: Any = small_site.build().app.builder

    class TheirIndex(IndexBuilder):
        pass

    builder.indexer = theirs = TheirIndex.__new__(TheirIndex)
    builder.load_indexer = lambda docnames: None
    put_in_place(small_site.app, builder)
    builder.load_indexer(set())
    assert builder.indexer is theirs
