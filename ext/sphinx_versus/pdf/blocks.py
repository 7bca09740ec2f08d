"""Blocks of text: headings, paragraphs, quotations, notes, and what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from ..components.i18n import _
from .inline import wrapped
from .syntax import UNBROKEN, Code, call, content, escape, string
from .writer import Handler, Writer, inside, nothing

PARAGRAPHS: Mapping[str, str] = {
    "versus-status": "status",
    "versus-meta": "quiet-line",
    "versus-evidence": "quiet-line",
    "versus-about": "quiet-line",
    "versus-synonyms": "quiet-line",
    "versus-links": "quiet-line",
    "versus-note": "note",
    "versus-remark": "remark",
    "versus-value": "value",
    "versus-name": "name",
    "versus-title": "name",
    "versus-when": "name",
    "versus-question": "question",
    "versus-correction": "correction",
    "versus-claim": "claim",
    "versus-quote": "quotation",
    "versus-ages": "figure-words",
    "versus-differences": "differences",
    "versus-diagram-caption": "diagram-caption",
    "versus-diagram-alt": "diagram-description",
    "versus-problem": "problem",
    "centered": "centred",
}
"""The functions of the style for paragraphs with a class."""


_MOST_LETTERS, _LONG_WORD = 3_000, re.compile(r"\S{101}")
"""With more of them, or with such a word, the best lines of a paragraph take the typesetter seconds to find."""


def paragraph(writer: Writer, node: nodes.Element) -> str:
    """A paragraph, in the style of its first class that has one."""
    body = writer.children(node).strip(" ")
    if "versus-source-entry" in node["classes"]:
        address = next((one["refuri"] for one in node.findall(nodes.reference) if "refuri" in one), "")
        return f"\n{writer.place(node)}{call('source-entry', body, to=address)}\n\n"
    name = next((PARAGRAPHS[class_] for class_ in node["classes"] if class_ in PARAGRAPHS), "")
    if "versus-status" in node["classes"]:
        _note_review(writer, node)
    body = call(name, body) if name else body
    words = node.astext()
    if len(words) > _MOST_LETTERS or _LONG_WORD.search(words):
        body = call("quickly-broken", body)
    return f"\n{writer.place(node)}{body}\n\n"


def _note_review(writer: Writer, node: nodes.Element) -> None:
    for found in node.findall(nodes.inline):
        if "versus-reviewed" in found["classes"]:
            writer.sheet.reviewed = found.astext()


def section(writer: Writer, node: nodes.Element) -> str:
    """A section; its title has the anchors."""
    writer.depth += 1
    body = writer.children(node)
    writer.depth -= 1
    return body


def title(writer: Writer, node: nodes.Element) -> str:
    """The heading of a section, or of a table, topic or sidebar."""
    if not isinstance(node.parent, nodes.section):
        return "" if isinstance(node.parent, nodes.table) else call("block-title", writer.children(node)) + "\n\n"
    if writer.depth == 1 and not writer.sheet.title:
        writer.sheet.title = node.astext()
    page = [""] if writer.depth == 1 else []
    ids = [name for id_ in node.parent["ids"] + node["ids"] + page if (name := writer.claim(id_))]
    if not node.astext().strip():  # an accessible PDF has no heading without words
        return "".join(f"#anchor({string(name)});" for name in ids) + writer.children(node) + "\n\n"
    longest, writer.longest = writer.longest, UNBROKEN  # the style breaks headings: the PDF's outline has their words
    head = f"#heading(depth: {max(writer.depth, 1)})[{writer.children(node)}]"
    writer.longest = longest
    labels = "".join(f"#anchor({string(name)});" for name in ids[1:])
    return f"\n{writer.place(node)}{head}" + (f"#label({string(ids[0])})" if ids else "") + f"\n{labels}\n\n"


def subtitle(writer: Writer, node: nodes.Element) -> str:
    """A second title."""
    return f"\n{writer.place(node)}{call('subtitle', writer.children(node))}\n\n"


def boxed(name: str) -> Handler:
    """A handler for a block that the style draws."""

    def handle(writer: Writer, node: nodes.Element) -> str:
        return f"\n{writer.place(node)}{call(name, writer.children(node))}\n\n"

    return handle


def admonition(writer: Writer, node: nodes.Element) -> str:
    """A note with its label as a word."""
    kind = type(node).__name__
    children = list(node.children)
    if isinstance(children[0] if children else None, nodes.title):
        head = writer.children(children.pop(0))  # type: ignore[arg-type]
    else:
        head = escape(str(admonitionlabels.get(kind, kind.capitalize())))
    body = "".join(writer.render(child) for child in children)
    tone = kind if kind in {"warning", "caution", "danger", "error", "attention", "tip", "hint"} else "note"
    keep = len(node.astext()) <= 1200
    return f"\n{writer.place(node)}{call('admonition', head, body, tone=tone, keep=keep)}\n\n"


def topic(writer: Writer, node: nodes.Element) -> str:
    """A topic; a local table of contents is left to the bookmarks."""
    if "contents" in node["classes"]:
        return ""
    return boxed("topic")(writer, node)


def rubric(writer: Writer, node: nodes.Element) -> str:
    """A heading that is none; one without a text below it (Sphinx's for footnotes) is left out."""
    return f"\n{writer.place(node)}{call('rubric', writer.children(node))}\n\n"


def line_block(writer: Writer, node: nodes.Element) -> str:
    """Lines that stay lines; inner blocks are indented."""
    lines = []
    for child in node.children:
        if isinstance(child, nodes.line_block):
            lines.append(call("pad", line_block(writer, child), left=Code("1.5em")))
        else:
            lines.append(writer.render(child) + r" \ ")
    body = "\n".join(lines)
    return body if isinstance(node.parent, nodes.line_block) else f"\n{writer.place(node)}{call('lines', body)}\n\n"


def line(writer: Writer, node: nodes.Element) -> str:
    """One line, never empty."""
    return writer.children(node) or "~"


def transition(writer: Writer, node: nodes.Node) -> str:
    """A break between two parts."""
    return "\n\n#transition();\n\n"


def system_message(writer: Writer, node: nodes.Element) -> str:
    """A message of docutils that was to be seen on the page."""
    return f"\n{writer.place(node)}{call('problem', writer.children(node))}\n\n"


def toctree(writer: Writer, node: nodes.Element) -> str:
    """What a table of contents would list is in the volume's own contents."""
    return ""


def centred(writer: Writer, node: nodes.Element) -> str:
    """A line in the middle."""
    return f"\n{writer.place(node)}{call('centred', writer.children(node))}\n\n"


def hlist(writer: Writer, node: nodes.Element) -> str:
    """Columns of a list."""
    columns = [content(writer.children(column)) for column in node.children if isinstance(column, nodes.Element)]
    return f"\n{writer.place(node)}{call('hlist', columns=columns)}\n\n"


def acknowledged(writer: Writer, node: nodes.Element) -> str:
    """A list of people, as one paragraph."""
    names = [item.astext() for item in node.findall(nodes.list_item)]
    return f"\n{writer.place(node)}{escape(', '.join(names))}.\n\n"


def version_note(writer: Writer, node: nodes.Element) -> str:
    """Since when something is there, has changed or goes."""
    return f"\n{writer.place(node)}{call('version-note', writer.children(node), tone=node.get('type', ''))}\n\n"


def see_also(writer: Writer, node: nodes.Element) -> str:
    """Pointers to other places."""
    title, body = escape(_("See also")), writer.children(node)
    return f"\n{writer.place(node)}{call('admonition', title, body, tone='note', keep=True)}\n\n"


HANDLERS: Mapping[type[Any], Handler] = {
    nodes.document: inside,
    nodes.section: section,
    nodes.title: title,
    nodes.subtitle: subtitle,
    nodes.paragraph: paragraph,
    nodes.compound: inside,
    nodes.block_quote: boxed("quotation-block"),
    nodes.attribution: wrapped("attribution"),
    nodes.Admonition: admonition,
    nodes.topic: topic,
    nodes.sidebar: boxed("topic"),
    nodes.rubric: rubric,
    nodes.line_block: line_block,
    nodes.line: line,
    nodes.transition: transition,
    nodes.system_message: system_message,
    nodes.substitution_definition: nothing,
    nodes.pending: nothing,
    nodes.meta: nothing,
    nodes.decoration: inside,
    nodes.header: boxed("quiet-line"),
    nodes.footer: boxed("quiet-line"),
    nodes.legend: inside,
    addnodes.compact_paragraph: paragraph,
    addnodes.centered: centred,
    addnodes.hlist: hlist,
    addnodes.acks: acknowledged,
    addnodes.versionmodified: version_note,
    addnodes.seealso: see_also,
    addnodes.toctree: toctree,
    addnodes.highlightlang: nothing,
    addnodes.tabular_col_spec: nothing,
    addnodes.index: nothing,
    addnodes.glossary: inside,
    addnodes.start_of_file: inside,
    addnodes.only: inside,
}
