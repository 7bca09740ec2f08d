"""The process that builds, ready before it is asked: ``python -m sphinx_versus.preview.worker``.

The process itself only imports, and stays as it is. For each build it forks one that goes through an ordinary start of Sphinx
(configuration, extensions, theme, the environment of the last build) up to the moment at which documents and data are looked
at, and waits there. Each serves for one build, so nothing of a build can leak into the next.

It reads a line of JSON for each build from its standard input: the files that are open in a browser. It writes lines of JSON
to its standard output: the paths to watch when a build is prepared, which of these files are written, a line when all
pages are written, and a report when all is done.
"""

import gc
import io
import json
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from jinja2 import TemplateError
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.build_phase import BuildPhase
from sphinx.util.console import color_terminal, nocolor, strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import WarningStreamHandler

from ..config import Settings
from ..problems import shown_path

CODE = Path(__file__).parents[1]  # the package's own code
EVERY_BUILD = ""
"""The subject of messages that each build repeats: about the data, ``conf.py``, and what is written beside the pages."""
CHECK = "check"  # the subject of messages about all pages, repeated whenever a page was read
READ, WRITE = "read", "write"  # the two phases of a page; with its name, the subject of messages about it
SUBJECT = "versus_subject"  # the attribute of a log record; it follows the record out of other processes
DONE = 3  # the status of a process that has built; with another one the server is gone


class BuildJob(NamedTuple):
    """What is built: absolute folders, the builder's name, values that replace those of ``conf.py``, processes."""

    source: str
    conf: str
    output: str
    doctrees: str
    builder: str
    define: Mapping[str, str]
    processes: int


class PreparedSphinx(Sphinx):
    """Sphinx with everything done that does not depend on documents and data."""

    def _init_builder(self) -> None:
        self.builder.init()

    def start(self) -> None:
        """Go on where the start was interrupted, and build."""
        self.events.emit("builder-inited")
        self.build()


