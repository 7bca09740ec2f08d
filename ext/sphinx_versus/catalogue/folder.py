"""Which files of a data folder hold records, which YAML files lie where nothing reads them, and which folders cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..characters import cleaned
from ..problems import Code, Place, Problem, nearest
from .files import LEADS_OUT, Unreadable, is_inside, read_inside, unreadable
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
        """The id of the only record; the name of the file may be anything."""
        return cleaned(Path(self.path).stem)

    @property
    def root(self) -> str:
        """The data folder."""
        folder = Path(self.path).parent
        return str(folder.parent if self.type in FOLDERS.values() else folder)

    def content(self) -> bytes | Unreadable:
        """The bytes of the file, or why it is not read."""
        return read_inside(self.path, self.root)


def record_files(root: Path) -> Iterator[RecordFile]:
    """The files with records, those at the top first, then each folder's by name."""
    for name, type_ in LISTS.items():
        if _is_there(root / name):
            yield RecordFile(str(root / name), type_, is_list=True)
    for name, type_ in SINGLE.items():
        if _is_there(root / name):
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


def _is_there(path: Path) -> bool:
    """Whether there is something, be it a link to nowhere, or something at which the system gives no look in an open folder."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return _unlisted(path.parent) is None
    return True


def _names(folder: Path) -> list[str]:
    """The names of the records' files in a folder; hidden files are an editor's own."""
    with suppress(OSError):
        if _reason(folder) is None:
            return sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX) and name[0] != ".")  # noqa: PTH208
    return []


# -- folders that cannot be read -------------------------------------------------------------------------------------------


class ClosedFolder(NamedTuple):
    """A folder of the catalogue of which nobody knows what is in it."""

    path: Path
    reason: Unreadable

    @property
    def problem(self) -> Problem:
        """What is wrong with it."""
        return self.reason.problem(str(self.path))

    @property
    def meant(self) -> None:
        """No record is known to be in it."""

    @property
    def unread(self) -> set[str]:
        """The object types of which ids may be in it."""
        types = {FOLDERS[self.path.name]} if self.path.name in FOLDERS else {*LISTS.values(), *FOLDERS.values()}
        return types | {"misconception", "fact"}


def missing_folder(root: Path) -> Problem | None:
    """The problem of a data folder that is not there."""
    try:
        if stat.S_ISDIR(root.stat().st_mode):
            return None
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError):
        return None  # it may well be there
    hint = "expected a folder with criteria.yaml, sources.yaml, technologies/ and comparisons/"
    return Problem(Place(str(root)), Code.NO_CATALOGUE, f'there is no folder "{root}"', hint)


def closed_folders(root: Path) -> list[ClosedFolder]:
    """The folders that cannot be read: the data folder itself, or some of those in it."""
    if reason := _unlisted(root):
        return [ClosedFolder(root, reason)]
    return [ClosedFolder(root / name, reason) for name in FOLDERS if (reason := _reason(root / name))]


def _reason(folder: Path) -> Unreadable | None:
    """Why nothing in a folder of the data folder is read, if it is there."""
    try:
        if folder.is_symlink() and not is_inside(str(folder), str(folder.parent)):
            return LEADS_OUT
    except OSError as error:
        return unreadable(error)
    return _unlisted(folder) if _is_there(folder) else None


def _unlisted(folder: Path) -> Unreadable | None:
    try:
        with os.scandir(folder):
            os.stat(f"{folder}{os.sep}.")  # noqa: PTH116 (a path drops the dot, and with it the search of the folder)
    except OSError as error:
        return unreadable(error)
    return None


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
