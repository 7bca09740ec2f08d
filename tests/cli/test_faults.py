"""The command ``versus`` when the system does not give what it needs: one line, a status, and nothing half-written."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import sphinx_versus
from sphinx_versus.catalogue import files as files_module
from sphinx_versus.catalogue.files import replace_files

Run = Callable[..., Result]

WRITING = [
    *(("new", "alpha", "gamma"), ("publish",), ("eject", "criteria"), ("schema",)),
    *(("set", "alpha", "version", "2"), ("rename", "technology", "alpha", "omega")),
]


def tree(folder: Path) -> dict[str, bytes | None]:
    """All files and folders, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def assert_one_line(result: Result, words: str) -> None:
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("failing", ["write_bytes", "replace", "mkdir"])
@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
def test_what_cannot_be_written(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], failing: str, number: int
) -> None:
    before = tree(project)

    def fail(path: Path, *_arguments: Any, **_options: Any) -> None:
        raise OSError(number, os.strerror(number))  # as a full disk does, which names no file

    monkeypatch.setattr(files_module.Path, failing, fail)
    result = run(*command)
    monkeypatch.undo()
    assert_one_line(result, f": {os.strerror(number)}")
    assert re.search(r"Error: \S*/(data|docs|schema)\S*\.(yaml|json|md): ", result.stderr)
    assert tree(project) == before


@pytest.mark.parametrize("command", WRITING[:3])
def test_all_or_nothing(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    """The last file fails after the others are in their places."""
    before, real, calls = tree(project), Path.replace, []

    def fail(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == {"new": 2}.get(command[0], 1):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, target)

    monkeypatch.setattr(files_module.Path, "replace", fail)
    result = run(*command)
    monkeypatch.undo()
    assert_one_line(result, "No space left")
    assert tree(project) == before


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        (WRITING[0], "data/comparisons/alpha-vs-gamma.yaml"),
        (WRITING[1], "data/published.yaml"),
        (WRITING[2], "docs/criteria.md"),
        (("eject", "criteria", "--force"), "docs/criteria.md"),
        (WRITING[3], "data/schema/technology.json"),
    ],
)
def test_a_folder_in_the_way(project: Path, run: Run, command: tuple[str, ...], folder: str) -> None:
    (project / folder).mkdir(parents=True)
    before = tree(project)
    result = run(*command)
    assert_one_line(result, Path(folder).name)
    assert tree(project) == before


def test_a_file_in_the_way_of_a_folder(project: Path, run: Run) -> None:
    (project / "data" / "schema").write_text("", encoding="utf-8")
    assert_one_line(run("schema"), "schema")


@pytest.mark.parametrize("link", ["schema", "schema/technology.json"])
def test_no_schema_is_written_where_a_link_leads_out_of_the_data(project: Path, run: Run, link: str) -> None:
    outside = project / "outside"
    outside.mkdir()
    (outside / "file").write_text("kept", encoding="utf-8")
    path = project / "data" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside if link == "schema" else outside / "file")
    assert_one_line(run("schema"), "leads out of the data folder")
    assert [one.read_text(encoding="utf-8") for one in outside.iterdir()] == ["kept"]


def test_a_link_to_nowhere_is_not_overwritten(project: Path, run: Run) -> None:
    (project / "docs" / "criteria.md").symlink_to("elsewhere.md")
    assert_one_line(run("eject", "criteria"), "exists already")
    assert not (project / "docs" / "elsewhere.md").exists()


def test_a_file_that_is_replaced_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("before", encoding="utf-8")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    replace_files({tmp_path / "link": b"after", tmp_path / "a" / "b" / "new": b"new"})
    assert (tmp_path / "real").read_bytes() == b"after"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link").is_symlink()
    assert sorted(tree(tmp_path)) == ["a", "a/b", "a/b/new", "link", "real"]


