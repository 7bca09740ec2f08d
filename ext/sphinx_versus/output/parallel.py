"""Pages are resolved and written by several processes at once. Write phase, web pages, with ``-j``.

Sphinx loads and resolves every page in its main process, and leaves to the others what little remains. Here a process gets
names of pages, does all that is to be done for them, and hands back what the main process has to know: the words for the search
and the names of images.

That is right only while nothing notes anything in the main process when a page is resolved. So it is done only where everything
that looks at pages then is known not to; otherwise Sphinx writes the pages in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.locale import __
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import status_iterator
from sphinx.util.logging import getLogger
from sphinx.util.parallel import ParallelTasks

from ..problems import Code, Place, Problem
from ..site.incremental import WRITTEN_ELSEWHERE
from ..site.lists_first import lists_first
from ..site.project import project_of
from ..site.reporting import report
from ..site.search import CompactIndex, Part

# Sphinx has no public way to the pages between choosing and writing them.
# ruff: noqa: SLF001

BUILDERS = (StandaloneHTMLBuilder, DirectoryHTMLBuilder)
"""Builders of which is known what they note in the main process; whoever derives another one may note more."""
SPHINX_WAY = "_write_parallel"
"""The method whose place is taken. Without it, in a Sphinx that does it otherwise, there is nothing to take."""
EVENTS = ("doctree-resolved", "missing-reference", "warn-missing-reference")
"""What is emitted for a page in the main process of Sphinx, and in another process here."""
KNOWN = (
    *("sphinx", "sphinx_versus", "myst_parser", "notfound"),
    *("furo", "sphinx_basic_ng", "pydata_sphinx_theme", "sphinx_book_theme"),
)
"""Packages whose listeners and post-transforms change the page only."""
EXCEPT = ("sphinx.ext.imgconverter",)
"""Those of them that give pages new images."""
SHARE = 3
"""A process gets this part of its share of the pages that are left: first many, for all that it learns on the way, then few."""
FEWEST = 10
"""So many pages at least: a process has a price."""

logger = getLogger(__name__)


class Done(NamedTuple):
    """What a process hands back: pages written, what they have for the index, images, and the pages that it must not write."""

    pages: list[str]
    words: Part | None
    images: dict[str, str]
    left: list[str]


class Writer:
    """Writes the pages of one build."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._of, self.builder = app, builder
        self._usual = builder._write_parallel

    def write(self, docnames: Sequence[str], nproc: int) -> None:
        """In the place of Sphinx's own method; the first page warms up what all processes then have."""
        index = self.builder.indexer
        if index is not None and not isinstance(index, CompactIndex):
            self._usual(docnames, nproc)  # another extension's, of which nobody knows how to join its parts
            return
        self._write(docnames[0])
        self.builder.phase = BuildPhase.RESOLVING
        for docname in self._write_chunks(list(chunked(lists_first(self._of.env, docnames[1:]), self._of.parallel))):
            self._write(docname)

    def _write_chunks(self, chunks: list[Sequence[str]]) -> list[str]:
        """Let other processes write; the pages come back that they must not write."""
        verbosity, left = self.builder.config.verbosity, list[str]()
        progress = status_iterator(chunks, __("writing output... "), "darkgreen", len(chunks), verbosity)

        def take(_chunk: object, done: Done) -> None:
            self._take(done, left)
            next(progress)

        tasks = ParallelTasks(self._of.parallel)
        for chunk in chunks:
            tasks.add_task(self._write_elsewhere, chunk, take)
        tasks.join()
        logger.info("")
        return sorted(left)

    def _write(self, docname: str) -> None:
        builder, env = self.builder, self.builder.env
        builder.phase = BuildPhase.RESOLVING
        doctree = env.get_and_resolve_doctree(docname, builder, tags=builder.tags)
        builder.phase = BuildPhase.WRITING
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)

    def _write_elsewhere(self, docnames: Sequence[str]) -> Done:
        """In another process, with a copy of everything; what is noted there is lost unless it is handed back."""
        builder = self.builder
        known, before = dict(builder.images), self._noted()
        if builder.indexer is not None:
            builder.indexer = CompactIndex(builder.indexer)
        for number, docname in enumerate(docnames):
            self._write(docname)
            if self._noted() != before:
                return self._done(docnames[:number], known, docnames[number:])
        return self._done(docnames, known, ())

    def _done(self, docnames: Sequence[str], known: dict[str, str], left: Sequence[str]) -> Done:
        index = self.builder.indexer
        part = index.part(docnames) if isinstance(index, CompactIndex) else None
        images = {path: name for path, name in self.builder.images.items() if path not in known}
        return Done(list(docnames), part, images, list(left))

    def _noted(self) -> tuple[int, ...]:
        """Grows when something gives a page a file of which only this process knows."""
        env = self.builder.env
        return len(env.images), len(env.original_image_uri), len(env.dlfiles)

    def _take(self, done: Done, left: list[str]) -> None:
        builder = self.builder
        if done.words and isinstance(builder.indexer, CompactIndex):
            builder.indexer.take(done.words)
        builder.images.update(done.images)
        left += done.left
        self._of.emit(WRITTEN_ELSEWHERE, done.pages)


