"""The templates of components, compiled once per builder. A site's own take the place of ours."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2

from ..problems import MOST_KEYS, Code, Place, Problem, nearest
from .i18n import _

OWN_TEMPLATES = Path(__file__).parent.parent / "templates"
SUFFIX = ".html.jinja"


class Templates:
    """Renders components."""

    def __init__(self, folders: Sequence[Path], report: Callable[[Problem], None]) -> None:
        self._report = report
        self._own = _environment([OWN_TEMPLATES]).get_template
        self._folders = [folder / "versus" for folder in folders]
        self._site = cache(_environment([*self._folders, OWN_TEMPLATES]).get_template)
        self._broken: set[str] = set()

    def render(self, name: str, variables: dict[str, Any]) -> str:
        """A component by its template; of a broken template of the site, which is reported, ours takes the place."""
        path = f"components/{name}{SUFFIX}"
        if name not in self._broken:
            try:
                return self._site(path).render(variables)
            except Exception as error:  # noqa: BLE001 (whatever a template of the site raises)
                self._broken.add(name)
                place = _raised_at(error) or Place(str(self._file(path)), 1)
                problem = template_problem(place, error, variables)
                self._report(unclosed_block(error, self._file(path)) or problem)
        return self._own(path).render(variables)

    def _file(self, path: str) -> Path:
        """The file of a template, the site's own first."""
        folders = (*self._folders, OWN_TEMPLATES)
        return next(
            folder / path
            for folder in folders
            if os.path.isfile(folder / path) or folder is OWN_TEMPLATES  # noqa: PTH113 (a closed folder has none)
        )


TAGS = (
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "endset",
    "block",
    "endblock",
    "include",
    "macro",
    "endmacro",
    "filter",
    "endfilter",
)
"""The tags that people use in templates."""


def template_problem(
    place: Place,
    error: Exception,
    variables: Iterable[str],
    others: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Problem:
    """The problem of a template; of a variable that there is not with its column and the one that is meant.

    ``others`` are the variables of other templates.
    """
    undefined = re.match(r"'(\w+)' is undefined", str(error))
    if undefined is None:
        is_syntax = isinstance(error, jinja2.TemplateSyntaxError)
        if tag := re.match(r"Encountered unknown tag '(\w+)'", str(error)):
            place = _found_in(place, rf"\b{tag[1]}\b")
            return Problem(place, Code.INVALID_TEMPLATE, f'"{tag[1]}" is no tag', nearest(tag[1], TAGS))
        hint = "close {{ with }} and {% with %}" if is_syntax else "see the variables in the guide"
        return Problem(_found_in(place, r"\{\{[^}]*\}(?!\})"), Code.INVALID_TEMPLATE, str(error), hint)
    place, known = _found_in(place, rf"\{{[{{%](?:(?![%}}]\}}).)*?\b({undefined[1]})\b"), [*variables]
    longer = [name for name in known if undefined[1].startswith(name)]
    hint = f'did you mean "{longer[0]}"?' if len(longer) == 1 else nearest(undefined[1], known, most=MOST_KEYS)
    if owners := [name for name, own in others.items() if undefined[1] in own]:
        hint = f"only the template of {' or '.join(owners)} has it"
    return Problem(place, Code.INVALID_TEMPLATE, str(error), hint)


def _found_in(place: Place, pattern: str) -> Place:
    """The column of what a pattern finds in the line of a template; the beginning of the line if it finds nothing."""
    with suppress(OSError, UnicodeDecodeError, IndexError):
        line = Path(place.path).read_text(encoding="utf-8").split("\n")[place.line - 1]
        if found := re.search(pattern, line):
            return replace(place, column=found.start(found.lastindex or 0) + 1)
    return place


def unclosed_block(error: Exception, path: Path) -> Problem | None:
    """The innermost block of a template that is never ended, if that is the error."""
    if not isinstance(error, jinja2.TemplateSyntaxError) or "end of template" not in str(error):
        return None
    blocks: list[tuple[int, str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        for found in re.finditer(r"\{%[-+]?\s*(end)?(if|for|block|macro|call|filter|raw|trans)\b.*?%\}", line):
            if not found[1]:
                blocks.append((number, found[0], found[2]))
            elif blocks and blocks[-1][2] == found[2]:
                blocks.pop()
    if not blocks:
        return None
    number, words, name = blocks[-1]
    message = f'"{words}" is never closed'
    return Problem(Place(str(path), number), Code.INVALID_TEMPLATE, message, f"add {{% end{name} %}}")


def _raised_at(error: Exception) -> Place | None:
    """The line of the template in which an error was raised: jinja2 rewrites the traceback to lines of templates."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Place(error.filename, error.lineno) if error.filename else None
    found, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(SUFFIX):
            found = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _environment(folders: Sequence[Path]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["_"] = _
    return environment
