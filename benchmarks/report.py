"""The results as Markdown, with the ratios that matter; replaces the generated part of the page of performance."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import psutil

from .scenarios import ALONE_FACT, CLEAN, NOTHING, PARALLEL, Result

BEGIN, END = "% What make benchmark writes begins here.", "% What make benchmark writes ends here."
NAMES = {
    "versus": "Versus in Furo",
    "pairs": "Versus in Furo with derived pairs",
    "cited": "Versus with 39 criteria, each with a comment and a source",
    "long": "Versus with 300 criteria",
    "paired": "Versus with 59 criteria and derived pairs of five kinds",
    "furo": "plain MyST in Furo",
    "basic": "plain MyST, theme basic",
    "mkdocs": "Material for MkDocs",
    "zensical": "Zensical",
}
PACKAGES = ("sphinx-versus", "sphinx", "docutils", "myst-parser", "furo", "PyStemmer")

HEADS = ("Pages", "Build", "CPU (s)", "CPU a page (ms)", "Clock (s)", "Memory (MB)", "Page (kB)")

Measured = Mapping[tuple[str, int, str], Result]


def report(results: Sequence[Result], further: Mapping[str, str]) -> str:
    """Date and versions, the ratios, and all figures; ``further`` are versions of packages elsewhere."""
    measured = {(one.site, one.pages, one.scenario): one for one in results}
    parts = [_circumstances(further), table(("Ratio", "Measured", "Wanted"), ratios(measured)), _figures(results)]
    return "\n\n".join(part for part in parts if part)


def _circumstances(further: Mapping[str, str]) -> str:
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    versions = {**{name: version(name) for name in PACKAGES}, **further}
    used = ", ".join(f"{name} {number}" for name, number in versions.items())
    machine = f"{psutil.cpu_count()} processors, {psutil.virtual_memory().total / 2**30:.0f} GiB of memory"
    return f"Measured on {day} with Python {platform.python_version()}, {used}; {platform.system()}, {machine}."


def _figures(results: Sequence[Result]) -> str:
    """A table for each site: one of them all would have more columns than fit on paper."""
    sites = dict.fromkeys(one.site for one in results)
    tables = (table(HEADS, [_figures_of(one) for one in results if one.site == site]) for site in sites)
    return "\n\n".join(
        f"### {NAMES[site][0].upper()}{NAMES[site][1:]}\n\n{table}" for site, table in zip(sites, tables, strict=True)
    )


def _figures_of(one: Result) -> tuple[str, ...]:
    return (
        f"{one.pages:,}",
        one.scenario,
        f"{one.cost.cpu:.1f}",
        f"{one.cpu_per_page * 1000:.1f}",
        f"{one.cost.wall:.1f}",
        f"{one.cost.memory / 1e6:.0f}",
        f"{one.size / 1e3:.0f}" if one.size else "",
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; nothing without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *lines]) if lines else ""


def ratios(measured: Measured) -> Iterator[tuple[str, str, str]]:
    """What was compared, the ratio, and what was aimed at; only of what was measured."""
    yield from _against_furo(measured)
    for site in ("mkdocs", "zensical"):
        yield from _ratio(measured, f"{NAMES[site]} / Versus", [(site, CLEAN), ("versus", CLEAN)], "at least 1.5")
    yield from _ratio(
        measured, "nothing changed: Versus / plain Sphinx", [("versus", NOTHING), ("basic", NOTHING)], "at most 1.2"
    )
    pair = [("versus", ALONE_FACT), ("versus", NOTHING)]
    yield from _ratio(measured, "fact on one page / nothing changed", pair, "at most 1.3")
    yield from _per_page(measured)
    yield from _in_parallel(measured)
    for (site, pages, scenario), one in measured.items():
        if (site, pages, scenario) == ("versus", 4000, CLEAN):
            yield "peak memory, 4,000 pages", f"{one.cost.memory / 1e6:.0f} MB", "at most 300 MB"


def extrapolated(few: Result, many: Result, pages: int) -> float:
    """Processor seconds of a site of so many pages, when its time is a part that grows with them and one with their square."""
    square = (many.cpu_per_page - few.cpu_per_page) / (many.pages - few.pages)
    return (few.cpu_per_page - square * few.pages) * pages + square * pages**2


def _against_furo(measured: Measured) -> Iterator[tuple[str, str, str]]:
    known = [one for (site, _, scenario), one in sorted(measured.items()) if (site, scenario) == ("furo", CLEAN)]
    own = measured.get(("versus", 1000, CLEAN))
    if len(known) > 1 and own:
        expected = extrapolated(known[0], known[-1], own.pages)
        what = f"plain MyST in Furo, 1,000 pages ({expected:.0f} s by its square law) / Versus"
        yield what, f"{expected / own.cost.cpu:.1f}", "at least 40"


def _ratio(measured: Measured, what: str, pair: list[tuple[str, str]], wanted: str) -> Iterator[tuple[str, str, str]]:
    """Of the largest size at which both were measured."""
    (one, first), (other, second) = pair
    sizes = [pages for site, pages, scenario in measured if (site, scenario) == (one, first)]
    both = [pages for pages in sizes if (other, pages, second) in measured and pages <= 1000]
    if both:
        pages = max(both)
        value = measured[one, pages, first].cost.cpu / measured[other, pages, second].cost.cpu
        yield f"{what}, {pages:,} pages", f"{value:.2f}", wanted


def _per_page(measured: Measured) -> Iterator[tuple[str, str, str]]:
    many, few = measured.get(("versus", 10000, CLEAN)), measured.get(("versus", 400, CLEAN))
    if many and few:
        yield "per page at 10,000 / at 400", f"{many.cpu_per_page / few.cpu_per_page:.2f}", "at most 1.15"


def _in_parallel(measured: Measured) -> Iterator[tuple[str, str, str]]:
    for (site, pages, scenario), one in measured.items():
        if scenario == PARALLEL:
            serial = measured[site, pages, CLEAN]
            yield f"clock: serial / -j 2, {pages:,} pages", f"{serial.cost.wall / one.cost.wall:.2f}", "at least 1.6"


def replaced(page: str, text: str) -> str:
    """The page with the text between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def write(path: Path, text: str) -> None:
    """Put the text into the page."""
    path.write_text(replaced(path.read_text(encoding="utf-8"), text), encoding="utf-8")
