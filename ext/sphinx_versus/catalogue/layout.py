"""How the Markdown in a YAML scalar is laid out in its file: the text, and the place of each part of it.

YAML folds the lines of most scalars into one. Markdown, and whoever looks for a line number, wants them as they were typed,
so the text is taken from the lines of the file again, without what belongs to YAML: indentation, quotation marks, escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yaml.scanner import Scanner

from ..characters import cleaned

Mark = tuple[int, int, int]
"""From this offset of a text on it stands in this line at this column of the file (both from 1)."""

_Piece = tuple[int, int, str]
"""A part of a text that stands together: line and column (from 0), and the characters that it stands for."""


class Span(NamedTuple):
    """A scalar in its file: where it begins and ends, counted from 0."""

    path: str
    lines: Sequence[str]
    """All lines of the file."""
    start: tuple[int, int]
    end: tuple[int, int]
    style: str
    """``|``, ``>``, a quotation mark, or nothing for a plain scalar."""
    around: int
    """The column of the mapping or list that holds it."""


def laid_out(span: Span) -> tuple[str, tuple[Mark, ...]]:
    """The text with the line breaks of the file, and the marks by which every character of it is found there.

    A blank line separates paragraphs in every style, so line *n* of the text is line *n* of the scalar.
    """
    parts: list[str] = []
    marks, length = [], 0
    following = (-1, -1)
    for line, column, part in _LAYOUTS[span.style](span):
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
    """A literal or folded scalar: the lines that are blank, or as deep as its first one or as its header says."""
    line, column = span.start
    header = re.match(r"[|>][+-]?([1-9])?", span.lines[line][column:])
    deep = span.around + int(header[1]) if header and header[1] else _first_depth(span.lines, line + 1)
    for number in range(line + 1, len(span.lines)):
        text = span.lines[number]
        if text.strip() and _depth(text) < deep:
            return
        yield number, deep, text[deep:] + "\n"


def _first_depth(lines: Sequence[str], line: int) -> int:
    while not lines[line].strip():
        line += 1
    return _depth(lines[line])


def _plain(span: Span) -> Iterator[_Piece]:
    for line, column, text in _rows(span, 0):
        yield line, column, text + "\n"


def _single_quoted(span: Span) -> Iterator[_Piece]:
    for line, column, text in _rows(span, 1):
        for part in re.finditer(r"''|(?:(?!'').)+", text):
            yield line, column + part.start(), "'" if part[0] == "''" else part[0]
        yield line, column + len(text), "\n"


def _double_quoted(span: Span) -> Iterator[_Piece]:
    for line, column, text in _rows(span, 1):
        for part in _ESCAPED.finditer(text):
            yield line, column + part.start(), cleaned(_unescaped(part[0]))
        if not re.search(r"(?<!\\)(\\\\)*\\$", text):
            yield line, column + len(text), "\n"


def escapes(span: Span) -> Iterator[_Piece]:
    """The characters of a double-quoted scalar that are written as escapes."""
    for line, column, text in _rows(span, 1):
        for part in _ESCAPED.finditer(text):
            if part[0].startswith("\\"):
                yield line, column + part.start(), _unescaped(part[0])


_ESCAPED = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|[^\\]+")


def _unescaped(part: str) -> str:
    if not part.startswith("\\"):
        return part
    if digits := part[2:]:
        return chr(int(digits, 16))
    return str(Scanner.ESCAPE_REPLACEMENTS[part[1]])


def _rows(span: Span, quotes: int) -> Iterator[_Piece]:
    """The lines of a scalar that may be wrapped, without quotation marks and the blanks around line breaks."""
    (first, left), (last, right) = span.start, span.end
    for number in range(first, last + 1):
        row = span.lines[number]
        row = row[: right - quotes] if number == last else row.rstrip(" \t")
        column = left + quotes if number == first else len(row) - len(row.lstrip(" \t"))
        yield number, column, row[column:]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_LAYOUTS = {"|": _block, ">": _block, "'": _single_quoted, '"': _double_quoted, "": _plain}
