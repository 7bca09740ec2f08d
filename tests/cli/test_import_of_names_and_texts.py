"""What ``versus import`` makes of names of programmers, of texts that are nearly Markdown, and of what rows say of records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from conftest import write_files
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.loader import load
from sphinx_versus.cli.cell_texts import as_prose

from .conftest import Run

FACTS = "technology: server\ncriterion: feature\nkind: tool\ncreate: [technologies, criteria]\n"
ROWS = "shape: technologies-as-rows\ntechnology: name\nkind: tool\ncreate: [technologies, criteria]\n"


def imported(project: Path, run: Run, rows: list[dict[str, Any]], mapping: str) -> tuple[Result, Catalogue]:
    """The result of an import, and the records after it."""
    write_files(project, {"t.json": json.dumps(rows), "m.yaml": mapping})
    return run("import", "t.json", "--map", "m.yaml"), load(project / "data").catalogue


def features(**of_second: Any) -> list[dict[str, Any]]:
    """Two rows with a fact each, of one criterion."""
    first = {"server": "One", "feature": "search.text", "value": "a"}
    return [first, {**first, "server": "Two", **of_second}]


# -- notes of several columns


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("[{said}][ ({more})]", ["Own.", "Own. (More)", "General."]),  # what cells say, before what a cell means
        ("{said|more}", ["Own.", "Own.", "General."]),
        ("It says: {said}", ["General.", "General.", "General."]),  # the same words in all rows
    ],
)
def test_a_note_of_cells_alone_is_that_of_its_row(project: Path, run: Run, note: str, found: list[str]) -> None:
    rows = [
        {"name": name, "Way": "?", "said": said, "more": more}
        for name, said, more in (("One", "Own.", ""), ("Two", "Own.", "More"), ("Three", "", ""))
    ]
    mapping = f"{ROWS}only: true\ncriteria: {{Way: {{}}}}\nnote: '{note}'\nvalues: {{'?': {{note: General.}}}}\n"
    result, there = imported(project, run, rows, mapping)
    assert "0 not placed" in result.stdout
    assert [str(there.technologies[id_].facts["way"].note) for id_ in ("one", "two", "three")] == found


def test_a_column_in_what_a_cell_means_is_reported(project: Path, run: Run) -> None:
    rows = [{"name": "One", "Way": "?", "said": "Own."}]
    mapping = f"{ROWS}only: true\ncriteria: {{Way: {{}}}}\nvalues: {{'?': {{note: 'Unknown. {{said}} {{other}}'}}}}\n"
    result, _there = imported(project, run, rows, mapping)
    hint = "in what a cell means, {} stands for its words, and {*} for what a * does"
    assert result.stderr == f'm.yaml: "{{said}}" is no column there, and stays as it is; {hint}\n'
    assert result.exit_code == 1


# -- texts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("has '*' match any '*'", r"has '\*' match any '\*'"),
        ("`'*'` and '*'", "`'*'` and '*'"),
        ("the <uid> of *one*", r"the \<uid> of *one*"),
        ("an <DAV:allprop/> element", r"an \<DAV:allprop/> element"),
        ("see https://example.org/a", "see <https://example.org/a>"),
        ("<b>bold</b>", "**bold**"),
        ("Slow. TODO: why?", r"Slow. TODO\: why?"),
        ("TODO: ask", "TODO: ask"),
    ],
)
def test_texts_that_are_nearly_markdown(cell: str, text: str) -> None:
    assert as_prose(cell) == text


def test_definitions_and_summaries_of_a_table_are_safe(project: Path, run: Run) -> None:
    rows = features(about="A server of <uid>.", what="has '*' match '*' in <DAV:x/>")
    rows[0] |= {"about": "First.", "what": rows[1]["what"]}
    mapping = f"{FACTS}about: {{summary: about}}\nabout_criteria: {{definition: what}}\n"
    result, there = imported(project, run, rows, mapping)
    assert result.stderr == ""
    assert str(there.criteria["search-text"].definition) == r"has '\*' match '\*' in \<DAV:x/>"
    assert str(there.technologies["two"].summary) == r"A server of \<uid>."
    assert run("import", "t.json", "--map", "m.yaml").stdout.startswith("0 facts added, 0 changed, 2 as they were")


# -- names


@pytest.mark.parametrize(
    ("column", "id_", "name"),
    [
        ("maximumFileSize", "maximum-file-size", "Maximum file size"),
        ("ratingXmppTester", "rating-xmpp-tester", "Rating xmpp tester"),
        ("licence.openSource", "licence-open-source", "Licence.open source"),
        ("macOS", "macos", "macOS"),
        ("iPhone", "iphone", "iPhone"),
        ("serverURL", "serverurl", "serverURL"),
        ("JavaScript", "javascript", "JavaScript"),
    ],
)
def test_names_in_camel_case_have_words(project: Path, run: Run, column: str, id_: str, name: str) -> None:
    rows = [{"name": "One", column: "a"}]
    result, there = imported(project, run, rows, ROWS)
    assert result.exit_code == 0
    assert there.criteria[id_].name == name
    assert run("import", "t.json", "--map", "m.yaml").stdout.startswith("0 facts added, 0 changed, 1 as they were")


# -- fields of criteria


@pytest.mark.parametrize(
    "given",
    [["https://a.org/x", "https://a.org/y"], "https://a.org/x https://a.org/y", "https://a.org/x; https://a.org/y"],
)
def test_several_specifications(project: Path, run: Run, given: Any) -> None:
    result, there = imported(
        project, run, features(spec=given)[1:], f"{FACTS}about_criteria: {{specification: spec}}\n"
    )
    assert result.stderr == ""
    assert there.criteria["search-text"].specification == ("https://a.org/x", "https://a.org/y")


def test_parents_are_named_as_the_table_names_them(project: Path, run: Run) -> None:
    """Those without facts get a record as well."""
    rows = features(feature="search.text.part", parent="search.text")
    rows[0]["parent"] = "search"
    result, there = imported(project, run, rows, f"{FACTS}about_criteria: {{parent: parent}}\n")
    assert result.stderr == ""
    assert [(id_, one.parent) for id_, one in there.criteria.items()][-3:] == [
        ("search", None),
        ("search-text", "search"),
        ("search-text-part", "search-text"),
    ]
    assert "3 new criterion records" in result.stdout
    assert str(there.criteria["search"].definition).startswith("TODO")


@pytest.mark.parametrize("parent", ["search.text", "search-text"])
def test_a_parent_with_facts_stays_what_its_rows_say(project: Path, run: Run, parent: str) -> None:
    """Whether the table names it as in its rows or by the ID that it gets, and before or behind its parts."""
    rows = features(feature="search.text.part", parent=parent)
    rows[0]["what"] = "Its own."
    mapping = f"{FACTS}about_criteria: {{parent: parent, definition: what}}\n"
    for given in (rows, rows[::-1]):
        result, there = imported(project, run, given, mapping)
        assert "2 new criterion records" in result.stdout
        assert str(there.criteria["search-text"].definition) == "Its own."
        assert there.criteria["search-text-part"].parent == "search-text"
        for name in ("technologies/one.yaml", "technologies/two.yaml", "criteria.yaml"):
            (project / "data" / name).unlink()


def test_rows_that_say_different_things_of_a_record_are_reported(project: Path, run: Run) -> None:
    rows = [*features(what="B" * 80, home="https://b.org"), *features(feature="x", what="C", home="https://b.org")[1:]]
    rows[0] |= {"what": "A", "home": "https://a.org"}
    mapping = f"{FACTS}about: {{homepage: home}}\nabout_criteria: {{definition: what}}\n"
    rows[2]["home"] = "https://c.org"
    result, there = imported(project, run, rows, mapping)
    assert result.stderr == (
        f't.json: entry 2: search-text: "definition" is "A" already, and "{"B" * 60}…" here is left out\n'
        't.json: entry 3: two: "homepage" is "https://b.org" already, and "https://c.org" here is left out\n'
    )
    assert str(there.criteria["search-text"].definition) == "A"


def test_fields_of_sources_that_share_a_cell_are_not_taken(project: Path, run: Run) -> None:
    rows = [
        {"name": "One", "Way": "a", "from": "https://a.org/; https://b.org/"},
        {"name": "Two", "Way": "a", "from": "https://c.org/"},
    ]
    mapping = ROWS.replace("[technologies, criteria]", "[technologies, criteria, sources]")
    mapping += "sources: from\nabout_sources: {title: 'Site of {name}'}\n"
    result, there = imported(project, run, rows, mapping)
    assert result.stderr == "t.json: entry 1: about_sources says nothing of sources that share a cell with others\n"
    assert result.exit_code == 0
    assert [there.sources[id_].title for id_ in ("a-org", "b-org", "c-org")] == [None, None, "Site of Two"]


# -- columns and values


def test_a_pattern_takes_columns_that_fields_of_technologies_name(project: Path, run: Run) -> None:
    """One of a star alone does not, and neither takes those of notes."""
    rows = [{"name": "One", "site.en": "https://a.org/en", "site.bg": "https://a.org/bg", "site.bg note": "Slow."}]
    mapping = (
        ROWS + "about: {links: 'Bulgarian: {site.bg}'}\nnote: '{} note'\ncriteria: {%s: {id: site, when: 'in {*}'}}\n"
    )
    _result, there = imported(project, run, rows, mapping % "site.*")
    found = there.technologies["one"].facts["site"].statements
    assert [(one.when, one.value) for one in found] == [("in en", "https://a.org/en"), ("in bg", "https://a.org/bg")]
    (project / "data/technologies/one.yaml").unlink()
    _result, there = imported(project, run, rows, mapping % "'*'")
    assert [one.when for one in there.technologies["one"].facts["site"].statements] == ["in site.en"]


def test_no_is_left_out_where_a_criterion_does_not_apply(project: Path, run: Run) -> None:
    """It is not applicable there, by the record; any other value is not placed."""
    rows = [
        {"name": name, "App": app, "Captcha": captcha}
        for name, app, captcha in (("One", "yes", "no"), ("Two", "no", "no"), ("Three", "no", "yes"))
    ]
    mapping = ROWS + "criteria: {App: {type: yes-no}, Captcha: {type: yes-no, where: {app: yes}}}\n"
    result, there = imported(project, run, rows, mapping)
    assert result.stderr.splitlines() == [
        't.json: entry 3: three, captcha: [not-applicable] "captcha" does not apply to Three, by its other facts; it applies where app: yes',
        't.json: entry 2: "no" is left out of "captcha" where the criterion does not apply',
    ]
    assert "1 not placed" in result.stdout
    assert [id_ for id_, one in there.technologies.items() if "captcha" in one.facts] == ["one"]


def test_a_folder_whose_list_of_criteria_is_gone_is_no_traceback(project: Path, run: Run) -> None:
    """The facts that need it are problems before the import and after it."""
    (project / "data/criteria.yaml").unlink()
    result, there = imported(project, run, features(), FACTS)
    assert result.exit_code == 0
    assert "2 facts added" in result.stdout
    assert [*there.criteria] == ["search-text"]
