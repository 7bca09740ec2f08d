"""Everything in the data folder, validated, immutable, indexed."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from ..problems import Place
from .model import Comparison, Criterion, Misconception, Published, Source, Technology
from .pairs import NO_PAGE, NONE_DERIVED, Derive, Meeting, Pair, derived_pairs, meetings, pair_of

OBJECT_TYPES = ("technology", "comparison", "misconception", "criterion", "fact", "source")
"""What can be referred to: the object types of the domain, and sources."""
MOST_ANSWERS = 4_096
"""So many answers are kept: the components of a page, and pages read one after another, ask for the same."""


@dataclass(frozen=True)
class Catalogue:
    """The records by id, in a stable order, and where each of them stands."""

    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    technologies: Mapping[str, Technology] = field(default_factory=dict)
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, repr=False)
    """Where a record stands, by object type and id (broken ones too); facts are ``technology/criterion``."""
    unread: frozenset[str] = frozenset()
    """The object types of which some ids are not known, because a file could not be read."""
    derive: Derive = NONE_DERIVED
    """Which pairs of technologies have a page from their facts alone."""
    published: Published | None = None
    """The ids whose addresses are kept; ``None`` when there is no such list, or a broken one."""
    left_out: Mapping[tuple[str, str], Collection[tuple[str | int, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """By object type and id where something that was wrong is not in the record."""

    @cached_property
    def ask(self) -> Callable[..., Any]:
        """Answers a query of :mod:`.query`, called with it and its arguments; the last answers are not looked for again."""

        @lru_cache(MOST_ANSWERS)
        def answer(question: Callable[..., Any], *arguments: Any) -> Any:
            return question(self, *arguments)

        return answer

    def lacks(self, type_: str, id_: str, *at: str | int) -> bool:
        """Whether something was left out at or below a location of a record, so that its absence says nothing."""
        return any(location[: len(at)] == at for location in self.left_out.get((type_, id_), ()))

    @cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """All misconceptions, each with the technologies that it is about filled in."""
        of_technologies = (
            (id_, one, (owner.id,)) for owner in self.technologies.values() for id_, one in owner.misconceptions.items()
        )
        of_comparisons = (
            (id_, one, owner.technologies)
            for owner in self.comparisons.values()
            for id_, one in owner.misconceptions.items()
        )
        found = chain(of_technologies, of_comparisons)
        return {id_: one.model_copy(update={"about": one.about or sides}) for id_, one, sides in found}

    @cached_property
    def misconceptions_by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the misconceptions about each technology, those of pairs included."""
        return _grouped((side, id_) for id_, one in self.misconceptions.items() for side in dict.fromkeys(one.about))

    @cached_property
    def misconception_homes(self) -> Mapping[str, tuple[str, str]]:
        """The object type and id of the record that holds each misconception."""
        homes = {id_: ("technology", one.id) for one in self.technologies.values() for id_ in one.misconceptions}
        homes |= {id_: ("comparison", one.id) for one in self.comparisons.values() for id_ in one.misconceptions}
        return homes

    @cached_property
    def defined(self) -> Mapping[str, Set[str]]:
        """By object type the ids that stand in the data, those of broken records included.

        A reference to a record that is itself reported as broken is not reported a second time. For that reason any id counts
        as defined while a file that may define it cannot be read.
        """
        found: dict[str, set[str]] = {type_: _Any() if type_ in self.unread else set() for type_ in OBJECT_TYPES}
        for type_, id_ in self.places:
            found[type_].add(id_)
        found["comparison"].update(self.derived)
        return found

    @cached_property
    def derived(self) -> Mapping[str, Pair]:
        """The derived pairs by id, sorted; where there is a record, broken or not, there is none."""
        taken = {id_ for type_, id_ in self.places if type_ == "comparison"}
        return derived_pairs(self.derive, self.technologies, self.comparisons, taken)

    @cached_property
    def derived_by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the derived pairs of each technology, sorted."""
        return _grouped((side, id_) for id_, pair in self.derived.items() for side in pair)

    @cached_property
    def meetings(self) -> Mapping[Pair, Meeting]:
        """The page of each two technologies that have one together."""
        return meetings(self.comparisons, self.derived)

    @cached_property
    def compared(self) -> Mapping[str, object]:
        """What has a page of a comparison, by id: the records and the derived pairs."""
        return ChainMap[str, object](dict(self.comparisons), dict(self.derived))

    def sides_of(self, comparison: str) -> tuple[str, ...]:
        """The ids of the sides of a comparison or a derived pair; none of anything else."""
        record = self.comparisons.get(comparison)
        return record.technologies if record else self.derived.get(comparison, ())

    def meeting(self, first: str, second: str) -> Meeting:
        """The page that two technologies have together, if any."""
        return self.meetings.get(pair_of(first, second), NO_PAGE)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the technologies, sorted."""
        return tuple(sorted({technology.kind for technology in self.technologies.values()}))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the comparisons, sorted: their own, or the names with "vs" between them."""
        titles = {id_: self.title(one) for id_, one in self.comparisons.items()}
        return dict(sorted(titles.items(), key=lambda entry: (entry[1].casefold(), entry[0])))

    @cached_property
    def comparisons_by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the comparisons of each technology, sorted by title."""
        return _grouped((side, id_) for id_ in self.titles for side in self.comparisons[id_].technologies)

    @cached_property
    def comparisons_by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the comparisons in which each kind of technology takes part, sorted by title."""
        return _grouped((kind, id_) for id_ in self.titles for kind in self.kinds_of(id_))

    def kinds_of(self, comparison: str) -> tuple[str, ...]:
        """The kinds of a comparison's sides, sorted."""
        return tuple(sorted({self.technologies[side].kind for side in self.sides_of(comparison)}))

    def title(self, comparison: Comparison) -> str:
        """Its own title, or the names with "vs" between them."""
        return comparison.title or " vs ".join(self.technologies[side].name for side in comparison.technologies)


class _Any(set[str]):
    """The ids that are known, among others that are not."""

    def __contains__(self, id_: object) -> bool:
        return True


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
