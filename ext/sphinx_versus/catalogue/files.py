"""Reading the files of a data folder, which may be anything that a file system holds, and writing files as a whole.

Only regular files inside the folder are read, so that nobody waits for a pipe, reads a device without end, or shows a file from
elsewhere. A link is followed as long as it stays inside. What is written is there completely or not at all.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..problems import Code, Place, Problem

MAX_SIZE = 16 * 1024 * 1024
"""So many bytes a file may have."""
MAX_OWN = 64 * MAX_SIZE
"""So many bytes a file may have that a build keeps for the next one; it is read into memory as a whole."""
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK")
)
_LINK_ERRORS = {errno.ELOOP, errno.EMLINK, getattr(errno, "EFTYPE", errno.ELOOP)}


class Unreadable(NamedTuple):
    """Why a file or folder is not read."""

    message: str
    hint: str = ""
    code: Code = Code.UNREADABLE_FILE

    def problem(self, path: str) -> Problem:
        """It as a problem of the file or folder."""
        return Problem(Place(path), self.code, self.message, self.hint)


LEADS_OUT = Unreadable("a link that leads out of the data folder", "put the file or folder itself here")
NOT_REGULAR = Unreadable("not a regular file")


def read_inside(path: str, root: str) -> bytes | Unreadable:
    """The content of a regular file that lies in a folder, or why it is not read."""
    try:
        if not os.path.islink(path):  # noqa: PTH114 (thousands of files: a path object costs more than the call)
            return _read(path, MAX_SIZE)
        return _read(os.path.realpath(path), MAX_SIZE) if is_inside(path, root) else LEADS_OUT
    except OSError as error:
        return LEADS_OUT if error.errno in _LINK_ERRORS else unreadable(error)
    except ValueError:  # a name that the system cannot have
        return Unreadable("cannot be read: not a name of a file")


def is_inside(path: str, root: str) -> bool:
    """Whether a path is below a folder when all links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def unreadable(error: OSError) -> Unreadable:
    """Why the system did not give what was asked for."""
    return Unreadable(f"cannot be read: {error.strerror or error}")


def read_file(path: str, most: int = MAX_OWN) -> bytes | Unreadable:
    """The content of a regular file of our own, or why it is not read."""
    try:
        return _read(path, most)
    except OSError as error:
        return unreadable(error)
    except ValueError:
        return Unreadable("cannot be read: not a name of a file")


def _read(path: str, most: int) -> bytes | Unreadable:
    """The content of a file that is no link; it is looked at before and after it is opened, because opening may act."""
    if (refusal := _refusal(os.lstat(path), most)) is not None:
        return refusal
    with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
        if (refusal := _refusal(os.fstat(stream.fileno()), most)) is not None:
            return refusal
        content = stream.read() if most > MAX_SIZE else stream.read(most + 1)
    return content if len(content) <= most else _too_large(len(content))


def _refusal(status: os.stat_result, most: int) -> Unreadable | None:
    if stat.S_ISDIR(status.st_mode):
        return Unreadable("cannot be read: Is a directory")
    if not stat.S_ISREG(status.st_mode):
        return NOT_REGULAR
    return _too_large(status.st_size) if status.st_size > most else None


def _too_large(size: int) -> Unreadable:
    most = MAX_SIZE // (1024 * 1024)
    return Unreadable(f"the file has {size:,} bytes", f"expected at most {most} MiB", Code.TOO_LARGE)


# -- writing ---------------------------------------------------------------------------------------------------------------


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write files with their folders: each as a whole or not at all, and all or none as far as a file system can.

    When one cannot be written, those that are new are removed again, and the error is raised.
    """
    drafts = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    is_new = {path: not path.exists() for path in drafts}
    folders = [folder for path in drafts for folder in _missing_folders(path)]
    try:
        for number, (path, content) in enumerate(drafts.items()):
            _write_draft(_draft(path, number), path, content)
        for number, path in enumerate(drafts):
            _draft(path, number).replace(path)
    except BaseException:
        leftovers = [_draft(path, number) for number, path in enumerate(drafts)]
        _remove([*leftovers, *(path for path in drafts if is_new[path])], folders)
        raise


def _draft(path: Path, number: int) -> Path:
    """Where a file is written before it is moved to its place."""
    return path.with_name(f".versus-{os.getpid()}-{number}.new")


def _write_draft(draft: Path, path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(content)
    if path.exists():
        shutil.copymode(path, draft)


def _missing_folders(path: Path) -> Iterator[Path]:
    """The folders that have to be made for a file, the innermost first."""
    for folder in path.parents:
        if folder.exists():
            return
        yield folder


def _remove(files: list[Path], folders: list[Path]) -> None:
    for path in files:
        with suppress(OSError):
            path.unlink()
    for folder in folders:
        with suppress(OSError):  # it was not made, or somebody else put something into it
            folder.rmdir()
