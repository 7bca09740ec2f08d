"""How old and how sure the values of a table are: a sentence, and for browsers a drawing with a dot for each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue.views import Cell, Row, Selection
from . import answers, i18n
from .answers import Look, Owner, basis_of, certainty_of
from .component import Ask, Mention, side_classes
from .i18n import _, ngettext
from .node_helpers import link, paragraph, separated, strong, text
from .page import HtmlPage, NodePage
from .time_axis import AgedValue, drawing

View = answers.View

MOST_ROWS = 3
"""So many rows of a kind are named."""


def view(ask: Ask, type_: str, id_: str) -> View:
    """The table of a comparison, or of a technology, of which the ages are shown."""
    owner = Owner("row", id_) if type_ == "comparison" else Owner("fact", id_)
    return answers.view(ask, owner, (id_,) if type_ == "technology" else (), Selection(), Look())


def mentions(view: View) -> Iterator[Mention]:
    return iter(())


def _known(view: View) -> list[tuple[Row, Cell]]:
    return [(row, cell) for row in view.table.rows for cell in row.cells if cell.has_value and cell.fact]


def _is_unsourced(cell: Cell) -> bool:
    return bool(cell.has_value and cell.fact and not cell.fact.is_documented and not cell.fact.judgement)


def _sentence(view: View) -> tuple[str, str]:
    """The question, if a value has a date, and what it is answered with: in rows, as the choices of the table count them.

    A row may be of several kinds, so each sentence begins with how many rows there are.
    """
    rows = view.table.rows
    counts = Counter(chain.from_iterable(map(view.traits, rows)))
    judged, disputed = counts["judged"], counts["disputed"]
    unsourced = sum(any(_is_unsourced(cell) for cell in row.cells) for row in rows)
    parts = [
        ngettext("%d contains our judgement", "%d contain our judgement", judged) if judged else "",
        ngettext("%d is disputed", "%d are disputed", disputed) if disputed else "",
        ngettext("%d contains a value without a source", "%d contain a value without a source", unsourced)
        if unsourced
        else "",
    ]
    known = [cell.fact for _row, cell in _known(view) if cell.fact]
    words = i18n.listed(filter(None, parts))
    if words:
        of_rows = ngettext("Of %d row", "Of %d rows", len(rows))
        words = f"{of_rows}, {words}"
    rest = _("all other values are documented") if words else _("All values are documented")
    is_rest = any(fact.is_documented and not fact.disputed for fact in known)
    newest = max((fact.as_of for fact in known if fact.as_of), default=None)
    has_age = newest is not None
    question = ngettext("How old is the %d value?", "How old are the %d values?", len(known)) if has_age else ""
    is_reviewed = view.reviewed != newest  # on another day
    young = _("none is over a year old") if is_reviewed else _("none is over a year older than the newest")
    young = young if has_age and not counts["old"] else ""
    answer = "; ".join(filter(None, [words, rest if is_rest else "", young]))
    return question, f"{answer}." if answer else ""


class Listed(NamedTuple):
    """Rows of which some values have something in common: the first ones, each with whose values these are."""

    label: str
    rows: list[tuple[Row, str]]
    more: str
    """How many more there are, in words, or empty."""


def _lists(view: View) -> Iterator[Listed]:
    """The rows with an unknown value, and those with an old one."""
    for label, holds in (
        (_("Not known:"), lambda cell: cell.is_open),
        (_("Over a year old at the last review:"), view.is_old),
    ):
        found = [(row, whose) for row in view.table.rows if (whose := [*filter(holds, row.cells)])]
        more = len(found) - MOST_ROWS
        if found:
            words = ngettext("%d more row", "%d more rows", more) if more > 0 else ""
            yield Listed(label, [(row, _names(view, whose)) for row, whose in found[:MOST_ROWS]], words)


def _names(view: View, cells: Sequence[Cell]) -> str:
    """Whose values these are, where there are several sides."""
    count = len(view.table.sides)
    if len(cells) == count:
        return {1: "", 2: _("both")}.get(count, _("all"))
    names = {side.id: side.name for side in view.table.sides}
    return i18n.listed(names[cell.technology] for cell in cells)


# -- HTML


def html(page: HtmlPage, view: View) -> str:
    question, words = _sentence(view)

    def link(row: Row) -> Markup:
        return page.link(view.owner.type, f"{view.owner.id}/{row.criterion.id}", row.criterion.name)

    lists = [(label, [(link(row), whose) for row, whose in rows], more) for label, rows, more in _lists(view)]
    return page.render(
        question=question,
        words=words,
        lists=lists,
        drawing=figure(view, page.language),
        legend=legend(view),
        has_old=any(view.is_old(cell) for _row, cell in _known(view)),
    )


def legend(view: View) -> list[tuple[str, str]]:
    """The marks that occur, and what each means; a hollow one has two meanings, of which the notes name one."""
    facts = [cell.fact for _row, cell in _known(view) if cell.fact]
    hollow = [*dict.fromkeys(basis_of(fact) for fact in facts if not fact.is_documented)]
    words = _("our judgement or no source, as the notes say") if len(hollow) > 1 else "".join(hollow)
    marks = {certainty_of(cell)[0] for _row, cell in _known(view)}
    disputed = next((mark for mark in ("dj", "df") if mark in marks), "")
    documented = _("documented") if any(fact.is_documented for fact in facts) else ""
    found = [("f", documented), ("j", words), (disputed, _("disputed") if disputed else "")]
    return [(mark, meaning) for mark, meaning in found if meaning]


def figure(view: View, language: str) -> dict[str, Any] | None:
    """The drawing, with the words that stand for it and the class of each lane; nothing where there are not two dates."""
    dated = [(row, cell) for row, cell in _known(view) if cell.fact and cell.fact.as_of]
    sides, reviewed = view.table.sides, view.reviewed
    if reviewed is None or len({cell.fact.as_of for _row, cell in dated if cell.fact}) < 2:
        return None
    lanes = [
        (side.name, [_value(view, row, cell, language) for row, cell in dated if cell.technology == side.id])
        for side in sides
    ]
    drawn = drawing(lanes, reviewed.middle, _("over a year old"))
    first = drawn.years[0][1]
    return {
        **drawn._asdict(),
        "label": _("Values on a time axis from %s to %s") % (first, i18n.short_date(reviewed, language)),
        "sides": side_classes(len(sides)),
    }


def _value(view: View, row: Row, cell: Cell, language: str) -> AgedValue:
    """A value that has a date."""
    assert cell.fact
    assert cell.fact.as_of
    shape, _words = certainty_of(cell)
    month = i18n.short_date(cell.fact.as_of, language)
    return AgedValue(cell.fact.as_of.middle, shape, month, row.criterion.name if view.is_old(cell) else "")


# -- nodes


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    question, words = _sentence(view)
    parts: list[nodes.Node] = [strong(question)] if question else []
    parts.append(text(f" {words}"))
    for label, rows, more in _lists(view):
        links = [
            [
                link(view.owner.type, f"{view.owner.id}/{row.criterion.id}", row.criterion.name),
                text(f" ({whose})" if whose else ""),
            ]
            for row, whose in rows
        ]
        parts += [text(f" {label} "), *separated([*links, *([[text(more)]] if more else [])]), text(".")]
    return [paragraph(*parts, classes=["versus-ages"])]
