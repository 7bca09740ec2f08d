"""The lengths for which the layout of a comparison page has room. A longer text is reported, and shown all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..problems import Code, Place, Problem
from .document import Location
from .model import Comparison, Misconception, Named, Technology
from .prose import Prose, plain_text
from .sentences import divided

MOST_IN_QUESTION = 75
MOST_IN_ANSWER = 50
MOST_IN_REASON = 90
MOST_IN_LEAD = 80
MOST_IN_FACT = 120
"""The first sentence of a correction."""

PlaceIn = Callable[[Location], Place]
"""Finds the place of a value by its location in the record."""


def too_long(record: Named, place: PlaceIn) -> Iterator[Problem]:
    """The texts of a record that are longer than the place where a page shows them."""
    if isinstance(record, Comparison):
        yield from _in_verdict(record, place)
        for id_, topic in record.topics.items():
            for side, lead in topic.leads.items():
                yield from lead_too_long(lead, partial(place, ("topics", id_, "leads", side)))
    if isinstance(record, Comparison | Technology):
        for one in record.misconceptions.values():
            yield from _in_misconception(one)


def lead_too_long(lead: str, place: Callable[[], Place]) -> Iterator[Problem]:
    """The problem of a lead, wherever it is written."""
    if len(lead) > MOST_IN_LEAD:
        yield _problem(place(), "the lead", lead, MOST_IN_LEAD)


def _in_verdict(comparison: Comparison, place: PlaceIn) -> Iterator[Problem]:
    verdict = comparison.verdict
    if verdict is None:
        return
    if verdict.question and len(verdict.question) > MOST_IN_QUESTION:
        yield _problem(place(("verdict", "question")), "the question", verdict.question, MOST_IN_QUESTION)
    for side, answer in verdict.answer.items():
        if len(answer) > MOST_IN_ANSWER:
            yield _problem(place(("verdict", "answer", side)), "the answer", answer, MOST_IN_ANSWER)
    for conditions in verdict.conditions.values():
        for one in conditions:
            yield from _prose_too_long("the reason", one.when, MOST_IN_REASON)


def _in_misconception(misconception: Misconception) -> Iterator[Problem]:
    correction = misconception.correction
    if len(correction.text) > MOST_IN_FACT:
        yield from _prose_too_long("the first sentence", divided(correction)[0], MOST_IN_FACT)


def _prose_too_long(what: str, prose: Prose, most: int) -> Iterator[Problem]:
    """The problem of a text whose words, without its markup, are too many."""
    if len(prose.text) > most and len(words := plain_text(prose.text)) > most:
        yield _problem(prose.place(0), what, words, most)


def _problem(place: Place, what: str, words: str, most: int) -> Problem:
    message = f'{what} "{words}" has {len(words):,} characters'
    return Problem(place, Code.TOO_LONG_FOR_LAYOUT, message, f"expected at most {most}; it is shown as it is")
