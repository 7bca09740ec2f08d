"""A data folder as it is now, and what is known of it from before: nothing that did not change is read a second time.

What a file holds is kept by its content. What follows from all files together (the problems, and whatever else is asked of
:meth:`Snapshot.keep`) is kept by the contents of all of them. When nothing at all changed, there is no need for a catalogue,
and it is made only when somebody wants one. All that is kept follows from the files and from the code: with or without it,
the result is that of :func:`.load.load`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from ..problems import Problem
from .catalogue import Catalogue
from .files import RecordFile, closed_folders, missing_folder, record_files, unexpected_files
from .loader import Loaded, Parsed, fingerprint, load, parse_content
from .pairs import NONE_DERIVED, Derive
from .store import edition, read_store, unpickled, write_store

T = TypeVar("T")

RECORDS = "versus-records.pickle"
"""By path the fingerprint of a file's content, and what the file holds, pickled once more so that it is looked at on its own."""
WHOLE = "versus-whole.pickle"
"""What follows from all files together, and the digest of these."""


class _Whole(NamedTuple):
    digest: str
    problems: list[Problem]
    kept: dict[str, object]


class Snapshot:
    """A data folder at one moment.

    ``store`` is the folder in which to keep things from run to run; what is there already is used unless the run is ``fresh``.
    ``derive`` says which pairs are derived.
    """

    def __init__(self, root: Path, store: Path, *, derive: Derive = NONE_DERIVED, fresh: bool = False) -> None:
        self._root, self._store, self._derive, self._fresh = root, store, derive, fresh
        self._edition = edition()
        self._marks = {file.path: fingerprint(file.content()) for file in record_files(root)}
        self.digest = self._digest()
        """Changes whenever anything does that matters; empty when the folder changed under our hands."""
        known = None if fresh else read_store(store / WHOLE, self._edition, _Whole)
        self._known: _Whole | None = known if known and known.digest == self.digest else None
        self._is_new = self._known is None

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the data, sorted by file and line."""
        return self._known.problems if self._known else self._loaded.problems

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, made when it is first wanted."""
        return self._loaded.catalogue

    def keep(self, name: str, make: Callable[[Catalogue], T]) -> T:
        """A value that follows from the catalogue and the name alone; made only when it is not known from before."""
        if self._known is None:
            self._known = _Whole(self.digest, self._loaded.problems, {})
        if name not in self._known.kept:
            self._known.kept[name] = make(self.catalogue)
            self._is_new = True
        return cast(T, self._known.kept[name])

    def save(self) -> None:
        """Keep what is new for the next run."""
        if self._is_new and self.digest:
            known = self._known or _Whole(self.digest, self.problems, {})
            write_store(self._store / WHOLE, self._edition, known)
            self._is_new = False

    # -- files

    def _digest(self) -> str:
        folders = (missing_folder(self._root), *closed_folders(self._root), *unexpected_files(self._root))
        told = blake2b(f"{self._derive} {folders}".encode(), digest_size=12)
        for path, mark in self._marks.items():
            told.update(f"{path!r}\0{mark}\0".encode())
        return told.hexdigest()

    @cached_property
    def _loaded(self) -> Loaded:
        before = None if self._fresh else read_store(self._store / RECORDS, self._edition, dict)
        files = _Files(before or {}, self._marks)
        loaded = load(self._root, files, derive=self._derive)
        if files.now != files.before:
            write_store(self._store / RECORDS, self._edition, files.now)
        if files.moved:
            self.digest = ""
        return loaded


class _Files:
    """What the files hold: known from before, or parsed."""

    def __init__(self, before: dict[str, tuple[str, bytes]], marks: Mapping[str, str]) -> None:
        self.before, self.marks = before, marks
        self.now: dict[str, tuple[str, bytes]] = {}
        self.moved = False
        """Whether a file is not what it was a moment ago."""

    def __call__(self, file: RecordFile) -> Parsed:
        before = self.before.get(file.path)
        match before:
            case (str(mark), bytes(kept)) if mark == self.marks.get(file.path) and (parsed := unpickled(kept, Parsed)):
                self.now[file.path] = mark, kept
                return parsed
        content = file.content()
        mark = fingerprint(content)
        self.moved |= mark != self.marks.get(file.path)
        parsed = parse_content(file, content)
        if isinstance(content, bytes):
            self.now[file.path] = mark, pickle.dumps(parsed, pickle.HIGHEST_PROTOCOL)
        return parsed
