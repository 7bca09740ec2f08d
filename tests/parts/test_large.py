"""Large sites in parts, and every edit of the incremental tests; ``make test-long`` takes 1,000 pages, all edits and this site.

``VERSUS_PART_PAGES`` and ``VERSUS_PART_EDITS`` set how much.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.sites import write_site
from edits import EDITS, differences, make_site
from outputs import assert_same_output, output_of
from parted import Parts
from sphinx_versus.parts.archive import about

SIZE = int(os.environ.get("VERSUS_PART_PAGES", "105"))
IS_LONG = SIZE >= 1000
COUNTS = (1, 2, 3, 4, 6) if IS_LONG else (4,)
STEPS = int(os.environ.get("VERSUS_PART_EDITS", "3"))


def test_a_large_site_in_any_number_of_parts_in_any_order(tmp_path: Path) -> None:
    site = Parts.__new__(Parts)
    site.root = tmp_path / "site"
    write_site("pairs", site.root, SIZE)
    with (site.root / "conf.py").open("a") as conf:
        conf.write("versus_full_navigation = 0\n")
    output = output_of(site.build())
    site.step("base", "-W")
    for count in COUNTS:
        order = [f"{number}/{count}" for number in range(1, count + 1)]
        random.Random(count).shuffle(order)
        assert_same_output(site.in_parts(*order), output)


ROOT = Path(__file__).parents[2]
NOT_NEEDED = shutil.ignore_patterns("_build", ".git", ".venv*", ".*_cache", "__pycache__", "dist")


@pytest.mark.skipif(not IS_LONG, reason="takes minutes; make test-long")
def test_this_site_in_three_parts(tmp_path: Path) -> None:
    site = Parts.__new__(Parts)
    site.root = shutil.copytree(ROOT, tmp_path / "site", ignore=NOT_NEEDED)

    def run(*words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=site.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("sphinx", "-q", "-W", "-c", ".", "-d", "_build/doctrees", "docs", "_build/html")
    output = output_of(site)
    shutil.rmtree(site.root / "_build")
    run("sphinx_versus.cli", "build", "--parts", "3", "-W")
    assert_same_output(output_of(site), output)


# -- edits

NONE = {"a remark", "a paragraph", "an index entry", "an included file"}
"""Edits of which no part shows anything."""
ALL = {"a title", "another title", "a heading", "a label", "a template", "a style sheet", "a setting"}
"""Edits of what all pages show or may show. Any other edit changes some parts, and leaves none that is wrong."""
REFUSED = {"a page over a virtual one"}
"""Edits that leave out what other pages refer to."""
NUMBERED = {"no number", "numbers"}
"""Edits of what no site in parts has."""


def test_after_each_edit_the_parts_make_the_site_of_a_clean_build(tmp_path: Path) -> None:
    site = Parts.__new__(Parts)
    site.root = make_site(tmp_path / "site", theme="basic", full=0).root
    site.edit("conf.py", "numfig = True", "").edit("docs/guide/index.md", ":numbered:\n", "")
    chance = random.Random(7)
    names = [name for name in EDITS if name not in NUMBERED | {"lost output"}]
    for number, name in enumerate(["a fact", "a paragraph", *chance.sample(names, len(names))][: STEPS + 1]):
        before = state(site.root)
        EDITS[name](site, chance)
        is_edited = number and state(site.root) != before
        site.step("base")
        folder = site.root / "parts"
        paths = [folder / f"{one}-of-3.tar.gz" for one in (1, 2, 3)]
        kept = [path.exists() and about(path)["base"] == about(folder / "base.tar.gz")["id"] for path in paths]
        built = ["wrote" in site.step(f"{one}/3") for one in (1, 2, 3)]
        assert [not one for one in built] == kept, name
        if is_edited and name in NONE | ALL:
            assert set(kept) == {name in NONE}, name
        if name in REFUSED:
            assert "[parts-differ]" in site.step("join", status=1)
            EDITS[name](site, chance)  # takes the page away
            for step in ("base", "1/3", "2/3", "3/3"):
                site.step(step)
        site.step("join")
        assert differences(site) == [], name


def state(root: Path) -> dict[str, bytes]:
    """What a random edit may leave as it is."""
    folders = [root / name for name in ("data", "docs", "static", "templates")]
    files = [root / "conf.py", root / "included.txt", *(path for folder in folders for path in folder.rglob("*"))]
    return {str(path): path.read_bytes() for path in files if path.is_file()}
