"""The geometry of the ages figure: a dot for each value over or under its axis of years, in pixels of a drawing of 700."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, repeat
from math import ceil
from typing import NamedTuple

WIDTH = 700
"""The width for which words are placed; it is what a page of text has at least where the drawing is shown."""
LEFT, RIGHT = 7.0, 658.0
"""Where the first year begins and where the last value stands."""
STEP = 11.5
"""The distance of two dots."""
ABREAST = 4
"""So many dots of a stack stand beside each other; further ones are farther from the axis."""
EDGE = 6.0
"""The space between the middle of a dot and the edge of the drawing."""
MARGIN = 8
"""The space over and below the dots of a lane."""
LEAST_LANE = 50.0
LETTER, NAME_LETTER = 5.5, 7.5
"""The width of a letter of a label, and of the name of a lane."""
TOP = 4.0
"""Where the lines of the years begin."""
MOST_YEARS = 12
"""So many years have a line each."""


class AgedValue(NamedTuple):
    """A value of a lane."""

    year: float
    shape: str
    """The drawing of its certainty."""
    month: str
    """Its date in words."""
    name: str
    """What it is the value of, if it is old; else empty."""


class Dot(NamedTuple):
    """A value in the drawing: percent from the left, pixels from there and from above."""

    x: str
    dx: float
    y: float
    shape: str


class Label(NamedTuple):
    """Words in the drawing, their middle in percent from the left."""

    x: str
    y: float
    words: str


class Lane(NamedTuple):
    """The values of one side."""

    name: str
    name_y: float
    dots: Sequence[Dot]
    labels: Sequence[Label]


class Drawing(NamedTuple):
    """The whole figure."""

    height: float
    bottom: float
    axes: Sequence[float]
    """Where lanes end: two have one between them, of any other number each has its own below it."""
    stale: str
    """Where values are over a year old, in percent from the left; empty when all of the drawing is newer."""
    stale_y: float
    """Where that stands in words; zero when there is no room for them."""
    years: Sequence[tuple[str, int]]
    lanes: Sequence[Lane]


class Box(NamedTuple):
    """The place that words or dots take."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes have a common area."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom


class Stack(NamedTuple):
    """Values of about the same age, and where their middle is."""

    values: Sequence[AgedValue]
    x: float

    @property
    def half(self) -> float:
        """Half of its width."""
        return STEP * min(len(self.values), ABREAST) / 2

    @property
    def levels(self) -> int:
        """How many rows of dots it has."""
        return ceil(len(self.values) / ABREAST)

    @property
    def label(self) -> str:
        """The month of many values, or the name of an old one."""
        if len(self.values) >= ABREAST:
            return Counter(value.month for value in self.values).most_common(1)[0][0]
        return self.values[0].name if len(self.values) == 1 else ""


def stacked(values: Sequence[AgedValue], place: Callable[[float], float]) -> list[Stack]:
    """The stacks of a lane from left to right; those that would cover each other are one."""
    stacks: list[Stack] = []
    for value in sorted(values, key=lambda value: (value.year, value.shape)):
        stack = _stack([value], place)
        while stacks and stack.x - stacks[-1].x < stack.half + stacks[-1].half - 0.01:
            stack = _stack([*stacks.pop().values, *stack.values], place)
        stacks.append(stack)
    return stacks


def _stack(values: Sequence[AgedValue], place: Callable[[float], float]) -> Stack:
    """Values around the middle of their places, within the drawing."""
    half = Stack(values, 0).half + EDGE - STEP / 2
    middle = sum(place(value.year) for value in values) / len(values)
    return Stack(values, min(max(middle, half), WIDTH - half))


