"""Questions to a catalogue: pure functions with plain arguments and frozen answers.

What a page shows is always the answer to one of these, so asking again shows whether the page is out of date.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, islice

from .catalogue import Catalogue, grouped
from .fields import Kind, PartialDate, ValueType, kind_heading
from .model import Comparison, Criterion, Fact, Misconception, Source, Technology, Topic
from .pairs import PairPage, is_round_up
from .sides import Need, applies, needs
from .values import ANSWERS, naming_only
from .views import (
    Card,
    Cell,
    CitedRow,
    Coverage,
    Group,
    Line,
    Matrix,
    Order,
    Outline,
    Reasoned,
    Row,
    Selection,
    Side,
    SideBySide,
    State,
    Status,
    Table,
    Teaser,
    Totals,
    VerdictSide,
    VerdictView,
)

MOST_SIDES, MOST_ROWS = 6, 1_000
"""So many technologies are columns of a table; more are rows, up to a number."""
FEW = 2
"""So many technologies are one pair, and never too many for a table."""
Groups = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with the ids of its criteria."""
EVERYTHING = Selection()
"""All rows, in their groups."""


# -- names and single records ----------------------------------------------------------------------------------------------


def name(catalogue: Catalogue, type_: str, id_: str) -> str | None:
    """The words that stand for an object where it is referred to."""
    if type_ == "comparison":
        if title := catalogue.titles.get(id_):
            return title
        names = [side.name for side in sides(catalogue, catalogue.derived.get(id_, ()))]
        return f"{' and '.join(names)} side by side" if names else None  # "vs" would promise a judgement
    if type_ == "kind":
        return f"{kind_heading(id_)} side by side" if id_ in catalogue.kinds else None
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
    found = catalogue.criteria.get(id_)
    return found and naming_only(found, ())


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
    found: VerdictView | None = catalogue.ask(verdict, id_)
    by_side = found.sides if found else ()
    order = {row.id: at for at, row in enumerate(found.rows)} if found else {}
    reasons = [[tuple(order[row.id] for row in one.because) for one in side.conditions] for side in by_side]
    return Teaser(
        id_,
        catalogue.titles[id_],
        comparison.relation,
        comparison.summary,
        sides(catalogue, comparison.technologies),
        catalogue.kinds_of(id_),
        tuple((one.side, one.answer) for one in by_side),
        tuple(map(tuple, reasons)),
    )


def comparisons(catalogue: Catalogue, kind: str = "", technology: str = "") -> tuple[Teaser, ...]:
    """The comparisons with a technology of the kind, or with the technology; sorted by title."""
    ids: Iterable[str] = catalogue.comparisons_by_technology.get(technology, ()) if technology else catalogue.titles
    wanted = (id_ for id_ in ids if not kind or kind in catalogue.kinds_of(id_))
    return tuple(found for id_ in wanted if (found := catalogue.ask(teaser, id_)))


def round_ups(catalogue: Catalogue, most: int) -> tuple[Side, ...]:
    """The first comparisons of more than two, by title."""
    found = (Side(id_, title) for id_, title in catalogue.titles.items() if is_round_up(catalogue.comparisons[id_]))
    return tuple(islice(found, most))


def related(catalogue: Catalogue, id_: str, most: int = 6) -> tuple[Teaser, ...]:
    """What to read next: comparisons that share two sides, then what the record names, those that share a side, or else a kind."""
    found: dict[str, Teaser] = {}
    for other in _near(catalogue, id_):
        if other != id_ and other not in found and (shown := catalogue.ask(teaser, other)):
            found[other] = shown
            if len(found) == most:
                break
    return tuple(found.values())


def _near(catalogue: Catalogue, id_: str) -> Iterator[str]:
    """The ids of comparisons, the nearest first; some come more than once, and the last are looked up when all others are too few."""
    of_sides = [catalogue.comparisons_by_technology.get(side, ()) for side in catalogue.sides_of(id_)]
    shared = Counter(chain.from_iterable(of_sides))
    near = [*_by_title(catalogue, [[one for one in ids if shared[one] > 1] for ids in of_sides])]
    yield from sorted(near, key=lambda one: (-shared[one], len(catalogue.sides_of(one))))
    if own := catalogue.comparisons.get(id_):
        yield from own.related
    yield from _by_title(catalogue, of_sides)
    yield from _by_title(catalogue, [catalogue.comparisons_by_kind.get(kind, ()) for kind in catalogue.kinds_of(id_)])


