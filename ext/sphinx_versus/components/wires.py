"""The geometry of the decision map: reasons of a side on its edge, the rows they rest on in the middle, wires between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from ..catalogue.markdown import plain_text
from ..catalogue.views import Reasoned

LINE = 34
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


def curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A wire as the path of an SVG, which leaves and arrives horizontally; in whole units, for there are many."""
    (left, top), (right, bottom) = ((round(x), round(y)) for x, y in (start, end))
    middle = (left + right) // 2
    return f"M{left} {top}C{middle} {top} {middle} {bottom} {right} {bottom}"


EDGES = ((8, 115, 0), (232, 125, 1))
"""For each side where its reasons and its ends of wires are, and on which side of the edge the half discs."""


class SmallMap(NamedTuple):
    """The same as a small picture of 240 by 64: a path of wires and one of half discs by side, and dots for the rows."""

    sides: tuple[tuple[str, str], ...]
    dots: tuple[tuple[int, float], ...]
    """Height and radius; rows on which both sides rest are larger."""


@lru_cache(4096)
def small_map(reasons: tuple[tuple[tuple[int, ...], ...], ...]) -> SmallMap | None:
    """The picture of a verdict on two sides: by side and reason the numbers of the rows. Nothing without rows."""
    cited = [{row for rows in side for row in rows} for side in reasons]
    count = 1 + max((row for rows in cited for row in rows), default=-1)
    if len(reasons) != len(EDGES) or not count:
        return None
    sides = []
    for side, (edge, middle, sweep) in zip(reasons, EDGES, strict=True):
        heights = [64 * (number + 0.5) / len(side) for number in range(len(side))]
        wires = (
            curve((edge, y), (middle, 64 * (row + 0.5) / count))
            for y, rows in zip(heights, side, strict=True)
            for row in rows
        )
        halves = (f"M{edge} {round(y) - 5}a5 5 0 0 {sweep} 0 10z" for y in heights)
        sides.append(("".join(wires), "".join(halves)))
    radii = (2.6 if all(row in rows for rows in cited) else 1.8 for row in range(count))
    return SmallMap(tuple(sides), tuple((round(64 * (row + 0.5) / count), r) for row, r in enumerate(radii)))
