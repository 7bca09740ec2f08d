"""The table: criteria by technology, in groups, with value, note, date and sources in every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.fields import PartialDate, ValueType
from ..catalogue.fields import number as number_of
from ..catalogue.model import Fact
from ..catalogue.prose import Prose
from ..catalogue.views import Cell, Line, Row, Selection, Side, State, Table
from . import i18n
from .component import Ask, Cites, Mention, Refers, Shown
from .i18n import _
from .node_helpers import build_table, emphasis, inline, labelled, link, paragraph, strong, text, with_classes
from .page import HtmlPage, NodePage
from .prose import Blocks

STUB_SHARE = 22
"""Percent of the width for the column of criteria, when nothing else is asked for."""
MOST_COLUMNS = 4
"""A table with more columns scrolls sideways, on a screen that is wide enough for a table at all."""

FEWEST_FILTERED = 5
"""A table with fewer rows needs no field that filters them."""


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
    reasons: Mapping[tuple[str, str], tuple[int, ...]] = {}
    """By technology and criterion the numbers of the reasons of the verdict that rest on the row."""
    reviewed: PartialDate | None = None
    """The day by which an answer is old: that of the review, else that of the newest answer."""

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 + (len(self.table.rows) if self.look.transpose else len(self.table.sides))

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the columns: by default a narrow first one, the rest even."""
        stub = STUB_SHARE if self.columns > 2 else 30
        return self.look.widths or (stub, *[max(1, (100 - stub) // (self.columns - 1))] * (self.columns - 1))

    @property
    def corner(self) -> str:
        """The words of the first cell."""
        return _("Technology") if self.look.transpose else _("Criterion")

    @property
    def heads(self) -> Sequence[Row | Side]:
        """What the columns are about, but for the first one."""
        return self.table.rows if self.look.transpose else self.table.sides

    @property
    def groups(self) -> list[tuple[str, list[Answers]]]:
        """The lines under the titles of their groups; a turned table has no groups."""
        rows, sides = self.table.rows, self.table.sides
        if self.look.transpose:
            return [("", [Answers(side, [(row, row.cells[at]) for row in rows]) for at, side in enumerate(sides)])]
        return [
            (group.title, [Answers(row, [(row, cell) for cell in row.cells]) for row in group.rows])
            for group in self.table.groups
        ]

    def is_old(self, fact: Fact) -> bool:
        """Whether an answer was over a year old at the review."""
        return bool(fact.as_of and self.reviewed and fact.as_of.middle < self.reviewed.middle - 1)

    def traits(self, row: Row) -> list[str]:
        """By what a reader can choose a row."""
        facts = [cell.fact for cell in row.cells if cell.fact]
        traits = {
            "cited": any((cell.technology, row.criterion.id) in self.reasons for cell in row.cells),
            "differs": row.differs,
            "judged": any(fact.judgement for fact in facts),
            "disputed": any(fact.disputed for fact in facts),
            "old": any(self.is_old(fact) for fact in facts),
        }
        return [name for name, has in traits.items() if has]

    def class_of(self, column: int) -> str:
        """The colour of a column: two sides have one each, all others are as dark as the text."""
        return ("vs-a", "vs-b")[column] if column < 2 < self.columns and not self.look.transpose else "vs-ink"

    @property
    def names(self) -> list[str]:
        """The names of the columns as cells show them where rows become cards; a table with one of them needs none."""
        names = [head.name if isinstance(head, Side) else head.criterion.name for head in self.heads]
        return names if len(names) > 1 else [""]


class Answers(NamedTuple):
    """A line of a table: whose answers, or to which criterion, and the answers in the order of the columns."""

    head: Row | Side
    cells: list[tuple[Row, Cell]]


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


def view(ask: Ask, owner: Owner, technologies: tuple[str, ...], selection: Selection, look: Look) -> View:
    """A comparison's table, or that of some technologies; ``None`` as table when there is no such comparison."""
    if owner.type == "row" and owner.id:
        table = ask(query.comparison_table, owner.id, selection, technologies)
    else:
        table = ask(query.technologies_table, technologies, selection)
    if not table or not table.rows:
        return View(table, look, owner)
    comparison = owner.id if owner.type == "row" else ""
    found = View(table, look, owner, (), *_review(ask, comparison, table))
    if not look.with_lines or look.transpose:
        return found
    rows = tuple((comparison or "-", row.criterion.id, *(side.id for side in table.sides)) for row in table.rows)
    return found._replace(lines=tuple(map(tuple, ask(query.record_lines, rows))))


def _review(
    ask: Ask, comparison: str, table: Table
) -> tuple[dict[tuple[str, str], tuple[int, ...]], PartialDate | None]:
    """The numbers of the reasons that rest on each row, by technology, and the day by which answers are old."""
    verdict = ask(query.verdict, comparison) if comparison else None
    reasons: dict[tuple[str, str], tuple[int, ...]] = {}
    for one in verdict.sides if verdict else ():
        for number, condition in enumerate(one.conditions, 1):
            for row in condition.because:
                key = one.side.id, row.id
                reasons[key] = (*reasons.get(key, ()), number)
    reviewed = ask(query.reviewed, comparison) if comparison else None
    return reasons, reviewed or max((fact.as_of for fact in table.facts if fact.as_of), default=None)


def mentions(view: View) -> Iterator[Mention]:
    rows = view.table.rows
    yield from (Refers("technology", side.id) for side in view.table.sides)
    for row in rows:
        yield Shown(view.owner.type, f"{view.owner.id}/{row.criterion.id}")
        yield Refers("criterion", row.criterion.id)
        yield row.criterion.definition
    cells = [row.cells for row in rows]  # sources come in the order of reading: by column in a turned table
    for cell in chain.from_iterable(zip(*cells, strict=True) if view.look.transpose else cells):
        if fact := cell.fact:
            yield from filter(None, (fact.note, fact.disputed, getattr(fact, "reason", None)))
            yield Cites(fact.sources)


def answer(row: Row, cell: Cell, language: str) -> Answer:
    """The words of a cell."""
    fact, exact, element = cell.fact, "", ""
    if fact and fact.value is not None and cell.state is State.VALUE:
        if row.criterion.type is ValueType.DATE:
            exact, element = fact.value, "time"
        elif row.criterion.type is ValueType.NUMBER:
            exact, element = f"{number_of(fact.value):f}", "data"
    words = (cell.state, i18n.value(row.criterion, cell, language), exact, element)
    if fact is None:
        return Answer(*words)
    remarks = ((_("Disputed:"), fact.disputed), (_("Differs here:"), getattr(fact, "reason", None)))
    evidence = [
        _("Judgement") if fact.judgement else "",
        _("version %s") % fact.version if fact.version else "",
        i18n.date(fact.as_of, language) if fact.as_of else "",
    ]
    return Answer(
        *words,
        fact.note,
        tuple((label, prose) for label, prose in remarks if prose),
        i18n.listed(filter(None, evidence)),
        fact.sources,
    )


def certainty_of(cell: Cell) -> tuple[str, str]:
    """How sure an answer is: its drawing (``f``, ``j``, ``df``, ``dj``), and the same in words; both are empty for no answer."""
    if not cell.known or cell.fact is None:
        return "", ""
    word = _("our judgement") if cell.fact.judgement else _("documented")
    mark = "j" if cell.fact.judgement else "f"
    return (f"d{mark}", f"{word}, {_('disputed')}") if cell.fact.disputed else (mark, word)


# -- HTML


class HtmlCell(NamedTuple):
    """An answer in the column of a side, with what a reader sees of it at once and on demand."""

    side: str
    """The class of the column: ``vs-a``, ``vs-b`` or ``vs-ink``."""
    column: str
    """The name of the column, where a table has several."""
    answer: Answer
    mark: str
    """The drawing of how sure the value is, by its id; empty where nothing is known."""
    certainty: str
    """The same in words."""
    old: str
    """The year of an answer that was old at the review."""
    reasons: Sequence[int]
    """The numbers of the reasons for this side that rest on the row."""
    note: Blocks
    remarks: tuple[Blocks, ...]
    evidence: Markup
    marks: Markup


def html(page: HtmlPage, view: View) -> str:
    """The table; a wide one scrolls in a box of its own, the others with the page, so that their head can stay in sight."""

    def head(of: Row | Side) -> dict[str, object]:
        if isinstance(of, Side):
            return {
                "link": page.link("technology", of.id, of.name),
                "name": of.name,
                "anchor": "",
                "version": version(of),
            }
        anchor = page.anchor(view.owner.type, f"{view.owner.id}/{of.criterion.id}")
        words = page.link("criterion", of.criterion.id, of.criterion.name)
        return {"link": words, "name": of.criterion.name, "anchor": anchor, "version": ""}

    def version(side: Side) -> str:
        """The version of which most facts are."""
        at = view.table.sides.index(side)
        found = Counter(row.cells[at].fact.version for row in view.table.rows if row.cells[at].fact)  # type: ignore[union-attr]
        del found[None]
        return found.most_common(1)[0][0] if found else ""  # type: ignore[return-value]

    def line(one: Answers) -> dict[str, object]:
        cells = [_html_cell(page, view, *cell, at) for at, cell in enumerate(one.cells)]
        if isinstance(one.head, Side):
            about: dict[str, object] = {"classes": "", "definition": "", "menu": (), "is_measured": False}
            return {"head": head(one.head), "cells": cells, **about}
        lines = records.get(one.head.criterion.id)
        menu = _menu(page, one.head, lines) if page.site.repository and lines is not None else ()
        definition = page.prose(one.head.criterion.definition) if one.head.criterion.definition.text else ""
        return {
            "head": head(one.head),
            "classes": " ".join(view.traits(one.head)),
            "definition": definition,
            "cells": cells,
            "menu": menu,
            "is_measured": len(cells) > 2 and any(cell.answer.exact for cell in cells),
        }

    records = dict(zip((row.criterion.id for row in view.table.rows), view.lines, strict=False))
    is_wide = view.columns > MOST_COLUMNS
    classes = ["vs-table", *(["vs-turned"] if view.look.transpose else []), *page.component["classes"]]
    before, after = page.table_frame(*classes, "docutils")
    return page.render(
        columns=view.columns - 1,
        is_wide=is_wide,
        is_turned=view.look.transpose,
        before=before,
        after=after,
        shares=[f"{100 * width / sum(view.look.widths):.1f}" for width in view.look.widths],
        corner=view.corner,
        sides=[view.class_of(at) for at in range(view.columns - 1)],
        heads=[*map(head, view.heads)],
        filters=_filters(view),
        has_filter=len(view.table.rows) >= FEWEST_FILTERED,
        groups=[(title, [*map(line, lines)]) for title, lines in view.groups],
    )


def _filters(view: View) -> list[tuple[str, str, int]]:
    """The kinds of rows that a reader can choose, each with its words and how many they are; all rows come first."""
    rows = view.table.rows
    words = {
        "cited": _("In the verdict"),
        "differs": _("Different"),
        "judged": _("Judgement"),
        "disputed": _("Disputed"),
        "old": _("Over a year old"),
    }
    counts = Counter(trait for row in rows for trait in view.traits(row))
    found = [(name, words[name], counts[name]) for name in words if 0 < counts[name] < len(rows)]
    return [("all", _("All"), len(rows)), *found] if found and not view.look.transpose else []


def _html_cell(page: HtmlPage, view: View, row: Row, cell: Cell, at: int) -> HtmlCell:
    shown, fact = answer(row, cell, page.language), cell.fact
    side = next(side for side in view.table.sides if side.id == cell.technology)
    mark, certainty = certainty_of(cell)
    evidence = _evidence(side, fact, page.language) if fact else Markup()
    return HtmlCell(
        view.class_of(at),
        view.names[at] if view.columns > 2 else "",
        shown,
        mark,
        certainty,
        str(fact.as_of.year) if fact and fact.as_of and view.is_old(fact) else "",
        view.reasons.get((cell.technology, row.criterion.id), ()),
        page.prose(shown.note) if shown.note else Blocks(),
        tuple(page.prose(prose).labelled(label, "vs-remark") for label, prose in shown.remarks),
        evidence,
        page.marks(shown.sources),
    )


def _evidence(side: Side, fact: Fact, language: str) -> Markup:
    """Version, date and whether it is a judgement, in words and for machines."""
    version = Markup('<data value="{0}">{1} {0}</data>').format(fact.version, side.name) if fact.version else ""
    date = i18n.short_date(fact.as_of, language) if fact.as_of else ""
    time = Markup('<time datetime="{}">{}</time>').format(fact.as_of, date) if date else ""
    return Markup(" · ").join(filter(None, (version, time, _("our judgement") if fact.judgement else "")))


def _menu(page: HtmlPage, row: Row, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What a row offers where the records are public: to report a mistake, with what is shown, and to edit each record."""
    asked, repository = row.criterion.name, page.site.repository
    values = [
        f"{line.name}: {i18n.value(row.criterion, cell, page.language)} ({repository.data}/{line.path})"
        for line, cell in zip(lines, row.cells, strict=False)
    ]
    question = _("What is wrong, and where can it be looked up?")
    body = "\n".join([f"{page.docname}, {asked}", "", *values, "", question, ""])
    links = [(_("Report a mistake"), repository.issue(f"{page.title}: {asked}", body))]
    return links + [(_("Edit the data: %s") % line.name, repository.line(line.path, line.line)) for line in lines]


# -- nodes


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """A docutils table with a stub column and an anchor per criterion."""
    classes = ["versus-table", "colwidths-given", *(["versus-turned"] if view.look.transpose else [])]
    return [build_table(_rows(page, view), view.widths, page.caption, *classes)]


def _rows(page: NodePage, view: View) -> Iterator[nodes.row]:
    def head(of: Row | Side) -> nodes.entry:
        if isinstance(of, Side):
            return nodes.entry("", paragraph(link("technology", of.id, of.name)))
        anchor = page.anchor(view.owner.type, f"{view.owner.id}/{of.criterion.id}")
        return nodes.entry("", paragraph(anchor, link("criterion", of.criterion.id, of.criterion.name)))

    names = view.names
    yield nodes.row("", nodes.entry("", paragraph(text(view.corner))), *map(head, view.heads))
    for title, lines in view.groups:
        if title:
            morecols = len(view.heads)
            heading = nodes.entry("", paragraph(text(title)), classes=["versus-group"], morecols=morecols)
            yield nodes.row("", heading, classes=["versus-group-row"])
        for line in lines:
            classes = ["versus-row"]
            if isinstance(line.head, Row):
                classes.append("versus-differs" if line.head.differs else "versus-same")
            cells = [_cell(page, *cell, name) for cell, name in zip(line.cells, names, strict=True)]
            yield nodes.row("", head(line.head), *cells, classes=classes)


def _cell(page: NodePage, row: Row, cell: Cell, column: str) -> nodes.entry:
    """Value, note, remarks, and one quiet line of evidence; on narrow screens, behind the name of the column."""
    shown = answer(row, cell, page.language)
    blocks: list[nodes.Node] = [inline(f"{column} ")] if page.for_browsers and column else []
    value = strong(shown.value) if shown.is_known else emphasis(shown.value)
    blocks.append(paragraph(value, classes=["versus-value"]))
    if shown.note:
        blocks += with_classes(page.prose(shown.note), "versus-note")
    for label, remark in shown.remarks:
        blocks += with_classes(labelled(label, page.prose(remark)), "versus-remark")
    evidence = [text(f"{shown.evidence} " if shown.sources else shown.evidence)] if shown.evidence else []
    if line := [*evidence, *page.marks(shown.sources)]:
        blocks.append(paragraph(*line, classes=["versus-evidence"]))
    return nodes.entry("", *blocks, classes=[f"versus-is-{cell.state.value}"])
