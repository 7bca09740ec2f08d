"""``versus check`` of a project: its pages too, and any part of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import write_files

Run = Callable[..., Result]
RECORD = 'data/technologies/beta.yaml:2:1: [unknown-key] "kin" is not a key here; did you mean "kind"?'
ONE = 'docs/one.md:6:2: [build-warning] Unknown interpreted text role "tecnology"; did you mean "technology"? [myst.role_unknown]'
TWO = 'docs/inner/two.md:6:14: [unknown-technology] "alfa" is not a technology; did you mean "alpha"?'

RST_ALONE = 'source_suffix = {".rst": "restructuredtext"}\n'
"""As by default, to which earlier builds in this process may have added."""


@pytest.fixture
def broken(project: Path) -> Path:
    """A mistake in a record, one on a page, and one on a page in a folder."""
    head = "---\norphan: true\n---\n# Page\n\n"
    write_files(
        project, {"docs/one.md": f"{head}{{tecnology}}`alpha`\n", "docs/inner/two.md": f"{head}{{technology}}`alfa`\n"}
    )
    beta = project / "data/technologies/beta.yaml"
    beta.write_text(beta.read_text(encoding="utf-8").replace("kind:", "kin:"), encoding="utf-8")
    return project


def test_a_project_and_its_parts(broken: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(broken.rglob("*"))
    assert run("check").stdout.splitlines() == [RECORD, TWO, ONE]
    assert run("check", "docs/one.md", RECORD.partition(":")[0]).stdout.splitlines() == [RECORD, ONE]
    assert run("check", "--records").stdout.splitlines() == [RECORD]
    assert run("check", "data").stdout.splitlines() == [RECORD]
    assert run("check", "data/technologies/alpha.yaml").exit_code == 0
    monkeypatch.chdir(broken / "docs" / "inner")
    assert run("check").stdout.splitlines() == [TWO.removeprefix("docs/inner/")]
    assert sorted(broken.rglob("*")) == before, "nothing is written"


def test_a_record_without_a_project(broken: Path, run: Run) -> None:
    (broken / "conf.py").unlink()
    assert run("check", "data/technologies/beta.yaml").stdout.splitlines() == [RECORD]
    assert run("check", "data/technologies/alpha.yaml").exit_code == 0


@pytest.mark.parametrize("folder", ["data", "data/technologies", "data/logos/old"])
def test_a_conf_py_among_the_records_is_not_run(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    write_files(project, {f"{folder}/conf.py": 'open("run", "w")\nversus_data = "none"\n'})
    for path in (folder, "data/technologies/alpha.yaml", "."):
        assert run("check", path).exit_code == 0
    monkeypatch.chdir(project / folder)
    run("report")
    assert not [*project.rglob("run")]


def test_pages_that_cannot_be_read(project: Path, run: Run) -> None:
    write_files(project, {"conf.py": "extensions = ['sphinx_versus', 'nothing_of_this_name']\n"})
    result = run("check")
    assert result.exit_code == 1
    assert "conf.py:1:33: [invalid-config] the pages cannot be read: Could not import extension" in result.stdout
    assert result.stdout.endswith("; install it, or correct its name\n")
    for name, meant in (("sphinx_verus", "sphinx_versus"), ("sphinx.ext.autodc", "sphinx.ext.autodoc")):
        write_files(project, {"conf.py": f"extensions = [\n    '{name}',\n]\n"})
        assert f'; did you mean "{meant}"?' in run("check").stdout
        assert run("check").stdout.startswith("conf.py:2:6: [invalid-config] ")
    write_files(project, {"conf.py": "extensions = ['sphinx_versus']\nversus_data = ['x'\n"})
    line = "conf.py:2:15: [invalid-config] conf.py cannot be read: '[' was never closed"
    assert run("check").stdout == f"{line}\n"
    assert run("publish").stderr == f"Error: {line}\n"
    write_files(project, {"conf.py": "extensions = ['sphinx_versus']\n\nx = y\n"})
    assert run("check").stdout.startswith("conf.py:3:1: [invalid-config] ")


def test_a_misnamed_data_folder_is_the_only_problem(project: Path, run: Run) -> None:
    conf = (project / "conf.py").read_text(encoding="utf-8")
    text = "[a](comparisons/alpha-vs-beta.md), {doc}`technologies/alpha`, {technology}`alpha`\n\n```{verdict} alpha-vs-beta\n```\n"
    page = f"---\norphan: true\n---\n# Page\n\n{text}"
    write_files(project, {"conf.py": f'{conf}versus_data = "dat"\n', "docs/page.md": page})
    line = f'conf.py:{conf.count(chr(10)) + 1}:15: [no-catalogue] versus_data: there is no folder "dat"; did you mean "data"?'
    assert run("check").stdout == f"{line}\n"


def test_a_technology_that_is_gone_is_one_problem_of_a_page(project: Path, run: Run) -> None:
    (project / "data/technologies/gamma.yaml").unlink()
    text = "{technology}`gamma`, {fact}`gamma/orm`, {technology}`gamma`, {technology}`gamma`\n\n```{technology-facts} gamma\n```\n"
    write_files(project, {"docs/page.md": f"---\norphan: true\n---\n# Page\n\n{text}"})
    places = "docs/page.md:6:29, docs/page.md:6:54, docs/page.md:6:75 and 1 more place"
    line = f'docs/page.md:6:14: [unknown-technology] "gamma" is not a technology, here and in {places}; expected one of: alpha, beta'
    assert run("check").stdout == f"{line}\n"


def test_pages_of_a_project_without_the_extension(project: Path, run: Run) -> None:
    write_files(project, {"conf.py": 'project = "P"\nextensions = ["myst_parser"]\n'})
    assert run("check").stdout.splitlines() == [
        'conf.py:2:1: [invalid-config] "sphinx_versus" is not among the extensions, so no page is checked; add it'
    ]


def test_a_mistake_of_the_configuration_costs_no_other_problem(project: Path, run: Run) -> None:
    conf = (project / "conf.py").read_text(encoding="utf-8")
    page = "---\norphan: true\n---\n# Page\n\n{technology}`alfa`\n"
    write_files(project, {"conf.py": f'{conf}versus_pdf_paper = "A4"\n', "docs/page.md": page})
    lines = run("check").stdout.splitlines()
    assert [line.split("] ")[0] for line in lines] == [
        f"conf.py:{conf.count(chr(10)) + 1}:20: [invalid-config",
        "docs/page.md:6:14: [unknown-technology",
    ]


def test_a_record_that_is_a_link_out_of_the_data_is_reported(project: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("name: X\n", encoding="utf-8")
    link = project / "data/technologies/sl.yaml"
    link.symlink_to(tmp_path / "elsewhere.yaml")
    for arguments in ((), ("data",), ("--records",), ("data/technologies/sl.yaml",)):
        assert "sl.yaml:1:1: [unreadable-file]" in run("check", *arguments).stdout


def test_a_page_that_ends_a_build_costs_no_other_problem(project: Path, run: Run) -> None:
    """So many nested directives end a build of plain Sphinx as well."""
    path = project / "data/technologies/beta.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("licence:", "license:"), encoding="utf-8")
    write_files(project, {"docs/deep.md": "# Deep\n\n" + "```{note}\n" * 200})
    result = run("check")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "beta.yaml:5:3: [unknown-criterion]" in result.stdout
    assert "docs/deep.md:1:1: [build-warning] the pages cannot be read: RecursionError: " in result.stdout


def test_the_project_is_looked_for_in_the_usual_places(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of the same name that has nothing to do with it isn't taken for the data."""
    folder, source = project / "above", project / "above/docs/source"
    write_files(folder, {"data/prices.csv": "1,2\n"})
    (folder / "docs").mkdir()
    (project / "docs").rename(source)
    for name in ("conf.py", "data"):
        (project / name).rename(source / name)
    monkeypatch.chdir(folder)
    result = run("check")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("docs/source/data and docs/source: no problems in 3 technologies, ")
    assert "alpha-vs-beta" in run("report").stdout
    assert run("set", "alpha", "version", "2", "--criterion", "licence").exit_code == 0
    assert "wrote docs/source/technologies/alpha.md" in run("eject", "technologies/alpha").stdout
    page = source / "page.md"
    page.write_text("# Page\n\n{technology}`alfa`\n", encoding="utf-8")
    for arguments in ((), (".",), ("docs",), ("docs/source/page.md",)):
        assert "docs/source/page.md:3:14: [unknown-technology]" in run("check", *arguments).stdout


