"""Material for MkDocs in an environment of its own, with the versions of ``mkdocs.txt``; made once, with the network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "mkdocs.txt"


def mkdocs_in(folder: Path) -> Path | None:
    """The command ``mkdocs``, installed when it is not there yet; nothing when that fails."""
    command = folder / "bin" / "mkdocs"
    if not command.exists():
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
            print(f"Material for MkDocs is left out: {error}", file=sys.stderr)
            return None
    return command


def versions_in(folder: Path) -> Mapping[str, str]:
    """The versions of what is compared there."""
    names = "mkdocs", "mkdocs-material"
    code = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {names}}}))"
    found = subprocess.run([str(folder / "bin" / "python"), "-c", code], check=True, capture_output=True, text=True)
    versions: Mapping[str, str] = json.loads(found.stdout)
    return versions
