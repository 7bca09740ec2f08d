"""The rules that need more than one record: references, kinds, verdicts bound to rows, unique pairs and ids.

A rule is a generator of problems. What merely follows from a reported problem is not reported: where a side, a row or a kind
is unknown, it may be any.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from ..problems import Code, Place, Problem, nearest, unknown
from .catalogue import Catalogue
from .document import Location
from .fields import PLACEHOLDER, PartialDate, ValueType, number
from .model import Comparison, Criterion, Fact, Technology
from .prose import RoleUse
from .published import published_are_kept, redirects_fit
from .references import PlaceOf, broken_role, unknown_object, unknown_sources

At = Callable[[], Place]
"""A place that is looked up when there is a problem."""
OfFacts = TypeVar("OfFacts", Technology, Comparison)


def check(catalogue: Catalogue, place: PlaceOf, roles: Iterable[RoleUse]) -> tuple[Catalogue, list[Problem]]:
    """All problems between records and of what their texts refer to, and the catalogue without what cannot be shown.

    That is a comparison that lacks a side, and a fact whose value is not of its criterion's type.
    """
    problems = [problem for rule in RULES for problem in rule(catalogue, place)]
    for comparison in catalogue.comparisons.values():
        problems += [problem for rule in RULES_OF_COMPARISONS for problem in rule(catalogue, comparison, place)]
    problems += [problem for role in roles for problem in broken_role(catalogue, role)]
    technologies = {
        id_: _with_facts(record, _fitting(catalogue, record.facts)) for id_, record in catalogue.technologies.items()
    }
    comparisons = {
        id_: _with_facts(record, {side: _fitting(catalogue, facts) for side, facts in record.facts.items()})
        for id_, record in catalogue.comparisons.items()
        if all(side in technologies for side in record.technologies)
    }
    return replace(catalogue, technologies=technologies, comparisons=comparisons), problems


def _with_facts(record: OfFacts, facts: Mapping[str, object]) -> OfFacts:
    return record if facts == record.facts else record.model_copy(update={"facts": facts})


def _fitting(catalogue: Catalogue, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts without those whose value is not of their criterion's type."""
    asked = catalogue.criteria
    return {id_: fact for id_, fact in facts.items() if id_ not in asked or not _misfit(asked[id_].type, fact.value)}


# -- criteria and facts ----------------------------------------------------------------------------------------------------


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
        for id_, fact in technology.facts.items():
            at: Location = ("facts", id_)
            yield from _fact_fits(catalogue, place, owner, at, fact)
            criterion = catalogue.criteria.get(id_)
            if criterion and not _applies(catalogue, criterion, technology):
                message = f'"{id_}" does not apply to {technology.name}, whose kind is "{technology.kind}"'
                hint = "it applies to: " + ", ".join(criterion.kinds)
                yield Problem(place(*owner, at, key=True), Code.NOT_APPLICABLE, message, hint)


def _fact_fits(
    catalogue: Catalogue, place: PlaceOf, owner: tuple[str, str], at: Location, fact: Fact
) -> Iterator[Problem]:
    """The rules for the fact at a location of a record, whose last step is its criterion."""
    id_ = str(at[-1])
    yield from unknown_sources(catalogue, place, owner, at, fact.sources)
    criterion = catalogue.criteria.get(id_)
    if criterion is None:
        yield from unknown_object(catalogue, place(*owner, at, key=True), "criterion", id_)
        return
    is_partial = criterion.type is ValueType.YES_NO and fact.value == "partial"
    expected = _misfit(criterion.type, fact.value)
    if expected and not PLACEHOLDER.search(fact.value or "") and not catalogue.lacks(*owner, *at, "value"):
        message = f'"{fact.value}" is not a value of "{id_}"'
        yield Problem(place(*owner, (*at, "value")), Code.INVALID_VALUE, message, expected)
    elif is_partial and not fact.note and not catalogue.lacks(*owner, *at, "note"):
        message, hint = '"partial" without a note', "say in what way: note: …"
        yield Problem(place(*owner, (*at, "value")), Code.NEEDS_NOTE, message, hint)


def _applies(catalogue: Catalogue, criterion: Criterion, technology: Technology) -> bool:
    """Whether the criterion may be asked of the technology; a kind that is reported as unknown may be any."""
    if not criterion.kinds or technology.kind in criterion.kinds:
        return True
    return _knows_all_kinds(catalogue) and not {*criterion.kinds} <= {*catalogue.kinds}


def _misfit(type_: ValueType, value: str | None) -> str:
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


# -- all comparisons -------------------------------------------------------------------------------------------------------


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
    first: dict[str, Comparison] = {}
    for comparison in catalogue.comparisons.values():
        if all(side in catalogue.technologies for side in comparison.technologies):
            title = catalogue.title(comparison)
            earlier = first.setdefault(title.casefold(), comparison)
            if set(earlier.technologies) != set(comparison.technologies):
                message = f'"{title}" is the title of "{earlier.id}" as well'
                at = place("comparison", comparison.id, ("title",))
                yield Problem(at, Code.DUPLICATE_TITLE, message, "give one of them a title of its own")


