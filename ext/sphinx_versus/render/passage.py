"""A passage: blocks that are the same on every page that shows them, but for the numbers of their sources.

The answer in a cell stands on the page of its technology and on those of all its comparisons. While pages are read it is one
node, so that nothing looks at its insides again and again; when a page is written it becomes its blocks, or their HTML.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docutils import nodes

from .parts import SOURCE_MARK, text

PLAIN = (
    *(nodes.paragraph, nodes.Text, nodes.emphasis, nodes.strong, nodes.literal, nodes.inline),
    *(nodes.bullet_list, nodes.enumerated_list, nodes.list_item),
)
"""Nodes that mean the same on every page; others may be noted in the document or depend on its place."""

FAST = 1
"""The level of compression."""


class Number(NamedTuple):
    """The number of a source on a page: as readers see it, ``[3]``, and the anchor of its entry in the list."""

    label: str
    anchor: str


class Passage(nodes.General, nodes.Element):
    """Blocks in a sealed form. It never reaches a writer.

    ``blocks`` are the nodes, pickled and compressed: they would be most of what is kept of a page. ``words`` are the texts of
    the blocks, ``sources`` the ids of the marked sources in their order, ``numbers`` their numbers once the page is finished.
    """

    def astext(self) -> str:
        """The words of all blocks."""
        return "\n\n".join(self["words"])

    def open(self) -> list[nodes.Node]:
        """The blocks; the marks of sources without a number are gone."""
        blocks: list[nodes.Node] = pickle.loads(zlib.decompress(self["blocks"]))  # noqa: S301 (made by :func:`seal`)
        for block in blocks:
            for mark in list(marks_in(block)):
                point_at(mark, self["numbers"].get(mark.attributes.pop(SOURCE_MARK)))
        return blocks


def can_be_sealed(blocks: Iterable[nodes.Node]) -> bool:
    """Whether blocks are the same on every page, their source marks aside."""
    return all(_is_plain(node) for block in blocks for node in block.findall())


def _is_plain(node: nodes.Node) -> bool:
    if isinstance(node, nodes.reference):
        return SOURCE_MARK in node
    return isinstance(node, PLAIN) and not (isinstance(node, nodes.Element) and (node["ids"] or node["names"]))


def seal(blocks: Iterable[nodes.Node]) -> Passage:
    """One node for the blocks, which must not be used any more."""
    blocks = list(blocks)
    sources = dict.fromkeys(mark[SOURCE_MARK] for block in blocks for mark in marks_in(block))
    words = [block.astext() for block in blocks]
    for block in blocks:
        block.parent = None
        for node in block.findall():
            node.document = None  # type: ignore[assignment] # else all of it would be pickled
    pickled = zlib.compress(pickle.dumps(blocks, pickle.HIGHEST_PROTOCOL), FAST)
    return Passage("", blocks=pickled, words=words, sources=[*sources], numbers={})


def marks_in(block: nodes.Node) -> Iterator[nodes.reference]:
    """The source marks that have no number yet."""
    return (node for node in block.findall(nodes.reference) if SOURCE_MARK in node)


def point_at(mark: nodes.reference, number: Number | None) -> None:
    """Let a mark lead to its entry in the list of sources; a mark without one goes."""
    if number is None:
        mark.parent.remove(mark)
    else:
        mark["refid"] = number.anchor
        mark.append(text(number.label))
