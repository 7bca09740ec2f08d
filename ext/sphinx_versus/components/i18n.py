"""The words that readers see, and how values and dates are written; all of them can be translated."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from sphinx.locale import get_translation

from ..catalogue.fields import PartialDate, Relation, ValueType
from ..catalogue.model import Criterion
from ..catalogue.views import Cell, State
from .languages import locale_of

_translated = get_translation("sphinx_versus")


def _(message: str) -> str:
    """The message in the language of the site."""
    return str(_translated(message))


@lru_cache(maxsize=1024)
def date(value: PartialDate, language: str) -> str:
    """A date as exactly as it is known: "2005", "July 2005" or "July 21, 2005" in English."""
    day = datetime.date(value.year, value.month or 1, value.day or 1)
    if value.is_full:
        return str(format_date(day, "long", locale=locale_of(language)))
    return str(format_skeleton("yMMMM" if value.month else "y", day, locale=locale_of(language)))


def value(criterion: Criterion, cell: Cell, language: str) -> str:
    """The short answer of a cell, in words also where it is absent, partial or unknown."""
    typed = cell.fact.value if cell.fact else None
    if typed is None or cell.state is not State.VALUE:
        return state(cell.state)
    if criterion.type is ValueType.DATE:
        return date(PartialDate.parse(typed), language)
    if criterion.type is ValueType.NUMBER and criterion.unit:
        return f"{typed} {criterion.unit}"
    return typed


def state(of: State) -> str:
    """The word for a state of knowledge; a sign alone would not be read by everybody."""
    return {
        State.NOT_ASSESSED: _("Not assessed"),
        State.UNKNOWN: _("Unknown"),
        State.YES: _("Yes"),
        State.PARTIAL: _("Partial"),
        State.NO: _("No"),
        State.VALUE: "",
    }[of]


def relation(of: Relation | None) -> str:
    """The relation of a comparison as a reader would say it; of a derived pair nobody has said how they relate."""
    if of is None:
        return _("Side by side")
    return {
        Relation.ALTERNATIVES: _("Alternatives"),
        Relation.COMPLEMENTS: _("Used together"),
        Relation.LAYERS: _("One builds on the other"),
        Relation.SUCCESSOR: _("One succeeds the other"),
        Relation.CONFUSED_TERMS: _("Terms that are often confused"),
    }[of]


def choose(may_choose: bool) -> str:
    """The heading over the conditions of one side; ``%s`` is its name."""
    return _("Choose %s when") if may_choose else _("%s is used when")


def kind(id_: str) -> str:
    """A kind as a heading: "web-framework" becomes "Web framework"."""
    words = id_.replace("-", " ")
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str]) -> str:
    """Words in a row with commas."""
    return ", ".join(words)
