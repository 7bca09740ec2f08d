"""Derived pairs: two technologies that are shown side by side from their facts, without a record of a comparison.

A pair is nothing but two ids: what its page shows is asked of the technologies when the page is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

from .model import Comparison, Technology

Pair = tuple[str, str]
"""The ids of two technologies, sorted."""


@dataclass(frozen=True)
class Derive:
    """Which pairs are derived: those of all kinds, those of some kinds, and single ones."""

    all_kinds: bool = False
    kinds: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def __bool__(self) -> bool:
        return self.all_kinds or bool(self.kinds or self.pairs)


NONE_DERIVED = Derive()
"""Pages come from records of comparisons only."""


def pair_of(first: str, second: str) -> Pair:
    """Two technologies as a pair: their order makes no difference."""
    return (first, second) if first <= second else (second, first)


def pair_id(pair: Iterable[str]) -> str:
    """The id of a pair's page."""
    return "-vs-".join(pair)


def derived_pairs(
    derive: Derive,
    technologies: Mapping[str, Technology],
    comparisons: Mapping[str, Comparison],
    taken: Collection[str],
) -> Mapping[str, Pair]:
    """The pairs by id, sorted; none that a comparison is about, whose id is ``taken``, or of which a side has no fact."""
    if not derive:
        return {}
    written = {frozenset(comparison.technologies) for comparison in comparisons.values()}
    found = {
        pair_id(pair): pair
        for pair in _wanted(derive, technologies)
        if frozenset(pair) not in written and all(technologies[side].facts for side in pair)
    }
    free = (id_ for id_ in sorted(found) if id_ not in taken and pair_id(reversed(found[id_])) not in taken)
    return {id_: found[id_] for id_ in free}


def _wanted(derive: Derive, technologies: Mapping[str, Technology]) -> Iterator[Pair]:
    by_kind: dict[str, list[str]] = {}
    for id_ in sorted(technologies):
        by_kind.setdefault(technologies[id_].kind, []).append(id_)
    kinds = by_kind if derive.all_kinds else derive.kinds
    of_kinds = chain.from_iterable(combinations(by_kind.get(kind, ()), 2) for kind in kinds)
    single = (pair_of(*pair) for pair in derive.pairs if pair[0] != pair[1] and set(pair) <= technologies.keys())
    yield from chain(of_kinds, single)
