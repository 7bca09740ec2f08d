"""What is done with each site: built from nothing, built again, edited and built again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .catalogue import ALONE, write_record
from .environment import COMMANDS
from .measure import Cost, measure, python
from .sites import SITES

CLEAN, NOTHING, ALONE_FACT, FACT, CRITERION, PARALLEL, PDFS, PDFS_PARALLEL = (
    *("clean build", "nothing changed", "fact on one page", "fact on nine pages"),
    *("criterion renamed", "clean build, -j 2", "PDFs of comparisons", "PDFs of comparisons, -j 2"),
)
ONE_FACT = "one fact"
FROM_NOTHING = {CLEAN, PARALLEL, PDFS, PDFS_PARALLEL}
OUTPUT = Path("_site")


@dataclass(frozen=True)
class Result:
    """What one build of a site cost, and how large its pages became (bytes of HTML, on average)."""

    site: str
    pages: int
    scenario: str
    cost: Cost
    size: int

    @property
    def cpu_per_page(self) -> float:
        """Seconds."""
        return self.cost.cpu / self.pages


@dataclass(frozen=True)
class Plan:
    """A site of a size, and what is measured of it."""

    site: str
    pages: int
    scenarios: Sequence[str] = (CLEAN,)


EDITED = (CLEAN, NOTHING, ALONE_FACT, FACT, CRITERION)
WIDE = (CLEAN, NOTHING, ONE_FACT, CRITERION, PDFS)
FULL = (
    Plan("versus", 100, EDITED),
    Plan("furo", 100),
    Plan("versus", 100, (PDFS, PDFS_PARALLEL)),
    Plan("versus", 1000, (PDFS, PDFS_PARALLEL)),
    Plan("versus", 400, EDITED),
    Plan("furo", 400),
    Plan("versus", 1000, (*EDITED, PARALLEL)),
    Plan("basic", 1000, (CLEAN, NOTHING)),
    Plan("mkdocs", 1000),
    Plan("zensical", 1000),
    Plan("pairs", 420, EDITED),
    Plan("pairs", 4200, EDITED),
    Plan("cited", 47, WIDE),
    Plan("long", 14, WIDE),
    Plan("paired", 145, WIDE),
    Plan("versus", 4000, EDITED),
    Plan("versus", 10000, (CLEAN, NOTHING)),
)
QUICK = (
    Plan("versus", 40, (PDFS, PDFS_PARALLEL)),
    Plan("versus", 100, (*EDITED, PARALLEL)),
    Plan("furo", 100),
    Plan("basic", 100, (CLEAN, NOTHING)),
    Plan("mkdocs", 100),
    Plan("zensical", 100),
    Plan("versus", 400, (CLEAN, NOTHING)),
    Plan("pairs", 210, EDITED),
    Plan("cited", 12, WIDE),
)


class Runner:
    """Runs plans in a folder; ``commands`` is the folder with those of other tools, or nothing when they are not there."""

    def __init__(self, folder: Path, commands: Path | None) -> None:
        self.folder = folder
        self.commands = commands

    def run(self, plan: Plan) -> Iterator[Result]:
        """Write the site, do what the plan says, and remove it again."""
        folder = self.folder / f"{plan.site}-{plan.pages}"
        subprocess.run(python("benchmarks.sites", plan.site, str(plan.pages), str(folder)), check=True)
        for scenario in plan.scenarios:
            if scenario in FROM_NOTHING:
                shutil.rmtree(folder / OUTPUT, ignore_errors=True)
            if edit := EDITS.get(scenario):
                edit(folder / "data")
            cost = measure(self.command(plan.site, scenario), folder)
            yield Result(plan.site, plan.pages, scenario, cost, page_size(folder / OUTPUT))
        shutil.rmtree(folder)

    def command(self, site: str, scenario: str = CLEAN) -> list[str]:
        """The command that builds a site of a kind."""
        assert site in SITES
        if site in COMMANDS:
            assert self.commands
            return [str(self.commands / site), "build", "--clean"]
        pdf = scenario in {PDFS, PDFS_PARALLEL}
        options = ["-b", "versus-pdf", "-D", "versus_pdf_volumes=comparisons"] if pdf else []
        processes = "2" if scenario in {PARALLEL, PDFS_PARALLEL} else "1"
        return python("sphinx", "--quiet", *options, "-j", processes, "-c", ".", "docs", str(OUTPUT))


def page_size(folder: Path) -> int:
    """The average size of the pages that were written for records, in bytes."""
    pages = [path for part in ("comparisons", "technologies") for path in (folder / part).glob("*.html")]
    sizes = [path.stat().st_size for path in pages if path.stem != "index"]
    large = [size for size in sizes if size > 2000]  # an address that leads to another page is no page
    return sum(large) // max(len(large), 1)


def _edit_fact(data: Path, criterion: str) -> None:
    path = min((data / "technologies").glob("*.yaml"))
    record = _read(path)
    record["facts"][criterion]["value"] += " indeed"
    write_record(path, record)


def _edit_first_fact(data: Path) -> None:
    """A text of some words: other values have types."""
    path = min((data / "technologies").glob("*.yaml"))
    record = _read(path)
    fact = next(fact for fact in record["facts"].values() if " " in fact.get("value", ""))
    fact["value"] += " indeed"
    write_record(path, record)


def _rename_criterion(data: Path) -> None:
    path = data / "criteria.yaml"
    criteria = _read(path)
    next(iter(criteria.values()))["name"] += " renamed"
    write_record(path, criteria)


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    return found


EDITS: Mapping[str, Callable[[Path], None]] = {
    ALONE_FACT: lambda data: _edit_fact(data, ALONE),
    FACT: lambda data: _edit_fact(data, "aspect-9"),
    ONE_FACT: _edit_first_fact,
    CRITERION: _rename_criterion,
}
