"""A title of a record in the variables of a theme. The theme sphinx-book-theme writes one of them as if it were HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..environment.project import project_of


def escape_title(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``, behind the theme, which puts the words of the title into ``pagetitle``."""
    words = context.get("pagetitle")
    if project_of(app.env).virtual(pagename) and words == app.env.titles[pagename].astext():
        context["pagetitle"] = escape(words)
