"""A tree becomes a record, or problems in our own words at the place where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..problems import Code, Problem, nearest
from .model import Named
from .read import Document, Location

R = TypeVar("R", bound=Named)

ENTRIES = {"facts", "misconceptions", "topics"}
"""The keyed lists of a record: a broken entry is left out, the record stays."""


def validated(document: Document, at: Location, tree: dict[str, Any], model: type[R]) -> tuple[R | None, list[Problem]]:
    """The record; when only entries of its keyed lists are broken, the record without them."""
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        details = _causes(error.errors(include_url=False))
    problems = [_problem(document, at, detail, model) for detail in details]
    broken = [_entry(_real(detail["loc"])) for detail in details]
    if not all(broken):
        return None, problems
    try:
        return model.model_validate(_without(tree, broken)), problems
    except ValidationError:
        return None, problems


def _causes(details: list[Any]) -> list[Any]:
    """Without the "too few entries" of a list that only looks short because its entries are broken."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(len(place) > len(detail["loc"]) and place[: len(detail["loc"])] == detail["loc"] for place in places)
    ]


def _real(location: Location) -> Location:
    """The location without what only pydantic knows of (the marker of a mapping's key)."""
    return tuple(step for step in location if step not in {"[key]", "@id"})


def _entry(location: Location) -> Location:
    """The entry of a keyed list in which a location lies, or nothing when it lies in the record itself."""
    return location[:2] if len(location) > 1 and location[0] in ENTRIES else ()


def _without(tree: dict[str, Any], entries: list[Location]) -> dict[str, Any]:
    copy = dict(tree)
    for list_name, key in entries:
        copy[str(list_name)] = {name: value for name, value in copy[str(list_name)].items() if name != key}
    return copy


def _problem(document: Document, record: Location, detail: Any, model: type[BaseModel]) -> Problem:
    location = _real(detail["loc"])
    at = record + location
    kind, value = detail["type"], detail["input"]
    name = str(at[-1]) if at else ""
    if kind == "extra_forbidden":
        hint = nearest(name, fields_at(model, location[:-1]))
        return Problem(document.place(at, key=True), Code.UNKNOWN_KEY, f'"{name}" is not a key here', hint)
    if kind == "missing":
        return Problem(document.place(at[:-1], key=True), Code.MISSING_KEY, f'"{name}" is missing')
    at_key = location != detail["loc"] or value is None or isinstance(value, dict)
    place = document.place(at, key=at_key)
    if value is None:
        return Problem(place, Code.MISSING_KEY, f'"{name}" has no value')
    if kind in _CODES:
        return Problem(place, Code(kind), detail["msg"], detail["ctx"].get("hint", ""))
    return Problem(place, *_in_words(kind, name, detail))


_CODES = {code.value for code in Code}
_FORMS = {
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
    "model_type": "keys and values",
    "string_type": "a text",
}


def _in_words(kind: str, name: str, detail: Any) -> tuple[Code, str, str]:
    """Code, message and hint for an error that pydantic itself found."""
    value = detail["input"]
    if kind == "enum":
        allowed = [choice.strip(" '") for choice in detail["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return Code.INVALID_VALUE, f'"{value}" is not a value of "{name}"', nearest(str(value), allowed)
    if kind == "too_short":
        found, least = detail["ctx"]["actual_length"], detail["ctx"]["min_length"]
        return Code.MISSING_KEY, f'"{name}" has too few entries ({found})', f"expected at least {least}"
    if form := _FORMS.get(kind):
        return Code.WRONG_TYPE, f'"{name}" does not fit', f"expected {form}"
    return Code.INVALID_VALUE, f'"{name}": {detail["msg"]}', ""


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
