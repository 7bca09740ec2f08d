"""Logos of technologies: an image on the page and the cards of each, in every format that can show it."""

from __future__ import annotations

import pytest

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.catalogue.plain_svg import is_plain_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
LOGOS = {
    "data/technologies/alpha.yaml": CATALOGUE["data/technologies/alpha.yaml"].replace(
        "kind:", "logo: {file: logos/alpha.svg, alt: 'An \"A\" & more'}\n        kind:", 1
    ),
    "data/technologies/beta.yaml": CATALOGUE["data/technologies/beta.yaml"].replace(
        "kind:", "logo: {file: b.svg, alt: A B}\n        kind:", 1
    ),
}


@pytest.fixture
def logos(site: Site) -> Site:
    site.write({**CATALOGUE, **INDEX, **LOGOS, "data/logos/alpha.svg": SVG, "data/b.svg": SVG})
    return site


def test_pages_and_cards_show_it_until_it_is_gone(logos: Site) -> None:
    assert logos.build().warnings == ""
    (image,) = logos.soup("technologies/alpha.html").select("div.vs-tech > img.versus-logo")
    assert (image["src"], image["alt"]) == ("../_images/alpha.svg", 'An "A" & more')
    assert not image.has_attr("style")
    assert logos.output("_images/alpha.svg") == SVG
    shown = logos.soup("comparisons/alpha-vs-beta.html")
    assert [one["alt"] for one in shown.select("div.vs-tech > img")] == ['An "A" & more', "A B"]
    logos.edit("data/logos/alpha.svg", "rect", "path").remove("data/b.svg").build()
    assert logos.output("_images/alpha.svg") == SVG.replace("rect", "path")
    assert logos.warnings == (
        'data/technologies/beta.yaml:2:14: WARNING: [unknown-image] "b.svg" is not an image in the data folder; '
        "expected one of: logos/alpha.svg [versus.unknown-image]\n"
    )
    assert not logos.soup("technologies/beta.html").select("img")
    assert "Beta is a small framework." in logos.output("technologies/beta.html")


def test_a_format_without_its_type_leaves_it_out(logos: Site) -> None:
    """LaTeX can set neither, so nothing is left of them, not even a warning."""
    assert logos.build("latex").warnings == ""
    assert "includegraphics" not in next((logos.root / "_build/latex").glob("*.tex")).read_text("utf-8")


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "latex", "versus-pdf"])
def test_no_other_file_takes_the_place_of_a_logo(logos: Site, builder: str) -> None:
    """Not one for the language of the site, which Sphinx prefers: nobody has looked at it."""
    secret = logos.root / "secret.txt"
    secret.write_text("secret", "utf-8")
    others = [logos.root / f"data/{name}.en.svg" for name in ("logos/alpha", "b")]
    others[0].symlink_to(secret)
    others[1].symlink_to(others[1].name)  # a circle
    logos.build(builder, language="en")
    assert "Error" not in logos.warnings
    written = [path for path in (logos.root / "_build" / builder).rglob("*") if path.is_file()]
    assert not [path for path in written if b"secret" in path.read_bytes()]
    assert not [path for path in written if "secret" in path.name or ".en." in path.name]


