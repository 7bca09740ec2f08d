"""Which files of a data folder hold records, and which YAML files lie where nothing reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..problems import Code, Place, Problem, nearest
from .model import Comparison, Criterion, Named, Published, Source, Technology
from .values import kebab_case

LISTS: Mapping[str, str] = {"criteria.yaml": "criterion", "sources.yaml": "source"}
"""The files that hold many records by id, with the object type of these."""
SINGLE: Mapping[str, str] = {"published.yaml": "published"}
"""The files that hold one record of a sort of which there is no more."""
FOLDERS: Mapping[str, str] = {"technologies": "technology", "comparisons": "comparison"}
"""The folders that hold one record a file."""
MODELS: Mapping[str, type[Named]] = {
    "criterion": Criterion,
    "source": Source,
    "technology": Technology,
    "comparison": Comparison,
    "published": Published,
}
SUFFIX = ".yaml"


class RecordFile(NamedTuple):
    """A file with records of one object type: a list of many by id, or the one that has the file's name as its id."""

    path: str
    type: str
    is_list: bool

    @property
    def id(self) -> str:
        """The id of the only record."""
        return Path(self.path).stem


def record_files(root: Path) -> Iterator[RecordFile]:
    """The files with records, those at the top first, then each folder's by name."""
    for name, type_ in LISTS.items():
        if os.path.lexists(root / name):
            yield RecordFile(str(root / name), type_, is_list=True)
    for name, type_ in SINGLE.items():
        if os.path.lexists(root / name):
            yield RecordFile(str(root / name), type_, is_list=False)
    for name, type_ in FOLDERS.items():
        folder = root / name
        for file in _names(folder):
            yield RecordFile(f"{folder}{os.sep}{file}", type_, is_list=False)


def file_of(root: Path, type_: str, id_: str) -> RecordFile:
    """The file in which a record stands."""
    for name, held in {**LISTS, **SINGLE}.items():
        if held == type_:
            return RecordFile(str(root / name), type_, is_list=name in LISTS)
    name = next(name for name, held in FOLDERS.items() if held == type_)
    return RecordFile(str(root / name / f"{id_}{SUFFIX}"), type_, is_list=False)


def _names(folder: Path) -> list[str]:
    """The names of the records' files in a folder; hidden files are an editor's own."""
    with suppress(OSError):
        return sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX) and name[0] != ".")  # noqa: PTH208
    return []


# -- files that nothing reads ----------------------------------------------------------------------------------------------


class Unexpected(NamedTuple):
    """A YAML file that nothing reads."""

    path: Path
    parts: tuple[str, ...]
    """The way to it from the data folder."""

    @property
    def problem(self) -> Problem:
        """What is wrong with it."""
        return Problem(Place(str(self.path)), Code.UNEXPECTED_FILE, *self._expected())

    @property
    def meant(self) -> tuple[str, str] | None:
        """Object type and id of the record that is probably in it."""
        if self.parts[0] not in FOLDERS:
            return None
        return FOLDERS[self.parts[0]], kebab_case(self.path.stem)

    @property
    def unread(self) -> set[str]:
        """The object types of which ids may be in it."""
        if self.parts[0] in FOLDERS:
            return {"misconception", "fact"}
        name = self.path.stem.lower() + SUFFIX
        return {LISTS[name]} if name in LISTS else set()

    def _expected(self) -> tuple[str, str]:
        path, first = self.path, self.parts[0]
        if path.suffix != SUFFIX:
            return f'"{path.name}" does not end in "{SUFFIX}"', f'rename it to "{path.stem}{SUFFIX}"'
        if len(self.parts) == 1:
            return f'"{path.name}" is not a file of the catalogue', nearest(path.name, [*LISTS, *SINGLE])
        if first in FOLDERS:
            return f'"{path.name}" lies in a folder below "{first}"', "records lie side by side"
        return f'"{first}" is not a folder of the catalogue', nearest(first, FOLDERS)


def unexpected_files(root: Path) -> list[Unexpected]:
    """The YAML files that are none of :func:`record_files`, sorted; what is hidden is left alone."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(folder).relative_to(root).parts
        for name in (*folders, *files):
            is_yaml = name.lower().endswith((SUFFIX, ".yml")) and not name.startswith(".")
            if is_yaml and not _is_expected((*inside, name)):
                found.append(Unexpected(Path(folder, name), (*inside, name)))
    return sorted(found)


def _is_expected(parts: tuple[str, ...]) -> bool:
    if len(parts) == 1:
        return parts[0] in LISTS or parts[0] in SINGLE
    return len(parts) == 2 and parts[0] in FOLDERS and parts[1].endswith(SUFFIX)
