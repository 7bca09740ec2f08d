"""A short digest of what a page showed.

Equal answers give equal digests, whatever line of a file they stand on and in whatever process.
"""

from collections.abc import Callable, Mapping, Set
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
    mark, content = _form(value.__class__)
    if not mark:
        pieces.append(content(value))
        return
    pieces.append(mark)
    for one in content(value):
        if one.__class__ is str:  # most values are texts
            pieces.append("str " + one)
        else:
            _add(one, pieces)
    pieces.append(")")


@cache
def _form(type_: type) -> tuple[str, Callable[[Any], Any]]:
    """The mark with which values of a type begin and what gives their parts, or no mark and what gives their text."""
    if issubclass(type_, tuple | list):
        return "(", iter
    if hasattr(type_, "digest"):
        return "", lambda record: "record " + record.digest
    if is_dataclass(type_) and (compared := [field.name for field in fields(type_) if field.compare]):
        return type_.__name__, lambda value: [getattr(value, name) for name in compared]
    if issubclass(type_, Mapping):
        return "{", lambda value: chain.from_iterable(value.items())
    if issubclass(type_, Set):
        return "<", sorted
    return "", lambda value: f"{type_.__name__} {value}"
