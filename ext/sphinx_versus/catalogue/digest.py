"""A short fingerprint of what a page showed.

Equal answers give equal digests, whatever line of a file they stand on and in whatever process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Any


def digest(answer: Any) -> str:
    """The fingerprint of records, dataclasses, mappings, sequences, sets and plain values, nested at will."""
    pieces: list[str] = []
    _tell(answer, pieces)
    told = "".join([f"{len(piece)}:{piece}" for piece in pieces])
    return blake2b(told.encode(), digest_size=12).hexdigest()


def _tell(value: Any, pieces: list[str]) -> None:
    """Add the value as texts, with marks where something begins and ends."""
    if isinstance(value, str) or value is None:
        pieces.append(f"{type(value).__name__} {value}")
    elif isinstance(value, tuple | list):
        _tell_named(enumerate(value), pieces)
    elif hasattr(value.__class__, "digest"):  # a record
        pieces.append("record " + value.digest)
    elif names := _compared(value.__class__):
        _tell_named(((name, getattr(value, name)) for name in names), pieces)
    elif isinstance(value, Mapping):
        _tell_named(value.items(), pieces)
    elif isinstance(value, Set):
        _tell_named(enumerate(sorted(value)), pieces)
    else:
        pieces.append(f"{type(value).__name__} {value}")


def _tell_named(pairs: Iterable[tuple[Any, Any]], pieces: list[str]) -> None:
    pieces.append("(")
    for name, value in pairs:
        pieces.append(str(name))
        if value.__class__ is str:  # most values are texts
            pieces.append("str " + value)
        else:
            _tell(value, pieces)
    pieces.append(")")


@cache
def _compared(type_: type) -> tuple[str, ...]:
    """The attributes of a dataclass that make it what it is; none of anything else."""
    return tuple(field.name for field in fields(type_) if field.compare) if is_dataclass(type_) else ()
