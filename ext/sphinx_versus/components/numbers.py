"""What a catalogue holds, in four numbers."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Totals
from . import i18n
from .component import Ask, Mention
from .i18n import _
from .node_helpers import bullets, paragraph, strong, text
from .page import HtmlPage, NodePage


def view(ask: Ask) -> Totals:
    """The totals of the catalogue."""
    found: Totals = ask(query.totals)
    return found


def mentions(view: Totals) -> Iterator[Mention]:
    return iter(())


def _numbers(view: Totals, language: str) -> list[tuple[str, str]]:
    """Each number behind its words."""
    share = f"{100 * view.documented // view.values} %" if view.values else "0 %"
    numbers = [
        (_("values compared"), str(view.values)),
        (_("documented by a source"), share),
        (_("sources read"), str(view.sources)),
    ]
    if view.reviewed:
        numbers.append((_("last reviewed"), i18n.date(view.reviewed, language)))
    return numbers


def html(page: HtmlPage, view: Totals) -> str:
    return page.render(numbers=_numbers(view, page.language))


def as_nodes(page: NodePage, view: Totals) -> list[nodes.Node]:
    lines = ([paragraph(text(f"{words}: "), strong(number))] for words, number in _numbers(view, page.language))
    return [bullets(lines, "versus-numbers")]
