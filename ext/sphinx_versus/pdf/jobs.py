"""A volume on its way to a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from .book import Volume
from .typesetter.compiler import Remark

AHEAD = 2
"""How many volumes for each process are begun before the first is needed; their PDFs wait in memory."""


@dataclass
class Job:
    """A volume on its way: the file that the typesetter begins with, the PDF, and what a process already makes of it.

    ``stubs`` tells for each of its tables how many columns hold headers of rows.
    """

    volume: Volume
    main: Path
    target: Path
    stubs: Sequence[int]
    inputs: Mapping[str, str]
    draft: Future[tuple[bytes, list[Remark]]] | None = None

    @property
    def stamp(self) -> Path:
        """The file that tells of what the PDF was made."""
        return self.main.with_suffix(".digest")

    def is_current(self, digest: str) -> bool:
        """Whether the PDF is there and made of this."""
        return self.target.is_file() and self.stamp.is_file() and self.stamp.read_text(encoding="utf-8") == digest
