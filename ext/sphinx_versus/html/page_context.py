"""Changes of the variables of pages, for and after the theme: links to records, titles, picker, navigation. Write phase.

Apart from :mod:`.assets` and :mod:`.metadata` all listeners to ``html-page-context`` are here, in their order.
"""

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader

from ..components.i18n import _
from ..components.picker import labels
from ..environment.domain import domain_of
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of
from ..environment.reporting import report
from ..environment.virtual_pages import VirtualPage, page_conflict
from .assets import PICKER, offers_picker
from .navigation import Navigation

HEADER = "generate_header_nav_html"
"""The function of pydata-sphinx-theme that makes the links in the header."""
PAGE = "versus-page.html"  # the theme's page behind the links to its parts
TEMPLATES = Path(__file__).parent.parent / "templates" / "html"
SEARCH_FIELDS = ("sidebar/search.html", "searchbox.html", "search-field.html", "search-button-field.html")
"""The names that themes give to the template of their search field."""
SERVICES: Mapping[str, Mapping[str, str]] = {
    "https://github.com/": {"edit": "{0}/edit/{1}/{2}", "view": "{0}/blob/{1}/{2}?plain=true"},
    "https://gitlab.com/": {"edit": "{0}/-/edit/{1}/{2}", "view": "{0}/blob/{1}/{2}"},
    "https://bitbucket.org/": {"edit": "{0}/src/{1}/{2}?mode=edit&at={1}", "view": "{0}/src/{1}/{2}"},
}
"""The addresses that sphinx-basic-ng makes of repository, branch and path."""
LISTED = 24  # the most comparisons on the page "not found"
NOT_FOUND = """\
<h1>{title}</h1>
<p>{text}</p>
<form class="versus-search" action="{address}" method="get" role="search">\
<label>{label} <input type="search" name="q" autocomplete="off"></label> <button type="submit">{button}</button></form>"""


def update_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """``html-page-context``: set what the theme uses; return the template of the page if it is another one."""
    project = project_of(app.env)
    page = project.virtual(pagename)
    if page and doctree is None:  # which is unknown before it is written
        taken = "a page of another extension, which takes its place"
        report(page_conflict(page, taken, str(Path(app.confdir) / "conf.py")))
    if offers_picker(app):
        add_picker(app, pagename, context)
    if "notfound.extension" in app.extensions and pagename == app.config.notfound_pagename and doctree is None:
        fill_not_found(app, context)
    if page:
        link_to_record(app, page, context)
    if page and page.kind == "pair" and makes_web_pages(app.builder):
        context["sourcename"], context["has_source"] = "", False  # of a template no copy is offered
        if robots := project.settings.derived_pairs_robots:
            context["metatags"] = f'{context.get("metatags", "")}\n<meta name="robots" content="{escape(robots)}" />'
    context["versus_skips"] = skip_links(doctree) if doctree is not None and templatename == "page.html" else []
    return PAGE if context["versus_skips"] else None


def skip_links(doctree: nodes.document) -> list[tuple[str, str]]:
    """The anchors of the answer and the table of a page of ours, each with the words of a link past all that is before it."""
    top = next(doctree.findall(nodes.section), None)
    if top is None or "vs-page" not in top["classes"]:
        return []
    words = {"verdict": _("Skip to the answer"), "table": _("Skip to the table")}
    parts = reversed([node for node in doctree.findall(nodes.raw) if node.get("anchor")])
    first = {str(node["component"]): str(node["anchor"]) for node in parts}
    return [(first[name], link) for name, link in words.items() if name in first]


