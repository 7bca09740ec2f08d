"""JSON Schemas of the records, made from the models, so that editors can complete, explain and check.

Draft 2020-12, one schema for each sort of file. The first line of a record names its schema:
``# yaml-language-server: $schema=../schema/technology.json``.
"""

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from .catalogue import Catalogue
from .fields import ID_PATTERN, Choice, Identifier, Loss
from .files import LEADS_OUT, is_inside, replace_files
from .model import Comparison, Criterion, Published, Source, Technology

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Mapping[str, tuple[str, Any]] = {
    "technology.json": ("A technology", Technology),
    "comparison.json": ("A comparison", Comparison),
    "criteria.json": ("The criteria, by id", Mapping[Identifier, Criterion]),
    "sources.json": ("The sources, by id", Mapping[Identifier, Source]),
    "published.json": ("The ids whose addresses are kept", Published),
}
KNOWN = "known.json"
"""The file with the ids that there are. It follows from the records; the others refer to it, and accept any other id too."""
_VALUES: Mapping[str, str] = {
    "sources": "source",
    "technologies": "technology",
    "about": "technology",
    "rows": "criterion",
    "because": "criterion",
    "kind": "kind",
    "kinds": "kind",
    "related": "comparison",
}
"""By field the type of the ids in it."""
_KEYS: Mapping[str, str] = dict.fromkeys(("answer", "choose", "use", "leads"), "technology") | {"where": "criterion"}
"""By field the type of the ids that are its keys; those of ``facts`` differ in records."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file name."""
    made: dict[str, dict[str, Any]] = {}
    for name, (title, model) in _MODELS.items():
        schema = TypeAdapter(model).json_schema(schema_generator=_Generator)
        for choice in Choice.__subclasses__():
            if definition := schema["$defs"].get(choice.__name__):
                definition["description"] += "".join(f"\n- `{member}`: {member.meaning}" for member in choice)
                definition["enumDescriptions"] = [member.meaning for member in choice]
        _suggest(schema, {**_KEYS, "facts": "criterion" if model is Technology else "technology"})
        if model is Comparison:  # overrides: facts by technology and criterion
            _suggest_keys(schema["properties"]["facts"]["allOf"][1]["additionalProperties"], "criterion")
        made[name] = {"$schema": DRAFT, **schema, "title": title}
    return made


def _suggest(schema: Any, keys: Mapping[str, str]) -> None:
    """Refer to the known ids wherever a schema expects ids."""
    for name, field in schema.get("properties", {}).items():
        if (type_ := _VALUES.get(name)) and "pattern" in field.get("items", {}):
            field["items"] = {"anyOf": [_reference(type_), field["items"]]}
        elif type_ and "pattern" in field:
            field["anyOf"] = [_reference(type_), {"type": field.pop("type"), "pattern": field.pop("pattern")}]
        elif (type_ := keys.get(name)) and "additionalProperties" in field:
            _suggest_keys(field, type_)
    for definition in schema.get("$defs", {}).values():
        _suggest(definition, keys)


def _suggest_keys(field: dict[str, Any], type_: str) -> None:
    """Refer to the known keys before all else, because editors show the first description that they find."""
    entries = {name: field.pop(name) for name in ("propertyNames", "additionalProperties")}
    field["allOf"] = [_reference(f"{type_}-keys"), entries]


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"{KNOWN}#/$defs/{name}"}


def known_ids(catalogue: Catalogue) -> dict[str, Any]:
    """The schema of the ids that there are, with their names and definitions; any id fits where there is none."""
    kinds = {kind: (kind, "") for kind in catalogue.kinds}
    technologies = {id_: (one.name, one.summary.text) for id_, one in catalogue.technologies.items()}
    criteria = {id_: (one.name, one.definition.text) for id_, one in catalogue.criteria.items()}
    titled = {id_: (catalogue.title(one), one.summary.text) for id_, one in catalogue.comparisons.items()}
    sources = {id_: (one.title or one.url or id_, one.publisher or "") for id_, one in catalogue.sources.items()}
    lists = {"technology": technologies, "criterion": criteria, "source": sources, "comparison": titled, "kind": kinds}
    values = {type_: _values(known) for type_, known in lists.items()}
    keys = {f"{type_}-keys": _keys(lists[type_]) for type_ in ("technology", "criterion")}
    return {"$schema": DRAFT, "title": "The ids that there are", "$defs": values | keys}


