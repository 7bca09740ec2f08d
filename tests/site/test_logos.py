"""Logos of technologies: an image on the page and the cards of each, in every format that can show it."""

from __future__ import annotations

import struct

import pytest

from conftest import CATALOGUE, INDEX, Site
from edits import PIXEL
from sphinx_versus.catalogue.plain_svg import is_plain_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
LOGOS = {
    "data/technologies/alpha.yaml": CATALOGUE["data/technologies/alpha.yaml"].replace(
        "kind:", "logo: {file: logos/alpha.svg, alt: 'An \"A\" & more'}\n        kind:", 1
    ),
    "data/technologies/beta.yaml": CATALOGUE["data/technologies/beta.yaml"].replace(
        "kind:", "logo: {file: b.gif, alt: A B}\n        kind:", 1
    ),
}


@pytest.fixture
def logos(site: Site) -> Site:
    site.write({**CATALOGUE, **INDEX, **LOGOS, "data/logos/alpha.svg": SVG})
    (site.root / "data/b.gif").write_bytes(PIXEL)
    return site


def test_pages_and_cards_show_it_until_it_is_gone(logos: Site) -> None:
    assert logos.build().warnings == ""
    (image,) = logos.soup("technologies/alpha.html").select("div.vs-tech > img.versus-logo")
    assert (image["src"], image["alt"]) == ("../_images/alpha.svg", 'An "A" & more')
    assert not image.has_attr("style")
    assert logos.output("_images/alpha.svg") == SVG
    shown = logos.soup("comparisons/alpha-vs-beta.html")
    assert [one["alt"] for one in shown.select("div.vs-tech > img")] == ['An "A" & more', "A B"]
    logos.edit("data/logos/alpha.svg", "rect", "path").remove("data/b.gif").build()
    assert logos.output("_images/alpha.svg") == SVG.replace("rect", "path")
    assert logos.warnings == (
        'data/technologies/beta.yaml:2:14: WARNING: [unknown-image] "b.gif" is not an image in the data folder; '
        "expected one of: logos/alpha.svg [versus.unknown-image]\n"
    )
    assert not logos.soup("technologies/beta.html").select("img")
    assert "Beta is a small framework." in logos.output("technologies/beta.html")


def test_a_format_without_its_type_leaves_it_out(logos: Site) -> None:
    """LaTeX can set neither, so nothing is left of them, not even a warning."""
    assert logos.build("latex").warnings == ""
    assert "includegraphics" not in next((logos.root / "_build/latex").glob("*.tex")).read_text("utf-8")


HOSTILE = {
    "filter": '<filter id="f"><feTurbulence numOctaves="9"/></filter><rect width="9" height="9" filter="url(#f)"/>',
    "mask": '<mask id="m"><rect width="9" height="9"/></mask><rect width="9" height="9" mask="url(#m)"/>',
    "dashes": '<path d="M0 0 H9" stroke="red" stroke-dasharray="0.001"/>',
    "style": '<path d="M0 0 H9" style="stroke:red;stroke-dasharray:0.001"/>',
    "numbers": '<path d="M0 0 A 1e30 1e30 0 0 1 9 9"/>',
    "text": "<text>a</text>",
    "size": "<path d='M0 0" + " L1 1" * 8_000 + "'/>",
    "syntax": "<g>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_drawing_of_a_record_takes_the_typesetter_long(name: str) -> None:
    assert not is_plain_svg(SVG.replace("<rect", f"{HOSTILE[name]}<rect").encode())
    assert not is_plain_svg(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode())
    assert not is_plain_svg(SVG.encode("utf-16"))


def test_a_drawing_of_plain_shapes() -> None:
    shapes = '<g fill="#1234567" transform="rotate(1)"><path d="M0 0.123456789 L1e-5 2z"/><circle r="1"/></g>'
    assert is_plain_svg(SVG.replace("<rect", f"{shapes}<rect").encode())


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 2**31 - 1, 9, 1, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("content", ["<svg ", f"<!DOCTYPE svg>{SVG}", SVG.replace("/>", "\x01/>"), SVG[:-3]])
def test_a_drawing_that_is_no_xml_is_reported(logos: Site, content: str) -> None:
    logos.edit("data/logos/alpha.svg", SVG, content).build()
    assert logos.warnings.startswith("data/technologies/alpha.yaml:2:14: WARNING: ")
    assert not logos.soup("technologies/alpha.html").select("img")


@pytest.mark.parametrize(("content", "words"), [(PNG, "2,147,483,647 by 9 pixels"), (b"text", "not an image")])
def test_an_image_of_too_many_pixels_is_reported(logos: Site, content: bytes, words: str) -> None:
    (logos.root / "data/b.gif").write_bytes(content)
    logos.build()
    assert words in logos.warnings
    assert logos.warnings.startswith("data/technologies/beta.yaml:2:14: WARNING: ")
    assert not logos.soup("technologies/beta.html").select("img")
    assert logos.soup("technologies/alpha.html").select("img")
