"""The first cells of rows become headers in the structure of a PDF. After typesetting.

The typesetter marks the heads of columns (``TH`` with the scope ``Column``) and has no way yet to mark those of rows: its
``pdf.header-cell`` is experimental and switched off in the Python package. So the cells of stub columns, plain data cells
(``TD``) in what it wrote, become ``TH`` with the scope ``Row`` here, and the other cells of the row name them. Which tables have
such columns, the pages know; a PDF whose tables are not those that were expected is left as it is.

Only the texts of these cells change. A library that reads and writes whole files takes seven times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .written import Written

ELEMENT, ROOT = b"<</Type/StructElem/", b"<</Type/StructTreeRoot/"
"""How an element of the structure tree begins, and what holds them all."""

_ROLE = re.compile(rb"/S/(\w+)")
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.S)
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_KID = re.compile(rb"<<[^>]*>>|(\d+) 0 R")
_SPAN = re.compile(rb"/(ColSpan|RowSpan) (\d+)")
_PARENT = re.compile(rb"/P \d+ 0 R")
_HEADERS = re.compile(rb"/Headers\[([^\]]*)\]")
_NAMES = re.compile(rb"/IDTree<</Names\[((?:[^\]\\(]|\((?:[^\\()]|\\.)*\))*)\]", re.S)
_NAMED = re.compile(rb"(\((?:[^\\()]|\\.)*\))(\d+) 0 R", re.S)

Filled = Mapping[int, tuple[int, int]]
"""By column, a cell that began in a row above, and how many rows it still takes."""


def mark_row_headers(pdf: bytes, stubs: Sequence[int]) -> bytes:
    """The PDF with row headers; ``stubs`` tells for each of its tables how many columns hold them."""
    if not any(stubs):
        return pdf
    written = Written(pdf)
    tree = Tree(written)
    if len(tree.tables) != len(stubs):
        return pdf
    marks = Marks(tree)
    for table, columns in zip(tree.tables, stubs, strict=True):
        for header, others in headers(tree, table, columns) if columns else ():
            marks.name(header, others)
    return written.with_changed(marks.changed()) if marks.names else pdf


class Tree:
    """The elements of a PDF's structure, by the numbers of their objects."""

    def __init__(self, written: Written) -> None:
        self.elements = written.objects(ELEMENT)
        self.root, self.root_text = next(iter(written.objects(ROOT).items()), (0, b""))
        self.tables = list(self._below(self._listed(self.root_text), b"Table"))

    def role(self, number: int) -> bytes:
        """What an element is, such as ``TD``."""
        found = _ROLE.search(self.elements[number])
        return found[1] if found else b""

    def kids(self, number: int) -> list[int]:
        """The elements in an element; what is not one is a part of the page."""
        return [kid for kid in self._listed(self.elements[number]) if kid in self.elements]

    def rows(self, table: int) -> Iterator[int]:
        """The rows of a table, those of its head, body and foot included."""
        for kid in self.kids(table):
            yield from [kid] if self.role(kid) == b"TR" else (row for row in self.kids(kid) if self.role(row) == b"TR")

    def spans(self, cell: int) -> tuple[int, int]:
        """Over how many columns and rows a cell goes."""
        found = {one[1]: int(one[2]) for one in _SPAN.finditer(self.elements[cell])}
        return found.get(b"ColSpan", 1), found.get(b"RowSpan", 1)

    def _below(self, numbers: Sequence[int], role: bytes) -> Iterator[int]:
        """The elements of a role, in reading order."""
        for number in numbers:
            if self.role(number) == role:
                yield number
            yield from self._below(self.kids(number), role)

    @staticmethod
    def _listed(text: bytes) -> list[int]:
        found = _KIDS.search(_STRING.sub(b"", text) if b"(" in text else text)
        return [int(one[1]) for one in _KID.finditer(found[1]) if one[1]] if found else []


class Marks:
    """Which cells become headers, and which cells name them."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.names: dict[int, bytes] = {}
        """The names of headers."""
        self._told: dict[int, list[bytes]] = {}

    def name(self, header: int, others: Sequence[int]) -> None:
        """Make a data cell a header of others."""
        name = self.names.setdefault(header, b"(R%07d)" % (len(self.names) + 1))
        for cell in others:
            self._told.setdefault(cell, []).append(name)

    def changed(self) -> dict[int, bytes]:
        """The new texts of objects."""
        elements = self._tree.elements
        found = {cell: _naming(elements[cell], b"".join(names)) for cell, names in self._told.items()}
        found.update((header, _as_header(elements[header], name)) for header, name in self.names.items())
        return {**found, self._tree.root: self._root()}

    def _root(self) -> bytes:
        """The names of all elements that have one, in their order, as the format wants it."""
        text = self._tree.root_text
        before = _NAMES.search(text)
        names = [(one[1], int(one[2])) for one in _NAMED.finditer(before[1])] if before else []
        names += [(name, number) for number, name in self.names.items()]
        listed = b"/IDTree<</Names[%b]" % b"".join(b"%b%d 0 R" % one for one in sorted(names))
        if before:
            return text[: before.start()] + listed + text[before.end() :]
        return ROOT + listed[1:] + b">>" + text[len(ROOT) - 1 :]


def headers(tree: Tree, table: int, columns: int) -> Iterator[tuple[int, list[int]]]:
    """The data cells in the first columns of a table, whatever spans over rows, and the cells of which they speak."""
    filled: dict[int, tuple[int, int]] = {}
    for row in tree.rows(table):
        places = _places(tree, row, filled)
        others = [cell for cell, column in places if column >= columns and tree.role(cell) == b"TD"]
        above = [cell for column, (cell, _rows) in filled.items() if column < columns]
        own = [cell for cell, column in places if column + tree.spans(cell)[0] <= columns]
        for cell in dict.fromkeys([*above, *own]):
            if tree.role(cell) == b"TD":
                yield cell, others
        for cell, column in places:
            width, height = tree.spans(cell)
            filled.update(dict.fromkeys(range(column, column + width), (cell, height + 1)))
        filled = {column: (cell, rows - 1) for column, (cell, rows) in filled.items() if rows > 2}


def _places(tree: Tree, row: int, filled: Filled) -> list[tuple[int, int]]:
    """The cells of a row with their columns."""
    found, column = [], 0
    for cell in tree.kids(row):
        while column in filled:
            column += 1
        found.append((cell, column))
        column += tree.spans(cell)[0]
    return found


def _as_header(element: bytes, name: bytes) -> bytes:
    """A data cell as the header of its row."""
    element = element.replace(b"/S/TD", b"/S/TH", 1)
    if b"<</O/Table" in element:
        element = element.replace(b"<</O/Table", b"<</O/Table/Scope/Row", 1)
        return _PARENT.sub(lambda found: b"%b/ID%b" % (found[0], name), element, count=1)
    return _PARENT.sub(lambda found: b"%b/ID%b/A[<</O/Table/Scope/Row>>]" % (found[0], name), element, count=1)


def _naming(element: bytes, names: bytes) -> bytes:
    """A cell that names more headers; one that names none is left to the scopes."""
    return _HEADERS.sub(lambda found: b"/Headers[%b%b]" % (found[1], names), element, count=1)
