"""Which drawings of records are shown: a few lines of SVG can take a typesetter or a browser hours, or all memory."""

import re
from xml.etree import ElementTree

MOST_BYTES = 32 * 1024
"""So large a drawing of plain shapes takes a typesetter no second."""
NO_PLAIN_SVG = "not an SVG of at most 32 KiB that has plain shapes and gradients only"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    {"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"linearGradient", "radialGradient", "stop"}
)
"""Shapes and gradients; what repeats, filters or cuts others can be nested, and costs more with each level."""
_HOSTILE = re.compile(r"<!(?:DOCTYPE|ENTITY)|dash|\d{7}|\d[eE]\+?\d", re.IGNORECASE)
"""Entities, dashes, and numbers so large that a line has no end."""


def is_plain_svg(content: bytes) -> bool:
    """Whether a drawing consists of a bounded number of plain shapes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if len(content) > MOST_BYTES or _HOSTILE.search(re.sub(r"\.\d+|#[0-9a-fA-F]+", ".", text)):
        return False
    try:
        elements = [*ElementTree.fromstring(text).iter()]  # noqa: S314 (there are no entities in it)
    except (ElementTree.ParseError, ValueError):
        return False
    return all(str(one.tag).removeprefix(_NAMESPACE) in _ELEMENTS for one in elements)
