"""The first cells of rows become headers in the structure of a PDF. After typesetting.

The typesetter marks the heads of columns (``TH`` with the scope ``Column``) and has no way yet to mark those of rows: its
``pdf.header-cell`` is experimental and switched off in the Python package. So the cells of stub columns, plain data cells
(``TD``) in what it wrote, become ``TH`` with the scope ``Row`` here, and the other cells of the row name them. Objects that change are written anew at their place,
and the table of offsets at the end of the file follows. Which tables have such columns, the pages know; a PDF whose tables are
not those that were expected is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\n(<</Type/Struct(?:Elem|TreeRoot)\b.*?)\nendobj", re.S)
_ROLE = re.compile(rb"/S/(\w+)")
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_ROOT = re.compile(rb"/Type/StructTreeRoot.*?/K\[([^\]]*)\]", re.S)
_SPAN = {name: re.compile(rb"/" + name + rb" (\d+)") for name in (b"ColSpan", b"RowSpan")}
_TABLE = re.compile(rb"\nxref\n0 (\d+)\n((?:\d{10} \d{5} [nf][ \r]\n)+)trailer\n(.*?)startxref\n\d+\n", re.S)
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])([ \r]\n)")
_HEADERS = re.compile(rb"/Headers\[([^\]]*)\]")
_NAMES = b"/IDTree<</Names["


def mark_row_headers(pdf: bytes, stubs: Sequence[int]) -> bytes:
    """The PDF with row headers; ``stubs`` tells for each of its tables how many columns hold them."""
    structure = _Structure.of(pdf)
    tables = list(structure.below(structure.roots, b"Table"))
    if not any(stubs) or len(tables) != len(stubs) or pdf.count(_NAMES) != 1:
        return pdf
    changed: dict[int, bytes] = {}
    named: dict[int, list[bytes]] = {}
    for table, columns in zip(tables, stubs, strict=True):
        for header, others in structure.headers(table, columns):
            changed[header] = _as_header(structure.elements[header], header)
            for cell in others:
                named.setdefault(cell, []).append(_id(header))
    names = b"".join(b"%b%d 0 R" % (_id(header), header) for header in sorted(changed))
    changed.update((cell, _naming(structure.elements[cell], b"".join(ids))) for cell, ids in named.items())
    return _replaced(pdf, changed, names) if names else pdf


def _id(header: int) -> bytes:
    """A name that sorts before those of the typesetter, which begin with a U."""
    return b"(R%07d)" % header


@dataclass(frozen=True)
class _Structure:
    """The elements of the structure tree by the number of their object."""

    elements: Mapping[int, bytes]
    roots: Sequence[int]

    @classmethod
    def of(cls, pdf: bytes) -> _Structure:
        root = _ROOT.search(pdf)
        elements = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
        return cls(elements, [int(one) for one in _REFERENCE.findall(root[1])] if root else [])

    def kids(self, number: int) -> list[int]:
        """The elements in an element."""
        found = _KIDS.search(self.elements[number])
        kids = [int(one) for one in _REFERENCE.findall(found[1])] if found else []
        return [kid for kid in kids if kid in self.elements]

    def role(self, number: int) -> bytes:
        """What an element is, such as ``TD``."""
        found = _ROLE.search(self.elements[number])
        return found[1] if found else b""

    def below(self, numbers: Sequence[int], role: bytes) -> Iterator[int]:
        """The elements of a role, in reading order."""
        waiting = list(reversed(numbers))
        while waiting:
            number = waiting.pop()
            if number in self.elements:
                if self.role(number) == role:
                    yield number
                waiting.extend(reversed(self.kids(number)))

    def headers(self, table: int, columns: int) -> Iterator[tuple[int, list[int]]]:
        """The data cells in the first columns of a table, whatever spans over rows, and the cells of which they speak."""
        filled: dict[int, tuple[int, int]] = {}  # by column: a cell from above, and the rows that it still takes
        for row in self._rows(table) if columns else ():
            places = self._places(row, filled)
            others = [cell for cell, column in places if column >= columns and self.role(cell) == b"TD"]
            above = [cell for column, (cell, _rows) in filled.items() if column < columns]
            own = [cell for cell, column in places if column + self._spans(cell)[0] <= columns]
            for cell in dict.fromkeys([*above, *own]):
                if self.role(cell) == b"TD":
                    yield cell, others
            for cell, column in places:
                width, height = self._spans(cell)
                filled.update(dict.fromkeys(range(column, column + width), (cell, height + 1)))
            filled = {column: (cell, rows - 1) for column, (cell, rows) in filled.items() if rows > 2}

    def _places(self, row: int, filled: Mapping[int, object]) -> list[tuple[int, int]]:
        """The cells of a row with their columns."""
        found, column = [], 0
        for cell in self.kids(row):
            while column in filled:
                column += 1
            found.append((cell, column))
            column += self._spans(cell)[0]
        return found

    def _rows(self, table: int) -> Iterator[int]:
        for kid in self.kids(table):
            if self.role(kid) == b"TR":
                yield kid
            else:
                yield from (row for row in self.kids(kid) if self.role(row) == b"TR")

    def _spans(self, cell: int) -> tuple[int, int]:
        found = [pattern.search(self.elements[cell]) for pattern in (_SPAN[b"ColSpan"], _SPAN[b"RowSpan"])]
        width, height = (int(one[1]) if one else 1 for one in found)
        return width, height


def _as_header(element: bytes, number: int) -> bytes:
    """A data cell as the header of its row."""
    attributes = b"/ID%b/A[<</O/Table/Scope/Row" % _id(number)
    element = element.replace(b"/S/TD", b"/S/TH", 1)
    if b"/A[<</O/Table" in element:
        return element.replace(b"/A[<</O/Table", attributes, 1)
    return element[:-2] + attributes + b">>]>>"


def _naming(element: bytes, ids: bytes) -> bytes:
    """A cell that names more headers; one that names none is left to the scopes."""
    return _HEADERS.sub(lambda found: b"/Headers[%b%b]" % (found[1], ids), element, count=1)


def _replaced(pdf: bytes, changed: Mapping[int, bytes], names: bytes) -> bytes:
    """The file with other objects and more names of cells, and a table of offsets that fits."""
    table = _TABLE.search(pdf)
    if table is None:
        return pdf
    pieces, grown, end = [], [], 0
    for found in _OBJECT.finditer(pdf):
        new = changed.get(int(found[1]), found[2]).replace(_NAMES, _NAMES + names)
        if new != found[2]:
            pieces += [pdf[end : found.start(2)], new]
            grown.append((found.start(2), len(new) - len(found[2])))
            end = found.end(2)
    pieces.append(pdf[end : table.start()])
    return b"".join(pieces) + _end_of_file(pdf, table, grown)


def _end_of_file(pdf: bytes, table: re.Match[bytes], grown: Sequence[tuple[int, int]]) -> bytes:
    """The table of offsets and what follows it."""
    places = sorted((int(one[1]), number) for number, one in enumerate(_ENTRY.finditer(table[2])) if one[3] == b"n")
    moved: dict[int, int] = {}
    more, waiting = 0, list(reversed(grown))
    for place, number in places:
        while waiting and waiting[-1][0] < place:
            more += waiting.pop()[1]
        moved[number] = place + more
    entries = b"".join(
        b"%010d %b %b%b" % (moved.get(number, int(one[1])), one[2], one[3], one[4])
        for number, one in enumerate(_ENTRY.finditer(table[2]))
    )
    start = table.start() + 1 + sum(size for _place, size in grown)
    return b"\nxref\n0 %b\n%btrailer\n%bstartxref\n%d\n%b" % (table[1], entries, table[3], start, pdf[table.end() :])
