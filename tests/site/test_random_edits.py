"""A random walk over edits: after each, the incremental build gives the bytes of a build from nothing in every file.

``make test-long`` takes more steps; ``VERSUS_STEPS``, ``VERSUS_SEED``, ``VERSUS_KILLS`` and
``VERSUS_PDF_KILLS`` say how many, and from where.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Site
from edits import EDITS, Edit, differences, files_of, make_site, settle, touch

STEPS = int(os.environ.get("VERSUS_STEPS", "3"))
SEED = int(os.environ.get("VERSUS_SEED", "1"))
KILLS = int(os.environ.get("VERSUS_KILLS", "1"))
PDF_KILLS = int(os.environ.get("VERSUS_PDF_KILLS", "0"))
VOLUMES = 'versus_pdf_volumes = ["book", "comparisons", "kinds"]'
SITES = {"the whole tree": ("furo", 100), "bounded navigation": ("furo", 1), "another theme": ("alabaster", 100)}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


def choose(rng: random.Random) -> tuple[list[str], list[Edit]]:
    names = rng.sample(sorted(EDITS), rng.choice([1, 1, 1, 2, 3]))
    return names, [EDITS[name] for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("kind", SITES)
def test_a_random_walk_stays_exact(tmp_path: Path, kind: str) -> None:
    theme, full = SITES[kind]
    rng = random.Random(f"{SEED} {kind}")
    site = make_site(tmp_path / "site", theme=theme, full=full).build()
    builder = rng.choice(["html", "html", "dirhtml"]) if STEPS > 10 else "html"
    site.build(builder)
    walk = []
    for _ in range(-(-STEPS // len(SITES))):
        names, edits = choose(rng)
        walk.append(names)
        for edit in edits:
            edit(site, rng)
        settle()
        site.build(builder, parallel=rng.choice([1, 1, 2]))
        assert differences(site, builder) == [], f"{kind}, {builder}, seed {SEED}: {walk}"


@pytest.mark.slow
@pytest.mark.parametrize(("builder", "kills"), [("html", KILLS), ("versus-pdf", PDF_KILLS)])
def test_a_killed_build_leaves_nothing_wrong(tmp_path: Path, builder: str, kills: int) -> None:
    if not kills:
        pytest.skip("make test-long kills builds of PDFs")
    rng = random.Random(f"{SEED} {builder} kills")
    site = make_site(tmp_path / "site", theme="furo", full=100)
    site.edit("conf.py", "numfig = True", f"numfig = True\n{VOLUMES}")
    site.build(builder)
    started = time.monotonic()
    run_and_kill(site, builder, 1000)
    whole = time.monotonic() - started
    story = []
    for _ in range(kills):
        names, edits = choose(rng)
        before = {name: (site.root / name).read_bytes() for name in ("docs/guide/pages/one.md", "included.txt")}
        for edit in edits:
            edit(site, rng)
        after = rng.uniform(0.2, 1.1) * whole
        story.append((names, round(after, 2), run_and_kill(site, builder, after)))
        if rng.random() < 0.3:  # the edit is taken back
            for name, content in before.items():
                (site.root / name).write_bytes(content)
        settle()
        site.build(builder)
        assert "WARNING" not in site.warnings or "build info" not in site.warnings
        assert differences(site, builder) == [], f"{builder}, seed {SEED}: {story}"


def run_and_kill(site: Site, builder: str, after: float) -> bool:
    """Build in a process of its own, and kill it with all its children; whether it was still running."""
    build = site.root / "_build"
    folders = ["-c", str(site.root), "-d", str(build / f"{builder}.doctrees")]
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "2", "-b", builder, *folders]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(
        [*command, str(site.root / "docs"), str(build / builder)], start_new_session=True, **quiet
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def test_a_fresh_checkout_and_a_restored_cache_build_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", theme="furo", full=100).build()
    before = files_of(site.root)
    for path in (site.root / "_build").rglob("*"):
        os.utime(path, (10**9, 10**9))
    touch(site, random.Random(1))
    site.build()
    assert (site.read, site.written) == ([], [])
    assert files_of(site.root) == before
    site.build(parallel=2)
    assert (site.read, site.written) == ([], [])


def test_serial_and_parallel_builds_are_equal(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", theme="furo", full=100).build(parallel=2)
    assert differences(site) == []
