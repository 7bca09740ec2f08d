"""References from record to record: what each can name, and the problem of a name that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from ..problems import Code, Place, Problem, unknown
from .catalogue import Catalogue
from .document import Location
from .prose import RoleUse, misspelt_role

UNKNOWN: Mapping[str, tuple[Code, str]] = {
    "technology": (Code.UNKNOWN_TECHNOLOGY, "a technology"),
    "comparison": (Code.UNKNOWN_COMPARISON, "a comparison"),
    "misconception": (Code.UNKNOWN_MISCONCEPTION, "a misconception"),
    "criterion": (Code.UNKNOWN_CRITERION, "a criterion"),
    "fact": (Code.UNKNOWN_FACT, "a fact (technology/criterion)"),
    "source": (Code.UNKNOWN_SOURCE, "a source"),
}
"""The code and the words for an absent object of each type."""


class PlaceOf(Protocol):
    """Finds the place of a value by object type, id and location in its record."""

    def __call__(self, type_: str, id_: str, location: Location = (), *, key: bool = False) -> Place: ...


def unknown_object(catalogue: Catalogue, place: Place, type_: str, id_: str) -> Iterator[Problem]:
    """The problem of an id that no record has; a broken record has its id all the same."""
    if id_ not in (known := catalogue.defined[type_]):
        yield unknown(place, UNKNOWN[type_][0], id_, UNKNOWN[type_][1], known)


def unknown_sources(
    catalogue: Catalogue, place: PlaceOf, owner: tuple[str, str], at: Location, sources: Iterable[str]
) -> Iterator[Problem]:
    """The problems of the list of sources at a location of a record (its owner: object type and id)."""
    known = catalogue.defined["source"]
    for position, source in enumerate(sources):
        if source not in known:
            yield from unknown_object(catalogue, place(*owner, (*at, "sources", position)), "source", source)


def broken_role(catalogue: Catalogue, role: RoleUse) -> Iterator[Problem]:
    """The problems of a role whose targets are not in the catalogue; none for a good one or a role of others."""
    type_, target = role.name.lower().removeprefix("versus:"), role.target
    targets = [(type_, target)] if type_ in UNKNOWN else []
    if meant := misspelt_role(role.name):
        yield Problem(role.place, Code.UNKNOWN_ROLE, f'"{role.name}" is not a role', f'did you mean "{meant}"?')
        return
    if role.is_misnumbered:
        yield Problem(role.place, Code.INVALID_ARGUMENT, f'"{target}" is not the number of a {type_.upper()}')
        return
    if type_ == "source":
        targets = [(type_, id_.strip()) for id_ in target.split(",")]
    elif type_ == "row":
        comparison, slash, criterion = target.partition("/")
        if not slash:
            yield not_a_row(catalogue, role.place, target)
            return
        targets = [("comparison", comparison), ("criterion", criterion)]
    for part, id_ in targets:
        yield from unknown_object(catalogue, role.place, part, id_)


def not_a_row(catalogue: Catalogue, place: Place, target: str) -> Problem:
    """The problem of a target that lacks one of its two parts."""
    example = f"{target}/…" if target in catalogue.defined["comparison"] else f"…/{target}"
    hint = f'expected "comparison/criterion", such as "{example}"'
    return Problem(place, Code.INVALID_ARGUMENT, f'"{target}" does not name a row', hint)
