"""A short digest of what a page showed.

Equal answers give equal digests, whatever line of a file they stand on and in whatever process.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import Any


def digest(answer: Any) -> str:
    """The digest of records, dataclasses, mappings, sequences, sets and plain values, nested at will."""
    pieces: list[str] = []
    _add(answer, pieces)
    return blake2b("\0".join(pieces).encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _add(value: Any, pieces: list[str]) -> None:
    """Add the value as texts, with marks where something begins and ends; no text of the data has a null character."""
    parts: Iterable[Any]
    mark = "("
    if isinstance(value, tuple | list):
        parts = value
    elif hasattr(value.__class__, "digest"):  # a record
        pieces.append("record " + value.digest)
        return
    elif names := _compared(value.__class__):
        parts, mark = [getattr(value, name) for name in names], value.__class__.__name__
    elif isinstance(value, Mapping):
        parts, mark = chain.from_iterable(value.items()), "{"
    elif isinstance(value, Set):
        parts, mark = sorted(value), "<"
    else:
        pieces.append(f"{type(value).__name__} {value}")
        return
    pieces.append(mark)
    for one in parts:
        if one.__class__ is str:  # most values are texts
            pieces.append("str " + one)
        else:
            _add(one, pieces)
    pieces.append(")")


@cache
def _compared(type_: type) -> tuple[str, ...]:
    """The attributes of a dataclass that make it what it is; none of anything else."""
    return tuple(field.name for field in fields(type_) if field.compare) if is_dataclass(type_) else ()
