"""Reading the files of a data folder, which may be anything that a file system holds.

Only regular files inside the folder are read, so that nobody waits for a pipe, reads a device without end, or shows a file from
elsewhere. A link is followed as long as it stays inside.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

from ..problems import Code, Place, Problem

MAX_SIZE = 16 * 1024 * 1024
"""So many bytes a file may have."""
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
            return _read(path)
        return _read(os.path.realpath(path)) if is_inside(path, root) else LEADS_OUT
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


def _read(path: str) -> bytes | Unreadable:
    """The content of a file that is no link; it is looked at before and after it is opened, because opening may act."""
    if (refusal := _refusal(os.lstat(path))) is not None:
        return refusal
    with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
        if (refusal := _refusal(os.fstat(stream.fileno()))) is not None:
            return refusal
        content = stream.read(MAX_SIZE + 1)
    return content if len(content) <= MAX_SIZE else _too_large(len(content))


def _refusal(status: os.stat_result) -> Unreadable | None:
    if stat.S_ISDIR(status.st_mode):
        return Unreadable("cannot be read: Is a directory")
    if not stat.S_ISREG(status.st_mode):
        return NOT_REGULAR
    return _too_large(status.st_size) if status.st_size > MAX_SIZE else None


def _too_large(size: int) -> Unreadable:
    most = MAX_SIZE // (1024 * 1024)
    return Unreadable(f"the file has {size:,} bytes", f"expected at most {most} MiB", Code.TOO_LARGE)
