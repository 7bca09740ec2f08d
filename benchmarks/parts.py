"""Sites in parts: what each step costs, what one command for all of them costs, and what more workers would make of it.

``python -m benchmarks.parts FOLDER --pages 1000`` measures a site of so many pages in 1, 2 and 4 parts. With ``--pairs 1000`` the site has
so many technologies, of which those of each fifth are paired: 99,500 pages; of these it measures the base and a part of so many.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from .measure import Cost, measure, python
from .sites import write_site

WORKERS = (16, 64)
"""So many are not at hand: what they would take is computed."""
SMALLER = 20
"""So many times smaller is the part that is measured for what does not grow with its pages."""


@dataclass(frozen=True)
class Steps:
    """What the steps of a site in so many parts cost, one after the other."""

    base: Cost
    parts: Sequence[Cost]
    join: Cost

    @property
    def cpu(self) -> float:
        """Seconds of all processors."""
        return sum(cost.cpu for cost in (self.base, *self.parts, self.join))

    @property
    def memory(self) -> int:
        """Bytes of the largest step."""
        return max(cost.memory for cost in (self.base, *self.parts, self.join))

    @property
    def clock(self) -> float:
        """Seconds with a quiet processor for each part."""
        return self.base.cpu + max(cost.cpu for cost in self.parts) + self.join.cpu


def versus(*arguments: str) -> list[str]:
    """A command of ours."""
    return python("sphinx_versus.cli", *arguments)


def steps_of(folder: Path, count: int) -> Steps:
    """Build a site step by step."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    base = measure(versus("part", "base"), folder)
    parts = [measure(versus("part", f"{number}/{count}"), folder) for number in range(1, count + 1)]
    return Steps(base, parts, measure(versus("part", "join"), folder))


def at_once(folder: Path, count: int) -> tuple[Cost, Cost]:
    """Build all parts by one command, and once more when nothing changed."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    command = versus("build", "--parts", str(count))
    return measure(command, folder), measure(command, folder)


def computed(steps: Sequence[Steps], counts: Sequence[int], workers: int) -> float:
    """Seconds on the clock with so many workers and parts: what a part costs beside its pages follows from two numbers of parts."""
    few, many = (
        (sum(cost.cpu for cost in one.parts), count) for one, count in zip(steps[::2], counts[::2], strict=True)
    )
    fixed = (many[0] - few[0]) / (many[1] - few[1])
    pages = few[0] - fixed * few[1]
    return steps[-1].base.cpu + fixed + pages / workers + steps[-1].join.cpu


def rows_of_pages(folder: Path, pages: int, counts: Sequence[int]) -> Iterator[str]:
    """The table of a site of so many pages."""
    write_site("versus", folder, pages)
    single = measure(python("sphinx", "--quiet", "-c", ".", "docs", "_site"), folder)
    yield f"| {pages:,} | single build | {_figures(single)} | |"
    found = []
    for count in counts:
        steps, (clean, unchanged) = steps_of(folder, count), at_once(folder, count)
        found.append(steps)
        words = f"base {steps.base.cpu:.1f} s, join {steps.join.cpu:.1f} s and {_mega(steps.join.memory)}"
        yield f"| | {count} parts, step by step | {steps.cpu:.1f} s | {steps.clock:.1f} s (computed) | {_mega(steps.memory)} | {words} |"
        yield f"| | `versus build --parts {count}` | {_figures(clean)} | {os.cpu_count()} processors |"
        yield f"| | the same, nothing changed | {_figures(unchanged)} | |"
    for workers in WORKERS:
        yield f"| | {workers} parts and workers | | {computed(found, counts, workers):.1f} s (computed) | | |"


def rows_of_pairs(folder: Path, technologies: int, count: int, *, has_join: bool) -> Iterator[str]:
    """The table of a site of very many pages: the base, one part of so many, one that has next to no page, perhaps all and the join."""
    write_site("paired", folder, technologies)
    yield f"| {technologies:,} technologies | base | {_figures(measure(versus('part', 'base'), folder))} | |"
    found = []
    for parts in (count, count * SMALLER):
        found.append(measure(versus("part", f"1/{parts}"), folder))
        yield f"| | part 1/{parts} | {_figures(found[-1])} | |"
        (folder / f"_build/parts/1-of-{parts}.tar.gz").unlink()
    large, small = (cost.cpu for cost in found)
    yield f"| | a part without pages | {small - (large - small) / (SMALLER - 1):.1f} s (computed) | | | |"
    if has_join:
        for number in range(1, count + 1):
            measure(versus("part", f"{number}/{count}"), folder)
        yield f"| | join | {_figures(measure(versus('part', 'join'), folder))} | |"


def _figures(cost: Cost) -> str:
    return f"{cost.cpu:.1f} s | {cost.wall:.1f} s | {_mega(cost.memory)}"


def _mega(memory: int) -> str:
    return f"{memory / 1e6:.0f} MB"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--pages", type=int, multiple=True, help="Pages of a site; may be given several times.")
@click.option("--pairs", type=int, default=0, help="Technologies of a site with their pairs.")
@click.option("--parts", type=int, default=100, show_default=True, help="Parts of the site with pairs.")
@click.option(
    "--join",
    "has_join",
    is_flag=True,
    help="Build all parts of the site with pairs, which takes an hour, and measure the join.",
)
def main(folder: Path, pages: tuple[int, ...], pairs: int, parts: int, has_join: bool) -> None:
    """Measure sites in parts below a FOLDER; print the results as Markdown."""
    folder = folder.resolve() / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    click.echo("| site | what | processor | clock | memory | |\n|---|---|---|---|---|---|")
    for number in pages:
        for row in rows_of_pages(folder, number, (1, 2, 4)):
            click.echo(row)
    for row in rows_of_pairs(folder, pairs, parts, has_join=has_join) if pairs else ():
        click.echo(row)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
