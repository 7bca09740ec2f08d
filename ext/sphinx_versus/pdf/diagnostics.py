"""What the typesetter says is led back to the page or record that a person wrote."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from ..problems import Code, Place, Problem
from .compiler import Remark
from .writer import PLACE

MOST_NAMED = 3
"""How many characters of a line are named in words."""


def origin(sheet: Path, line: int) -> Place | None:
    """The file and line from which a line of a sheet comes: the last comment above it that tells one."""
    lines = sheet.read_text(encoding="utf-8").splitlines()[:line]
    told = next((one for one in reversed(lines) if one.startswith(PLACE)), "")
    path, _, number = told.removeprefix(PLACE).rpartition(":")
    return Place(path, int(number)) if path and number.isdigit() else None


def first_place(character: str, files: Iterable[Path]) -> Place | None:
    """Where a character stands, in the first of the files that has it."""
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, start=1):
            if character in line:
                return Place(str(path), number, line.index(character) + 1)
    return None


def missing_glyphs(place: Place, text: str) -> Problem:
    """No font has these characters."""
    shown = sorted(set(text))
    named = [f"U+{ord(one):04X} {unicodedata.name(one, 'without a name')}" for one in shown[:MOST_NAMED]]
    more = ", …" if len(shown) > MOST_NAMED else ""
    hint = "their numbers are shown instead; a font in versus_pdf_font_path that has them is used by itself"
    said = f'no font of the PDF has "{"".join(shown)}" ({", ".join(named)}{more})'
    return Problem(place, Code.MISSING_GLYPH, said, hint)


def not_typeset(place: Place, remark: Remark, file: str) -> Problem:
    """The typesetter stopped, or could not make the PDF accessible."""
    where = f" ({remark.file}:{remark.line})" if remark.file else ""
    hint = "the PDF is written, but not as an accessible one" if remark.about_standard else f"{file} is not written"
    return Problem(place, Code.NOT_TYPESET, f"the typesetter says: {' '.join(remark.message.split())}{where}", hint)
