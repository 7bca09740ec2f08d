"""Plain text where Markdown is expected: escaped, so that no parser finds anything in it."""

from __future__ import annotations

import re

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;"}
"""What has a meaning in HTML is written as an entity: a backslash means nothing within a tag."""
_ANYWHERE = re.compile(r"""[\\`*_{}\[\]!|~$^<>&"'%]""")
"""Signs with a meaning; a percent sign has one where an extension makes a link of an address."""
_AT_THE_START = re.compile(r"\A\W+|\A\d+[.)]")
_CLOSING = re.compile(r"(?<=\s)#")
"""Number signs after a blank end a heading."""
_TYPOGRAPHIC = re.compile(r"--|\.\.|,,|\?\?|\+-|\(\w+\)")
"""What typographic extensions replace, quotation marks aside."""


def escaped(plain: str) -> str:
    """A plain text as Markdown on one line; it is shown as typed, but for typographic replacements."""
    line = " ".join(plain.split())
    start = _AT_THE_START.match(line)
    head = start[0] if start else ""
    tail = _CLOSING.sub(r"\\#", _ANYWHERE.sub(_escape, line[len(head) :]))
    return re.sub(r"[^\w\s]|_", _escape, head) + tail


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or (f"\\{found[0]}" if found[0].isascii() else found[0])


def verbatim(plain: str) -> str:
    """A plain text as Markdown that shows it exactly as typed, by the role ``versus:verbatim`` where nothing less will do."""
    line = " ".join(plain.split())
    as_markdown = escaped(line)
    if as_markdown == line and not _TYPOGRAPHIC.search(line):
        return line
    inside = f" {line} " if line.startswith("`") or line.endswith("`") else line  # the role takes the blanks away
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    return f"{{versus:verbatim}}{fence}{inside}{fence}"
