"""How problems are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from looping import each
from sphinx_versus import problems as problems_module
from sphinx_versus.problems import MOST_PAIRS, Code, Place, Problem, in_order, nearest, shown_path, unknown


@each(Code)
def test_every_code_is_explained(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code.value)
    assert code.name == code.value.upper().replace("-", "_")
    assert code.meaning.endswith(".")
    assert code.remedy.endswith(".")
    assert Code(code.value) is code  # type: ignore[call-arg]
    assert code.__doc__ == code.meaning


def test_a_problem_in_one_line() -> None:
    problem = Problem(Place("a.yaml", 3, 5), Code.UNKNOWN_KEY, '"x" is not a key here', 'did you mean "y"?')
    assert str(problem) == 'a.yaml:3:5: [unknown-key] "x" is not a key here; did you mean "y"?'
    assert Problem(Place("a.yaml"), Code.MISSING_KEY, "empty").text == "[missing-key] empty"


def test_problems_are_sorted_and_told_once() -> None:
    problems = [
        Problem(Place("b.yaml", 1), Code.MISSING_KEY, "m"),
        Problem(Place("a.yaml", 10), Code.MISSING_KEY, "m"),
        Problem(Place("a.yaml", 2, 9), Code.MISSING_KEY, "m"),
        Problem(Place("a.yaml", 2, 1), Code.UNKNOWN_KEY, "m"),
        Problem(Place("a.yaml", 2, 1), Code.MISSING_KEY, "n"),
        Problem(Place("a.yaml", 2, 1), Code.MISSING_KEY, "m"),
    ]
    assert in_order([*problems, *problems]) == problems[::-1]


def test_a_path_is_shown_as_it_would_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert shown_path(str(below / "data" / "a.yaml")) == "data/a.yaml"
    assert shown_path(str(tmp_path / "a.yaml")) == str(tmp_path / "a.yaml")
    assert shown_path("data/a.yaml") == "data/a.yaml"


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("databse", ["database", "licence"], 'did you mean "database"?'),
        ("Database", ["database"], 'did you mean "database"?'),
        ("xyz", ["b", "a"], "expected one of: a, b"),
        ("xyz", [], "there are none yet"),
        (
            "xyz",
            [f"{number:02}" for number in range(13)],
            "expected one of: 00, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, …",
        ),
    ],
)
def test_the_nearest_known_name(word: str, known: list[str], expected: str) -> None:
    assert nearest(word, known) == expected


@pytest.mark.parametrize(("length", "number"), [(10, 20_000), (20, 900), (81, 900), (5_000, 3)])
def test_a_hint_compares_few_letters(length: int, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of the same letters, none of which is near."""
    names = [(f"a{one:05}" + "xy" * length)[:length] for one in range(number)]
    counts: list[int] = []

    def count(word: str, known: list[str], **_: object) -> list[str]:
        counts.append(sum(len(word) * len(name) for name in known))
        return []

    monkeypatch.setattr(problems_module, "get_close_matches", count)
    nearest("a" + "yx" * (length // 2), names)
    assert len(counts) == 1
    assert counts[0] <= 2 * MOST_PAIRS


def test_the_case_of_a_known_name_does_not_matter() -> None:
    assert nearest("Apache-2.O", ["Apache-1.1", "Apache-2.0", "MIT"]) == 'did you mean "Apache-2.0"?'
    assert nearest("BSD-3-Clasue", ["AGPL-3.0", "BSD-3-Clause", "Proprietary"]) == 'did you mean "BSD-3-Clause"?'


def test_of_many_names_those_that_begin_alike_come_first() -> None:
    names = [f"a{number}" for number in range(20)] + ["rabbitmq-documentation"]
    assert nearest("rabbitmq-docs", names).startswith("expected one of: rabbitmq-documentation, a0, ")


def test_the_nearest_of_many_names() -> None:
    names = [f"{letter}{one:03}-database" for letter in "abcdefgh" for one in range(500)]
    assert nearest("d123-databse", names) == 'did you mean "d123-database"?'
    long = "postgresql-international-availability-zones-limits"
    assert nearest(long.replace("tional", "tinal"), [long]) == f'did you mean "{long}"?'


def test_an_unknown_name() -> None:
    problem = unknown(Place("a.yaml"), Code.UNKNOWN_SOURCE, "hom", "a source", ["home"])
    assert problem.text == '[unknown-source] "hom" is not a source; did you mean "home"?'
