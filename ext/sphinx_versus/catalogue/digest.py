"""A short fingerprint of what a page showed.

Equal answers give equal digests, whatever line of a file they stand on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any

from .model import Record


def digest(answer: Any) -> str:
    """The fingerprint of records, dataclasses, mappings, sequences and plain values, nested at will."""
    hasher = blake2b(digest_size=12)
    for piece in _pieces(answer):
        hasher.update(f"{len(piece)}:{piece}".encode())
    return hasher.hexdigest()


def _pieces(value: Any) -> Iterator[str]:
    """The value as a stream of texts, with marks where something begins and ends."""
    if isinstance(value, Record):
        yield from _named((name, getattr(value, name)) for name in type(value).model_fields)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _named((field.name, getattr(value, field.name)) for field in fields(value) if field.compare)
    elif isinstance(value, Mapping):
        yield from _named(value.items())
    elif isinstance(value, tuple | list):
        yield from _named(enumerate(value))
    else:
        yield f"{type(value).__name__} {value}"


def _named(pairs: Any) -> Iterator[str]:
    yield "("
    for name, value in pairs:
        yield str(name)
        yield from _pieces(value)
    yield ")"
