"""What a table needs in a browser: row groups, values for machines, names of columns in cells, a box to scroll in.

Runs in the write phase, for HTML only.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from ..render.table import EXACT
from ..site.own_pages import connect_on_own_pages

MOST_COLUMNS = 4
"""A table with more columns scrolls sideways, on a screen that is wide enough for a table at all."""


def finish_tables(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: finish the tables of Versus; the others are the theme's."""
    if app.builder.format != "html":
        return
    for table in list(doctree.findall(nodes.table)):
        if "versus-table" in table["classes"]:
            _place(table)
            mark_exact(table)
            _label_cells(table)
            _group_rows(table)


def _place(table: nodes.table) -> None:
    """A wide table scrolls in a box of its own; the others scroll with the page, or their head could not stay in sight."""
    box = table.parent
    wrapped = isinstance(box, nodes.container) and "table-wrapper" in box["classes"]
    if next(table.findall(nodes.tgroup))["cols"] > MOST_COLUMNS:
        table["classes"].append("versus-wide")
        if not wrapped:
            box = nodes.container()
            table.replace_self(box)
            box += table
        box["ids"], box["classes"] = [], ["versus-scroll"]
    elif wrapped:
        box.replace_self(table)


def mark_exact(part: nodes.Element) -> None:
    """``<time datetime="2005-07">`` and ``<data value="12">`` around what readers see."""
    for value in list(part.findall(nodes.paragraph)):
        element, _space, exact = value.attributes.pop(EXACT, "").partition(" ")
        if not element:
            continue
        attribute = "datetime" if element == "time" else "value"
        value.insert(0, _html(f'<{element} {attribute}="{escape(exact)}">'))
        value.append(_html(f"</{element}>"))


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def _label_cells(table: nodes.table) -> None:
    """Name the column in each cell, for narrow screens, on which rows become cards.

    A table of one technology has no need of it. The blank keeps it from the value in what the site's search shows around a hit.
    """
    heads = [entry[0].astext() for row in table.findall(nodes.thead) for entry in row.findall(nodes.entry)]
    for row in _rows(table):
        if len(row) == len(heads) > 2:
            for head, entry in list(zip(heads, row.children, strict=True))[1:]:
                if isinstance(entry, nodes.entry):
                    entry.insert(0, nodes.inline("", f"{head} "))


def _group_rows(table: nodes.table) -> None:
    """Each group of rows is a ``<tbody>``, which disappears when a filter leaves none of its rows."""
    body = next(table.findall(nodes.tbody))
    groups: list[nodes.tbody] = []
    for row in _rows(table):
        if not groups or "versus-group-row" in row["classes"]:
            groups.append(nodes.tbody())
        groups[-1].append(row)
    body.replace_self(groups)


def _rows(table: nodes.table) -> Iterator[nodes.row]:
    return iter(list(next(table.findall(nodes.tbody)).findall(nodes.row)))


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page is about to be written."""
    connect_on_own_pages(app, finish_tables)
