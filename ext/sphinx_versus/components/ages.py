"""How old and how sure the values of a table are: a sentence, and for browsers a drawing with a dot for each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from docutils import nodes

from ..catalogue.fields import PartialDate
from ..catalogue.views import Cell, Row, Selection
from . import i18n
from .component import Ask, Mention, Refers
from .i18n import _
from .node_helpers import paragraph, row_link, separated, strong, text
from .page import HtmlPage, NodePage
from .table import Look, Owner, certainty_of
from .table import View as Table
from .table import view as table_view

WIDTH = 700
"""The width in pixels for which labels are placed; it is what a page of text has at least where they are shown."""
STEP = 11.5
"""The distance of two dots in pixels."""
ABREAST = 4
LEFT, RIGHT = 1.0, 94.0
"""Where the first year begins and the last value stands, in percent of the width."""
MARGIN = 8
"""The pixels over and below the dots of a lane."""
LETTER = 5.5
"""The width of a letter of a label in pixels."""
MOST_YEARS = 12
"""So many years have a line each."""


class Dot(NamedTuple):
    """A value in the drawing: percent from the left, pixels from there and from above."""

    x: str
    dx: float
    y: float
    shape: str
    title: str


class Label(NamedTuple):
    """Words in the drawing."""

    x: str
    y: float
    words: str


class Lane(NamedTuple):
    """The values of one side."""

    side: str
    name: str
    name_y: float
    dots: Sequence[Dot]
    labels: Sequence[Label]


class Stack(NamedTuple):
    """Values of about the same age."""

    at: float
    """The year."""
    values: list[tuple[Row, Cell]]


View = Table


def view(ask: Ask, type_: str, id_: str) -> View:
    """The table of a comparison, or of a technology, of which the ages are shown."""
    owner = Owner("row", id_) if type_ == "comparison" else Owner("fact", id_)
    return table_view(ask, owner, (id_,) if type_ == "technology" else (), Selection(), Look())


def mentions(view: View) -> Iterator[Mention]:
    yield from (Refers(view.owner.type, f"{view.owner.id}/{row.criterion.id}") for row, _names in _old(view))


def _known(view: View) -> list[tuple[Row, Cell]]:
    return [(row, cell) for row in view.table.rows for cell in row.cells if cell.known and cell.fact]


def _old(view: View) -> list[tuple[Row, str]]:
    """The rows with an old value, and whose it is in words."""
    names = {side.id: side.name for side in view.table.sides}
    found = []
    for row in view.table.rows:
        whose = [names[cell.technology] for cell in row.cells if cell.fact and view.is_old(cell.fact)]
        if whose:
            is_clear = len(names) == 1
            both = _("both") if len(names) == 2 else _("all")
            found.append((row, "" if is_clear else both if len(whose) == len(names) else i18n.listed(whose)))
    return found


def _sentence(view: View) -> tuple[str, str, str]:
    """The question, what it is answered with in numbers, and how the list of old rows begins."""
    facts = [cell.fact for _row, cell in _known(view) if cell.fact]
    judged, disputed = sum(fact.judgement for fact in facts), sum(bool(fact.disputed) for fact in facts)
    counts = [_("%d are documented") % (len(facts) - judged), _("%d are our judgement") % judged if judged else ""]
    words = (
        i18n.listed(filter(None, counts)) + (f"; {_('sources disagree on %d') % disputed}" if disputed else "") + "."
    )
    return _("How old are the %d values?") % len(facts), words, _("Over a year old at the last review:")


# -- HTML


def html(page: HtmlPage, view: View) -> str:
    question, words, over = _sentence(view)
    links = [
        (page.link(view.owner.type, f"{view.owner.id}/{row.criterion.id}", row.criterion.name), whose)
        for row, whose in _old(view)
    ]
    variables = {"question": question, "words": words, "over": over, "old": links}
    dated = [(row, cell) for row, cell in _known(view) if cell.fact and cell.fact.as_of]
    if not dated or view.reviewed is None or len(view.table.sides) > 2:
        return page.render(**variables, drawing=None)
    return page.render(**variables, drawing=_drawing(view, dated, view.reviewed, page.language))


def _drawing(view: View, dated: list[tuple[Row, Cell]], reviewed: PartialDate, language: str) -> dict[str, object]:
    first = min(int(cell.fact.as_of.year) for _row, cell in dated if cell.fact and cell.fact.as_of)
    last = max([reviewed.middle, *(cell.fact.as_of.middle for _row, cell in dated if cell.fact and cell.fact.as_of)])
    scale = (RIGHT - LEFT) / max(last - first, 0.5)

    def percent(year: float) -> float:
        return LEFT + (year - first) * scale

    sides = view.table.sides
    stacks = [_stacks([one for one in dated if one[1].technology == side.id], scale) for side in sides]
    heights = [
        max((ceil(len(stack.values) / ABREAST) for stack in found), default=1) * STEP + 3 * MARGIN for found in stacks
    ]
    above = max(heights[0], 50.0)
    below = max(heights[1], 50.0) if len(sides) > 1 else 6.0
    lanes = [
        Lane(
            ("vs-a" if at == 0 else "vs-b") if len(sides) > 1 else "vs-ink",
            side.name,
            16 if at == 0 else above + below,
            *_lane(view, stacks[at], percent, above, -1 if at == 0 else 1, language),
        )
        for at, side in enumerate(sides)
    ]
    years = range(first, int(last) + 1, 1 + int(last - first) // MOST_YEARS)
    stale = percent(reviewed.middle - 1)
    return {
        "label": _("Values on a time axis from %s to %s") % (first, i18n.short_date(reviewed, language)),
        "height": above + below + 22,
        "bottom": above + below + 4,
        "axis": above + 4,
        "stale": f"{stale:.2f}" if stale > LEFT else "",
        "years": [(f"{percent(year):.2f}", year) for year in years],
        "lanes": lanes,
    }


def _stacks(values: list[tuple[Row, Cell]], scale: float) -> list[Stack]:
    """Values by date; those that would cover each other are one stack."""
    stacks: list[Stack] = []
    for row, cell in sorted(values, key=lambda one: (_age(one[1]), certainty_of(one[1])[0][-2:])):
        near = stacks and (_age(cell) - stacks[-1].at) * scale * WIDTH / 100 < STEP * min(
            len(stacks[-1].values), ABREAST
        )
        if near:
            stacks[-1].values.append((row, cell))
        else:
            stacks.append(Stack(_age(cell), [(row, cell)]))
    return stacks


def _age(cell: Cell) -> float:
    assert cell.fact
    assert cell.fact.as_of
    return cell.fact.as_of.middle


def _lane(
    view: View, stacks: list[Stack], percent: Callable[[float], float], axis: float, direction: int, language: str
) -> tuple[list[Dot], list[Label]]:
    """The dots of a side, from the axis outwards, and the labels of its stacks that do not run into each other."""
    dots, labels, taken = [], [], list[tuple[float, float, float]]()
    name = {side.id: side.name for side in view.table.sides}
    for stack in stacks:
        x, count = percent(stack.at), min(len(stack.values), ABREAST)
        for number, (row, cell) in enumerate(stack.values):
            assert cell.fact
            column, level = number % ABREAST, number // ABREAST
            shape, certainty = certainty_of(cell)
            value = i18n.value(row.criterion, cell, language)
            when = i18n.short_date(cell.fact.as_of, language) if cell.fact.as_of else ""
            title = f"{name[cell.technology]}, {row.criterion.name}: {value} ({certainty}, {when})"
            dx = (column - (count - 1) / 2) * STEP
            dots.append(Dot(f"{x:.2f}%", dx, axis + 4 + direction * (9 + level * STEP), shape, title))
        top = axis + 4 + direction * (9 + ceil(len(stack.values) / ABREAST) * STEP) + (4 if direction > 0 else 2)
        words = _label(view, stack, language)
        middle, half = x * WIDTH / 100, len(words) * LETTER / 2
        if (
            words
            and middle - half > 0
            and middle + half < WIDTH
            and not _meets(taken, middle - half, middle + half, top)
        ):
            taken.append((middle - half, middle + half, top))
            labels.append(Label(f"{x:.2f}%", top, words))
    return dots, labels


def _label(view: View, stack: Stack, language: str) -> str:
    """The month of many values, or the row of an old one."""
    facts = [cell.fact for _row, cell in stack.values if cell.fact and cell.fact.as_of]
    if len(facts) >= ABREAST:
        ((date, _count),) = Counter(fact.as_of for fact in facts).most_common(1)
        return i18n.short_date(date, language) if date else ""
    is_old = len(facts) == 1 and view.is_old(facts[0])
    return stack.values[0][0].criterion.name if is_old else ""


def _meets(taken: list[tuple[float, float, float]], start: float, end: float, y: float) -> bool:
    return any(start < right + LETTER and end > left - LETTER and abs(y - other) < STEP for left, right, other in taken)


# -- nodes


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    question, words, over = _sentence(view)
    parts: list[nodes.Node] = [strong(question), text(f" {words}")]
    if old := _old(view):
        links = separated(
            [row_link(view.owner.id, row.criterion.id, row.criterion.name), text(f" ({whose})" if whose else "")]
            for row, whose in old
        )
        parts += [text(f" {over} "), *links, text(".")]
    return [paragraph(*parts, classes=["versus-ages"])]
