"""Tables of several sources: what each of them adds, and that none speaks for another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import write_files
from sphinx_versus.catalogue.loader import load
from sphinx_versus.catalogue.model import Fact

from .conftest import Run

ROWS = "shape: technologies-as-rows\n"
NEW = f"{ROWS}kind: web-framework\ncreate: [technologies, criteria]\n"


class Tables:
    """Imports one table after another."""

    def __init__(self, project: Path, run: Run) -> None:
        self.project, self._run = project, run

    def add(self, table: str, mapping: str, *options: str) -> Any:
        write_files(self.project, {"t.csv": table, "m.yaml": mapping})
        return self._run("import", "t.csv", "--map", "m.yaml", *options)

    def fact(self, technology: str, criterion: str) -> Fact:
        return load(self.project / "data").catalogue.technologies[technology].facts[criterion]

    def statements(self, technology: str, criterion: str) -> list[dict[str, Any]]:
        found = self.fact(technology, criterion).statements
        shown = [{name: getattr(one, name) for name in ("value", "when", "as_of", "sources")} for one in found]
        return [{name: str(one) if name == "as_of" else one for name, one in given.items() if one} for given in shown]


@pytest.fixture
def tables(project: Path, run: Run) -> Tables:
    return Tables(project, run)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5.0", "50"),
        ("≤ 5", "≤ 50"),
        (">= 2", ">= 20"),
        ("~5", "~50"),
        ("<5", "<50"),
        ("1-3", "10-30"),
        ("1 to 3", "10 to 30"),
        ("0.512 ± 0.002", "5.12 ± 0.02"),
        ("5 (at 5 K)", "50 (at 5 K)"),
        ("1,200", "12000"),
        ("-3", "-30"),
        ("1e3", "10000"),
        ("5+", "50+"),
        ("about 1.25", "about 12.5"),
        ("unlimited", "unlimited"),
    ],
)
def test_numbers_of_every_form_are_multiplied(tables: Tables, cell: str, expected: str) -> None:
    asked = "criteria: {Load: {type: number, times: 10, definition: X.}}\n"
    assert tables.add(f'technology,Load\nalpha,"{cell}"\n', f"{NEW}{asked}").exit_code == 0
    assert tables.fact("alpha", "load").value == expected


def test_both_ends_of_a_range_and_what_is_behind_its_sign_are_multiplied(tables: Tables) -> None:
    asked = (
        "criteria:\n  Low: {id: load, name: Load, type: number, times: 100, to: High, definition: X.}\n"
        "  Mass: {type: number, times: 10, margin: Error, definition: X.}\n"
    )
    tables.add("technology,Low,High,Mass,Error\nalpha,0.5,60,1.5,.2\nbeta,,60,1,\n", NEW + asked)
    assert [tables.fact(one, "load").value for one in ("alpha", "beta")] == ["50 to 6000", "at most 6000"]
    assert [tables.fact(one, "mass").value for one in ("alpha", "beta")] == ["15 ± 2", "10"]


def test_values_under_a_condition_have_the_sources_and_date_of_their_table(tables: Tables) -> None:
    mapping = f"{ROWS}criteria: {{Size in a box: {{id: size, when: in a box}}}}\ndefaults: {{sources: [alpha-home], as_of: 2008}}\n"
    result = tables.add("technology,Size in a box\nbeta,9\n", mapping)
    assert result.exit_code == 0, result.stderr
    assert tables.statements("beta", "size") == [
        {"value": "9", "when": "in a box", "as_of": "2008", "sources": ("alpha-home",)}
    ]
    fact = tables.fact("beta", "size")
    assert (fact.value, fact.sources, fact.as_of) == ("12", (), None)


def test_a_condition_says_no_source_and_date_that_its_fact_has(tables: Tables) -> None:
    mapping = f"{ROWS}criteria: {{Boxed: {{id: size, when: in a box}}, Size: size}}\ndefaults: {{sources: [alpha-home], as_of: 2008}}\n"
    tables.add("technology,Size,Boxed\ngamma,5,9\n", mapping)
    assert tables.statements("gamma", "size") == [{"value": "9", "when": "in a box"}]
    assert tables.fact("gamma", "size").sources == ("alpha-home",)


def test_no_table_speaks_for_another(tables: Tables) -> None:
    """The first one made the record and its defaults; what the second says has no source and no date."""
    first = f"{NEW}defaults: {{sources: [alpha-home], as_of: 2026}}\n"
    tables.add(
        "technology,Load,Wait\nnova,3,1\n", f"{first}criteria: {{Load: {{definition: X.}}, Wait: {{definition: X.}}}}\n"
    )
    tables.add("technology,Speed\nnova,4\n", f"{NEW}criteria: {{Speed: {{definition: X.}}}}\n")
    facts = [tables.fact("nova", one) for one in ("load", "speed")]
    assert [(one.sources, str(one.as_of)) for one in facts] == [(("alpha-home",), "2026"), ((), "None")]


def test_conditions_of_several_tables_are_kept(tables: Tables) -> None:
    table, mapping = "technology,when,Load\nalpha,{},{}\n", f"{NEW}when: when\ncriteria: {{Load: {{definition: X.}}}}\n"
    tables.add(table.format("by day", 3), mapping)
    result = tables.add(table.format("by night", 4), mapping)
    assert (result.exit_code, tables.statements("alpha", "load")) == (
        0,
        [{"value": "3", "when": "by day"}, {"value": "4", "when": "by night"}],
    )
    again = tables.add(table.format("By night", 4), mapping)
    assert again.output == "0 facts added, 0 changed, 1 as they were, 0 not placed\n"
    other = tables.add(table.format("by night", 5), mapping)
    assert other.stderr == 't.csv:2: alpha/load is "4" by night in the record and "5" here; --replace takes it\n'
    tables.add(table.format("by night", 5), mapping, "--replace")
    assert [one["value"] for one in tables.statements("alpha", "load")] == ["3", "5"]


def test_rows_of_several_dates_are_the_value_and_earlier_ones(tables: Tables) -> None:
    mapping = "as_of: year\ncreate: [criteria]\ncriteria: {Load: {definition: X.}}\n"
    rows = "technology,criterion,value,year\nalpha,Load,2,2007\nalpha,Load,4,2021\nalpha,Load,3,2013\n"
    assert tables.add(rows, mapping).exit_code == 0
    assert (tables.fact("alpha", "load").value, str(tables.fact("alpha", "load").as_of)) == ("4", "2021")
    assert tables.statements("alpha", "load") == [
        {"value": "2", "as_of": "2007"},
        {"value": "3", "as_of": "2013"},
    ]


def test_what_other_sources_say_is_kept(tables: Tables) -> None:
    """One with the same value is one source more; another value is a statement."""
    mapping = "other_sources: true\ncreate: [criteria]\ncriteria: {Load: {definition: X.}}\n"
    table = "technology,criterion,value,sources\nalpha,Load,2,alpha-home\nalpha,Load,3,beta-review\nbeta,Load,7,alpha-home\nbeta,Load,7,beta-review\n"
    assert tables.add(table, mapping).exit_code == 0
    assert tables.fact("alpha", "load").sources == ("alpha-home",)
    assert tables.statements("alpha", "load") == [{"value": "3", "sources": ("beta-review",)}]
    assert tables.fact("beta", "load").sources == ("alpha-home", "beta-review")
    assert tables.statements("beta", "load") == []


def test_what_a_later_table_of_another_source_says_is_kept(tables: Tables) -> None:
    mapping = f"{NEW}other_sources: true\ncriteria: {{Load: {{definition: X.}}}}\n"
    tables.add("technology,Load\nalpha,2\nbeta,7\n", f"{mapping}defaults: {{sources: [alpha-home]}}\n")
    result = tables.add(
        "technology,Load\nalpha,3\nbeta,7\n",
        f"{mapping}criteria: {{Load: {{defaults: {{sources: [beta-review]}}}}}}\n".replace(
            "criteria: {Load: {definition: X.}}\n", "", 1
        ),
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert tables.statements("alpha", "load") == [{"value": "3", "sources": ("beta-review",)}]
    assert tables.fact("alpha", "load").value == "2"
    assert tables.fact("beta", "load").sources == ("alpha-home", "beta-review")


def test_names_of_technologies_and_sources(tables: Tables) -> None:
    """A technology is found by a synonym, a source by the mapping, and rows of others are left out."""
    mapping = f"{ROWS}only_known: true\nsource_ids: {{7: beta-review}}\nsources: Ref\ncriteria: {{Size: size}}\n"
    result = tables.add("technology,Size,Ref\nFirst Letter,5,7\nUnheard of,6,7\n", mapping)
    assert (result.exit_code, result.stderr) == (0, "")
    assert tables.fact("alpha", "size").sources == ("beta-review",)


def test_a_field_may_be_a_text_with_cells_in_it(tables: Tables) -> None:
    mapping = f"{ROWS}note: Measured at {{Degrees}} °C.\ncriteria: {{Size: size}}\nabout: {{synonyms: Names}}\n"
    result = tables.add('technology,Size,Degrees,Names\nalpha,5,20,\ngamma,6,,"G, Third, G"\n', mapping)
    assert (result.exit_code, result.stderr) == (0, "")
    notes = [tables.fact(one, "size").note for one in ("alpha", "gamma")]
    assert [one and one.text for one in notes] == ["Measured at 20 °C.", None]
    assert load(tables.project / "data").catalogue.technologies["gamma"].synonyms == ("G", "Third")
    wrong = tables.add("technology,Size\nalpha,5\n", mapping)
    assert 'm.yaml: "Degrees" in "note" is not in t.csv' in wrong.stderr


def test_a_list_of_technologies_serves_several_tables(tables: Tables) -> None:
    names = "technologies: {A: alpha, B: beta, C: gamma}\n"
    result = tables.add("technology,Size\nA,5\n", f"{ROWS}{names}criteria: {{Size: size}}\n")
    assert result.exit_code == 0
    assert result.stderr == 'm.yaml: "B" and 1 more in "technologies" are not in t.csv; expected one of: A\n'


def test_export_fills_in_defaults_when_asked(tables: Tables, run: Run) -> None:
    tables.add("technology,Load\nnova,3\n", f"{NEW}defaults: {{as_of: 2026}}\ncriteria: {{Load: {{definition: X.}}}}\n")
    rows = [line for line in run("export", "--defaults").output.splitlines() if line.startswith("nova")]
    assert ["2026" in line for line in rows] == [True]
    assert not any("2026" in line for line in run("export").output.splitlines() if line.startswith("nova"))
    (tables.project / "all.csv").write_text(run("export", "--defaults").output, encoding="utf-8")
    assert "0 facts added, 0 changed" in run("import", "all.csv").output


@pytest.mark.parametrize("name", ["", 'criterion: ""\n'])
@pytest.mark.parametrize("suffix", ["md", "csv"])
def test_a_first_column_without_a_heading_has_the_names(tables: Tables, run: Run, suffix: str, name: str) -> None:
    rows = {
        "md": "| | Alpha | Beta |\n|---|---|---|\n| Language | Java<br/>Scala | C[^1] |\n| Words | a<br>b | c |\n\n[^1]: Since *2020*.\n",
        "csv": ',Alpha,Beta\nLanguage,"Java\nScala",C\nWords,"a\nb",c\n',
    }
    mapping = f"shape: technologies-as-columns\n{name}criteria: {{Language: {{type: list, definition: X.}}}}\ncreate: [criteria]\n"
    write_files(tables.project, {f"t.{suffix}": rows[suffix], "m.yaml": mapping})
    result = run("import", f"t.{suffix}", "--map", "m.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    found = [tables.fact(one, criterion) for one in ("alpha", "beta") for criterion in ("language", "words")]
    assert [one.value for one in found] == ["Java, Scala", "a b", "C", "c"]
    notes = [one.note and one.note.text for one in found]
    assert notes == [None, None, "Since 2020." if suffix == "md" else None, None]
    assert [one.statements for one in found] == [()] * 4


def test_technologies_may_be_the_column_without_a_heading(tables: Tables, run: Run) -> None:
    write_files(
        tables.project,
        {"t.md": "| | Size |\n|---|---|\n| Alpha | 5 |\n", "m.yaml": f"{ROWS}criteria: {{Size: size}}\n"},
    )
    assert run("import", "t.md", "--map", "m.yaml").stderr == ""
    assert tables.fact("alpha", "size").value == "5"


def test_the_page_of_many_new_technologies_is_named(tables: Tables) -> None:
    rows = "".join(f"t{number},{number}\n" for number in range(7))
    mapping = f"{ROWS}kind: tool\ncreate: [technologies, criteria]\ncriteria: {{Load: {{definition: X.}}}}\n"
    assert 'The page "kinds/tool" has all 7 in one table\n' in tables.add(f"technology,Load\n{rows}", mapping).output
