"""The journal of a build: which pages it is reading. What a killed build leaves is read again by the next one.

A build that is killed while it reads leaves page trees that are newer than the environment, or only half written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .files import replace_file


def write_whole(path: Path, content: object) -> None:
    """Write JSON so that a file is there as a whole or not at all."""
    replace_file(path, json.dumps(content).encode())


def read_whole(path: Path) -> Any:
    """What was written; ``None`` when there is nothing that can be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


class Journal:
    """A file that is there while pages are being read."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "versus-reading.json"

    def unfinished(self) -> set[str]:
        """The docnames that an earlier build began to read, and never finished."""
        found = read_whole(self._path)
        return {name for name in found if isinstance(name, str)} if isinstance(found, list) else set()

    def begin(self, docnames: Iterable[str]) -> None:
        """These pages are about to be read."""
        write_whole(self._path, sorted(docnames))

    def end(self) -> None:
        """All of them were read, and the environment was saved."""
        self._path.unlink(missing_ok=True)