def _by_title(catalogue: Catalogue, lists: Iterable[Iterable[str]]) -> Iterable[str]:
    """The ids of several lists that are sorted by title, sorted by title."""
    return heapq.merge(*lists, key=lambda id_: (catalogue.titles[id_].casefold(), id_))


def sides(catalogue: Catalogue, ids: tuple[str, ...]) -> tuple[Side, ...]:
    """The names of technologies, those that exist."""
    return tuple(Side(id_, catalogue.technologies[id_].name) for id_ in ids if id_ in catalogue.technologies)


def sides_of(catalogue: Catalogue, comparison: str) -> tuple[Side, ...]:
    """The sides of a comparison or a derived pair, in their order."""
    return sides(catalogue, catalogue.sides_of(comparison))


def verdict(catalogue: Catalogue, id_: str) -> VerdictView | None:
    """The verdict of a comparison, with the names of the reasons that its table shows."""
    comparison = catalogue.comparisons.get(id_)
    if comparison is None or comparison.verdict is None:
        return None
    verdict, table = comparison.verdict, catalogue.ask(comparison_table, id_)
    rows = {row.criterion.id: _cited(row) for row in table.rows} if table else {}

    def of(side: Side) -> VerdictSide:
        conditions = verdict.conditions.get(side.id, ())
        reasoned = tuple(
            Reasoned(one.when, tuple(rows[row] for row in one.because if row in rows)) for one in conditions
        )
        return VerdictSide(side, verdict.answer.get(side.id, ""), reasoned)

    named = {*verdict.conditions, *verdict.answer}
    by_side = tuple(of(side) for side in sides(catalogue, comparison.technologies) if side.id in named)
    heights = _heights(by_side)
    in_order = tuple(sorted((row for id_, row in rows.items() if id_ in heights), key=lambda row: heights[row.id]))
    return VerdictView(comparison.relation, verdict.question or "", verdict.summary, by_side, in_order)


def _heights(by_side: Iterable[VerdictSide]) -> Mapping[str, float]:
    """For each row how far down the reasons are, on average, that rest on it: in this order few of their wires cross."""
    places = grouped(
        (row.id, (at + 0.5) / len(side.conditions))
        for side in by_side
        for at, one in enumerate(side.conditions)
        for row in one.because
    )
    return {id_: sum(found) / len(found) for id_, found in places.items()}


def _cited(row: Row) -> CitedRow:
    disputed = tuple(cell.technology for cell in row.cells if cell.fact and cell.fact.disputed)
    return CitedRow(row.criterion.id, row.criterion.name, disputed)


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

    cells = [cell for row in table.rows for cell in row.cells if cell.applies]
    facts = [(cell.technology, cell.fact) for row in table.rows for cell in row.cells if cell.fact]
    counts: dict[str, Counter[str]] = {side.id: Counter() for side in table.sides}
    for technology, fact in facts:
        if fact.version:
            counts[technology][fact.version] += 1
    return Status(
        comparison.relation if comparison else None,
        comparison.reviewed if comparison else None,
        tuple((side, tuple(version for version, _ in counts[side.id].most_common())) for side in table.sides),
        min((fact.as_of for _, fact in facts if fact.as_of), default=None),
        id_,
        sum(cell.is_open for cell in cells),
        len(cells),
        sides(catalogue, catalogue.apart.get(id_, ())),
    )


