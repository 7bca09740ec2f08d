"""The body of a virtual page on another page: its template's text, parsed as MyST on any page."""

from __future__ import annotations

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from .dependencies import ask
from .pages import body_text, template_path
from .project import project_of
from .prose import reading_from


def parse_page_body(env: BuildEnvironment, document: nodes.document, kind: str, id_: str) -> list[nodes.Node]:
    """Blocks and sections of the page of a record, without its title."""
    project = project_of(env)
    template = template_path(kind, project.settings)
    env.note_dependency(template)
    parser = create_md_parser(env.myst_config, SphinxRenderer)  # type: ignore[attr-defined]
    parser.options["document"] = document
    renderer = parser.renderer
    assert isinstance(renderer, SphinxRenderer)
    renderer.setup_render(parser.options, {})
    holder = nodes.section()
    renderer._level_to_section = {0: holder}
    text = body_text(project.settings, kind, ask(env, query.outline, kind, id_))
    with reading_from(document, str(template)), renderer.current_node_context(holder):
        renderer.nested_render_text(text, 0, temp_root_node=holder, heading_offset=-1)
    return list(holder.children)
