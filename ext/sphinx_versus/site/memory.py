"""Trees of pages in memory: how many are kept, and how often Python looks for those that are not needed any more.

Sphinx keeps the tree of each page that it reads until the page is written; of many pages that is more than a machine has.
Only the last trees are kept. The others were written to disk anyway, and are loaded when their page is written, as they are
after an edit and in parallel builds.

Each node of a tree refers to its parent, so only the garbage collector frees a tree. By default it runs after every 700 new
objects, several times a page, and took two fifths of the time of a build of 400 pages. While a build runs it waits longer, and
does not look again and again at what stays anyway.
"""

from __future__ import annotations

import gc
import sys
from ctypes import CDLL

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

KEPT = 3
"""How many trees stay in memory: about one megabyte each, and more work for the garbage collector than loading them."""

OBJECTS = 5_000
"""How many new objects the garbage collector waits for, in the place of Python's 700: about what a page has."""
GENERATIONS = 5, 3
"""How many of its short looks come before a longer one, and of these before the longest. With more, the trees of too many
pages wait for the longest: with five of both it was 10 MB more, and not faster."""
PAGES = 200
"""After how many pages what is in memory is set aside once more: the environment grows with each page."""

FEW = 20
"""The trees of so many pages may stay in memory to the end, when a search for them would take longer than writing a page."""


class Collector:
    """Slows the garbage collector down while an application builds."""

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None
        self._pages = 0

    def slow_down(self, app: Sphinx) -> None:
        """``builder-inited``: unless it is off or slower already."""
        before = gc.get_threshold()
        if gc.isenabled() and 0 < before[0] < OBJECTS:
            self._before = before
            gc.set_threshold(OBJECTS, *GENERATIONS)

    def set_aside(self, app: Sphinx, *_: object) -> None:
        """Before pages are read, and before they are written: what is there now stays until the end of the build.

        What is not needed any more is looked for only when it may be much: in a build of more than a few pages.
        """
        if self._before:
            forget(app.env, 0)
            if self._pages > FEW:
                gc.collect()
                give_back()
            gc.freeze()

    def set_aside_before_saving(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """``env-get-updated``, when records have been let go: saving the environment takes as much memory once more."""
        self.set_aside(app)
        return []

    def count_page(self, app: Sphinx, _of_page: object, docname: str) -> None:
        """``env-purge-doc`` and ``doctree-resolved``: from time to time, set aside what has been added."""
        self._pages += 1
        if self._pages % PAGES == 0:
            self.set_aside(app)

    def as_before(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: what runs in the same process later is not our matter."""
        if self._before:
            gc.set_threshold(*self._before)
            gc.unfreeze()
            self._before = None


def give_back() -> None:
    """Give memory back that Python freed; the C library keeps it, in case, and Python asks for most of what it needs elsewhere."""
    trim = getattr(CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def forget_trees(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """``env-purge-doc``, before a page is read: forget the trees of the pages that were read first, and their pickles."""
    forget(env, KEPT)


def forget(env: BuildEnvironment, kept: int) -> None:
    """Forget all trees and pickles but the last ones; they are on disk."""
    for name in ("_write_doc_doctree_cache", "_pickled_doctree_cache"):
        trees: dict[str, object] = getattr(env, name, {})
        while len(trees) > kept:
            del trees[next(iter(trees))]


def forget_pickle(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: the bytes from which a tree was made are not needed again; those of the home page may be."""
    pickles: dict[str, bytes] = getattr(app.env, "_pickled_doctree_cache", {})
    if docname != app.config.root_doc:
        pickles.pop(docname, None)


def setup(app: Sphinx) -> None:
    """Connect to the moments between two pages, and to the beginning and the end of a build."""
    collector = Collector()
    app.connect("builder-inited", collector.slow_down)
    app.connect("env-before-read-docs", collector.set_aside, priority=999)  # when others have loaded what they need
    app.connect("env-get-updated", collector.set_aside_before_saving, priority=995)  # before the environment is saved
    app.connect("write-started", collector.set_aside)
    app.connect("build-finished", collector.as_before)
    for event in ("env-purge-doc", "doctree-resolved"):
        app.connect(event, collector.count_page)
    app.connect("env-purge-doc", forget_trees)
    app.connect("doctree-resolved", forget_pickle)