def totals(catalogue: Catalogue) -> Totals:
    """What all comparisons together show; a value that two of them show counts twice."""
    found = [coverage(catalogue, id_) for id_ in catalogue.comparisons]
    documented = sum(one.documented for one in found)
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
        documented=sum(fact.is_documented for fact in facts),
        primary=sum(not primary.isdisjoint(fact.sources) for fact in facts),
        unknown=sum(cell.state is State.UNKNOWN for cell in cells),
        not_assessed=sum(cell.state is State.NOT_ASSESSED for cell in cells),
        not_applicable=sum(not cell.applies for cell in cells),
        depends=sum(cell.state is State.DEPENDS for cell in cells),
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
    if kind == "technology":
        technology = catalogue.technologies[id_]
        return Outline(
            id_,
            technology.name,
            technologies=(id_,),
            has_facts=bool(technology.facts),
            has_misconceptions=bool(misconceptions(catalogue, "", (id_,))),
            has_comparisons=id_ in catalogue.comparisons_by_technology,
            has_pairs=id_ in catalogue.derived_by_technology,
        )
    if kind == "kind":
        of_kind = sorted(large_kinds(catalogue)[id_], key=lambda one: (one.name.casefold(), one.id))
        ids = tuple(one.id for one in of_kind)
        has_comparisons = bool(catalogue.comparisons_by_kind.get(id_))
        return Outline(id_, name(catalogue, "kind", id_) or "", technologies=ids, has_comparisons=has_comparisons)
    if kind not in {"comparison", "pair"}:
        return Outline("", kind)
    record = catalogue.comparisons[id_] if kind == "comparison" else None
    return Outline(
        id_,
        name(catalogue, "comparison", id_) or "",
        technologies=record.technologies if record else catalogue.derived[id_],
        relation=record.relation.value if record else "",
        may_choose=bool(record and record.relation.may_choose),
        has_topics=bool(record and record.topics),
        has_misconceptions=bool(misconceptions(catalogue, id_)),
        has_verdict=bool(record and record.verdict),
        has_related=bool(related(catalogue, id_, most=1)),
    )


# -- tables ---------------------------------------------------------------------------------------------------------------


def fact(catalogue: Catalogue, technology: str, criterion_id: str) -> tuple[Criterion, Cell] | None:
    """The answer of one technology to one criterion."""
    record, asked = catalogue.technologies.get(technology), catalogue.criteria.get(criterion_id)
    if record is None or asked is None or criterion_id not in record.facts:
        return None
    return naming_only(asked, [record.facts[criterion_id]]), _cell(asked, record, {})


def comparison_table(
    catalogue: Catalogue, id_: str, selection: Selection = EVERYTHING, technologies: tuple[str, ...] = ()
) -> Table | None:
    """The table of a comparison: its rows in its groups, for all of its sides or some of them.

    A derived pair has the criteria that one of the two answers; in each group those come first of which every side's answer is
    known, so that readers see what can be compared.
    """
    sides_ = catalogue.sides_of(id_)
    if not sides_:
        return None
    if comparison := catalogue.comparisons.get(id_):
        written = [*grouped((heading, row) for row, heading in _headings(comparison).items()).items()]
        conditions = chain(*comparison.verdict.conditions.values()) if comparison.verdict else ()
        cited = frozenset(row for one in conditions for row in one.because)
        return _table(catalogue, technologies or sides_, written, selection, comparison.facts, cited)
    facts = [catalogue.technologies[side].facts for side in sides_]

    def half_known(criterion_id: str) -> bool:
        return any(answer is None or answer.value is None for answer in (one.get(criterion_id) for one in facts))

    answered = [(title, sorted(rows, key=half_known)) for title, rows in _of_pair(catalogue, sides_)]
    return _table(catalogue, technologies or sides_, answered, selection, {})


def _of_pair(catalogue: Catalogue, pair: tuple[str, ...]) -> Groups:
    """The criteria that one of the two answers.

    First come those of the smallest round-up of both, in its groups: its writer put first what decides. The others follow in the
    groups of the vocabulary.
    """
    near = (catalogue.comparisons[id_] for id_ in catalogue.comparisons_by_technology.get(pair[0], ()))
    both = [one for one in near if set(pair) <= set(one.technologies)]
    headings = _headings(min(both, key=lambda one: (len(one.technologies), one.id))) if both else {}
    answered = _answered(catalogue, pair)
    known = {row for _title, rows in answered for row in rows}
    first = {row: heading for row, heading in headings.items() if row in known}
    others = ((title, row) for title, rows in answered for row in rows if row not in first)
    return [*grouped(chain(((title, row) for row, title in first.items()), others)).items()]


def _headings(comparison: Comparison) -> Mapping[str, str]:
    """By row of a comparison the heading of the group in which it comes first."""
    found: dict[str, str] = {}
    for group in comparison.criteria:
        for row in group.rows:
            found.setdefault(row, group.group)
    return found


