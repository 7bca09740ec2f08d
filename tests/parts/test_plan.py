"""Which part makes which page."""

from __future__ import annotations

from itertools import combinations

import pytest

from sphinx_versus.parts.plan import BASE, JOIN, PART, Step, blocks_of, part_of, parts_of_blocks

IDS = [f"t{number}" for number in range(60)]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("base", Step(BASE)),
        ("join", Step(JOIN)),
        ("2/3", Step(PART, 2, 3)),
        ("02/03", Step(PART, 2, 3)),
        ("2-of-3", Step(PART, 2, 3)),
        ("0/3", None),
        ("4/3", None),
        ("1/0", None),
        ("-1/3", None),
        ("1/3/3", None),
        ("", None),
        ("all", None),
    ],
)
def test_names_of_steps(text: str, step: Step | None) -> None:
    assert Step.parse(text) == step
    assert step is None or Step.parse(str(step)) == step


@pytest.mark.parametrize("count", range(1, 30))
def test_each_two_blocks_have_a_part_and_no_part_is_empty(count: int) -> None:
    parts, blocks = parts_of_blocks(count), blocks_of(count)
    assert len(parts) == blocks * (blocks + 1) // 2
    assert set(parts.values()) == set(range(1, count + 1))


def test_parts_are_of_similar_size() -> None:
    for count in (2, 4, 10, 16):
        loads = [0] * (count + 1)
        for (first, second), part in parts_of_blocks(count).items():
            loads[part] += 1 + (first != second)
        assert max(loads) <= 2 * min(loads[1:]) + 1, count


def test_the_page_of_two_is_in_one_part_in_whichever_order() -> None:
    for pair in combinations(IDS, 2):
        assert part_of(pair, 6) == part_of(pair[::-1], 6)


def test_an_edit_of_a_technology_touches_the_parts_of_its_block() -> None:
    for id_ in IDS:
        touched = {part_of((id_, other), 10) for other in IDS if other != id_} | {part_of((id_,), 10)}
        assert len(touched) <= blocks_of(10) == 4


def test_a_page_stays_in_its_part_when_others_come() -> None:
    """The plan of two machines is one: it follows from ids, and not from how many there are or from Python's own hashes."""
    assert [part_of(pair, 3) for pair in combinations(["django", "flask", "rails", "fastapi"], 2)] == PINNED


PINNED = [2, 2, 1, 2, 1, 1]
