"""Everything in the data folder, validated, immutable, indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from ..problems import Place
from .model import Comparison, Criterion, Misconception, Source, Technology

OBJECT_TYPES = ("technology", "comparison", "misconception", "criterion", "fact", "source")
"""What can be referred to: the object types of the domain, and sources."""


@dataclass(frozen=True)
class Catalogue:
    """The records by id, in a stable order, and where each of them stands."""

    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    technologies: Mapping[str, Technology] = field(default_factory=dict)
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, repr=False)
    """Where a record stands, by object type and id; facts are ``technology/criterion``."""

    @cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """All misconceptions, each with the technologies that it is about filled in."""
        return dict(self._misconceptions())

    @cached_property
    def misconception_homes(self) -> Mapping[str, tuple[str, str]]:
        """The object type and id of the record that holds each misconception."""
        of_technologies = {
            id_: ("technology", owner.id) for owner in self.technologies.values() for id_ in owner.misconceptions
        }
        of_comparisons = {
            id_: ("comparison", owner.id) for owner in self.comparisons.values() for id_ in owner.misconceptions
        }
        return {**of_technologies, **of_comparisons}

    @cached_property
    def defined(self) -> Mapping[str, Set[str]]:
        """By object type the ids that stand in the data, those of broken records included.

        A reference to a record that is itself reported as broken is not reported a second time.
        """
        found: dict[str, set[str]] = {type_: set() for type_ in OBJECT_TYPES}
        for type_, id_ in self.places:
            found[type_].add(id_)
        return found

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the technologies, sorted."""
        return tuple(sorted({technology.kind for technology in self.technologies.values()}))

    def _misconceptions(self) -> Iterator[tuple[str, Misconception]]:
        for technology in self.technologies.values():
            yield from _about(technology.misconceptions, (technology.id,))
        for comparison in self.comparisons.values():
            yield from _about(comparison.misconceptions, comparison.technologies)


def _about(
    misconceptions: Mapping[str, Misconception], technologies: tuple[str, ...]
) -> Iterator[tuple[str, Misconception]]:
    for id_, misconception in misconceptions.items():
        named = misconception.about or technologies
        yield id_, misconception.model_copy(update={"about": named})
