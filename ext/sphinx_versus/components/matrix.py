"""Who has a page with whom, of the technologies of a kind: one pair in a line, a table, or a list for each of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes

from ..catalogue import query
from ..catalogue.pairs import Existence, Meeting
from ..catalogue.views import Matrix, Side, SideBySide
from . import i18n
from .component import Ask, Mention, Refers
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import TABLE, inline, link, paragraph, rubric, separated, table_link, text
from .node_page import NodePage

FEW = 2
"""So many technologies of a kind are no matrix but one pair."""


def view(ask: Ask, kind: str, limit: int) -> Matrix:
    """A matrix, with a list for each technology when there are more than the limit."""
    found: Matrix = ask(query.matrix, kind, limit)
    return found


def is_table(matrix: Matrix) -> bool:
    """Whether there are enough technologies for a table, and not too many."""
    return not matrix.lists and len(matrix.sides) > FEW


def mentions(view: Matrix) -> Iterator[Mention]:
    """The technologies, and the pages that two of them have."""
    yield from (Refers("technology", side.id) for side in view.sides)
    meetings = (meeting for row in view.rows for meeting in row)
    yield from filter(None, map(_mentioned, meetings))
    for one in view.lists:
        yield Refers("technology", one.side.id)
        yield from filter(None, (_mentioned(meeting) for _other, meeting in one.pages))


def _mentioned(meeting: Meeting) -> Refers | None:
    return Refers(_type(meeting), meeting.comparison) if meeting.existence is not Existence.NONE else None


def _type(meeting: Meeting) -> str:
    """What a link leads to: of a round-up the table."""
    return TABLE if meeting.existence is Existence.ROUND_UP else "comparison"


def word(existence: Existence) -> str:
    """The word for a page of two technologies."""
    return {
        Existence.WRITTEN: _("Written"),
        Existence.DERIVED: _("Side by side"),
        Existence.ROUND_UP: _("In a round-up"),
        Existence.NONE: _("Not yet"),
    }[existence]


def _by_existence(one: SideBySide) -> Iterator[tuple[Existence, list[tuple[Side, Meeting]]]]:
    """The pages of a technology, by what they are."""
    for existence in Existence:
        if found := [(other, meeting) for other, meeting in one.pages if meeting.existence is existence]:
            yield existence, found


# -- HTML


def html(page: HtmlPage, view: Matrix) -> str:
    """A table, or a line or lists under a heading."""
    before, after = ("", "")
    if is_table(view):
        before, after = page.table_frame("versus-table", "versus-matrix", "docutils")

    def link_to(meeting: Meeting, sides: Sequence[Side], words: str, before: str = "") -> Any:
        only = [side.name for side in sides] if meeting.existence is Existence.ROUND_UP else ()
        return page.link(_type(meeting), meeting.comparison, words, before=before, only=only)

    return page.render(
        matrix=view,
        is_table=is_table(view),
        kind=i18n.kind(view.kind),
        before=before,
        after=after,
        share=f"{100 / (1 + len(view.sides)):.1f}",
        word=word,
        link=link_to,
        technology=lambda side: page.link("technology", side.id, side.name),
        names=_(" and ").join(side.name for side in view.sides),
        by_existence=_by_existence,
    )


# -- nodes


def as_nodes(page: NodePage, view: Matrix) -> list[nodes.Node]:
    """A table, or a line or lists under a heading."""
    if is_table(view):
        return [_table(page, view)]
    return [
        rubric(i18n.kind(view.kind), "versus-kind"),
        _lists(view) if view.lists else _line(view),
    ]


def _line(matrix: Matrix) -> nodes.paragraph:
    """The only two technologies of a kind, or the only one."""
    if len(matrix.sides) < FEW:
        lone = [link("technology", side.id, side.name) for side in matrix.sides]
        return paragraph(*lone, text(": " + _("no other of its kind")))
    meeting = matrix.rows[0][1]
    names = _(" and ").join(side.name for side in matrix.sides)
    return paragraph(_page(meeting, matrix.sides, names), text(": " + word(meeting.existence)))


def _table(page: NodePage, matrix: Matrix) -> nodes.table:
    """A table with a word in every cell."""
    columns = 1 + len(matrix.sides)
    classes = ["versus-table", "versus-matrix", "colwidths-given"]
    node = nodes.table("", *filter(None, [page.caption()]), classes=classes)
    group = nodes.tgroup("", cols=columns)
    for number in range(columns):
        group += nodes.colspec("", colwidth=max(1, 100 // columns), **({"stub": 1} if number == 0 else {}))
    head = [nodes.entry("", paragraph(text(_("Technology")))), *map(_head, matrix.sides)]
    group += nodes.thead("", nodes.row("", *head))
    rows = zip(matrix.sides, matrix.rows, strict=True)
    group += nodes.tbody("", *(_row(page, matrix, side, meetings) for side, meetings in rows))
    node += group
    return node


def _head(side: Side) -> nodes.entry:
    return nodes.entry("", paragraph(link("technology", side.id, side.name)))


def _row(page: NodePage, matrix: Matrix, side: Side, meetings: Sequence[Meeting]) -> nodes.row:
    cells = [_cell(page, meeting, (side, other)) for meeting, other in zip(meetings, matrix.sides, strict=True)]
    return nodes.row("", _head(side), *cells, classes=["versus-row"])


def _cell(page: NodePage, meeting: Meeting, sides: tuple[Side, Side]) -> nodes.entry:
    named = [inline(f"{sides[1].name} ")] if page.for_browsers else []
    if sides[0] == sides[1]:
        return nodes.entry("", *named, paragraph(text("—")), classes=["versus-itself"])
    shown = _page(meeting, sides)
    if page.for_browsers and meeting.existence is not Existence.NONE:  # "Written" says nothing out of its row
        unseen = inline(_("%s and %s:") % (sides[0].name, sides[1].name) + " ", "versus-unseen")
        shown[:] = [nodes.inline("", "", unseen, *shown.children)]
    return nodes.entry("", *named, paragraph(shown), classes=[f"versus-is-{meeting.existence.value}"])


def _page(meeting: Meeting, sides: Sequence[Side], words: str = "") -> nodes.Element:
    """The link to the page of two technologies; only the words where they have none."""
    shown = words or word(meeting.existence)
    if meeting.existence is Existence.NONE:
        return inline(shown)
    if meeting.existence is Existence.ROUND_UP:
        return table_link(meeting.comparison, shown, [side.name for side in sides])
    return link("comparison", meeting.comparison, shown, explicit=True)


def _lists(matrix: Matrix) -> nodes.definition_list:
    """Instead of a table that nobody could read: for each technology a link to every page that it has with another."""
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", "", link("technology", one.side.id, one.side.name)),
            nodes.definition("", *_named_pages(one)),
        )
        for one in matrix.lists
    ]
    return nodes.definition_list("", *items, classes=["versus-matrix-lists"])


def _named_pages(one: SideBySide) -> Iterator[nodes.Node]:
    for existence, found in _by_existence(one):
        links = [[_page(meeting, (one.side, other), other.name)] for other, meeting in found]
        yield paragraph(text(_("%s, with:") % word(existence) + " "), *separated(links))
    if one.missing:
        yield paragraph(text(_("%d not yet") % one.missing), classes=["versus-meta"])
