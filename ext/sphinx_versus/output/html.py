"""What only HTML shows: a permalink per row and card, and no id twice. Runs in the write phase."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from ..render.words import _


def add_permalinks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: a permalink in every row and card that has an anchor, where headings get theirs."""
    if not (getattr(app.builder, "add_permalinks", False) and app.config.html_permalinks):
        return
    for anchor in list(doctree.findall(nodes.target)):
        if what := _owner(anchor):
            anchor.parent.append(_permalink(app.config.html_permalinks_icon, anchor["ids"][0], what))


def drop_twin_ids(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: a theme that wraps tables copies their ids; only the table keeps them."""
    for table in doctree.findall(nodes.table):
        if table["ids"] and isinstance(table.parent, nodes.container) and table["ids"] == table.parent["ids"]:
            table.parent["ids"] = []


def label_cells(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: name the column in each cell, for narrow screens, on which rows become cards."""
    if app.builder.format != "html":
        return
    for table in doctree.findall(nodes.table):
        if "versus-table" in table["classes"]:
            _label_rows(table)
        if "versus-matrix" in table["classes"]:
            _say_pairs(table)


def _label_rows(table: nodes.table) -> None:
    heads = [entry.astext() for row in table.findall(nodes.thead) for entry in row.findall(nodes.entry)]
    for row in next(table.findall(nodes.tbody)).children:
        if isinstance(row, nodes.row) and len(row) == len(heads):
            for head, entry in list(zip(heads, row.children, strict=True))[1:]:
                if isinstance(entry, nodes.entry):
                    entry.insert(0, nodes.inline("", head, classes=["versus-cell-label"]))


def _say_pairs(table: nodes.table) -> None:
    """A link that says only "Written" tells nothing out of its row: who listens to it hears both names first."""
    heads = [entry.astext() for row in table.findall(nodes.thead) for entry in row.findall(nodes.entry)]
    for row in next(table.findall(nodes.tbody)).children:
        if isinstance(row, nodes.row):
            side = row[0].astext()
            for head, entry in list(zip(heads, row.children, strict=True))[1:]:
                for reference in entry.findall(nodes.reference):
                    names = _("%s and %s:") % (side, head)
                    reference.insert(0, nodes.inline("", f"{names} ", classes=["versus-unseen"]))


def _permalink(icon: str, anchor: str, what: str) -> nodes.reference:
    return nodes.reference(
        "", "", nodes.raw("", icon, format="html"), refid=anchor, classes=["headerlink"], reftitle=what
    )


def _owner(anchor: nodes.target) -> str:
    """What the anchor belongs to, in words; an empty text when it gets no permalink."""
    id_ = anchor["ids"][0] if anchor["ids"] else ""
    kinds = {
        "row-": _("Link to this row"),
        "misconception-": _("Link to this misconception"),
        "criterion-": _("Link to this criterion"),
    }
    return next((words for prefix, words in kinds.items() if id_.startswith(prefix)), "")


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page is about to be written."""
    app.connect("doctree-resolved", add_permalinks)
    app.connect("doctree-resolved", drop_twin_ids)
    app.connect("doctree-resolved", label_cells)
