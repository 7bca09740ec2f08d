"""What a pair is, what a round-up is, and which page two technologies have together.

A pair is two technologies. A comparison of exactly two is the written comparison of that pair; a comparison of more is a
round-up, which takes the place of no pair's page. A derived pair is shown from the facts of both, without a record: it is
nothing but two ids, and what its page shows is asked of the technologies when the page is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from typing import NamedTuple

from .fields import MAX_ID
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


_MOST_OF_PAIR = 2 * MAX_ID + len("-vs-")


def sides_in(id_: str) -> Iterator[Pair]:
    """The pairs that an id may name; several when the id of a side contains "-vs-" itself."""
    parts = id_.split("-vs-") if len(id_) <= _MOST_OF_PAIR else []
    for number in range(1, len(parts)):
        yield pair_id(parts[:number]), pair_id(parts[number:])


class Existence(StrEnum):
    """Which page two technologies have together."""

    WRITTEN = "written"
    DERIVED = "derived"
    ROUND_UP = "round-up"
    NONE = "none"


@dataclass(frozen=True)
class PairPage:
    """The page of two technologies: how it came to be, and the comparison or derived pair that it shows."""

    existence: Existence
    comparison: str = ""


NO_PAGE = PairPage(Existence.NONE)


def is_round_up(comparison: Comparison) -> bool:
    """Whether a comparison has more than two sides, and so is not that of a pair."""
    return len(comparison.technologies) > 2


def is_pair(comparison: Comparison) -> bool:
    """Whether a comparison has two sides; a question for sides may find fewer."""
    return len(comparison.technologies) == 2


MOST_PAIRED = 300
"""A round-up of more technologies is the page of none of their pairs, of which there are too many."""
MOST_PAIRS = 500_000
"""So many pairs of technologies all round-ups together are the page of; larger ones beyond it are the page of none."""


def pair_pages(comparisons: Mapping[str, Comparison], derived: Mapping[str, Pair]) -> Mapping[Pair, PairPage]:
    """The page of each pair that has one: its written comparison, else the derived pair, else the smallest round-up."""
    by_size = sorted(comparisons.values(), key=lambda one: (len(one.technologies), bool(one.title), one.id))
    found: dict[Pair, PairPage] = {}
    for one in by_size:
        if is_pair(one):
            found.setdefault(pair_of(*one.technologies), PairPage(Existence.WRITTEN, one.id))
    found.update((pair, PairPage(Existence.DERIVED, id_)) for id_, pair in derived.items())
    left = MOST_PAIRS
    for one in by_size:  # written pairs are in the mapping already
        left -= len(one.technologies) * (len(one.technologies) - 1) // 2
        if len(one.technologies) > MOST_PAIRED or left < 0:  # so are all that follow
            break
        for first, second in combinations(one.technologies, 2):
            found.setdefault(pair_of(first, second), PairPage(Existence.ROUND_UP, one.id))
    return found


class DerivedPairs(NamedTuple):
    """What comes of asking for derived pairs."""

    by_id: Mapping[str, Pair]
    """The pairs by id, sorted."""
    left_out: Mapping[Pair, Sequence[str]]
    """Pairs whose id is that of something else: the sides of that."""


def derived_pairs(
    derive: Derive,
    technologies: Mapping[str, Technology],
    comparisons: Mapping[str, Comparison],
    broken: Set[str],
) -> DerivedPairs:
    """The pairs that are asked for; none with a written comparison, be it a ``broken`` one, or of which a side has no fact."""
    by_kind: dict[str, list[str]] = {}
    for id_ in sorted(technologies) if derive else ():
        by_kind.setdefault(technologies[id_].kind, []).append(id_)
    kinds = by_kind if derive.all_kinds else derive.kinds
    of_kinds = chain.from_iterable(combinations(by_kind.get(kind, ()), 2) for kind in kinds)
    single = (pair_of(*pair) for pair in derive.pairs if pair[0] != pair[1] and set(pair) <= technologies.keys())
    written = {pair_of(*one.technologies) for one in comparisons.values() if is_pair(one)}
    found: dict[str, Pair] = {}
    left_out: dict[Pair, Sequence[str]] = {}
    for pair in chain(of_kinds, single):
        ids = pair_id(pair), pair_id(reversed(pair))
        records = [comparisons[id_].technologies for id_ in ids if id_ in comparisons]
        is_compared = pair in written or any({*pair} <= {*sides} for sides in records)
        if is_compared or not broken.isdisjoint(ids) or not all(technologies[side].facts for side in pair):
            continue
        sides = comparisons[ids[0]].technologies if ids[0] in comparisons else found.setdefault(ids[0], pair)
        if sides != pair and {*sides} <= technologies.keys():  # else a side is misspelt, which is reported
            left_out[pair] = sides
    return DerivedPairs(dict(sorted(found.items())), left_out)
