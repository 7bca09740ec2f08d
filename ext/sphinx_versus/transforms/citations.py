"""Source marks that a person wrote on a page become short links. Write phase, for web pages only."""

from __future__ import annotations

from html import escape
from itertools import takewhile
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..components.node_helpers import SOURCE_MARK


class ShortenMarks(SphinxPostTransform):
    """Marks in a row as one superscript, as components write them."""

    default_priority = 980
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for mark in [*self.document.findall(_is_mark)]:
            if mark.parent:  # else an earlier one was followed by it
                parent, at = mark.parent, mark.parent.index(mark)
                marks = list(takewhile(_is_mark, parent[at:]))
                links = "".join(f'<a href="#{escape(one["refid"])}">{escape(one.astext())}</a>' for one in marks)
                parent[at : at + len(marks)] = [nodes.raw("", f"<sup>{links}</sup>", format="html")]
                for one in marks:
                    one.parent = None


def _is_mark(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference) and SOURCE_MARK in node["classes"]


def setup(app: Sphinx) -> None:
    """Register the post-transform."""
    app.add_post_transform(ShortenMarks)
