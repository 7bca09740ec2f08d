"""The one way in which a problem reaches Sphinx's log: type ``versus``, the code as subtype, file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from logging import WARNING, LogRecord

from sphinx.util import logging

from ..problems import Problem

logger = logging.getLogger(__name__)


def report(*problems: Problem, level: str = "WARNING") -> None:
    """Log each problem, at the level of a warning or an ``ERROR``, so that ``suppress_warnings`` understands it."""
    for problem in problems:
        logger.log(level, problem.text, type="versus", subtype=problem.code.value, location=str(problem.place))


def forward(records: Iterable[LogRecord], most: int) -> None:
    """Log records that were held back, each message of a place once, and so many warnings and errors."""
    distinct = {(record.getMessage(), str(getattr(record, "location", ""))): record for record in records}
    for record in distinct.values():
        most -= record.levelno >= WARNING
        if most >= 0 or record.levelno < WARNING:
            logger.logger.handle(record)
