"""Lists of all kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from sphinx import addnodes

from .inline import wrapped
from .syntax import Code, call, content, escape, string, trimmed
from .writer import Handler, Writer, inside

KEPT = 900
"""Characters up to which an entry of several parts stays on one page."""
SHORT = 300
"""Characters up to which a list with bullets stays on one page."""
NUMBERS: Mapping[str, str] = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


def bullet_list(writer: Writer, node: nodes.Element) -> str:
    """A list with bullets."""
    stays = {"keep": len(node.astext()) <= SHORT, "leads": "versus-leads" in node["classes"]}
    return f"\n{writer.place(node)}{_call('bullets', node, _kept(writer, node), **stays)}\n\n"


def enumerated_list(writer: Writer, node: nodes.Element) -> str:
    """A list with numbers or letters."""
    pattern = node.get("prefix", "") + NUMBERS.get(node.get("enumtype", ""), "1") + node.get("suffix", ".")
    start = int(node.get("start", 1))
    if isinstance(node.parent, nodes.container) and "versus-sources" in node.parent["classes"]:
        return f"\n{writer.place(node)}{call('sources', items=writer.bodies(node), start=start)}\n\n"
    items = _kept(writer, node)
    return f"\n{writer.place(node)}{_call('numbered', node, items, pattern=pattern, start=start)}\n\n"


def _call(name: str, node: nodes.Element, items: Iterable[Code], **arguments: object) -> str:
    parted = any(_is_parted(item) for item in node.children)
    return call(name, items=list(items), tight=is_tight(node), parted=parted, **arguments)


def _kept(writer: Writer, node: nodes.Element) -> list[Code]:
    """The entries of a list; a short one of several parts is not torn apart by the end of a page."""
    bodies = zip(node.children, writer.bodies(node), strict=True)
    return [content(call("kept", body[1:-1])) if _stays(item) else body for item, body in bodies]


def _is_parted(item: nodes.Node) -> bool:
    """Whether an entry has several parts; a list in an entry belongs to the paragraph before it."""
    parts = [part for part in item.children if isinstance(part, nodes.Element)]
    return sum(not isinstance(part, nodes.bullet_list | nodes.enumerated_list) for part in parts) > 1


def _stays(item: nodes.Node) -> bool:
    return _is_parted(item) and len(item.astext()) <= KEPT


def is_tight(node: nodes.Element) -> bool:
    """Whether each entry is one paragraph of a line or three."""
    items = [item for item in node.children if isinstance(item, nodes.Element)]
    return all(len(item) <= 1 and len(item.astext()) < 160 for item in items)


def definition_list(writer: Writer, node: nodes.Element) -> str:
    """Terms and what they mean; several terms may share a definition."""
    items = [_defined(writer, item) for item in node.children if isinstance(item, nodes.Element)]
    return f"\n{writer.place(node)}{call('definitions', items=items)}\n\n"


def _defined(writer: Writer, item: nodes.Element) -> Code:
    terms = [_term(writer, child) for child in item.children if isinstance(child, nodes.term)]
    kinds = "".join(writer.render(child) for child in item.children if isinstance(child, nodes.classifier))
    definitions = [child for child in item.children if isinstance(child, nodes.definition)]
    parts = [writer.render(part) for definition in definitions for part in definition.children]
    name = ", ".join(terms) + kinds
    if len(parts) < 2 or len(item.astext()) > KEPT:
        return _pair(call("plain-term", name), "".join(parts))
    held = "".join(call("held", part) for part in parts[:-1])
    return _pair(call("held-term", name), held + parts[-1])


def _term(writer: Writer, node: nodes.Element) -> str:
    """A term with its anchors after its beginning, which keeps them on the same page."""
    return writer.anchors(node) + writer.children(node)


def _pair(name: str, body: str) -> Code:
    return Code(f"([{name}], [{trimmed(body)}])")


def classifier(writer: Writer, node: nodes.Element) -> str:
    """The kind of a defined thing."""
    return call("classifier", writer.children(node))


def field_list(writer: Writer, node: nodes.Element) -> str:
    """Names and values."""
    return f"\n{writer.place(node)}{call('fields', items=list(_fields(writer, node)))}\n\n"


def _fields(writer: Writer, node: nodes.Element) -> Iterator[Code]:
    for field in node.children:
        if isinstance(field, nodes.field):
            yield _pair(writer.render(field[0]), "".join(writer.render(child) for child in field[1:]))
        elif isinstance(field, nodes.authors):
            yield _pair("Authors", r" \ ".join(writer.children(author) for author in field.findall(nodes.author)))
        elif isinstance(field, nodes.Element):
            yield _pair(escape(type(field).__name__.capitalize()), writer.children(field))


def option_list(writer: Writer, node: nodes.Element) -> str:
    """Options of a command."""
    items = []
    for item in node.findall(nodes.option_list_item):
        options = ", ".join(f"#code({_joined(option)});" for option in item.findall(nodes.option))
        items.append(_pair(options, writer.children(item[-1])))  # type: ignore[arg-type]
    return f"\n{writer.place(node)}{call('fields', items=items)}\n\n"


def _joined(option: nodes.Element) -> str:
    words = option[0].astext() + "".join(
        str(argument.get("delimiter", " ")) + argument.astext() for argument in option.findall(nodes.option_argument)
    )
    return string(words)


def production_list(writer: Writer, node: nodes.Element) -> str:
    """Rules of a grammar, each on its line."""
    lines = []
    for production in node.findall(addnodes.production):
        name = production.get("tokenname", "")
        lines.append(writer.anchors(production) + escape(f"{name} ::= " if name else "") + writer.children(production))
    return f"\n{writer.place(node)}" + call("lines", r" \ ".join(lines)) + "\n\n"


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    nodes.bullet_list: bullet_list,
    nodes.enumerated_list: enumerated_list,
    nodes.list_item: inside,
    nodes.definition_list: definition_list,
    nodes.definition: inside,
    nodes.definition_list_item: inside,
    nodes.term: inside,
    nodes.classifier: classifier,
    nodes.field_list: field_list,
    nodes.docinfo: field_list,
    nodes.field_name: inside,
    nodes.field_body: inside,
    nodes.option_list: option_list,
    nodes.option: wrapped("strong"),
    addnodes.productionlist: production_list,
}
