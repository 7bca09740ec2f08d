"""In what the sides of a comparison differ: a sentence that counts, the first rows with their answers, names of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.views import Row, Side, Table
from . import i18n
from .component import Ask, Mention, Refers
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import bullets, paragraph, row_link, separated, strong, text
from .node_page import NodePage


class View(NamedTuple):
    """The table of a comparison, and how many rows are shown with their answers."""

    table: Table
    comparison: str
    limit: int

    @property
    def different(self) -> list[Row]:
        """The rows in which known answers differ."""
        return [row for row in self.table.rows if row.differs]

    @property
    def same(self) -> list[Row]:
        """The rows with one answer for all."""
        return [row for row in self.table.rows if row.known_of_all and not row.differs]


def view(ask: Ask, comparison: str, limit: int) -> View:
    """All rows of a comparison."""
    return View(ask(query.comparison_table, comparison), comparison, limit)


def mentions(view: View) -> Iterator[Mention]:
    """The rows."""
    return (Refers("row", f"{view.comparison}/{row.criterion.id}") for row in (*view.different, *view.same))


def html(page: HtmlPage, view: View) -> str:
    """A sentence, a list, and names."""

    def link(row: Row) -> Markup:
        return page.link("row", f"{view.comparison}/{row.criterion.id}", row.criterion.name)

    def answers(row: Row) -> list[tuple[str, str]]:
        values = (i18n.value(row.criterion, cell, page.language) for cell in row.cells)
        return [(side.name, value) for side, value in zip(view.table.sides, values, strict=True)]

    return page.render(
        count=count_differences(view.table),
        shown=[(link(row), answers(row)) for row in view.different[: view.limit]],
        also=[*map(link, view.different[view.limit :])],
        same=[*map(link, view.same)],
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """A sentence, a list, and names."""
    blocks: list[nodes.Node] = [paragraph(text(count_differences(view.table)), classes=["versus-count"])]
    if shown := view.different[: view.limit]:
        items = ([_difference(page, row, view.table.sides, view.comparison)] for row in shown)
        blocks.append(bullets(items, "versus-differences"))
    if also := view.different[view.limit :]:
        blocks.append(_named(_("Also different:"), also, view.comparison))
    if view.same:
        blocks.append(_named(_("The same:"), view.same, view.comparison))
    return blocks


def count_differences(table: Table) -> str:
    """How many of the criteria that are known of all sides have different answers, as a sentence."""
    names = _(" and ").join(side.name for side in table.sides)
    known = [row for row in table.rows if row.known_of_all]
    differing = sum(row.differs for row in known)
    values = {"names": names, "differing": differing, "known": len(known)}
    if not known:
        return _("Nothing is known yet of %(names)s alike.") % values
    if len(known) == 1:
        same = _("One criterion is known of %(names)s alike, and they answer it in the same way.")
        return (_("One criterion is known of %(names)s alike, and they differ in it.") if differing else same) % values
    if not differing:
        return _("%(names)s differ in none of the %(known)d criteria that are known of each.") % values
    return _("%(names)s differ in %(differing)d of the %(known)d criteria that are known of each.") % values


def _difference(page: NodePage, row: Row, sides: Sequence[Side], comparison: str) -> nodes.paragraph:
    answers = [
        [text(f"{side.name}: "), strong(i18n.value(row.criterion, cell, page.language))]
        for side, cell in zip(sides, row.cells, strict=True)
    ]
    asked = row_link(comparison, row.criterion.id, row.criterion.name)
    return paragraph(asked, text(" — "), *separated(answers, "; "))


def _named(label: str, rows: Iterable[Row], comparison: str) -> nodes.paragraph:
    names = separated([row_link(comparison, row.criterion.id, row.criterion.name)] for row in rows)
    return paragraph(text(f"{label} "), *names, text("."), classes=["versus-also"])
