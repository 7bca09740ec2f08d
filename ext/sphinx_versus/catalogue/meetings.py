"""Questions about pairs: which two technologies have a page together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .catalogue import Catalogue
from .pairs import Meeting
from .views import Matrix, Side, SideBySide

FEW = 2
"""So many technologies are one pair, and never too many for a table."""


def matrix(catalogue: Catalogue, kind: str, most: int) -> Matrix:
    """The technologies of a kind, sorted by name: each against each other, or a list for each when there are too many."""
    found = (Side(id_, head.name) for id_, head in catalogue.heads.items() if head.kind == kind)
    sides = tuple(sorted(found, key=_by_name))
    if len(sides) > max(most, FEW):
        return Matrix(kind, sides, lists=_lists(catalogue, sides))
    rows = tuple(tuple(catalogue.meeting(row.id, column.id) for column in sides) for row in sides)
    return Matrix(kind, sides, rows)


def _lists(catalogue: Catalogue, sides: tuple[Side, ...]) -> tuple[SideBySide, ...]:
    """What each technology has pages with; thousands of pairs are one part of the catalogue and not each a part."""
    known = {side.id: side for side in sides}
    pages: Mapping[str, list[tuple[Side, Meeting]]] = {id_: [] for id_ in known}
    for (first, second), meeting in catalogue.meetings.items():
        if first in known and second in known:
            pages[first].append((known[second], meeting))
            pages[second].append((known[first], meeting))
    return tuple(_side_by_side(side, pages[side.id], len(sides) - 1) for side in sides)


def _side_by_side(side: Side, pages: list[tuple[Side, Meeting]], others: int) -> SideBySide:
    return SideBySide(side, tuple(sorted(pages, key=lambda page: _by_name(page[0]))), others - len(pages))


def kinds(catalogue: Catalogue, least: int) -> tuple[str, ...]:
    """The kinds with at least so many technologies, sorted."""
    found = Counter(head.kind for head in catalogue.heads.values())
    return tuple(sorted(kind for kind, number in found.items() if number >= least))


def derived_pairs(catalogue: Catalogue, technology: str) -> tuple[tuple[str, Side], ...]:
    """The ids of the derived pairs of a technology, each with the other side; sorted by its name."""
    found = []
    for id_ in catalogue.derived_by_technology.get(technology, ()):
        (other,) = (side for side in catalogue.derived[id_] if side != technology)
        found.append((id_, Side(other, catalogue.heads[other].name)))
    return tuple(sorted(found, key=lambda pair: _by_name(pair[1])))


def _by_name(side: Side) -> tuple[str, str]:
    return side.name.casefold(), side.id
