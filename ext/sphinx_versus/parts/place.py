"""The sources of a site on other machines: packed from its folder, and unpacked at a place that has the same path on each.

The path is the same because what Sphinx reads has it in its environment, as have values of ``conf.py`` that are made from ``__file__``.
"""

import fcntl
import os
import shutil
import stat
import tarfile
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from ..catalogue.digest import digest
from ..catalogue.loader import content_digest

LEFT_OUT = frozenset({".git", ".hg", "_build", "__pycache__"})
MARKS = ("CACHEDIR.TAG", "pyvenv.cfg")
"""What is in folders that tools fill: caches and virtual environments."""
SITE, LOCK, CURRENT = "site", "lock", "current"


class Sources(NamedTuple):
    """An archive of the sources, and a digest of their names and contents."""

    archive: bytes
    digest: str


def place_of(root: Path) -> Path:
    """Where all machines unpack the sources of the project in a folder."""
    return Path(tempfile.gettempdir()).resolve() / f"versus-{digest(str(root))[:16]}"


def pack_sources(root: Path, left_out: Set[Path]) -> Sources:
    """Pack all below a folder but repositories, caches and what is built; of links that to which they lead."""
    found, stream = [], BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1, dereference=True) as archive:
        for path in project_files(root, left_out):
            name = path.relative_to(root).as_posix()
            found.append((name, "" if path.is_dir() else content_digest(path.read_bytes())))
            archive.add(path, name, recursive=False)
    return Sources(stream.getvalue(), digest(found))


def project_files(root: Path, left_out: Set[Path]) -> Iterator[Path]:
    """The folders and files to pack, in an order of their own; each folder once."""
    known = set()
    for parent, names, files in os.walk(root, followlinks=True):
        known.add(os.path.realpath(parent))
        names[:] = sorted(
            name
            for name in names
            if name not in LEFT_OUT
            and (path := Path(parent, name)) not in left_out
            and os.path.realpath(path) not in known
            and not any((path / mark).exists() for mark in MARKS)
        )
        yield from (Path(parent, name) for name in names)
        yield from (path for name in sorted(files) if (path := Path(parent, name)).is_file())


@contextmanager
def unpacked(place: Path, sources: Sources) -> Iterator[Path]:
    """The folder with these sources, which nobody replaces by others meanwhile: they wait, and so does this for others."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise PermissionError(None, "not a folder that only you can change", str(place))  # its files run as this user
    folder, current = place / SITE, place / CURRENT
    with (place / LOCK).open("a") as lock:
        while True:
            fcntl.flock(lock, fcntl.LOCK_SH)
            if current.is_file() and current.read_text() == sources.digest:
                break
            fcntl.flock(lock, fcntl.LOCK_EX)  # others may be faster in between
            if not current.is_file() or current.read_text() != sources.digest:
                current.unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                with tarfile.open(fileobj=BytesIO(sources.archive)) as archive:
                    archive.extractall(folder, filter="data")
                current.write_text(sources.digest)
        yield folder
