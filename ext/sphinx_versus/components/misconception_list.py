"""Misconceptions as a list: each correction, and the wrong claim as a link to its card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Misconception
from ..catalogue.views import Side
from .component import Ask, Mention, Refers
from .i18n import _
from .node_helpers import bullets, inline, labelled, link, paragraph, separated, text
from .page import HtmlPage, NodePage

View = tuple[tuple[Misconception, tuple[Side, ...]], ...]
"""Misconceptions, each with the technologies that it is about."""


def view(ask: Ask, technologies: tuple[str, ...], kind: str) -> View:
    """All misconceptions, or those about a technology or a kind."""
    return tuple((one, ask(query.sides, one.about)) for one in ask(query.misconceptions, "", technologies, kind))


def mentions(view: View) -> Iterator[Mention]:
    for one, _about in view:
        yield one.correction
        yield Refers("misconception", one.id)


def html(page: HtmlPage, view: View) -> str:
    items = [
        (
            page.link("misconception", one.id, one.claim),
            *page.prose(one.correction).split_sentence(),
            [side.name for side in about],
        )
        for one, about in view
    ]
    return page.render(level=page.level + 1, items=items)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def item(one: Misconception, about: Sequence[Side]) -> list[nodes.Node]:
        names = separated([inline(side.name, "versus-named")] for side in about)
        claim = [text(_("Wrong claim:") + " "), link("misconception", one.id, one.claim)]
        line = paragraph(*claim, text(" ("), *names, text(")"), classes=["versus-claim"])
        return [*labelled(_("In fact:"), page.prose(one.correction), "versus-correction"), line]

    return [bullets((item(*one) for one in view), "versus-misconceptions")]
