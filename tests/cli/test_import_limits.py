"""Tables and mappings that nobody has checked: none takes minutes, and none ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import write_files
from sphinx_versus.catalogue.loader import load
from sphinx_versus.cli.mapping import MOST_COLUMNS
from sphinx_versus.cli.mapping_file import MOST_PATTERNS

from .conftest import Run

ROWS = "shape: technologies-as-rows\n"
NOTHING = "- {}\n"
MANY = MOST_COLUMNS + 1
LAUGHS = "technologies:\n  a: &a [x, x]\n" + "".join(
    f"  {one}: &{one} [*{before}, *{before}]\n" for before, one in ("ab", "bc")
)


@pytest.mark.parametrize(
    ("name", "table", "mapping", "words"),
    [
        ("t.csv", "technology,size\na,1\n", ROWS + LAUGHS, 'm.yaml:4:10: [yaml-syntax] an alias; a text that starts with "*" needs'),
        ("t.csv", "technology,size\na,1\n", "&a [*a]\n", "m.yaml:1:5: [yaml-syntax] an alias; "),
        ("t.csv", "technology,size\na,1\n", "? [a]\n: b\n", "m.yaml:1:3: [yaml-syntax] a key that is no text"),
        ("t.csv", ",".join(f"c{at}" for at in range(MANY)) + "\na\n", ROWS, "t.csv has 1 row with 5001 columns; expected at most 5,000 columns and"),
        ("t.csv", ",".join(f"c{at}" for at in range(2_000)) + "\na" * 1_000, ROWS, "t.csv cannot be read: it has over 500,000 cells"),
        ("t.json", json.dumps([{f"c{at}": 1} for at in range(800)]), ROWS, "t.json has 800 rows with 800 columns; expected at most"),
        ("t.csv", "technology,size\na,1\n", ROWS + "ignore:\n" + "".join(f"- x{at}*\n" for at in range(MOST_PATTERNS + 1)), "m.yaml: it has 201 patterns with *; expected at most 200"),
        ("t.csv", "technology,size\na,1\n", ROWS + "criteria:\n" + "".join(f"  x{at}: y{at}\n" for at in range(MANY)), "m.yaml: it has 5,001 criteria; expected at most 5,000"),
        ("t.csv", "technology,size\na,1\n", ROWS + 'values: {"*": "' + "{} " * 101 + '"}\n', "m.yaml:2:15: [yaml-syntax] a text with 101 braces; expected at most 100"),
        ("t.csv", "technology,size\na,1\n", ROWS + "note: " + "x" * 10_001, "m.yaml:2:7: [yaml-syntax] a text with 10,001 characters; expected at most 10,000"),
        ("t.csv", "technology,size,A\na,1," + "y" * 20_000, ROWS + "note: " + "'" + "{A}" * 100 + "'", '"{A}{A}{A}'),
        ("t.csv", "technology,size,A\n" + "a,1,2\n" * 4_000, ROWS + "values: {'1': {note: " + "x" * 10_000 + "}}", "t.csv:3201: the mapping makes too much of this table; expected facts of at most 32,000,000"),
        ("t.json", "[]", ROWS, "t.json has no rows"),
        ("t.json", "[{}]", ROWS, "t.json has no rows"),
        ("t.md", "|technology|size|\n|---|---|\n", ROWS, "t.md has no rows"),
        ("t.json", '[{"technology": "a", "\\ud800": "y"}, {"technology": "b"}]', ROWS, "t.json has the character U+D800, which no record may have, in the name of"),
    ],
)  # fmt: skip
def test_what_is_too_much_is_one_line(project: Path, run: Run, name: str, table: str, mapping: str, words: str) -> None:
    write_files(project, {name: table, "m.yaml": mapping})
    result = run("import", name, "--map", "m.yaml")
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith(f"Error: {words}")
    assert result.stderr.count("\n") == 1


def test_what_stands_for_a_cell_is_put_in_once(project: Path, run: Run) -> None:
    """A cell that looks like it is a cell."""
    write_files(
        project,
        {
            "t.csv": "technology,way\nalpha,a {} {*}\n",
            "m.yaml": ROWS + "values: {'a *': {value: yes, note: '{*}; {}'}}\ncreate: [criteria]\n",
        },
    )
    assert run("import", "t.csv", "--map", "m.yaml").exit_code == 0
    assert load(project / "data").catalogue.technologies["alpha"].facts["way"].note.text == r"{} {*}; a {} {*}"


@pytest.mark.parametrize(("key", "value"), [("times", "0"), ("times", "1e999999"), ("times", "NaN"), ("digits", "31")])
def test_a_factor_is_a_usual_number(project: Path, run: Run, key: str, value: str) -> None:
    write_files(
        project,
        {"t.csv": "technology,size\nalpha,5\n", "m.yaml": ROWS + f"criteria: {{size: {{{key}: {value}}}}}\n"},
    )
    expected = {"times": "a number up to 1e100, and not 0", "digits": "a number up to 30"}[key]
    message = f'Error: m.yaml:2:{21 + len(key)}: "{value}" is not a value of "{key}"; expected {expected}\n'
    assert run("import", "t.csv", "--map", "m.yaml").stderr == message


@pytest.mark.parametrize("name", ["t.csv", "t.json"])
def test_a_long_text_with_a_control_character_costs_itself(project: Path, run: Run, name: str) -> None:
    words = "bad \x07 " + "word " * 40
    table = f"technology,way\nalpha,fine\nbeta,{words}\n"
    if name == "t.json":
        table = json.dumps([{"technology": "alpha", "way": "fine"}, {"technology": "beta", "way": words}])
    write_files(project, {name: table, "m.yaml": ROWS + "create: [criteria]\n"})
    result = run("import", name, "--map", "m.yaml")
    assert "[invalid-character]" in result.stderr
    assert result.stderr.startswith({"t.csv": "t.csv:3: beta, way", "t.json": "t.json: entry 2: beta, way"}[name])
    facts = {id_: one.facts.keys() for id_, one in load(project / "data").catalogue.technologies.items()}
    assert ("way" in facts["alpha"], "way" in facts["beta"]) == (True, False)


def test_a_record_that_is_no_yaml_is_not_changed_however_much_else_is_wrong_with_it(project: Path, run: Run) -> None:
    """Its problems are cut, and the one that hinders is behind the cut."""
    path = project / "data/technologies/alpha.yaml"
    odd = "".join(f"x{at}: 1\n" for at in range(230))
    path.write_text(path.read_text("utf-8") + odd + "k0: &a0 [x]\nk1: [*a0]\n", encoding="utf-8")
    before = path.read_text("utf-8")
    for arguments in (
        ("set", "alpha", "value", "GPL", "--criterion", "licence"),
        ("rename", "criterion", "licence", "lic"),
    ):
        result = run(*arguments)
        assert "anchors and aliases are not used in records" in result.stderr
        assert path.read_text("utf-8") == before


def test_long_names_of_columns_are_refused(project: Path, run: Run) -> None:
    """An object repeats the names around it before each of its own."""
    write_files(project, {"t.json": json.dumps([{"a" * 900: {"b" * 200: 1}}]), "m.yaml": ROWS})
    result = run("import", "t.json", "--map", "m.yaml")
    assert result.stderr.startswith('Error: t.json cannot be read: the name "aaaaa')
    assert result.stderr.endswith("has over 1,000 characters\n")


def test_ids_that_collide_are_numbered(project: Path, run: Run) -> None:
    rows = [{"technology": "alpha", "Way": one} for one in "\u4e2d\u6587\u5b57"]
    rows = [
        {"technology": f"p{at}", "Way": row["Way"], "from": f"https://a.example/{row['Way']}"}
        for at, row in enumerate(rows)
    ]
    mapping = f"{ROWS}kind: tool\ncriteria: {{Way: {{type: one-of, sources: from}}}}\ncreate: [technologies, criteria, sources]\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    assert run("import", "t.json", "--map", "m.yaml").stderr == ""
    found = load(project / "data").catalogue
    assert [*found.criteria["way"].values] == ["value", "value-2", "value-3"]
    assert [id_ for id_ in found.sources if id_.startswith("a-example")] == ["a-example", "a-example-2", "a-example-3"]


def test_a_number_that_becomes_long_has_an_exponent(project: Path, run: Run) -> None:
    mapping = ROWS + "criteria: {size: {times: 1e40}, E: {id: size, when: once, times: 1e-50}}\n"
    write_files(project, {"t.csv": "technology,size,E\nalpha,2,3 (about)\n", "m.yaml": mapping})
    assert run("import", "t.csv", "--map", "m.yaml").stderr == ""
    size = load(project / "data").catalogue.technologies["alpha"].facts["size"]
    assert (size.value, size.statements[0].value) == ("2e40", "3e-50 (about)")


def test_a_row_without_a_name_is_nothing(project: Path, run: Run) -> None:
    mapping = ROWS + "technologies: {'': '../../evil'}\n"
    write_files(project, {"t.csv": "technology,size\n,1\nalpha,2\n", "m.yaml": mapping})
    assert run("import", "t.csv", "--map", "m.yaml").stdout.splitlines()[-1].startswith("1 fact added")


def test_the_href_of_a_link_is_its_address(project: Path, run: Run) -> None:
    cell = '<a class="x" data-href="no" title=a href="https://b.example/x" rel=y>B</a>'
    rows = [{"technology": "alpha", "size": "1", "from": cell}]
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": ROWS + "sources: from\ncreate: [sources]\n"})
    assert run("import", "t.json", "--map", "m.yaml").stderr == ""
    found = load(project / "data").catalogue
    (source,) = found.technologies["alpha"].facts["size"].sources
    assert (found.sources[source].url, found.sources[source].title) == ("https://b.example/x", "B")


@pytest.mark.parametrize("hidden", ["[&a [x, x], &b [*a, *a]]", "[" * 900 + "]" * 900])
def test_what_a_merge_conflict_hides_is_not_composed(project: Path, run: Run, hidden: str) -> None:
    """Nobody has judged what stands between its signs."""
    text = f'{{\nname: Gamma, kind: letter, summary: x.,\n======= : z,\nbomb: {hidden},\nkk: "k\n>>>>>>> q"}}\n'
    write_files(project, {"data/technologies/gamma.yaml": text})
    for command in (("rename", "technology", "alpha", "alpha2"), ("set", "gamma", "as_of", "2026-11")):
        result = run(*command)
        assert isinstance(result.exception, SystemExit)
        assert "merge-conflict" in result.stderr, command
        assert result.stderr.count("\n") == 1
