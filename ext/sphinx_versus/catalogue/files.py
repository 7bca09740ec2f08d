"""Which files of a data folder hold records, reading them, and writing files as a whole.

A data folder may hold anything that a file system does. Only regular files inside of it are read, so that nothing waits for a
pipe, reads a device without end, or shows a file from elsewhere. A link is followed as long as it stays inside.
"""

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from ..characters import cleaned
from ..problems import Code, Place, Problem, closest, nearest, shown_path
from .plain_svg import MOST_BYTES, NO_PLAIN_SVG, is_plain_svg

FILES: Mapping[str, str] = {"criteria.yaml": "criterion", "sources.yaml": "source", "published.yaml": "published"}
"""The files of which there is one, with the object type of the records in them."""
FOLDERS: Mapping[str, str] = {"technologies": "technology", "comparisons": "comparison"}
"""The folders that hold one record a file."""
LISTED = ("criterion", "source")
"""The object types of which one file holds many records, by id."""
SUFFIX = ".yaml"
IMAGE = ".svg"
"""How the name of an image file ends."""
MOST_LEVELS = 50
"""So many folders may be in each other."""
MAX_SIZE = 16 * 1024 * 1024
"""So many bytes a file may have."""
MAX_SIZE_OF_RECORD = 512 * 1024
"""So many bytes the file of one technology or comparison may have: a thousand facts of 500 bytes."""
MAX_OWN = 64 * MAX_SIZE
"""So many bytes a file may have that a build keeps for the next one; it is read into memory as a whole."""
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK")
)
LEADS_OUT = ("a link that leads out of the data folder", "put the file or folder itself here")
_LINKED = ("a link to a folder, which is not followed", "put the folder itself here, or remove the link")
_LINK_ERRORS = {errno.ELOOP, errno.EMLINK, getattr(errno, "EFTYPE", errno.ELOOP)}


class RecordFile(NamedTuple):
    """A file with records of one object type: a list of many by id, or the one that has the file's name as its id."""

    path: str
    type: str

    @property
    def is_list(self) -> bool:
        """Whether it holds many records."""
        return self.type in LISTED

    @property
    def id(self) -> str:
        """The id of the only record; the name of the file may be anything."""
        return cleaned(Path(self.path).stem)

    def content(self) -> bytes | Problem:
        """The bytes of the file, or why it is not read."""
        folder = Path(self.path).parent
        if self.type in FOLDERS.values():
            return read_inside(self.path, str(folder.parent), MAX_SIZE_OF_RECORD)
        return read_inside(self.path, str(folder))


class Unused(NamedTuple):
    """A file or folder that is not read."""

    problem: Problem
    unread: tuple[str, ...] = ()
    """The object types of which ids may be in it."""
    meant: tuple[str, str] | None = None
    """Object type and name of the record that is probably in it."""


class DataFolder(NamedTuple):
    """What there is in a data folder at one moment."""

    root: Path
    files: tuple[RecordFile, ...]
    unused: tuple[Unused, ...]
    images: Mapping[str, Problem | None] = {}
    """By its path in the folder each image file, and why it cannot be shown."""

    def file_of(self, type_: str, id_: str) -> RecordFile:
        """The file in which a record stands."""
        name = next(name for name, held in {**FILES, **FOLDERS}.items() if held == type_)
        return RecordFile(str(self.root / name / f"{id_}{SUFFIX}" if name in FOLDERS else self.root / name), type_)


# -- reading ---------------------------------------------------------------------------------------------------------------


def read_inside(path: str, root: str, most: int = MAX_SIZE) -> bytes | Problem:
    """The content of a regular file that lies in a folder, or why it is not read."""
    real = _followed(path, root)
    content = read_file(real, most) if isinstance(real, str) else real
    return content if isinstance(content, bytes) else replace(content, place=Place(path))


