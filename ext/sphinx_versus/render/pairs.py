"""Pairs: in what the sides of a comparison differ, the pairs of a technology, and who has a page with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from ..catalogue.views import Existence, Matrix, Meeting, Row, Side, SideBySide, Table
from . import words
from .parts import PageContext, bullets, inline, link, paragraph, row_link, rubric, separated, strong, text, title
from .words import _

MOST_NAMES = 12
"""So many written pairs of a technology are named where a kind is too big for a table."""


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


def build_matrix(matrix: Matrix, caption: str) -> nodes.table:
    """Each technology against each other, with a word in every cell."""
    columns = 1 + len(matrix.sides)
    node = nodes.table("", classes=["versus-table", "versus-matrix", "colwidths-given"])
    node += title(caption)
    group = nodes.tgroup("", cols=columns)
    for number in range(columns):
        group += nodes.colspec("", colwidth=100 // columns, **({"stub": 1} if number == 0 else {}))
    head = [nodes.entry("", paragraph(text(_("Technology")))), *map(_head, matrix.sides)]
    group += nodes.thead("", nodes.row("", *head))
    group += nodes.tbody("", *(_meetings(matrix, number) for number in range(len(matrix.sides))))
    node += group
    return node


def _head(side: Side) -> nodes.entry:
    return nodes.entry("", paragraph(link("technology", side.id, side.name)))


def _meetings(matrix: Matrix, number: int) -> nodes.row:
    meetings = matrix.rows[number]
    cells = [_meeting(meeting, number == column) for column, meeting in enumerate(meetings)]
    return nodes.row("", _head(matrix.sides[number]), *cells, classes=["versus-row"])


def _meeting(meeting: Meeting, itself: bool) -> nodes.entry:
    if itself:
        return nodes.entry("", paragraph(text("—")), classes=["versus-itself"])
    word = existence(meeting.existence)
    known = meeting.existence is not Existence.NONE
    shown = link("comparison", meeting.comparison, word, explicit=True) if known else inline(word)
    return nodes.entry("", paragraph(shown), classes=[f"versus-is-{meeting.existence.value}"])


def existence(of: Existence) -> str:
    """The word for a cell of the matrix."""
    return {
        Existence.WRITTEN: _("Written"),
        Existence.DERIVED: _("Side by side"),
        Existence.NONE: _("Not yet"),
    }[of]


def build_matrix_lists(matrix: Matrix, caption: str) -> list[nodes.Node]:
    """Instead of a table that nobody could read: per technology what is written, and how many pairs are not."""
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", "", link("technology", one.side.id, one.side.name)),
            nodes.definition("", *_summed(one)),
        )
        for one in matrix.lists
    ]
    return [
        rubric(caption, "versus-kind"),
        nodes.definition_list("", *items, classes=["versus-matrix-lists"]),
    ]


def _summed(one: SideBySide) -> Iterator[nodes.Node]:
    if one.written:
        named = [[link("comparison", id_, other.name, explicit=True)] for id_, other in one.written[:MOST_NAMES]]
        more = len(one.written) - len(named)
        rest = [text(_(" and %d more") % more)] if more else []
        yield paragraph(text(_("Written, with:") + " "), *separated(named), *rest)
    counts = [_("%d side by side") % one.derived] if one.derived else []
    if one.missing:
        counts.append(_("%d not yet") % one.missing)
    if counts:
        yield paragraph(text(_("Others:") + " " + words.listed(counts)), classes=["versus-meta"])