def technologies_table(catalogue: Catalogue, ids: tuple[str, ...], selection: Selection = EVERYTHING) -> Table:
    """The table of any technologies: the criteria that one of them answers, in the groups of the vocabulary."""
    return _table(catalogue, ids, _answered(catalogue, ids, selection.criteria), selection, {})


def _answered(catalogue: Catalogue, ids: tuple[str, ...], also: tuple[str, ...] = ()) -> Groups:
    """The criteria that one of the technologies answers, and others, in the groups and the order of the vocabulary."""
    answered = {*also, *(criterion_id for id_ in ids for criterion_id in catalogue.technologies[id_].facts)}
    asked = (one for one in catalogue.criteria.values() if one.id in answered)
    return [*grouped((one.group, one.id) for one in asked).items()]


def _table(
    catalogue: Catalogue,
    columns: tuple[str, ...],
    groups: Groups,
    selection: Selection,
    overrides: Mapping[str, Mapping[str, Fact]],
    cited: Set[str] = frozenset(),
) -> Table:
    """A list of criteria in the selection also sets their order. Rows that are ``cited`` are never left out for being alike."""
    kept = {*selection.criteria, *cited}

    def may_go(asked: Criterion) -> bool:
        return selection.differences_only or (asked.only_when_different and len(columns) > 1 and asked.id not in kept)

    records = [catalogue.technologies[id_] for id_ in columns]
    wanted = [(title, ids) for title, ids in groups if not selection.groups or title in selection.groups]
    if not selection.grouped:
        wanted = [("", [id_ for _, ids in wanted for id_ in ids])]
    arranged = []
    for title, ids in wanted:
        chosen = [id_ for id_ in selection.criteria if id_ in ids] if selection.criteria else ids
        asked = [
            catalogue.criteria[id_] for id_ in chosen if id_ in catalogue.criteria and id_ not in selection.exclude
        ]
        rows = []
        for one in asked:
            needed = needs(one, catalogue.criteria)
            rows.append(_row(one, tuple(_cell(one, side, overrides.get(side.id, {}), needed) for side in records)))
        rows = [row for row in rows if not may_go(row.criterion) or row.differs]
        if selection.order is Order.NAME:
            rows.sort(key=lambda row: row.criterion.name.casefold())
        elif selection.order is Order.DIFFERENCES:
            rows.sort(key=lambda row: not row.differs)
        if rows:
            arranged.append(Group(title, tuple(rows)))
    return Table(sides(catalogue, columns), tuple(arranged))


def _row(asked: Criterion, cells: tuple[Cell, ...]) -> Row:
    return Row(naming_only(asked, (cell.fact for cell in cells if cell.fact)), cells)


def _cell(
    asked: Criterion, technology: Technology, overrides: Mapping[str, Fact], needed: tuple[Need, ...] = ()
) -> Cell:
    answer = overrides.get(asked.id) or technology.facts.get(asked.id)
    if answer is None:
        may_be_asked = applies(needed, lambda id_: overrides.get(id_) or technology.facts.get(id_))
        state = State.NOT_ASSESSED if may_be_asked else State.NOT_APPLICABLE
    elif answer.not_applicable:
        state = State.NOT_APPLICABLE
    elif answer.value is None:
        state = State.DEPENDS if answer.present else State.UNKNOWN
    elif asked.type is ValueType.YES_NO and answer.value in ANSWERS:
        state = State(answer.value)
    else:
        state = State.VALUE
    return Cell(technology.id, state, answer, bool(answer and technology.is_outdated(answer.version)))


# -- lists -----------------------------------------------------------------------------------------------------------------


def misconceptions(
    catalogue: Catalogue, comparison: str = "", technologies: tuple[str, ...] = (), kind: str = ""
) -> tuple[Misconception, ...]:
    """The misconceptions of a comparison (the pair's own first, then each side's), of technologies, of a kind, or all."""
    if comparison:
        record = catalogue.comparisons.get(comparison)
        of_sides = [catalogue.technologies[side].misconceptions for side in catalogue.sides_of(comparison)]
        own = record.misconceptions if record else ()
        return tuple(catalogue.misconceptions[id_] for id_ in chain(own, *of_sides))
    if len(technologies) == 1:
        ids = catalogue.misconceptions_by_technology.get(technologies[0], ())
        return tuple(catalogue.misconceptions[id_] for id_ in ids)
    found, known = catalogue.misconceptions.values(), catalogue.technologies
    if technologies:
        return tuple(one for one in found if set(one.about) & set(technologies))
    return tuple(one for one in found if not kind or any(known[id_].kind == kind for id_ in one.about if id_ in known))


