"""The events of a build: which pages are read again, which are written again, and what is kept for the next build."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._assets import _file_checksum_inner
from sphinx.environment import BuildEnvironment

from ...catalogue.digest import digest
from ..domain import Kept, domain_of
from ..project import project_of
from ..translations import Catalogues
from .files import Look, Signature, same_content, sign
from .idle import general_index, index_digest, leave_general_index, leave_search_index
from .journal import Journal
from .made import SEARCH_INDEX, files_of_page, is_tracked, other_files, remove
from .makers import makers_digest
from .order import put_in_order
from .output import Output
from .shown import digests, frames_now, outline
from .surroundings import surroundings_digest

WRITTEN_ELSEWHERE = "versus-written-elsewhere"
"""The event that tells the main process which pages other processes resolved and wrote, with a list of docnames."""
NEVER = -1
"""As time of reading: any source is newer."""


class Freshness:
    """What one build knows of the last one; it keeps nothing itself."""

    def __init__(self) -> None:
        self._started = 0
        self._look = Look({})
        self._catalogues: Catalogues | None = None
        self._makers = ""
        self._reading: list[str] = []
        self._written: set[str] = set()
        self._output = Output()
        self._shown: dict[str, str] = {}
        self._idle = False

    # -- before reading

    def begin(self, app: Sphinx) -> None:
        """``builder-inited``: look at the files as soon as Sphinx knows the documents.

        Before it does, it asks the builder which pages are older than their sources. Without documents there are none: which
        pages are written again is decided by what they show, after reading.
        """
        project_of(app.env).after_discovery = partial(self.settle, app)
        if is_tracked(app.builder):
            _file_checksum_inner.cache_clear()  # of an earlier build in the same process
            _drop_broken_files(app)
            if app.fresh_env_used is False:
                app.env.project.docnames = set()

    def settle(self, app: Sphinx) -> None:
        """Give each page a time of reading by which Sphinx finds out whether the content of its files changed."""
        env, kept = app.env, domain_of(app.env).kept
        self._started, self._look = time.time_ns(), Look(kept.files)
        self._makers, self._catalogues = makers_digest(app), Catalogues(app)
        again = _journal(app).unfinished()
        for docname in sorted(env.found_docs):
            paths = list(self._sources(env, docname))
            known = self._look.unchanged(paths) and kept.sources.get(docname) == self._origin(env, docname)
            if docname in env.all_docs:
                stays = known and docname not in again and kept.makers == self._makers
                stays = stays and same_content(_signed_tree(app, kept, docname), kept.trees.get(docname))
                env.all_docs[docname] = self._look.time(paths) if stays else NEVER

    def note_reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: what a killed build was reading is not to be trusted."""
        self._reading, self._written = list(docnames), set()
        if docnames:
            _journal(app).begin(docnames)

    # -- after reading

    def outdated_output(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """``env-get-updated``, when numbers have been given: the pages that show something else than what was written."""
        self._keep(app, domain_of(env).kept)
        put_in_order(env)
        if not is_tracked(app.builder):
            return []
        self._output = Output.load(_state(app))
        before = self._output.generation
        surroundings = surroundings_digest(app, self._makers)
        again = self._differing(app, domain_of(env).kept, surroundings) | self._missing(app)
        if again or self._reading:
            self._announce(app)
        self._output.surroundings = surroundings
        self._idle = not again and bool(before) and before == _generation(app)
        return sorted(again)

    def _keep(self, app: Sphinx, kept: Kept) -> None:
        env = app.env
        gone = kept.stamps.keys() - env.found_docs
        if not (self._reading or gone):
            return
        kept.generation, kept.makers = secrets.token_hex(8), self._makers
        for docname in gone:
            for by_docname in (kept.stamps, kept.outlines, kept.sources, kept.trees):
                by_docname.pop(docname, None)
        for docname in self._reading:
            kept.stamps[docname] = kept.generation
            kept.outlines[docname] = outline(env, docname)
            kept.sources[docname] = self._origin(env, docname)
            kept.trees[docname] = _signed_tree(app, kept, docname)
        kept.files = {path: self._signature(path) for docname in env.found_docs for path in self._sources(env, docname)}

    def _origin(self, env: BuildEnvironment, docname: str) -> str:
        """The file that a page is read from, and its catalogue of messages."""
        messages = self._catalogues.file(docname) if self._catalogues else ""
        return f"{os.fspath(env.doc2path(docname))} {messages}".rstrip()

    def _sources(self, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """The files that a page is made from."""
        yield os.fspath(env.doc2path(docname))
        depends = {os.fspath(path) for path in env.dependencies.get(docname, ())}
        messages = self._catalogues.file(docname) if self._catalogues else ""
        yield from sorted({*depends, messages} - {""})

    def _signature(self, path: str) -> Signature | None:
        """How a file was when it was read; unknown when it was first looked at after that, and changed meanwhile."""
        if path not in self._look.seen:
            self._look.unchanged([path])
            found = self._look.seen[path]
            if found and self._started <= found.time <= time.time_ns():
                self._look.seen[path] = None
        return self._look.seen[path]

    def _differing(self, app: Sphinx, kept: Kept, surroundings: str) -> set[str]:
        """The pages that show something else than in the last build."""
        before = self._output
        if before.generation and before.generation == _generation(app):
            self._shown = dict(before.pages)
        else:
            before.frames = frames_now(app, kept, before.frames)
            self._shown = digests(app, kept, before.frames)
        if surroundings != before.surroundings:
            return set(self._shown)
        return {docname for docname, shown in self._shown.items() if before.pages.get(docname) != shown}

    def _missing(self, app: Sphinx) -> set[str]:
        """The pages of which a file is not as the last build left it; all of them when it is the search index."""
        outdir, output = Path(app.outdir), self._output
        index = _search_index(app)
        if index and not output.is_there(outdir, index):
            (outdir / index).unlink(missing_ok=True)
            return set(app.env.found_docs)
        names = ((docname, files_of_page(app, docname)) for docname in app.env.found_docs)
        return {docname for docname, files in names if not all(output.is_as_left(outdir, name) for name in files)}

    def _announce(self, app: Sphinx) -> None:
        """Before anything is written, note the files that will be made, so that they are known if the build is killed."""
        new = {name for docname in app.env.found_docs for name in files_of_page(app, docname)} | set(other_files(app))
        draft = Output(
            pages=self._output.pages, frames=self._output.frames, files={**dict.fromkeys(new), **self._output.files}
        )
        draft.save(_state(app))

    def note_saved(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-check-consistency``, which follows on the saving of the environment."""
        _journal(app).end()

    # -- while and after writing

    def rest(self, app: Sphinx, builder: Builder) -> None:
        """``write-started``: leave alone what would be written as it is."""
        if not isinstance(builder, StandaloneHTMLBuilder) or not is_tracked(builder):
            return
        if self._idle:
            leave_search_index(builder)
        index, shown = general_index(app), index_digest(app.env, self._output.frames.state + self._output.surroundings)
        if index and shown == self._output.index and self._output.is_there(Path(builder.outdir), index):
            leave_general_index(builder)
        self._output.index = shown

    def note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: the page is about to be written."""
        self._written.add(docname)

    def note_written_elsewhere(self, app: Sphinx, docnames: list[str]) -> None:
        """``versus-written-elsewhere``: another process has resolved and written these."""
        self._written.update(docnames)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``, after all others: remove what is made no more, and keep what was written."""
        if exception or not is_tracked(app.builder):
            return
        output, outdir, found = self._output, Path(app.outdir), app.env.found_docs
        checked = {name for docname in found for name in files_of_page(app, docname)}
        checked |= {name for name in (_search_index(app), general_index(app)) if name}
        others = set(other_files(app)) - checked
        remove(outdir, output.files.keys() - checked - others)
        output.note_files(outdir, checked, others)
        now, before = self._shown, output.pages
        output.pages = {name: now[name] if name in self._written else before.get(name, "") for name in sorted(found)}
        output.generation = _generation(app) if output.pages == now else ""
        output.save(_state(app))


def _signed_tree(app: Sphinx, kept: Kept, docname: str) -> Signature | None:
    """The signature of the file of a page's tree. A tree that is not as it was written could not be loaded, or is another one's."""
    return sign(os.path.join(app.doctreedir, f"{docname}.doctree"), kept.trees.get(docname))  # noqa: PTH118 (as ``sign``)


def _generation(app: Sphinx) -> str:
    """What tells this state of all pages and data from others; an empty text when nobody can say."""
    pages, data = domain_of(app.env).kept.generation, project_of(app.env).snapshot.digest
    return f"{pages} {data}" if pages and data else ""


def _journal(app: Sphinx) -> Journal:
    return Journal(Path(app.doctreedir))


def _state(app: Sphinx) -> Path:
    """Where the state of the output folder is kept: several may share an environment."""
    folder = Path(os.path.relpath(app.outdir, app.doctreedir)).as_posix()
    return Path(app.doctreedir, f"versus-output-{digest([app.builder.name, folder])}.json")


def _search_index(app: Sphinx) -> str:
    """The file of the search index, below the output folder, where there is one."""
    builder: Any = app.builder
    return SEARCH_INDEX if isinstance(builder, StandaloneHTMLBuilder) and builder.search else ""


def _drop_broken_files(app: Sphinx) -> None:
    """What a killed build left half written, and Sphinx would warn of or leave lying."""
    Path(app.outdir, f"{SEARCH_INDEX}.tmp").unlink(missing_ok=True)
    info = Path(app.outdir, ".buildinfo")
    if info.is_file() and b"\ntags: " not in info.read_bytes():
        info.unlink()


def setup(app: Sphinx) -> None:
    """Connect around everything else that happens in a build."""
    build = Freshness()
    app.add_event(WRITTEN_ELSEWHERE)
    app.connect("builder-inited", build.begin, priority=990)
    app.connect("env-before-read-docs", build.note_reading, priority=990)
    app.connect("env-get-updated", build.outdated_output, priority=900)
    app.connect("env-check-consistency", build.note_saved, priority=10)
    app.connect("write-started", build.rest)
    app.connect("doctree-resolved", build.note_written)
    app.connect(WRITTEN_ELSEWHERE, build.note_written_elsewhere)
    app.connect("build-finished", build.finish, priority=990)
