"""Questions to a catalogue: pure functions with plain arguments and frozen answers.

What a page shows is always the answer to one of these, so asking again tells whether the page is out of date.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from .catalogue import Catalogue
from .meetings import derived_pairs, kinds, matrix
from .model import Comparison, Criterion, Misconception, Source, Topic
from .tables import comparison_table, fact, sides, technologies_table
from .views import Card, Cell, Line, Outline, Reasoned, Row, Side, Status, Teaser, VerdictView

__all__ = [
    "card",
    "comparison_table",
    "comparisons",
    "criteria",
    "criterion",
    "derived_pairs",
    "fact",
    "kinds",
    "matrix",
    "misconception",
    "misconceptions",
    "misconceptions_about",
    "name",
    "outline",
    "record_lines",
    "related",
    "sides",
    "source",
    "status",
    "synonyms",
    "teaser",
    "technologies",
    "technologies_table",
    "title_of",
    "topics",
    "verdict",
]


# -- names and single records ----------------------------------------------------------------------------------------------


def title_of(catalogue: Catalogue, comparison: Comparison) -> str:
    """The title of a comparison: its own, or the names with "vs" between them."""
    return catalogue.titles[comparison.id]


def name(catalogue: Catalogue, type_: str, id_: str) -> str | None:
    """The words that stand for an object where it is referred to."""
    if type_ == "comparison":
        return catalogue.titles.get(id_) or _pair_title(catalogue, id_)
    if type_ == "misconception":
        misconception = catalogue.misconceptions.get(id_)
        return misconception.claim if misconception else None
    record = (catalogue.heads if type_ == "technology" else catalogue.criteria).get(id_)
    return record.name if record else None


def _pair_title(catalogue: Catalogue, id_: str) -> str | None:
    """The title of a derived pair, which must not sound as if somebody had judged the two."""
    names = [side.name for side in sides(catalogue, catalogue.derived.get(id_, ()))]
    return f"{' and '.join(names)} side by side" if names else None


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
    return Teaser(
        id_,
        catalogue.titles[id_],
        comparison.relation,
        comparison.summary,
        sides(catalogue, comparison.technologies),
        catalogue.kinds_of(id_),
    )


def comparisons(catalogue: Catalogue, kind: str = "", technology: str = "") -> tuple[Teaser, ...]:
    """The comparisons with a technology of the kind, or with the technology; sorted by title."""
    ids: Iterable[str] = catalogue.comparisons_by_technology.get(technology, ()) if technology else catalogue.titles
    wanted = (id_ for id_ in ids if not kind or kind in catalogue.kinds_of(id_))
    return tuple(found for id_ in wanted if (found := teaser(catalogue, id_)))


def related(catalogue: Catalogue, id_: str, most: int = 6) -> tuple[Teaser, ...]:
    """What to read next: what the record names, then comparisons that share two sides, a side, or else a kind."""
    others = (other for other in _unique(_near(catalogue, id_)) if other != id_)
    found = (teaser(catalogue, other) for other in others)
    return tuple(islice(filter(None, found), most))


def _near(catalogue: Catalogue, id_: str) -> Iterator[str]:
    """Ids of comparisons that somebody wrote, the nearest first; some come more than once."""
    if own := catalogue.comparisons.get(id_):
        yield from own.related
    by_technology, by_kind = catalogue.comparisons_by_technology, catalogue.comparisons_by_kind
    of_sides = [by_technology.get(side, ()) for side in catalogue.sides_of(id_)]
    shared = Counter(chain.from_iterable(of_sides))
    yield from _by_title(catalogue, [tuple(one for one in ids if shared[one] > 1) for ids in of_sides])
    yield from _by_title(catalogue, of_sides)
    yield from _by_title(catalogue, [by_kind.get(kind, ()) for kind in catalogue.kinds_of(id_)])


def _by_title(catalogue: Catalogue, lists: list[tuple[str, ...]]) -> Iterator[str]:
    """The ids of several lists that are sorted by title, sorted by title."""
    return heapq.merge(*lists, key=lambda id_: (catalogue.titles[id_].casefold(), id_))


def _unique(ids: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ not in seen:
            seen.add(id_)
            yield id_


def verdict(catalogue: Catalogue, id_: str) -> VerdictView | None:
    """The verdict of a comparison, with its reasons' names."""
    comparison = catalogue.comparisons.get(id_)
    if comparison is None or comparison.verdict is None:
        return None
    conditions = comparison.verdict.conditions
    by_side = [
        (
            side,
            tuple(Reasoned(one.when, _reasons(catalogue, one.because, comparison)) for one in conditions[side.id]),
        )
        for side in sides(catalogue, comparison.technologies)
        if side.id in conditions
    ]
    return VerdictView(comparison.relation, comparison.verdict.summary, tuple(by_side))


def _reasons(catalogue: Catalogue, ids: tuple[str, ...], comparison: Comparison) -> tuple[Side, ...]:
    rows = set(comparison.rows)
    shown = [id_ for id_ in ids if id_ in rows and id_ in catalogue.criteria]
    return tuple(Side(id_, catalogue.criteria[id_].name) for id_ in shown)


def topics(catalogue: Catalogue, id_: str) -> tuple[Topic, ...]:
    """The short sections that a comparison's record carries."""
    comparison = catalogue.comparisons.get(id_)
    return tuple(comparison.topics.values()) if comparison else ()


