"""The pinned versions fit what ``pyproject.toml`` asks for, and can be checked by their hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
# Each with the oldest Sphinx that it must bring.
PYTHONS = {"3.11": "9.0", "3.12": "9.0", "3.13": "9.1"}


def pins(name: str, python: str) -> dict[str, Version]:
    """The versions that a lock gives to a Python on Linux."""
    environment = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": "linux"}
    found = {}
    for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
        if re.match(r"\w", line):
            pin = Requirement(line.removesuffix("\\"))
            if pin.marker is None or pin.marker.evaluate(environment):
                (version,) = pin.specifier
                found[canonicalize_name(pin.name)] = Version(version.version)
    return found


def of_group(name: str) -> Iterator[str]:
    """The requirements of a dependency group and of those that it includes."""
    entries: list[Any] = PROJECT["dependency-groups"][name]
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            yield from of_group(entry["include-group"])


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("name", "asked"),
    [("runtime.txt", RUNTIME), ("dev.txt", [*RUNTIME, *of_group("dev")])],
    ids=["runtime", "dev"],
)
def test_lock_has_what_the_project_asks_for(name: str, asked: list[str], python: str) -> None:
    pinned = pins(name, python)
    requirements = [Requirement(text) for text in asked]
    missing = [
        str(requirement)
        for requirement in requirements
        if (requirement.marker is None or requirement.marker.evaluate({"python_version": python}))
        and (
            (version := pinned.get(canonicalize_name(requirement.name))) is None
            or not requirement.specifier.contains(version)
        )
    ]
    assert missing == [], "run make lock"


@pytest.mark.parametrize(("python", "sphinx"), PYTHONS.items())
def test_each_python_gets_a_sphinx_of_its_time(python: str, sphinx: str) -> None:
    assert pins("dev.txt", python)["sphinx"] >= Version(sphinx)


@pytest.mark.parametrize("python", PYTHONS)
def test_users_get_the_versions_that_were_tested(python: str) -> None:
    assert pins("runtime.txt", python).items() <= pins("dev.txt", python).items()


def test_a_plain_installation_brings_no_extra() -> None:
    for python in PYTHONS:
        assert not {"dask", "distributed", "starlette", "typst"} & pins("runtime.txt", python).keys()
        assert {"dask", "distributed"} <= pins("dev.txt", python).keys()


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_lock_has_hashes_and_names_no_place(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\w)", text)[1:]
    assert [block.partition(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"://|--index|--find-links|(?<!via )(?:^|\s)/\w", text)