HOSTILE = {
    "filter": '<filter id="f"><feTurbulence numOctaves="9"/></filter><rect width="9" height="9" filter="url(#f)"/>',
    "filter of a style": '<rect width="9" height="9" style="filter:blur(3px)"/>',
    "other property": '<rect width="9" height="9" style="fill:red; mix-blend-mode: multiply"/>',
    "deep": "<g>" * 1_000 + "</g>" * 1_000,
    "mask": '<mask id="m"><rect width="9" height="9"/></mask><rect width="9" height="9" mask="url(#m)"/>',
    "dashes": '<path d="M0 0 H9" stroke="red" stroke-dasharray="0.001"/>',
    "style": '<path d="M0 0 H9" style="stroke:red;stroke-dasharray:0.001"/>',
    "numbers": '<path d="M0 0 A 1e30 1e30 0 0 1 9 9"/>',
    "large radius": '<ellipse rx="4" ry="1.0e38"/>',
    "large exponent without digits": '<path d="M9 5A9 3 0 1 0 1.e38 5"/>',
    "large exponent of a fraction": '<path d="M9 5A9 3 0 1 0 .1e39 5"/>',
    "no number": '<path d="M9 5A9 3 0 1 0 inf 5"/>',
    "small number": '<rect width="9" height="1e-38"/>',
    "small number without an exponent": f'<rect width="9" height="0.{"0" * 37}1"/>',
    "small scale": '<rect width="9" height="9" transform="scale(0.00001)"/>',
    "transforms in each other": '<g transform="scale(9)">' * 4 + "<rect/>" + "</g>" * 4,
    "repeated gradient": '<linearGradient spreadMethod="repeat"/>',
    "text": "<text>a</text>",
    "size": "<path d='M0 0" + " L1 1" * 8_000 + "'/>",
    "syntax": "<g>",
    "event": '<path d="M0 0 H9" onload="alert(1)"/>',
    "script": "<script>alert(1)</script>",
    "link": '<a href="#x"><path d="M0 0 H9"/></a>',
    "address in a fill": '<path d="M0 0 H9" fill="url(https://evil.example/x#y)"/>',
    "address without a scheme": '<path d="M0 0 H9" fill="url(evil#y)"/>',
    "address in a style": '<path d="M0 0 H9" style="fill:url(//evil.example/x)"/>',
    "escaped address": '<path d="M0 0 H9" style="fill:u\\72l(x)"/>',
    "image of a style": """<path d="M0 0 H9" style="background:image-set('//evil.example/x' 1x)"/>""",
    "gradient of others": '<linearGradient href="https://evil.example/x.svg#b"/>',
    "instruction": '<?xml-stylesheet href="https://evil.example/x.css"?>',
    "unknown attribute": '<path d="M0 0 H9" foo="1"/>',
    "id": '<path id="9 a" d="M0 0 H9"/>',
    "two ids": '<path id="a" d="M0 0 H9"/><path id="a" d="M0 0 H9"/>',
    "drawing in a drawing": "<svg/>",
    "other vocabulary": '<p xmlns="http://www.w3.org/1999/xhtml"/>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_drawing_of_a_record_takes_the_typesetter_long(name: str) -> None:
    assert not is_plain_svg(SVG.replace("<rect", f"{HOSTILE[name]}<rect").encode())
    assert not is_plain_svg(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode())
    assert not is_plain_svg(SVG.replace("0 0 2 1", "0 0 1e-38 1e-38").encode())
    assert is_plain_svg(
        SVG.replace("<rect", '<g transform="matrix(.1 0 0 -1e-1 0 99999)"><path d="M1.5e-3.2 1"/></g><rect').encode()
    )
    assert is_plain_svg(SVG.replace("<rect", '<linearGradient spreadMethod="pad"/><rect fill="#1e99ff"').encode())
    assert not is_plain_svg(SVG.encode("utf-16"))
    for encoding in (
        "utf-16-le",
        "utf-16-be",
        "utf-32-le",
        "utf-32-be",
    ):  # a text of UTF-8, with zeros between its letters
        declared = '<!DOCTYPE svg [<!ENTITY % p SYSTEM "x.dtd"> %p; <!ATTLIST svg onload CDATA "alert(1)">]>'
        assert not is_plain_svg(f"{declared}{SVG}".encode(encoding))
        assert not is_plain_svg(SVG.encode(encoding))
    assert not is_plain_svg(b'<?xml version="1.0" encoding="utf-7"?>' + SVG.encode())
    assert not is_plain_svg(b'<?xml version="1.0" standalone="foo"?>' + SVG.encode())
    assert not is_plain_svg(b"  <?XML VERSION=\"1.0'?>" + SVG.encode())
    assert not is_plain_svg(b' <?xml version="1.0"?>' + SVG.encode())
    assert not is_plain_svg(SVG.replace("<rect", '<?xml version="1.0"?><rect').encode())
    assert not is_plain_svg(SVG.replace("<svg", '<svg onload="alert(1)"').encode())
    assert not is_plain_svg(SVG.replace(' xmlns="http://www.w3.org/2000/svg"', "").encode())


def test_a_drawing_of_plain_shapes() -> None:
    shapes = '<g fill="#1234567" transform="rotate(1)"><path d="M0 0.123456789 L1e-5 2z"/><circle r="1"/></g>'
    fill = '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
    styled = '<!-- made by hand --><path d="M0 0h1" style="fill:url(#a);opacity:.5"/><path d="m1,1" fill="url(#a)"/>'
    drawing = SVG.replace("<rect", f"{fill}{styled}{shapes}<rect")
    assert is_plain_svg(drawing.encode())
    assert is_plain_svg(f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n{drawing}'.encode("utf-8-sig"))


@pytest.mark.parametrize("content", ["<svg ", f"<!DOCTYPE svg>{SVG}", SVG.replace("/>", "\x01/>"), SVG[:-3]])
def test_a_drawing_that_is_no_xml_is_reported(logos: Site, content: str) -> None:
    logos.edit("data/logos/alpha.svg", SVG, content).build()
    assert logos.warnings.startswith("data/technologies/alpha.yaml:2:14: WARNING: ")
    assert not logos.soup("technologies/alpha.html").select("img")
