"""The rules that need more than one record: references, kinds, verdicts bound to rows, unique pairs and ids.

Each rule is a small generator over the catalogue; :func:`check` runs them all and leaves out what cannot be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol

from ..problems import Code, Place, Problem, nearest, unknown
from .catalogue import Catalogue
from .dates import PartialDate
from .model import Comparison, Criterion, Fact, Misconception, Record, Technology, ValueType, number
from .prose import Prose, RoleUse, roles, unsafe
from .read import Location


class PlaceOf(Protocol):
    """Finds the place of a value by object type, id and location in its record."""

    def __call__(self, type_: str, id_: str, location: Location = (), *, key: bool = False) -> Place: ...


def check(catalogue: Catalogue, place: PlaceOf) -> tuple[Catalogue, list[Problem]]:
    """All problems between records, and the catalogue without the comparisons that lack a side."""
    problems = list(chain.from_iterable(rule(catalogue, place) for rule in RULES))
    complete = {
        id_: comparison
        for id_, comparison in catalogue.comparisons.items()
        if all(side in catalogue.technologies for side in comparison.technologies)
    }
    return replace(catalogue, comparisons=complete), problems


Rule = Callable[[Catalogue, PlaceOf], Iterator[Problem]]


# -- criteria --------------------------------------------------------------------------------------------------------------


def kinds_exist(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The kinds of a criterion are kinds that technologies have."""
    for criterion in catalogue.criteria.values():
        for position, kind in enumerate(criterion.kinds):
            if kind not in catalogue.kinds:
                at = place("criterion", criterion.id, ("kinds", position))
                yield unknown(at, Code.UNKNOWN_KIND, kind, "the kind of any technology", catalogue.kinds)


# -- facts -----------------------------------------------------------------------------------------------------------------


def facts_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A fact answers a known criterion that applies, with a value of its type and known sources."""
    for technology in catalogue.technologies.values():
        yield from _known_sources(catalogue, place, "technology", technology.id, (), technology.sources)
        for criterion_id, fact in technology.facts.items():
            at: Location = ("facts", criterion_id)
            yield from _fact(catalogue, place, ("technology", technology.id), technology, at, fact)


def overrides_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """An override is about one of the sides, and fits as any fact does."""
    for comparison in catalogue.comparisons.values():
        for side, facts in comparison.facts.items():
            if side not in comparison.technologies:
                yield _not_compared(place("comparison", comparison.id, ("facts", side), key=True), side, comparison)
                continue
            for criterion_id, fact in facts.items():
                at: Location = ("facts", side, criterion_id)
                technology = catalogue.technologies.get(side)
                yield from _fact(catalogue, place, ("comparison", comparison.id), technology, at, fact)


def _fact(
    catalogue: Catalogue,
    place: PlaceOf,
    owner: tuple[str, str],
    technology: Technology | None,
    at: Location,
    fact: Fact,
) -> Iterator[Problem]:
    criterion_id = str(at[-1])
    yield from _known_sources(catalogue, place, *owner, at, fact.sources)
    criterion = catalogue.criteria.get(criterion_id)
    key = place(*owner, at, key=True)
    if criterion is None:
        yield from _unknown(catalogue, key, "criterion", criterion_id)
        return
    if technology and not applies(criterion, technology):
        yield _not_applicable(key, criterion, technology)
    yield from _value_fits(place(*owner, (*at, "value")), criterion, fact)


def applies(criterion: Criterion, technology: Technology) -> bool:
    """Whether the criterion may be asked of the technology."""
    return not criterion.kinds or technology.kind in criterion.kinds


def _not_applicable(place: Place, criterion: Criterion, technology: Technology) -> Problem:
    message = f'"{criterion.id}" does not apply to {technology.name}, whose kind is "{technology.kind}"'
    return Problem(place, Code.NOT_APPLICABLE, message, "it applies to: " + ", ".join(criterion.kinds))


def _value_fits(place: Place, criterion: Criterion, fact: Fact) -> Iterator[Problem]:
    if fact.value is None:
        return
    if expected := _misfit(criterion.type, fact.value):
        yield Problem(place, Code.INVALID_VALUE, f'"{fact.value}" is not a value of "{criterion.id}"', expected)
    elif criterion.type is ValueType.YES_NO and fact.value == "partial" and not fact.note:
        yield Problem(place, Code.NEEDS_NOTE, '"partial" without a note', "say in what way: note: …")


def _misfit(type_: ValueType, value: str) -> str:
    """What was expected, when the value is not of the criterion's type."""
    if type_ is ValueType.YES_NO and value not in {"yes", "partial", "no"}:
        return nearest(value, ("yes", "partial", "no"))
    if type_ is ValueType.NUMBER and number(value) is None:
        return "expected a number (the unit belongs to the criterion)"
    if type_ is ValueType.DATE:
        try:
            PartialDate.parse(value)
        except ValueError as error:
            return str(error)
    return ""


