"""What only HTML shows: a permalink per row and card, and no id twice. Runs in the write phase."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from ..render.parts import ONLY
from ..render.verdict import NAMED
from ..render.words import _
from ..site.own_pages import connect_on_own_pages
from .web import showing_only


def add_permalinks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: a permalink in every row and card that has an anchor, where headings get theirs."""
    if not (getattr(app.builder, "add_permalinks", False) and app.config.html_permalinks):
        return
    for anchor in list(doctree.findall(nodes.target)):
        if what := _owner(anchor):
            link = _permalink(app.config.html_permalinks_icon, anchor["ids"][0], what)
            # In a cell it stays out of the block, which holds the words alone.
            block = anchor.parent
            (block.parent if isinstance(block.parent, nodes.entry) else block).append(link)


def drop_twin_ids(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: a theme that wraps tables copies their ids; only the table keeps them."""
    for table in doctree.findall(nodes.table):
        if table["ids"] and isinstance(table.parent, nodes.container) and table["ids"] == table.parent["ids"]:
            table.parent["ids"] = []


def name_sides(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: the name in the heading of a verdict's side, for the script."""
    if app.builder.format != "html":
        return
    for heading in doctree.findall(nodes.strong):
        if name := heading.attributes.pop(NAMED, ""):
            before, _name, after = heading.astext().partition(name)
            heading[:] = [nodes.Text(before), nodes.inline("", name, classes=[NAMED]), nodes.Text(after)]


def show_only(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: links into the table of a round-up show the technologies that are looked for."""
    for reference in doctree.findall(nodes.reference):
        names = reference.attributes.pop(ONLY, ())
        if names and "refuri" in reference:
            reference["refuri"] = showing_only(app.builder, reference["refuri"], names)


def say_pairs(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: the links of a matrix name both technologies."""
    if app.builder.format != "html":
        return
    for table in doctree.findall(nodes.table):
        if "versus-matrix" in table["classes"]:
            _say_pairs(table)


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


def _permalink(icon: str, anchor: str, what: str) -> nodes.raw:
    link = f'<a class="headerlink" href="#{escape(anchor)}" title="{escape(what)}">{icon}</a>'
    return nodes.raw("", link, format="html")


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
    connect_on_own_pages(app, add_permalinks)
    connect_on_own_pages(app, drop_twin_ids)
    connect_on_own_pages(app, name_sides)
    connect_on_own_pages(app, say_pairs)
    connect_on_own_pages(app, show_only)
