"""What depends on facts: the sides of comparisons that choose them by a question, and to which technologies a criterion applies."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from .fields import TechnologyStatus
from .model import Comparison, Criterion, Fact, SidesWanted, Technology
from .values import Meaning, fits, is_within, meaning_of


def with_sides(
    comparisons: Mapping[str, Comparison], technologies: Mapping[str, Technology], criteria: Mapping[str, Criterion]
) -> dict[str, Comparison]:
    """The comparisons, each with the technologies that its question finds, if it has one."""
    return {
        id_: one.model_copy(update={"technologies": found(one.sides, technologies, criteria)[0]}) if one.sides else one
        for id_, one in comparisons.items()
    }


def found(
    wanted: SidesWanted, technologies: Mapping[str, Technology], criteria: Mapping[str, Criterion]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the sides that a question finds, by name, and of those that are listed apart because they are discontinued.

    Those are sides when the question asks for them, or finds fewer than two others.
    """
    records = [one for one in technologies.values() if _is_wanted(one, wanted, criteria)]
    records.sort(key=lambda one: (one.status is not TechnologyStatus.ACTIVE, one.name.casefold(), one.id))
    ids = tuple(one.id for one in records)
    active = sum(one.status is TechnologyStatus.ACTIVE for one in records)
    return (ids[:active], ids[active:]) if active > 1 else (ids, ())


def _is_wanted(technology: Technology, wanted: SidesWanted, criteria: Mapping[str, Criterion]) -> bool:
    if technology.kind != wanted.kind or wanted.status not in {None, technology.status}:
        return False
    return all(_answers(technology.facts.get(id_), criteria.get(id_), values) for id_, values in wanted.where.items())


def _answers(fact: Fact | None, criterion: Criterion | None, values: Iterable[str]) -> bool:
    """Whether a fact has one of some values."""
    value = fact.value if fact else None
    return criterion is not None and value is not None and any(fits(criterion, value, one) for one in values)


class Need(NamedTuple):
    """What another fact has to say, so that a criterion applies: one of some meanings."""

    criterion: Criterion
    wanted: tuple[Meaning, ...]


def needs(asked: Criterion, criteria: Mapping[str, Criterion]) -> tuple[Need, ...]:
    """What a criterion needs in other facts; what is reported as wrong in it is nothing."""
    found = []
    for id_, wanted in asked.where.items():
        criterion = criteria.get(id_)
        with suppress(ValueError):
            if criterion:
                found.append(Need(criterion, tuple(meaning_of(criterion, one) for one in wanted)))
    return tuple(found)


def applies(needed: Iterable[Need], fact_of: Callable[[str], Fact | None]) -> bool:
    """Whether a criterion may be asked of a technology, by its other facts; where these say nothing, it may."""
    for criterion, wanted in needed:
        fact = fact_of(criterion.id)
        with suppress(ValueError):  # the value is reported
            if fact and fact.value is not None:
                found = meaning_of(criterion, fact.value)
                if not any(is_within(found, one) for one in wanted):
                    return False
        if fact and fact.not_applicable:
            return False
    return True
