"""The command ``versus``, as a person at a prompt uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
import yaml
from click.testing import CliRunner, Result
from rich.status import Status

from conftest import Site, write_files
from sphinx_versus.catalogue.loader import load
from sphinx_versus.cli import new as new_module
from sphinx_versus.cli import output
from sphinx_versus.cli.commands import main
from sphinx_versus.cli.names import id_of
from sphinx_versus.cli.output import working
from sphinx_versus.problems import Code

Run = Callable[..., Result]


def test_check_says_what_it_read(project: Path, run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.output == (
        "data and docs: no problems in 3 technologies, 1 comparison, 4 criteria, 8 facts, 2 misconceptions, 2 sources, 10 pages\n"
    )


def test_check_gives_advice_and_succeeds(project: Path, run: Run) -> None:
    edit(project / "data/sources.yaml", "publisher: Some magazine, ", "")
    result = run("check")
    assert result.exit_code == 0
    advice, summary = result.output.splitlines()
    assert advice.startswith('data/sources.yaml:8:1: [sparse-source] "beta-review" has no publisher;')
    assert summary.startswith("data and docs: no problems")
    assert Site(project).build().warnings == ""


def test_check_names_file_line_and_column_of_planted_mistakes(project: Path, run: Run) -> None:
    edit(project / "data/technologies/beta.yaml", "licence: {value", "license: {value")
    edit(project / "data/comparisons/alpha-vs-beta.yaml", "because: [orm]", "because: [orn]")
    edit(project / "data/sources.yaml", "kind: secondary", "kind: secondry")
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        'data/comparisons/alpha-vs-beta.yaml:15:61: [not-shown] "orn" is not a row of this comparison; did you mean "orm"?',
        'data/sources.yaml:9:61: [invalid-value] "secondry" is not a value of "kind"; did you mean "secondary"?',
        'data/technologies/beta.yaml:5:3: [unknown-criterion] "license" is not a criterion; did you mean "licence"?',
    ]
    assert result.stderr == "3 problems in 3 files\n"


def test_check_in_the_forms_of_hosted_ci(project: Path, run: Run) -> None:
    edit(project / "data/technologies/beta.yaml", "licence: {value", '"100%,": {value')
    (github,) = run("check", "--format", "github").stdout.splitlines()
    assert github.startswith(
        '::error file=data/technologies/beta.yaml,line=5,col=3,title=invalid-id::[invalid-id] "100%25,'
    )
    (problem,) = json.loads(run("check", "--format", "json").stdout)
    assert {**problem, "message": "", "hint": ""} == {
        "path": "data/technologies/beta.yaml",
        "line": 5,
        "column": 3,
        "level": "error",
        "code": "invalid-id",
        "message": "",
        "hint": "",
    }
    assert problem["message"].startswith('"100%,"')


def test_an_annotation_has_no_control_characters_of_a_name(project: Path, run: Run) -> None:
    (project / "data/technologies/a\x1b[31m\x9b.yaml").write_text("name: A\nkind: none\n")
    printed = run("check", "--format", "github").stdout
    assert "file=data/technologies/a%1B[31m%9B.yaml,line=1" in printed
    assert not re.search(r"[\0-\x09\x0b-\x1f\x7f-\x9f]", printed)


def test_without_problems_the_forms_of_hosted_ci_are_empty(project: Path, run: Run) -> None:
    assert run("check", "--format", "json").stdout == "[]\n"
    assert not run("check", "--format", "github").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek",), '"chek" is not a command; did you mean "check"?; see versus --help'),
        (("check", "--formt", "json"), "No such option"),
        (("check", "--format", "xml"), "see versus check --help"),
        (("set", "alpha"), "Missing argument 'FIELD'; see versus set --help"),
        (("new", "Alpha"), "a comparison needs two or more technologies"),
    ],
)
def test_wrong_use_is_one_line(project: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_help_is_not_cut(run: Run) -> None:
    words = " ".join(re.sub(r"[│╭╮╰╯─]", " ", run("--help").output).split())
    for command in main.commands.values():
        assert " ".join((command.help or "").split("\n\n")[0].split()) in words


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    """Let rich and click believe that they write to a terminal."""
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "160", **environment}.items():
        monkeypatch.setenv(name, value)


def test_colours_at_a_terminal_unless_they_are_not_wanted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project / "data/technologies/beta.yaml", "licence: {value", "license: {value")
    at_a_terminal(monkeypatch)
    plain = "data/technologies/beta.yaml:5:3: [unknown-criterion]"
    coloured = "\x1b[1mdata/technologies/beta.yaml:5:3\x1b[0m\x1b[33m: [unknown-criterion]"
    assert coloured in CliRunner().invoke(main, ["check"], color=True).stdout
    at_a_terminal(monkeypatch, NO_COLOR="1")
    assert plain in CliRunner().invoke(main, ["check"], color=True).stdout


def test_the_report_is_a_table_at_a_terminal(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch)
    assert "┃" in run("report").output


def test_work_of_more_than_a_second_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_a_terminal(monkeypatch)
    monkeypatch.setattr(output, "SOON", 0)
    shown = Event()
    monkeypatch.setattr(Status, "start", lambda _status: shown.set())
    with working("reading"):
        assert shown.wait(10)
    shown.clear()
    monkeypatch.setattr(output, "SOON", 60)
    with working("reading"):
        pass
    assert not shown.is_set()


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_in_the_shell(project: Path, shell: str) -> None:
    environment = {"_VERSUS_COMPLETE": f"{shell}_complete", "COMP_WORDS": "versus set al", "COMP_CWORD": "2"}
    result = CliRunner().invoke(main, [], prog_name="versus", env=environment)
    assert "alpha" in result.output
    assert "beta" not in result.output


def test_the_hook_for_other_projects_is_a_command() -> None:
    (hook,) = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["entry"].split()[1] in main.commands
    assert re.search(hook["files"], "data/technologies/alpha.yaml")


def test_a_build_says_the_same_as_check(project: Path, run: Run) -> None:
    edit(project / "data/technologies/beta.yaml", "licence: {value", "license: {value")
    told = run("check").stdout.strip()
    place, _, text = told.partition(": ")
    site = Site(project).build()
    assert site.warnings.strip() == f"{place}: WARNING: {text} [versus.unknown-criterion]"


def test_report_names_what_is_not_used(project: Path, run: Run) -> None:
    edit(project / "data/technologies/beta.yaml", "sources: [beta-review], ", "")
    edit(project / "data/criteria.yaml", "size: {", "other: {name: Other, definition: It., group: Project}\nsize: {")
    lines = run("report").stdout.splitlines()
    assert lines[-2:] == [
        "sources that no record cites (1): beta-review",
        "criteria without a fact or a row (1): other",
    ]
    edit(
        project / "data/technologies/beta.yaml", "Through an extension.", "'Through {source}`alpha-home, beta-review`.'"
    )
    assert "no record cites" not in run("report").stdout


@pytest.mark.parametrize("arguments", [("check",), ("report",), ("schema", "--check")])
def test_the_data_folder_of_the_configuration_is_found(project: Path, run: Run, arguments: tuple[str, ...]) -> None:
    edit(project / "conf.py", 'version = "1"', 'version = "1"\nversus_data = "facts"')
    (project / "data").rename(project / "facts")
    output = run(*arguments).output
    assert "facts and docs: no problems" in output or "alpha-vs-beta" in output or "facts/schema" in output
    assert run("check", "elsewhere").exit_code == 1


def test_check_tells_what_a_scaffold_left_to_write(project: Path, run: Run) -> None:
    run("new", "Alpha", "Delta", "--no-page")
    result = run("check")
    assert result.exit_code == 1
    text = (project / "data/comparisons/alpha-vs-delta.yaml").read_text()
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "TODO" in line]
    told = [line for line in result.stdout.splitlines() if "alpha-vs-delta.yaml" in line]
    assert [int(line.split(":")[1]) for line in told] == lines
    assert all("[unfinished]" in line for line in told)


def test_report_counts_what_is_sourced(project: Path, run: Run) -> None:
    rows = json.loads(run("report", "--json").output)
    assert rows == [
        {
            "comparison": "alpha-vs-beta",
            "cells": "8",
            "values": "6",
            "sourced": "3",
            "primary": "2 (33 %)",
            "unknown": "0",
            "not assessed": "2",
            "not applicable": "0",
            "depends": "0",
            "disputed": "1",
            "judgements": "1",
            "oldest": "2026-10",
        }
    ]


def test_report_lines_its_columns_up(project: Path, run: Run) -> None:
    header, row = run("report").output.splitlines()
    assert len(header) == len(row)
    assert header.split()[0] == "comparison"
    assert row.split()[0] == "alpha-vs-beta"


def test_report_fails_on_broken_data(project: Path, run: Run) -> None:
    edit(project / "data/sources.yaml", "kind: secondary", "kind: secondry")
    result = run("report")
    assert result.exit_code == 1
    assert "versus check" in result.output


def test_explain_tells_meaning_and_remedy(run: Run) -> None:
    for code in Code:
        output = run("explain", code.value).output
        assert code.meaning in output, code
        assert code.remedy in output, code


def test_explain_lists_all_codes_and_corrects_a_wrong_one(run: Run) -> None:
    assert len(run("explain").output.splitlines()) == len(Code)
    result = run("explain", "unknwon-key")
    assert result.exit_code == 1
    assert 'did you mean "unknown-key"?' in result.output


# -- new -------------------------------------------------------------------------------------------------------------------


def test_new_writes_records_and_a_page_that_load_and_build(project: Path, run: Run) -> None:
    result = run("new", "Alpha", "Delta Force")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "wrote data/technologies/delta-force.yaml",
        "wrote data/comparisons/alpha-vs-delta-force.yaml",
        "wrote docs/comparisons/alpha-vs-delta-force.md",
    ]
    catalogue, problems = load(project / "data")
    assert {problem.code for problem in problems} == {Code.UNFINISHED}
    assert catalogue.technologies["delta-force"].kind == "web-framework"
    site = Site(project).build()
    assert {line.rpartition("[")[2] for line in site.warnings.splitlines()} == {"versus.unfinished]"}
    assert "Alpha vs Delta Force" in site.output("comparisons/alpha-vs-delta-force.html")


def test_new_has_the_rows_that_technologies_with_records_answer(project: Path, run: Run) -> None:
    with (project / "data/criteria.yaml").open("a", encoding="utf-8") as file:
        file.write("spare: {name: Spare, definition: Nobody answers it.}\n")
    assert run("new", "Beta", "Gamma", "--no-page").exit_code == 0
    text = (project / "data/comparisons/beta-vs-gamma.yaml").read_text(encoding="utf-8")
    assert "- orm\n" in text or "[orm" in text
    assert "spare" not in text
    assert run("new", "Gamma", "Delta", "--no-page").exit_code == 0
    assert "spare" in (project / "data/comparisons/gamma-vs-delta.yaml").read_text(encoding="utf-8")


def test_new_works_in_an_empty_project(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"conf.py": Site.CONF, "index.md": "# Home\n"}))
    result = run("new", "HTTP", "HTTPS", "--kind", "protocol", "--relation", "layers")
    assert result.exit_code == 0, result.output
    catalogue, problems = load(tmp_path / "data")
    assert {problem.code for problem in problems} == {Code.UNFINISHED}
    assert list(catalogue.comparisons) == ["http-vs-https"]
    assert [one.kinds for one in catalogue.criteria.values()] == [("protocol",)]
    assert "use:" in (tmp_path / "data/comparisons/http-vs-https.yaml").read_text()
    page = (tmp_path / "comparisons/http-vs-https.md").read_text()
    assert "```{leads}\nhttp: TODO" in page
    assert not {"## Misconceptions", "## Related comparisons"} & {*page.splitlines()}, "there are none yet"


def test_new_writes_restructuredtext_where_no_parser_reads_markdown(project: Path, run: Run) -> None:
    conf = Site.CONF.replace('"myst_parser", ', "") + 'source_suffix = {".rst": "restructuredtext"}\n'
    index = (
        "Home\n====\n\n.. toctree::\n\n   comparisons/index\n   technologies/index\n   misconceptions\n   criteria\n"
    )
    site = Site(project).write({"conf.py": conf, "docs/index.rst": index}).remove("docs/index.md")
    result = run("new", "Alpha", "C++", "--id", "C++=cpp")
    assert "wrote docs/comparisons/alpha-vs-cpp.rst" in result.output
    lines = [line for line in site.build().warnings.splitlines() if "versus.unfinished" not in line]
    assert lines == []
    page = site.soup("comparisons/alpha-vs-cpp.html")
    assert page.find("h1").get_text().startswith("Alpha vs C++")
    assert page.find("table")
    titles = {one.get_text().rstrip("¶") for one in page.find_all("h2")}
    assert {"What they are", "Side by side", "Topics", "Misconceptions", "Related comparisons"} <= titles
    result = run("eject", "technologies/alpha")
    assert result.exit_code == 1
    assert 'which no parser of this site reads; nothing was written; add "myst_parser" to extensions' in result.output
    assert not (project / "docs/technologies").exists()


def test_nothing_is_written_with_a_setting_that_has_problems(project: Path, run: Run) -> None:
    (project / "conf.py").write_text(f'{Site.CONF}versus_pdf_paper = "A4"\n', encoding="utf-8")
    result = run("new", "Alpha", "Delta")
    assert result.exit_code == 1
    assert result.output.splitlines()[1:] == ["Error: these settings have problems; nothing was written"]
    assert not (project / "data/technologies/delta.yaml").exists()


def test_new_names_what_a_value_may_be(project: Path, run: Run) -> None:
    way = "{name: Way, definition: D., type: one-of, values: {push: {label: Push}, pull: {label: Pull}}}"
    with (project / "data/criteria.yaml").open("a", encoding="utf-8") as file:
        file.write(f"way: {way}\n")
    assert run("new", "Alpha", "Delta").exit_code == 0
    text = (project / "data/technologies/delta.yaml").read_text(encoding="utf-8")
    assert 'value: "TODO: push or pull"' in text
    assert 'value: "TODO: yes, partial (with a note) or no"' in text


def test_new_compares_more_than_two(project: Path, run: Run) -> None:
    result = run("new", "Alpha", "Delta", "beta", "Épsilon .NET", "--as", "four-frameworks", "--relation", "successor")
    assert result.exit_code == 0, result.output
    catalogue, problems = load(project / "data")
    assert {problem.code for problem in problems} == {Code.UNFINISHED}
    four = catalogue.comparisons["four-frameworks"]
    assert four.technologies == ("alpha", "delta", "beta", "epsilon-dotnet")
    groups = [(group.group, group.rows) for group in four.criteria]
    assert groups == [("Project", ("licence", "first-release", "size")), ("Data", ("orm",))]
    assert four.reviewed is None
    page = (project / "docs/comparisons/four-frameworks.md").read_text(encoding="utf-8")
    assert page.startswith("# Alpha vs Delta vs Beta vs Épsilon .NET\n")


def test_new_asks_at_a_terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_module, "is_interactive", lambda: True)
    result = CliRunner().invoke(main, ["new"], input="Kettle\nTeapot\n\ncomplements\nkitchen-tool\n")
    assert result.exit_code == 0, result.output
    catalogue, problems = load(project / "data")
    assert {problem.code for problem in problems} == {Code.UNFINISHED}
    assert catalogue.technologies["kettle"].kind == "kitchen-tool"
    assert catalogue.comparisons["kettle-vs-teapot"].relation == "complements"


def test_new_adds_a_criterion_where_none_applies(project: Path, run: Run) -> None:
    path = project / "data/criteria.yaml"
    path.write_text(path.read_text().replace("{name:", "{kinds: [web-framework], name:"), encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    result = run("new", "Kettle", "Teapot", "--kind", "kitchen-tool")
    assert result.exit_code == 0, result.output
    assert path.read_text(encoding="utf-8").startswith(before)
    catalogue, problems = load(project / "data")
    assert {problem.code for problem in problems} == {Code.UNFINISHED}
    assert catalogue.comparisons["kettle-vs-teapot"].rows == ("kitchen-tool-purpose",)


def test_records_of_new_name_a_schema_that_is_there(project: Path, run: Run) -> None:
    run("new", "Alpha", "Delta")
    for path in ("data/technologies/delta.yaml", "data/comparisons/alpha-vs-delta.yaml"):
        named = (project / path).read_text(encoding="utf-8").partition("\n")[0].rpartition("=")[2]
        assert ((project / path).parent / named).is_file()


def test_no_schema_is_written_where_there_are_no_data(project: Path, run: Run) -> None:
    result = run("schema", "dta")
    assert (result.exit_code, 'there is no folder "dta"' in result.stderr) == (1, True)
    assert not (project / "dta").exists()


def test_new_hints_at_a_kind_that_is_near(project: Path, run: Run) -> None:
    result = run("new", "Alpha", "Delta", "--kind", "web-framwork")
    assert result.exit_code == 0
    assert '"web-framwork" is written as a new kind; if you meant "web-framework", change it' in result.stderr


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        *(
            ("C++", "cpp"),
            ("C#", "csharp"),
            (".NET", "dotnet"),
            ("ASP.NET Core", "asp-net-core"),
            ("Node.js", "node-js"),
        ),
        *(("R&D", "r-and-d"), ("A*", "a-star"), ("Disney+", "disney-plus"), ("Café", "cafe"), ("日本", "")),
    ],
)
def test_ids_of_names_with_signs(name: str, id_: str) -> None:
    assert id_of(name) == id_


def test_new_explains_every_field_of_a_technology(project: Path, run: Run) -> None:
    run("new", "Alpha", "Delta")
    text = (project / "data/technologies/delta.yaml").read_text()
    for field in ("summary", "homepage", "synonyms", "facts", "misconceptions", "as_of", "judgement", "disputed"):
        assert f"{field}:" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Alpha", "alpha"), "needs different technologies"),
        (("Kettle", "Alpha", "Kettle"), '"Kettle" is named twice'),
        (("beta", "Alpha"), '"alpha-vs-beta" compares these technologies already'),
        (("Alpha", "…"), "no letter or digit"),
        (("Alpha", "Index"), "cannot be an id"),
        (("A+", "A-plus"), '"A+" and "A-plus" would both have the id "a-plus"; --id chooses one'),
        (("Kettle", "Teapot"), "the kind of Kettle and Teapot is not known; add --kind, such as --kind web-framework"),
        (("Alpha", "Delta", "--kind", "Web/x"), '"Web/x" cannot be a kind'),
        (("Alpha", "Delta", "--as", "x/y"), '"x/y" cannot be the id of a comparison'),
        (("Alpha", "d" * 108), "choose another one: --as …"),
    ],
)
def test_new_refuses_what_cannot_be(project: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run("new", *arguments)
    assert result.exit_code == 1
    assert words in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "Alpah", "Beta"), '"Alpah" is written as a new technology; if you meant "Alpha", delete its files'),
        (("new", "Alpha", "Delta", "--relation", "alternative"), 'did you mean "alternatives"?'),
        (("rename", "technolgy", "a", "b"), '"technolgy" is none of the choices; did you mean "technology"?'),
        (("report", "dta"), 'there is no folder "dta"; did you mean "data"?'),
        (("check", "dta"), 'there is no folder "dta"; did you mean "data"?'),
        (("check", "confg.py"), 'there is no file or folder "confg.py"; did you mean "conf.py"?'),
        (("publish", "docs"), "docs has no technology, so nothing was written"),
        (("publish", "dta"), 'there is no folder "dta"'),
    ],
)
def test_what_is_misspelt_has_the_nearest_name(project: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    assert words in run(*arguments).output
    assert not (project / "docs" / "published.yaml").exists()


@pytest.mark.parametrize(
    "name", ["Foo: bar", "Baz #1", "[Alpha] *x*", "'Single'", '"Double" | %d', "@at", "null", "C++"]
)
def test_new_keeps_a_name_as_it_was_typed(project: Path, run: Run, name: str) -> None:
    result = run("new", "Alpha", name)
    assert result.exit_code == 0, result.output
    catalogue, problems = load(project / "data")
    assert {problem.code for problem in problems} == {Code.UNFINISHED}
    assert name in {technology.name for technology in catalogue.technologies.values()}


def test_new_writes_a_name_as_words_into_the_heading(project: Path, run: Run) -> None:
    """An authored page may do everything, and the name may be from a record of somebody else."""
    record = project / "data/technologies/alpha.yaml"
    record.write_text(
        record.read_text().replace("name: Alpha", 'name: "</script><script>x</script> {download}`/etc/x`"')
    )
    assert run("new", "alpha", "Omega", "--relation", "layers", "--kind", "tool").exit_code == 0
    heading = (project / "docs/comparisons/alpha-vs-omega.md").read_text().splitlines()[0]
    assert heading.startswith("# {versus:verbatim}`")


def test_new_takes_an_id(project: Path, run: Run) -> None:
    result = run("new", "C++", "C#", "--id", "C#=c-sharp", "--kind", "language", "--no-page")
    assert result.exit_code == 0, result.output
    catalogue, _ = load(project / "data")
    assert [catalogue.technologies[id_].name for id_ in ("cpp", "c-sharp")] == ["C++", "C#"]
    assert "cpp-vs-c-sharp" in catalogue.comparisons
    assert run("new", "C++", "Alpha", "--no-page").exit_code == 0
    assert "alpha" in catalogue.technologies


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("C++=Cpp", '"Cpp" cannot be an id'),
        ("C+=cpp", '"C+=cpp" gives no id to a technology of these; did you mean "C++"?'),
        ("C++=beta", '"beta" is the id of Beta'),
    ],
)
def test_new_refuses_an_id_that_does_not_fit(project: Path, run: Run, id_: str, words: str) -> None:
    result = run("new", "Alpha", "C++", "--id", id_)
    assert result.exit_code == 1
    assert words in result.output


def test_new_does_not_take_another_technology_for_the_one_that_is_named(project: Path, run: Run) -> None:
    result = run("new", "Alpha", "Beta!")
    assert result.exit_code == 1
    assert '"beta" is the id of Beta; choose another one: --id "Beta!=…"' in result.output


def test_new_overwrites_nothing(project: Path, run: Run) -> None:
    write_files(project, {"docs/comparisons/alpha-vs-delta.md": "mine"})
    result = run("new", "Alpha", "Delta")
    assert result.exit_code == 1
    assert "nothing was written" in result.output
    assert not (project / "data/technologies/delta.yaml").exists()


# -- eject -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "docname", ["comparisons/alpha-vs-beta", "technologies/alpha", "comparisons/index", "misconceptions", "criteria"]
)
def test_the_site_stays_the_same_after_eject(project: Path, run: Run, docname: str) -> None:
    page = f"{docname}.html"
    before = Site(project).build().soup(page).find(class_="body")
    assert run("eject", docname).exit_code == 0
    site = Site(project).build()
    assert site.warnings == ""
    assert site.read != []
    assert str(site.soup(page).find(class_="body")) == str(before)


def deriving(project: Path) -> Site:
    site = Site(project)
    return site.write({"conf.py": Site.CONF + "versus_derived_pairs = True\n"})


def test_a_derived_pair_stays_the_same_after_eject(project: Path, run: Run) -> None:
    page = "comparisons/alpha-vs-gamma"
    before = deriving(project).build().soup(f"{page}.html").find(class_="body")
    assert run("eject", page).exit_code == 0
    site = deriving(project).build()
    assert site.warnings == ""
    assert str(site.soup(f"{page}.html").find(class_="body")) == str(before)


def test_a_new_comparison_takes_the_place_of_a_derived_pair(project: Path, run: Run) -> None:
    deriving(project).build()
    assert run("new", "alpha", "gamma", "--no-page").exit_code == 0
    site = deriving(project).build()
    assert "Alpha vs Gamma" in site.output("comparisons/alpha-vs-gamma.html")


def test_check_knows_the_derived_pairs_of_the_project(project: Path, run: Run) -> None:
    edit(project / "data/technologies/gamma.yaml", "a third one.", "unlike {comparison}`alpha-vs-gamma`.")
    assert "unknown-comparison" in run("check").output
    deriving(project)
    assert run("check").exit_code == 0


def test_eject_corrects_a_wrong_name_and_overwrites_nothing(project: Path, run: Run) -> None:
    assert 'did you mean "technologies/alpha"?' in run("eject", "technologies/alhpa").output
    assert run("eject", "criteria").exit_code == 0
    assert "exists already" in run("eject", "criteria").output
    assert run("eject", "criteria", "--force").exit_code == 0


def test_eject_needs_a_conf_py(tmp_path: Path, run: Run) -> None:
    result = run("eject", "criteria", "--conf", tmp_path)
    assert result.exit_code == 1
    assert "conf.py" in result.output


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# -- published addresses


def test_publish_lists_what_has_a_page_now_and_takes_nothing_away(project: Path, run: Run) -> None:
    edit(project / "conf.py", 'version = "1"', 'version = "1"\nversus_derived_pairs = True')
    path = project / "data/published.yaml"
    assert run("publish").output == "data/published.yaml: 6 new ids, 6 in all\n"
    first = path.read_bytes()
    assert run("publish").output == "data/published.yaml: 0 new ids, 6 in all\n"
    assert path.read_bytes() == first
    (project / "data/technologies/gamma.yaml").rename(project / "data/technologies/delta.yaml")
    edit(
        path,
        "technologies:",
        "redirects: {technologies: {gamma: delta}, comparisons: {x-vs-y: alpha-vs-beta}}\ntechnologies:",
    )
    assert run("check").exit_code == 0
    assert run("publish").output == "data/published.yaml: 3 new ids, 9 in all\n"
    assert path.read_text(encoding="utf-8").partition("\n\n")[2] == (
        "comparisons:\n  - alpha-vs-beta\n  - alpha-vs-delta\n  - alpha-vs-gamma\n  - beta-vs-delta\n  - beta-vs-gamma\n\n"
        "technologies:\n  - alpha\n  - beta\n  - delta\n  - gamma\n\n"
        "redirects:\n  comparisons:\n    x-vs-y: alpha-vs-beta\n  technologies:\n    gamma: delta\n"
    )
    assert run("check").exit_code == 0


def test_publish_leaves_out_pages_that_are_not_made(project: Path, run: Run) -> None:
    edit(project / "conf.py", 'version = "1"', 'version = "1"\nversus_pages = {"technology": ""}')
    assert run("publish").output == "data/published.yaml: 1 new id, 1 in all\n"


def test_publish_writes_nothing_over_a_broken_list(project: Path, run: Run) -> None:
    path = project / "data/published.yaml"
    path.write_text("technologies: [alpha]\ntechnologies: [beta]\n", encoding="utf-8")
    result = run("publish")
    assert result.exit_code == 1
    assert "nothing was written" in result.output
    assert path.read_text(encoding="utf-8").count("technologies") == 2
    assert run("publish", "nowhere").exit_code == 1
