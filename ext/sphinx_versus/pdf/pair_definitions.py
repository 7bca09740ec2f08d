"""The definitions of the sides of a comparison in their colours, those of two beside each other, as neither comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..components.node_helpers import card
from .cards import DEFINITIONS


class PairDefinitions(SphinxPostTransform):
    """Put definitions that follow each other into one container, for the PDF only."""

    default_priority = 720
    formats = ("typst",)

    def run(self, **kwargs: Any) -> None:
        for section in list(self.document.findall(nodes.section)):
            found = [*_runs(section)]
            for first, *others in (run for run in found if len(run) > 1):
                section.replace(first, card(first, *others, classes=[DEFINITIONS]))
                for other in others:
                    section.remove(other)


def _runs(section: nodes.section) -> Iterator[list[nodes.Element]]:
    """The definitions that follow each other without anything between them."""
    run: list[nodes.Element] = []
    for child in section.children:
        if isinstance(child, nodes.comment):
            continue
        if isinstance(child, nodes.container) and "versus-technology" in child["classes"]:
            run.append(child)
        else:
            yield run
            run = []
    yield run


def setup(app: Sphinx) -> None:
    """Register the post-transform."""
    app.add_post_transform(PairDefinitions)
