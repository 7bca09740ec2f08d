"""The command ``versus``: everything that needs no build. One module a subcommand."""

from __future__ import annotations

import click

from ..version import __version__
from .check import check
from .eject import eject
from .explain import explain
from .live import live
from .new import new
from .publish import publish
from .report import report
from .schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="versus")
def main() -> None:
    """Check, report on, scaffold and preview the data of a Versus site."""


for command in (check, report, new, eject, publish, live, schema, explain):
    main.add_command(command)
