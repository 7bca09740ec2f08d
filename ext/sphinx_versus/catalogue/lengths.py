"""Texts that are longer than the place where a page shows them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain

from ..problems import Code, Place, Problem
from .document import Location
from .markdown import plain_text
from .model import Comparison, Named, Technology
from .prose import divided

LONGEST: Mapping[str, int] = {
    "question": 75,
    "answer": 50,
    "reason": 90,
    "lead": 80,
    "first sentence": 120,
    "value": 200,
}
"""So many characters have room where a page shows a text; a longer one is reported, and shown all the same."""


def long_texts(record: Named, place: Callable[[Location], Place]) -> Iterator[Problem]:
    """The texts of a record that are longer than the place where a page shows them."""
    if isinstance(record, Comparison) and (verdict := record.verdict):
        yield from too_long("question", verdict.question or "", partial(place, ("verdict", "question")))
        for side, answer in verdict.answer.items():
            yield from too_long("answer", answer, partial(place, ("verdict", "answer", side)))
        for condition in chain(*verdict.conditions.values()):
            if len(condition.when.text) > LONGEST["reason"]:
                yield from too_long("reason", plain_text(condition.when.text), partial(condition.when.place, 0))
    for id_, topic in record.topics.items() if isinstance(record, Comparison) else ():
        for side, lead in topic.leads.items():
            yield from too_long("lead", lead, partial(place, ("topics", id_, "leads", side)))
    for one in record.misconceptions.values() if isinstance(record, Comparison | Technology) else ():
        if len(one.correction.text) > (most := LONGEST["first sentence"]):
            first, _ = divided(one.correction)
            if len(first.text) > most:
                yield from too_long("first sentence", plain_text(first.text), partial(first.place, 0))


def too_long(what: str, words: str, place: Callable[[], Place]) -> Iterator[Problem]:
    """The problem of a text without its markup, wherever it is written, if there is one."""
    if len(words) > (most := LONGEST[what]):
        message = f'the {what} "{words}" has {len(words):,} characters'
        yield Problem(place(), Code.TOO_LONG_FOR_LAYOUT, message, f"expected at most {most}; it is shown as it is")
