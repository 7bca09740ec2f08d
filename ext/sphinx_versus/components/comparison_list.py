"""Comparisons as a gallery of cards, or as a plain list of titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Teaser
from . import i18n
from .component import Ask, Mention, Words, side_classes
from .node_helpers import bullets, card, inline, link, paragraph, strong, text
from .page import HtmlPage, NodePage
from .wires import small_map


class View(NamedTuple):
    """Comparisons in their order."""

    comparisons: tuple[Teaser, ...]
    as_cards: bool


def view(ask: Ask, as_cards: bool, related_to: str, limit: int, kind: str = "", technology: str = "") -> View:
    """The comparisons that are related to one, at most so many; or all, or those of a kind or with a technology.

    Of all cards those of pairs come first: so the cards in a row are about as high.
    """
    if related_to:
        return View(ask(query.related, related_to, limit), as_cards)
    found = ask(query.comparisons, kind, technology)
    return View(tuple(sorted(found, key=lambda one: len(one.sides) > 2)) if as_cards else found, as_cards)


def mentions(view: View) -> Iterator[Mention]:
    for comparison in view.comparisons:
        if view.as_cards and comparison.has_answers:
            yield from (Words(answer) for _side, answer in comparison.answers if answer)
        elif view.as_cards:
            yield comparison.summary


def html(page: HtmlPage, view: View) -> str:
    return page.render(
        level=page.level + 1,
        comparisons=[_card(page, one, view.as_cards) for one in view.comparisons],
        as_cards=view.as_cards,
    )


def _card(page: HtmlPage, one: Teaser, is_card: bool) -> dict[str, object]:
    """A title with one line for each side, under the small map of the verdict; without answers, over the summary."""
    title = page.link("comparison", one.id, one.title)
    if not is_card:
        return {"title": title}
    answers = [
        (class_, side.name, page.words(words))
        for class_, (side, words) in zip(side_classes(len(one.answers)), one.answers, strict=True)
        if words
    ]
    summary = "" if answers else page.prose(one.summary)
    return {"title": title, "answers": answers, "summary": summary, "map": small_map(one.reasons)}


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    titles = [(one, link("comparison", one.id, one.title)) for one in view.comparisons]
    if not view.as_cards:
        return [bullets(([paragraph(title)] for _one, title in titles), "versus-comparisons")]
    teasers = [
        card(
            paragraph(nodes.strong("", "", title), classes=["versus-title"]),
            paragraph(inline(i18n.relation(one.relation), "versus-relation"), classes=["versus-meta"]),
            *_teaser(page, one),
            classes=["versus-teaser"],
        )
        for one, title in titles
    ]
    return [card(*teasers, classes=["versus-gallery"])]


def _teaser(page: NodePage, one: Teaser) -> list[nodes.Node]:
    """A line for each side that has an answer, else the summary."""
    if not one.has_answers:
        return page.prose(one.summary)
    lines = ([paragraph(strong(side.name), text(" "), *page.words(words))] for side, words in one.answers if words)
    return [bullets(lines, "versus-answers")]
