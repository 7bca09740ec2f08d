"""Manual pages know no cells that span columns: the heading of a row group gets empty cells beside it."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class SplitGroupRows(SphinxPostTransform):
    """Replace the span of a group's heading by empty cells."""

    default_priority = 700
    builders = ("man",)

    def run(self, **kwargs: object) -> None:
        for entry in list(self.document.findall(nodes.entry)):
            if "versus-group" in entry["classes"]:
                columns = entry.attributes.pop("morecols", 0)
                entry.parent.extend(nodes.entry("") for _ in range(columns))


def setup(app: Sphinx) -> None:
    """Register the post-transform."""
    app.add_post_transform(SplitGroupRows)
