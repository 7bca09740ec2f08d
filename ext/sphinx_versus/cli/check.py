"""``versus check``: all problems of the data, without a build."""

from __future__ import annotations

from pathlib import Path

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.load import load

DATA = click.argument("data", type=click.Path(path_type=Path), default=Path("data"))
"""The argument that all commands share: the data folder."""


@click.command()
@DATA
def check(data: Path) -> None:
    """Print every problem in DATA (default: data), sorted by file and line; exit with 1 if there is one."""
    catalogue, problems = load(data)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        files = len({problem.place.path for problem in problems})
        click.echo(f"{counted(len(problems), 'problem')} in {counted(files, 'file')}", err=True)
        raise SystemExit(1)
    click.echo(f"{data}: no problems in {contents(catalogue)}")


def contents(catalogue: Catalogue) -> str:
    """What a catalogue holds, in words."""
    facts = sum(len(technology.facts) for technology in catalogue.technologies.values())
    parts = [
        counted(len(catalogue.technologies), "technology", "technologies"),
        counted(len(catalogue.comparisons), "comparison"),
        counted(len(catalogue.criteria), "criterion", "criteria"),
        counted(facts, "fact"),
        counted(len(catalogue.misconceptions), "misconception"),
        counted(len(catalogue.sources), "source"),
    ]
    return ", ".join(parts)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
