"""The links "edit this page" and "view this page" of a page made from a record lead to the record.

Themes based on sphinx-basic-ng (Furo among them) join an address, a folder and the page's name, which is no file here. So
they get the finished address; a hub, which is made from a template of ours, gets no link. Runs in the write phase.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..environment.project import project_of

SERVICES: Mapping[str, Mapping[str, str]] = {
    "https://github.com/": {"edit": "{0}/edit/{1}/{2}", "view": "{0}/blob/{1}/{2}?plain=true"},
    "https://gitlab.com/": {"edit": "{0}/-/edit/{1}/{2}", "view": "{0}/blob/{1}/{2}"},
    "https://bitbucket.org/": {"edit": "{0}/src/{1}/{2}?mode=edit&at={1}", "view": "{0}/src/{1}/{2}"},
}
"""How sphinx-basic-ng makes an address of repository, branch and path."""


def point_at_record(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: replace the addresses, for virtual pages only."""
    page = project_of(app.env).virtual(pagename)
    if page is None:
        return
    below = Path(os.path.relpath(page.source, app.srcdir)).as_posix() if page.is_record else ""
    links = {action: below and _address(context, action, below) for action in ("edit", "view")}
    for action, address in links.items():
        context[f"theme_source_{action}_link"] = address.replace("{", "{{").replace("}", "}}")
    context["theme_source_repository"] = ""


def _address(context: Mapping[str, Any], action: str, below: str) -> str:
    """The address of a file, given by its path below the source folder; an empty text when nobody knows it."""
    if pattern := context.get(f"theme_source_{action}_link"):
        before, _, after = str(pattern).partition("{filename}")
        scheme, _, rest = before.rpartition("://")
        return f"{scheme}://{posixpath.normpath(rest + below)}{after}"
    repository = str(context.get("theme_source_repository") or "").rstrip("/")
    path = posixpath.normpath(posixpath.join(context.get("theme_source_directory") or "", below))
    service = next((found for start, found in SERVICES.items() if repository.startswith(start)), None)
    if service is None or path.startswith("../"):
        return ""
    return service[action].format(repository, context.get("theme_source_branch"), path)
