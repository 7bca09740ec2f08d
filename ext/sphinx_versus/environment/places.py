"""Where exactly something stands in a source file; parsers often know only the line on which its block starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from ..problems import Place


def locate(path: str, start: int, end: int, excerpt: str, number: int = 0) -> Place:
    """The place of an excerpt in the lines from start to end (from 1, both included); without a hit, the first line.

    Where the excerpt stands more than once, ``number`` (from 0) says which time is meant; with fewer, the last one is.
    """
    lines = _text(path).split("\n")[:end]
    word = rf"(?<![\w-]){re.escape(excerpt)}(?![\w-])"
    return _nth(path, lines, start, word, number)


def locate_role(path: str, start: int, role: str, target: str, number: int = 0) -> Place:
    """The place of a target in a role, given as ``:name:`content```, in the block that starts at a line."""
    match = re.fullmatch(r":([^`]+):`(.*)`", role, re.DOTALL)
    lines = _text(path).split("\n")
    if not match:
        return _nth(path, lines, start, re.escape(target), number)
    name, content = re.escape(match[1]), match[2]
    before, _, after = content.rpartition(target) if target else ("", "", content)
    blanks = r"\s+(?:>\s*)?"
    one, two = (blanks.join(map(re.escape, re.split(r"\s+", part))) for part in (before, after))
    return _nth(path, lines, start, rf"(?:\{{{name}\}}|:{name}:)`{one}({re.escape(target)}){two}`", number)


def _nth(path: str, lines: Sequence[str], start: int, pattern: str, number: int) -> Place:
    """The place of the nth hit of a pattern (or of its group) at or after a line."""
    text = "\n".join(lines[start - 1 :])
    hits = [found.start(found.lastindex or 0) for found in islice(re.finditer(pattern, text), number + 1)]
    if not hits:
        return Place(path, start)
    before = text[: hits[-1]]
    return Place(path, start + before.count("\n"), len(before) - before.rfind("\n"))


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
