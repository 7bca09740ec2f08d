"""A YAML file that was read: its tree, the place of each key and value, and the lines in which a text was typed.

YAML folds the lines of most scalars into one. Markdown and line numbers need them as they were typed, so the text is taken from
the lines of the file again, without what belongs to YAML: indentation, quotation marks, escapes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from yaml.scanner import Scanner

from ..characters import cleaned
from ..problems import Place

Location = tuple[str | int, ...]
"""The way from the top of a file to a value: mapping keys and list positions."""
Position = tuple[int, int]
"""Line and column, counted from 0."""
Mark = tuple[int, int, int]
"""From this offset of a text on it stands in this line at this column of the file (both from 1)."""


class Span(NamedTuple):
    """A scalar in its file: where it begins and ends."""

    path: str
    lines: Sequence[str]
    """All lines of the file."""
    start: Position
    end: Position
    style: str
    """``|``, ``>``, a quotation mark, or nothing for a plain scalar."""
    around: int
    """The column of the mapping or list that holds it."""


class Scalar(str):
    """A text that knows the span of the file in which it is written."""

    __slots__ = ("span",)

    span: Span


Tree = Scalar | list["Tree"] | dict[str, "Tree"] | None


def place_at(path: str, position: Position) -> Place:
    """The place of a position, which counts from 0."""
    return Place(path, position[0] + 1, position[1] + 1)


def place_in(path: str, marks: Sequence[Mark], offset: int) -> Place:
    """The place in a file of a character of a text."""
    start, line, column = marks[bisect_right(marks, offset, key=lambda mark: mark[0]) - 1]
    return Place(path, line, column + offset - start)


@dataclass(frozen=True)
class Document:
    """One YAML file: its tree, and the place of every key and value in it."""

    path: str
    tree: Tree
    keys: dict[Location, Position] = field(default_factory=dict)
    values: dict[Location, Position] = field(default_factory=dict)
    faults: dict[Location, bool | None] = field(default_factory=dict)
    """Where something is wrong that is reported already. True: characters of a value were replaced. False: a key is not in the
    tree, or its value is nothing there. None: another value of the key is not in the tree."""
    is_whole: bool = True
    """Whether all records of a list could be read."""

    def place(self, location: Location, *, key: bool = False, word: str = "") -> Place:
        """Where the value (or its key, or a word in it) stands; for what is absent, the place of the nearest thing around it."""
        if word and (found := self._place_of_word(location, word)):
            return found
        position = self.keys.get(location) if key else None
        while position is None:
            position = self.values.get(location, None if location else (0, 0))
            location = location[:-1]
        return place_at(self.path, position)

    def _place_of_word(self, location: Location, word: str) -> Place | None:
        node: Tree = self.tree
        for part in location:
            if isinstance(node, dict):
                node = node.get(str(part))
            elif isinstance(node, list):
                node = node[int(part)]
        if not isinstance(node, Scalar):
            return None
        if location not in self._last_layout:
            self._last_layout.clear()
            self._last_layout[location] = laid_out(node.span)
        text, marks = self._last_layout[location]
        at = text.find(word)
        while at >= 0 and any(map(_IN_WORD.match, (text[max(at - 1, 0) : at], text[at + len(word) :][:1]))):
            at = text.find(word, at + 1)
        return place_in(self.path, marks, at) if at >= 0 else None

    @cached_property
    def _last_layout(self) -> dict[Location, tuple[str, tuple[Mark, ...]]]:
        """The text at one location as it was typed: one may have many wrong words."""
        return {}

    def faults_in(self, record: Location) -> dict[Location, bool | None]:
        """The faults of a record: one of the file's, or the file itself."""
        return self._faults_by_record.get(record, {}) if record else self.faults

    @cached_property
    def _faults_by_record(self) -> dict[Location, dict[Location, bool | None]]:
        """Those of one record follow each other, as in the file."""
        return {record: dict(inside) for record, inside in groupby(self.faults.items(), key=lambda one: one[0][:1])}


# -- texts as they were typed ----------------------------------------------------------------------------------------------

_IN_WORD = re.compile(r"\w")
_Piece = tuple[int, int, str]
"""A part of a text that stands together: line and column (from 0), and the characters that it stands for."""
_PARTS = {
    "": re.compile(r".+"),
    "'": re.compile(r"''|(?:(?!'').)+"),
    '"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|[^\\]+"),
}
"""By style the parts of a line that each stand for themselves or for another text."""


def laid_out(span: Span) -> tuple[str, tuple[Mark, ...]]:
    """The text with the line breaks of the file, and the marks by which every character of it is found there.

    A blank line separates paragraphs in every style, so line *n* of the text is line *n* of the scalar.
    """
    parts: list[str] = []
    marks, length = [], 0
    following = (-1, -1)
    for line, column, part in _block(span) if span.style in {"|", ">"} else _flow(span):
        if not parts and not part.strip():
            continue
        if (line, column) != following:
            marks.append((length, line + 1, column + 1))
        parts.append(part)
        length += len(part)
        following = (line, column + len(part))
    text = "".join(parts).rstrip()
    return text, tuple(mark for mark in marks if mark[0] < len(text))


def _block(span: Span) -> Iterator[_Piece]:
    """A literal or folded scalar: the lines that are blank, or as deep as its first one or as its header asks."""
    line, column = span.start
    header = re.match(r"[|>][+-]?([1-9])?", span.lines[line][column:])
    depth = span.around + int(header[1]) if header and header[1] else 0
    for number in range(line + 1, len(span.lines)):
        text = span.lines[number]
        indentation = len(text) - len(text.lstrip(" "))
        if text.strip() and indentation < (depth := depth or indentation):
            return
        yield number, depth, text[depth:] + "\n"


def _flow(span: Span) -> Iterator[_Piece]:
    """A plain or quoted scalar, of which each line is one of the text unless a backslash ends it."""
    for line, column, text in _lines(span):
        for part in _PARTS[span.style].finditer(text):
            yield line, column + part.start(), cleaned(_unescaped(part[0], span.style))
        if span.style != '"' or not re.search(r"(?<!\\)(\\\\)*\\$", text):
            yield line, column + len(text), "\n"


def escapes(span: Span) -> Iterator[_Piece]:
    """The characters of a double-quoted scalar that are written as escapes."""
    for line, column, text in _lines(span):
        for part in _PARTS['"'].finditer(text):
            if part[0].startswith("\\"):
                yield line, column + part.start(), _unescaped(part[0], '"')


def _lines(span: Span) -> Iterator[_Piece]:
    """The lines of a scalar that may be wrapped, without quotation marks and the blanks around line breaks."""
    (first, left), (last, right) = span.start, span.end
    quotes = len(span.style)
    for number in range(first, last + 1):
        line = span.lines[number]
        if first == last:  # no more of the line is looked at: it may be a megabyte
            yield number, left + quotes, line[left + quotes : right - quotes]
            return
        line = line[: right - quotes] if number == last else line.rstrip(" \t")
        column = left + quotes if number == first else len(line) - len(line.lstrip(" \t"))
        yield number, column, line[column:]


def _unescaped(part: str, style: str) -> str:
    if style == "'":
        return part.replace("''", "'")
    if style != '"' or not part.startswith("\\"):
        return part
    return chr(int(part[2:], 16)) if part[2:] else str(Scanner.ESCAPE_REPLACEMENTS[part[1]])
