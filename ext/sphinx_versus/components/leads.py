"""What a topic says of each side, in a line each, before its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Side
from .component import Ask, Mention, Words, side_classes
from .node_helpers import bullets, paragraph, strong, text
from .page import HtmlPage, NodePage


class View(NamedTuple):
    """The sides of a comparison, each with its line."""

    leads: tuple[tuple[Side, str], ...]


def view(ask: Ask, comparison: str, leads: tuple[tuple[str, str], ...]) -> View:
    """The lines by the ids of technologies, in the order of the sides."""
    by_side = dict(leads)
    return View(tuple((side, by_side[side.id]) for side in ask(query.sides_of, comparison) if side.id in by_side))


def mentions(view: View) -> Iterator[Mention]:
    return (Words(lead) for _side, lead in view.leads)


def html(page: HtmlPage, view: View) -> str:
    classes = side_classes(len(view.leads))
    return page.render(
        leads=[(class_, side.name, page.words(lead)) for class_, (side, lead) in zip(classes, view.leads, strict=True)]
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    lines = ([paragraph(strong(f"{side.name}:"), text(" "), *page.words(lead))] for side, lead in view.leads)
    return [bullets(lines, "versus-leads")]
