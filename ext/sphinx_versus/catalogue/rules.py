"""The rules of a catalogue: references, kinds, verdicts bound to rows, unique pairs and ids, published addresses, lengths.

What merely follows from a reported problem is not reported: where a side, a row or a kind is unknown, it may be any.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, takewhile
from typing import Any, Protocol, TypeVar

from ..problems import Code, Hint, Place, Problem, closest, in_order, most_alike, unknown
from .catalogue import UNKNOWN, Catalogue, grouped
from .document import Location
from .fields import (
    PLACEHOLDER,
    PartialDate,
    ValueType,
    bare_address,
    comparable,
    is_reserved,
    kebab_case,
    without_folder,
)
from .markdown import plain_text
from .model import Comparison, Criterion, Defaults, Fact, Named, Release, Source, Statement, Technology
from .pairs import pair_id
from .prose import RoleUse, divided, misspelt_role
from .published import KINDS, lists_of, named_pairs
from .query import comparison_table
from .sides import applies, needs
from .values import absent_technologies, is_later, misfit, nearest_option, odd_words, split_list

OfFacts = TypeVar("OfFacts", Technology, Comparison)
OwnerRecord = Technology | Comparison
LONGEST: Mapping[str, int] = {
    "question": 75,
    "answer": 50,
    "reason": 90,
    "lead": 80,
    "first sentence": 120,
    "value": 200,
}
"""So many characters have room where a page shows a text; a longer one is reported, and shown all the same."""
SLIP = 0.88
"""Words as near as this are one word with a slip of the hand; "sql" and "nosql" are not."""
_ALSO = ", here and in "
MOST_PLACES = 3
"""So many further places of one problem are named."""


def _usual_ids(comparison: Comparison) -> set[str]:
    """The ids that a comparison of its technologies usually has."""
    return {pair_id(comparison.technologies), pair_id(reversed(comparison.technologies))}


class PlaceOf(Protocol):
    """Finds the place of a value, its key or a word in it by object type, id and location in its record."""

    def __call__(self, at: Location, *, key: bool = False, word: str = "") -> Place: ...


def check(
    catalogue: Catalogue, place: PlaceOf, roles: Iterable[RoleUse], images: Mapping[str, Problem | None]
) -> tuple[Catalogue, list[Problem]]:
    """All problems between records and of what their texts refer to, and the catalogue without what cannot be shown.

    That is a comparison that lacks a side, a fact whose value is not of its criterion's type, and a logo that is none of the
    ``images`` in the data folder. The facts that are left have the defaults of their technologies.
    """
    catalogue, lost_logos = _with_images(catalogue, place, images)
    rules = _Rules(catalogue, place)
    rules.check()
    catalogue = rules.catalogue
    broken_roles = [problem for role in roles for problem in _broken_role(catalogue, role)]
    catalogue, between = _without_empty_lists(catalogue, place, once_each([*rules.problems, *broken_roles]))
    problems = [*lost_logos, *between]
    technologies = {
        id_: _with_facts(record, _with_defaults(catalogue, record, _fitting(catalogue, record.facts)))
        for id_, record in catalogue.technologies.items()
    }
    comparisons = {
        id_: _with_facts(record, {side: _fitting(catalogue, facts) for side, facts in record.facts.items()})
        for id_, record in catalogue.comparisons.items()
        if len(record.technologies) > 1
        and not record.excess
        and all(side in technologies for side in record.technologies)
    }
    catalogue = replace(catalogue, technologies=technologies, comparisons=comparisons)
    catalogue = _with_own_ids(catalogue, place, rules.copies)
    return catalogue, [*problems, *_empty_tables(catalogue, place)]


def _owned(records: Iterable[Technology | Comparison], copies: Set[str] = frozenset()) -> list[tuple[str, OwnerRecord]]:
    """The ids of all misconceptions with their records: of two with the same id the one first whose record has more right to it."""
    found = [(id_, record) for record in records for id_ in record.misconceptions]
    return sorted(found, key=lambda one: (one[1].id in copies, one[1].id not in one[0]))


def _with_own_ids(catalogue: Catalogue, place: PlaceOf, copies: Set[str]) -> Catalogue:
    """The catalogue in which no misconception takes the place of one with the same id, which is reported: it has a number behind it."""
    records: list[OwnerRecord] = [*catalogue.technologies.values(), *catalogue.comparisons.values()]
    ids = [id_ for record in records for id_ in record.misconceptions]
    if len(ids) == len({*ids}):  # else their places are wanted, for which files are read again
        return catalogue
    places: dict[tuple[str, str], Place] = {}
    own: dict[tuple[str, str, str], str] = {}
    for id_, record in _owned(records, copies):
        numbered = chain([id_], (f"{id_}-{number}" for number in range(2, len(places) + 3)))
        name = next(one for one in numbered if ("misconception", one) not in places)
        owner = type(record).__name__.lower()
        places["misconception", name] = place((owner, record.id, "misconceptions", id_), key=True)
        own[owner, record.id, id_] = name

    def with_own(type_: str, record: OfFacts) -> OfFacts:
        names = {id_: own[type_, record.id, id_] for id_ in record.misconceptions}
        found = {names[id_]: one.model_copy(update={"id": names[id_]}) for id_, one in record.misconceptions.items()}
        return record.model_copy(update={"misconceptions": found})

    technologies = {id_: with_own("technology", one) for id_, one in catalogue.technologies.items()}
    comparisons = {id_: with_own("comparison", one) for id_, one in catalogue.comparisons.items()}
    return replace(catalogue, technologies=technologies, comparisons=comparisons, places={**catalogue.places, **places})


def _empty_tables(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """The comparisons of which every row is shown only when its answers differ, and none does."""
    for id_, comparison in catalogue.comparisons.items():
        asked = [catalogue.criteria.get(row) for row in comparison.rows]
        if all(one and one.only_when_different for one in asked) and not catalogue.lacks("comparison", id_, "criteria"):
            shown = comparison_table(catalogue, id_)
            if shown and not shown.rows:
                message, hint = (
                    "the table has no row: all answers are alike",
                    "add a row, or a reason that rests on one",
                )
                yield Problem(place(("comparison", id_, "criteria"), key=True), Code.NOT_SHOWN, message, hint)


def once_each(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, of which those about one name that there is not are one: it was renamed, removed or copied."""
    named = {code for code, _ in UNKNOWN.values()}
    in_file = {Code.NOT_SHOWN, Code.NOT_COMPARED}
    alike: dict[object, list[Problem]] = {}
    for one in in_order(problems):
        key = (one.code, one.message, one.place.path if one.code in in_file else "")
        alike.setdefault(key if one.code in named | in_file else one, []).append(one)
    return [in_places(first, [str(one.place) for one in others]) for first, *others in alike.values()]


