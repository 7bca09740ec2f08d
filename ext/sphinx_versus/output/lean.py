"""Less markup for what stands on a page a hundred times. Runs in the write phase, for HTML only, behind what looks for it.

An anchor becomes the id of the whole that it stands in, source marks become short links, and classes that are for the other
formats go.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import takewhile

from docutils import nodes
from sphinx.application import Sphinx

from ..render.parts import SOURCE_MARK
from ..site.own_pages import connect_on_own_pages

WHOLES: Mapping[str, tuple[type[nodes.Element], str]] = {
    "row-": (nodes.row, "versus-row"),
    "fact-": (nodes.row, "versus-row"),
    "misconception-": (nodes.container, "versus-misconception"),
    "verdict-": (nodes.container, "versus-side"),
    "source-": (nodes.list_item, "versus-sources"),
}
"""By the beginning of an anchor, the node and the class of what it stands for; of an entry the class of the list's box."""
ELSEWHERE = {"versus-is-value", "versus-value", "versus-note", "versus-source-entry", "versus-quote"}
"""Classes that neither the style sheet nor the script asks for: in HTML the place of the element tells as much."""


def lighten(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: lighten the page; passages are lightened when they are written."""
    if app.builder.format == "html":
        lighten_part(doctree)


def lighten_part(part: nodes.Element) -> None:
    """Do all of it, in one walk."""
    for node in list(part.findall(nodes.Element)):
        if isinstance(node, nodes.target):
            _hand_up(node)
        elif _is_mark(node):
            _gather(node)
        elif isinstance(node, nodes.paragraph | nodes.entry) and node["classes"]:
            node["classes"] = [class_ for class_ in node["classes"] if class_ not in ELSEWHERE]


def _hand_up(anchor: nodes.target) -> None:
    if whole := _whole(anchor):
        anchor.parent.remove(anchor)
        whole["ids"] += anchor["ids"]


def _whole(anchor: nodes.target) -> nodes.Element | None:
    """The row, card or entry that an anchor of ours is the anchor of; in a turned table a row has many."""
    id_ = anchor["ids"][0] if anchor["ids"] else ""
    type_, class_ = next((whole for start, whole in WHOLES.items() if id_.startswith(start)), (None, ""))
    node: nodes.Element | None = anchor.parent
    while type_ and node and not isinstance(node, type_):
        node = node.parent
    box = node.parent.parent if isinstance(node, nodes.list_item) and node.parent else node
    return node if type_ and box and class_ in box["classes"] else None


def _gather(first: nodes.Element) -> None:
    """Write a mark, and those that follow it, as short links, unless an earlier one was followed by it."""
    if parent := first.parent:
        at = parent.index(first)
        marks = list(takewhile(_is_mark, parent[at:]))
        links = "".join(f'<a href="#{escape(mark["refid"])}">{escape(mark.astext())}</a>' for mark in marks)
        parent[at : at + len(marks)] = [nodes.raw("", f"<sup>{links}</sup>", format="html")]
        for mark in marks:
            mark.parent = None


def _is_mark(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference) and SOURCE_MARK in node["classes"]


def setup(app: Sphinx) -> None:
    """Connect behind everything that looks for anchors, marks and classes."""
    connect_on_own_pages(app, lighten, priority=700)
