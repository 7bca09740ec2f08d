"""Renders each page of the PDFs in a folder to a picture in another folder: python tools/pictures.py FROM TO."""

import shutil
import sys
from pathlib import Path

import pypdfium2

SCALE = 1.25
"""90 pixels for an inch: small files in which the notes can still be read."""


def render(pdf: Path, folder: Path) -> None:
    """One file for each page, named after the PDF and the page."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            page.render(scale=SCALE).to_pil().save(folder / f"{pdf.stem}-{number:02}.png")


def main(source: Path, target: Path) -> None:
    """Begin with an empty folder."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for pdf in sorted(source.glob("*.pdf")):
        render(pdf, target)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
