"""Images and figures, each with an alternative text, none wider than the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from docutils import nodes

from .syntax import Code, call, content, escape
from .writer import Handler, Writer

PIXEL = 0.75
"""Points to a pixel, as browsers have it."""


def image(writer: Writer, node: nodes.Element) -> str:
    """An image within a line or between paragraphs; its words where there is no file."""
    uri = node.get("uri", "")
    name = writer.press.images.get(uri)
    alt = alternative(node)
    if name is None:
        body = call("image-lost", escape(alt))
    else:
        writer.sheet.images.add(uri)
        width = length(node.get("width", "")) or _scaled(node)
        height = length(node.get("height", ""))
        body = call("picture", path=f"/images/{name}", alt=alt, width=width, height=height, inline=_is_inline(node))
    return body if _is_inline(node) else f"\n{writer.place(node)}{_linked(writer, node, body)}\n\n"


def _is_inline(node: nodes.Element) -> bool:
    around = node.parent.parent if isinstance(node.parent, nodes.reference) else node.parent
    return isinstance(around, nodes.TextElement)


def _linked(writer: Writer, node: nodes.Element, body: str) -> str:
    return call("aligned", body, to=Code(node["align"])) if node.get("align") in {"left", "right", "center"} else body


def _scaled(node: nodes.Element) -> Code | None:
    return Code(f"{float(node['scale']):g}%") if node.get("scale") else None


def alternative(node: nodes.Element) -> str:
    """The words that stand for an image: its own, the caption of its figure, or the name of its file."""
    around: nodes.Node | None = node.parent
    while around is not None and not isinstance(around, nodes.figure):
        around = around.parent
    caption = next(around.findall(nodes.caption), None) if around is not None else None
    text = str(node.get("alt") or "") or (caption.astext() if caption is not None else "")
    return text or PurePosixPath(str(node.get("uri", ""))).stem


def length(given: str) -> Code | None:
    """A length of docutils as one of Typst's; percent are of the line."""
    match = re.fullmatch(r"\s*([\d.]+)\s*(px|pt|cm|mm|in|em|ex|pc|%|)\s*", str(given))
    if not match:
        return None
    number, unit = float(match[1]), match[2]
    factors = {"px": (PIXEL, "pt"), "": (PIXEL, "pt"), "ex": (0.5, "em"), "pc": (12, "pt")}
    factor, unit = factors.get(unit, (1, unit))
    return Code(f"{number * factor:g}{unit}")


def figure(writer: Writer, node: nodes.Element) -> str:
    """An image with caption and legend, kept together."""
    captions = [child for child in node.children if isinstance(child, nodes.caption)]
    words = "".join(writer.anchors(one) + writer.children(one) for one in captions)
    body = "".join(writer.render(child) for child in node.children if child not in captions)
    caption = content(words) if words else None
    return f"\n{writer.place(node)}{call('illustration', body, caption=caption)}\n\n"


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    nodes.image: image,
    nodes.figure: figure,
}
