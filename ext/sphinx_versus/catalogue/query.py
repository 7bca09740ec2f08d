"""Questions to a catalogue: pure functions with plain arguments and frozen answers.

What a page shows is always the answer to one of these, so asking again tells whether the page is out of date.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from .catalogue import Catalogue
from .fields import Kind, PartialDate
from .model import Criterion, Misconception, Source, Topic
from .pairs import Meeting
from .tables import comparison_table, fact, sides, technologies_table
from .views import (
    Card,
    Coverage,
    Line,
    Matrix,
    Outline,
    Reasoned,
    Row,
    Side,
    SideBySide,
    State,
    Status,
    Teaser,
    Totals,
    VerdictSide,
    VerdictView,
)

__all__ = ["comparison_table", "fact", "sides", "technologies_table"]
"""Questions as well."""

FEW = 2
"""So many technologies are one pair, and never too many for a table."""


# -- names and single records ----------------------------------------------------------------------------------------------


def name(catalogue: Catalogue, type_: str, id_: str) -> str | None:
    """The words that stand for an object where it is referred to."""
    if type_ == "comparison":
        if title := catalogue.titles.get(id_):
            return title
        names = [side.name for side in sides(catalogue, catalogue.derived.get(id_, ()))]
        return f"{' and '.join(names)} side by side" if names else None  # sounds as if nobody had judged the two
    if type_ == "misconception":
        misconception = catalogue.misconceptions.get(id_)
        return misconception.claim if misconception else None
    record = (catalogue.technologies if type_ == "technology" else catalogue.criteria).get(id_)
    return record.name if record else None


def card(catalogue: Catalogue, id_: str) -> Card | None:
    """The definition of a technology."""
    record = catalogue.technologies.get(id_)
    return Card(**{field: getattr(record, field) for field in Card.__dataclass_fields__}) if record else None


def criterion(catalogue: Catalogue, id_: str) -> Criterion | None:
    """The definition of a criterion."""
    return catalogue.criteria.get(id_)


def misconception(catalogue: Catalogue, id_: str) -> Misconception | None:
    """A misconception, with the technologies that it is about."""
    return catalogue.misconceptions.get(id_)


def source(catalogue: Catalogue, id_: str) -> Source | None:
    """A source."""
    return catalogue.sources.get(id_)


def synonyms(catalogue: Catalogue, type_: str, id_: str) -> tuple[str, ...]:
    """The words under which readers look for a technology or a comparison."""
    records = catalogue.technologies if type_ == "technology" else catalogue.comparisons
    record = records.get(id_)
    return record.synonyms if record else ()


# -- comparisons -----------------------------------------------------------------------------------------------------------


def teaser(catalogue: Catalogue, id_: str) -> Teaser | None:
    """A comparison as an entry of a list."""
    comparison = catalogue.comparisons.get(id_)
    if comparison is None:
        return None
    found = catalogue.ask(verdict, id_)
    order = {row.id: at for at, row in enumerate(found.rows)} if found else {}
    return Teaser(
        id_,
        catalogue.titles[id_],
        comparison.relation,
        comparison.summary,
        sides(catalogue, comparison.technologies),
        catalogue.kinds_of(id_),
        tuple((one.side, one.answer) for one in found.sides) if found else (),
        tuple(tuple(tuple(order[row.id] for row in reason.because) for reason in one.conditions) for one in found.sides)
        if found
        else (),
    )


def comparisons(catalogue: Catalogue, kind: str = "", technology: str = "") -> tuple[Teaser, ...]:
    """The comparisons with a technology of the kind, or with the technology; sorted by title."""
    ids: Iterable[str] = catalogue.comparisons_by_technology.get(technology, ()) if technology else catalogue.titles
    wanted = (id_ for id_ in ids if not kind or kind in catalogue.kinds_of(id_))
    return tuple(found for id_ in wanted if (found := catalogue.ask(teaser, id_)))


def related(catalogue: Catalogue, id_: str, most: int = 6) -> tuple[Teaser, ...]:
    """What to read next: what the record names, then comparisons that share two sides, a side, or else a kind."""
    found: dict[str, Teaser] = {}
    for other in _near(catalogue, id_):
        if other != id_ and other not in found and (shown := catalogue.ask(teaser, other)):
            found[other] = shown
            if len(found) == most:
                break
    return tuple(found.values())


def _near(catalogue: Catalogue, id_: str) -> Iterator[str]:
    """The ids of comparisons, the nearest first; some come more than once, and the last are looked up when all others are too few."""
    if own := catalogue.comparisons.get(id_):
        yield from own.related
    of_sides = [catalogue.comparisons_by_technology.get(side, ()) for side in catalogue.sides_of(id_)]
    shared = Counter(chain.from_iterable(of_sides))
    yield from _by_title(catalogue, [[one for one in ids if shared[one] > 1] for ids in of_sides])
    yield from _by_title(catalogue, of_sides)
    yield from _by_title(catalogue, [catalogue.comparisons_by_kind.get(kind, ()) for kind in catalogue.kinds_of(id_)])


def _by_title(catalogue: Catalogue, lists: Iterable[Iterable[str]]) -> Iterable[str]:
    """The ids of several lists that are sorted by title, sorted by title."""
    return heapq.merge(*lists, key=lambda id_: (catalogue.titles[id_].casefold(), id_))


def sides_of(catalogue: Catalogue, comparison: str) -> tuple[Side, ...]:
    """The sides of a comparison or a derived pair, in their order."""
    return sides(catalogue, catalogue.sides_of(comparison))


def verdict(catalogue: Catalogue, id_: str) -> VerdictView | None:
    """The verdict of a comparison, with the names of the reasons that its table shows."""
    comparison = catalogue.comparisons.get(id_)
    if comparison is None or comparison.verdict is None:
        return None
    verdict, rows = comparison.verdict, set(comparison.rows)

    def reasons(ids: tuple[str, ...]) -> tuple[Side, ...]:
        known = [one for one in ids if one in rows and one in catalogue.criteria]
        return tuple(Side(one, catalogue.criteria[one].name) for one in known)

    def of(side: Side) -> VerdictSide:
        conditions = verdict.conditions.get(side.id, ())
        reasoned = tuple(Reasoned(one.when, reasons(one.because)) for one in conditions)
        return VerdictSide(side, verdict.answer.get(side.id, ""), reasoned)

    named = {*verdict.conditions, *verdict.answer}
    by_side = tuple(of(side) for side in sides(catalogue, comparison.technologies) if side.id in named)
    cited = {row.id: row for side in by_side for one in side.conditions for row in one.because}
    in_order = tuple(cited[row] for row in comparison.rows if row in cited)
    return VerdictView(comparison.relation, verdict.question or "", verdict.summary, by_side, in_order)


def topics(catalogue: Catalogue, id_: str) -> tuple[Topic, ...]:
    """The short sections that a comparison's record carries."""
    comparison = catalogue.comparisons.get(id_)
    return tuple(comparison.topics.values()) if comparison else ()


