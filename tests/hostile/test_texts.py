"""Thousands of hostile texts through the path of prose: the tree and its HTML have nothing that prose may not become.

``VERSUS_TEXTS`` says how many in each language, ``VERSUS_SEED`` which; ``make test-long`` takes more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest

from hostile.bench import CONF, Bench, Finding
from hostile.grammar import Hostile

SEED = int(os.environ.get("VERSUS_SEED", "1"))
TEXTS = int(os.environ.get("VERSUS_TEXTS", "2500"))
BATCH = 125


def texts(start: int, count: int) -> list[str]:
    """Texts by their numbers."""
    return [Hostile(f"{SEED} {number}").prose() for number in range(start, start + count)]


@pytest.fixture(scope="module", params=["en", "de"])
def bench(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench") / "site", f"{CONF}\nlanguage = {request.param!r}\n")


def report(bench: Bench, findings: Iterable[Finding]) -> str:
    """One text for each kind of fault, with the shortest one that was found."""
    kinds = {finding.kind: finding for finding in findings}
    lines = []
    for finding in list(kinds.values())[:40]:
        small = bench.shrunk(finding)
        lines.append(f"{small.fault}\n    shortest: {small.text!r}\n    text:     {finding.text!r}")
    return f"seed {SEED}:\n" + "\n".join(lines)


def test_no_text_becomes_what_it_may_not(bench: Bench) -> None:
    found: list[Finding] = []
    first = TEXTS * (bench.app.config.language == "de")
    for start in range(first, first + TEXTS, BATCH):
        found += bench.findings(texts(start, min(BATCH, first + TEXTS - start)))
    assert not found, report(bench, found)
