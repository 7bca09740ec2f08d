"""The vocabulary of rows: criteria with their definitions, per group under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Criterion
from . import i18n
from .component import Ask, Mention, Shown, Words
from .i18n import _
from .node_helpers import definitions, inline, paragraph, text
from .page import HtmlPage, NodePage

View = tuple[tuple[str, tuple[Criterion, ...]], ...]
"""Groups, each with its heading and its criteria; no heading where a section of the page has it."""


def view(ask: Ask, group: str | None = None) -> View:
    """All groups, or the criteria of one."""
    groups = tuple(ask(query.criteria))
    return groups if group is None else tuple(("", criteria) for title, criteria in groups if title == group)


def mentions(view: View) -> Iterator[Mention]:
    for title, criteria in view:
        if title:
            yield Words(title)
        for criterion in criteria:
            yield Shown("criterion", criterion.id)
            yield criterion.definition


def _kinds(criterion: Criterion) -> str:
    return _("Asked of: %s") % i18n.listed(map(i18n.kind, criterion.kinds)) if criterion.kinds else ""


def html(page: HtmlPage, view: View) -> str:
    def item(criterion: Criterion) -> dict[str, object]:
        anchor = page.anchor("criterion", criterion.id)
        return {
            "anchor": anchor,
            "name": criterion.name,
            "permalink": page.permalink(anchor, _("Link to this criterion")),
            "definition": page.prose(criterion.definition),
            "kinds": _kinds(criterion),
        }

    return page.render(
        groups=[(page.words(title) if title else "", [*map(item, criteria)]) for title, criteria in view]
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def item(criterion: Criterion) -> tuple[list[nodes.Node], list[nodes.Node]]:
        definition = page.prose(criterion.definition)
        if kinds := _kinds(criterion):
            definition.append(paragraph(inline(kinds, "versus-kind"), classes=["versus-meta"]))
        return [page.anchor("criterion", criterion.id), text(criterion.name)], definition

    blocks: list[nodes.Node] = []
    for title, criteria in view:
        heading = [page.rubric(title, "versus-group")] if title else []
        blocks += [*heading, definitions(map(item, criteria), "versus-criteria")]
    return blocks
