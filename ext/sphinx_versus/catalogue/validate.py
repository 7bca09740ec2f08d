"""A tree becomes a record, or problems in our own words at the place where they stand.

What is wrong is left out, and what is left is validated again, until it is right or nothing is left. What follows from a problem
that is reported already (a field is absent because its value was wrong) is not reported as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from difflib import get_close_matches
from functools import partial
from itertools import accumulate, pairwise, takewhile
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import ValidationError

from ..problems import SURELY_MEANT, Code, Hint, Problem, closest, meant_by, nearest
from .document import Document, Location, Scalar, Tree
from .fields import MAX_PROSE, PLACEHOLDER, Choice, Loss, Room, kebab_case, prose_of
from .model import Named, Override, Record
from .yaml_errors import TYPOGRAPHIC_QUOTES

R = TypeVar("R", bound=Named)

_MOST_ROUNDS = 20
"""Each round leaves something out; a record needs three or four at most."""
_CODES = {code.value: code for code in Code}
_CAUSES = frozenset({Code.TOO_LARGE.value, "extra_forbidden"})
"""The types of errors that follow from no other: a value is too large, or its key unknown, whatever characters it has."""
_BEHIND_KEY = re.compile(r"\s*[,}]")
MOST_ODD_KEYS = 20
"""Of so many unknown keys in one mapping it is asked which fields they were meant for; a mapping with more is no misspelt record."""
FORMS = dict.fromkeys(("dict_type", "mapping_type", "model_type"), "keys and values") | {"tuple_type": "a list"}


def validated(
    document: Document, at: Location, tree: dict[str, Any], model: type[R]
) -> tuple[R | None, list[Problem], frozenset[Location]]:
    """The record without what is wrong in it (none when what is wrong is needed), the problems, and what is left out.

    The locations of what is left out are those where something is not in the record, or is not as it was written.
    """
    repair = _Repair(document, at, tree, model)
    record = repair.record()
    problems = [*_unfinished(tree), *repair.problems, *repair.absent()]
    return record, problems, frozenset([*repair.left_out, *repair.replaced, *repair.twins, *repair.misspelt()])


def _unfinished(tree: Tree) -> Iterator[Problem]:
    """What a scaffold left to be written, wherever it stands in a record."""
    if isinstance(tree, Scalar):
        if "TODO" in tree and len(tree) <= MAX_PROSE:
            prose = prose_of(tree)
            for found in PLACEHOLDER.finditer(prose.text):
                message = f'"{found[0].strip()}" is still to be written'
                yield Problem(prose.place(found.start()), Code.UNFINISHED, message)
    elif isinstance(tree, dict | list):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _unfinished(value)


class _Fault(NamedTuple):
    """One error of a validation."""

    location: Location
    """Where it stands in the record as it was written."""
    is_key: bool
    """Whether the key is at fault, and not the value."""
    type: str
    """Pydantic's name of the error, or the code with which a validator of ours rejects a value."""
    value: Any
    message: str
    context: Mapping[str, Any]
    """The parameters of the error; see :func:`.fields.reject` for ours."""


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
        self._before: dict[Location, dict[str, str]] = {}
        """Of a mapping the key before each, as soon as it is asked for."""
        faults = [(location[len(at) :], is_kept) for location, is_kept in document.faults_in(at).items()]
        self.replaced = {location for location, is_kept in faults if is_kept}
        self.twins = {location for location, is_kept in faults if is_kept is None}
        self._touched: set[Location] = set()
        self._note_outer_keys()
        self._note_lost_keys()
        for location in (location for location, is_kept in faults if is_kept is False):
            if _existing(tree, location)[0] == location:
                self._leave_out(self._cost(location), location)
            else:
                self._odd_keys.setdefault(location[:-1], []).append(str(location[-1]))
                self._leave_out(self._cost_of_key(location), location)

    def _note_outer_keys(self) -> None:
        """Report fields of the record that are indented, so that they are entries of the field above them."""
        for name, value in self._tree.items():
            fields = _fields_at(self._model, (name, "any")) if isinstance(value, dict) else []
            for number, (key, one) in enumerate(value.items() if fields else ()):
                if isinstance(one, dict) and one.keys() <= {*fields}:
                    continue  # an ID may have the name of any field
                below = [*value][number + 1 :] if one is None else []
                is_outer = key in self._model.model_fields and key not in self._tree
                if is_outer and (isinstance(one, dict | list) or below) and not self._owner((name, key)):
                    message, hint = f'"{key}" is a key of the record', f'indent it as "{name}"'
                    place = self._document.place((*self._at, name, key), key=True)
                    self.problems.append(Problem(place, Code.UNKNOWN_KEY, message, hint))
                    for left in (key, *below):
                        self._leave_out((name, left), (name, left))

    def _note_lost_keys(self) -> None:
        """Report entries of a field whose own line is gone, so that they stand among those of the field above them."""
        absent = [name for name in self._model.model_fields if name not in self._tree]
        for name, value in self._tree.items() if absent else ():
            if not isinstance(value, dict):
                continue
            own = {*_fields_at(self._model, (name,)), *_fields_at(self._model, (name, "any"))}
            inside = value.items() if own else ()
            strays = {key: one.keys() for key, one in inside if isinstance(one, dict) and one.keys() - own}
            for lost in absent if strays else ():
                fields = {*_fields_at(self._model, (lost, "any"))}
                found = [key for key, keys in strays.items() if keys <= fields and (name, key) not in self.left_out]
                if sum(len(strays[key] - own) for key in found) > 1:
                    self._lose((name, found[0]), lost, len(found))
                    for key in found:
                        self._leave_out((name, key), (lost,))
                    break

    def _lose(self, first: Location, lost: str, count: int) -> None:
        words = f'"{first[-1]}" has keys' if count == 1 else f'"{first[-1]}" and {count - 1} more have keys'
        message = f'{words} of an entry of "{lost}", which is missing'
        place = self._document.place((*self._at, *first), key=True)
        self.problems.append(Problem(place, Code.UNKNOWN_KEY, message, f'write "{lost}:" above it'))
        self.left_out.add((lost,))

    def record(self) -> R | None:
        """The record, when there is one."""
        for _ in range(_MOST_ROUNDS):
            if () in self.left_out:
                break
            try:
                tree = self._pruned((), self._tree, {(), *_around(self.left_out)})
                return self._model.model_validate(tree, context=Room())
            except ValidationError as error:
                faults = [self._fault(detail) for detail in error.errors(include_url=False)]
            self._report(faults)
            for fault in faults:
                self._leave_out(self._loss(fault), fault.location)
                if fault.type == "extra_forbidden" and (cut := self._cut_by_comma(fault.location)):
                    self._leave_out(self._cost(cut), cut)
        return None

    def absent(self) -> Iterator[Problem]:
        """The fields that should be there, although the record can do without."""
        for name, loss in self._model.losses().items():
            if loss is Loss.NEEDED and self._tree.get(name) is None and not self._follows((name,)):
                is_there = name in self._tree
                place = self._document.place((*self._at, name) if is_there else self._at, key=True)
                message = f'"{name}" has no value' if is_there else f'"{name}" is missing'
                yield Problem(place, Code.MISSING_KEY, message, self._choices((name,)))

    def _choices(self, location: Location) -> str:
        """What a field that is missing may be, where that is a closed list of words."""
        model = _model_at(self._model, location[:-1])
        field = model.model_fields.get(str(location[-1])) if model else None
        parts = (field.annotation, *get_args(field.annotation)) if field else ()
        found = next((one for one in parts if isinstance(one, type) and issubclass(one, Choice)), None)
        return f"expected one of: {', '.join(found)}" if found else ""

    def misspelt(self) -> Iterator[Location]:
        """The fields that are absent because their key is misspelt, where that costs nothing else."""
        for location, keys in self._odd_keys.items():
            _, inside = _existing(self._tree, location)
            for key in keys:
                meant = self._meant((*location, key))
                if meant and isinstance(inside, dict) and meant not in inside:
                    yield (*location, meant)

    def _fault(self, detail: Any) -> _Fault:
        """An error of pydantic, which knows the tree without what is left out, and marks a key with one more step."""
        steps = detail["loc"]
        is_key = steps[-1:] in {("[key]",), ("@id",)}
        location: Location = ()
        for step in steps[:-1] if is_key else steps:
            left = self._positions.get(location, ())
            location += (left[step] if isinstance(step, int) and step < len(left) else step,)
        return _Fault(location, is_key, detail["type"], detail["input"], detail["msg"], detail.get("ctx", {}))

    # -- what is reported

    def _report(self, faults: list[_Fault]) -> None:
        for fault in faults:
            if fault.type == "extra_forbidden":
                self._odd_keys.setdefault(fault.location[:-1], []).append(str(fault.location[-1]))
        broken = set(_around(fault.location[:-1] for fault in faults))
        for fault in self._without_repeated(self._without_dedented(faults)):
            only_looks_short = fault.type == "too_short" and fault.location in broken
            if not only_looks_short and not self._is_consequence(fault):
                self.problems.append(self._problem(fault))

    def _without_dedented(self, faults: Sequence[_Fault]) -> list[_Fault]:
        """The faults, but for those of fields that stand beside the key to which they belong; these are one problem."""
        owners: dict[Location, _Fault] = {}
        left = []
        for fault in faults:
            if (owner := self._owner(fault.location)) and (fault.is_key or fault.type in FORMS):
                owners.setdefault(owner, fault)
            else:
                left.append(fault)
        for owner, fault in owners.items():
            message = f'"{fault.location[-1]}" belongs to "{owner[-1]}"'
            place = self._document.place(self._at + fault.location, key=True)
            self.problems.append(Problem(place, Code.WRONG_TYPE, message, "indent it deeper than that"))
            self._leave_out((*owner, str(fault.location[-1])), fault.location)
        return [fault for fault in left if fault.location not in owners]

    def _without_repeated(self, faults: Sequence[_Fault]) -> list[_Fault]:
        """The faults, but for those of lists of which no entry has the right form; these are one problem each."""
        by_list: dict[Location, list[_Fault]] = {}
        for fault in faults:
            if fault.type in FORMS and fault.location and isinstance(fault.location[-1], int):
                by_list.setdefault(fault.location[:-1], []).append(fault)
        whole = {at: found for at, found in by_list.items() if 1 < len(found) == len(_existing(self._tree, at)[1])}
        for at, (first, *_) in whole.items():
            message = f"no entry of {_called(at)} has the right form"
            hint = f"expected entries with {FORMS[first.type]}{self._example(first)}"
            self.problems.append(
                Problem(self._document.place(self._at + first.location), Code.WRONG_TYPE, message, hint)
            )
        return [fault for fault in faults if fault.location[:-1] not in whole]

    def _owner(self, location: Location) -> Location:
        """The key above a field that belongs to its entry, which has none of that name; empty when there is none."""
        within, name = location[:-1], str(location[-1] if location else "")
        entry = _model_at(self._model, location)
        _, around = _existing(self._tree, within)
        if entry is None or name not in entry.model_fields or not isinstance(around, dict):
            return ()
        above = [key for key in takewhile(lambda key: key != name, around) if key not in entry.model_fields]
        beside = around[above[-1]] if above else name
        is_owner = beside is None or (isinstance(beside, dict) and name not in beside)
        return (*within, above[-1]) if is_owner else ()

    def _is_consequence(self, fault: _Fault) -> bool:
        """Whether a fault follows from what is left out already, or from a text that is still to be written."""
        if fault.context.get("instead") is not None or fault.type in _CAUSES:
            return False
        existing, value = _existing(self._tree, fault.location)
        if existing == fault.location and isinstance(value, Scalar) and PLACEHOLDER.search(value):
            return True
        if of := fault.context.get("of"):
            return fault.location in self._odd_keys or any((*fault.location, name) in self._touched for name in of)
        is_spoilt = fault.location in self._touched or fault.location in self.replaced
        return is_spoilt or (fault.type == "missing" and self._follows(fault.location))

    def _follows(self, location: Location) -> bool:
        """Whether a field is absent because its value is left out or its key is another."""
        keys, name = self._odd_keys.get(location[:-1], ()), str(location[-1])
        if location in self._touched or any(closest(key, [name]) for key in keys):
            return True
        return name in self._unnamed(location[:-1])[1]

    def _unnamed(self, within: Location) -> tuple[list[str], list[str]]:
        """The keys that are near to no field, and the fields that are absent because their values have these keys.

        Of so many such keys, the first so many absent fields: a further one is absent for no reason. Of a single key, all of them.
        """
        model, (_, around) = _model_at(self._model, within), _existing(self._tree, within)
        keys = self._odd_keys.get(within, ())
        if model is None or not isinstance(around, dict) or len(keys) > MOST_ODD_KEYS:
            return [], []
        fields = model.model_fields
        strange = [one for one in keys if not isinstance(around.get(one), dict) and not closest(one, fields)]
        needed = [one for one, of in fields.items() if of.is_required() or model.losses().get(one) is Loss.NEEDED]
        absent = [one for one in needed if one not in {"id", *around} and not any(closest(key, [one]) for key in keys)]
        return strange, absent if [*around] == strange else absent[: len(strange)]

    def _problem(self, fault: _Fault) -> Problem:
        at, document = self._at + fault.location, self._document
        name = str(at[-1]) if at else ""
        if fault.type == "extra_forbidden":
            hint: str | Hint = "the id is the name of the file, or the key that holds the record"
            if name != "id":
                hint = Hint(name, partial(self._meant_key, name, fault.location[:-1]))
                if (glued := _GLUED.fullmatch(name)) and glued[1] in _fields_at(self._model, fault.location[:-1]):
                    hint = _apart(glued)
                if cut := self._cut_by_comma(fault.location):
                    words = f"{_existing(self._tree, cut)[1]}, {name}"
                    plain = words[1:-1] if TYPOGRAPHIC_QUOTES.fullmatch(words) else words
                    hint = f'put quotes around a text that has a comma, as in "{plain}"'
            return Problem(document.place(at, key=True), Code.UNKNOWN_KEY, f'"{name}" is not a key here', hint)
        if fault.type == "missing":
            place = document.place(at[:-1], key=True)
            return Problem(place, Code.MISSING_KEY, f'"{name}" is missing', self._choices(fault.location))
        at_key = fault.is_key or fault.value is None or isinstance(fault.value, dict)
        place = document.place((*at, *fault.context.get("at", ())), key=at_key)
        if isinstance(fault.value, dict) and fault.value and FORMS.get(fault.type) == "a list":  # the hyphen goes there
            place = document.place((*at, next(iter(fault.value))), key=True)
        return Problem(place, *_in_words(_called(at), fault, self._example(fault)))

    def _example(self, fault: _Fault) -> str:
        """What a text in the place of keys and values was meant for, in words; empty for any other fault."""
        if isinstance(fault.value, dict) and FORMS.get(fault.type) == "a list":
            return _as_list(_model_at(self._model, (*fault.location, 0)), fault.value)
        if fault.type not in FORMS or not FORMS[fault.type].endswith("values"):
            return ""
        if isinstance(fault.value, list):
            return _as_entries(_model_at(self._model, (*fault.location, "any")), fault)
        words = str(fault.value) if isinstance(fault.value, Scalar) else "…"
        model, shown = _model_at(self._model, fault.location), words if _PLAIN.fullmatch(words) else "…"
        if model:
            names = [name for name in model.model_fields if name != "id"]
            needed = [name for name in names if model.model_fields[name].is_required()] or names[:1]
            return f", as in {{{', '.join(f'{name}: …' for name in needed)}}}".replace(
                "…", shown, 1 if len(needed) == 1 else 0
            )
        sides = self._tree.get("technologies")
        if isinstance(sides, list) and sides and {*fault.location[-1:]} & {*_BY_SIDE}:
            return f", as in {{{sides[0]}: {shown}}}"
        return ""

    def _elsewhere(self, name: str, within: Location, fields: Sequence[str]) -> str:
        """In which mapping beside or above it a key with values would be an entry, and where else a field of a fact stands."""
        _, around = _existing(self._tree, within)
        value = around.get(name) if isinstance(around, dict) else None
        if isinstance(value, dict) and value and not get_close_matches(name, fields, 1, SURELY_MEANT):
            places = [(*within, other) for other in fields if isinstance(around.get(other, ""), dict | None)]
            places += (within[:number] for number in reversed(range(1, len(within))))
            for at in places:
                entry = _model_at(self._model, (*at, name))
                if entry and value.keys() <= entry.model_fields.keys():
                    is_beside = len(at) > len(within)
                    return f'{"indent it" if is_beside else "move it to the left"}, to make it an entry of "{at[-1]}"'
        is_of_override = name in Override.model_fields and "judgement" in fields
        return f'only the facts in a comparison have "{name}"' if is_of_override else ""

    def _meant_key(self, name: str, within: Location) -> str:
        """Which key was meant, or in which mapping above it would be an entry."""
        fields = _fields_at(self._model, within)
        _, around = _existing(self._tree, within)
        if hint := self._elsewhere(name, within, fields):
            return hint
        before = self._key_before(within, name)
        earlier: tuple[str, ...] = () if before is None else (before,)
        entry = _model_at(self._model, (*within, *earlier, name)) if earlier else None
        if entry and name in entry.model_fields:
            return f'indent it deeper, to make it a key of an entry of "{earlier[0]}"'
        owner = _model_at(self._model, (*within, *earlier)) if earlier else None
        if owner and name in owner.model_fields and name not in fields:
            return f'indent it deeper, to make it a key of "{earlier[0]}"'
        strange, absent = self._unnamed(within)
        if name in strange and absent:
            words = " or ".join(f'"{one}"' for one in absent)
            is_all = len(around) == 1 < len(absent)
            return (
                f"expected the keys {words.replace(' or ', ' and ')}"
                if is_all
                else f"did you mean {words}, which {'is' if len(absent) == 1 else 'are'} missing?"
            )
        free = [] if meant_by(name, sorted(fields)) else [field for field in fields if field not in around]
        return nearest(name, free or fields)

    def _cut_by_comma(self, location: Location) -> Location:
        """The text of which a key is the rest, behind a comma between braces; empty for any other key."""
        within, name = location[:-1], str(location[-1])
        _, around = _existing(self._tree, within)
        before = self._key_before(within, name)
        value = around[before] if before is not None and around[name] is None else None
        if not isinstance(value, Scalar):
            return ()
        place = self._document.place((*self._at, *location), key=True)
        is_cut = _BEHIND_KEY.match(value.span.lines[place.line - 1], place.column - 1 + len(name))
        return (*within, str(before)) if is_cut else ()

    def _key_before(self, within: Location, name: str) -> str | None:
        """The key that stands before one in its mapping, if any."""
        if within not in self._before:
            _, around = _existing(self._tree, within)
            self._before[within] = {key: before for before, key in pairwise(around if isinstance(around, dict) else ())}
        return self._before[within].get(name)

    # -- what is left out

    def _leave_out(self, location: Location, at_fault: Location) -> None:
        self.left_out.add(location)
        self._touched.update(_around([location, at_fault]))

    def _loss(self, fault: _Fault) -> Location:
        """The part of the record that is left out with a fault, or has another value instead."""
        location, _ = _existing(self._tree, fault.location)
        if (instead := fault.context.get("instead")) is not None and location not in self.left_out:
            self._instead[location] = instead
            return location
        if fault.type == "extra_forbidden":
            return self._cost_of_key(fault.location)
        self._instead.pop(location, None)
        return self._cost(location[:-1] if location == fault.location and fault.type == "missing" else location)

    def _cost(self, location: Location) -> Location:
        """The part of the record that is left out with a value."""
        for field in accumulate((step,) for step in location):
            loss = self._loss_of(field)
            if loss is Loss.ESSENTIAL:
                return field[:-1]
            if loss is Loss.WHOLE:
                return field
        return location

    def _cost_of_key(self, location: Location) -> Location:
        """The part that is left out with a key that is not one of the record, but may be meant for one."""
        is_needed = self._loss_of((*location[:-1], self._meant(location))) is Loss.ESSENTIAL
        return location[:-1] if is_needed else location

    def _meant(self, location: Location) -> str:
        """The field for which an unknown key was meant; empty where none is near, or where too many keys are unknown."""
        if len(self._odd_keys.get(location[:-1], ())) > MOST_ODD_KEYS:
            return ""
        return closest(str(location[-1]), _fields_at(self._model, location[:-1]))

    def _loss_of(self, field: Location) -> Loss | None:
        record = _model_at(self._model, field[:-1])
        return record.losses().get(str(field[-1])) if record else None

    def _pruned(self, at: Location, tree: Any, cut: Set[Location]) -> Any:
        """A copy of a tree without what is left out; ``cut`` has the locations of all that something is cut out of."""
        if at not in cut:
            return tree
        kept: dict[Any, Any] = {}
        for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            location = (*at, step)
            if location in self._instead:
                kept[step] = self._instead[location]
            elif location not in self.left_out:
                kept[step] = self._pruned(location, value, cut)
        if isinstance(tree, dict):
            return kept
        self._positions[at] = [*kept]
        return [*kept.values()]


