"""The rules for comparisons: sides, rows, overrides and verdicts.

A comparison with an unknown side or row is told so once; what follows from that is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import NamedTuple

from ..problems import Code, Place, Problem, unknown
from .catalogue import Catalogue
from .check_facts import applies, fact_fits
from .document import Location
from .model import Comparison, Verdict
from .references import PlaceOf, unknown_object


def sides_exist(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A comparison's sides and its related comparisons have records."""
    for comparison in catalogue.comparisons.values():
        for position, side in enumerate(comparison.technologies):
            if side not in catalogue.technologies:
                at = place("comparison", comparison.id, ("technologies", position))
                yield from unknown_object(catalogue, at, "technology", side)
        for position, other in enumerate(comparison.related):
            at = place("comparison", comparison.id, ("related", position))
            yield from unknown_object(catalogue, at, "comparison", other)
            if other == comparison.id:
                yield Problem(at, Code.DUPLICATE_ENTRY, f'"{other}" is this comparison itself', "remove it")


def pairs_are_unique(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The same set of technologies is compared once."""
    first: dict[frozenset[str], str] = {}
    for comparison in catalogue.comparisons.values():
        earlier = first.setdefault(frozenset(comparison.technologies), comparison.id)
        if earlier != comparison.id:
            at = place("comparison", comparison.id, ("technologies",), key=True)
            message = f'"{comparison.id}" compares the same technologies as "{earlier}"'
            yield Problem(at, Code.DUPLICATE_COMPARISON, message, "merge the two records")


def titles_are_unique(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """Readers can tell two comparisons apart by their titles."""
    first: dict[str, str] = {}
    for comparison in catalogue.comparisons.values():
        if not all(side in catalogue.technologies for side in comparison.technologies):
            continue
        title = catalogue.title(comparison)
        earlier = first.setdefault(title.casefold(), comparison.id)
        same_sides = set(catalogue.comparisons[earlier].technologies) == set(comparison.technologies)
        if earlier != comparison.id and not same_sides:
            at = place("comparison", comparison.id, ("title",))
            message = f'"{title}" is the title of "{earlier}" as well'
            yield Problem(at, Code.DUPLICATE_TITLE, message, "give one of them a title of its own")


# -- rows ------------------------------------------------------------------------------------------------------------------


def rows_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The rows of a comparison are known criteria, each once, that apply to at least one side."""
    for comparison in catalogue.comparisons.values():
        sides = [catalogue.technologies.get(side) for side in comparison.technologies]
        shown: set[str] = set()
        for location, row in _rows(comparison):
            at = partial(place, "comparison", comparison.id, location)
            criterion = catalogue.criteria.get(row)
            if criterion is None:
                yield from unknown_object(catalogue, at(), "criterion", row)
            elif all(side and not applies(catalogue, criterion, side) for side in sides):
                message = f'"{row}" applies to no side of this comparison'
                yield Problem(at(), Code.NOT_APPLICABLE, message, "it applies to: " + ", ".join(criterion.kinds))
            if row in shown:
                message = f'"{row}" is already a row of this comparison'
                yield Problem(at(), Code.DUPLICATE_ENTRY, message, "remove it")
            shown.add(row)


def _rows(comparison: Comparison) -> Iterator[tuple[Location, str]]:
    for number, group in enumerate(comparison.criteria):
        for position, row in enumerate(group.rows):
            yield ("criteria", number, "rows", position), row


def groups_are_unique(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The groups of a comparison have headings of their own, by which readers and links find them."""
    for comparison in catalogue.comparisons.values():
        before: set[str] = set()
        for position, group in enumerate(comparison.criteria):
            title = group.group
            if title in before:
                at = place("comparison", comparison.id, ("criteria", position, "group"))
                message = f'"{title}" is already the heading of a group'
                yield Problem(at, Code.DUPLICATE_ENTRY, message, "merge the two groups")
            before.add(title)


class _Shown(NamedTuple):
    """The rows of a comparison."""

    rows: Collection[str]
    is_complete: bool
    """Whether all are known; one that is unknown or left out may be any criterion."""

    @classmethod
    def by(cls, catalogue: Catalogue, comparison: Comparison) -> _Shown:
        rows = dict.fromkeys(comparison.rows)
        are_known = all(row in catalogue.defined["criterion"] for row in rows)
        return cls(rows.keys(), are_known and not catalogue.lacks("comparison", comparison.id, "criteria"))

    def problems(self, criterion: str, at: Callable[[], Place]) -> Iterator[Problem]:
        """The problem of a criterion that is not a row."""
        if self.is_complete and criterion not in self.rows:
            yield unknown(at(), Code.NOT_SHOWN, criterion, "a row of this comparison", self.rows)


def not_compared(catalogue: Catalogue, comparison: Comparison, at: Callable[[], Place], side: str) -> Iterator[Problem]:
    """The problem of a technology that is not a side, unless one of the sides is unknown and may be the one."""
    sides = comparison.technologies
    if side not in sides and all(known in catalogue.defined["technology"] for known in sides):
        yield unknown(at(), Code.NOT_COMPARED, side, "a side of this comparison", sides)


# -- overrides and verdicts ------------------------------------------------------------------------------------------------


def overrides_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """An override is about one of the sides and a row that is shown, and fits as any fact does."""
    for comparison in catalogue.comparisons.values():
        owner, shown = ("comparison", comparison.id), _Shown.by(catalogue, comparison)
        for side, facts in comparison.facts.items():
            yield from not_compared(catalogue, comparison, partial(place, *owner, ("facts", side), key=True), side)
            for criterion, fact in facts.items():
                at: Location = ("facts", side, criterion)
                yield from fact_fits(catalogue, place, owner, at, fact)
                if criterion in catalogue.criteria:
                    yield from shown.problems(criterion, partial(place, *owner, at, key=True))


def verdicts_are_bound(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A verdict speaks of every side, its reasons are rows that are shown, and it chooses only where there is a choice."""
    for comparison in catalogue.comparisons.values():
        if comparison.verdict is None:
            continue
        yield from _wording(catalogue, comparison, comparison.verdict, place)
        for part in ("choose", "use"):
            yield from _conditions(catalogue, comparison, part, place)
            if not catalogue.lacks("comparison", comparison.id, "verdict", part):
                yield from _silence(comparison, part, place)


def _wording(catalogue: Catalogue, comparison: Comparison, verdict: Verdict, place: PlaceOf) -> Iterator[Problem]:
    """Whether there is a verdict at all, and whether it may tell the reader to choose."""
    if not (verdict.summary or verdict.conditions or catalogue.lacks("comparison", comparison.id, "verdict")):
        at = place("comparison", comparison.id, ("verdict",), key=True)
        yield Problem(at, Code.MISSING_KEY, '"verdict" says nothing', "add a summary or conditions, or remove it")
    chosen = partial(place, "comparison", comparison.id, ("verdict", "choose"), key=True)
    if verdict.choose and not comparison.relation.may_choose:
        message = f'"choose" in a comparison whose relation is "{comparison.relation}"'
        yield Problem(chosen(), Code.MAY_NOT_CHOOSE, message, 'write "use" and say when each is used')
    elif verdict.choose and verdict.use:
        yield Problem(chosen(), Code.CHOOSE_AND_USE, 'the verdict has both "choose" and "use"', "keep one of them")


def _conditions(catalogue: Catalogue, comparison: Comparison, part: str, place: PlaceOf) -> Iterator[Problem]:
    shown = _Shown.by(catalogue, comparison)
    for side, conditions in getattr(comparison.verdict, part).items():
        at: Location = ("verdict", part, side)
        owner = ("comparison", comparison.id)
        yield from not_compared(catalogue, comparison, partial(place, *owner, at, key=True), side)
        for number, condition in enumerate(conditions):
            for position, reason in enumerate(condition.because):
                yield from shown.problems(reason, partial(place, *owner, (*at, number, "because", position)))


def _silence(comparison: Comparison, part: str, place: PlaceOf) -> Iterator[Problem]:
    """A side of which the conditions say nothing, unless they speak of somebody else in its stead."""
    by_side = getattr(comparison.verdict, part)
    if not by_side or not set(by_side) <= set(comparison.technologies):
        return
    if silent := [f'"{side}"' for side in comparison.technologies if not by_side.get(side)]:
        at = place("comparison", comparison.id, ("verdict", part), key=True)
        message = f'"{part}" says nothing of {" and ".join(silent)}'
        yield Problem(at, Code.ONE_SIDED, message, "add a condition for every side")
