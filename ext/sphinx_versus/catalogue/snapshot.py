"""A data folder as it is now; what each file holds is kept by its content, so that no file is parsed a second time.

What is kept follows from the files and from the code: with or without it, the result is that of :func:`.loader.load`.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from ..problems import Problem
from .catalogue import Catalogue
from .files import RecordFile, closed_folders, missing_folder, record_files, unexpected_files
from .loader import Loaded, Parsed, fingerprint, load, parse_content
from .pairs import NONE_DERIVED, Derive
from .store import edition, read_store, unpickled, write_store

RECORDS = "versus-records.pickle"
"""By path the fingerprint of a file's content, and what the file holds, pickled once more so that it is looked at on its own."""


class Snapshot:
    """A data folder at one moment.

    ``store`` is the folder in which to keep things from run to run; what is there already is used unless the run is ``fresh``.
    ``derive`` says which pairs are derived.
    """

    def __init__(self, root: Path, store: Path, *, derive: Derive = NONE_DERIVED, fresh: bool = False) -> None:
        self._root, self._store, self._derive, self._fresh = root, store, derive, fresh
        self._marks = {file.path: fingerprint(file.content()) for file in record_files(root)}
        self.digest = self._digest()
        """Changes whenever anything does that matters; empty when the folder changed under our hands."""

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the data, sorted by file and line."""
        return self._loaded.problems

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, made when it is first wanted."""
        return self._loaded.catalogue

    # -- files

    def _digest(self) -> str:
        folders = (missing_folder(self._root), *closed_folders(self._root), *unexpected_files(self._root))
        state = blake2b(f"{self._derive} {folders}".encode(), digest_size=12)
        for path, mark in self._marks.items():
            state.update(f"{path!r}\0{mark}\0".encode())
        return state.hexdigest()

    @cached_property
    def _loaded(self) -> Loaded:
        made_by, path = edition(), self._store / RECORDS
        before = None if self._fresh else read_store(path, made_by, dict)
        files = _Files(before or {}, self._marks)
        loaded = load(self._root, files, derive=self._derive)
        if files.now != files.before:
            write_store(path, made_by, files.now)
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