def _around(locations: Iterable[Location]) -> Iterator[Location]:
    """The locations and all that they lie in, but for the record itself."""
    for location in locations:
        yield from accumulate((step,) for step in location)


def _existing(tree: Any, location: Location) -> tuple[Location, Any]:
    """As much of a location as there is in a tree, and what is there."""
    for number, step in enumerate(location):
        is_there = step in tree if isinstance(tree, dict) else isinstance(tree, list) and step in range(len(tree))
        if not is_there:
            return location[:number], tree
        tree = tree[step]
    return location, tree


# -- words -----------------------------------------------------------------------------------------------------------------


def _called(location: Location) -> str:
    """How a value is named in a message."""
    if location and isinstance(location[-1], int):
        return f"entry {location[-1] + 1} of {_called(location[:-1])}"
    return f'"{location[-1]}"' if location else "this"


def form_of(value: object) -> str:
    """What a value is, in words behind its name."""
    if isinstance(value, dict):
        return "has keys and values"
    return "is a list" if isinstance(value, list) else "is a text"


def _as_entries(model: type[Record] | None, fault: _Fault) -> str:
    """A list as a mapping, in words: from steps of a scale, or from ids; empty where nobody can tell."""
    shown = [str(one) for one in fault.value if isinstance(one, Scalar) and _PLAIN.fullmatch(one)][:2]
    fields = model.model_fields.items() if model else ()
    needed = [f"{name}: …" for name, field in fields if field.is_required() and name != "id"]
    match fault.location[-1:]:
        case ("scale",):
            pairs = [f"{number}: {words}" for number, words in enumerate(shown or ["…"], 1)]
        case ("values",):
            pairs = [f"{kebab_case(words) or 'an-id'}: {words}" for words in shown]
        case _:
            pairs = [f"an-id: {{{', '.join(needed)}}}"] * bool(needed)
    return f", as in {{{', '.join(pairs)}}}" if pairs else ""


