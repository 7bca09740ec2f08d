"""The command ``versus``: everything that needs no build."""

import os
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

from ..characters import printable
from ..version import __version__
from .change import rename, set_
from .data import check, eject, explain, publish, report, schema
from .facts import export, import_
from .live import live
from .new import new


class _Commands(click.Group):
    """Commands that end with one line when the system does not give what they need."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run; what the encoding of the terminal lacks is written as an escape."""
        for stream in (sys.stdout, sys.stderr):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(errors="backslashreplace")
        try:
            return super().main(*arguments, **options)
        except OSError as error:
            _fail(error)

    def invoke(self, context: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(err=True)  # the terminal shows ^C on the line
            raise SystemExit(128 + signal.SIGINT) from None
        except click.UsageError:
            raise
        except click.ClickException as error:
            raise click.ClickException(printable(error.message)) from None


def _fail(error: OSError) -> NoReturn:
    """End with one line about what the system did not give; with none when the reader of a pipe has ended."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it does not fail again
    where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
    if not isinstance(error, BrokenPipeError):
        with suppress(OSError):
            click.ClickException(printable(f"{where}{error.strerror or error}")).show()
    raise SystemExit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="versus")
def main() -> None:
    """Check, report on, scaffold and preview the data of a Versus site."""


for command in (check, report, new, set_, rename, import_, export, eject, publish, live, schema, explain):
    main.add_command(command)
