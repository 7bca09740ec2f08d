"""Lists of comparisons, technologies, misconceptions and criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from ..catalogue.model import Criterion, Misconception
from ..catalogue.views import Card, Side, Teaser
from . import words
from .parts import PageContext, bullets, card, inline, labelled, link, paragraph, rubric, separated, text
from .words import _


def build_gallery(page: PageContext, teasers: Iterable[Teaser]) -> nodes.container:
    """A card per comparison: title, relation, summary."""
    return card(*(_teaser(page, teaser) for teaser in teasers), classes=["versus-gallery"])


def _teaser(page: PageContext, teaser: Teaser) -> nodes.container:
    title = nodes.strong("", "", link("comparison", teaser.id, teaser.title))
    relation = paragraph(inline(words.relation(teaser.relation), "versus-relation"), classes=["versus-meta"])
    head = paragraph(title, classes=["versus-title"])
    return card(head, relation, *page.prose(teaser.summary), classes=["versus-teaser"])


def build_comparison_list(teasers: Iterable[Teaser]) -> nodes.bullet_list:
    """A plain list of titles."""
    items = [[paragraph(link("comparison", teaser.id, teaser.title))] for teaser in teasers]
    return bullets(items, "versus-comparisons")


def build_technology_list(page: PageContext, kinds: Iterable[tuple[str, Sequence[Card]]]) -> list[nodes.Node]:
    """Per kind a heading and the technologies with their definitions."""
    blocks: list[nodes.Node] = []
    for kind, cards in kinds:
        blocks.append(rubric(words.kind(kind), "versus-kind"))
        items = [_defined(page, link("technology", one.id, one.name), one) for one in cards]
        blocks.append(nodes.definition_list("", *items, classes=["versus-technologies"]))
    return blocks


def _defined(page: PageContext, term: nodes.Node, one: Card) -> nodes.definition_list_item:
    return nodes.definition_list_item("", nodes.term("", "", term), nodes.definition("", *page.prose(one.summary)))


def build_misconception_list(
    page: PageContext, misconceptions: Iterable[tuple[Misconception, Sequence[Side]]]
) -> nodes.bullet_list:
    """Each wrong claim as a link to its card, with the correction under it."""
    return bullets((_misconception(page, one, about) for one, about in misconceptions), "versus-misconceptions")


def _misconception(page: PageContext, one: Misconception, about: Sequence[Side]) -> list[nodes.Node]:
    names = separated([inline(side.name, "versus-named")] for side in about)
    claim = link("misconception", one.id, one.claim)
    line = paragraph(text(_("Wrong claim:") + " "), claim, text(" ("), *names, text(")"), classes=["versus-claim"])
    return [*labelled(_("In fact:"), page.prose(one.correction), "versus-correction"), line]


def build_criteria(page: PageContext, groups: Iterable[tuple[str, Sequence[Criterion]]]) -> list[nodes.Node]:
    """The vocabulary: per group a heading and the definitions."""
    blocks: list[nodes.Node] = []
    for title, criteria in groups:
        blocks.append(rubric(title, "versus-group"))
        items = [_criterion(page, criterion) for criterion in criteria]
        blocks.append(nodes.definition_list("", *items, classes=["versus-criteria"]))
    return blocks


def _criterion(page: PageContext, criterion: Criterion) -> nodes.definition_list_item:
    term = nodes.term("", "", page.anchor("criterion", criterion.id), text(criterion.name))
    definition = nodes.definition("", *page.prose(criterion.definition))
    if criterion.kinds:
        kinds = words.listed([words.kind(kind) for kind in criterion.kinds])
        definition += paragraph(inline(_("Asked of: %s") % kinds, "versus-kind"), classes=["versus-meta"])
    return nodes.definition_list_item("", term, definition)
