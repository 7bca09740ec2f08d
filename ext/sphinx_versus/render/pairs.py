"""Pairs: in what the sides of a comparison differ, the pairs of a technology, and who has a page with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from docutils import nodes

from ..catalogue.pairs import Existence, Meeting
from ..catalogue.views import Matrix, Row, Side, SideBySide, Table
from . import words
from .parts import (
    PageContext,
    bullets,
    inline,
    link,
    paragraph,
    row_link,
    rubric,
    separated,
    strong,
    table_link,
    text,
    title,
)
from .words import _

FEW = 2
"""So many technologies of a kind are no matrix but one pair."""


def build_differences(page: PageContext, table: Table, comparison: str, limit: int) -> list[nodes.Node]:
    """A sentence that counts, the first rows that differ, and the names of those that do not."""
    differing = [row for row in table.rows if row.differs]
    same = [row for row in table.rows if row.known_of_all and not row.differs]
    blocks: list[nodes.Node] = [paragraph(text(count_differences(table)), classes=["versus-count"])]
    if shown := differing[:limit]:
        items = ([_difference(page, row, table.sides, comparison)] for row in shown)
        blocks.append(bullets(items, "versus-differences"))
    if rest := differing[limit:]:
        blocks.append(_named(_("Also different:"), rest, comparison))
    if same:
        blocks.append(_named(_("The same:"), same, comparison))
    return blocks


def count_differences(table: Table) -> str:
    """How many of the criteria that are known of all sides have different answers, as a sentence."""
    names = _(" and ").join(side.name for side in table.sides)
    known = [row for row in table.rows if row.known_of_all]
    differing = sum(row.differs for row in known)
    values = {"names": names, "differing": differing, "known": len(known)}
    if not known:
        return _("Nothing is known yet of %(names)s alike.") % values
    if len(known) == 1:
        same = _("One criterion is known of %(names)s alike, and they answer it in the same way.")
        return (_("One criterion is known of %(names)s alike, and they differ in it.") if differing else same) % values
    if not differing:
        return _("%(names)s differ in none of the %(known)d criteria that are known of each.") % values
    return _("%(names)s differ in %(differing)d of the %(known)d criteria that are known of each.") % values


def _difference(page: PageContext, row: Row, sides: Sequence[Side], comparison: str) -> nodes.paragraph:
    answers = [
        [text(f"{side.name}: "), strong(words.value(row.criterion, cell, page.language))]
        for side, cell in zip(sides, row.cells, strict=True)
    ]
    asked = row_link(comparison, row.criterion.id, row.criterion.name)
    return paragraph(asked, text(" — "), *separated(answers, "; "))


def _named(label: str, rows: Iterable[Row], comparison: str) -> nodes.paragraph:
    names = separated([row_link(comparison, row.criterion.id, row.criterion.name)] for row in rows)
    return paragraph(text(f"{label} "), *names, text("."), classes=["versus-also"])


def build_pair_list(pairs: Iterable[tuple[str, Side]]) -> nodes.bullet_list:
    """The other sides of a technology's derived pairs."""
    items = ([paragraph(link("comparison", id_, side.name, explicit=True))] for id_, side in pairs)
    return bullets(items, "versus-pairs")


# -- who has a page with whom ----------------------------------------------------------------------------------------------


def build_matrix(matrix: Matrix, caption: str) -> list[nodes.Node]:
    """Each technology against each other: one pair in a line, a table, or a list for each when they are many."""
    if matrix.lists:
        return [rubric(caption, "versus-kind"), _lists(matrix)]
    if len(matrix.sides) > FEW:
        return [_table(matrix, caption)]
    return [rubric(caption, "versus-kind"), _line(matrix)]


def _line(matrix: Matrix) -> nodes.paragraph:
    """The only two technologies of a kind, or the only one."""
    if len(matrix.sides) < FEW:
        lone = [link("technology", side.id, side.name) for side in matrix.sides]
        return paragraph(*lone, text(": " + _("no other of its kind")))
    meeting = matrix.rows[0][1]
    names = _(" and ").join(side.name for side in matrix.sides)
    return paragraph(_page(meeting, matrix.sides, names), text(": " + existence(meeting.existence)))


def _table(matrix: Matrix, caption: str) -> nodes.table:
    """A table with a word in every cell."""
    columns = 1 + len(matrix.sides)
    node = nodes.table("", classes=["versus-table", "versus-matrix", "colwidths-given"])
    node += title(caption)
    group = nodes.tgroup("", cols=columns)
    for number in range(columns):
        group += nodes.colspec("", colwidth=100 // columns, **({"stub": 1} if number == 0 else {}))
    head = [nodes.entry("", paragraph(text(_("Technology")))), *map(_head, matrix.sides)]
    group += nodes.thead("", nodes.row("", *head))
    group += nodes.tbody("", *map(partial(_row, matrix), matrix.sides, matrix.rows))
    node += group
    return node


def _head(side: Side) -> nodes.entry:
    return nodes.entry("", paragraph(link("technology", side.id, side.name)))


def _row(matrix: Matrix, side: Side, meetings: Sequence[Meeting]) -> nodes.row:
    cells = [_cell(meeting, (side, other)) for meeting, other in zip(meetings, matrix.sides, strict=True)]
    return nodes.row("", _head(side), *cells, classes=["versus-row"])


def _cell(meeting: Meeting, sides: tuple[Side, Side]) -> nodes.entry:
    if sides[0] == sides[1]:
        return nodes.entry("", paragraph(text("—")), classes=["versus-itself"])
    return nodes.entry("", paragraph(_page(meeting, sides)), classes=[f"versus-is-{meeting.existence.value}"])


def _page(meeting: Meeting, sides: Sequence[Side], words: str = "") -> nodes.Element:
    """The link to the page of two technologies; only the words where they have none."""
    shown = words or existence(meeting.existence)
    if meeting.existence is Existence.NONE:
        return inline(shown)
    if meeting.existence is Existence.ROUND_UP:
        return table_link(meeting.comparison, shown, [side.name for side in sides])
    return link("comparison", meeting.comparison, shown, explicit=True)


def existence(of: Existence) -> str:
    """The word for a page of two technologies."""
    return {
        Existence.WRITTEN: _("Written"),
        Existence.DERIVED: _("Side by side"),
        Existence.ROUND_UP: _("In a round-up"),
        Existence.NONE: _("Not yet"),
    }[of]


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
    for kind in Existence:
        of_kind = ((other, meeting) for other, meeting in one.pages if meeting.existence is kind)
        links = [[_page(meeting, (one.side, other), other.name)] for other, meeting in of_kind]
        if links:
            yield paragraph(text(_("%s, with:") % existence(kind) + " "), *separated(links))
    if one.missing:
        yield paragraph(text(_("%d not yet") % one.missing), classes=["versus-meta"])
