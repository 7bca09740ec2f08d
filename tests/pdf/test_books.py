"""The volumes of a site: what is in them, in which order, reachable, accessible, and the same bytes every time."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from conftest import CATALOGUE, INDEX, Site
from pdfs import Pdf, build_pdf, letters

ALL = "book,comparisons,kinds"
EPOCH = "1795392000"
TURNED = {
    "docs/turned.md": """
        # Turned

        ```{comparison-table} alpha-vs-beta
        :transpose:
        ```
        """
}
VERAPDF = shutil.which("verapdf")
"""A checker of PDF/UA that is in no package index; where somebody installed it, it is asked."""


@pytest.fixture(scope="module")
def site_of_books(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small site with all of its volumes."""
    site = Site(tmp_path_factory.mktemp("books")).write({**CATALOGUE, **INDEX, **TURNED})
    site.edit("docs/index.md", "criteria\n", "criteria\nturned\n")
    site.build("versus-pdf", versus_pdf_volumes=ALL, language="en", nitpicky=True)
    assert site.warnings == ""
    return site


@pytest.fixture(scope="module")
def book(site_of_books: Site) -> Pdf:
    return Pdf(site_of_books.root / "_build" / "versus-pdf" / "Test.pdf")


@pytest.fixture(scope="module")
def alone(site_of_books: Site) -> Pdf:
    """The PDF of the comparison."""
    return Pdf(site_of_books.root / "_build" / "versus-pdf" / "comparisons" / "alpha-vs-beta.pdf")


@pytest.mark.parametrize(
    "words",
    [
        "Through an extension.",
        "Others say 13.",
        "version 3.1",
        "Alpha is as fast as its queries.",
        "Choose Beta if",
        "Whether a database layer is built in.",
        "A review of Beta",
        "https://example.org/alpha",
        "Different in 1 of 4 criteria: Database layer.",
        "The same for all: Licence (MIT).",
        "Not known for all: First release, Size.",
        "Reviewed November 22, 2026",
    ],
)
def test_it_is_in_the_book(book: Pdf, words: str) -> None:
    assert letters(words) in book.letters


def test_a_turned_table_has_no_foot(book: Pdf) -> None:
    assert letters("Technology Database layer") in book.letters
    assert book.letters.count(letters("Not known for all:")) == 1  # below the table that is not turned


def test_the_order_of_the_book(book: Pdf) -> None:
    top = [title for level, title in book.outline if level == 0]
    assert top == ["Alpha vs Beta", "Turned", "Technologies", "Misconceptions", "Criteria", "Index"]
    below = [title for level, title in book.outline if level == 1]
    assert "What they are" in below
    assert [title for title in below if title in {"Alpha", "Beta", "Gamma"}] == ["Alpha", "Beta", "Gamma"]
    assert book.page_of("Contents") < book.page_of("What they are")


def test_a_comparison_begins_a_page_and_has_its_running_head(book: Pdf) -> None:
    start = book.page_of("What they are")
    assert letters(book.pages[start - 1]).startswith(letters("Web framework"))
    assert letters("Reviewed November 22, 2026") in letters(book.pages[start])


def test_reasons_are_drawn_with_the_pages_of_their_rows(book: Pdf) -> None:
    row, verdict = book.page_of("Through an extension."), book.page_of("Choose Beta if")
    words = " ".join(book.pages[verdict - 1].split()).replace("\u00a0", " ")
    assert "(rests on: Database layer" in words
    after = words.rpartition("rests on:")[2]
    assert f"(p. {row})" in after


def test_the_ages_of_values_are_drawn_behind_their_sentence(alone: Pdf) -> None:
    alternatives = [str(element.Alt) for element in alone.elements if str(element.S) == "/Figure"]
    assert alternatives == ["Values on a time axis from 2026 to Nov 2026"]
    page = letters(alone.pages[alone.page_of("How old are the") - 1])
    order = [page.index(letters(words)) for words in ("How old are the", "is disputed", "Through an extension.")]
    assert order == sorted(order)


