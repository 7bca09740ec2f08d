"""The report: ratios of what was measured, in the place of the page that is theirs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from benchmarks.measure import CommandFailed, Cost, measure
from benchmarks.report import BEGIN, END, extrapolated, ratios, replaced, report
from benchmarks.results import keep, kept
from benchmarks.scenarios import CLEAN, FULL, NOTHING, PARALLEL, PDFS, QUICK, Result
from benchmarks.sites import SITES

PAGE = Path(__file__).parents[2] / "docs" / "contributing" / "performance.md"


def result(site: str, pages: int, scenario: str = CLEAN, cpu: float = 1, wall: float = 1) -> Result:
    return Result(site, pages, scenario, Cost(cpu, wall, 100_000_000), 50_000)


def test_the_square_law() -> None:
    few, many = (result("furo", pages, cpu=2 * pages + 0.5 * pages**2) for pages in (100, 400))
    assert extrapolated(few, many, 1000) == pytest.approx(2 * 1000 + 0.5 * 1000**2)


def test_ratios() -> None:
    results = [
        *(result("furo", 100, cpu=200), result("furo", 400, cpu=800), result("versus", 1000, cpu=20, wall=16)),
        *(
            result("mkdocs", 1000, cpu=60),
            result("zensical", 1000, cpu=50),
            result("versus", 1000, NOTHING, cpu=3),
            result("basic", 1000, NOTHING, cpu=2),
        ),
        *(result("versus", 1000, PARALLEL, wall=10), result("versus", 4000), result("versus", 10000, cpu=300)),
    ]
    found = {what: value for what, value, _ in ratios({(one.site, one.pages, one.scenario): one for one in results})}
    assert found == {
        "plain MyST in Furo, 1,000 pages (2000 s by its square law) / Versus": "100.0",
        "Material for MkDocs / Versus, 1,000 pages": "3.00",
        "Zensical / Versus, 1,000 pages": "2.50",
        "nothing changed: Versus / plain Sphinx, 1,000 pages": "1.50",
        "clock: serial / -j 2, 1,000 pages": "1.60",
        "peak memory, 4,000 pages": "100 MB",
    }


def test_a_part_of_the_runs_makes_a_report_too() -> None:
    text = report([result("versus", 100)], {"mkdocs": "1"})
    assert "### Versus in Furo\n" in text
    assert "| 100 | clean build | 1.0 | 10.0 | 1.0 | 100 | 50 |" in text
    assert "mkdocs 1" in text


def test_results_are_kept_and_the_last_one_of_the_same_counts(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    assert kept(path) == []
    for one in (result("furo", 100), result("versus", 400), result("versus", 100), result("furo", 100, cpu=2)):
        keep(path, one)
    assert kept(path) == [result("versus", 100), result("versus", 400), result("furo", 100, cpu=2)]


def test_the_report_takes_the_place_of_the_last_one() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert replaced(page, "new") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_the_page_has_one_place_for_the_report_and_whole_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert (page.count(BEGIN), page.count(END)) == (1, 1)
    for table in re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_every_plan_is_of_a_known_site_and_begins_with_a_clean_build() -> None:
    for plan in (*FULL, *QUICK):
        assert plan.site in SITES
        assert plan.scenarios[0] in {CLEAN, PDFS}


def test_children_count(tmp_path: Path) -> None:
    burn = "import subprocess, sys; c = 'sum(range(3_000_000))'; subprocess.run([sys.executable, '-c', c])"
    cost = measure([sys.executable, "-c", burn], tmp_path)
    idle = measure([sys.executable, "-c", "pass"], tmp_path)
    assert cost.cpu > idle.cpu


def test_an_error_of_the_command_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="what happened"):
        measure([sys.executable, "-c", "raise SystemExit('what happened')"], tmp_path)
