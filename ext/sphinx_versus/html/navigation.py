"""What a page's sidebar shows on a site of many pages: the way down to the page, its neighbours, and the hubs. Write phase.

A theme shows the tree of the whole site on every page, so that the cost of a page grows with the number of pages. Here a
list of pages that is long shows the neighbours of the one on the way down and leads to the page that has them all.

Themes call the function ``toctree`` of a page's variables for their tree. Furo calls it while the variables are collected, and
parses the result once more to make branches that can be closed; it gets nothing to parse, and afterwards the finished HTML.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import url_re

from ..components.i18n import _
from ..config import FULL_NAVIGATION
from ..environment.domain import domain_of
from ..environment.project import project_of

NEIGHBOURS = 5  # how many entries before and after the current one are left of a long list
FEW_NEIGHBOURS = 2
"""The same for the page of a record, whose list follows the alphabet: the next one is not the next to read."""
LONG = 3  # times as many entries as neighbours on one side: a longer list is cut down to the neighbours
ALL_LEVELS = 99
GENERATED: Mapping[str, tuple[str, str, str]] = StandardDomain.initial_data["labels"]
"""What a toctree may name of Sphinx's own pages, each with docname, anchor and title."""
MARKS: Mapping[type[nodes.Node], str] = {nodes.literal: "code", nodes.emphasis: "em", nodes.strong: "strong"}
"""The markup in titles that a sidebar shows."""
FURO = "furo_navigation_tree"  # the variable in which Furo keeps its finished navigation
CHECKBOX = (
    '<input aria-label="{label}" checked="" class="toctree-checkbox" id="{id}" name="{id}" '
    'role="switch" type="checkbox"/><label for="{id}"><span class="icon">'
    '<svg><use href="#svg-arrow-right"></use></svg></span></label>'
)
"""Furo's element that opens and closes a branch without a script."""