def _as_list(model: type[Record] | None, given: Mapping[str, Any]) -> str:
    """A mapping as the list that it should be, in words, if its keys are no fields of an entry."""
    fields = model.model_fields.items() if model else ()
    needed = [name for name, field in fields if field.is_required() and name != "id"]
    if not given or not needed or given.keys() & {name for name, _field in fields}:
        return ""
    (key, value), *_others = given.items()
    words = (key, value) if len(needed) == 2 and isinstance(value, Scalar) else ("…",) * len(needed)
    return f', as in "- {{{", ".join(f"{name}: {word}" for name, word in zip(needed, words, strict=True))}}}"'


_PLAIN = re.compile(r"[\w.+/]([^\n:{}\[\],#&*!|>'\"%@`]{0,60}[^\s:{}\[\],#&*!|>'\"%@`])?")
"""A text that needs no quotes between braces."""
_GLUED = re.compile(r"([a-z_]+):(?!//)(\S.*)")
"""A key and its value without the blank between them."""
_LISTED = re.compile(r"[\w./-]+(, *[\w./-]+)*")
"""A text that would be a list between brackets."""
_MOST_SHOWN = 100
_BY_SIDE = ("answer", "choose", "use", "leads")
"""The mappings of which the keys are technologies."""


def _in_words(here: str, fault: _Fault, example: str = "") -> tuple[Code, str, str]:
    """Code, message and hint for an error of a value; the latter may have an example."""
    value, context = fault.value, fault.context
    if fault.type in _CODES:
        return _CODES[fault.type], fault.message.replace("{here}", here), context["hint"]
    if value is None:
        form = FORMS.get(fault.type, "")
        return Code.MISSING_KEY, f"{here} has no value", f"expected {form}{example}" if form and example else ""
    if fault.type == "too_short":
        message = f"{here} has too few entries ({context['actual_length']})"
        code = Code.INVALID_VALUE if context["actual_length"] else Code.MISSING_KEY
        return code, message, f"expected at least {context['min_length']}"
    if fault.type == "too_long":
        return (
            Code.TOO_LARGE,
            f"{here} has {len(value):,} entries",
            f"expected at most {context['max_length']}",
        )
    if fault.type in FORMS or not isinstance(value, str):
        return (
            Code.WRONG_TYPE,
            f"{here} {form_of(value)}",
            _expected_form(here, value, FORMS.get(fault.type, "a text"), example),
        )
    allowed = [choice.strip(" '") for choice in context["expected"].replace(" or ", ", ").split(",")]
    meant = _TYPES.get(value.casefold(), "")
    hint = f'did you mean "{meant}"?' if meant in allowed else nearest(value, allowed, SURELY_MEANT)
    return Code.INVALID_VALUE, f'"{value}" is not a value of {here}', hint


