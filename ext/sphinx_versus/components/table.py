"""The table: criteria by technology, in groups, with value, note, date and sources in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.prose import Prose
from ..catalogue.values import ValueType
from ..catalogue.values import number as number_of
from ..catalogue.views import Cell, Line, Row, Selection, Side, State, Table
from . import i18n
from .component import Ask, Cites, Mention, Refers, Shown
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import emphasis, inline, labelled, link, paragraph, strong, text, with_classes
from .node_page import NodePage
from .prose import Blocks

STUB_SHARE = 22
"""Percent of the width for the column of criteria, when nothing else is asked for."""
MOST_COLUMNS = 4
"""A table with more columns scrolls sideways, on a screen that is wide enough for a table at all."""


@dataclass(frozen=True)
class Look:
    """How a table is laid out: widths in percent per column (empty: even), turned by 90 degrees or not."""

    widths: tuple[int, ...] = ()
    transpose: bool = False
    with_lines: bool = False
    """Whether each row leads to the lines of its records."""


@dataclass(frozen=True)
class Owner:
    """Whose rows these are, so that they can be referred to: ``row`` of a comparison or ``fact`` of a technology."""

    type: str = "row"
    id: str = ""


class View(NamedTuple):
    """A table; ``lines`` has for each row, in their order, where its facts are in the records."""

    table: Table
    look: Look
    owner: Owner
    lines: tuple[tuple[Line, ...], ...] = ()

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 + (len(self.table.rows) if self.look.transpose else len(self.table.sides))

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the columns: by default a narrow first one, the rest even."""
        stub = STUB_SHARE if self.columns > 2 else 30
        return self.look.widths or (stub, *[max(1, (100 - stub) // (self.columns - 1))] * (self.columns - 1))


class Answer(NamedTuple):
    """The words of a cell."""

    state: State
    value: str
    exact: str
    """A date or number for machines."""
    element: str
    """The HTML element for it."""
    note: Prose | None = None
    remarks: tuple[tuple[str, Prose], ...] = ()
    """What is disputed and why a value is overridden, behind their labels."""
    evidence: str = ""
    """Judgement or not, version, date."""
    sources: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is an answer at all."""
        return self.state not in {State.NOT_ASSESSED, State.UNKNOWN}


class Menu(NamedTuple):
    """What a row offers where the site has a public repository: addresses by their words."""

    label: str
    links: tuple[tuple[str, str], ...]


def view(ask: Ask, owner: Owner, technologies: tuple[str, ...], selection: Selection, look: Look) -> View:
    """A comparison's table, or that of some technologies; ``None`` as table when there is no such comparison."""
    if owner.type == "row" and owner.id:
        table = ask(query.comparison_table, owner.id, selection, technologies)
    else:
        table = ask(query.technologies_table, technologies, selection)
    if not look.with_lines or look.transpose or not table.rows:
        return View(table, look, owner)
    whose = owner.id if owner.type == "row" and owner.id else "-"
    rows = tuple((whose, row.criterion.id, *(side.id for side in table.sides)) for row in table.rows)
    return View(table, look, owner, tuple(map(tuple, ask(query.record_lines, rows))))


def mentions(view: View) -> Iterator[Mention]:
    """Sources come in the order of reading: by column in a turned table."""
    rows = view.table.rows
    yield from (Refers("technology", side.id) for side in view.table.sides)
    for row in rows:
        yield Shown(view.owner.type, f"{view.owner.id}/{row.criterion.id}")
        yield Refers("criterion", row.criterion.id)
    cells = [row.cells for row in rows]
    for cell in chain.from_iterable(zip(*cells, strict=True) if view.look.transpose else cells):
        if fact := cell.fact:
            yield from filter(None, (fact.note, fact.disputed, getattr(fact, "reason", None)))
            yield Cites(fact.sources)


def answer(row: Row, cell: Cell, language: str) -> Answer:
    """The words of a cell."""
    shown, fact = i18n.value(row.criterion, cell, language), cell.fact
    exact, element = _exact(row, cell)
    if fact is None:
        return Answer(cell.state, shown, exact, element)
    remarks = ((_("Disputed:"), fact.disputed), (_("Differs here:"), getattr(fact, "reason", None)))
    evidence = [
        _("Judgement") if fact.judgement else "",
        _("version %s") % fact.version if fact.version else "",
        i18n.date(fact.as_of, language) if fact.as_of else "",
    ]
    return Answer(
        *(cell.state, shown, exact, element, fact.note),
        tuple((label, prose) for label, prose in remarks if prose),
        i18n.listed(filter(None, evidence)),
        fact.sources,
    )


def _exact(row: Row, cell: Cell) -> tuple[str, str]:
    """A date as in ISO 8601, or a number without its unit."""
    value = cell.fact.value if cell.fact and cell.state is State.VALUE else None
    if value is not None and row.criterion.type is ValueType.DATE:
        return value, "time"
    if value is not None and row.criterion.type is ValueType.NUMBER:
        return f"{number_of(value):f}", "data"
    return "", ""


# -- HTML


class HtmlHead(NamedTuple):
    """The head of a column or line: a link, and where it is the place of a criterion its anchor and permalink."""

    link: Markup
    anchor: str = ""
    permalink: Markup = Markup()


class HtmlCell(NamedTuple):
    """An answer under the name of its column, with its texts and source marks."""

    column: str
    answer: Answer
    note: Blocks
    remarks: tuple[Blocks, ...]
    marks: Markup


class HtmlLine(NamedTuple):
    """A line of cells."""

    head: HtmlHead
    differs: bool | None
    cells: tuple[HtmlCell, ...]
    menu: Menu | None = None


def html(page: HtmlPage, view: View) -> str:
    """The table; a wide one scrolls in a box of its own, the others with the page, so that their head can stay in sight."""
    is_wide, turned = view.columns > MOST_COLUMNS, view.look.transpose
    classes = ["versus-table", *(["versus-turned"] if turned else []), *page.classes]
    before, after = page.table_frame(*classes, *(["versus-wide"] if is_wide else []), "docutils")
    criteria, sides = (partial(_criterion_head, page, view.owner), partial(_side_head, page))
    return page.render(
        is_wide=is_wide,
        before=before,
        after=after,
        shares=[f"{100 * width / sum(view.widths):.1f}" for width in view.widths],
        corner=_("Technology") if turned else _("Criterion"),
        heads=[*map(criteria, view.table.rows)] if turned else [*map(sides, view.table.sides)],
        groups=[("", [*_turned_lines(page, view)])] if turned else [*_upright_lines(page, view)],
    )


def _criterion_head(page: HtmlPage, owner: Owner, row: Row) -> HtmlHead:
    anchor = page.anchor(owner.type, f"{owner.id}/{row.criterion.id}")
    link_ = page.link("criterion", row.criterion.id, row.criterion.name)
    return HtmlHead(link_, anchor, page.permalink(anchor, _("Link to this row")))


def _side_head(page: HtmlPage, side: Side) -> HtmlHead:
    return HtmlHead(page.link("technology", side.id, side.name))


def _upright_lines(page: HtmlPage, view: View) -> Iterator[tuple[str, list[HtmlLine]]]:
    columns = _columns([side.name for side in view.table.sides])
    menus = _menus(page, view) if page.repository and view.lines else repeat(None)
    for group in view.table.groups:
        lines = [
            HtmlLine(
                _criterion_head(page, view.owner, row),
                row.differs,
                tuple(_html_cell(page, row, cell, column) for cell, column in zip(row.cells, columns, strict=True)),
                next(menus),
            )
            for row in group.rows
        ]
        yield group.title, lines


def _turned_lines(page: HtmlPage, view: View) -> Iterator[HtmlLine]:
    rows = view.table.rows
    columns = _columns([row.criterion.name for row in rows])
    for number, side in enumerate(view.table.sides):
        cells = (_html_cell(page, row, row.cells[number], column) for row, column in zip(rows, columns, strict=True))
        yield HtmlLine(_side_head(page, side), None, tuple(cells))


def _columns(names: list[str]) -> list[str]:
    """The names of columns in cells, which a table with one of them does not need."""
    return names if len(names) > 1 else [""]


def _html_cell(page: HtmlPage, row: Row, cell: Cell, column: str) -> HtmlCell:
    shown = answer(row, cell, page.language)
    note = page.prose(shown.note) if shown.note else Blocks()
    remarks = tuple(page.prose(prose).labelled(label, "versus-remark") for label, prose in shown.remarks)
    return HtmlCell(column, shown, note, remarks, page.marks(shown.sources))


def _menus(page: HtmlPage, view: View) -> Iterator[Menu]:
    for row, lines in zip(view.table.rows, view.lines, strict=True):
        asked = row.criterion.name
        body = "\n".join(_report(page, row, lines))
        links = [(_("Report a mistake"), page.repository.issue(f"{page.title}: {asked}", body))]
        links += [(_("Edit the data: %s") % line.name, page.repository.line(line.path, line.line)) for line in lines]
        yield Menu(_("Report or edit: %s") % asked, tuple(links))


def _report(page: HtmlPage, row: Row, lines: Sequence[Line]) -> Iterator[str]:
    """The page, the values and their records, and room for what is wrong."""
    yield f"{page.docname}, {row.criterion.name}"
    yield ""
    for line, cell in zip(lines, row.cells, strict=False):
        value = i18n.value(row.criterion, cell, page.language)
        yield f"{line.name}: {value} ({page.repository.data}/{line.path})"
    yield from ("", _("What is wrong, and where can it be looked up?"), "")


# -- nodes


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """A docutils table with a stub column and an anchor per criterion."""
    classes = ["versus-table", "colwidths-given", *(["versus-turned"] if view.look.transpose else [])]
    node = nodes.table("", *filter(None, [page.caption()]), classes=classes)
    group = nodes.tgroup("", cols=view.columns)
    for number, width in enumerate(view.widths):
        group += nodes.colspec("", colwidth=width, **({"stub": 1} if number == 0 else {}))
    head, *body = _turned(page, view) if view.look.transpose else _upright(page, view)
    group += nodes.thead("", head)
    group += nodes.tbody("", *body)
    node += group
    return [node]


def _upright(page: NodePage, view: View) -> Iterable[nodes.row]:
    sides = view.table.sides
    yield _row([_words(_("Criterion")), *map(_side, sides)])
    names = _columns([side.name for side in sides])
    for group in view.table.groups:
        if group.title:
            heading = nodes.entry("", paragraph(text(group.title)), classes=["versus-group"], morecols=len(sides))
            yield _row([heading], "versus-group-row")
        for row in group.rows:
            cells = [_cell(page, row, cell, name) for cell, name in zip(row.cells, names, strict=True)]
            differs = "versus-differs" if row.differs else "versus-same"
            yield _row([_asked(page, row, view.owner), *cells], "versus-row", differs)


def _turned(page: NodePage, view: View) -> Iterable[nodes.row]:
    rows = view.table.rows
    yield _row([_words(_("Technology")), *(_asked(page, row, view.owner) for row in rows)])
    names = _columns([row.criterion.name for row in rows])
    for number, side in enumerate(view.table.sides):
        cells = [_cell(page, row, row.cells[number], name) for row, name in zip(rows, names, strict=True)]
        yield _row([_side(side), *cells], "versus-row")


def _row(entries: Sequence[nodes.entry], *classes: str) -> nodes.row:
    return nodes.row("", *entries, classes=list(classes))


def _words(heading: str) -> nodes.entry:
    return nodes.entry("", paragraph(text(heading)))


def _side(side: Side) -> nodes.entry:
    return nodes.entry("", paragraph(link("technology", side.id, side.name)))


def _asked(page: NodePage, row: Row, owner: Owner) -> nodes.entry:
    """The criterion, with the anchor of the row."""
    anchor = page.anchor(owner.type, f"{owner.id}/{row.criterion.id}")
    return nodes.entry("", paragraph(anchor, link("criterion", row.criterion.id, row.criterion.name)))


def _cell(page: NodePage, row: Row, cell: Cell, column: str) -> nodes.entry:
    """An answer; on narrow screens rows become cards, in which each cell names its column."""
    named = [inline(f"{column} ")] if page.for_browsers and column else []
    blocks = _blocks(page, answer(row, cell, page.language))
    return nodes.entry("", *named, *blocks, classes=[f"versus-is-{cell.state.value}"])


def _blocks(page: NodePage, shown: Answer) -> Iterator[nodes.Node]:
    """Value, note, remarks, and one quiet line of evidence."""
    value = strong(shown.value) if shown.is_known else emphasis(shown.value)
    yield paragraph(value, classes=["versus-value"])
    if shown.note:
        yield from with_classes(page.prose(shown.note), "versus-note")
    for label, remark in shown.remarks:
        yield from with_classes(labelled(label, page.prose(remark)), "versus-remark")
    evidence = [text(f"{shown.evidence} " if shown.sources else shown.evidence)] if shown.evidence else []
    if line := [*evidence, *page.marks(shown.sources)]:
        yield paragraph(*line, classes=["versus-evidence"])
