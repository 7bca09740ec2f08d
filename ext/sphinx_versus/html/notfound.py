"""The page for an address that leads nowhere, where the site has sphinx-notfound-page: a search, the comparisons, the hubs.

Runs in the write phase. The page is served at any address, so its links are the absolute ones that sphinx-notfound-page makes.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def fill_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: put ways on below the words of the page, unless the site chose its own."""
    if "notfound.extension" not in app.extensions or pagename != app.config.notfound_pagename or doctree is not None:
        return
    if app.config.notfound_context == app.config.values["notfound_context"].default:
        context["title"] = _("Page not found")
        context["body"] = "\n".join(_body(app, context["pathto"]))


def _body(app: Sphinx, address: Any) -> Iterator[str]:
    yield f"<h1>{escape(_('Page not found'))}</h1>"
    yield f"<p>{escape(_('There is no page at this address. It may have moved, or the link to it may be wrong.'))}</p>"
    label = escape(_("Search this site"))
    yield (
        f'<form class="versus-search" action="{address("search")}" method="get" role="search">'
        f'<label>{label} <input type="search" name="q" autocomplete="off"></label> '
        f'<button type="submit">{escape(_("Search"))}</button></form>'
    )
    if links := list(_comparisons(app, address)):
        yield f"<h2>{escape(_('Comparisons'))}</h2>"
        yield f"<ul>{''.join(links)}</ul>"
    if hubs := list(_hubs(app, address)):
        yield f"<h2>{escape(_('All pages'))}</h2>"
        yield f"<ul>{''.join(hubs)}</ul>"


def _comparisons(app: Sphinx, address: Any) -> Iterator[str]:
    domain = domain_of(app.env)
    for id_, title in islice(project_of(app.env).catalogue.titles.items(), MOST):
        if home := domain.home(("comparison", id_)):
            yield _item(address(home[0]), title)


def _hubs(app: Sphinx, address: Any) -> Iterator[str]:
    settings = project_of(app.env).settings
    for kind in ("comparisons", "technologies", "misconceptions", "criteria"):
        docname = settings.docname(kind)
        if docname in app.env.titles:
            yield _item(address(docname), app.env.titles[docname].astext())


def _item(address: str, words: str) -> str:
    return f'<li><a href="{escape(address)}">{escape(words)}</a></li>'