_TYPES = {
    **dict.fromkeys(("bool", "boolean", "yes/no"), "yes-no"),
    **dict.fromkeys(("int", "integer", "float", "decimal", "quantity"), "number"),
    **dict.fromkeys(("str", "string"), "text"),
    **dict.fromkeys(("enum", "choice", "select"), "one-of"),
    **dict.fromkeys(("array", "set", "tags"), "list"),
    **dict.fromkeys(("rating", "scale"), "score"),
    "semver": "version",
}
"""By what the types of a criterion are called elsewhere their names here."""


def _apart(glued: re.Match[str]) -> str:
    return f'no blank is behind its colon: write "{glued[1]}: {glued[2]}"'


def _expected_form(here: str, value: object, form: str, example: str) -> str:
    """What was expected where a value has another form, and how the value is written in it where that is plain."""
    if isinstance(value, Scalar):
        if re.match(r"-\w", value):
            return f'write "- {value[1:]}", with a blank behind the hyphen'
        if form == "keys and values" and (glued := _GLUED.fullmatch(value)):
            return _apart(glued)
        if form == "a list" and len(value) <= _MOST_SHOWN and _LISTED.fullmatch(value):
            return f"expected a list, as in [{value}]"
    if isinstance(value, dict) and form == "a list":
        return f"expected a list{example}" if example else 'expected a list: write "- " before each entry'
    if isinstance(value, list) and here == '"value"' and all(isinstance(one, str) for one in value):
        return f'write its entries as one text: "{", ".join(value)}"'
    return f"expected {form}{example}"


# -- models ----------------------------------------------------------------------------------------------------------------


def _fields_at(model: type[Record], location: Location) -> list[str]:
    """The keys that fit at a location of a record."""
    found = _model_at(model, location)
    return [name for name in found.model_fields if name != "id"] if found else []


def _model_at(model: type[Record], location: Location) -> type[Record] | None:
    """The model of the value at a location; ``None`` where there is no such field or its value has no model."""
    annotation: Any = model
    for step in location:
        if record := _model_in(annotation):
            field = record.model_fields.get(str(step))
            annotation = field.annotation if field else None
        else:  # a list or mapping, of which the values are the last parameter
            parts = [part for part in get_args(annotation) if part is not Ellipsis]
            annotation = parts[-1] if parts else None
    return _model_in(annotation)


def _model_in(annotation: Any) -> type[Record] | None:
    """The model that an annotation stands for: itself, or the one in ``Model | None``."""
    parts = get_args(annotation)
    candidates = parts if type(None) in parts else (annotation,)
    return next((one for one in candidates if isinstance(one, type) and issubclass(one, Record)), None)
