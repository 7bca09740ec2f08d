"""The set-up of the environment: what it refuses, what it notices, and that it can say so on an old Python."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "bootstrap.py"


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ready(bootstrap: ModuleType, tmp_path: Path) -> Path:
    """An environment that looks as a finished set-up leaves it."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    notes = {
        "state": "ready",
        "inputs": bootstrap.digest_of_inputs(),
        "folder": str(tmp_path),
        "asked": "python3.11",
        "executable": sys.executable,
        "modified": bootstrap.modification_time(sys.executable),
    }
    bootstrap.write_stamp(tmp_path, notes)
    return tmp_path


def change(environment: Path, notes: dict[str, Any]) -> None:
    stamp = environment / ".versus-setup.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text(encoding="utf-8")), **notes}), encoding="utf-8")


def fake_python(folder: Path, answer: str) -> str:
    """A program that answers the probe as another Python would."""
    program = folder / "python-of-another-kind"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_an_old_python_can_read_it() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("asked", ["", "python3.11", sys.executable])
def test_a_finished_environment_is_left_alone(bootstrap: ModuleType, ready: Path, asked: str) -> None:
    assert bootstrap.is_current(ready, asked)


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param({"state": "unfinished"}, id="interrupted"),
        pytest.param({"inputs": "0" * 64}, id="other-versions-pinned"),
        pytest.param({"folder": "/elsewhere/.venv"}, id="moved"),
        pytest.param({"executable": "/nowhere/python3"}, id="python-removed"),
        pytest.param({"modified": 0}, id="python-upgraded"),
    ],
)
def test_what_ended_or_changed_is_noticed(bootstrap: ModuleType, ready: Path, notes: dict[str, Any]) -> None:
    change(ready, notes)
    assert not bootstrap.is_current(ready, "")


def test_another_python_that_is_asked_for_is_noticed(bootstrap: ModuleType, ready: Path) -> None:
    assert not bootstrap.is_current(ready, "python3.99")


def test_a_broken_link_to_python_is_noticed(bootstrap: ModuleType, ready: Path) -> None:
    (ready / "bin" / "python").unlink()
    (ready / "bin" / "python").symlink_to("/nowhere/python3")
    assert not bootstrap.is_current(ready, "")


def test_the_check_is_quick_and_silent(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", "-X", "importtime", str(SCRIPT), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    # It runs before every target; these would make up most of its time.
    assert not imported & {"asyncio", "importlib.metadata", "pip", "site", "venv"}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"version": [3, 10, 2], "executable": "x", "absent": []}', ["3.11 or newer", "3.10.2", "PYTHON="]),
        (
            '{"version": [3, 12, 0], "executable": "x", "absent": ["ensurepip"]}',
            ["ensurepip", "python3-venv"],
        ),
        ("no answer to the question", ["no Python 3 that runs here"]),
    ],
    ids=["old", "without-venv", "no-python"],
)
def test_a_python_that_does_not_fit_is_refused_with_a_reason(
    bootstrap: ModuleType, tmp_path: Path, answer: str, words: list[str]
) -> None:
    with pytest.raises(bootstrap.SetupError) as refusal:
        bootstrap.choose_python(fake_python(tmp_path, answer))
    assert [word for word in words if word not in str(refusal.value)] == []


def test_a_folder_that_is_no_environment_is_not_emptied(bootstrap: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "page.md").touch()
    with pytest.raises(bootstrap.SetupError, match="no virtual environment"):
        bootstrap.make_empty(tmp_path)
    assert (tmp_path / "page.md").exists()


def test_the_last_lines_of_a_failure_are_shown(bootstrap: ModuleType) -> None:
    shown = bootstrap.run([sys.executable, "-c", "print('\\n'.join(map(str, range(99)))); raise SystemExit(1)"])
    assert shown.split() == [str(number) for number in range(84, 99)]


def wheel(folder: Path, name: str, version: str, *metadata: str) -> str:
    """Write a distribution without content; return its line in a lock."""
    stem = f"{name}-{version}"
    info = {
        "METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata, ""]),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in info.items():
            archive.writestr(f"{stem}.dist-info/{file}", text)
        archive.writestr(f"{stem}.dist-info/RECORD", "".join(f"{stem}.dist-info/{file},,\n" for file in info))
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.mark.slow
def test_what_the_lock_pins_is_installed_although_there_are_newer_releases(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pip of Python 3.11 forgets a pin when another package asks for the pinned one with an extra."""
    extra = "Provides-Extra: toml"
    lock = wheel(tmp_path, "measured", "1.0", extra) + wheel(
        tmp_path, "measuring", "1.0", "Requires-Dist: measured[toml]>=1"
    )
    wheel(tmp_path, "measured", "2.0", extra)
    (tmp_path / "lock.txt").write_text(lock, encoding="utf-8")
    monkeypatch.setattr(bootstrap, "LOCK", str(tmp_path / "lock.txt"))
    monkeypatch.setattr(bootstrap, "PROJECT", ("--dry-run", "measured"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    folder = tmp_path / "environment"
    bootstrap.make_environment(sys.executable, folder)
    bootstrap.install(folder)
    assert sorted(path.name for path in folder.rglob("measur*.dist-info")) == [
        "measured-1.0.dist-info",
        "measuring-1.0.dist-info",
    ]


def test_settings_that_lead_pip_elsewhere_are_dropped(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_TARGET", "PIP_USER", "PIP_NO_DEPS", "PYTHONPATH", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PIP_PROXY", "proxy.example")
    kept = bootstrap.clean_environment()
    assert kept["PIP_USER"] == "0"
    assert kept["PIP_PROXY"] == "proxy.example"
    assert not {"PIP_TARGET", "PIP_NO_DEPS", "PYTHONPATH", "VIRTUAL_ENV"} & {*kept}
    assert kept["PATH"] == os.environ["PATH"]