def _followed(path: str, root: str) -> str | Problem:
    """The path to which a link in a folder leads, if it is one; a problem when that is not inside."""
    if not os.path.islink(path):  # noqa: PTH114 (thousands of files: a path object costs more than the call)
        return path
    return str(resolved(path)) if is_inside(path, root) else _unreadable(path, *LEADS_OUT)


def read_file(path: str, most: int = MAX_OWN) -> bytes | Problem:
    """The content of a regular file that is no link, or why it is not read.

    It is looked at before and after it is opened, because opening may act.
    """
    try:
        if problem := _refusal(path, os.lstat(path), most):
            return problem
        with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
            if problem := _refusal(path, os.fstat(stream.fileno()), most):
                return problem
            content = stream.read() if most > MAX_SIZE else stream.read(most + 1)
    except OSError as error:
        return _unreadable(path, *LEADS_OUT) if error.errno in _LINK_ERRORS else _unreadable(path, error)
    except ValueError:  # a name that the system cannot have
        return _unreadable(path, "cannot be read: not a name of a file")
    return content if len(content) <= most else _too_large(path, len(content), most)


def _refusal(path: str, status: os.stat_result, most: int) -> Problem | None:
    if stat.S_ISDIR(status.st_mode):
        return _unreadable(path, "cannot be read: Is a directory")
    if not stat.S_ISREG(status.st_mode):
        return _unreadable(path, "not a regular file")
    return _too_large(path, status.st_size, most) if status.st_size > most else None


def _unreadable(path: str, why: OSError | str, hint: str = "") -> Problem:
    message = f"cannot be read: {why.strerror or why}" if isinstance(why, OSError) else why
    return Problem(Place(path), Code.UNREADABLE_FILE, message, hint)


def _too_large(path: str, size: int, most: int) -> Problem:
    hint = f"expected at most {most // 1024} KiB" if most < 1024 * 1024 else f"expected at most {most // 1024**2} MiB"
    return Problem(Place(path), Code.TOO_LARGE, f"the file has {size:,} bytes", hint)


def resolved(path: str | os.PathLike[str]) -> Path:
    """The absolute path without links; the path as it is where links lead to themselves or a file goes meanwhile."""
    try:
        return Path(os.path.realpath(path))
    except OSError:
        return Path(path).absolute()


def is_inside(path: str, root: str) -> bool:
    """Whether a path is below a folder when all links are followed."""
    return resolved(path).is_relative_to(resolved(root))


# -- the files of a data folder --------------------------------------------------------------------------------------------


def scan(root: Path) -> DataFolder:
    """Look into a data folder."""
    if missing := _missing(root):
        return DataFolder(root, (), (Unused(missing),))
    unused = (*closed_folders(root), *_unexpected_files(root))
    return DataFolder(root, tuple(_record_files(root)), unused, dict(_images(root)))


def _missing(root: Path) -> Problem | None:
    try:
        if stat.S_ISDIR(root.stat().st_mode):
            return None
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError):
        return None  # it may well be there
    hint = "expected a folder with criteria.yaml, sources.yaml, technologies/ and comparisons/"
    with suppress(OSError, ValueError):
        names = os.listdir(root.parent)  # noqa: PTH208 (names)
        if near := closest(root.name, names) or ("data" if "data" in names else ""):
            hint = f'did you mean "{shown_path(str(root.with_name(near)))}"?'
    what = "file or folder" if root.suffix else "folder"
    return Problem(Place(str(root)), Code.NO_CATALOGUE, f'there is no {what} "{shown_path(str(root))}"', hint)


def _record_files(root: Path) -> Iterator[RecordFile]:
    """The files with records, those at the top first, then each folder's by name; hidden files are an editor's own."""
    yield from (RecordFile(str(root / name), type_) for name, type_ in FILES.items() if _is_there(root / name))
    for name, type_ in FOLDERS.items():
        folder = root / name
        names: list[str] = []
        with suppress(OSError):
            if _closed(folder) is None:
                names = os.listdir(folder)  # noqa: PTH208 (thousands of names)
        ids = sorted(file.removesuffix(SUFFIX) for file in names if file.endswith(SUFFIX) and file[0] != ".")
        yield from (RecordFile(f"{folder}{os.sep}{id_}{SUFFIX}", type_) for id_ in ids)


