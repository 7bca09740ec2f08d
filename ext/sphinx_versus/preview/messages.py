"""The messages of builds: the page that each concerns, and which still hold after builds of other pages.

An incremental build repeats only the messages about the data and about the pages that it reads or writes. A message about
another page holds until that page is read or written again, or removed.
"""

import io
import logging
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TextIO

from sphinx.application import Sphinx
from sphinx.util.build_phase import BuildPhase
from sphinx.util.console import strip_colors
from sphinx.util.logging import WarningStreamHandler

EVERY_BUILD = ""
"""The subject of messages that each build repeats: about the data, ``conf.py``, and what is written beside the pages."""
CHECK = "check"  # the subject of messages about all pages, repeated whenever a page was read
READ, WRITE = "read", "write"  # the two phases of a page; with its name, the subject of messages about it
SUBJECT = "versus_subject"  # the attribute of a log record; it follows the record out of other processes


class Messages(io.StringIO):
    """The stream to which one build writes its warnings: shows them at once, and keeps each line with its subject."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self._shown = shown
        self._subject = EVERY_BUILD
        self._writing, self._checked = "", False
        self.lines: list[tuple[str, str]] = []
        self.again: set[str] = set()
        """The subjects that this build looks at again, whether or not something is wrong with them."""

    def write(self, text: str) -> int:
        """One message."""
        self._shown.write(text)
        self._shown.flush()
        self.lines += [(self._subject, line) for line in strip_colors(text).splitlines()]
        return len(text)

    def follow(self, app: Sphinx) -> None:
        """Learn what the messages of a build are about, in a process that makes no other one.

        Sphinx holds the messages of reading back until all pages are read, so each record is marked when it is made.
        """

        def marked(*args: Any, **options: Any) -> logging.LogRecord:
            record = logging.LogRecord(*args, **options)
            setattr(record, SUBJECT, self._subject_in(app))
            return record

        def note_subject(record: logging.LogRecord) -> bool:
            self._subject = getattr(record, SUBJECT, EVERY_BUILD)  # of the message that is written next
            return True

        def note_removed(
            _app: Sphinx, _env: object, _added: object, _changed: object, removed: set[str]
        ) -> Sequence[str]:
            self.again |= {f"{phase} {docname}" for phase in (READ, WRITE) for docname in removed}
            return ()

        def note_read(_app: Sphinx, _env: object, docnames: list[str]) -> None:
            self.again |= {*(f"{READ} {docname}" for docname in docnames), *([CHECK] if docnames else ())}

        def note_checked(_app: Sphinx, _env: object) -> None:
            self._checked = True

        def note_written(_app: Sphinx, _doctree: object, docname: str) -> None:
            self._writing = docname
            self.again.add(f"{WRITE} {docname}")

        def end_writing(_app: Sphinx) -> Sequence[Any]:
            self._writing = ""
            return ()

        logging.setLogRecordFactory(marked)
        for handler in logging.getLogger("sphinx").handlers:
            if isinstance(handler, WarningStreamHandler):
                handler.addFilter(note_subject)
        app.connect("env-get-outdated", note_removed)
        app.connect("env-before-read-docs", note_read)
        app.connect("env-check-consistency", note_checked, priority=999)  # after all checks
        app.connect("doctree-resolved", note_written, priority=0)  # before others report
        app.connect("html-collect-pages", end_writing, priority=0)  # before others report

    def _subject_in(self, app: Sphinx) -> str:
        if docname := app.env.current_document.docname or self._writing:
            return f"{READ if app.phase is BuildPhase.READING else WRITE} {docname}"
        is_check = app.phase is BuildPhase.CONSISTENCY_CHECK and not self._checked
        return CHECK if is_check else EVERY_BUILD


class Standing:
    """The messages that hold after the builds so far."""

    def __init__(self) -> None:
        self._by_subject: dict[str, list[str]] = {}

    def after(self, report: Mapping[str, Any]) -> list[str]:
        """All messages, when a build has reported its own."""
        for subject in (EVERY_BUILD, *report["again"]):
            self._by_subject.pop(subject, None)
        for subject, line in report["messages"]:
            self._by_subject.setdefault(subject, []).append(line)
        return [*dict.fromkeys(chain.from_iterable(self._by_subject.values()))]