def is_bounded(app: Sphinx) -> bool:
    """Whether there are too many pages for the tree of every page: more than the site says, or many that are made of records."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or isinstance(builder, SingleFileHTMLBuilder) or builder.embedded:
        return False
    project = project_of(app.env)
    most = project.settings.full_navigation
    return len(project.pages) > FULL_NAVIGATION if most is None else len(app.env.found_docs) > most


class Navigation:
    """The listeners of a build to ``html-page-context``."""

    def __init__(self) -> None:
        self._contents: SiteContents | None = None

    def replace(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Replace the theme's function before it is called, on Furo by one that returns nothing."""
        if is_bounded(app):
            context["toctree"] = (lambda **options: "") if "furo" in app.extensions else self._tree(app, pagename)

    def replace_furo_tree(self, app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
        """Replace Furo's finished tree; on a small site only add the level that its captions, which are headings, must have."""
        if is_bounded(app) and FURO in context:
            context["toctree"] = self._tree(app, pagename)
            context[FURO] = self._tree(app, pagename, closable=True)()
        elif isinstance(tree := context.get(FURO), str):
            context[FURO] = tree.replace('role="heading">', 'role="heading" aria-level="2">')

    def _tree(self, app: Sphinx, pagename: str, *, closable: bool = False) -> Callable[..., str]:
        def tree(*, includehidden: bool = closable, maxdepth: Any = 0, **options: Any) -> str:
            self._contents = self._contents or SiteContents(app.env)
            depth = max(0, int(maxdepth or 0)) or ALL_LEVELS
            neighbours = FEW_NEIGHBOURS if any(domain_of(app.env).subjects(pagename)) else NEIGHBOURS
            return Sidebar(app.builder, self._contents, pagename, includehidden, depth, closable, neighbours).html()

        return tree


class Contents(NamedTuple):
    """One directive ``toctree``: its entries as a title of their own (or none) and what they lead to, and the number of each."""

    caption: str
    hidden: bool
    entries: Sequence[tuple[str | None, str]]
    numbers: Mapping[str, int]

    def near(self, current: str, neighbours: int) -> Sequence[tuple[str | None, str]]:
        """All of a few entries; of many the neighbours of one, or the first when it is not among them."""
        if len(self.entries) <= LONG * neighbours:
            return self.entries
        first = max(0, min(self.numbers.get(current, 0) - neighbours, len(self.entries) - 2 * neighbours - 1))
        return self.entries[first : first + 2 * neighbours + 1]


class SiteContents:
    """The lists of contents of an environment that does not change any more."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._relations = env.collect_relations()
        self._known: dict[str, list[Contents]] = {}

    def way_to(self, docname: str) -> list[str]:
        """The pages from below the home page to a page itself."""
        way = [docname]
        while (parent := self._relations.get(way[0], [None])[0]) and parent not in way:
            way.insert(0, parent)
        return way[1:] if way[0] == self._env.config.root_doc else way

    def of(self, docname: str) -> list[Contents]:
        """The lists on a page, with the entries that lead somewhere."""
        if docname not in self._known:
            found = self._known[docname] = []
            toc = self._env.tocs.get(docname)
            for toctree in toc.findall(addnodes.toctree) if toc else ():
                entries = [(title, target) for title, target in toctree["entries"] if self._is_there(target)]
                if entries:
                    numbers = {target: number for number, (_title, target) in enumerate(entries)}
                    found.append(Contents(toctree.get("caption") or "", toctree.get("hidden", False), entries, numbers))
        return self._known[docname]

    def _is_there(self, target: str) -> bool:
        return target in GENERATED or target == "self" or bool(url_re.match(target)) or target in self._env.titles

    def title(self, docname: str) -> str:
        """The title of a page in HTML, with its number."""
        if docname not in self._env.titles:
            return html.escape(str(GENERATED[docname][2]) if docname in GENERATED else docname)
        number = ".".join(map(str, self._env.toc_secnumbers.get(docname, {}).get("", ())))
        return (number and number + self._env.config.html_secnumber_suffix) + title_html(self._env.titles[docname])


def title_html(title: nodes.Node) -> str:
    """A title with the markup that a sidebar shows."""
    if isinstance(title, nodes.Text):
        return html.escape(title.astext())
    words = "".join(map(title_html, title.children))
    mark = MARKS.get(type(title))
    return f"<{mark}>{words}</{mark}>" if mark else words


@dataclass
class Sidebar:
    """The nested lists that themes expect of ``toctree``, for one page; ``closable`` adds what Furo adds to them."""

    builder: Any
    contents: SiteContents
    docname: str
    includehidden: bool
    depth: int
    closable: bool
    neighbours: int
    """How many entries before and after the page itself a long list shows."""
    checkboxes: Iterator[int] = field(default_factory=lambda: count(1))

    def html(self) -> str:
        """The HTML of the sidebar."""
        return self._lists(self.builder.config.root_doc, self.contents.way_to(self.docname), 1)

    def _lists(self, holder: str, way: Sequence[str], level: int) -> str:
        """The lists on a page; ``way`` leads down to the current page from here."""
        parts, below = [], way[0] if way else ""
        for contents in self.contents.of(holder) if level <= self.depth else ():
            if contents.hidden and not self.includehidden:
                continue
            if contents.caption and level == 1:
                caption = f'<span class="caption-text">{html.escape(contents.caption)}</span>'
                parts.append(f'<p class="caption" role="heading" aria-level="2">{caption}</p>\n')
            is_last = way == [self.docname] and below in contents.numbers
            shown = contents.near(below, self.neighbours if is_last else NEIGHBOURS)
            items = "".join(self._item(holder, title, target, way, level) for title, target in shown)
            if len(shown) < len(contents.entries):
                words = html.escape(_("… all %d pages") % len(contents.entries))
                link = f'<a class="reference internal" href="{self._address(holder)}">{words}</a>'
                items += f'<li class="toctree-l{level} versus-all-pages">{link}</li>\n'
            current = ' class="current"' if any(target == below for _title, target in shown) else ""
            parts.append(f"<ul{current}>\n{items}</ul>\n")
        return "".join(parts)

    def _item(self, holder: str, title: str | None, target: str, way: Sequence[str], level: int) -> str:
        is_open = target in way[:1]
        below = self._lists(target, way[1:], level + 1) if is_open else ""
        target = holder if target == "self" else target
        is_current = target == self.docname
        words = html.escape(title) if title else self.contents.title(target)
        classes, closing = [f"toctree-l{level}", *["current"] * is_open, *["current-page"] * is_current], ""
        if below and self.closable:
            classes.append("has-children")
            label = html.escape(_("Toggle navigation of %s")) % re.sub("<[^>]*>", "", words)
            closing = CHECKBOX.format(label=label, id=f"toctree-checkbox-{next(self.checkboxes)}")
        kind = f"{'current ' * is_open}reference {'external' if url_re.match(target) else 'internal'}"
        here = ' aria-current="page"' if is_current else ""
        link = f'<a class="{kind}" href="{"#" if is_current else self._address(target)}"{here}>{words}</a>'
        return f'<li class="{" ".join(classes)}">{link}{closing}{below}</li>\n'

    def _address(self, target: str) -> str:
        if not url_re.match(target):
            docname = GENERATED[target][0] if target in GENERATED else target
            target = self.builder.get_relative_uri(self.docname, docname)
        return html.escape(target)
