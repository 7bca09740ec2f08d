"""Prose in records: Markdown (MyST) that knows where it stands, and what it may not contain.

Records are untrusted, so their prose has no raw HTML, no images or headings, no directives beyond a few harmless ones, no
roles that read files, and no links but http, https, mailto and those to labels. The check parses with markdown-it, as MyST
does, and looks into the directives that it lets through.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.token import Token

from ..characters import FORBIDDEN
from ..problems import SURELY_MEANT, Code, Place, Problem, closest, internal, nearest
from .document import Mark, place_in
from .markdown import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    NO_ROWS,
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    TOO_WIDE,
    TableError,
    code_spans,
    first_sentence,
    has_wide_option,
    parser,
    role_parts,
)

SAFE_DIRECTIVES = frozenset(
    {
        *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
        *("seealso", "tip", "warning"),
        *("epigraph", "list-table", "pull-quote", "rubric", "table", "box-diagram", "sequence-diagram"),
    }
)
"""Formulas are not among them (TeX can link to scripts and read files), nor are code blocks with options, which can name
billions of lines (a plain fence shows code as well), nor are changes of versions, which Sphinx lists elsewhere, nor is a glossary, whose terms would be defined by every page that shows
the text."""
OF_PROSE = SAFE_DIRECTIVES - {"sequence-diagram"} | {"misconception"}
"""The directives of pages whose body is surely text with markup."""
WIDE = {"list-table": "table", "table": "table", "box-diagram": "diagram", "sequence-diagram": "diagram"}
"""What a text which is shown in a cell may not have, by directive: most formats have no table or frame within a table."""
IN_CELL = "a {} in a cell"
MOST_LEVELS = 3
"""How many lists, quotations and directives of a text may be in each other: TeX has no more than six, the page's own included."""
TOO_DEEP = "a text nested too deeply"
DEEPEST = 16
"""The level of Markdown's tokens, emphasis included, that is too deep: from the 20th on, the parser drops what it finds."""
MOST_PROBLEMS = 20
"""How many problems of one text are reported."""
MOST_ROLE = 500
"""So many characters may be in a role: Sphinx looks for its target in quadratic time."""
MOST_KEYBOARD_KEYS = 10
"""So many keys a role ``kbd`` may have: Sphinx makes several nodes of each, and goes through all of them for each."""
UNSAFE_ROLES = frozenset({"download", "raw", "eval", "math"})
NUMBERED = frozenset({"cve", "cwe", "pep", "rfc"})
"""Sphinx's roles for documents that are known by a number."""
OWN_ROLES = frozenset({"technology", "comparison", "misconception", "criterion", "row", "fact", "source", "verbatim"})
KNOWN_ROLES = OWN_ROLES | {
    *("abbr", "abbreviation", "ac", "acronym", "any", "b", "c", "code", "command", "cve", "cwe", "dfn", "doc"),
    *("emphasis", "envvar", "eq", "file", "guilabel", "i", "index", "kbd", "keyword", "literal", "mailheader"),
    *("makevar", "manpage", "menuselection", "mimetype", "newsgroup", "numref", "option", "pep", "pep-reference"),
    *("program", "ref", "regexp", "rfc", "rfc-reference", "samp", "strong", "sub", "subscript", "sup"),
    *("superscript", "t", "term", "title", "title-reference", "token"),
}
"""Our roles, and those that Sphinx and docutils have; a site may have more, of which the data core knows nothing."""
NESTED = frozenset({"bullet_list", "ordered_list", "blockquote"})
WEB_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown text of a record.

    ``text`` is what is shown, ``in_cell`` whether it is in a cell of a table. ``path``, ``line`` (from 1) and ``marks`` are its position; they take no part in
    comparisons, because moving a text changes nothing that a reader sees.
    """

    text: str
    path: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)
    marks: tuple[Mark, ...] = field(default=((0, 1, 1),), compare=False, repr=False)
    in_cell: bool = False

    def place(self, offset: int) -> Place:
        """The place in the file of a character of the text."""
        return place_in(self.path, self.marks, offset)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type["Prose"], tuple[object, ...]]:  # there are thousands in the cache
        return Prose, (self.text, self.path, self.line, self.marks, self.in_cell)


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


# -- roles and links -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role in a text: ``{name}`content```, with its place."""

    name: str
    content: str
    place: Place

    @property
    def target(self) -> str:
        """What the role points at: ``text <target>`` or just the target."""
        return role_parts(self.content)[1].strip().removeprefix("!")

    @property
    def target_place(self) -> Place:
        """Where the target stands, if it is on the line of the role's name."""
        at = self.content.rfind(self.target)
        return replace(self.place, column=self.place.column + len(self.name) + len("{}`") + at)

    @property
    def holds_another(self) -> bool:
        """Whether the text goes on to the beginning of the next role, because it is never closed."""
        return bool(re.search(rf":[a-z:-]{{1,{MOST_OF_ROLE_NAME}}}:`|\{{[a-z:-]+\}}\s*\Z", self.content))

    @property
    def is_misnumbered(self) -> bool:
        """Whether the target of a role that names a numbered document is no number."""
        return self.name.lower() in NUMBERED and not re.fullmatch(r"\d[\d-]*(#[\w.-]+)?", self.target)


