"""``versus part``: build a large site in parts, one step at a time."""

from pathlib import Path
from typing import Any

import rich_click as click

from ..catalogue.files import resolved
from ..problems import shown_path
from .files import CONF, DEFINE, SOURCE, GivenPath, source_folder

STEPS = '"base", a part such as "2/3", or "join"'


def _step(_context: click.Context, _argument: click.Parameter, given: str) -> Any:
    from ..parts.plan import Step  # noqa: PLC0415 (loads Sphinx's HTML builder only where it is wanted)

    if step := Step.parse(given):
        return step
    raise click.BadParameter(f'"{given}" is no step; expected {STEPS}')


@click.command()
@click.argument("step", callback=_step)
@CONF
@SOURCE
@click.option(
    "--archives",
    default="_build/parts",
    type=GivenPath(file_okay=False),
    help="The folder of the archives that the steps hand to each other (default: _build/parts).",
)
@click.option(
    "--output",
    default="_build/html",
    type=GivenPath(file_okay=False),
    help="Where join puts the finished site (default: _build/html).",
)
@click.option("--builder", "-b", default="html", help="The format: html (default) or dirhtml.")
@DEFINE
@click.option("--fail-on-warning", "-W", "strict", is_flag=True, help="Treat warnings as errors.")
def part(  # noqa: PLR0913, PLR0917 (one for each option)
    step: Any,
    conf: Path,
    source: Path | None,
    archives: Path,
    output: Path,
    builder: str,
    define: dict[str, str],
    strict: bool,
) -> None:
    """Build a large site in parts.

    STEP is "base", a part such as "2/3", or "join".

    The base comes first, the parts in any order and on any machines, then the join.
    """
    from sphinx.errors import SphinxError  # noqa: PLC0415
    from sphinx.util.console import color_terminal, nocolor  # noqa: PLC0415

    from ..parts.steps import CannotBuildError, Job, run  # noqa: PLC0415

    if not (conf / "conf.py").is_file():
        raise click.ClickException(f"there is no conf.py in {resolved(conf)}")
    if not color_terminal():
        nocolor()
    pages, home, kept, site = map(resolved, (source or source_folder(conf), conf, archives, output))
    job = Job(pages, home, kept, site, builder, define, strict)
    try:
        result = run(job, step)
    except (SphinxError, CannotBuildError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{'wrote' if result.is_new else 'unchanged:'} {shown_path(str(result.path))}")
