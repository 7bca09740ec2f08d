"""The Markdown of records becomes nodes, on MyST and reStructuredText pages alike.

Runs in the read phase. Whatever is said about the text is said at its own line of the record, and what records may not
contain (reported when the data were loaded) is shown as plain text.
"""

from __future__ import annotations

import pickle
import re
from typing import Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.warnings_ import MystWarnings
from sphinx.util import logging

from ..catalogue.prose import SAFE_DIRECTIVES, UNSAFE_ROLES, Prose, is_safe_link, misspelt_role
from ..components.prose import is_plain
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
    """Parses the prose of records for all pages that one process reads.

    A misconception stands on the page of its technology and on those of all of its comparisons. So the nodes of plain texts are
    kept, pickled, which is several times faster to copy than parsing or a deep copy; but only when a text is asked for a second
    time, for most of them stand on one page.
    """

    def __init__(self, config: MdParserConfig) -> None:
        self._parser = MarkdownParser(restricted(config), RecordRenderer)
        self._kept: dict[tuple[str, str, int], bytes] = {}
        self._met: set[int] = set()

    def parse(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a text."""
        key = prose.text, prose.path, prose.line
        if kept := self._kept.get(key):
            blocks: list[nodes.Node] = pickle.loads(kept)  # noqa: S301 (pickled below, in this process)
            return blocks
        blocks = self._parser.blocks(document, *key)
        for block in blocks:
            block.parent = None
            _join_texts(block)
        if hash(key) not in self._met:
            self._met.add(hash(key))
        elif is_plain(prose):
            self._kept[key] = pickle.dumps(blocks, pickle.HIGHEST_PROTOCOL)
        return blocks


def _join_texts(block: nodes.Node) -> None:
    """One text node where MyST makes one per line: every later step looks at each node."""
    for paragraph in list(block.findall(nodes.paragraph)):
        joined: list[nodes.Node] = []
        for node in paragraph.children:
            if isinstance(node, nodes.Text) and joined and isinstance(joined[-1], nodes.Text):
                joined[-1] = nodes.Text(joined[-1] + node)
            else:
                joined.append(node)
        if len(joined) < len(paragraph.children):
            paragraph[:] = joined


def restricted(config: MdParserConfig) -> MdParserConfig:
    """The site's MyST configuration without what records may not use."""
    return config.copy(enable_extensions=set(config.enable_extensions) - UNSAFE_EXTENSIONS)
