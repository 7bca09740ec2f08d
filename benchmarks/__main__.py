"""The command: ``make benchmark`` runs everything, ``make benchmark BENCHMARK=--quick`` a small part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from .environment import COMMANDS, commands_in, versions_in
from .report import NAMES, report, write
from .results import keep, kept
from .scenarios import FULL, QUICK, Plan, Result, Runner


@click.command()
@click.option("--quick", is_flag=True, help="Only sites of 100 and 400 pages.")
@click.option("--pages", type=int, multiple=True, help="Only sites of this size; may be given several times.")
@click.option(
    "--site", type=click.Choice(list(NAMES)), multiple=True, help="Only this kind; may be given several times."
)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("_build/benchmark"), show_default=True)
@click.option(
    "--page", type=click.Path(path_type=Path, exists=True), help="The page into which the results are written."
)
@click.option("--tell", is_flag=True, help="Measure nothing, tell what was measured before.")
def main(
    quick: bool, pages: tuple[int, ...], site: tuple[str, ...], folder: Path, page: Path | None, tell: bool
) -> None:
    """Measure builds of made-up sites; print the results as Markdown."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.jsonl"
    plans = [] if tell else [plan for plan in (QUICK if quick else FULL) if _is_wanted(plan, pages, site)]
    environment = folder / "mkdocs"
    wanted = any(plan.site in COMMANDS for plan in plans)
    commands = commands_in(environment) if wanted else None
    for result in _run(plans, Runner(folder, commands)):
        keep(results, result)
    text = report(kept(results), versions_in(environment) if environment.is_dir() else {})
    click.echo(f"\n{text}")
    if page:
        write(page, text)


def _is_wanted(plan: Plan, pages: tuple[int, ...], sites: tuple[str, ...]) -> bool:
    return (not pages or plan.pages in pages) and (not sites or plan.site in sites)


def _run(plans: Iterable[Plan], runner: Runner) -> Iterable[Result]:
    for plan in plans:
        if plan.site in COMMANDS and runner.commands is None:
            continue
        for one in runner.run(plan):
            cost = one.cost
            figures = f"{cost.cpu:8.1f} s CPU {cost.wall:8.1f} s clock {cost.memory / 1e6:6.0f} MB"
            click.echo(f"{one.site:8} {one.pages:6} {one.scenario:22} {figures}", err=True)
            yield one


if __name__ == "__main__":
    main()