def technologies(catalogue: Catalogue, kind: str = "") -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """The technologies by kind, each list sorted by name."""
    cards: dict[str, list[Card]] = {one: [] for one in ([kind] if kind else catalogue.kinds)}
    for id_, record in catalogue.technologies.items():
        if record.kind in cards and (found := card(catalogue, id_)):
            cards[record.kind].append(found)
    return tuple((one, tuple(sorted(found, key=lambda shown: shown.name.casefold()))) for one, found in cards.items())


def criteria(catalogue: Catalogue) -> Mapping[str, tuple[Criterion, ...]]:
    """The vocabulary by group, in the order of the file."""
    return grouped((one.group, naming_only(one, ())) for one in catalogue.criteria.values())


def parents(catalogue: Catalogue) -> Mapping[str, Side]:
    """By id of a criterion the one of which it is a part."""
    known = catalogue.criteria
    parts = ((one.id, known.get(one.parent or "")) for one in known.values())
    return {id_: Side(whole.id, whole.name) for id_, whole in parts if whole}


# -- pairs -----------------------------------------------------------------------------------------------------------------


def matrix(catalogue: Catalogue, kind: str, most: int) -> Matrix:
    """The technologies of a kind, sorted by name: each against each other, or a list for each when there are too many."""
    found = (Side(id_, record.name) for id_, record in catalogue.technologies.items() if record.kind == kind)
    sides_ = tuple(sorted(found, key=_by_name))
    if len(sides_) <= max(most, FEW):
        rows = tuple(tuple(catalogue.pair_page(row.id, column.id) for column in sides_) for row in sides_)
        return Matrix(kind, sides_, rows)
    known = {side.id: side for side in sides_}
    pages: dict[str, list[tuple[Side, PairPage]]] = {id_: [] for id_ in known}
    for (first, second), pair_page in catalogue.pair_pages.items():
        if first in known and second in known:
            pages[first].append((known[second], pair_page))
            pages[second].append((known[first], pair_page))
    lists = []
    for side in sides_:
        by_name = sorted(pages[side.id], key=lambda page: _by_name(page[0]))
        lists.append(SideBySide(side, tuple(by_name), missing=len(sides_) - 1 - len(by_name)))
    return Matrix(kind, sides_, lists=tuple(lists))


def kinds(catalogue: Catalogue, least: int) -> tuple[str, ...]:
    """The kinds with at least so many technologies, sorted."""
    found = Counter(record.kind for record in catalogue.technologies.values())
    return tuple(sorted(kind for kind, count in found.items() if count >= least))


def large_kinds(catalogue: Catalogue) -> Mapping[str, Sequence[Technology]]:
    """The kinds of which so many technologies have facts that any of them are chosen from one table, sorted."""
    found = grouped((record.kind, record) for record in catalogue.technologies.values() if record.facts)
    return {kind: found[kind] for kind in sorted(found) if has_one_table(len(found[kind]))}


def has_one_table(technologies: int) -> bool:
    """Whether so many technologies of a kind have a page with one table, in which they are rows."""
    return MOST_SIDES < technologies <= MOST_ROWS


def kind_sizes(catalogue: Catalogue) -> tuple[tuple[str, int], ...]:
    """The kinds whose technologies are found by their facts, with how many have some."""
    return tuple((kind, len(found)) for kind, found in large_kinds(catalogue).items())


def derived_pairs(catalogue: Catalogue, technology: str) -> tuple[tuple[str, Side], ...]:
    """The ids of the derived pairs of a technology, each with the other side; sorted by its name."""
    ids = catalogue.derived_by_technology.get(technology, ())
    others = {id_: next(side for side in catalogue.derived[id_] if side != technology) for id_ in ids}
    found = [(id_, Side(other, catalogue.technologies[other].name)) for id_, other in others.items()]
    return tuple(sorted(found, key=lambda pair: _by_name(pair[1])))


def _by_name(side: Side) -> tuple[str, str]:
    return side.name.casefold(), side.id
