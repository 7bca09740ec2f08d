"""What only web pages of derived pairs have: search engines stay away, and there is no source to look at. Runs in the write phase."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..environment.output_files import makes_web_pages
from ..environment.project import project_of


def mark_derived(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: tell search engines, and offer no copy of a template as the source of the page."""
    project = project_of(app.env)
    page = project.virtual(pagename)
    if page is None or page.kind != "pair" or not makes_web_pages(app.builder):
        return
    context["sourcename"], context["has_source"] = "", False
    if robots := project.settings.derived_pairs_robots:
        context["metatags"] = f'{context.get("metatags", "")}\n<meta name="robots" content="{escape(robots)}" />'
