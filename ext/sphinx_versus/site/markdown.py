"""MyST on any page: text that comes from another file than the page becomes nodes that name that file as their source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from docutils import nodes
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.sphinx_ext.main import setup_sphinx
from sphinx.application import Sphinx


class MarkdownParser:
    """Parses texts for any document of a site, MyST or reStructuredText; runs in the read phase."""

    def __init__(self, config: MdParserConfig, renderer: type[SphinxRenderer] = SphinxRenderer) -> None:
        self._markdown: Any = create_md_parser(config, renderer)
        self._renderer = cast(SphinxRenderer, self._markdown.renderer)
        self._is_set_up = False

    def blocks(self, document: nodes.document, text: str, path: str, line: int = 1) -> list[nodes.Node]:
        """The block nodes of a text that starts on a line (from 1) of a file."""
        holder = nodes.Element()
        with self._rendering(document, path, holder) as renderer:
            renderer.nested_render_text(text, line - 1)
        return list(holder.children)

    def sections(self, document: nodes.document, text: str, path: str) -> list[nodes.Node]:
        """Blocks and sections of a text whose highest headings are of the second level."""
        holder = nodes.section()
        with self._rendering(document, path, holder) as renderer:
            renderer._level_to_section = {0: holder}  # noqa: SLF001 (MyST has no other way to start below the document)
            renderer.nested_render_text(text, 0, temp_root_node=holder, heading_offset=-1)
        return list(holder.children)

    @contextmanager
    def _rendering(self, document: nodes.document, path: str, holder: nodes.Element) -> Iterator[SphinxRenderer]:
        self._set_up(document)
        with reading_from(document, path), self._renderer.current_node_context(holder):
            yield self._renderer

    def _set_up(self, document: nodes.document) -> None:
        """Point the renderer at a document. Only the first time MyST does it, which makes a document in vain and takes long."""
        if not self._is_set_up:
            self._renderer.setup_render({**self._markdown.options, "document": document}, {})
            self._is_set_up = True
        self._renderer.md_env = {}  # no text knows the link definitions of another one
        self._renderer.document, self._renderer.reporter = document, document.reporter


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


def setup(app: Sphinx) -> None:
    """Have MyST read the texts of records, where neither ``myst_parser`` nor ``myst_nb`` has set it up for a site's own pages.

    Which files are pages is left alone: a file in Markdown is one where the site says so.
    """
    if "myst_enable_extensions" not in app.config:
        setup_sphinx(app)
