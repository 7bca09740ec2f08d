"""A comparison's web page leads to its PDF exactly when there is one."""

from __future__ import annotations

import os
from pathlib import Path

from conftest import Site

PAGE = "comparisons/alpha-vs-beta.html"
PDF = "pdfs/comparisons/alpha-vs-beta.pdf"


def test_the_link_comes_and_goes_with_the_pdf(small_site: Site) -> None:
    small_site.edit("conf.py", 'version = "1"', 'version = "1"\nversus_pdf_folder = "pdfs"')
    small_site.build()
    assert not small_site.soup(PAGE).select("a.vs-pdf")
    small_site.write({PDF: "the PDF", "pdfs/Test.pdf": "the book"}).build()
    (link,) = small_site.soup(PAGE).select(".vs-status a.vs-pdf")
    assert link["href"] == "../_pdf/comparisons/alpha-vs-beta.pdf"
    assert small_site.output("_pdf/comparisons/alpha-vs-beta.pdf") == "the PDF"
    assert not (small_site.root / "_build" / "html" / "_pdf" / "Test.pdf").exists()
    assert small_site.read == []
    assert set(small_site.written) == {
        "comparisons/alpha-vs-beta",
        "comparisons/index",
    }  # Sphinx adds the page above it
    assert small_site.build().written == []
    small_site.remove(PDF).build()
    assert not small_site.soup(PAGE).select("a.vs-pdf")
    assert not (small_site.root / "_build" / "html" / "_pdf" / "comparisons" / "alpha-vs-beta.pdf").exists()


def test_folders_as_pages_and_one_page(small_site: Site) -> None:
    small_site.write({PDF: "the PDF"})
    small_site.build("dirhtml", versus_pdf_folder="pdfs")
    (link,) = small_site.soup("comparisons/alpha-vs-beta/index.html", "dirhtml").select("a.vs-pdf")
    assert link["href"] == "../../_pdf/comparisons/alpha-vs-beta.pdf"
    small_site.build("singlehtml", versus_pdf_folder="pdfs")
    assert not small_site.soup("index.html", "singlehtml").select("a.vs-pdf")


def test_only_files_are_copied(small_site: Site) -> None:
    """A build would wait for a pipe without end, and a link may lead to any file of the machine."""
    place = small_site.write({PDF: ""}).root / PDF
    makers = os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/etc/hostname"), lambda path: path.symlink_to("x")
    for make in makers:
        place.rmdir() if place.is_dir() else place.unlink()
        make(place)
        small_site.build(versus_pdf_folder="pdfs")
        assert small_site.warnings.count(f"{PDF}:1:1: WARNING: [unreadable-file] ") == 1
        assert not small_site.soup(PAGE).select("a.vs-pdf")
        assert not (small_site.root / "_build/html/_pdf").exists()


def test_a_pdf_behind_links_is_neither_copied_nor_named(small_site: Site) -> None:
    small_site.write({"elsewhere/alpha-vs-beta.pdf": "x", "pdfs/Test.pdf": "x"})
    folder = small_site.root / "pdfs/comparisons"
    folder.symlink_to(small_site.root / "elsewhere")
    small_site.build(versus_pdf_folder="pdfs")
    assert not small_site.soup(PAGE).select("a.vs-pdf")
    folder.unlink()
    folder.mkdir()
    for target in ("../Test.pdf", "alpha-vs-beta.pdf"):  # a file, and itself
        (small_site.root / PDF).unlink(missing_ok=True)
        (small_site.root / PDF).symlink_to(target)
        small_site.build(versus_pdf_folder="pdfs")
        assert f"{PDF}:1:1: WARNING: [unreadable-file] not a regular file; a PDF is copied" in small_site.warnings
        assert not small_site.soup(PAGE).select("a.vs-pdf")


def test_a_derived_pair_has_not_the_pdf_of_its_record(small_site: Site) -> None:
    """Nobody compared the two any more, and the PDF of the record that did may still be there."""
    small_site.write({PDF: "a verdict that was withdrawn"}).remove("data/comparisons/alpha-vs-beta.yaml")
    small_site.build(versus_pdf_folder="pdfs", versus_derived_pairs=True)
    assert small_site.soup(PAGE).select(".vs-status, .vs-invitation, h1")
    assert not small_site.soup(PAGE).select("a.vs-pdf")
    assert not (small_site.root / "_build/html/_pdf").exists()
