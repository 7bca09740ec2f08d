"""The command ``versus``: everything that needs no build."""

import errno
import os
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

import rich_click as click
from click.exceptions import NoArgsIsHelpError

from ..characters import printable
from ..problems import nearest
from ..version import __version__
from .change import rename, set_
from .data import check, eject, explain, publish, report, schema
from .facts import export
from .importing import import_
from .init import init
from .live import live
from .new import new
from .part import build, part

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What writing ends with; all that is written but the output is named in errors."""


class _Commands(click.RichGroup):
    """Commands that end with one line when something is wrong with the arguments, the files or the system."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; for an unknown one, the nearest."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(f'"{args[0]}" is not a command; {nearest(args[0], self.commands)}', ctx)
        return super().resolve_command(ctx, args)

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Run; what the encoding of the terminal lacks is written as an escape."""
        for stream in (sys.stdout, sys.stderr):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(errors="backslashreplace")
        try:
            try:
                status = super().main(*arguments, **{**options, "standalone_mode": False})
            finally:  # what is buffered may fail as well, and later nobody would catch it
                if sys.stdout:
                    sys.stdout.flush()
        except NoArgsIsHelpError as error:
            error.show()
            status = error.exit_code
        except click.ClickException as error:
            _report(_in_a_line(error))
            status = error.exit_code
        except click.Abort:  # click has ended the line that shows ^C
            status = 128 + signal.SIGINT
        except OSError as error:
            _report_refusal(error)
            status = 1
        raise SystemExit(status or 0)


def _in_a_line(error: click.ClickException) -> str:
    """An error, with the way to more help where a command was called in a wrong way."""
    message = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx:
        return f"{message.rstrip('.')}; see {error.ctx.command_path} --help"
    return message


def _report(message: str) -> None:
    with suppress(OSError):
        click.echo(f"{click.style('Error:', fg='red')} {printable(message)}", err=True)


def _report_refusal(error: OSError) -> None:
    """Print what the system did not give, and for what; nothing when the reader of a pipe has ended."""
    is_full = not error.filename and error.errno in _FULL
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        is_full = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it does not fail again
    where = os.fsdecode(error.filename or "") or ("standard output" if is_full else "")
    try:
        os.getcwd()  # noqa: PTH109 (a look whether it is there)
    except OSError:
        where = where or "the working directory"
    if not isinstance(error, BrokenPipeError):
        _report(": ".join(filter(None, [where, error.strerror or str(error)])))


@click.group("versus", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="versus")
def main() -> None:
    """Write, check, change and preview the records of a Versus site."""


for command in (
    init,
    check,
    report,
    new,
    set_,
    rename,
    import_,
    export,
    eject,
    publish,
    live,
    build,
    part,
    schema,
    explain,
):
    main.add_command(command)
