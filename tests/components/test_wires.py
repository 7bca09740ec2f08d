"""The geometry of the decision map: where reasons, rows and the wires between them are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.catalogue.views import CitedRow, Reasoned
from sphinx_versus.components.wires import MOST_WEIGHT, curve, small_map, wired

STYLE = Path(__file__).parents[2] / "ext" / "sphinx_versus" / "static" / "versus.css"


def reason(letters: int, *rows: str) -> Reasoned:
    return Reasoned(Prose("x" * letters), tuple(CitedRow(row, row) for row in rows))


def test_reasons_are_as_high_as_their_lines_and_wires_begin_in_their_middle() -> None:
    first, second = wired([reason(20, "orm"), reason(60, "orm", "size")], {"orm": 0, "size": 1})
    assert (first.weight, second.weight) == (3, 5)
    assert (first.start, second.start) == (1.5 / 8, 5.5 / 8)
    assert first.ends == (0.25,)
    assert second.ends == (0.25, 0.75)


def test_markup_of_a_reason_takes_no_room() -> None:
    (plain,) = wired([Reasoned(Prose("x" * 30), ())], {})
    (marked,) = wired([Reasoned(Prose(f"**{'x' * 30}**"), ())], {})
    assert plain.weight == marked.weight == 3


@pytest.mark.parametrize("letters", [1, 34, 35, 100, 300, 500, 10_000])
def test_every_weight_has_a_class_in_the_style_sheet(letters: int) -> None:
    (found,) = wired([reason(letters)], {})
    assert found.weight <= MOST_WEIGHT
    assert re.search(rf"\.vs-w{found.weight}\b", STYLE.read_text(encoding="utf-8"))


def test_a_wire_leaves_and_arrives_horizontally() -> None:
    assert curve((0, 250), (100, 500)) == "M0 250C50 250 50 500 100 500"


def test_the_small_map_has_a_wire_for_each_row_and_larger_dots_where_both_rest() -> None:
    found = small_map((((0, 1), (1,)), ((1,),)))
    assert found is not None
    (_, wires, halves), (_, other_wires, other_halves) = found.sides
    assert [path.count("M") for path in (wires, halves, other_wires, other_halves)] == [3, 2, 1, 1]
    assert found.dots == ((120, 16, 1.8), (120, 48, 2.6))


@pytest.mark.parametrize("reasons", [(), (((0,),),), (((),), ((),))])
def test_there_is_no_small_map_without_rows_or_of_one_side(
    reasons: tuple[tuple[tuple[int, ...], ...], ...],
) -> None:
    assert small_map(reasons) is None


def test_the_small_map_of_three_has_each_side_below_the_rows() -> None:
    found = small_map((((0,), (0, 1)), ((1,),), ((2,),)))
    assert found is not None
    assert [side for side, _, _ in found.sides] == ["vs-a", "vs-b", "vs-ink"]
    starts = [[int(x) for x in re.findall(r"M(\d+) 61", halves)] for _, _, halves in found.sides]
    assert starts == [[15, 55], [115], [195]]
    assert found.dots == ((40, 6, 1.8), (120, 6, 2.6), (200, 6, 1.8))
