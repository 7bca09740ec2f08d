"""Mistakes on pages: those that no parser reports, the words of those that one does, and their report in each build.

What stands in the text of a page (conflicts, fences and front matter that are never closed, what is still to be written) is
looked for when it is read. The messages of Sphinx, docutils and MyST pass a filter before they are printed: it adds the nearest
name to unknown directives and roles, drops what follows from a reported mistake, and notes the pages to be read in the next build.
"""

import logging
import os
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from difflib import get_close_matches
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Any, NamedTuple

import yaml
from docutils.parsers.rst.languages import en
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from ..catalogue.catalogue import Catalogue, grouped
from ..catalogue.fields import PLACEHOLDER
from ..catalogue.loader import MOST_PROBLEMS
from ..catalogue.prose import KNOWN_ROLES, OF_PROSE, broken_markdown, no_entry, unlisted
from ..catalogue.reader import CONFLICT, CONFLICT_WORDS
from ..catalogue.yaml_errors import in_our_words
from ..components.component import Slot
from ..problems import Code, Place, Problem, closest
from .domain import ObjectKey, domain_of
from .project import project_of
from .prose_parser import LINKS
from .reporting import TEMPLATE_SUFFIX, locate, report
from .virtual_pages import template_path

CHECKED = "versus_check"
"""The tag of a build in which the text of each page is looked at; in others a page without Versus is its site's own matter."""
BROKEN_HEAD = "versus_broken_head"
"""Where a page that is being read keeps that its front matter is broken, so that nothing is known of it."""
UNCLOSED = "versus_unclosed"
"""Where a page that is being read keeps the lines of its fences without an end."""
BROKEN_OPTIONS = "versus_broken_options"
"""Where a page that is being read keeps the lines of directives that have text in the place of options, which is reported."""
_FENCE = re.compile(r"\s*((?:[-*+>]|\d+[.)])\s+)*(?P<sign>`{3,}+|~{3,}+|:{3,}+)\s*+(?P<info>[^`]*)$")
_PARSED = re.compile(
    r"\{(?!(?:code|code-block|code-cell|sourcecode|parsed-literal|raw|math|eval-rst|graphviz|mermaid|prompt)\})"
)
"""How the info of a fence begins whose content is Markdown."""
_PROSE = re.compile(rf"\s*\.\. (?:versus:)?(?:{'|'.join(sorted(OF_PROSE))})::")
_LITERAL = re.compile(r"``.+?``")
_MARKDOWN_LINK = re.compile(r"(?<![`\w])\[([^\[\]`]+)\]\(((?:https?|mailto):[^()\s]+|[\w./-]+\.(?:md|rst))\)")
_NO_LINK = re.compile(r"(?<![`\w:])`[^`<]+ <(?:https?|mailto):[^`<>]+>`(?![_`])")
_UNEQUAL = re.compile(r"(?<![\w*`\\])\*[^\s*`](?:[^*`]*[^\s*`])?\*\*(?![\w*])")
_KEY = re.compile(r"[\w-]+\s*:(\s|$)|versus[-_]")
_METADATA = re.compile(r"versus-(?:comparison|technology):(?=\s|$)")
_AT_THE_START = re.compile(r"\s*(?:(?:[-*+>]|#+|\d+[.)]|[\w-]+:)\s+)*(?=TODO\b)")
_UNKNOWN = re.compile(
    r"""(?:Unknown (?=directive|interp)|'myst' )?(directive type|interpreted text role|cross-reference target not found"""
    r"""|undefined label|unknown document|nonexisting document|local id not found in doc '[^']+'):? ["']([^"']+)["']"""
)
_MISSED = re.compile(
    r"(document isn't included in any toctree)|nonexisting document|cross-reference target not found|unknown document"
)
_NO_TITLE = "the page has no title"
_UNTITLED = re.compile(r"toctree contains reference to document '([^']+)' that doesn't have a title")
_OPTIONS = re.compile("Invalid options format|invalid option block")
_NO_FOOTNOTE = re.compile(r'"\[\^([^\]]+)\]" is a footnote without its text')
_FOOTNOTE = re.compile(r'Too many autonumbered footnote references|Unknown target name: "([^"]+)"')
_GAP = re.compile(
    r"is no directive|is not metadata of a page|the rest of the page belongs to it|is not closed above the fence"
    r"|\[(?:unknown-(?:group|criterion|comparison)|no-comparison-here|not-compared)\]"
)
_ANCHOR = re.compile(
    r"(?:cross-reference target not found|local id not found in doc '[^']+'): '(row|misconception)-([^']+)'"
)
"""A link to what a page would show if nothing was wrong with its records."""
_TRANSITION = re.compile("may not begin with a transition|Transition at the start of the document")
"""What docutils says of a page that begins with the line of a front matter, by its version."""
_CODE = re.compile(r"\[[a-z-]+\] ")
_LOCATION = re.compile(r"(.+?)(?::(\d*))?(?::\d+)?:?")
_SPHINX = (
    *("centered", "code-block", "deprecated", "eval-rst", "glossary", "index", "literalinclude", "only", "seealso"),
    *("tabularcolumns", "toctree", "versionadded", "versionchanged", "versionremoved"),
)
"""Directives of Sphinx and MyST that belong to no domain."""
_ALL = "|".join((*en.directives, *_SPHINX))


