"""Prose in records: Markdown (MyST) that knows where it stands, and what it may not contain.

Records are untrusted, so their prose has no raw HTML, no images or headings, no directives beyond a few harmless ones, no
roles that read files, and only http, https and mailto links. The check parses with markdown-it, as MyST does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin

from ..problems import Code, Place, Problem, nearest

SAFE_DIRECTIVES = frozenset(
    "admonition attention caution code code-block danger error epigraph glossary hint important list-table "
    "math note pull-quote rubric seealso table tip versionadded versionchanged deprecated warning".split()
)
UNSAFE_ROLES = frozenset({"download", "raw", "eval"})
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
LOCAL_SCHEMES = frozenset({"", "project", "inv", "doc"})


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown text of a record.

    ``text`` is what is shown. ``path``, ``line`` (from 1) and ``columns`` (the width left of each line) say where it stands;
    they take no part in comparisons, because moving a text changes nothing that a reader sees.
    """

    text: str
    path: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)
    columns: tuple[int, ...] = field(default=(0,), compare=False, repr=False)

    def place(self, line: int, column: int = 0) -> Place:
        """The place in the file of a position in the text, both counted from 0."""
        offset = self.columns[min(line, len(self.columns) - 1)]
        return Place(self.path, self.line + line, offset + column + 1)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role in a text: ``{name}`content```, with its place."""

    name: str
    content: str
    place: Place

    @property
    def target(self) -> str:
        """What the role points at: ``text <target>`` or just the target, without a leading ``~`` or ``!``."""
        match = re.fullmatch(r".*<([^<>]*)>", self.content, re.DOTALL)
        return (match[1] if match else self.content).strip().lstrip("~")


def unsafe(prose: Prose) -> list[Problem]:
    """Everything in the text that a record may not contain."""
    return [
        Problem(_place(prose, token, excerpt), Code.UNSAFE_PROSE, message, hint)
        for token in _tokens(prose.text)
        for excerpt, message, hint in _objections(token)
    ]


def roles(prose: Prose) -> Iterator[RoleUse]:
    """The roles used in the text, in order."""
    for token in _tokens(prose.text):
        if token.type == "myst_role":
            name = str(token.meta["name"])
            yield RoleUse(name, token.content, _place(prose, token, f"{{{name}}}`{token.content}"))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").use(myst_role_plugin)


def _tokens(text: str) -> Iterator[Token]:
    """All tokens, inline ones after their block, each with the lines (from 0) of its block."""
    for token in _markdown().parse(text):
        yield token
        for child in token.children or ():
            child.map = token.map
            yield child


Objection = tuple[str, str, str]


def _objections(token: Token) -> Iterator[Objection]:
    if token.type in {"html_block", "html_inline"}:
        yield token.content.strip(), f"raw HTML in a record: {_excerpt(token.content)}", "write Markdown instead"
    elif token.type == "image":
        yield "![", "an image in a record", "place it on an authored page"
    elif token.type == "heading_open":
        yield "", "a heading in a record's text", "split the text, or write an authored page"
    elif token.type == "link_open":
        yield from _link_objections(str(token.attrGet("href") or ""))
    elif token.type == "fence" and token.info.lstrip().startswith("{"):
        yield from _directive_objections(token)
    elif token.type == "myst_role" and token.meta["name"] in UNSAFE_ROLES:
        name = token.meta["name"]
        yield f"{{{name}}}", f'the role "{name}" in a record', "only an authored page may use it"


def _link_objections(address: str) -> Iterator[Objection]:
    scheme = urlsplit(address).scheme.lower() if re.match(r"[A-Za-z][\w+.-]*:", address) else ""
    if scheme not in SAFE_SCHEMES | LOCAL_SCHEMES:
        allowed = "expected http, https or mailto"
        yield address, f'a link with the scheme "{scheme}" in a record', allowed


def _directive_objections(token: Token) -> Iterator[Objection]:
    name = token.info.strip()[1:].partition("}")[0]
    option = re.search(r"^\s*:(file|url|input):", token.content, re.MULTILINE)
    if name not in SAFE_DIRECTIVES:
        hint = nearest(name, SAFE_DIRECTIVES) + " (or write an authored page)"
        yield f"{{{name}}}", f'the directive "{name}" in a record', hint
    elif option:
        yield option[0].strip(), f'the option "{option[1]}" in a record', "records read no other files"


def _excerpt(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else text
    return first if len(first) <= 40 else first[:39] + "…"


def _place(prose: Prose, token: Token, excerpt: str) -> Place:
    """The line and column of the excerpt within the token's lines; without a hit, the first of them."""
    first, last = token.map or (0, 1)
    lines = prose.text.split("\n")
    wanted = excerpt.split("\n")[0]
    for number in range(first, min(last, len(lines))):
        column = lines[number].find(wanted) if wanted else 0
        if column >= 0:
            return prose.place(number, column)
    return prose.place(first)
