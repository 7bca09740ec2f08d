"""Hostile records in the other formats: each is written, and what is XML is well-formed."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import Site
from hostile import judge
from hostile.grammar import SECRET
from hostile.records import Records
from hostile.sites import file_faults, make_site, output
from pdfs import Pdf

SEED = int(os.environ.get("VERSUS_SEED", "1"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("formats") / "site", Records(f"{SEED} formats", 6))


def ill_formed(documents: Iterator[tuple[str, bytes]]) -> list[str]:
    """The documents that no parser of XML reads."""
    found = []
    for name, content in documents:
        try:
            ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            line, column = error.position
            around = content.splitlines()[line - 1][max(0, column - 60) : column + 60] if line else b""
            found.append(f"{name}: {error}: {around!r}")
    return found


def in_folder(folder: Path, suffix: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob(f"*{suffix}")):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def in_book(book: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml")):
                yield name, archive.read(name)


def test_xml_is_well_formed(hostile: Site) -> None:
    hostile.build("xml")
    assert not ill_formed(in_folder(output(hostile, "xml"), ".xml")), f"seed {SEED}"


def test_books_are_well_formed(hostile: Site) -> None:
    hostile.build("epub")
    (book,) = output(hostile, "epub").glob("*.epub")
    assert not ill_formed(in_book(book)), f"seed {SEED}"
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if "secret" in name or "_downloads" in name]
        words = [word for _, content in in_book(book) for word in judge.word_faults(content.decode())]
    assert (names, words) == ([], []), f"seed {SEED}"


@pytest.mark.parametrize("builder", ["text", "man", "latex", "gettext"])
def test_every_format_is_written(hostile: Site, builder: str) -> None:
    hostile.build(builder)
    assert not [*file_faults(hostile, builder)], f"seed {SEED}"


def test_the_book_is_typeset(hostile: Site) -> None:
    hostile.build("versus-pdf")
    book = Pdf(output(hostile, "versus-pdf") / "Test.pdf")
    assert [word for word in (SECRET, judge.SYSTEM) if word in book.letters] == [], f"seed {SEED}"