# -- the text of a page


def check_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """``source-read``: report what is wrong with the text of a page on disk that uses Versus, or of any page in a check."""
    path = str(app.env.doc2path(docname))
    project = project_of(app.env)
    app.env.current_document[CHECKED] = app.tags.has(CHECKED)
    wanted = app.tags.has(CHECKED) or docname in project.pages or uses_versus(app.env, content[0])
    if wanted and project.virtual(docname) is None:
        lines = content[0].split("\n")
        is_markdown = app.config.source_suffix.get(os.path.splitext(path)[1]) not in {None, "restructuredtext"}  # noqa: PTH122 (a text)
        unclosed, literal = fences(lines) if is_markdown else ({}, set())
        app.env.current_document[UNCLOSED] = unclosed
        directives = domain_of(app.env).directives
        broken = {(line, at): words for line, at, *words in _broken_options(lines, literal, directives)}
        app.env.current_document[BROKEN_OPTIONS] = {line for line, _at in broken}
        problems = [*_conflicts(path, lines), *_unfinished(path, lines, literal)]
        problems += (_at(path, at, lines, Code.INVALID_OPTION, *words) for (_, at), words in broken.items())
        for line, following in sorted(unclosed.items()):
            what = "never closed, so the rest of the page belongs to it"
            if following is not None:
                what = f"not closed above the fence in line {following + 1}"
            at, message, hint = line, f'"{lines[line].strip()}" is {what}', "close it on a line of its own"
            if (fence := _FENCE.match(lines[line])) and (short := _too_short(lines, line, fence["sign"], following)):
                at, message = short, f'"{lines[short].strip()}" does not close the fence in line {line + 1}'
                hint = f"write {fence['sign']}"
            problems.append(_at(path, at, lines, Code.UNCLOSED, message, hint))
        if is_markdown:
            head = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), -1)
            is_head = lines[0].rstrip() == "---"
            problems += (plain := [*_plain_fences(path, lines, literal, directives)])
            told = {one.place.line - 1 for one in plain}
            problems += _open_comment(path, lines, literal)
            body = ["" if is_head and at <= head else one for at, one in enumerate(lines)]
            problems += (one for one in broken_markdown(path, body) if one.place.line - 1 not in told)
            problems += (head_problems := [*_front_matter(path, lines)])
            app.env.current_document[BROKEN_HEAD] = bool(head_problems)
            if "colon_fence" not in app.config.myst_enable_extensions:
                problems += _colon_fences(path, lines, literal)
        else:
            prose = _prose_lines(lines)
            problems += _no_directives(path, lines, prose, domain_of(app.env))
            entries = unlisted(lines, sorted(prose))
            problems += (_at(path, at, lines, Code.BROKEN_MARKDOWN, *no_entry(lines[at].strip())) for at in entries)
        report(*problems)


def is_told(env: BuildEnvironment, catalogue: Catalogue, type_: str, id_: str) -> bool:
    """Whether an unknown id is reported already; in a check, its place on a page is one more."""
    is_checked = bool(env.current_document.get(CHECKED)) and (type_, id_) in catalogue.missed
    return catalogue.is_expected(type_, id_) and not is_checked


def uses_versus(env: BuildEnvironment, text: str) -> bool:
    """Whether a directive, role or name at the top of a page may be one of ours."""
    domain = domain_of(env)
    names = "|".join({*domain.directives, *domain.roles})
    incomplete = (
        rf"^\s*\.\. ?(?:{names}):|^\s*[`~:]{{3,}}[(\[<]?(?:{names})\b"
        rf"|(?<![\w:`])(?:\{{|:|(?=\w+:))(?:{names}):?`|(?<!\S):(?:{names}):\w"
    )
    return bool(re.search(rf"versus[-:]|[{{ :](?:{names})(?:\}}|::|:`)|{incomplete}", text, re.MULTILINE))


