"""The answers to questions: what a page shows, frozen and free of everything that it does not show."""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

from .digest import digest
from .fields import Compare, PartialDate, Relation, TechnologyStatus
from .model import Criterion, Fact, Link, Logo, Release
from .pairs import PairPage
from .prose import Prose
from .values import differ


class Order(StrEnum):
    """The order of the rows within their groups."""

    GIVEN = "given"
    NAME = "name"
    DIFFERENCES = "differences"


@dataclass(frozen=True)
class Selection:
    """Which rows a table shows, and how they are arranged; empty means all."""

    criteria: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    grouped: bool = True
    order: Order = Order.GIVEN
    differences_only: bool = False


@dataclass(frozen=True)
class Side:
    """A technology as the head of a column or of a list."""

    id: str
    name: str


@dataclass(frozen=True)
class Card:
    """A technology's definition."""

    id: str
    name: str
    kind: str
    summary: Prose
    logo: Logo | None
    homepage: str | None
    repository: str | None
    links: tuple[Link, ...]
    status: TechnologyStatus
    current: Release | None
    """The newest release."""
    synonyms: tuple[str, ...]
    sources: tuple[str, ...]


class State(StrEnum):
    """What is known of an answer; neither unknown nor not applicable is no."""

    NOT_ASSESSED = "not-assessed"
    UNKNOWN = "unknown"
    DEPENDS = "depends"
    """There are values under conditions alone."""
    NOT_APPLICABLE = "not-applicable"
    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    VALUE = "value"

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to be found."""
        return self in {State.NOT_ASSESSED, State.UNKNOWN}

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return not self.is_open and self not in {State.NOT_APPLICABLE, State.DEPENDS}


@dataclass(frozen=True)
class Cell:
    """One technology's answer in a row."""

    technology: str
    state: State
    fact: Fact | None
    is_outdated: bool = False
    """Whether it is about a version that was no longer supported when the current one came."""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.state.is_known

    @property
    def has_value(self) -> bool:
        """Whether there is a value, be it under conditions alone."""
        return self.known or self.state is State.DEPENDS

    @property
    def applies(self) -> bool:
        """Whether there may be a value."""
        return self.state is not State.NOT_APPLICABLE

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to be found."""
        return self.state.is_open


@dataclass(frozen=True)
class Row:
    """A criterion and the answers, in the order of the sides."""

    criterion: Criterion
    cells: tuple[Cell, ...]

    @property
    def known_of_all(self) -> bool:
        """Whether every side has an answer."""
        return all(cell.known for cell in self.cells)

    @property
    def is_compared(self) -> bool:
        """Whether its answers may differ."""
        return self.criterion.compare is not Compare.NOTHING

    @property
    def differs(self) -> bool:
        """Whether two known answers differ in meaning; what is unknown or not applicable never counts as a difference."""
        return self.is_compared and differ(self.criterion, (cell.fact for cell in self.cells if cell.fact))

    @property
    def applies_to_all(self) -> bool:
        """Whether every side may have an answer."""
        return all(cell.applies for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """Rows under a heading; the heading is empty in a table without groups."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """The facts of some technologies side by side."""

    sides: tuple[Side, ...]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, whatever their group."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that are shown."""
        return tuple(cell.fact for row in self.rows for cell in row.cells if cell.fact)


@dataclass(frozen=True)
class Teaser:
    """A comparison as an entry of a list."""

    id: str
    title: str
    relation: Relation
    summary: Prose
    sides: tuple[Side, ...]
    kinds: tuple[str, ...]
    answers: tuple[tuple[Side, str], ...] = ()
    """The sides of the verdict with their answers, which may be empty."""
    reasons: tuple[tuple[tuple[int, ...], ...], ...] = ()
    """By side and reason the rows on which it rests, as numbers from 0 in the order of the table: those that any reason names."""

    @property
    def has_answers(self) -> bool:
        """Whether a side has an answer."""
        return any(answer for _side, answer in self.answers)

    @cached_property
    def digest(self) -> str:
        """The digest of its fields, taken once: it is in lists on many pages."""
        return digest([getattr(self, one.name) for one in fields(self)])


