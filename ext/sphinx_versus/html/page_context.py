"""Changes of the variables of pages, for and after the theme: links to records, titles, picker, navigation. Write phase.

Apart from :mod:`.assets` and :mod:`.metadata` all listeners to ``html-page-context`` are here, in their order.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..environment.output_files import makes_web_pages
from ..environment.project import project_of, report_collected
from ..environment.virtual_pages import VirtualPage
from .navigation import Navigation
from .not_found import fill_not_found
from .picker import add_picker, add_templates

SERVICES: Mapping[str, Mapping[str, str]] = {
    "https://github.com/": {"edit": "{0}/edit/{1}/{2}", "view": "{0}/blob/{1}/{2}?plain=true"},
    "https://gitlab.com/": {"edit": "{0}/-/edit/{1}/{2}", "view": "{0}/blob/{1}/{2}"},
    "https://bitbucket.org/": {"edit": "{0}/src/{1}/{2}?mode=edit&at={1}", "view": "{0}/src/{1}/{2}"},
}
"""The addresses that sphinx-basic-ng makes of repository, branch and path."""


def update_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: set what the theme uses."""
    report_collected(app, pagename, templatename, context, doctree)
    add_picker(app, pagename, context)
    fill_not_found(app, pagename, context, doctree)
    if page := project_of(app.env).virtual(pagename):
        link_to_record(app, page, context)
        if page.kind == "pair" and makes_web_pages(app.builder):
            mark_derived(app, context)


def mark_derived(app: Sphinx, context: dict[str, Any]) -> None:
    """Exclude a derived pair from search engines, and offer no copy of a template as its source."""
    context["sourcename"], context["has_source"] = "", False
    if robots := project_of(app.env).settings.derived_pairs_robots:
        context["metatags"] = f'{context.get("metatags", "")}\n<meta name="robots" content="{escape(robots)}" />'


def link_to_record(app: Sphinx, page: VirtualPage, context: dict[str, Any]) -> None:
    """Link "edit this page" and "view this page" of a virtual page to its record.

    Themes based on sphinx-basic-ng (Furo among them) join an address, a folder and the page's name, which is no file here. So
    they get the finished address; a hub, which is made from a template of ours, gets no link.
    """
    path = Path(os.path.relpath(page.source, app.srcdir)).as_posix() if page.is_record else ""
    addresses = {action: _address(context, action, path) for action in ("edit", "view")}
    for action, address in addresses.items():
        context[f"theme_source_{action}_link"] = address.replace("{", "{{").replace("}", "}}")
    context["theme_source_repository"] = ""


def _address(context: Mapping[str, Any], action: str, path: str) -> str:
    """The address of a file, by its path from the source folder; empty when there is no file or no known service."""
    if not path:
        return ""
    if pattern := context.get(f"theme_source_{action}_link"):
        before, _, after = str(pattern).partition("{filename}")
        scheme, _, rest = before.rpartition("://")
        return f"{scheme}://{posixpath.normpath(rest + path)}{after}"
    repository = str(context.get("theme_source_repository") or "").rstrip("/")
    path = posixpath.normpath(posixpath.join(context.get("theme_source_directory") or "", path))
    service = next((found for start, found in SERVICES.items() if repository.startswith(start)), None)
    if service is None or path.startswith("../"):
        return ""
    return service[action].format(repository, context.get("theme_source_branch"), path)


def escape_title(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Escape the title of a record, which sphinx-book-theme puts into ``pagetitle`` and writes as if it were HTML."""
    title = context.get("pagetitle")
    if project_of(app.env).virtual(pagename) and title == app.env.titles[pagename].astext():
        context["pagetitle"] = escape(title)


def setup(app: Sphinx) -> None:
    """Connect before and after the listeners of the theme."""
    navigation = Navigation()

    def update_after_theme(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
    ) -> None:
        navigation.replace_furo_tree(app, pagename, context)
        escape_title(app, pagename, context)

    app.connect("builder-inited", add_templates)
    app.connect("html-page-context", navigation.replace, priority=400)  # before the theme asks for its tree
    app.connect("html-page-context", update_context)
    app.connect("html-page-context", update_after_theme, priority=900)  # when the theme has made its tree and its title