def test_data_beside_the_folder_of_the_pages_are_those_of_the_project(project: Path, run: Run) -> None:
    write_files(project, {"docs/conf.py": (project / "conf.py").read_text("utf-8") + 'versus_data = "../data"\n'})
    (project / "conf.py").unlink()
    assert run("check", "data/technologies/beta.yaml").exit_code == 0
    with (project / "docs/conf.py").open("a", encoding="utf-8") as file:
        file.write("versus_derived_pairs = True\n")
    text = (project / "data/technologies/gamma.yaml").read_text(encoding="utf-8")
    text = text.replace("a third one.", "unlike {comparison}`alpha-vs-gamma`.")
    (project / "data/technologies/gamma.yaml").write_text(text, encoding="utf-8")
    assert run("check", "data").exit_code == 0
    assert run("check").exit_code == 0


def test_a_folder_without_records_is_no_data_folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"data/prices.csv": "1,2\n"})
    monkeypatch.chdir(tmp_path)
    words = '[no-catalogue] there are no records in "data"; expected such as "criteria.yaml" or "technologies"'
    assert run("check").stdout == f"data:1:1: {words}\n"
    assert run("check").exit_code == 1
    assert words in run("report").stderr
    assert run("report").exit_code == 1


def test_a_page_that_no_parser_reads_is_reported(project: Path, run: Run) -> None:
    write_files(
        project,
        {
            "conf.py": f"extensions = ['sphinx_versus']\n{RST_ALONE}",
            "docs/index.rst": "Home\n====\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n",
            "docs/comparisons/alpha-vs-beta.md": "# Alpha vs Beta\n",
            "docs/README.md": "# No page of ours\n",
        },
    )
    words = "[unexpected-file] a page in Markdown, which no parser of this site reads; save it as .rst"
    hint = 'or add "myst_parser" to extensions in conf.py'
    assert run("check").stdout == f"docs/comparisons/alpha-vs-beta.md:1:1: {words}, {hint}\n"


