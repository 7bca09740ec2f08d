"""Which drawings of records are shown.

A drawing of others can run a script, fetch what is elsewhere, or take a typesetter or a browser hours. So it has nothing but what a
logo needs; whatever is not on these lists is refused.
"""

import re
from xml.etree import ElementTree

MOST_BYTES = 32 * 1024
"""So large a drawing of plain shapes takes a typesetter no second."""
NO_PLAIN_SVG = "not an SVG of at most 32 KiB that has plain shapes and gradients only"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = {"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_ELEMENTS = {f"{_NAMESPACE}{one}" for one in ("svg", "defs", "title", "desc", "stop", *_SHAPES)}
_ELEMENTS |= {f"{_NAMESPACE}{one}Gradient" for one in ("linear", "radial")}
"""Shapes and gradients; what repeats, filters or cuts others can be nested, and costs more with each level."""
_ATTRIBUTES = {
    *("viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy"),
    *("r", "rx", "ry", "fx", "fy", "d", "points", "transform", "color", "opacity", "style"),
    *("fill", "fill-rule", "fill-opacity", "clip-rule", "stroke", "stroke-width", "stroke-opacity"),
    *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
    *("offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod"),
}
_LINKS = {"href", "{http://www.w3.org/1999/xlink}href"}
_LINK = re.compile(r"#[\w.-]+")
_ID = re.compile(r"[A-Za-z_][\w.-]*")
_VALUE = re.compile(r"(?:(?!url\((?!#))[\w\s.,:;#%()+-])*", re.IGNORECASE)
"""Numbers, colours, names and what is in the drawing itself: nothing is fetched without a slash, a quotation mark or ``url``."""
_DECLARATION = re.compile(
    r"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'](?:yes|no)["'])?\s*\?>"""
)
_HOSTILE = re.compile(r"<[!?](?!--)|dash|\d{7}|\d[eE]\+?\d", re.IGNORECASE)
"""Entities, instructions, dashes, and numbers so large that a line has no end."""


def is_plain_svg(content: bytes) -> bool:
    """Whether a drawing consists of a bounded number of plain shapes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = declaration.end() if (declaration := _DECLARATION.match(text)) else 0
    if len(content) > MOST_BYTES or _HOSTILE.search(re.sub(r"\.\d+|#[0-9a-fA-F]+", ".", text[start:])):
        return False
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 (there are no entities in it)
    except (ElementTree.ParseError, ValueError):
        return False
    ids = [one.get("id") for one in root.iter() if one.get("id") is not None]
    is_root = root.tag == f"{_NAMESPACE}svg" and len(ids) == len(set(ids))
    return is_root and all(_is_plain(one, one is root) for one in root.iter())


def _is_plain(element: ElementTree.Element, is_root: bool) -> bool:
    """Whether an element and its attributes are on the lists."""
    if element.tag not in _ELEMENTS or is_root != (element.tag == f"{_NAMESPACE}svg"):
        return False
    for name, value in element.attrib.items():
        form = _LINK if name in _LINKS else _ID if name == "id" else _VALUE if name in _ATTRIBUTES else None
        if not (form and form.fullmatch(value)):
            return False
    return True
