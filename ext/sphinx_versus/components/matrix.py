"""The technologies of a kind against each other: who has a page with whom."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Existence, Matrix, Meeting, Side, SideBySide
from . import i18n
from .component import Ask, Mention, Refers
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import inline, link, paragraph, separated, text
from .node_page import NodePage

MOST_NAMES = 12
"""So many written pairs of a technology are named where a kind is too big for a table."""


def view(ask: Ask, kind: str, limit: int) -> Matrix:
    """A table with a word in every cell; a list for each technology when there are more than the limit."""
    found: Matrix = ask(query.matrix, kind, limit)
    return found


def mentions(view: Matrix) -> Iterator[Mention]:
    """The technologies, and the comparisons that have a page."""
    yield from (Refers("technology", side.id) for side in view.sides)
    for row in view.rows:
        yield from (Refers("comparison", meeting.comparison) for meeting in row if meeting.comparison)
    for one in view.lists:
        yield Refers("technology", one.side.id)
        yield from (Refers("comparison", id_) for id_, _other in one.written[:MOST_NAMES])


def word(meeting: Meeting) -> str:
    """The word for a cell."""
    return {
        Existence.WRITTEN: _("Written"),
        Existence.DERIVED: _("Side by side"),
        Existence.NONE: _("Not yet"),
    }[meeting.existence]


def _more(one: SideBySide) -> str:
    more = len(one.written) - MOST_NAMES
    return _(" and %d more") % more if more > 0 else ""


def _counts(one: SideBySide) -> str:
    counts = [_("%d side by side") % one.derived] if one.derived else []
    if one.missing:
        counts.append(_("%d not yet") % one.missing)
    return _("Others:") + " " + i18n.listed(counts) if counts else ""


def html(page: HtmlPage, view: Matrix) -> str:
    """A table, or a list under a heading."""
    before, after = page.table_frame("versus-table", "versus-matrix", "docutils") if view.rows else ("", "")
    return page.render(
        matrix=view,
        kind=i18n.kind(view.kind),
        before=before,
        after=after,
        share=f"{100 / (1 + len(view.sides)):.1f}",
        word=word,
        most_names=MOST_NAMES,
        more=_more,
        counts=_counts,
    )


def as_nodes(page: NodePage, view: Matrix) -> list[nodes.Node]:
    """A table, or a list under a heading."""
    return [_table(page, view)] if view.rows else _lists(view)


def _table(page: NodePage, matrix: Matrix) -> nodes.table:
    columns = 1 + len(matrix.sides)
    classes = ["versus-table", "versus-matrix", "colwidths-given"]
    node = nodes.table("", *filter(None, [page.caption()]), classes=classes)
    group = nodes.tgroup("", cols=columns)
    for number in range(columns):
        group += nodes.colspec("", colwidth=100 // columns, **({"stub": 1} if number == 0 else {}))
    head = [nodes.entry("", paragraph(text(_("Technology")))), *map(_head, matrix.sides)]
    group += nodes.thead("", nodes.row("", *head))
    group += nodes.tbody("", *(_row(page, matrix, number) for number in range(len(matrix.sides))))
    node += group
    return node


def _head(side: Side) -> nodes.entry:
    return nodes.entry("", paragraph(link("technology", side.id, side.name)))


def _row(page: NodePage, matrix: Matrix, number: int) -> nodes.row:
    side = matrix.sides[number]
    cells = []
    for column, (meeting, other) in enumerate(zip(matrix.rows[number], matrix.sides, strict=True)):
        named = [inline(f"{other.name} ")] if page.for_browsers and len(matrix.sides) > 1 else []
        shown = text("—") if number == column else _shown(page, meeting, side, other)
        class_ = "versus-itself" if number == column else f"versus-is-{meeting.existence.value}"
        cells.append(nodes.entry("", *named, paragraph(shown), classes=[class_]))
    return nodes.row("", _head(side), *cells, classes=["versus-row"])


def _shown(page: NodePage, meeting: Meeting, side: Side, other: Side) -> nodes.Node:
    """A link that says only "Written" says nothing out of its row: screen readers get both names first."""
    if meeting.existence is Existence.NONE:
        return inline(word(meeting))
    found = link("comparison", meeting.comparison, word(meeting), explicit=True)
    if page.for_browsers:
        unseen = inline(_("%s and %s:") % (side.name, other.name) + " ", "versus-unseen")
        found[:] = [nodes.inline("", "", unseen, *found.children)]
    return found


def _lists(matrix: Matrix) -> list[nodes.Node]:
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", "", link("technology", one.side.id, one.side.name)),
            nodes.definition("", *_summed(one)),
        )
        for one in matrix.lists
    ]
    return [
        nodes.rubric("", i18n.kind(matrix.kind), classes=["versus-kind"]),
        nodes.definition_list("", *items, classes=["versus-matrix-lists"]),
    ]


def _summed(one: SideBySide) -> Iterator[nodes.Node]:
    if one.written:
        named = [[link("comparison", id_, other.name, explicit=True)] for id_, other in one.written[:MOST_NAMES]]
        more = [text(_more(one))] if _more(one) else []
        yield paragraph(text(_("Written, with:") + " "), *separated(named), *more)
    if counts := _counts(one):
        yield paragraph(text(counts), classes=["versus-meta"])
