"""Trees of pages in memory: how many are kept, and how often Python looks for those that are not needed any more.

Sphinx keeps the tree of each page that it reads until the page is written, which would be 90 kB a page. The others were written
to disk anyway, and are loaded when their page is written, as they are after an edit and in parallel builds.

Each node of a tree refers to its parent, so only the garbage collector frees a tree. By default it runs after every 700 new
objects, several times a page. While a build runs it waits longer.
"""

import gc
from functools import partial

from sphinx.application import Sphinx

KEPT = 3  # how many trees stay in memory
OBJECTS = 5_000  # about what a page has; with ten times as many a build takes 13 MB more, and is not faster


def slow_down_collector(app: Sphinx) -> None:
    """``builder-inited``: have the garbage collector wait longer until the build is finished, unless it is off or does so already."""
    before = gc.get_threshold()
    if gc.isenabled() and 0 < before[0] < OBJECTS:
        gc.set_threshold(OBJECTS, *before[1:])
        app.connect("build-finished", partial(restore_collector, before))


def restore_collector(before: tuple[int, int, int], app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: what runs in the same process later has the threshold as it was."""
    gc.set_threshold(*before)


def forget_trees(app: Sphinx, *_: object) -> None:
    """``env-purge-doc`` and ``doctree-resolved``: forget the trees, and their pickles, of all pages but the last and the home page."""
    env = app.env
    for trees in (getattr(env, "_write_doc_doctree_cache", {}), getattr(env, "_pickled_doctree_cache", {})):
        for docname in [*trees][:-KEPT]:
            if docname != app.config.root_doc:
                del trees[docname]


def setup(app: Sphinx) -> None:
    """Connect to the beginning of a build, and to the moments between two pages."""
    app.connect("builder-inited", slow_down_collector)
    for event in ("env-purge-doc", "doctree-resolved"):
        app.connect(event, forget_trees)
