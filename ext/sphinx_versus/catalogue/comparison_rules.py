"""The rules of comparisons and misconceptions: sides, rows, reasons of verdicts, unique pairs and ids."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Any

from ..problems import Code
from .document import Location
from .model import Comparison, Technology
from .pairs import pair_id
from .published import lists_of
from .record_rules import RecordRules, hint_of_kinds

OwnerRecord = Technology | Comparison


def owned(records: Iterable[Technology | Comparison], copies: Set[str] = frozenset()) -> list[tuple[str, OwnerRecord]]:
    """The ids of all misconceptions with their records: of two with the same id the one first whose record has more right to it."""
    found = [(id_, record) for record in records for id_ in record.misconceptions]
    return sorted(found, key=lambda one: (one[1].id in copies, one[1].id not in one[0]))


class ComparisonRules(RecordRules):
    """Looks for problems of comparisons and misconceptions."""

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
        for id_, record in owned(records):
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

    def _comparisons_are_unique(self) -> None:
        """The same set of technologies is compared again under a title of its own only, and no two comparisons share a title."""
        by_sides: dict[tuple[frozenset[str], str], str] = {}
        by_title: dict[str, Comparison] = {}
        comparisons = self.catalogue.comparisons.items()

        published = {
            id_ for _, type_, ids, _ in lists_of(self.catalogue.published) for id_ in ids if type_ == "comparison"
        }

        def fits_less(one: tuple[str, Comparison]) -> tuple[bool, ...]:
            id_, of = one
            is_usual = id_ in _usual_ids(of)
            return id_ not in published, not is_usual, bool(of.title), id_ != pair_id(of.technologies)

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
                    message = f'"{row}" applies to no side of this comparison'
                    self._report(in_row, Code.NOT_APPLICABLE, message, hint_of_kinds(criterion))
                if row in shown:
                    message = f'"{row}" is already a row of this comparison'
                    self._report(in_row, Code.DUPLICATE_ENTRY, message, "remove it")
                shown.add(row)

    def _overrides_fit(self, comparison: Comparison) -> None:
        """An override is about one of the sides and a row that is shown, and fits as any fact does."""
        for side, facts in comparison.facts.items():
            at = ("comparison", comparison.id, "facts", side)
            if facts and side in self.catalogue.criteria and facts.keys() <= {*comparison.technologies}:
                turned = next(iter(facts))
                message, hint = (
                    f'"{side}" is a criterion, and stands above a side',
                    f'write "{turned}:" above "{side}:"',
                )
                self._report(at, Code.NOT_COMPARED, message, hint, key=True)
                continue
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


def _usual_ids(comparison: Comparison) -> set[str]:
    """The ids that a comparison of its technologies usually has."""
    return {pair_id(comparison.technologies), pair_id(reversed(comparison.technologies))}
