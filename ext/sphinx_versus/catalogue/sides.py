"""The sides of comparisons that choose them by a question: those of a kind, with some facts, that go on or not."""

from collections.abc import Mapping

from .fields import TechnologyStatus
from .model import Comparison, Criterion, Fact, SidesWanted, Technology
from .values import fits


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
    return all(_answers(technology.facts.get(id_), criteria.get(id_), value) for id_, value in wanted.where.items())


def _answers(fact: Fact | None, criterion: Criterion | None, value: str) -> bool:
    return bool(fact and criterion and fact.value is not None and fits(criterion, fact.value, value))
