"""The picker "compare … with …" in the sidebar, under the theme's search field. Runs in the write phase.

A theme without a list of sidebar templates, or without a search field among them, gets none; there is the directive.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader

from ..components.picker import labels
from ..environment.domain import domain_of
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of

TEMPLATES = Path(__file__).parent.parent / "templates" / "html"
TEMPLATE = "versus-picker.html"
SEARCH_FIELDS = ("sidebar/search.html", "searchbox.html", "search-field.html", "search-button-field.html")
"""The names that themes give to the template of their search field."""


def offers_picker(app: Sphinx) -> bool:
    """Whether the sidebars of a site offer it: where pages are made of records, and their pairs have addresses."""
    settings = project_of(app.env).settings
    return makes_web_pages(app.builder) and settings.makes_pages and "picker" in settings.tools


def has_picker(context: Mapping[str, Any]) -> bool:
    """Whether the sidebar of a page has it."""
    return TEMPLATE in (context.get("sidebars") or ())


def add_templates(app: Sphinx) -> None:
    """``builder-inited``: a last place to look for templates; in ``templates_path`` it would be part of the configuration."""
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader):
        templates.loaders.append(SphinxFileSystemLoader(TEMPLATES))


def add_picker(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: put the picker behind the search field."""
    sidebars = list(context.get("sidebars") or ())
    place = next((number for number, name in enumerate(sidebars, 1) if name in SEARCH_FIELDS), 0)
    if place and offers_picker(app):
        sidebars.insert(place, TEMPLATE)
        context["sidebars"] = sidebars
        context["versus_picker"] = {"links": _links(app, pagename), "first": _first(app, pagename)}


def _links(app: Sphinx, pagename: str) -> list[tuple[str, str]]:
    """Address and words of the lists that the site has."""
    settings = project_of(app.env).settings
    pages = {settings.docname(kind): words for kind, words in labels().items()}
    address = app.builder.get_relative_uri
    return [(address(pagename, page), words) for page, words in pages.items() if page in app.env.found_docs]


def _first(app: Sphinx, pagename: str) -> str:
    """The name of the technology whose page this is."""
    shown = domain_of(app.env).objects.get(pagename, {})
    own = (place.name for (type_, _id), place in shown.items() if type_ == "technology" and not place.anchor)
    return next(own, "")


def setup(app: Sphinx) -> None:
    """Connect to the moment at which templates are looked for."""
    app.connect("builder-inited", add_templates)
