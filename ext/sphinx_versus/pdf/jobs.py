"""A volume on its way to a PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from ..catalogue.files import read_file
from .book import Volume
from .typesetter.compiler import Remark
from .work_folder import STAMP

AHEAD = 2
"""How many volumes for each process are begun before the first is needed; their PDFs wait in memory."""

MOST_STAMP = 1_000
"""More bytes than any stamp has."""


@dataclass
class Job:
    """A volume on its way: the file that the typesetter begins with, the PDF, and what a process already makes of it.

    ``stubs`` has the number of columns with headers of rows for each of its tables.
    """

    volume: Volume
    main: Path
    target: Path
    stubs: Sequence[int] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    draft: Future[tuple[bytes, list[Remark]]] | None = None
    is_lost: bool = False
    """Whether there is no PDF."""
    replaced: int = 0
    """How many pages had been replaced by a remark when the volume was begun."""

    @property
    def stamp(self) -> Path:
        """The file with the digest of what the PDF was made of."""
        return self.main.with_suffix(STAMP)

    def is_current(self, digest: str) -> bool:
        """Whether the PDF is there, made of this, and as it was written."""
        stamp, pdf = read_file(str(self.stamp), most=MOST_STAMP), read_file(str(self.target))
        return isinstance(pdf, bytes) and stamp == stamp_of(digest, pdf)


def stamp_of(digest: str, pdf: bytes) -> bytes:
    """What is kept beside a volume: of what its PDF was made, and the PDF's own digest."""
    return f"{digest} {hashlib.sha256(pdf).hexdigest()}".encode()