def in_places(problem: Problem, others: Sequence[str]) -> Problem:
    """A problem with further places of the same, of which its message names the first."""
    words, there = without_places(problem.message)
    places = ", ".join([*there, *others[:MOST_PLACES]])
    left = len(others) - MOST_PLACES
    more = f" and {left:,} more {'place' if left == 1 else 'places'}" if left > 0 else ""
    return replace(problem, message=f"{words}{_ALSO}{places}{more}") if others else problem


def without_places(message: str) -> tuple[str, list[str]]:
    """A message without the further places that it names, and these."""
    words, _, there = message.partition(_ALSO)
    return words, there.split(", ") if there else []


def _without_empty_lists(
    catalogue: Catalogue, place: PlaceOf, problems: list[Problem]
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue and its problems; that there is not a single criterion or source is one of them."""
    for type_, name in (("criterion", "criteria"), ("source", "sources")):
        code, _ = UNKNOWN[type_]
        missed = [one for one in problems if one.code is code]
        if len(missed) > 1 and not catalogue.defined[type_]:
            message = (
                f"there is no {type_}, although records name {len(missed):,}, such as {missed[0].message.split()[0]}"
            )
            here = Problem(place((type_, "")), code, message, f'expected them in "{name}.yaml"')
            problems = [*(one for one in problems if one.code is not code), here]
            catalogue = replace(catalogue, unread=catalogue.unread | {type_})
    return catalogue, problems


def _with_images(
    catalogue: Catalogue, place: PlaceOf, images: Mapping[str, Problem | None]
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue without the logos that cannot be shown, and why not."""
    technologies, problems = dict(catalogue.technologies), []
    for id_, record in catalogue.technologies.items():
        if record.logo and (record.logo.file not in images or images[record.logo.file]):
            file, at = record.logo.file, place(("technology", id_, "logo", "file"))
            if problem := images.get(file):
                problems.append(replace(problem, place=at, message=f'"{file}" cannot be shown: {problem.message}'))
            else:
                problems.append(unknown(at, Code.UNKNOWN_IMAGE, file, "an image in the data folder", images))
            technologies[id_] = record.model_copy(update={"logo": None})
    return replace(catalogue, technologies=technologies), problems


def _with_facts(record: OfFacts, facts: Mapping[str, object]) -> OfFacts:
    return record if facts == record.facts else record.model_copy(update={"facts": facts})


def _fitting(catalogue: Catalogue, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts without those whose value is not of their criterion's type, and those without such statements."""
    asked = catalogue.criteria
    found = {}
    for id_, fact in facts.items():
        if id_ not in asked:
            found[id_] = fact
        elif not misfit(asked[id_], fact.value):
            kept = tuple(one for one in fact.statements if not misfit(asked[id_], one.value))
            found[id_] = fact if kept == fact.statements else fact.model_copy(update={"statements": kept})
    return found


def _with_defaults(catalogue: Catalogue, record: Technology, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts with what they share by default; nothing takes the place of what was wrong and is left out."""
    given = {name: value for name in Defaults.model_fields if (value := getattr(record.defaults, name, None))}
    if not given:
        return facts
    filled = {}
    for id_, fact in facts.items():
        absent = given.keys() - fact.model_fields_set
        shared = {
            name: given[name] for name in absent if not catalogue.lacks("technology", record.id, "facts", id_, name)
        }
        filled[id_] = fact.model_copy(update=shared) if shared else fact
    return filled


def by_name(catalogue: Catalogue, problem: Problem) -> Problem:
    """A problem; of a text that is near to no id, but the name, title or address of a record, the hint is the id of that."""
    found = re.fullmatch('"(.+)" is not in kebab-case', problem.message) if problem.code is Code.INVALID_ID else None
    if found is None or any((type_, kebab_case(without_folder(found[1]))) in catalogue.places for type_ in UNKNOWN):
        return problem
    if meant := catalogue.named(found[1], "source", "technology", "criterion"):
        return replace(problem, hint=f'did you mean "{meant}"?')
    words = re.split(r"[\s.;/|+&]+", found[1])
    if len(words) > 1 and any(all(word in catalogue.defined[type_] for word in words) for type_ in UNKNOWN):
        return replace(problem, hint=f"put a comma between its words: {', '.join(words)}")
    return problem


def advice(catalogue: Catalogue) -> list[Problem]:
    """What would be better, although nothing is wrong."""
    return in_order([*_sparse_sources(catalogue), *_outdated_facts(catalogue)])


def _sparse_sources(catalogue: Catalogue) -> Iterator[Problem]:
    """The sources of which readers learn little."""
    hint = "readers judge a source by these fields"
    missing = {
        id_: [name for name in source.missing if not catalogue.lacks("source", id_, name)]
        for id_, source in catalogue.sources.items()
    }
    for id_, names in missing.items():
        if names:
            message = f'"{id_}" has no {" and no ".join(names)}'
            yield Problem(catalogue.places["source", id_], Code.SPARSE_SOURCE, message, hint)


def _outdated_facts(catalogue: Catalogue) -> Iterator[Problem]:
    """The technologies of which facts are about a version without support."""
    for id_, record in catalogue.technologies.items():
        facts = {one: fact.version for one, fact in record.facts.items() if record.is_outdated(fact.version)}
        if facts and record.current:
            named = ", ".join(f"{one} ({version})" for one, version in facts.items())
            hint = f'look whether they hold for "{record.current.version}"'
            message = f"facts about versions without support: {named}"
            yield Problem(catalogue.places["technology", id_], Code.OUTDATED_FACTS, message, hint)


class _Rules:
    """Looks for the problems between the records. Locations begin with the object type and the id of the record."""

    def __init__(self, catalogue: Catalogue, place: PlaceOf) -> None:
        self.catalogue, self._place = catalogue, place
        self.problems: list[Problem] = []
        known = catalogue.defined["technology"]
        self.copies: set[str] = set()
        """The ids of records that are reported because another one has the same name or sides."""
        self._missed: set[tuple[str, str]] = set()
        self._doubts: dict[tuple[str, str], set[Location]] = {}
        self._asked = Counter(kind for criterion in catalogue.criteria.values() for kind in criterion.kinds)
        self._odd_kinds: Mapping[str, Collection[str]] = {}
        """By kinds of technologies that are reported which ones were expected."""
        # otherwise a kind may be that of a broken record
        self._needs = {id_: needs(one, catalogue.criteria) for id_, one in catalogue.criteria.items() if one.where}
        self._knows_kinds = "technology" not in catalogue.unread and len(catalogue.technologies) >= len(known)

    def check(self) -> None:
        """Apply all rules."""
        self._kinds_exist()
        self._values_are_named()
        self._applicable_facts()
        self._note_doubts()
        self._sources_differ()
        self._names_differ()
        self._dates_have_come()
        self._parents_exist()
        self._facts_fit()
        self._comparisons_are_unique()
        self._misconceptions_fit()
        for comparison in self.catalogue.comparisons.values():
            self._sides_are_found(comparison)
            if len(comparison.technologies) < 2:
                continue
            self._sides_exist(comparison)
            self._rows_fit(comparison)
            self._overrides_fit(comparison)
            self._verdict_fits(comparison)
            for id_, topic in comparison.topics.items():
                self._names_each_side(comparison, ("topics", id_, "leads"), topic.leads)
        self._note_doubts()
        self._derived_pairs_have_ids()
        self._published_are_kept()
        self._redirects_fit()
        self._names_are_not_reserved()

    def _report(
        self, at: Location, code: Code, message: str, hint: str | Hint = "", *, key: bool = False, word: str = ""
    ) -> None:
        self.problems.append(Problem(self._place(at, key=key, word=word), code, message, hint))

    def _report_unknown(
        self, at: Location, code: Code, word: str, what: str, known: Collection[str], *, key: bool = False
    ) -> None:
        self.problems.append(unknown(self._place(at, key=key), code, word, what, known))

    def _is_defined(self, at: Location, type_: str, id_: str, *, key: bool = False) -> None:
        """Report a reference to what is not defined."""
        if not self.catalogue.is_expected(type_, id_):
            self._missed.add((type_, id_))
            self.problems.append(self.catalogue.unknown(self._place(at, key=key, word="" if key else id_), type_, id_))

    def _doubt(self, *at: str | int) -> None:
        """Note that what stands at a location may be otherwise, because of what is reported."""
        self._doubts.setdefault((str(at[0]), str(at[1])), set()).add(at[2:])

    def _note_doubts(self) -> None:
        """Let the rules that follow know what is reported so far."""
        left_out = self.catalogue.left_out
        doubts = {key: {*left_out.get(key, ()), *locations} for key, locations in self._doubts.items()}
        if doubts or self._missed - self.catalogue.missed:
            self.catalogue = replace(self.catalogue, left_out={**left_out, **doubts}, missed=frozenset(self._missed))

    def _sources_exist(self, at: Location, sources: Iterable[str]) -> None:
        for position, source in enumerate(sources):
            self._is_defined((*at, "sources", position), "source", source)

    # -- criteria, facts and misconceptions

    def _kinds_exist(self) -> None:
        """The kinds of criteria are those of technologies; where fewer technologies than criteria differ, theirs are wrong."""
        technologies = self.catalogue.technologies.values()
        held = Counter(technology.kind for technology in technologies)
        expected: dict[str, Collection[str]] = {}
        for kind, count in held.items():
            usual = [other for other, often in held.items() if (often, other) > (count, kind)]
            meant = closest(kind, usual, SLIP) if kind not in self._asked else ""
            if meant and (count == 1 < held[meant] or meant.casefold() == kind.casefold()):
                expected[kind] = [meant]
        for kind in held.keys() - self._asked - expected.keys():
            meant = closest(kind, self._asked.keys() - held.keys())
            if self._asked[meant] > held[kind]:
                expected[kind] = [meant]
            elif any(self._not_applying(one) for one in technologies if one.kind == kind):
                expected[kind] = self._asked
        self._odd_kinds = expected
        for kind, places in grouped((one.kind, ("technology", one.id, "kind")) for one in technologies).items():
            if kind in expected:
                is_asked = not self._asked.keys().isdisjoint(expected[kind])
                what = "a kind that a criterion is for" if is_asked else "a kind of other technologies"
                self._report_kind(places, kind, what, expected[kind])
        meant_kinds = {kind for kinds in expected.values() for kind in kinds}
        asking = grouped(
            (kind, ("criterion", criterion.id, "kinds", position))
            for criterion in self.catalogue.criteria.values()
            for position, kind in enumerate(criterion.kinds)
            if self._knows_kinds
        )
        for kind, criteria in asking.items():
            if kind not in held and kind not in meant_kinds:
                self._report_kind(criteria, kind, "the kind of any technology", held)

    def _report_kind(self, places: Sequence[Location], kind: str, what: str, known: Collection[str]) -> None:
        """Report a kind where it is first: what is wrong with it is one mistake, in however many records."""
        first, *others = places
        for place in places:
            if place[0] == "technology":
                self._doubt(*place)
        more = f", here and in {len(others):,} more {'record' if len(others) == 1 else 'records'}" if others else ""
        self._report_unknown(first, Code.UNKNOWN_KIND, kind, f"{what}{more}", known)

    def _sources_differ(self) -> None:
        """Two sources have the same address only as different editions of it, or parts of one."""
        first: dict[str, Source] = {}
        for source in self.catalogue.sources.values():
            earlier = first.setdefault(bare_address(source.url or source.id), source)
            if earlier is not source and not (earlier.edition and source.edition and earlier.title != source.title):
                message = f'"{source.id}" has the address of "{earlier.id}"'
                hint = f'cite "{earlier.id}", which may have a list of quotations; or give each an edition and a title'
                self._report(("source", source.id, "url"), Code.DUPLICATE_ENTRY, message, hint)

    def _names_differ(self) -> None:
        """No two technologies have the same name, nor two criteria of one heading for technologies of one kind."""
        first: dict[tuple[object, ...], list[tuple[str, Set[str]]]] = {}
        named: list[tuple[str, Technology | Criterion, object, Set[str]]] = [
            *(("technology", one, "", frozenset[str]()) for one in self.catalogue.technologies.values()),
            *(("criterion", one, (one.group, one.parent), {*one.kinds}) for one in self.catalogue.criteria.values()),
        ]
        named.sort(key=lambda one: _misfit_of_id(one[1]))  # a copy has the id of another name
        for type_, record, place, kinds in named:
            owners = first.setdefault((type_, place, record.name.casefold()), [])
            shared = (
                id_ for id_, of in owners if not kinds or not of or not kinds.isdisjoint(of)
            )  # none are all kinds
            if earlier := next(shared, ""):
                message = f'"{record.name}" is the name of "{earlier}" as well'
                self._report(
                    (type_, record.id, "name"), Code.DUPLICATE_TITLE, message, "merge the two records, or rename one"
                )
                self.copies.add(record.id)
            else:
                owners.append((record.id, kinds))
        for technology in self.catalogue.technologies.values():
            for position, word in enumerate(technology.synonyms):
                owners = first.get(("technology", "", word.casefold()), [])
                other = owners[0][0] if owners else technology.id
                if other != technology.id:
                    message = f'"{word}" is the name of "{other}"'
                    self._report(
                        ("technology", technology.id, "synonyms", position), Code.DUPLICATE_TITLE, message, "remove it"
                    )

    def _dates_have_come(self) -> None:
        """What was read, reviewed or true on a day has a day that is not in the future, wherever on earth."""
        day = datetime.now(UTC) + timedelta(hours=14)
        today = PartialDate(day.year, day.month, day.day)
        catalogue = self.catalogue
        dates: list[tuple[Location, PartialDate | None]] = [
            *((("source", id_, "accessed"), one.accessed) for id_, one in catalogue.sources.items()),
            *((("source", id_, "verified"), one.verified) for id_, one in catalogue.sources.items()),
            *((("comparison", id_, "reviewed"), one.reviewed) for id_, one in catalogue.comparisons.items()),
        ]
        for id_, technology in catalogue.technologies.items():
            if technology.defaults:
                dates.append((("technology", id_, "defaults", "as_of"), technology.defaults.as_of))
            releases = enumerate(technology.releases)
            dates += ((("technology", id_, "releases", number, "date"), one.date) for number, one in releases)
            dates += _dates_of(("technology", id_, "facts"), technology.facts)
        for id_, comparison in catalogue.comparisons.items():
            for side, facts in comparison.facts.items():
                dates += _dates_of(("comparison", id_, "facts", side), facts)
        for at, date in dates:
            if date and date > today:
                message, hint = f'"{date}" is in the future', "expected a date that has come"
                self._report(at, Code.INVALID_VALUE, message, hint)

    def _values_are_named(self) -> None:
        """What a criterion's type needs is there, and each spelling of a value means one of them."""
        needed = {ValueType.ONE_OF: "values", ValueType.SCORE: "scale"}
        having = {"values": (ValueType.ONE_OF, ValueType.LIST), "scale": (ValueType.SCORE,)}
        for criterion in self.catalogue.criteria.values():
            owner = ("criterion", criterion.id)
            if criterion.unit and criterion.type is not ValueType.NUMBER and not self.catalogue.lacks(*owner, "type"):
                message, hint = f'"{criterion.unit}" is the unit of a criterion that has no numbers', "add type: number"
                self._report((*owner, "unit"), Code.INVALID_VALUE, message, hint)
            for name, types in having.items():
                is_own = criterion.type in types or criterion.type is ValueType.TECHNOLOGIES  # whose values are these
                if getattr(criterion, name) and not is_own and not self.catalogue.lacks(*owner, "type"):
                    message = f'"{name}" means nothing to the type "{criterion.type}"'
                    self._report(
                        (*owner, name), Code.INVALID_VALUE, message, f"expected the type {' or '.join(types)}", key=True
                    )
            name = needed.get(criterion.type, "")
            if name and not getattr(criterion, name) and not self.catalogue.lacks(*owner, name):
                message = f'"{name}" is missing, which the type "{criterion.type}" needs'
                self._report((*owner, "type"), Code.MISSING_KEY, message)
            self._spellings_differ(criterion)

    def _parents_exist(self) -> None:
        """A criterion is part of a known one, and never of itself; it depends on known ones."""
        parents = {id_: one.parent for id_, one in self.catalogue.criteria.items() if one.parent}
        circular = _on_circles(parents)
        for id_, parent in parents.items():
            at = ("criterion", id_, "parent")
            if parent not in self.catalogue.criteria:
                self._is_defined(at, "criterion", parent)
            if id_ in circular:
                message = f'"{id_}" is a part of itself, by its parents'
                self._report(at, Code.INVALID_VALUE, message, "remove one of the parents")
        for id_, one in self.catalogue.criteria.items():
            self._where_fits(("criterion", id_, "where"), one.where)

    def _spellings_differ(self, criterion: Criterion) -> None:
        owners: dict[str, str] = {}
        for option in criterion.values.values() if criterion.type is not ValueType.TECHNOLOGIES else ():
            for word in (option.id, option.words, *option.synonyms):
                if (earlier := owners.setdefault(comparable(word), option.id)) != option.id:
                    message = f'"{word}" is already a spelling of "{earlier}"'
                    at = ("criterion", criterion.id, "values", option.id)
                    hint = "remove one of them, or write another"
                    self._report(at, Code.DUPLICATE_ENTRY, message, hint, key=word == option.id)
                    self._doubt(*at)

    def _facts_fit(self) -> None:
        """A fact answers a known criterion that applies, with a value of its type and known sources."""
        for technology in self.catalogue.technologies.values():
            owner = ("technology", technology.id)
            self._releases_fit((*owner, "releases"), technology.releases)
            self._sources_exist(owner, technology.sources)
            self._sources_exist((*owner, "defaults"), technology.defaults.sources if technology.defaults else ())
            for id_, fact in technology.facts.items():
                self._fact_fits((*owner, "facts", id_), fact)
                self._fact_applies(technology, (*owner, "facts", id_), fact)

    def _fact_applies(self, technology: Technology, at: Location, fact: Fact) -> None:
        """A fact answers no criterion that is not applicable by other facts, unless it says so."""
        asked = self.catalogue.criteria.get(str(at[-1]))
        if asked and not fact.not_applicable and not applies(self._needs.get(asked.id, ()), technology.facts.get):
            message = f'"{asked.id}" does not apply to {technology.name}, by its other facts'
            where = ", ".join(f"{id_}: {' or '.join(values)}" for id_, values in asked.where.items())
            self._report(at, Code.NOT_APPLICABLE, message, f"it applies where {where}", key=True)

    def _applicable_facts(self) -> None:
        """A fact answers a criterion that applies; else the kind of the technology may be wrong as well."""
        for technology in self.catalogue.technologies.values():
            owner = ("technology", technology.id)
            for criterion in self._not_applying(technology):
                message = f'"{criterion.id}" does not apply to {technology.name}, whose kind is "{technology.kind}"'
                hint = "it applies to: " + ", ".join(criterion.kinds)
                self._report((*owner, "facts", criterion.id), Code.NOT_APPLICABLE, message, hint, key=True)
                self._doubt(*owner, "kind")

    def _releases_fit(self, at: Location, releases: Iterable[Release]) -> None:
        """Each release is listed once, and its support ends after it."""
        versions: set[str] = set()
        for position, release in enumerate(releases):
            if release.version in versions:
                message = f'"{release.version}" is listed already'
                self._report((*at, position, "version"), Code.DUPLICATE_ENTRY, message, "remove one of the two")
            versions.add(release.version)
            if release.date and release.supported_until and release.supported_until.is_before(release.date):
                message = f'the support of "{release.version}" ends before its date, {release.date}'
                hint = "expected a later date"
                self._report((*at, position, "supported_until"), Code.INVALID_VALUE, message, hint)

    def _not_applying(self, technology: Technology) -> list[Criterion]:
        """The criteria of its facts that may not be asked of a technology."""
        answered = (self.catalogue.criteria.get(id_) for id_ in technology.facts)
        return [one for one in answered if one and not self._applies(one, technology)]

    def _fact_fits(self, at: Location, fact: Fact) -> None:
        """Check the fact at a location, whose last step is its criterion."""
        id_ = str(at[-1])
        self._sources_exist(at, fact.sources)
        criterion = self.catalogue.criteria.get(id_)
        if criterion is None:
            self._is_defined(at, "criterion", id_, key=True)
            return
        self._value_fits(criterion, fact, at)
        self._extent_fits(fact, at)
        for position, one in enumerate(fact.statements):
            within = (*at, "statements", position)
            is_of_others = {*one.sources} - {*fact.sources}
            if not (one.when or one.as_of or one.since or one.until or one.preview or is_of_others):
                hint = "say when it is so: when, as_of, since, until, or preview: true; or which other sources say so"
                self._report(within, Code.MISSING_KEY, f'nothing says when "{one.value}" is the value', hint)
            self._sources_exist(within, one.sources)
            self._value_fits(criterion, one, within)
            self._extent_fits(one, within)
        self._conditions_differ(at, fact)

    def _conditions_differ(self, at: Location, fact: Fact) -> None:
        """No two values are so under the same condition, for the same versions and time, by the same sources."""
        seen: dict[object, str | None] = {}
        for number, one in enumerate(fact.statements):
            key = (comparable(one.when or ""), one.since, one.until, one.preview, one.as_of, frozenset(one.sources))
            field = "when" if one.when else "sources"
            if (one.when or one.sources) and key in seen and seen[key] != one.value:
                words = f'"{one.when}" is the condition' if one.when else "these are the sources"
                message = f'{words} of "{seen[key]}" already'
                self._report(
                    (*at, "statements", number, field), Code.DUPLICATE_ENTRY, message, "keep one of the two values"
                )
            seen.setdefault(key, one.value)

    def _extent_fits(self, one: Fact | Statement, at: Location) -> None:
        """Nothing ends before it begins."""
        if one.since and one.until and is_later(one.since, one.until):
            message = f'"{one.until}" is before "{one.since}", since which it is so'
            hint = f'expected "{one.since}" or what is later'
            self._report((*at, "until"), Code.INVALID_VALUE, message, hint)

    def _value_fits(self, criterion: Criterion, one: Fact | Statement, at: Location) -> None:
        """Check the value of a fact or statement against its criterion."""
        catalogue = self.catalogue
        expected = misfit(criterion, one.value)
        is_partial = criterion.type is ValueType.YES_NO and one.value == "partial"
        if expected:
            of_criterion = ("values", "scale")
            is_reported = catalogue.lacks(*at, "value") or any(
                catalogue.lacks("criterion", criterion.id, name) for name in of_criterion
            )
            if is_reported or PLACEHOLDER.search(one.value or ""):
                return
            absent = absent_technologies(criterion, one.value or "") if criterion.type is ValueType.TECHNOLOGIES else ()
            for id_ in absent:
                self._is_defined((*at, "value"), "technology", id_)
            for word in (odd := odd_words(criterion, one.value or "")):
                message, near = f'"{word}" is not a value of "{criterion.id}"', partial(nearest_option, criterion, word)
                self._report((*at, "value"), Code.INVALID_VALUE, message, Hint(word, near), word=word)
            if not absent and not odd:
                message = f'"{one.value}" is not a value of "{criterion.id}"'
                self._report((*at, "value"), Code.INVALID_VALUE, message, expected)
        elif is_partial and not one.note and not catalogue.lacks(*at, "note"):
            hint = "say in what way: note: …"
            self._report((*at, "value"), Code.NEEDS_NOTE, '"partial" without a note', hint)
        elif one.value and criterion.type in {ValueType.LIST, ValueType.TECHNOLOGIES}:
            for same in grouped((comparable(word), word) for word in split_list(one.value)).values():
                if len(same) > 1:
                    message = f'"{same[-1]}" stands twice in this list'
                    self._report((*at, "value"), Code.DUPLICATE_ENTRY, message, "write it once")

    def _applies(self, criterion: Criterion, technology: Technology) -> bool:
        """Whether the criterion may be asked of the technology; a kind that is reported as unknown may be any."""
        if not criterion.kinds or technology.kind in criterion.kinds or technology.kind in self._odd_kinds:
            return True
        return self._knows_kinds and not {*criterion.kinds} <= {*self.catalogue.kinds}

    def _misconceptions_fit(self) -> None:
        """Misconceptions have ids of their own, known sources, and are about what their record is about."""
        records: list[Technology | Comparison] = [
            *self.catalogue.technologies.values(),
            *self.catalogue.comparisons.values(),
        ]
        for record in records:
            owner = ("comparison" if isinstance(record, Comparison) else "technology", record.id)
            for id_, misconception in record.misconceptions.items():
                at = (*owner, "misconceptions", id_)
                self._sources_exist(at, misconception.sources)
                for position, about in enumerate(misconception.about):
                    if isinstance(record, Comparison):
                        self._is_compared(record, about, (*at, "about", position))
                    elif about != record.id:
                        what, known = "the technology of this record", [record.id]
                        self._report_unknown((*at, "about", position), Code.NOT_COMPARED, about, what, known)
        self._misconceptions_differ([record for record in records if record.id not in self.copies])

    def _misconceptions_differ(self, records: Iterable[Technology | Comparison]) -> None:
        """No two misconceptions have the same id, nor the same claim about one technology; the copy names its record less."""
        first: dict[str, OwnerRecord] = {}
        claims: dict[tuple[str, str], str] = {}
        for id_, record in _owned(records):
            owner, misconception = type(record).__name__.lower(), record.misconceptions[id_]
            at = (owner, record.id, "misconceptions", id_)
            if (earlier := first.setdefault(id_, record)) is not record:
                other = f'the {type(earlier).__name__.lower()} "{earlier.id}"'
                message = f'"{id_}" is already the id of a misconception of {other}'
                self._report(at, Code.DUPLICATE_ID, message, "rename one of them", key=True)
                continue
            sides = record.technologies if isinstance(record, Comparison) else (record.id,)
            claim = misconception.claim.casefold()
            twins = {claims.setdefault((claim, side), id_) for side in misconception.about or sides} - {id_}
            if twins:
                message = f'"{misconception.claim}" is the claim of "{min(twins)}" as well'
                self._report((*at, "claim"), Code.DUPLICATE_TITLE, message, "keep one of the two")

    # -- comparisons

    def _comparisons_are_unique(self) -> None:
        """The same set of technologies is compared again under a title of its own only, and no two comparisons share a title."""
        by_sides: dict[tuple[frozenset[str], str], str] = {}
        by_title: dict[str, Comparison] = {}
        comparisons = self.catalogue.comparisons.items()

        def fits_less(one: tuple[str, Comparison]) -> tuple[bool, ...]:
            id_, comparison = one
            return id_ not in _usual_ids(comparison), bool(comparison.title), id_ != pair_id(comparison.technologies)

        for id_, comparison in sorted(comparisons, key=fits_less):
            own_title = (comparison.title or "").casefold()
            earlier = by_sides.setdefault((frozenset(comparison.technologies), own_title), id_)
            if earlier != id_ and comparison.technologies:
                message = f'"{id_}" compares the same technologies as "{earlier}"'
                at = ("comparison", id_, "sides" if comparison.sides else "technologies")
                hint = "merge the two records, or give one of them a title of its own"
                self._report(at, Code.DUPLICATE_COMPARISON, message, hint, key=True)
                self.copies.add(id_)
            if all(side in self.catalogue.technologies for side in comparison.technologies):
                title = self.catalogue.title(comparison)
                other = by_title.setdefault(title.casefold(), comparison)
                if other is not comparison and earlier == id_:
                    message = f'"{title}" is the title of "{other.id}" as well'
                    hint = "give one of them a title of its own"
                    self._report(("comparison", id_, "title"), Code.DUPLICATE_TITLE, message, hint)
                    self.copies.add(id_)

    def _derived_pairs_have_ids(self) -> None:
        """The id of a derived pair, which is that of its page, belongs to nothing else."""
        for pair, others in self.catalogue.derivation.left_out.items():
            named, taken = (" and ".join(f'"{side}"' for side in sides) for sides in (pair, others))
            message = f'the pair of {named} has the id "{pair_id(pair)}", which is that of {taken}; it has no page'
            longest = max(pair, key=lambda side: side.count("-vs-"))
            hint = "rename a technology, or write a comparison of the two"
            self._report(("technology", longest), Code.PAGE_CONFLICT, message, hint)

    def _where_fits(self, at: Location, where: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether what is asked of facts names known criteria and values of theirs; what does not is reported."""
        is_clear = True
        for id_, values in where.items():
            criterion = self.catalogue.criteria.get(id_)
            if criterion is None:
                self._is_defined((*at, id_), "criterion", id_, key=True)
                is_clear = False
                continue
            for value in values:
                if expected := misfit(criterion, value):
                    message = f'"{value}" is not a value of "{id_}"'
                    self._report((*at, id_), Code.INVALID_VALUE, message, expected)
                    is_clear = False
        return is_clear

    def _sides_are_found(self, comparison: Comparison) -> None:
        """A question for sides is about known things, and two or more technologies answer it, but not too many."""
        wanted, at = comparison.sides, ("comparison", comparison.id, "sides")
        if wanted is None:
            return
        kinds, count = self.catalogue.kinds, len(comparison.technologies)
        if wanted.kind not in kinds and self._knows_kinds:
            self._report_unknown((*at, "kind"), Code.UNKNOWN_KIND, wanted.kind, "the kind of any technology", kinds)
            return
        is_clear = self._where_fits((*at, "where"), wanted.where)
        if count < 2 and is_clear and self._knows_kinds and not self._odd_kinds:
            message = f'{count or "no"} technology fits "sides"'
            self._report(at, Code.INVALID_VALUE, message, "expected a question that two or more fit", key=True)
        if excess := comparison.excess:
            self._report(at, Code.TOO_LARGE, *excess, key=True)

    def _sides_exist(self, comparison: Comparison) -> None:
        owner = ("comparison", comparison.id)
        for position, side in enumerate(comparison.technologies):
            if side not in self.catalogue.technologies:
                self._is_defined((*owner, "technologies", position), "technology", side)
                for at in _about(comparison, side):
                    self._is_defined((*owner, *at), "technology", side, key=at[-2] != "about")
        for position, other in enumerate(comparison.related):
            at = (*owner, "related", position)
            if other == comparison.id:
                self._report(at, Code.DUPLICATE_ENTRY, f'"{other}" is this comparison itself', "remove it")
            else:
                self._is_defined(at, "comparison", other)

    def _rows_fit(self, comparison: Comparison) -> None:
        """Rows are known criteria, each once, that apply to at least one side; the groups have headings of their own."""
        sides = [self.catalogue.technologies.get(side) for side in comparison.technologies]
        groups: set[str] = set()
        shown: set[str] = set()
        for number_, group in enumerate(comparison.criteria):
            at = ("comparison", comparison.id, "criteria", number_)
            if group.group in groups:
                message = f'"{group.group}" is already the heading of a group'
                self._report((*at, "group"), Code.DUPLICATE_ENTRY, message, "merge the two groups")
            groups.add(group.group)
            for position, row in enumerate(group.rows):
                in_row = (*at, "rows", position)
                criterion = self.catalogue.criteria.get(row)
                if criterion is None:
                    self._is_defined(in_row, "criterion", row)
                elif all(side and not self._applies(criterion, side) for side in sides):
                    hint = "it applies to: " + ", ".join(criterion.kinds)
                    self._report(in_row, Code.NOT_APPLICABLE, f'"{row}" applies to no side of this comparison', hint)
                if row in shown:
                    message = f'"{row}" is already a row of this comparison'
                    self._report(in_row, Code.DUPLICATE_ENTRY, message, "remove it")
                shown.add(row)

    def _overrides_fit(self, comparison: Comparison) -> None:
        """An override is about one of the sides and a row that is shown, and fits as any fact does."""
        for side, facts in comparison.facts.items():
            at = ("comparison", comparison.id, "facts", side)
            self._is_compared(comparison, side, at, key=True)
            for criterion, fact in facts.items():
                self._fact_fits((*at, criterion), fact)
                if criterion in self.catalogue.criteria:
                    self._is_shown(comparison, criterion, (*at, criterion), key=True)

    def _verdict_fits(self, comparison: Comparison) -> None:
        """A verdict has a condition for every side, chooses only where there is a choice, and rests on rows that are shown."""
        verdict, at = comparison.verdict, ("comparison", comparison.id, "verdict")
        if verdict is None:
            return
        says_something = verdict.question or verdict.answer or verdict.summary or verdict.conditions
        if not (says_something or self.catalogue.lacks(*at)):
            hint = "add a summary or conditions, or remove it"
            self._report(at, Code.MISSING_KEY, '"verdict" says nothing', hint, key=True)
        if verdict.choose and not comparison.relation.may_choose:
            message = f'"choose" in a comparison whose relation is "{comparison.relation}"'
            hint = 'write "use" and say when each is used'
            self._report((*at, "choose"), Code.MAY_NOT_CHOOSE, message, hint, key=True)
        elif verdict.choose and verdict.use:
            message = 'the verdict has both "choose" and "use"'
            self._report((*at, "choose"), Code.CHOOSE_AND_USE, message, "keep one of them", key=True)
        self._names_each_side(comparison, ("verdict", "answer"), verdict.answer)
        for part, by_side in (("choose", verdict.choose), ("use", verdict.use)):
            answered = {side: conditions for side, conditions in by_side.items() if conditions}
            self._names_each_side(comparison, ("verdict", part), by_side, answered, "add a condition for every side")
            for side, conditions in by_side.items():
                for number_, condition in enumerate(conditions):
                    for position, reason in enumerate(condition.because):
                        if reason in comparison.rows and reason not in self.catalogue.criteria:
                            self._is_defined((*at, part, side, number_, "because", position), "criterion", reason)
                        self._is_shown(comparison, reason, (*at, part, side, number_, "because", position))

    def _names_each_side(
        self,
        comparison: Comparison,
        within: Location,
        by_side: Collection[str],
        answered: Collection[str] | None = None,
        hint: str = "add a line for every side",
    ) -> None:
        """The keys of a mapping are the sides, all of them; a value for another technology may be meant for a silent one."""
        at = ("comparison", comparison.id, *within)
        for side in by_side:
            self._is_compared(comparison, side, (*at, side), key=True)
        known = by_side if answered is None else answered
        silent = [f'"{side}"' for side in comparison.technologies if side not in known]
        if by_side and silent and set(by_side) <= set(comparison.technologies) and not self.catalogue.lacks(*at):
            message = f'"{at[-1]}" says nothing of {" and ".join(silent)}'
            self._report(at, Code.ONE_SIDED, message, hint, key=True)

    def _is_compared(self, comparison: Comparison, side: str, at: Location, *, key: bool = False) -> None:
        """Report a technology that is not a side, unless one of the sides is unknown and may be the one."""
        sides = comparison.technologies
        if side not in sides and all(known in self.catalogue.defined["technology"] for known in sides):
            if (meant := self.catalogue.named(side, "technology")) in sides:
                message = f'"{side}" is not a side of this comparison'
                self._report(at, Code.NOT_COMPARED, message, f'did you mean "{meant}"?', key=key)
                return
            self._report_unknown(at, Code.NOT_COMPARED, side, "a side of this comparison", sides, key=key)

    def _is_shown(self, comparison: Comparison, criterion: str, at: Location, *, key: bool = False) -> None:
        """Report a criterion that is not a row, unless a row is unknown or left out and may be the one."""
        rows = {*comparison.rows}
        if criterion in rows or self.catalogue.lacks("comparison", comparison.id, "criteria"):
            return
        if all(row in self.catalogue.defined["criterion"] for row in rows):
            self._report_unknown(at, Code.NOT_SHOWN, criterion, "a row of this comparison", rows, key=key)

    # -- published addresses

    def _names_are_not_reserved(self) -> None:
        """A kind and a redirect have pages as well; of the name of a record, the reader of its file speaks."""
        named: dict[str, Location] = {
            one.kind: ("technology", one.id, "kind") for one in self.catalogue.technologies.values()
        }
        for kind, _, _, redirects in lists_of(self.catalogue.published):
            named |= {old: ("published", "published", "redirects", kind, old) for old in redirects}
        for name, at in named.items():
            if is_reserved(name):
                message = f'Windows reserves the name "{name}", so the page of it cannot be copied there'
                self._report(at, Code.RESERVED_NAME, message, "choose another name", key=at[0] == "published")

    def _published_are_kept(self) -> None:
        """Every published id has a page, or there is one that took its place."""
        for kind, type_, ids, redirects in reversed(lists_of(self.catalogue.published)):
            self._note_doubts()  # the pairs of a lost technology are lost with it
            catalogue = self.catalogue
            known = catalogue.defined[type_]
            lost = [(position, id_) for position, id_ in enumerate(ids) if id_ not in known and id_ not in redirects]
            for position, id_ in lost:
                pairs = [*named_pairs(catalogue, id_)] if type_ == "comparison" else []
                has_page = any(catalogue.pair_page(*pair).comparison for pair in pairs)
                may_be_led = catalogue.lacks("published", "published", "redirects", kind)
                if not (has_page or may_be_led or (type_, id_) in catalogue.missed or catalogue.are_unsure(pairs)):
                    message = f'"{id_}" is published, and has no page any more'
                    hint = Hint((kind, id_), partial(_proposed_redirect, catalogue, kind, id_))
                    self._report(("published", "published", kind, position), Code.LOST_ADDRESS, message, hint)
                    self._missed.add((type_, id_))

    def _redirects_fit(self) -> None:
        """A redirect leads from what has no page to what has one."""
        self._note_doubts()
        for kind, type_, _, redirects in lists_of(self.catalogue.published):
            known = self.catalogue.defined[type_]
            ends = _ends(redirects)
            for old, new in redirects.items():
                at, code = ("published", "published", "redirects", kind, old), Code.INVALID_REDIRECT
                if type_ not in self.catalogue.unread and old in known:
                    self._report(
                        at, code, f'"{old}" has a page, and is led to "{new}"', "remove the redirect", key=True
                    )
                elif new not in redirects or new in known:
                    self._is_defined(at, type_, new)
                elif ends[old]:
                    message = f'"{old}" is led to "{new}", which is led on'
                    self._report(at, code, message, f'write "{old}: {ends[old]}"')
                else:
                    message = f'"{old}" is led to "{new}" and from there round in a circle'
                    self._report(at, code, message, "let one of them lead to a page")


def _misfit_of_id(record: Technology | Criterion) -> int:
    """How many letters of an id are not the first of its name."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(record.id, kebab_case(record.name), strict=False))
    return len(record.id) - sum(1 for _pair in alike)


def _proposed_redirect(catalogue: Catalogue, kind: str, id_: str) -> str:
    """A redirect to the page that is nearest to a lost one; of a pair one that has a side in common, if there is any."""
    known = catalogue.of_type[KINDS[kind]]
    if kind == "comparisons":
        sides = set(id_.split("-vs-"))
        known = [one for one in known if sides & set(one.split("-vs-"))] or known
    listed = {one for name, _, ids, _ in lists_of(catalogue.published) if name == kind for one in ids}
    meant = closest(id_, {*known} - listed)
    target = most_alike(id_, known) or "…"
    return (
        f'did you mean "{meant}"? Or ' if meant else ""
    ) + f'add "{id_}: {target}" to the {kind} under "redirects", or remove it if nobody needs the URL'


def _ends(redirects: Mapping[str, str]) -> Mapping[str, str]:
    """Where each redirect leads in the end; empty for those that lead into a circle."""
    ends: dict[str, str] = {}
    for start in redirects:
        passed: dict[str, None] = {}
        here = start
        while here in redirects and here not in ends and here not in passed:
            passed[here] = None
            here = redirects[here]
        ends.update(dict.fromkeys(passed, "" if here in passed else ends.get(here, here)))
    return ends


# -- texts -----------------------------------------------------------------------------------------------------------------


def _broken_role(catalogue: Catalogue, role: RoleUse) -> Iterator[Problem]:
    """The problems of a role whose targets are not in the catalogue; none for a good one or a role of others."""
    type_, target = role.name.lower().removeprefix("versus:"), role.target
    targets = [(type_, target)]
    if role.holds_another:  # a backtick is left over, which is reported
        return
    if meant := misspelt_role(role.name):
        yield Problem(role.place, Code.UNKNOWN_ROLE, f'"{role.name}" is not a role', f'did you mean "{meant}"?')
    elif role.is_misnumbered:
        message, hint = f'"{target}" is no {type_.upper()} number', "expected digits, and perhaps # with an anchor"
        yield Problem(role.place, Code.INVALID_ARGUMENT, message, hint)
    elif type_ == "source":
        targets = [(type_, id_.strip()) for id_ in target.split(",")]
    elif type_ == "row":
        comparison, slash, criterion = target.partition("/")
        targets = [("comparison", comparison), ("criterion", criterion)] if slash else []
        if not slash:
            yield not_a_row(catalogue, role.place, target)
    for part, id_ in targets:
        is_one_more = part != "comparison" and (part, id_) in catalogue.missed  # place of what is reported
        if part in catalogue.defined and (is_one_more or not catalogue.is_expected(part, id_)):
            yield catalogue.unknown(role.place, part, id_)


def _dates_of(at: Location, facts: Mapping[str, Fact]) -> Iterator[tuple[Location, PartialDate | None]]:
    """The dates of facts, and of their further values."""
    for id_, fact in facts.items():
        yield (*at, id_, "as_of"), fact.as_of
        for position, one in enumerate(fact.statements):
            yield (*at, id_, "statements", position, "as_of"), one.as_of


def _about(comparison: Comparison, side: str) -> Iterator[Location]:
    """Where a comparison names a side, but for the list of them."""
    verdict = comparison.verdict
    named: list[tuple[Location, Mapping[str, Any]]] = [(("facts",), comparison.facts)]
    if verdict:
        parts = {"answer": verdict.answer, "choose": verdict.choose, "use": verdict.use}
        named += [(("verdict", part), by_side) for part, by_side in parts.items()]
    named += [(("topics", id_, "leads"), topic.leads) for id_, topic in comparison.topics.items()]
    yield from ((*at, side) for at, by_side in named if side in by_side)
    for id_, one in comparison.misconceptions.items():
        yield from (("misconceptions", id_, "about", at) for at, other in enumerate(one.about) if other == side)


def not_a_row(catalogue: Catalogue, place: Place, target: str, comparison: str = "") -> Problem:
    """The problem of a target that lacks one of its two parts, perhaps that of the page's comparison."""
    example = f"{target}/…" if target in catalogue.defined["comparison"] else f"{comparison or '…'}/{target}"
    hint = f'expected "comparison/criterion", such as "{example}"'
    for id_, record in catalogue.comparisons.items():
        if target.startswith(id_) and target[len(id_) + 1 :] in record.rows:
            hint = f'did you mean "{id_}/{target[len(id_) + 1 :]}"?'
    return Problem(place, Code.INVALID_ARGUMENT, f'"{target}" does not name a row', hint)


def _on_circles(following: Mapping[str, str]) -> set[str]:
    """The names from which a way leads back to them; each is passed once."""
    passed: set[str] = set()
    found: set[str] = set()
    for start in following:
        way: dict[str, int] = {}
        here = start
        while here in following and here not in passed:
            passed.add(here)
            way[here] = len(way)
            here = following[here]
        if here in way:
            found.update([*way][way[here] :])
    return found


def long_texts(record: Named, place: Callable[[Location], Place]) -> Iterator[Problem]:
    """The texts of a record that are longer than the place where a page shows them."""
    if isinstance(record, Comparison) and (verdict := record.verdict):
        yield from too_long("question", verdict.question or "", partial(place, ("verdict", "question")))
        for side, answer in verdict.answer.items():
            yield from too_long("answer", answer, partial(place, ("verdict", "answer", side)))
        for condition in chain(*verdict.conditions.values()):
            if len(condition.when.text) > LONGEST["reason"]:
                yield from too_long("reason", plain_text(condition.when.text), partial(condition.when.place, 0))
    for id_, topic in record.topics.items() if isinstance(record, Comparison) else ():
        for side, lead in topic.leads.items():
            yield from too_long("lead", lead, partial(place, ("topics", id_, "leads", side)))
    for one in record.misconceptions.values() if isinstance(record, Comparison | Technology) else ():
        if len(one.correction.text) > (most := LONGEST["first sentence"]):
            first, _ = divided(one.correction)
            if len(first.text) > most:
                yield from too_long("first sentence", plain_text(first.text), partial(first.place, 0))


def long_values(record: Named, place: Callable[[Location], Place]) -> Iterator[Problem]:
    """The values of a technology that are longer than a cell of a table has room for."""
    for id_, fact in record.facts.items() if isinstance(record, Technology) else ():
        yield from too_long("value", fact.value or "", partial(place, ("facts", id_, "value")))


def too_long(what: str, words: str, place: Callable[[], Place]) -> Iterator[Problem]:
    """The problem of a text without its markup, wherever it is written, if there is one."""
    if len(words) > (most := LONGEST[what]):
        message = f'the {what} "{words}" has {len(words):,} characters'
        yield Problem(place(), Code.TOO_LONG_FOR_LAYOUT, message, f"expected at most {most}; it is shown as it is")
