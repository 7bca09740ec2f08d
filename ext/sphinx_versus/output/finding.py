"""What the site's search reads and shows around a hit. Runs in the write phase, for HTML only.

The search shows the text of a page as it stands in the file, also where the style sheet sets words apart.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx


def part_words(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: the name of a column does not run into the value that stands below it."""
    if app.builder.format == "html":
        for label in list(doctree.findall(nodes.inline)):
            if "versus-cell-label" in label["classes"]:
                label.append(nodes.Text(" "))


def setup(app: Sphinx) -> None:
    """Connect behind what names the columns."""
    app.connect("doctree-resolved", part_words, priority=600)
