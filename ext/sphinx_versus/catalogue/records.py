"""Reading a list of records in which the YAML of one is broken: the others are read without it.

A record begins on a line with its id and a colon, and ends before the next such line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..problems import Code, Problem
from .read import MAX_VALUES, Document, Limits, Lines, Location, Position, Tree, read_part
from .values import ID_PATTERN

_ID_LINE = re.compile(rf"({ID_PATTERN})[ \t]*:(?=\s|$)")


def read_records(path: str, text: str, limits: Limits) -> tuple[Document, list[Problem]]:
    """Read each record on its own; those that are broken are nothing in the tree."""
    lines = Lines.of(path, text)
    found = _Records(lines, limits)
    for first, end in _extents(lines):
        found.read(first, end)
        if len(found.values) > MAX_VALUES:
            break
    found.values[()] = (0, 0)
    tree = found.tree or None
    document = Document(path, tree, found.keys, found.values, found.refused, found.replaced, is_whole=False)
    return document, [*lines.problems, *found.problems]


def _extents(lines: Lines) -> Iterator[tuple[int, int]]:
    """The lines of each record, and those before the first one."""
    starts = [number for number, line in enumerate(lines.lines) if _ID_LINE.match(line)]
    return pairwise([0, *(start for start in starts if start), len(lines.lines)])


class _Records:
    """The records that were read so far."""

    def __init__(self, lines: Lines, limits: Limits) -> None:
        self._lines, self._limits = lines, limits
        self.tree: dict[str, Tree] = {}
        self.keys: dict[Location, Position] = {}
        self.values: dict[Location, Position] = {}
        self.refused: list[Location] = []
        self.replaced: list[Location] = []
        self.problems: list[Problem] = []

    def read(self, first: int, end: int) -> None:
        """Read the lines of one record."""
        document, problems = read_part(self._lines, first, end, self._limits)
        self.problems += problems
        if isinstance(document.tree, dict):
            self._add(document)
        elif problems and (found := _ID_LINE.match(self._lines.lines[first])):
            self._add_broken(found[1], first)

    def _add(self, document: Document) -> None:
        assert isinstance(document.tree, dict)
        if twins := self.tree.keys() & document.tree.keys():
            self.problems += (self._twin(document, id_) for id_ in twins)
            return
        self.tree.update(document.tree)
        self.keys.update(document.keys)
        self.values.update(document.values)
        self.refused += document.refused
        self.replaced += document.replaced

    def _add_broken(self, id_: str, line: int) -> None:
        if id_ not in self.tree:
            self.tree[id_] = None
            self.keys[id_,] = self.values[id_,] = (line, 0)
            self.refused.append((id_,))

    def _twin(self, document: Document, id_: str) -> Problem:
        message = f'"{id_}" is already given in line {self.keys[id_,][0] + 1}'
        place = document.place((id_,), key=True)
        return Problem(place, Code.DUPLICATE_KEY, message, "remove or rename one of them")
