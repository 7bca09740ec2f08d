"""A PDF as the typesetter writes it: plain objects one after another, and a table of where each begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_HEAD, _FOOT = b"%d 0 obj\n", b"\nendobj\n"
_ENTRY = 20
"""Bytes of a line of the table."""


class Written:
    """The objects of a PDF by their numbers, in the order of the file."""

    def __init__(self, pdf: bytes) -> None:
        start = _START.search(pdf, max(len(pdf) - 100, 0))
        self._end = int(start[1]) if start else len(pdf)
        table = _TABLE.match(pdf, self._end)
        entries = table.end() if table else self._end
        after = entries + _ENTRY * int(table[1]) if table else self._end
        self._lines = [pdf[at : at + _ENTRY] for at in range(entries, after, _ENTRY)]
        self._heading = pdf[self._end : entries]
        self._trailer = pdf[after : start.start()] if start else b""
        self._pdf = pdf

    @cached_property
    def places(self) -> list[tuple[int, int, int]]:
        """The number of each object, where it begins and where it ends, in the order of the file."""
        lines = enumerate(self._lines)
        begun = sorted((int(line[:10]), number) for number, line in lines if line[17:18] == b"n")
        ends = [*(start for start, _number in begun[1:]), self._end]
        return [(number, start, end) for (start, number), end in zip(begun, ends, strict=True)]

    def objects(self, beginning: bytes) -> Mapping[int, bytes]:
        """The objects whose text begins so, without their numbers and ends."""
        found = {}
        for number, start, end in self.places:
            first = start + len(_HEAD % number)
            if self._pdf.startswith(beginning, first):
                found[number] = self._pdf[first : end - len(_FOOT)]
        return found

    def with_changed(self, changed: Mapping[int, bytes]) -> bytes:
        """The file with other texts for some objects."""
        begin = self.places[0][1] if self.places else self._end
        pieces, moved, size = [self._pdf[:begin]], dict[int, int](), begin
        for number, start, end in self.places:
            new = changed.get(number)
            pieces.append(self._pdf[start:end] if new is None else _HEAD % number + new + _FOOT)
            moved[number] = size
            size += len(pieces[-1])
        return b"".join([*pieces, self._heading, *self._table(moved), self._trailer, b"startxref\n%d\n%%%%EOF" % size])

    def _table(self, offsets: Mapping[int, int]) -> Iterable[bytes]:
        for number, line in enumerate(self._lines):
            yield b"%010d%b" % (offsets[number], line[10:]) if number in offsets else line
