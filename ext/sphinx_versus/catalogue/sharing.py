"""What equal records hold is held once: ids, names and the sets that a model keeps for each record.

A record of its own file has strings of its own. An id is in hundreds of them, and each of some ten records on a page has a set
of the names of its fields. Records are frozen, so nobody notices that two have the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any

from .model import Record

FIELDS_SET = "__pydantic_fields_set__"
SHORT = 40
"""Texts of so many characters may be an id or a name that others have too."""


class Sharing:
    """What has been seen so far."""

    def __init__(self) -> None:
        self._sets: dict[frozenset[str], set[str]] = {}
        self._tuples: dict[tuple[str, ...], tuple[str, ...]] = {}

    def share(self, records: Mapping[str, Any]) -> None:
        """Let records hold what others hold already."""
        for record in records.values():
            self._share_in(record)

    def _share_in(self, record: Record) -> None:
        fields = vars(record)
        for name, value in fields.items():
            fields[name] = self._shared(value)
        present = record.model_fields_set
        object.__setattr__(record, FIELDS_SET, self._sets.setdefault(frozenset(present), present))

    def _shared(self, value: Any) -> Any:
        kind = type(value)
        if kind is str and len(value) <= SHORT:
            return intern(value)
        if kind is tuple:
            return self._shared_tuple(value)
        if kind is dict:
            return {self._shared(key): self._shared(one) for key, one in value.items()}
        if isinstance(value, Record):
            self._share_in(value)
        return value

    def _shared_tuple(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        shared = tuple(self._shared(one) for one in value)
        return self._tuples.setdefault(shared, shared) if all(type(one) is str for one in shared) else shared
