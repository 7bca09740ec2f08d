"""The answers of a table: its rows and columns, and what stands in each cell, before it is a table or a drawing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup, escape

from ..catalogue import query
from ..catalogue.fields import ADDRESS_PATTERN, PartialDate, ValueType
from ..catalogue.model import Criterion, Fact, Option, Statement
from ..catalogue.prose import Prose
from ..catalogue.values import Chosen, Moment, Quantity, meaning_of
from ..catalogue.views import Cell, Line, Row, Selection, Side, State, Table
from ..characters import as_uri
from . import i18n
from .component import INK, Ask, Cites, Mention, side_classes
from .i18n import _
from .node_helpers import append_marks, emphasis, labelled, link, separated, text, web_link, with_classes
from .page import HtmlPage, NodePage
from .prose_writer import Blocks

STUB_SHARE = 22
"""Percent of the width for the column of criteria, when nothing else is asked for."""


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
    """A table; ``record_lines`` has by criterion where the facts of its row are in the records."""

    table: Table
    look: Look
    owner: Owner
    record_lines: Mapping[str, Sequence[Line]] = {}
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

    def is_old(self, cell: Cell) -> bool:
        """Whether a value was over a year old at the review; what is not known has no age."""
        as_of = cell.fact.as_of if cell.fact and cell.known else None
        return bool(as_of and self.reviewed and as_of.middle < self.reviewed.middle - 1)

    def traits(self, row: Row) -> list[str]:
        """By what a reader can choose a row, or that it is never one of those that differ."""
        facts = [cell.fact for cell in row.cells if cell.fact and cell.known]
        traits = {
            "cited": any((cell.technology, row.criterion.id) in self.reasons for cell in row.cells),
            "differs": row.differs,
            "judged": any(fact.judgement for fact in facts),
            "disputed": any(fact.disputed for fact in facts),
            "old": any(map(self.is_old, row.cells)),
            "uncompared": not row.is_compared,
        }
        return [name for name, has in traits.items() if has]

    @property
    def classes(self) -> list[str]:
        """The colours of the columns, if they are sides."""
        count = self.columns - 1
        return [INK] * count if self.look.transpose else [*side_classes(count)]

    @property
    def names(self) -> list[str]:
        """The names of the columns as cells show them where rows become cards; a table with one of them needs none."""
        names = [head.name if isinstance(head, Side) else head.criterion.name for head in self.heads]
        return names if len(names) > 1 else [""]


class Answers(NamedTuple):
    """A line of a table: whose answers, or to which criterion, and the answers in the order of the columns."""

    head: Row | Side
    cells: list[tuple[Row, Cell]]


class Stated(NamedTuple):
    """The words of a further statement of a fact."""

    words: str
    note: Prose | None
    sources: tuple[str, ...]
    address: str = ""
    """The web address that is its value, which the words have."""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The words before the address, the address, and the words behind it; without one all words come first."""
        return self.words.partition(self.address) if self.address else (self.words, "", "")


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
    sources: tuple[str, ...] = ()
    extent: str = ""
    """For which versions it is so, where that stands beside the value."""
    statements: tuple[Stated, ...] = ()
    technologies: tuple[Option, ...] = ()
    """The technologies that are the value, by id and name; the words of it begin with these names."""
    address: str = ""
    """The web address that is the value, with which its words begin."""
    upper: str = ""
    """The upper end of a range, for machines."""

    @property
    def behind_links(self) -> str:
        """The words of the value behind the names of technologies or a web address."""
        return self.value.removeprefix(self.address or i18n.listed(option.words for option in self.technologies))

    def links(self, page: HtmlPage) -> Markup:
        """The value, if it is technologies or a web address: as links."""
        links = [page.link("technology", option.id, option.words) for option in self.technologies]
        if self.address:
            links = [_html_link(self.address)]
        return Markup(", ").join(links) + self.behind_links if links else Markup()

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.state.is_known


def view(ask: Ask, owner: Owner, technologies: tuple[str, ...], selection: Selection, look: Look) -> View:
    """A comparison's table, or that of some technologies; ``None`` as table when there is no such comparison."""
    comparison = owner.id if owner.type == "row" else ""
    if comparison:
        table = ask(query.comparison_table, comparison, selection, technologies)
    else:
        table = ask(query.technologies_table, technologies, selection)
    if not table or not table.rows:
        return View(table, look, owner)
    record_lines: Mapping[str, Sequence[Line]] = {}
    if look.with_lines and not look.transpose:
        rows = tuple((comparison or "-", row.criterion.id, *(side.id for side in table.sides)) for row in table.rows)
        criteria = (row.criterion.id for row in table.rows)
        record_lines = dict(zip(criteria, ask(query.record_lines, rows), strict=True))
    return View(table, look, owner, record_lines, *_review(ask, comparison, table))


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


