"""A search index that takes little room: numbers of pages where Sphinx keeps a set of names for each word. Write phase, HTML.

It writes the bytes that Sphinx's own index writes, and takes its place only where that would be in place: another extension's
index, and the indices of other formats, stay what they are.
"""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from sys import intern
from typing import Any, NamedTuple, TextIO

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder, js_index

# Sphinx keeps what is in its index to itself; whoever takes its place has to know.

Pages = int | array  # type: ignore[type-arg]
"""The number of the only page with a word, or the numbers of all of them."""
Words = dict[str, Pages]
TOGETHER = 1000
"""How many words are written at once."""


class Part(NamedTuple):
    """What another process fed: of each page name, title, file and headings; the pages by number, and their words."""

    pages: list[tuple[str, str | None, str, list[tuple[str, str | None]]]]
    numbers: list[str]
    words: Words
    title_words: Words


class CompactIndex(IndexBuilder):
    """Sphinx's index, in which a page is a number."""

    _mapping: Words  # type: ignore[assignment]
    _title_mapping: Words  # type: ignore[assignment]

    def __init__(self, index: IndexBuilder) -> None:
        """An empty one that does what the given one would do."""
        self.__dict__.update(index.__dict__)
        self._mapping, self._title_mapping = {}, {}
        self._pages: list[str] = []
        self._numbers: dict[str, int] = {}
        self._terms: dict[str, str | None] = {}

    # -- from the last build

    def load(self, stream: Any, format: Any) -> None:  # noqa: A002 (Sphinx's name)
        """Take over what was written."""
        frozen = js_index.load(stream)
        if not isinstance(frozen, dict) or frozen.get("envversion") != self._env_version:
            raise ValueError("old format")
        self._pages = frozen["docnames"]
        self._numbers = {docname: number for number, docname in enumerate(self._pages)}
        self._filenames = dict(zip(self._pages, frozen["filenames"], strict=True))
        self._titles = dict(zip(self._pages, frozen["titles"], strict=True))
        self._mapping, self._title_mapping = _packed(frozen["terms"]), _packed(frozen["titleterms"])
        self._all_titles = {docname: [] for docname in self._pages}
        for title, places in frozen["alltitles"].items():
            for number, anchor in places:
                self._all_titles[self._pages[number]].append((title, anchor))

    def prune(self, docnames: Collection[str]) -> None:  # type: ignore[override]
        """Forget all pages but these."""
        gone = [docname for docname in self._titles if docname not in docnames]
        for by_docname in (self._titles, self._filenames, self._all_titles):
            for docname in gone:
                by_docname.pop(docname, None)
        if gone:
            numbers = {self._numbers[docname] for docname in gone if docname in self._numbers}
            _forget(self._mapping, numbers)
            _forget(self._title_mapping, numbers)

    # -- from the pages

    def feed(self, docname: str, filename: str | os.PathLike[str], title: str, doctree: nodes.document) -> None:
        """Take up a page. Its index entries come with those of all others when the index is completed."""
        found = self._word_collector(doctree)
        self._titles[docname], self._filenames[docname] = title, os.fspath(filename)
        self._all_titles[docname] = [
            (intern(str(words)), anchor and intern(str(anchor))) for words, anchor in found.titles
        ]
        in_titles = self._indexed(found.title_words)
        self._note(docname, in_titles, self._indexed(found.words) - in_titles)

    def _indexed(self, words: Iterable[str]) -> set[str]:
        """The terms by which words are found; each word is looked at once for all pages."""
        terms = self._terms
        different = set(words)
        for word in different - terms.keys():
            terms[word] = self._term(word)
        return {term for word in different if (term := terms[word]) is not None}

    def _term(self, word: str) -> str | None:
        """Its stem, or the word itself where the stem would not be searched for; else nothing."""
        stem = self.lang.stem(word).lower()
        return next((term for term in (stem, word) if self.lang.word_filter(term)), None)

    def _note(self, docname: str, in_titles: Iterable[str], elsewhere: Iterable[str]) -> None:
        number = self._number(docname)
        for words, terms in ((self._title_mapping, in_titles), (self._mapping, elsewhere)):
            for term in terms:
                _add(words, term, number)

    def _number(self, docname: str) -> int:
        number = self._numbers.setdefault(docname, len(self._pages))
        if number == len(self._pages):
            self._pages.append(docname)
        return number

    # -- between processes

    def part(self, docnames: Iterable[str]) -> Part:
        """What was fed for some pages, without all others."""
        self.prune(set(docnames))
        titles, names, headings = self._titles, self._filenames, self._all_titles
        pages = [(docname, titles[docname], names[docname], headings[docname]) for docname in titles]
        return Part(pages, self._pages, self._mapping, self._title_mapping)

    def take(self, part: Part) -> None:
        """Take over what another process fed."""
        for docname, title, filename, headings in part.pages:
            self._titles[docname], self._filenames[docname] = title, filename
            self._all_titles[docname] = [(intern(words), anchor and intern(anchor)) for words, anchor in headings]
        numbers = [self._number(docname) for docname in part.numbers]
        for words, theirs in ((self._mapping, part.words), (self._title_mapping, part.title_words)):
            for term, pages in theirs.items():
                for number in (pages,) if isinstance(pages, int) else pages:
                    _add(words, term, numbers[number])

    # -- to the file

    def get_terms(self, fn2index: dict[str, int]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What Sphinx writes for the words of texts and of titles."""
        places = self._places(fn2index)
        return dict(_frozen(self._mapping, places)), dict(_frozen(self._title_mapping, places))

    def _places(self, numbers: Mapping[str, int]) -> Sequence[int]:
        """The place in the file of each page by its number; pages that came in their order have the same one."""
        places = [numbers.get(docname, -1) for docname in self._pages]
        return range(len(places)) if places == [*range(len(places))] else places

    def dump(self, stream: Any, format: Any) -> None:  # noqa: A002 (Sphinx's name)
        """Write the index piece by piece: as one text it would be the largest thing in memory.

        The format is a :class:`.incremental.CompleteIndex`, which knows the index entries.
        """
        words = {"terms": self._mapping, "titleterms": self._title_mapping}
        self._mapping, self._title_mapping = {}, {}
        frozen = format.complete(self.freeze())
        self._mapping, self._title_mapping = words.values()
        numbers = {docname: number for number, docname in enumerate(frozen["docnames"])}
        places = self._places(numbers)
        stream.write(js_index.PREFIX)
        for start, name in zip("{" + "," * len(frozen), sorted(frozen), strict=False):
            stream.write(f'{start}"{name}":')
            if name in words:
                _write_words(stream, _frozen(words[name], places))
            else:
                stream.write(_json(frozen.pop(name)))
        stream.write("}" + js_index.SUFFIX)


def _packed(words: dict[str, int | list[int]]) -> Words:
    return {intern(word): pages if isinstance(pages, int) else array("I", pages) for word, pages in words.items()}


def _add(words: Words, term: str, number: int) -> None:
    """Add a page to those of a word, which stay sorted."""
    before = words.get(term)
    if before is None:
        words[term] = number
    elif isinstance(before, int):
        if number != before:
            words[term] = array("I", sorted((before, number)))
    elif number > before[-1]:
        before.append(number)
    elif before[at := bisect_left(before, number)] != number:
        before.insert(at, number)


def _forget(words: Words, gone: Set[int]) -> None:
    """Take pages out of those of each word; a word without a page goes."""
    for word, pages in list(words.items()):
        if not isinstance(pages, int):
            _take_out(pages, gone)
        if not pages if isinstance(pages, array) else pages in gone:
            del words[word]


def _take_out(pages: array[int], gone: Set[int]) -> None:
    """A few of many are looked for; of many that go each is asked whether it does."""
    if len(gone) < len(pages) // 20:
        for number in gone:
            at = bisect_left(pages, number)
            if at < len(pages) and pages[at] == number:
                del pages[at]
    elif not gone.isdisjoint(pages):
        pages[:] = array("I", [number for number in pages if number not in gone])


def _frozen(words: Words, places: Sequence[int]) -> Iterator[tuple[str, int | list[int]]]:
    """The words with the places of their pages in the file, in the order in which they are written."""
    as_they_are = isinstance(places, range)
    for word in sorted(words):
        pages = words[word]
        if isinstance(pages, int):
            found = [places[pages]]
        else:
            found = pages.tolist() if as_they_are else sorted(map(places.__getitem__, pages))
        found = found if as_they_are else [place for place in found if place >= 0]
        if found:
            yield word, found[0] if len(found) == 1 else found


def _write_words(stream: TextIO, words: Iterator[tuple[str, int | list[int]]]) -> None:
    start = "{"
    while some := dict(islice(words, TOGETHER)):
        stream.write(start + _json(some)[1:-1])
        start = ","
    stream.write("{}" if start == "{" else "}")


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def put_in_place(app: Sphinx, builder: Builder) -> None:
    """``write-started``: when Sphinx has made its index and asks for what the last build wrote, this one is there."""
    if isinstance(builder, StandaloneHTMLBuilder) and builder.indexer_format is js_index:
        load = builder.load_indexer

        def load_compact(docnames: Any) -> None:
            if type(builder.indexer) is IndexBuilder:
                builder.indexer = CompactIndex(builder.indexer)
            load(docnames)

        builder.load_indexer = load_compact  # type: ignore[method-assign]


def setup(app: Sphinx) -> None:
    """Connect before a build that writes nothing leaves the index alone."""
    app.connect("write-started", put_in_place, priority=400)
