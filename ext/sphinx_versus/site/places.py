"""Where exactly something stands in a source file; parsers often know only the line on which its block starts."""

from __future__ import annotations

import re
from pathlib import Path

from ..problems import Place


def locate(path: str, line: int, excerpt: str) -> Place:
    """The line and column of an excerpt in the block that starts at a line (from 1); without a hit, that line."""
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return Place(path, line)
    word = re.compile(rf"(?<![\w-]){re.escape(excerpt)}(?![\w-])")
    for number in range(max(line - 1, 0), len(lines)):
        if found := word.search(lines[number]):
            return Place(path, number + 1, found.start() + 1)
        if not lines[number].strip() and number >= line:
            break
    return Place(path, line)
