"""Read YAML so that every key and value knows its line and column.

The tree that comes out holds texts, lists and mappings only: a scalar keeps the text that was typed (``no``, ``3.10``
and ``1e3`` stay text; an empty value, ``~`` and ``null`` are no value), and it is the model that makes a date or a number
of it. Only the events of PyYAML's parser are used: nothing is constructed, and tags, anchors and aliases are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..problems import Code, Place, Problem
from .layout import Span
from .syntax import in_our_words

Location = tuple[str | int, ...]
"""The way from the top of a file to a value: mapping keys and list positions."""

Position = tuple[int, int]
"""Line and column, counted from 0."""

MAX_DEPTH = 50
"""Records nest less than ten levels deep; a parser of anything must stop somewhere."""


class Scalar(str):
    """A text that knows the span of the file in which it is written."""

    __slots__ = ("span",)

    span: Span


Tree = Scalar | Sequence["Tree"] | Mapping[str, "Tree"] | None


@dataclass(frozen=True)
class Document:
    """One YAML file: its tree, and the place of every key and value in it."""

    path: str
    tree: Tree
    keys: Mapping[Location, Position] = field(default_factory=dict)
    values: Mapping[Location, Position] = field(default_factory=dict)

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Where the value (or its key) stands; for what is absent, the place of the nearest thing around it."""
        if key and location in self.keys:
            return _place(self.path, self.keys[location])
        while location and location not in self.values:
            location = location[:-1]
        return _place(self.path, self.values.get(location, (0, 0)))


def read(path: str, text: str) -> tuple[Document, list[Problem]]:
    """Read one file; the tree is ``None`` when the YAML itself is broken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(path, text)
    try:
        tree = reader.document()
    except yaml.MarkedYAMLError as error:
        return Document(path, None), [*reader.problems, in_our_words(path, reader.lines, error)]
    except _RefusedError as refused:
        return Document(path, None), [*reader.problems, refused.problem]
    return Document(path, tree, reader.keys, reader.values), reader.problems


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = {"", "~", "null", "Null", "NULL"}
_FOREIGN = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Control characters, and what YAML takes for a line break although editors do not."""


class _RefusedError(Exception):
    """Ends the reading of a file that is valid YAML but not a record."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(place, Code.YAML_SYNTAX, message, hint)


class _Reader:
    """Turns the parser's events into a tree, noting places and problems on the way."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.keys: dict[Location, Position] = {}
        self.values: dict[Location, Position] = {}
        self.problems: list[Problem] = []
        self._next: Callable[[], yaml.Event]

    def document(self) -> Tree:
        """The tree of the only document; ``None`` when there is none."""
        self._check_characters()
        self._next = _LOADER(self.text).get_event
        tree: Tree = None
        documents = 0
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(event, "a second document begins here", "a file holds one")
                tree = self._node(self._next(), (), 0)
        return tree

    def _check_characters(self) -> None:
        if found := _FOREIGN.search(self.text):
            line = self.text.count("\n", 0, found.start())
            column = found.start() - (self.text.rfind("\n", 0, found.start()) + 1)
            message = f"the character U+{ord(found[0]):04X} cannot stand in a record"
            raise _RefusedError(Place(self.path, line + 1, column + 1), message, "remove it")

    def _node(self, event: yaml.Event, location: Location, around: int) -> Tree:
        """The value that begins with an event; ``around`` is the column of the collection that holds it."""
        self.values[location] = begin = self._checked(event, location)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, begin, around)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location, begin[1])
        return list(self._sequence(location, begin[1]))

    def _checked(self, event: Any, location: Location) -> Position:
        """Where a node begins, if it is one that records may have."""
        if event.anchor:
            hint = 'a text that starts with "&" or "*" needs quotes'
            raise self._refused(event, "anchors and aliases are not used in records", hint)
        if event.tag:
            raise self._refused(event, "tags are not used in records", 'a text that starts with "!" needs quotes')
        if len(location) > MAX_DEPTH:
            raise self._refused(event, "nested too deeply", f"expected at most {MAX_DEPTH} levels")
        mark = event.start_mark
        return mark.line, mark.column

    def _refused(self, event: yaml.Event, message: str, hint: str) -> _RefusedError:
        mark = event.start_mark
        assert mark is not None
        return _RefusedError(_place(self.path, (mark.line, mark.column)), message, hint)

    def _mapping(self, location: Location, column: int) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            begin = self._checked(event, location)
            key = self._key(event)
            inner = (*location, key)
            if key in found or key.startswith("@"):
                self.problems.append(Problem(_place(self.path, begin), *self._rejected(key, inner)))
                self._skip()
                continue
            self.keys[inner] = begin
            found[key] = self._node(self._next(), inner, column)
        return found

    def _rejected(self, key: str, location: Location) -> tuple[Code, str, str]:
        """Why a key is not taken up."""
        if first := self.keys.get(location):
            message = f'"{key}" is already given in line {first[0] + 1}'
            return Code.DUPLICATE_KEY, message, "remove or rename one of them"
        return Code.UNKNOWN_KEY, f'"{key}" is not a key here', "no key starts with @"  # they are the loader's own

    def _key(self, event: yaml.Event) -> str:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        hint = "a text with brackets or braces at its start needs quotes"
        raise self._refused(event, "a list or mapping stands where a key is expected", hint)

    def _skip(self) -> None:
        """Pass over the value of a key that is not taken up."""
        depth = _opened(self._next())
        while depth:
            depth += _opened(self._next())

    def _sequence(self, location: Location, column: int) -> Iterator[Tree]:
        position = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, (*location, position), column)
            position += 1

    def _scalar(self, event: yaml.ScalarEvent, begin: Position, around: int) -> Scalar | None:
        style = event.style
        if not style and event.value in _EMPTY:
            return None
        end = event.end_mark
        assert end is not None
        scalar = Scalar(event.value)
        scalar.span = Span(self.path, self.lines, begin, (end.line, end.column), style or "", around)
        return scalar


def _opened(event: yaml.Event) -> int:
    """By how much an event changes the depth."""
    return isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _place(path: str, position: Position) -> Place:
    return Place(path, position[0] + 1, position[1] + 1)
