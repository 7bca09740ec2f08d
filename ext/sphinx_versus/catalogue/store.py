"""Values that are kept in a file from one run to the next.

Whatever is wrong with such a file (it is cut off, damaged, from another version of anything that made it), it counts as absent.
It is written beside its place and then moved there, so nobody ever reads half of one. Like Sphinx's own environment it is a
pickle in the folder of the build: whoever can write there can run code in the build anyway.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import markdown_it
import mdit_py_plugins
import pydantic
import yaml

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
    for module in (*sorted(here.glob("*.py")), here.parent / "problems.py"):
        yield module.read_bytes()


def read_store(path: Path, made_by: bytes) -> Any:
    """The value in a file; ``None`` when there is no good one of this edition."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if content[:_SIZE] != made_by:
        return None
    value = memoryview(content)[2 * _SIZE :]
    if content[_SIZE : 2 * _SIZE] != _checksum(value):
        return None
    with suppress(Exception):
        return pickle.loads(value)  # noqa: S301 (see above)
    return None


def write_store(path: Path, made_by: bytes, value: Any) -> None:
    """Keep a value; where that is not possible, there will be none."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            try:
                file.writelines((made_by, _checksum(content), content))
                file.close()
                os.replace(file.name, path)  # noqa: PTH105
            except OSError:
                os.unlink(file.name)  # noqa: PTH108
                raise


def _checksum(content: bytes | memoryview) -> bytes:
    return blake2b(content, digest_size=_SIZE).digest()
