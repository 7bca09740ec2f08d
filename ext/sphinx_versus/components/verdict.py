"""The verdict: per side the conditions, each with links to the rows that support it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.views import CitedRow, Reasoned, VerdictSide, VerdictView
from . import i18n
from .component import Ask, Mention, Shown, Words, side_classes
from .i18n import _
from .node_helpers import append_inline, bullets, card, cited_link, paragraph, separated, strong, text, with_classes
from .page import HtmlPage, NodePage
from .prose_writer import Blocks
from .wires import curve, wired


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


class Reason(NamedTuple):
    """A reason in the list of its side."""

    number: int
    when: Blocks
    because: Sequence[Markup]
    """Links to the rows it rests on."""
    weight: int
    """The share of the list's height."""
    wires: str
    """The path from the reason to its rows, in a box of 100 by 1000."""


def html(page: HtmlPage, view: View) -> str:
    verdict = view.verdict
    order = {row.id: at for at, row in enumerate(verdict.rows)}
    before, _name, after = i18n.choose(verdict.relation).partition("%s")
    classes = side_classes(len(verdict.sides))

    def side(at: int) -> dict[str, object]:
        found = verdict.sides[at]
        technology = found.side
        name = page.link("technology", technology.id, technology.name)
        return {
            "anchor": page.anchor("verdict", technology.id),
            "class": classes[at],
            "key": ascii_lowercase[at % 26],
            "name": technology.name,
            "link": name,
            "answer": page.words(found.answer),
            "reasons": [*_reasons(page, view.comparison, found.conditions, order, leftwards=at == 1)],
        }

    return page.render(
        level=page.level + 1,
        question=page.words(verdict.question),
        sides=[side(at) for at in range(len(verdict.sides))],
        rows=[_row(page, view.comparison, row) for row in verdict.rows],
        is_map=len(verdict.sides) == 2,
        before=before,
        after=after,
        summary=page.prose(verdict.summary) if verdict.summary else "",
    )


def _reasons(
    page: HtmlPage, comparison: str, conditions: Sequence[Reasoned], order: Mapping[str, int], *, leftwards: bool
) -> Iterator[Reason]:
    near, far = (100, 0) if leftwards else (0, 100)
    for number, (one, place) in enumerate(zip(conditions, wired(conditions, order), strict=True), 1):
        wires = "".join(curve((near, 1000 * place.start), (far, 1000 * end)) for end in place.ends)
        links = [_row(page, comparison, row) for row in one.because]
        yield Reason(number, page.prose(one.when), links, place.weight, wires)


def _row(page: HtmlPage, comparison: str, row: CitedRow) -> Markup:
    return page.cited("row", f"{comparison}/{row.id}", row.name, is_disputed=bool(row.disputed))


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
    heading = strong(i18n.choose(view.verdict.relation) % one.side.name)
    conditions = (_condition(page, view.comparison, condition) for condition in one.conditions)
    return card(paragraph(anchor, heading, classes=["versus-when"]), bullets(conditions), classes=["versus-side"])


def _condition(page: NodePage, comparison: str, one: Reasoned) -> list[nodes.Node]:
    """A condition, and behind its words the rows that it rests on."""
    blocks = page.prose(one.when)
    rows = separated(
        [cited_link("row", f"{comparison}/{row.id}", row.name, is_disputed=bool(row.disputed))] for row in one.because
    )
    because = nodes.inline("", "", text("(" + _("rests on:") + " "), *rows, text(")"), classes=["versus-because"])
    return append_inline(blocks, because) if rows else blocks