def _values(known: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    entries = [{"const": id_, **_words(*words)} for id_, words in known.items()]
    return {"anyOf": entries} if entries else {"not": {}}


def _keys(known: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {"properties": {id_: _words(*words) for id_, words in known.items()}}


def _words(title: str, text: str) -> dict[str, str]:
    return {"title": title, "description": " ".join(text.split()) or title}


def schema_files(folder: Path, catalogue: Catalogue | None = None) -> dict[Path, bytes]:
    """The content of the schemas' files in a folder of a data folder; an error where a link leads out of that.

    The known ids are among them when there is a catalogue.
    """
    all_ = schemas() | ({KNOWN: known_ids(catalogue)} if catalogue else {})
    texts = {folder / name: f"{json.dumps(one, indent=2, ensure_ascii=False)}\n".encode() for name, one in all_.items()}
    if outside := next((str(path) for path in texts if not is_inside(str(path), str(folder.parent))), None):
        raise PermissionError(errno.EPERM, LEADS_OUT[0], outside)
    return texts


def write_schemas(folder: Path, catalogue: Catalogue) -> None:
    """Write the schemas to a folder of a data folder, which is made when it is not there."""
    replace_files(schema_files(folder, catalogue))


def stale_schemas(folder: Path) -> list[Path]:
    """The files of the folder that are absent, or not what follows from the models; known ids may lag behind."""
    stale = [path for path, text in schema_files(folder).items() if not path.is_file() or path.read_bytes() != text]
    return stale if (folder / KNOWN).is_file() else [*stale, folder / KNOWN]


def write_known_ids(data: Path, catalogue: Catalogue) -> None:
    """Renew the known ids of a data folder that has schemas."""
    folder = data / "schema"
    path = folder / KNOWN
    if path.is_file() and (text := schema_files(folder, catalogue)[path]) != path.read_bytes():
        replace_files({path: text})


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas in the order of the models, without what is of no use to a writer."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keep the order of the models, which is the order in which a record is read."""
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No title for a key: the key is enough."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The default only when it is a value."""
        made = super().default_schema(schema)
        return made if made.get("default") else {key: value for key, value in made.items() if key != "default"}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """For an editor the fields that a record needs are required, and have a value."""
        made = super().model_schema(schema)
        if needed := [name for name, loss in schema["cls"].losses().items() if loss is Loss.NEEDED]:
            required = {*made.get("required", ()), *needed}
            made["required"] = [name for name in made["properties"] if name in required]
            made["properties"].update({name: _with_value(made["properties"][name]) for name in needed})
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A key without a value is one of the types, where there is a list of them."""
        inner = self.generate_inner(schema["schema"])
        if "type" not in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        types = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return {**inner, "type": [*types, "null"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A keyed list: each key is an id, and nothing else is let through."""
        values = self.generate_inner(schema["values_schema"])
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{ID_PATTERN}$"},
            "additionalProperties": values,
        }


def _with_value(schema: JsonSchemaValue) -> JsonSchemaValue:
    """The schema of a field without "or nothing" and without a default."""
    inner, *_ = schema.get("anyOf", [{}])
    kept = {**inner, **{name: value for name, value in schema.items() if name not in {"anyOf", "default"}}}
    if isinstance(types := kept.get("type"), list):
        left = [one for one in types if one != "null"]
        kept["type"] = left if len(left) > 1 else left[0]
    return kept
