"""Results are kept as they come, one a line: a run can be made in parts, and one that is broken off is not lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .measure import Cost
from .scenarios import Result


def keep(path: Path, result: Result) -> None:
    """Add a result to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result)) + "\n")


def kept(path: Path) -> Sequence[Result]:
    """The results in a file, sites and sizes in order; of what was measured twice the last one."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found = [Result(**{**one, "cost": Cost(**one["cost"])}) for one in map(json.loads, lines)]
    last = {(one.site, one.pages, one.scenario): one for one in found}
    return sorted(last.values(), key=lambda one: (one.site != "versus", one.site, one.pages))