# -- one comparison --------------------------------------------------------------------------------------------------------


def sides_exist(catalogue: Catalogue, comparison: Comparison, place: PlaceOf) -> Iterator[Problem]:
    """A comparison's sides and its related comparisons have records."""
    for position, side in enumerate(comparison.technologies):
        if side not in catalogue.technologies:
            at = place("comparison", comparison.id, ("technologies", position))
            yield from unknown_object(catalogue, at, "technology", side)
    for position, other in enumerate(comparison.related):
        if other == comparison.id:
            at = place("comparison", comparison.id, ("related", position))
            yield Problem(at, Code.DUPLICATE_ENTRY, f'"{other}" is this comparison itself', "remove it")
        elif other not in catalogue.defined["comparison"]:
            at = place("comparison", comparison.id, ("related", position))
            yield from unknown_object(catalogue, at, "comparison", other)


def rows_fit(catalogue: Catalogue, comparison: Comparison, place: PlaceOf) -> Iterator[Problem]:
    """Rows are known criteria, each once, that apply to at least one side; the groups have headings of their own."""
    sides = [catalogue.technologies.get(side) for side in comparison.technologies]
    groups: set[str] = set()
    shown: set[str] = set()
    for number_, group in enumerate(comparison.criteria):
        if group.group in groups:
            at = place("comparison", comparison.id, ("criteria", number_, "group"))
            message = f'"{group.group}" is already the heading of a group'
            yield Problem(at, Code.DUPLICATE_ENTRY, message, "merge the two groups")
        groups.add(group.group)
        for position, row in enumerate(group.rows):
            in_row = partial(place, "comparison", comparison.id, ("criteria", number_, "rows", position))
            criterion = catalogue.criteria.get(row)
            if criterion is None:
                yield from unknown_object(catalogue, in_row(), "criterion", row)
            elif all(side and not _applies(catalogue, criterion, side) for side in sides):
                message = f'"{row}" applies to no side of this comparison'
                hint = "it applies to: " + ", ".join(criterion.kinds)
                yield Problem(in_row(), Code.NOT_APPLICABLE, message, hint)
            if row in shown:
                message = f'"{row}" is already a row of this comparison'
                yield Problem(in_row(), Code.DUPLICATE_ENTRY, message, "remove it")
            shown.add(row)


def overrides_fit(catalogue: Catalogue, comparison: Comparison, place: PlaceOf) -> Iterator[Problem]:
    """An override is about one of the sides and a row that is shown, and fits as any fact does."""
    owner = ("comparison", comparison.id)
    for side, facts in comparison.facts.items():
        yield from _not_compared(catalogue, comparison, side, partial(place, *owner, ("facts", side), key=True))
        for criterion, fact in facts.items():
            at: Location = ("facts", side, criterion)
            yield from _fact_fits(catalogue, place, owner, at, fact)
            if criterion in catalogue.criteria:
                yield from _not_shown(catalogue, comparison, criterion, partial(place, *owner, at, key=True))


def verdicts_speak(catalogue: Catalogue, comparison: Comparison, place: PlaceOf) -> Iterator[Problem]:
    """A verdict says something, and it chooses only where there is a choice."""
    verdict, at = comparison.verdict, partial(place, "comparison", comparison.id, key=True)
    if verdict is None:
        return
    says_something = verdict.question or verdict.answer or verdict.summary or verdict.conditions
    if not (says_something or catalogue.lacks("comparison", comparison.id, "verdict")):
        hint = "add a summary or conditions, or remove it"
        yield Problem(at(("verdict",)), Code.MISSING_KEY, '"verdict" says nothing', hint)
    if verdict.choose and not comparison.relation.may_choose:
        message = f'"choose" in a comparison whose relation is "{comparison.relation}"'
        hint = 'write "use" and say when each is used'
        yield Problem(at(("verdict", "choose")), Code.MAY_NOT_CHOOSE, message, hint)
    elif verdict.choose and verdict.use:
        message = 'the verdict has both "choose" and "use"'
        yield Problem(at(("verdict", "choose")), Code.CHOOSE_AND_USE, message, "keep one of them")


