"""The vocabulary of rows: criteria with their definitions, per group under a heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Criterion
from ..catalogue.prose import Prose
from ..catalogue.views import Side
from . import i18n
from .component import Ask, Mention, Shown, Words
from .i18n import _
from .node_helpers import bullets, definitions, inline, labelled, link, paragraph, separated, text, web_link
from .page import HtmlPage, NodePage
from .prose_writer import Blocks


class View(NamedTuple):
    """Groups, each with its heading and its criteria; no heading where a section of the page has it."""

    groups: tuple[tuple[str, tuple[Criterion, ...]], ...]
    parents: Mapping[str, Side]
    """By id of a criterion the one of which it is a part."""


def view(ask: Ask, group: str | None = None) -> View:
    """All groups, or the criteria of one."""
    all_, parents = ask(query.criteria), ask(query.parents)
    groups = tuple(all_.items()) if group is None else (("", all_.get(group, ())),)
    shown = (one.id for _title, criteria in groups for one in criteria)
    return View(groups, {id_: parents[id_] for id_ in shown if id_ in parents})


def mentions(view: View) -> Iterator[Mention]:
    for title, criteria in view.groups:
        if title:
            yield Words(title)
        for criterion in criteria:
            yield Shown("criterion", criterion.id)
            yield criterion.definition
            yield from (option.definition for option in criterion.values.values() if option.definition)


def _about(criterion: Criterion) -> str:
    """What else is said of a criterion, in a line."""
    parts = [
        i18n.unsettled(criterion.status).capitalize(),
        _("Asked of: %s") % i18n.listed(map(i18n.kind, criterion.kinds)) if criterion.kinds else "",
        _("Tags: %s") % i18n.listed(criterion.tags) if criterion.tags else "",
    ]
    return " · ".join(filter(None, parts))


def _values(criterion: Criterion) -> list[tuple[str, Prose | None]]:
    """The values that a criterion names, with what they mean: those of an enumeration, or the steps of a scale."""
    named = [(option.words, option.definition) for option in criterion.values.values()]
    return named or [(f"{step}: {means}", None) for step, means in criterion.scale.items()]


def _specifications(criterion: Criterion) -> list[tuple[str, str]]:
    """The addresses that define it, with words: a number in the second and all others."""
    return [
        (_("Specification") + f" {number}" * (number > 1), address)
        for number, address in enumerate(criterion.specification, 1)
    ]


def html(page: HtmlPage, view: View) -> str:
    parents = view.parents

    def item(criterion: Criterion) -> dict[str, object]:
        anchor = page.anchor("criterion", criterion.id)
        return {
            "anchor": anchor,
            "name": criterion.name,
            "permalink": page.permalink(anchor, _("Link to this criterion")),
            "definition": page.prose(criterion.definition),
            "kinds": _about(criterion),
            "parent": page.link("criterion", parent.id, parent.name) if (parent := parents.get(criterion.id)) else "",
            "specifications": _specifications(criterion),
            "named": [(words, page.prose(what) if what else Blocks()) for words, what in _values(criterion)],
        }

    return page.render(
        groups=[(page.words(title) if title else "", [*map(item, criteria)]) for title, criteria in view.groups]
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    parents = view.parents

    def item(criterion: Criterion) -> tuple[list[nodes.Node], list[nodes.Node]]:
        definition = page.prose(criterion.definition)
        if values := _values(criterion):
            entries = (
                labelled(words, page.prose(what)) if what else [paragraph(text(words))] for words, what in values
            )
            definition.append(bullets(entries, "versus-values"))
        if about := _about(criterion):
            definition.append(paragraph(inline(about, "versus-kind"), classes=["versus-meta"]))
        parent = parents.get(criterion.id)
        whole = [text(_("Part of:") + " "), link("criterion", parent.id, parent.name)] if parent else []
        links: list[list[nodes.Node]] = [[web_link(*one)] for one in _specifications(criterion)]
        if parts := [part for part in (whole, *links) if part]:
            definition.append(paragraph(*separated(parts, " · "), classes=["versus-meta"]))
        return [page.anchor("criterion", criterion.id), text(criterion.name)], definition

    blocks: list[nodes.Node] = []
    for title, criteria in view.groups:
        heading = [page.rubric(title, "versus-group")] if title else []
        blocks += [*heading, definitions(map(item, criteria), "versus-criteria")]
    return blocks
