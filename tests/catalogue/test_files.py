"""What a data folder may hold instead of files: each is a problem, and nothing waits or leaves the folder."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import CATALOGUE, write_files
from sphinx_versus.catalogue import files as files_module
from sphinx_versus.catalogue.files import MAX_SIZE, MAX_SIZE_OF_RECORD, closed_folders, read_inside
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.plain_svg import MOST_BYTES
from sphinx_versus.catalogue.snapshot import Snapshot
from sphinx_versus.problems import Code, Problem

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="such files are those of other systems")

FILES = [name.removeprefix("data/") for name in CATALOGUE] + ["published.yaml"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small catalogue."""
    return write_files(tmp_path, CATALOGUE) / "data"


def said(loaded: Loaded, data: Path) -> list[str]:
    return [str(problem).replace(f"{data}/", "") for problem in loaded.problems]


def outside(path: Path) -> None:
    path.symlink_to(os.environ["SECRET"])


def bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(path))


THINGS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "pipe": (os.mkfifo, "not a regular file"),
    "socket": (bind, "not a regular file"),
    "folder": (Path.mkdir, "cannot be read: Is a directory"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "a link that leads out of the data folder"),
    "link to a file": (outside, "a link that leads out of the data folder"),
    "link to itself": (lambda path: path.symlink_to(path), "not a regular file"),
    "link to nowhere": (lambda path: path.symlink_to("nowhere.yaml"), "cannot be read: No such file or directory"),
}


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("name", FILES)
def test_it_is_a_problem_and_the_only_one(
    data: Path, name: str, thing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: Secret\nkind: tool\nsummary: Secret.\n", encoding="utf-8")
    monkeypatch.setenv("SECRET", str(secret))
    monkeypatch.chdir(data)
    (data / name).unlink(missing_ok=True)
    make, reason = THINGS[thing]
    make(data / name)
    [line] = said(load(data), data)
    assert line.startswith(f"{name}:1:1: [unreadable-file] {reason}")


def test_a_link_inside_of_the_folder_is_followed(data: Path) -> None:
    path = data / "technologies" / "alpha.yaml"
    path.rename(data / ".alpha")
    path.symlink_to("../.alpha")
    assert load(data).problems == []
    assert "alpha" in load(data).catalogue.technologies


def test_the_folder_may_be_a_link_itself(data: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(data)
    assert load(tmp_path / "link").problems == []
    assert "alpha" in load(tmp_path / "link").catalogue.technologies


def test_a_link_to_another_folder_is_reported(data: Path) -> None:
    (data / "technologies" / "up").symlink_to("..")
    [line] = said(load(data), data)
    assert line.startswith("technologies/up:1:1: [unreadable-file] a link to a folder, which is not followed")


def test_a_folder_of_records_that_leads_out(data: Path, tmp_path: Path) -> None:
    (data / "technologies").rename(tmp_path / "elsewhere")
    (data / "technologies").symlink_to(tmp_path / "elsewhere")
    [line] = said(load(data), data)
    assert line.startswith("technologies:1:1: [unreadable-file] a link that leads out of the data folder")


@pytest.mark.parametrize("name", ["technologies", "comparisons"])
def test_a_file_in_the_place_of_a_folder(data: Path, name: str) -> None:
    (data / name).rename(data / ".away")
    (data / name).write_text("", encoding="utf-8")
    assert said(load(data), data) == [f"{name}:1:1: [unreadable-file] cannot be read: Not a directory"]


# -- what the system does not give


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Paths that may not be opened or listed, whoever runs the tests."""
    paths: set[str] = set()

    def denying(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *others: Any, **named: Any) -> Any:
            if str(path) in paths:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return function(path, *others, **named)

        return call

    for name in ("open", "scandir", "listdir"):
        monkeypatch.setattr(os, name, denying(getattr(os, name)))
    return paths


@pytest.mark.parametrize("name", [*FILES[:-1], "technologies", "comparisons"])
def test_no_permission_is_the_only_problem(data: Path, denied: set[str], name: str) -> None:
    denied.add(str(data / name))
    assert said(load(data), data) == [f"{name}:1:1: [unreadable-file] cannot be read: Permission denied"]


@pytest.mark.parametrize("name", ["technologies", "comparisons"])
def test_nothing_is_known_of_a_folder_without_permission(data: Path, denied: set[str], name: str) -> None:
    criteria = (data / "criteria.yaml").read_text(encoding="utf-8")
    (data / "criteria.yaml").write_text(
        criteria + "more: {name: More, definition: x, kinds: [tool]}\n", encoding="utf-8"
    )
    redirects = "redirects:\n  technologies: {old: alpha}\n  comparisons: {old-vs-alpha: alpha-vs-beta}\n"
    (data / "published.yaml").write_text(redirects, encoding="utf-8")
    denied.add(str(data / name))
    others = [line for line in said(load(data), data) if not line.startswith(f"{name}:")]
    assert [line.partition(" ")[2][:14] for line in others] == ["[unknown-kind]"] * (name == "comparisons")


def test_a_folder_that_can_be_listed_only(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denying(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *others: Any, **named: Any) -> Any:
            if os.fspath(path).startswith(f"{data}{os.sep}"):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return function(path, *others, **named)

        return call

    for owner, name in ((Path, "lstat"), (os, "stat"), (os, "lstat")):
        monkeypatch.setattr(owner, name, denying(getattr(owner, name)))
    [problem] = load(data).problems
    assert (problem.code, problem.place.path) == (Code.UNREADABLE_FILE, str(data))
    assert [closed.problem.place.path for closed in closed_folders(data)] == [str(data)]


def test_a_data_folder_without_permission_is_no_empty_catalogue(data: Path, denied: set[str]) -> None:
    denied.add(str(data))
    assert [problem.code for problem in load(data).problems] == [Code.UNREADABLE_FILE]


def test_a_snapshot_sees_that_a_folder_was_opened_or_closed(data: Path, denied: set[str], tmp_path: Path) -> None:
    def problems() -> int:
        return len(Snapshot(data, tmp_path / "store").problems)

    assert problems() == 0
    denied.add(str(data / "technologies"))
    assert problems() == 1
    denied.clear()
    assert problems() == 0


def test_a_file_that_becomes_another_while_it_is_opened(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Looked at as a file, opened as a pipe or a link."""
    os.mkfifo(tmp_path / "pipe")
    regular = (data / "criteria.yaml").lstat()
    monkeypatch.setattr(files_module.os, "lstat", lambda path: regular)
    monkeypatch.setattr(files_module.os.path, "islink", lambda path: False)
    found = read_inside(str(tmp_path / "pipe"), str(tmp_path))
    assert isinstance(found, Problem)
    assert found.message == "not a regular file"
    (tmp_path / "link").symlink_to("/dev/zero")
    found = read_inside(str(tmp_path / "link"), str(tmp_path))
    assert isinstance(found, Problem)


# -- images


def with_logo(data: Path, file: str) -> Path:
    path = data / "technologies/alpha.yaml"
    path.write_text(path.read_text("utf-8") + f"logo: {{file: '{file}', alt: An A}}\n", "utf-8")
    (data / "logos").mkdir()
    (data / "logos/alpha.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    return data


IN_FOLDER = "expected a path from the data folder, such as logos/django.svg"
LOGOS = {
    "logos/alpa.svg": '[unknown-image] "logos/alpa.svg" is not an image in the data folder; did you mean "logos/alpha.svg"?',
    "../alpha.svg": f'[invalid-value] "../alpha.svg" is not the path of an image; {IN_FOLDER}',
    "/etc/alpha.svg": f'[invalid-value] "/etc/alpha.svg" is not the path of an image; {IN_FOLDER}',
    "logos/alpha.html": f'[invalid-value] "logos/alpha.html" is not the path of an image; {IN_FOLDER}',
    "https://example.org/a.svg": f'[invalid-value] "https://example.org/a.svg" is not the path of an image; {IN_FOLDER}',
}


@pytest.mark.parametrize("file", LOGOS)
def test_a_logo_that_is_no_image_costs_itself(data: Path, file: str) -> None:
    loaded = load(with_logo(data, file))
    assert said(loaded, data) == [f"technologies/alpha.yaml:17:14: {LOGOS[file]}"]
    assert loaded.catalogue.technologies["alpha"].logo is None


@pytest.mark.parametrize("thing", [*THINGS, "large"])
def test_only_a_small_regular_file_in_the_folder_is_an_image(
    data: Path, thing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", __file__)
    path = with_logo(data, "logos/alpha.svg") / "logos/alpha.svg"
    before = Snapshot(data, data.parent)
    assert before.catalogue.technologies["alpha"].logo
    assert before.problems == []
    path.unlink()
    make, why = THINGS.get(thing, (lambda path: path.write_bytes(bytes(MOST_BYTES + 1)), "expected at most 32 KiB"))
    make(path)
    after = Snapshot(data, data.parent)
    assert after.digest != before.digest
    (problem,) = said(Loaded(after.catalogue, after.problems), data)
    assert problem.startswith("technologies/alpha.yaml:17:14: [")
    assert '"logos/alpha.svg" ' in problem
    assert why in problem or problem.endswith("is not an image in the data folder; there are none yet")
    assert after.catalogue.technologies["alpha"].logo is None


def test_a_link_to_an_image_in_the_folder_is_followed(data: Path) -> None:
    with_logo(data, "logos/a.svg")
    (data / "logos/a.svg").symlink_to("alpha.svg")
    assert load(data).problems == []


# -- size


@pytest.mark.parametrize(
    ("name", "most", "words"),
    [
        ("sources.yaml", MAX_SIZE, "16 MiB"),
        ("technologies/alpha.yaml", MAX_SIZE_OF_RECORD, "512 KiB"),
        ("comparisons/alpha-vs-beta.yaml", MAX_SIZE_OF_RECORD, "512 KiB"),
    ],
)
def test_a_file_that_is_too_large_is_not_read(data: Path, name: str, most: int, words: str) -> None:
    with (data / name).open("ab") as stream:
        stream.truncate(most + 1)
    assert said(load(data), data) == [
        f"{name}:1:1: [too-large] the file has {most + 1:,} bytes; expected at most {words}"
    ]


def test_a_file_that_grows_while_it_is_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "_refusal", lambda path, status, most: None)
    found = read_inside(str(data / "sources.yaml"), str(data), 100)
    assert isinstance(found, Problem)
    assert found.code is Code.TOO_LARGE


def test_folders_in_each_other_end_nothing(data: Path) -> None:
    """However many there are: they are made by steps, for a path has no room for all."""
    before, here = load(data), os.open(data, os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    assert load(data) == before
    subprocess.run(["rm", "-r", data / "d"], check=True)
