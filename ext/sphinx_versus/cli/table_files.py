"""Tables of facts that were gathered elsewhere: CSV and JSON, and the mapping that says what their columns are."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

import rich_click as click
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from ..catalogue.model import Fact
from ..catalogue.validate import FORMS, form_of
from ..catalogue.yaml_errors import in_our_words
from ..characters import FORBIDDEN, code_point
from ..problems import SURELY_MEANT, nearest
from .files import read_text

FIELDS = tuple(Fact.model_fields)
KEY = "@key"
"""The column of the keys, when JSON has an object of rows."""
ROWS, COLUMNS, FACTS = "technologies-as-rows", "technologies-as-columns", "facts"


class Row(NamedTuple):
    """A row of a table: where it is, and its cells by column."""

    number: int
    cells: Mapping[str, str]
    misfit: str = ""
    """Why nothing is taken from it, in words."""


class Answer(NamedTuple):
    """What a table says of a technology and a criterion, both by the names that they have there."""

    place: str
    technology: str
    criterion: str
    fields: Mapping[str, str]
    row: Row


def _with_columns(given: Any) -> Any:
    """Put the names of columns, which are given by the fields of facts, into a mapping of their own."""
    if not isinstance(given, dict):
        return given
    columns = {name: column for name, column in given.items() if name in FIELDS}
    return {**{name: one for name, one in given.items() if name not in FIELDS}, "columns": columns}


class MoreColumns(BaseModel):
    """The id of a criterion, the condition of its values if they have one, and the columns of the other fields of its facts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    when: str = ""
    columns: Mapping[str, str] = {}

    _columns = model_validator(mode="before")(_with_columns)


