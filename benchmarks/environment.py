"""Material for MkDocs and Zensical in an environment of their own, with the versions of ``mkdocs.txt``; made once, with the network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "mkdocs.txt"


COMMANDS = ("mkdocs", "zensical")
"""What builds the sites of these names in the place of Sphinx."""


def commands_in(folder: Path) -> Path | None:
    """The folder with the commands, installed when one is not there yet; nothing when that fails."""
    commands = folder / "bin"
    if not all((commands / name).exists() for name in COMMANDS):
        install = [
            str(folder / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--require-hashes",
            "-r",
        ]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            subprocess.run([*install, str(REQUIREMENTS)], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"Material for MkDocs and Zensical are left out: {error}", file=sys.stderr)
            return None
    return commands


def versions_in(folder: Path) -> Mapping[str, str]:
    """The versions of what is compared there."""
    names = "mkdocs", "mkdocs-material", "zensical"
    code = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {names}}}))"
    found = subprocess.run([str(folder / "bin" / "python"), "-c", code], check=True, capture_output=True, text=True)
    versions: Mapping[str, str] = json.loads(found.stdout)
    return versions
