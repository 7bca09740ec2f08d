"""What one table says: conditions, lists, names and ids that stand in other columns or rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from conftest import write_files
from looping import calls
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.loader import load
from sphinx_versus.catalogue.markdown import plain_text
from sphinx_versus.cli.cell_texts import as_markdown
from sphinx_versus.cli.editing import Changes
from sphinx_versus.problems import Code

from .conftest import Run

MAPPING_HEAD = "shape: technologies-as-rows\ntechnology: name\n"


def imported(project: Path, run: Run, rows: list[dict[str, str]], mapping: str) -> tuple[Result, Catalogue]:
    """The result of an import with technologies as rows, and the records after it."""
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": MAPPING_HEAD + mapping})
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
    words = 'an entry stands in "way" twice; a list has it once, a text as often'
    assert (result.exit_code, result.stderr) == (0, f"t.json: entry 6: {words}\n")
    facts = {id_: found.technologies[id_].facts["way"] for id_ in ("alpha", "beta", "gamma")}
    assert [facts["alpha"].value, facts["beta"].statements[0].value, facts["gamma"].value] == [
        "a, b, c",
        "a, b",
        "a, b",
    ]


def test_rows_of_one_list_keep_their_notes_and_sources(project: Path, run: Run) -> None:
    """Of all but the first they were lost without a word."""
    shared = {"name": "Alpha", "on": "", "url": "https://a.example/"}
    rows = [
        {**shared, "Way": "a", "note": "A: one."},
        {**shared, "Way": "b", "note": "B: two", "url": "https://b.example/"},
        {**shared, "Way": "c", "note": "A: one."},
        {**shared, "Way": "d", "note": "D"},
        *({**shared, "Way": way, "on": "x", "note": note} for way, note in (("a", "First"), ("b", "Second."))),
    ]
    mapping = "when: on\nnote: note\nsources: url\ncriteria: {Way: {type: list}}\ncreate: [criteria, sources]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    fact = found.technologies["alpha"].facts["way"]
    assert (fact.value, str(fact.note)) == ("a, b, c, d", "A: one. B: two; D")
    assert [found.sources[id_].url for id_ in fact.sources] == ["https://a.example/", "https://b.example/"]
    (under,) = fact.statements
    assert (under.value, str(under.note), len(under.sources)) == ("a, b", "First; Second.", 1)


def test_thousands_of_rows_of_one_list_are_put_together_once(project: Path, run: Run) -> None:
    def count(rows: int) -> int:
        table = [{"name": "Alpha", "Way": f"w{number}"} for number in range(rows)]
        mapping = "criteria: {Way: {type: list}}\ncreate: [criteria]\n"
        write_files(project, {"t.json": json.dumps(table), "m.yaml": MAPPING_HEAD + mapping})
        return calls(lambda: run("import", "t.json", "--map", "m.yaml", "--dry-run"))

    # The longest list stays under the 2,000 characters of a value, where a message would be work of its own.
    _, few, some, many = map(count, (10, 75, 150, 300))
    assert many - some < 2.5 * (some - few)


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


def test_the_title_of_a_source_is_that_of_its_own_column(project: Path, run: Run) -> None:
    rows = [
        {
            "name": "Alpha",
            "A": "1",
            "B": "2",
            "by": "https://example.org/1",
            "title": "One",
            "of b": "https://example.org/2",
            "b title": "Two",
        }
    ]
    mapping = (
        "sources: by\nabout_sources: {title: title}\ncriteria: {B: {sources: of b, about_sources: {title: b title}}, C: {sources: of b}}\n"
        "create: [criteria, sources]\n"
    )
    result, found = imported(project, run, rows, mapping)
    titles = {one.url: one.title for one in found.sources.values()}
    assert (titles["https://example.org/1"], titles["https://example.org/2"]) == ("One", "Two")
    assert '"C: sources"' not in result.stderr
    rows[0]["of b"] = "https://example.org/3"
    _result, found = imported(
        project,
        run,
        rows,
        mapping.replace(", about_sources: {title: b title}", "").replace("C: {sources: of b}", "D: {}")
        + "values: {}\n",
    )
    assert not any(one.title == "One" for one in found.sources.values() if one.url == "https://example.org/3")


@pytest.mark.parametrize(
    "cell",
    [
        '<a refstr=X href="https://example.org/p?a=1&amp;b=2" target=ref> Liu et al. 2008, I; II </a>',
        "[Liu et al. 2008, I; II](https://example.org/p?a=1&b=2)",
    ],
)
def test_a_link_in_a_column_of_sources_has_its_title(project: Path, run: Run, cell: str) -> None:
    rows = [{"name": "Alpha", "Way": "a", "by": cell}]
    _result, found = imported(project, run, rows, "sources: by\ncreate: [criteria, sources]\n")
    (source,) = (found.sources[id_] for id_ in found.technologies["alpha"].facts["way"].sources)
    assert (source.url, source.title) == ("https://example.org/p?a=1&b=2", "Liu et al. 2008, I; II")


def test_what_a_row_says_again_is_no_mistake(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": way} for way in ("a", "a", "b")]
    result, _found = imported(project, run, rows, "create: [criteria]\n")
    assert result.stderr.startswith('t.json: entry 3: "Alpha" has an answer to "way" already (t.json: entry 1)')
    assert result.stderr.count("\n") == 1
    assert "1 facts added" not in result.stdout
    assert "1 as they were, 1 not placed" in result.stdout


def test_empty_cells_of_a_text_with_columns(project: Path, run: Run) -> None:
    rows = [{"name": "New", "Way": "a", "one": "x", "two": ""}, {"name": "Alpha", "Way": "", "one": "x", "two": ""}]
    mapping = "kind: tool\nabout: {synonyms: '{one}; {two}'}\nnote: 'By {one}.'\ncreate: [technologies, criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert found.technologies["new"].synonyms == ("x",)
    assert str(found.technologies["new"].facts["way"].note) == "By x."
    assert "way" not in found.technologies["alpha"].facts
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("up", "down", "value"),
    [
        ("0.22", "-0.22", "3.5 ± 0.22"),
        ("+0.2", "-0.1", "3.5 (+0.2 / \u22120.1)"),
        ("0.2", "", "3.5 (+0.2)"),
        ("", "", "3.5"),
    ],
)
def test_margins_upwards_and_downwards(project: Path, run: Run, up: str, down: str, value: str) -> None:
    rows = [{"name": "Alpha", "Way": "3.5", "up": up, "down": down}]
    mapping = "criteria: {Way: {type: number, margin: [up, down]}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert (found.technologies["alpha"].facts["way"].value, result.stderr) == (value, "")


def test_a_value_of_several_columns(project: Path, run: Run) -> None:
    rows = [
        {"name": name, "Way": way, "sign": sign}
        for name, way, sign in (("Alpha", "3", "≤"), ("Beta", "4", ""), ("Gamma", "", ""))
    ]
    mapping = "criteria: {Way: {type: number, value: '{sign} {Way}'}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert [found.technologies[id_].facts["way"].value for id_ in ("alpha", "beta")] == ["≤ 3", "4"]
    assert "way" not in found.technologies["gamma"].facts
    assert result.stderr == ""


def test_a_text_with_columns_that_lacks_one_is_reported(project: Path, run: Run) -> None:
    rows = [{"technology": name, "criterion": "Size", "a": "3", "b": b} for name, b in (("Alpha", "1"), ("Beta", ""))]
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": "value: '{a} ± {b}'\n"})
    result = run("import", "t.json", "--map", "m.yaml")
    assert load(project / "data").catalogue.technologies["alpha"].facts["size"].value == "3 ± 1"
    assert result.stderr == 't.json: entry 2: "Size" of "Beta" is left out: its value has no "b"\n'


def test_a_condition_may_be_a_column_of_one_criterion(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "a", "on": "x"}, {"name": "Beta", "Way": "a", "on": ""}]
    _result, found = imported(project, run, rows, "criteria: {Way: {when: on}}\ncreate: [criteria]\n")
    facts = {id_: found.technologies[id_].facts["way"] for id_ in ("alpha", "beta")}
    assert [one.when for one in facts["alpha"].statements] == ["x"]
    assert facts["beta"].value == "a"


def test_true_and_false_of_a_mapping_are_answers(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "1"}, {"name": "Beta", "Way": "0"}]
    mapping = 'criteria: {Way: {type: yes-no}}\nvalues: {"1": true, "0": false}\ncreate: [criteria]\n'
    result, found = imported(project, run, rows, mapping)
    assert [found.technologies[id_].facts["way"].value for id_ in ("alpha", "beta")] == ["yes", "no"]
    assert result.stderr == ""


def test_rows_of_other_technologies_are_left_out(project: Path, run: Run) -> None:
    rows = [{"name": name, "Way": "a"} for name in ("Alpha", "Nobody", "beta")]
    result, found = imported(project, run, rows, "only_known: true\ncreate: [criteria]\n")
    assert result.stdout.startswith("changed")
    assert [id_ for id_, one in found.technologies.items() if "way" in one.facts] == ["alpha", "beta"]


def test_a_row_with_the_id_of_a_record_is_known(project: Path, run: Run) -> None:
    rows = [{"name": "Another name", "Way": "a", "id": "alpha"}, {"name": "Nobody", "Way": "a", "id": "nobody"}]
    _result, found = imported(project, run, rows, "only_known: true\nid_column: id\ncreate: [technologies, criteria]\n")
    assert [id_ for id_, one in found.technologies.items() if "way" in one.facts] == ["alpha"]


def test_statements_in_a_column_under_a_condition_have_both(project: Path, run: Run) -> None:
    steps = [{"value": "0.0005", "when": "from 10"}, {"value": "free", "when": "once"}]
    rows = [{"name": "Alpha", "Fee": "0.001", "Fee steps": json.dumps(steps)}, {"name": "Beta", "Fee steps": "[]"}]
    mapping = (
        "criteria: {Fee: {id: fee, type: number, unit: '%', times: 100, when: in a batch, statements: Fee steps}}\n"
    )
    result, found = imported(project, run, rows, mapping + "values: {free: '0'}\ncreate: [criteria]\n")
    assert result.stderr == ""
    fact = found.technologies["alpha"].facts["fee"]
    assert [(one.when, one.value) for one in fact.statements] == [
        ("in a batch", "0.1"),
        ("in a batch, from 10", "0.05"),
        ("in a batch, once", "0"),
    ]


def test_cells_of_statements_mean_what_others_do(project: Path, run: Run) -> None:
    steps = [{"value": "0.0005", "when": "late"}, {"value": "free", "when": "early"}, {"value": "?", "when": "now"}]
    rows = [{"name": "Alpha", "Fee": "0.001", "Steps": json.dumps(steps)}]
    mapping = "criteria: {Fee: {type: number, unit: '%', times: 100, statements: Steps}}\nvalues: {free: '0'}\n"
    result, found = imported(project, run, rows, mapping + "skip: ['?']\ncreate: [criteria]\n")
    assert result.stderr == ""
    fact = found.technologies["alpha"].facts["fee"]
    assert (result.stderr, fact.value) == ("", "0.1")
    assert [(one.when, one.value) for one in fact.statements] == [("late", "0.05"), ("early", "0")]


def test_what_is_not_applicable_under_a_condition(project: Path, run: Run) -> None:
    """In a column with a condition, and in statements, also again and with another answer."""
    steps = [
        {"when": "at night", "not_applicable": True},
        {"when": "now", "value": "-"},
        {"when": "later", "value": "x"},
    ]
    rows = [{"name": "Alpha", "Way": "a", "Way abroad": "-", "Steps": json.dumps(steps)}]
    mapping = (
        "criteria: {Way: {id: way, statements: Steps}, Way abroad: {id: way, when: abroad}}\n"
        "values: {'-': {not_applicable: true, note: None is built.}}\ncreate: [criteria]\n"
    )
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    statements = [
        (one.when, one.value, one.not_applicable) for one in found.technologies["alpha"].facts["way"].statements
    ]
    assert statements == [("at night", None, True), ("now", None, True), ("later", "x", False), ("abroad", None, True)]
    text = (project / "data/technologies/alpha.yaml").read_text("utf-8")
    result, _found = imported(project, run, rows, mapping)
    assert (result.stderr, (project / "data/technologies/alpha.yaml").read_text("utf-8")) == ("", text)
    result, _found = imported(project, run, [{"name": "Alpha", "Way abroad": "y"}], mapping)
    assert 'is "not applicable" abroad in the record and "y" here; --replace takes it' in result.stderr


def test_the_same_value_again_keeps_the_date_that_its_record_gives(project: Path, run: Run) -> None:
    mapping = "kind: tool\ncreate: [technologies, criteria, sources]\n"
    dated = "defaults: {as_of: 2026-11-20, sources: [alpha-home]}\n"
    result, _found = imported(project, run, [{"name": "New", "Way": "red", "Form": "round"}], mapping + dated)
    assert result.stderr == ""
    before = (project / "data/technologies/new.yaml").read_text("utf-8")
    result, _found = imported(project, run, [{"name": "New", "Way": "red", "Form": ""}], mapping)
    assert "1 as they were" in result.output
    assert (project / "data/technologies/new.yaml").read_text("utf-8") == before
    head = "shape: technologies-as-rows\ntechnology: name\n"
    write_files(project, {"t.json": '[{"name": "New", "Way": "blue"}]', "m.yaml": head + mapping})
    assert run("import", "t.json", "--map", "m.yaml", "--replace").exit_code == 0
    fact = load(project / "data").catalogue.technologies["new"].facts["way"]
    assert (fact.value, fact.as_of, fact.sources) == ("blue", None, ())


def test_objects_of_which_nothing_is_taken_are_told(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "Way": {"x": "1", "y": "2"}, "Form": "a"},
        {"name": "Beta", "Way": None, "Form": {"z": ""}},
    ]
    mapping = "only: true\ncriteria: {Way: {type: text}, Form: {type: text}}\ncreate: [criteria]\n"
    result, _found = imported(project, run, rows, mapping)  # type: ignore[arg-type]
    told = 'm.yaml: "Way" is an object in 1 row of t.json, of which nothing is taken; name what is in it, such as "Way.x"\n'
    assert (result.exit_code, result.stderr) == (1, told)
    mapping = mapping.replace("Form: {type: text}", "Form: {type: text}, Way.x: {type: text}")
    assert imported(project, run, rows, mapping)[0].exit_code == 0  # type: ignore[arg-type]


def test_an_id_of_a_mapping_that_is_none_is_told_at_its_place(project: Path, run: Run) -> None:
    result, _found = imported(project, run, [{"name": "Alpha", "Way": "a"}], "criteria: {Way: {id: my_way}}\n")
    assert result.output == 'Error: m.yaml:3:12: [invalid-id] "my_way" is not in kebab-case; did you mean "my-way"?\n'


def test_a_pattern_stands_for_criteria_and_their_order_is_that_of_the_mapping(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "b": "x", "has.two": "no", "has.one": "yes", "a": "y", "other": "z"}]
    criteria = "criteria: {a: {id: way, type: list}, b: {id: way, type: list}, 'has.*': {type: yes-no, name: '{*}'}}\n"
    result, found = imported(project, run, rows, f"only: true\n{criteria}create: [criteria]\n")
    assert result.stderr == ""
    facts = found.technologies["alpha"].facts
    assert facts["way"].value == "y, x"
    assert [(one, found.criteria[one].name, facts[one].value) for one in ("has-two", "has-one")] == [
        ("has-two", "two", "no"),
        ("has-one", "one", "yes"),
    ]
    assert "other" not in facts
    result, _found = imported(project, run, rows, "criteria: {'hs.*': {type: yes-no}}\ncreate: [criteria]\n")
    assert 'm.yaml: "hs.*" in "criteria" is not in t.json' in result.stderr


def test_links_are_labelled_by_their_texts_or_hosts(project: Path, run: Run) -> None:
    rows = [
        {
            "name": "New",
            "Way": "a",
            "doc": "https://docs.example.org/x, https://www.example.com",
            "wiki": "https://w.example.org",
        }
    ]
    mapping = "kind: tool\nabout: {links: '{doc}; Wiki: {wiki}'}\ncreate: [technologies, criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    assert [(one.label, one.url) for one in found.technologies["new"].links] == [
        ("docs.example.org", "https://docs.example.org/x"),
        ("example.com", "https://www.example.com"),
        ("Wiki", "https://w.example.org"),
    ]


def test_answers_are_taken_in_any_case(project: Path, run: Run) -> None:
    further = json.dumps([{"value": "YES", "when": "later"}])
    rows = [
        {"name": "Alpha", "Way": "No", "w": further, "Words": "Yes"},
        {"name": "Beta", "Way": "Partial", "n": "Half.", "Words": "no"},
    ]
    mapping = "criteria: {Way: {type: yes-no, statements: w, note: n}, Words: {type: text}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    alpha, beta = (found.technologies[id_].facts for id_ in ("alpha", "beta"))
    assert (alpha["way"].value, alpha["way"].statements[0].value, beta["way"].value) == ("no", "yes", "partial")
    assert alpha["words"].value == "Yes"


def test_a_new_fact_says_again_nothing_that_its_record_says(project: Path, run: Run) -> None:
    rows = [{"name": "New", "Fast": "a", "Slow": "b", "on": "2026-11-20"}]
    mapping = (
        "kind: tool\ndefaults: {as_of: 2026-11-20, sources: [alpha-home]}\nas_of: on\nsources: by\n"
        "criteria: {Fast: {id: way, when: fast}, Slow: slow}\ncreate: [technologies, criteria]\n"
    )
    assert imported(project, run, [{**rows[0], "by": "alpha-home"}], mapping)[0].exit_code == 0
    text = (project / "data/technologies/new.yaml").read_text("utf-8")
    assert text.count("as_of") == text.count("alpha-home") == 1


def test_parts_of_a_text_in_square_brackets_may_be_absent(project: Path, run: Run) -> None:
    """In a condition, a note, a value of one criterion, and a name; brackets without a column are words."""
    rows = [
        {"name": "Alpha", "part": "way", "of": "it", "year": "", "case": "low", "is": "1", "low": "0", "high": "2"},
        {"name": "Alpha", "part": "way", "of": "it", "year": "2050", "case": "", "is": "3", "low": "", "high": ""},
        {"name": "Alpha", "part": "way", "of": "it", "year": "", "case": "", "is": "5", "low": "1", "high": ""},
        {"name": "Alpha", "part": "way", "of": "", "year": "", "case": "", "is": "5", "low": "", "high": ""},
    ]
    mapping = (
        "shape: facts\ntechnology: name\ncriterion: '{part}[ of {of}]'\nvalue: '{is}[ ({low} to {high})]'\n"
        "when: '[in {year}][, {case} case]'\nnote: 'Read [once] [in {year}].'\ncreate: [criteria]\n"
    )
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    assert result.stderr == ""
    facts = load(project / "data").catalogue.technologies["alpha"].facts
    assert facts["way"].value == "5"
    fact = facts["way-of-it"]
    assert [(one.when, one.value) for one in fact.statements] == [("low case", "1 (0 to 2)"), ("in 2050", "3")]
    assert fact.value == "5"
    assert str(fact.note.text if fact.note else "") == "Read [once] ."
    note = fact.statements[1].note
    assert note
    assert note.text == "Read [once] in 2050."


def test_criteria_of_a_table_of_facts_have_columns_of_their_own(project: Path, run: Run) -> None:
    rows = [
        {"technology": "Alpha", "criterion": "way", "value": "4", "unit": "kW", "how": "guess"},
        {"technology": "Beta", "criterion": "way", "value": "5", "unit": "", "how": ""},
    ]
    mapping = "criteria: {way: {type: number, unit: W, value: '{value} {unit}', method: how}}\ncreate: [criteria]\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    assert result.stderr == ""
    found = load(project / "data").catalogue.technologies
    assert [(found[id_].facts["way"].value, found[id_].facts["way"].method) for id_ in ("alpha", "beta")] == [
        ("4 kW", "guess"),
        ("5", None),
    ]


def test_only_a_star_stands_for_other_characters(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "cost [EUR]": "1", "cost [USD]": "2", "cost E": "3", "Way": "[7]"}]
    mapping = "criteria: {'cost [*]': {name: 'Cost in {*}'}}\nvalues: {'[*]': seven}\nignore: ['cost ?']\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert (
        result.stderr
        == 'm.yaml: "cost ?" in "ignore" is not in t.json; expected one of: Way, cost E, cost [EUR], cost [USD], name\n'
    )
    assert [found.criteria[id_].name for id_ in ("cost-eur", "cost-usd")] == ["Cost in EUR", "Cost in USD"]
    assert found.technologies["alpha"].facts["way"].value == "seven"


def test_a_statement_that_is_wrong_costs_itself(project: Path, run: Run) -> None:
    steps = [{"when": "now", "value": "1"}, {"when": "late", "value": "much"}, {"when": "soon", "value": "2"}]
    rows = [{"name": "Alpha", "Way": "", "Steps": json.dumps(steps)}, {"name": "Beta", "Way": "much", "Steps": ""}]
    mapping = "criteria: {Way: {type: number, statements: Steps}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    first, second = result.stderr.splitlines()
    assert first.startswith('t.json: entry 1: alpha, way: "much" late is left out: [invalid-value] "much" is not')
    assert second.startswith('t.json: entry 2: beta, way: [invalid-value] "much" is not')
    assert [one.value for one in found.technologies["alpha"].facts["way"].statements] == ["1", "2"]


def test_cells_of_sources_are_citations(project: Path, run: Run) -> None:
    """With a title, an address, what stands behind it, or some of these; each is one source."""
    cited = [
        "Agora (2018): Costs; a study (https://example.org/agora), table 6",
        "Agora (2018): Costs; a study (https://example.org/agora), table 7",
        "A book, second edition",
        "https://example.org/alone",
        "agora (2018): costs; a study (https://example.org/agora), table 6",
        "Own estimate, see below",
    ]
    rows = [{"name": "Alpha", f"W{at}": "x", f"W{at} source": one} for at, one in enumerate(cited)]
    mapping = "sources: '{} source'\ncitations: true\nsource_ids: {'Own estimate, see below': ''}\ncreate: [criteria, sources]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = found.technologies["alpha"].facts
    ids = [facts[f"w{at}"].sources for at in range(6)]
    sources = [found.sources[one[0]] for one in ids[:4]]
    assert [(one.title, one.url, one.edition) for one in sources] == [
        ("Agora (2018): Costs; a study", "https://example.org/agora", "table 6"),
        ("Agora (2018): Costs; a study", "https://example.org/agora", "table 7"),
        ("A book, second edition", None, None),
        (None, "https://example.org/alone", None),
    ]
    assert ids[4:] == [ids[0], ()]
    assert {one.code for one in load(project / "data").problems} == {Code.UNFINISHED}
    before = (project / "data/sources.yaml").read_text("utf-8")
    result, _found = imported(project, run, rows, mapping)
    assert (result.stderr, (project / "data/sources.yaml").read_text("utf-8")) == ("", before)


def test_what_is_wrong_with_a_citation_is_told(project: Path, run: Run) -> None:
    """One that is not to be made, one that is too long, and one whose edition is too long, which is in the title."""
    rows = [{"name": "Alpha", "Way": "x", "from": "A book"}]
    mapping = "criteria: {Way: {sources: from}}\ncitations: true\ncreate: [criteria"
    result, _found = imported(project, run, rows, f"{mapping}]\n")
    assert result.stderr.startswith('t.json: entry 1: "A book" is not a source, so its facts are without it; ')
    rows[0]["from"] = "long " * 600
    result, found = imported(project, run, rows, f"{mapping}, sources]\n")
    assert "[too-large]" in result.stderr
    rows[0]["from"] = f"A study, https://example.org/study, {'page ' * 50}"
    result, found = imported(project, run, rows, f"{mapping}, sources]\n")
    (source,) = [one for one in found.sources.values() if one.url == "https://example.org/study"]
    assert (result.stderr, str(source.title).startswith("A study, page page"), source.edition) == ("", True, None)


def test_another_title_of_an_address_is_told_once(project: Path, run: Run) -> None:
    rows = [
        {"name": name, "Way": "x", "from": f"[{title}](https://example.org/deposit)"}
        for name, title in (("Alpha", "One"), ("Beta", "Two"), ("Gamma", "Two"))
    ]
    result, _found = imported(project, run, rows, "criteria: {Way: {sources: from}}\ncreate: [criteria, sources]\n")
    words = '"One" is the title of https://example.org/deposit, and not "Two"'
    assert result.stderr.splitlines() == [
        f"t.json: entry 2: {words}; citations: true in a mapping makes a source of each title (2 times)"
    ]


def test_addresses_in_notes_are_links(project: Path, run: Run) -> None:
    note = "See https://example.org/a_(b). Also <https://example.org/c> and [this](https://example.org/d)."
    _result, found = imported(
        project, run, [{"name": "Alpha", "Way": "x", "n": note}], "criteria: {Way: {note: n}}\ncreate: [criteria]\n"
    )
    written = found.technologies["alpha"].facts["way"].note
    assert written
    assert written.text == note.replace("https://example.org/a_(b)", "<https://example.org/a_(b)>")


def test_numbers_are_rounded(project: Path, run: Run) -> None:
    cells = {"A": "8.351999999999999", "B": "0.000009498884303999997", "C": "1.23456 to 2.34567", "D": "much", "E": "7"}
    criteria = ", ".join(f"{name}: {{digits: 4}}" for name in cells)
    _result, found = imported(
        project, run, [{"name": "Alpha", **cells}], f"criteria: {{{criteria}}}\ncreate: [criteria]\n"
    )
    facts = found.technologies["alpha"].facts
    assert [facts[name.lower()].value for name in cells] == ["8.352", "0.000009499", "1.235 to 2.346", "much", "7"]


def test_of_two_dates_at_which_it_is_not_applicable_the_later_counts(project: Path, run: Run) -> None:
    rows = [{"technology": "Alpha", "criterion": "way", "value": "-", "as_of": year} for year in ("2015", "2020")]
    mapping = "values: {'-': {not_applicable: true, note: None.}}\ncreate: [criteria]\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    fact = load(project / "data").catalogue.technologies["alpha"].facts["way"]
    assert (result.stderr, str(fact.as_of), fact.not_applicable) == ("", "2020", True)
    assert [str(one.as_of) for one in fact.statements] == ["2015"]


def test_versions_are_a_history(project: Path, run: Run) -> None:
    """The latest version has the value, in whatever order the rows are; each keeps its note."""
    rows = [
        {"technology": "Alpha", "criterion": "way", "value": value, "version": version, "note": note}
        for value, version, note in (
            ("no", "11", ""),
            ("yes", "15", ""),
            ("no", "one of 2019", ""),
            ("partial", "14", "At first."),
            ("yes", "14.1", ""),
        )
    ]
    write_files(
        project, {"t.json": json.dumps(rows), "m.yaml": "criteria: {way: {type: yes-no}}\ncreate: [criteria]\n"}
    )
    result = run("import", "t.json", "--map", "m.yaml")
    fact = load(project / "data").catalogue.technologies["alpha"].facts["way"]
    assert (result.stderr, fact.value, fact.version) == ("", "yes", "15")
    assert [(one.version, one.value, bool(one.note)) for one in fact.statements] == [
        ("11", "no", False),
        ("one of 2019", "no", False),
        ("14", "partial", True),
        ("14.1", "yes", False),
    ]
    assert not fact.present


def test_conditions_have_versions_of_their_own(project: Path, run: Run) -> None:
    rows = [
        {"technology": "Alpha", "criterion": "way", "value": value, "on": on, "version": version}
        for value, on, version in (("yes", "Windows", "2021"), ("no", "macOS", "16.80"))
    ]
    mapping = "criteria: {way: {type: yes-no}}\nwhen: 'on {on}'\ncreate: [criteria]\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    fact = load(project / "data").catalogue.technologies["alpha"].facts["way"]
    assert (result.stderr, fact.version) == ("", None)
    assert [(one.when, one.version) for one in fact.statements] == [("on Windows", "2021"), ("on macOS", "16.80")]


def test_the_same_value_of_another_source_keeps_its_note(project: Path, run: Run) -> None:
    rows = [
        {"technology": "Alpha", "criterion": "way", "value": "a", "sources": source, "note": note}
        for source, note in (
            ("https://example.org/1", "One."),
            ("https://example.org/2", "Two."),
            ("https://example.org/3", "One."),
        )
    ]
    mapping = "other_sources: true\ncreate: [criteria, sources]\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    assert run("import", "t.json", "--map", "m.yaml").stderr == ""
    fact = load(project / "data").catalogue.technologies["alpha"].facts["way"]
    assert fact.sources == ("example-org-1", "example-org-3")
    assert [(str(one.note.text if one.note else ""), one.sources) for one in fact.statements] == [
        ("Two.", ("example-org-2",))
    ]


def test_a_criterion_may_be_made_of_another_column(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Bus": "PCIe 4.0 x16"}, {"name": "Beta", "Bus": "AGP 8x"}, {"name": "Gamma", "Bus": ""}]
    rows = [{**row, "Note": "" if row["name"] == "Gamma" else "x"} for row in rows]
    mapping = (
        "criteria:\n  Bus: {cells: {'PCIe*': PCIe, 'AGP*': AGP}}\n"
        "  Lanes: {value: Bus, type: number, cells: {'* x16': '16'}, skip: ['AGP*', 'ISA*']}\n  Both: {value: '{name} on {Bus}'}\n  Text: {value: 'at {Note} K'}\ncreate: [criteria]\n"
    )
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == 'm.yaml: "ISA*" of "Lanes" is no cell of t.json; expected one of: AGP 8x, PCIe 4.0 x16\n'
    alpha, beta = (found.technologies[id_].facts for id_ in ("alpha", "beta"))
    assert [alpha[id_].value for id_ in ("bus", "lanes", "both")] == ["PCIe", "16", "Alpha on PCIe 4.0 x16"]
    assert (beta["bus"].value, beta["both"].value, "lanes" in beta) == ("AGP", "Beta on AGP 8x", False)
    assert beta["text"].value == "at x K"
    assert {"both"} == found.technologies["gamma"].facts.keys() & {"bus", "lanes", "both", "text"}


def test_a_note_that_is_no_markdown_is_shown_as_typed(project: Path, run: Run) -> None:
    note = "Needs `quotes, <head> and [this](/relative)."
    rows = [{"name": "Alpha", "Way": "partial", "n": note}]
    mapping = "criteria: {Way: {type: yes-no, note: n}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    fact = found.technologies["alpha"].facts["way"]
    assert (result.stderr, fact.value) == ("", "partial")
    assert fact.note
    assert plain_text(fact.note.text) == note


def test_links_in_texts_of_several_columns_are_no_optional_parts(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "a", "url": "https://example.org/x", "title": "X"}]
    mapping = "criteria: {Way: {sources: '[About {title}]({url})'}}\ncreate: [criteria, sources]\n"
    _result, found = imported(project, run, rows, mapping)
    (source,) = found.technologies["alpha"].facts["way"].sources
    assert (found.sources[source].title, found.sources[source].url) == ("About X", "https://example.org/x")


def test_what_a_cell_means_comes_before_a_text_for_all(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "-", "kind": "k"}, {"name": "Beta", "Way": "a", "kind": "k"}]
    mapping = "note: 'Of {kind}.'\ncriteria: {Way: {cells: {'-': {not_applicable: true, note: Nothing to ask.}}}}\ncreate: [criteria]\nignore: [kind]\n"
    result, found = imported(project, run, rows, mapping)
    notes = [found.technologies[id_].facts["way"].note for id_ in ("alpha", "beta")]
    assert [str(one.text if one else "") for one in notes] == ["Nothing to ask.", "Of k."]
    assert result.stderr == ""


def test_entries_of_a_list_mean_something(project: Path, run: Run) -> None:
    """By themselves, also in a statement; a pattern is for one of them, and a word for a whole cell too."""
    rows = [
        {"name": "Alpha", "Ports": "2x DVI, HDMI, n/a, 3x DP", "More": '[{"when": "now", "value": "2x DP, Y"}]'},
        {"name": "Beta", "Ports": "HDMI, none", "More": '[{"when": "now", "value": "2x DVI"}]'},
        {"name": "Gamma", "Ports": "Y", "More": ""},
    ]
    ports = (
        """{"2x *": "{*} (2)", "3x *": "{*} (3)", "*, none": no, "HDMI, none": HDMI, Y: {value: yes, note: Said.}}"""
    )
    mapping = (
        f"criteria: {{Ports: {{type: list, split: ',', skip: [n/a], statements: More, cells: {ports}}}}}\n"
        "create: [criteria]\n"
    )
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = {id_: one.facts["ports"] for id_, one in found.technologies.items() if "ports" in one.facts}
    assert {id_: one.value for id_, one in facts.items()} == {
        "alpha": "DVI (2), HDMI, DP (3)",
        "beta": "HDMI",
        "gamma": "yes",
    }
    assert [facts[id_].statements[0].value for id_ in ("alpha", "beta")] == ["DP (2), Y", "DVI (2)"]
    assert facts["gamma"].note.text == "Said."


def test_a_meaning_with_the_words_of_its_cell_is_computed(project: Path, run: Run) -> None:
    """As a cell without a meaning is: it is multiplied, rounded, and has its upper end, its margin and its entries."""
    rows = [{"name": "Alpha", "A": "0.6923", "B": "3", "to": "7", "by": "0.2", "C": "x/y", "D": "ca. 5", "E": "?"}]
    mapping = """