def reviewed(catalogue: Catalogue, id_: str) -> PartialDate | None:
    """The day on which a comparison was reviewed; a derived pair never is."""
    comparison = catalogue.comparisons.get(id_)
    return comparison.reviewed if comparison else None


def status(catalogue: Catalogue, id_: str) -> Status | None:
    """When a comparison or a derived pair was reviewed, if ever, and from which versions and dates its facts are."""
    comparison = catalogue.comparisons.get(id_)
    table = catalogue.ask(comparison_table, id_)
    if table is None:
        return None

    def criteria_of(rows: Iterable[Row]) -> tuple[Side, ...]:
        return tuple(Side(row.criterion.id, row.criterion.name) for row in rows)

    facts = [(cell.technology, cell.fact) for row in table.rows for cell in row.cells if cell.fact]
    counts = [
        (side, Counter(fact.version for id_, fact in facts if id_ == side.id and fact.version)) for side in table.sides
    ]
    return Status(
        comparison.relation if comparison else None,
        comparison.reviewed if comparison else None,
        tuple((side, tuple(version for version, _ in found.most_common())) for side, found in counts),
        min((fact.as_of for _, fact in facts if fact.as_of), default=None),
        id_,
        criteria_of(row for row in table.rows if not row.known_of_all),
        criteria_of(row for row in table.rows if any(cell.fact and cell.fact.disputed for cell in row.cells)),
    )


