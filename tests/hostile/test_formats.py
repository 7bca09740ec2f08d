"""Hostile records in the other formats: each is written, and what is XML is well-formed."""

from __future__ import annotations

import inspect
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pygments.lexers import get_lexer_by_name

from conftest import Site
from hostile import judge
from hostile.grammar import SECRET
from hostile.records import SIGNS, Records, Signs
from hostile.sites import RECORDS, SEED, file_faults, make_site, output
from pdfs import Pdf
from sphinx_versus.environment.allowed import LANGUAGES

TEXTS = {".xml", ".html", ".txt", ".tex", ".texi", ".pot", ".1", ".js", ".json"}
NUMBERS = {"": min(6, max(2, RECORDS // 100)), "sign-": 2}
"""How many technologies there are by the prefix of their ids."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Records of hostile texts and of all kinds of characters, and files with such names."""
    site = make_site(tmp_path_factory.mktemp("formats") / "site", Records(f"{SEED} formats", NUMBERS[""]))
    for name, text in Records(f"{SEED} signs", NUMBERS["sign-"], Signs, "sign-").files().items():
        path = site.root / name
        before = path.read_bytes() if path.exists() else b""
        path.write_bytes(before + text.encode("utf-8", "surrogatepass"))
    for number, sign in enumerate((*SIGNS, "\udc80", "\udcff")):
        if sign != "\0":
            text = f"name: Sign {number}\nkind: database\nsummary: x\n"
            (site.root / f"data/technologies/x{sign}y.yaml").write_text(text, encoding="utf-8")
    return site


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


def character_faults(folder: Path) -> list[str]:
    """Characters in files of the output that no text may become."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in TEXTS]
    assert paths
    return [f"{path.name}: {fault}" for path in paths for fault in judge.character_faults(path.read_text("utf-8"))]


def test_xml_is_well_formed(hostile: Site) -> None:
    hostile.build("xml", doctrees="shared", fresh=True)
    assert not ill_formed(in_folder(output(hostile, "xml"), ".xml")), f"seed {SEED}"
    assert not character_faults(output(hostile, "xml"))
    assert not [*judge.character_faults(hostile.warnings)]
    reported = {int(one, 16) for one in re.findall(r"the character U\+([0-9A-F]+)", hostile.warnings)}
    assert {ord(sign) for sign in SIGNS if [*judge.character_faults(sign)]} <= reported
    assert hostile.warnings.count("[invalid-id]") >= len(SIGNS)


def test_pages_and_indices_have_no_such_characters(hostile: Site) -> None:
    hostile.build("html", doctrees="shared", html_baseurl="https://example.org/", versus_sitemap=True)
    folder = output(hostile, "html")
    assert not character_faults(folder)
    assert not ill_formed(in_folder(folder, "sitemap.xml"))
    assert not [*file_faults(hostile, "html")]
    pages = {path.stem for path in folder.glob("technologies/*.html")}
    assert pages == {
        "index",
        *(f"{prefix}tool-{number}" for prefix, many in NUMBERS.items() for number in range(many)),
    }


def test_books_are_well_formed(hostile: Site) -> None:
    hostile.build("epub")
    (book,) = output(hostile, "epub").glob("*.epub")
    assert not ill_formed(in_book(book)), f"seed {SEED}"
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if "secret" in name or "_downloads" in name]
        texts = [content.decode() for _, content in in_book(book)]
    words = [
        fault for text in texts for faults in (judge.word_faults, judge.character_faults) for fault in faults(text)
    ]
    assert (names, words) == ([], []), f"seed {SEED}"


@pytest.mark.parametrize("builder", ["text", "man", "latex", "gettext", "texinfo", "singlehtml"])
def test_every_format_is_written(hostile: Site, builder: str) -> None:
    hostile.build(builder, doctrees="" if builder in {"gettext", "singlehtml"} else "shared")
    assert not [*file_faults(hostile, builder)], f"seed {SEED}"
    assert not character_faults(output(hostile, builder))


def test_the_book_is_typeset(hostile: Site) -> None:
    hostile.build("versus-pdf", doctrees="shared")
    book = Pdf(output(hostile, "versus-pdf") / "Test.pdf")
    assert [word for word in (SECRET, judge.SYSTEM) if word in book.letters] == [], f"seed {SEED}"
    titles = [title for _, title in book.outline]
    assert not [*judge.character_faults("".join(titles))]


@pytest.mark.parametrize("language", sorted(LANGUAGES - {"default", "none"}))
def test_no_language_of_a_record_asks_another_one_that_a_record_names(language: str) -> None:
    """Of some of the others a short text takes hours."""
    source = inspect.getsource(type(get_lexer_by_name(language)))
    assert not re.search(r"get_lexer_(?:by_name|for_\w+)|guess_lexer", source)


def test_code_that_another_language_would_never_end_is_plain(small_site: Site) -> None:
    code = "```http\nHTTP/1.1 200 OK\nContent-Type: text/mcschema\n\n<!--\n```"
    summary = json.dumps(f"It is.\n\n{code}\n")
    small_site.write({"data/technologies/odd.yaml": f"name: Odd\nkind: tool\nsummary: {summary}\n"}).build()
    assert "text/mcschema" in small_site.output("technologies/odd.html")
