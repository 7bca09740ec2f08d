"""What the command prints: problems in three forms, tables, and that work goes on."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import Any

import rich_click as click
from rich.console import Console
from rich.table import Table

from ..problems import SURELY_MEANT, Problem, nearest, shown_path


class Choice(click.Choice[str]):
    """One of a few words; for any other, the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the word."""
        if value not in self.choices:
            self.fail(
                f'"{value}" is none of the choices; {nearest(str(value), self.choices, SURELY_MEANT)}', param, ctx
            )
        return super().convert(value, param, ctx)


FORMATS = ["text", "github", "json"]
FORMAT = click.option(
    "--format",
    "form",
    type=Choice(FORMATS),
    default=FORMATS[0],
    help="text (default), github: annotations of GitHub's workflows, or json.",
)
SOON = 1.0
"""After so many seconds of work it is shown that it goes on."""


def print_problems(problems: Sequence[Problem], form: str, *, level: str = "error") -> None:
    """Print problems, one on each line; as JSON, they are a list."""
    if form == "json":
        click.echo(json.dumps([_fields(problem, level) for problem in problems], indent=2, ensure_ascii=False))
        return
    for problem in problems:
        click.echo(_coloured(str(problem)) if form == "text" else _annotation(problem, level))


def _fields(problem: Problem, level: str) -> dict[str, object]:
    place = problem.place
    where = {"path": shown_path(place.path), "line": place.line, "column": place.column}
    words = {"message": problem.message, "hint": str(problem.hint)}
    return {**where, "level": level, "code": problem.code.value, **words}


def _coloured(line: str) -> str:
    """A problem with its place in bold and its code in a colour, which click takes out where there is no terminal."""
    place = re.match(r"^.+?:\d+:\d+(?=: )", line)
    if not place or not _may_colour():
        return line
    code, bracket, words = line[place.end() :].partition("]")
    return f"{click.style(place[0], bold=True)}{click.style(code + bracket, fg='yellow')}{words}"


def _may_colour() -> bool:
    """Whether NO_COLOR and the like allow colours."""
    console = Console()
    return bool(console.color_system) and not console.no_color


def _annotation(problem: Problem, level: str) -> str:
    """A command of GitHub's workflows, which shows the problem beside its line."""
    place = problem.place
    values = {"file": shown_path(place.path), "line": place.line, "col": place.column, "title": problem.code.value}
    parts = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in values.items())
    return f"::{level} {parts}::{_escaped(problem.text)}"


def _escaped(text: str, more: str = "") -> str:
    return re.sub(rf"[%\0-\x1f\x7f-\x9f{more}]", lambda sign: f"%{ord(sign[0]):02X}", text)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print a table: with lines and colours on a terminal, else as plain columns; all but the first have numbers."""
    first, *others = [max(map(len, column)) for column in zip(*rows, strict=True)]
    console = Console()
    if not console.is_terminal:
        for row in rows:
            words = [word.rjust(width) for word, width in zip(row[1:], others, strict=True)]
            click.echo("  ".join([row[0].ljust(first), *words]))
        return
    table = Table()
    for number, name in enumerate(rows[0]):
        table.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in rows[1:]:
        table.add_row(*row)
    console.print(table)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that work goes on when it takes more than a second."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    status = console.status(f"{what} …")
    timer = Timer(SOON, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()