@pytest.mark.parametrize("command", [("check",), ("report",), ("publish",), ("new", "a", "b"), ("eject", "criteria")])
@pytest.mark.parametrize("closed", ["data", "data/technologies"])
def test_a_folder_that_cannot_be_read(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], closed: str
) -> None:
    before, real = tree(project), os.scandir

    def deny(path: Any) -> Any:
        if str(path).endswith(f"/{closed}") or str(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", deny)
    result = run(*command)
    monkeypatch.undo()
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "no problems" not in result.output
    assert tree(project) == before


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("raise ValueError('x')", "ValueError: x"),
        ("name = unknown", "NameError"),
        ("import sys; sys.exit(3)", "sys.exit"),
        ("name = (", "was never closed"),
    ],
)
def test_a_broken_configuration_is_one_line(project: Path, run: Run, line: str, words: str) -> None:
    (project / "conf.py").write_text(line, encoding="utf-8")
    assert_one_line(run("publish"), words)
    (problem,) = run("check").stdout.splitlines()
    assert problem.startswith("conf.py:1:")
    assert words in problem


def test_a_name_in_a_message_cannot_drive_the_terminal(project: Path, run: Run) -> None:
    result = run("new", "al\x1b[31mpha", "beta\n")
    assert_one_line(result, "al\\x1b[31mpha")
    assert "\x1b" not in result.output
    name = "be\x1b[2Jta.yaml"
    (project / "data" / "technologies" / name).write_text("name: B\n", encoding="utf-8")
    result = run("check")
    assert "\x1b" not in result.output
    assert "be\\x1b[2Jta.yaml:1:1: [invalid-id]" in result.output


def test_new_refuses_names_that_no_page_can_have(project: Path, run: Run) -> None:
    assert_one_line(run("new", "Con", "alpha"), 'choose another one: --id "Con=…"')
    assert_one_line(run("new", "Con", "alpha", "--id", "Con=nul"), "Windows reserves this name")
    assert_one_line(run("new", "a" * 300, "alpha"), "more than 110 characters")
    assert run("new", "Con", "alpha", "--id", "Con=con-language").exit_code == 0


WRONG_PATHS = [
    *((command, f"--{name}", path) for command in (("live",), ("eject", "criteria")) for name in ("conf", "source") for path in ("", "file", "nowhere")),
    *((("new", "alpha", "gamma"), "--conf", path) for path in ("", "file", "nowhere")),
    *((("live",), option, "") for option in ("--output", "--watch", "--host", "--allow-host", "--port", "--define", "--builder")),
    *((("live",), "--port", port) for port in ("-1", "65536", "99999999999999999999", "abc", "8.5")),
    *((("live",), "--define", value) for value in ("html_theme", "=basic", " =x")),
    (("live",), "--output", "file"),
    (("live",), "--watch", "nowhere"),
    *(((command,), "", "") for command in ("check", "report", "publish", "schema")),
]  # fmt: skip


@pytest.mark.parametrize(("command", "option", "value"), WRONG_PATHS)
def test_an_option_that_does_not_fit(
    project: Path, run: Run, command: tuple[str, ...], option: str, value: str
) -> None:
    (project / "file").write_text("", encoding="utf-8")
    before = tree(project)
    result = run(*command, *filter(None, [option]), value)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit), result.exception
    assert "Error: Invalid value for" in result.stderr.splitlines()[-1]
    assert option in result.stderr.splitlines()[-1]
    assert tree(project) == before


def test_an_output_that_cannot_be_made_ends_the_preview(project: Path, run: Run) -> None:
    (project / "_build").write_text("", encoding="utf-8")
    assert_one_line(run("live"), "_build/live: Not a directory")


@pytest.mark.parametrize("kind", ["Web framework", "über", "a" * 121])
def test_new_refuses_a_kind_that_is_none(project: Path, run: Run, kind: str) -> None:
    before = tree(project)
    assert_one_line(run("new", "alpha", "quokka", "--kind", kind), "cannot be a kind: ")
    assert tree(project) == before


