"""The rules that need more than one record: references, kinds, verdicts bound to rows, unique pairs and ids.

Each rule is a small generator over the catalogue; :func:`check` runs them all and leaves out what cannot be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from ..problems import Code, Problem, unknown
from .catalogue import Catalogue
from .check_comparisons import (
    groups_are_unique,
    not_compared,
    overrides_fit,
    pairs_are_unique,
    rows_fit,
    sides_exist,
    titles_are_unique,
    verdicts_are_bound,
)
from .check_facts import facts_fit, fitting, kinds_exist
from .document import Location
from .model import Comparison, Misconception, Technology
from .prose import RoleUse
from .published import published_are_kept, redirects_fit
from .references import UNKNOWN, PlaceOf, broken_role, unknown_sources

__all__ = ["RULES", "UNKNOWN", "check"]


def check(catalogue: Catalogue, place: PlaceOf, roles: Iterable[RoleUse]) -> tuple[Catalogue, list[Problem]]:
    """All problems between records and of what their texts refer to, and the catalogue without what cannot be shown.

    That is a comparison that lacks a side, and a fact whose value is not of its criterion's type.
    """
    problems = list(chain.from_iterable(rule(catalogue, place) for rule in RULES))
    problems += chain.from_iterable(broken_role(catalogue, role) for role in roles)
    technologies = {id_: _fitting(catalogue, record) for id_, record in catalogue.technologies.items()}
    comparisons = {
        id_: _fitting_overrides(catalogue, record)
        for id_, record in catalogue.comparisons.items()
        if all(side in technologies for side in record.technologies)
    }
    return replace(catalogue, technologies=technologies, comparisons=comparisons), problems


def _fitting(catalogue: Catalogue, technology: Technology) -> Technology:
    facts = fitting(catalogue, technology.facts)
    return technology if facts is technology.facts else technology.model_copy(update={"facts": facts})


def _fitting_overrides(catalogue: Catalogue, comparison: Comparison) -> Comparison:
    facts = {side: fitting(catalogue, facts) for side, facts in comparison.facts.items()}
    if all(facts[side] is comparison.facts[side] for side in facts):
        return comparison
    return comparison.model_copy(update={"facts": facts})


# -- misconceptions --------------------------------------------------------------------------------------------------------


def misconceptions_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """Misconceptions have ids of their own, known sources, and are about what their record is about."""
    first: dict[str, tuple[str, str]] = {}
    for type_, record, misconception in _misconceptions(catalogue):
        owner, at = (type_, record.id), ("misconceptions", misconception.id)
        yield from unknown_sources(catalogue, place, owner, at, misconception.sources)
        yield from _about(catalogue, place, record, misconception)
        earlier = first.setdefault(misconception.id, owner)
        if earlier != owner:
            message = f'"{misconception.id}" is already the id of a misconception of the {earlier[0]} "{earlier[1]}"'
            yield Problem(place(*owner, at, key=True), Code.DUPLICATE_ID, message, "rename one of them")


def _about(
    catalogue: Catalogue, place: PlaceOf, record: Technology | Comparison, misconception: Misconception
) -> Iterator[Problem]:
    for position, about in enumerate(misconception.about):
        at: Location = ("misconceptions", misconception.id, "about", position)
        if isinstance(record, Comparison):
            yield from not_compared(catalogue, record, partial(place, "comparison", record.id, at), about)
        elif about != record.id:
            where = place("technology", record.id, at)
            yield unknown(where, Code.NOT_COMPARED, about, "the technology of this record", [record.id])


def _misconceptions(catalogue: Catalogue) -> Iterator[tuple[str, Technology | Comparison, Misconception]]:
    for technology in catalogue.technologies.values():
        for misconception in technology.misconceptions.values():
            yield "technology", technology, misconception
    for comparison in catalogue.comparisons.values():
        for misconception in comparison.misconceptions.values():
            yield "comparison", comparison, misconception


Rule = Callable[[Catalogue, PlaceOf], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    kinds_exist,
    facts_fit,
    sides_exist,
    pairs_are_unique,
    titles_are_unique,
    rows_fit,
    groups_are_unique,
    overrides_fit,
    verdicts_are_bound,
    misconceptions_fit,
    published_are_kept,
    redirects_fit,
)
