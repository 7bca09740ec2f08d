"""How long it takes until an edited fact is on the screen: ``python -m benchmarks.live``.

A browser shows the page of a technology while one of its facts is changed in the record, several times. Measured is the time
from saving the record to the moment at which the browser shows the new value on the reloaded page. The first build is not
measured; a site that is there already is used again.
"""

from __future__ import annotations

import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Page, sync_playwright

from .sites import write_site

PORT = 8765
WAYS: Mapping[str, list[str]] = {
    "versus live": ["sphinx_versus.cli", "live", "--output", "_build/live", "--port", str(PORT)],
    "sphinx-autobuild": [
        *("sphinx_autobuild", "-q", "-c", ".", "-j", "auto", "--watch", "data", "--port", str(PORT)),
        *("-d", "_build/live.doctrees", "docs", "_build/live"),
    ],
}
"""The commands by name; both build into the same folder."""
START = 1800
"""Seconds for the first build."""


@contextmanager
def served(folder: Path, way: str) -> Iterator[None]:
    """The site, built and served."""
    with subprocess.Popen([sys.executable, "-m", *WAYS[way]], cwd=folder, start_new_session=True) as process:
        yield
        process.send_signal(signal.SIGINT)


def shown_after(page: Page, record: Path, mark: str) -> float:
    """Change the first value of a record's facts, and wait until the page shows it."""
    text = re.sub(r"(\n    value: ).*", rf"\g<1>{mark}", record.read_text(encoding="utf-8"), count=1)
    started = time.perf_counter()
    record.write_text(text, encoding="utf-8")
    page.get_by_text(mark, exact=True).first.wait_for(timeout=120_000)
    return time.perf_counter() - started


def times(folder: Path, way: str, edits: int) -> list[float]:
    """The seconds of each edit, after one that is not counted."""
    record = sorted((folder / "data" / "technologies").glob("*.yaml"))[0]
    with served(folder, way), sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page()
        _open(page, f"http://127.0.0.1:{PORT}/technologies/{record.stem}.html")
        found = []
        for number in range(edits + 1):
            found.append(shown_after(page, record, f"mark {time.time_ns()} {number}"))
            time.sleep(3)
        browser.close()
    return found[1:]


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
        found = times(folder, way, edits)
        told = ", ".join(f"{one:.2f}" for one in sorted(found))
        click.echo(f"{way}: median {statistics.median(found):.2f} s from saving to shown ({told})")


if __name__ == "__main__":
    main()
