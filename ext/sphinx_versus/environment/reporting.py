"""Report problems of a writer's input to Sphinx's log, and find out where exactly they stand in a source file."""

import re
from collections.abc import Iterable
from itertools import islice
from logging import WARNING, LogRecord, getLogger
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from ..catalogue.files import FOLDERS, SUFFIX
from ..catalogue.rules import once_each
from ..characters import printable
from ..problems import Place, Problem

logger = logging.getLogger(__name__)
TEMPLATE_SUFFIX = ".md.jinja"
"""The suffix of templates of pages."""
DEFERRED = "versus_deferred"
"""Where a page that is being read has the problems of its directives and roles."""


def report(*problems: Problem, level: str = "WARNING") -> None:
    """Log each problem, at the level of a warning or an ``ERROR``, so that ``suppress_warnings`` understands it."""
    for problem in problems:
        logger.log(level, problem.text, type="versus", subtype=problem.code.value, location=str(problem.place))


def defer(env: BuildEnvironment, problem: Problem) -> None:
    """Report a problem of the page that is being read when it is read, once with others about the same name."""
    deferred: Any = env.current_document.setdefault(DEFERRED, [])
    deferred.append(problem)


class ReportDeferred(SphinxTransform):
    """Report what was deferred to the end of the page."""

    default_priority = 999

    def apply(self, **kwargs: Any) -> None:
        """Report it."""
        deferred: Any = self.env.current_document.pop(DEFERRED, ())
        report(*once_each(deferred))


def forward(records: Iterable[LogRecord], most: int) -> None:
    """Log records that were held back, each message of a place once and on one line, and so many warnings and errors."""
    for record in (records := [*records]):
        record.msg, record.args = printable(record.getMessage()), ()
    distinct = {(record.getMessage(), str(getattr(record, "location", ""))): record for record in records}
    for record in distinct.values():
        most -= record.levelno >= WARNING
        if most >= 0 or record.levelno < WARNING:
            logger.logger.handle(record)


def filter_reported(app: Sphinx, data: Path) -> None:
    """Until the build is finished, drop Sphinx's messages on unreadable files of the data: each is a problem with a place already."""
    log, folders = getLogger("sphinx.sphinx.project"), {data, *(data / name for name in FOLDERS)}

    def is_of_others(record: LogRecord) -> bool:
        name = record.args[0] if isinstance(record.args, tuple) and record.args else ""
        return not (isinstance(name, str) and name.endswith(SUFFIX) and Path(app.srcdir, name).parent in folders)

    log.addFilter(is_of_others)
    app.connect("build-finished", lambda _app, _exception: log.removeFilter(is_of_others))


def locate(path: str, start: int, end: int | None, excerpt: str, number: int = 0) -> Place:
    """The place of an excerpt in the lines from start to end (from 1, both included); without a hit, the start.

    Where the excerpt stands more than once, ``number`` (from 0) selects the hit; with fewer hits, the last one counts.
    """
    return _nth_match(path, start, end, rf"(?<![\w-]){re.escape(excerpt)}(?![\w-])", number)


_MOST_LOCATED = 10_000
"""Of a role with more characters, the line alone is told."""


def locate_role(path: str, start: int, role: str, target: str, number: int = 0) -> Place:
    """The place of a target in a role, given as ``:name:`content```, in the block that starts at a line."""
    if len(role) > _MOST_LOCATED:
        return Place(path, start)
    pattern = re.escape(target)
    if match := re.fullmatch(r":([^`]+):`(.*)`", role, re.DOTALL):
        name, content = re.escape(match[1]), match[2]
        hits = [*re.finditer(rf"(?<![\w-]){pattern}(?![\w-])", content)] if target else []
        before, after = (content[: hits[-1].start()], content[hits[-1].end() :]) if hits else ("", content)
        blanks = r"(?>[^\S\n]*+\n[\s>]*+|\s++)"  # within a quotation, signs are before each line; there is one way to match it
        one, two = (blanks.join(map(_as_typed, re.split(r"\s+", part))) for part in (before, after))
        pattern = rf"(?:\{{{name}\}}|:{name}:)`{one}({pattern}){two}`"
    return _nth_match(path, start, None, pattern, number)


def _as_typed(words: str) -> str:
    """A pattern for words as a page may have them: in a table, a backslash is before each bar."""
    return re.escape(words).replace(r"\|", r"\\?\|")


def _nth_match(path: str, start: int, end: int | None, pattern: str, number: int) -> Place:
    """The place of the nth hit of a pattern (or of its group) in lines of a file, which may be missing.

    A template is searched as a whole: its lines are not those of the text that is made of it.
    """
    if path.endswith(TEMPLATE_SUFFIX):
        start, end = 1, None
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return Place(path, start)
    text = "\n".join(lines[start - 1 : end])
    hits = [found.start(found.lastindex or 0) for found in islice(re.finditer(pattern, text), number + 1)]
    if not hits:
        return Place(path, start)
    before = text[: hits[-1]]
    return Place(path, start + before.count("\n"), len(before) - before.rfind("\n"))
