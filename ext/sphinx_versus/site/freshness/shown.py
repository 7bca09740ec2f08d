"""Everything that a page shows and that is not its own text, as one digest per page. Runs after the read phase.

A page's frame has the titles of its neighbours and of the pages above it, and a sidebar; its lists of contents have the
headings of the pages below it; its references have the words for what they lead to; its images have names that may depend on
other pages' images.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import suppress_logging

from ...catalogue.digest import digest
from ..domain import Kept, Reference, domain_of
from ..navigation import Sidebars, is_bounded
from .references import answers

Outline = tuple[str, str]
"""Digests of a page's title and of its headings."""


def outline(env: BuildEnvironment, docname: str) -> Outline:
    """What other pages may show of a page."""
    titles = [tree[docname].pformat() for tree in (env.titles, env.longtitles) if docname in tree]
    headings = env.tocs[docname].pformat() if docname in env.tocs else ""
    return digest(titles), digest([*titles, headings, env.metadata[docname].get("tocdepth")])


@dataclass
class Frames:
    """What surrounds the text of each page, as a digest per docname; ``state`` is a digest of all that it follows from."""

    state: str = ""
    pages: dict[str, str] = field(default_factory=dict)


def frames_now(app: Sphinx, kept: Kept, before: Frames) -> Frames:
    """The frames of all pages: those of the last build as long as nothing moved of what they follow from."""
    images, indices = _image_names(app.env), [*_indices(app.env)]
    state = digest([_frame_state(app, kept), images, indices])
    if state == before.state:
        return before
    shown = _Framing(app, kept, images, indices)
    return Frames(state, {docname: digest([*shown.of(docname)]) for docname in app.env.found_docs})


def _frame_state(app: Sphinx, kept: Kept) -> str:
    """A digest of what :class:`_Framing` finds in the environment; what is not in it is not noticed when it changes."""
    env = app.env
    lists, numbers = sorted(env.toctree_includes.items()), str(sorted(env.toc_secnumbers.items()))
    return digest([is_bounded(app), sorted(env.found_docs), sorted(kept.outlines.items()), lists, numbers])


def digests(app: Sphinx, kept: Kept, frames: Frames) -> dict[str, str]:
    """What each page shows beside its own text."""
    references = domain_of(app.env).references
    found, stamps = answers(app, set().union(*references.values())), kept.stamps
    return {
        docname: f"{stamps.get(docname, '')} {frames.pages[docname]} {_words(found, references.get(docname, ()))}"
        for docname in app.env.found_docs
    }


def _words(found: Mapping[Reference, int], references: Iterable[Reference]) -> str:
    """What the references of a page show, whatever their order: a sum of digests, which takes no sorting."""
    return f"{sum(map(found.__getitem__, references)):x}"


def _image_names(env: BuildEnvironment) -> Mapping[str, list[str]]:
    """The names of images that are not those of their files, by docname."""
    names: dict[str, list[str]] = {}
    for path, (docnames, name) in env.images.items():
        if name != PurePath(path).name:
            for docname in docnames:
                names.setdefault(docname, []).append(f"{path} {name}")
    return dict(sorted(names.items()))


def _indices(env: BuildEnvironment) -> Iterator[str]:
    """The indices of domains that every page's head names, because they have entries."""
    for domain in env.domains.sorted():
        for index in domain.indices:
            if index(domain).generate()[0]:
                yield f"{domain.name}-{index.name}"


class _Framing:
    """What surrounds the pages of an environment: links to indices and neighbours, a sidebar, the headings of pages below."""

    def __init__(self, app: Sphinx, kept: Kept, images: Mapping[str, list[str]], indices: Sequence[str]) -> None:
        self._env = app.env
        self._kept = kept
        self._images, self._indices = images, indices
        with suppress_logging():
            self._relations = self._env.collect_relations()
            self._sidebars = Sidebars(self._env) if is_bounded(app) else None
        self._trees: dict[str, str] = {}

    def of(self, docname: str) -> Iterator[object]:
        """All that a page shows around its text."""
        yield self._indices
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