def add_picker(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Add the picker after the search field of a page, with links to the lists to which the home page's contents do not lead.

    Without such lists there is none, and none without a field.
    """
    sidebars = list(context.get("sidebars") or ())
    position = next((number for number, name in enumerate(sidebars, 1) if name in SEARCH_FIELDS), 0)
    pages = {project_of(app.env).settings.docname(kind): label for kind, label in labels().items()}
    listed = app.env.toctree_includes.get(app.config.root_doc, ())
    unlisted = {page: label for page, label in pages.items() if page in app.env.found_docs and page not in listed}
    if position and unlisted:
        sidebars.insert(position, PICKER)
        links = [(app.builder.get_relative_uri(pagename, page), label) for page, label in unlisted.items()]
        context |= {"sidebars": sidebars, "versus_picker": {"links": links}}


# -- links to records


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
        before, _filename, after = str(pattern).partition("{filename}")
        scheme, _colon, rest = before.rpartition("://")
        return f"{scheme}://{posixpath.normpath(rest + path)}{after}"
    repository = str(context.get("theme_source_repository") or "").rstrip("/")
    path = posixpath.normpath(posixpath.join(context.get("theme_source_directory") or "", path))
    service = next((found for start, found in SERVICES.items() if repository.startswith(start)), None)
    if service is None or path.startswith("../"):
        return ""
    return service[action].format(repository, context.get("theme_source_branch"), path)


# -- the page "not found" of a site with sphinx-notfound-page


def fill_not_found(app: Sphinx, context: dict[str, Any]) -> None:
    """Fill the page with a title, a search and links, unless the site chose its own content.

    The page is served at any address, so its links are the absolute ones of sphinx-notfound-page.
    """
    if app.config.notfound_context != app.config.values["notfound_context"].default:
        return
    address, titles, project = context["pathto"], app.env.titles, project_of(app.env)
    comparisons = islice(project.catalogue.titles.items(), LISTED)
    homes = ((domain_of(app.env).home(("comparison", id_)), title) for id_, title in comparisons)
    kinds = ("comparisons", "technologies", "misconceptions", "criteria")
    hubs = [docname for docname in map(project.settings.docname, kinds) if docname in titles]
    texts = {
        "title": _("Page not found"),
        "text": _("There is no page at this address. It may have moved, or the link to it may be wrong."),
        "address": address("search"),
        "label": _("Search this site"),
        "button": _("Search"),
    }
    parts = [
        NOT_FOUND.format(**{name: escape(text) for name, text in texts.items()}),
        *_list(_("Comparisons"), ((address(home[0]), title) for home, title in homes if home)),
        *_list(_("All pages"), ((address(docname), titles[docname].astext()) for docname in hubs)),
    ]
    context |= {"title": texts["title"], "body": "\n".join(parts)}


def _list(heading: str, links: Iterable[tuple[str, str]]) -> list[str]:
    """A heading and a list of links, given as address and words; nothing without links."""
    items = "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>' for address, words in links)
    return [f"<h2>{escape(heading)}</h2>", f"<ul>{items}</ul>"] if items else []


def add_templates(app: Sphinx) -> None:
    """``builder-inited``: add a folder of templates; as a part of ``templates_path`` it would change the configuration."""
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader):
        templates.loaders.append(SphinxFileSystemLoader(TEMPLATES))


class EscapedTitles(Mapping[str, nodes.Element]):
    """``env.titles`` for a theme that writes titles as if they were HTML; the name of a record may be in any of them."""

    def __init__(self, titles: Mapping[str, nodes.Element]) -> None:
        self._titles = titles

    def __getitem__(self, docname: str) -> nodes.Element:
        parts = self._titles[docname].children
        shown = (
            one.deepcopy() if isinstance(one, nodes.math) else nodes.Text(escape(one.astext(), quote=False))
            for one in parts
        )
        return nodes.title("", "", *shown)

    def __iter__(self) -> Iterator[str]:
        return iter(self._titles)

    def __len__(self) -> int:
        return len(self._titles)


def escape_titles(env: BuildEnvironment, pagename: str, context: dict[str, Any]) -> None:
    """Escape what sphinx-book-theme and pydata-sphinx-theme write as if it were HTML: titles of pages, and links in the header."""
    for name, page in (("pagetitle", pagename), ("root_title", env.config.root_doc)):
        title = context.get(name)
        if page in env.titles and title == env.titles[page].astext():
            context[name] = escape(title)
    if make := context.get(HEADER):

        def made(*arguments: Any, **options: Any) -> Any:
            usual: Any = env.titles
            env.titles = EscapedTitles(usual)  # type: ignore[assignment]
            try:
                return make(*arguments, **options)
            finally:
                env.titles = usual

        context[HEADER] = made


def setup(app: Sphinx) -> None:
    """Connect before and after the listeners of the theme."""
    navigation = Navigation()

    def update_after_theme(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        navigation.replace_furo_tree(app, pagename, context)
        if domain_of(app.env).showing:
            escape_titles(app.env, pagename, context)

    app.connect("builder-inited", add_templates)
    app.connect("html-page-context", navigation.replace, priority=400)  # before the theme asks for its tree
    app.connect("html-page-context", update_context)
    app.connect("html-page-context", update_after_theme, priority=900)  # when the theme has made its tree and its title
