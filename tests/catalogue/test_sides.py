"""Comparisons that choose their sides by a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.catalogue.views import Selection
from sphinx_versus.directives.base import MOST_NAMES

Make = Callable[[Mapping[str, str]], Loaded]

CRITERIA = """
    open: {name: Open, definition: D, type: yes-no}
    memory: {name: Memory, definition: D, type: number, unit: MB}
    protocols: {name: Protocols, definition: D, type: list}
    """
FACTS = {
    "a": "{open: {value: yes}, memory: {value: 5}, protocols: {value: 'x, y'}}",
    "b": "{open: {value: yes}, memory: {value: 2 GB}, protocols: {value: 'Y, x, z'}}",
    "c": "{open: {value: no}, memory: {value: unlimited}, protocols: {value: z}}",
    "d": "{open: {note: Nothing was found.}, memory: {value: 3-4}}",
}
FILES = {
    "criteria.yaml": CRITERIA,
    **{f"technologies/{id_}.yaml": f"name: {id_.upper()}\nkind: k\nfacts: {facts}\n" for id_, facts in FACTS.items()},
}
FILES["technologies/a.yaml"] += "status: discontinued\n"


def comparison(sides: str, more: str = "") -> str:
    rows = "criteria: [{group: G, rows: [open, memory]}]"
    return f"{sides}\n{more}\nrelation: alternatives\nsummary: S\n{rows}\nreviewed: 2026-11-01\n"


def loaded(catalogue: Make, sides: str) -> Loaded:
    return catalogue({**FILES, "comparisons/it.yaml": comparison(f"sides: {sides}")})


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        ("{kind: k}", "bcd a"),
        ("{kind: k, status: active}", "bcd"),
        ("{kind: k, where: {open: yes}}", "ba"),
        ("{kind: k, where: {open: [yes, no]}}", "bc a"),
        ("{kind: k, where: {memory: ≥ 5}}", "bc a"),
        ("{kind: k, where: {memory: 3 to 5}}", "da"),
        ("{kind: k, where: {protocols: 'X'}}", "ba"),
        ("{kind: k, where: {protocols: 'z'}, status: active}", "bc"),
    ],
)
def test_a_question_finds_sides(catalogue: Make, sides: str, found: str) -> None:
    small, problems = loaded(catalogue, sides)
    assert problems == []
    found, _, apart = found.partition(" ")
    assert "".join(small.comparisons["it"].technologies) == found
    assert query.name(small, "comparison", "it") == "K"
    table = query.comparison_table(small, "it")
    assert table
    assert "".join(side.id for side in table.sides) == found
    status = query.status(small, "it")
    assert status
    assert "".join(side.id for side in status.discontinued) == apart


@pytest.mark.parametrize(
    ("sides", "code"),
    [
        ("{kind: l}", "unknown-kind"),
        ("{kind: k, where: {opne: yes}}", "unknown-criterion"),
        ("{kind: k, where: {open: maybe}}", "invalid-value"),
        ("{kind: k, where: {memory: '> 2 GB'}, status: discontinued}", "invalid-value"),
        ("{kind: k, where: {open: no}}", "invalid-value"),
        ("{kind: k, were: {open: no}}", "unknown-key"),
        ("{where: {open: no}}", "missing-key"),
        ("{kind: k}\ntechnologies: [a, b]", "invalid-value"),
        ("", "missing-key"),
    ],
)
def test_a_question_that_finds_none_is_one_message(catalogue: Make, sides: str, code: str) -> None:
    small, problems = loaded(catalogue, sides)
    assert [problem.code.value for problem in problems] == [code]
    assert ("it" in small.comparisons) is (code == "unknown-key")


def test_too_many_cells_are_found_when_the_sides_are(catalogue: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.catalogue.model.MAX_CELLS", 5)
    small, problems = loaded(catalogue, "{kind: k}")
    assert [problem.code.value for problem in problems] == ["too-large"]
    assert not small.comparisons


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("title: One", "title: Two", ""),
        ("title: One", "", ""),
        ("title: One", "title: one", "duplicate-comparison"),
        ("", "", "duplicate-comparison"),
        ("title: B vs C", "", "duplicate-title"),
    ],
)
def test_the_same_technologies_are_compared_again_under_another_title(
    catalogue: Make, first: str, second: str, codes: str
) -> None:
    sides = "technologies: [b, c]"
    files = {"comparisons/a1.yaml": comparison(sides, first), "comparisons/a2.yaml": comparison(sides, second)}
    assert [problem.code.value for problem in catalogue({**FILES, **files}).problems] == codes.split()


def test_a_word_that_stands_twice_in_a_list_is_reported(catalogue: Make) -> None:
    facts = FILES["technologies/b.yaml"].replace("'Y, x, z'", "'Y, x, y, z, X'")
    _small, problems = catalogue({**FILES, "technologies/b.yaml": facts})
    assert [problem.message for problem in problems] == [
        '"X" stands twice in this list',
        '"y" stands twice in this list',
    ]


def test_acronyms_in_kinds_keep_their_case(catalogue: Make) -> None:
    files = {path: text.replace("kind: k", "kind: SQL-database") for path, text in FILES.items()}
    small, problems = catalogue({**files, "comparisons/it.yaml": comparison("sides: {kind: SQL-database}")})
    assert problems == []
    assert query.name(small, "comparison", "it") == "SQL database"
    assert query.name(small, "kind", "SQL-database") == "SQL database side by side"


def test_kinds_that_differ_by_capitals_alone_are_reported(catalogue: Make) -> None:
    files = {path: text.replace("kind: k", "kind: GPU") for path, text in FILES.items()}
    files["technologies/c.yaml"] = files["technologies/c.yaml"].replace("GPU", "gpu")
    _small, problems = catalogue(files)
    assert [str(problem).rpartition("data/")[2] for problem in problems] == [
        'technologies/c.yaml:2:7: [unknown-kind] "gpu" is not a kind of other technologies; did you mean "GPU"?'
    ]


def test_a_slip_in_the_kind_of_one_technology_is_reported(catalogue: Make) -> None:
    """Not one in a word of its own, or where as many technologies have the one as the other."""
    kinds = {"a": "sql-database", "b": "sql-database", "c": "sql-databse", "d": "nosql-database"}
    files = {
        f"technologies/{id_}.yaml": FILES[f"technologies/{id_}.yaml"].replace("kind: k", f"kind: {kind}")
        for id_, kind in kinds.items()
    }
    _small, problems = catalogue({**FILES, **files})
    assert [str(problem).rpartition("data/")[2] for problem in problems] == [
        'technologies/c.yaml:2:7: [unknown-kind] "sql-databse" is not a kind of other technologies; did you mean "sql-database"?'
    ]


WHERE = f"""{CRITERIA}
    shares: {{name: Shares, definition: D, type: yes-no, where: {{open: yes}}}}
    peers: {{name: Peers, definition: D, type: number, where: {{memory: [3-4, ≥ 1 GB]}}}}
    """


def test_a_criterion_applies_by_other_facts(catalogue: Make) -> None:
    """Of a technology whose facts say that it does not, it is not applicable; where they say nothing, it is not assessed."""
    small, problems = catalogue({**FILES, "criteria.yaml": WHERE})
    assert problems == []
    table = query.technologies_table(small, ("a", "b", "c", "d"), Selection(criteria=("shares", "peers")))
    assert [[cell.state.value for cell in row.cells] for row in table.rows] == [
        ["not-assessed", "not-assessed", "not-applicable", "not-assessed"],
        ["not-applicable", "not-assessed", "not-assessed", "not-assessed"],
    ]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("opne: yes", ['[unknown-criterion] "opne" is not a criterion; did you mean "open"?']),
        ("open: [yes, maybe]", ['[invalid-value] "maybe" is not a value of "open"; expected one of: no, partial, yes']),
        ("open: no", []),
        (
            "open: yes",
            ['[not-applicable] "shares" does not apply to C, by its other facts; it applies where open: yes'],
        ),
    ],
)
def test_what_a_criterion_applies_to_is_checked(catalogue: Make, where: str, expected: list[str]) -> None:
    files = {**FILES, "criteria.yaml": WHERE.replace("open: yes}}", f"{where}}}}}")}
    files["technologies/c.yaml"] = files["technologies/c.yaml"].replace("{open:", "{shares: {value: yes}, open:")
    assert [one.text for one in catalogue(files).problems] == expected


def test_a_kind_has_one_table_of_all_up_to_a_number(catalogue: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a directive takes."""
    assert query.MOST_ROWS <= MOST_NAMES
    monkeypatch.setattr(query, "MOST_ROWS", 8)
    files = {"criteria.yaml": "c: {name: C, definition: D}"}
    for kind, count in (("few", 6), ("some", 7), ("many", 9)):
        for number in range(count):
            record = f"name: {kind} {number}\nkind: {kind}\nfacts: {{c: {{value: x}}}}"
            files[f"technologies/{kind}-{number}.yaml"] = record
    assert [*query.large_kinds(catalogue(files).catalogue)] == ["some"]
