"""MyST on any page: text that comes from another file than the page becomes nodes that name that file as their source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser


class MarkdownParser:
    """Parses texts for one document, which may be a MyST or a reStructuredText page; runs in the read phase."""

    def __init__(
        self, document: nodes.document, config: MdParserConfig, renderer: type[SphinxRenderer] = SphinxRenderer
    ) -> None:
        self._document = document
        markdown: Any = create_md_parser(config, renderer)
        markdown.options["document"] = document
        self._renderer: SphinxRenderer = markdown.renderer
        self._renderer.setup_render(markdown.options, {})

    def blocks(self, text: str, path: str, line: int = 1) -> list[nodes.Node]:
        """The block nodes of a text that starts on a line (from 1) of a file."""
        holder = nodes.Element()
        with self._rendering(path, holder) as renderer:
            renderer.nested_render_text(text, line - 1)
        return list(holder.children)

    def sections(self, text: str, path: str) -> list[nodes.Node]:
        """Blocks and sections of a text whose highest headings are of the second level."""
        holder = nodes.section()
        with self._rendering(path, holder) as renderer:
            renderer._level_to_section = {0: holder}  # noqa: SLF001 (MyST has no other way to start below the document)
            renderer.nested_render_text(text, 0, temp_root_node=holder, heading_offset=-1)
        return list(holder.children)

    @contextmanager
    def _rendering(self, path: str, holder: nodes.Element) -> Iterator[SphinxRenderer]:
        self._renderer.md_env = {}  # no text knows the link definitions of another one
        with reading_from(self._document, path), self._renderer.current_node_context(holder):
            yield self._renderer


@contextmanager
def reading_from(document: nodes.document, path: str) -> Iterator[None]:
    """Have every node and message made inside name this file as its source."""
    reporter: Any = document.reporter
    before = document["source"], getattr(reporter, "get_source_and_line", None)
    document["source"] = path or before[0]
    reporter.get_source_and_line = lambda line=None: (document["source"], line)
    try:
        yield
    finally:
        document["source"] = before[0]
        if before[1] is None:
            del reporter.get_source_and_line
        else:
            reporter.get_source_and_line = before[1]
