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

from .fields import ID_PATTERN, Choice, Identifier, Loss
from .files import LEADS_OUT, is_inside, replace_files
from .model import Comparison, Criterion, Published, Source, Technology

_MODELS: Mapping[str, tuple[str, Any]] = {
    "technology.json": ("A technology", Technology),
    "comparison.json": ("A comparison", Comparison),
    "criteria.json": ("The criteria, by id", Mapping[Identifier, Criterion]),
    "sources.json": ("The sources, by id", Mapping[Identifier, Source]),
    "published.json": ("The ids whose addresses are kept", Published),
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file name."""
    made: dict[str, dict[str, Any]] = {}
    for name, (title, model) in _MODELS.items():
        schema = TypeAdapter(model).json_schema(schema_generator=_Generator)
        for choice in Choice.__subclasses__():
            if definition := schema["$defs"].get(choice.__name__):
                definition["description"] += "".join(f"\n- `{member}`: {member.meaning}" for member in choice)
        made[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
    return made


def schema_files(folder: Path) -> dict[Path, bytes]:
    """The content of the schemas' files in a folder of a data folder; an error where a link leads out of that."""
    schemas_ = schemas().items()
    texts = {folder / name: f"{json.dumps(one, indent=2, ensure_ascii=False)}\n".encode() for name, one in schemas_}
    if outside := next((str(path) for path in texts if not is_inside(str(path), str(folder.parent))), None):
        raise PermissionError(errno.EPERM, LEADS_OUT[0], outside)
    return texts


def write_schemas(folder: Path) -> None:
    """Write the schemas to a folder of a data folder, which is made when it is not there."""
    replace_files(schema_files(folder))


def stale_schemas(folder: Path) -> list[Path]:
    """The files of the folder that are absent, or not what follows from the models."""
    return [path for path, text in schema_files(folder).items() if not path.is_file() or path.read_bytes() != text]


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
