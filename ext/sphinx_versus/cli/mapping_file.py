"""A mapping is read from its file, and all that is wrong in it is found with its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import rich_click as click
import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..catalogue.document import Document, Location
from ..catalogue.validate import FORMS, form_of
from ..catalogue.values import split_list
from ..catalogue.yaml_errors import in_our_words
from ..problems import MOST_KEYS, SURELY_MEANT, Code, Problem, nearest, unknown
from .mapping import (
    ABOUT,
    FIELDS,
    FIELDS_OF,
    MOST_COLUMNS,
    MOST_TIMES,
    TOO_DEEP,
    Asked,
    Mapping_,
    forbidden,
    is_address,
    of_any_pattern,
    wrong_fields,
)

MOST_PATTERNS = 200
"""With more of them, a small table takes minutes."""
_MOST_OF_TEXT, _MOST_BRACES = 10_000, 100
"""The characters of a text in a mapping, and the columns that it names."""
_EXPECTED = {
    "times": f"a number up to 1e{MOST_TIMES}, and not 0",
    "digits": "a number up to 30",
    **dict.fromkeys(
        ("as_of", "version", "sources"), "what is so for all facts; outside of defaults, it names a column"
    ),
}


class _Loader(yaml.BaseLoader):
    """Makes texts, lists and mappings only; each stands in the file once, so that a small file is a small mapping."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node; an error for one that stands elsewhere."""
        if self.check_event(yaml.AliasEvent):
            at = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem='an alias; a text that starts with "*" needs quotes', problem_mark=at)
        return super().compose_node(parent, index)


def read_mapping(path: Path) -> Mapping_:
    """A mapping from a file of YAML or JSON."""
    content = path.read_bytes()
    try:
        loader = _Loader(content)
        root = loader.get_single_node()
        document = Document(str(path), None)
        _note_places(document, root, ())
        given = (loader.construct_document(root) if root else None) or {}
        if misfit := forbidden(given):
            raise click.ClickException(f"{path}: it has {misfit}")
        return _checked(document, given)
    except RecursionError:
        raise click.ClickException(f"{path}: {TOO_DEEP}") from None
    except yaml.MarkedYAMLError as error:
        lines = content.decode(errors="replace").splitlines()
        raise click.ClickException(str(in_our_words(str(path), lines, error))) from None
    except yaml.YAMLError as error:
        raise click.ClickException(f"{path}: {' '.join(str(error).split())}") from None


