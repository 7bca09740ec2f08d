"""Prose in records: Markdown (MyST) that knows where it stands, and what it may not contain.

Records are untrusted, so their prose has no raw HTML, no images or headings, no directives beyond a few harmless ones, no
roles that read files, and no links but http, https, mailto and those to labels. The check parses with markdown-it, as MyST
does, and looks into the directives that it lets through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from ..problems import Code, Place, Problem, nearest
from .layout import Mark

SAFE_DIRECTIVES = frozenset(
    {
        *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
        *("seealso", "tip", "warning", "deprecated", "versionadded", "versionchanged"),
        *("epigraph", "glossary", "list-table", "pull-quote", "rubric", "table"),
    }
)
"""Formulas are not among them (TeX can link to scripts and read files), nor are code blocks with options, which can name
billions of lines; a plain fence shows code as well."""
UNSAFE_ROLES = frozenset({"download", "raw", "eval", "math"})
OWN_ROLES = frozenset({"technology", "comparison", "misconception", "criterion", "row", "fact", "source"})
KNOWN_ROLES = OWN_ROLES | {
    *(
        "abbr",
        "abbreviation",
        "ac",
        "acronym",
        "any",
        "b",
        "c",
        "code",
        "command",
        "cve",
        "cwe",
        "dfn",
        "doc",
        "emphasis",
    ),
    *(
        "envvar",
        "eq",
        "file",
        "guilabel",
        "i",
        "index",
        "kbd",
        "keyword",
        "literal",
        "mailheader",
        "makevar",
        "manpage",
    ),
    *("menuselection", "mimetype", "newsgroup", "numref", "option", "pep", "pep-reference", "program", "ref", "regexp"),
    *("rfc", "rfc-reference", "samp", "strong", "sub", "subscript", "sup", "superscript", "t", "term", "title"),
    *("title-reference", "token"),
}
"""Our roles, and those that Sphinx and docutils have; a site may have more, of which the data core knows nothing."""
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
LOCAL_SCHEMES = frozenset({"project", "inv"})
"""MyST's own schemes: documents of the site by name, and objects of other sites by their inventories."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown text of a record.

    ``text`` is what is shown. ``path``, ``line`` (from 1) and ``marks`` say where it stands; they take no part in
    comparisons, because moving a text changes nothing that a reader sees.
    """

    text: str
    path: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)
    marks: tuple[Mark, ...] = field(default=((0, 1, 1),), compare=False, repr=False)

    def place(self, offset: int) -> Place:
        """The place in the file of a character of the text."""
        start, line, column = self.marks[bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1]
        return Place(self.path, line, column + offset - start)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type[Prose], tuple[object, ...]]:  # there are thousands in the cache
        return Prose, (self.text, self.path, self.line, self.marks)


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role in a text: ``{name}`content```, with its place."""

    name: str
    content: str
    place: Place

    @property
    def target(self) -> str:
        """What the role points at: ``text <target>`` or just the target."""
        match = re.fullmatch(r".*<([^<>]*)>", self.content, re.DOTALL)
        return (match[1] if match else self.content).strip()


def misspelt_role(name: str) -> str:
    """Which of our roles was probably meant by a name that is no role; empty when it may be a role of the site."""
    plain = name.lower().removeprefix("versus:")
    close = () if plain in KNOWN_ROLES else get_close_matches(plain, OWN_ROLES, n=1, cutoff=0.8)
    return close[0] if close else ""


class Examined(NamedTuple):
    """What was found in a text."""

    problems: list[Problem]
    """What a record may not contain."""
    roles: list[RoleUse]
    """The roles used, in order."""


def examined(prose: Prose) -> Examined:
    """Look for what a record may not contain, and for roles."""
    found = _Examination(prose)
    if _SUSPICIOUS.search(prose.text):
        found.markdown(prose.text, 0)
    return Examined(found.problems, found.roles)


def is_safe_link(address: str) -> bool:
    """Whether a record may link to this: the web, a mailbox, a label, or what MyST's own schemes name.

    A plain path is not safe: when there is such a file, MyST copies it into the built site.
    """
    scheme = _SCHEME.match(address)
    return scheme[1].lower() in SAFE_SCHEMES | LOCAL_SCHEMES if scheme else address.startswith("#")


