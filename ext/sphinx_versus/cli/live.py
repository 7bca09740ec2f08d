"""``versus live``: serve the site and build it again at every change."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import rich_click as click

from ..catalogue.files import resolved
from .files import CONF, DEFINE, SOURCE, GivenPath, source_folder
from .output import Choice

HOST = re.compile(r"(\*\.)?[\w.-]+|\[[\da-fA-F:.]+\]")
NEEDED = {"starlette", "uvicorn", "watchfiles"}


def _hosts(_context: click.Context, _option: click.Parameter, names: Iterable[str]) -> list[str]:
    for name in names:
        if not HOST.fullmatch(name):
            raise click.BadParameter(
                f'"{name}" is no host; expected a name or address such as "laptop.local", "192.168.1.7" or "[fe80::1]"'
            )
    return list(names)


def _host(context: click.Context, option: click.Parameter, name: str) -> str:
    return _hosts(context, option, [f"[{name}]" if ":" in name else name])[0].strip("[]")


@click.command()
@CONF
@SOURCE
@click.option(
    "--output",
    default="_build/live",
    type=GivenPath(file_okay=False),
    help="Where to build (default: _build/live).",
)
@click.option("--builder", "-b", default="html", type=Choice(["html", "dirhtml"]), help="The format.")
@DEFINE
@click.option("--watch", multiple=True, type=GivenPath(exists=True), help="A further folder to watch; may be repeated.")
@click.option(
    "--host",
    default="127.0.0.1",
    callback=_host,
    help="The address to listen at (default: this machine only).",
)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    callback=_hosts,
    help="One more name or address by which browsers may call this machine; may be repeated.",
)
@click.option(
    "--port",
    default=8000,
    type=click.IntRange(0, 65535),
    help="The port (default: 8000); when it is taken, another one.",
)
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
def live(  # noqa: PLR0913, PLR0917 (one for each option)
    conf: Path,
    source: Path | None,
    output: Path,
    builder: str,
    define: dict[str, str],
    watch: tuple[Path, ...],
    host: str,
    allow_host: list[str],
    port: int,
    opens: bool,
) -> None:
    """Serve the site and build it again at every change; open pages reload."""
    try:
        from ..preview.server import serve  # noqa: PLC0415 (an extra of the distribution)
        from ..preview.worker import BuildJob  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in NEEDED:
            raise
        hint = 'pip install "sphinx-versus[live]"'
        raise click.ClickException(f'the live preview needs the package "{error.name}": {hint}') from None
    if not hasattr(os, "fork"):
        raise click.ClickException("the live preview needs a system that can fork a process; Windows cannot")
    if not (conf / "conf.py").is_file():
        raise click.ClickException(f"there is no conf.py in {resolved(conf)}")
    output.mkdir(parents=True, exist_ok=True)
    pages, home, built = (str(resolved(path)) for path in (source or source_folder(conf), conf, output))
    job = BuildJob(pages, home, built, f"{built}.doctrees", builder, define, os.cpu_count() or 1)
    serve(job, [resolved(path) for path in watch], host, port, names=allow_host, opens=opens)
