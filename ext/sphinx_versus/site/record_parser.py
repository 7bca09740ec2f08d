"""The source parser of virtual pages: a record becomes MyST text, and MyST's own parser does the rest."""

from __future__ import annotations

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser

from ..catalogue import query
from .dependencies import ask
from .pages import OWN_TEMPLATES, page_text, template_path
from .project import FILETYPE, project_of


class RecordParser(MystParser):
    """Parses the page that a record stands for; the text of the file itself was read when the catalogue was loaded."""

    supported = (FILETYPE,)  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Put the page's nodes into the document."""
        env = document.settings.env
        project = project_of(env)
        page = project.virtual(env.docname)
        if page is None or document["source"] != str(page.source):
            super().parse(inputstring, document)  # a YAML file that a site takes for a document, or a translated text
            return
        template = template_path(page.kind, project.settings)
        if (
            template.parent != OWN_TEMPLATES
        ):  # of our own the makers of pages know; a site's pages are as new as its files
            env.note_dependency(template)
        parts = ask(env, query.outline, page.kind, page.id)
        super().parse(page_text(project.settings, page.kind, parts), document)
