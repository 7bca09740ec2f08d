"""Values that are kept in a file from one run to the next.

Whatever is wrong with such a file (it is cut off, damaged, from another version of anything that made it), it counts as absent.
It is written beside its place and then moved there, so nobody ever reads half of one. Like Sphinx's own environment it is a
pickle in the folder of the build: whoever can write there can run code in the build anyway.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import markdown_it
import mdit_py_plugins
import pydantic
import yaml

from .files import read_file, replace_files

T = TypeVar("T")
_SIZE = 32


def edition() -> bytes:
    """A fingerprint of all code that makes records of files: Python, the libraries, and our own modules."""
    made_by = blake2b(digest_size=_SIZE)
    for part in _code():
        made_by.update(part)
        made_by.update(b"\0")
    return made_by.digest()


def _code() -> Iterator[bytes]:
    libraries = (pydantic.VERSION, yaml.__version__, markdown_it.__version__, mdit_py_plugins.__version__)
    yield " ".join((sys.version, *libraries, str(yaml.__with_libyaml__))).encode()
    here = Path(__file__).parent
    for module in (*sorted(here.glob("*.py")), here.parent / "problems.py", here.parent / "characters.py"):
        yield module.read_bytes()


def read_store(path: Path, made_by: bytes, type_: type[T]) -> T | None:
    """The value in a file; ``None`` when there is no good one of this edition and type."""
    content = read_file(str(path))
    if not isinstance(content, bytes) or content[:_SIZE] != made_by:
        return None
    value = memoryview(content)[2 * _SIZE :]
    return unpickled(value, type_) if content[_SIZE : 2 * _SIZE] == _checksum(value) else None


def unpickled(content: bytes | memoryview, type_: type[T]) -> T | None:
    """The value of a pickle; ``None`` when it is another one, or none at all."""
    with suppress(Exception):
        value = pickle.loads(content)  # noqa: S301 (see above)
        return value if isinstance(value, type_) else None
    return None


def write_store(path: Path, made_by: bytes, value: Any) -> None:
    """Keep a value; where that is not possible, there will be none."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        replace_files({path: b"".join((made_by, _checksum(content), content))})


def _checksum(content: bytes | memoryview) -> bytes:
    return blake2b(content, digest_size=_SIZE).digest()
