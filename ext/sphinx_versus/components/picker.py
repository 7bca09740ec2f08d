"""The place of "compare … with …": links to the lists that the site has, beside which a script puts two fields."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from .component import Ask, Mention
from .i18n import _
from .node_helpers import card, paragraph, separated
from .page import HtmlPage, NodePage

PICKER = "versus-picker"
View = tuple[str, ...]
"""The kinds of page to which there is a link; it is in the slot of that name."""


def labels() -> dict[str, str]:
    """The words of the links by kind of page."""
    return {"comparisons": _("All comparisons"), "technologies": _("All technologies")}


def view(ask: Ask, kinds: tuple[str, ...]) -> View:
    """Nothing is asked."""
    return kinds


def mentions(view: View) -> Iterator[Mention]:
    return iter(())  # what the links refer to is known of their nodes


def html(page: HtmlPage, view: View) -> str:
    return page.render(links=[page.inline(kind) for kind in view])


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    return [card(paragraph(*separated([page.slot(kind) for kind in view], " · ")), classes=[PICKER])]