def answer(row: Row, cell: Cell, language: str) -> Answer:
    """The words of a cell."""
    fact, exact, element, technologies, upper = cell.fact, "", "", tuple[Option, ...](), ""
    if fact and fact.value is not None and cell.state is State.VALUE:
        meaning = meaning_of(row.criterion, fact.value)
        exact = meaning.exact
        element = "time" if isinstance(meaning, Moment) else "data" if exact else ""
        upper = meaning.upper if isinstance(meaning, Quantity) else ""
        if isinstance(meaning, Chosen) and row.criterion.type is ValueType.TECHNOLOGIES:
            technologies = meaning.options
    words = (cell.state, i18n.value(row.criterion, cell, language), exact, element)
    if fact is None:
        return Answer(*words)
    remarks = []
    if fact.disputed:
        remarks.append((_("Disputed:"), fact.disputed))
    if reason := getattr(fact, "reason", None):
        remarks.append((_("Differs here:"), reason))
    statements = tuple(
        Stated(
            i18n.statement(row.criterion, one, language),
            None if one.note == fact.note else one.note,
            one.sources,
            _address(row.criterion, [one]),
        )
        for one in fact.statements
    )
    address = _address(row.criterion, fact.present if cell.state is State.DEPENDS else [fact])
    extent = "" if row.criterion.asks_version or not cell.known else i18n.listed(i18n.extent(fact))
    return Answer(*words, fact.note, tuple(remarks), fact.sources, extent, statements, technologies, address, upper)


def _address(criterion: Criterion, values: Sequence[Statement | Fact]) -> str:
    """The web address that is the only one of some values; empty for none."""
    found = {one.value for one in values}
    only = found.pop() if len(found) == 1 else None
    is_address = only and criterion.type is ValueType.TEXT and re.fullmatch(ADDRESS_PATTERN, only)
    return only if only and is_address else ""


def _html_link(address: str) -> Markup:
    return Markup('<a class="reference external" href="{}">{}</a>').format(as_uri(address), address)


def in_brief(shown: Answer) -> Answer:
    """An answer that says beside *Depends* on what, as far as a line has room, with the statements that a reader does not see then."""
    if shown.state is not State.DEPENDS:
        return shown
    first = shown.statements[: i18n.MOST_CONDITIONS]
    if shown.value == i18n.state(State.DEPENDS):
        words = [one.words for one in first]
        fitting = [*takewhile(lambda length: length <= _MOST_BRIEF, accumulate(map(len, words)))]
        first, words = first[: len(fitting)], words[: len(fitting)]
        extent = f"({(' · ' if any(';' in one for one in words) else '; ').join(words)})" if words else ""
        shown = shown._replace(extent=extent)
    with_more = (one for one in first if one.note)
    return shown._replace(statements=(*with_more, *shown.statements[len(first) :]))


_MOST_BRIEF = 120
"""So many letters of values under conditions stand beside *Depends*."""


def certainty_of(cell: Cell) -> tuple[str, str]:
    """How sure an answer is: its drawing (``f``, ``j``, ``df``, ``dj``), and the same in words; both are empty for no answer."""
    if not cell.has_value or cell.fact is None:
        return "", ""
    word = basis_of(cell.fact)
    mark = "f" if cell.fact.is_documented else "j"
    return (f"d{mark}", ", ".join([word, _("disputed")])) if cell.fact.disputed else (mark, word)


def basis_of(fact: Fact) -> str:
    """What a value rests on, in words."""
    if fact.judgement:
        return _("our judgement")
    return _("documented") if fact.is_documented else _("no source")


# -- parts of cells


def mentioned(fact: Fact) -> Iterator[Mention]:
    """The texts and the sources of a fact, in the order in which they are read."""
    yield from filter(None, (fact.note, fact.disputed, getattr(fact, "reason", None)))
    yield Cites(fact.sources)
    for one in fact.statements:
        if one.note and one.note != fact.note:
            yield one.note
        yield Cites(one.sources)


def value_nodes(shown: Answer, known: Callable[[str], nodes.Node]) -> list[nodes.Node]:
    """A value as ``known`` makes it, links to the technologies or the address that it is, or that nothing is known."""
    links = separated([link("technology", one.id, one.words)] for one in shown.technologies)
    if shown.address:
        links = [web_link(shown.address, as_uri(shown.address))]
    if not links:
        return [known(shown.value) if shown.is_known else emphasis(shown.value)]
    return [*links, text(shown.behind_links)] if shown.behind_links else links


def stated(page: HtmlPage, shown: Answer) -> tuple[Blocks, ...]:
    """Further values, each with its condition."""
    return tuple(
        (page.prose(one.note) if one.note else Blocks()).labelled(_html_words(one)).ending(page.marks(one.sources))
        for one in shown.statements
    )


def _html_words(one: Stated) -> str | Markup:
    """The words of a statement, with a link in the place of an address."""
    before, address, behind = one.parts
    return escape(before) + _html_link(address) + behind if address else before


def statements(page: NodePage, shown: Answer) -> Iterator[nodes.Node]:
    """Further values, each with its condition."""
    for one in shown.statements:
        before, address, behind = one.parts
        words = [text(before), *([web_link(address, as_uri(address)), text(behind)] if address else [])]
        labels = labelled(words, page.prose(one.note) if one.note else [], "versus-statement")
        yield from append_marks(labels, page.marks(one.sources))


def explanations(page: NodePage, shown: Answer) -> Iterator[nodes.Node]:
    """The note of a cell, what is disputed and why it differs."""
    if shown.note:
        yield from with_classes(page.prose(shown.note), "versus-note")
    for label, remark in shown.remarks:
        yield from with_classes(labelled(label, page.prose(remark)), "versus-remark")