MOST_OF_ROLE_NAME = 60
"""So many characters the name of a role has: a text of colons is none, however often one is looked for."""


def misspelt_role(name: str) -> str:
    """Which of our roles was probably meant by a name that is no role; empty when it may be a role of the site."""
    plain = name.lower().removeprefix("versus:")
    close = () if plain in KNOWN_ROLES else get_close_matches(plain, OWN_ROLES, n=1, cutoff=0.8)
    return close[0] if close else ""


def is_reported_role(name: str, content: str) -> bool:
    """Whether a role is a problem whatever the catalogue and the site hold, and so was reported when the data were loaded."""
    is_known = name.lower() not in UNSAFE_ROLES and not misspelt_role(name)
    return not is_known or bool(_too_large(name, content)) or RoleUse(name, content, Place("")).is_misnumbered


def _too_large(name: str, content: str) -> tuple[str, str] | None:
    """What is too large in a role, and what was expected; none when nothing is."""
    if len(content) > MOST_ROLE:
        return f'the role "{name}" with {len(content):,} characters', f"expected at most {MOST_ROLE}"
    if name.lower() == "kbd" and (keys := len(re.split(r"[-+^\s]", content))) > MOST_KEYBOARD_KEYS:
        return f'the role "{name}" with {keys} keys', f"expected at most {MOST_KEYBOARD_KEYS}"
    return None


def is_safe_link(address: str) -> bool:
    """Whether a record may link to this: the web, a mailbox, a label, a page of the site, or an object of another site.

    A plain path is not safe: when there is such a file, MyST copies it into the built site. MyST knows its own schemes in
    lower case only, and takes them for paths otherwise. What takes exponential time to look for is not safe either.
    """
    return is_web_address(address) or (address.startswith(_TARGETS) and not _endless_sign(address))


def _endless_sign(address: str) -> str:
    """The sign in an address, which MyST decodes, that takes exponential time, if any.

    MyST looks for all that match a pattern; and the domains of C and C++ parse each label that nothing else has, where templates
    and calls nest.
    """
    found = re.search(r"[*<(]", normalizeLinkText(address)) if address.startswith(_TARGETS) else None
    return found[0] if found else ""


def is_web_address(address: str) -> bool:
    """Whether an address leads to the web or to a mailbox, wherever it stands: one without a host would be relative."""
    try:
        parts = urlsplit(address)
        _port = parts.port  # a ValueError for one that is none
    except ValueError:
        return False
    if parts.scheme in WEB_SCHEMES:
        return bool(parts.hostname) and not _UNPRINTED.search(address)
    return parts.scheme == "mailto" and "@" in parts.path and not _UNPRINTED.search(address)


def unsafe_link(address: str) -> str:
    """How a link is called that a record may not have."""
    if sign := _endless_sign(address):
        what = "the pattern" if sign == "*" else f'"{sign}" in the name'
        return f"a link with {what} {_excerpt(address)}"
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in WEB_SCHEMES | {"mailto", "project"}:
        return f'a link with the scheme "{scheme[1]}"'
    return f'a link to {"" if scheme else "the path "}"{_excerpt(address)}"'


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


# -- what a text may not contain -------------------------------------------------------------------------------------------


class Examined(NamedTuple):
    """What was found in a text: what a record may not contain, and the roles used, in order."""

    problems: list[Problem]
    roles: list[RoleUse]