class _Fence(NamedTuple):
    line: int
    sign: str
    length: int
    """As minus the number of signs."""
    is_parsed: bool
    """Whether what is in it is Markdown again."""


def fences(lines: Sequence[str]) -> tuple[dict[int, int | None], set[int]]:
    """The lines (from 0) of fences that are not closed, and all lines of those that show their text as it is.

    With the former comes the line of the next fence, which was meant to be no part of them: it has not fewer signs.
    """
    opened: list[_Fence] = []
    shortest: dict[str, list[tuple[int, int]]] = {"`": [], "~": [], ":": []}
    """Per sign the fences that are shorter than all around them, as minus their length and their number in ``opened``."""
    unclosed: dict[int, int | None] = {}
    literal = set[int]()
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if opened and not opened[-1].is_parsed:
            literal.add(number)
        if not found:
            continue
        sign, length, info = found["sign"][0], -len(found["sign"]), found["info"].strip()
        outermost = len(shortest[sign]) if info else bisect(shortest[sign], (length,))  # it is parsed first
        if outermost < len(shortest[sign]):
            first = shortest[sign][outermost][1]
            outer, inner = opened[first], opened[first + 1 :]
            if inner and inner[0].sign == sign and inner[0].length <= outer.length:
                unclosed[outer.line] = inner[0].line
            else:
                unclosed |= dict.fromkeys(one.line for one in inner)
            del opened[first:]
            for others in shortest.values():
                while others and others[-1][1] >= first:
                    others.pop()
        elif (not opened or opened[-1].is_parsed) and (sign != ":" or info.startswith("{")):
            if not shortest[sign] or shortest[sign][-1][0] < length:
                shortest[sign].append((length, len(opened)))
            opened.append(_Fence(number, sign, length, bool(_PARSED.match(info))))
    return unclosed | dict.fromkeys(one.line for one in opened), literal


def _too_short(lines: Sequence[str], start: int, sign: str, end: int | None) -> int | None:
    """The line behind a fence that would close it if it had as many signs."""
    signs = re.compile(rf"\s*{re.escape(sign[0])}{{2,{len(sign) - 1}}}\s*")
    return next((at for at in range(start + 1, end or len(lines)) if signs.fullmatch(lines[at])), None)


def _at(path: str, line: int, lines: Sequence[str], code: Code, message: str, hint: str = "") -> Problem:
    """A problem at the first sign of a line, which counts from 0."""
    return Problem(Place(path, line + 1, 1 + len(lines[line]) - len(lines[line].lstrip())), code, message, hint)


def _conflicts(path: str, lines: Sequence[str]) -> Iterator[Problem]:
    last = max((number for number, line in enumerate(lines) if line.startswith(">>>>>>> ")), default=0)
    for number, line in enumerate(lines[:last]):
        if line.startswith(f"{CONFLICT} "):
            yield _at(path, number, lines, Code.MERGE_CONFLICT, *CONFLICT_WORDS)


def _unfinished(path: str, lines: Sequence[str], literal: set[int]) -> Iterator[Problem]:
    for number, line in enumerate(lines):
        if number not in literal and (start := _AT_THE_START.match(line)):
            found = PLACEHOLDER.search(line[start.end() :])
            words = found[0].strip() if found else "TODO"
            yield Problem(
                Place(path, number + 1, start.end() + 1), Code.UNFINISHED, f'"{words}" is still to be written'
            )


def _colon_fences(path: str, lines: Sequence[str], literal: set[int]) -> Iterator[Problem]:
    for number, line in enumerate(lines):
        if number not in literal and re.match(r"\s*:{3,}\{[\w:-]+\}", line):
            message = f'"{line.strip()}" is no directive, because "colon_fence" is not in myst_enable_extensions'
            yield _at(path, number, lines, Code.INVALID_CONFIG, message, "add it in conf.py, or write ``` for :::")


