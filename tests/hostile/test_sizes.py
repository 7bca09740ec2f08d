"""One large record neither hangs a command nor fills the memory, whatever its shape.

``VERSUS_SIZE`` says how many bytes its file has. ``make test-long`` takes a megabyte, of a technology or comparison as much as
its file may have, and all shapes.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

import pytest

from conftest import CATALOGUE, INDEX, Site, write_files
from sphinx_versus.catalogue.files import MAX_SIZE_OF_RECORD

SIZE = int(os.environ.get("VERSUS_SIZE", "0"))
SECONDS = 60
"""Of the processor. A megabyte takes a third of it on a slow machine; the shapes below took hours."""
MEMORY = 2_000_000_000

CRITERION = "own: {name: Own, definition: D}\n"
TECHNOLOGY = "name: T\U0001f600, kind: tool, summary: S."
UNKNOWN = ",".join(map("".join, islice(product(ascii_lowercase, repeat=2), 600)))
MANY_PROBLEMS = "z§: {" + ",".join(['"@"'] * 999) + "},"
BOMB = ", ".join(f"&a{one} [{','.join([f'*a{one - 1}' if one else 'x'] * 9)}]" for one in range(9))


def many(entry: str) -> Callable[[int], str]:
    """A text with so many bytes of entries, each of which has its number."""

    def written(size: int) -> str:
        entries, left = [], size
        while left > 0:
            entries.append(entry.replace("§", str(len(entries))))
            left -= len(entries[-1])
        return "".join(entries)

    return written


SHAPES: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "one line": (
        "technologies/own.yaml",
        lambda size: f"{{{TECHNOLOGY}, {many('k§: [' + 'b,' * 1000 + 'b], ')(size)}}}\n",
    ),
    "broken records behind blank lines": (
        "criteria.yaml",
        lambda size: CRITERION + "\n" * (size // 2) + many("a:\n]\n")(size // 2),
    ),
    "documents": ("criteria.yaml", lambda size: CRITERION + many("---\na: b\n")(size)),
    "unknown keys": ("criteria.yaml", many(f"x§: {{name: a§, definition: b,{UNKNOWN}}}\n")),
    "ids that are indented": (
        "criteria.yaml",
        lambda size: (
            "".join(
                f"x{one}: {{{','.join(f'{key},{key}' for key in UNKNOWN.split(','))}}}\n\n"
                for one in range(size // 10_000)
            )
            + many("a§:\n name: x\n b:\n name: y\n")(size // 2)
        ),
    ),
    "keys that are there twice": (
        "technologies/own.yaml",
        lambda size: "a:\nb:\nc:\n" * 332 + "facts:\n" + f" - {MANY_PROBLEMS[4:-1]}\n" * (size // 4_000),
    ),
    "ids beside a line of problems": (
        "sources.yaml",
        lambda size: f"{{{many('a§,')(size // 4)}\n{many(MANY_PROBLEMS)(size // 2)}}}\n",
    ),
    "unknown keys beside a line of problems": (
        "criteria.yaml",
        lambda size: f"{{{many('a§: {' + UNKNOWN + '},')(size // 4)}\n{many(MANY_PROBLEMS)(size // 2)}}}\n",
    ),
    "criteria of one name": ("criteria.yaml", many("a§: {name: a, kinds: [k§]}\n")),
    "alternatives on a long scale": (
        "criteria.yaml",
        lambda size: (
            f"s: {{name: S, definition: D, type: score, scale: {{{', '.join(f'{step}: step {step}' for step in range(999))}}}}}\n"
            + many("a§: {name: n§, definition: D, where: {s: [0,1,2,3,4,5,6,7,8,9,10,11]}}\n")(size)
            + "broken: 1\n"
        ),
    ),
    "criteria without anything": ("criteria.yaml", many("a§:\n")),
    "criteria with one problem": ("criteria.yaml", many("a§: {name: b, group: []}\n")),
    "sources that are none": ("sources.yaml", many("a§: {url: 'x:§'}\n")),
    "hosts of many letters": (
        "sources.yaml",
        many(
            f"a§: {{title: t§, url: 'https://{''.join(map(chr, range(0x4E00, 0x4E00 + 1_000)))}{chr(0x3316) * 900}'}}\n"
        ),
    ),
    "published ids that are none": ("published.yaml", lambda size: f"comparisons: [{'A,' * (size // 2)}]\n"),
    "lost pages": ("published.yaml", lambda size: f"comparisons: [{many('ab§-vs-c, ')(size)}]\n"),
    "brackets below a second key": (
        "technologies/own.yaml",
        lambda size: f"{{{TECHNOLOGY}, a: x, a: {'[' * (size // 2)}{']' * (size // 2)}}}\n",
    ),
    "aliases in a conflict": (
        "technologies/own.yaml",
        lambda size: f'{{\n{TECHNOLOGY},\n======= : z,\nb: [{BOMB}],\nk: "{"k" * size}\n>>>>>>> q"}}\n',
    ),
    "links": (
        "technologies/own.yaml",
        lambda size: f"name: T\nkind: tool\nsummary: |\n  {many('[§](x) <a§ ')(size)}\n",
    ),
    "roles": ("technologies/own.yaml", lambda size: f"name: T\nkind: tool\nsummary: |\n  {many('{fact}`a§`')(size)}\n"),
    "conflicts": ("criteria.yaml", many("<<<<<<<\n")),
    "rows": (
        "comparisons/own.yaml",
        lambda size: (
            f"technologies: [alpha, beta]\nsummary: S.\ncriteria: [{many('{group: g§, rows: [r§]}, ')(size)}]\n"
        ),
    ),
    "conditions": (
        "technologies/own.yaml",
        lambda size: (
            f"{{{TECHNOLOGY}, facts: {{orm: {{statements: [{many('{value: yes, condition: c§}, ')(size)}]}}}}}}\n"
        ),
    ),
    "numbers": (
        "technologies/own.yaml",
        lambda size: (
            f"{{{TECHNOLOGY}, facts: {{orm: {{value: {'9' * (size // 2)}, reviewed: {'1' * (size // 2)}}}}}}}\n"
        ),
    ),
}


def sized(shape: tuple[str, Callable[[int], str]], size: int) -> tuple[str, str]:
    """The name of a file, and its text of so many bytes, or of as many as are read."""
    name, written = shape
    text = written(min(size, MAX_SIZE_OF_RECORD * 9 // 10) if "/" in name else size)
    assert "/" not in name or len(text.encode()) <= MAX_SIZE_OF_RECORD
    return name, text


TAKEN = [*SHAPES] if SIZE else [*SHAPES][:3]
"""Each is a process of its own."""


def run_within_bounds(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command that ends when it takes more of the processor or the memory than it may."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(command, check=False, capture_output=True, text=True, preexec_fn=bound)


ON_PAGES: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "groups": ("criteria.yaml", many("a§: {name: n§, definition: D, group: g§}\n")),
    "groups whose ids are the same": ("criteria.yaml", many("a§: {name: n§, definition: D, group: \u0433§\u0434}\n")),
    "one row in many groups": (
        "comparisons/own.yaml",
        lambda size: (
            "technologies: [alpha, gamma]\nrelation: layers\nsummary: S.\nreviewed: 2026-11-22\ncriteria:\n"
            + "".join(f"- {{group: g{one}, rows: [orm, licence]}}\n" for one in range(min(999, size // 40)))
        ),
    ),
}


def built(folder: Path, builder: str, name: str, text: str) -> Path:
    """The output of a build with one more record."""
    write_files(folder, {**CATALOGUE, **INDEX, "conf.py": Site.CONF, f"data/{name}": text})
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-c", str(folder)]
    found = run_within_bounds([*command, str(folder / "docs"), str(folder / "out")])
    assert found.returncode == 0, found.stderr[-500:]
    return folder / "out"


@pytest.mark.parametrize("shape", [*ON_PAGES] if SIZE else [*ON_PAGES][:1])
def test_no_shape_of_a_record_hangs_a_build(tmp_path: Path, shape: str) -> None:
    name, text = sized(ON_PAGES[shape], SIZE // 2 or 20_000)
    assert (built(tmp_path, "html", name, text) / "criteria.html").exists()


IN_PARAGRAPHS = {
    "words of signs": "@" * 22 + "\u00a0",
    "words of 499 letters": ("illit\u200b" * 84)[:499] + " ",
    "paragraphs of 10,000 letters": "multiterminal personalities ",
}
"""What fills the texts of a comparison, for the typesetter."""


@pytest.mark.parametrize("shape", IN_PARAGRAPHS)
def test_no_paragraph_hangs_a_pdf(tmp_path: Path, shape: str) -> None:
    words = IN_PARAGRAPHS[shape]
    text = (words * (9_990 // len(words))).strip()
    topics = "".join(f'  t{one}: {{title: Topic {one}, body: "{text}"}}\n' for one in range(9))
    record = "technologies: [alpha, gamma]\nrelation: layers\nsummary: S.\nreviewed: 2026-11-22\n"
    record += f"criteria:\n- {{group: G, rows: [orm]}}\ntopics:\n{topics}"
    output = built(tmp_path, "versus-pdf", "comparisons/own.yaml", record)
    assert [*output.glob("*.pdf")]
    assert any("Topic 8" in page.read_text(encoding="utf-8") for page in output.glob("_typst/pages/*.typ"))


@pytest.mark.parametrize("shape", TAKEN)
def test_no_shape_of_a_record_hangs_a_command(tmp_path: Path, shape: str) -> None:
    name, text = sized(SHAPES[shape], SIZE or 50_000)
    write_files(tmp_path, {**CATALOGUE, f"data/{name}": text})
    command = [sys.executable, "-m", "sphinx_versus.cli", "check", str(tmp_path / "data")]
    found = run_within_bounds(command)
    assert found.returncode == 1, found.stderr[-500:]
    assert Path(name).name in found.stdout + found.stderr
