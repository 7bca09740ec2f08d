"""Trees of pages in memory: how many are kept, and how often Python looks for those that are not needed any more.

Sphinx keeps the tree of each page that it reads until the page is written, which would be 90 kB a page. The others were written
to disk anyway, and are loaded when their page is written, as they are after an edit and in parallel builds.

Each node of a tree refers to its parent, so only the garbage collector frees a tree. By default it runs after every 700 new
objects, several times a page. While a build runs it waits longer.
"""

import gc

from sphinx.application import Sphinx

KEPT = 3  # how many trees stay in memory
OBJECTS = 5_000
"""How many new objects the garbage collector waits for: about what a page has. Ten times as many were 13 MB more, and not faster."""


class Collector:
    """Slows the garbage collector down while an application builds."""

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None

    def slow_down(self, app: Sphinx) -> None:
        """``builder-inited``: unless it is off or slower already."""
        before = gc.get_threshold()
        if gc.isenabled() and 0 < before[0] < OBJECTS:
            self._before = before
            gc.set_threshold(OBJECTS, *before[1:])

    def as_before(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: what runs in the same process later is not our matter."""
        if self._before:
            gc.set_threshold(*self._before)
            self._before = None


def forget_trees(app: Sphinx, *_: object) -> None:
    """``env-purge-doc`` and ``doctree-resolved``: forget the trees, and their pickles, of all pages but the last and the home page."""
    env = app.env
    for trees in (getattr(env, "_write_doc_doctree_cache", {}), getattr(env, "_pickled_doctree_cache", {})):
        for docname in [*trees][:-KEPT]:
            if docname != app.config.root_doc:
                del trees[docname]


def setup(app: Sphinx) -> None:
    """Connect to the beginning and the end of a build, and to the moments between two pages."""
    collector = Collector()
    app.connect("builder-inited", collector.slow_down)
    app.connect("build-finished", collector.as_before)
    for event in ("env-purge-doc", "doctree-resolved"):
        app.connect(event, forget_trees)
