"""Which two technologies have a page together."""

from __future__ import annotations

from collections import Counter

from .catalogue import Catalogue
from .pairs import pair_id, pair_of
from .views import Existence, Matrix, Meeting, Side, SideBySide


def matrix(catalogue: Catalogue, kind: str, most: int) -> Matrix:
    """The technologies of a kind, sorted by name: each against each other, or a list for each when there are too many."""
    found = (Side(id_, head.name) for id_, head in catalogue.heads.items() if head.kind == kind)
    sides = tuple(sorted(found, key=_by_name))
    if len(sides) > most:
        return Matrix(kind, sides, lists=tuple(_side_by_side(catalogue, side, sides) for side in sides))
    rows = tuple(tuple(meeting(catalogue, row.id, column.id) for column in sides) for row in sides)
    return Matrix(kind, sides, rows)


def _side_by_side(catalogue: Catalogue, side: Side, sides: tuple[Side, ...]) -> SideBySide:
    met = [(meeting(catalogue, side.id, other.id), other) for other in sides if other != side]
    written = tuple((one.comparison, other) for one, other in met if one.existence is Existence.WRITTEN)
    derived = sum(one.existence is Existence.DERIVED for one, _ in met)
    return SideBySide(side, written, derived, len(met) - len(written) - derived)


def kinds(catalogue: Catalogue, least: int) -> tuple[str, ...]:
    """The kinds with at least so many technologies, sorted."""
    found = Counter(head.kind for head in catalogue.heads.values())
    return tuple(sorted(kind for kind, number in found.items() if number >= least))


def meeting(catalogue: Catalogue, first: str, second: str) -> Meeting:
    """The page that two technologies have: a comparison of both, or of both with others, or a derived pair, or none."""
    pair = pair_of(first, second)
    if comparison := catalogue.comparisons_by_pair.get(pair):
        return Meeting(Existence.WRITTEN, comparison)
    derived = pair_id(pair)
    if catalogue.derived.get(derived) == pair:
        return Meeting(Existence.DERIVED, derived)
    return Meeting(Existence.NONE)


def derived_pairs(catalogue: Catalogue, technology: str) -> tuple[tuple[str, Side], ...]:
    """The ids of the derived pairs of a technology, each with the other side; sorted by its name."""
    found = []
    for id_ in catalogue.derived_by_technology.get(technology, ()):
        (other,) = (side for side in catalogue.derived[id_] if side != technology)
        found.append((id_, Side(other, catalogue.heads[other].name)))
    return tuple(sorted(found, key=lambda pair: _by_name(pair[1])))


def _by_name(side: Side) -> tuple[str, str]:
    return side.name.casefold(), side.id
