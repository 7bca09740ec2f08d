"""MyST on any page: text that comes from another file than the page becomes nodes that name that file as their source."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig, TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.sphinx_ext.main import setup_sphinx
from myst_parser.warnings_ import MystWarnings, create_warning
from sphinx.application import Sphinx

from ..catalogue.markdown import escaped
from ..components.node_helpers import text as plain


class ReusedRenderer(SphinxRenderer):
    """Renders one document after another: from the second on MyST makes no document in vain, which takes a millisecond."""

    _is_set_up = False

    def setup_render(self, options: dict[str, Any], env: MutableMapping[str, Any]) -> None:
        """Point the renderer at the document in the options."""
        if not self._is_set_up:
            super().setup_render(options, env)
            self._is_set_up = True
        self.md_env = env
        self.document = self.current_node = options["document"]
        self.reporter = self.document.reporter
        self._heading_offset, self._heading_slugs = 0, {}
        self._level_to_section = {0: self.document}


class MarkdownParser:
    """Parses texts for any document of a site, MyST or reStructuredText; runs in the read phase."""

    def __init__(self, config: MdParserConfig, renderer: type[ReusedRenderer] = ReusedRenderer) -> None:
        self._markdown: Any = create_md_parser(config, renderer)
        self.renderer: Any = self._markdown.renderer

    def blocks(
        self, document: nodes.document, text: str, path: str, line: int = 1, *, with_sections: bool = False
    ) -> list[nodes.Node]:
        """The block nodes of a text that starts on a line (from 1) of a file.

        ``with_sections``: it has headings, the highest of the second level.
        """
        holder: Any = nodes.section() if with_sections else nodes.Element()
        root: dict[str, Any] = {"temp_root_node": holder, "heading_offset": -1} if with_sections else {}
        self.renderer.setup_render({**self._markdown.options, "document": document}, {})
        with reading_from(document, path), self.renderer.current_node_context(holder):
            if with_sections:  # MyST has no other way to start below the document
                self.renderer._level_to_section = {0: holder}  # noqa: SLF001
            self.renderer.nested_render_text(text, line - 1, **root)
        return list(holder.children)

    def titled(self, document: nodes.document, text: str, title: str) -> None:
        """Parse a page that has no heading of the first level: it gets the title, which no parser sees."""
        options, state = {**self._markdown.options, "document": document}, dict[str, Any]()
        tokens = self._markdown.parse(text, state)
        first = int(bool(tokens) and tokens[0].type == "front_matter")
        words = Token("inline", "", 0, map=[0, 1], content=title, children=[Token("text", "", 0, content=title)])
        opening = Token("heading_open", "h1", 1, map=[0, 1], markup="#")
        tokens[first:first] = [opening, words, Token("heading_close", "h1", -1, markup="#")]
        self.renderer.render(tokens, options, state)
        heading = next(document.findall(nodes.title))
        heading.rawsource, heading[:] = escaped(title), [plain(title)]


def page_config(document: nodes.document, text: str) -> MdParserConfig:
    """The site's MyST configuration with what the front matter changes."""
    config: MdParserConfig = document.settings.env.myst_config

    def warn(type_: MystWarnings, message: str) -> None:
        create_warning(document, message, type_, line=1, append_to=document)

    try:
        top = read_topmatter(text)
    except TopmatterReadError:  # reported when it is rendered
        return config
    return merge_file_level(config, top, warn) if top else config


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