def _plain_fences(path: str, lines: Sequence[str], literal: set[int], names: Iterable[str]) -> Iterator[Problem]:
    """Fences whose language is a directive of ours without its braces or with blanks in them, or that have two signs only."""
    name = rf"(?:versus:)?(?:{'|'.join(names)})"
    wanted = re.compile(
        rf"\s*(?:([`~:]{{3,}})(?:[(\[<{{]?({name})[)\]>]?|({name})\}}|\{{(?: +({name}) *|({name}) +)\}})(?=\s|$)|(``|::)\{{({name}|{_ALL})\}}[^`]*$)"
    )
    one_line = re.compile(
        rf"\s*(?P<sign>[`~:]{{3,}})\{{(?P<name>{name})\}}(?:(?P<rest>[^`]*)(?P<end>(?P=sign))\s*$|(?P<stuck>[^\s`~:].*))"
    )
    for number, line in enumerate(lines):
        if number not in literal and (found := wanted.match(line)):
            sign = found[1] or 3 * found[6][0]
            hint = f"write {sign}{{{next(filter(None, found.groups()[1:5] + found.groups()[6:]))}}}"
            yield _at(path, number, lines, Code.BROKEN_MARKDOWN, f'"{line.strip()}" is no directive', hint)
        elif number not in literal and (found := one_line.match(line)):
            sign, rest = found["sign"], (found["rest"] or found["stuck"] or "").strip()
            hint = f"write {sign}{{{found['name']}}}{f' {rest}' if rest else ''}"
            hint += f", and {sign} on a line of its own" if found["end"] else ", with a blank"
            yield _at(path, number, lines, Code.BROKEN_MARKDOWN, f'"{line.strip()}" is no directive', hint)
        elif number not in literal and (
            found := re.match(rf"\s*\{{\{{({name})\}}\}}\s*$|\.\. ?({name})::?(?=\s|$)", line)
        ):
            hint = f"write ```{{{found[1] or found[2]}}}"
            yield _at(path, number, lines, Code.BROKEN_MARKDOWN, f'"{line.strip()}" is no directive here', hint)
        elif number > 1 and number not in literal and _METADATA.match(line) and not _in_head(lines, number):
            hint = "it stands between lines of --- at the very top of a page"
            yield _at(path, number, lines, Code.BROKEN_MARKDOWN, f'"{line.strip()}" is no metadata here', hint)


def _in_head(lines: Sequence[str], number: int) -> bool:
    """Whether a line (from 0) is in the front matter."""
    return lines[0].rstrip() == "---" and "---" not in (line.rstrip() for line in lines[1:number])


def _open_comment(path: str, lines: Sequence[str], literal: set[int]) -> Iterator[Problem]:
    """The last comment, when it has no end."""
    start = next(
        (at for at in reversed(range(len(lines))) if at not in literal and lines[at].lstrip().startswith("<!--")), None
    )
    if start is not None and not any("-->" in line for line in lines[start:]):
        message = "a comment is never closed, so the rest of the page belongs to it"
        yield _at(path, start, lines, Code.UNCLOSED, message, "close it with -->")


