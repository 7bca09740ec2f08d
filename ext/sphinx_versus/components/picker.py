"""The place of "compare … with …": links to the lists that the site has, beside which a script puts two fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Side
from .component import Ask, Mention
from .i18n import _
from .node_helpers import card, link, paragraph, separated, text
from .page import HtmlPage, NodePage

PICKER = "versus-picker"
MOST_ROUND_UPS = 6
TABLES = "tables"
"""The slot of links to the tables in which technologies are found by facts."""


class View(NamedTuple):
    """The kinds of page to which there is a link, which is in the slot of that name, and what two fields cannot name."""

    kinds: tuple[str, ...]
    has_tables: bool
    round_ups: tuple[Side, ...]


def labels() -> dict[str, str]:
    """The words of the links by kind of page."""
    return {"comparisons": _("All comparisons"), "technologies": _("All technologies")}


def view(ask: Ask, kinds: tuple[str, ...], has_tables: bool) -> View:
    """The links, and the first comparisons of more than two."""
    return View(kinds, has_tables, ask(query.round_ups, MOST_ROUND_UPS))


def mentions(view: View) -> Iterator[Mention]:
    return iter(())


def html(page: HtmlPage, view: View) -> str:
    return page.render(
        tables=page.inline(TABLES),
        links=[page.inline(kind) for kind in view.kinds],
        round_ups=[page.link("comparison", one.id, one.name) for one in view.round_ups],
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    found = separated(([link("comparison", one.id, one.name)] for one in view.round_ups), " · ")
    more = [paragraph(text(_("More than two at once:") + " "), *found)] if view.round_ups else []
    if view.has_tables:
        more.append(paragraph(text(_("Find by facts:") + " "), *page.slot(TABLES)))
    return [card(*more, paragraph(*separated([page.slot(kind) for kind in view.kinds], " · ")), classes=[PICKER])]
