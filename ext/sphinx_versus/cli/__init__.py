"""The command ``versus``: everything that needs no build. One module a subcommand."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from ..characters import printable
from ..version import __version__
from .check import check
from .eject import eject
from .explain import explain
from .live import live
from .new import new
from .publish import publish
from .report import report
from .schema import schema


class _Commands(click.Group):
    """Commands that end with one line when the system does not give what they need."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run; what the encoding of the terminal lacks is written as an escape."""
        for stream in (sys.stdout, sys.stderr):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(errors="backslashreplace")
        return super().main(*arguments, **options)

    def invoke(self, context: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(context)
        except click.ClickException as error:
            if isinstance(error, click.UsageError):
                raise
            raise click.ClickException(printable(error.message)) from None
        except OSError as error:
            if not _is_open(sys.stdout):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it does not fail again
            if isinstance(error, BrokenPipeError):
                raise
            where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            raise click.ClickException(printable(f"{where}{error.strerror or error}")) from None


def _is_open(stream: Any) -> bool:
    """Whether what was written to a stream arrives."""
    try:
        stream.flush()
    except OSError:
        return False
    return True


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="versus")
def main() -> None:
    """Check, report on, scaffold and preview the data of a Versus site."""


for command in (check, report, new, eject, publish, live, schema, explain):
    main.add_command(command)
