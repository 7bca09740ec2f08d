"""Many records are loaded with work that grows with their number, and no faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from looping import calls
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.catalogue.model import Criterion
from sphinx_versus.catalogue.values import Meaning, meaning_of
from sphinx_versus.components import criterion_list

FACT = """
  c{row}:
    value: Value {row}
    note: >-
      A note over two lines,
      with `code` in it.
    as_of: 2026-04
"""


def records(number: int) -> dict[str, str]:
    """A ring of technologies, each compared with the next."""
    files = {"criteria.yaml": "".join(f"c{row}: {{name: Row {row}, definition: What?}}\n" for row in range(10))}
    facts = "".join(FACT.format(row=row) for row in range(10))
    rows = ", ".join(f"c{row}" for row in range(10))
    for one in range(number):
        other = (one + 1) % number
        files[f"technologies/t{one}.yaml"] = f"name: T{one}\nkind: k{one % 9}\nsummary: S\nfacts:{facts}"
        files[f"comparisons/t{one}-vs-t{other}.yaml"] = (
            f"technologies: [t{one}, t{other}]\nrelation: layers\nsummary: S\nreviewed: 2026-11-22\n"
            f"criteria: [{{group: G, rows: [{rows}]}}]\n"
        )
    return files


def test_work_grows_with_the_number_of_records(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    def work(number: int) -> Callable[[], None]:
        files = records(number)

        def load_and_ask() -> None:
            loaded, problems = catalogue(files)
            assert problems == []
            for id_ in loaded.comparisons:
                assert len(query.related(loaded, id_)) == 6
                assert query.comparison_table(loaded, id_)

        return load_and_ask

    calls(work(50))  # what is done once
    few, many = calls(work(50)), calls(work(100))
    assert many / few < 2.05


CONFLICTS = "<<<<<<<\n"
CHAINS = "r{0}: {{name: Row {0}, definition: What?, parent: r{1}}}\n"


@pytest.mark.parametrize("form", ["conflicts", "parents"])
def test_work_grows_with_one_file(catalogue: Callable[[Mapping[str, str]], Loaded], form: str) -> None:
    """A conflict that Git left without its end, and criteria each of which is a part of the next."""

    def work(number: int) -> Callable[[], None]:
        lines = (
            CONFLICTS * number if form == "conflicts" else "".join(CHAINS.format(at, at + 1) for at in range(number))
        )
        return lambda: None if catalogue({"criteria.yaml": lines}).problems else pytest.fail("nothing is wrong")

    calls(work(50))
    few, many = calls(work(400)), calls(work(800))
    assert many / few < 2.1


def test_roles_without_a_slash_look_at_no_fact(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    files = records(30)
    base = calls(lambda: catalogue(files))
    roles = " ".join(f"{{fact}}`x{number}` {{fact}}`x.{number}`" for number in range(50))
    own = f"misconceptions: {{m: {{claim: C, correction: '{roles}'}}}}\n"
    assert calls(lambda: catalogue({**files, "technologies/t0.yaml": files["technologies/t0.yaml"] + own})) < 2 * base


def test_lost_addresses_are_compared_with_few_pages(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    files = records(300)
    base = calls(lambda: catalogue(files))
    lost = ", ".join(f"oosvcevrrtaglld{number}-vs-regedaorgaseesi" for number in range(100))
    assert calls(lambda: catalogue({**files, "published.yaml": f"comparisons: [{lost}]\n"})) < 3 * base


def test_kinds_of_a_criterion_are_not_multiplied_with_criteria(
    catalogue: Callable[[Mapping[str, str]], Loaded],
) -> None:
    kinds = ", ".join(f"k{number}" for number in range(900))
    few, many = (
        calls(
            lambda number=number: catalogue(  # type: ignore[misc]
                {
                    "criteria.yaml": f"a: {{name: A, definition: D, kinds: [{kinds}]}}\n"
                    + "".join(f"c{one}: {{name: N{one}, definition: D}}\n" for one in range(number))
                }
            )
        )
        for number in (10, 1_000)
    )
    assert many - few < 1_000 * 900


def test_scores_are_looked_up_on_their_scale(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    def work(steps: int, asked: int) -> int:
        scale = ", ".join(f"{step}: step {step}" for step in range(steps))
        needs = "".join(f"a{one}: {{name: N{one}, definition: D, where: {{s: [0, 1, 2]}}}}\n" for one in range(asked))
        text = f"s: {{name: S, definition: D, type: score, scale: {{{scale}}}}}\n{needs}"
        return calls(lambda: catalogue({"criteria.yaml": text}))

    work(10, 10)
    few, many = (work(steps, 100) - work(steps, 50) for steps in (10, 500))
    assert many < 1.1 * few


def test_lists_of_the_groups_grow_with_their_number(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    """The page of all criteria has a list in each of its sections."""

    def work(number: int) -> int:
        text = "".join(f"a{one}: {{name: N{one}, definition: D, group: G{one}}}\n" for one in range(number))
        ask = catalogue({"criteria.yaml": text}).catalogue.ask
        return calls(lambda: [criterion_list.view(ask, group) for group in ask(query.criteria)])

    _, few, some, many = map(work, (50, 100, 200, 400))
    assert many - some < 2.1 * (some - few)


def test_synonyms_are_few(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    """They are one paragraph: of signs that no font has, a typesetter takes a minute for 500."""
    text = "name: A\nkind: k\nsummary: S\nsynonyms:\n" + "".join(f"- s{number}\n" for number in range(101))
    found = catalogue({"technologies/a.yaml": text})
    assert [one.text for one in found.problems] == ['[too-large] "synonyms" has 101 entries; expected at most 100']
    assert found.catalogue.technologies["a"].synonyms == ()


def test_work_grows_with_the_number_of_wrong_entries(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    """Of published ids that have no page, among many that are none: each asks whether something was left out around it."""

    def work(number: int) -> Callable[[], None]:
        wrong = ",".join(["A"] * number)
        text = f"technologies: [{','.join(f't{one}' for one in range(number))},{wrong}]\ncomparisons: [{wrong}]\n"

        def load_them() -> None:
            assert catalogue({"published.yaml": text}).problems

        return load_them

    calls(work(100))
    few, many = calls(work(400)), calls(work(800))
    assert many / few < 2.3


TECHNOLOGY = "name: T{0}\nkind: k\nsummary: S\n"
MANY_ALIKE: Mapping[str, Callable[[int], dict[str, str]]] = {
    "criteria of one name for other kinds": lambda number: {
        "criteria.yaml": "".join(f"a{one}: {{name: a, kinds: [k{one}]}}\n" for one in range(number))
    },
    "criteria without anything": lambda number: {"criteria.yaml": "".join(f"a{one}:\n" for one in range(number))},
    "kinds of their own": lambda number: {
        f"technologies/t{one}.yaml": TECHNOLOGY.format(one).replace("kind: k", f"kind: kind-{one}")
        for one in range(number)
    },
    "misconceptions of one id": lambda number: {
        f"technologies/t{one}.yaml": f"{TECHNOLOGY.format(one)}misconceptions: {{a: {{claim: C{one}, correction: D}}}}\n"
        for one in range(number)
    },
}


@pytest.mark.parametrize("shape", MANY_ALIKE)
def test_many_that_are_alike_are_not_held_against_each_other(
    catalogue: Callable[[Mapping[str, str]], Loaded], monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    """Catalogues of a megabyte took hours."""
    monkeypatch.setattr("sphinx_versus.catalogue.record_rules._MOST_KINDS", 10)
    _, few, some, many = (calls(partial(catalogue, MANY_ALIKE[shape](number))) for number in (50, 100, 200, 400))
    assert many - some < 2.1 * (some - few)


def test_a_value_is_read_once_however_many_ask_for_it(
    catalogue: Callable[[Mapping[str, str]], Loaded], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(criterion: Criterion, value: str) -> Meaning:
        read.append(value)
        return meaning_of(criterion, value)

    monkeypatch.setattr("sphinx_versus.catalogue.sides.meaning_of", noted)
    files = {"criteria.yaml": "size: {name: Size, definition: D, type: number}\n"}
    for one in range(20):
        files[f"technologies/t{one}.yaml"] = TECHNOLOGY.format(one) + f"facts: {{size: {{value: 1.{one % 4}}}}}\n"
        files[f"comparisons/c{one}.yaml"] = (
            f"title: C{one}\nsides: {{kind: k, where: {{size: [≥ 1, ≤ {one}]}}}}\nrelation: alternatives\nsummary: S\n"
            "criteria: [{group: G, rows: [size]}]\nreviewed: 2026-11-01\n"
        )
    loaded = catalogue(files).catalogue
    assert len(loaded.comparisons["c0"].technologies) == 20
    assert len(read) == len({*read}) == 4 + 1 + 20
