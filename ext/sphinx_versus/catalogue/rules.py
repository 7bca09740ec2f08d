"""The rules of a catalogue: references, kinds, verdicts bound to rows, unique pairs and ids, published addresses, lengths.

What merely follows from a reported problem is not reported: where a side, a row or a kind is unknown, it may be any.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain, count
from typing import TypeVar

from ..problems import Code, Hint, Place, Problem, closest, in_order, most_alike, unknown
from .catalogue import UNKNOWN, Catalogue
from .comparison_rules import ComparisonRules, OwnerRecord, owned
from .document import Location
from .fields import (
    is_reserved,
    kebab_case,
    without_folder,
)
from .findings import PlaceOf
from .model import Comparison, Defaults, Fact, Technology
from .prose import RoleUse, misspelt_role
from .published import KINDS, lists_of, named_pairs
from .query import comparison_table
from .values import misfit

OfFacts = TypeVar("OfFacts", Technology, Comparison)
_ALSO = ", here and in "
MOST_PLACES = 3
"""So many further places of one problem are named."""


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


def _with_own_ids(catalogue: Catalogue, place: PlaceOf, copies: Set[str]) -> Catalogue:
    """The catalogue in which no misconception takes the place of one with the same id, which is reported: it has a number behind it."""
    records: list[OwnerRecord] = [*catalogue.technologies.values(), *catalogue.comparisons.values()]
    ids = [id_ for record in records for id_ in record.misconceptions]
    if len(ids) == len({*ids}):  # else their places are wanted, for which files are read again
        return catalogue
    places: dict[tuple[str, str], Place] = {}
    own: dict[tuple[str, str, str], str] = {}
    numbers: dict[str, Iterator[int]] = {}
    for id_, record in owned(records, copies):
        free = chain([id_], (f"{id_}-{number}" for number in numbers.setdefault(id_, count(2))))
        name = next(one for one in free if ("misconception", one) not in places)
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
            at = role.target_place
            yield catalogue.unknown(replace(at, column=at.column + max(target.find(id_), 0)), part, id_)


def not_a_row(catalogue: Catalogue, place: Place, target: str, comparison: str = "") -> Problem:
    """The problem of a target that lacks one of its two parts, perhaps that of the page's comparison."""
    example = f"{target}/…" if target in catalogue.defined["comparison"] else f"{comparison or '…'}/{target}"

    def hint() -> str:
        for id_, record in catalogue.comparisons.items():
            row = target[len(id_) + 1 :]
            if target.startswith(id_) and row in catalogue.criteria and row in record.rows:
                return f'did you mean "{id_}/{row}"?'
        return f'expected "comparison/criterion", such as "{example}"'

    return Problem(place, Code.INVALID_ARGUMENT, f'"{target}" does not name a row', Hint((target, comparison), hint))


# -- published addresses and all rules


class _Rules(ComparisonRules):
    """Looks for all problems between the records."""

    def check(self) -> None:
        """Apply all rules, each guarded: a rule that fails for a record costs nothing else."""
        of_records = (
            *(self._kinds_exist, self._values_are_named, self._applicable_facts, self._note_doubts),
            *(self._sources_differ, self._names_differ, self._dates_have_come, self._parents_exist),
            *(self._facts_fit, self._comparisons_are_unique, self._misconceptions_fit),
        )
        for rule in of_records:
            self._attempt(rule, ("criterion", ""))
        for id_, comparison in self.catalogue.comparisons.items():
            self._attempt(partial(self._comparison_fits, comparison), ("comparison", id_))
        of_pages = self._derived_pairs_have_ids, self._published_are_kept, self._redirects_fit
        for rule in (self._note_doubts, *of_pages, self._names_are_not_reserved):
            self._attempt(rule, ("criterion", ""))

    def _comparison_fits(self, comparison: Comparison) -> None:
        """Check a comparison against the records that it names."""
        self._sides_are_found(comparison)
        if len(comparison.technologies) < 2:
            return
        self._sides_exist(comparison)
        self._rows_fit(comparison)
        self._overrides_fit(comparison)
        self._verdict_fits(comparison)
        for id_, topic in comparison.topics.items():
            self._names_each_side(comparison, ("topics", id_, "leads"), topic.leads)

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
