"""The Markdown of records becomes nodes, on MyST and reStructuredText pages alike.

Runs in the read phase. Whatever is said about the text is said at its own line of the record, and what records may not
contain (reported when the data were loaded) is shown as plain text.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.warnings_ import MystWarnings
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from ..catalogue.prose import SAFE_DIRECTIVES, UNSAFE_ROLES, Prose, is_safe_link, misspelt_role
from .markdown import MarkdownParser

logger = logging.getLogger(__name__)

UNSAFE_EXTENSIONS = {
    *("substitution", "html_admonition", "html_image"),
    *("attrs_block", "attrs_image", "attrs_inline"),
    *("amsmath", "dollarmath"),
}
"""Syntax of MyST that runs templates, reads HTML, sets options of code blocks, or hands text to TeX."""


class RecordRenderer(SphinxRenderer):
    """MyST's renderer with nothing in it that untrusted text could misuse."""

    def create_warning(
        self,
        message: str,
        subtype: MystWarnings | str,
        *,
        wtype: str | None = None,
        line: int | None = None,
        append_to: nodes.Element | None = None,
    ) -> None:
        """Warn at the line of the record (MyST itself would name the page)."""
        name = subtype.value if isinstance(subtype, MystWarnings) else subtype
        location = f"{self.document['source']}:{line or ''}"
        logger.warning(message, type=wtype or "myst", subtype=name, location=location)

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.Text(token.content))

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.paragraph("", token.content.strip()))

    def render_image(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.Text(token.content))

    def render_heading(self, token: SyntaxTreeNode) -> None:
        with self.current_node_context(nodes.paragraph(), append=True):
            self.render_children(token)

    def render_link(self, token: SyntaxTreeNode) -> None:
        if is_safe_link(str(token.attrGet("href") or "")):
            super().render_link(token)
        else:
            self.render_children(token)

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        name = str(token.meta["name"])
        if name.lower() in UNSAFE_ROLES or misspelt_role(name):
            self.current_node.append(nodes.literal("", token.content))
        else:
            super().render_myst_role(token)

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.literal_block(token.content, token.content))

    def render_directive(self, token: SyntaxTreeNode, name: str, arguments: str, **options: Any) -> None:
        unsafe = name not in SAFE_DIRECTIVES or re.search(r"^\s*:(file|url|input):", token.content, re.MULTILINE)
        if unsafe:
            self.current_node.append(nodes.literal_block(token.content, token.content))
        else:
            super().render_directive(token, name, arguments, **options)


class ProseParser:
    """Parses the prose of records for one page; one Markdown parser serves them all."""

    def __init__(self, env: BuildEnvironment, document: nodes.document) -> None:
        config = restricted(env.myst_config)  # type: ignore[attr-defined]
        self._parser = MarkdownParser(document, config, RecordRenderer)

    def parse(self, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a text."""
        return self._parser.blocks(prose.text, prose.path, prose.line)


def restricted(config: MdParserConfig) -> MdParserConfig:
    """The site's MyST configuration without what records may not use."""
    return config.copy(enable_extensions=set(config.enable_extensions) - UNSAFE_EXTENSIONS)
