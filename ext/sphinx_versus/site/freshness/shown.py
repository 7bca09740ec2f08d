"""Everything that a page shows and that is not its own text, as one digest per page. Runs after the read phase.

A page's frame has the titles of its neighbours and of the pages above it, and a sidebar; its lists of contents have the
headings of the pages below it; its references have the words for what they lead to; its images have names that may depend on
other pages' images.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import suppress_logging

from ...catalogue.digest import digest
from ..domain import Kept, domain_of
from ..navigation import Sidebars, is_bounded
from .references import answers

Outline = tuple[str, str]
"""Digests of a page's title and of its headings."""


def outline(env: BuildEnvironment, docname: str) -> Outline:
    """What other pages may show of a page."""
    titles = [tree[docname].pformat() for tree in (env.titles, env.longtitles) if docname in tree]
    headings = env.tocs[docname].pformat() if docname in env.tocs else ""
    return digest(titles), digest([*titles, headings, env.metadata[docname].get("tocdepth")])


class Shown:
    """What the pages of an environment show beside their own text."""

    def __init__(self, app: Sphinx, kept: Kept) -> None:
        self._of = app
        self._env = app.env
        self._kept = kept
        with suppress_logging():
            self._relations = self._env.collect_relations()
            self._sidebars = Sidebars(self._env) if is_bounded(app) else None
        self._trees: dict[str, str] = {}
        self._images = dict(self._image_names())

    def digests(self) -> dict[str, str]:
        """What each page shows."""
        references = domain_of(self._env).references
        wanted = set().union(*references.values())
        found = answers(self._of, wanted)
        everywhere = digest([*self._indices()])
        return {
            docname: digest(
                [everywhere, *self._frame(docname), *sorted(found[one] for one in references.get(docname, ()))]
            )
            for docname in self._env.found_docs
        }

    def _frame(self, docname: str) -> Iterator[object]:
        yield self._kept.stamps.get(docname, "")
        yield self._neighbours(docname)
        yield self._beside(docname)
        yield [self._tree(below) for below in self._env.toctree_includes.get(docname, ())]
        yield self._images.get(docname, [])

    def _beside(self, docname: str) -> object:
        """What the sidebar of a page shows: the tree of the whole site, or on large sites a part of it."""
        if self._sidebars:
            return self._sidebars.of(docname)
        return self._tree(self._env.config.root_doc)

    def _neighbours(self, docname: str) -> list[tuple[str, str]]:
        """The pages above, before and after, with their titles."""
        parent, before, after = self._relations.get(docname, [None, None, None])
        found = [before, after]
        while parent and parent not in found[2:]:
            found.append(parent)
            parent = self._relations.get(parent, [None])[0]
        return [(name or "", self._outline(name or "")[0]) for name in found]

    def _outline(self, docname: str) -> Outline:
        return self._kept.outlines.get(docname, ("", ""))

    def _tree(self, docname: str) -> str:
        """The headings of a page and of all pages below it, with their numbers."""
        if docname not in self._trees:
            self._trees[docname] = ""  # of a page that is below itself
            numbers = self._env.toc_secnumbers.get(docname, {})
            below = [self._tree(one) for one in self._env.toctree_includes.get(docname, ())]
            self._trees[docname] = digest([docname, self._outline(docname)[1], str(numbers), below])
        return self._trees[docname]

    def _image_names(self) -> Mapping[str, list[str]]:
        """The names of images that are not those of their files."""
        names: dict[str, list[str]] = {}
        for path, (docnames, name) in self._env.images.items():
            if name != PurePath(path).name:
                for docname in docnames:
                    names.setdefault(docname, []).append(f"{path} {name}")
        return names

    def _indices(self) -> Iterator[str]:
        """The indices of domains that every page's head names, because they have entries."""
        for domain in self._env.domains.sorted():
            for index in domain.indices:
                if index(domain).generate()[0]:
                    yield f"{domain.name}-{index.name}"
