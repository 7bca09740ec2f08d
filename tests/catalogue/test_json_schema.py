"""The JSON Schemas: current, named by every record, and as strict as the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
import yamlcore
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from conftest import CATALOGUE
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.fields import Choice
from sphinx_versus.catalogue.json_schema import KNOWN, known_ids, schemas, stale_schemas, write_schemas

DATA = Path(__file__).parents[2] / "data"
RECORDS = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml"))
SCHEMA_OF = {
    "technologies": "technology",
    "comparisons": "comparison",
    "criteria.yaml": "criteria",
    "sources.yaml": "sources",
    "published.yaml": "published",
}
EMPTY = DRAFT202012.create_resource(known_ids(Catalogue()))
VALIDATORS = {
    name: Draft202012Validator(schema, registry=Registry().with_resource(KNOWN, EMPTY))
    for name, schema in schemas().items()
}


def schema_of(record: str) -> str:
    return SCHEMA_OF[record.partition("/")[0]] + ".json"


def as_editors_read(text: str) -> Any:
    """YAML 1.2 with its core schema."""
    return yaml.load(text, Loader=yamlcore.CoreLoader)


def errors(record: str, text: str) -> list[str]:
    return [error.message for error in VALIDATORS[schema_of(record)].iter_errors(as_editors_read(text))]


def test_the_committed_schemas_are_current() -> None:
    assert stale_schemas(DATA / "schema") == [], 'run "versus schema data"'


def test_written_schemas_are_current_until_they_change(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "schema"
    assert stale_schemas(folder) == [folder / name for name in (*schemas(), KNOWN)]
    write_schemas(folder, Catalogue())
    assert stale_schemas(folder) == []
    (folder / "sources.json").write_text("{}")
    (folder / "criteria.json").unlink()
    assert stale_schemas(folder) == [folder / "criteria.json", folder / "sources.json"]
    assert json.loads((folder / "technology.json").read_text(encoding="utf-8")) == schemas()["technology.json"]


@pytest.mark.parametrize("name", schemas())
def test_each_schema_is_one(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert next(iter(schema)) == "$schema"
    assert schema["title"]
    assert '"id"' not in json.dumps(schema)
    assert '"@id"' not in json.dumps(schema)


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object with known keys."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


@pytest.mark.parametrize("name", schemas())
def test_every_key_is_explained_and_no_other_is_let_through(name: str) -> None:
    found = list(objects(schemas()[name]))
    assert found
    for schema in found:
        assert schema["additionalProperties"] is False
        assert schema["description"]
        assert all(key["description"] for key in schema["properties"].values())


def test_enumerations_say_what_their_members_mean() -> None:
    definitions = {name: one for schema in schemas().values() for name, one in schema.get("$defs", {}).items()}
    for choice in Choice.__subclasses__():
        for member in choice:
            assert f"- `{member}`: {member.meaning}" in definitions[choice.__name__]["description"]


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_names_its_schema(record: str) -> None:
    up = "../" * record.count("/")
    first = (DATA / record).read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema={up}schema/{schema_of(record)}"


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_fits_its_schema(record: str) -> None:
    assert errors(record, (DATA / record).read_text(encoding="utf-8")) == []


SMALL = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
ALPHA, PAIR = "technologies/alpha.yaml", "comparisons/alpha-vs-beta.yaml"


@pytest.mark.parametrize("record", SMALL)
def test_good_records_fit(record: str) -> None:
    assert errors(record, SMALL[record]) == []


@pytest.mark.parametrize(
    ("record", "old", "new"),
    [
        (ALPHA, "value: MIT", "value: 3.10"),
        (ALPHA, "value: MIT", "value: true"),
        (ALPHA, 'version: "1.2"', "version: 1.2"),
        (
            ALPHA,
            "value: MIT",
            "value: MIT, since: 3.10, preview: true, statements: [{value: BSD, when: on X, until: 3}]",
        ),
        (ALPHA, "value: MIT", "not_applicable: true, note: N"),
        (
            "criteria.yaml",
            "type: yes-no",
            "type: one-of, values: {a: A, b: 2.0, c: {label: C, synonyms: [x], definition: D}}",
        ),
        ("criteria.yaml", "type: yes-no", 'type: score, scale: {"1": bad, "2": good}, compare: version'),
        (ALPHA, "as_of: 2026-11", "as_of: 2026"),
        (ALPHA, "as_of: 2026-11", "as_of: 2026-11-22"),
        (ALPHA, "homepage: https://example.org/alpha", "homepage:"),
        ("sources.yaml", "quote: Alpha has a database layer.", "quote: [One., Two.]"),
        ("sources.yaml", "accessed: 2026-11-01", "archive: https://example.org/old"),
        (PAIR, "relation: alternatives", "relation: successor"),
        (
            "technologies/gamma.yaml",
            "facts:",
            "misconceptions:\n        defaults: {as_of: , version: 3}\n        facts:",
        ),
    ],
)
def test_what_the_models_accept_fits(record: str, old: str, new: str) -> None:
    assert old in SMALL[record]
    assert errors(record, SMALL[record].replace(old, new, 1)) == []


@pytest.mark.parametrize(
    ("record", "old", "new"),
    [
        # unknown keys
        (ALPHA, "homepage:", "home:"),
        (ALPHA, "name: Alpha", "id: alpha\n        name: Alpha"),
        (ALPHA, "sources: [alpha-home], as_of", "source: [alpha-home], as_of"),
        (PAIR, "because: [orm]}", "because: [orm], why: x}"),
        ("criteria.yaml", "type: yes-no", "types: yes-no"),
        ("sources.yaml", "publisher: Alpha project", "publishers: Alpha project"),
        ("criteria.yaml", "type: yes-no", "type: one-of, values: {a: {labels: A}}"),
        (ALPHA, "value: MIT", "value: MIT, statements: [{when: on X}]"),
        # missing keys
        (ALPHA, "kind: web-framework", ""),
        (PAIR, "relation: alternatives", ""),
        (PAIR, ", because: [orm]}", "}"),
        ("criteria.yaml", "name: Licence, ", ""),
        (PAIR, "reviewed:", "facts: {alpha: {orm: {value: no}}}\n        reviewed:"),
        # wrong values
        (PAIR, "relation: alternatives", "relation: rivals"),
        ("criteria.yaml", "type: yes-no", "type: boolean"),
        ("sources.yaml", "kind: primary", "kind: official"),
        (ALPHA, "homepage: https:", "homepage: ftp:"),
        (ALPHA, "as_of: 2026-11", "as_of: November 2026"),
        (PAIR, "reviewed: 2026-11-22", "reviewed: 2026-11"),
        (PAIR, "reviewed: 2026-11-22", "reviewed: 2026-13-01"),
        (ALPHA, "as_of: 2026-11", "as_of: 2026-00"),
        (ALPHA, "homepage: https://", "homepage: https:/"),
        (PAIR, "[alpha, beta]", "[alpha]"),
        (PAIR, "[alpha, beta]", "[alpha, alpha]"),
        (PAIR, "[alpha, beta]", "[alpha, Beta]"),
        (PAIR, "rows: [orm]", "rows: []"),
        (ALPHA, "name: Alpha", "name:"),
        (ALPHA, "name: Alpha", "name: [Alpha]"),
        (ALPHA, "licence: {value: MIT", "Licence_: {value: MIT"),
        ("technologies/beta.yaml", "judgement: true", "judgement: yes"),
    ],
)
def test_bad_records_do_not_fit(record: str, old: str, new: str) -> None:
    assert old in SMALL[record]
    assert errors(record, SMALL[record].replace(old, new, 1))
