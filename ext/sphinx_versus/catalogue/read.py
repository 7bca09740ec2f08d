"""Read YAML so that every key and value knows its line and column.

The tree that comes out holds texts, lists and mappings only: a scalar keeps the text that was typed (``no``, ``3.10``
and ``1e3`` stay text; an empty value, ``~`` and ``null`` are no value), and it is the model that makes a date or a number
of it. Only the events of PyYAML's parser are used: nothing is constructed, and tags, anchors and aliases are refused.

What is refused costs the value in which it stands, and not the file; so does what is over a limit. No text or key in the tree
holds a character of :data:`.characters.FORBIDDEN`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice
from typing import Any, NamedTuple

import yaml

from ..characters import BYTE, FORBIDDEN, REPLACEMENT, byte_of, cleaned, code_point
from ..problems import Code, Place, Problem
from .layout import Span, escapes
from .syntax import in_our_words

Location = tuple[str | int, ...]
"""The way from the top of a file to a value: mapping keys and list positions."""

Position = tuple[int, int]
"""Line and column, counted from 0."""

MAX_DEPTH = 50
"""Records nest less than ten levels deep; what is deeper costs the value in which it stands."""
HOPELESS_DEPTH = 200
"""Deeper than this it costs the file, because YAML's parser takes a time that grows with the square of the depth."""
MAX_VALUES = 1_000_000
"""So many keys and values a file may hold; each takes some 600 bytes of memory."""
MAX_VALUES_EACH = 50_000
"""So many may be in one value at the top of a file: in one record of a list, or in all facts of a technology."""
MAX_ENTRIES = 1_000
"""So many entries a list or mapping inside of a record may have."""


class Limits(NamedTuple):
    """How many entries there may be: at the top of a file, and in each list or mapping below it."""

    top: int = MAX_ENTRIES
    below: int = MAX_ENTRIES


RECORD = Limits()
"""The limits of a file with one record."""


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
    refused: Sequence[Location] = ()
    """Keys that are not in the tree, and values that are nothing there, because of a problem that is reported already."""
    replaced: Sequence[Location] = ()
    """Values of which characters were replaced, as is reported already."""
    is_whole: bool = True
    """Whether all records of a list could be read."""

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Where the value (or its key) stands; for what is absent, the place of the nearest thing around it."""
        if key and location in self.keys:
            return _place(self.path, self.keys[location])
        while location and location not in self.values:
            location = location[:-1]
        return _place(self.path, self.values.get(location, (0, 0)))

    def refused_in(self, record: Location) -> Sequence[Location]:
        """What is refused in a record: one of the file's, or the file itself."""
        return self._refused_by_record.get(record, ()) if record else self.refused

    def replaced_in(self, record: Location) -> Sequence[Location]:
        """What is not as it was written in a record."""
        return self._replaced_by_record.get(record, ()) if record else self.replaced

    @cached_property
    def _refused_by_record(self) -> Mapping[Location, Sequence[Location]]:
        return _by_record(self.refused)

    @cached_property
    def _replaced_by_record(self) -> Mapping[Location, Sequence[Location]]:
        return _by_record(self.replaced)


def _by_record(locations: Sequence[Location]) -> Mapping[Location, Sequence[Location]]:
    """The locations by the first step of each; those of one record follow each other, as in the file."""
    return {record: [*inside] for record, inside in groupby(locations, key=lambda one: one[:1])}


