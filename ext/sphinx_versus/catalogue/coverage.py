"""How well a comparison is backed: what has a value, a source, a primary source, and how old the oldest fact is."""

from __future__ import annotations

from dataclasses import dataclass

from . import query
from .catalogue import Catalogue
from .fields import Kind, PartialDate
from .model import Fact
from .views import State


@dataclass(frozen=True)
class Coverage:
    """Counts over the cells of a comparison's table."""

    id: str
    cells: int
    values: int
    sourced: int
    primary: int
    unknown: int
    not_assessed: int
    disputed: int
    judgements: int
    oldest: PartialDate | None

    @property
    def primary_share(self) -> float:
        """The share of the values that have a primary source, from 0 to 1; 1 when there are no values."""
        return self.primary / self.values if self.values else 1.0


def coverage(catalogue: Catalogue, id_: str) -> Coverage:
    """The counts of one comparison, which must exist."""
    table = query.comparison_table(catalogue, id_)
    assert table is not None
    cells = [cell for row in table.rows for cell in row.cells]
    facts = [cell.fact for cell in cells if cell.known and cell.fact]
    dates = [fact.as_of for fact in facts if fact.as_of]
    return Coverage(
        id=id_,
        cells=len(cells),
        values=len(facts),
        sourced=sum(bool(fact.sources) for fact in facts),
        primary=sum(has_primary(catalogue, fact) for fact in facts),
        unknown=sum(cell.state is State.UNKNOWN for cell in cells),
        not_assessed=sum(cell.state is State.NOT_ASSESSED for cell in cells),
        disputed=sum(fact.disputed is not None for fact in facts),
        judgements=sum(fact.judgement for fact in facts),
        oldest=min(dates, default=None),
    )


def has_primary(catalogue: Catalogue, fact: Fact) -> bool:
    """Whether one of the fact's sources is primary."""
    found = (catalogue.sources.get(id_) for id_ in fact.sources)
    return any(source.kind is Kind.PRIMARY for source in found if source)
