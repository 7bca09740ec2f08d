"""Typst's syntax: escaped text, strings, labels, and calls that end where they should."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

LONGEST = 22
"""Characters of a token after which a line may break within it."""
UNBROKEN = 0
"""Stands for a length that no token exceeds."""
BREAK = "\u200b"

_SPECIAL = re.compile(r"[\\`*_$#<>@~\[\]\"'/=+-]|(?<=[\d.])\.")
_MOST_OF_LINE = 300
_END_OF_LINE = re.compile(r"[ \u200b](?=\S)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_JOINT = re.compile(r"(?<![/_.:?&=#,;@)\]>-])([/_.:?&=#,;@)\]>-]+)(?=[\w(\[<])|(?<=[a-z])(?=[A-Z])")
"""A whole run of signs, as one that began anywhere in it would be looked for from each of them; or the next word of a ``camelCase`` name."""


def escape(words: str, longest: int = LONGEST) -> str:
    """A text as markup: nothing in it has a meaning, line ends are spaces, long tokens may break."""
    return in_lines(_SPECIAL.sub(r"\\\g<0>", breakable(_SPACES.sub(" ", words), longest)))


def in_lines(markup: str) -> str:
    """Escaped text in lines: the typesetter copies the whole line into each of its messages, such as that no font has a letter."""
    parts, start = list[str](), 0
    for found in _END_OF_LINE.finditer(markup):
        if found.start() - start >= _MOST_OF_LINE:
            parts += [markup[start : found.start()], "\n" if found[0] == " " else f"{BREAK}/*\n*/"]
            start = found.end()
    return "".join([*parts, markup[start:]])


def string(words: str) -> str:
    """A text as a string of Typst's code."""
    escaped = (
        words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", "\\t")
    )
    return f'"{escaped}"'


def breakable(words: str, longest: int = LONGEST) -> str:
    """The text with places in its long tokens at which a line may break."""
    return _longer_than(longest).sub(lambda match: _broken(match[0], longest), words) if longest else words


@cache
def _longer_than(length: int) -> re.Pattern[str]:
    """Tokens with more characters; most words are not among them."""
    return re.compile(rf"[^\s\u200b\u00ad]{{{length + 1},}}")


def _broken(token: str, longest: int) -> str:
    parts = _JOINT.sub(lambda found: (found[1] or "") + BREAK, token).split(BREAK)
    return BREAK.join(piece for part in parts for piece in _pieces(part, longest))


def _pieces(part: str, longest: int) -> Iterable[str]:
    """Pieces of a token without a joint; words of ordinary length are left to hyphenation, which knows no names and numbers."""
    if len(part) <= longest or (len(part) <= 2 * longest and part.isalpha() and part[1:].islower()):
        return [part]
    return [part[start : start + longest] for start in range(0, len(part), longest)]


def label(docname: str, anchor: str) -> str:
    """The name of a place in a volume; without an anchor it is the page's beginning."""
    return f"{docname}--{anchor}"


def call(name: str, /, *bodies: str, **arguments: object) -> str:
    """A call in markup, closed by a semicolon, so that what follows is not taken for a part of it."""
    given = ", ".join(f"{key.rstrip('_').replace('_', '-')}: {value(one)}" for key, one in arguments.items())
    head = f"#{name}({given})" if given or not bodies else f"#{name}"
    return head + _brackets(bodies)


def _brackets(bodies: Iterable[str]) -> str:
    return "".join(f"[{body}]" for body in bodies) + ";"


def value(of: object) -> str:
    """A Python value as Typst code; what is code already comes as :class:`Code`."""
    if isinstance(of, Code):
        return str(of)
    if of is None or isinstance(of, bool):
        return str(of).lower()  # none, true, false
    if isinstance(of, str):
        return string(of)
    if isinstance(of, dict):
        return "(" + ", ".join(f"{string(key)}: {value(one)}" for key, one in of.items()) + ")" if of else "(:)"
    if isinstance(of, list | tuple):
        return "(" + "".join(f"{value(one)}, " for one in of) + ")"
    return str(of)


def trimmed(markup: str) -> str:
    """Markup without the blanks around it; a comment or a line break at its end must not take in what follows."""
    found = markup.strip()
    is_open = found.rpartition("\n")[2].startswith("//") or found.endswith("\\")
    return found + "\n" if is_open else found


class Code(str):
    """A text that is Typst code."""

    __slots__ = ()


def content(markup: str) -> Code:
    """Markup as a value."""
    return Code(f"[{markup}]")
