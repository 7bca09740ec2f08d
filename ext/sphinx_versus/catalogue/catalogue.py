"""Everything in the data folder, validated, immutable, indexed."""

import re
from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from itertools import chain
from typing import Any, TypeVar, cast

from ..problems import Code, Hint, Place, Problem, closest, meant_by, nearest
from .fields import ID_PATTERN, MAX_ID, bare_address, comparable, kind_heading
from .model import Comparison, Criterion, Misconception, Published, Source, Technology
from .pairs import (
    NO_PAGE,
    NONE_DERIVED,
    Derive,
    DerivedPairs,
    Pair,
    PairPage,
    derived_pairs,
    pair_of,
    pair_pages,
    sides_in,
)

V = TypeVar("V")
UNKNOWN: Mapping[str, tuple[Code, str]] = {
    "technology": (Code.UNKNOWN_TECHNOLOGY, "a technology"),
    "comparison": (Code.UNKNOWN_COMPARISON, "a comparison"),
    "misconception": (Code.UNKNOWN_MISCONCEPTION, "a misconception"),
    "criterion": (Code.UNKNOWN_CRITERION, "a criterion"),
    "fact": (Code.UNKNOWN_FACT, "a fact (technology/criterion)"),
    "source": (Code.UNKNOWN_SOURCE, "a source"),
}
"""By object type (of the domain, and sources) the code and the words for an absent one."""
MOST_ANSWERS = 2_048
"""So many answers to each question are kept: the components of a page, and pages read one after another, ask for the same."""

_AN_ID = re.compile(rf"{ID_PATTERN}(?:/{ID_PATTERN})?")
"""What a hint may name: a broken record may have another id."""
_MOST_ODD = 20
"""Of a technology with more facts of unknown criteria, each of these may be any fact."""


