"""The source parser of virtual pages: a title of plain text over the MyST text that a record becomes."""

from __future__ import annotations

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.prose import Prose
from ..components.node_helpers import emphasis, paragraph, title
from ..problems import Place, internal
from .dependencies import ask
from .markdown import MarkdownParser, ReusedRenderer, page_config
from .pages import OWN_TEMPLATES, VirtualPage, page_layout, page_text, template_path
from .project import FILETYPE, project_of
from .reporting import report


class RecordParser(MystParser):
    """Parses the page that a record stands for; the text of the file itself was read when the catalogue was loaded."""

    supported = (FILETYPE,)  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Put the page's nodes into the document; a page that cannot be made is a problem, and the others are made."""
        env = document.settings.env
        page = project_of(env).virtual(env.docname)
        if page is None:
            super().parse(inputstring, document)  # a page that is not made any more
            return
        if document["source"] != str(page.source):
            _parse_translation(env, page, inputstring, document)
            return
        try:
            self._parse_page(env, page, document)
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this page only)
            problem = internal(Place(str(page.source)), f'the page "{page.docname}"', error)
            report(problem)
            document.clear()
            super().parse("", document)  # later steps ask for what MyST notes at the end of a page
            section = _stand_in(page, problem.text)
            document += section
            document.note_implicit_target(section)

    def _parse_page(self, env: BuildEnvironment, page: VirtualPage, document: nodes.document) -> None:
        settings = project_of(env).settings
        template = template_path(page.kind, settings)
        if (
            template.parent != OWN_TEMPLATES
        ):  # the makers of pages know of ours; a page is as new as the files of its site
            env.note_dependency(template)
        outline = ask(env, query.outline, page.kind, page.id)
        text = page_text(settings, page.kind, outline)
        if page_layout(text).heading:
            super().parse(text, document)
        else:
            _page_parser(env, document, text).titled(document, text, outline.title)


def _page_parser(env: BuildEnvironment, document: nodes.document, text: str) -> MarkdownParser[ReusedRenderer]:
    """The parser that all pages have in common, or one of its own for a page whose front matter sets something."""
    config = page_config(document, text)
    if config is env.myst_config:  # type: ignore[attr-defined]
        return project_of(env).page_parser(env)
    return MarkdownParser(config, ReusedRenderer)


def _parse_translation(env: BuildEnvironment, page: VirtualPage, text: str, document: nodes.document) -> None:
    """The translation of one text: it comes from a record, so it may have what records may. Sphinx underlines titles."""
    words, _, line = text.rpartition("\n")
    is_title = bool(line) and not line.strip("=")
    blocks = project_of(env).prose_parser(env).parse(document, Prose(words if is_title else text, str(page.source)))
    if is_title:
        parts = [child for block in blocks[:1] for child in block.children]
        blocks = [nodes.section("", nodes.title("", "", *parts))]
    document += blocks


def _stand_in(page: VirtualPage, problem: str) -> nodes.section:
    """What is shown of a page that cannot be made."""
    remark = paragraph(emphasis(problem), classes=["versus-problem"])
    return nodes.section("", title(page.id or page.docname), remark, names=[page.docname])
