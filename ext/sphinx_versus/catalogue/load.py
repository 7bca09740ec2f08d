"""A folder of YAML becomes a catalogue and the list of everything that is wrong with it.

What is wrong is left out (a field, the entry that needs it, or the record), and the rest is loaded. What is left out is still
known by its id and location, so that nothing that refers to it is reported as well.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..problems import Place, Problem, bounded, in_order
from .catalogue import Catalogue
from .folder import (
    MODELS,
    ClosedFolder,
    RecordFile,
    Unexpected,
    closed_folders,
    file_of,
    missing_folder,
    record_files,
    unexpected_files,
)
from .pairs import NONE_DERIVED, Derive
from .parse import Parsed, document_of, parse
from .read import Document, Location
from .rules import check

MOST_PROBLEMS = 200
"""So many problems of one file are reported."""


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
    if missing := missing_folder(root):
        return Loaded(Catalogue(), [missing])
    with no_collection():
        found = [(file.type, parsed(file)) for file in record_files(root)]
        return _assembled(root, found, [*closed_folders(root), *unexpected_files(root)], derive)


def _assembled(
    root: Path, found: list[tuple[str, Parsed]], unused: Sequence[Unexpected | ClosedFolder], derive: Derive
) -> Loaded:
    """The catalogue of all files, checked."""
    records: dict[str, dict[str, Any]] = {type_: {} for type_ in MODELS}
    places = {meant: Place(str(one.path)) for one in unused if (meant := one.meant)}
    unread = set().union(*(one.unread for one in unused))
    problems = [one.problem for one in unused]
    for type_, file in found:
        records[type_].update(file.records)
        places.update(file.places)
        unread |= file.unread
        problems += file.problems
    catalogue = Catalogue(
        criteria=records["criterion"],
        sources=records["source"],
        technologies=records["technology"],
        comparisons=records["comparison"],
        places=places,
        unread=frozenset(unread),
        derive=derive,
        published=records["published"].get("published"),
        left_out={key: locations for _, file in found for key, locations in file.left_out.items()},
    )
    roles = (role for _, file in found for role in file.roles)
    catalogue, between = check(catalogue, _Places(root), roles)
    return Loaded(catalogue, [*bounded(in_order([*problems, *between]), MOST_PROBLEMS)])


class _Places:
    """Where a value stands. Only what is wrong needs a place, so the file is read again for it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._documents: dict[str, Document] = {}

    def __call__(self, type_: str, id_: str, location: Location = (), *, key: bool = False) -> Place:
        file = file_of(self._root, type_, id_)
        if file.path not in self._documents:
            self._documents[file.path], _ = document_of(file, file.content())
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
