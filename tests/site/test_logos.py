"""Logos of technologies: an image on the page and the cards of each, in every format that can show it."""

from __future__ import annotations

import pytest

from conftest import CATALOGUE, INDEX, Site
from edits import PIXEL

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
