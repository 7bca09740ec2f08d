"""A small project, and the command ``versus`` run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import CATALOGUE, INDEX, Site, write_files
from sphinx_versus.cli.commands import main

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the small catalogue, which is also the working directory."""
    monkeypatch.chdir(tmp_path)
    return write_files(tmp_path, {**CATALOGUE, **INDEX, "conf.py": Site.CONF})


@pytest.fixture
def run() -> Run:
    """Run ``versus`` with arguments."""
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])
