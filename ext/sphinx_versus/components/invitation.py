"""What a derived pair has in the place of a verdict: nobody has written it yet, and how to."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Side
from .component import Ask, Mention
from .i18n import _
from .node_helpers import card, paragraph, text
from .page import HtmlPage, NodePage

ADDRESS = "address"
"""The key of the slot with a link to the page that explains how to contribute."""
View = tuple[list[str], bool]
"""The words of the command that begins the comparison, and whether the site names such a page."""


def view(ask: Ask, sides: tuple[str, ...], has_address: bool) -> View:
    """The technologies of a pair."""
    found: tuple[Side, ...] = ask(query.sides, sides)
    return ["versus", "new", *(side.id for side in found)], has_address


def mentions(view: View) -> Iterator[Mention]:
    return iter(())


def html(page: HtmlPage, view: View) -> str:
    command, has_address = view
    return page.render(command=command, address=page.inline(ADDRESS) if has_address else "")


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    command, has_address = view
    invitation = _(
        "Nobody has compared the two yet: this page puts their facts side by side, and leaves the conclusion to you."
    )
    address = [text("; "), *page.slot(ADDRESS)] if has_address else []
    begin = [text(_("To write the comparison, begin with") + " "), nodes.literal("", " ".join(command))]
    how = paragraph(*begin, *address, text("."))
    return [card(paragraph(text(invitation)), how, classes=["versus-invitation"])]