_SUSPICIOUS = re.compile(r"[<\[{#]|\n[\s>]*[-=]")
"""Without any of these a text has no HTML, links, images, roles, directives or headings."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DIRECTIVE = re.compile(r"\s*\{([^\s{}]+)\}\s*(.*)")
_OPTIONS = re.compile(r"\s*---\n(.*?\n)?---(?=\n|$)", re.DOTALL)
"""The options of a directive as a block of YAML, whose lines would look like a heading."""


def plain_text(markdown: str) -> str:
    """The words of a text on one line, without its markup; of a role what stands in front of its target."""
    blocks = (token.children or () for token in _markdown().parse(markdown) if token.type == "inline")
    return " ".join(" ".join("".join(map(_words, tokens)) for tokens in blocks).split())


def _words(token: Token) -> str:
    if token.type == "myst_role":
        return re.sub(r"\s*<[^<>]*>$", "", token.content)
    return " " if token.type in {"softbreak", "hardbreak"} else token.content if token.type != "html_inline" else ""


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(myst_role_plugin).use(colon_fence_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    # Addresses as typed, and links with a dangerous scheme as links, so that they can be reported.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


class _Objection(NamedTuple):
    """Something that may not be there, and a pattern (its last group, if any) by which it is found."""

    pattern: str
    message: str
    hint: str


class _Examination:
    """One pass over a text; the directives in it are examined with it."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.problems: list[Problem] = []
        self.roles: list[RoleUse] = []
        self._starts = [0, *(found.end() for found in re.finditer("\n", prose.text)), len(prose.text)]
        self._cursor = 0

    def markdown(self, text: str, first: int) -> None:
        """Examine Markdown that begins in the given line (from 0) of the prose."""
        lines = [0, 1]
        for token in _markdown().parse(text):
            lines = token.map or lines
            for one in (token, *(token.children or ())):
                self._token(one, first + lines[0], first + lines[1])

    def _token(self, token: Token, first: int, last: int) -> None:
        if token.type == "myst_role":
            place = self._place(_named(token.meta["name"]) + "`", first, last)
            self.roles.append(RoleUse(str(token.meta["name"]), token.content, place))
            if self.roles[-1].name.lower() in UNSAFE_ROLES:
                self._object(_role_objection(self.roles[-1].name), place)
        for objection in _objections(token):
            self._object(objection, self._place(objection.pattern, first, last))
        if token.type in {"fence", "colon_fence"} and (directive := _DIRECTIVE.match(token.info)):
            self._inside(directive[1], directive[2], token.content, first)

    def _object(self, objection: _Objection, place: Place) -> None:
        self.problems.append(Problem(place, Code.UNSAFE_PROSE, objection.message, objection.hint))

    def _inside(self, name: str, argument: str, content: str, first: int) -> None:
        """Examine what a harmless directive contains."""
        if name in SAFE_DIRECTIVES:
            self.markdown(argument, first)
            if options := _OPTIONS.match(content):
                content = "\n" * options[0].count("\n") + content[options.end() :]
            self.markdown(content, first + 1)

    def _place(self, pattern: str, first: int, last: int) -> Place:
        """Where the pattern stands next in these lines; else anywhere in the text (a link may be defined elsewhere)."""
        start, end = (self._starts[min(line, len(self._starts) - 1)] for line in (first, last))
        for begin, until in ((max(start, self._cursor), end), (start, end), (0, len(self.prose.text))):
            if found := re.compile(pattern).search(self.prose.text, begin, until):
                self._cursor = found.end()
                return self.prose.place(found.start(found.lastindex or 0))
        return self.prose.place(start)


def _objections(token: Token) -> Iterator[_Objection]:
    if token.type in {"html_block", "html_inline"}:
        words = token.content.strip().split("\n", 1)[0]
        yield _Objection(re.escape(words), f"raw HTML in a record: {_excerpt(words)}", "write Markdown instead")
    elif token.type == "image":
        yield _Objection(r"!\[", "an image in a record", "place it on an authored page")
    elif token.type == "heading_open":
        yield _Objection(r"\S", "a heading in a record's text", "split the text, or write an authored page")
    elif token.type == "footnote_ref":
        label = _named_footnote(token)
        hint = "cite with {source}, or say it in the sentence"
        yield _Objection(re.escape(label), f"a footnote in a record: {label}", hint)
    elif token.type == "link_open":
        yield from _link_objections(str(token.attrGet("href")))
    elif token.type in {"fence", "colon_fence"}:
        yield from _directive_objections(token.info)


def _link_objections(address: str) -> Iterator[_Objection]:
    if is_safe_link(address):
        return
    pattern = rf"(?:\]\(\s*<?|<|\]:\s*<?)({re.escape(address)})"
    if scheme := _SCHEME.match(address):
        yield _Objection(pattern, f'a link with the scheme "{scheme[1]}" in a record', "expected http, https or mailto")
    else:
        hint = "link to a full address, to a label (#…), or with a role such as {comparison}"
        yield _Objection(pattern, f'a link to the path "{_excerpt(address)}" in a record', hint)


def _directive_objections(info: str) -> Iterator[_Objection]:
    directive = _DIRECTIVE.match(info)
    if directive and directive[1] not in SAFE_DIRECTIVES:
        hint = nearest(directive[1], SAFE_DIRECTIVES) + " (or write an authored page)"
        yield _Objection(_named(directive[1]), f'the directive "{directive[1]}" in a record', hint)


def _role_objection(name: str) -> _Objection:
    return _Objection(_named(name), f'the role "{name}" in a record', "only an authored page may use it")


def _named(name: str) -> str:
    """The pattern of a role's or directive's name."""
    return re.escape(f"{{{name}}}")


def _named_footnote(token: Token) -> str:
    return f"[^{token.meta['label']}]"


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