def status(catalogue: Catalogue, id_: str) -> Status | None:
    """When a comparison or a derived pair was reviewed, if ever, and from which versions and dates its facts are."""
    comparison = catalogue.comparisons.get(id_)
    table = comparison_table(catalogue, id_)
    if table is None:
        return None
    cells = [cell for row in table.rows for cell in row.cells if cell.fact]
    dates = [cell.fact.as_of for cell in cells if cell.fact and cell.fact.as_of]
    versions = tuple((side, _versions(cells, side.id)) for side in table.sides)
    relation, reviewed = (comparison.relation, comparison.reviewed) if comparison else (None, None)
    unknown = _asked(row for row in table.rows if not all(cell.known for cell in row.cells))
    disputed = _asked(row for row in table.rows if any(cell.fact and cell.fact.disputed for cell in row.cells))
    return Status(relation, reviewed, versions, min(dates, default=None), id_, unknown, disputed)


def _asked(rows: Iterable[Row]) -> tuple[Side, ...]:
    return tuple(Side(row.criterion.id, row.criterion.name) for row in rows)


def _versions(cells: Iterable[Cell], technology: str) -> tuple[str, ...]:
    found = (cell.fact.version for cell in cells if cell.technology == technology and cell.fact)
    return tuple(version for version, _ in Counter(filter(None, found)).most_common())


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
    """The parts of a page made from a record, or of a hub."""
    if kind == "comparison":
        return _comparison_outline(catalogue, id_)
    if kind == "pair":
        return _pair_outline(catalogue, id_)
    return _technology_outline(catalogue, id_) if kind == "technology" else Outline("", kind)


def _comparison_outline(catalogue: Catalogue, id_: str) -> Outline:
    record = catalogue.comparisons[id_]
    return Outline(
        id_,
        title_of(catalogue, record),
        technologies=record.technologies,
        relation=record.relation.value,
        may_choose=record.relation.may_choose,
        has_topics=bool(record.topics),
        has_misconceptions=bool(misconceptions(catalogue, id_)),
        has_verdict=record.verdict is not None,
    )


def _pair_outline(catalogue: Catalogue, id_: str) -> Outline:
    return Outline(
        id_,
        _pair_title(catalogue, id_) or "",
        technologies=catalogue.derived[id_],
        has_misconceptions=bool(misconceptions(catalogue, id_)),
    )


def _technology_outline(catalogue: Catalogue, id_: str) -> Outline:
    record = catalogue.technologies[id_]
    return Outline(
        id_,
        record.name,
        technologies=(id_,),
        has_facts=bool(record.facts),
        has_misconceptions=bool(misconceptions_about(catalogue, (id_,))),
        has_comparisons=id_ in catalogue.comparisons_by_technology,
        has_pairs=id_ in catalogue.derived_by_technology,
    )


# -- lists -----------------------------------------------------------------------------------------------------------------


def misconceptions(
    catalogue: Catalogue, comparison: str = "", technologies: tuple[str, ...] = (), kind: str = ""
) -> tuple[Misconception, ...]:
    """The misconceptions of a comparison (the pair's own first, then each side's), of technologies, of a kind, or all."""
    if comparison:
        record = catalogue.comparisons.get(comparison)
        own = tuple(catalogue.misconceptions[id_] for id_ in record.misconceptions) if record else ()
        return own + _misconceptions_of(catalogue, catalogue.sides_of(comparison))
    if technologies:
        return misconceptions_about(catalogue, technologies)
    found = catalogue.misconceptions.values()
    kinds = catalogue.heads
    return tuple(one for one in found if not kind or any(kinds[id_].kind == kind for id_ in one.about if id_ in kinds))


def _misconceptions_of(catalogue: Catalogue, technologies: tuple[str, ...]) -> tuple[Misconception, ...]:
    records = [catalogue.technologies[id_] for id_ in technologies]
    return tuple(catalogue.misconceptions[id_] for record in records for id_ in record.misconceptions)


def misconceptions_about(catalogue: Catalogue, technologies: tuple[str, ...]) -> tuple[Misconception, ...]:
    """The misconceptions about any of the technologies, those of pairs included."""
    if len(technologies) == 1:
        ids = catalogue.misconceptions_by_technology.get(technologies[0], ())
        return tuple(catalogue.misconceptions[id_] for id_ in ids)
    return tuple(one for one in catalogue.misconceptions.values() if set(one.about) & set(technologies))


def technologies(catalogue: Catalogue, kind: str = "") -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """The technologies by kind, each list sorted by name."""
    kinds = [kind] if kind else catalogue.kinds
    return tuple((one, tuple(sorted(_cards(catalogue, one), key=lambda card_: card_.name.casefold()))) for one in kinds)


def _cards(catalogue: Catalogue, kind: str) -> Iterator[Card]:
    for id_, head in catalogue.heads.items():
        if head.kind == kind and (found := card(catalogue, id_)):
            yield found


def criteria(catalogue: Catalogue) -> tuple[tuple[str, tuple[Criterion, ...]], ...]:
    """The vocabulary by group, in the order of the file."""
    groups: dict[str, list[Criterion]] = {}
    for one in catalogue.criteria.values():
        groups.setdefault(one.group, []).append(one)
    return tuple((title, tuple(ones)) for title, ones in groups.items())
