"""The reasons for one side of a comparison, on the page of its technology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.fields import Relation
from ..catalogue.views import CitedRow, Reasoned
from .component import Ask, Mention
from .i18n import _
from .node_helpers import bullets, cited_link, paragraph, separated, text
from .page import HtmlPage, NodePage


class View(NamedTuple):
    """A technology, what it is compared with, and the conditions for it."""

    technology: str
    name: str
    others: tuple[str, ...]
    relation: Relation
    conditions: tuple[Reasoned, ...]


def view(ask: Ask, comparison: str, technology: str) -> View | None:
    """The conditions of a verdict for a technology, if there is a verdict."""
    verdict = ask(query.verdict, comparison)
    found = next((one for one in verdict.sides if one.side.id == technology), None) if verdict else None
    if found is None:
        return None
    others = tuple(one.side.name for one in verdict.sides if one is not found)
    return View(technology, found.side.name, others, verdict.relation, found.conditions)


def mentions(view: View) -> Iterator[Mention]:
    return (condition.when for condition in view.conditions)


def html(page: HtmlPage, view: View) -> str:
    def cited(row: CitedRow) -> Markup:
        return page.cited(*_fact(view, row), is_disputed=view.technology in row.disputed)

    return page.render(reasons=[(page.prose(one.when), [*map(cited, one.because)]) for one in view.conditions])


def _fact(view: View, row: CitedRow) -> tuple[str, str, str]:
    return "fact", f"{view.technology}/{row.id}", row.name


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def cited(row: CitedRow) -> list[nodes.Node]:
        return [cited_link(*_fact(view, row), is_disputed=view.technology in row.disputed)]

    def item(one: Reasoned) -> list[nodes.Node]:
        rows = separated(map(cited, one.because))
        return [*page.prose(one.when), paragraph(text(_("Rests on:") + " "), *rows, classes=["versus-because"])]

    return [bullets(map(item, view.conditions), "versus-reasons")]
