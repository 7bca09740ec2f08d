"""``versus live``: serve the site and build it again at every change."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import click

from .files import source_folder

HOST = re.compile(r"(\*\.)?[\w.-]+|\[[\da-fA-F:.]+\]")
NEEDED = {"starlette", "uvicorn", "watchfiles"}


@click.command()
@click.option("--conf", default=Path(), type=click.Path(path_type=Path), help="The folder of conf.py (default: here).")
@click.option(
    "--source", type=click.Path(path_type=Path), help="The folder of the pages (default: docs, or that of conf.py)."
)
@click.option(
    "--output",
    default=Path("_build/live"),
    type=click.Path(path_type=Path),
    help="Where to build (default: _build/live).",
)
@click.option("--builder", "-b", default="html", type=click.Choice(["html", "dirhtml"]), help="The format.")
@click.option(
    "--define", "-D", multiple=True, metavar="NAME=VALUE", help="Replace a value of conf.py; may be repeated."
)
@click.option(
    "--watch",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A further folder to watch; may be repeated.",
)
@click.option("--host", default="127.0.0.1", help="The address to listen at (default: this machine only).")
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    callback=lambda _context, _option, names: [_host(name) for name in names],
    help="One more name or address by which browsers may call this machine; may be repeated.",
)
@click.option("--port", default=8000, help="The port (default: 8000); when it is taken, another one.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
def live(  # noqa: PLR0913, PLR0917 (one for each option)
    conf: Path,
    source: Path | None,
    output: Path,
    builder: str,
    define: tuple[str, ...],
    watch: tuple[Path, ...],
    host: str,
    allow_host: list[str],
    port: int,
    opens: bool,
) -> None:
    """Serve the site and build it again at every change; open pages reload."""
    try:
        from ..preview.server import serve  # noqa: PLC0415 (an extra of the distribution)
        from ..preview.worker import Job  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in NEEDED:
            raise
        hint = 'pip install "sphinx-versus[live]"'
        raise click.ClickException(f'the live preview needs the package "{error.name}": {hint}') from None
    if not hasattr(os, "fork"):
        raise click.ClickException("the live preview needs a system that can fork a process; Windows cannot")
    if not (conf / "conf.py").is_file():
        raise click.ClickException(f"there is no conf.py in {conf.resolve()}")
    pages, home, built = (str(path.resolve()) for path in (source or source_folder(conf), conf, output))
    job = Job(pages, home, built, f"{built}.doctrees", builder, _values(define), os.cpu_count() or 1)
    serve(job, [path.resolve() for path in watch], host, port, names=allow_host, opens=opens)


def _host(name: str) -> str:
    if not HOST.fullmatch(name):
        raise click.BadParameter(
            f'"{name}" is no host; expected a name or address such as "laptop.local", "192.168.1.7" or "[fe80::1]"'
        )
    return name


def _values(define: Iterable[str]) -> dict[str, str]:
    found = dict(given.partition("=")[::2] for given in define)
    return {name.strip(): value.strip() for name, value in found.items()}
