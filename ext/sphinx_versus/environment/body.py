"""The body of a virtual page on another page: its template's text, parsed as MyST on any page."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from .dependencies import ask
from .markdown import MarkdownParser, ReusedRenderer
from .pages import page_layout, page_text, template_path
from .project import project_of


def parse_page_body(env: BuildEnvironment, document: nodes.document, kind: str, id_: str) -> list[nodes.Node]:
    """Blocks and sections of the page of a record, without its title."""
    project = project_of(env)
    settings = project.settings
    if kind == "comparison" and id_ in project.catalogue.derived:
        kind = "pair"
    template = template_path(kind, settings)
    env.note_dependency(template)
    text = page_layout(page_text(settings, kind, ask(env, query.outline, kind, id_))).body
    parser = MarkdownParser(env.myst_config, ReusedRenderer)  # type: ignore[attr-defined]
    return parser.sections(document, text, str(template))
