"""Thousands of hostile texts through the path of prose: the tree and its HTML have nothing that prose may not become.

``VERSUS_TEXTS`` says how many, ``VERSUS_SEED`` which; ``make test-long`` takes more.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterable
from contextlib import suppress

import pytest
from myst_parser.config.main import check_extensions

from hostile import judge
from hostile.bench import CONF, MYST, Bench, Finding
from hostile.grammar import Hostile
from sphinx_versus.catalogue.markdown import verbatim

SEED = int(os.environ.get("VERSUS_SEED", "1"))
TEXTS = int(os.environ.get("VERSUS_TEXTS", "5000"))
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
    half = TEXTS // 2
    first = half * (bench.app.config.language == "de")
    for start in range(first, first + half, BATCH):
        found += bench.findings(texts(start, min(BATCH, first + half - start)))
    assert not found, report(bench, found)


@pytest.mark.parametrize("bench", ["en"], indirect=True)
def test_the_texts_are_hostile(bench: Bench) -> None:
    """An author's page becomes all that records must not."""
    missed = {"node raw", "node image", "node download_reference", "node math", "element <script>", "element <img>"}
    harmless = [text for text in texts(0, 500) if "/dev/" not in text and "url:" not in text]
    for start in range(0, len(harmless), 5):
        with suppress(Exception):
            for in_tree, html in bench.show(harmless[start : start + 5], bare=True) if missed else ():
                missed -= {*in_tree, *judge.html_faults(html)}
    assert not missed


def test_names_can_be_written_in_markdown(bench: Bench) -> None:
    """What is ejected shows a name as typed."""
    names = [" ".join(Hostile(f"{SEED} name {number}").plain().replace("\0", "").split()) for number in range(150)]
    shown = bench.show([f"# {verbatim(name)}" for name in names], bare=True)
    read = [" ".join(judge.words_of(html).split()) for _, html in shown]
    wrong = [f"{name!r}\n    became {words!r}" for name, words in zip(names, read, strict=True) if name != words]
    assert not wrong, f"seed {SEED}:\n" + "\n".join(wrong[:10])


def test_all_syntax_of_myst_is_on() -> None:
    assert set(re.findall(r'"([a-z_]+)",', inspect.getsource(check_extensions))) == set(MYST)