def examined(prose: Prose) -> Examined:
    """Look for what a record may not contain, and for roles."""
    if len(prose.text) > MOST_CHARACTERS:
        message = f"a text of {len(prose.text):,} characters"
        hint = f"expected at most {MOST_CHARACTERS:,}; longer texts belong on an authored page"
        return Examined([Problem(prose.place(0), Code.UNSAFE_PROSE, message, hint)], [])
    found = _Examination(prose)
    if _SUSPICIOUS.search(prose.text) or prose.text.count("`") % 2:
        try:
            found.markdown(prose.text, 0)
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this text only)
            found.problems.append(internal(prose.place(0), "this text", error))
    return Examined(found.problems[:MOST_PROBLEMS], found.roles)


def unlisted(lines: Sequence[str], numbers: Iterable[int]) -> Iterator[int]:
    """Which of some lines begin with the sign of a list without a blank behind it, below or above an entry or another one."""

    def indentation(number: int) -> int:
        line = lines[number] if 0 <= number < len(lines) else ""
        return len(line) - len(line.lstrip()) if line.strip() else -1

    for number in numbers:
        if not (found := _UNLISTED.match(lines[number])):
            continue
        above = next(at for at in range(number - 1, -2, -1) if indentation(at) <= len(found[1]))
        for at in (above, number + 1):
            other = _ENTRY.match(lines[at]) if indentation(at) >= 0 else None
            is_within = other and (other.end() == len(found[1]) if at < number else len(other[1]) > len(found[1]))
            if other and other[2] == found[2] and (other[1] == found[1] or is_within):
                yield number
                break


def broken_markdown(path: str, lines: Sequence[str]) -> list[Problem]:
    """What is not closed in the paragraphs of a page."""
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    marks = tuple((start, number + 1, 1) for number, start in zip(range(len(lines)), starts, strict=False))
    found = _Examination(Prose("\n".join(lines), path, marks=marks))
    with suppress(TableError):
        found.look_for_signs(found.prose.text)
    return found.problems


class _Objection(NamedTuple):
    """Something that may not be there, and a pattern (its last group, if any) by which it is found."""

    pattern: str
    message: str
    hint: str
    code: Code = Code.UNSAFE_PROSE


