"""The quiet line at the top of a comparison: how the sides relate, when it was reviewed, on what it rests, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from ..catalogue.views import Side, Status
from . import words
from .parts import PageContext, inline, paragraph, row_link, separated, text
from .words import _

MOST_VERSIONS = 3
MOST_ROWS = 3
SEPARATOR = " · "


def build_status(page: PageContext, status: Status) -> nodes.paragraph:
    """Relation, reviewed date, versions, oldest fact, what is unknown or disputed; the sources are counted last."""
    versions = [_versions(side, found) for side, found in status.versions if found]
    parts = [
        inline(words.relation(status.relation), "versus-relation"),
        *([inline(reviewed, "versus-reviewed")] if (reviewed := _reviewed(page, status)) else []),
        *([inline(_("Facts from %s") % words.listed(versions), "versus-versions")] if versions else []),
    ]
    if status.oldest:
        oldest = _("Oldest fact: %s") % words.date(status.oldest, page.language)
        parts.append(inline(oldest, "versus-oldest"))
    if status.unknown:
        parts.append(_rows(status, _("%d unknown"), status.unknown, "versus-open"))
    if status.disputed:
        parts.append(_rows(status, _("%d disputed"), status.disputed, "versus-disputed"))
    return paragraph(*separated([[part] for part in parts], SEPARATOR), classes=["versus-status"])


def add_source_count(status: nodes.paragraph, count: int, anchor: str) -> None:
    """How many sources the page lists, as a link to its list; they are counted when the page is finished."""
    said = _("%d source") % count if count == 1 else _("%d sources") % count
    status += [
        text(SEPARATOR),
        nodes.reference("", "", text(said), internal=True, refid=anchor, classes=["versus-counted"]),
    ]


def _rows(status: Status, words_: str, rows: Sequence[Side], class_: str) -> nodes.inline:
    """How many rows, and links to the first of them."""
    links = separated([row_link(status.id, row.id, row.name)] for row in rows[:MOST_ROWS])
    more = [text(" …")] if len(rows) > MOST_ROWS else []
    return nodes.inline("", "", text(f"{words_ % len(rows)}: "), *links, *more, classes=[class_])


def _reviewed(page: PageContext, status: Status) -> str:
    if status.reviewed:
        return _("Reviewed %s") % words.date(status.reviewed, page.language)
    return "" if status.relation else _("Made from facts, not reviewed as a pair")


def _versions(side: Side, found: tuple[str, ...]) -> str:
    shown = " / ".join(found[:MOST_VERSIONS])
    return f"{side.name} {shown}" + (" …" if len(found) > MOST_VERSIONS else "")
