"""The vocabulary of rows: criteria with their definitions, per group under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Criterion
from ..catalogue.prose import Prose
from . import i18n
from .component import Ask, Mention, Shown, Words
from .i18n import _
from .node_helpers import bullets, definitions, inline, labelled, paragraph, text
from .page import HtmlPage, NodePage
from .prose_writer import Blocks

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
            yield from (option.definition for option in criterion.values.values() if option.definition)


def _kinds(criterion: Criterion) -> str:
    return _("Asked of: %s") % i18n.listed(map(i18n.kind, criterion.kinds)) if criterion.kinds else ""


def _values(criterion: Criterion) -> list[tuple[str, Prose | None]]:
    """The values that a criterion names, with what they mean: those of an enumeration, or the steps of a scale."""
    named = [(option.words, option.definition) for option in criterion.values.values()]
    return named or [(f"{step}: {means}", None) for step, means in criterion.scale.items()]


def html(page: HtmlPage, view: View) -> str:
    def item(criterion: Criterion) -> dict[str, object]:
        anchor = page.anchor("criterion", criterion.id)
        return {
            "anchor": anchor,
            "name": criterion.name,
            "permalink": page.permalink(anchor, _("Link to this criterion")),
            "definition": page.prose(criterion.definition),
            "kinds": _kinds(criterion),
            "named": [(words, page.prose(what) if what else Blocks()) for words, what in _values(criterion)],
        }

    return page.render(
        groups=[(page.words(title) if title else "", [*map(item, criteria)]) for title, criteria in view]
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    def item(criterion: Criterion) -> tuple[list[nodes.Node], list[nodes.Node]]:
        definition = page.prose(criterion.definition)
        if values := _values(criterion):
            entries = (
                labelled(words, page.prose(what)) if what else [paragraph(text(words))] for words, what in values
            )
            definition.append(bullets(entries, "versus-values"))
        if kinds := _kinds(criterion):
            definition.append(paragraph(inline(kinds, "versus-kind"), classes=["versus-meta"]))
        return [page.anchor("criterion", criterion.id), text(criterion.name)], definition

    blocks: list[nodes.Node] = []
    for title, criteria in view:
        heading = [page.rubric(title, "versus-group")] if title else []
        blocks += [*heading, definitions(map(item, criteria), "versus-criteria")]
    return blocks
