"""Links, targets, footnotes and citations."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx import addnodes

from .syntax import Code, call, escape, label, trimmed, value
from .writer import Handler, Writer, inside, nothing

INTERNAL = "%"
"""Begins the address of a page of ours: ``%docname#anchor``."""
QUIET = {"versus-ref-technology", "versus-ref-criterion", "versus-ref-fact", "versus-row-link", "std-term"}
"""References to definitions: the page number would come with every second word."""


def reference(writer: Writer, node: nodes.Element) -> str:
    """A link out of the volume, or to a place in it."""
    body = writer.children(node)
    if writer.repeats:
        return body
    target = place_of(writer, node)
    if not target:
        address = node.get("refuri", "")
        return call("external", body, to=address) if ":" in address else body
    if "versus-source" in node["classes"]:
        return call("mark", body, to=target)
    return call("xref", body, to=target, pages=_shows_page(node))


def place_of(writer: Writer, node: nodes.Element) -> str:
    """The name of the place in our pages to which a node leads; empty when it leads elsewhere."""
    if node.get("refid"):
        return writer.refer(writer.docname, node["refid"])
    address = node.get("refuri", "")
    if not address.startswith(INTERNAL):
        return ""
    docname, _, anchor = address.removeprefix(INTERNAL).partition("#")
    return writer.refer(docname, anchor)


def _shows_page(node: nodes.Element) -> bool:
    """Whether the number of the page is worth its place."""
    if isinstance(node.parent, nodes.Element) and "versus-because" in node.parent["classes"]:
        return "versus-drawn" not in node.parent["classes"]
    return not any(QUIET.intersection(inner["classes"]) for inner in node.findall(nodes.Element))


def target(writer: Writer, node: nodes.Element) -> str:
    """A place; the anchors are made from its ids."""
    return writer.children(node)


def footnote_reference(writer: Writer, node: nodes.Element) -> str:
    """The mark; the first one brings its footnote to the foot of the page, further ones point to it."""
    id_ = node.get("refid", "")
    name = label(writer.docname, f"footnote-{id_}")
    if id_ in writer.set_footnotes:
        return f"#footnote(label({value(name)}));"
    note = writer.footnotes.get(id_)
    if note is None:
        return call("super", writer.children(node))
    writer.set_footnotes[id_] = None
    body = "".join(writer.anchor(one) for one in note["ids"]) + "".join(_note_body(writer, note))
    return call("note-at-foot", body, mark=Code(f"[{escape(node.astext())}]"), name=name)


def _note_body(writer: Writer, note: nodes.Element) -> list[str]:
    return [trimmed(writer.render(child)) for child in note.children if not isinstance(child, nodes.label)]


def footnote(writer: Writer, node: nodes.Element) -> str:
    """Set where its mark is; one without a mark stays where it was written."""
    marks = {one.get("refid") for one in _root(node).findall(nodes.footnote_reference)}
    return "" if marks & set(node["ids"]) else citation(writer, node)


def _root(node: nodes.Node) -> nodes.Node:
    while node.parent is not None:
        node = node.parent
    return node


def citation(writer: Writer, node: nodes.Element) -> str:
    """An entry of a list of literature."""
    name = next((child.astext() for child in node.children if isinstance(child, nodes.label)), "")
    body = "".join(_note_body(writer, node))
    return f"\n{writer.place(node)}{call('citation', escape(name), body)}\n\n"


def unresolved(writer: Writer, node: nodes.Element) -> str:
    """A reference that leads nowhere is its words."""
    return writer.children(node)


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    nodes.reference: reference,
    nodes.target: target,
    nodes.footnote_reference: footnote_reference,
    nodes.footnote: footnote,
    nodes.citation: citation,
    nodes.citation_reference: inside,
    nodes.label: nothing,
    addnodes.pending_xref: unresolved,
    addnodes.number_reference: reference,
    addnodes.download_reference: unresolved,
}
