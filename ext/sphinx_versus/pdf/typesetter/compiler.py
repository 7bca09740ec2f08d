"""The typesetter: its fonts, its settings, and its messages about a page, as data."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

STANDARD = "ua-1"
"""The PDF is accessible: tagged, titled, with a language and alternative texts, or the typesetter reports what is missing."""

FONT_PACKAGES = ("fontpkg_source_serif_4", "fontpkg_source_sans_3", "fontpkg_jetbrains_mono")
FONTS: Mapping[str, str] = {
    "text": "Source Serif 4",
    "sans": "Source Sans 3",
    "mono": "JetBrains Mono",
    "math": "New Computer Modern Math",
}
SPARE: Mapping[str, str] = {"text": "Libertinus Serif", "sans": "Libertinus Serif", "mono": "DejaVu Sans Mono"}
"""The typesetter's own fonts, where the packages are not installed."""

_SAID = re.compile(
    r"^(?P<level>error|warning): (?P<message>.*(?:\n(?! *┌─| *=).*\S.*)*)(?P<rest>(?:\n(?!error:|warning:).*)*)", re.M
)
_WHERE = re.compile(r"┌─ (?P<file>.*?):(?P<line>\d+):(?P<column>\d+)")
_GLYPH = re.compile(r"the text `\"(?P<glyph>.*)\"` could not be displayed")


class NoTypesetterError(Exception):
    """The package ``typst`` is not installed."""


@dataclass(frozen=True)
class Remark:
    """A message of the typesetter, with the place in one of our files (empty when it names none)."""

    message: str
    file: str = ""
    line: int = 0
    glyph: str = ""
    is_error: bool = True
    """Whether there is no PDF for it."""

    @property
    def about_standard(self) -> bool:
        """Whether the PDF can be made, but not as an accessible one."""
        return self.message.startswith("PDF/UA")


@dataclass(frozen=True)
class Fonts:
    """The families in use, and the folders in which they are looked for beside the typesetter's own."""

    families: Mapping[str, str]
    folders: tuple[Path, ...]


def find_fonts(wanted: Mapping[str, str], folders: Iterable[Path]) -> Fonts:
    """The site's fonts before those of the packages, and those before the typesetter's own."""
    packages = [folder for name in FONT_PACKAGES if (folder := _folder_of(name))]
    spare = SPARE if len(packages) < len(FONT_PACKAGES) else {}
    return Fonts({**FONTS, **spare, **wanted}, (*folders, *packages))


def _folder_of(package: str) -> Path | None:
    try:
        found = importlib.import_module(package)
    except ImportError:
        return None
    return Path(found.ROOT) / "files"


class Typesetter:
    """Makes PDFs of what lies below a folder."""

    def __init__(self, root: Path, fonts: Fonts, timestamp: int) -> None:
        self._typst = _load()
        self._root = root
        self._timestamp = timestamp
        folders: list[Any] = [str(folder) for folder in fonts.folders]
        self._fonts = self._typst.Fonts(include_system_fonts=False, font_paths=folders)

    @property
    def families(self) -> set[str]:
        """The names of the fonts that are there."""
        return set(self._fonts.families())

    def typeset(
        self, main: Path, inputs: Mapping[str, str], stubs: Sequence[int] = (), standard: str = STANDARD
    ) -> tuple[bytes, list[Remark]]:
        """A PDF (empty when there is none), and the messages; ``stubs`` as for :func:`.row_headers.mark_row_headers`."""
        try:
            pdf, warnings = self._typst.compile_with_warnings(
                str(main),
                root=str(self._root),
                font_paths=self._fonts,
                sys_inputs=dict(inputs),
                pdf_standards=[standard] if standard else [],
                timestamp=self._timestamp,
            )
        except self._typst.TypstError as error:
            return b"", list(remarks(error.diagnostic, self._root.name))
        except BaseException as error:  # noqa: BLE001 (a panic is no Exception)
            return b"", [failure(error)]
        found = [remark for warning in warnings for remark in remarks(warning.diagnostic, self._root.name)]
        try:
            return _with_row_headers(pdf, stubs), found
        except Exception as error:  # noqa: BLE001 (the PDF is whole without them)
            return pdf, [*found, replace(failure(error), is_error=False)]

    def accepts(self, formula: str) -> bool:
        """Whether a formula can be set."""
        return self._compiles(f'#math.equation(alt: "x", $ {formula} $)')

    def can_show(self, path: str) -> bool:
        """Whether an image below the folder can be read."""
        return self._compiles(f"#image({json.dumps(path, ensure_ascii=False)}, width: 1pt)")

    def _compiles(self, markup: str) -> bool:
        source = f'#set document(title: "x")\n{markup}\n'
        try:
            self._typst.compile(source.encode(), root=str(self._root), font_paths=self._fonts, format="svg")
        except self._typst.TypstError:
            return False
        except BaseException as error:  # noqa: BLE001 (a panic is no Exception)
            failure(error)
            return False
        return True


def failure(error: BaseException) -> Remark:
    """A failure of the typesetter's own; where it panics, that is no ordinary exception. An interrupt is raised again."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise error
    return Remark(f"{type(error).__name__}: {error}")


def _with_row_headers(pdf: bytes, stubs: Sequence[int]) -> bytes:
    from .row_headers import mark_row_headers  # noqa: PLC0415 (only who makes PDFs has what it needs)

    return mark_row_headers(pdf, stubs)


def _load() -> Any:
    try:
        return importlib.import_module("typst")
    except ImportError as error:
        raise NoTypesetterError from error


def remarks(diagnostic: str, root: str) -> Iterator[Remark]:
    """The messages of a diagnostic: per error or warning its words, and the innermost place in a page of ours.

    ``root`` is the name of the typesetter's folder, to which the places become relative.
    """
    for found in _SAID.finditer(diagnostic):
        places = [(one["file"].rpartition(f"{root}/")[2], int(one["line"])) for one in _WHERE.finditer(found["rest"])]
        file, line = next((one for one in places if one[0].startswith("pages/")), places[0] if places else ("", 0))
        glyph = _GLYPH.search(found["message"])
        missing = unescaped(glyph["glyph"]) if glyph else ""
        yield Remark(found["message"].strip(), file, line, missing, found["level"] == "error")


def unescaped(glyph: str) -> str:
    r"""A character as the typesetter writes it, ``\u{ad}`` among others."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), glyph)


def from_plain(fields: Iterable[Any]) -> Remark:
    """A remark from its fields: another process knows the class by another name."""
    return Remark(*fields)
