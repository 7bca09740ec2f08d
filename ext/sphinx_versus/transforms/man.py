"""Manual pages: no cells that span columns, no links within the page, no paragraphs that run together. Write phase.

On pages that show something of Versus; those of the site stay as Sphinx writes them.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..environment.own_pages import own_elements


class SplitGroupRows(SphinxPostTransform):
    """Replace the span of a group's heading by empty cells."""

    default_priority = 700
    builders = ("man",)

    def run(self, **kwargs: object) -> None:
        for entry in list(self.document.findall(nodes.entry)):
            if "versus-group" in entry["classes"]:
                columns = entry.attributes.pop("morecols", 0)
                entry.parent.extend(nodes.entry("") for _ in range(columns))


class PlainReferences(SphinxPostTransform):
    """Keep the words of references to other places of the site: their addresses would show as ``<>`` or ``<#anchor>``."""

    default_priority = 700
    builders = ("man",)

    def run(self, **kwargs: object) -> None:
        for reference in own_elements(self.env, self.document, nodes.reference):
            if ":" not in reference.get("refuri", ""):
                _unwrap(reference)


class OpenContainers(SphinxPostTransform):
    """Take paragraphs out of containers: the first one in each would go on in the line before it."""

    default_priority = 710
    builders = ("man",)

    def run(self, **kwargs: object) -> None:
        for container in own_elements(self.env, self.document, nodes.container):
            _unwrap(container)


def _unwrap(node: nodes.Element) -> None:
    """Put what is in a node in its place; ids and classes mean nothing here."""
    place = node.parent.index(node)
    node.parent[place : place + 1] = node.children


def setup(app: Sphinx) -> None:
    """Register the post-transforms."""
    for transform in (SplitGroupRows, PlainReferences, OpenContainers):
        app.add_post_transform(transform)
