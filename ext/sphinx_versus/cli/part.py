"""``versus part`` and ``versus build``: build a large site in parts, one step at a time or all at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rich_click as click

from ..catalogue.files import resolved
from ..problems import shown_path
from .files import CONF, DEFINE, SOURCE, GivenPath, source_folder
from .output import working

STEPS = '"base", a part such as "2/3", or "join"'


def _step(_context: click.Context, _argument: click.Parameter, given: str) -> Any:
    from ..parts.plan import Step  # noqa: PLC0415 (loads Sphinx's HTML builder only where it is wanted)

    if step := Step.parse(given):
        return step
    raise click.BadParameter(f'"{given}" is no step; expected {STEPS}')


ARCHIVES = click.option(
    "--archives",
    default="_build/parts",
    type=GivenPath(file_okay=False),
    help="The folder of the archives that the steps hand to each other (default: _build/parts).",
)
OUTPUT = click.option(
    "--output",
    default="_build/html",
    type=GivenPath(file_okay=False),
    help="Where the finished site goes (default: _build/html).",
)
BUILDER = click.option("--builder", "-b", default="html", help="The format: html (default) or dirhtml.")
STRICT = click.option("--fail-on-warning", "-W", "strict", is_flag=True, help="Treat warnings as errors.")
NEEDED = {"dask", "distributed"}


def _of_a_site(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which site is built, from what and how."""
    for option in (STRICT, DEFINE, BUILDER, OUTPUT, ARCHIVES, SOURCE, CONF):  # the last one comes first in the help
        command = option(command)
    return command


@click.command()
@click.argument("step", callback=_step)
@_of_a_site
def part(step: Any, **options: Any) -> None:
    """Build a large site in parts.

    STEP is "base", a part such as "2/3", or "join".

    The base comes first, the parts in any order and on any machines, then the join.
    """
    from ..parts.steps import run  # noqa: PLC0415

    with _failing_in_a_line(), working(f"building {step}"):
        result = run(_job(**options), step)
    _print_path(result.path, result.is_new)


@click.command()
@click.option(
    "--parts", "count", type=click.IntRange(1, 999_999), required=True, metavar="N", help="The number of parts."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="A scheduler of Dask, such as tcp://10.0.0.1:8786.")
@_of_a_site
def build(count: int, scheduler: str, **options: Any) -> None:
    """Build a large site in parts, with all steps at once.

    Parts are built by processes of this machine, or by the workers of a scheduler. Those that would become the same are kept.
    """
    try:
        from ..parts.cluster import Output, build_site  # noqa: PLC0415 (an extra of the distribution)
    except ModuleNotFoundError as error:
        if error.name not in NEEDED | {"fcntl"}:
            raise
        if error.name == "fcntl":
            raise click.ClickException("this needs a system with locks of files; Windows has none") from None
        hint = 'pip install "sphinx-versus[cluster]"'
        raise click.ClickException(f'building all parts at once needs the package "{error.name}": {hint}') from None
    with _failing_in_a_line():
        output = Output(lambda printed: click.echo(printed, nl=False, err=True), _print_path)
        build_site(_job(**options), resolved(Path()), count, scheduler, output)


def _job(  # noqa: PLR0913 (one for each option)
    *,
    conf: Path,
    source: Path | None,
    archives: Path,
    output: Path,
    builder: str,
    define: dict[str, str],
    strict: bool,
) -> Any:
    from sphinx.util.console import color_terminal, nocolor  # noqa: PLC0415

    from ..parts.steps import Job  # noqa: PLC0415

    if not (conf / "conf.py").is_file():
        raise click.ClickException(f"there is no conf.py in {resolved(conf)}")
    if not color_terminal():
        nocolor()
    pages, home, kept, site = map(resolved, (source or source_folder(conf), conf, archives, output))
    return Job(pages, home, kept, site, builder, define, strict)


@contextmanager
def _failing_in_a_line() -> Iterator[None]:
    from sphinx.errors import SphinxError  # noqa: PLC0415

    from ..parts.steps import CannotBuildError  # noqa: PLC0415

    try:
        yield
    except (SphinxError, CannotBuildError) as error:
        raise click.ClickException(str(error)) from None
    except UnicodeDecodeError as error:  # Sphinx names no page
        raise click.ClickException(f"a page is no text in UTF-8: {error}; `versus check` says which") from None


def _print_path(path: Path, is_new: bool) -> None:
    click.echo(f"{'wrote' if is_new else 'unchanged:'} {shown_path(str(path))}")
