"""The small nodes that components are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from ..catalogue.markdown import escaped
from ..characters import printable
from ..problems import Code
from .component import Number
from .i18n import _

SOURCE_MARK = "versus-source"
"""The class of a source mark, and the attribute that holds the source's id until the page has been read."""
TABLE = "table"
"""The reference type of links to the table of a comparison; the target is the comparison."""
ONLY = "versus-only"
"""The attribute of such a link that names the technologies which are looked for."""


def text(words: str) -> nodes.Text:
    """A plain text: shown exactly as typed. Every component makes its plain texts by this function or one of the next."""
    node = nodes.Text(words)
    node.support_smartquotes = False  # type: ignore[attr-defined] # what Sphinx asks before it replaces quotation marks
    return node


def inline(words: str, *classes: str) -> nodes.inline:
    """A plain text with classes."""
    return nodes.inline("", "", text(words), classes=list(classes))


def strong(words: str, *classes: str) -> nodes.strong:
    """A label."""
    return nodes.strong("", "", text(words), classes=list(classes))


def emphasis(words: str, *classes: str) -> nodes.emphasis:
    """A plain text that is set apart."""
    return nodes.emphasis("", "", text(words), classes=list(classes))


def web_link(words: str, address: str) -> nodes.reference:
    """A plain text that links to a web address."""
    return nodes.reference("", "", text(words), refuri=address)


def title(words: str) -> nodes.title:
    """A title or caption; translators get it as the Markdown that their translation is read as."""
    return nodes.title(escaped(words), "", text(words))


def rubric(words: str, *classes: str) -> nodes.rubric:
    """A heading outside of the table of contents."""
    return nodes.rubric(escaped(words), "", text(words), classes=list(classes))


def paragraph(*children: nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """A paragraph of inline nodes."""
    return nodes.paragraph("", "", *children, classes=list(classes))


def card(*children: nodes.Node, classes: Sequence[str]) -> nodes.container:
    """A container with a class; its words are real text, so every format shows them."""
    return nodes.container("", *children, classes=list(classes))


def bullets(items: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.bullet_list:
    """A list; each item is a sequence of blocks."""
    entries = [nodes.list_item("", *blocks) for blocks in items]
    return nodes.bullet_list("", *entries, bullet="-", classes=list(classes))


def definitions(items: Iterable[tuple[Sequence[nodes.Node], Sequence[nodes.Node]]], *classes: str) -> nodes.Node:
    """A list of terms, inline, each with the blocks of its definition."""
    entries = (
        nodes.definition_list_item("", nodes.term("", "", *term), nodes.definition("", *blocks))
        for term, blocks in items
    )
    return nodes.definition_list("", *entries, classes=list(classes))


def build_table(
    rows: Iterable[nodes.row], widths: Sequence[int], caption: Sequence[nodes.title], *classes: str
) -> nodes.table:
    """A table of which the first row and the first column are heads; widths are in percent."""
    head, *body = rows
    columns = [nodes.colspec("", colwidth=width) for width in widths]
    columns[0]["stub"] = 1
    group = nodes.tgroup("", *columns, nodes.thead("", head), nodes.tbody("", *body), cols=len(columns))
    return nodes.table("", *caption, group, classes=list(classes))


def separated(groups: Iterable[Sequence[nodes.Node]], separator: str = ", ") -> list[nodes.Node]:
    """Inline nodes with a separator between the groups."""
    joined: list[nodes.Node] = []
    for number, group in enumerate(groups):
        if number:
            joined.append(text(separator))
        joined.extend(group)
    return joined


def labelled(label: str | Sequence[nodes.Node], blocks: list[nodes.Node], *classes: str) -> list[nodes.Node]:
    """Blocks that begin with a label in bold, which goes into their first paragraph."""
    head = [strong(label) if isinstance(label, str) else nodes.strong("", "", *label), text(" ")]
    if blocks and isinstance(blocks[0], nodes.paragraph):
        first, rest = blocks[0], blocks[1:]
        first[0:0] = head
        first["classes"] += classes
        return [first, *rest]
    return [paragraph(*head, classes=classes), *blocks]


def with_classes(blocks: list[nodes.Node], *classes: str) -> list[nodes.Node]:
    """The same blocks, each with the classes."""
    for block in blocks:
        if isinstance(block, nodes.Element):
            block["classes"] += classes
    return blocks


def link(type_: str, id_: str, words: str, *, explicit: bool = False, title: str = "") -> addnodes.pending_xref:
    """A cross-reference to an object; it stays plain text where no page shows the object."""
    reference = addnodes.pending_xref(
        "", refdomain="versus", reftype=type_, reftarget=id_, refexplicit=explicit, refwarn=False
    )
    if title:
        reference["reftitle"] = title
    label = inline(words, "xref", "versus-ref", f"versus-ref-{type_}")
    label["support_smartquotes"] = False  # docutils visits texts in references twice, and replaces them the first time
    reference += label
    return reference


def remark(code: Code, message: str) -> nodes.paragraph:
    """What a page shows in the place of something with a problem."""
    return paragraph(emphasis(printable(f"[{code.value}] {message}")), classes=["versus-problem"])


def is_remark(node: nodes.Node) -> bool:
    """Whether a node is such a remark."""
    return isinstance(node, nodes.paragraph) and "versus-problem" in node["classes"]


def cited_link(type_: str, id_: str, words: str, *, is_disputed: bool) -> addnodes.pending_xref:
    """A reference to a value that a reason rests on, marked where the value is disputed."""
    disputed = _("disputed")
    return link(type_, id_, f"{words} ({disputed})" if is_disputed else words)


def row_link(comparison: str, criterion: str, words: str) -> addnodes.pending_xref:
    """A reference to the row of a comparison that answers a criterion."""
    return link("row", f"{comparison}/{criterion}", words)


def mark(source: str) -> nodes.reference:
    """A source mark: a reference into the page's list of sources. The number comes when the page is read."""
    reference = nodes.reference("", "", internal=True, classes=[SOURCE_MARK], refid="")
    reference[SOURCE_MARK] = source
    return reference


def source_mark(number: Number) -> nodes.reference:
    """A source mark whose number is known."""
    return nodes.reference("", "", text(number.label), internal=True, classes=[SOURCE_MARK], refid=number.anchor)


def marks_in(block: nodes.Node) -> Iterator[nodes.reference]:
    """The source marks that have no number yet."""
    return (node for node in block.findall(nodes.reference) if SOURCE_MARK in node)


def assign_number(mark: nodes.reference, number: Number | None) -> None:
    """Let a mark lead to its entry in the list of sources; a mark without one goes."""
    del mark[SOURCE_MARK]
    if number is None:
        mark.parent.remove(mark)
    else:
        mark["refid"] = number.anchor
        mark.append(text(number.label))


def append_inline(blocks: list[nodes.Node], words: nodes.Node) -> list[nodes.Node]:
    """The blocks with words behind those of their last paragraph."""
    if blocks and isinstance(blocks[-1], nodes.paragraph):
        blocks[-1].extend([text(" "), words])
        return blocks
    return [*blocks, paragraph(words)]


def append_marks(blocks: list[nodes.Node], marks: Sequence[nodes.Node]) -> list[nodes.Node]:
    """The blocks with source marks at the end of their last paragraph."""
    if marks and blocks and isinstance(blocks[-1], nodes.paragraph):
        blocks[-1].extend(marks)
    elif marks:
        blocks.append(paragraph(*marks))
    return blocks