# -- comparisons -----------------------------------------------------------------------------------------------------------


def sides_exist(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A comparison's sides and its related comparisons have records."""
    for comparison in catalogue.comparisons.values():
        for position, side in enumerate(comparison.technologies):
            at = place("comparison", comparison.id, ("technologies", position))
            yield from _unknown(catalogue, at, "technology", side)
        for position, other in enumerate(comparison.related):
            at = place("comparison", comparison.id, ("related", position))
            yield from _unknown(catalogue, at, "comparison", other)
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


def rows_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The rows of a comparison are known criteria, each once, that apply to at least one side."""
    for comparison in catalogue.comparisons.values():
        shown: set[str] = set()
        for location, row in _rows(comparison):
            at = place("comparison", comparison.id, location)
            yield from _row(catalogue, comparison, at, row)
            if row in shown:
                yield Problem(at, Code.DUPLICATE_ENTRY, f'"{row}" is already a row of this comparison')
            shown.add(row)


def _rows(comparison: Comparison) -> Iterator[tuple[Location, str]]:
    for number_, group in enumerate(comparison.criteria):
        for position, row in enumerate(group.rows):
            yield ("criteria", number_, "rows", position), row


def _row(catalogue: Catalogue, comparison: Comparison, at: Place, row: str) -> Iterator[Problem]:
    criterion = catalogue.criteria.get(row)
    if criterion is None:
        yield from _unknown(catalogue, at, "criterion", row)
        return
    sides = [catalogue.technologies[side] for side in comparison.technologies if side in catalogue.technologies]
    if sides and not any(applies(criterion, side) for side in sides):
        yield _not_applicable(at, criterion, sides[0])


def verdicts_are_bound(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A verdict is about the sides, its reasons are rows that are shown, and it chooses only where there is a choice."""
    for comparison in catalogue.comparisons.values():
        if comparison.verdict is None:
            continue
        if comparison.verdict.choose and not comparison.relation.may_choose:
            at = place("comparison", comparison.id, ("verdict", "choose"), key=True)
            message = f'"choose" in a comparison whose relation is "{comparison.relation}"'
            yield Problem(at, Code.MAY_NOT_CHOOSE, message, 'write "use" and say when each is used')
        for part in ("choose", "use"):
            yield from _conditions(comparison, part, place)


def _conditions(comparison: Comparison, part: str, place: PlaceOf) -> Iterator[Problem]:
    for side, conditions in getattr(comparison.verdict, part).items():
        if side not in comparison.technologies:
            yield _not_compared(place("comparison", comparison.id, ("verdict", part, side), key=True), side, comparison)
        for number_, condition in enumerate(conditions):
            for position, reason in enumerate(condition.because):
                if reason not in comparison.rows:
                    at = place("comparison", comparison.id, ("verdict", part, side, number_, "because", position))
                    yield unknown(at, Code.NOT_SHOWN, reason, "a row of this comparison", comparison.rows)


def _not_compared(place: Place, side: str, comparison: Comparison) -> Problem:
    return unknown(place, Code.NOT_COMPARED, side, "a side of this comparison", comparison.technologies)


# -- misconceptions --------------------------------------------------------------------------------------------------------


def misconceptions_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """Misconceptions have ids of their own, known sources, and are about known technologies."""
    first: dict[str, str] = {}
    for type_, owner, sides, misconception in _misconceptions(catalogue):
        at: Location = ("misconceptions", misconception.id)
        yield from _known_sources(catalogue, place, type_, owner, at, misconception.sources)
        for position, about in enumerate(misconception.about):
            if about not in sides:
                where = place(type_, owner, (*at, "about", position))
                yield unknown(where, Code.NOT_COMPARED, about, "what this record is about", sides)
        earlier = first.setdefault(misconception.id, owner)
        if earlier != owner:
            message = f'"{misconception.id}" is already the id of a misconception in "{earlier}"'
            yield Problem(place(type_, owner, at, key=True), Code.DUPLICATE_ID, message)


def _misconceptions(catalogue: Catalogue) -> Iterator[tuple[str, str, Collection[str], Misconception]]:
    for technology in catalogue.technologies.values():
        for misconception in technology.misconceptions.values():
            yield "technology", technology.id, (technology.id,), misconception
    for comparison in catalogue.comparisons.values():
        for misconception in comparison.misconceptions.values():
            yield "comparison", comparison.id, comparison.technologies, misconception


def _known_sources(
    catalogue: Catalogue, place: PlaceOf, type_: str, id_: str, at: Location, sources: Iterable[str]
) -> Iterator[Problem]:
    for position, source in enumerate(sources):
        yield from _unknown(catalogue, place(type_, id_, (*at, "sources", position)), "source", source)


# -- prose -----------------------------------------------------------------------------------------------------------------


def prose_is_safe(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """No text of a record holds what records may not, and its references to other records lead somewhere."""
    for prose in _texts(catalogue):
        yield from unsafe(prose)
        for role in roles(prose):
            if problem := broken_role(catalogue, role):
                yield problem


def broken_role(catalogue: Catalogue, role: RoleUse) -> Problem | None:
    """The problem of a role whose target is not in the catalogue; ``None`` for a good one or a role of others."""
    type_ = role.name.removeprefix("versus:")
    return next(_unknown(catalogue, role.place, type_, role.target), None) if type_ in UNKNOWN else None


UNKNOWN: Mapping[str, tuple[Code, str]] = {
    "technology": (Code.UNKNOWN_TECHNOLOGY, "a technology"),
    "comparison": (Code.UNKNOWN_COMPARISON, "a comparison"),
    "misconception": (Code.UNKNOWN_MISCONCEPTION, "a misconception"),
    "criterion": (Code.UNKNOWN_CRITERION, "a criterion"),
    "fact": (Code.UNKNOWN_FACT, "a fact (technology/criterion)"),
    "source": (Code.UNKNOWN_SOURCE, "a source"),
}
"""How the absence of each object type is told."""


def _unknown(catalogue: Catalogue, place: Place, type_: str, id_: str) -> Iterator[Problem]:
    if id_ not in (known := catalogue.defined[type_]):
        yield unknown(place, UNKNOWN[type_][0], id_, UNKNOWN[type_][1], known)


def _texts(catalogue: Catalogue) -> Iterator[Prose]:
    """Every prose text of the catalogue."""
    lists: Iterable[Iterable[Any]] = (
        catalogue.criteria.values(),
        catalogue.technologies.values(),
        catalogue.comparisons.values(),
    )
    for record in chain.from_iterable(lists):
        yield from _texts_in(record)


def _texts_in(value: Any) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _texts_in(getattr(value, name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from _texts_in(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts_in(entry)


RULES: tuple[Rule, ...] = (
    kinds_exist,
    facts_fit,
    overrides_fit,
    sides_exist,
    pairs_are_unique,
    rows_fit,
    verdicts_are_bound,
    misconceptions_fit,
    prose_is_safe,
)