def test_what_docutils_says_of_a_line_that_is_reported_is_not_told(project: Path, run: Run) -> None:
    page = (
        "Home\n====\n\n.. comparison-table:: alpha-vs-beta\n:criteria: orm\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n"
    )
    write_files(project, {"conf.py": f"extensions = ['sphinx_versus']\n{RST_ALONE}", "docs/index.rst": page})
    words = '[invalid-option] ":criteria: orm" is no option; indent it by 3 blanks'
    assert run("check").stdout == f"docs/index.rst:5:1: {words}\n"


def test_a_long_value_is_told_once(project: Path, run: Run) -> None:
    path = project / "data/technologies/beta.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: MIT", f"value: {'word ' * 300}"), encoding="utf-8")
    (line,) = [line for line in run("check").stdout.splitlines() if "too-long" in line]
    assert len(line) < 900


def test_a_name_that_is_gone_is_told_with_its_places_on_pages(project: Path, run: Run) -> None:
    """Of a record that was renamed or removed: one problem, in the record first."""
    page = "# Home\n\n{technology}`beta`\n\n```{technology} beta\n```\n\n```{toctree}\n:glob:\n*/*\n```\n"
    write_files(project, {"docs/index.md": page})
    (project / "data/technologies/beta.yaml").rename(project / "data/technologies/delta.yaml")
    (line,) = [line for line in run("check").stdout.splitlines() if "beta" in line.partition("] ")[2]]
    place = "data/comparisons/alpha-vs-beta.yaml"
    assert line.startswith(f'{place}:1:23: [unknown-technology] "beta" is not a technology, here and in {place}:16:5')
    assert "docs/index.md:3:14, docs/index.md:5:17" in line
    assert line.endswith('; did you mean "delta"?')


@pytest.mark.parametrize("name", ["alpha", "alpha.yaml.txt", "alpha.txt"])
def test_a_record_with_another_suffix_is_reported(project: Path, run: Run, name: str) -> None:
    folder = project / "data/technologies"
    (folder / "alpha.yaml").rename(folder / name)
    (folder / "notes.txt").write_text("What is still to be done.\n", encoding="utf-8")
    words = f'[unexpected-file] "{name}" does not end in ".yaml"; rename it to "alpha.yaml"'
    assert run("check", "--records").stdout == f"data/technologies/{name}:1:1: {words}\n"
