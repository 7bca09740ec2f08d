"""How old and how sure the values of a table are: a sentence, and for browsers a drawing with a dot for each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes

from ..catalogue.views import Cell, Row, Selection
from . import answers, i18n
from .answers import Look, Owner, basis_of, certainty_of
from .component import Ask, Mention, side_classes
from .i18n import _, ngettext
from .node_helpers import paragraph, row_link, separated, strong, text
from .page import HtmlPage, NodePage
from .time_axis import AgedValue, drawing

View = answers.View


def view(ask: Ask, type_: str, id_: str) -> View:
    """The table of a comparison, or of a technology, of which the ages are shown."""
    owner = Owner("row", id_) if type_ == "comparison" else Owner("fact", id_)
    return answers.view(ask, owner, (id_,) if type_ == "technology" else (), Selection(), Look())


def mentions(view: View) -> Iterator[Mention]:
    return iter(())


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
    documented = sum(fact.is_documented for fact in facts)
    unsourced = len(facts) - documented - judged
    counts = [
        ngettext("%d value is documented", "%d values are documented", documented),
        ngettext("%d is our judgement", "%d are our judgement", judged) if judged else "",
        ngettext("%d has no source", "%d have no source", unsourced) if unsourced else "",
    ]
    objections = ngettext("%d of the values is disputed", "%d of the values are disputed", disputed)
    words = i18n.listed(filter(None, counts)) + (f"; {objections}" if disputed else "") + "."
    question = ngettext("How old is the %d value?", "How old are the %d values?", len(facts))
    return question, words, _("Over a year old at the last review:")


# -- HTML


def html(page: HtmlPage, view: View) -> str:
    question, words, over = _sentence(view)
    links = [
        (page.link(view.owner.type, f"{view.owner.id}/{row.criterion.id}", row.criterion.name), whose)
        for row, whose in _old(view)
    ]
    variables = {"question": question, "words": words, "over": over, "old": links}
    return page.render(**variables, drawing=figure(view, page.language), hollow=hollow(view))


def hollow(view: View) -> str:
    """What a hollow mark means."""
    facts = [cell.fact for _row, cell in _known(view) if cell.fact and not cell.fact.is_documented]
    return i18n.listed(dict.fromkeys([_("our judgement"), *map(basis_of, facts)]))


def figure(view: View, language: str) -> dict[str, Any] | None:
    """The drawing, with the words that stand for it and the class of each lane; nothing where dates are missing."""
    dated = [(row, cell) for row, cell in _known(view) if cell.fact and cell.fact.as_of]
    sides, reviewed = view.table.sides, view.reviewed
    if not dated or reviewed is None or len(sides) > 2:
        return None
    lanes = [
        (side.name, [_value(view, row, cell, language) for row, cell in dated if cell.technology == side.id])
        for side in sides
    ]
    drawn = drawing(lanes, reviewed.middle, _("over a year old"))
    first = drawn.years[0][1]
    return {
        **drawn._asdict(),
        "hollow": hollow(view),
        "label": _("Values on a time axis from %s to %s") % (first, i18n.short_date(reviewed, language)),
        "sides": side_classes(len(sides)),
    }


def _value(view: View, row: Row, cell: Cell, language: str) -> AgedValue:
    """A value that has a date."""
    assert cell.fact
    assert cell.fact.as_of
    shape, _words = certainty_of(cell)
    month = i18n.short_date(cell.fact.as_of, language)
    return AgedValue(cell.fact.as_of.middle, shape, month, row.criterion.name if view.is_old(cell.fact) else "")


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
