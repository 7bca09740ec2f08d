"""What a reader is told of an answer, before it is a table or a drawing."""

from __future__ import annotations

import pytest

from sphinx_versus.catalogue.fields import PartialDate
from sphinx_versus.catalogue.model import Fact
from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.catalogue.views import Cell, State, Table
from sphinx_versus.components.answers import Answer, Look, Owner, Stated, View, in_brief


def view(reviewed: str) -> View:
    return View(Table((), ()), Look(), Owner(), reviewed=PartialDate.parse(reviewed) if reviewed else None)


def cell(as_of: str, state: State = State.VALUE) -> Cell:
    return Cell("alpha", state, Fact.model_construct(as_of=PartialDate.parse(as_of) if as_of else None))


@pytest.mark.parametrize(
    ("as_of", "reviewed", "is_old"),
    [
        ("2025-11-21", "2026-11-22", True),
        ("2025-11-22", "2026-11-22", False),
        ("2025-11-23", "2026-11-22", False),
        ("2025-10", "2026-11", True),
        ("2025-11", "2026-11", False),
        ("2025", "2026", False),
        ("2024", "2026", True),
        ("2025", "2026-11-22", True),  # the middle of a year stands for it
        ("2027", "2026", False),
        ("", "2026", False),
        ("2001", "", False),
    ],
)
def test_an_answer_is_old_when_it_was_over_a_year_old_at_the_review(as_of: str, reviewed: str, is_old: bool) -> None:
    assert view(reviewed).is_old(cell(as_of)) is is_old


def test_what_is_not_known_is_not_old() -> None:
    assert not view("2026-11-22").is_old(cell("2024", State.UNKNOWN))


@pytest.mark.parametrize(
    ("value", "stated", "extent", "more"),
    [
        ("Depends", ["Free: $0", "Pro: $10"], "(Free: $0; Pro: $10)", 0),
        ("Depends", ["a: 1", "b: 2", "c: 3", "d: 4", "e: 5"], "(a: 1; b: 2; c: 3)", 2),
        ("Depends", ["Free: 2 users; lists", "Pro: all"], "(Free: 2 users; lists · Pro: all)", 0),
        ("Depends", ["a: 1", "b: 2 with a note"], "(a: 1; b: 2 with a note)", 1),
        ("Depends", ["a: 1", "b: " + "2" * 120], "(a: 1)", 1),
        ("Depends", ["a: " + "1" * 120, "b: 2"], "", 2),
        ("Yes (a; b)", ["a: Yes", "b: Yes"], "", 0),
        ("Yes (a; b; c; …)", ["a: Yes", "b: Yes", "c: Yes", "d: Yes"], "", 1),
        ("Yes (a)", ["a: Yes with a note"], "", 1),
    ],
)
def test_values_under_conditions_are_told_in_brief(value: str, stated: list[str], extent: str, more: int) -> None:
    """Where the line has room; what a reader does not see then is counted."""
    given = tuple(Stated(words, Prose("Why.") if "note" in words else None, ("source",)) for words in stated)
    found = in_brief(Answer(State.DEPENDS, value, "", "", statements=given))
    assert (found.extent, len(found.statements)) == (extent, more)


def test_further_values_of_a_known_one_are_all_counted() -> None:
    shown = Answer(State.YES, "Yes", "", "", statements=(Stated("before: No", None, ()),))
    assert in_brief(shown) == shown
