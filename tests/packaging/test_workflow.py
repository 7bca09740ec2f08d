"""The workflow of hosted CI runs the code that was reviewed: tags can be moved, commits cannot."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_actions_are_pinned_by_commit() -> None:
    found = []
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        found += [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
    assert found, "no workflow uses an action"
    assert [uses for uses in found if not re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}", uses)] == []
