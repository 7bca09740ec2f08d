"""The geometry of the ages figure: nothing is covered, and no value is lost."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_versus.components.time_axis import EDGE, STEP, WIDTH, AgedValue, Drawing, drawing, stacked


def value(year: float, name: str = "", shape: str = "f") -> AgedValue:
    return AgedValue(year, shape, f"month of {year}", name)


VALUES = st.lists(
    st.builds(value, st.floats(2010, 2026), st.sampled_from(["", "", "A row", "A row with a long name"])), max_size=40
)


def place(year: float) -> float:
    """A year is 40 pixels wide."""
    return 40 * (year - 2010)


@given(VALUES)
def test_stacks_do_not_cover_each_other_and_hold_every_value(values: list[AgedValue]) -> None:
    stacks = stacked(values, place)
    assert sorted(value for stack in stacks for value in stack.values) == sorted(values)
    for left, right in pairwise(stacks):
        assert left.x + left.half <= right.x - right.half + 0.02


def test_values_of_one_age_are_one_stack_and_others_stand_where_they_are() -> None:
    stacks = stacked([value(2015)] * 6 + [value(2020, shape="j")], place)
    assert [(stack.x, len(stack.values), stack.levels) for stack in stacks] == [(200, 6, 2), (400, 1, 1)]


def test_a_small_stack_beside_a_large_one_joins_it() -> None:
    """A single value 15 pixels beside four of one age would be covered by them, though not by the first of them."""
    (stack,) = stacked([value(2015)] + [value(2015.4)] * 4, place)
    assert len(stack.values) == 5


def drawn_dots(found: Drawing) -> list[tuple[float, float]]:
    return [(float(dot.x[:-1]) * WIDTH / 100 + dot.dx, dot.y) for lane in found.lanes for dot in lane.dots]


@given(st.lists(VALUES, min_size=1, max_size=5).filter(any))
def test_dots_are_apart_and_within_the_drawing(lanes: list[list[AgedValue]]) -> None:
    found = drawing([("Side", values) for values in lanes], 2026.5, "over a year old")
    dots = drawn_dots(found)
    assert len(dots) == sum(map(len, lanes))
    assert all(EDGE - 0.1 <= x <= WIDTH - EDGE + 0.1 and 4 < y < found.bottom for x, y in dots)
    apart = (abs(a[0] - b[0]) > STEP - 0.3 or abs(a[1] - b[1]) > STEP - 0.3 for a, b in combinations(dots, 2))
    assert all(apart)


@given(st.lists(VALUES, min_size=1, max_size=5).filter(any))
def test_words_do_not_run_into_each_other(lanes: list[list[AgedValue]]) -> None:
    found = drawing([("Side", values) for values in lanes], 2026.5, "over a year old")
    words = [
        (float(label.x[:-1]) * WIDTH / 100, len(label.words) * 5.5 / 2, label.y)
        for lane in found.lanes
        for label in lane.labels
    ]
    words += [(13 + 15, 15, lane.name_y) for lane in found.lanes]
    if found.stale_y:
        words.append((float(found.stale) * WIDTH / 100 - 6 - 41, 41, found.stale_y))
    for (x, half, y), (other, other_half, other_y) in combinations(words, 2):
        assert abs(x - other) >= half + other_half or abs(y - other_y) >= 9
    assert all(x - half >= 0 and x + half <= WIDTH for x, half, _y in words)
    for x, half, y in words:
        assert not [dot for dot in drawn_dots(found) if abs(dot[0] - x) < half and y - 9 < dot[1] < y]


def test_each_of_three_lanes_has_an_axis_of_its_own_below_it() -> None:
    found = drawing([(name, [value(2025)] * 9) for name in ("Alpha", "Beta", "Gamma")], 2026.5, "over a year old")
    assert len(found.axes) == len(found.lanes) == 3
    for axis, above, lane in zip(found.axes, (4, *found.axes), found.lanes, strict=False):
        assert above < lane.name_y < axis
        assert all(above < dot.y < axis for dot in lane.dots)
    assert found.bottom > found.axes[-1]


def test_old_values_have_their_names_and_many_of_one_age_their_month() -> None:
    values = [value(2020, "Size"), *[value(2026)] * 4, value(2023)]
    found = drawing([("Alpha", values)], 2026.5, "over a year old")
    assert [label.words for label in found.lanes[0].labels] == ["Size", "month of 2026"]
    assert [year for _x, year in found.years] == [2020, 2021, 2022, 2023, 2024, 2025, 2026]
    assert found.stale_y


@pytest.mark.parametrize("reviewed", [2026.0, 2026.9])
def test_values_of_one_year_make_a_drawing_in_which_none_is_old(reviewed: float) -> None:
    found = drawing([("Alpha", [value(2026)]), ("Beta", [])], reviewed, "over a year old")
    assert (found.stale, found.stale_y) == ("", 0)
    assert [len(lane.dots) for lane in found.lanes] == [1, 0]


def test_many_years_have_a_line_at_every_few() -> None:
    found = drawing([("Alpha", [value(1990), value(2026)])], 2026.5, "over a year old")
    assert len(found.years) <= 13


def test_equal_labels_of_a_lane_stand_once_beside_the_largest_stack() -> None:
    month = [value(2020)] + [AgedValue(2024.0, "f", "Nov 2026", "")] * 6 + [AgedValue(2025.0, "f", "Nov 2026", "")] * 4
    found = drawing([("Side", month), ("Other", month[:7])], 2026.5, "over a year old")
    assert [[label.words for label in lane.labels] for lane in found.lanes] == [["Nov 2026"], ["Nov 2026"]]
    assert found.lanes[0].labels[0].x == found.lanes[0].dots[1].x