def _broken_options(
    lines: Sequence[str], literal: set[int], names: Mapping[str, Any]
) -> Iterator[tuple[int, int, str, str]]:
    """The lines (from 0) of directives of ours and of their options that lack a colon or the blank behind it, with words and hint."""
    start = re.compile(
        rf"\s*(?:[`~:]{{3,}}\{{(?:versus:)?({'|'.join(names)})\}}|\.\. (?:versus:)?({'|'.join(names)})::)"
    )
    for number, line in enumerate(lines):
        found = start.match(line) if number not in literal else None
        known = getattr(names[found[1] or found[2]], "options_read", ()) if found else ()
        own, depth = _indent(line), 0  # the latter of the first option
        for at in range(number + 1, len(lines) if found else 0):
            words = lines[at].strip()
            option = re.match(r"(:?)([\w-]+)(:?)(?:\s+|(?=\w)|\Z)(.*)", words)
            if not words.startswith(":") and not (option and option[3] and option[2] in known):
                break
            depth = depth or _indent(lines[at])
            if found and found[2] and option and option[2] in known and not own < depth == _indent(lines[at]):
                like = f'as "{lines[number + 1].strip()}"' if depth > own else f"by {own + 3} blanks"
                yield number, at, f'"{words}" is no option', f"indent it {like}"
            elif late := re.match(r":\s+([\w-]+):(?=\s|\Z)\s*(.*)", words):
                yield number, at, f'"{words}" is no option', f"write :{late[1]}: {late[2]}".rstrip()
            elif option and not re.match(r":[^:\s]+:(\s|\Z)", words):
                yield number, at, f'"{words}" is no option', f"write :{option[2]}: {option[4].lstrip(': ')}".rstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _no_directives(path: str, lines: Sequence[str], prose: Set[int], domain: Domain) -> Iterator[Problem]:
    """Directives and roles of ours in reStructuredText that lack a sign, or are written as in Markdown, as links may be."""
    fence = re.compile(rf"[`~:]{{3,}}\{{((?:versus:)?(?:{'|'.join(domain.directives)}))\}}")
    roles = f"((?:versus:)?(?:{'|'.join(domain.roles)}))"
    half = re.compile(rf"(?<![\w:`]):{roles}(?:: `|:(?=[\w'\"“])\S*|`)|(?<![\w:`]){roles}:`(?![^`]*`_)")
    whole = re.compile(rf":{roles}:`[^`]+$")
    behind = re.compile(rf"(?<=[.,;!?)\]]):{roles}:`[^`]+`")
    names, role = domain.directives, re.compile(rf"\{{({'|'.join(domain.roles)})\}}`")
    wanted = re.compile(rf"\s*\.{{1,3}} ?((?:versus:)?(?:{'|'.join(names)}))::?(?=\s|$)")
    for number, line in enumerate(lines):
        if (found := fence.match(line)) and number in prose:
            message, hint = f'"{line.strip()}" is no directive here', f"write .. {found[1]}::"
            yield _at(path, number, lines, Code.BROKEN_MARKDOWN, message, hint)
        elif number in prose and (found := half.search(_LITERAL.sub(lambda one: "x" * len(one[0]), line))):
            shown, hint = line[slice(*found.span())], f"write :{found[1] or found[2]}:`…`"
            hint += " without a blank" if shown.endswith(": `") else ""
            place = Place(path, number + 1, found.start() + 1)
            yield Problem(place, Code.BROKEN_MARKDOWN, f'"{shown}" is no role here', hint)
        elif number in prose and (found := behind.search(_LITERAL.sub(lambda one: "x" * len(one[0]), line))):
            message, hint = (
                f'"{found[0]}" has no blank before it, so it is no role',
                r'write a blank, or "\ ", which is not shown',
            )
            yield Problem(Place(path, number + 1, found.start() + 1), Code.BROKEN_MARKDOWN, message, hint)
        elif number in prose and (found := whole.search(line)) and not _has_backtick(lines, number + 1):
            place, message = Place(path, number + 1, found.start() + 1), f'the role "{found[1]}" is never closed'
            yield Problem(place, Code.UNCLOSED, message, "close it with ` right behind its target")
        elif (found := wanted.match(line)) and found[0].strip() != f".. {found[1]}::":
            message, hint = f'"{line.strip()}" is no directive', f"write .. {found[1]}::"
            yield _at(path, number, lines, Code.BROKEN_MARKDOWN, message, hint)
        elif number in prose and (found := role.search(line)):
            place, message = Place(path, number + 1, found.start() + 1), f'"{{{found[1]}}}" is no role here'
            yield Problem(place, Code.BROKEN_MARKDOWN, message, f"write :{found[1]}:`…`")
        elif number in prose:
            yield from _no_markup(path, number, line)


def _no_markup(path: str, number: int, line: str) -> Iterator[Problem]:
    """Links and emphasis in a line (from 0) of reStructuredText that lack a sign, or are written as in Markdown."""
    if found := _MARKDOWN_LINK.search(line):
        words, target = f'"{found[0]}" is no link here', found[2]
        page = f":doc:`{found[1]} <{target.rpartition('.')[0]}>`"
        hint = f"write `{found[1]} <{target}>`__" if ":" in target else f"write {page}"
    elif found := _NO_LINK.search(line):
        words, hint = f'"{found[0]}" is no link', f"write {found[0]}__"
    elif found := _UNEQUAL.search(line):
        words, hint = f'"{found[0]}" has more asterisks behind than before', "write as many on both sides"
    else:
        return
    yield Problem(Place(path, number + 1, found.start() + 1), Code.BROKEN_MARKDOWN, words, hint)


def _has_backtick(lines: Sequence[str], start: int) -> bool:
    """Whether a backtick is in the rest of a paragraph."""
    return any("`" in line for line in takewhile(str.strip, islice(lines, start, None)))


def _prose_lines(lines: Sequence[str]) -> set[int]:
    """The lines of reStructuredText that are surely no code: those without indentation, and of directives with text."""
    found = set[int]()
    around: list[list[int]] = []
    """The indentation of each directive that is open, and of the text in it; 0 where the latter is not known yet."""
    for number, line in enumerate(lines):
        indentation, is_blank = len(line) - len(line.lstrip()), not line.strip()
        while around and not is_blank and indentation <= around[-1][0]:
            around.pop()
        if around and not is_blank and around[-1][1] == 0:
            around[-1][1] = indentation
        if indentation == 0 or (around and indentation == around[-1][1]):
            found.add(number)
        if _PROSE.match(line):
            around.append([indentation, 0])
    return found


