"""What a derived pair has in the place of a verdict: nobody has written it yet, and how to."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Side
from .component import Ask, Mention
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import card, paragraph, text
from .node_page import NodePage

ADDRESS = "address"
"""The key of the slot with a link to the page that explains how to contribute."""
View = tuple[tuple[Side, ...], bool]
"""The technologies, and whether the site names such a page."""


def view(ask: Ask, sides: tuple[str, ...], has_address: bool) -> View:
    """The technologies of a pair."""
    return ask(query.sides, sides), has_address


def mentions(view: View) -> Iterator[Mention]:
    """Nothing."""
    return iter(())


def _command(sides: tuple[Side, ...]) -> list[str]:
    return ["versus", "new", *(side.id for side in sides)]


def html(page: HtmlPage, view: View) -> str:
    """Two paragraphs in a box."""
    sides, has_address = view
    return page.render(command=_command(sides), address=page.inline(ADDRESS) if has_address else "")


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """Two paragraphs in a box."""
    sides, has_address = view
    invitation = _(
        "Nobody has compared the two yet: this page puts their facts side by side, and leaves the conclusion to you."
    )
    command = nodes.literal("", " ".join(_command(sides)))
    address = [text("; "), *page.slot(ADDRESS)] if has_address else []
    how = paragraph(text(_("To write the comparison, begin with") + " "), command, *address, text("."))
    return [card(paragraph(text(invitation)), how, classes=["versus-invitation"])]
