"""The one way in which a problem reaches Sphinx's log: type ``versus``, the code as subtype, file, line and column."""

from __future__ import annotations

from sphinx.util import logging

from ..problems import Problem

logger = logging.getLogger(__name__)


def report(*problems: Problem) -> None:
    """Log each problem as a warning that ``suppress_warnings`` understands."""
    for problem in problems:
        logger.warning(problem.text, type="versus", subtype=problem.code.value, location=str(problem.place))
