"""Passages are made once for all pages that a process reads, quotation marks included. Runs in the read phase."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxSmartQuotes

from ..render.passage import Passage, can_be_sealed, seal


class Sealed(NamedTuple):
    """What a passage is made of; as a node it would take four times the room."""

    blocks: bytes
    words: tuple[str, ...]
    sources: tuple[str, ...]

    def node(self) -> Passage:
        """The passage for one page."""
        return Passage("", blocks=self.blocks, words=[*self.words], sources=[*self.sources], numbers={})


Build = Callable[[], Iterable[nodes.Node]]


class Passages:
    """The passages that were made, by what they show."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._kept: dict[tuple[int, ...], tuple[tuple[object, ...], Sealed | None]] = {}
        self._seals = not _needs_each_text(env)

    def passage(self, document: nodes.document, shown: tuple[object, ...], build: Build) -> list[nodes.Node]:
        """A passage that shows these objects of the catalogue; its blocks as they are, when they depend on the page.

        The objects are known by their identity: they are frozen, and kept here as long as their passage.
        """
        if not self._seals:
            return list(build())
        key = tuple(map(id, shown))
        found = self._kept.get(key)
        if found is None:
            blocks = list(build())
            sealed = _seal(document, blocks) if can_be_sealed(blocks) else None
            self._kept[key] = shown, sealed
            return [sealed.node()] if sealed else blocks
        return list(build()) if found[1] is None else [found[1].node()]


def _seal(document: nodes.document, blocks: list[nodes.Node]) -> Sealed:
    """Seal blocks after the one transform of the read phase that changes plain text."""
    fragment = nodes.document(document.settings, document.reporter)
    fragment += nodes.entry("", *blocks)
    SphinxSmartQuotes(fragment, startnode=None).apply()
    passage = seal(fragment[0].children)
    return Sealed(passage["blocks"], tuple(passage["words"]), tuple(passage["sources"]))


def _needs_each_text(env: BuildEnvironment) -> bool:
    """Whether something looks at each text when pages are read: translations replace them, catalogues of messages count them."""
    folders = (Path(env.srcdir) / folder / env.config.language for folder in env.config.locale_dirs)
    return bool(env.versioning_condition) or any(folder.is_dir() for folder in folders)
