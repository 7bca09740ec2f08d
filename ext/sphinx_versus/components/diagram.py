"""Diagrams that are text: a sequence of messages as a numbered list, nested boxes as a nested list.

Every format shows the words; the classes let the style sheet draw lanes with arrows, and boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from .i18n import _
from .node_helpers import card, inline, paragraph, strong

Inline = Sequence[nodes.Node]


class Message(NamedTuple):
    """One step: from whom to whom (numbers of participants, from 0), and what is sent or done."""

    sender: int
    receiver: int
    words: Inline


def build_sequence(
    participants: Sequence[str], messages: Sequence[Message], told: Sequence[nodes.Node]
) -> nodes.container:
    """The participants, and a numbered list of what passes between them."""
    steps = nodes.enumerated_list("", *(_step(participants, message) for message in messages))
    steps.update_all_atts({"enumtype": "arabic", "prefix": "", "suffix": ".", "classes": ["versus-steps"]})
    drawing = card(_lanes(participants), steps, classes=["versus-drawing"])
    lanes = f"versus-lanes-{len(participants)}"
    return card(*told, drawing, classes=["versus-diagram", "versus-sequence", lanes])


def build_boxes(boxes: nodes.bullet_list, told: Sequence[nodes.Node]) -> nodes.container:
    """A nested list, each item of which is a box that holds the boxes below it."""
    for item in boxes.findall(nodes.list_item):
        item["classes"].append("versus-holder" if _holds_boxes(item) else "versus-box")
    return card(*told, card(boxes, classes=["versus-drawing"]), classes=["versus-diagram", "versus-boxes"])


def build_telling(caption: Inline, alternative: Inline) -> list[nodes.paragraph]:
    """The caption, and the sentence that says what the diagram shows."""
    told = [paragraph(*alternative, classes=["versus-diagram-alt"])]
    if caption:
        told.insert(0, paragraph(nodes.strong("", "", *caption), classes=["versus-diagram-caption"]))
    return told


def _lanes(participants: Sequence[str]) -> nodes.paragraph:
    """The line "Between: Client, Server"; the label and the commas are not seen where lanes are drawn."""
    names: list[nodes.Node] = [inline(_("Between:") + " ", "versus-unseen")]
    for number, name in enumerate(participants):
        if number:
            names.append(inline(", ", "versus-unseen"))
        names.append(strong(name, "versus-lane"))
    return paragraph(*names, classes=["versus-lanes"])


def _step(participants: Sequence[str], message: Message) -> nodes.list_item:
    classes = [f"versus-from-{message.sender + 1}", f"versus-to-{message.receiver + 1}", _direction(message)]
    route = inline(" → ".join(_route(participants, message)) + ": ", "versus-route")
    words = nodes.inline("", "", *message.words, classes=["versus-words"])
    return nodes.list_item("", paragraph(route, words), classes=classes)


def _route(participants: Sequence[str], message: Message) -> Iterator[str]:
    yield participants[message.sender]
    if message.receiver != message.sender:
        yield participants[message.receiver]


def _direction(message: Message) -> str:
    if message.sender == message.receiver:
        return "versus-within"
    return "versus-rightward" if message.sender < message.receiver else "versus-leftward"


def _holds_boxes(item: nodes.list_item) -> bool:
    return any(isinstance(child, nodes.bullet_list) for child in item.children)