def _note_places(document: Document, node: Any, at: Location) -> None:
    """Note where each key and value of a mapping is; an error for a text that would grow without bounds."""
    if isinstance(node, yaml.ScalarNode):
        for many, most, words in (
            (len(node.value), _MOST_OF_TEXT, "characters"),
            (node.value.count("{"), _MOST_BRACES, "braces"),
        ):
            if many > most:
                problem = f"a text with {many:,} {words}; expected at most {most:,}"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
    if node is not None:
        document.values[at] = (node.start_mark.line, node.start_mark.column)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key that is no text", problem_mark=key.start_mark)
            inner = (*at, key.value)
            document.keys[inner] = (key.start_mark.line, key.start_mark.column)
            _note_places(document, value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            _note_places(document, value, (*at, position))


def _checked(document: Document, given: Any) -> Mapping_:
    """The mapping, if nothing in it is wrong."""
    try:
        mapping = Mapping_.model_validate(given)
    except ValidationError as error:
        raise click.ClickException(_misfit(document, error.errors(include_url=False))) from None
    for has, many, most in (
        ("criteria", len(mapping.criteria), MOST_COLUMNS),
        ("patterns with *", mapping.patterns, MOST_PATTERNS),
    ):
        if many > most:
            raise click.ClickException(f"{document.path}: it has {many:,} {has}; expected at most {most:,}")
    for problem in _wrong_fields(document, mapping):
        raise click.ClickException(str(problem))
    return mapping


_INNER = {"@columns", "@record", "[key]"}
"""Steps to a fault that nobody typed."""


def _misfit(document: Document, errors: Sequence[ErrorDetails]) -> str:
    """What does not fit in a mapping, with its place and what was expected: a wrong key before what follows from it."""
    order = {"extra_forbidden": 0, "string_type": 2}  # the last may be a text or more
    error = min(errors, key=lambda one: order.get(one["type"], 1))
    at = tuple(step for step in error["loc"] if step not in _INNER)
    value, kind, is_key = error["input"], error["type"], error["loc"][-1:] == ("[key]",)
    name = next((step for step in reversed(at) if isinstance(step, str)), "")
    known = re.findall(r"'([^']+)'", error.get("ctx", {}).get("expected", ""))
    if kind == "extra_forbidden":
        is_key, fields = True, Mapping_.model_fields.keys()
        known = [*(Asked.model_fields.keys() | FIELDS_OF["criteria"] if "criteria" in at[:-1] else fields), *FIELDS]
        known = [one for one in known if one not in {"columns", "record"}]
    if is_key:
        message, hint = f'"{name}" is not a key here', nearest(name, known, most=MOST_KEYS)
    elif known and isinstance(value, str):
        message, hint = f'"{value}" is not a value of "{name}"', nearest(value, known, SURELY_MEANT)
    elif name in _EXPECTED and isinstance(value, str):
        message, hint = f'"{value}" is not a value of "{name}"', f"expected {_EXPECTED[name]}"
    else:
        message = f'"{name}" {form_of(value)}' if at else "the file is no mapping"
        hint = f"expected {'true or false' if kind.startswith('bool') else FORMS.get(kind, 'a text')}"
    return f"{document.place(at, key=is_key)}: {message}; {hint}"


def _wrong_fields(document: Document, mapping: Mapping_) -> Iterator[Problem]:
    """What is wrong in the fields of new records, and the keys of mappings that are no fields."""
    keys: dict[Location, tuple[Iterable[str], Collection[str]]] = {
        **{("values", cell): (fields, FIELDS) for cell, fields in mapping.values.items()},
        **{
            ("criteria", name, "cells", cell): (fields, FIELDS)
            for name, one in mapping.criteria.items()
            for cell, fields in one.cells.items()
        },
        ("about",): (mapping.about, ABOUT["technologies"]),
        ("about_criteria",): (mapping.about_criteria, ABOUT["criteria"]),
        ("about_sources",): (mapping.about_sources, ABOUT["sources"]),
        **{
            ("criteria", name, "about_sources"): (one.about_sources, ABOUT["sources"])
            for name, one in mapping.criteria.items()
        },
    }
    for at, (names, known) in keys.items():
        for name in names:
            if name not in known:
                yield unknown(document.place((*at, name), key=True), Code.UNKNOWN_KEY, name, "a key here", known)
    given: dict[Location, tuple[str, Mapping[str, Any]]] = {
        ("create", type_): (type_, fields) for type_, fields in mapping.create.items()
    }
    given |= {
        ("criteria", name): ("criteria", {**({"@id": meant.id} if meant.id else {}), **meant.record})
        for name, meant in ((name, of_any_pattern(one)) for name, one in mapping.criteria.items())
    }
    given |= {("kinds", cell): ("technologies", {"kind": kind}) for cell, kind in mapping.kinds.items()}
    given[()] = ("technologies", {**({"kind": mapping.kind} if mapping.kind else {}), **_as_field(mapping.defaults)})
    for at, (type_, fields) in given.items():
        yield from wrong_fields(type_, fields, document, at)[0]
    for name, one in mapping.criteria.items():
        yield from wrong_fields("technologies", _as_field(one.defaults), document, ("criteria", name))[0]


def _as_field(defaults: Mapping[Any, str]) -> dict[str, Any]:
    """Defaults as a field of a technology, of which addresses get ids later; none without any."""
    given: dict[str, Any] = {**defaults}
    if "sources" in given:
        given["sources"] = [one for one in split_list(given["sources"]) if not is_address(one)]
    return {"defaults": given} if given else {}
