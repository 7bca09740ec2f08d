"""The "not found" page of a site with sphinx-notfound-page: a search, the comparisons and the hubs.

Runs in the write phase. The page is served at any address, so its links are the absolute ones of sphinx-notfound-page.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..components.i18n import _
from ..environment.domain import domain_of
from ..environment.project import project_of

MOST = 24
"""The most comparisons that are listed."""
BODY = """\
<h1>{title}</h1>
<p>{text}</p>
<form class="versus-search" action="{address}" method="get" role="search">\
<label>{label} <input type="search" name="q" autocomplete="off"></label> <button type="submit">{button}</button></form>"""


def fill_not_found(app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Fill the page with a title, a search and links, unless the site chose its own content."""
    if "notfound.extension" not in app.extensions or pagename != app.config.notfound_pagename or doctree is not None:
        return
    if app.config.notfound_context != app.config.values["notfound_context"].default:
        return
    address, titles, project = context["pathto"], app.env.titles, project_of(app.env)
    homes = (
        (domain_of(app.env).home(("comparison", id_)), title)
        for id_, title in islice(project.catalogue.titles.items(), MOST)
    )
    kinds = ("comparisons", "technologies", "misconceptions", "criteria")
    hubs = [docname for docname in map(project.settings.docname, kinds) if docname in titles]
    texts = {
        "title": _("Page not found"),
        "text": _("There is no page at this address. It may have moved, or the link to it may be wrong."),
        "address": address("search"),
        "label": _("Search this site"),
        "button": _("Search"),
    }
    context["title"] = _("Page not found")
    context["body"] = "\n".join(
        [
            BODY.format(**{name: escape(text) for name, text in texts.items()}),
            *_list(_("Comparisons"), ((address(home[0]), title) for home, title in homes if home)),
            *_list(_("All pages"), ((address(docname), titles[docname].astext()) for docname in hubs)),
        ]
    )


def _list(heading: str, links: Iterable[tuple[str, str]]) -> list[str]:
    """A heading and a list of links, given as address and words; nothing without links."""
    items = "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>' for address, words in links)
    return [f"<h2>{escape(heading)}</h2>", f"<ul>{items}</ul>"] if items else []
