"""Facts from tables and into them: ``versus import`` and ``versus export``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result

from conftest import write_files
from sphinx_versus.catalogue.loader import load
from sphinx_versus.cli.facts import unwrapped

Run = Callable[..., Result]

ROOT = Path(__file__).parents[2]
RICH = """
    name: Delta
    kind: web-framework
    summary: S
    defaults: {as_of: 2026, version: "4", sources: [alpha-home]}
    facts:
      licence:
        value: "MIT, or 3.10"   # a comment
        note: |
          Two lines that

          - are no paragraph
        version:
      orm:
        note: >-
          What was looked for
          is "quoted", in lines.
        sources: []
      first-release:
        value: 2020
        since: ≤ 3.1
        preview: true
        statements:
          - value: 2021
            when: on a phone, "beta"
            sources: [alpha-home, beta-review]
          - {value: 2022, note: Two, preview: true}
          - {value: 2019, as_of: 2012-03}
      size: {value: 3, judgement: true, note: N, disputed: D, as_of: 2020-02-03, version: 3.10}
    """


def records(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").rglob("*.yaml")}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_way_there_and_back_loses_nothing(project: Path, run: Run, form: str) -> None:
    write_files(project, {"data/technologies/delta.yaml": RICH})
    table = project / f"facts.{form}"
    assert run("export", f"--{form}", "--output", table).output == f"{table}: 12 facts\n"
    before, known = records(project), load(project / "data").catalogue
    assert run("import", table).output == "0 facts added, 0 changed, 12 as they were, 0 not placed\n"
    assert records(project) == before
    path = project / "data/technologies/delta.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("facts:")[0] + "facts:\n", encoding="utf-8")
    result = run("import", table)
    assert result.exit_code == 0, result.output
    assert "4 facts added, 0 changed, 8 as they were" in result.output
    assert run("check").exit_code == 0
    again = load(project / "data").catalogue.technologies["delta"].facts
    for id_, fact in known.technologies["delta"].facts.items():
        for name in ("value", "sources", "as_of", "version", "since", "preview", "judgement"):
            assert getattr(again[id_], name) == getattr(fact, name)
        assert [(one.when, one.as_of, one.sources) for one in again[id_].statements] == [
            (one.when, one.as_of, one.sources) for one in fact.statements
        ]
    assert run("export", f"--{form}").output == table.read_text(encoding="utf-8")


def test_no_cell_of_csv_is_a_formula_of_a_spreadsheet(project: Path, run: Run) -> None:
    notes = {"licence": "=1+2", "orm": "-1+2 as of old", "first-release": "'@SUM(1)", "size": "-"}
    record = json.loads(run("export", "--json").output)
    rows = [
        row | {"note": notes[row["criterion"]]} if row["technology"] == "alpha" and row["criterion"] in notes else row
        for row in record
    ]
    (project / "t.json").write_text(json.dumps(rows), encoding="utf-8")
    run("import", "t.json", "--replace")
    text = run("export").output
    assert ",'=1+2," in text
    assert ",'-1+2 as of old," in text
    assert ",''@SUM(1)," in text
    (project / "t.csv").write_text(text, encoding="utf-8")
    assert " 0 changed" in run("import", "t.csv", "--replace").output


def test_what_differs_stays_unless_it_is_to_be_replaced(project: Path, run: Run) -> None:
    table = project / "facts.csv"
    table.write_text("technology,criterion,value,as_of,note\nBeta,licence,BSD,2026-10,New\n", encoding="utf-8")
    result = run("import", table)
    assert result.exit_code == 1
    assert (
        f'{table}:2: beta/licence: "value" is "MIT" in the record and "BSD" here; --replace takes it' in result.stderr
    )
    line = '  licence: {value: MIT, sources: [beta-review], as_of: 2026-10, version: "3.1", note: New}\n'
    assert line in (project / "data/technologies/beta.yaml").read_text(encoding="utf-8")
    assert run("import", table, "--replace").output.endswith("0 facts added, 1 changed, 0 as they were, 0 not placed\n")
    assert "{value: BSD, sources" in (project / "data/technologies/beta.yaml").read_text(encoding="utf-8")


def test_what_has_no_place_is_reported_and_the_rest_is_written(project: Path, run: Run) -> None:
    table = project / "facts.csv"
    table.write_text(
        "technology,criterion,value,sources\nGamma,size,many,\ngamma,first-release,2020,alpha-hom\nGama,size,3,\n"
        "gamma,licens,MIT,\ngamma,first-release,2021,\n",
        encoding="utf-8",
    )
    result = run("import", table)
    assert result.exit_code == 1
    first, *others = sorted(result.stderr.splitlines(), key=lambda line: "[invalid-value]" not in line)
    assert first.startswith(f'{table}:2: gamma, size: [invalid-value] "many" is not a value of "size"')
    assert sorted(others) == sorted(
        [
            f'{table}:3: "alpha-hom" is not a source, so its facts are without it; did you mean "alpha-home"?',
            f'{table}:4: "Gama" is not a technology; did you mean "Gamma"?',
            f'{table}:5: "licens" is not a criterion; did you mean "Licence"?',
            f'{table}:6: "gamma" has an answer to "first-release" already ({table}:3)',
        ]
    )
    text = (project / "data/technologies/gamma.yaml").read_text(encoding="utf-8")
    assert text.endswith("  orm: {value: no}\n  first-release:\n    value: 2020\n")


def test_what_is_still_to_be_written_is_filled_in(project: Path, run: Run) -> None:
    path = project / "data/technologies/beta.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{value: MIT, ", '{value: "TODO: a few words", '), encoding="utf-8")
    table = project / "facts.csv"
    table.write_text("technology,criterion,value\nBeta,licence,BSD\n", encoding="utf-8")
    assert run("import", table).output.endswith("0 facts added, 1 changed, 0 as they were, 0 not placed\n")
    assert '{value: "BSD", ' in path.read_text(encoding="utf-8")


def test_a_record_that_cannot_be_changed_costs_its_own_rows(project: Path, run: Run) -> None:
    path = project / "data/technologies/beta.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "name: Beta\n", encoding="utf-8")
    table = project / "facts.csv"
    table.write_text("technology,criterion,value\nbeta,licence,BSD\ngamma,first-release,2020\n", encoding="utf-8")
    result = run("import", table)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{table}:2: ")
    assert "[duplicate-key]" in result.stderr
    assert result.stdout.endswith("1 fact added, 0 changed, 0 as they were, 1 not placed\n")


def test_a_new_technology_whose_name_no_record_can_have_is_left_out(project: Path, run: Run) -> None:
    before = records(project)
    table, mapping = project / "facts.csv", project / "map.yaml"
    table.write_text("technology,criterion,value\nDelta,licence,MIT\n\x1b[0m,licence,MIT\n", encoding="utf-8")
    mapping.write_text("{kind: web-framework, create: [technologies]}", encoding="utf-8")
    result = run("import", table, "--map", mapping)
    assert result.exit_code == 1
    assert (
        result.stderr == f"{table}:3: [invalid-character] the character U+001B cannot be part of a record; remove it\n"
    )
    assert result.stdout.endswith("1 fact added, 0 changed, 0 as they were, 1 not placed, 1 new technology record\n")
    assert records(project).keys() - before.keys() == {"delta.yaml"}


def test_what_no_answer_is_made_of_is_reported(project: Path, run: Run) -> None:
    table = project / "facts.csv"
    table.write_text(
        "technology,criterion,value,nots\ngamma,size,3,x\ngamma,first-release,2020,B,\ngamma,licence,A,,,B\n",
        encoding="utf-8",
    )
    result = run("import", table)
    assert result.stderr.splitlines() == [
        f'{table}:1: the column "nots" is no field of facts; did you mean "note"?; ignore in a mapping leaves a column out',
        f"{table}:4: the row has 2 more cells than the header; put a cell that contains the separator in quotation marks",
    ]
    assert result.stdout.endswith("2 facts added, 0 changed, 0 as they were, 2 not placed\n")


def test_a_table_of_strangers(project: Path, run: Run) -> None:
    """Technologies without a kind, columns that nobody mapped, sources in words, lists of objects."""
    (project / "t.json").write_text(
        json.dumps(
            {
                "Delta": {
                    "kind": "web-framework",
                    "mit": "MIT",
                    "price": [{"a": 1}],
                    "size": 1e-06,
                    "src": "Ask them, please",
                },
                "Epsilon": {"mit": "BSD"},
                "delta!": {"kind": "web-framework", "mit": "BSD"},
            }
        ),
        encoding="utf-8",
    )
    mapping = {"shape": "technologies-as-rows", "technology": "@key", "kind_column": "kind", "sources": "src"}
    (project / "m.json").write_text(
        json.dumps({**mapping, "criteria": {"mit": "licence", "size": "size"}, "create": ["technologies"]}),
        encoding="utf-8",
    )
    result = run("import", "t.json", "--map", "m.json")
    assert result.stderr.splitlines() == [
        't.json: entry 1: "Ask them" is not a source, so its facts are without it; expected one of: alpha-home, beta-review (2 times)',
        't.json: entry 1: "please" is not a source, so its facts are without it; expected one of: alpha-home, beta-review (2 times)',
        't.json: entry 1: "price" is not a criterion; name it in a mapping, under ignore to leave it out',
        't.json: entry 2: no record is made of "Epsilon": it has no kind; kind or kind_column in a mapping gives it one',
        't.json: entry 3: no record is made of "delta!": "delta" is the id of "Delta"; technologies in a mapping gives it another id',
    ]
    text = (project / "data/technologies/delta.yaml").read_text(encoding="utf-8")
    assert "summary" not in text
    assert "value: 0.000001\n" in text


def test_statements_of_a_table_are_those_of_the_record(project: Path, run: Run) -> None:
    """Whatever the order of their keys; what is no list of them leaves those of the record alone."""
    rows = [{"technology": "gamma", "criterion": "size", "value": 3, "statements": [{"when": "W", "value": "4"}]}]
    (project / "t.json").write_text(json.dumps(rows), encoding="utf-8")
    (project / "m.yaml").write_text("create: [criteria]\n", encoding="utf-8")
    for expected in ("1 fact added, 0 changed, 0 as", "0 facts added, 0 changed, 1 as"):
        assert expected in run("import", "t.json", "--map", "m.yaml").output
    (project / "t.csv").write_text("technology,criterion,value,statements\ngamma,size,3,none\n", encoding="utf-8")
    result = run("import", "t.csv", "--replace")
    assert '"none" is not a list of statements in JSON' in result.stderr
    gamma = load(project / "data").catalogue.technologies["gamma"].facts["size"]
    assert [(one.value, one.when) for one in gamma.statements] == [("4", "W")]


def test_a_column_has_values_under_a_condition(project: Path, run: Run) -> None:
    """They become statements of the fact, whichever column comes first; there need not be a plain value."""
    table = "name,price_long,price,price_batch\nAlpha,6,3,0.5\nBeta,,2,\nGamma,7,,\n"
    (project / "t.csv").write_text(table, encoding="utf-8")
    columns = "price: cost, price_long: {id: cost, when: above 200k tokens}, price_batch: {id: cost, when: in a batch}"
    (project / "m.yaml").write_text(
        f"shape: technologies-as-rows\ntechnology: name\ncriteria: {{{columns}}}\n", encoding="utf-8"
    )
    with (project / "data/criteria.yaml").open("a", encoding="utf-8") as file:
        file.write("\ncost: {name: Cost, definition: D., type: number, unit: $}\n")
    result = run("import", "t.csv", "--map", "m.yaml")
    assert (result.stderr, "3 facts added" in result.output) == ("", True)
    facts = {id_: one.facts.get("cost") for id_, one in load(project / "data").catalogue.technologies.items()}
    assert facts["alpha"]
    assert facts["beta"]
    assert facts["gamma"]
    assert facts["gamma"].value is None
    assert [(one.when, one.value) for one in facts["gamma"].statements] == [("above 200k tokens", "7")]
    assert (facts["alpha"].value, facts["beta"].statements) == ("3", ())
    stated = [(one.when, one.value) for one in facts["alpha"].statements]
    assert stated == [("above 200k tokens", "6"), ("in a batch", "0.5")]
    assert "0 facts added, 0 changed, 3 as they were" in run("import", "t.csv", "--map", "m.yaml").output


def test_a_table_of_nothing_but_conditions_adds_to_the_facts_that_there_are(project: Path, run: Run) -> None:
    """A fact with a value gets statements, and so does one without."""
    mapping = {
        "shape": "technologies-as-rows",
        "technology": "name",
        "criteria": {
            "big": {"id": "size", "when": "with [all]", "note": "why"},
            "old": {"id": "size", "when": "before"},
        },
    }
    table = "name,big,why,old\nAlpha,6,,\nGamma,7,Measured.,8\n"
    write_files(project, {"t.csv": table, "m.json": json.dumps(mapping)})
    (project / "plain.csv").write_text("technology,criterion,value\nalpha,size,3\n", encoding="utf-8")
    assert run("import", "plain.csv").exit_code == 0
    for expected in ("1 fact added, 1 changed, 0 as", "0 facts added, 0 changed, 2 as"):
        result = run("import", "t.csv", "--map", "m.json")
        assert (result.stderr, expected in result.output) == ("", True), result.output
    facts = {id_: one.facts.get("size") for id_, one in load(project / "data").catalogue.technologies.items()}
    assert facts["alpha"]
    assert facts["gamma"]
    assert (facts["alpha"].value, [(one.when, one.value) for one in facts["alpha"].statements]) == (
        "3",
        [("with [all]", "6")],
    )
    assert facts["gamma"].value is None
    stated = [(one.when, one.value, one.note and one.note.text) for one in facts["gamma"].statements]
    assert stated == [("with [all]", "7", "Measured."), ("before", "8", None)]


def test_a_mapping_says_what_new_records_are(project: Path, run: Run) -> None:
    """The fields of new criteria and sources: of one, of all, and from columns; what is wrong in a column is left out."""
    table = (
        "Feature,Part,Alpha,Alpha source,Alpha title,Read\n"
        "Start-up,Speed,12,https://a.example/one,One,2026-11-20\n"
        "Plugins,,via plugin,https://a.example/two,Two,yesterday\n"
        "Telemetry,,-,,,\n"
        "has.x,,yes,,,\n"
    )
    mapping = """
        shape: technologies-as-columns
        criterion: Feature
        sources: "{} source"
        criteria:
          Start-up: {id: latency, name: Time to start, type: number, unit: ms, definition: From the call to the prompt.}
          Plugins: {type: yes-no, tags: [ecosystem]}
          Telemetry: {}
        only: true
        about_criteria: {group: Part}
        about_sources: {title: "{} title", accessed: Read}
        ignore: ["* title"]
        values:
          via plugin: {value: partial, note: Only with a plugin.}
          "-": {not_applicable: true, note: It has none.}
        create:
          criteria: {group: Others, kinds: [web-framework]}
          sources: {kind: primary, publisher: Alpha}
        """
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    result = run("import", "t.csv", "--map", "m.yaml")
    wrong = 't.csv:3: [invalid-value] "yesterday" is not a date; expected a day such as 2026-11-22'
    assert result.stderr.splitlines() == [wrong]
    known = load(project / "data")
    criteria, sources = known.catalogue.criteria, known.catalogue.sources
    latency = criteria["latency"]
    assert (latency.name, latency.type, latency.unit, latency.group) == ("Time to start", "number", "ms", "Speed")
    assert latency.definition.text == "From the call to the prompt."
    assert (criteria["plugins"].type, criteria["plugins"].group, criteria["plugins"].tags) == (
        "yes-no",
        "Others",
        ("ecosystem",),
    )
    assert criteria["telemetry"].kinds == ("web-framework",)
    assert "has-x" not in criteria
    one, two = sources["a-example-one"], sources["a-example-two"]
    assert (one.title, str(one.accessed), one.kind, one.publisher) == ("One", "2026-11-20", "primary", "Alpha")
    assert (two.title, two.accessed, two.kind) == ("Two", None, "primary")
    facts = known.catalogue.technologies["alpha"].facts
    assert facts["plugins"].note
    assert (facts["plugins"].value, facts["plugins"].note.text) == ("partial", "Only with a plugin.")
    assert facts["telemetry"].not_applicable
    text = (project / "data/criteria.yaml").read_text(encoding="utf-8")
    assert "latency:\n  name: Time to start\n  definition: From the call to the prompt.\n  type: number\n" in text


def test_what_has_no_value_is_unknown_under_a_condition(project: Path, run: Run) -> None:
    """It costs neither the fact nor the other conditions; without a note it is nothing."""
    criteria = "{B max: {id: size, when: at most, note: why}, B min: {id: size, when: at least}, B: size}"
    mapping = f"{{shape: technologies-as-rows, criteria: {criteria}, values: {{n: {{note: N.}}, x: {{value: ''}}}}}}"
    write_files(project, {"t.csv": "technology,B,B max,why,B min\nalpha,1,n,,2\nbeta,12,x,,2\n", "m.yaml": mapping})
    assert run("import", "t.csv", "--map", "m.yaml").stderr == ""
    found = load(project / "data").catalogue.technologies
    size = found["alpha"].facts["size"]
    assert (size.value, [(one.when, one.value) for one in size.statements]) == (
        "1",
        [("at most", None), ("at least", "2")],
    )
    assert [one.when for one in found["beta"].facts["size"].statements] == ["at least"]


def test_new_criteria_have_the_order_of_the_table(project: Path, run: Run) -> None:
    """Whichever cells are empty, and whichever have a condition."""
    mapping = "{shape: technologies-as-rows, criteria: {B max: {id: b, when: at most}}, create: [criteria]}"
    table = "technology,A,B,B max,C\nalpha,,,2,1\nbeta,1,1,2,1\n"
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    assert run("import", "t.csv", "--map", "m.yaml").stderr == ""
    assert [*load(project / "data").catalogue.criteria][-3:] == ["a", "b", "c"]


WRONG = {
    "a misspelt field": (
        "criteria: {a: {id: x, typ: number}}",
        'm.yaml:1:23: "typ" is not a key here; did you mean "type"?',
    ),
    "a misspelt condition": (
        "criteria:\n  a: {id: x,\n    whn: now}",
        'm.yaml:3:5: "whn" is not a key here; did you mean "when"?',
    ),
    "no fields": ("criteria: {a: [x]}", 'm.yaml:1:15: "a" is a list; expected keys and values'),
    "a type that there is not": (
        "criteria:\n  a: {type: numbr}",
        'm.yaml:2:13: [invalid-value] "numbr" is not a value of "type"; did you mean "number"?',
    ),
    "a misspelt field of sources": (
        "create: {sources: {publsher: Me}}",
        'm.yaml:1:20: [unknown-key] "publsher" is not a key here; did you mean "publisher"?',
    ),
    "a day that there is not": (
        "create:\n  sources: {accessed: 2026-02-30}",
        'm.yaml:2:23: [invalid-value] "2026-02-30" is not a date; there is no day 30 in that month',
    ),
    "a default that is no date": (
        "defaults:\n  as_of: 2026-13",
        'm.yaml:2:10: [invalid-value] "2026-13" is not a date; there is no month 13; months are 01 to 12',
    ),
    "a kind with blanks": (
        "kind: Web Framework",
        'm.yaml:1:7: [invalid-id] "Web Framework" is not in kebab-case; did you mean "web-framework"?',
    ),
    "a misspelt type of records": (
        "create: [source]",
        'm.yaml:1:9: "source" is not a key here; did you mean "sources"?',
    ),
    "a misspelt column of sources": (
        "about_sources:\n  titel: a",
        'm.yaml:2:3: [unknown-key] "titel" is not a key here; did you mean "title"?',
    ),
    "a misspelt field of a fact": (
        "values: {x: {value: yes, nots: y}}",
        'm.yaml:1:26: [unknown-key] "nots" is not a key here; did you mean "note"?',
    ),
    "what is neither true nor false": ("only: maybe", 'm.yaml:1:7: "only" is a text; expected true or false'),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_mapping_has_its_place_and_the_nearest_name(project: Path, run: Run, name: str) -> None:
    mapping, message = WRONG[name]
    write_files(project, {"t.csv": "a\n1\n", "m.yaml": mapping})
    result = run("import", "t.csv", "--map", "m.yaml")
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_pattern_says_what_several_cells_mean(project: Path, run: Run) -> None:
    (project / "t.csv").write_text("criterion,Alpha,Beta\norm,built in 3.1,asked *\n", encoding="utf-8")
    mapping = (
        "{shape: technologies-as-columns, values: {'built in *': 'yes', 'built in 3.1': partial}, skip: ['asked*']}"
    )
    (project / "m.yaml").write_text(mapping, encoding="utf-8")
    assert "1 changed" in run("import", "t.csv", "--map", "m.yaml", "--replace").output
    assert load(project / "data").catalogue.technologies["alpha"].facts["orm"].value == "partial"
    (project / "t.csv").write_text("criterion,Alpha,Beta\norm,built in 3.2,asked *\n", encoding="utf-8")
    assert "1 changed" in run("import", "t.csv", "--map", "m.yaml", "--replace").output
    assert load(project / "data").catalogue.technologies["alpha"].facts["orm"].value == "yes"


def test_a_column_has_the_condition_of_each_row(project: Path, run: Run) -> None:
    """The row without one is the value; where each row has one, the first is the value and says so in its note."""
    table = (
        "technology,criterion,value,state\nalpha,size,3,packed\nalpha,size,7,\nbeta,size,1,packed\nbeta,size,2,loose\n"
    )
    write_files(project, {"t.csv": table, "m.yaml": "{value: value, when: state}"})
    result = run("import", "t.csv", "--map", "m.yaml", "--replace")
    assert "not placed" in result.output
    assert result.stderr == ""
    found = load(project / "data").catalogue.technologies
    for id_, value, statements in (
        ("alpha", "7", [("packed", "3")]),
        ("beta", "12", [("packed", "1"), ("loose", "2")]),
    ):
        fact = found[id_].facts["size"]
        assert (fact.value, [(one.when, one.value) for one in fact.statements]) == (value, statements)


def test_fields_of_a_technology_that_has_a_record_are_completed(project: Path, run: Run) -> None:
    table = 'name,size,text,site,words\nAlpha,5,Another text.,https://alpha.example,"one, two"\nBeta,12,,https://beta.example,\n'
    about = "{summary: text, repository: site, synonyms: words}"
    mapping = f"{{shape: technologies-as-rows, technology: name, about: {about}, criteria: {{size: size}}}}"
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    result = run("import", "t.csv", "--map", "m.yaml")
    words = '"summary" is "Alpha is a framework with everything." in the record and "Another text." here; --replace takes it'
    other = '"synonyms" is "first letter" in the record and "one, two" here; --replace takes it'
    assert result.stderr == f"t.csv:2: alpha: {words}\nt.csv:2: alpha: {other}\n"
    assert result.stdout.endswith("2 technology records completed\n")
    found = load(project / "data").catalogue.technologies
    assert [found[id_].repository for id_ in ("alpha", "beta")] == ["https://alpha.example", "https://beta.example"]
    assert "as they were" in run("import", "t.csv", "--map", "m.yaml", "--replace").output
    assert load(project / "data").catalogue.technologies["alpha"].synonyms == ("one", "two")


def test_a_new_enumeration_has_the_values_of_its_cells_and_a_criterion_its_defaults(project: Path, run: Run) -> None:
    table = "name,Model,Host\nAlpha,Open core,own\nBeta,Free,\n"
    criteria = (
        "{Model: {type: one-of, definition: D, defaults: {sources: [beta-review], as_of: 2025}}, Host: {definition: D}}"
    )
    mapping = f"shape: technologies-as-rows\ntechnology: name\ncriteria: {criteria}\ndefaults: {{as_of: 2024}}\ncreate: [criteria]\n"
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    assert run("import", "t.csv", "--map", "m.yaml").exit_code == 0
    found = load(project / "data")
    assert found.problems == []
    assert [one.words for one in found.catalogue.criteria["model"].values.values()] == ["Free", "Open core"]
    facts = found.catalogue.technologies["alpha"].facts
    assert [(facts[id_].sources, str(facts[id_].as_of)) for id_ in ("model", "host")] == [
        (("beta-review",), "2025"),
        ((), "2024"),
    ]
    wrong = mapping.replace("as_of: 2025", "as_of: 2025-14")
    (project / "m.yaml").write_text(wrong, encoding="utf-8")
    assert "m.yaml:3:" in run("import", "t.csv", "--map", "m.yaml").stderr


def test_technologies_as_values_are_found_by_their_words(project: Path, run: Run) -> None:
    """By their names, their synonyms and what the mapping calls them; entries of JSON stay whole."""
    rows = [
        {"name": "Gamma", "Built on": ["First letter (17 %)", "B 2"], "Uses": ["x, y", "z (1, 2)"], "When": "2012/13"}
    ]
    mapping = """
        shape: technologies-as-rows
        technology: name
        as_of: When
        technologies: {B 2: beta}
        criteria: {Built on: {type: technologies, definition: D}, Uses: {type: list, definition: D}}
        create: [criteria]
        """
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    words = '"2012/13" is no date in "as_of"; expected a date such as 2026, 2026-11 or 2026-11-22 (2 times)'
    assert result.stderr == f"t.json: entry 1: {words}\n"
    facts = load(project / "data").catalogue.technologies["gamma"].facts
    assert (facts["built-on"].value, facts["uses"].value) == ("alpha (17 %), beta", "x, y; z (1, 2)")


def test_further_values_need_no_value_beside_them(project: Path, run: Run) -> None:
    statements = [{"value": 3, "when": "packed"}, {"value": 2, "as_of": "2012"}]
    mapping = "{shape: technologies-as-rows, technology: name, statements: '{} parts', criteria: {size: size}}"
    write_files(
        project, {"t.json": json.dumps([{"name": "Gamma", "size": "", "size parts": statements}]), "m.yaml": mapping}
    )
    assert run("import", "t.json", "--map", "m.yaml").stderr == ""
    fact = load(project / "data").catalogue.technologies["gamma"].facts["size"]
    assert [(one.value, one.when, str(one.as_of)) for one in fact.statements] == [
        ("3", "packed", "None"),
        ("2", None, "2012"),
    ]


def test_a_field_that_names_no_column_is_reported(project: Path, run: Run) -> None:
    write_files(
        project,
        {
            "t.csv": "criterion,Alpha\nsize,5\n",
            "m.yaml": "{shape: technologies-as-columns, sources: source, note: '{} notes', defaults: {sources: [alpha-home]}}",
        },
    )
    lines = run("import", "t.csv", "--map", "m.yaml").stderr.splitlines()
    assert [line.partition("; ")[0] for line in lines] == [
        'm.yaml: "source" in "sources" is not in t.csv',
        'm.yaml: "{} notes" in "note" is not in t.csv',
    ]


def test_patterns_leave_columns_out(project: Path, run: Run) -> None:
    rows = [{"technology": "alpha", "size": 3, "has": {"a": True, "b": False}, "Free?": "x", "Size [MB]": 1}]
    mapping = "shape: technologies-as-rows\nignore: ['has.*', 'Free?', 'Size [MB]', 'no*']\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    assert result.stderr.splitlines() == [
        'm.yaml: "no*" in "ignore" is not in t.json; expected one of: Free?, Size [MB], has.a, has.b, size, technology'
    ]


def test_numbers_in_statements_of_json_are_the_same_in_each_import(project: Path, run: Run) -> None:
    statements = [{"value": 6, "when": "W"}, {"value": 3e-06, "preview": True}]
    rows = [{"technology": "alpha", "criterion": "size", "value": 3, "statements": statements}]
    (project / "t.json").write_text(json.dumps(rows), encoding="utf-8")
    assert "1 fact added" in run("import", "t.json").output
    assert "0 changed, 1 as they were" in run("import", "t.json").output
    (fact,) = [one for one in json.loads(run("export", "--json").output) if one.get("statements")]
    assert fact["statements"] == [{"value": "6", "when": "W"}, {"value": "0.000003", "preview": "true"}]


def test_a_mapping_gives_a_new_technology_its_id(project: Path, run: Run) -> None:
    (project / "t.csv").write_text("technology,criterion,value\nDelta 2,licence,MIT\n", encoding="utf-8")
    mapping = "kind: web-framework\ncreate: [technologies]\ntechnologies: {Delta 2: delta-two}\n"
    (project / "m.yaml").write_text(mapping, encoding="utf-8")
    assert run("import", "t.csv", "--map", "m.yaml").exit_code == 0
    found = load(project / "data").catalogue.technologies["delta-two"]
    assert (found.name, found.kind) == ("Delta 2", "web-framework")


def test_a_dry_run_writes_nothing(project: Path, run: Run) -> None:
    before = records(project)
    (project / "facts.csv").write_text("technology,criterion,value\ngamma,size,3\n", encoding="utf-8")
    assert run("import", "facts.csv", "--dry-run").output == (
        "1 fact added, 0 changed, 0 as they were, 0 not placed (nothing was written)\n"
    )
    assert records(project) == before


def test_json_of_objects_in_objects(project: Path, run: Run) -> None:
    table = {"Gamma": {"size": {"value": 3, "why": "Weighed."}, "first-release": None, "orm": True}}
    mapping = {
        "shape": "technologies-as-rows",
        "technology": "@key",
        "criteria": {"size.value": {"id": "size", "note": "size.why"}},
    }
    files = {"t.json": json.dumps(table), "m.json": json.dumps(mapping)}
    write_files(project, files)
    result = run("import", "t.json", "--map", "m.json")
    assert '"value" is "no" in the record and "yes" here' in result.output
    gamma = load(project / "data").catalogue.technologies["gamma"].facts["size"]
    assert (gamma.value, gamma.note and gamma.note.text) == ("3", "Weighed.")


@pytest.mark.parametrize(
    ("table", "mapping", "words"),
    [
        ("a,b\n1,2\n", None, 'has no column "'),
        ("a\n1\n", "shap: facts\n", 'm.yaml:1:1: "shap" is not a key here; did you mean "shape"?'),
        ("a\n1\n", "kind: k\nshape: fact\n", 'm.yaml:2:8: "fact" is not a value of "shape"; did you mean "facts"?'),
        ("a\n1\n", "shape: rows\n", 'm.yaml:1:8: "rows" is not a value of "shape"; did you mean "technologies-as-rows"?'),
        ("a\n1\n", "shape: [facts]\n", 'm.yaml:1:8: "shape" is a list; expected a text'),
        ("a\n1\n", "create: sources\n", 'm.yaml:1:9: "create" is a text; expected keys and values'),
        ("a\n1\n", "create: [criteria, source]\n", 'm.yaml:1:9: "source" is not a key here; did you mean "sources"?'),
        ("a\n1\n", "criteria:\n  a: {idd: x}\n", 'm.yaml:2:7: "idd" is not a key here; did you mean "id"?'),
        ("a\n1\n", "about: {summry: a}\n", 'm.yaml:1:9: [unknown-key] "summry" is not a key here; did you mean "summary"?'),
        ("a\n1\n", "- a\n", "m.yaml:1:1: the file is no mapping; expected keys and values"),
        ("a\n1\n", "kind: []\n", 'm.yaml:1:7: "kind" is a list; expected a text'),
        ("a\n1\n", "a: [\n", "m.yaml:2:1: [yaml-syntax] "),
        ("a\n", None, "t.csv cannot be read: it has no row below the header"),
        ("", None, "t.csv cannot be read: it has no row below the header"),
        ('a,b\n1,2\n3,"4\n5,6\n', None, "t.csv:3: a quotation mark is never closed; close it, or write two for one in a text"),
        ('a\n"1"2\n', None, "t.csv:2: "),
        (b"a\n\xff\n", None, "t.csv is not UTF-8"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read(
    project: Path, run: Run, table: str | bytes, mapping: str | None, words: str
) -> None:
    write_files(project, {"t.csv": table, "m.yaml": mapping or ""})
    result = run("import", "t.csv", *(("--map", "m.yaml") if mapping else ()))
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_only_paragraphs_are_put_into_one_line() -> None:
    assert unwrapped("one\ntwo") == "one two"
    for text in ("one\n\ntwo", "one\n- two", "one\n2. two", "one  \ntwo", "one\\\ntwo", "```\none\n```", "one\n# two"):
        assert unwrapped(text) == text


DEEP = "[" * 100_000
UNREADABLE = {
    "a table that is deep": ("t.json", DEEP, (), "t.json cannot be read: lists or objects are nested too deeply"),
    "half a character": (
        "t.json",
        r'[{"technology": "alpha", "criterion": "size", "value": "\ud800"}]',
        (),
        "t.json: entry 1: the row has the character U+D800, which no record may have",
    ),
    "statements that are deep": (
        "t.json",
        json.dumps([{"technology": "alpha", "criterion": "size", "value": "3", "statements": DEEP}]),
        (),
        "is not a list of statements in JSON",
    ),
    "statements of objects": (
        "t.json",
        '[{"technology": "alpha", "criterion": "size", "value": "3", "statements": [{"when": "x", "value": {"a": 1}}]}]',
        (),
        "is not a list of statements in JSON",
    ),
    "two signs": ("t.csv", "a|b\n", ("--delimiter", "ab"), '"ab" separates no cells'),
    "a line break": ("t.csv", "a|b\n", ("--delimiter", "\n"), "separates no cells"),
    "a mapping that is deep": ("m.json", DEEP, ("--map", "m.json"), "m.json: lists or objects are nested too deeply"),
    "half a character in a mapping": (
        "m.json",
        r'{"values": {"MIT": "\ud800"}}',
        ("--map", "m.json"),
        "m.json: it has the character U+D800",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_one_message(project: Path, run: Run, name: str) -> None:
    file, text, options, message = UNREADABLE[name]
    write_files(project, {"t.csv": "technology,criterion,value\nalpha,size,3\n", file: text})
    before = records(project)
    result = run("import", file if file.startswith("t.") else "t.csv", *options, "--replace")
    assert result.exit_code != 0
    assert message in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert len(result.stderr) < 2_000
    if "statements" not in name:
        assert records(project) == before


def test_one_text_that_is_too_long_costs_itself(project: Path, run: Run) -> None:
    rows = [{"technology": "Delta", "criterion": name, "value": "2010"} for name in ("licence", "first-release")]
    rows[0]["note"] = "long " * 4_000
    write_files(
        project,
        {"t.json": json.dumps(rows), "m.yaml": "kind: web-framework\ncreate: [technologies]\n"},
    )
    before = records(project)
    result = run("import", "t.json", "--map", "m.yaml")
    assert result.stderr.startswith('t.json: entry 1: delta, licence: "note" is left out: [too-large] ')
    assert result.stderr.count("\n") <= 2
    assert records(project).keys() - before.keys() == {"delta.yaml"}
    facts = load(project / "data").catalogue.technologies["delta"].facts
    assert (facts["licence"].value, facts["licence"].note) == ("2010", None)


def test_what_json_calls_true_is_true(project: Path, run: Run) -> None:
    rows = [{"technology": "alpha", "criterion": "size", "not_applicable": True, "note": "It has none."}]
    write_files(project, {"t.json": json.dumps(rows)})
    result = run("import", "t.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert load(project / "data").catalogue.technologies["alpha"].facts["size"].not_applicable


def test_a_criterion_has_the_name_of_its_plain_column(project: Path, run: Run) -> None:
    mapping = {
        "shape": "technologies-as-rows",
        "kind": "web-framework",
        "criteria": {"In a batch": {"id": "price", "when": "in a batch"}},
        "create": ["criteria"],
    }
    write_files(project, {"t.csv": "technology,In a batch,Price\nalpha,1,2\n", "m.json": json.dumps(mapping)})
    assert run("import", "t.csv", "--map", "m.json").stderr == ""
    known = load(project / "data").catalogue
    assert known.criteria["price"].name == "Price"
    price = known.technologies["alpha"].facts["price"]
    assert (price.value, [one.value for one in price.statements]) == ("2", ["1"])


def test_what_a_mapping_names_and_the_table_has_not_is_reported(project: Path, run: Run) -> None:
    mapping = {"criteria": {"Sise": "size"}, "technologies": {"Alfa": "alpha"}, "ignore": ["x"]}
    write_files(project, {"t.csv": "technology,criterion,value\nalpha,size,3\n", "m.json": json.dumps(mapping)})
    result = run("import", "t.csv", "--map", "m.json")
    assert result.stderr.splitlines() == [
        'm.json: "Sise" in "criteria" is not in t.csv; did you mean "size"?',
        'm.json: "x" in "ignore" is not in t.csv; expected one of: criterion, technology, value',
        'm.json: "Alfa" in "technologies" is not in t.csv; did you mean "alpha"?',
    ]


AGAIN = {
    "a cell": (
        "technology,criterion,label,value\nAlpha,css.gap,Gap of rows,yes\n",
        "{about_criteria: {name: label}, create: [criteria]}",
        "css-gap",
    ),
    "a column": (
        "technology,css.gap\nalpha,yes\n",
        "{shape: technologies-as-rows, criteria: {css.gap: {name: Gap of rows, definition: X.}}, create: [criteria]}",
        "css-gap",
    ),
    "a technology": (
        "technology,label,licence\nchip_8,The Chip,MIT\n",
        "{shape: technologies-as-rows, kind: web-framework, about: {name: label}, create: [technologies]}",
        "licence",
    ),
    "words of a source": ("technology,criterion,value,sources\nalpha,size,3,Alpha Home\n", "{}", "size"),
}


@pytest.mark.parametrize("name", AGAIN)
def test_a_name_that_makes_a_known_id_is_that_record(project: Path, run: Run, name: str) -> None:
    table, mapping, criterion = AGAIN[name]
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    first = run("import", "t.csv", "--map", "m.yaml")
    assert (first.stderr, first.output.count("1 fact added")) == ("", 1)
    before = records(project)
    again = run("import", "t.csv", "--map", "m.yaml")
    assert (again.stderr, again.output) == ("", "0 facts added, 0 changed, 1 as they were, 0 not placed\n")
    assert records(project) == before
    assert criterion in load(project / "data").catalogue.criteria


@pytest.mark.parametrize(
    "mapping", ["since: '{}'\ncriteria: {Gap: {type: yes-no}}", "criteria: {Gap: {type: yes-no, since: Gap}}"]
)
def test_a_cell_is_the_version_since_which_the_value_is_yes(project: Path, run: Run, mapping: str) -> None:
    """Unless it is a value, or the mapping says what it means."""
    rows = [{"technology": one, "Gap": cell} for one, cell in (("alpha", "57"), ("beta", False), ("gamma", "never"))]
    common = "shape: technologies-as-rows\nvalues: {never: {value: partial, note: N.}}\ncreate: [criteria]\n"
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": f"{common}{mapping}\n"})
    result = run("import", "t.json", "--map", "m.yaml")
    assert (result.stderr, "3 facts added" in result.output) == ("", True)
    facts = [one.facts["gap"] for one in load(project / "data").catalogue.technologies.values()]
    assert [(one.value, one.since) for one in facts] == [("yes", "57"), ("no", None), ("partial", None)]


def test_what_is_said_of_no_value_is_reported(project: Path, run: Run) -> None:
    mapping = "{shape: technologies-as-rows, since: '{} since', sources: from, preview: '{} soon'}"
    table = "technology,size,size since,size soon,from\nalpha,,3,,alpha-home\nbeta,,,false,alpha-home\n"
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    assert run("import", "t.csv", "--map", "m.yaml").stderr == 't.csv:2: "size" of "alpha" has no value, but "since"\n'


def test_cells_of_a_column_have_meanings_of_their_own(project: Path, run: Run) -> None:
    mapping = """
        shape: technologies-as-rows
        criteria:
          orm: {cells: {n: no, "": {not_applicable: true, note: None.}}, skip: ["?"]}
        values: {n: "9", "?": "8"}
        """
    write_files(project, {"t.csv": "technology,orm,size\nalpha,n,n\nbeta,?,?\ndelta,,\n", "m.yaml": mapping})
    write_files(project, {"data/technologies/delta.yaml": "name: Delta\nkind: web-framework\nsummary: S\n"})
    result = run("import", "t.csv", "--map", "m.yaml", "--replace")
    known = load(project / "data").catalogue.technologies
    assert (known["alpha"].facts["orm"].value, known["alpha"].facts["size"].value) == ("no", "9")
    assert known["beta"].facts["size"].value == "8"
    assert (known["delta"].facts["orm"].not_applicable, "size" in known["delta"].facts) == (True, False)
    assert result.stderr == ""


def test_fields_of_new_records_follow_from_the_model(project: Path, run: Run) -> None:
    """Texts, flags and lists, which are JSON or words with commas."""
    rows = [
        {
            "technology": "Delta",
            "criterion": "texture_units",
            "tags": ["a", "b"],
            "fold": True,
            "words": "one; two",
            "state": "discontinued",
            "links": [{"label": "L", "url": "https://a.example/"}],
            "value": "1",
        }
    ]
    mapping = """
        kind: web-framework
        about: {synonyms: words, status: state, links: links}
        about_criteria: {tags: tags, only_when_different: fold}
        create: {technologies: true, criteria: null, sources: false}
        """
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    assert (result.stderr, result.exit_code) == ("", 0)
    known = load(project / "data").catalogue
    delta, units = known.technologies["delta"], known.criteria["texture-units"]
    assert (delta.synonyms, delta.status, delta.links[0].label) == (("one", "two"), "discontinued", "L")
    assert (units.name, units.tags, units.only_when_different) == ("Texture units", ("a", "b"), True)


def test_a_value_and_what_is_not_applicable_replace_each_other(project: Path, run: Run) -> None:
    write_files(
        project,
        {
            "a.csv": "technology,criterion,note,not_applicable\nbeta,licence,None.,true\n",
            "b.csv": "technology,criterion,value\nbeta,licence,BSD\n",
        },
    )
    words = "beta/licence is a value in the record and none, for it is not applicable here; --replace takes it"
    assert run("import", "a.csv").stderr == f"a.csv:2: {words}\n"
    assert "1 changed, 0 as they were, 0 not placed" in run("import", "a.csv", "--replace").output
    fact = load(project / "data").catalogue.technologies["beta"].facts["licence"]
    assert (fact.value, fact.not_applicable, fact.sources) == (None, True, ())
    assert "beta/licence is not applicable in the record and a value here" in run("import", "b.csv").stderr
    assert "1 changed, 0 as they were, 0 not placed" in run("import", "b.csv", "--replace").output
    fact = load(project / "data").catalogue.technologies["beta"].facts["licence"]
    assert (fact.value, fact.not_applicable, fact.note) == ("BSD", False, None)


def test_a_needless_pattern_is_a_note_and_a_wrong_key_names_all_keys(project: Path, run: Run) -> None:
    write_files(project, {"t.csv": "technology,criterion,value\nalpha,size,3\n", "m.yaml": "ignore: ['x*']\n"})
    result = run("import", "t.csv", "--map", "m.yaml")
    assert (result.exit_code, result.stderr.partition(";")[0]) == (0, 'm.yaml: "x*" in "ignore" is not in t.csv')
    write_files(project, {"m.yaml": "criteria: {a: {qqq: x}}\n"})
    message = run("import", "t.csv", "--map", "m.yaml").stderr
    assert "…" not in message
    assert all(f" {name}," in message for name in ("cells", "definition", "tags", "unit"))


def test_ids_end_with_a_whole_word(project: Path, run: Run) -> None:
    url = "https://example.org/a-very-long-path/to-the-page/with-many-words/that-says-it"
    rows = [{"technology": "alpha", "criterion": "size", "value": 3, "sources": url}]
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": "create: [sources]\n"})
    assert run("import", "t.json", "--map", "m.yaml").exit_code == 0
    assert "example-org-a-very-long-path-to-the-page-with-many-words" in load(project / "data").catalogue.sources


GEMS = [
    {
        "name": "Quartz",
        "low": 1.5,
        "high": 1.6,
        "sign": "Biaxial +",
        "lustre": "vitreous to resinous",
        "one": "red",
        "two": "blue",
        "seen": "diag",
        "text": "It is n/a; see *there*.",
        "uses": ["a; b", "c"],
        "made": None,
        "link": "https://example.org/gems/quartz",
        "group": "mineral",
        "words": ["one, two"],
    },
    {
        "name": "Opal",
        "low": None,
        "high": 7,
        "sign": "Biaxial -",
        "lustre": "vitreous",
        "one": "red",
        "two": None,
        "seen": None,
        "text": "",
        "uses": ["d"],
        "made": None,
        "link": None,
        "group": "glass",
    },
]
GEM_MAPPING = """
    shape: technologies-as-rows
    technology: name
    kind_column: group
    about: {sources: link}
    values: {diag: no}
    criteria:
      low: {id: hardness, name: Hardness, type: number, to: high}
      sign: {type: one-of}
      lustre: {type: list, split: " to "}
      one: {id: colours, name: Colours, type: list}
      two: {id: colours}
      seen: {type: yes-no, note: text, cells: {"*": {value: yes, note: "Seen: {}."}}}
      uses: {type: list}
      words: {type: list}
      made: {kinds: [glass], cells: {"": {not_applicable: true, note: Nobody makes it.}}}
    create: [technologies, criteria, sources]
    """


def test_a_table_of_gems(project: Path, run: Run) -> None:
    """Ranges in two columns, lists in several or with words between, signs in enumerations, notes as they are, empty cells."""
    write_files(project, {"gems.json": json.dumps(GEMS), "m.yaml": GEM_MAPPING})
    result = run("import", "gems.json", "--map", "m.yaml")
    assert result.stderr == ""
    catalogue = load(project / "data").catalogue
    quartz, opal = (catalogue.technologies[id_] for id_ in ("quartz", "opal"))
    assert {id_: fact.value for id_, fact in quartz.facts.items()} == {
        "hardness": "1.5 to 1.6",
        "sign": "Biaxial +",
        "lustre": "vitreous, resinous",
        "colours": "red, blue",
        "seen": "yes",
        "uses": "a, b; c",
        "words": "one, two;",
    }
    assert {id_: fact.value for id_, fact in opal.facts.items()} == {
        "hardness": "at most 7",
        "sign": "Biaxial -",
        "lustre": "vitreous",
        "colours": "red",
        "uses": "d",
        "made": None,
    }
    assert str(quartz.facts["seen"].note) == "It is n/a; see *there*."
    assert [*catalogue.criteria["sign"].values] == ["biaxial-plus", "biaxial-minus"]
    assert [catalogue.sources[id_].url for id_ in quartz.sources] == ["https://example.org/gems/quartz"]
    assert run("import", "gems.json", "--map", "m.yaml").stdout.startswith("0 facts added, 0 changed, 13 as they were")


def test_a_note_says_what_a_cell_said(project: Path, run: Run) -> None:
    mapping = "shape: technologies-as-rows\ntechnology: name\ncreate: [criteria]\ncriteria:\n  Way: {cells: {'flux (*': {value: flux, note: 'As typed: {}'}}}\n"
    write_files(project, {"t.csv": "name,Way\nAlpha,flux (slow)\n", "m.yaml": mapping})
    run("import", "t.csv", "--map", "m.yaml")
    fact = load(project / "data").catalogue.technologies["alpha"].facts["way"]
    assert (fact.value, str(fact.note)) == ("flux", "As typed: flux (slow)")


def test_two_columns_of_one_value_are_reported(project: Path, run: Run) -> None:
    mapping = "shape: technologies-as-rows\ntechnology: name\ncreate: [criteria]\ncriteria: {Low: {id: size-of-it}, High: {id: size-of-it}}\n"
    write_files(project, {"t.csv": "name,Low,High\nAlpha,1,2\n", "m.yaml": mapping})
    words = 't.csv:2: "Alpha" has an answer to "size-of-it" already (t.csv:2)'
    hint = "of two columns one may be the upper end (to), or have a condition (when)"
    assert run("import", "t.csv", "--map", "m.yaml").stderr == f"{words}; {hint}\n"


MARKDOWN_TABLE = "| Question | Alpha | Beta |\n|---|:-:|---|\n| Way | `a \\| b` | **[words](https://example.org)** |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# T\n\n{MARKDOWN_TABLE}", {"alpha": "a | b", "beta": "words"}),
        ("# T\n\nNo table.\n", "it has no table; expected one"),
        (f"{MARKDOWN_TABLE}\n\n{MARKDOWN_TABLE}", "it has 2 tables; expected one"),
    ],
)
def test_a_table_in_markdown(project: Path, run: Run, text: str, expected: Mapping[str, str] | str) -> None:
    mapping = "shape: technologies-as-columns\ncriterion: Question\ncreate: [criteria]\n"
    write_files(project, {"t.md": text, "m.yaml": mapping})
    result = run("import", "t.md", "--map", "m.yaml")
    if isinstance(expected, str):
        assert result.stderr == f"Error: t.md cannot be read: {expected}\n"
        return
    found = load(project / "data").catalogue.technologies
    assert {id_: found[id_].facts["way"].value for id_ in expected} == expected


def test_the_links_of_a_table_in_markdown_are_kept(project: Path, run: Run) -> None:
    table = (
        "| | [Alpha](https://example.org/other) | [New](https://example.org/new) |\n|---|---|---|\n"
        "| [Way](https://example.org/way) | [a](https://example.org/a) | yes ([docs](https://example.org/b))[^1] |\n"
        "| Place | <https://example.org/c> | [b](b.md) |\n\n[^1]: See [it](https://example.org/d).\n"
    )
    mapping = (
        "shape: technologies-as-columns\ncriterion: '@first'\nkind: tool\ncreate: [technologies, criteria, sources]\n"
    )
    write_files(project, {"t.md": table, "m.yaml": mapping})
    result = run("import", "t.md", "--map", "m.yaml")
    assert result.stdout.endswith(
        "4 facts added, 0 changed, 0 as they were, 1 not placed, 1 new technology record, 2 new criterion records, 3 new source records\n"
    )
    assert '"homepage" is "https://example.org/alpha" in the record' in result.stderr
    found = load(project / "data").catalogue
    new, alpha = found.technologies["new"], found.technologies["alpha"]
    cited = {
        fact.value: [found.sources[id_].url for id_ in fact.sources]
        for fact in (*new.facts.values(), alpha.facts["way"], alpha.facts["place"])
    }
    assert cited == {
        "yes": ["https://example.org/b", "https://example.org/d"],
        "b": [],
        "a": ["https://example.org/a"],
        "https://example.org/c": [],
    }
    assert (new.homepage, found.criteria["way"].specification) == (
        "https://example.org/new",
        ("https://example.org/way",),
    )
    assert str(new.facts["way"].note) == "See it."


def test_a_link_that_is_no_source_is_reported(project: Path, run: Run) -> None:
    mapping = "shape: technologies-as-columns\ncriterion: Question\ncreate: [criteria]\n"
    write_files(project, {"t.md": MARKDOWN_TABLE, "m.yaml": mapping})
    result = run("import", "t.md", "--map", "m.yaml")
    assert '"https://example.org" is not a source' in result.stderr
    assert "1 not placed" in result.stdout


def test_names_that_differ_by_case_are_two_technologies(project: Path, run: Run) -> None:
    """Nothing of the one is said of the other, whether the mapping names one of them, both or none."""
    table = "name,Power,Idle,Climb,Note\nPW4x58,1,5,6,\nPW4X58,2,7,8,\nEmpty,,,,\n"
    mapping = """\
        shape: technologies-as-rows
        technology: name
        kind: engine
        note: Note
        criteria: {Power: power, Idle: {id: noise, when: idle}, Climb: {id: noise, when: climb}}
        create: [technologies, criteria]
        """
    write_files(project, {"t.csv": table, "m.yaml": mapping})
    result = run("import", "t.csv", "--map", "m.yaml")
    words = 'no record is made of "PW4X58": "pw4x58" is the id of "PW4x58"'
    assert result.stderr.splitlines() == [
        f"t.csv:3: {words}; technologies in a mapping gives it another id (3 times)",
        't.csv:4: no record is made of "Empty", which has no value',
    ]
    found = load(project / "data").catalogue.technologies
    assert (found["pw4x58"].facts["power"].value, len(found["pw4x58"].facts["noise"].statements)) == ("1", 2)
    for named in ("{PW4X58: pw4x58-b}", "{PW4x58: pw4x58, PW4X58: pw4x58-b}"):
        write_files(project, {"m.yaml": f"{textwrap.dedent(mapping)}technologies: {named}\n"})
        run("import", "t.csv", "--map", "m.yaml")
        found = load(project / "data").catalogue.technologies
        for id_, power, noise in (("pw4x58", "1", ["5", "6"]), ("pw4x58-b", "2", ["7", "8"])):
            facts = found[id_].facts
            assert (facts["power"].value, [one.value for one in facts["noise"].statements]) == (power, noise)


def test_what_is_no_technology_is_left_out_of_a_list(project: Path, run: Run) -> None:
    rows = [
        {"name": "Alpha", "Uses": ["B 2 (new)", "Nothing", "Gamma", "Neither"], "Price": 0.00000125, "Extra": None},
        {"name": "Beta", "Uses": [], "More": [{"when": "later", "value": "B 2"}], "Price": "free"},
        {"name": "Gamma", "Price": 2},
    ]
    mapping = """\
        shape: technologies-as-rows
        technology: name
        technologies: {B 2: Beta}
        values: {"": {note: It is empty.}}
        criteria: {Uses: {type: technologies, statements: More}, Price: {type: text, times: 1000000}, Extra: {type: text}}
        create: [criteria]
        """
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    result = run("import", "t.json", "--map", "m.yaml")
    assert result.stderr.splitlines() == [
        f't.json: entry 1: alpha, uses: "{name}" is not a technology, so it is left out of the list'
        for name in ("Nothing", "Neither")
    ]
    found = load(project / "data").catalogue.technologies
    assert found["alpha"].facts["uses"].value == "beta (new), gamma"
    assert [one.value for one in found["beta"].facts["uses"].statements] == ["beta"]
    assert [found[id_].facts["price"].value for id_ in ("alpha", "beta", "gamma")] == ["1.25", "free", "2000000"]
    assert [id_ for id_ in ("alpha", "beta", "gamma") if "extra" in found[id_].facts] == ["alpha"]