@dataclass(frozen=True)
class Catalogue:
    """The records by id, in a stable order, and where each of them stands."""

    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    technologies: Mapping[str, Technology] = field(default_factory=dict)
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By comparisons by a question the discontinued technologies that they list apart."""
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, repr=False)
    """Where a record stands, by object type and id (broken ones too); facts are ``technology/criterion``."""
    unread: frozenset[str] = frozenset()
    """The object types of which some ids are not known, because a file could not be read."""
    derive: Derive = NONE_DERIVED
    """Which pairs of technologies have a page from their facts alone."""
    published: Published | None = None
    """The ids whose addresses are kept; ``None`` when there is no such list, or a broken one."""
    left_out: Mapping[tuple[str, str], Set[tuple[str | int, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """By object type and id where something that was wrong is not in the record, or is in doubt because of a reported problem."""
    missed: Set[tuple[str, str]] = field(default=frozenset(), repr=False, compare=False)
    """Object types and ids to which records refer although there are none, which is reported."""

    @cached_property
    def ask(self) -> Callable[..., Any]:
        """Answers a query of :mod:`.query`, called with it and its arguments; the last answers are not looked for again."""

        @cache
        def answers(question: Callable[..., Any]) -> Callable[..., Any]:
            return lru_cache(MOST_ANSWERS)(partial(question, self))

        return lambda question, *arguments: answers(question)(*arguments)

    def lacks(self, *at: str | int) -> bool:
        """Whether something was left out at, above or below a location (object type, id, …), so that its absence means nothing."""
        key, inner = (str(at[0]), str(at[1])), at[2:]
        left_out = self.left_out.get(key)
        if not left_out:
            return False
        if key not in self._around_left_out:
            self._around_left_out[key] = {one[:length] for one in left_out for length in range(len(one) + 1)}
        return inner in self._around_left_out[key] or any(inner[:length] in left_out for length in range(len(inner)))

    @cached_property
    def _around_left_out(self) -> dict[tuple[str, str], set[tuple[str | int, ...]]]:
        """By object type and id, as soon as it is asked for, where something was left out, and what that lies in."""
        return {}

    def unknown(self, place: Place, type_: str, id_: str) -> Problem:
        """The problem of an id that is not defined; of a fact, that of its technology if there is none."""
        technology = id_.partition("/")[0]
        if type_ == "fact" and not (
            technology in self.defined["technology"] or self._turned(id_) or self.with_slash(id_)
        ):
            type_, id_ = "technology", technology
        code, what = UNKNOWN[type_]
        return Problem(place, code, f'"{id_}" is not {what}', Hint(id_, partial(self.hint, type_, id_)))

    def hint(self, type_: str, id_: str) -> str:
        """Which record is probably meant by an id: the one of that name, the pair in the other order, or the nearest."""
        meant = self.named(id_, type_) or (self._turned(id_) or self.with_slash(id_) if type_ == "fact" else "")
        if type_ == "comparison":
            meant = next(filter(None, (self.pair_page(*pair).comparison for pair in sides_in(id_))), "")
        parts = re.split(r"[;\s]+", id_.strip("; "))
        if len(parts) > 1 and all(part in self.defined[type_] for part in parts):
            return f'did you mean "{", ".join(parts)}"?'
        if type_ == "fact" and not meant:
            technology, _, criterion = id_.partition("/")
            if own := {one.partition("/")[2]: one for one in self.defined["fact"] if one.startswith(f"{technology}/")}:
                near = meant_by(criterion, sorted(own))
                return f'did you mean "{own[near]}"?' if near else nearest(id_, own.values(), 1)
        return f'did you mean "{meant}"?' if meant else nearest(id_, filter(_AN_ID.fullmatch, self.defined[type_]))

    def with_slash(self, words: str) -> str:
        """The fact whose two parts have another sign between them; empty when there is none."""
        if len(words) > 3 * MAX_ID:  # longer than any fact, with several signs between
            return ""
        ways = (f"{words[: at.start()]}/{words[at.end() :]}" for at in re.finditer(r"[.:, -]+", words))
        return next((way for way in ways if way in self.defined["fact"]), "")

    def _turned(self, fact: str) -> str:
        """The fact whose id has its two parts in the other order; empty when there is none."""
        criterion, _, technology = fact.partition("/")
        turned = f"{technology}/{criterion}"
        return turned if turned in self.defined["fact"] else ""

    def named(self, words: str, *types: str) -> str:
        """The id of a record by its name, title or address, which are unlike ids; empty when there is none."""
        found = (self._ids_by_name.get((type_, comparable(bare_address(words)))) for type_ in types)
        return next(filter(None, found), "")

    @cached_property
    def _ids_by_name(self) -> Mapping[tuple[str, str], str]:
        named: Iterable[tuple[str, str, Iterable[str | None]]] = chain(
            (("technology", one.id, (one.name, *one.synonyms)) for one in self.technologies.values()),
            (("criterion", one.id, (one.name,)) for one in self.criteria.values()),
            (("source", one.id, (one.title, one.url)) for one in self.sources.values()),
            (("misconception", id_, (one.claim,)) for id_, one in self.misconceptions.items()),
        )
        return {(type_, comparable(bare_address(word))): id_ for type_, id_, words in named for word in words if word}

    @cached_property
    def paths(self) -> Set[str]:
        """The files of the records, broken ones too."""
        return {place.path for place in self.places.values()}

    @cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """All misconceptions, each with the technologies that it is about filled in."""
        owners = ((one, (one.id,)) for one in self.technologies.values())
        pairs = ((one, one.technologies) for one in self.comparisons.values())
        return {
            id_: misconception.model_copy(update={"about": misconception.about or sides})
            for owner, sides in chain[tuple[Technology | Comparison, tuple[str, ...]]](owners, pairs)
            for id_, misconception in owner.misconceptions.items()
        }

    @cached_property
    def misconceptions_by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the misconceptions about each technology, those of pairs included."""
        return grouped((side, id_) for id_, one in self.misconceptions.items() for side in dict.fromkeys(one.about))

    @cached_property
    def misconception_homes(self) -> Mapping[str, tuple[str, str]]:
        """The object type and id of the record that holds each misconception."""
        homes = {id_: ("technology", one.id) for one in self.technologies.values() for id_ in one.misconceptions}
        homes |= {id_: ("comparison", one.id) for one in self.comparisons.values() for id_ in one.misconceptions}
        return homes

    @cached_property
    def of_type(self) -> Mapping[str, Collection[str]]:
        """By object type the ids that have a record or, as derived pairs, a page."""
        return {
            "technology": self.technologies,
            "comparison": self.compared,
            "misconception": self.misconceptions,
            "criterion": self.criteria,
            "source": self.sources,
        }

    @cached_property
    def defined(self) -> Mapping[str, Set[str]]:
        """By object type the ids that stand in the data, those of broken records included.

        A reference to a record that is itself reported as broken is not reported a second time. For that reason any id counts
        as defined while a file that may define it cannot be read.
        """
        found: dict[str, set[str]] = {type_: _Any() if type_ in self.unread else set() for type_ in UNKNOWN}
        for type_, id_ in self.places:
            found[type_].add(id_)
        found["comparison"].update(self.derived)
        return found

    def is_expected(self, type_: str, id_: str) -> bool:
        """Whether there is something with an id, or there may be once what is reported is right."""
        if id_ in self.defined[type_] or (type_, id_) in self.missed:
            return True
        if type_ == "fact":
            if id_ not in self._expected_facts:
                self._expected_facts[id_] = self._may_be_fact(*id_.partition("/")[::2])
            return self._expected_facts[id_]
        if type_ == "misconception":
            return any(("misconceptions",) in locations for locations in self.left_out.values())
        return type_ == "comparison" and bool(self.derive) and self.are_unsure(sides_in(id_))

    @cached_property
    def _expected_facts(self) -> dict[str, bool]:
        """What was asked of facts that there are not: many pages may ask it."""
        return {}

    def _may_be_fact(self, technology: str, criterion: str) -> bool:
        """Whether a technology may have a fact once what is reported is right."""
        if technology in self.unsure_technologies or ("criterion", criterion) in self.missed:
            return True
        record = self.technologies.get(technology)
        odd = [one for one in (record.facts if record else ()) if ("criterion", one) in self.missed]
        is_meant = len(odd) > _MOST_ODD or bool(closest(criterion, odd))
        return is_meant or self.lacks("technology", technology, "facts", criterion)

    def are_unsure(self, pairs: Iterable[Pair]) -> bool:
        """Whether one of the pairs may have a page, because of a side that is reported."""
        unsure, known = self.unsure_technologies, self.defined["technology"]
        is_odd = not {*self.derive.kinds} <= {*self.kinds}  # one of them is misspelt, which is reported as well
        for pair in pairs if unsure or is_odd else ():
            shown = self.comparisons.get(self.pair_page(*pair).comparison)
            if is_odd or (shown and shown.sides):  # others may fit its question
                return True
            if not unsure.isdisjoint(pair) and all(side in known or side in unsure for side in pair):
                return True
        return False

    @cached_property
    def unsure_technologies(self) -> Set[str]:
        """The technologies of which something is reported that decides with which others they have a page."""
        answered = {id_.partition("/")[0] for type_, id_ in self.places if type_ == "fact"}
        named = {id_ for type_, id_ in self.places if type_ == "technology"}
        missed = {id_ for type_, id_ in self.missed if type_ == "technology"}
        return missed | {id_ for id_ in named if self._is_unsure(id_, has_facts=id_ in answered)}

    def _is_unsure(self, technology: str, *, has_facts: bool) -> bool:
        record = self.technologies.get(technology)
        if record is None or self.lacks("technology", technology, "kind"):
            return True
        return not record.facts and (has_facts or self.lacks("technology", technology, "facts"))

    @cached_property
    def derivation(self) -> DerivedPairs:
        """The derived pairs, and those whose id is that of something else."""
        broken = {id_ for type_, id_ in self.places if type_ == "comparison"} - self.comparisons.keys()
        return derived_pairs(self.derive, self.technologies, self.comparisons, broken)

    @property
    def derived(self) -> Mapping[str, Pair]:
        """The derived pairs by id, sorted; where there is a record, broken or not, there is none."""
        return self.derivation.by_id

    @cached_property
    def derived_by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the derived pairs of each technology, sorted."""
        return grouped((side, id_) for id_, pair in self.derived.items() for side in pair)

    @cached_property
    def pair_pages(self) -> Mapping[Pair, PairPage]:
        """The page of each two technologies that have one together."""
        return pair_pages(self.comparisons, self.derived)

    @cached_property
    def compared(self) -> Mapping[str, object]:
        """What has a page of a comparison, by id: the records and the derived pairs."""
        written, derived = (cast("dict[str, object]", one) for one in (self.comparisons, self.derived))
        return ChainMap(written, derived)  # of a hundred thousand pairs, no copies are made

    def sides_of(self, comparison: str) -> tuple[str, ...]:
        """The ids of the sides of a comparison or a derived pair; none of anything else."""
        record = self.comparisons.get(comparison)
        return record.technologies if record else self.derived.get(comparison, ())

    def pair_page(self, first: str, second: str) -> PairPage:
        """The page that two technologies have together, if any."""
        return self.pair_pages.get(pair_of(first, second), NO_PAGE)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the technologies, sorted; capitals make no difference."""
        kinds = {technology.kind for technology in self.technologies.values()}
        return tuple(sorted(kinds, key=lambda kind: (kind.casefold(), kind)))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the comparisons, sorted: their own, or the names with "vs" between them."""
        titles = {id_: self.title(one) for id_, one in self.comparisons.items()}
        return dict(sorted(titles.items(), key=lambda entry: (entry[1].casefold(), entry[0])))

    @cached_property
    def comparisons_by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the comparisons of each technology, sorted by title."""
        return grouped((side, id_) for id_ in self.titles for side in self.comparisons[id_].technologies)

    @cached_property
    def comparisons_by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the comparisons in which each kind of technology takes part, sorted by title."""
        return grouped((kind, id_) for id_ in self.titles for kind in self.kinds_of(id_))

    def kinds_of(self, comparison: str) -> tuple[str, ...]:
        """The kinds of a comparison's sides, sorted."""
        return tuple(sorted({self.technologies[side].kind for side in self.sides_of(comparison)}))

    def title(self, comparison: Comparison) -> str:
        """Its own title, or the kind for which it asks, or the names with "vs" between them."""
        if comparison.sides and not comparison.title:
            return kind_heading(comparison.sides.kind)
        return comparison.title or " vs ".join(self.technologies[side].name for side in comparison.technologies)


class _Any(set[str]):
    """The ids that are known, among others that are not."""

    def __contains__(self, id_: object) -> bool:
        return True


def grouped(pairs: Iterable[tuple[str, V]]) -> Mapping[str, tuple[V, ...]]:
    """The values by their keys, both in the order in which they come."""
    groups: dict[str, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
