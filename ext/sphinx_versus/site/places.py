"""Where exactly something stands in a source file; parsers often know only the line on which its block starts."""

from __future__ import annotations

from pathlib import Path

from ..problems import Place


def locate(path: str, line: int, excerpt: str) -> Place:
    """The line and column of an excerpt in the block that starts at a line (from 1); without a hit, that line."""
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return Place(path, line)
    for number in range(max(line - 1, 0), len(lines)):
        if (column := lines[number].find(excerpt)) >= 0:
            return Place(path, number + 1, column + 1)
        if not lines[number].strip() and number >= line:
            break
    return Place(path, line)
