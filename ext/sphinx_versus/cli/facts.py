"""``versus export``: the facts as a table, and fields of facts as its cells."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import rich_click as click

from ..catalogue.files import RecordFile, naming, replace_files, scan
from ..catalogue.loader import parse
from ..catalogue.model import Defaults, Fact, Record
from ..catalogue.prose import Prose
from ..characters import printable
from .data import counted
from .editing import STARTS_BLOCK
from .files import CONF, GivenPath, settings_of
from .mapping import FIELDS
from .table_files import as_cell

HEADER = ("technology", "criterion", *FIELDS)
EMPTY = "-"
"""A cell that says: no date, version or source, whatever the defaults are."""
MAY_BE_EMPTY = ("sources", "as_of", "version")
STATEMENTS = "statements"
"""The field that is a list of objects: JSON in a cell of a table."""


@click.command("export")
@click.option("--csv/--json", "as_csv", default=True, help="CSV (default), or a list of objects as JSON.")
@click.option("--output", type=GivenPath(dir_okay=False), help="The file to write (default: print).")
@click.option(
    "--defaults", "with_defaults", is_flag=True, help="Also write what facts have of the defaults of technologies."
)
@CONF
def export(as_csv: bool, output: Path | None, with_defaults: bool, conf: Path) -> None:
    """Print all facts as a table with a row for each, which versus import reads again."""
    folder = scan(settings_of(conf).data)
    rows = [*_rows((file for file in folder.files if file.type == "technology"), with_defaults=with_defaults)]
    if as_csv:
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, HEADER, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows({name: as_cell(text) for name, text in row.items()} for row in rows)
        text = stream.getvalue()
    else:
        entries = [row | {STATEMENTS: json.loads(row[STATEMENTS])} if STATEMENTS in row else row for row in rows]
        text = json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
    if output:
        with naming(output):
            if output.is_file() or not output.exists():
                replace_files({output: text.encode()})
            else:  # a device or a pipe
                output.write_bytes(text.encode())
        click.echo(printable(f"{output}: {counted(len(rows), 'fact')}"))
    else:
        click.echo(text, nl=False)


def _rows(files: Iterable[RecordFile], *, with_defaults: bool) -> Iterator[dict[str, str]]:
    """The facts as they are written."""
    for file in files:
        for technology in parse(file).records.values():
            shared = cells_of(technology.defaults) if with_defaults and technology.defaults else {}
            for criterion, fact in technology.facts.items():
                yield {"technology": technology.id, "criterion": criterion, **shared, **cells_of(fact)}


def cells_of(fact: Fact | Defaults) -> dict[str, str]:
    """The fields of a fact as cells."""
    found = {}
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if name == STATEMENTS:
            found[name] = as_words([plain(one) for one in value]) if value else ""
        elif isinstance(value, Prose):
            found[name] = unwrapped(value.text)
        elif name in MAY_BE_EMPTY and not value:
            found[name] = EMPTY if name in fact.model_fields_set else ""
        elif isinstance(value, tuple):
            found[name] = ", ".join(value)
        elif value:
            found[name] = "true" if value is True else str(value)
    return {name: cell for name, cell in found.items() if cell}


def plain(record: Record) -> dict[str, Any]:
    """The fields of a part of a fact, as they are written."""
    found: dict[str, Any] = {}
    for name in type(record).model_fields:
        if value := getattr(record, name):
            found[name] = [*value] if isinstance(value, tuple) else "true" if value is True else unwrapped(str(value))
    return found


def unwrapped(text: str) -> str:
    """Prose in one line, where line breaks mean no more than blanks."""
    lines = text.split("\n")
    is_paragraph = not any(STARTS_BLOCK.match(line) or line.endswith(("  ", "\\")) for line in lines)
    return " ".join(lines) if is_paragraph else text


def as_words(value: Any) -> str:
    """The value of a field as a cell."""
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return json.dumps(value, ensure_ascii=False)
    return (", ".join(value) if isinstance(value, list) else value) or EMPTY
