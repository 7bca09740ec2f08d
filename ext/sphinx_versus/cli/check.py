"""What is in the data and what is wrong with it, without a build: ``versus check``, ``report`` and ``explain``."""

import json
from pathlib import Path

import click

from ..catalogue import query
from ..catalogue.loader import load
from ..characters import printable
from ..problems import Code, nearest
from .files import DATA, derived_by, project_with

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
def check(data: Path) -> None:
    """Print every problem in DATA, sorted by file and line; exit with 1 if there is one.

    Without DATA the folder that conf.py names is read, or data.
    """
    catalogue, problems = load(data, derive=derived_by(project_with(data)))
    for problem in problems:
        click.echo(str(problem))
    if problems:
        files = len({problem.place.path for problem in problems})
        click.echo(f"{counted(len(problems), 'problem')} in {counted(files, 'file')}", err=True)
        raise SystemExit(1)
    parts = [
        counted(len(catalogue.technologies), "technology", "technologies"),
        counted(len(catalogue.comparisons), "comparison"),
        counted(len(catalogue.criteria), "criterion", "criteria"),
        counted(sum(len(technology.facts) for technology in catalogue.technologies.values()), "fact"),
        counted(len(catalogue.misconceptions), "misconception"),
        counted(len(catalogue.sources), "source"),
    ]
    click.echo(printable(f"{data}: no problems in {', '.join(parts)}"))


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@click.command()
@DATA
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def report(data: Path, as_json: bool) -> None:
    """Print per comparison: values, sourced, with a primary source, unknown, not assessed, disputed, judgements, oldest as-of date."""
    catalogue, problems = load(data, derive=derived_by(project_with(data)))
    rows: list[tuple[str, ...]] = [COLUMNS]
    for one in (query.coverage(catalogue, id_) for id_ in catalogue.comparisons):
        share = f"{one.primary} ({100 * one.primary_share:.0f} %)"
        counts = (one.values, one.sourced, share, one.unknown, one.not_assessed, one.disputed, one.judgements)
        rows.append((one.id, str(one.cells), *map(str, counts), str(one.oldest or "-")))
    if as_json:
        click.echo(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]], indent=2))
    else:
        first, *others = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            words = [word.rjust(width) for word, width in zip(row[1:], others, strict=True)]
            click.echo("  ".join([row[0].ljust(first), *words]))
    if problems:
        raise click.ClickException(f'{counted(len(problems), "problem")} in the data: run "versus check {data}"')


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain the problem CODE (such as unknown-key); without one, list them all."""
    codes = {member.value: member for member in Code}
    if code is None:
        for value, listed in codes.items():
            click.echo(f"{value:22} {listed.meaning}")
    elif member := codes.get(code.strip("[]")):
        click.echo(f"{member.value}: {member.meaning}\n\nWhat to do: {member.remedy}")
    else:
        raise click.ClickException(f'"{code}" is not a code; {nearest(code, codes)}')
