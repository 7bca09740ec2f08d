"""The first cells of rows become headers in the structure of a PDF. After typesetting.

The typesetter marks the heads of columns (``TH`` with the scope ``Column``) and has no way yet to mark those of rows: its
``pdf.header-cell`` is experimental and switched off in the Python package. So the cells of stub columns, plain data cells
(``TD``) in what it wrote, become ``TH`` with the scope ``Row`` here, and the other cells of the row name them. Which tables have
such columns, the pages know; a PDF whose tables are not those that were expected is left as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, NameTree, Object, ObjectStreamMode, Pdf, String

Element = Object
"""An element of the structure tree."""
Filled = Mapping[int, tuple[Element, int]]
"""By column, a cell that began in a row above, and how many rows it still takes."""


def mark_row_headers(pdf: bytes, stubs: Sequence[int]) -> bytes:
    """The PDF with row headers; ``stubs`` has their number of columns for each of its tables."""
    if not any(stubs):
        return pdf
    with Pdf.open(io.BytesIO(pdf)) as file:
        root = file.Root.StructTreeRoot
        tables = list(_below(root, "/Table"))
        if len(tables) != len(stubs):
            return pdf
        _Headers(_names(file, root)).mark(tables, stubs)
        saved = io.BytesIO()
        # Objects in streams halve the file, and take less time to write; the metadata of the typesetter stay.
        file.save(
            saved, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, fix_metadata_version=False
        )
    return saved.getvalue()


def _names(file: Pdf, root: Element) -> NameTree:
    """The names of elements; without heads of columns and notes there are none yet."""
    if "/IDTree" not in root:
        root.IDTree = NameTree.new(file).obj
    return NameTree(root.IDTree)


class _Headers:
    """Makes cells headers, and lets others name them."""

    def __init__(self, names: NameTree) -> None:
        self._names = names
        self._ids: dict[tuple[int, int], Object] = {}

    def mark(self, tables: Sequence[Element], stubs: Sequence[int]) -> None:
        """Mark the first columns of each table."""
        for table, columns in zip(tables, stubs, strict=True):
            for header, others in list(_headers(table, columns)) if columns else ():
                id_ = self._ids.get(header.objgen) or self._named(header)
                for cell in others:
                    self._name(cell, id_)

    def _named(self, header: Element) -> Object:
        """Make a data cell a header; its name sorts before those of the typesetter, which begin with a U."""
        name = f"R{len(self._ids) + 1:07d}"
        header.S, header.ID = Name.TH, String(name)
        table = _of_table(header)
        if table is None:
            table = Dictionary(O=Name.Table)
            header.A = Array([table])
            table = header.A[0]
        table.Scope = Name.Row
        self._names[name] = header
        return self._ids.setdefault(header.objgen, header.ID)

    def _name(self, cell: Element, id_: Object) -> None:
        """Let a cell name a header; one that names none is left to the scopes."""
        table = _of_table(cell)
        if table is not None and "/Headers" in table:
            table.Headers.append(id_)


def _of_table(cell: Element) -> Element | None:
    """The attributes of a cell that are about its table."""
    return next((one for one in cell.get("/A", ()) if one.get("/O") == "/Table"), None)


def _kids(element: Element) -> list[Element]:
    """The elements in an element; what is not one is a part of the page."""
    kids = element.get("/K", ())
    found = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in found if isinstance(kid, Dictionary) and "/S" in kid]


def _below(element: Element, role: str) -> Iterator[Element]:
    """The elements of a role, in reading order."""
    for kid in _kids(element):
        if role == kid.S:
            yield kid
        yield from _below(kid, role)


def _headers(table: Element, columns: int) -> Iterator[tuple[Element, list[Element]]]:
    """The data cells in the first columns of a table, whatever spans over rows, and the cells of which they speak."""
    filled: dict[int, tuple[Element, int]] = {}
    for row in _below(table, "/TR"):
        places = _places(row, filled)
        others = [cell for cell, column in places if column >= columns and cell.S == "/TD"]
        above = [cell for column, (cell, _rows) in filled.items() if column < columns]
        own = [cell for cell, column in places if column + _spans(cell)[0] <= columns]
        for cell in {cell.objgen: cell for cell in [*above, *own]}.values():
            if cell.S == "/TD":
                yield cell, others
        for cell, column in places:
            width, height = _spans(cell)
            filled.update(dict.fromkeys(range(column, column + width), (cell, height + 1)))
        filled = {column: (cell, rows - 1) for column, (cell, rows) in filled.items() if rows > 2}


def _places(row: Element, filled: Filled) -> list[tuple[Element, int]]:
    """The cells of a row with their columns."""
    found, column = [], 0
    for cell in _kids(row):
        while column in filled:
            column += 1
        found.append((cell, column))
        column += _spans(cell)[0]
    return found


def _spans(cell: Element) -> tuple[int, int]:
    """Over how many columns and rows a cell goes."""
    table = _of_table(cell)
    return (1, 1) if table is None else (int(table.get("/ColSpan", 1)), int(table.get("/RowSpan", 1)))
