"""Pages and images of a PDF may have any name that a file can have, and links any host."""

from __future__ import annotations

import base64

from conftest import Site
from pdfs import build_pdf

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")
NAMES = ["p\\b", 'q"r', "a%62c", "#h", "x:y", "..x", "c$d", "@e", "l" * 240, "é" * 120]


def test_pages_and_images_of_any_name(small_site: Site) -> None:
    """The typesetter takes no backslash, and a file system no longer name than that of the page."""
    for number, name in enumerate(NAMES):
        (small_site.root / f"docs/{name}.png").write_bytes(PNG)
        image = name.replace("\\", "\\\\")
        small_site.write({f"docs/{name}.rst": f"Page {number}\n=======\n\nWords{number}.\n\n.. image:: {image}.png\n"})
    small_site.edit("docs/index.md", "criteria\n", "criteria\n*\n").edit(
        "docs/index.md", "toctree}\n", "toctree}\n:glob:\n"
    )
    small_site.edit("data/technologies/alpha.yaml", "Alpha is a", "See <http://[::1]:80/z>. Alpha is a")
    pdf = build_pdf(small_site)
    assert [name for number, name in enumerate(NAMES) if f"Words{number}." not in pdf.letters] == []
    assert "http://[::1]:80/z" in pdf.links
    assert small_site.warnings == ""


def test_a_group_is_named_as_it_is_typed(small_site: Site) -> None:
    """Capitals would change units, and names such as gRPC."""
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "group: ", "group: gRPC kB Straße ")
    assert "gRPCkBStraße" in build_pdf(small_site).letters


def test_a_reference_to_a_home_page_without_words(small_site: Site) -> None:
    """It is no part of the book, which the reference of a record must not cost."""
    small_site.edit(
        "data/technologies/alpha.yaml", "summary: ", "summary: See {doc}`/index` and [home](project:/index.md). "
    )
    pdf = build_pdf(small_site)
    assert small_site.warnings == ""
    assert "SeeTestandhome." in pdf.letters or "SeeHomeandhome." in pdf.letters
