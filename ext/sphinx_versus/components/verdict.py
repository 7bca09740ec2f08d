"""The verdict: per side the conditions, each with links to the rows that support it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.views import Reasoned, VerdictView
from . import i18n
from .component import Ask, Mention, Refers, Shown
from .i18n import _
from .node_helpers import bullets, card, paragraph, row_link, separated, strong, text, with_classes
from .page import HtmlPage, NodePage
from .prose import Blocks


class View(NamedTuple):
    """The verdict of a comparison."""

    verdict: VerdictView
    comparison: str


def view(ask: Ask, comparison: str) -> View | None:
    """The verdict, if the comparison has one."""
    found = ask(query.verdict, comparison)
    return View(found, comparison) if found else None


def mentions(view: View) -> Iterator[Mention]:
    if view.verdict.summary:
        yield view.verdict.summary
    for side, conditions in view.verdict.sides:
        yield Shown("verdict", side.id)
        for condition in conditions:
            yield condition.when
            yield from (Refers("row", f"{view.comparison}/{reason.id}") for reason in condition.because)


def html(page: HtmlPage, view: View) -> str:
    def condition(one: Reasoned) -> tuple[Blocks, list[Markup]]:
        because = [page.link("row", f"{view.comparison}/{reason.id}", reason.name) for reason in one.because]
        return page.prose(one.when), because

    verdict, may_choose = view.verdict, view.verdict.relation.may_choose
    before, _name, after = i18n.choose(may_choose).partition("%s")
    return page.render(
        summary=page.prose(verdict.summary).with_class("versus-verdict-summary") if verdict.summary else "",
        may_choose=may_choose,
        sides=[(page.anchor("verdict", side.id), side.name, [*map(condition, found)]) for side, found in verdict.sides],
        before=before,
        after=after,
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def condition(one: Reasoned) -> list[nodes.Node]:
        because = separated([row_link(view.comparison, reason.id, reason.name)] for reason in one.because)
        reasons = paragraph(text(_("Because of:") + " "), *because, classes=["versus-because"])
        return [*page.prose(one.when), reasons]

    verdict, may_choose = view.verdict, view.verdict.relation.may_choose
    summary = with_classes(page.prose(verdict.summary), "versus-verdict-summary") if verdict.summary else []
    sides = []
    for side, conditions in verdict.sides:
        heading = strong(i18n.choose(may_choose) % side.name)
        when = paragraph(page.anchor("verdict", side.id), heading, classes=["versus-when"])
        sides.append(card(when, bullets(map(condition, conditions)), classes=["versus-side"]))
    classes = ["versus-verdict", *(["versus-may-choose"] if may_choose else [])]
    return [card(*summary, card(*sides, classes=["versus-sides"]), classes=classes)]
