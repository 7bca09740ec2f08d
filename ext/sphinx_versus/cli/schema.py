"""``versus schema``: JSON Schemas of the records, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from ..catalogue.json_schema import stale_schemas, write_schemas
from ..characters import printable
from .check import DATA


@click.command()
@DATA
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a schema is out of date.")
def schema(data: Path, only_check: bool) -> None:
    """Write the JSON Schemas of the records to DATA/schema."""
    folder = data / "schema"
    if not only_check:
        write_schemas(folder)
        return
    stale = stale_schemas(folder)
    for path in stale:
        click.echo(printable(f'{path} is out of date; run "versus schema {data}"'))
    if stale:
        raise SystemExit(1)
