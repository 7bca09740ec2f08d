"""Mistakes in the text of a page that no parser reports, and of which the words are looked for when it is read.

Conflicts, fences and front matter that are never closed, what looks like a directive, and what is still to be written.
"""

import os
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice, takewhile
from typing import Any, NamedTuple

import yaml
from docutils.parsers.rst.languages import en
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from ..catalogue.catalogue import Catalogue
from ..catalogue.fields import PLACEHOLDER
from ..catalogue.prose import OF_PROSE, broken_markdown, no_entry, unlisted
from ..catalogue.reader import CONFLICT, CONFLICT_WORDS
from ..catalogue.yaml_errors import in_our_words
from ..problems import Code, Place, Problem
from .domain import domain_of
from .project import project_of
from .reporting import report

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
OF_SPHINX = (
    *("centered", "code-block", "deprecated", "eval-rst", "glossary", "index", "literalinclude", "only", "seealso"),
    *("tabularcolumns", "toctree", "versionadded", "versionchanged", "versionremoved"),
)
"""Directives of Sphinx and MyST that belong to no domain."""
_ALL = "|".join((*en.directives, *OF_SPHINX))


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


def setup(app: Sphinx) -> None:
    """Look at the text of each page."""
    app.connect("source-read", check_source, priority=0)  # before others change the text