def chunked(docnames: Sequence[str], processes: int) -> Iterator[Sequence[str]]:
    """Neighbours together, for they show the same; the parts become smaller, so that all processes end at one time.

    Sphinx begins with the first ones, one for each process, and goes on with the last one.
    """
    parts, at = list[Sequence[str]](), 0
    while at < len(docnames):
        size = max(FEWEST, (len(docnames) - at) * 2 // (SHARE * processes))
        parts.append(docnames[at : at + size])
        at += size
    yield from parts[:processes]
    yield from reversed(parts[processes:])


def strangers(app: Sphinx) -> list[str]:
    """The modules that look at pages when they are resolved, domains included, and of which is not known what they note."""
    listeners = (listener.handler for event in EVENTS for listener in app.events.listeners.get(event, ()))
    domains = map(type, app.env.domains.sorted())
    modules = {_module(one) for one in (*listeners, *app.registry.get_post_transforms(), *domains)}
    given = app.config.versus_parallel_writing
    known = (*KNOWN, *(given if isinstance(given, list | tuple) else ()))
    return sorted(module for module in modules if not _is_among(module, known) or _is_among(module, EXCEPT))


def _module(one: object) -> str:
    """Where something is written: a wrapper takes over the ``__module__`` of what it wraps."""
    namespace = getattr(one, "__globals__", None)
    if namespace is None:
        return str(getattr(one, "__module__", None) or "?")
    return str(namespace.get("__name__", "conf.py"))  # which is not imported, and has no name


def _is_among(module: str, packages: Sequence[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def put_in_place(app: Sphinx, builder: Builder) -> None:
    """``write-started``: take over, where it is known to be right."""
    given = app.config.versus_parallel_writing
    if not builder.parallel_ok or given is False or type(builder) not in BUILDERS or not hasattr(builder, SPHINX_WAY):
        return
    if not project_of(app.env).settings.is_large:
        return
    if unknown := strangers(app):
        logger.info("pages are resolved in one process because of %s (see versus_parallel_writing)", ", ".join(unknown))
        return
    assert isinstance(builder, StandaloneHTMLBuilder)
    builder._write_parallel = Writer(app, builder).write  # type: ignore[method-assign]


def check_value(app: Sphinx, config: Config) -> None:
    """``config-inited``: report what does not fit."""
    given = config.versus_parallel_writing
    names = given if isinstance(given, list | tuple) else ()
    if not isinstance(given, bool | list | tuple) or not all(isinstance(name, str) for name in names):
        hint = "expected True, False, or a list of modules such as 'my_extension'"
        report(
            Problem(Place(f"{app.confdir}/conf.py"), Code.INVALID_CONFIG, f"versus_parallel_writing = {given!r}", hint)
        )


def setup(app: Sphinx) -> None:
    """Register the value, and connect when everything that listens is there."""
    app.add_config_value("versus_parallel_writing", True, "", types=frozenset({bool, list, tuple}))
    app.connect("config-inited", check_value)
    app.connect("write-started", put_in_place, priority=900)
