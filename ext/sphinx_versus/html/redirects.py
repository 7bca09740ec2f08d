"""Redirects from old and alternative addresses of pages to the pages, written when a build of a web site is finished.

They are plain files beside the pages and not documents: they have no theme and are in neither search nor sitemap, and ten thousand
of them cost little.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from ..catalogue.published import Redirect, kept_addresses, other_addresses, reversed_id
from ..components.i18n import _, tag
from ..components.node_helpers import TABLE
from ..environment.domain import Shown, domain_of, showing_only
from ..environment.project import VersusProject, has_pages, project_of
from ..environment.virtual_pages import FileNames

REDIRAFFE = "sphinxext.rediraffe"
"""An extension that writes no redirect where there is a file, and reports it as a mistake."""

PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{canonical}">
<title>{title}</title>
</head>
<body>
<p>{words} <a href="{address}">{title}</a></p>
</body>
</html>
"""


def remove_redirects(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: remove the redirects of the last build where they are in the way of another extension's."""
    if REDIRAFFE in app.extensions and not exception:
        own_files = project_of(app.env).own_files
        for name in own_files.before:
            if name.endswith(".html"):
                own_files.remove(name)


def write_redirects(app: Sphinx) -> None:
    """Write the redirects; a page of the site takes precedence, and of two redirects with one address the first."""
    builder, project, names = app.builder, project_of(app.env), FileNames(app)
    if not isinstance(builder, StandaloneHTMLBuilder) or not has_pages(builder):
        return
    taken = {"", *map(names.key, app.env.found_docs), *names.of_sphinx}
    pages = {}
    for redirect in _redirects(project):
        docname = project.settings.docname(redirect.type, redirect.old)
        home = domain_of(app.env).home((TABLE if redirect.only else redirect.type, redirect.new))
        if names.key(docname) not in taken and home:
            taken.add(names.key(docname))
            file = Path(builder.get_outfilename(docname)).relative_to(builder.outdir).as_posix()
            pages[file] = _page(builder, docname, *home, redirect.only)
    project.own_files.announce(pages)
    for file, page in pages.items():
        project.own_files.write(file, page.encode())


def _redirects(project: VersusProject) -> Iterator[Redirect]:
    """All redirects of a site; those in the data come before those that follow from ids."""
    kept = list(kept_addresses(project.catalogue))
    yield from kept
    if project.settings.reversed_pairs:
        yield from other_addresses(project.catalogue)
        for redirect in kept:
            if redirect.type == "comparison" and (old := reversed_id(redirect.old)):
                yield redirect._replace(old=old)


def _page(builder: StandaloneHTMLBuilder, old: str, docname: str, shown: Shown, only: tuple[str, ...]) -> str:
    address = builder.get_relative_uri(old, docname) + (f"#{shown.anchor}" if shown.anchor else "")
    base = builder.config.html_baseurl
    values = {
        "language": tag(builder.config.language or "en"),
        "words": _("This page has another address:"),
        "address": showing_only(builder, address, only),
        "canonical": f"{base.rstrip('/')}/{builder.get_target_uri(docname)}" if base else address,
        "title": shown.name,
    }
    return PAGE.format(**{name: html.escape(value) for name, value in values.items()})
