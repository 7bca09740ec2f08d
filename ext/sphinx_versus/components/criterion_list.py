"""The vocabulary of rows: criteria with their definitions, per group under a heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Criterion
from . import i18n
from .component import Ask, Mention, Shown, Words
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import inline, paragraph, text
from .node_page import NodePage

View = tuple[tuple[str, tuple[Criterion, ...]], ...]
"""Groups, each with its criteria."""


def view(ask: Ask) -> View:
    """All groups."""
    return tuple(ask(query.criteria))


def mentions(view: View) -> Iterator[Mention]:
    """The criteria and their definitions."""
    for title, criteria in view:
        yield Words(title)
        for criterion in criteria:
            yield Shown("criterion", criterion.id)
            yield criterion.definition


def _kinds(criterion: Criterion) -> str:
    return _("Asked of: %s") % i18n.listed(map(i18n.kind, criterion.kinds))


def html(page: HtmlPage, view: View) -> str:
    """Headings and lists of definitions."""
    groups = [(page.words(title), [_html_item(page, one) for one in criteria]) for title, criteria in view]
    return page.render(groups=groups)


def _html_item(page: HtmlPage, criterion: Criterion) -> Mapping[str, object]:
    anchor = page.anchor("criterion", criterion.id)
    return {
        "anchor": anchor,
        "name": criterion.name,
        "permalink": page.permalink(anchor, _("Link to this criterion")),
        "definition": page.prose(criterion.definition),
        "kinds": _kinds(criterion) if criterion.kinds else "",
    }


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """Headings and lists of definitions."""
    blocks: list[nodes.Node] = []
    for title, criteria in view:
        blocks.append(page.rubric(title, "versus-group"))
        items = [_item(page, criterion) for criterion in criteria]
        blocks.append(nodes.definition_list("", *items, classes=["versus-criteria"]))
    return blocks


def _item(page: NodePage, criterion: Criterion) -> nodes.definition_list_item:
    term = nodes.term("", "", page.anchor("criterion", criterion.id), text(criterion.name))
    definition = nodes.definition("", *page.prose(criterion.definition))
    if criterion.kinds:
        definition += paragraph(inline(_kinds(criterion), "versus-kind"), classes=["versus-meta"])
    return nodes.definition_list_item("", term, definition)
