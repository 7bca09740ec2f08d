"""What an editor with the YAML language server offers and marks in records, by the schemas that Versus writes."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import CATALOGUE, write_files
from editor.language_server import LanguageServer, running
from sphinx_versus.catalogue.json_schema import write_schemas
from sphinx_versus.catalogue.loader import load
from sphinx_versus.cli.names import id_of

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / "_build" / "language-server"
"""Where the server is installed for all runs, as the lock file beside the tests names it."""


def skip(reason: str) -> None:
    """Skip on a developer's machine; in CI a server is needed."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def program() -> Path:
    """The server, installed when it is not there yet or the lock file changed."""
    if not (shutil.which("node") and shutil.which("npm")):
        skip("node or npm is not installed (Debian: apt install nodejs npm)")
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with (INSTALLED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        names, done = ("package.json", "package-lock.json", ".npmrc"), INSTALLED / "done"
        wanted = b"".join((HERE / name).read_bytes() for name in names)
        if not done.exists() or done.read_bytes() != wanted:
            for name in names:
                shutil.copy(HERE / name, INSTALLED / name)
            installed = subprocess.run(["npm", "ci"], cwd=INSTALLED, capture_output=True, text=True, check=False)
            if installed.returncode:
                skip(f"the language server cannot be installed: {installed.stderr}")
            done.write_bytes(wanted)
    return INSTALLED / "node_modules/yaml-language-server/bin/yaml-language-server"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_files(tmp_path_factory.mktemp("editor"), CATALOGUE) / "data"
    write_schemas(folder / "schema", load(folder).catalogue)
    return folder


@pytest.fixture(scope="module")
def server(program: Path, data: Path) -> Iterator[LanguageServer]:
    with running(program, data) as server:
        yield server


Opened = Callable[[str, str], tuple[Path, str, list[str]]]


@pytest.fixture
def opened(server: LanguageServer, data: Path, request: pytest.FixtureRequest) -> Opened:
    """Open a record in the editor: its path, its text, and the lines that are marked, with the messages."""

    def open_(type_: str, text: str) -> tuple[Path, str, list[str]]:
        text = f"# yaml-language-server: $schema=../schema/{type_}.json\n{text}"
        path = (
            data
            / {"technology": "technologies", "comparison": "comparisons"}[type_]
            / f"{id_of(request.node.name)}.yaml"
        )
        marks = [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in server.open(path, text)]
        return path, text, marks

    return open_


def offered(answer: Any) -> dict[str, str]:
    """What is offered, with its documentation; whole entries of lists are left out."""
    items = answer["items"] if isinstance(answer, dict) else answer
    return {one["label"]: str(one.get("documentation", "")) for one in items if "(array item)" not in one["label"]}


TECHNOLOGY = """\
name: Delta
kind: w
summary: A text.
sources: [a]
facts:
  licence:
    value: MIT
    sources:
      - b

"""
COMPARISON = """\
technologies: [alpha, beta]
relation: alternatives
summary: A text.
criteria:
  - group: All
    rows: [orm]
verdict:
  choose:
    alpha:
      - when: you like it
        because: [orm]
reviewed: 2026-11-22
"""


@pytest.mark.parametrize(
    ("type_", "before", "expected"),
    [
        ("technology", "kind: w", {"web-framework": "web-framework"}),
        ("technology", "sources: [a", {"alpha-home": "Alpha project", "beta-review": "Some magazine"}),
        ("technology", "      - b", {"alpha-home": "Alpha project", "beta-review": "Some magazine"}),
        ("comparison", "technologies: [a", {"alpha": "Alpha is a framework with everything."}),
        (
            "comparison",
            "rows: [o",
            {"licence": "The licence of the code.", "first-release": "The month of the first release."},
        ),
        ("comparison", "because: [o", {"orm": "Whether a database layer is built in."}),
        ("comparison", "relation: a", {"layers": "one builds on the other"}),
    ],
)
def test_ids_are_offered_with_what_they_mean(
    server: LanguageServer, opened: Opened, type_: str, before: str, expected: dict[str, str]
) -> None:
    path, text, _ = opened(type_, TECHNOLOGY if type_ == "technology" else COMPARISON)
    found = offered(server.at("completion", path, text, before))
    assert expected.items() <= found.items()


def test_the_criteria_without_an_answer_are_offered(server: LanguageServer, opened: Opened) -> None:
    path, text, _ = opened("technology", "name: D\nfacts:\n  licence:\n    value: x\n  \n")
    found = offered(server.at("completion", path, text, "value: x\n  "))
    assert found == {
        "orm": "Whether a database layer is built in.",
        "first-release": "The month of the first release.",
        "size": "The size of the package.",
    }


@pytest.mark.parametrize(
    ("type_", "word", "title", "words"),
    [
        ("technology", "  licen", "Licence", "The licence of the code."),
        ("technology", "    val", "Fact", "The short answer"),
        ("comparison", "[alp", "Alpha", "Alpha is a framework with everything."),
        ("comparison", "rows: [o", "Database layer", "Whether a database layer is built in."),
    ],
)
def test_hovering_explains(
    server: LanguageServer, opened: Opened, type_: str, word: str, title: str, words: str
) -> None:
    path, text, _ = opened(type_, TECHNOLOGY if type_ == "technology" else COMPARISON)
    shown = server.at("hover", path, text, word)["contents"]["value"]
    assert shown.startswith(f"#### {title}\n")
    assert words in shown


def test_good_records_are_not_marked_even_with_ids_that_are_new(opened: Opened) -> None:
    assert opened("comparison", COMPARISON)[2] == []
    text = "name: D\nkind: new-kind\nsummary: S\nsources: [new-source]\nfacts: {new-criterion: {value: 3.10, as_of: 2026}}\n"
    assert opened("technology", text)[2] == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("homepage: htp://example.org", "pattern"),
        ("defaults: {as_of: 2026-13}", "pattern"),
        ("defaults: {as_of: yesterday}", "pattern"),
        ("sumary: A text.", "sumary is not allowed"),
        ("sources: [Alpha Home]", 'Value must be "alpha-home" | "beta-review"'),
        ("facts: {Licence_: {value: x}}", "pattern"),
        ("facts: {licence: {valu: x}}", "valu is not allowed"),
    ],
)
def test_mistakes_are_marked_at_their_line(opened: Opened, line: str, message: str) -> None:
    *_, marks = opened("technology", f"name: D\nkind: k\nsummary: S\n{line}\n")
    assert len(marks) == 1, marks
    assert marks[0].startswith("5: ")
    assert message in marks[0]
