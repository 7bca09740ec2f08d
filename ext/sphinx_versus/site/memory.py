"""Sphinx keeps the tree of each page that it reads until the page is written; of many pages that is more than a machine has.

Only the last trees are kept. The others were written to disk anyway, and are loaded when their page is written, as they are
after an edit and in parallel builds. Runs in the read phase of serial builds, and in the write phase.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

KEPT = 10
"""How many trees stay in memory: about one megabyte each, and more work for the garbage collector than loading them."""


def forget_trees(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """``env-purge-doc``, before a page is read: forget the trees of the pages that were read first."""
    trees: dict[str, nodes.document] = getattr(env, "_write_doc_doctree_cache", {})
    while len(trees) > KEPT:
        del trees[next(iter(trees))]


def forget_pickle(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: the bytes from which a tree was made are not needed again; those of the home page may be."""
    pickles: dict[str, bytes] = getattr(app.env, "_pickled_doctree_cache", {})
    if docname != app.config.root_doc:
        pickles.pop(docname, None)


def setup(app: Sphinx) -> None:
    """Connect to the moments between two pages."""
    app.connect("env-purge-doc", forget_trees)
    app.connect("doctree-resolved", forget_pickle)
