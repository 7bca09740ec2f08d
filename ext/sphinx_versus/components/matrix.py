"""Who has a page with whom, of the technologies of a kind: one pair in a line, a table, or a list for each of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.pairs import Existence, PairPage
from ..catalogue.views import Matrix, Side, SideBySide
from . import i18n
from .component import Ask, Mention
from .i18n import _
from .node_helpers import ONLY, TABLE, build_table, definitions, inline, link, paragraph, rubric, separated, text
from .page import HtmlPage, NodePage

MOST_NAMED = 24
"""Of more pages of a technology nobody reads the names: the picker finds each, and the page of the technology lists them."""
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
    return iter(())


def _type(meeting: PairPage) -> str:
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


def _by_existence(one: SideBySide) -> Iterator[tuple[Existence, list[tuple[Side, PairPage]]]]:
    """The pages of a technology, by what they are."""
    for existence in Existence:
        if found := [(other, meeting) for other, meeting in one.pages if meeting.existence is existence]:
            yield existence, found


def _count(existence: Existence, found: Sequence[tuple[Side, PairPage]]) -> str:
    """How many pages there are, where they are too many to name; else empty."""
    values = {"word": word(existence), "number": len(found)}
    return _("%(word)s, with %(number)d others") % values if len(found) > MOST_NAMED else ""


def html(page: HtmlPage, view: Matrix) -> str:
    def link_to(meeting: PairPage, sides: Sequence[Side], words: str, before: str = "") -> Markup:
        only = [side.name for side in sides] if meeting.existence is Existence.ROUND_UP else ()
        return page.link(_type(meeting), meeting.comparison, words, before=before, only=only)

    before, after = page.table_frame("vs-table", "docutils") if is_table(view) else ("", "")
    return page.render(
        matrix=view,
        is_table=is_table(view),
        kind=i18n.kind(view.kind),
        before=before,
        after=after,
        word=word,
        link=link_to,
        technology=lambda side: page.link("technology", side.id, side.name),
        names=_(" and ").join(side.name for side in view.sides),
        by_existence=_by_existence,
        count=_count,
    )


# -- nodes


def as_nodes(page: NodePage, view: Matrix) -> list[nodes.Node]:
    if is_table(view):
        columns = 1 + len(view.sides)
        classes = ("versus-table", "versus-matrix", "colwidths-given")
        return [build_table(_rows(page, view), [max(1, 100 // columns)] * columns, page.caption, *classes)]
    if view.lists:
        shown: nodes.Node = definitions(
            ((_technology(one.side), [*_pages(one)]) for one in view.lists), "versus-matrix-lists"
        )
    elif len(view.sides) < FEW:
        lone = [node for side in view.sides for node in _technology(side)]
        shown = paragraph(*lone, text(": " + _("no other of its kind")))
    else:
        meeting, names = view.rows[0][1], _(" and ").join(side.name for side in view.sides)
        shown = paragraph(_page(meeting, view.sides, names), text(": " + word(meeting.existence)))
    return [rubric(i18n.kind(view.kind), "versus-kind"), shown]


def _technology(side: Side) -> list[nodes.Node]:
    return [link("technology", side.id, side.name)]


def _rows(page: NodePage, matrix: Matrix) -> Iterator[nodes.row]:
    """The rows of a table with a word in every cell."""
    heads = [nodes.entry("", paragraph(*_technology(side))) for side in matrix.sides]
    yield nodes.row("", nodes.entry("", paragraph(text(_("Technology")))), *heads)
    for side, meetings in zip(matrix.sides, matrix.rows, strict=True):
        cells = [_cell(page, meeting, (side, other)) for meeting, other in zip(meetings, matrix.sides, strict=True)]
        yield nodes.row("", nodes.entry("", paragraph(*_technology(side))), *cells, classes=["versus-row"])


def _cell(page: NodePage, meeting: PairPage, sides: tuple[Side, Side]) -> nodes.entry:
    named = [inline(f"{sides[1].name} ")] if page.for_browsers else []
    if sides[0] == sides[1]:
        return nodes.entry("", *named, paragraph(text("—")), classes=["versus-itself"])
    shown = _page(meeting, sides, word(meeting.existence))
    if page.for_browsers and meeting.existence is not Existence.NONE:  # "Written" says nothing out of its row
        unseen = inline(_("%s and %s:") % (sides[0].name, sides[1].name) + " ", "versus-unseen")
        shown[:] = [nodes.inline("", "", unseen, *shown.children)]
    return nodes.entry("", *named, paragraph(shown), classes=[f"versus-is-{meeting.existence.value}"])


def _page(meeting: PairPage, sides: Sequence[Side], words: str) -> nodes.Element:
    """The link to the page of two technologies; only the words where they have none."""
    if meeting.existence is Existence.NONE:
        return inline(words)
    reference = link(_type(meeting), meeting.comparison, words, explicit=True)
    if meeting.existence is Existence.ROUND_UP:
        reference[ONLY] = [side.name for side in sides]
    return reference


def _pages(one: SideBySide) -> Iterator[nodes.Node]:
    """Instead of a row of a table that nobody could read: a link to every page that a technology has with another."""
    for existence, found in _by_existence(one):
        if count := _count(existence, found):
            yield paragraph(text(count))
            continue
        links = separated([_page(meeting, (one.side, other), other.name)] for other, meeting in found)
        yield paragraph(text(_("%s, with:") % word(existence) + " "), *links)
    if one.missing:
        yield paragraph(text(_("%d not yet") % one.missing), classes=["versus-meta"])
