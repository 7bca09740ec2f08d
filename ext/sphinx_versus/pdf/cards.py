"""The components of Versus: containers with a class for each."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from ..components.picker import PICKER
from .decision import decision
from .syntax import Code, call, content, trimmed
from .writer import Handler, Writer

KEPT = 1500
"""Characters up to which a card stays on one page; a longer one might not fit on any."""

CARDS: Mapping[str, str] = {
    "versus-technology": "technology-card",
    "versus-misconception": "misconception-card",
    "versus-problem": "problem",
}
DEFINITIONS = "versus-definitions"
"""The class of a container with the definitions of both sides."""
SIDES: Mapping[str, str] = {"versus-sides": "none", DEFINITIONS: "palette.card"}
"""Containers with a part for each side, and the colour of their ground."""
WRAPPERS: Mapping[str, str] = {
    "literal-block-wrapper": "listing",
}


def container(writer: Writer, node: nodes.Element) -> str:
    """A card, a diagram, or a container that is only a group; the fields to pick two with are for screens."""
    if PICKER in node["classes"]:
        return ""
    for class_ in node["classes"]:
        if class_ in CARDS:
            keep = len(node.astext()) <= KEPT
            return f"\n{writer.place(node)}{call(CARDS[class_], writer.children(node), keep=keep)}\n\n"
        if class_ in WRAPPERS:
            return f"\n{writer.place(node)}{call(WRAPPERS[class_], writer.children(node))}\n\n"
        if class_ in DRAWINGS:
            return DRAWINGS[class_](writer, node)
        if class_ in SIDES:
            return sides(writer, node, fill=SIDES[class_])
    return writer.children(node)


def sides(writer: Writer, node: nodes.Element, fill: str) -> str:
    """What belongs to the sides of a comparison, beside each other where they are two; reasons with their rows."""
    if drawn := decision(writer, node):
        return drawn
    bodies = [
        content(writer.anchors(child) + writer.children(child))
        for child in node.children
        if isinstance(child, nodes.Element)
    ]
    keep = len(node.astext()) <= 2 * KEPT
    return f"\n{writer.place(node)}{call('sides', bodies=bodies, keep=keep, fill=Code(fill))}\n\n"


def gallery(writer: Writer, node: nodes.Element) -> str:
    """Comparisons, two beside each other."""
    return f"\n{writer.place(node)}{call('gallery', bodies=writer.bodies(node))}\n\n"


def sequence(writer: Writer, node: nodes.Element) -> str:
    """What passes between participants: a line of names, and a numbered step per message."""
    description, drawing = _parts(writer, node)
    names = [
        content(writer.children(name)) for name in drawing.findall(nodes.strong) if "versus-lane" in name["classes"]
    ]
    between = next((one for one in drawing.findall(nodes.inline) if "versus-unseen" in one["classes"]), None)
    label = content(writer.children(between)) if between is not None else None
    steps = [_step(writer, item) for item in drawing.findall(nodes.list_item)]
    return f"\n{writer.place(node)}{call('sequence', description, between=label, names=names, steps=steps)}\n\n"


def _step(writer: Writer, item: nodes.Element) -> Code:
    ends = {}
    for class_ in item["classes"]:
        word, _, number = class_.removeprefix("versus-").partition("-")
        if number.isdigit():
            ends[word] = int(number)
    return Code(f"(from: {ends.get('from', 1)}, to: {ends.get('to', 1)}, body: [{trimmed(writer.children(item))}])")


def boxes(writer: Writer, node: nodes.Element) -> str:
    """Boxes within boxes."""
    description, drawing = _parts(writer, node)
    listing = next(drawing.findall(nodes.bullet_list), None)
    held = [_box(writer, item) for item in listing.children] if listing is not None else []  # type: ignore[arg-type]
    return f"\n{writer.place(node)}{call('boxes', description, held=held)}\n\n"


def _box(writer: Writer, item: nodes.Element) -> Code:
    words = [writer.render(child) for child in item.children if not isinstance(child, nodes.bullet_list)]
    held = [inner for child in item.children if isinstance(child, nodes.bullet_list) for inner in child.children]
    inside = "".join(f"{_box(writer, one)}, " for one in held)  # type: ignore[arg-type]
    return Code(f"(body: [{trimmed(''.join(words))}], held: ({inside}))")


def _parts(writer: Writer, node: nodes.Element) -> tuple[str, nodes.Element]:
    """The description of a drawing, and the drawing."""
    drawing = next(one for one in node.findall(nodes.container) if "versus-drawing" in one["classes"])
    return "".join(writer.render(child) for child in node.children if child is not drawing), drawing


DRAWINGS: Mapping[str, Handler] = {"versus-gallery": gallery, "versus-sequence": sequence, "versus-boxes": boxes}
"""What is drawn from its parts, by class."""
HANDLERS: Mapping[type[nodes.Node], Handler] = {nodes.container: container}
