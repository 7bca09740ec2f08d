"""A data folder as it is now; what each file holds is kept by its content, so that no file is parsed a second time.

What is kept follows from the files and from the code: with or without it, the result is that of :func:`.loader.load`. Whatever is
wrong with the file in which it is kept (it is cut off, damaged, from another version of anything that made it), it counts as
absent. Like Sphinx's own environment it is a pickle in the folder of the build: anyone who can write there can run code in the
build anyway.
"""

import pickle
import sys
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import markdown_it
import mdit_py_plugins
import pydantic
import yaml

from ..problems import Problem
from .catalogue import Catalogue
from .files import RecordFile, read_file, replace_files, scan
from .loader import Loaded, Parsed, assemble, content_digest, parse
from .pairs import NONE_DERIVED, Derive

RECORDS = "versus-records.pickle"
"""By path the digest of a file's content, and what the file holds, pickled once more so that it is looked at on its own."""
_SIZE = 32


class Snapshot:
    """A data folder at one moment.

    ``store`` is the folder in which to keep things from run to run; what is there already is used unless the run is ``fresh``.
    ``derive`` selects the pairs that are derived.
    """

    def __init__(self, root: Path, store: Path, *, derive: Derive = NONE_DERIVED, fresh: bool = False) -> None:
        self._folder, self._path, self._derive, self._fresh = scan(root), store / RECORDS, derive, fresh
        self._digests = {file.path: content_digest(file.content()) for file in self._folder.files}
        self._before: dict[str, tuple[str, bytes]] = {}
        self._now: dict[str, tuple[str, bytes]] = {}
        state = f"{derive} {self._folder.unused} {self._folder.images} {[*self._digests.items()]}"
        self.digest = blake2b(state.encode(errors="surrogatepass"), digest_size=12).hexdigest()
        """Changes whenever anything does that matters; empty when the folder changed under our hands."""

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the data, sorted by file and line."""
        return self._loaded.problems

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, made when it is first wanted."""
        return self._loaded.catalogue

    @cached_property
    def _loaded(self) -> Loaded:
        key = edition()
        self._before = {} if self._fresh else read_kept(self._path, key) or {}
        loaded = assemble(self._folder, self._parsed, self._derive)
        if self._now != self._before:
            keep(self._path, key, self._now)
        self._before, self._now = {}, {}
        return loaded

    def _parsed(self, file: RecordFile) -> Parsed:
        """What a file holds: known from before, or parsed."""
        digest, kept = self._before.get(file.path, ("", b""))
        if digest and digest == self._digests[file.path]:
            parsed: Parsed = pickle.loads(kept)  # noqa: S301 (see above)
        else:
            content = file.content()
            digest = content_digest(content)
            if digest != self._digests[file.path]:
                self.digest = ""
            parsed = parse(file, content)
            if not isinstance(content, bytes):
                return parsed
            kept = pickle.dumps(parsed, pickle.HIGHEST_PROTOCOL)
        self._now[file.path] = digest, kept
        return parsed


def edition() -> bytes:
    """A digest of all code that makes records of files: Python, the libraries, and our own modules."""
    libraries = (pydantic.VERSION, yaml.__version__, markdown_it.__version__, mdit_py_plugins.__version__)
    parts = [" ".join((sys.version, *libraries, str(yaml.__with_libyaml__))).encode()]
    here = Path(__file__).parent
    modules = (*sorted(here.glob("*.py")), here.parent / "problems.py", here.parent / "characters.py")
    parts += [module.read_bytes() for module in modules]
    return blake2b(b"\0".join(parts), digest_size=_SIZE).digest()


def read_kept(path: Path, key: bytes) -> Any:
    """The value in a file; ``None`` when there is no good one of this edition."""
    content = read_file(str(path))
    if isinstance(content, Problem):
        return None
    value = memoryview(content)[_SIZE:]
    return pickle.loads(value) if content[:_SIZE] == _seal(value, key) else None  # noqa: S301 (see above)


def keep(path: Path, key: bytes, value: Any) -> None:
    """Keep a value; where that is not possible, there will be none."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        replace_files({path: _seal(content, key) + content})


def _seal(content: bytes | memoryview, key: bytes) -> bytes:
    return blake2b(content, key=key, digest_size=_SIZE).digest()
