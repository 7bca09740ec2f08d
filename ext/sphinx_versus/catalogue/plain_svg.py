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
    *("offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform"),
}
_STYLES = {
    *("color", "opacity", "fill", "fill-rule", "fill-opacity", "clip-rule", "stop-color", "stop-opacity"),
    *("stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
}
"""What an attribute ``style`` may set: no filter, which takes a browser hours."""
_LINK = re.compile(r"#[\w.-]+")
_FORMS = {
    "href": _LINK,
    "{http://www.w3.org/1999/xlink}href": _LINK,
    "id": re.compile(r"[A-Za-z_][\w.-]*"),
    "spreadMethod": re.compile("pad"),
}
"""A gradient that is repeated may have endless parts."""
_VALUE = re.compile(r"(?:(?!url\((?!#))[\w\s.,:;#%()+-])*", re.IGNORECASE)
"""Numbers, colours, names and what is in the drawing itself: nothing is fetched without a slash, a quotation mark or ``url``."""
_DECLARATION = re.compile(
    r"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'](?:yes|no)["'])?\s*\?>"""
)
_HOSTILE = re.compile(r"<[!?](?!--)|dash|\b(?:inf|nan)", re.IGNORECASE)
"""Entities, instructions, dashes, and what some programs take for numbers."""
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_LEAST, _MOST = 1e-6, 1e6
"""Between these is each number that is not 0: with others a line has no end, and a typesetter fails or takes hours."""
_SCALING = {"viewBox", "transform", "gradientTransform"}
_LEAST_SCALE = 1e-4
"""The numbers in these, which multiply others, are not as small."""
_MOST_TRANSFORMS = 3
"""So many transforms may be in each other, which multiply."""
_MOST_LEVELS = 50
"""So many elements may be in each other."""


def is_plain_svg(content: bytes) -> bool:
    """Whether a drawing consists of a bounded number of plain shapes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = declaration.end() if (declaration := _DECLARATION.match(text)) else 0
    if len(content) > MOST_BYTES or "\0" in text or _HOSTILE.search(text[start:]):
        return False
    try:
        root = ElementTree.fromstring(text[start:])  # noqa: S314 (there are no entities in it, and it is read as it was judged)
    except (ElementTree.ParseError, ValueError):
        return False
    ids = [one.get("id") for one in root.iter() if one.get("id") is not None]
    is_root = root.tag == f"{_NAMESPACE}svg" and len(ids) == len(set(ids))
    return is_root and _is_shallow(root) and all(_is_plain(one, one is root) for one in root.iter())


def _is_shallow(root: ElementTree.Element) -> bool:
    """Whether neither too many elements nor too many transforms are in each other."""
    left = [(root, 1, 0)]
    while left:
        element, level, transforms = left.pop()
        transforms += "transform" in element.attrib or "gradientTransform" in element.attrib
        if level > _MOST_LEVELS or transforms > _MOST_TRANSFORMS:
            return False
        left += ((one, level + 1, transforms) for one in element)
    return True


def _has_plain_style(value: str) -> bool:
    """Whether an attribute ``style`` sets what it may only."""
    names = (declaration.partition(":")[0].strip().lower() for declaration in value.split(";"))
    return {*filter(None, names)} <= _STYLES


def _has_plain_numbers(name: str, value: str) -> bool:
    """Whether all numbers of an attribute are 0 or near enough to 1."""
    sizes = map(float, _NUMBER.findall(re.sub(r"#[\w.-]+", "", value)))
    least = _LEAST_SCALE if name in _SCALING else _LEAST
    return all(not size or least <= size <= _MOST for size in sizes)


def _is_plain(element: ElementTree.Element, is_root: bool) -> bool:
    """Whether an element and its attributes are on the lists."""
    if element.tag not in _ELEMENTS or is_root != (element.tag == f"{_NAMESPACE}svg"):
        return False
    for name, value in element.attrib.items():
        form = _FORMS.get(name) or (_VALUE if name in _ATTRIBUTES else None)
        if not (form and form.fullmatch(value)) or (form is _VALUE and not _has_plain_numbers(name, value)):
            return False
        if name == "style" and not _has_plain_style(value):
            return False
    return True
