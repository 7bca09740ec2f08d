"""Which sources and criteria no record uses. What pages cite by the role ``source`` is not known here."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .catalogue import Catalogue
from .model import Record
from .prose import Prose

_ROLE = re.compile(r"\{(?:versus:)?source\}`([^`]*)`")


def unused(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """By object type the ids of sources that nothing cites, and of criteria that no fact answers and no table shows."""
    records = [*catalogue.technologies.values(), *catalogue.comparisons.values(), *catalogue.criteria.values()]
    cited = {id_ for record in records for id_ in _cited(record)}
    shown = {row for comparison in catalogue.comparisons.values() for row in comparison.rows}
    answered = {row for technology in catalogue.technologies.values() for row in technology.facts}
    return {
        "source": sorted(catalogue.sources.keys() - cited),
        "criterion": sorted(catalogue.criteria.keys() - shown - answered),
    }


def _cited(value: Any) -> Iterator[str]:
    """The sources that a value names in a field or a text."""
    if isinstance(value, Prose):
        for ids in _ROLE.findall(value.text):
            yield from map(str.strip, ids.split(","))
    elif isinstance(value, Record):
        yield from getattr(value, "sources", ())
        yield from (id_ for inner in vars(value).values() for id_ in _cited(inner))
    elif isinstance(value, Mapping | tuple):
        yield from (id_ for inner in (value.values() if isinstance(value, Mapping) else value) for id_ in _cited(inner))