_TARGETS = ("#", "project:#", "project:/", "inv:")
"""How the address of a label, a page or an object begins."""
_UNPRINTED = re.compile(r"""[\x00-\x20\x7f\\"<>^`{|}]""")
_SUSPICIOUS = re.compile(r"[<\[{#|]|\*\*|__|^[ \t]*(?:[-+*_=>]|\d+[.)]\s)|(?:[*_][^*_]*){30}|:`", re.MULTILINE)
"""Without any of these a text has no HTML, links, images, roles, directives, tables, lists, quotations, rules or headings."""
_BROKEN = re.compile(
    r"\]\(|\] (?=\((?:https?:|#|mailto:|[\w./-]+\.(?:md|rst|html)[#)]))|\[(?=[^\[\]]*\Z)(?=[^\[\]]*\((?:https?:|#|mailto:))|`+"
    r"|(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])|(?<![\w`])__(?=[^\W_])"
)
"""What is left in a text without markup when a link, code or bold text is not closed."""
_ROLE_LIKE = re.compile(
    r"(?<!\S):(?P<rest>[a-z:-]+):\Z|\{+(?P<name>[a-z:-]+)\}*\s*\Z|(?<![\w{])(?P<end>[a-z:-]+)\}+\Z"
    rf"|[(\[](?P<other>{'|'.join(sorted(OWN_ROLES))})[)\]]\Z|(?<![\w{{:/.-])(?P<half>{'|'.join(sorted(OWN_ROLES))}):?\Z"
)
"""What stands before code when a role is written as in reStructuredText, with a blank before its text, or other braces."""
_BARE_ROLE = re.compile(rf"\{{((?:versus:)?(?:{'|'.join(sorted(OWN_ROLES))}))\}}(?=[\w'\"“(\[])[^\s`]*")
"""A role of ours without a backtick."""
_ROLE_NAME = re.compile(r"\{[a-z:-]+\}\Z")
"""The name of a role at the end of what stands before its backtick."""
_ENTRY = re.compile(r"(\s*)([-+])(?:\s+|(?=[^\W\d]{2}))")
_UNLISTED = re.compile(r"(\s*)([-+])(?=[^\W\d]{2})")
"""The beginning of an entry of a list, and one that lacks the blank; two letters are no option of a command."""
_NO_HEADING = re.compile(r"\s{0,3}(?P<signs>#{2,6})(?P<words>[^\W\d].*)")
"""A line that lacks the blank of a heading."""
_UNDEFINED = re.compile(r"(?<![\w\]\\])\[[^\[\]\n]+\]\[([A-Za-z][\w -]*)\](?![\w(\[{])")
"""A link to a definition that there is not."""
_EMPHASIS_STARTS, _EMPHASIS_ENDS = {"em_open", "strong_open"}, {"em_close", "strong_close"}
WORDS_BEHIND = 10
"""By so many characters behind a sign it is told from others of the same text."""
_BROKEN_TEXT = {
    sign: (message, hint)
    for sign, message, hint in (
        ("](", "the address of a link is never closed", "close it with ), and write %20 for a blank in it"),
        ("[", "the words of a link are never closed", "close them with ] in front of the address"),
        ("] ", "a blank between the words and the address of a link", "write ](…) without it"),
        ("`", "a backtick is never closed", "close it with another one, or write \\` for the sign itself"),
        (
            "**",
            "bold text is never closed",
            "close it with ** right behind its last word, or write \\*\\* for the signs",
        ),
        (
            "__",
            "bold text is never closed",
            "close it with __ right behind its last word, or write \\_\\_ for the signs",
        ),
    )
}
_TURNED_LINK = re.compile(r"\(([^()\n]+)\)\[((?:https?:|#|mailto:)[^\[\]\s]+|[\w./-]+\.(?:md|html))\]")
"""A link whose brackets are turned."""
_UNDERLINED = re.compile(r"\|[^|\n]+\|[^\n]*(?:\n\|[^|\n]+\|[^\n]*)+")
"""The lines of a table without the one that makes it one."""
_ROLE_BEFORE = re.compile(rf"\{{((?:versus:)?(?:{'|'.join(sorted(OWN_ROLES))}))\}}\Z")
"""A role of ours at the end of what stands before its backtick."""
_WITHOUT_TARGET = re.compile(r"\{([a-z:-]+)\}``(?!`)")
_INDENTED_FENCE = re.compile(r"(?:`{3,}|~{3,}|:{3,})\{[\w:-]+\}")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
"""A reference to a footnote that there is not."""
_OPENING_TAG = re.compile(r"<([a-z][^\s/>]*)")
_CLOSING_TAG = re.compile(r"\s*</([a-z][^\s/>]*)\s*>\s*")
_ENTITY = re.compile(r"&#(?:(\d+)|[xX]([0-9A-Fa-f]+));")
_LINE_ENDS = re.compile(r"&#0*10;|&#[xX]0*[aA];|&NewLine;|%0[aAdD]")
"""Ends of lines as entities and in addresses."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DIRECTIVE = re.compile(r"\s*\{([^\s{}]+)\}\s*(.*)")
_OPTIONS = re.compile(r"\s*---\n(.*?\n)?---(?=\n|$)", re.DOTALL)
"""The options of a directive as a block of YAML, whose lines would look like a heading."""
_COLON_OPTIONS = re.compile(r"(?:\s*:[^\n]*\n?)*")
"""The options of a directive on lines that begin with a colon."""
_DRAWN_OPTION = re.compile(r"\s*:?(?P<name>alt|caption|class|name)\b:?\s*(?P<words>.*)")
"""A line with an option of a diagram, or one that should be."""
NEEDS_ALT = "add `:alt:` with one sentence that says what it shows"
_LEVELS = {"list-table": -2, "table": 0, "box-diagram": 0, "sequence-diagram": 0}
"""How many levels a directive takes: a table or diagram is none, and a table's list of lists becomes rows and cells."""
_ROW_LEVEL, _CELL_LEVEL = 1, 3
"""The levels of the tokens of rows and cells in the lists of a ``list-table``."""
_TOO_DEEP = _Objection(r"\S", TOO_DEEP, f"expected at most {MOST_LEVELS} lists, quotations or directives in each other")
_TOKENS = {
    "image": _Objection(r"!\[", "an image in a record", "place it on an authored page"),
    "heading_open": _Objection(r"\S", "a heading in a record's text", "split the text, or write an authored page"),
    "hr": _Objection(r"\S", "a thematic break in a record's text", "write paragraphs"),
}
"""The tokens of Markdown that no text may have."""
_TABLE_HINTS = {
    NO_ROWS: "write at least one row below the heading",
    TOO_MANY_CELLS: "larger tables belong on an authored page",
    TOO_MANY_COLUMNS: "larger tables belong on an authored page",
    TOO_WIDE: "give the shares of the columns in percent",
}


