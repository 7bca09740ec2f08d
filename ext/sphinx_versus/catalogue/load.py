"""A folder of YAML becomes a catalogue and the list of everything that is wrong with it.

A broken record is left out, a broken entry of a keyed list (a fact, a source …) alone; the rest is loaded. What is broken is
still known by its id, so that nothing that refers to it is reported as well.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ..problems import Code, Place, Problem, in_order
from .catalogue import Catalogue
from .check import check
from .folder import MODELS, RecordFile, Unexpected, file_of, record_files, unexpected_files
from .pairs import NONE_DERIVED, Derive
from .parse import Parsed, document_of, parse
from .read import Document, Location
from .sharing import Sharing


class Loaded(NamedTuple):
    """What came out of a folder."""

    catalogue: Catalogue
    problems: list[Problem]


def load(
    folder: str | os.PathLike[str],
    parsed: Callable[[RecordFile], Parsed] = parse,
    *,
    derive: Derive = NONE_DERIVED,
) -> Loaded:
    """Read the whole data folder; all problems come back, sorted by file and line.

    ``parsed`` gives what a file holds; whoever knows that without reading the file may say so. Which pairs are derived
    matters here because texts of records may refer to them.
    """
    root = Path(folder)
    if not root.is_dir():
        hint = "expected a folder with criteria.yaml, sources.yaml, technologies/ and comparisons/"
        missing = Problem(Place(str(folder)), Code.NO_CATALOGUE, f'there is no folder "{folder}"', hint)
        return Loaded(Catalogue(), [missing])
    with no_collection():
        found = list(_found(root, parsed))
        return _assembled(root, found, unexpected_files(root), derive)


def _found(root: Path, parsed: Callable[[RecordFile], Parsed]) -> Iterator[tuple[str, Parsed]]:
    """What each file holds, with the type of its records."""
    sharing = Sharing()
    for file in record_files(root):
        held = parsed(file)
        sharing.share(held.records)
        yield file.type, held


def _assembled(root: Path, found: list[tuple[str, Parsed]], unexpected: list[Unexpected], derive: Derive) -> Loaded:
    """The catalogue of all files, checked."""
    records: dict[str, dict[str, Any]] = {type_: {} for type_ in MODELS}
    places = {meant: Place(str(one.path)) for one in unexpected if (meant := one.meant)}
    unread = set().union(*(one.unread for one in unexpected))
    fingerprints: dict[tuple[str, str], str] = {}
    problems = [one.problem for one in unexpected]
    for type_, file in found:
        records[type_].update(file.records)
        fingerprints.update({(type_, id_): fingerprint for id_, fingerprint in file.fingerprints.items()})
        places.update(file.places)
        unread |= file.unread
        problems += file.problems
    criteria, sources, technologies, comparisons, single = records.values()
    known = (places, frozenset(unread), fingerprints, derive, single.get("published"))
    catalogue = Catalogue(criteria, sources, technologies, comparisons, *known)
    roles = (role for _, file in found for role in file.roles)
    catalogue, between = check(catalogue, _Places(root), roles)
    return Loaded(catalogue, in_order([*problems, *between]))


class _Places:
    """Where a value stands. Only what is wrong needs a place, so the file is read again for it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._documents: dict[str, Document] = {}

    def __call__(self, type_: str, id_: str, location: Location = (), *, key: bool = False) -> Place:
        file = file_of(self._root, type_, id_)
        if file.path not in self._documents:
            content = b""
            with suppress(OSError):  # it was there a moment ago
                content = Path(file.path).read_bytes()
            self._documents[file.path], _ = document_of(file.path, content)
        at = (id_, *location) if file.is_list else location
        return self._documents[file.path].place(at, key=key)


@contextmanager
def no_collection() -> Iterator[None]:
    """Make many records without a search for cycles among them after every few hundred; there are none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
