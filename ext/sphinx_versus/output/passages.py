"""Passages become what the format needs: HTML that is written once for all pages, or their blocks in any other format.

Runs in the write phase.
"""

from __future__ import annotations

import re
import zlib
from hashlib import blake2b
from typing import Any, NamedTuple, cast

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from ..render.passage import FAST, Number, Passage
from ..site.own_pages import connect_on_own_pages
from .html_table import mark_exact
from .lean import lighten_part

SLOT = re.compile("\ue000(\\d+)([la])\ue001")
"""Where the label or the anchor of a source stands in HTML that is written for all pages (characters of private use)."""


class raw(nodes.Special, nodes.Inline, nodes.Element):  # noqa: N801 (translators choose their method by this name)
    """A passage as HTML. Unlike docutils' own node it contains its words, so the search reads them and no tags."""

    def astext(self) -> str:
        """The HTML, as of any ``raw`` node."""
        return str(self.get("html", ""))


class WordPassages(SphinxPostTransform):
    """For HTML, put the words of a passage in its place, before anything else looks at the page."""

    default_priority = 1
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for passage in list(self.document.findall(Passage)):
            passage.replace_self(raw("", nodes.Text(passage.astext()), format="html", passage=passage))


class OpenPassages(SphinxPostTransform):
    """For any other format, put the blocks of a passage in its place."""

    default_priority = 2

    def run(self, **kwargs: Any) -> None:
        for passage in list(self.document.findall(Passage)):
            passage.replace_self(passage.open())


class Place(NamedTuple):
    """What translators look at around a block: in which node it stands, and whether it is the only one there."""

    parent: type[nodes.Element]
    alone: bool

    def around(self, blocks: list[nodes.Node]) -> nodes.Element:
        """Such a node with the blocks in it."""
        return self.parent("", *blocks, *([] if self.alone else [nodes.comment()]))


class PassageWriter:
    """Writes passages by the translator of the site, each only once for all pages."""

    def __init__(self) -> None:
        self._kept: dict[tuple[bytes, Place], bytes] = {}

    def write(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: give the passages of a page their HTML."""
        for node in list(doctree.findall(raw)):
            if isinstance(app.builder, StandaloneHTMLBuilder):
                node["html"] = self._html(app.builder, node["passage"], node.parent)
            else:
                node.replace_self(node["passage"].open())

    def _html(self, builder: StandaloneHTMLBuilder, passage: Passage, parent: nodes.Element) -> str:
        """The HTML of a passage with the numbers of its page."""
        place = Place(type(parent), alone=len(parent) == len(passage["words"]) == 1)
        sources, numbers = passage["sources"], passage["numbers"]
        if len(numbers) < len(sources) or "\ue000" in passage.astext():
            return _written(builder, passage, place)
        key = blake2b(passage["blocks"], digest_size=16).digest(), place
        if key not in self._kept:
            self._kept[key] = zlib.compress(_written(builder, _with_slots(passage), place).encode(), FAST)
        written = zlib.decompress(self._kept[key]).decode()
        return SLOT.sub(lambda slot: _value(numbers[sources[int(slot[1])]], slot[2]), written)


def _with_slots(passage: Passage) -> Passage:
    """The same passage with slots in the place of labels and anchors."""
    slotted = passage.copy()
    slots = ((id_, f"\ue000{place}") for place, id_ in enumerate(passage["sources"]))
    slotted["numbers"] = {id_: Number(f"{slot}l\ue001", f"{slot}a\ue001") for id_, slot in slots}
    return slotted


def _value(number: Number, which: str) -> str:
    return number.label if which == "l" else number.anchor


def _written(builder: StandaloneHTMLBuilder, passage: Passage, place: Place) -> str:
    document = new_document("", builder.docsettings)
    blocks = passage.open()
    document += place.around(blocks)
    mark_exact(document)
    lighten_part(document)
    translator = cast(HTML5Translator, builder.create_translator(document, builder))
    for block in blocks:
        block.walkabout(translator)
    return "".join(translator.body)


def setup(app: Sphinx) -> None:
    """Register the post-transforms, and connect when everything is in its place."""
    app.add_post_transform(WordPassages)
    app.add_post_transform(OpenPassages)
    connect_on_own_pages(app, PassageWriter().write, priority=900)