class Mapping_(BaseModel):  # noqa: N801 (a mapping of columns, and no Mapping of Python)
    """What the columns of a table are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shape: Literal["technologies-as-rows", "technologies-as-columns", "facts"] = "facts"
    technology: str = "technology"
    criterion: str = "criterion"
    kind: str = ""
    kind_column: str = ""
    technologies: Mapping[str, str] = {}
    criteria: Mapping[str, str | MoreColumns] = {}
    columns: Mapping[str, str] = {}
    about: Mapping[Literal["summary", "homepage", "repository"], str] = {}
    ignore: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    values: Mapping[str, str] = {}
    defaults: Mapping[Literal["as_of", "version", "sources"], str] = {}
    create: tuple[Literal["technologies", "criteria", "sources"], ...] = ()

    _columns = model_validator(mode="before")(_with_columns)

    def criterion_id(self, name: str) -> str:
        """The id that the mapping gives to a criterion, or nothing."""
        given = self.criteria.get(name, "")
        return given if isinstance(given, str) else given.id

    def condition(self, name: str) -> str:
        """When the values of a criterion of the table are those of its id, or nothing where they always are."""
        given = self.criteria.get(name, "")
        return given.when if isinstance(given, MoreColumns) else ""

    def column_of(self, field: str, name: str) -> str:
        """The column of a field of facts; ``{}`` in it stands for the name of the column with the values."""
        given = self.criteria.get(name)
        own = given.columns.get(field, "") if isinstance(given, MoreColumns) else ""
        default = field if field == "value" or self.shape == FACTS else ""
        return (own or self.columns.get(field, default)).replace("{}", name)

    def others(self, header: Sequence[str]) -> set[str]:
        """The columns that hold no values of criteria or technologies."""
        named = {self.technology, self.criterion, self.kind_column, *self.about.values(), *self.ignore}
        return named | {self.column_of(field, name) for name in header for field in FIELDS if field != "value"}


STANDARD = Mapping_.model_validate({field: field for field in FIELDS})
"""The mapping of what ``versus export`` writes."""


# -- reading


def read_mapping(path: Path) -> Mapping_:
    """A mapping from a file of YAML or JSON."""
    content = path.read_bytes()
    try:
        given = yaml.load(content, Loader=yaml.BaseLoader) or {}  # noqa: S506 (it makes texts, lists and mappings only)
        if misfit := forbidden(given):
            raise click.ClickException(f"{path}: it has {misfit}")
        return Mapping_.model_validate(given)
    except RecursionError:
        raise click.ClickException(f"{path}: {TOO_DEEP}") from None
    except yaml.MarkedYAMLError as error:
        lines = content.decode(errors="replace").splitlines()
        raise click.ClickException(str(in_our_words(str(path), lines, error))) from None
    except yaml.YAMLError as error:
        raise click.ClickException(f"{path}: {' '.join(str(error).split())}") from None
    except ValidationError as error:
        raise click.ClickException(_misfit(path, content, error.errors(include_url=False))) from None


def _misfit(path: Path, content: bytes, errors: Sequence[ErrorDetails]) -> str:
    """What does not fit in a mapping, with its place and what was expected: a wrong key before what follows from it."""
    order = {"extra_forbidden": 0, "string_type": 2}  # the last may be a text or more
    error = min(errors, key=lambda one: order.get(one["type"], 1))
    node: Any = yaml.compose(content, Loader=yaml.BaseLoader)
    key, value, kind = node, error["input"], error["type"]
    for step in error["loc"]:
        if isinstance(node, yaml.MappingNode):
            key, node = next((pair for pair in node.value if pair[0].value == step), (key, node))
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    known = re.findall(r"'([^']+)'", error.get("ctx", {}).get("expected", ""))
    if kind == "extra_forbidden":
        known = [*(MoreColumns if "criteria" in error["loc"] else Mapping_).model_fields, *FIELDS]
    if kind == "extra_forbidden" or error["loc"][-1:] == ("[key]",):
        node, message, hint = key, f'"{key.value}" is not a key here', nearest(key.value, known)
    elif kind == "missing":
        node, message, hint = key, f'"{error["loc"][-1]}" is missing', "add it"
    elif known and isinstance(value, str):
        message, hint = f'"{value}" is not a value of "{key.value}"', nearest(value, known, SURELY_MEANT)
    else:
        message = f'"{key.value}" {form_of(value)}' if key is not node else "the file is no mapping"
        hint = f"expected {FORMS.get(kind, 'a text')}"
    return f"{path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}: {message}; {hint}"


def read_table(path: Path, delimiter: str = "") -> list[Row]:
    """The rows of a table; the first line of CSV is the header."""
    text = read_text(path)
    try:
        rows = _json_rows(json.loads(text)) if path.suffix.lower() == ".json" else _csv_rows(text, path, delimiter)
    except RecursionError:
        raise click.ClickException(f"{path} cannot be read: {TOO_DEEP}") from None
    except (ValueError, csv.Error) as error:
        raise click.ClickException(f"{path} cannot be read: {error}") from None
    return [row._replace(misfit=row.misfit or forbidden([*row.cells, *row.cells.values()])) for row in rows]


TOO_DEEP = "lists or objects are nested too deeply"


def forbidden(value: Any) -> str:
    """The first character beyond ASCII that no record may have and few files, in words; those of ASCII are found in the record."""
    found = FORBIDDEN.search(json.dumps(value, ensure_ascii=False))
    return f"the character {code_point(found[0])}, which no record may have" if found else ""


def _csv_rows(text: str, path: Path, delimiter: str) -> list[Row]:
    first = text.partition("\n")[0]
    signs = delimiter or ("\t" if path.suffix.lower() == ".tsv" else max(",;\t", key=first.count))
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=signs, restkey="", restval="", strict=True)
    rows = []
    for cells in reader:
        named = {name.strip(): cell.strip() for name, cell in cells.items() if name and isinstance(cell, str)}
        excess = cells.get("", [])  # where a line has too many cells, the others have no names
        hint = "put a cell that contains the separator in quotation marks"
        misfit = f"{len(excess)} more cells than the header; {hint}" if any(excess) else ""
        rows.append(Row(reader.line_num, named, misfit))
    if not rows:
        raise ValueError("it has no row below the header")
    return rows


def _json_rows(table: Any) -> list[Row]:
    if isinstance(table, dict):
        table = [{KEY: key, **row} for key, row in table.items() if isinstance(row, dict)]
    if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
        raise ValueError("expected a list of objects, or an object of objects")
    return [Row(number, dict(_flat(row))) for number, row in enumerate(table, 1)]


def _flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The cells of an object; what is in an object inside of it has both names, with a dot between them."""
    for key, one in value.items():
        if isinstance(one, dict):
            yield from _flat(one, f"{before}{key}.")
        else:
            yield f"{before}{key}", as_text(one)


