"""Measure what the first screen of each comparison shows, and how long its page is: ``python -m benchmarks.pages``.

The pages are those of a finished build (``make html``); a browser opens them as files, wide and narrow.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from playwright.sync_api import Page, sync_playwright

from .measure import chromium
from .report import table

WIDE, NARROW = (1280, 800), (360, 740)
FIRST = """() => {
    const bottom = (selector) => Math.max(0, ...[...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect().bottom));
    const rows = [...document.querySelectorAll(".vs-page .vs-r")].map((row) => row.getBoundingClientRect().height);
    return {
        reason: bottom(".vs-reason") / innerHeight,
        result: (bottom(".vs-reason") + (document.querySelector(".vs-result")?.offsetHeight ?? 0) + 12) / innerHeight,
        seen: Math.max(bottom(".vs-q"), bottom(".vs-head")) <= (document.querySelector(".vs-result")?.getBoundingClientRect().top ?? 0)
            && bottom(".vs-result") <= innerHeight,
        screens: document.documentElement.scrollHeight / innerHeight,
        row: rows.reduce((sum, one) => sum + one, 0) / rows.length,
    };
}"""
"""Screens to the end of the last reason and of the result, where they stand when nothing sticks; whether question and
answers are seen above the result; screens of the page; pixels of a closed row."""
STOP = """() => ({
    answer: document.activeElement.name === "true",
    table: !!document.activeElement.closest(".vs-t"),
})"""
MOST_STOPS = 150


class Measured(NamedTuple):
    """What was measured of a page."""

    name: str
    reason: float
    result: float
    seen: bool
    wide: float
    narrow: float
    row: float
    to_answer: int
    to_table: int
    plain: int
    compressed: int


def stops(page: Page) -> tuple[int, int]:
    """How many times Tab is pressed until the first reason, and until the first control of the table, has the focus."""
    found: dict[str, int] = {}
    for stop in range(1, MOST_STOPS):
        page.keyboard.press("Tab")
        for part, is_there in page.evaluate(STOP).items():
            if is_there:
                found.setdefault(part, stop)
        if "table" in found:
            break
    return found.get("answer", 0), found.get("table", 0)


def measured(page: Page, path: Path) -> Measured:
    """Open a page in both sizes."""
    found = {}
    for width, height in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path.as_uri())
        found[width] = page.evaluate(FIRST)
    wide, narrow, content = found[WIDE[0]], found[NARROW[0]], path.read_bytes()
    return Measured(
        path.stem,
        wide["reason"],
        wide["result"],
        narrow["seen"],
        wide["screens"],
        narrow["screens"],
        wide["row"],
        *stops(page),
        len(content),
        len(gzip.compress(content)),
    )


def tables(pages: list[Measured]) -> Iterator[str]:
    """Two tables: one of them all would have more columns than fit on paper."""
    heads = ("Comparison", "Last reason", "Result", "Phone", "Page", "Page, phone")
    yield table(
        heads,
        [
            (
                one.name.replace("-", " "),
                f"{one.reason:.2f}",
                f"{one.result:.2f}",
                "yes" if one.seen else "no",
                f"{one.wide:.1f}",
                f"{one.narrow:.1f}",
            )
            for one in pages
        ],
    )
    heads = ("Comparison", "Row (px)", "Stops: answer", "Stops: table", "Bytes", "Compressed")
    yield table(
        heads,
        [
            (
                one.name.replace("-", " "),
                f"{one.row:.0f}",
                str(one.to_answer),
                str(one.to_table),
                f"{one.plain:,}",
                f"{one.compressed:,}",
            )
            for one in pages
        ],
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True), default=Path("_build/html"))
def main(folder: Path) -> None:
    """Measure the comparisons with an answer in FOLDER (default: _build/html), and print the tables."""
    paths = [path for path in sorted((folder / "comparisons").glob("*-vs-*.html")) if b"vs-answer" in path.read_bytes()]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(reduced_motion="reduce")
        found = [measured(page, path.resolve()) for path in paths]
        browser.close()
    click.echo("\n\n".join(tables(found)))


if __name__ == "__main__":
    main()