class _Examination:
    """One pass over a text; the directives in it are examined with it."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.problems: list[Problem] = []
        self.roles: list[RoleUse] = []
        self._level = 0
        self._in_list_table = False
        self._columns = self._cells = 0
        self._tags: set[str] = set()
        self._env: dict[str, object] = {}
        self._lines = prose.text.split("\n")
        self._starts = [0, *(found.end() for found in re.finditer("\n", prose.text)), len(prose.text)]
        self._cursor = 0

    def markdown(self, text: str, first: int) -> None:
        """Examine Markdown that begins in the given line (from 0) of the prose."""
        lines = [0, 1]
        try:
            tokens = parser().parse(text, self._env)
        except TableError as error:
            self._object_to_table(error.message, first + error.line)
            return
        for token in tokens:
            lines = token.map or lines
            self._level += token.nesting * (token.type.rpartition("_")[0] in NESTED)
            self._look_for_entries(token, first)
            if self._in_list_table and token.type == "list_item_open":
                self._count_cell(token.level, first + lines[0])
            block = first + lines[0], first + lines[1]
            source = "\n".join(self._lines[slice(*block)]) if token.children else ""
            for one, other in pairwise((token, *(token.children or ()), None)):
                if one and len(self.problems) < MOST_PROBLEMS:
                    self._token(one, *block)
                    self._look_for_signs(one, other, source, *block)

    def _token(self, token: Token, first: int, last: int) -> None:
        if token.type == "myst_role":
            name = str(token.meta["name"])
            place = self._place(re.escape(f"{{{name}}}`"), first, last)
            if misfit := _too_large(name, token.content):
                self._object(_Objection("", *misfit, code=Code.TOO_LARGE), place)
            else:
                self.roles.append(RoleUse(name, token.content, place))
            if name.lower() in UNSAFE_ROLES:
                hint = "only an authored page may use it"
                self._object(_Objection("", f'the role "{name}" in a record', hint), place)
        if token.level == DEEPEST or (self._level == MOST_LEVELS + 1 and token.type.removesuffix("_open") in NESTED):
            self._object(_TOO_DEEP, self._place(_TOO_DEEP.pattern, first, last))
        directive = _DIRECTIVE.match(token.info) if token.type in {"fence", "colon_fence"} else None
        name = directive[1] if directive else ""
        wide = "table" if token.type == "table_open" else WIDE.get(name)
        if wide and (self.prose.in_cell or self._in_list_table):
            hint = "a cell of a table holds words and lists; write a list, or an authored page"
            where = f"{IN_CELL.format(wide)} of a table"
            if not self._in_list_table:
                where = f"a {wide} in a text that is shown in a cell"
            self._object(_Objection("", where, hint), self._place(r"[|{]", first, last))
        if token.type in {"fence", "colon_fence"} and last - first == 1 + len(token.content.splitlines()):
            message = f'"{token.markup}" is never closed, so the rest belongs to it'
            objection = _Objection("", message, "close it on a line of its own", Code.UNCLOSED)
            self._object(objection, self._place(re.escape(token.markup), first, last))
        for objection in () if self._is_closing_tag(token) else _objections(token, name):
            self._object(objection, self._place(objection.pattern, first, last))
        if directive and name in SAFE_DIRECTIVES:
            self._inside(name, directive[2], token.content, first)

    def _is_closing_tag(self, token: Token) -> bool:
        """Whether raw HTML closes an element whose opening tag was before it, which is reported."""
        if token.type not in {"html_inline", "html_block"}:
            return False
        self._tags.update(_OPENING_TAG.findall(token.content.lower()))
        closing = _CLOSING_TAG.fullmatch(token.content.lower())
        return closing is not None and closing[1] in self._tags

    def _look_for_signs(self, token: Token, following: Token | None, source: str, first: int, last: int) -> None:
        """Object to signs of markup that are left in a text, or in code, if they stand there as they were typed."""
        for left in _left_signs(token, following, source):
            if left.signs in self.prose.text:  # else they were written as entities
                objection = _Objection("", left.message, left.hint, left.code)
                self._object(objection, self._place(re.escape(left.signs), first, last))
                return

    def look_for_signs(self, text: str, start: int = 0) -> None:
        """Look for nothing else, as on a page, in Markdown that begins in the given line."""
        for token in parser().parse(text):
            first, last = (start + line for line in token.map or (0, 1))
            self._look_for_entries(token, start)
            source = "\n".join(self._lines[first:last]) if token.children else ""
            for one, other in pairwise((token, *(token.children or ()), None)):
                if one:
                    self._look_for_signs(one, other, source, first, last)
            directive = _DIRECTIVE.match(token.info) if token.type in {"fence", "colon_fence"} else None
            if directive and directive[1].removeprefix("versus:") in OF_PROSE:
                self.look_for_signs(token.content, first + 1)

    def _look_for_entries(self, token: Token, start: int) -> None:
        """Object to lines of a paragraph that should be entries of a list; the text begins in the given line."""
        first, last = token.map if token.type == "paragraph_open" and token.map else (0, 0)
        numbers = range(start + first, start + last)
        found = [(number, no_entry(self._lines[number].strip())) for number in unlisted(self._lines, numbers)]
        for number in numbers:
            if heading := _NO_HEADING.match(self._lines[number]):
                words = f'"{_excerpt(heading[0].strip())}" is no heading'
                found.append((number, (words, _excerpt(f"write {heading['signs']} {heading['words']}"))))
        for number, (message, hint) in found:
            objection = _Objection("", message, hint, Code.BROKEN_MARKDOWN)
            self._object(objection, self._place(r"\S.*", number, number + 1))

    def _count_cell(self, level: int, line: int) -> None:
        """Count an item of a list in a ``list-table``: one of the outer list is a row, one of the next a cell."""
        if level == _ROW_LEVEL:
            self._columns = 0
        elif level == _CELL_LEVEL:
            self._columns, self._cells = self._columns + 1, self._cells + 1
            if self._columns == MOST_COLUMNS + 1:
                self._object_to_table(TOO_MANY_COLUMNS, line)
            if self._cells == MOST_CELLS + 1:
                self._object_to_table(TOO_MANY_CELLS, line)

    def _object(self, objection: _Objection, place: Place) -> None:
        self.problems.append(Problem(place, objection.code, objection.message, objection.hint))

    def _object_to_table(self, message: str, line: int) -> None:
        self._object(_Objection("", f"{message} in a record", _TABLE_HINTS[message]), self._line_start(line))

    def _inside(self, name: str, argument: str, content: str, first: int) -> None:
        """Examine what a harmless directive contains."""
        if self._level == MOST_LEVELS:
            self._object(_TOO_DEEP, self._line_start(first))
            return
        if WIDE.get(name) == "diagram":
            self._check_options(name, content, first)
        levels, in_list_table = _LEVELS.get(name, 1), self._in_list_table
        self._level += levels
        self._in_list_table |= name == "list-table"
        self.markdown(argument, first)
        options = _OPTIONS.match(content)
        if has_wide_option((options or _COLON_OPTIONS.match(content) or [""])[0]):
            self._object_to_table(TOO_WIDE, first)
        if options:
            content = "\n" * options[0].count("\n") + content[options.end() :]
        self.markdown(content, first + 1)
        self._level -= levels
        self._in_list_table = in_list_table

    def _check_options(self, name: str, content: str, first: int) -> None:
        """Object to an option of a diagram that lacks a colon, and to a diagram without a description."""
        is_described = bool(_OPTIONS.match(content)) and "alt:" in content
        for number, line in enumerate(takewhile(_DRAWN_OPTION.match, content.split("\n"))):
            option, words = _DRAWN_OPTION.match(line), line.strip()
            assert option
            is_described |= option["name"] == "alt"
            if not re.match(r":[\w-]+:(\s|$)", words):
                hint = f"write :{option['name']}: {_excerpt(option['words'])}"
                objection = _Objection("", f'"{_excerpt(words)}" is no option', hint, Code.INVALID_OPTION)
                self._object(objection, self._place(re.escape(words), first + 1 + number, first + 2 + number))
        if not is_described:
            objection = _Objection("", f'"{name}" needs the option "alt"', NEEDS_ALT, Code.INVALID_OPTION)
            self._object(objection, self._place(re.escape(f"{{{name}}}"), first, first + 1))

    def _line_start(self, line: int) -> Place:
        return self.prose.place(self._starts[min(line, len(self._starts) - 1)])

    def _place(self, pattern: str, first: int, last: int) -> Place:
        """Where the pattern stands next in these lines; else anywhere in the text (a link may be defined elsewhere)."""
        start, end = (self._starts[min(line, len(self._starts) - 1)] for line in (first, last))
        for begin, until in ((max(start, self._cursor), end), (start, end), (0, len(self.prose.text))):
            if found := re.compile(pattern).search(self.prose.text, begin, until):
                self._cursor = found.end()
                return self.prose.place(found.start(found.lastindex or 0))
        return self.prose.place(start)


def no_entry(line: str) -> tuple[str, str]:
    """The words and the hint for a line that should be an entry of a list."""
    return f'"{_excerpt(line)}" is no entry of a list', f"write {_excerpt(f'{line[0]} {line[1:]}')}"


class _Left(NamedTuple):
    """Signs of markup that are left in a text, with the words behind them if they are typed so."""

    signs: str
    message: str
    hint: str
    code: Code = Code.BROKEN_MARKDOWN


def _left_signs(token: Token, following: Token | None, source: str) -> Iterator[_Left]:
    """Signs of markup that are left in a token, with the words behind them if they are typed so, each with a message and a hint."""
    text, code = token.content, following.content if following and following.type == "code_inline" else ""
    is_code = token.type == "code_inline" and following and following.content.startswith("_")
    if is_code and (link := re.fullmatch(r"(.+?)\s*<(https?:[^<>]+)>", text)):
        hint = f"write [{_excerpt(link[1])}]({_excerpt(link[2])})"
        yield _Left(f"`{link[0]}", "a link as in reStructuredText", hint)
    if token.type in _EMPHASIS_ENDS or (following and following.type in _EMPHASIS_STARTS):
        yield from _unequal_signs(token, following, source)
    if token.type in {"inline", "code_block"}:
        yield from _signs_of_block(token)
    if token.type == "text":
        yield from _signs_in_words(text, source)
        if code and (found := _ROLE_LIKE.search(text)):
            name = next(filter(None, found.groups()))
            meant = name if name.removeprefix("versus:") in KNOWN_ROLES else closest(name, OWN_ROLES, SURELY_MEANT)
            if meant:
                yield _Left(
                    f"{found[0]}`", f'"{found[0].strip()}" is no role here', f"write {{{meant}}}`{_excerpt(code)}`"
                )


def _signs_of_block(token: Token) -> Iterator[_Left]:
    """Lines of a table that is none, and directives that are shown as code."""
    if token.type == "inline" and _UNDERLINED.fullmatch(token.content):
        line = token.content.partition("\n")[0]
        yield _Left(line, f'"{_excerpt(line)}" begins no table', "write |---|---| on the line below it")
    if token.type == "code_block" and (found := _INDENTED_FENCE.match(token.content)):
        yield _Left(
            found[0], f'"{found[0]}" is shown as code, because it is indented by four blanks', "indent it by fewer"
        )


def _signs_in_words(text: str, source: str) -> Iterator[_Left]:
    """Roles, links and other markup that are none."""
    if found := _WITHOUT_TARGET.search(text):
        yield _Left(found[0], f'the role "{found[1]}" has no target', f"write {{{found[1]}}}`…`")
    if found := _TURNED_LINK.search(text):
        hint = f"write [{_excerpt(found[1])}]({_excerpt(found[2])})"
        yield _Left(found[0], f'"{_excerpt(found[0])}" is no link', hint)
    if found := _BARE_ROLE.search(text):
        target = re.fullmatch(r"['\"“(\[]([^\s'\"”)\]]+)['\"”)\]][.,;:]?", found[0].partition("}")[2])
        hint = f"write {{{found[1]}}}`{_excerpt(target[1]) if target else '…'}`"
        yield _Left(found[0], f'"{found[0]}" is no role here', hint)
    if found := _BROKEN.search(text):
        yield _broken(found, source)
    if found := _UNDEFINED.search(text):
        hint = f"write [words](address), or define it: [{found[1]}]: address"
        yield _Left(found[0], f'"{found[1]}" is not defined as the address of a link', hint)
    if found := _FOOTNOTE.search(text):
        yield _Left(
            found[0], f'"{found[0]}" is a footnote without its text', "write the text, or say it in the sentence"
        )


def _broken(left: re.Match[str], source: str) -> _Left:
    """A link, bold text, code or a role that is never closed; ``source`` is the block as typed."""
    if left[0].startswith("`"):
        return _open_code(left[0], source)
    words = left.string[left.start() : left.end() + WORDS_BEHIND]
    return _Left(words if words in source else left[0], *_BROKEN_TEXT[left[0]])


def _open_code(backticks: str, source: str) -> _Left:
    """Code or a role that is never closed, or that goes on to the next role."""
    spans, runs = code_spans(source)
    start = next((start for start, end in runs if end - start == len(backticks)), None)
    if start is None:
        return _Left(backticks, *_BROKEN_TEXT["`"])
    start = next((begin for begin, end in spans if end < start and _ROLE_NAME.search(source[begin : end - 1])), start)
    signs = source[start:].partition("\n")[0]
    if role := _ROLE_BEFORE.search(source[:start]):
        message = f'the role "{role[1]}" is never closed'
        return _Left(role[0] + signs, message, "close it with ` right behind its target", Code.UNCLOSED)
    return _Left(signs, *_BROKEN_TEXT["`"])


def _unequal_signs(token: Token, following: Token | None, source: str) -> Iterator[_Left]:
    """Where emphasis has more signs on one side than on the other: one is left in the text beside it."""
    if following and token.type == "text":
        signs, side, is_left = following.markup, "before", token.content.endswith(following.markup[:1])
    else:
        is_left = following is not None and following.type == "text" and following.content.startswith(token.markup[:1])
        signs, side = token.markup, "behind"
    all_signs = f"{signs[:1]}{signs}"
    if is_left and re.search(rf"(?<!\\){re.escape(all_signs)}", source):
        message = f'the emphasis has more "{signs[0]}" {side} its words than on the other side'
        yield _Left(all_signs, message, "write as many on both sides")


def _objections(token: Token, directive: str) -> Iterator[_Objection]:
    if directive and directive not in SAFE_DIRECTIVES:
        hint = nearest(directive, SAFE_DIRECTIVES) + " (or write an authored page)"
        yield _Objection(re.escape(f"{{{directive}}}"), f'the directive "{directive}" in a record', hint)
    elif token.type in _TOKENS:
        yield _TOKENS[token.type]
    elif token.type in {"html_block", "html_inline"}:
        words = token.content.strip().split("\n", 1)[0]
        yield _Objection(re.escape(words), f"raw HTML in a record: {_excerpt(words)}", "write Markdown instead")
    elif token.type == "footnote_ref":
        label = f"[^{token.meta['label']}]"
        hint = "cite with {source}, or say it in the sentence"
        yield _Objection(re.escape(label), f"a footnote in a record: {label}", hint)
    elif token.type == "link_open" and not is_safe_link(normalizeLink(address := str(token.attrGet("href")))):
        pattern = rf"(?:\]\(\s*<?|<|\]:\s*<?)({re.escape(address)})"
        hint = "link to a full address, to a label (#…), or with a role such as {comparison}"
        if sign := _endless_sign(address):
            hint = f"write the whole name of one label or object, without {sign}"
        elif _SCHEME.match(address):
            hint = "expected https://…, http://… or mailto:…"
        yield _Objection(pattern, f"{unsafe_link(address)} in a record", hint)
    yield from _character_objections(token)


def _character_objections(token: Token) -> Iterator[_Objection]:
    """Characters that no text may hold, which the text itself does not hold: the parser decoded them."""
    patterns: dict[int, str] = {}
    addresses = " ".join(str(token.attrGet(name) or "") for name in ("href", "src"))
    if entity := _ENTITY.fullmatch(token.markup) if token.type == "text_special" else None:
        number = int(entity[1]) if entity[1] else int(entity[2], 16)
        if number > sys.maxunicode or FORBIDDEN.match(chr(number)):
            patterns[number] = re.escape(token.markup)
    elif token.type != "inline":
        for character in FORBIDDEN.findall("\n".join([token.content, token.info, *map(str, token.attrs.values())])):
            number, bytes_ = ord(character), "".join(f"%{byte:02x}" for byte in character.encode())
            patterns[number] = f"(?i:&#0*{number};|&#x0*{number:x};|{bytes_})"  # an entity, or in an address
    is_line = token.type == "text_special" and token.content == "\n"
    if is_line or "\n" in token.info or _LINE_ENDS.search(addresses):  # two of them end a paragraph of LaTeX
        patterns[10] = _LINE_ENDS.pattern
    for number, pattern in patterns.items():
        message = f"the character U+{number:04X} cannot be part of a record"
        yield _Objection(pattern, message, "remove it", Code.INVALID_CHARACTER)
