"""Every text of a document tree arrives in the PDF, whatever the construct; and a PDF is what it should be."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from docutils import nodes
from sphinx import addnodes

from conftest import Site
from pdfs import Pdf, build_pdf, letters

HERE = Path(__file__).parent
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="9"/></svg>\n'


def png() -> bytes:
    """A picture of one dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x20\x40\x60")) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose two pages use everything."""
    site = Site(tmp_path_factory.mktemp("markup"))
    site.write({"docs/index.rst": "Home\n====\n\n.. toctree::\n\n   markup\n   mystery\n"})
    shutil.copy(HERE / "markup.rst", site.root / "docs")
    shutil.copy(HERE / "markup.md", site.root / "docs" / "mystery.md")
    (site.root / "docs" / "dot.png").write_bytes(png())
    site.write(
        {"docs/drawing.svg": DRAWING, "docs/included.txt": "a literal included line\n", "data/criteria.yaml": ""}
    )
    return site


@pytest.fixture(scope="module")
def book(sink: Site) -> Pdf:
    """Its PDF."""
    extensions = ["dollarmath", "deflist", "colon_fence", "strikethrough"]
    pdf = build_pdf(sink, nitpicky=False, myst_enable_extensions=extensions, suppress_warnings=["myst.strikethrough"])
    assert sink.warnings == ""
    return pdf


UNSEEN = (
    nodes.raw,
    nodes.comment,
    nodes.substitution_definition,
    nodes.math,
    nodes.math_block,
    nodes.image,
    nodes.meta,
)


def shown_texts(tree: nodes.document) -> list[str]:
    """The lines of text that a reader should see, without formulas, which are set in other letters."""
    found = []
    for text in tree.findall(nodes.Text):
        around = text.parent
        while around is not None and not isinstance(around, (*UNSEEN, addnodes.toctree)):
            around = around.parent
        if around is None and letters(text.astext()):
            found += [line for line in text.astext().splitlines() if letters(line)]
    return found


@pytest.mark.parametrize("docname", ["markup", "mystery"])
def test_every_text_arrives(sink: Site, book: Pdf, docname: str) -> None:
    tree = sink.app.env.get_and_resolve_doctree(docname, sink.app.builder, tags=sink.app.tags)
    texts = shown_texts(tree)
    assert len(texts) > 40
    assert [text for text in texts if letters(text) not in book.letters] == []


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Pdf]:
    """The test document of docutils, with dots for its pictures, as a page of a site; and its PDF."""
    site = Site(tmp_path_factory.mktemp("standard"))
    site.write({"docs/index.rst": "Home\n====\n\n.. toctree::\n\n   a/b/c/all\n", "data/criteria.yaml": ""})
    folder = site.root / "docs" / "a" / "b" / "c"
    shutil.copytree(HERE / "docutils", folder)
    names = [
        path.name for path in sorted(folder.glob("*.rst")) if path.name not in {"standard.rst", "header_footer.rst"}
    ]
    (folder / "all.rst").write_text("".join(f".. include:: {name}\n" for name in ["standard.rst", *names]), "utf-8")
    pictures = site.root / "docs" / "docs" / "user" / "rst" / "images"
    pictures.mkdir(parents=True)
    for name in ("title.png", "biohazard.png"):
        (pictures / name).write_bytes(png())
    return site, build_pdf(site, nitpicky=False, exclude_patterns=["a/b/c/[!a]*"])


def test_the_test_document_of_restructuredtext_arrives(standard: tuple[Site, Pdf]) -> None:
    site, book = standard
    assert "versus." not in site.warnings, "no node is unknown, and the PDF is an accessible one"
    texts = shown_texts(site.app.env.get_and_resolve_doctree("a/b/c/all", site.app.builder, tags=site.app.tags))
    assert len(texts) > 500
    missing = [text for text in texts if letters(text) not in book.letters]
    # A local table of contents is left to the bookmarks; what the end of a page divides is compared word by word.
    divided = [word for text in missing if text != "Table of Contents" for word in text.split()]
    assert len(missing) < 4
    assert [word for word in divided if letters(word) not in book.letters] == []


def test_what_is_for_other_formats_does_not_arrive(book: Pdf) -> None:
    assert letters("raw typst words") in book.letters
    assert letters("never shown") not in book.letters


def test_formulas_and_pictures_have_words(book: Pdf) -> None:
    told = {str(element.Alt) for element in book.elements if "/Alt" in element}
    assert {"words instead of a picture", "inline words", "a dot", "E = m c^2", "a^2 + b^2 = c^2"} <= told
    assert book.roles["Formula"] >= 4
    assert book.roles["Figure"] >= 4


def test_the_structure_is_that_of_the_page(book: Pdf) -> None:
    roles = book.roles
    assert roles["Table"] == 5
    assert roles["TH"] >= 3 + 3 + 2
    assert {"L", "LI", "Lbl", "LBody", "Note", "Code", "BlockQuote", "Link"} & set(roles) >= {"L", "LI", "Link", "Code"}
    assert {"H1", "H2", "H3", "H4"} <= set(roles)
    assert book.scopes == {"/Column", "/Row"}


def test_links_lead_out(book: Pdf) -> None:
    expected = {
        "https://example.org/a_b",
        "https://example.org/named",
        "mailto:someone@example.org",
        "https://example.org/md",
    }
    assert expected <= book.links


def test_nothing_is_wider_than_the_page(sink: Site, book: Pdf) -> None:

    with pypdfium2.PdfDocument(book.path) as document:
        for page in document:
            width = page.get_width()
            boxes = [thing.get_bounds() for thing in page.get_objects()]
            assert all(left >= 0 and right <= width for left, _bottom, right, _top in boxes)


def test_entries_of_several_parts_stay_whole(site: Site) -> None:
    """No page begins with the second part of an entry, in lists of terms and of points."""
    terms = "\n".join(f"Term {number}\n   {'Told. ' * number}\n\n   Asked of it.\n" for number in range(60))
    points = "\n".join(f"- {'Fact. ' * number}\n\n  Wrong claim.\n" for number in range(1, 60))
    site.write({"docs/index.rst": f"Home\n====\n\n{terms}\n\n{points}\n", "data/criteria.yaml": ""})
    pages = [text.removeprefix("Test").split() for text in build_pdf(site).pages if "Asked" in text or "Wrong" in text]
    assert len(pages) > 4
    assert {words[0] for words in pages} == {"Home", "Term", "•"}


GLOSSARY = """Home
====

.. glossary::

   ABC
   alphabet
      Letters in their order.
"""


def test_names_of_one_term_stand_on_one_line(site: Site) -> None:
    site.write({"docs/index.rst": GLOSSARY, "data/criteria.yaml": ""})
    assert "ABC, alphabet" in "\n".join(build_pdf(site).pages)
