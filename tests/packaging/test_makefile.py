"""The front door tells about every target behind it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_help_tells_about_every_target() -> None:
    targets = re.findall(r"^\.PHONY: (\w+)$", MAKEFILE, re.MULTILINE)
    shown = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = shown.stdout.splitlines()
    assert [target for target in targets if not any(re.match(rf"  {target} +\w", line) for line in lines)] == []
    assert any("dirhtml" in line for line in lines)


def test_every_target_is_phony() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert targets == set(re.findall(r"^\.PHONY: (\w+)$", MAKEFILE, re.MULTILINE))
