"""The rules of criteria, sources and facts: kinds, names, values, dates, releases."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import takewhile

from ..problems import Code, Hint, closest
from .catalogue import Catalogue, grouped
from .document import Location
from .fields import (
    PLACEHOLDER,
    PartialDate,
    ValueType,
    bare_address,
    comparable,
    kebab_case,
)
from .findings import Findings, PlaceOf
from .lengths import too_long
from .model import Criterion, Fact, Release, Source, Statement, Technology
from .sides import applies, needs
from .values import absent_technologies, is_later, misfit, nearest_option, odd_words, split_list

SLIP = 0.88
"""Words as near as this are one word with a slip of the hand; "sql" and "nosql" are not."""
_MOST_KINDS = 500
"""With more of them, nobody looks for slips of the hand in their names: each would be held against all."""


class RecordRules(Findings):
    """Looks for problems of criteria, sources, technologies and their facts."""

    def __init__(self, catalogue: Catalogue, place: PlaceOf) -> None:
        super().__init__(catalogue, place)
        known = catalogue.defined["technology"]
        self._asked = Counter(kind for criterion in catalogue.criteria.values() for kind in criterion.kinds)
        self._odd_kinds: Mapping[str, Collection[str]] = {}
        """By kinds of technologies that are reported which ones were expected."""
        kinds = {*catalogue.kinds}
        self._of_unknown_kinds = {id_ for id_, one in catalogue.criteria.items() if not kinds.issuperset(one.kinds)}
        self._needs = {id_: needs(one, catalogue.criteria) for id_, one in catalogue.criteria.items() if one.where}
        # otherwise a kind may be that of a broken record
        self._knows_kinds = "technology" not in catalogue.unread and len(catalogue.technologies) >= len(known)

    def _kinds_exist(self) -> None:
        """The kinds of criteria are those of technologies; where fewer technologies than criteria differ, theirs are wrong."""
        technologies = self.catalogue.technologies.values()
        held = Counter(technology.kind for technology in technologies)
        expected: dict[str, Collection[str]] = {}
        for kind, count in held.items() if len(held) <= _MOST_KINDS else ():
            usual = [other for other, often in held.items() if (often, other) > (count, kind)]
            meant = closest(kind, usual, SLIP) if kind not in self._asked else ""
            if meant and (count == 1 < held[meant] or meant.casefold() == kind.casefold()):
                expected[kind] = [meant]
        of_kind = grouped((one.kind, one) for one in technologies)
        unheld = self._asked.keys() - held.keys()
        for kind in held.keys() - self._asked - expected.keys():
            meant = closest(kind, unheld) if len(held) + len(unheld) <= _MOST_KINDS else ""
            if self._asked[meant] > held[kind]:
                expected[kind] = [meant]
            elif any(map(self._not_applying, of_kind[kind])):
                expected[kind] = self._asked
        self._odd_kinds = expected
        for kind, places in grouped((one.kind, ("technology", one.id, "kind")) for one in technologies).items():
            if kind in expected:
                is_asked = not self._asked.keys().isdisjoint(expected[kind])
                what = "a kind that a criterion is for" if is_asked else "a kind of other technologies"
                self._report_kind(places, kind, what, expected[kind])
        several = {id(kinds): kinds for kinds in expected.values()}  # many have all that are asked
        meant_kinds = {kind for kinds in several.values() for kind in kinds}
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
            differ = (earlier.title, earlier.edition) != (source.title, source.edition)
            if earlier is not source and not (differ and (earlier.edition or source.edition)):
                message = f'"{source.id}" has the address of "{earlier.id}"'
                hint = f'cite "{earlier.id}", which may have a list of quotations; or give one an edition'
                self._report(("source", source.id, "url"), Code.DUPLICATE_ENTRY, message, hint)

    def _names_differ(self) -> None:
        """No two technologies have the same name, nor two criteria of one heading for technologies of one kind."""
        first: dict[tuple[object, ...], dict[str, str]] = {}
        named: list[tuple[str, Technology | Criterion, object, Set[str]]] = [
            *(("technology", one, "", frozenset[str]()) for one in self.catalogue.technologies.values()),
            *(("criterion", one, (one.group, one.parent), {*one.kinds}) for one in self.catalogue.criteria.values()),
        ]
        named.sort(key=lambda one: _misfit_of_id(one[1]))  # a copy has the id of another name
        for type_, record, place, kinds in named:
            owners = first.setdefault((type_, place, record.name.casefold()), {})  # by kind; "" are all kinds
            shared = (owners[kind] for kind in ("", *kinds) if kind in owners) if kinds else iter(owners.values())
            if earlier := next(shared, ""):
                message = f'"{record.name}" is the name of "{earlier}" as well'
                self._report(
                    (type_, record.id, "name"), Code.DUPLICATE_TITLE, message, "merge the two records, or rename one"
                )
                self.copies.add(record.id)
            else:
                owners |= dict.fromkeys(kinds or ("",), record.id)
        for technology in self.catalogue.technologies.values():
            for position, word in enumerate(technology.synonyms):
                other = first.get(("technology", "", word.casefold()), {}).get("", technology.id)
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
                self._attempt(partial(self._fact_fits, (*owner, "facts", id_), fact), (*owner, "facts", id_))
                self._fact_applies(technology, (*owner, "facts", id_), fact)

    def _fact_applies(self, technology: Technology, at: Location, fact: Fact) -> None:
        """A fact answers no criterion that is not applicable by other facts, unless it says so."""
        asked = self.catalogue.criteria.get(str(at[-1]))
        if asked and not fact.not_applicable and not applies(self._needs.get(asked.id, ()), technology.facts.get):
            message = f'"{asked.id}" does not apply to {technology.name}, by its other facts'
            self._report(at, Code.NOT_APPLICABLE, message, Hint(asked.id, partial(_needed, asked)), key=True)

    def _applicable_facts(self) -> None:
        """A fact answers a criterion that applies; else the kind of the technology may be wrong as well."""
        for technology in self.catalogue.technologies.values():
            owner = ("technology", technology.id)
            for criterion in self._not_applying(technology):
                message = f'"{criterion.id}" does not apply to {technology.name}, whose kind is "{technology.kind}"'
                at = (*owner, "facts", criterion.id)
                self._report(at, Code.NOT_APPLICABLE, message, hint_of_kinds(criterion), key=True)
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
        if not criterion.type.is_list:  # of which each entry has a line's room
            self.problems += too_long("value", fact.value or "", partial(self._place, (*at, "value")))
        for position, one in enumerate(fact.statements):
            within = (*at, "statements", position)
            is_of_others = {*one.sources} - {*fact.sources}
            of_time = one.is_dated or one.since or one.until or one.preview
            if not (one.when or of_time or is_of_others):
                hint = "say when it is so: when, as_of, version, since, until, or preview: true; or which other sources say so"
                words = f'"{one.value}" is the value' if one.value else "this is so"
                self._report(within, Code.MISSING_KEY, f"nothing says when {words}", hint)
            self._sources_exist(within, one.sources)
            self._value_fits(criterion, one, within)
            self._extent_fits(one, within)
        self._conditions_differ(at, fact)

    def _conditions_differ(self, at: Location, fact: Fact) -> None:
        """No two values are so under the same condition, for the same versions and time, by the same sources."""
        seen: dict[object, str] = {}
        for number, one in enumerate(fact.statements):
            when = comparable(one.when or "")
            key = (when, one.since, one.until, one.preview, one.as_of, one.version, frozenset(one.sources))
            no_value = "not applicable" if one.not_applicable else "unknown"
            field, value = "when" if one.when else "sources", one.value or no_value
            if (one.when or one.sources) and key in seen and seen[key] != value:
                words = f'"{one.when}" is the condition' if one.when else "these are the sources"
                message = f'{words} of "{seen[key]}" already'
                self._report(
                    (*at, "statements", number, field), Code.DUPLICATE_ENTRY, message, "keep one of the two values"
                )
            seen.setdefault(key, value)

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
        elif one.value and criterion.type.is_list:
            for same in grouped((comparable(word), word) for word in split_list(one.value)).values():
                if len(same) > 1:
                    message = f'"{same[-1]}" stands twice in this list'
                    self._report((*at, "value"), Code.DUPLICATE_ENTRY, message, "write it once")

    def _applies(self, criterion: Criterion, technology: Technology) -> bool:
        """Whether the criterion may be asked of the technology; a kind that is reported as unknown may be any."""
        if not criterion.kinds or technology.kind in criterion.kinds or technology.kind in self._odd_kinds:
            return True
        return self._knows_kinds and criterion.id in self._of_unknown_kinds

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


def hint_of_kinds(criterion: Criterion) -> Hint:
    """To which kinds a criterion applies."""
    return Hint(criterion.id, lambda: "it applies to: " + ", ".join(criterion.kinds))


def _needed(criterion: Criterion) -> str:
    """Where a criterion applies that needs something in other facts."""
    return "it applies where " + ", ".join(f"{id_}: {' or '.join(values)}" for id_, values in criterion.where.items())


def _misfit_of_id(record: Technology | Criterion) -> int:
    """How many letters of an id are not the first of its name."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(record.id, kebab_case(record.name), strict=False))
    return len(record.id) - sum(1 for _pair in alike)


def _dates_of(at: Location, facts: Mapping[str, Fact]) -> Iterator[tuple[Location, PartialDate | None]]:
    """The dates of facts, and of their further values."""
    for id_, fact in facts.items():
        yield (*at, id_, "as_of"), fact.as_of
        for position, one in enumerate(fact.statements):
            yield (*at, id_, "statements", position, "as_of"), one.as_of


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
