"""What is changed in the variables of a site's pages (``html-page-context``), in its order. Write phase."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..environment.project import report_collected
from .accessible import level_captions
from .derived import mark_derived
from .edit_links import point_at_record
from .navigation import Navigation
from .notfound import fill_page
from .page_title import escape_title
from .sidebar import add_picker


def change_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: what themes and other extensions shall find."""
    report_collected(app, pagename, templatename, context, doctree)
    for change in (mark_derived, add_picker, point_at_record, fill_page):
        change(app, pagename, templatename, context, doctree)


def setup(app: Sphinx) -> None:
    """Connect before, beside and behind the listeners of the theme."""
    navigation = Navigation()

    def finish_page(app: Sphinx, *page: Any) -> None:
        for change in (navigation.finish, level_captions, escape_title):
            change(app, *page)

    app.connect("html-page-context", navigation.replace, priority=400)  # before the theme asks for its tree
    app.connect("html-page-context", change_page)
    app.connect("html-page-context", finish_page, priority=900)  # when the theme has made its tree and its title