def test_rows_can_be_addressed_from_outside(alone: Pdf, book: Pdf) -> None:
    """As in ``alpha-vs-beta.pdf#nameddest=comparisons/alpha-vs-beta--row-orm``."""
    for pdf in (alone, book):
        names = pdf.destinations
        assert "comparisons/alpha-vs-beta--row-orm" in names
        page = names["comparisons/alpha-vs-beta--row-orm"]
        assert page == pdf.page_of("Through an extension.")
    assert not any("row-" in title for _level, title in book.outline)


def test_there_is_a_volume_for_each_kind(site_of_books: Site) -> None:
    volume = Pdf(site_of_books.root / "_build" / "versus-pdf" / "kinds" / "web-framework.pdf")
    assert volume.file.docinfo["/Title"] == "Web framework"
    assert letters("Alpha vs Beta") in volume.letters
    assert letters("Gamma is a third one.") not in volume.letters


def test_a_comparison_alone_has_no_title_page(alone: Pdf) -> None:
    assert letters(alone.pages[0]).startswith(letters("Alpha vs Beta"))
    assert letters("Contents") not in letters(alone.pages[0])
    assert alone.outline[0] == (0, "Alpha vs Beta")


def test_it_is_an_accessible_pdf(alone: Pdf) -> None:
    root = alone.root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with alone.file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Alpha vs Beta"
    order = [str(element.S) for element in alone.elements]
    assert order.index("/H1") < order.index("/Table") < order.index("/L")
    assert alone.roles["TH"] >= 3
    assert alone.scopes == {"/Column", "/Row"}


