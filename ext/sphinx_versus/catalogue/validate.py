"""A tree becomes a record, or problems in our own words at the place where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..problems import Code, Problem, nearest
from .model import Comparison, Named
from .prose import Prose
from .read import Document, Location, Scalar, Tree
from .values import prose_of

R = TypeVar("R", bound=Named)

_TODO = re.compile(r"(?:\ATODO\b|\bTODO:)[^\n]*")
"""What the scaffolds say where something is to be written."""

ENTRIES = {"facts", "misconceptions", "topics"}
"""The keyed lists of a record: a broken entry is left out, the record stays."""


def validated(document: Document, at: Location, tree: dict[str, Any], model: type[R]) -> tuple[R | None, list[Problem]]:
    """The record; when only entries of its keyed lists are broken, the record without them."""
    left = list(_unfinished(tree))
    try:
        return model.model_validate(tree), left
    except ValidationError as error:
        details = _causes(error.errors(include_url=False))
    problems = [*left, *(_problem(document, at, detail, model) for detail in details)]
    broken = [_entry(_real(detail["loc"]), model) for detail in details]
    if not all(broken):
        return None, problems
    for entry in broken:
        tree = _without(tree, entry)
    return model.model_validate(tree), problems


def _unfinished(tree: Tree) -> Iterator[Problem]:
    """What a scaffold left to be written, wherever it stands in a record."""
    if isinstance(tree, Scalar):
        prose = prose_of(tree) if "TODO" in tree else Prose("")
        for found in _TODO.finditer(prose.text):
            message = f'"{found[0].strip()}" is still to be written'
            yield Problem(prose.place(found.start()), Code.UNFINISHED, message)
    elif tree is not None and not isinstance(tree, str):
        for value in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _unfinished(value)


def _causes(details: list[Any]) -> list[Any]:
    """Without the "too few entries" of a list that only looks short because its entries are broken."""
    places = [detail["loc"] for detail in details]
    return [detail for detail in details if detail["type"] != "too_short" or not _holds(detail["loc"], places)]


def _holds(location: Location, places: list[Location]) -> bool:
    return any(len(place) > len(location) and place[: len(location)] == location for place in places)


def _real(location: Location) -> Location:
    """The location without what only pydantic knows of (the marker of a mapping's key)."""
    return tuple(step for step in location if step not in {"[key]", "@id"})


def _entry(location: Location, model: type[Named]) -> Location:
    """The entry of a keyed list in which a location lies, or nothing when it lies in the record itself."""
    if len(location) < 2 or location[0] not in ENTRIES:
        return ()
    return location[: 3 if model is Comparison and location[0] == "facts" else 2]


def _without(tree: dict[str, Any], entry: Location) -> dict[str, Any]:
    first, rest = str(entry[0]), entry[1:]
    if not rest or first not in tree:
        return {name: value for name, value in tree.items() if name != first}
    return {**tree, first: _without(tree[first], rest)}


def _problem(document: Document, record: Location, detail: Any, model: type[BaseModel]) -> Problem:
    location = _real(detail["loc"])
    at = record + location
    name = str(at[-1]) if at else ""
    if detail["type"] == "extra_forbidden":
        place = document.place(at, key=True)
        return Problem(place, Code.UNKNOWN_KEY, f'"{name}" is not a key here', _known_key(name, model, location))
    if detail["type"] == "missing":
        return Problem(document.place(at[:-1], key=True), Code.MISSING_KEY, f'"{name}" is missing')
    at_key = location != detail["loc"] or detail["input"] is None or isinstance(detail["input"], dict)
    inside = detail.get("ctx", {}).get("at", ())
    return Problem(document.place((*at, *inside), key=at_key), *_in_words(_called(at), detail))


def _known_key(name: str, model: type[BaseModel], location: Location) -> str:
    """What could be written instead of an unknown key."""
    if name == "id":
        return "the id is the name of the file, or the key that holds the record"
    return nearest(name, fields_at(model, location[:-1]))


def _called(location: Location) -> str:
    """How a value is named in a message."""
    if location and isinstance(location[-1], int):
        return f"entry {location[-1] + 1} of {_called(location[:-1])}"
    return f'"{location[-1]}"' if location else "this"


_CODES = {code.value: code for code in Code}
_FORMS = {
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
    "model_type": "keys and values",
    "string_type": "a text",
}


def _in_words(here: str, detail: Any) -> tuple[Code, str, str]:
    """Code, message and hint for an error of a value."""
    kind, value = detail["type"], detail["input"]
    if value is None:
        return Code.MISSING_KEY, f"{here} has no value", ""
    if kind in _CODES:
        return _CODES[kind], detail["msg"].replace("{here}", here), detail["ctx"]["hint"]
    if kind == "too_short":
        found, least = detail["ctx"]["actual_length"], detail["ctx"]["min_length"]
        return Code.MISSING_KEY, f"{here} has too few entries ({found})", f"expected at least {least}"
    if kind in _FORMS or not isinstance(value, str):
        return Code.WRONG_TYPE, f"{here} has the wrong form", f"expected {_FORMS.get(kind, 'a text')}"
    allowed = [choice.strip(" '") for choice in detail["ctx"]["expected"].replace(" or ", ", ").split(",")]
    return Code.INVALID_VALUE, f'"{value}" is not a value of {here}', nearest(value, allowed)


def fields_at(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that fit at a location of a record."""
    annotation: Any = model
    for step in location:
        annotation = _inside(annotation, step)
    return [name for found in _models(annotation) for name in found.model_fields if name != "id"]


def _inside(annotation: Any, step: str | int) -> Any:
    """What lies one step inside: the field of a model, or the values of a list or mapping."""
    for model in _models(annotation):
        return model.model_fields[str(step)].annotation
    return [part for part in get_args(annotation) if part is not Ellipsis][-1]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The model that an annotation stands for: itself, or the one in ``Model | None``."""
    parts = get_args(annotation)
    for part in parts if type(None) in parts else (annotation,):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
