"""What depends on facts: the sides of comparisons that choose them by a question, and to which technologies a criterion applies."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import NamedTuple

from .fields import TechnologyStatus
from .model import Comparison, Criterion, Fact, SidesWanted, Technology
from .values import Meaning, is_within, meaning_of


class Found(NamedTuple):
    """What a question for sides finds, by name: their ids, and those of technologies that are listed apart."""

    sides: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    """Discontinued ones, unless the question asks for them or finds fewer than two others."""


def found(
    comparisons: Mapping[str, Comparison], technologies: Mapping[str, Technology], criteria: Mapping[str, Criterion]
) -> dict[str, Found]:
    """What the questions of comparisons find, by the ids of these; however many ask for a value, it is read once."""
    of_kind: dict[str, list[Technology]] = {}
    for technology in technologies.values():
        of_kind.setdefault(technology.kind, []).append(technology)
    meaning = cache(partial(_meaning, criteria))
    asked = ((id_, one.sides) for id_, one in comparisons.items() if one.sides)
    return {id_: _found(wanted, of_kind.get(wanted.kind, ()), meaning) for id_, wanted in asked}


def _meaning(criteria: Mapping[str, Criterion], id_: str, value: str) -> Meaning | None:
    """What a value means; ``None`` for what is reported as wrong."""
    with suppress(KeyError, ValueError):
        return meaning_of(criteria[id_], value)
    return None


def _found(
    wanted: SidesWanted, technologies: Iterable[Technology], meaning: Callable[[str, str], Meaning | None]
) -> Found:
    asked = {id_: [meaning(id_, value) for value in values] for id_, values in wanted.where.items()}

    @cache
    def is_answer(id_: str, value: str) -> bool:
        known = meaning(id_, value)
        return known is not None and any(one is not None and is_within(known, one) for one in asked[id_])

    def is_wanted(technology: Technology) -> bool:
        values = ((id_, fact.value if (fact := technology.facts.get(id_)) else None) for id_ in asked)
        return all(value is not None and is_answer(id_, value) for id_, value in values)

    records = [one for one in technologies if wanted.status in {None, one.status} and is_wanted(one)]
    records.sort(key=lambda one: (one.status is not TechnologyStatus.ACTIVE, one.name.casefold(), one.id))
    ids = tuple(one.id for one in records)
    active = sum(one.status is TechnologyStatus.ACTIVE for one in records)
    return Found(ids[:active], ids[active:]) if active > 1 else Found(ids)


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
