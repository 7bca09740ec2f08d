"""``versus check``: all problems of the data, without a build."""

from __future__ import annotations

from pathlib import Path

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.loader import load
from ..characters import printable
from .files import GivenPath, data_folder, derived_by

DATA = click.argument("data", type=GivenPath(), required=False, callback=data_folder)
"""The argument that these commands share: the data folder; without it, the one that ``conf.py`` here names."""


@click.command()
@DATA
def check(data: Path) -> None:
    """Print every problem in DATA, sorted by file and line; exit with 1 if there is one.

    Without DATA the folder that conf.py names is read, or data.
    """
    catalogue, problems = load(data, derive=derived_by(data))
    for problem in problems:
        click.echo(str(problem))
    if problems:
        files = len({problem.place.path for problem in problems})
        click.echo(f"{counted(len(problems), 'problem')} in {counted(files, 'file')}", err=True)
        raise SystemExit(1)
    click.echo(printable(f"{data}: no problems in {contents(catalogue)}"))


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
