"""The files that builds hand to each other: one archive for each step, there as a whole or not at all."""

import gzip
import io
import json
import secrets
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SUFFIX = ".tar.gz"
ABOUT = "about.json"
"""The first file of an archive: what it was made from."""
NAME = "archive"
"""What an archive is called is a part of that, so that none takes the place of another."""


def pack(path: Path, about: Mapping[str, Any], files: Iterable[tuple[str, Path]]) -> None:
    """Write an archive of what is known about it and of files by name."""
    with writing(path, about) as archive:
        for name, file in files:
            archive.add(file, name, recursive=False)


def renew(path: Path, about: Mapping[str, Any]) -> None:
    """Write an archive once more, with other words about it."""
    with reading(path) as before, writing(path, about) as archive:
        for member in before:
            if member.name != ABOUT:
                archive.addfile(member, before.extractfile(member))


@contextmanager
def writing(path: Path, about: Mapping[str, Any]) -> Iterator[tarfile.TarFile]:
    """A new archive, which takes the place of another one when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with tarfile.open(draft, "w:gz", compresslevel=1) as archive:
            content = json.dumps({**about, NAME: path.name}).encode()
            first = tarfile.TarInfo(ABOUT)
            first.size = len(content)
            archive.addfile(first, io.BytesIO(content))
            yield archive
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def about(path: Path) -> dict[str, Any]:
    """What an archive was made from; ``OSError`` when it is not whole."""
    with reading(path) as archive:
        member = archive.next()
        stream = archive.extractfile(member) if member and member.name == ABOUT else None
        found = json.loads(stream.read()) if stream else None
    if not isinstance(found, dict) or found.get(NAME) != path.name:
        raise not_whole(path)
    return found


def unpack(path: Path, folder: Path, rename: Callable[[str], str]) -> None:
    """Write the files of an archive below a folder, each by another name; an empty one leaves it out."""
    with reading(path) as archive:
        for member in archive:
            if member.isfile() and (name := rename(member.name)):
                archive.extract(member.replace(name=name, deep=False), folder, filter="data")  # no name leads out of it
        stream: Any = archive.fileobj
        while stream.read(2**20):
            pass  # the checksum is at the very end


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """An archive that is open; what is no archive, damaged or cut off, is an ``OSError``."""
    if not path.is_file():
        raise not_whole(path)  # a pipe, say, which would be waited for
    try:
        with tarfile.open(path, "r:gz") as archive:
            yield archive
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as error:
        raise not_whole(path) from error


def not_whole(path: Path) -> OSError:
    """The error of a file that is no archive of ours."""
    return OSError(None, "not the whole archive of this step; build it again", str(path))
