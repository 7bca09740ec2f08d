"""Messages of the typesetter name the page or record from which the markup came."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sphinx.environment import BuildEnvironment

from ..environment.project import project_of
from ..problems import Code, Place, Problem, in_order
from .book import Volume
from .typesetter.compiler import Remark
from .writer import PLACE

MOST_NAMED = 3
"""How many characters of a line are named in words."""


class Origins:
    """Knows where the words of volumes come from."""

    def __init__(self, env: BuildEnvironment, conf_py: Path, work: Path) -> None:
        self._env = env
        self._conf_py = conf_py
        self._work = work

    def of_remark(self, remark: Remark, volume: Volume, result: str) -> Problem:
        """A remark about a volume as a problem, at its place; ``result`` is what became of the PDF."""
        return not_typeset(self._place(remark, volume), remark, result)

    def of_glyphs(self, glyphs: Mapping[str, Remark], volume: Volume) -> Iterable[Problem]:
        """Characters that no font has, where a person wrote them: one problem for each line."""
        found: dict[Place, str] = {}
        for glyph, remark in glyphs.items():
            place = self._place_of_glyph(glyph, remark, volume)
            first = next((one for one in found if (one.path, one.line) == (place.path, place.line)), place)
            found[first] = found.get(first, "") + glyph
        return in_order(missing_glyphs(place, text) for place, text in found.items())

    def _place_of_glyph(self, glyph: str, remark: Remark, volume: Volume) -> Place:
        """Where a writer typed a character: in the file that the remark leads to, or in another one of the volume."""
        place = self._place(remark, volume)
        nearest = first_place(glyph, [Path(place.path)], place.line)
        return nearest or first_place(glyph, [Path(place.path), *self._sources(volume)]) or place

    def _sources(self, volume: Volume) -> Iterator[Path]:
        """The files that a person wrote and of which a volume is made: its pages, then all records."""
        for edition in volume.editions:
            yield Path(self._env.doc2path(edition.docname))
        yield from sorted(project_of(self._env).settings.data.rglob("*.yaml"))
        yield self._conf_py

    def _place(self, remark: Remark, volume: Volume) -> Place:
        if remark.file and (self._work / remark.file).is_file():
            if found := origin(self._work / remark.file, remark.line):
                return found
            for edition in volume.editions:
                if edition.file == remark.file:
                    return Place(str(self._env.doc2path(edition.docname)))
        return self.of(volume)

    def of(self, volume: Volume) -> Place:
        """Where a volume begins: the place of what is wrong with all of it."""
        return Place(str(self._env.doc2path(volume.editions[0].docname)) if volume.editions else str(self._conf_py))


def origin(sheet: Path, line: int) -> Place | None:
    """The file and line from which a line of a sheet comes: the last comment above it that names one."""
    lines = sheet.read_text(encoding="utf-8").split("\n")[:line]
    comment = next((one for one in reversed(lines) if one.startswith(PLACE)), "")
    path, _, number = comment.removeprefix(PLACE).rpartition(":")
    return Place(path, int(number)) if path and number.isdigit() else None


def first_place(character: str, files: Iterable[Path], start: int = 1) -> Place | None:
    """Where a character stands, from a line on, in the first of the files that has it."""
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, start=1):
            if number >= start and character in line:
                return Place(str(path), number, line.index(character) + 1)
    return None


def missing_glyphs(place: Place, text: str) -> Problem:
    """No font has these characters."""
    shown = sorted(set(text))
    named = [f"U+{ord(one):04X} {unicodedata.name(one, 'without a name')}" for one in shown[:MOST_NAMED]]
    more = ", …" if len(shown) > MOST_NAMED else ""
    hint = "their numbers are shown instead; a font in versus_pdf_font_path that has them is used by itself"
    message = f'no font of the PDF has "{"".join(shown)}" ({", ".join(named)}{more})'
    return Problem(place, Code.MISSING_GLYPH, message, hint)


def not_typeset(place: Place, remark: Remark, result: str) -> Problem:
    """The typesetter reported something."""
    where = f" ({remark.file}:{remark.line})" if remark.file else ""
    return Problem(place, Code.NOT_TYPESET, f"the typesetter says: {' '.join(remark.message.split())}{where}", result)