values: {"*": {value: "{}", method: measured}}
criteria:
  A: {type: number, times: 1000, digits: 2}
  B: {type: number, to: to}
  C: {type: list, split: /}
  D: {type: number, margin: by, cells: {"ca. *": {value: "{*}", method: estimate}}}
  E: {times: 2, cells: {"?": {value: 7}}}
create: [criteria]
"""
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = found.technologies["alpha"].facts
    assert {id_: (facts[id_].value, facts[id_].method) for id_ in "abcde"} == {
        "a": ("690", "measured"),
        "b": ("3 to 7", "measured"),
        "c": ("x, y", "measured"),
        "d": ("5 ± 0.2", "estimate"),
        "e": ("7", None),
    }


def test_criteria_that_differ_by_case_are_two(project: Path, run: Run) -> None:
    """The second needs an id of its own; nothing is put into the first."""
    rows = [{"name": "Alpha", "kEnd": "one", "kend": "two"}, {"name": "Beta", "kEnd": "", "kend": "three"}]
    result, found = imported(project, run, rows, "create: [criteria]\n")
    hint = "criteria in a mapping gives it an id of its own, or both the same"
    assert result.stderr == f't.json: entry 1: "kend" would have the id "kend" of "kEnd"; {hint} (2 times)\n'
    assert found.technologies["alpha"].facts["kend"].value == "one"
    assert "kend" not in found.technologies["beta"].facts
    result, found = imported(project, run, rows, "criteria: {kend: {id: small}}\ncreate: [criteria]\n")
    assert result.stderr == ""
    facts = [found.technologies["alpha"].facts["kend"], found.technologies["beta"].facts["small"]]
    assert [one.value for one in facts] == ["one", "three"]


def test_a_list_without_entries_may_mean_something(project: Path, run: Run) -> None:
    """Other than an empty text and a key that is absent."""
    rows = [{"name": "Alpha", "Ports": [], "Ways": []}, {"name": "Beta", "Ports": "", "Ways": "x"}, {"name": "Gamma"}]
    mapping = """values: {"*": {value: "{}", method: measured}}
