"""The verdict of two sides as a drawing: the reasons, the rows on which they rest, and wires between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docutils import nodes

from .references import place_of
from .syntax import Code, call, content, trimmed, value
from .writer import ROW, Writer

MOST_ROWS = 24
"""More rows would make a drawing higher than its reasons."""
BECAUSE = "versus-because"


@dataclass(frozen=True)
class DrawnReason:
    """A condition: its list item, and the references to its rows by the names of their places."""

    item: nodes.Element
    rows: Mapping[str, nodes.reference]


@dataclass(frozen=True)
class DrawnSide:
    """The heading over the reasons for a side, and the reasons."""

    heading: nodes.Element
    reasons: tuple[DrawnReason, ...]


def decision(writer: Writer, node: nodes.Element) -> str:
    """The drawing; empty where the verdict has not two sides with reasons, or too many rows."""
    sides = [found for child in node.children if (found := _side(writer, child))]
    rows = _rows(node, sides)
    if len(sides) != 2 or len(node.children) != 2 or not 0 < len(rows) <= MOST_ROWS:
        return ""
    names = [content(call("xref", writer.children(row), to=place, pages=True)) for place, row in rows.items()]
    places = {place: number for number, place in enumerate(rows)}
    drawn = [_drawn(writer, side, places) for side in sides]
    anchors = "".join(writer.anchors(child) for child in node.children if isinstance(child, nodes.Element))
    return f"\n{writer.place(node)}{anchors}{call('decision', sides=drawn, rows=names)}\n\n"


def _side(writer: Writer, node: nodes.Node) -> DrawnSide | None:
    match node.children:
        case [nodes.paragraph() as heading, nodes.bullet_list() as reasons]:
            return DrawnSide(heading, tuple(DrawnReason(item, _cited(writer, item)) for item in reasons.children))  # type: ignore[arg-type]
    return None


def _cited(writer: Writer, item: nodes.Element) -> Mapping[str, nodes.reference]:
    because = [one for one in item.findall(nodes.inline) if BECAUSE in one["classes"]]
    found = (reference for one in because for reference in one.findall(nodes.reference))
    return {place: one for one in found if (place := place_of(writer, one))}


def _rows(node: nodes.Element, sides: list[DrawnSide]) -> Mapping[str, nodes.reference]:
    """The rows that some reason cites: those of a table on the page in its order, then the others."""
    cited = {place: one for side in sides for reason in side.reasons for place, one in reason.rows.items()}
    root = node
    while root.parent is not None:
        root = root.parent
    anchors = [id_ for target in root.findall(nodes.target) for id_ in target["ids"] if id_.startswith(ROW)]
    order = {id_: number for number, id_ in enumerate(anchors)}

    def position(place: str) -> int:
        return order.get(place.rpartition("--")[2], len(order))

    return {place: cited[place] for place in sorted(cited, key=position)}


def _drawn(writer: Writer, side: DrawnSide, places: Mapping[str, int]) -> Code:
    reasons = []
    for reason in side.reasons:
        for because in reason.item.findall(nodes.inline):
            if BECAUSE in because["classes"]:
                because["classes"].append("versus-drawn")  # the drawing has the numbers of the pages
        body = content(trimmed(writer.children(reason.item)))
        reasons.append(Code(f"(body: {body}, rows: {value([places[place] for place in reason.rows])})"))
    head = content(trimmed(writer.render(side.heading)))
    return Code(f"(head: {head}, reasons: {value(reasons)})")
