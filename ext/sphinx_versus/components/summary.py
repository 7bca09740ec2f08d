"""A comparison's summary under a quiet line: how the sides relate, when it was reviewed, on what it rests, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.prose import Prose
from ..catalogue.views import Side, Status
from . import i18n
from .component import Ask, Mention, Refers
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import inline, paragraph, row_link, separated, text, with_classes
from .node_page import NodePage

MOST_VERSIONS = 3
MOST_ROWS = 3
SEPARATOR = " · "


class View(NamedTuple):
    """The status, and the summary where it is wanted; of a derived pair nobody has written one."""

    status: Status
    summary: Prose | None


def view(ask: Ask, comparison: str, with_summary: bool) -> View:
    """The status of a comparison or derived pair."""
    teaser = ask(query.teaser, comparison) if with_summary else None
    return View(ask(query.status, comparison), teaser.summary if teaser else None)


def mentions(view: View) -> Iterator[Mention]:
    """The rows that are named, and the summary."""
    status = view.status
    for rows in (status.unknown, status.disputed):
        yield from (Refers("row", f"{status.id}/{row.id}") for row in rows[:MOST_ROWS])
    if view.summary:
        yield view.summary


def _reviewed(status: Status, language: str) -> str:
    if status.reviewed:
        return _("Reviewed %s") % i18n.date(status.reviewed, language)
    return "" if status.relation else _("Made from facts, not reviewed as a pair")


def _versions(status: Status) -> str:
    named = [_versions_of(side, found) for side, found in status.versions if found]
    return _("Facts from %s") % i18n.listed(named) if named else ""


def _versions_of(side: Side, found: tuple[str, ...]) -> str:
    shown = " / ".join(found[:MOST_VERSIONS])
    return f"{side.name} {shown}" + (" …" if len(found) > MOST_VERSIONS else "")


def _oldest(status: Status, language: str) -> str:
    return _("Oldest fact: %s") % i18n.date(status.oldest, language) if status.oldest else ""


def _source_count(count: int) -> str:
    """How many sources the page lists."""
    return (_("%d source") if count == 1 else _("%d sources")) % count if count else ""


def html(page: HtmlPage, view: View) -> str:
    """The line and the summary."""
    status, numbers = view.status, [*page.numbers.values()]

    def named(words: str, rows: Sequence[Side]) -> tuple[str, list[Markup], bool]:
        links = [page.link("row", f"{status.id}/{row.id}", row.name) for row in rows[:MOST_ROWS]]
        return words % len(rows), links, len(rows) > MOST_ROWS

    return page.render(
        relation=i18n.relation(status.relation),
        reviewed=_reviewed(status, page.language),
        versions=_versions(status),
        oldest=_oldest(status, page.language),
        unknown=named(_("%d unknown"), status.unknown) if status.unknown else None,
        disputed=named(_("%d disputed"), status.disputed) if status.disputed else None,
        source_count=_source_count(len(numbers)),
        first_source=numbers[0].anchor if numbers else "",
        pdf=page.pdf,
        summary=page.prose(view.summary).with_class("versus-summary") if view.summary else "",
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The line and the summary."""
    status = view.status
    reviewed, versions, oldest = _reviewed(status, page.language), _versions(status), _oldest(status, page.language)
    parts: list[nodes.Node] = [
        inline(i18n.relation(status.relation), "versus-relation"),
        *([inline(reviewed, "versus-reviewed")] if reviewed else []),
        *([inline(versions, "versus-versions")] if versions else []),
        *([inline(oldest, "versus-oldest")] if oldest else []),
    ]
    if status.unknown:
        parts.append(_rows(status, _("%d unknown"), status.unknown, "versus-open"))
    if status.disputed:
        parts.append(_rows(status, _("%d disputed"), status.disputed, "versus-disputed"))
    if page.numbers:
        first, words = next(iter(page.numbers.values())), _source_count(len(page.numbers))
        parts.append(
            nodes.reference("", "", text(words), internal=True, refid=first.anchor, classes=["versus-counted"])
        )
    line = paragraph(*separated([[part] for part in parts], SEPARATOR), classes=["versus-status"])
    return [line, *(with_classes(page.prose(view.summary), "versus-summary") if view.summary else [])]


def _rows(status: Status, words: str, rows: Sequence[Side], class_: str) -> nodes.inline:
    """How many rows, and links to the first of them."""
    links = separated([row_link(status.id, row.id, row.name)] for row in rows[:MOST_ROWS])
    more = [text(" …")] if len(rows) > MOST_ROWS else []
    return nodes.inline("", "", text(f"{words % len(rows)}: "), *links, *more, classes=[class_])
