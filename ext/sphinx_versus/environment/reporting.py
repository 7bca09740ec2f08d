"""The one way in which a problem reaches Sphinx's log: type ``versus``, the code as subtype, file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from logging import WARNING, Filter, LogRecord, getLogger
from pathlib import Path

from sphinx.util import logging

from ..catalogue.files import FOLDERS, SUFFIX
from ..problems import Problem

logger = logging.getLogger(__name__)


def report(*problems: Problem, level: str = "WARNING") -> None:
    """Log each problem, at the level of a warning or an ``ERROR``, so that ``suppress_warnings`` understands it."""
    for problem in problems:
        logger.log(level, problem.text, type="versus", subtype=problem.code.value, location=str(problem.place))


class ReportedFiles(Filter):
    """Drops what Sphinx says of files of a data folder that it cannot read as documents: they are problems of their own."""

    def __init__(self, source: Path, data: Path) -> None:
        super().__init__()
        self._source, self._folders = source, {data, *(data / name for name in FOLDERS)}

    def filter(self, record: LogRecord) -> bool:
        """Whether a message of Sphinx's project is about another file."""
        name = record.args[0] if isinstance(record.args, tuple) and record.args else ""
        return not (isinstance(name, str) and name.endswith(SUFFIX) and (self._source / name).parent in self._folders)

    def begin(self) -> None:
        """Look at the messages from now on."""
        getLogger("sphinx.sphinx.project").addFilter(self)

    def end(self) -> None:
        """Look at them no more."""
        getLogger("sphinx.sphinx.project").removeFilter(self)


def forward(records: Iterable[LogRecord], most: int) -> None:
    """Log records that were held back, each message of a place once, and so many warnings and errors."""
    distinct = {(record.getMessage(), str(getattr(record, "location", ""))): record for record in records}
    for record in distinct.values():
        most -= record.levelno >= WARNING
        if most >= 0 or record.levelno < WARNING:
            logger.logger.handle(record)