@pytest.mark.parametrize("command", [("report",), *WRITING[:3]])
def test_a_configuration_with_what_does_not_fit_is_no_default(
    project: Path, run: Run, command: tuple[str, ...]
) -> None:
    (project / "conf.py").write_text("versus_data = 3\nversus_dat = 'data'\n", encoding="utf-8")
    before, result = tree(project), run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        'conf.py:1:15: [invalid-config] versus_data = 3; expected the name of a folder; "data" is used\n'
        'conf.py:2:1: [invalid-config] "versus_dat" is not a value of the configuration; did you mean "versus_data"?\n'
        "Error: these settings have problems; nothing was written\n"
    )
    assert tree(project) == before


@pytest.mark.parametrize("command", [("check",), ("report",), *WRITING[:3]])
def test_a_command_that_is_interrupted(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def interrupt(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "scandir", interrupt)
    result = run(*command)
    monkeypatch.undo()
    assert (result.exit_code, result.output) == (130, "\n")
    assert isinstance(result.exception, SystemExit)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_export_that_cannot_be_written(project: Path, run: Run) -> None:
    assert_one_line(run("export", "--output", "/dev/full"), "/dev/full: No space left on device")


def test_a_link_that_leads_to_itself(project: Path, run: Run) -> None:
    link = project / "data" / "technologies" / "loop.yaml"
    link.symlink_to(link.name)
    result = run("check")
    assert "data/technologies/loop.yaml:1:1: [unreadable-file] " in result.stdout
    assert isinstance(result.exception, SystemExit)
    assert "loop.yaml:1:1: [unreadable-file] " in run("check", str(link.rename(project / "loop.yaml"))).stdout


def test_a_file_that_goes_between_the_listing_and_the_look(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "data" / "other.yaml").symlink_to("criteria.yaml")
    real = os.readlink

    def gone(path: Any, **options: Any) -> Any:
        if str(path).endswith("other.yaml"):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return real(path, **options)

    monkeypatch.setattr(os, "readlink", gone)
    result = run("check")
    monkeypatch.undo()
    assert 'data/other.yaml:1:1: [unexpected-file] "other.yaml"' in result.stdout
    assert isinstance(result.exception, SystemExit)


def test_a_working_directory_that_is_gone(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert_one_line(run("check"), "the working directory: No such file or directory")
    assert "[no-catalogue] there is no folder" in run("check", str(tmp_path / "nowhere")).stdout


# -- in other processes


def versus(project: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **options.pop("environment", {})}
    command = [sys.executable, "-m", "sphinx_versus.cli", *arguments]
    return subprocess.run(
        command, cwd=project, env=environment, check=False, capture_output="stdout" not in options, **options
    )


LATIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "iso8859-1"}


def test_in_a_locale_without_unicode(project: Path) -> None:
    text = 'name: Naïve\nkind: tool\nsummary: S\nfacts: {licence: {value: "漢\\0"}, 漢: {value: x}}\n'
    (project / "data" / "technologies" / "delta.yaml").write_text(text, encoding="utf-8")
    found = versus(project, "check", environment=LATIN)
    assert found.returncode == 1
    assert b'[invalid-id] "\\u6f22" is not in kebab-case' in found.stdout
    assert found.stderr == b"2 problems in 1 file\n"
    assert versus(project, "new", "Naïve", "C#", environment=LATIN).returncode == 0
    written = project / "data" / "technologies" / "csharp.yaml"
    assert "C#" in written.read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", [["check"], ["--help"], []])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_goes_nowhere(project: Path, command: list[str], unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        environment = {"PYTHONUNBUFFERED": unbuffered}
        found = versus(project, *command, stdout=full, stderr=subprocess.PIPE, environment=environment)
    assert found.returncode == 1
    assert found.stderr == b"Error: standard output: No space left on device\n"


@pytest.mark.parametrize("module", ["click", "pydantic", "sphinx"])
def test_an_interrupt_while_python_loads_the_command(project: Path, module: str) -> None:
    (project / f"{module}.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
    path = os.pathsep.join([str(project), str(Path(sphinx_versus.__file__).parents[1])])
    found = versus(project, "check", environment={"PYTHONPATH": path})
    assert (found.returncode, found.stdout, found.stderr) == (130, b"", b"\n")


def test_a_closed_pipe(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    found = versus(project, "check", stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (found.returncode, found.stderr) == (1, b"")
