"""What a page's sidebar shows on a site of many pages: the way down to the page, its neighbours, and the hubs.

A theme shows the tree of the whole site on every page, so that the cost of a page grows with the number of pages. Here a
list of pages that is long shows the neighbours of the one on the way down and leads to the page that has them all. Pure
functions of the environment, for the write phase; what they return can be digested and compared.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import url_re

from ..config import FULL_NAVIGATION
from .project import project_of

LONG = 15
"""A list with more entries is cut down to the neighbours of the current one."""
NEIGHBOURS = 5
"""How many entries before and after the current one are left of a long list."""
GENERATED: Mapping[str, tuple[str, str, str]] = StandardDomain.initial_data["labels"]
"""What a toctree may name of Sphinx's own pages, each with docname, anchor and title."""
MARKS: Mapping[type[nodes.Node], str] = {nodes.literal: "code", nodes.emphasis: "em", nodes.strong: "strong"}
"""The markup in titles that a sidebar shows."""


@dataclass(frozen=True)
class Contents:
    """One directive ``toctree``: its caption, and its entries as a title of their own (or none) and what they lead to."""

    caption: str
    hidden: bool
    entries: tuple[tuple[str | None, str], ...]
    numbers: Mapping[str, int]
    """The number of each entry, from 0, by what it leads to."""

    def near(self, current: str) -> Sequence[tuple[str | None, str]]:
        """All of a few entries; of many the neighbours of one, or the first when it is not among them."""
        if len(self.entries) <= LONG:
            return self.entries
        first = max(0, min(self.numbers.get(current, 0) - NEIGHBOURS, len(self.entries) - 2 * NEIGHBOURS - 1))
        return self.entries[first : first + 2 * NEIGHBOURS + 1]


@dataclass(frozen=True)
class Entry:
    """A line of the sidebar: a docname or address, the title in HTML, and what stands below it."""

    target: str
    title: str
    current: bool = False
    open: bool = False
    """Whether it is on the way down to the current page."""
    below: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Entries under a caption; of a long list a part, with its whole number and the page that has them all."""

    caption: str
    hidden: bool
    entries: tuple[Entry, ...]
    whole: int
    hub: str = ""
    """The docname of the page with the whole list, when entries are left out."""


class Sidebars:
    """The sidebars of all pages of an environment that does not change any more."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._relations = env.collect_relations()
        self._contents: dict[str, tuple[Contents, ...]] = {}

    def of(self, docname: str) -> tuple[Listing, ...]:
        """What the sidebar of a page shows."""
        way = self._way_down(docname)
        return self._listings(self._env.config.root_doc, way, docname)

    def _way_down(self, docname: str) -> Sequence[str]:
        """The docnames from below the home page to the page itself."""
        way = [docname]
        while (parent := self._relations.get(way[0], [None])[0]) and parent not in way:
            way.insert(0, parent)
        return way[1:] if way[0] == self._env.config.root_doc else way

    def _listings(self, holder: str, way: Sequence[str], docname: str) -> tuple[Listing, ...]:
        return tuple(self._listing(holder, one, way, docname) for one in self._contents_of(holder))

    def _listing(self, holder: str, contents: Contents, way: Sequence[str], docname: str) -> Listing:
        shown = contents.near(way[0] if way else "")
        entries = tuple(self._entry(holder, title, target, way, docname) for title, target in shown)
        hub = holder if len(shown) < len(contents.entries) else ""
        return Listing(contents.caption, contents.hidden, entries, len(contents.entries), hub)

    def _entry(self, holder: str, title: str | None, target: str, way: Sequence[str], docname: str) -> Entry:
        on_the_way = bool(way) and target == way[0]
        below = self._listings(target, way[1:], docname) if on_the_way else ()
        target = holder if target == "self" else target
        words = html.escape(title) if title else self._title(target)
        return Entry(target, words, target == docname, on_the_way, below)

    def _title(self, docname: str) -> str:
        if docname in self._env.titles:
            number = ".".join(map(str, self._env.toc_secnumbers.get(docname, {}).get("", ())))
            return (
                number + (self._env.config.html_secnumber_suffix if number else "") + _html(self._env.titles[docname])
            )
        return html.escape(str(GENERATED[docname][2]) if docname in GENERATED else docname)

    def _contents_of(self, docname: str) -> tuple[Contents, ...]:
        if docname not in self._contents:
            self._contents[docname] = tuple(self._read_contents(docname))
        return self._contents[docname]

    def _read_contents(self, docname: str) -> Iterator[Contents]:
        toc = self._env.tocs.get(docname)
        for one in toc.findall(addnodes.toctree) if toc else ():
            entries = tuple((title, target) for title, target in one["entries"] if self._is_there(target))
            if entries:
                numbers = {target: number for number, (_, target) in enumerate(entries)}
                yield Contents(one.get("caption") or "", one.get("hidden", False), entries, numbers)

    def _is_there(self, target: str) -> bool:
        return target in GENERATED or target == "self" or bool(url_re.match(target)) or target in self._env.titles


def _html(title: nodes.Node) -> str:
    """A title with the markup that a sidebar shows."""
    if isinstance(title, nodes.Text):
        return html.escape(title.astext())
    words = "".join(_html(child) for child in title.children)
    mark = MARKS.get(type(title))
    return f"<{mark}>{words}</{mark}>" if mark else words


def is_bounded(app: Sphinx) -> bool:
    """Whether there are too many pages for the tree of every page: more than the site says, or many that are made of records."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or isinstance(builder, SingleFileHTMLBuilder) or builder.embedded:
        return False
    project = project_of(app.env)
    most = project.settings.full_navigation
    return len(project.pages) > FULL_NAVIGATION if most is None else len(app.env.found_docs) > most