def as_text(value: Any) -> str:
    """A value of JSON as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ", ".join(map(as_text, value))
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"  # JSON knows no difference between 0 and 0.0
    return "" if value is None else str(value).strip()


# -- what the columns say


def _header(rows: Sequence[Row]) -> list[str]:
    return [*dict.fromkeys(name for row in rows for name in row.cells)]


def misfits(path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """What no answer is made of: columns that are no field, and rows that nothing is taken from."""
    header = _header(rows)
    if mapping.shape == FACTS:
        used = mapping.others(header) | {mapping.column_of("value", "")}
        for name in header:
            if name not in used:
                hint = f"{nearest(name, filter(None, used))}; ignore in a mapping leaves a column out"
                yield f'{path}:1: the column "{name}" is no field of facts; {hint}'
    for row in rows:
        if row.misfit:
            yield f"{_place(path, row)}: the row has {row.misfit}"


def unknown_names(mapping_file: Path, path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """What the mapping names and the table has not: columns, or technologies and criteria in its cells."""
    header = _header(rows)

    def known(shape: str, column: str) -> Sequence[str]:
        return header if mapping.shape == shape else [*dict.fromkeys(row.cells.get(column, "") for row in rows)]

    names = {
        "criteria": known(ROWS, mapping.criterion),
        "technologies": known(COLUMNS, mapping.technology),
        "ignore": header,
    }
    for field, there in names.items():
        for name in getattr(mapping, field):
            if name not in there:
                yield f'{mapping_file}: "{name}" in "{field}" is not in {path}; {nearest(name, filter(None, there))}'


def _place(path: Path, row: Row) -> str:
    return f"{path}: entry {row.number}" if path.suffix.lower() == ".json" else f"{path}:{row.number}"


def answers(path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[Answer]:
    """What a table says, cell by cell or row by row."""
    header = _header(rows)
    needed = {ROWS: {mapping.technology}, COLUMNS: {mapping.criterion}}.get(
        mapping.shape, {mapping.technology, mapping.criterion}
    )
    for name in needed - {*header}:
        hint = f"{nearest(name, header)} (a mapping names the columns: --map)"
        raise click.ClickException(f'{path} has no column "{name}"; {hint}')
    others = mapping.others(header)
    names = [name for name in header if name not in others] if mapping.shape != FACTS else [""]
    for row in rows:
        for name in names if not row.misfit else ():
            yield _answer(_place(path, row), row, name, mapping)


def _answer(place: str, row: Row, name: str, mapping: Mapping_) -> Answer:
    """The answer in a row, or in one cell of it."""
    technology = name if mapping.shape == COLUMNS else row.cells.get(mapping.technology, "")
    criterion = name if mapping.shape == ROWS else row.cells.get(mapping.criterion, "")
    columns = {field: mapping.column_of(field, name) for field in FIELDS}
    if name:
        columns["value"] = name
    cells = {field: row.cells.get(column, "") for field, column in columns.items() if column}
    fields = {field: mapping.values.get(cell, cell) for field, cell in cells.items() if cell not in mapping.skip}
    return Answer(place, technology, criterion, {field: cell for field, cell in fields.items() if cell}, row)
