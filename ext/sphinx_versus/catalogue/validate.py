"""A tree becomes a record, or problems in our own words at the place where they stand.

What is wrong is left out, and what is left is validated again, until it is right or nothing is left. What follows from a problem
that is reported already (a field is absent because its value was wrong) is not reported as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from itertools import accumulate
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..problems import Code, Hint, Problem, closest, nearest
from .document import Document, Location, Scalar, Tree
from .fields import MAX_PROSE, PLACEHOLDER, Loss, prose_of
from .model import Named, Record

R = TypeVar("R", bound=Named)

_MOST_ROUNDS = 20
"""Each round leaves something out; a record needs three or four at most."""


class Validated(NamedTuple, Generic[R]):
    """What became of a tree."""

    record: R | None
    problems: list[Problem]
    left_out: frozenset[Location]
    """Where something is not in the record, or is not as it was written."""


def validated(document: Document, at: Location, tree: dict[str, Any], model: type[R]) -> Validated[R]:
    """The record without what is wrong in it; none when what is wrong is needed."""
    repair = _Repair(document, at, tree, model)
    record = repair.record()
    problems = [*_unfinished(tree), *repair.problems, *repair.absent()]
    return Validated(record, problems, frozenset([*repair.left_out, *repair.replaced, *repair.misspelt()]))


def _unfinished(tree: Tree) -> Iterator[Problem]:
    """What a scaffold left to be written, wherever it stands in a record."""
    if isinstance(tree, Scalar):
        if "TODO" in tree and len(tree) <= MAX_PROSE:
            prose = prose_of(tree)
            for found in PLACEHOLDER.finditer(prose.text):
                message = f'"{found[0].strip()}" is still to be written'
                yield Problem(prose.place(found.start()), Code.UNFINISHED, message)
    elif tree is not None and not isinstance(tree, str):
        for value in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _unfinished(value)


class _Fault(NamedTuple):
    """One error of a validation."""

    location: Location
    """Where it stands in the record as it was written."""
    detail: Any
    """What pydantic says about it."""
    is_key: bool
    """Whether the key is at fault, and not the value."""

    @property
    def type(self) -> str:
        """The name of the error."""
        return str(self.detail["type"])

    def context(self, name: str) -> Any:
        """What a validator of ours says about it."""
        return self.detail.get("ctx", {}).get(name)


class _Repair(Generic[R]):
    """Leaves out of one record what is wrong."""

    def __init__(self, document: Document, at: Location, tree: dict[str, Any], model: type[R]) -> None:
        self._document, self._at, self._tree, self._model = document, at, tree, model
        self.problems: list[Problem] = []
        self.left_out: set[Location] = set()
        self._instead: dict[Location, Any] = {}
        self._positions: dict[Location, list[int]] = {}
        """Of a list without some of its entries the positions of those that are left."""
        self._odd_keys: dict[Location, list[str]] = {}
        self.replaced = [location[len(at) :] for location in document.replaced_in(at)]
        self._touched = set(_around(self.replaced))
        for location in document.refused_in(at):
            self._leave_out_refused(location[len(at) :])

    def record(self) -> R | None:
        """The record, when there is one."""
        for _ in range(_MOST_ROUNDS):
            if () in self.left_out:
                break
            try:
                return self._model.model_validate(self._pruned((), self._tree, _branches(self.left_out)))
            except ValidationError as error:
                faults = [self._fault(detail) for detail in error.errors(include_url=False)]
            self._report(faults)
            for fault in faults:
                self._leave_out(fault)
        return None

    def absent(self) -> Iterator[Problem]:
        """The fields that should be there, although the record can do without."""
        for name in self._model.needed():
            if self._tree.get(name) is None and not self._follows((name,)):
                is_there = name in self._tree
                place = self._document.place((*self._at, name) if is_there else self._at, key=True)
                message = f'"{name}" has no value' if is_there else f'"{name}" is missing'
                yield Problem(place, Code.MISSING_KEY, message)

    def misspelt(self) -> Iterator[Location]:
        """The fields that are absent because their key is misspelt, where that costs nothing else."""
        for location, keys in self._odd_keys.items():
            for key in keys:
                meant = closest(key, fields_at(self._model, location))
                if meant and meant not in _value_at(self._tree, location):
                    yield (*location, meant)

    def _fault(self, detail: Any) -> _Fault:
        """An error of pydantic, which knows the tree without what is left out, and marks a key with one more step."""
        steps = detail["loc"]
        is_key = steps[-1:] in {("[key]",), ("@id",)}
        location: Location = ()
        for step in steps[:-1] if is_key else steps:
            left = self._positions.get(location, ())
            location += (left[step] if isinstance(step, int) and step < len(left) else step,)
        return _Fault(location, detail, is_key)

    # -- what is reported

    def _report(self, faults: list[_Fault]) -> None:
        for fault in faults:
            if fault.type == "extra_forbidden":
                self._note_odd_key(fault.location)
        broken = set(_around(fault.location[:-1] for fault in faults))
        for fault in faults:
            only_looks_short = fault.type == "too_short" and fault.location in broken
            if not only_looks_short and not self._is_consequence(fault):
                self.problems.append(_problem(self._document, self._at, fault, self._model))

    def _note_odd_key(self, location: Location) -> None:
        self._odd_keys.setdefault(location[:-1], []).append(str(location[-1]))

    def _is_consequence(self, fault: _Fault) -> bool:
        """Whether a fault follows from what is left out already."""
        if fault.context("instead") is not None:
            return False
        if _is_placeholder(_value_at(self._tree, fault.location)):
            return True
        if of := fault.context("of"):
            fields = ((*fault.location, name) for name in of)
            return any(field in self._touched for field in fields) or fault.location in self._odd_keys
        return fault.location in self._touched or (fault.type == "missing" and self._follows(fault.location))

    def _follows(self, location: Location) -> bool:
        """Whether a field is absent because its value is left out or its key is misspelt."""
        keys = self._odd_keys.get(location[:-1], ())
        return location in self._touched or any(closest(key, [str(location[-1])]) for key in keys)

    # -- what is left out

    def _leave_out(self, fault: _Fault) -> None:
        location = _existing(self._tree, fault.location)
        if (instead := fault.context("instead")) is not None and location not in self.left_out:
            self._instead[location] = instead
        elif fault.type == "extra_forbidden":
            location = self._cost_of_key(fault.location)
        else:
            self._instead.pop(location, None)
            location = self._cost(location[:-1] if location == fault.location and fault.type == "missing" else location)
        self._lose(location, fault.location)

    def _leave_out_refused(self, location: Location) -> None:
        if _existing(self._tree, location) == location:
            self._lose(self._cost(location), location)
        elif location:
            self._note_odd_key(location)
            self._lose(self._cost_of_key(location), location)

    def _lose(self, left_out: Location, at_fault: Location) -> None:
        self.left_out.add(left_out)
        self._touched.update(_around([left_out, at_fault]))

    def _cost(self, location: Location) -> Location:
        """The part of the record that is left out with a value."""
        for field in accumulate((step,) for step in location):
            losses = self._losses(field)
            if Loss.ESSENTIAL in losses:
                return field[:-1]
            if Loss.WHOLE in losses:
                return field
        return location

    def _cost_of_key(self, location: Location) -> Location:
        """The part that is left out with a key that is not one of the record, but may be meant for one."""
        meant = closest(str(location[-1]), fields_at(self._model, location[:-1]))
        return location[:-1] if Loss.ESSENTIAL in self._losses((*location[:-1], meant)) else location

    def _losses(self, field: Location) -> Set[Loss]:
        models = _models(_annotation_at(self._model, field[:-1]))
        return {loss for model in models if issubclass(model, Record) for loss in model.losses(str(field[-1]))}

    def _pruned(self, at: Location, tree: Any, branches: Mapping[Any, Any]) -> Any:
        """A copy of a tree without what is left out."""
        if not branches:
            return tree
        kept: dict[Any, Any] = {}
        for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            location = (*at, step)
            if location in self._instead:
                kept[step] = self._instead[location]
            elif location not in self.left_out:
                kept[step] = self._pruned(location, value, branches.get(step, {}))
        if isinstance(tree, dict):
            return kept
        self._positions[at] = [*kept]
        return [*kept.values()]


def _around(locations: Iterable[Location]) -> Iterator[Location]:
    """The locations and all that they lie in, but for the record itself."""
    for location in locations:
        yield from accumulate((step,) for step in location)


def _branches(locations: Iterable[Location]) -> dict[Any, Any]:
    """The locations as a tree."""
    tree: dict[Any, Any] = {}
    for location in locations:
        branch = tree
        for step in location:
            branch = branch.setdefault(step, {})
    return tree


def _value_at(tree: Any, location: Location) -> Any:
    """The value at a location, if there is one."""
    if _existing(tree, location) != location:
        return None
    for step in location:
        tree = tree[step]
    return tree


def _is_placeholder(value: Any) -> bool:
    """Whether a value is a text that is still to be written, which is reported as that."""
    return isinstance(value, Scalar) and PLACEHOLDER.search(value) is not None


def _existing(tree: Any, location: Location) -> Location:
    """As much of a location as there is in a tree."""
    for number, step in enumerate(location):
        is_there = step in tree if isinstance(tree, dict) else isinstance(tree, list) and step in range(len(tree))
        if not is_there:
            return location[:number]
        tree = tree[step]
    return location


# -- words -----------------------------------------------------------------------------------------------------------------


def _problem(document: Document, record: Location, fault: _Fault, model: type[BaseModel]) -> Problem:
    location, detail = fault.location, fault.detail
    at = record + location
    name = str(at[-1]) if at else ""
    if fault.type == "extra_forbidden":
        place = document.place(at, key=True)
        return Problem(place, Code.UNKNOWN_KEY, f'"{name}" is not a key here', _known_key(name, model, location))
    if fault.type == "missing":
        return Problem(document.place(at[:-1], key=True), Code.MISSING_KEY, f'"{name}" is missing')
    at_key = fault.is_key or detail["input"] is None or isinstance(detail["input"], dict)
    inside = fault.context("at") or ()
    return Problem(document.place((*at, *inside), key=at_key), *_in_words(_called(at), detail))


def _known_key(name: str, model: type[BaseModel], location: Location) -> str | Hint:
    """What could be written instead of an unknown key."""
    if name == "id":
        return "the id is the name of the file, or the key that holds the record"
    return Hint(name, partial(nearest, name, fields_at(model, location[:-1])))


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
    found = _models(_annotation_at(model, location))
    return [name for one in found for name in one.model_fields if name != "id"]


def _annotation_at(model: type[BaseModel], location: Location) -> Any:
    """The type of the value at a location; ``None`` where no field is."""
    annotation: Any = model
    for step in location:
        annotation = _inside(annotation, step)
    return annotation


def _inside(annotation: Any, step: str | int) -> Any:
    """What lies one step inside: the field of a model, or the values of a list or mapping."""
    for model in _models(annotation):
        field = model.model_fields.get(str(step))
        return field.annotation if field else None
    parts = [part for part in get_args(annotation) if part is not Ellipsis]
    return parts[-1] if parts else None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The model that an annotation stands for: itself, or the one in ``Model | None``."""
    parts = get_args(annotation)
    for part in parts if type(None) in parts else (annotation,):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