criteria: {Ports: {type: list, cells: {"[]": none}}}
create: [criteria]
"""
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = {id_: {key: one.value for key, one in found.technologies[id_].facts.items()} for id_ in found.technologies}
    assert facts["alpha"].get("ports") == "none"
    assert [id_ for id_ in facts if "ports" in facts[id_]] == ["alpha"]
    assert [id_ for id_ in facts if "ways" in facts[id_]] == ["beta"]


def test_a_time_of_day_is_left_out_of_a_date(project: Path, run: Run) -> None:
    statements = json.dumps([{"value": "b", "as_of": "2025-01-02T03:04:05Z"}])
    rows = [{"name": "Alpha", "Way": "a", "At": "2026-09-08 06:29:28 UTC", "More": statements}]
    result, found = imported(project, run, rows, "as_of: At\ncriteria: {Way: {statements: More}}\ncreate: [criteria]\n")
    assert result.stderr == ""
    fact = found.technologies["alpha"].facts["way"]
    assert (str(fact.as_of), str(fact.statements[0].as_of)) == ("2026-09-08", "2025-01-02")


def test_a_default_is_no_column(project: Path, run: Run) -> None:
    result, _found = imported(project, run, [{"name": "Alpha", "Way": "a", "v": "1"}], "defaults: {version: '{v}'}\n")
    hint = "expected what is so for all facts; outside of defaults, it names a column"
    assert result.stderr == f'Error: m.yaml:3:21: "{{v}}" is not a value of "version"; {hint}\n'


def test_a_pattern_makes_ids(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "has.Text_Size": "1", "has.b": "2"}]
    result, found = imported(
        project, run, rows, "criteria: {'has.*': {id: 'way-{*}', name: '{*}'}}\ncreate: [criteria]\n"
    )
    assert result.stderr == ""
    assert {*found.technologies["alpha"].facts} >= {"way-text-size", "way-b"}


def test_lists_of_two_technologies_of_one_name_are_two(project: Path, run: Run) -> None:
    rows = [{"name": "Key", "id": id_, "Ports": ports} for id_, ports in (("k-a", "USB-A"), ("k-b", "USB-C, NFC"))]
    mapping = "id_column: id\nkind: key\ncriteria: {Ports: {type: list}}\ncreate: [technologies, criteria]\n"
    imported(project, run, rows, mapping)
    written = {id_: (project / f"data/technologies/{id_}.yaml").read_text(encoding="utf-8") for id_ in ("k-a", "k-b")}
    assert "value: USB-A\n" in written["k-a"]
    assert "value: USB-C, NFC\n" in written["k-b"]


def test_lists_of_two_dates_are_two(project: Path, run: Run) -> None:
    """An earlier value has its version, which may be that of the fact."""
    rows = [
        {"name": "Alpha", "Ports": "USB-A", "at": "2020", "v": "2"},
        {"name": "Alpha", "Ports": "USB-C, NFC", "at": "2024", "v": "2"},
        {"name": "Alpha", "Ports": "Lightning", "at": "2020", "v": "2"},
    ]
    mapping = "as_of: at\nversion: v\ncriteria: {Ports: {type: list}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    fact = found.technologies["alpha"].facts["ports"]
    assert (fact.value, str(fact.as_of), fact.version) == ("USB-C, NFC", "2024", "2")
    assert [(one.value, str(one.as_of), one.version) for one in fact.statements] == [("USB-A, Lightning", "2020", "2")]


def test_lists_of_objects_are_no_values(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "Way": [{"a": 1}], "Far": [[1, 2], [3, 4]], "Near": "[{x}]"},
        {"name": "Beta", "Way": "b"},
    ]
    result, found = imported(project, run, rows, "create: [criteria]\n")
    words = "has a list of lists or objects, which is no value; make a row of each object, with its condition or entry"
    assert result.stderr == f't.json: entry 1: "Way" {words}\nt.json: entry 1: "Far" {words}\n'
    assert {id_ for id_ in found.technologies["alpha"].facts if id_ in {"way", "far", "near"}} == {"near"}
    assert found.technologies["beta"].facts["way"].value == "b"


def test_words_of_json_may_be_typed_as_there(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Pin": False, "Key": True}, {"name": "Beta", "Pin": "no", "Key": "x"}]
    cells = "{false: {value: yes, note: It is not set.}, '': no}"
    result, found = imported(project, run, rows, f"criteria: {{Pin: {{cells: {cells}}}}}\ncreate: [criteria]\n")
    assert result.stderr == ""
    assert [found.technologies[id_].facts["pin"].value for id_ in ("alpha", "beta")] == ["yes", "yes"]
    assert found.technologies["alpha"].facts["key"].value == "yes"


def test_entries_of_a_list_in_json_mean_something(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Ways": [-7, -8]}, {"name": "Beta", "Ways": "x; y, z"}]
    mapping = "criteria: {Ways: {type: list, cells: {'-7': ES256, '-8': EdDSA, 'y, z': both}}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    assert [found.technologies[id_].facts["ways"].value for id_ in ("alpha", "beta")] == ["ES256, EdDSA", "x, both"]


def test_what_is_said_of_all_values_of_a_row_needs_none(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "yes", "Far": "", "from": "2020"}]
    result, found = imported(project, run, rows, "since: from\ncreate: [criteria]\n")
    assert (result.stderr, found.technologies["alpha"].facts["way"].since) == ("", "2020")


def test_a_name_is_no_synonym_of_itself(project: Path, run: Run) -> None:
    rows = [{"name": "Delta", "as": "delta; Fourth", "Way": "a"}]
    mapping = "kind: letter\nabout: {synonyms: as}\ncreate: [technologies, criteria]\n"
    _result, found = imported(project, run, rows, mapping)
    assert found.technologies["delta"].synonyms == ("Fourth",)


def test_two_rows_with_another_value_are_told_what_tells_them_apart(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "Way": "a"}, {"name": "Alpha", "Way": "b"}]
    result, _found = imported(project, run, rows, "create: [criteria]\n")
    assert result.stderr.endswith("(t.json: entry 1); as_of, version or when in a mapping tells two rows apart\n")


def test_what_a_cell_means_is_not_looked_up_again(project: Path, run: Run) -> None:
    """Where it is the rest of the cell, which is another key."""
    values = "values: {'Y *': '{*}', N: no}\n"
    result, found = imported(project, run, [{"name": "Alpha", "Way": "Y N"}], values + "create: [criteria]\n")
    assert (result.stderr, found.technologies["alpha"].facts["way"].value) == ("", "N")


def test_addresses_that_are_one_are_one_source(project: Path, run: Run) -> None:
    """As for ``versus check``, which reported what the import had made."""
    urls = ("https://www.a.example", "https://a.example/", "http://a.example", "https://b.example/x/")
    rows = [{"name": "Alpha", "url": url, f"C{at}": "x"} for at, url in enumerate(urls)]
    result, found = imported(project, run, rows, "sources: url\ncreate: [criteria, sources]\n")
    assert result.stderr == ""
    made = [found.technologies["alpha"].facts[f"c{at}"].sources for at in range(4)]
    assert made[0] == made[1] == made[2] != made[3]
    again = imported(project, run, rows, "sources: url\ncreate: [criteria, sources]\n")[0]
    assert "4 as they were" in again.stdout
    assert {one.code for one in load(project / "data").problems} == {Code.UNFINISHED}


def test_what_each_star_stands_for(project: Path, run: Run) -> None:
    row = {"name": "Alpha", "Users": "500K+ companies", "c.min": "2", "c.max": "5"}
    mapping = """criteria:
  Users: {cells: {"*+ *": {value: "{*1}+", note: "Of {*2}; {*}; {*3}."}}}
  "*.min": {id: "{*}-range", to: "{*}.max", type: number}
