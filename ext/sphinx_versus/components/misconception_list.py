"""Misconceptions as a list: each claim as a link to its card, and the fact in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Misconception
from ..catalogue.prose import Prose, divided
from ..catalogue.views import Side
from . import i18n
from .component import Ask, Mention
from .i18n import MOST_NAMED, _
from .node_helpers import bullets, inline, labelled, link, paragraph, separated, strong, text
from .page import HtmlPage, NodePage


class View(NamedTuple):
    """Misconceptions, each with the first sentence of its correction and the technologies that it is about."""

    shown: tuple[tuple[Misconception, Prose, tuple[Side, ...]], ...]
    has_filter: bool
    """Whether the field that filters them stands over them."""


def view(ask: Ask, technologies: tuple[str, ...], kind: str, has_filter: bool = True, has_list: bool = True) -> View:
    """All misconceptions, or those about a technology or a kind; or the field alone, over the lists of several sections."""
    found = ask(query.misconceptions, "", technologies, kind) if has_list else ()
    return View(
        tuple((one, divided(one.correction)[0], ask(query.sides, one.about[:MOST_NAMED])) for one in found), has_filter
    )


def mentions(view: View) -> Iterator[Mention]:
    return (fact for _one, fact, _about in view.shown)


def html(page: HtmlPage, view: View) -> str:
    items = [
        (page.link("misconception", one.id, one.claim), page.prose(fact).in_line, _names(one, about))
        for one, fact, about in view.shown
    ]
    return page.render(level=page.level + 1, items=items, has_filter=view.has_filter)


def _names(one: Misconception, about: Sequence[Side]) -> list[str]:
    """The names of the first technologies, and how many more there are."""
    return [*(side.name for side in about), *filter(None, [i18n.and_more(len(one.about))])]


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def item(one: Misconception, fact: Prose, about: Sequence[Side]) -> list[nodes.Node]:
        names = separated([inline(name, "versus-named")] for name in _names(one, about))
        claim = [strong(_("Myth:")), text(" "), link("misconception", one.id, one.claim)]
        line = paragraph(*claim, text(" ("), *names, text(")"), classes=["versus-claim"])
        return [line, *labelled(_("Fact:"), page.prose(fact), "versus-correction")]

    return [bullets((item(*one) for one in view.shown), "versus-misconceptions")] if view.shown else []
