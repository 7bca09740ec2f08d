"""Tables of Versus in cells of other tables: lists, where the format has no tables in tables. Write phase.

The writers of plain text and of manual pages end the build at a table in a table, and LaTeX cannot break one over pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..components.node_helpers import bullets, labelled, paragraph


class NestedTables(SphinxPostTransform):
    """Turn tables in cells into lists, as soon as components are standard nodes."""

    default_priority = 2
    formats = ("text", "man", "latex", "texinfo", "typst")

    def run(self, **kwargs: object) -> None:
        for table in list(self.document.findall(nodes.table)):
            if "versus-table" in table["classes"] and _is_in_cell(table):
                _replace(table)


def _is_in_cell(node: nodes.Node) -> bool:
    above: nodes.Node | None = node.parent
    while above is not None and not isinstance(above, nodes.entry):
        above = above.parent
    return above is not None


def _replace(table: nodes.table) -> None:
    """Put a list of rows in the place of a table, behind its caption; the anchors of its head become those of the list."""
    head, *rows = (row for part in table.findall(_is_part) for row in part.children)
    columns = [entry.astext() for entry in head.children]
    shown = bullets(_item(columns, row.children) for row in rows)
    shown["ids"] = [*table["ids"], *(id_ for anchor in head.findall(nodes.target) for id_ in anchor["ids"])]
    captions = [paragraph(*child.children) for child in table.children if isinstance(child, nodes.title)]
    at = table.parent.index(table)
    table.parent[at : at + 1] = [*captions, shown]


def _is_part(node: nodes.Node) -> bool:
    return isinstance(node, nodes.thead | nodes.tbody)


def _item(columns: list[str], entries: Sequence[nodes.Node]) -> list[nodes.Node]:
    """What a row is about, and a list of its cells; the heading of a group has none."""
    first, *cells = entries
    named = zip(columns[1:], cells, strict=False)
    answers = [labelled(f"{column}:", list(cell.children)) for column, cell in named]
    return [*first.children, *([bullets(answers)] if answers else [])]


def setup(app: Sphinx) -> None:
    """Register the post-transform."""
    app.add_post_transform(NestedTables)