@pytest.mark.skipif(VERAPDF is None, reason="needs veraPDF")
def test_verapdf_finds_nothing(book: Pdf, alone: Pdf) -> None:
    for pdf in (book, alone):
        told = subprocess.run(
            [str(VERAPDF), "--flavour", "ua1", "--format", "text", str(pdf.path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.stdout.startswith("PASS"), told.stdout + told.stderr


def test_what_is_elsewhere_is_linked_when_the_site_has_an_address(small_site: Site) -> None:
    small_site.build("versus-pdf", versus_pdf_volumes="comparisons", html_baseurl="https://example.org/site/")
    assert small_site.warnings == ""
    pdf = Pdf(small_site.root / "_build" / "versus-pdf" / "comparisons" / "alpha-vs-beta.pdf")
    assert "https://example.org/site/technologies/alpha.html" in pdf.links


PAGE = "---\norphan: true\n---\n# {0}\n\n```{{{1}}}\n```\n\n```{{glossary}}\nword\n  A word.\n```\n"


@pytest.mark.parametrize(
    ("files", "settings"),
    [
        ({"data/technologies/criteria.yaml": CATALOGUE["data/technologies/gamma.yaml"]}, {"technology": "{id}"}),
        ({"data/technologies/index.yaml": CATALOGUE["data/technologies/gamma.yaml"]}, {"technology": "{id}"}),
        ({"docs/criteria.md": PAGE.format("Rows", "criterion-index").replace("orphan: true", "x: y")}, {}),
    ],
)
def test_a_page_of_two_sorts_is_in_the_book_once(
    small_site: Site, files: dict[str, str], settings: dict[str, str]
) -> None:
    """A page that has the name of a list, or defines terms in the place of one; it cost the whole book."""
    small_site.write(files)
    small_site.build("versus-pdf", versus_pages=settings)
    assert "not-typeset" not in small_site.warnings
    assert list((small_site.root / "_build/versus-pdf").glob("*.pdf"))


def test_the_same_bytes_for_the_same_date(
    small_site: Site, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    other = Site(tmp_path_factory.mktemp("elsewhere")).write({**CATALOGUE, **INDEX})
    first, second = (build_pdf(site, language="en") for site in (small_site, other))
    assert first.path.read_bytes() == second.path.read_bytes()
    assert str(first.file.docinfo.CreationDate)[2:10] in {"20261122", "20261123"}


def test_several_processes_give_the_same_bytes(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    folder = small_site.root / "_build" / "versus-pdf"
    found = []
    for processes in (1, 2):
        shutil.rmtree(folder, ignore_errors=True)
        small_site.build("versus-pdf", parallel=processes, versus_pdf_volumes=ALL, language="en")
        assert small_site.warnings == ""
        found.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.pdf")})
    assert len(found[0]) == 3
    assert found[0] == found[1]


def test_a_volume_that_did_not_change_is_not_set_again(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    path = build_pdf(small_site).path
    os.utime(path, ns=(0, 0))
    small_site.build("versus-pdf")
    assert path.stat().st_mtime_ns == 0
    path.write_bytes(path.read_bytes()[:2000])
    assert len(build_pdf(small_site).pages) > 3, "a damaged one is made again"
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", "Through another extension.")
    assert letters("Through another extension.") in build_pdf(small_site).letters


def test_what_an_earlier_build_left_damaged_is_replaced(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    before = build_pdf(small_site).path.read_bytes()
    for path in (small_site.root / "_build").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff\x00")
    assert build_pdf(small_site).path.read_bytes() == before
    assert small_site.warnings == ""


def test_what_is_no_file_is_replaced(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a folder, a file in the place of a folder, and a link that leads out, in what the typesetter reads."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    pdf = build_pdf(small_site)
    before, work, kept = pdf.path.read_bytes(), pdf.path.parent / "_typst", small_site.root / "kept"
    shutil.rmtree(work / "pages")
    (work / "pages").write_bytes(b"")
    kept.write_text("kept", encoding="utf-8")
    (work / "style").rename(small_site.root / "style")
    (work / "style").symlink_to(small_site.root / "style")
    for path in (work / "volumes").iterdir():
        path.unlink()
        if path.suffix == ".digest":
            os.mkfifo(path)
        elif path.stem == "Test":
            (path / "below").mkdir(parents=True)
        else:
            path.symlink_to(kept)
    (small_site.root / "style/versus.typ").write_text("kept", encoding="utf-8")
    pdf.path.unlink()
    os.mkfifo(pdf.path)
    assert build_pdf(small_site).path.read_bytes() == before
    assert small_site.warnings == ""
    assert kept.read_text(encoding="utf-8") == (small_site.root / "style/versus.typ").read_text() == "kept"
    shutil.rmtree(work)
    work.write_bytes(b"")
    assert build_pdf(small_site).path.read_bytes() == before


def test_a_changed_picture_is_set_again(small_site: Site) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="{}"/></svg>\n'
    )
    small_site.write({"docs/dot.svg": drawing.format("red")})
    small_site.edit("docs/index.md", "# Home", "# Home\n\n![A dot](dot.svg)\n")
    first = build_pdf(small_site).path.read_bytes()
    small_site.write({"docs/dot.svg": drawing.format("blue")})
    assert build_pdf(small_site).path.read_bytes() != first


def test_pages_that_are_left_out(small_site: Site) -> None:
    pdf = build_pdf(small_site, versus_pdf_exclude="index,technologies/*,criteria")
    assert letters("All technologies") not in pdf.letters, "a list that leads the book needs no links to itself"
    assert "Technologies" not in [title for _, title in pdf.outline]
    assert letters("Gamma is a third one.") not in pdf.letters


def test_pages_can_be_rendered(book: Pdf) -> None:
    with pypdfium2.PdfDocument(book.path) as document:
        picture = document[0].render(scale=0.2).to_pil()
    assert len(picture.getcolors(100_000) or ()) > 2
    assert Path(book.path).stat().st_size > 10_000


def test_what_depends_on_conditions_is_not_unknown(small_site: Site) -> None:
    packed = "{statements: [{value: 12, when: packed}],"
    words = build_pdf(small_site.edit("data/technologies/beta.yaml", "{value: 12, judgement: true,", packed)).letters
    assert letters("Depends on conditions: Size.") in words
    assert letters("Not known for all: First release.") in words