def _front_matter(path: str, lines: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the YAML between two lines of hyphens at the beginning; a page may begin with a single one."""
    if lines[0].rstrip() != "---" or not _KEY.match("".join(lines[1:2])):
        return
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() in {"---", "..."}), None)
    if end is None:
        yield _at(path, 0, lines, Code.UNCLOSED, "the front matter is never closed", 'write "---" below its last line')
        return
    try:
        if not isinstance(yaml.compose("\n".join(lines[1:end]), yaml.SafeLoader), yaml.MappingNode):
            message = f'"{lines[1].strip()}" has no colon with a blank behind it'
            glued = re.fullmatch(r"([\w-]+):(\S.*)", lines[1].strip())
            hint = f'write "{glued[1]}: {glued[2]}"' if glued else 'expected lines such as "name: value"'
            yield _at(path, 1, lines, Code.YAML_SYNTAX, message, hint)
    except yaml.MarkedYAMLError as error:
        problem = in_our_words(path, lines[1:end], error)
        line = min(problem.place.line + 1, end)
        yield Problem(Place(path, line, problem.place.column), problem.code, problem.message, problem.hint)


# -- what is printed


class PageMessages(logging.Filter):
    """Looks at each warning before it is printed, in the main process; its location is a text by then."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__()
        self._env = env
        self._seen = Counter[tuple[str, str]]()
        self._of_records = Counter[str]()
        """By path of records how many messages there were."""
        self._broken: set[str] = set()
        self._reported_lines: set[tuple[str, str]] = set()
        """Paths and lines of fences that are no directives, and of entries of lists that are none."""
        self._has_gap = False
        """Whether a page may lack what it should show, which is reported."""
        self._unclosed_roles: set[str] = set()
        self._without_options: set[str] = set()
        """Paths of pages with roles that are never closed, and with directives whose options cannot be read, which is reported."""
        self._pages_from: dict[str, Set[str]] = {}
        """By folder all pages, as links in it name them."""
        self._footnotes: dict[str, set[str]] = {}
        """By path of a page the footnotes without a text, which are reported."""
        self._meant: set[str] = set()
        """The pages that a misspelt name probably means."""
        self.pages: set[str] = set()
        """The pages of which something was printed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Note the page, add what is known, and drop what follows from other messages."""
        self._move(record)
        location, message = str(getattr(record, "location", None) or ""), logging.LogRecord.getMessage(record)
        found = _LOCATION.fullmatch(location)
        path, line = found.groups() if found else ("", "")
        path = os.path.abspath(path) if path else ""  # noqa: PTH100 (a text)
        if self._of_records[path] > MOST_PROBLEMS:
            return False
        pages = set(self._pages_of(path))
        self.pages |= pages
        self._env.reread_always |= pages
        self._note(message, path, line)
        if path in self._broken and (
            "[myst.topmatter]" in message or "[myst.header]" in message or _TRANSITION.search(message)
        ):
            return False
        of_template = path.endswith(TEMPLATE_SUFFIX) and _CODE.match(message)  # of which many pages are made
        mistake = (location, of_template[0] if of_template else message)
        number = self._seen[mistake]
        is_repeated = number and (path.endswith(TEMPLATE_SUFFIX) or _NO_TITLE in message)
        if is_repeated or self._is_consequence(message, pages) or self._is_reported(message, path, line):
            return False
        self._seen[mistake] += 1
        if path in project_of(self._env).catalogue.paths:
            if number:
                return False  # what stands in a text of a record is reported once, not on each page that shows it
            self._of_records[path] += 1
            if self._of_records[path] > MOST_PROBLEMS:
                place, words = Place(path, int(line or 1)), "more problems in this file, which are not reported"
                record.msg, record.args = Problem(place, Code.MORE_PROBLEMS, words).text, ()
                return True
        if name := _UNKNOWN.search(message):
            self._name_nearest(record, name, Place(path, int(line or 1)), number)
        return True

    def _move(self, record: Any) -> None:
        """Give a message the place of its mistake: the page that has no title, and the template of a page without a text."""
        message, found = record.getMessage(), _LOCATION.fullmatch(str(getattr(record, "location", None) or ""))
        path = found[1] if found else ""
        if untitled := _UNTITLED.search(message):
            record.location = str(Place(str(self._env.doc2path(untitled[1])), 1, 1))
            record.msg, record.args = (
                f"{_NO_TITLE}, so no list of contents leads to it; begin it with one [toc.no_title]",
                (),
            )
        elif (
            "directive type" in message and path in project_of(self._env).catalogue.paths
        ):  # no record makes this message
            record.location = str(Place(self._template_of(self._pages_of(path)), 1))

    def _note(self, message: str, path: str, line: str) -> None:
        """Note what is reported, from which other messages may follow."""
        if "[broken-markdown]" in message:
            self._reported_lines.add((path, line))
        if "[yaml-syntax]" in message or "the front matter is never closed" in message:
            self._broken.add(path)
        if "[invalid-option]" in message and "is no option" in message:
            self._without_options.add(path)
        is_misnamed = "[page-conflict]" in message and "name this page" in message
        if is_misnamed or ("[no-comparison-here]" in message and "did you mean" in message):
            self._meant |= {*self._pages_of(path)}
        if found := _NO_FOOTNOTE.search(message):
            self._footnotes.setdefault(path, set()).add(found[1])
        if "[unclosed] the role" in message:
            self._unclosed_roles.add(path)
        is_head = path in self._broken and path not in project_of(self._env).catalogue.paths
        self._has_gap |= is_head or bool(_GAP.search(message))

    def _is_reported(self, message: str, path: str, line: str) -> bool:
        """Whether a message follows from what was found in the text of a page before it was parsed, or in its directives."""
        if "start-string without end-string" in message and path in self._unclosed_roles:
            return True
        if path in self._footnotes and (found := _FOOTNOTE.search(message)):
            return found[1] is None or found[1] in self._footnotes[path]
        if "Pygments" in message or "list ends without a blank line" in message:
            return (path, line) in self._reported_lines
        if _OPTIONS.search(message):
            problems = project_of(self._env).snapshot.problems
            in_records = {one.place.path for one in problems if one.code is Code.INVALID_OPTION}
            return path in self._without_options | in_records
        may_be_shown = self._has_gap or bool(project_of(self._env).snapshot.problems)
        return may_be_shown and "[not-on-a-page]" in message

    def _is_consequence(self, message: str, pages: Set[str]) -> bool:
        """Whether a page is missed, or in no list of contents, because its record is broken, which is reported."""
        if (anchor := _ANCHOR.search(message)) and self._is_missed(*anchor.groups()):
            return True
        if not (found := _MISSED.search(message)):
            return False
        if found[1] and not self._meant.isdisjoint(pages):
            return True
        names = {*pages} if found[1] else {*re.findall(r"'([^']+)'", message)}
        names = {name.partition("#")[0].removesuffix(".md") for name in names}
        moved = {name.rpartition("/")[2] for name in project_of(self._env).strays}
        if "nonexisting document" in message and any(name.rpartition("/")[2] in moved for name in names):
            return True
        folders = {page.rpartition("/")[0] for page in pages}
        if any(self._without_data.search(f"{folder}/{name}") for name in names for folder in ("", *folders)):
            return True
        ids = {name.rpartition("/")[2] for name in names}
        unsure = project_of(self._env).catalogue.unsure_technologies
        return any(id_ in self._broken_comparisons or not unsure.isdisjoint(id_.split("-vs-")) for id_ in ids)

    def _is_missed(self, type_: str, id_: str) -> bool:
        """Whether a page may lack a row or a misconception because of something that is reported."""
        project = project_of(self._env)
        known = project.catalogue.defined["misconception"] | {one for _type, one in project.catalogue.missed}
        ids = {one.rpartition("/")[2] for one in known}
        is_known = id_ in ids if type_ == "misconception" else project.catalogue.is_expected("criterion", id_)
        return is_known and (self._has_gap or bool(project.snapshot.problems))

    @cached_property
    def _without_data(self) -> re.Pattern[str]:
        """The names of pages that are missed when the data folder that ``conf.py`` names is not there."""
        settings = project_of(self._env).settings
        made = filter(None, settings.pages.values() if settings.names_data and not settings.has_data else ())
        patterns = "|".join(re.escape(docname).replace(r"\{id\}", r"[\w.-]+") for docname in made)
        return re.compile(rf"(?:^|/)(?:{patterns or '(?!)'})$")

    @cached_property
    def _broken_comparisons(self) -> Set[str]:
        catalogue = project_of(self._env).catalogue
        missed = {id_ for type_, id_ in catalogue.missed if type_ == "comparison"}
        return missed | (catalogue.defined["comparison"] - {*catalogue.of_type["comparison"]})

    @cached_property
    def _keys_by_path(self) -> Mapping[str, Sequence[ObjectKey]]:
        places = project_of(self._env).catalogue.places.items()
        return grouped((place.path, key) for key, place in places)

    def _pages_of(self, path: str) -> Iterator[str]:
        """The pages on which a file stands: its own, those that include it, or the homes of its records."""
        env = self._env
        docname = env.path2doc(path) if path else None
        if docname in env.found_docs:
            yield str(docname)
        elif path in project_of(env).catalogue.paths:
            homes = map(domain_of(env).home, self._keys_by_path.get(path, ()))
            yield from (home[0] for home in homes if home)
        elif path:
            names = {path, os.path.relpath(path, env.srcdir)}
            yield from (page for page, files in env.dependencies.items() if names & {*map(os.fspath, files)})

    def _name_nearest(self, record: logging.LogRecord, found: re.Match[str], start: Place, number: int) -> None:
        """Say where a name stands that is not known, and which one was probably meant."""
        what, name = found.groups()
        prefix, colon, plain = "", "", name
        if what.startswith("local id"):
            known = self._anchors(what.split("'")[1])
        elif "directive" not in what and "role" not in what:
            known = self._targets(start.path) | self._anchors(self._env.path2doc(start.path) or "")
            known |= self._env.found_docs if "document" in what else set()
        else:
            prefix, colon, plain = name.rpartition(":")
            tables = [one.roles if "role" in what else one.directives for one in self._env.domains.sorted()]
            known = set(chain(KNOWN_ROLES if "role" in what else (*en.directives, *_SPHINX), *tables))
        path, sign, anchor = plain.partition("#")
        meant = closest(plain, known) or (closest(path, known) + sign + anchor if sign and closest(path, known) else "")
        if plain.endswith(".html") and f"{plain.removesuffix('.html')}.md" in known:
            meant = f"{plain.removesuffix('.html')}.md"
        if not meant and plain.endswith(".md"):  # names of pages may begin alike, and differ by their middle
            beside = [one for one in known if one.rpartition("/")[0] == plain.rpartition("/")[0]]
            meant = next(iter(get_close_matches(plain, beside, n=1, cutoff=0.85)), "")
            same = [one for one in known if one.rpartition("/")[2] == plain.rpartition("/")[2]]
            meant = meant or (same[0] if len(same) == 1 else "")
        self._has_gap |= "directive" in what and meant in domain_of(self._env).directives
        hint = f'; did you mean "{prefix}{colon}{meant}"?' if meant else ""
        if "role" in what and plain in domain_of(self._env).directives:
            hint = f"; it is a directive: write ```{{{plain}}}"
        self._meant.add(meant)
        record.location = str(locate(start.path, start.line, None, name, number))
        before, _, suffix = logging.LogRecord.getMessage(record).partition(found[0])
        suffix = suffix if "\n" not in suffix else re.sub(r".*\n.*?(?=( \[[\w.]+\])?$)", "", suffix, flags=re.DOTALL)
        record.msg, record.args = f"{before}{found[0]}{hint}{suffix.removeprefix('.')}", ()

    def _template_of(self, pages: Iterable[str]) -> str:
        """The template of which the text of a virtual page is made."""
        project = project_of(self._env)
        kind = next(page.kind for page in map(project.virtual, pages) if page)
        return str(template_path(kind, project.settings))

    def _anchors(self, docname: str) -> set[str]:
        """The headings of a page, and the objects that it shows."""
        shown = domain_of(self._env).objects.get(docname, {}).values()
        return {*self._env.metadata.get(docname, {}).get("myst_slugs", ()), *(one.anchor for one in shown)}

    def _targets(self, path: str) -> set[str]:
        """What a link on a page may lead to: labels and headings, and the other pages as it would name them."""
        env = self._env
        here = os.path.dirname(env.path2doc(path) or "")  # noqa: PTH120 (a docname)
        if here not in self._pages_from:
            self._pages_from[here] = {f"{os.path.relpath(name, here)}.md" for name in env.found_docs}
        standard = env.domains.standard_domain
        return {*standard.labels, *standard.anonlabels, *self._pages_from[here]}


class LocateLinks(SphinxTransform):
    """Give links in texts of records, which MyST replaced by others, the place of their words."""

    default_priority = 881  # behind MyST's own

    def apply(self, **kwargs: Any) -> None:
        """Take the places in the order in which the texts were parsed, which is that of the page."""
        places: Any = self.env.current_document.get(LINKS, {})
        slots = self.document.findall(Slot) if places else ()
        for reference in [one for slot in slots for one in slot.findall(addnodes.pending_xref)]:
            if left := places.get(reference["reftarget"]):
                reference.source, reference.line = left.pop(0)


def watch(app: Sphinx) -> PageMessages:
    """Let warnings pass a filter before they are printed, until it is stopped."""
    found = PageMessages(app.env)
    for handler in _printing():
        handler.addFilter(found)
    return found


def stop(found: PageMessages) -> None:
    """Take the filter away."""
    for handler in _printing():
        handler.removeFilter(found)


def _printing() -> list[logging.Handler]:
    return [one for one in logging.getLogger(NAMESPACE).handlers if isinstance(one, WarningStreamHandler)]


def setup(app: Sphinx) -> None:
    """Look at the text of each page."""
    app.connect("source-read", check_source, priority=0)  # before others change the text
    app.add_transform(LocateLinks)
