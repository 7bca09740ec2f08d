"""What is measured: made-up catalogues without a problem, the same ones every time, and the same pages as plain Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.sites import SITES, write_site
from sphinx_versus.catalogue.loader import load
from sphinx_versus.catalogue.pairs import Derive


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", sorted(SITES))
def test_a_site_is_the_same_every_time(tmp_path: Path, kind: str) -> None:
    write_site(kind, tmp_path / "one", 20)
    write_site(kind, tmp_path / "two", 20)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_catalogue_has_no_problem_and_so_many_pages(tmp_path: Path) -> None:
    write_site("versus", tmp_path, 100)
    catalogue, problems = load(tmp_path / "data")
    assert problems == []
    assert (len(catalogue.technologies), len(catalogue.comparisons)) == (20, 80)


def test_derived_pairs_are_pages_of_their_site(tmp_path: Path) -> None:
    write_site("pairs", tmp_path, 420)
    catalogue, problems = load(tmp_path / "data", derive=Derive(all_kinds=True))
    assert problems == []
    assert len(catalogue.technologies) + len(catalogue.compared) == 420
    assert len(catalogue.derived) == 220
    assert "versus_derived_pairs = True" in (tmp_path / "conf.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "criteria", "pairs"), [("cited", 39, 0), ("long", 300, 0), ("paired", 59, 30)])
def test_wide_catalogues_have_their_shape_and_no_problem(tmp_path: Path, kind: str, criteria: int, pairs: int) -> None:
    write_site(kind, tmp_path, 20)
    catalogue, problems = load(tmp_path / "data", derive=Derive(all_kinds=kind == "paired"))
    assert problems == []
    shape = len(catalogue.criteria), len(catalogue.technologies), len(catalogue.derived)
    assert shape == (criteria, 20, pairs)
    assert len(catalogue.comparisons["all"].technologies) == 20


def test_a_larger_catalogue_has_several_kinds(tmp_path: Path) -> None:
    write_site("versus", tmp_path, 250)
    catalogue, problems = load(tmp_path / "data")
    assert problems == []
    assert catalogue.kinds == ("kind-0", "kind-1")
    assert all(len(catalogue.comparisons_by_technology[id_]) == 8 for id_ in catalogue.technologies)


def test_plain_pages_tell_what_the_records_tell(tmp_path: Path) -> None:
    write_site("furo", tmp_path, 50)
    catalogue, _ = load(tmp_path / "data")
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "docs").rglob("*.md")}
    for comparison in catalogue.comparisons.values():
        page = pages[comparison.id]
        texts = [comparison.summary, *(catalogue.technologies[id_].summary for id_ in comparison.technologies)]
        assert all(text.text in page for text in texts)
