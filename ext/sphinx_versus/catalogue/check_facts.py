"""The rules for criteria and for facts, wherever they stand: in a technology, or as a comparison's override."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..problems import Code, Place, Problem, nearest, unknown
from .catalogue import Catalogue
from .document import Location
from .fields import PLACEHOLDER, PartialDate, ValueType, number
from .model import Criterion, Fact, Technology
from .references import PlaceOf, unknown_object, unknown_sources


def kinds_exist(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The kinds of a criterion are kinds that technologies have."""
    for criterion in catalogue.criteria.values() if _knows_all_kinds(catalogue) else ():
        for position, kind in enumerate(criterion.kinds):
            if kind not in catalogue.kinds:
                at = place("criterion", criterion.id, ("kinds", position))
                yield unknown(at, Code.UNKNOWN_KIND, kind, "the kind of any technology", catalogue.kinds)


def _knows_all_kinds(catalogue: Catalogue) -> bool:
    """Whether no kind may be that of a broken record."""
    return "technology" not in catalogue.unread and len(catalogue.technologies) >= len(catalogue.defined["technology"])


def facts_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A fact answers a known criterion that applies, with a value of its type and known sources."""
    for technology in catalogue.technologies.values():
        owner = ("technology", technology.id)
        yield from unknown_sources(catalogue, place, owner, (), technology.sources)
        for criterion_id, fact in technology.facts.items():
            at: Location = ("facts", criterion_id)
            yield from fact_fits(catalogue, place, owner, at, fact)
            criterion = catalogue.criteria.get(criterion_id)
            if criterion and not applies(catalogue, criterion, technology):
                yield _not_applicable(place(*owner, at, key=True), criterion, technology)


def fact_fits(
    catalogue: Catalogue, place: PlaceOf, owner: tuple[str, str], at: Location, fact: Fact
) -> Iterator[Problem]:
    """The rules for the fact at a location of a record, whose last step is its criterion."""
    criterion_id = str(at[-1])
    yield from unknown_sources(catalogue, place, owner, at, fact.sources)
    if criterion := catalogue.criteria.get(criterion_id):
        problem = _value_problem(criterion, fact)
        is_to_be_written = PLACEHOLDER.search(fact.value or "")
        if (
            problem
            and not is_to_be_written
            and not catalogue.lacks(*owner, *at, "note" if problem[0] is Code.NEEDS_NOTE else "value")
        ):
            yield Problem(place(*owner, (*at, "value")), *problem)
    else:
        yield from unknown_object(catalogue, place(*owner, at, key=True), "criterion", criterion_id)


def applies(catalogue: Catalogue, criterion: Criterion, technology: Technology) -> bool:
    """Whether the criterion may be asked of the technology; a kind that is reported as unknown may be any."""
    if not criterion.kinds or technology.kind in criterion.kinds:
        return True
    return _knows_all_kinds(catalogue) and not {*criterion.kinds} <= {*catalogue.kinds}


def _not_applicable(place: Place, criterion: Criterion, technology: Technology) -> Problem:
    message = f'"{criterion.id}" does not apply to {technology.name}, whose kind is "{technology.kind}"'
    return Problem(place, Code.NOT_APPLICABLE, message, "it applies to: " + ", ".join(criterion.kinds))


def _value_problem(criterion: Criterion, fact: Fact) -> tuple[Code, str, str] | None:
    if expected := misfit(criterion.type, fact.value):
        return Code.INVALID_VALUE, f'"{fact.value}" is not a value of "{criterion.id}"', expected
    if criterion.type is ValueType.YES_NO and fact.value == "partial" and not fact.note:
        return Code.NEEDS_NOTE, '"partial" without a note', "say in what way: note: …"
    return None


def misfit(type_: ValueType, value: str | None) -> str:
    """What was expected, when the value is not of the criterion's type; an unknown value always fits."""
    if value is None:
        return ""
    if type_ is ValueType.YES_NO and value not in {"yes", "partial", "no"}:
        return nearest(value, ("yes", "partial", "no"))
    if type_ is ValueType.NUMBER and number(value) is None:
        return "expected digits such as 1200 or 3.5 (the unit belongs to the criterion)"
    if type_ is ValueType.DATE:
        try:
            PartialDate.parse(value)
        except ValueError as error:
            return str(error)
    return ""


def fitting(catalogue: Catalogue, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts without those whose value is not of their criterion's type."""
    asked = catalogue.criteria
    misfits = {id_ for id_, fact in facts.items() if id_ in asked and misfit(asked[id_].type, fact.value)}
    return {id_: fact for id_, fact in facts.items() if id_ not in misfits} if misfits else facts