def totals(catalogue: Catalogue) -> Totals:
    """What all comparisons together show; a value that two of them show counts twice."""
    found = [coverage(catalogue, id_) for id_ in catalogue.comparisons]
    documented = sum(one.values - one.judgements for one in found)
    days = [one.reviewed for one in catalogue.comparisons.values() if one.reviewed]
    return Totals(sum(one.values for one in found), documented, len(catalogue.sources), max(days, default=None))


def coverage(catalogue: Catalogue, id_: str) -> Coverage:
    """How well a comparison, which must exist, is backed by sources."""
    table = catalogue.ask(comparison_table, id_)
    assert table is not None
    cells = [cell for row in table.rows for cell in row.cells]
    facts = [cell.fact for cell in cells if cell.known and cell.fact]
    primary = {id_ for id_, one in catalogue.sources.items() if one.kind is Kind.PRIMARY}
    return Coverage(
        id=id_,
        cells=len(cells),
        values=len(facts),
        sourced=sum(bool(fact.sources) for fact in facts),
        primary=sum(not primary.isdisjoint(fact.sources) for fact in facts),
        unknown=sum(cell.state is State.UNKNOWN for cell in cells),
        not_assessed=sum(cell.state is State.NOT_ASSESSED for cell in cells),
        disputed=sum(fact.disputed is not None for fact in facts),
        judgements=sum(fact.judgement for fact in facts),
        oldest=min((fact.as_of for fact in facts if fact.as_of), default=None),
    )


def record_lines(catalogue: Catalogue, rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[Line, ...], ...]:
    """Where the facts of rows stand; a row is the comparison whose it is (or "-"), the criterion, and the technologies."""
    return tuple(tuple(_line(catalogue, row[0], row[1], side) for side in row[2:]) for row in rows)


def _line(catalogue: Catalogue, comparison: str, asked: str, technology: str) -> Line:
    record = catalogue.comparisons.get(comparison)
    name = catalogue.technologies[technology].name
    if record and asked in record.facts.get(technology, {}):
        return Line(name, f"comparisons/{comparison}.yaml", 0)
    place = catalogue.places.get(("fact", f"{technology}/{asked}"))
    return Line(name, f"technologies/{technology}.yaml", place.line if place else 0)


def outline(catalogue: Catalogue, kind: str, id_: str) -> Outline:
    """The parts of a page made from a record or for a derived pair, or of a hub."""
    if kind == "comparison":
        comparison = catalogue.comparisons[id_]
        return Outline(
            id_,
            catalogue.titles[id_],
            technologies=comparison.technologies,
            relation=comparison.relation.value,
            may_choose=comparison.relation.may_choose,
            has_topics=bool(comparison.topics),
            has_misconceptions=bool(misconceptions(catalogue, id_)),
            has_verdict=comparison.verdict is not None,
        )
    if kind == "pair":
        return Outline(
            id_,
            name(catalogue, "comparison", id_) or "",
            technologies=catalogue.derived[id_],
            has_misconceptions=bool(misconceptions(catalogue, id_)),
        )
    if kind == "technology":
        technology = catalogue.technologies[id_]
        return Outline(
            id_,
            technology.name,
            technologies=(id_,),
            has_facts=bool(technology.facts),
            has_misconceptions=bool(misconceptions_about(catalogue, (id_,))),
            has_comparisons=id_ in catalogue.comparisons_by_technology,
            has_pairs=id_ in catalogue.derived_by_technology,
        )
    return Outline("", kind)


# -- lists -----------------------------------------------------------------------------------------------------------------