only: true
create: [criteria]
"""
    result, found = imported(project, run, [row], mapping)
    assert result.stderr == ""
    facts = found.technologies["alpha"].facts
    assert (facts["users"].value, str(facts["users"].note)) == ("500K+", "Of companies; 500K+ companies; .")
    assert facts["c-range"].value == "2 to 5"


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [("5 Mbps", "10 Mbps", "5 to 10"), ("5 Mbps", "5 Mbps", "5"), ("5 Mbps", "?", "5"), ("", "10 Mbps", "at most 10")],
)
def test_the_upper_end_of_a_range_means_what_cells_do(project: Path, run: Run, low: str, high: str, value: str) -> None:
    mapping = """criteria: {Low: {to: High, type: number, cells: {"* Mbps": "{*}"}, skip: ["?"]}}
ignore: [High]
create: [criteria]
"""
    row = {"name": "Alpha", "Low": low, "High": high}
    result, found = imported(project, run, [row], mapping)
    assert (result.exit_code, found.technologies["alpha"].facts["low"].value) == (0, value)
    assert ("no cell of" in result.stderr) == ("?" not in (low, high))


@pytest.mark.parametrize("given", ["to: Hihg", "margin: Hihg"])
def test_of_a_range_without_its_upper_ends_nothing_is_written(project: Path, run: Run, given: str) -> None:
    """The lower end alone would be another value."""
    mapping = f"criteria: {{Low: {{{given}, type: number}}}}\ncreate: [criteria]\n"
    result, found = imported(project, run, [{"name": "Alpha", "Low": "1", "High": "2"}], mapping)
    assert "low" not in found.technologies["alpha"].facts
    assert '"Hihg" in' in result.stderr


def test_the_first_of_several_columns_counts_that_is_not_empty(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "C": "x", "Report": "https://r.example/", "Home": "https://h.example/", "n": "", "m": ""},
        {"name": "Beta", "C": "x", "Report": "", "Home": "https://h.example/", "n": "", "m": "seen"},
        {"name": "Gamma", "C": "x", "Report": "", "Home": "", "n": "", "m": ""},
    ]
    mapping = 'sources: "{Report|Home}"\nnote: "As {n|m}."\ncreate: [criteria, sources]\n'
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = [found.technologies[id_].facts["c"] for id_ in ("alpha", "beta", "gamma")]
    assert [[found.sources[id_].url for id_ in fact.sources] for fact in facts] == [
        ["https://r.example/"],
        ["https://h.example/"],
        [],
    ]
    assert [str(fact.note or "") for fact in facts] == ["", "As seen.", ""]


def test_a_column_that_is_not_there_is_told_by_its_own_name(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "C": "x", "Home": "https://h.example/"}]
    result, _found = imported(project, run, rows, 'sources: "{Report|Home}"\ncreate: [criteria, sources]\n')
    assert '"Report" in "sources" is not in t.json' in result.stderr


def test_kinds_have_the_words_that_the_mapping_gives_them(project: Path, run: Run) -> None:
    rows = [{"name": name, "C": "x", "category": kind} for name, kind in (("Nu", "Crm"), ("Xi", "Other kind"))]
    mapping = "kind_column: category\nkinds: {Crm: CRM-software}\ncreate: [technologies, criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    assert [found.technologies[id_].kind for id_ in ("nu", "xi")] == ["CRM-software", "other-kind"]
    result, _ = imported(project, run, rows, "kind_column: category\nkinds: {Crm: no kind}\n")
    assert '"no kind" is not in kebab-case' in result.output


def test_true_is_so_of_all_values(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "Ease": "Easy", "why": "It says so."},
        {"name": "Beta", "Ease": "", "why": "Nobody said it."},
    ]
    mapping = "criteria: {Ease: {judgement: true, note: why}}\ncreate: [criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = [found.technologies[id_].facts["ease"] for id_ in ("alpha", "beta")]
    assert [(fact.value, fact.judgement) for fact in facts] == [("Easy", True), (None, False)]


def test_another_note_of_a_statement_is_added_or_told(project: Path, run: Run) -> None:
    def row(on: str, note: str) -> dict[str, str]:
        return {"name": "Alpha", "C": "2", "on": on, "note": note}

    mapping = "when: on\nnote: note\ncreate: [criteria]\n"
    imported(project, run, [row("a", "Old."), row("b", "")], mapping)
    result, found = imported(project, run, [row("a", "New."), row("b", "More.")], mapping)
    words = 'alpha/c: "note" a is "Old." in the record and "New." here; --replace takes it'
    assert result.stderr == f"t.json: entry 1: {words}\n"
    assert [str(one.note) for one in found.technologies["alpha"].facts["c"].statements] == ["Old.", "More."]


def test_semicolons_in_brackets_of_a_list_stay(project: Path, run: Run) -> None:
    rows: list[dict[str, str]] = [{"name": "Alpha", "C": ["x (one; two)", "y, z", "v; w"]}]  # type: ignore[dict-item]
    result, found = imported(project, run, rows, "criteria: {C: {type: list}}\ncreate: [criteria]\n")
    assert (result.stderr, found.technologies["alpha"].facts["c"].value) == ("", "x (one; two); y, z; v, w")


def test_sources_of_all_facts_may_be_addresses(project: Path, run: Run) -> None:
    rows = [{"name": "Alpha", "C": "x", "D": "y"}, {"name": "Nu", "C": "x", "D": ""}]
    mapping = """defaults: {sources: [alpha-home, "https://all.example/"]}