def closed_folders(root: Path) -> list[Unused]:
    """The folders that cannot be read: the data folder itself, or some of those in it."""
    inside = ("misconception", "fact")
    if problem := _unlisted(root):
        return [Unused(problem, (*LISTED, *FOLDERS.values(), *inside))]
    closed = ((type_, _closed(root / name)) for name, type_ in FOLDERS.items())
    return [Unused(problem, (type_, *inside)) for type_, problem in closed if problem]


def _is_there(path: Path) -> bool:
    """Whether there is something, be it a link to nowhere, or something at which the system gives no look in an open folder."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return _unlisted(path.parent) is None
    return True


def _closed(folder: Path) -> Problem | None:
    """Why nothing in a folder of the data folder is read, if it is there."""
    try:
        if folder.is_symlink() and not is_inside(str(folder), str(folder.parent)):
            return _unreadable(str(folder), *LEADS_OUT)
    except OSError as error:
        return _unreadable(str(folder), error)
    return _unlisted(folder) if _is_there(folder) else None


def _unlisted(folder: Path) -> Problem | None:
    try:
        with os.scandir(folder):
            os.stat(f"{folder}{os.sep}.")  # noqa: PTH116 (a path drops the dot, and with it the search of the folder)
    except OSError as error:
        return _unreadable(str(folder), error)
    return None


def _entries(root: Path) -> Iterator[tuple[tuple[str, ...], bool]]:
    """What is below a data folder: the parts of its path there, and whether it is a folder; no link is followed.

    Nothing is looked for deeper than records and pictures are: before Python 3.12, ``os.walk`` calls itself for each level.
    """
    for folder, folders, files in os.walk(root):
        inside = Path(folder).relative_to(root).parts
        if len(inside) >= MOST_LEVELS:
            folders.clear()
        yield from (((*inside, name), True) for name in folders)
        yield from (((*inside, name), False) for name in files)


def linked_folders(root: Path) -> list[str]:
    """The links to folders below a data folder, but for those that hold records, by their paths in it."""
    folders = ("/".join(parts) for parts, is_folder in _entries(root) if is_folder)
    links = (path for path in folders if os.path.islink(root / path))  # noqa: PTH114 (no error in a closed folder)
    return sorted(path for path in links if path not in FOLDERS)


def _images(root: Path) -> Iterator[tuple[str, Problem | None]]:
    """The image files, each with the reason for which it cannot be shown."""
    for parts, is_folder in sorted(_entries(root)):
        if not is_folder and parts[-1].endswith(IMAGE):
            real = _followed(str(root.joinpath(*parts)), str(root))
            yield "/".join(parts), _shown_image(real) if isinstance(real, str) else real


def _shown_image(path: str) -> Problem | None:
    content = read_file(path, MOST_BYTES)
    if not isinstance(content, bytes):
        return content
    return None if is_plain_svg(content) else _unreadable(path, NO_PLAIN_SVG, "simplify it")


_MISNAMED = re.compile(r"[a-z0-9-]+(?:\.yaml)?(?:\.(?:txt|text))?")
"""The name of a record with another suffix, or without one."""
_RECORD = re.compile(rb"^(?:kind|relation|technologies) *:", re.MULTILINE)
"""What is in any record of a technology or comparison, and in few other files."""


def _is_misnamed(root: Path, parts: tuple[str, ...]) -> bool:
    """Whether a file beside records is one, by its name and its keys."""
    if len(parts) != 2 or parts[0] not in FOLDERS or not _MISNAMED.fullmatch(parts[1]):
        return False
    content = read_inside(str(root.joinpath(*parts)), str(root))
    return isinstance(content, bytes) and bool(_RECORD.search(content))


def _unexpected_files(root: Path) -> Iterator[Unused]:
    """Links to folders, and files of YAML, or with another suffix beside records, that are not read; what is hidden is left alone."""
    yield from (Unused(_unreadable(str(root / path), *_LINKED)) for path in linked_folders(root))
    for parts, _ in sorted(_entries(root)):
        is_yaml = parts[-1].lower().endswith((SUFFIX, ".yml"))
        if any(part.startswith(".") for part in parts) or not (is_yaml or _is_misnamed(root, parts)):
            continue
        is_record = len(parts) == 2 and parts[0] in FOLDERS and parts[1].endswith(SUFFIX)
        if not is_record and (len(parts) > 1 or parts[0] not in FILES):
            yield _unexpected(root.joinpath(*parts), parts)


def _unexpected(path: Path, parts: tuple[str, ...]) -> Unused:
    first, place, name = parts[0], path, path.name.partition(".")[0]
    likely = closest(first, FOLDERS) if len(parts) > 1 else ""
    near = closest(path.stem.lower() + SUFFIX, FILES)
    folder = likely or ("comparisons" if "-vs-" in path.stem else "technologies")
    if path.suffix != SUFFIX:
        message, hint = f'"{path.name}" does not end in "{SUFFIX}"', f'rename it to "{name}{SUFFIX}"'
    elif len(parts) == 1:
        message, hint = f'"{path.name}" is not a file of the catalogue', nearest(path.name, FILES)
        if not near:
            hint = f'move it to "{folder}/{path.name}" if it is a record'
    elif first in FOLDERS:
        message, hint = f'"{path.name}" lies in a folder below "{first}"', "records lie side by side"
    else:  # one problem for all that is in it
        message, hint = f'"{first}" is not a folder of the catalogue', nearest(first, FOLDERS)
        place = path.parents[len(parts) - 2]
    problem = Problem(Place(str(place)), Code.UNEXPECTED_FILE, message, hint)
    if near:
        return Unused(problem, (FILES[near],) if FILES[near] in LISTED else ())
    of_folder = (FOLDERS[folder],) if first not in FOLDERS else ()
    return Unused(problem, ("misconception", "fact", *of_folder), (FOLDERS[folder], name))


# -- writing ---------------------------------------------------------------------------------------------------------------


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let errors name the file that is written: a full disk names none, and others name its draft."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def replace_files(contents: Mapping[Path, bytes], gone: Iterable[Path] = ()) -> None:
    """Write files of a writer with their folders: each as a whole or not at all, and all or none as far as a file system can.

    Where a link stands, the file it leads to is written. Files of a build, where no link is followed, are the matter of
    ``replace_file`` in ``environment/output_files.py``.
    When one cannot be written, those that are new are removed again, and the error is raised. The files that are ``gone`` are
    removed when all others are written.
    """
    paths = [resolved(path) for path in contents]
    drafts = [path.with_name(f".versus-{os.getpid()}-{number}.new") for number, path in enumerate(paths)]
    new = [path for path in paths if not path.exists()]
    folders = [folder for path in paths for folder in takewhile(lambda folder: not folder.exists(), path.parents)]
    if path := next(filter(Path.is_dir, paths), None):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        for path, draft, content in zip(paths, drafts, contents.values(), strict=True):
            with naming(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(content)
                if path.exists():
                    shutil.copymode(path, draft)
        for path, draft in zip(paths, drafts, strict=True):
            with naming(path):
                draft.replace(path)
        for path in gone:
            path.unlink()
    except BaseException:
        for path in (*drafts, *new):
            with suppress(OSError):
                path.unlink()
        for folder in folders:
            with suppress(OSError):  # it was not made, or something else was put into it
                folder.rmdir()
        raise
