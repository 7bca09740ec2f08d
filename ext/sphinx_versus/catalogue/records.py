"""Reading a list of records in which the YAML of one is broken: the others are read without it.

A record begins on a line with its id and a colon, and ends before the next such line. Where that is broken, it ends before a
line that is not indented: most of these are no part of the record, but some are, such as a bracket that closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from ..problems import Code, Place, Problem
from .read import MAX_VALUES, Document, Limits, Lines, Location, Position, Tree, read_part
from .values import ID_PATTERN

_ID_LINE = re.compile(rf"([\"']?)({ID_PATTERN})\1[ \t]*:(?=\s|$)")
_NOT_INDENTED = re.compile(r"[^\s#]")
_MANY_PARTS = 20
"""So many ends are tried for a record, and so many parts are looked for before the next id."""


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
        """Read the lines from one id to the next: a record, and what may stand behind it."""
        for _ in range(_MANY_PARTS):
            document, problems, stop = self._part(first, end)
            self.problems += problems
            if isinstance(document.tree, dict):
                self._add(document)
            elif not problems:
                self._report_stray(first, stop, document.tree)
            elif found := _ID_LINE.match(self._lines.lines[first]):
                self._add_broken(found[2], first)
            if stop == end:
                return
            first = stop
        self._report_stray(first, end, None)

    def _part(self, first: int, end: int) -> tuple[Document, list[Problem], int]:
        """The lines as a whole; if that is broken, as many of them as are not, and the line behind those."""
        whole = read_part(self._lines, first, end, self._limits)
        if not _is_broken(*whole):
            return *whole, end
        stops = (line for line in range(first + 1, end) if _NOT_INDENTED.match(self._lines.lines[line]))
        for stop in islice(stops, _MANY_PARTS):
            part = read_part(self._lines, first, stop, self._limits)
            if not _is_broken(*part):
                return *part, stop
        return *whole, end

    def _report_stray(self, first: int, end: int, tree: Tree) -> None:
        """Report the first line of what belongs to no record."""
        lines = ((number, self._lines.lines[number]) for number in range(first, end))
        number, line = next(((number, line) for number, line in lines if _NOT_INDENTED.match(line)), (first, ""))
        if line and (first or tree is not None):  # a file may begin with "---"
            message, hint = f'"{line.rstrip()}" belongs to no record', "expected an id and a colon"
            self.problems.append(Problem(Place(self._lines.path, number + 1), Code.YAML_SYNTAX, message, hint))

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


def _is_broken(document: Document, problems: list[Problem]) -> bool:
    return document.tree is None and bool(problems)
