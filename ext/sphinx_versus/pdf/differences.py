"""Under each table of a comparison: in what the sides differ and in what not. Paper has no switch that hides equal rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..components.i18n import _
from ..components.node_helpers import paragraph, separated, strong, text


class SummariseDifferences(SphinxPostTransform):
    """Add the summary to the table as its foot, for the PDF only."""

    default_priority = 720
    formats = ("typst",)

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            rows = [row for row in table.findall(nodes.row) if "versus-row" in row["classes"]]
            if "versus-table" in table["classes"] and rows and len(rows[0]) > 2:
                table += list(_summary(rows))


def _summary(rows: list[nodes.row]) -> Iterator[nodes.paragraph]:
    different = [row for row in rows if "versus-differs" in row["classes"]]
    missing = [row for row in rows if row not in different and _lacks_answer(row)]
    same = [row for row in rows if row not in different and row not in missing]
    if len(different) == len(rows):
        yield paragraph(strong(_("Different in all %d criteria.") % len(rows)), classes=["versus-differences"])
        return
    if different:
        label = _("Different in %(some)d of %(all)d criteria:") % {"some": len(different), "all": len(rows)}
        yield _line(label, [[_name(row)] for row in different])
    if same:
        yield _line(_("The same for all:"), [[_name(row), *_value(row)] for row in same])
    if missing:
        yield _line(_("Not known for all:"), [[_name(row)] for row in missing])


def _lacks_answer(row: nodes.row) -> bool:
    weak = {"versus-is-unknown", "versus-is-not-assessed"}
    return any(weak & set(entry["classes"]) for entry in row.findall(nodes.entry))


def _line(label: str, names: list[list[nodes.Node]]) -> nodes.paragraph:
    listed = separated(names, ", ")
    return paragraph(strong(label), text(" "), *listed, text("."), classes=["versus-differences"])


def _name(row: nodes.row) -> nodes.Node:
    """The criterion, as a link to its row."""
    stub = row[0]
    assert isinstance(stub, nodes.entry)
    ids = [id_ for target in stub.findall(nodes.target) for id_ in target["ids"]]
    words = stub.astext().strip()
    return nodes.reference("", words, refid=ids[0], internal=True, classes=["versus-row-link"]) if ids else text(words)


def _value(row: nodes.row) -> Iterator[nodes.Node]:
    """The answer that all share."""
    value = next((one for one in row.findall(nodes.paragraph) if "versus-value" in one["classes"]), None)
    if value is not None:
        yield text(f" ({value.astext()})")


def setup(app: Sphinx) -> None:
    """Register the post-transform."""
    app.add_post_transform(SummariseDifferences)
