"""The tables of contents of pages (``env.tocs``), folded up while nobody looks at them. All phases.

Sphinx keeps the headings of each page as a tree of nodes, half of all that it knows of a page of records. Here a tree is kept
as a pickle; who asks for one gets it, and what is changed in it stays. It is folded up again when many others have been asked
for. On a site whose pages show the tree of the whole site each page asks for all of them, so there none is.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .navigation import is_bounded

OPEN = 50
"""How many trees stay open: those of the last pages are asked for again, for headings, sidebar and contents."""


class FoldedTrees(MutableMapping[str, nodes.bullet_list]):
    """Trees by docname. While it is ``held``, none is folded up by itself."""

    def __init__(self, trees: Mapping[str, nodes.bullet_list]) -> None:
        self._folded: dict[str, bytes] = {docname: _fold(tree) for docname, tree in trees.items()}
        self._open: dict[str, nodes.bullet_list] = {}
        self.held = True

    def __getitem__(self, docname: str) -> nodes.bullet_list:
        tree = self._open.get(docname)
        if tree is None:
            tree = self._open[docname] = _unfold(self._folded[docname])
            self._fold_some()
        return tree

    def __setitem__(self, docname: str, tree: nodes.bullet_list) -> None:
        self._folded[docname] = b""
        self._open[docname] = tree
        self._fold_some()

    def __delitem__(self, docname: str) -> None:
        del self._folded[docname]
        self._open.pop(docname, None)

    def __contains__(self, docname: object) -> bool:
        return docname in self._folded

    def __iter__(self) -> Iterator[str]:
        return iter(self._folded)

    def __len__(self) -> int:
        return len(self._folded)

    def copy(self) -> dict[str, nodes.bullet_list]:
        """As of any dictionary."""
        return dict(self)

    def fold(self) -> None:
        """Fold up all but the last ones."""
        while len(self._open) > OPEN:
            docname = next(iter(self._open))
            self._folded[docname] = _fold(self._open.pop(docname))

    def _fold_some(self) -> None:
        if not self.held:
            self.fold()

    def __getstate__(self) -> dict[str, Any]:
        folded = {**self._folded, **{docname: _fold(tree) for docname, tree in self._open.items()}}
        return {"_folded": folded, "_open": {}, "held": True}


def _fold(tree: nodes.bullet_list) -> bytes:
    return zlib.compress(pickle.dumps(tree, pickle.HIGHEST_PROTOCOL), 1)


def _unfold(folded: bytes) -> Any:
    return pickle.loads(zlib.decompress(folded))  # noqa: S301 (a part of the environment)


def put_in_place(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """``env-before-read-docs``: of a new environment, or of one that was kept without us."""
    if not isinstance(env.tocs, FoldedTrees):
        env.tocs = FoldedTrees(env.tocs)  # type: ignore[assignment]
    env.tocs.held = not is_bounded(app)  # type: ignore[attr-defined]


def hold(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: Sphinx goes from tree to tree while it numbers sections, and writes into all of them."""
    if isinstance(env.tocs, FoldedTrees):
        env.tocs.held = True


def let_go(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-get-updated``, when sections have their numbers."""
    if isinstance(env.tocs, FoldedTrees) and is_bounded(app):
        env.tocs.held = False
        env.tocs.fold()
    return []


def setup(app: Sphinx) -> None:
    """Connect to the beginning of the read phase, and around the numbering of sections."""
    app.connect("env-before-read-docs", put_in_place)
    app.connect("env-updated", hold, priority=0)
    app.connect("env-get-updated", let_go, priority=890)
