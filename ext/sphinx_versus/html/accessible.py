"""A repair for screen readers: the captions of Sphinx's tables of contents are headings without a level.

Runs in the write phase, after the theme has made its navigation.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

NAVIGATION = "furo_navigation_tree"
"""The variable in which Furo keeps its finished navigation."""


def level_captions(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: give the captions a level, which a heading must have."""
    if isinstance(tree := context.get(NAVIGATION), str):
        context[NAVIGATION] = tree.replace('role="heading">', 'role="heading" aria-level="2">')
