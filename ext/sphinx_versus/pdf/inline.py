"""Words within a line: emphasis, code, small and raised letters, formulas."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx import addnodes

from ..components.node_helpers import SOURCE_MARK
from .syntax import Code, breakable, call, escape, string
from .writer import Handler, Writer, inside, nothing

JOINER = "\u2060"
"""Keeps two things on a line."""

CLASSES: Mapping[str, str] = {
    "versus-relation": "relation",
    "versus-kind": "quiet",
    "versus-because": "because",
    "versus-route": "route",
    "versus-problem": "wrong",
    "guilabel": "strong",
    "menuselection": "strong",
    "strike": "strike",
}
"""The functions of the style for inline nodes with a class."""


def text(writer: Writer, node: nodes.Text) -> str:
    """Letters; a source mark follows the word before it without a space, and on the same line."""
    words = escape(node.astext(), writer.longest)
    return words.rstrip(" ") + JOINER if words.endswith(" ") and _before_mark(node) else words


def _before_mark(node: nodes.Text) -> bool:
    after = node.next_node(descend=False, siblings=True)
    return isinstance(after, nodes.reference) and SOURCE_MARK in after["classes"]


def wrapped(name: str) -> Handler:
    """A handler that hands what is in a node to a function of the style."""

    def handle(writer: Writer, node: nodes.Element) -> str:
        return call(name, writer.children(node))

    return handle


def inline(writer: Writer, node: nodes.Element) -> str:
    """A text with classes."""
    body = writer.children(node)
    for class_ in node["classes"]:
        if name := CLASSES.get(class_):
            body = call(name, body)
    return body


def literal(writer: Writer, node: nodes.Element) -> str:
    """Code within a line, letter by letter."""
    return f"#code({string(breakable(node.astext(), writer.longest).replace(chr(10), ' '))});"


def math(writer: Writer, node: nodes.Element) -> str:
    """A formula within a line."""
    return formula(writer, node, block=False)


def formula(writer: Writer, node: nodes.Element, *, block: bool) -> str:
    """A formula with its TeX as the alternative text, or the TeX itself."""
    tex = node.astext()
    found = writer.press.formula(tex, node)
    if found is None:
        return call("code-block", text=tex) if block else f"#code({string(tex)});"
    return call("formula", alt=tex, block=block, body=Code(f"${found}$"))


def abbreviation(writer: Writer, node: nodes.Element) -> str:
    """An abbreviation with what it stands for, because paper shows no tooltip."""
    words = node.get("explanation", "")
    return writer.children(node) + (f" ({escape(words)})" if words else "")


def raw(writer: Writer, node: nodes.Element) -> str:
    """Typst of the writer's own; other formats are not ours."""
    if "typst" not in node.get("format", "").split():
        return ""
    before = "" if isinstance(node.parent, nodes.TextElement) else writer.place(node)
    return f"{before}{node.astext()};"


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    nodes.Text: text,
    nodes.emphasis: wrapped("emph"),
    nodes.strong: wrapped("strong"),
    nodes.subscript: wrapped("sub"),
    nodes.superscript: wrapped("super"),
    nodes.title_reference: wrapped("emph"),
    nodes.problematic: wrapped("wrong"),
    nodes.inline: inline,
    nodes.generated: inside,
    nodes.literal: literal,
    nodes.math: math,
    nodes.abbreviation: abbreviation,
    nodes.acronym: abbreviation,
    nodes.raw: raw,
    nodes.comment: nothing,
    addnodes.literal_emphasis: wrapped("code-emph"),
    addnodes.literal_strong: wrapped("code-strong"),
    addnodes.manpage: wrapped("emph"),
}
