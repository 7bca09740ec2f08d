"""The geometry of the decision map: reasons of a side on its edge, the rows they rest on in the middle, wires between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from ..catalogue.prose import plain_text
from ..catalogue.views import Reasoned, VerdictView

LINE = 34
"""So many characters of a reason stand on a line of a narrow column."""
MOST_WEIGHT = 21
"""The longest reason is as high as ten lines."""


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
    """A wire as the path of an SVG, which leaves and arrives horizontally."""
    middle = (start[0] + end[0]) / 2
    return f"M{start[0]:g} {start[1]:.4g}C{middle:g} {start[1]:.4g} {middle:g} {end[1]:.4g} {end[0]:g} {end[1]:.4g}"


class SmallMap(NamedTuple):
    """The same as a small picture of 240 by 64: a path of wires and one of half discs by side, and dots for the rows."""

    sides: tuple[tuple[str, str], ...]
    dots: tuple[tuple[float, float], ...]
    """Height and radius; rows on which both sides rest are larger."""


def small_map(verdict: VerdictView) -> SmallMap:
    """The picture of the verdict of two sides."""
    order = {row.id: at for at, row in enumerate(verdict.rows)}
    cited = [{row.id for one in side.conditions for row in one.because} for side in verdict.sides]
    sides = []
    for side, edge, middle, sweep in zip(verdict.sides, (8, 232), (115, 125), (0, 1), strict=False):
        at = [64 * (number + 0.5) / len(side.conditions) for number in range(len(side.conditions))]
        wires = [
            curve((edge, y), (middle, 64 * (order[row.id] + 0.5) / len(order)))
            for y, one in zip(at, side.conditions, strict=True)
            for row in one.because
        ]
        halves = [f"M{edge} {y - 5:.4g}a5 5 0 0 {sweep} 0 10z" for y in at]
        sides.append(("".join(wires), "".join(halves)))
    dots = tuple(
        (round(64 * (at + 0.5) / len(order), 1), 2.6 if all(id_ in one for one in cited) else 1.8)
        for id_, at in order.items()
    )
    return SmallMap(tuple(sides), dots)
