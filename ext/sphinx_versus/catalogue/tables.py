"""Tables: the facts of technologies side by side, chosen and arranged as a selection says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .catalogue import Catalogue
from .fields import ValueType
from .model import Criterion, Fact, Technology
from .views import Cell, Group, Order, Row, Selection, Side, State, Table

Groups = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with the ids of its criteria."""
EVERYTHING = Selection()
"""All rows, in their groups."""


def sides(catalogue: Catalogue, ids: tuple[str, ...]) -> tuple[Side, ...]:
    """The names of technologies, those that exist."""
    return tuple(Side(id_, catalogue.technologies[id_].name) for id_ in ids if id_ in catalogue.technologies)


def fact(catalogue: Catalogue, technology: str, criterion_id: str) -> tuple[Criterion, Cell] | None:
    """The answer of one technology to one criterion."""
    record, asked = catalogue.technologies.get(technology), catalogue.criteria.get(criterion_id)
    if record is None or asked is None or criterion_id not in record.facts:
        return None
    return asked, _cell(asked, record, {})


def comparison_table(
    catalogue: Catalogue, id_: str, selection: Selection = EVERYTHING, technologies: tuple[str, ...] = ()
) -> Table | None:
    """The table of a comparison: its rows in its groups, for all of its sides or some of them.

    A derived pair has the criteria that one of the two answers, in the groups of the vocabulary; in each group those come first
    of which every side's answer is known, so that readers see what can be compared.
    """
    sides_ = catalogue.sides_of(id_)
    if not sides_:
        return None
    if comparison := catalogue.comparisons.get(id_):
        written = [(group.group, group.rows) for group in comparison.criteria]
        return _table(catalogue, technologies or sides_, written, selection, comparison.facts)
    facts = [catalogue.technologies[side].facts for side in sides_]

    def half_known(criterion_id: str) -> bool:
        return any(answer is None or answer.value is None for answer in (one.get(criterion_id) for one in facts))

    answered = [(title, sorted(rows, key=half_known)) for title, rows in _answered(catalogue, sides_)]
    return _table(catalogue, technologies or sides_, answered, selection, {})


def technologies_table(catalogue: Catalogue, ids: tuple[str, ...], selection: Selection = EVERYTHING) -> Table:
    """The table of any technologies: the criteria that one of them answers, grouped as the vocabulary says."""
    return _table(catalogue, ids, _answered(catalogue, ids, selection.criteria), selection, {})


def _answered(catalogue: Catalogue, ids: tuple[str, ...], also: tuple[str, ...] = ()) -> Groups:
    """The criteria that one of the technologies answers, and others, in the groups and the order of the vocabulary."""
    answered = {*also, *(criterion_id for id_ in ids for criterion_id in catalogue.technologies[id_].facts)}
    groups: dict[str, list[str]] = {}
    for asked in catalogue.criteria.values():
        if asked.id in answered:
            groups.setdefault(asked.group, []).append(asked.id)
    return [*groups.items()]


def _table(
    catalogue: Catalogue,
    columns: tuple[str, ...],
    groups: Groups,
    selection: Selection,
    overrides: Mapping[str, Mapping[str, Fact]],
) -> Table:
    """A list of criteria in the selection also sets their order."""
    records = [catalogue.technologies[id_] for id_ in columns]
    wanted = [(title, ids) for title, ids in groups if not selection.groups or title in selection.groups]
    if not selection.grouped:
        wanted = [("", [id_ for _, ids in wanted for id_ in ids])]
    arranged = []
    for title, ids in wanted:
        chosen = [id_ for id_ in selection.criteria if id_ in ids] if selection.criteria else ids
        asked = [
            catalogue.criteria[id_] for id_ in chosen if id_ in catalogue.criteria and id_ not in selection.exclude
        ]
        rows = [Row(one, tuple(_cell(one, side, overrides.get(side.id, {})) for side in records)) for one in asked]
        if selection.differences_only:
            rows = [row for row in rows if row.differs]
        if selection.order is Order.NAME:
            rows.sort(key=lambda row: row.criterion.name.casefold())
        elif selection.order is Order.DIFFERENCES:
            rows.sort(key=lambda row: not row.differs)
        if rows:
            arranged.append(Group(title, tuple(rows)))
    return Table(sides(catalogue, columns), tuple(arranged))


def _cell(asked: Criterion, technology: Technology, overrides: Mapping[str, Fact]) -> Cell:
    answer = overrides.get(asked.id) or technology.facts.get(asked.id)
    if answer is None:
        state = State.NOT_ASSESSED
    elif answer.value is None:
        state = State.UNKNOWN
    elif asked.type is ValueType.YES_NO and answer.value in {"yes", "partial", "no"}:
        state = State(answer.value)
    else:
        state = State.VALUE
    return Cell(technology.id, state, answer)
