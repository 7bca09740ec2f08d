"""JSON Schemas of the records, made from the models, so that editors can complete, explain and check.

Draft 2020-12, one schema for each sort of file. The first line of a record names its schema:
``# yaml-language-server: $schema=../schema/technology.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from .files import replace_files
from .model import Comparison, Criterion, Published, Source, Technology
from .values import ID_PATTERN, Choice, Identifier

_MODELS: Mapping[str, tuple[str, Any]] = {
    "technology.json": ("A technology", Technology),
    "comparison.json": ("A comparison", Comparison),
    "criteria.json": ("The criteria, by id", Mapping[Identifier, Criterion]),
    "sources.json": ("The sources, by id", Mapping[Identifier, Source]),
    "published.json": ("The ids whose addresses are kept", Published),
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file name."""
    return {name: _schema(title, model) for name, (title, model) in _MODELS.items()}


def write_schemas(folder: Path) -> None:
    """Write the schemas to a folder, which is made when it is not there."""
    replace_files({folder / name: text.encode() for name, text in _texts().items()})


def stale_schemas(folder: Path) -> list[Path]:
    """The files of the folder that are absent, or not what the models say."""
    return [folder / name for name, text in _texts().items() if not _is_current(folder / name, text)]


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _texts() -> dict[str, str]:
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas().items()}


def _schema(title: str, model: Any) -> dict[str, Any]:
    made = TypeAdapter(model).json_schema(schema_generator=_Generator)
    for choice in Choice.__subclasses__():
        if definition := made["$defs"].get(choice.__name__):
            definition["description"] += "".join(f"\n- `{member}`: {member.meaning}" for member in choice)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas in the order of the models, without what tells a writer nothing."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keep the order of the models, which is the order in which a record is read."""
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No title for a key: the key says as much."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The default only when it is a value."""
        made = super().default_schema(schema)
        return made if made.get("default") else {key: value for key, value in made.items() if key != "default"}

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
