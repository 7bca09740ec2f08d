"""The geometry of the decision map: reasons of a side on its edge, the rows they rest on in the middle, wires between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from ..catalogue.markdown import plain_text
from ..catalogue.views import Reasoned
from .component import side_classes

LINE = 30
"""So many characters of a reason stand on a line of a narrow column."""
MOST_WEIGHT = 11
"""The longest reason is as high as five lines; it is about twice as long as one should be."""


class Wired(NamedTuple):
    """A reason in the list of its side."""

    weight: int
    """Its share of the height of the list; two for a line, and one for the space around them."""
    start: float
    """Where its wires begin, as a share of the height."""
    ends: tuple[float, ...]
    """Where they end: at the middle of each row."""


def wired(conditions: Sequence[Reasoned], order: Mapping[str, int]) -> Iterator[Wired]:
    """The reasons of a side. Heights follow from lengths, so that wires meet reasons whatever the font is."""
    weights = [min(1 + 2 * ceil(len(plain_text(one.when.text)) / LINE), MOST_WEIGHT) for one in conditions]
    for one, weight, passed in zip(conditions, weights, accumulate(weights), strict=True):
        ends = tuple((order[row.id] + 0.5) / len(order) for row in one.because)
        yield Wired(weight, (passed - weight / 2) / sum(weights), ends)


def drop(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A wire that leaves and arrives vertically."""
    (left, top), (right, bottom) = ((round(x), round(y)) for x, y in (start, end))
    middle = (top + bottom) // 2
    return f"M{left} {top}C{left} {middle} {right} {middle} {right} {bottom}"


def curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A wire as the path of an SVG, which leaves and arrives horizontally; in whole units, for there are many."""
    (left, top), (right, bottom) = ((round(x), round(y)) for x, y in (start, end))
    middle = (left + right) // 2
    return f"M{left} {top}C{middle} {top} {middle} {bottom} {right} {bottom}"


EDGES = ((8, 115, 0), (232, 125, 1))
"""For each side where its reasons and its ends of wires are, and on which side of the edge the half discs."""


Reasons = tuple[tuple[tuple[int, ...], ...], ...]
"""By side and reason the numbers of the rows."""


class SmallMap(NamedTuple):
    """The same as a small picture of 240 by 64: a path of wires and one of half discs by side, and dots for the rows.

    Two sides stand on the left and the right of the rows, more below them.
    """

    sides: tuple[tuple[str, str, str], ...]
    """The class of each, and its paths."""
    dots: tuple[tuple[int, int, float], ...]
    """Place and radius; rows on which several sides rest are larger."""


@lru_cache(4096)
def small_map(reasons: Reasons) -> SmallMap | None:
    """The picture of a verdict: by side and reason the numbers of the rows. Nothing without rows, or of one side."""
    cited = Counter(row for side in reasons for row in {row for rows in side for row in rows})
    count = 1 + max(cited, default=-1)
    if len(reasons) < len(EDGES) or not count:
        return None
    shares = [(row + 0.5) / count for row in range(count)]
    paths = _beside(reasons, shares) if len(reasons) == len(EDGES) else _below(reasons, shares)
    places = [(120, round(64 * share)) if len(reasons) == len(EDGES) else (round(240 * share), 6) for share in shares]
    radii = (2.6 if cited[row] > 1 else 1.8 for row in range(count))
    sides = ((class_, *found) for class_, found in zip(side_classes(len(reasons)), paths, strict=True))
    return SmallMap(tuple(sides), tuple((*place, radius) for place, radius in zip(places, radii, strict=True)))


def _beside(reasons: Reasons, shares: Sequence[float]) -> Iterator[tuple[str, str]]:
    """Wires and half discs of two sides, each on its edge."""
    for side, (edge, middle, sweep) in zip(reasons, EDGES, strict=True):
        heights = [64 * (number + 0.5) / len(side) for number in range(len(side))]
        wires = (
            curve((edge, y), (middle, 64 * shares[row])) for y, rows in zip(heights, side, strict=True) for row in rows
        )
        halves = (f"M{edge} {round(y) - 5}a5 5 0 0 {sweep} 0 10z" for y in heights)
        yield "".join(wires), "".join(halves)


def _below(reasons: Reasons, shares: Sequence[float]) -> Iterator[tuple[str, str]]:
    """Wires and half discs of more sides, in columns of their own."""
    width = 240 / len(reasons)
    for at, side in enumerate(reasons):
        places = [width * (at + (number + 0.5) / len(side)) for number in range(len(side))]
        wires = (drop((x, 56), (240 * shares[row], 11)) for x, rows in zip(places, side, strict=True) for row in rows)
        halves = (f"M{round(x) - 5} 61a5 5 0 0 1 10 0z" for x in places)
        yield "".join(wires), "".join(halves)
