"""The quiet line at the top of a comparison: how the sides relate, when it was reviewed, and on what it rests."""

from __future__ import annotations

from docutils import nodes

from ..catalogue.views import Side, Status
from . import words
from .parts import PageContext, inline, paragraph, separated
from .words import _

MOST_VERSIONS = 3


def build_status(page: PageContext, status: Status) -> nodes.paragraph:
    """Relation, reviewed date, versions, oldest fact."""
    versions = [_versions(side, found) for side, found in status.versions if found]
    parts = [
        inline(words.relation(status.relation), "versus-relation"),
        inline(_reviewed(page, status), "versus-reviewed"),
        *([inline(_("Facts from %s") % words.listed(versions), "versus-versions")] if versions else []),
    ]
    if status.oldest:
        oldest = _("Oldest fact: %s") % words.date(status.oldest, page.language)
        parts.append(inline(oldest, "versus-oldest"))
    return paragraph(*separated([[part] for part in parts], " · "), classes=["versus-status"])


def _reviewed(page: PageContext, status: Status) -> str:
    if status.reviewed:
        return _("Reviewed %s") % words.date(status.reviewed, page.language)
    return _("Made from facts, not reviewed as a pair")


def _versions(side: Side, found: tuple[str, ...]) -> str:
    shown = " / ".join(found[:MOST_VERSIONS])
    return f"{side.name} {shown}" + (" …" if len(found) > MOST_VERSIONS else "")
