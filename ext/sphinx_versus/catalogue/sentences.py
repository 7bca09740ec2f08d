"""The first sentence of a text of a record, which a page shows before the rest of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from .prose import Prose

ABBREVIATIONS = frozenset(
    [
        "al",
        "approx",
        "ca",
        "cf",
        "corp",
        "dr",
        "e.g",
        "eds",
        "i.e",
        "inc",
        "jr",
        "ltd",
        "mr",
        "mrs",
        "ms",
        "prof",
        "resp",
        "sr",
        "st",
        "viz",
        "vs",
    ]
)
"""What ends in a full stop and does not end a sentence, in lower case."""
NUMBERED = frozenset(["ch", "ed", "eq", "fig", "no", "nr", "p", "pp", "sec", "v", "vol"])
"""What does not end one where a number follows."""
MOST = 1_000
"""So many characters a first sentence may have: a text that has none within them is not divided."""
_BACKTICKS = re.compile(r"`+")
_ROLE = re.compile(r"\{[^\s{}`]+\}$")
"""The name of a role before its content."""
_ADDRESS = re.compile(r"<[^<>\s]+>|https?://\S+|(?<=\])\([^()\s]*\)")
_GROUPS = (
    re.compile(r"\[[^][]*\]"),
    re.compile(r"\([^()]*\)"),
    re.compile(r'"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]'),
    re.compile(r"(?<![\w*])\*\*(?=\S)[^*]+\*\*|(?<![\w*])\*(?=\S)[^*]+\*|(?<!\w)_(?=\S)[^_]+_(?!\w)"),
)
"""Links, parentheses, quotations and emphasis: no sentence ends within them."""
_STOPS = ".!?…。\uff01\uff1f"
_AFTER_STOPS = "\"'”\u2019»)]*_"
_STOP = re.compile(f"[{_STOPS}]")
_END = re.compile(rf"""(?<![.!?…])[.!?…]++[{re.escape(_AFTER_STOPS)}]*+(?=\s+(?P<next>\S+))|[。\uff01\uff1f]""")
_OPENING = "\"'“\u2018„«([*_`{"
_BLOCK = re.compile(r"\s*(?:[-+>|#]|\*\s|\d+[.)]\s|`{3}|~{3}|:{3}| {4})")
"""How a text begins that is no paragraph."""
_DEFINITION = re.compile(r"^ {0,3}\[[^]\n]+\]:", re.MULTILINE)
"""A definition that a link or a footnote elsewhere in the text needs."""


def first_sentence(text: str) -> tuple[str, str]:
    """Divide Markdown into its first sentence and what follows it; what cannot be divided is all first."""
    end = _end_of_first(text)
    return text[:end].rstrip(), text[end:].lstrip(" \n")


def divided(prose: Prose) -> tuple[Prose, Prose | None]:
    """The first sentence of a text, and the rest of it if there is one, each with its place."""
    first, rest = first_sentence(prose.text)
    if not rest:
        return prose, None
    start = len(prose.text) - len(rest)
    place = prose.place(start)
    later = ((at - start, line, column) for at, line, column in prose.marks if at > start)
    marks = ((0, place.line, place.column), *later)
    return replace(prose, text=first), replace(prose, text=rest, line=place.line, marks=marks)


@lru_cache(4096)
def _end_of_first(text: str) -> int:
    begin = len(text) - len(text.lstrip("\n"))
    if begin:
        return begin + _end_of_first(text[begin:])
    if _BLOCK.match(text) or _DEFINITION.search(text):
        return len(text)
    paragraph = re.split(r"\n[ \t]*\n", text, maxsplit=1)[0]
    masked = _masked(paragraph[: MOST + 1])
    ends = (found.end() for found in _END.finditer(masked) if _ends_sentence(masked, found))
    return next((end for end in ends if end <= MOST), len(paragraph))


def _masked(paragraph: str) -> str:
    """The paragraph, as long as before, without full stops where no sentence ends."""
    masked = _ADDRESS.sub(lambda found: "X" * len(found[0]), _without_code(paragraph))  # a sentence may begin with it
    for group in _GROUPS:
        masked = group.sub(_without_inner_stops, masked)
    return masked


def _without_code(text: str) -> str:
    """The text without its code and roles: what is between a run of backticks and the next run of the same length."""
    runs = [found.span() for found in _BACKTICKS.finditer(text)]
    parts, done = [], 0
    for number, (start, end) in enumerate(runs):
        close = next((one for one in runs[number + 1 :] if one[1] - one[0] == end - start), None)
        if start >= done and close:
            role = _ROLE.search(text[done:start])
            begin = done + role.start() if role else start
            parts += [text[done:begin], "X" * (close[1] - begin)]
            done = close[1]
    return "".join([*parts, text[done:]])


def _without_inner_stops(found: re.Match[str]) -> str:
    """A group without the full stops that words of it follow."""
    inner = found[0].rstrip(_STOPS + _AFTER_STOPS)
    return _STOP.sub("x", inner) + found[0][len(inner) :]


def _ends_sentence(masked: str, found: re.Match[str]) -> bool:
    following = (found["next"] or "").lstrip(_OPENING)
    if following[:1].islower():
        return False
    if not found[0].startswith("."):
        return True
    word = re.split(r"[\s(\[“„\"]", masked[: found.start()])[-1]
    known = ABBREVIATIONS | NUMBERED if following[:1].isdigit() else ABBREVIATIONS
    return word.lower() not in known and not re.fullmatch(r"(\w\.)*[A-Z]", word)
