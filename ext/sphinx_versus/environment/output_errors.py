"""Files that the system does not take, because it is full or may not be written: one error, and a status that shows it.

Sphinx warns of its own files and ends as if all were well, so its warnings are read. What was not written is written by the next
build, because the state of the output folder is void.
"""

from __future__ import annotations

import errno
import logging
import os
from pathlib import Path

from sphinx.application import Sphinx

from ..problems import Code, Place, Problem
from .reporting import report

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
"""Errors of a whole file system."""
CLOSED = {errno.EACCES, errno.EPERM}
"""Errors of a folder that may not be written; the same may be said of a file that may not be read."""


class OutputErrors(logging.Handler):
    """The errors of one build, of which the first one is reported."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._application = app
        self._words = {os.strerror(number) for number in FULL}
        self.lost = False
        """Whether a file of the output is missing or not whole."""
        self._is_reported = False

    def note(self, path: str | os.PathLike[str], error: OSError) -> bool:
        """Report that a file was not written; ``False`` when the error is about this file alone."""
        if error.errno not in FULL | CLOSED:
            return False
        self._report(path, error.strerror or str(error))
        return True

    def emit(self, record: logging.LogRecord) -> None:
        """Read a warning of Sphinx's builders; those of other processes are plain text."""
        if record.name.startswith("sphinx.sphinx.builders"):
            words = next((words for words in self._words if words in record.getMessage()), "")
            errors = [value for value in record.args or () if isinstance(value, OSError)]
            closed = next((error.strerror or "" for error in errors if error.errno in CLOSED), "")
            self.lost |= bool(errors)
            if words or closed:
                self._report(self._application.outdir, words or closed)

    def _report(self, path: str | os.PathLike[str], words: str) -> None:
        self.lost = True
        if not self._is_reported:
            self._is_reported, self._application.statuscode = True, 1
            hint = "when that is put right, the next build writes what is missing"
            report(
                Problem(Place(str(Path(path))), Code.NOT_WRITTEN, f"cannot be written: {words}", hint), level="ERROR"
            )

    def watch(self) -> None:
        """Begin to read the warnings of Sphinx."""
        logging.getLogger("sphinx").addHandler(self)

    def end(self) -> None:
        """Read no more of them."""
        logging.getLogger("sphinx").removeHandler(self)
