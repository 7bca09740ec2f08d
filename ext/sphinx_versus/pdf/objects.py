"""Descriptions of functions, options and other objects of Sphinx's domains."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx import addnodes

from .inline import wrapped
from .syntax import call, escape
from .writer import Handler, Writer, inside


def description(writer: Writer, node: nodes.Element) -> str:
    """Signatures, and what they mean below them."""
    parts = node.children
    heads = "".join(writer.render(one) for one in parts if isinstance(one, addnodes.desc_signature))
    body = "".join(writer.render(one) for one in parts if not isinstance(one, addnodes.desc_signature))
    return f"\n{writer.place(node)}{call('description', heads, body)}\n\n"


def signature(writer: Writer, node: nodes.Element) -> str:
    """One signature."""
    return call("signature", writer.children(node)) + "\n\n"


def signature_line(writer: Writer, node: nodes.Element) -> str:
    """A line of a signature that has several."""
    return writer.children(node) + r" \ "


def parameters(before: str, after: str) -> Handler:
    """A handler for parameters in brackets, with commas between them."""

    def handle(writer: Writer, node: nodes.Element) -> str:
        return escape(before) + ", ".join(writer.render(child) for child in node.children) + escape(after)

    return handle


def optional(writer: Writer, node: nodes.Element) -> str:
    """Parameters that may be left out."""
    return escape("[") + ", ".join(writer.render(child) for child in node.children) + escape("]")


def returns(writer: Writer, node: nodes.Element) -> str:
    """What a function gives back."""
    return escape(" → ") + writer.children(node)


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    addnodes.desc: description,
    addnodes.desc_signature: signature,
    addnodes.desc_signature_line: signature_line,
    addnodes.desc_content: inside,
    addnodes.desc_inline: inside,
    addnodes.desc_name: wrapped("strong"),
    addnodes.desc_addname: inside,
    addnodes.desc_type: inside,
    addnodes.desc_annotation: wrapped("emph"),
    addnodes.desc_returns: returns,
    addnodes.desc_parameterlist: parameters("(", ")"),
    addnodes.desc_type_parameter_list: parameters("[", "]"),
    addnodes.desc_parameter: wrapped("emph"),
    addnodes.desc_type_parameter: wrapped("emph"),
    addnodes.desc_optional: optional,
}
