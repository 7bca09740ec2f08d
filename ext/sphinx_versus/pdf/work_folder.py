"""The folder of what the typesetter reads: all in it is ours, and what stands in the way of a file is taken away.

Nothing is read but regular files, and no link is followed: neither a pipe nor a link in the folder can hold the build or lead it
elsewhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from ..catalogue.digest import digest
from ..catalogue.files import read_file
from ..environment.output_files import remove, replace_file

NAME = "_typst"
"""The name of the folder in the output."""
VOLUMES = "volumes"
"""The folder in it that holds the main file of each volume, and a digest beside it."""
STAMP = ".digest"


class Edition(NamedTuple):
    """A page of the site as a volume has it: without what some other pages of the volume show."""

    docname: str
    after: tuple[str, ...] = ()
    """The docnames of those pages."""

    @property
    def file(self) -> str:
        """The name of the file with its markup: the typesetter and file systems do not take every docname."""
        names = "\n".join((self.docname, *self.after))
        return f"pages/{digest(names)}.typ"


def write_if_changed(work: Path, path: Path, content: bytes) -> None:
    """Write a file below the folder unless it is as it should be."""
    names = [Path(), *reversed(path.relative_to(work).parents[:-1])]
    for folder in (work / name for name in names):
        if folder.is_symlink() or (_is_there(folder) and not folder.is_dir()):
            folder.unlink()
    if read_file(str(path)) == content:
        return
    for one in (path, path.with_name(f"{path.name}.new")):
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
    replace_file(path, content)


def remove_others(work: Path, kept: Set[Path]) -> None:
    """Remove from the folder, and from the output around it, the files of volumes and pages that are not made any more.

    Beside each volume there is a digest; its name tells which PDF is ours.
    """
    for path in sorted(set(work.rglob("*")) - kept):
        name = path.relative_to(work)
        if not path.is_dir() or path.is_symlink():
            remove(work, [str(name)])
            if name.suffix == STAMP and name.parts[0] == VOLUMES:
                remove(work.parent, [str(name.relative_to(VOLUMES).with_suffix(".pdf"))])


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True
