"""What can be read from a PDF: its words, its structure, its outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2

from conftest import Site


class Pdf:
    """A PDF that was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = pikepdf.open(path)
        self.root = self.file.Root

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        with pypdfium2.PdfDocument(self.path) as document:
            return [page.get_textpage().get_text_range() for page in document]

    @cached_property
    def letters(self) -> str:
        """All text without spaces, hyphens and marks that only steer line breaks."""
        return letters("".join(self.pages))

    def page_of(self, words: str) -> int:
        """The number of the first page that has these words."""
        return next(number for number, text in enumerate(self.pages, start=1) if letters(words) in letters(text))

    @cached_property
    def outline(self) -> list[tuple[int, str]]:
        """The bookmarks with their levels."""
        with pypdfium2.PdfDocument(self.path) as document:
            return [(mark.level, mark.get_title()) for mark in document.get_toc()]

    @cached_property
    def elements(self) -> list[pikepdf.Object]:
        """The elements of the structure tree, in reading order."""
        return list(_below(self.root.StructTreeRoot))

    @property
    def roles(self) -> Counter[str]:
        """How often each kind of element is there."""
        return Counter(str(element.S).lstrip("/") for element in self.elements)

    @property
    def scopes(self) -> set[str]:
        """For what the heads of tables speak."""
        return {scope for element in self.elements if str(element.S) == "/TH" for scope in _scopes(element)}

    @property
    def destinations(self) -> dict[str, int]:
        """The pages of the places that have a name, by that name."""
        pages = [page.obj.objgen for page in self.file.pages]
        names = pikepdf.NameTree(self.root.Names.Dests)
        return {str(name): pages.index(place[0].objgen) + 1 for name, place in names.items()}

    @property
    def links(self) -> set[str]:
        """The addresses of external links."""
        notes = (note for page in self.file.pages for note in page.get("/Annots", []))
        return {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _scopes(element: pikepdf.Object) -> Iterator[str]:
    told = element.get("/A", [])
    for one in told if isinstance(told, pikepdf.Array) else [told]:
        if isinstance(one, pikepdf.Dictionary) and "/Scope" in one:
            yield str(one.Scope)


def letters(text: str) -> str:
    """A text as what is left when line breaks, hyphenation and ligatures are taken away."""
    for ligature, plain in {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}.items():
        text = text.replace(ligature, plain)
    return re.sub("[\\s\u200b\u2060\u00ad\ufffe\ufffd\x02•\u2010-\u2012-]+", "", text)


def build_pdf(site: Site, **overrides: object) -> Pdf:
    """Build the book of a site."""
    site.build("versus-pdf", **overrides)
    path = site.root / "_build" / "versus-pdf" / "Test.pdf"
    assert path.is_file(), site.warnings
    return Pdf(path)