def misconceptions(
    catalogue: Catalogue, comparison: str = "", technologies: tuple[str, ...] = (), kind: str = ""
) -> tuple[Misconception, ...]:
    """The misconceptions of a comparison (the pair's own first, then each side's), of technologies, of a kind, or all."""
    if comparison:
        record = catalogue.comparisons.get(comparison)
        of_sides = [catalogue.technologies[side].misconceptions for side in catalogue.sides_of(comparison)]
        ids = chain(record.misconceptions if record else (), *of_sides)
        return tuple(catalogue.misconceptions[id_] for id_ in ids)
    if technologies:
        return misconceptions_about(catalogue, technologies)
    found, known = catalogue.misconceptions.values(), catalogue.technologies
    return tuple(one for one in found if not kind or any(known[id_].kind == kind for id_ in one.about if id_ in known))


def misconceptions_about(catalogue: Catalogue, technologies: tuple[str, ...]) -> tuple[Misconception, ...]:
    """The misconceptions about any of the technologies, those of pairs included."""
    if len(technologies) == 1:
        ids = catalogue.misconceptions_by_technology.get(technologies[0], ())
        return tuple(catalogue.misconceptions[id_] for id_ in ids)
    return tuple(one for one in catalogue.misconceptions.values() if set(one.about) & set(technologies))


def technologies(catalogue: Catalogue, kind: str = "") -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """The technologies by kind, each list sorted by name."""
    cards: dict[str, list[Card]] = {one: [] for one in ([kind] if kind else catalogue.kinds)}
    for id_, record in catalogue.technologies.items():
        if record.kind in cards and (found := card(catalogue, id_)):
            cards[record.kind].append(found)
    return tuple((one, tuple(sorted(found, key=lambda shown: shown.name.casefold()))) for one, found in cards.items())


def criteria(catalogue: Catalogue) -> tuple[tuple[str, tuple[Criterion, ...]], ...]:
    """The vocabulary by group, in the order of the file."""
    groups: dict[str, list[Criterion]] = {}
    for one in catalogue.criteria.values():
        groups.setdefault(one.group, []).append(one)
    return tuple((title, tuple(ones)) for title, ones in groups.items())


# -- pairs -----------------------------------------------------------------------------------------------------------------


def matrix(catalogue: Catalogue, kind: str, most: int) -> Matrix:
    """The technologies of a kind, sorted by name: each against each other, or a list for each when there are too many."""
    found = (Side(id_, record.name) for id_, record in catalogue.technologies.items() if record.kind == kind)
    sides_ = tuple(sorted(found, key=_by_name))
    if len(sides_) <= max(most, FEW):
        rows = tuple(tuple(catalogue.meeting(row.id, column.id) for column in sides_) for row in sides_)
        return Matrix(kind, sides_, rows)
    known = {side.id: side for side in sides_}
    pages: dict[str, list[tuple[Side, Meeting]]] = {id_: [] for id_ in known}
    for (first, second), meeting in catalogue.meetings.items():
        if first in known and second in known:
            pages[first].append((known[second], meeting))
            pages[second].append((known[first], meeting))
    lists = []
    for side in sides_:
        by_name = sorted(pages[side.id], key=lambda page: _by_name(page[0]))
        lists.append(SideBySide(side, tuple(by_name), missing=len(sides_) - 1 - len(by_name)))
    return Matrix(kind, sides_, lists=tuple(lists))


def kinds(catalogue: Catalogue, least: int) -> tuple[str, ...]:
    """The kinds with at least so many technologies, sorted."""
    found = Counter(record.kind for record in catalogue.technologies.values())
    return tuple(sorted(kind for kind, count in found.items() if count >= least))


def derived_pairs(catalogue: Catalogue, technology: str) -> tuple[tuple[str, Side], ...]:
    """The ids of the derived pairs of a technology, each with the other side; sorted by its name."""
    ids = catalogue.derived_by_technology.get(technology, ())
    others = {id_: next(side for side in catalogue.derived[id_] if side != technology) for id_ in ids}
    found = [(id_, Side(other, catalogue.technologies[other].name)) for id_, other in others.items()]
    return tuple(sorted(found, key=lambda pair: _by_name(pair[1])))


def _by_name(side: Side) -> tuple[str, str]:
    return side.name.casefold(), side.id
