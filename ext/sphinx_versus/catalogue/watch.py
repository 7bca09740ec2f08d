"""Which parts of a catalogue a question looks at, and what changes when one of them does.

An answer follows from what was looked at alone. So a question need not be asked again while the state of all these parts is
what it was, and after an edit the time goes with what was edited and not with the number of questions.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from types import MethodType
from typing import Any, TypeVar, TypeVarTuple, Unpack, cast

from .catalogue import Catalogue
from .digest import digest

Args = TypeVarTuple("Args")
R = TypeVar("R")
K = TypeVar("K")
V = TypeVar("V")

Part = tuple[str, Any]
"""A part of a catalogue: the name of an attribute, and a key in it (``None`` stands for the whole)."""

RECORDS: Mapping[str, str] = {
    "criteria": "criterion",
    "sources": "source",
    "technologies": "technology",
    "comparisons": "comparison",
}
"""The attributes that hold records, whose state is known without looking into them."""


def watched(
    catalogue: Catalogue, question: Callable[[Catalogue, Unpack[Args]], R], *args: *Args
) -> tuple[R, frozenset[Part]]:
    """The answer to a question, and the parts that it looked at."""
    view = _Watched(catalogue)
    return question(cast(Catalogue, view), *args), frozenset(view.parts)


def asked_again(
    catalogue: Catalogue, question: Callable[..., Any], args: tuple[Any, ...]
) -> tuple[str, frozenset[Part]]:
    """The digest of the answer to a question that was asked of another catalogue, and the parts that it looked at now."""
    view = _Watched(catalogue)
    try:
        return digest(question(view, *args)), frozenset(view.parts)
    except LookupError:  # a record that the question named is gone
        return "", frozenset(view.parts)


def state(catalogue: Catalogue, part: Part) -> str:
    """What changes whenever the part does."""
    name, key = part
    value = getattr(catalogue, name)
    if key is None:
        return digest([(id_, _state_of(catalogue, name, id_, value)) for id_ in value] if name in RECORDS else value)
    return _state_of(catalogue, name, key, value) if key in value else ""


def _state_of(catalogue: Catalogue, name: str, key: Any, mapping: Mapping[Any, Any]) -> str:
    known = catalogue.fingerprints.get((RECORDS.get(name, ""), key))
    return known or digest(mapping[key])


class _Watched:
    """A catalogue to ask, which notes what is looked at."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.parts: set[Part] = set()

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._catalogue, name)
        if isinstance(value, MethodType):
            return MethodType(value.__func__, self)
        if isinstance(value, Mapping):
            return _WatchedMapping(name, value, self.parts)
        self.parts.add((name, None))
        return value


class _WatchedMapping(Mapping[K, V]):
    """A mapping that notes the keys that are looked up, or that somebody went through all of it."""

    def __init__(self, name: str, mapping: Mapping[K, V], parts: set[Part]) -> None:
        self._name, self._mapping, self._parts = name, mapping, parts

    def __getitem__(self, key: K) -> V:
        self._parts.add((self._name, key))
        return self._mapping[key]

    def __contains__(self, key: object) -> bool:
        self._parts.add((self._name, key))
        return key in self._mapping

    def __iter__(self) -> Iterator[K]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def values(self) -> ValuesView[V]:
        return self._all().values()

    def items(self) -> ItemsView[K, V]:
        return self._all().items()

    def _all(self) -> Mapping[K, V]:
        self._parts.add((self._name, None))
        return self._mapping
