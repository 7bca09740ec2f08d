"""``versus report``: how well each comparison is backed by sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ..catalogue import query
from ..catalogue.loader import load
from ..catalogue.views import Coverage
from .check import DATA, counted
from .files import derived_by

COLUMNS = (
    "comparison",
    "cells",
    "values",
    "sourced",
    "primary",
    "unknown",
    "not assessed",
    "disputed",
    "judgements",
    "oldest",
)


@click.command()
@DATA
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def report(data: Path, as_json: bool) -> None:
    """Print per comparison: values, sourced, with a primary source, unknown, not assessed, disputed, judgements, oldest as-of date."""
    catalogue, problems = load(data, derive=derived_by(data))
    found = [query.coverage(catalogue, id_) for id_ in catalogue.comparisons]
    rows = [_row(one) for one in found]
    if as_json:
        click.echo(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], indent=2))
    else:
        click.echo("\n".join(_table([COLUMNS, *rows])))
    if problems:
        raise click.ClickException(f'{counted(len(problems), "problem")} in the data: run "versus check {data}"')


def _row(one: Coverage) -> tuple[str, ...]:
    share = f"{one.primary} ({100 * one.primary_share:.0f} %)"
    counts = (one.cells, one.values, one.sourced, share, one.unknown, one.not_assessed, one.disputed, one.judgements)
    return (one.id, *map(str, counts), str(one.oldest or "-"))


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows in aligned columns: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *others = zip(row, widths, strict=True)
        yield "  ".join([first[0].ljust(first[1]), *(word.rjust(width) for word, width in others)])
