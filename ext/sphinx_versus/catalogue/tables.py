"""Tables: the facts of technologies side by side, chosen and arranged as a selection says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .catalogue import Catalogue
from .model import Comparison, Criterion, Fact, Technology
from .values import ValueType
from .views import Cell, Group, Order, Row, Selection, Side, State, Table

Groups = Sequence[tuple[str, tuple[str, ...]]]
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

    A derived pair has the criteria that one of the two answers, in the groups of the vocabulary.
    """
    sides_ = catalogue.sides_of(id_)
    if not sides_:
        return None
    comparison = catalogue.comparisons.get(id_)
    if comparison:
        groups: Groups = [(group.group, group.rows) for group in comparison.criteria]
    else:
        groups = _known_of_all_first(catalogue, sides_, _answered(catalogue, sides_))
    return _table(catalogue, technologies or sides_, groups, selection, comparison)


def technologies_table(catalogue: Catalogue, ids: tuple[str, ...], selection: Selection = EVERYTHING) -> Table:
    """The table of any technologies: the criteria that one of them answers, grouped as the vocabulary says."""
    return _table(catalogue, ids, _answered(catalogue, ids, selection.criteria), selection)


def _answered(catalogue: Catalogue, ids: tuple[str, ...], also: tuple[str, ...] = ()) -> Groups:
    """The criteria that one of the technologies answers, and others, in the groups and the order of the vocabulary."""
    answered = {criterion_id for id_ in ids for criterion_id in catalogue.technologies[id_].facts}
    groups: dict[str, list[str]] = {}
    for asked in catalogue.criteria.values():
        if asked.id in answered or asked.id in also:
            groups.setdefault(asked.group, []).append(asked.id)
    return [(title, tuple(rows)) for title, rows in groups.items()]


def _known_of_all_first(catalogue: Catalogue, ids: tuple[str, ...], groups: Groups) -> Groups:
    """In each group first the criteria of which every side's answer is known, so that readers see what can be compared."""
    facts = [catalogue.technologies[id_].facts for id_ in ids]

    def half_known(criterion_id: str) -> bool:
        answers = [one.get(criterion_id) for one in facts]
        return any(answer is None or answer.value is None for answer in answers)

    return [(title, tuple(sorted(rows, key=half_known))) for title, rows in groups]


def _table(
    catalogue: Catalogue,
    columns: tuple[str, ...],
    groups: Groups,
    selection: Selection,
    comparison: Comparison | None = None,
) -> Table:
    records = [catalogue.technologies[id_] for id_ in columns]
    overrides = comparison.facts if comparison else {}
    arranged = []
    for title, ids in _chosen(groups, selection):
        asked = [catalogue.criteria[id_] for id_ in ids if id_ in catalogue.criteria]
        rows = [Row(one, tuple(_cell(one, side, overrides.get(side.id, {})) for side in records)) for one in asked]
        arranged.append(Group(title, tuple(_ordered(rows, selection))))
    shown = tuple(group for group in arranged if group.rows)
    return Table(sides(catalogue, columns), shown)


def _chosen(groups: Groups, selection: Selection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The groups and criteria that are wanted; a list of criteria also sets their order."""
    wanted = [(title, ids) for title, ids in groups if not selection.groups or title in selection.groups]
    if not selection.grouped:
        wanted = [("", tuple(id_ for _, ids in wanted for id_ in ids))]
    for title, ids in wanted:
        chosen = [id_ for id_ in selection.criteria if id_ in ids] if selection.criteria else ids
        yield title, tuple(id_ for id_ in chosen if id_ not in selection.exclude)


def _ordered(rows: list[Row], selection: Selection) -> list[Row]:
    if selection.differences_only:
        rows = [row for row in rows if row.differs]
    if selection.order is Order.NAME:
        return sorted(rows, key=lambda row: row.criterion.name.casefold())
    if selection.order is Order.DIFFERENCES:
        return sorted(rows, key=lambda row: not row.differs)
    return rows


def _cell(asked: Criterion, technology: Technology, overrides: object) -> Cell:
    own = overrides.get(asked.id) if isinstance(overrides, dict) else None
    answer = own or technology.facts.get(asked.id)
    return Cell(technology.id, _state(asked, answer), answer)


def _state(asked: Criterion, answer: Fact | None) -> State:
    if answer is None:
        return State.NOT_ASSESSED
    if answer.value is None:
        return State.UNKNOWN
    if asked.type is ValueType.YES_NO and answer.value in {"yes", "partial", "no"}:
        return State(answer.value)
    return State.VALUE
