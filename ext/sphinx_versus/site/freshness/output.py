"""The state of an output folder: what each page showed when it was written, and which files were made.

It is kept beside the environment, because the output folder is what a site publishes; that the files in the folder are those
that were written is checked by their contents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from .files import Signature, same_content, sign
from .journal import read_whole, write_whole
from .shown import Frames


@dataclass
class Output:
    """What is known of an output folder.

    ``generation`` is that of the environment when all pages showed what they should, else an empty text; ``surroundings``
    is the digest of what all pages share; ``pages`` has a digest per docname, ``frames`` what of it surrounds the text;
    ``index`` is the digest of the general index; ``files`` has what was written, by name below the folder: a signature when the content is checked.
    """

    generation: str = ""
    surroundings: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    frames: Frames = field(default_factory=Frames)
    index: str = ""
    files: dict[str, Signature | None] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Output:
        """What was saved; nothing when there is nothing of this form."""
        found: Any = read_whole(path)
        if not isinstance(found, dict) or found.keys() != {one.name for one in fields(cls)}:
            return cls()
        try:
            return TypeAdapter(cls).validate_python(found)
        except ValidationError:
            return cls()

    def save(self, path: Path) -> None:
        """Keep it for the next build."""
        write_whole(path, {**vars(self), "frames": vars(self.frames)})

    def is_there(self, outdir: Path, name: str) -> bool:
        """Whether a file is as it was written."""
        before = self.files.get(name)
        now = sign(str(outdir / name), before)
        self.files[name] = now if same_content(now, before) else None
        return self.files[name] is not None

    def is_as_left(self, outdir: Path, name: str) -> bool:
        """Whether a file is as the last build left it: as it was written, or not made at all."""
        return name not in self.files or self.is_there(outdir, name)

    def note_files(self, outdir: Path, checked: Iterable[str], others: Iterable[str]) -> None:
        """These files are there now, and no others; what could be expected and was not made is not expected again."""
        signed = {name: sign(str(outdir / name), self.files.get(name)) for name in checked}
        self.files = {**dict.fromkeys(others), **{name: found for name, found in signed.items() if found}}