class Lines(NamedTuple):
    """The lines of a file, without characters that cannot be part of a record."""

    path: str
    lines: Sequence[str]
    problems: list[Problem]
    """The first byte that is not UTF-8, and the first other forbidden character of each line, as far as they are reported."""

    @classmethod
    def of(cls, path: str, text: str) -> Lines:
        """The lines of a text, whatever system it comes from."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not FORBIDDEN.search(text.replace("\r", "")):
            return cls(path, lines, [])
        bytes_ = [(number, hit) for number, line in enumerate(lines) for hit in BYTE.finditer(line)]
        problems = [_not_utf8(path, (number, hit.start()), hit[0], len(bytes_)) for number, hit in bytes_[:1]]
        lines = [BYTE.sub(REPLACEMENT, line) for line in lines]
        found = ((number, hit) for number, line in enumerate(lines) if (hit := FORBIDDEN.search(line)))
        problems += [_forbidden(path, (number, hit.start()), hit[0]) for number, hit in islice(found, _MANY_LINES)]
        return cls(path, [cleaned(line) if FORBIDDEN.sub("", line).strip() else "" for line in lines], problems)

    def place(self, inside: Place, first: int, end: int) -> Place:
        """The place in the file of one in some lines; the end of these is on the last one that is not blank."""
        line = inside.line + first
        while end > first + 1 and not self.lines[end - 1].strip():
            end -= 1
        return replace(inside, line=line) if line <= end else Place(self.path, end, len(self.lines[end - 1]) + 1)


def read(path: str, text: str, limits: Limits = RECORD) -> tuple[Document, list[Problem]]:
    """Read one file; the tree is ``None`` when the YAML itself is broken."""
    lines = Lines.of(path, text)
    document, problems = read_part(lines, 0, len(lines.lines), limits)
    return document, [*lines.problems, *problems]


def read_part(lines: Lines, first: int, end: int, limits: Limits) -> tuple[Document, list[Problem]]:
    """Read some lines of a file as if they were all of it; places are those in the file."""
    path = lines.path
    reader = _Reader(lines, first, end, limits)
    try:
        tree = reader.document()
    except yaml.MarkedYAMLError as error:
        problem = in_our_words(path, lines.lines[first:end], error)
        return Document(path, None), [*reader.problems, replace(problem, place=lines.place(problem.place, first, end))]
    except (
        yaml.YAMLError,
        ValueError,
        OverflowError,
    ) as error:  # the parser in Python has no better words for "\UFFFFFFFF"
        place = Place(path, first + 1)
        return Document(path, None), [*reader.problems, Problem(place, Code.YAML_SYNTAX, str(error))]
    except _RefusedError as refused:
        return Document(path, None), [*reader.problems, refused.problem]
    return Document(path, tree, reader.keys, reader.values, [*reader.refused], reader.replaced), reader.problems


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = {"", "~", "null", "Null", "NULL"}
_MANY_LINES = 1_000
_FILE, _TOP, _ANY = 0, 1, HOPELESS_DEPTH


class _RefusedError(Exception):
    """Ends the reading of a value that is valid YAML but no part of a record.

    ``level`` says how deep in the file the value is that is left out; 0 stands for the whole file. ``depth`` is the number of
    collections that are open.
    """

    def __init__(self, problem: Problem, level: int, depth: int = 0) -> None:
        super().__init__(problem.message)
        self.problem, self.level, self.depth = problem, level, depth


class _Reader:
    """Turns the parser's events into a tree, noting places and problems on the way."""

    def __init__(self, lines: Lines, first: int, end: int, limits: Limits) -> None:
        self.path, self.lines, self._first, self.limits = lines.path, lines.lines, first, limits
        self._may_be_spoilt = bool(lines.problems)
        self.problems: list[Problem] = []
        self.refused: dict[Location, None] = {}
        self.replaced: list[Location] = []
        self.keys: dict[Location, Position] = {}
        self.values: dict[Location, Position] = {}
        text = "\n".join(self.lines[first:end])
        self._next: Callable[[], yaml.Event] = _LOADER(text).get_event
        self._limit = 0

    def document(self) -> Tree:
        """The tree of the only document; ``None`` when there is none."""
        tree: Tree = None
        documents = 0
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(event, "a second document begins here", "a file holds one", level=_FILE)
                tree = self._node(self._next(), (), 0)
        return tree

    def _leave(self, event: yaml.Event, depth: int) -> None:
        """Pass over what is left of collections of which so many are open."""
        while depth:
            if depth > HOPELESS_DEPTH:
                raise self._too_large(event, "nested too deeply", f"expected at most {MAX_DEPTH} levels", level=_FILE)
            event = self._next()
            depth += _opened(event)

    def _value(self, location: Location, around: int, event: yaml.Event | None = None) -> Tree:
        """The value that comes next (or begins with the event), or nothing when it is refused."""
        if len(location) == 1:
            self._limit = len(self.values) + MAX_VALUES_EACH
        event = event or self._next()
        try:
            return self._node(event, location, around)
        except _RefusedError as refused:
            if len(location) > refused.level:
                raise
            self._leave_refused(event, location, refused)
        self.refused[location] = None
        return None

    def _leave_refused(self, event: yaml.Event, location: Location, refused: _RefusedError) -> None:
        """Pass over a value that is refused; when that is hopeless, it costs the file."""
        try:
            self._leave(event, refused.depth - len(location))
        except _RefusedError:
            raise _RefusedError(refused.problem, _FILE) from None
        self.problems.append(refused.problem)

    def _node(self, event: yaml.Event, location: Location, around: int) -> Tree:
        """The value that begins with an event; ``around`` is the column of the collection that holds it."""
        self.values[location] = begin = self._checked(event, location)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, location, begin, around)
        if len(self.values) > self._limit > 0:
            hint = f"expected at most {MAX_VALUES_EACH:,} in one value at the top of a file"
            raise self._too_large(event, "too many keys and values", hint, _TOP, location)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location, begin[1])
        return list(self._sequence(location, begin[1]))

    def _checked(self, event: Any, location: Location, level: int = _ANY) -> Position:
        """Where a node begins, if it is one that records may have."""
        if event.anchor:
            hint = 'a text that starts with "&" or "*" needs quotes'
            raise self._refused(event, "anchors and aliases are not used in records", hint, level, location)
        if event.tag:
            hint = 'a text that starts with "!" needs quotes'
            raise self._refused(event, "tags are not used in records", hint, level, location)
        if len(location) > MAX_DEPTH:
            raise self._too_large(event, "nested too deeply", f"expected at most {MAX_DEPTH} levels", level, location)
        mark = event.start_mark
        return mark.line + self._first, mark.column

    def _refused(
        self, event: yaml.Event, message: str, hint: str, level: int, location: Location = ()
    ) -> _RefusedError:
        problem = Problem(self._place_of(event), Code.YAML_SYNTAX, message, hint)
        return _RefusedError(problem, level, len(location) + _opened(event))

    def _too_large(
        self, event: yaml.Event, message: str, hint: str, level: int, location: Location = ()
    ) -> _RefusedError:
        problem = Problem(self._place_of(event), Code.TOO_LARGE, message, hint)
        return _RefusedError(problem, level, len(location) + _opened(event))

    def _place_of(self, event: yaml.Event) -> Place:
        mark: Any = event.start_mark
        return _place(self.path, (mark.line + self._first, mark.column))

    def _entries(self, location: Location, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        """The events with which the entries of a collection begin, as many as may be there."""
        most = self.limits.below if location else self.limits.top
        number = 0
        while not isinstance(event := self._next(), end):
            number += 1
            if number > most or (not location and len(self.values) > MAX_VALUES):
                self._report_full(event, most if number > most else 0)
                return
            yield event

    def _report_full(self, event: yaml.Event, most: int) -> None:
        """Pass over the entries of a collection, from the one that begins with the event on."""
        hint = f"expected at most {most:,}" if most else f"expected at most {MAX_VALUES:,} keys and values"
        full = self._too_large(event, "too many entries; the others are left out", hint, level=_ANY)
        self.problems.append(full.problem)
        self._leave(event, 1 + _opened(event))

    def _mapping(self, location: Location, column: int) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        for event in self._entries(location, yaml.MappingEndEvent):
            begin = self._checked(event, location, level=_FILE)
            key, is_spoilt = self._key(event, begin)
            inner = (*location, key)
            if is_spoilt:
                self.refused[inner] = None
                self._skip()
            elif key in found or key.startswith("@"):
                self.problems.append(self._rejected(key, begin, inner))
                if found.get(key, begin) is None and inner not in self.refused:  # the first one has no value
                    found[key] = self._value(inner, column)
                else:
                    self._skip()
            else:
                self.keys[inner] = begin
                found[key] = self._value(inner, column)
        return found

    def _rejected(self, key: str, begin: Position, location: Location) -> Problem:
        """Why a key is not taken up."""
        place = _place(self.path, begin)
        if first := self.keys.get(location):
            message = f'"{key}" is already given in line {first[0] + 1}'
            return Problem(place, Code.DUPLICATE_KEY, message, "remove or rename one of them")
        return Problem(
            place, Code.UNKNOWN_KEY, f'"{key}" is not a key here', "no key starts with @"
        )  # it is the loader's

    def _key(self, event: yaml.Event, begin: Position) -> tuple[str, bool]:
        """A key, and whether a character of it was replaced."""
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.style != '"' and not self._may_be_spoilt
            return (event.value, False) if is_plain else self._text(event, begin)
        hint = "a text with brackets or braces at its start needs quotes"
        raise self._refused(event, "a list or mapping stands where a key is expected", hint, level=_FILE)

    def _skip(self) -> None:
        """Pass over the value of a key that is not taken up."""
        event = self._next()
        self._leave(event, max(_opened(event), 0))

    def _sequence(self, location: Location, column: int) -> Iterator[Tree]:
        for position, event in enumerate(self._entries(location, yaml.SequenceEndEvent)):
            yield self._value((*location, position), column, event)

    def _scalar(self, event: Any, location: Location, begin: Position, around: int) -> Scalar | None:
        text, style, end = event.value, event.style, event.end_mark
        if not style and text in _EMPTY:
            return None
        if self._may_be_spoilt or style == '"':
            text, is_spoilt = self._text(event, begin)
            if is_spoilt:
                self.replaced.append(location)
        scalar = Scalar(text)
        end = end.line + self._first, end.column
        scalar.span = Span(self.path, self.lines, begin, end, style or "", around)
        return scalar

    def _text(self, event: Any, begin: Position) -> tuple[str, bool]:
        """The text of a scalar, and whether characters of it were replaced; the first one of them is reported."""
        text, end = cleaned(event.value), event.end_mark
        if text == event.value:  # what was typed as it is is cleaned already
            return text, self._may_be_spoilt and REPLACEMENT in text
        end = end.line + self._first, end.column
        for line, column, character in escapes(Span(self.path, self.lines, begin, end, event.style, 0)):
            if FORBIDDEN.match(character):
                self.problems.append(_forbidden(self.path, (line, column), character))
                break
        return text, True


def _opened(event: yaml.Event) -> int:
    """By how much an event changes the depth."""
    return isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _place(path: str, position: Position) -> Place:
    return Place(path, position[0] + 1, position[1] + 1)


def _forbidden(path: str, position: Position, character: str) -> Problem:
    message = f"the character {code_point(character)} cannot be part of a record"
    return Problem(_place(path, position), Code.INVALID_CHARACTER, message, "remove it")


def _not_utf8(path: str, position: Position, character: str, number: int) -> Problem:
    others = f", nor {'is one other' if number == 2 else f'are {number - 1:,} others'}" if number > 1 else ""
    message = f"the byte 0x{byte_of(character):02x} is not UTF-8{others}"
    return Problem(_place(path, position), Code.INVALID_CHARACTER, message, "save the file as UTF-8")