criteria: {D: {defaults: {sources: https://own.example/}}}
kind: tool
create: [technologies, criteria, sources]
"""
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    facts = found.technologies["alpha"].facts
    assert [facts["c"].sources, facts["d"].sources] == [("alpha-home", "all-example"), ("own-example",)]
    assert found.technologies["nu"].defaults.sources == ("alpha-home", "all-example")
    assert {one.url for one in found.sources.values()} >= {"https://all.example/", "https://own.example/"}
    result, _found = imported(project, run, rows, "defaults: {sources: https://c.example/}\n")
    assert '"https://c.example/" is not a source' in result.stderr


def test_of_two_patterns_the_first_is_meant(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "r.a": "done", "r.b.status": "todo", "r.b.comment": "Later."},
        {"name": "Beta", "r.b": "done", "r.a.status": "exempt", "r.a.comment": "No need."},
    ]
    mapping = """criteria:
  "r.*.status": {id: "{*}-rule", name: "{*}", note: "r.{*}.comment"}
  "r.*": {id: "{*}-rule"}
ignore: ["r.*.comment"]
create: [criteria]
"""
    result, found = imported(project, run, rows, mapping)
    assert (result.stderr, found.criteria.keys() & {"a-rule", "b-rule"}) == ("", {"a-rule", "b-rule"})
    facts = found.technologies["alpha"].facts, found.technologies["beta"].facts
    assert [(one["a-rule"].value, one["b-rule"].value) for one in facts] == [("done", "todo"), ("exempt", "done")]
    assert str(facts[0]["b-rule"].note) == "Later."


def test_many_messages_of_one_kind_are_counted(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"name": f"T{at}", "N": f"word {at}", "M": "x" if at == 29 else "1"} for at in range(30)]
    monkeypatch.setattr("sphinx_versus.cli.table_records.MOST_ALIKE", 20)
    mapping = "kind: tool\ncriteria: {N: {type: number}, M: {type: number}}\ncreate: [technologies, criteria]\n"
    result, _found = imported(project, run, rows, mapping)
    lines = result.stderr.splitlines()
    assert len(lines) == 20 + 1 + 1
    assert [line.partition(" is not")[0] for line in lines if "entry 30" in line] == [
        't.json: entry 30: t29, m: [invalid-value] "x"'
    ]
    assert lines[-1].startswith("10 more like this: t.json: entry ")
    assert 'is not a value of "n"' in lines[-1]
    assert "31 not placed" in result.stdout


def test_what_is_no_technology_is_left_out_of_all_lists_at_once(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of new technologies too; each round reads all records again."""
    rounds: list[int] = []
    real = Changes.new_problems
    monkeypatch.setattr(Changes, "new_problems", lambda changes: rounds.append(1) or real(changes))
    rows = [{"name": f"T{at}", "On": f"T{(at + 1) % 20} (x), other, else{at}"} for at in range(20)]
    rows.append({"name": "T20", "On": "other"})
    mapping = "kind: tool\ncriteria: {On: {type: technologies}}\ncreate: [technologies, criteria]\n"
    result, found = imported(project, run, rows, mapping)
    assert [found.technologies[f"t{at}"].facts["on"].value for at in (0, 19)] == ["t1 (x)", "t0 (x)"]
    assert "on" not in found.technologies["t20"].facts
    assert result.stderr.count('"other" is not a technology, so it is left out of the list') == 21
    assert len(rounds) == 2


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        (
            'See the <a href="https://a.example/x_y">HPIJS *driver*</a>.<p>More',
            "See the [HPIJS \\*driver\\*](<https://a.example/x_y>).\n\nMore",
        ),
        ("one<br>two<br/>three", "one\n\ntwo\n\nthree"),
        ("a <b>x</b> &amp; <i> y </i>z", "a **x** &amp; *y* z"),
        ("<p>Use <code>a_b --c</code> now</p><ul><li>one</li><li>two</li></ul>", "Use `a_b --c` now\n\n- one\n- two"),
        ('<a href="javascript:x">y</a> <b></b>', "y"),
        ("a < b and <T> stay", "a < b and <T> stay"),
        ("<b>open<br>", "open"),
    ],
)
def test_html_in_notes_is_markdown(cell: str, note: str) -> None:
    assert as_markdown(cell) == note


def test_a_note_that_was_escaped_or_had_html_is_the_same_again(project: Path, run: Run) -> None:
    notes = ("one<br>two", "a <b>x</b> y", "# 1 of 2", "see <T> and *x", "https://a.example/ and {x}")
    rows = [{"name": "Alpha", f"C{at}": "x", f"n{at}": note} for at, note in enumerate(notes)]
    mapping = f"criteria: {{{', '.join(f'C{at}: {{note: n{at}}}' for at in range(len(notes)))}}}\ncreate: [criteria]\n"
    first = imported(project, run, rows, mapping)[0]
    again, found = imported(project, run, rows, mapping)
    assert (first.stderr, again.stderr) == ("", "")
    assert f"{len(notes)} as they were" in again.stdout
    assert plain_text(str(found.technologies["alpha"].facts["c2"].note)) == "# 1 of 2"


def test_none_is_no_entry_beside_others(project: Path, run: Run) -> None:
    rows = [{"name": name, "Way": way} for name, way in (("Alpha", "a"), ("Alpha", ""), ("Alpha", "b"), ("Beta", ""))]
    mapping = 'criteria: {Way: {type: list, cells: {"": none}}}\ncreate: [criteria]\n'
    result, found = imported(project, run, rows, mapping)
    assert result.stderr == ""
    assert [found.technologies[id_].facts["way"].value for id_ in ("alpha", "beta")] == ["a, b", "none"]


def test_rows_of_facts_are_one_list(project: Path, run: Run) -> None:
    rows = [{"technology": "Alpha", "criterion": "Way", "value": way} for way in ("a", "b")]
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": "criteria: {Way: {type: list}}\ncreate: [criteria]\n"})
    result = run("import", "t.json", "--map", "m.yaml")
    assert (result.stderr, load(project / "data").catalogue.technologies["alpha"].facts["way"].value) == ("", "a, b")


def test_objects_of_which_some_rows_give_nothing_are_told(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "D": {"host": "x"}},
        {"name": "Beta", "D": {"registered": True}},
        {"name": "Gamma", "D": "y"},
    ]
    write_files(project, {"t.json": json.dumps(rows)})
    mapping = 'criteria: {D: {value: "[{D}][{D.host}]"}}\nonly: true\ncreate: [criteria]\n'
    write_files(project, {"m.yaml": MAPPING_HEAD + mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    words = '"D" is an object in 1 row of t.json, of which nothing is taken; name what is in it, such as "D.registered"'
    assert result.stderr == f"m.yaml: {words}\n"
