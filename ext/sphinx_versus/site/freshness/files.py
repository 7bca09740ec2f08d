"""Files by content: a time that moved says nothing, and a time that stayed is enough. Pure functions of the file system."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ...catalogue.parse import fingerprint


class Signature(NamedTuple):
    """How a file was found: time of its last change in nanoseconds, size, and a digest of its content."""

    time: int
    size: int
    digest: str


def content_digest(path: str | os.PathLike[str]) -> str:
    """A digest of a file's content."""
    return fingerprint(Path(path).read_bytes())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def inside(folder: Path, name: str) -> Path | None:
    """The path of a file below a folder; ``None`` when the name leads out of it, be it through a link.

    Names of files that are removed come from lists that anything may have written.
    """
    path = folder / name
    with suppress(OSError, ValueError):
        if path.name != os.pardir and "\0" not in name and path.parent.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def sign(path: str, before: Signature | None = None) -> Signature | None:
    """The signature of a file, without reading it when time and size are as before; ``None`` when it is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116 (thousands of files: a path object costs more than the call)
        if before and before[:2] == (status.st_mtime_ns, status.st_size):
            return before
        return Signature(status.st_mtime_ns, status.st_size, content_digest(path))
    except OSError:
        return None


def same_content(one: Signature | None, other: Signature | None) -> bool:
    """Whether two signatures are of the same content; of what is unknown nobody can say it."""
    return one is not None and other is not None and one.digest == other.digest


class Look:
    """A look at files at one moment of a build: each is looked at once, and compared with what was known before."""

    def __init__(self, known: Mapping[str, Signature | None]) -> None:
        self._known = known
        self.seen: dict[str, Signature | None] = {}

    def unchanged(self, paths: Iterable[str]) -> bool:
        """Whether all files have the content that is known of them; all of them are looked at."""
        return not [path for path in paths if not self._unchanged(path)]

    def _unchanged(self, path: str) -> bool:
        if path not in self.seen:
            self.seen[path] = sign(path, self._known.get(path))
        return same_content(self.seen[path], self._known.get(path))

    def time(self, paths: Iterable[str]) -> int:
        """The latest time of change in microseconds, rounded up as Sphinx does."""
        times = [found.time for path in paths if (found := self.seen.get(path))]
        return -(max(times, default=0) // -1000)