class Messages(io.StringIO):
    """The stream to which one build writes its warnings: shows them at once, and keeps each line with its subject."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self._shown, self._subject, self._checked = shown, EVERY_BUILD, False
        self.writing = ""  # the page that is being written
        self.pages: list[str] = []  # those that were read
        self.lines: list[tuple[str, str]] = []
        self.again: set[str] = set()  # the subjects that this build looks at again, whether or not something is wrong

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

        def note_removed(_app: Sphinx, _env: object, *docnames: set[str]) -> Sequence[str]:
            self.again |= {f"{phase} {docname}" for phase in (READ, WRITE) for docname in docnames[-1]}
            return ()

        def note_read(_app: Sphinx, _env: object, docnames: list[str]) -> None:
            self.pages += docnames
            self.again |= {*(f"{READ} {docname}" for docname in docnames), *([CHECK] if docnames else ())}

        def note_checked(_app: Sphinx, _env: object) -> None:
            self._checked = True

        def note_written(_app: Sphinx, _doctree: object, docname: str) -> None:
            self.writing = docname
            self.again.add(f"{WRITE} {docname}")

        logging.setLogRecordFactory(marked)
        for handler in logging.getLogger("sphinx").handlers:
            if isinstance(handler, WarningStreamHandler):
                handler.addFilter(note_subject)
        app.connect("env-get-outdated", note_removed)
        app.connect("env-before-read-docs", note_read)
        app.connect("env-check-consistency", note_checked, priority=999)  # after all checks
        app.connect("doctree-resolved", note_written, priority=0)  # before others report

    def _subject_in(self, app: Sphinx) -> str:
        if docname := app.env.current_document.docname or self.writing:
            return f"{READ if app.phase is BuildPhase.READING else WRITE} {docname}"
        is_check = app.phase is BuildPhase.CONSISTENCY_CHECK and not self._checked
        return CHECK if is_check else EVERY_BUILD


class Run:
    """One build, in a process of its own."""

    def __init__(self, job: BuildJob, output: int) -> None:
        self._job, self._output = job, output
        self._messages = Messages(sys.stderr)

    def go(self) -> None:
        """Prepare, wait for the line that asks for a build, build, report."""
        app, error = None, None
        with patch_docutils(self._job.conf), docutils_namespace():
            try:
                app = self._prepared()
            except Exception as raised:  # noqa: BLE001 (any fault of a conf.py is shown in the browser)
                error = raised
            self._send({"watch": sorted(watched(app) if app else {self._job.conf, self._job.source, str(CODE)})})
            gc.freeze()
            with open(0, "rb", buffering=0, closefd=False) as asked:
                line = asked.readline()
            if not line.endswith(b"\n"):  # The server is gone.
                os._exit(0)
            started = time.monotonic()
            if app:
                try:
                    write_first(app, json.loads(line), lambda files: self._send({"first": files}))
                    app.start()
                except Exception as raised:  # noqa: BLE001
                    error = raised
            self._report(started, error)

    def _prepared(self) -> PreparedSphinx:
        job = self._job
        is_first = not Path(job.doctrees, "environment.pickle").exists()
        app = PreparedSphinx(
            *(job.source, job.conf, job.output, job.doctrees, job.builder, dict(job.define)),
            status=sys.stderr if is_first else None,
            warning=self._messages,
            # An edit touches few pages, and each process would hand over an environment of all of them.
            parallel=job.processes if is_first else 1,
        )
        self._messages.follow(app)
        app.connect("html-collect-pages", self._written, priority=0)  # before others make pages, and report
        templates = getattr(app.builder, "templates", None)
        if isinstance(
            templates, BuiltinTemplateLoader
        ):  # those that change meanwhile are compiled again when they are used
            names = {name for loader in templates.loaders for name in loader.list_templates() if name.endswith(".html")}
            for name in sorted(names):
                with suppress(TemplateError):  # It is reported when a page needs it.
                    templates.environment.get_template(name)
        return app

    def _written(self, app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
        """The pages are there; the indices, which take as long as many pages on a large site, follow."""
        self._messages.writing = ""
        if self._messages.pages:
            copy_beside(app.builder)
            self._send({"written": True})
        return ()

    def _report(self, started: float, error: Exception | None) -> None:
        messages = self._messages.lines
        if error:
            failed = f"The build failed: {type(error).__name__}: {error}"
            if isinstance(error, SphinxError | OSError):
                sys.stderr.write(f"{failed}\n")
            else:
                traceback.print_exception(error)
            messages.append((EVERY_BUILD, failed))
        parts = ((subject, *message.partition(":")) for subject, message in messages)
        self._send(
            {
                "failed": error is not None,
                "seconds": round(time.monotonic() - started, 2),
                "pages": self._messages.pages,
                "again": sorted(self._messages.again),
                "messages": [(subject, shown_path(path) + colon + rest) for subject, path, colon, rest in parts],
            }
        )

    def _send(self, report: Mapping[str, Any]) -> None:
        try:
            os.write(self._output, json.dumps(report).encode() + b"\n")
        except BrokenPipeError:  # The server is gone.
            os._exit(0)


def write_first(app: Sphinx, wanted: Collection[str], when_written: Callable[[list[str]], None]) -> None:
    """Write these files, which are open in a browser, before the others; then ``when_written`` gets those written."""
    builder: Any = app.builder
    write = builder.write_documents

    def write_documents(docnames: Set[str]) -> None:
        names = {docname: os.path.relpath(builder.get_outfilename(docname), builder.outdir) for docname in docnames}
        first = {docname: name for docname, name in names.items() if name.replace(os.sep, "/") in wanted}
        if first:
            write(first.keys())
            copy_beside(builder)
            when_written(sorted(name.replace(os.sep, "/") for name in first.values()))
        if others := docnames - first.keys():
            write(others)

    builder.write_documents = write_documents


def copy_beside(builder: Any) -> None:
    """Copy the images and files of the pages that are written, which Sphinx does when all is done."""
    builder.copy_image_files()
    builder.copy_download_files()


def watched(app: Sphinx) -> Iterator[str]:
    """The files and folders of which a change may change the site, there or not."""
    conf = Path(app.confdir)
    yield from (str(app.srcdir), str(conf / "conf.py"), str(CODE))
    named = [str(Settings.of(app.config, conf).data)] if "versus_data" in app.config else []
    for folder in (*named, *app.config.html_static_path, *app.config.templates_path):
        if isinstance(folder, str):
            yield str((conf / folder).resolve())


def main(job: BuildJob) -> None:
    """Fork a build, wait until it is done, and again, until the server is gone."""
    if not color_terminal():
        nocolor()
    gc.freeze()
    output = os.dup(1)  # the standard output is for reports alone: what extensions print goes to the standard error
    os.dup2(2, 1)
    status = DONE
    while status == DONE:
        child = os.fork()
        if not child:
            try:
                Run(job, output).go()
            finally:
                sys.stderr.flush()
                os._exit(DONE)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main(BuildJob(**json.loads(sys.argv[1])))
