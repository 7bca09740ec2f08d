"""In what the sides of a comparison differ: a sentence that counts, the first rows with their answers, names of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.views import Row, Table
from . import i18n
from .component import Ask, Mention
from .i18n import MOST_NAMED, _
from .node_helpers import TABLE, bullets, paragraph, row_link, separated, strong, text
from .node_helpers import link as reference
from .page import HtmlPage, NodePage


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
        return [row for row in self.table.rows if row.known_of_all and row.is_compared and not row.differs]

    def answers(self, row: Row, language: str) -> list[tuple[str, str]]:
        """The names of the sides with what they answer in a row."""
        values = (i18n.value_or_conditions(row.criterion, cell, language) for cell in row.cells)
        return [(side.name, value) for side, value in zip(self.table.sides, values, strict=True)]


def view(ask: Ask, comparison: str, limit: int) -> View:
    """All rows of a comparison."""
    return View(ask(query.comparison_table, comparison), comparison, limit)


def mentions(view: View) -> Iterator[Mention]:
    return iter(())


def html(page: HtmlPage, view: View) -> str:
    more = i18n.and_more(len(view.same))

    def link(row: Row) -> Markup:
        return page.link("row", f"{view.comparison}/{row.criterion.id}", row.criterion.name)

    return page.render(
        count=count_differences(view.table),
        shown=[(link(row), view.answers(row, page.language)) for row in view.different[: view.limit]],
        also=[*map(link, view.different[view.limit :])],
        same=[*map(link, view.same[:MOST_NAMED]), *([page.link(TABLE, view.comparison, more)] if more else [])],
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def link(row: Row) -> nodes.Node:
        return row_link(view.comparison, row.criterion.id, row.criterion.name)

    def shown(row: Row) -> list[nodes.Node]:
        answers = ([text(f"{name}: "), strong(value)] for name, value in view.answers(row, page.language))
        return [paragraph(link(row), text(" — "), *separated(answers, "; "))]

    blocks: list[nodes.Node] = [paragraph(text(count_differences(view.table)), classes=["versus-count"])]
    if first := view.different[: view.limit]:
        blocks.append(bullets(map(shown, first), "versus-differences"))
    more = i18n.and_more(len(view.same))
    lines = {
        _("Also different:"): [*map(link, view.different[view.limit :])],
        _("The same:"): [
            *map(link, view.same[:MOST_NAMED]),
            *([reference(TABLE, view.comparison, more)] if more else []),
        ],
    }
    for label, links in lines.items():
        if links:
            names = separated([one] for one in links)
            blocks.append(paragraph(text(f"{label} "), *names, text("."), classes=["versus-also"]))
    return blocks


def count_differences(table: Table) -> str:
    """How many of the criteria that are known of all sides have different answers, as a sentence."""
    names = _(" and ").join(side.name for side in table.sides)
    known = [row for row in table.rows if row.known_of_all and row.is_compared]
    differing = sum(row.differs for row in known)
    if not known:
        message = _("Nothing is known yet of %(names)s alike.")
    elif len(known) == 1 and differing:
        message = _("One criterion is known of %(names)s alike, and they differ in it.")
    elif len(known) == 1:
        message = _("One criterion is known of %(names)s alike, and they answer it in the same way.")
    elif not differing:
        message = _("%(names)s differ in none of the %(known)d criteria that are known of each.")
    else:
        message = _("%(names)s differ in %(differing)d of the %(known)d criteria that are known of each.")
    return message % {"names": names, "differing": differing, "known": len(known)}
