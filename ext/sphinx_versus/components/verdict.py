"""The verdict: per side the conditions, each with links to the rows that support it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.views import Reasoned, VerdictSide, VerdictView
from . import i18n
from .component import Ask, Mention, Refers, Shown, Words
from .i18n import _
from .node_helpers import append_inline, bullets, card, paragraph, row_link, separated, strong, text, with_classes
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
    if view.verdict.question:
        yield Words(view.verdict.question)
    for one in view.verdict.sides:
        yield Shown("verdict", one.side.id)
        if one.answer:
            yield Words(one.answer)
        for condition in one.conditions:
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
        question=page.words(verdict.question),
        sides=[
            (
                page.anchor("verdict", one.side.id),
                one.side.name,
                page.words(one.answer),
                [*map(condition, one.conditions)],
            )
            for one in verdict.sides
        ],
        before=before,
        after=after,
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    verdict = view.verdict
    blocks: list[nodes.Node] = []
    if verdict.question:
        question = nodes.strong("", "", *page.words(verdict.question))
        blocks.append(paragraph(question, classes=["versus-question"]))
    if answers := [_answer(page, one) for one in verdict.sides if one.answer]:
        blocks.append(bullets(answers, "versus-answers"))
    sides = [_side(page, view, one) for one in verdict.sides]
    blocks.append(card(*sides, classes=["versus-sides"]))
    if verdict.summary:
        blocks += with_classes(page.prose(verdict.summary), "versus-verdict-summary")
    classes = ["versus-verdict", *(["versus-may-choose"] if verdict.relation.may_choose else [])]
    return [card(*blocks, classes=classes)]


def _answer(page: NodePage, one: VerdictSide) -> list[nodes.Node]:
    return [paragraph(strong(one.side.name), text(" "), *page.words(one.answer))]


def _side(page: NodePage, view: View, one: VerdictSide) -> nodes.Node:
    """The conditions of a side below a heading, which is the target even if there is none."""
    anchor = page.anchor("verdict", one.side.id)
    if not one.conditions:
        return paragraph(anchor)
    heading = strong(i18n.choose(view.verdict.relation.may_choose) % one.side.name)
    conditions = (_condition(page, view.comparison, condition) for condition in one.conditions)
    return card(paragraph(anchor, heading, classes=["versus-when"]), bullets(conditions), classes=["versus-side"])


def _condition(page: NodePage, comparison: str, one: Reasoned) -> list[nodes.Node]:
    """A condition, and behind its words the rows that it rests on."""
    blocks = page.prose(one.when)
    rows = separated([row_link(comparison, reason.id, reason.name)] for reason in one.because)
    because = nodes.inline("", "", text("(" + _("rests on:") + " "), *rows, text(")"), classes=["versus-because"])
    return append_inline(blocks, because) if rows else blocks