def drawing(lanes: Sequence[tuple[str, Sequence[AgedValue]]], reviewed: float, stale_words: str) -> Drawing:
    """A lane for each side; ``reviewed`` is the year by which values are old."""
    years = [value.year for _name, values in lanes for value in values]
    first, last = int(min(years)), max(reviewed, *years)
    scale = (RIGHT - LEFT) / max(last - first, 0.5)

    def place(year: float) -> float:
        return LEFT + (year - first) * scale

    stacks = [stacked(values, place) for _name, values in lanes]
    ends = [*accumulate(map(_height, stacks), initial=TOP)]
    is_mirrored = len(lanes) == 2
    axes = ends[1:2] if is_mirrored else ends[1:]
    bottom = ends[-1] + (0 if is_mirrored else 6)
    names = [top + (12 if is_mirrored else 16) for top in ends[:-1]]
    if is_mirrored:
        names[1] = bottom - 4
    stale, stale_y = place(reviewed - 1), bottom - 6 if is_mirrored else names[0]
    taken = [_words_at(LEFT + 6, name, y, NAME_LETTER) for (name, _values), y in zip(lanes, names, strict=True)]
    begin = stale - 6 - len(stale_words) * LETTER
    has_words = begin > 0 and not _place(taken, _words_at(begin, stale_words, stale_y, LETTER))
    sides = zip(lanes, stacks, names, axes * 2 if is_mirrored else axes, strict=True)
    return Drawing(
        height=bottom + 18,
        bottom=bottom,
        axes=axes,
        stale=_percent(stale) if stale > LEFT else "",
        stale_y=stale_y if has_words else 0,
        years=[
            (_percent(place(year)), year) for year in range(first, int(last) + 1, 1 + int(last - first) // MOST_YEARS)
        ],
        lanes=[
            Lane(name, y, [*_dots(found, axis, away)], _labels(found, axis, away, taken))
            for (((name, _values), found, y, axis), away) in zip(
                sides, (-1, 1) if is_mirrored else repeat(-1), strict=False
            )
        ],
    )


def _height(stacks: Sequence[Stack]) -> float:
    """The height of a lane, with space over its highest stack."""
    return max([LEAST_LANE, *(stack.levels * STEP + 3 * MARGIN for stack in stacks)])


def _percent(x: float) -> str:
    return f"{100 * x / WIDTH:.2f}"


def _words_at(left: float, words: str, baseline: float, letter: float) -> Box:
    """The place of words, with a letter's space around them."""
    return Box(left - letter, left + (len(words) + 1) * letter, baseline - 9, baseline + 2)


def _place(taken: list[Box], box: Box) -> bool:
    """Whether something has the place of a box; else the box takes it."""
    meets = any(box.meets(other) for other in taken)
    if not meets:
        taken.append(box)
    return meets


def _dots(stacks: Sequence[Stack], axis: float, away: int) -> Iterator[Dot]:
    """The dots of a lane, from the axis outwards; ``away`` is -1 above it and 1 below."""
    for stack in stacks:
        for number, value in enumerate(stack.values):
            level, column = divmod(number, ABREAST)
            dx = STEP / 2 + column * STEP - stack.half
            yield Dot(f"{_percent(stack.x)}%", dx, axis + away * (9 + level * STEP), value.shape)


def _labels(stacks: Sequence[Stack], axis: float, away: int, taken: list[Box]) -> list[Label]:
    """The labels of a lane that have room beside its dots and what else is in the drawing; equal ones stand once."""
    for stack in stacks:
        near, far = sorted((axis + away * 3, axis + away * (3 + stack.levels * STEP)))
        taken.append(Box(stack.x - stack.half, stack.x + stack.half, near, far))
    labels: list[Label] = []
    for stack in sorted(stacks, key=lambda stack: (len(stack.values) > 1, -len(stack.values))):
        if stack.label in {"", *(label.words for label in labels)}:
            continue
        end = axis + away * (4 + stack.levels * STEP)
        baseline = end - 2 if away < 0 else end + 9
        half = len(stack.label) * LETTER / 2
        middle = min(max(stack.x, half + 1), WIDTH - half - 1)
        if not _place(taken, _words_at(middle - half, stack.label, baseline, LETTER)):
            labels.append(Label(f"{_percent(middle)}%", baseline, stack.label))
    return labels
