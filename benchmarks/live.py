"""Measure the time from saving an edit to seeing it in the browser: ``python -m benchmarks.live``.

A browser shows a page while its source is changed several times: a fact in the record of a technology, then a sentence of
the home page. The time ends when the browser shows the new text on the reloaded page. The first build is not measured; a
site that is there already is used again.
"""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click
from playwright.sync_api import Page, sync_playwright

from .measure import chromium
from .sites import write_site

PORT = 8765
WAYS: Mapping[str, list[str]] = {
    "versus live": ["sphinx_versus.cli", "live", "--output", "_build/live", "--port", str(PORT)],
    "sphinx-autobuild": [
        *("sphinx_autobuild", "-q", "-c", ".", "--watch", "data", "--port", str(PORT)),
        *("-d", "_build/live.doctrees", "docs", "_build/live"),
    ],
}
"""The commands by name; both build into the same folder."""
START = 1800
"""Seconds for the first build."""
PAUSE = 4
"""Seconds after an edit, so that the rest of its build is no part of the next one's time."""


@contextmanager
def served(folder: Path, way: str) -> Iterator[None]:
    """The site, built and served."""
    with subprocess.Popen([sys.executable, "-m", *WAYS[way]], cwd=folder, start_new_session=True) as process:
        yield
        os.killpg(process.pid, signal.SIGINT)


class Edited(NamedTuple):
    """A file, the pattern after which a mark is put, and the page that shows it."""

    file: Path
    before: str
    page: str


def edited(folder: Path) -> dict[str, Edited]:
    """The kinds of edits: the first fact of a technology, and the sentence of the home page."""
    record = sorted((folder / "data" / "technologies").glob("*.yaml"))[0]
    return {
        "fact": Edited(record, r"(\n    value: ).*", f"technologies/{record.stem}.html"),
        "page": Edited(folder / "docs" / "index.md", r"(# Benchmark\n\n).*", "index.html"),
    }


def shown_after(page: Page, edit: Edited, mark: str) -> float:
    """Put the mark into the file, and wait until the page shows it."""
    text = re.sub(edit.before, rf"\g<1>{mark}", edit.file.read_text(encoding="utf-8"), count=1)
    started = time.perf_counter()
    edit.file.write_text(text, encoding="utf-8")
    page.get_by_text(mark, exact=True).first.wait_for(timeout=120_000)
    return time.perf_counter() - started


def times(folder: Path, way: str, edits: int) -> dict[str, list[float]]:
    """The seconds of each edit by kind, after one that is not counted."""
    with served(folder, way), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        found: dict[str, list[float]] = {}
        for kind, edit in edited(folder).items():
            _open(page, f"http://127.0.0.1:{PORT}/{edit.page}")
            found[kind] = []
            for number in range(edits + 1):
                found[kind].append(shown_after(page, edit, f"mark {time.time_ns()} {number}"))
                time.sleep(PAUSE)
        browser.close()
    return {kind: seconds[1:] for kind, seconds in found.items()}


def _open(page: Page, address: str) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        try:
            page.goto(address)
        except Exception:  # noqa: BLE001 (it is not served yet)
            time.sleep(1)
        else:
            return
    raise click.ClickException("the site was not served in time")


@click.command()
@click.option("--pages", default=1000, help="The size of the site (default: 1000).")
@click.option("--edits", default=5, help="How often a fact is edited (default: 5).")
@click.option("--theme", default="furo", help="The theme (default: furo).")
@click.option("--way", "ways", multiple=True, type=click.Choice(list(WAYS)), help="Which to measure (default: all).")
@click.argument("folder", type=click.Path(path_type=Path))
def main(pages: int, edits: int, theme: str, ways: tuple[str, ...], folder: Path) -> None:
    """Make a site of so many pages in FOLDER (unless it is there), and measure."""
    if not (folder / "conf.py").exists():
        write_site("versus", folder, pages)
        conf = folder / "conf.py"
        conf.write_text(conf.read_text(encoding="utf-8").replace("furo", theme), encoding="utf-8")
    for way in ways or WAYS:
        for kind, found in times(folder, way, edits).items():
            each = ", ".join(f"{one:.2f}" for one in sorted(found))
            click.echo(f"{way}, {kind}: median {statistics.median(found):.2f} s from saving to shown ({each})")


if __name__ == "__main__":
    main()
