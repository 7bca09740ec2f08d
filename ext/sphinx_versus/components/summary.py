"""A comparison's summary under a quiet line: how the sides relate, when it was reviewed, on what it rests, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.prose import Prose
from ..catalogue.views import Status
from . import i18n
from .bar import parts_of
from .component import Ask, Mention
from .i18n import _, ngettext
from .node_helpers import inline, link, paragraph, separated, text, with_classes
from .page import HtmlPage, NodePage
from .prose_writer import Blocks

SEPARATOR = " · "


class View(NamedTuple):
    """The status and the summary, each where it is wanted; of a derived pair nobody has written a summary."""

    status: Status | None
    summary: Prose | None


def view(ask: Ask, comparison: str, with_status: bool, with_summary: bool) -> View:
    """The status of a comparison or derived pair, and its summary."""
    teaser = ask(query.teaser, comparison) if with_summary else None
    return View(ask(query.status, comparison) if with_status else None, teaser.summary if teaser else None)


def mentions(view: View) -> Iterator[Mention]:
    if view.summary:
        yield view.summary


def _words(status: Status, language: str) -> dict[str, str]:
    """The parts of the line that are plain words, by their class; empty where nothing is known."""
    versions = [f"{side.name} {i18n.versions(found)}" for side, found in status.versions if found and _are_few(status)]
    unreviewed = "" if status.relation else _("Made from facts, not reviewed as a pair")
    return {
        "relation": i18n.relation(status.relation),
        "reviewed": _("Reviewed %s") % i18n.date(status.reviewed, language) if status.reviewed else unreviewed,
        "versions": i18n.listed(versions),
        "open": ""
        if _are_few(status) or not status.open_cells
        else _("%(some)d of %(all)d values not known") % {"some": status.open_cells, "all": status.cells},
        "oldest": _("Oldest fact: %s") % i18n.date(status.oldest, language) if status.oldest else "",
    }


def _are_few(status: Status) -> bool:
    """Whether the sides are so few that the figure of ages has what is open, and their versions are worth naming."""
    return len(status.versions) <= query.MOST_SIDES


def _apart() -> str:
    """What stands before the technologies that are listed apart."""
    return _("Discontinued, not in the table:")


def _source_count(count: int) -> str:
    """How many sources the page lists."""
    return ngettext("%d source", "%d sources", count) if count else ""


def html(page: HtmlPage, view: View) -> str:
    status, numbers = view.status, [*page.numbers.values()]
    summary = page.prose(view.summary).with_class("versus-summary") if view.summary else Blocks()
    if status is None:
        return "".join(summary)
    words = _words(status, page.language)
    return page.render(
        words=[words[name] for name in ("relation", "reviewed", "versions", "open") if words[name]],
        source_count=_source_count(len(numbers)),
        discontinued=[page.link("technology", side.id, side.name) for side in status.discontinued],
        pdf=page.site.pdf(page.docname),
        parts=parts_of(page),
        summary=summary,
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    summary = with_classes(page.prose(view.summary), "versus-summary") if view.summary else []
    return [*([_status_line(page, view.status)] if view.status else []), *summary]


def _status_line(page: NodePage, status: Status) -> nodes.Node:
    words = _words(status, page.language)
    parts: list[nodes.Node] = [inline(shown, f"versus-{name}") for name, shown in words.items() if shown]
    if status.discontinued:
        links = separated([link("technology", side.id, side.name)] for side in status.discontinued)
        parts.append(nodes.inline("", "", text(f"{_apart()} "), *links, classes=["versus-discontinued"]))
    if page.numbers:
        count, first = text(_source_count(len(page.numbers))), next(iter(page.numbers.values()))
        parts.append(nodes.reference("", "", count, internal=True, refid=first.anchor, classes=["versus-counted"]))
    return paragraph(*separated([[part] for part in parts], SEPARATOR), classes=["versus-status"])