@dataclass(frozen=True)
class CitedRow:
    """A row on which a verdict rests."""

    id: str
    name: str
    disputed: tuple[str, ...] = ()
    """The sides whose value in it is disputed."""


@dataclass(frozen=True)
class Reasoned:
    """A condition of a verdict, with the rows that support it."""

    when: Prose
    because: tuple[CitedRow, ...]


@dataclass(frozen=True)
class VerdictSide:
    """The verdict on a side."""

    side: Side
    answer: str
    """Completes the sentence that begins with the name; may be empty."""
    conditions: tuple[Reasoned, ...]


@dataclass(frozen=True)
class VerdictView:
    """A verdict by side."""

    relation: Relation
    question: str
    """The question that decides; may be empty."""
    summary: Prose | None
    sides: tuple[VerdictSide, ...]
    rows: tuple[CitedRow, ...]
    """The rows on which it rests, in an order in which few of the wires to them cross."""


@dataclass(frozen=True)
class Status:
    """How far a comparison can be relied on: when it was reviewed, and what its facts are about."""

    relation: Relation | None
    """How the sides relate; ``None`` for a derived pair."""
    reviewed: PartialDate | None
    """When the record was reviewed; a derived pair never is."""
    versions: tuple[tuple[Side, tuple[str, ...]], ...]
    """Per side the versions that its facts are about, the most frequent first."""
    oldest: PartialDate | None
    """The oldest as-of date of a fact that is shown."""
    id: str = ""
    """The comparison, or the derived pair."""
    open_cells: int = 0
    """How many cells of the table have no answer yet."""
    cells: int = 0
    """How many cells may have an answer."""
    discontinued: tuple[Side, ...] = ()
    """What the question for the sides finds as well, and is listed apart."""


@dataclass(frozen=True)
class Coverage:
    """How well a comparison is backed: counts over the cells of its table."""

    id: str
    cells: int
    values: int
    sourced: int
    documented: int
    primary: int
    unknown: int
    not_assessed: int
    not_applicable: int
    depends: int
    disputed: int
    judgements: int
    oldest: PartialDate | None

    @property
    def primary_share(self) -> float:
        """The share of the values that have a primary source, from 0 to 1; 1 when there are no values."""
        return self.primary / self.values if self.values else 1.0


@dataclass(frozen=True)
class Totals:
    """What a catalogue holds."""

    values: int
    documented: int
    """The values that have a source and are no judgement."""
    sources: int
    reviewed: PartialDate | None
    """The last review of a comparison."""


@dataclass(frozen=True)
class Line:
    """Where a fact stands: a file below the data folder, and the line in it (0: the fact is not there)."""

    name: str
    path: str
    line: int


@dataclass(frozen=True)
class Outline:
    """What a page made from a record consists of; the variables of the page templates."""

    id: str
    title: str
    technologies: tuple[str, ...] = ()
    relation: str = ""
    may_choose: bool = False
    has_facts: bool = False
    has_topics: bool = False
    has_misconceptions: bool = False
    has_verdict: bool = False
    has_comparisons: bool = False
    has_pairs: bool = False
    has_related: bool = False


@dataclass(frozen=True)
class SideBySide:
    """One technology against all others of its kind, where these are many."""

    side: Side
    pages: tuple[tuple[Side, PairPage], ...]
    """The others with which it has a page, sorted by name."""
    missing: int


@dataclass(frozen=True)
class Matrix:
    """The technologies of a kind, sorted by name, each against each other."""

    kind: str
    sides: tuple[Side, ...]
    rows: tuple[tuple[PairPage, ...], ...] = ()
    """A row per technology, when they are few; what stands on the diagonal means nothing."""
    lists: tuple[SideBySide, ...] = ()
    """A list per technology, when they are many."""
