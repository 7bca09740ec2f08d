"""The table: criteria by technology, in groups, with value, note, date and sources in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from docutils import nodes

from ..catalogue.prose import Prose
from ..catalogue.values import ValueType
from ..catalogue.values import number as number_of
from ..catalogue.views import Cell, Row, Side, State, Table
from . import words
from .parts import PageContext, emphasis, labelled, link, marks, paragraph, strong, text, title, with_classes
from .words import _

ASKS = "versus-asks"
"""The attribute of a row that tells whose it is, what it asks, and of which technologies."""
EXACT = "versus-exact"
"""The attribute of a value's paragraph that holds a date or number for machines, with the name of its HTML element."""
STUB_SHARE = 22
"""Percent of the width for the column of criteria, when nothing else is asked for."""


@dataclass(frozen=True)
class Look:
    """How a table is laid out: widths in percent per column (empty: even), turned by 90 degrees or not."""

    caption: str = ""
    widths: tuple[int, ...] = ()
    transpose: bool = False
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """Whose rows these are, so that they can be referred to: ``row`` of a comparison or ``fact`` of a technology."""

    type: str = "row"
    id: str = ""


def build_table(page: PageContext, table: Table, look: Look, owner: Owner = Owner()) -> nodes.table:
    """A docutils table with a stub column and an anchor per criterion."""
    grid = _transposed(page, table, owner) if look.transpose else _upright(page, table, owner)
    columns = 1 + (len(table.rows) if look.transpose else len(table.sides))
    node = nodes.table(
        "", classes=["versus-table", "colwidths-given", *(["versus-turned"] if look.transpose else []), *look.classes]
    )
    if look.caption:
        node += title(look.caption)
    group = nodes.tgroup("", cols=columns)
    for number, width in enumerate(look.widths or even_widths(columns)):
        group += nodes.colspec("", colwidth=width, **({"stub": 1} if number == 0 else {}))
    head, *body = grid
    group += nodes.thead("", head)
    group += nodes.tbody("", *body)
    node += group
    return node


def even_widths(columns: int) -> tuple[int, ...]:
    """The default widths: a narrow first column, the rest even."""
    stub = STUB_SHARE if columns > 2 else 30
    return (stub, *[(100 - stub) // (columns - 1)] * (columns - 1))


def _upright(page: PageContext, table: Table, owner: Owner) -> Iterable[nodes.row]:
    yield _row([_words(_("Criterion")), *(_side(side) for side in table.sides)])
    for group in table.groups:
        if group.title:
            yield _group_row(group.title, 1 + len(table.sides))
        for row in group.rows:
            cells = [_cell(page, row, cell) for cell in row.cells]
            shown = _row([_asked(page, row, owner), *cells], classes=_row_classes(row))
            whose = owner.id if owner.type == "row" and owner.id else "-"
            shown[ASKS] = " ".join([whose, row.criterion.id, *(side.id for side in table.sides)])
            yield shown


def _transposed(page: PageContext, table: Table, owner: Owner) -> Iterable[nodes.row]:
    yield _row([_words(_("Technology")), *(_asked(page, row, owner) for row in table.rows)])
    for number, side in enumerate(table.sides):
        cells = [row.cells[number] for row in table.rows]
        shown = [_cell(page, row, cell) for row, cell in zip(table.rows, cells, strict=True)]
        yield _row([_side(side), *shown], classes=["versus-row"])


def _row(entries: Sequence[nodes.entry], classes: Sequence[str] = ()) -> nodes.row:
    return nodes.row("", *entries, classes=list(classes))


def _entry(blocks: Iterable[nodes.Node], *classes: str) -> nodes.entry:
    return nodes.entry("", *blocks, classes=list(classes))


def _words(heading: str) -> nodes.entry:
    return _entry([paragraph(text(heading))])


def _side(side: Side) -> nodes.entry:
    return _entry([paragraph(link("technology", side.id, side.name))])


def _group_row(title: str, columns: int) -> nodes.row:
    entry = nodes.entry("", paragraph(text(title)), classes=["versus-group"], morecols=columns - 1)
    return nodes.row("", entry, classes=["versus-group-row"])


def _row_classes(row: Row) -> list[str]:
    return ["versus-row", "versus-differs" if row.differs else "versus-same"]


def _cell(page: PageContext, row: Row, cell: Cell) -> nodes.entry:
    shown = row.criterion, cell.state, cell.fact
    return _entry(page.passage(shown, partial(_answer, page, row, cell)), f"versus-is-{cell.state.value}")


def _asked(page: PageContext, row: Row, owner: Owner) -> nodes.entry:
    """The criterion, with the anchor of the row."""
    criterion = row.criterion
    anchor = page.anchor(owner.type, f"{owner.id}/{criterion.id}")
    return _entry([paragraph(anchor, link("criterion", criterion.id, criterion.name))])


def _answer(page: PageContext, row: Row, cell: Cell) -> Iterable[nodes.Node]:
    """Value, note, what is disputed, the reason of an override, and the evidence."""
    shown = words.value(row.criterion, cell, page.language)
    weak = cell.state in {State.NOT_ASSESSED, State.UNKNOWN}
    value = paragraph(emphasis(shown) if weak else strong(shown), classes=["versus-value"])
    if exact := _exact(row, cell):
        value[EXACT] = exact
    yield value
    fact = cell.fact
    if fact is None:
        return
    if fact.note:
        yield from with_classes(page.prose(fact.note), "versus-note")
    if fact.disputed:
        yield from _remark(page, _("Disputed:"), fact.disputed)
    if reason := getattr(fact, "reason", None):
        yield from _remark(page, _("Differs here:"), reason)
    yield from evidence(page, cell)


def _exact(row: Row, cell: Cell) -> str:
    """A date as in ISO 8601, or a number without its unit, after the HTML element for it."""
    value = cell.fact.value if cell.fact and cell.state is State.VALUE else None
    if value is None or row.criterion.type not in {ValueType.DATE, ValueType.NUMBER}:
        return ""
    return f"time {value}" if row.criterion.type is ValueType.DATE else f"data {number_of(value):f}"


def _remark(page: PageContext, label: str, prose: Prose) -> list[nodes.Node]:
    return with_classes(labelled(label, page.prose(prose)), "versus-remark")


def evidence(page: PageContext, cell: Cell) -> Iterable[nodes.Node]:
    """One quiet line: judgement or not, version, date, source marks."""
    fact = cell.fact
    if fact is None:
        return
    said = [
        _("Judgement") if fact.judgement else "",
        _("version %s") % fact.version if fact.version else "",
        words.date(fact.as_of, page.language) if fact.as_of else "",
    ]
    shown = ", ".join(one for one in said if one)
    if fact.sources and shown:
        shown += " "
    if line := [*([text(shown)] if shown else []), *marks(fact.sources)]:
        yield paragraph(*line, classes=["versus-evidence"])
