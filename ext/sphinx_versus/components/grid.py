"""The table of many technologies: each is a row of values, under criteria in groups.

Notes, sources and dates are those of the fact of the technology, to which each value leads. Only what a comparison says in the
place of a fact, with its reason, is nowhere else, and stays in its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue.fields import ValueType
from ..catalogue.model import Criterion, Fact, Override
from ..catalogue.query import MOST_SIDES
from ..catalogue.values import ANSWERS, Meaning, Moment, Quantity, Score, entries_of, meaning_of
from ..catalogue.views import Cell, Group, Row, State
from . import i18n
from .answers import (
    Answer,
    View,
    answer,
    certainty_of,
    explanations,
    in_brief,
    mentioned,
    stated,
    statements,
    value_nodes,
)
from .component import Mention, Shown
from .i18n import _
from .node_helpers import (
    build_table,
    inline,
    link,
    paragraph,
    rubric,
    text,
)
from .page import HtmlPage, NodePage
from .prose_writer import Blocks

MOST_COLUMNS = 6
"""So many criteria are the columns of one table on paper."""
FIRST_SHARE, WHOLE = 18, 88
"""The widths of the first column and of all; in plain text they are characters, and lines with all borders have at most 110."""


def is_grid(view: View) -> bool:
    """Whether there are too many technologies for columns; the writer of a turned table wants its notes."""
    return len(view.table.sides) > MOST_SIDES and not view.look.transpose


def mentions(view: View) -> Iterator[Mention]:
    """The rows as objects; texts and sources of the cells that differ from the fact of their technology."""
    for row in view.table.rows:
        yield Shown(view.owner.type, f"{view.owner.id}/{row.criterion.id}")
    for at in range(len(view.table.sides)):
        for row in view.table.rows:
            if fact := _own(row.cells[at]):
                yield from mentioned(fact)


def _own(cell: Cell) -> Override | None:
    """What the comparison says in the place of a fact."""
    return cell.fact if isinstance(cell.fact, Override) else None


def _shared(view: View, language: str) -> str:
    """The date and the version that all facts of the technologies have, in words."""
    facts = [fact for fact in view.table.facts if fact.value is not None and not isinstance(fact, Override)]
    dates, versions = {fact.as_of for fact in facts}, {fact.version for fact in facts}
    date, version = (one.pop() if len(one) == 1 else None for one in (dates, versions))
    parts = [_("version %s") % version if version else "", i18n.date(date, language) if date else ""]
    return i18n.listed(filter(None, parts))


def _old_year(view: View, cell: Cell) -> str:
    """The year of a value that is over a year old; empty for any other."""
    return str(cell.fact.as_of.year) if cell.fact and cell.fact.as_of and view.is_old(cell) else ""


def _remark(view: View, language: str) -> str:
    """Where the evidence is, what signs and years are, and the date and the version that all facts have."""
    parts = [_("Notes and sources are with the facts of each technology.")]
    cells = [cell for row in view.table.rows for cell in row.cells]
    if any(certainty_of(cell)[0] not in {"", "f"} for cell in cells):
        parts.append(_("A value without a mark is documented."))
    if any(map(view.is_old, cells)):
        parts.append(_("A year is beside values over a year old."))
    if shared := _shared(view, language):
        parts.append(_("All facts: %s.") % shared)
    return " ".join(parts)


def _shown(row: Row, cell: Cell, language: str) -> Answer:
    """The words of a cell; values under conditions, where there is no other, stand behind it up to a number.

    A reader who looks for a number or a date finds the least and the greatest of these.
    """
    shown = answer(row, cell, language)
    if cell.state is not State.DEPENDS or cell.fact is None:
        return shown
    values = (one.value for one in cell.fact.present)
    low, high, element = _ends(meaning_of(row.criterion, value) for value in values if value is not None)
    shown = shown._replace(exact=low, upper=high, element=element)
    return shown if _own(cell) else in_brief(shown)


def _ends(meanings: Iterable[Meaning]) -> tuple[str, str, str]:
    """The least and the greatest of numbers, or the first of dates, and the HTML element for these; empty for other values."""
    found = [one for one in meanings if isinstance(one, Quantity | Score | Moment)]
    if not found or isinstance(found[0], Moment):
        return min((one.exact for one in found), default=""), "", "time" if found else ""
    low = min((one.exact for one in found), key=Decimal)
    high = max((getattr(one, "upper", "") or one.exact for one in found), key=Decimal)
    return low, high if high != low else "", "data"


# -- HTML


class HtmlHead(NamedTuple):
    """A column: the criterion, by which technologies are found and, if ``is_measured``, put in order."""

    link: Markup
    id: str
    name: str
    anchor: str
    is_measured: bool
    is_list: bool
    unit: str
    """That of its numbers, without blanks."""
    is_compared: bool
    status: str
    """That it is experimental or deprecated."""
    values: Sequence[str]
    """The words of the values that it names, each as far as a comma, in their order."""


class HtmlCell(NamedTuple):
    """A value, as a link to its fact, or links to the technologies that it names, or to the address that it is."""

    link: Markup
    answer: Answer
    mark: str
    certainty: str
    old: str
    """The year of an old value."""
    entries: Sequence[str]
    """Those of a list, if they are not what stands between its commas."""
    note: Blocks
    remarks: tuple[Blocks, ...]
    marks: Markup
    statements: tuple[Blocks, ...]


def html(page: HtmlPage, view: View) -> str:
    """The table, which scrolls in a box of its own, so that its heads stay in sight both ways."""

    def head(row: Row, cells: Sequence[HtmlCell]) -> HtmlHead:
        id_, name = row.criterion.id, row.criterion.name
        anchor = page.anchor(view.owner.type, f"{view.owner.id}/{id_}")
        is_measured = any(cell.answer.exact for cell in cells)
        is_list = row.criterion.type.is_list
        link = page.link("criterion", id_, name)
        unit, status = "".join((row.criterion.unit or "").split()), i18n.unsettled(row.criterion.status)
        return HtmlHead(
            link, id_, name, anchor, is_measured, is_list, unit, row.is_compared, status, _named_values(row.criterion)
        )

    def cell(row: Row, found: Cell) -> HtmlCell:
        shown, own = _shown(row, found, page.language), _own(found)
        address = page.link("fact", f"{found.technology}/{row.criterion.id}", shown.value) if found.fact else Markup()
        return HtmlCell(
            shown.links(page) or address,
            shown,
            *certainty_of(found),
            _old_year(view, found),
            _entries(row.criterion, found, shown, page.language),
            page.prose(own.note) if own and own.note else Blocks(),
            tuple(page.prose(prose).labelled(label, "vs-remark") for label, prose in shown.remarks) if own else (),
            page.marks(own.sources) if own else Markup(),
            stated(page, shown) if own else (),
        )

    table = view.table
    columns = {row.criterion.id: [cell(row, found) for found in row.cells] for row in table.rows}
    before, after = page.table_frame("vs-gridded", *page.component["classes"], "docutils")
    return page.site.templates.render(
        "grid",
        {
            "before": before,
            "after": after,
            "remark": _remark(view, page.language),
            "corner": _("Technology"),
            "groups": [
                (group.title, [head(row, columns[row.criterion.id]) for row in group.rows]) for group in table.groups
            ],
            "rows": [
                (page.link("technology", side.id, side.name), side.name, cells)
                for side, cells in zip(table.sides, zip(*columns.values(), strict=True), strict=True)
            ],
        },
    )


def _entries(criterion: Criterion, cell: Cell, shown: Answer, language: str) -> list[str]:
    """The entries of a list that commas alone do not tell, as some have commas themselves, or are qualified; or values under conditions."""
    if cell.state is State.DEPENDS and cell.fact:
        return [] if shown.element else _entries_under_conditions(criterion, cell.fact, shown, language)
    value = cell.fact.value if cell.fact and cell.known else None
    entries = entries_of(criterion, value) if value is not None else []
    return entries if ", ".join(entries) != shown.value else []


def _entries_under_conditions(criterion: Criterion, fact: Fact, shown: Answer, language: str) -> list[str]:
    """The values by which one that depends on conditions is found, and that it does."""
    values = (
        (entries_of(criterion, one.value) if one.value else []) or [i18n.stated_value(criterion, one, language)]
        for one in fact.present
    )
    depends = i18n.state(State.DEPENDS)
    return [*dict.fromkeys(chain(*values, [depends] * (shown.value == depends)))]


def _named_values(criterion: Criterion) -> list[str]:
    """The words of the values that a criterion names, in their order: a script finds in it what may have more behind a comma."""
    words = [one.words for one in criterion.values.values()] if criterion.type is not ValueType.TECHNOLOGIES else []
    if criterion.type is ValueType.YES_NO:
        words = [i18n.state(State(one)) for one in ANSWERS]
    return [one.partition(",")[0] for one in words]


# -- nodes


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """A table for each group, in parts of a few columns; the technologies are the first column of each."""
    built: list[nodes.Node] = [paragraph(text(_remark(view, page.language)), classes=["versus-meta"])]
    caption = page.caption
    for group in view.table.groups:
        for number, rows in enumerate(_parts(group)):
            if group.title and not number:
                built.append(rubric(group.title, "versus-group"))
            classes = ("versus-table", "versus-turned", "colwidths-given")
            built.append(build_table(_rows(page, view, rows), widths(len(rows)), caption, *classes))
            caption = []
    return built


def widths(columns: int) -> list[int]:
    """The widths of the first column and of so many others."""
    return [FIRST_SHARE, *[(WHOLE - FIRST_SHARE) // columns] * columns]


def _parts(group: Group) -> Iterator[Sequence[Row]]:
    """The criteria of a group in parts that are about as large."""
    count = -(-len(group.rows) // MOST_COLUMNS)
    size = -(-len(group.rows) // count)
    return (group.rows[at : at + size] for at in range(0, len(group.rows), size))


def _rows(page: NodePage, view: View, rows: Sequence[Row]) -> Iterator[nodes.row]:
    def head(row: Row) -> nodes.entry:
        anchor = page.anchor(view.owner.type, f"{view.owner.id}/{row.criterion.id}")
        status = i18n.unsettled(row.criterion.status)
        words = [text(f" ({status})")] if status else []
        return nodes.entry("", paragraph(anchor, link("criterion", row.criterion.id, row.criterion.name), *words))

    yield nodes.row("", nodes.entry("", paragraph(text(_("Technology")))), *map(head, rows))
    for at, side in enumerate(view.table.sides):
        name = nodes.entry("", paragraph(link("technology", side.id, side.name)))
        yield nodes.row("", name, *(_cell(page, view, row, row.cells[at]) for row in rows), classes=["versus-row"])


def _cell(page: NodePage, view: View, row: Row, cell: Cell) -> nodes.entry:
    """The value, and what the comparison alone says; on narrow screens, behind the criterion."""
    shown, own = _shown(row, cell, page.language), _own(cell)
    mark, certainty = certainty_of(cell)
    extent, old = shown.extent, _old_year(view, cell)
    behind = [f" {extent}" if extent else "", f" ({certainty})" if mark not in {"", "f"} else "", old and f" ({old})"]
    value = value_nodes(shown, text)
    blocks: list[nodes.Node] = [inline(f"{row.criterion.name} ")] if page.for_browsers else []
    blocks.append(paragraph(*value, *map(text, filter(None, behind)), classes=["versus-value"]))
    if own:
        blocks += explanations(page, shown)
        if marks := page.marks(shown.sources):
            blocks.append(paragraph(*marks, classes=["versus-evidence"]))
        blocks += statements(page, shown)
    return nodes.entry("", *blocks, classes=[f"versus-is-{cell.state.value}"])