def verdicts_are_bound(catalogue: Catalogue, comparison: Comparison, place: PlaceOf) -> Iterator[Problem]:
    """A verdict speaks of every side, and its reasons are rows that are shown."""
    owner = ("comparison", comparison.id)
    if comparison.verdict:
        yield from _names_each_side(catalogue, comparison, ("verdict", "answer"), comparison.verdict.answer, place)
    for part in ("choose", "use") if comparison.verdict else ():
        by_side = getattr(comparison.verdict, part)
        for side, conditions in by_side.items():
            at: Location = ("verdict", part, side)
            yield from _not_compared(catalogue, comparison, side, partial(place, *owner, at, key=True))
            for number_, condition in enumerate(conditions):
                for position, reason in enumerate(condition.because):
                    because = partial(place, *owner, (*at, number_, "because", position))
                    yield from _not_shown(catalogue, comparison, reason, because)
        silent = [f'"{side}"' for side in comparison.technologies if not by_side.get(side)]
        # a condition for another technology may be meant for the silent side
        is_whole = set(by_side) <= set(comparison.technologies) and not catalogue.lacks(*owner, "verdict", part)
        if by_side and silent and is_whole:
            message = f'"{part}" says nothing of {" and ".join(silent)}'
            place_ = place(*owner, ("verdict", part), key=True)
            yield Problem(place_, Code.ONE_SIDED, message, "add a condition for every side")


def topics_name_sides(catalogue: Catalogue, comparison: Comparison, place: PlaceOf) -> Iterator[Problem]:
    """The leads of a topic are about the sides, and about every one of them."""
    for id_, topic in comparison.topics.items():
        yield from _names_each_side(catalogue, comparison, ("topics", id_, "leads"), topic.leads, place)


def _names_each_side(
    catalogue: Catalogue, comparison: Comparison, at: Location, by_side: Collection[str], place: PlaceOf
) -> Iterator[Problem]:
    """The problems of a mapping by technology whose keys have to be the sides."""
    owner = ("comparison", comparison.id)
    for side in by_side:
        yield from _not_compared(catalogue, comparison, side, partial(place, *owner, (*at, side), key=True))
    silent = [f'"{side}"' for side in comparison.technologies if side not in by_side]
    is_whole = set(by_side) <= set(comparison.technologies) and not catalogue.lacks(*owner, *at)
    if by_side and silent and is_whole:
        message = f'"{at[-1]}" says nothing of {" and ".join(silent)}'
        yield Problem(place(*owner, at, key=True), Code.ONE_SIDED, message, "add a line for every side")


def _not_compared(catalogue: Catalogue, comparison: Comparison, side: str, at: At) -> Iterator[Problem]:
    """The problem of a technology that is not a side, unless one of the sides is unknown and may be the one."""
    sides = comparison.technologies
    if side not in sides and all(known in catalogue.defined["technology"] for known in sides):
        yield unknown(at(), Code.NOT_COMPARED, side, "a side of this comparison", sides)


def _not_shown(catalogue: Catalogue, comparison: Comparison, criterion: str, at: At) -> Iterator[Problem]:
    """The problem of a criterion that is not a row, unless a row is unknown or left out and may be the one."""
    rows = {*comparison.rows}
    if criterion in rows or catalogue.lacks("comparison", comparison.id, "criteria"):
        return
    if all(row in catalogue.defined["criterion"] for row in rows):
        yield unknown(at(), Code.NOT_SHOWN, criterion, "a row of this comparison", rows)


# -- misconceptions --------------------------------------------------------------------------------------------------------


def misconceptions_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """Misconceptions have ids of their own, known sources, and are about what their record is about."""
    first: dict[str, tuple[str, str]] = {}
    records: list[Technology | Comparison] = [*catalogue.technologies.values(), *catalogue.comparisons.values()]
    for record in records:
        owner = ("comparison" if isinstance(record, Comparison) else "technology", record.id)
        for id_, misconception in record.misconceptions.items():
            at: Location = ("misconceptions", id_)
            yield from unknown_sources(catalogue, place, owner, at, misconception.sources)
            for position, about in enumerate(misconception.about):
                in_about = partial(place, *owner, (*at, "about", position))
                if isinstance(record, Comparison):
                    yield from _not_compared(catalogue, record, about, in_about)
                elif about != record.id:
                    what = "the technology of this record"
                    yield unknown(in_about(), Code.NOT_COMPARED, about, what, [record.id])
            earlier = first.setdefault(id_, owner)
            if earlier != owner:
                message = f'"{id_}" is already the id of a misconception of the {earlier[0]} "{earlier[1]}"'
                yield Problem(place(*owner, at, key=True), Code.DUPLICATE_ID, message, "rename one of them")


RULES: tuple[Callable[[Catalogue, PlaceOf], Iterator[Problem]], ...] = (
    *(kinds_exist, facts_fit, pairs_are_unique, titles_are_unique, misconceptions_fit),
    *(published_are_kept, redirects_fit),
)
RULES_OF_COMPARISONS: tuple[Callable[[Catalogue, Comparison, PlaceOf], Iterator[Problem]], ...] = (
    *(sides_exist, rows_fit, overrides_fit, topics_name_sides, verdicts_speak, verdicts_are_bound),
)
