"""What one table says: conditions, lists, names and ids that stand in other columns or rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from conftest import write_files
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.loader import load

from .conftest import Run


def imported(project: Path, run: Run, rows: list[dict[str, str]], mapping: str) -> tuple[Result, Catalogue]:
    """The result of an import with technologies as rows, and the records after it."""
    head = "shape: technologies-as-rows\ntechnology: name\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": head + mapping})
    return run("import", "t.json", "--map", "m.yaml"), load(project / "data").catalogue


def test_of_two_values_under_one_condition_the_first_is_kept(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": way, "on": on} for way, on in (("a", "x"), ("b", "y"), ("c", "x"), ("b", "y"))]
    result, found = imported(project, run, rows, "when: on\ncreate: [criteria]\n")
    assert [(one.when, one.value) for one in found.technologies["alpha"].facts["way"].statements] == [
        ("x", "a"),
        ("y", "b"),
    ]
    assert result.stderr == 't.json: entry 3: alpha/way is "a" x already, and "c" here is left out\n'


def test_several_rows_are_one_list(project: Path, run: Run) -> None:
    rows = [
        *({"name": "Alpha", "Way": way, "on": ""} for way in ("a", "b, A", "c")),
        *({"name": "Beta", "Way": way, "on": "x"} for way in ("a", "b")),
        {"name": "Gamma", "Way": "a, b, A"},
    ]
    result, found = imported(project, run, rows, "when: on\ncriteria: {Way: {type: list}}\ncreate: [criteria]\n")
    assert result.stderr == ""
    facts = {id_: found.technologies[id_].facts["way"] for id_ in ("alpha", "beta", "gamma")}
    assert [facts["alpha"].value, facts["beta"].statements[0].value, facts["gamma"].value] == [
        "a, b, c",
        "a, b",
        "a, b",
    ]


def test_technologies_as_values_may_come_later_by_their_ids(project: Path, run: Run) -> None:
    rows = [{"name": "u:1", "From": "u:2", "title": "One"}, {"name": "u:2", "From": "u:1", "title": "Two"}]
    mapping = "about: {name: title}\nkind: tool\ntechnologies: {'u:1': one, 'u:2': two}\ncriteria: {From: {type: technologies}}\ncreate: [technologies, criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert (result.stderr, found.technologies["one"].facts["from"].value) == ("", "two")


def test_values_under_conditions_are_those_of_a_new_enumeration(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "By hand", "on": "x"}, {"name": "Beta", "Way": "By wire", "on": ""}]
    result, found = imported(project, run, rows, "when: on\ncriteria: {Way: {type: one-of}}\ncreate: [criteria]\n")
    assert result.stderr == ""
    assert [*found.criteria["way"].values] == ["by-hand", "by-wire"]


def test_a_column_of_sources_may_be_a_criterion(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "a", "Link": "https://example.org/a"}]
    mapping = "sources: Link\ncriteria: {Link: image}\ncreate: [criteria, sources]\n"
    _result, found = imported(project, run, rows, mapping)
    facts = found.technologies["alpha"].facts
    assert facts["image"].value == "https://example.org/a"
    assert [found.sources[id_].url for id_ in facts["way"].sources] == ["https://example.org/a"]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("when: om\n", '"om" in "when" is not in t.json; expected one of: Way, name, on; nothing was written'),
        ("when: 'on {om}'\n", '"om" in "when" is not in t.json; expected one of: Way, name, on; nothing was written'),
        (
            "criteria: {Way: {when: 'at {om}'}}\n",
            '"om" in "when" is not in t.json; expected one of: Way, name, on; nothing was written',
        ),
    ],
)
def test_a_condition_without_its_column_writes_nothing(project: Path, run: Run, mapping: str, words: str) -> None:
    before = load(project / "data").catalogue
    result, found = imported(project, run, [{"name": "Alpha", "Way": "a", "on": "x"}], f"{mapping}create: [criteria]\n")
    assert (result.exit_code, result.stderr) == (1, f"Error: {words}\n")
    assert found.technologies == before.technologies


def test_conditions_of_several_columns(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "a", "on": "x", "in": "y"}, {"name": "Beta", "Way": "a", "on": "x", "in": ""}]
    mapping = "when: 'on {on}, in {in}'\ncriteria: {Way: {}, Size: {when: 'at {on}'}}\ncreate: [criteria]\n"
    result, found = imported(project, run, [{**one, "Size": "5"} for one in rows], mapping)
    facts = found.technologies["alpha"].facts
    assert [facts[id_].statements[0].when for id_ in ("way", "size")] == ["on x, in y", "at x"]
    assert result.stderr == 't.json: entry 2: "Way" of "Beta" is left out: its condition has no "in"\n'


def test_a_kind_is_what_empty_cells_have_and_a_column_may_have_the_ids(project: Path, run: Run) -> None:
    rows = [
        {"name": name, "Way": "a", "kind": kind, "id": id_}
        for name, kind, id_ in (("One", "tool", "first"), ("Two", "", ""))
    ]
    mapping = "kind_column: kind\nkind: thing\nid_column: id\ncreate: [technologies, criteria]\n"
    _result, found = imported(project, run, rows, mapping)
    assert [(id_, found.technologies[id_].kind) for id_ in ("first", "two")] == [("first", "tool"), ("two", "thing")]


def test_keys_that_are_absent_may_mean_something(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "a"}, {"name": "Beta"}]
    _result, found = imported(project, run, rows, "criteria: {Way: {cells: {'': none}}}\ncreate: [criteria]\n")
    assert [found.technologies[id_].facts["way"].value for id_ in ("alpha", "beta")] == ["a", "none"]


def test_what_a_star_stands_for(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "✅ since 2.0"}]
    values = "values: {'✅ since *': {value: yes, since: '{*}'}}\n"
    _result, found = imported(project, run, rows, values + "create: [criteria]\n")
    fact = found.technologies["alpha"].facts["way"]
    assert (fact.value, fact.since) == ("yes", "2.0")
