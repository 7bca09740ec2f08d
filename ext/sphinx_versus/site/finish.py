"""The last step of reading a page: source marks get their numbers, and what every comparison's page has is added.

Runs as a transform, so that sections made here are in the table of contents.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from ..catalogue import query
from ..catalogue.model import Source
from ..catalogue.prose import plain_text
from ..render.parts import SOURCE_MARK, title
from ..render.passage import Number, Passage, marks_in, point_at
from ..render.sources import build_sources
from ..render.status import add_source_count, build_status
from ..render.table import ASKS
from ..render.words import _
from .conditions import without
from .domain import domain_of
from .page import Page, page_of
from .project import project_of
from .translations import translated

SOURCES_HERE = "versus-sources-here"
"""The class of the place where a page wants its list of sources."""
OWN_ENTRIES = "versus-entries"
"""The attribute of index entries that a directive of ours made."""
DESCRIPTION = 160
"""The most characters of a page's description."""
HIDDEN = "versus-noindex"
"""The metadata of pages that search engines are asked to leave out."""


class Cited(NamedTuple):
    """A source as an entry of a page's list."""

    number: Number
    source: Source


class FinishPage(SphinxTransform):
    """Number the source marks, list the sources, add the status line, register the page and its index entries."""

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        page = page_of(self.env, self.document)
        found = project_of(self.env).conditions.outcomes(self.document)
        hidden = [node for node, outcome in found if not outcome.holds]
        for node in hidden:
            self._drop(node)
        page.note_objects(hidden)
        with without(hidden):
            self._finish(page)
        domain = domain_of(self.env)
        if found and self.env.docname in domain.answers:
            domain.conditions[self.env.docname] = [outcome for _node, outcome in found]

    def _drop(self, hidden: nodes.Element) -> None:
        """Take out of content that nobody will see what Sphinx would collect from it anyway, and marks without a number."""
        for entries in list(hidden.findall(addnodes.index)):
            if OWN_ENTRIES in entries:
                entries.parent.remove(entries)
        for mark in list(marks_in(hidden)):
            point_at(mark, None)

    def _finish(self, page: Page) -> None:
        top = next(self.document.findall(nodes.section), None)
        if top is not None:
            self._register(page, top)
            self._add_status(page, top)
        self._note_robots()
        self._list_sources(page, top if top is not None else self.document)
        self._note_lines(page)

    def _note_lines(self, page: Page) -> None:
        """A page that leads to the lines of its records follows them."""
        rows = [tuple(row[ASKS].split()) for row in self.document.findall(nodes.row) if ASKS in row]
        if rows and project_of(self.env).settings.repository:
            page.ask(query.record_lines, tuple(rows))

    def _note_robots(self) -> None:
        """A page that its author keeps from search engines stays out of the sitemap."""
        for node in self.document.findall(nodes.meta):
            if node.get("name") == "robots" and "noindex" in node.get("content", ""):
                self.env.metadata[self.env.docname][HIDDEN] = "true"

    def _register(self, page: Page, top: nodes.section) -> None:
        """A page is the home of its record, and stands in the general index."""
        for type_, id_ in (("comparison", page.comparison), ("technology", page.technology)):
            if id_:
                name = page.ask(query.name, type_, id_) or id_
                domain_of(self.env).note_object(self.env.docname, (type_, id_), "", name)
                if type_ == "comparison" and page.ask(query.teaser, id_) is None:
                    continue  # a derived pair: the general index has what somebody wrote
                entries = [("single", words, top["ids"][0], "", None) for words in self._entries(page, type_, id_)]
                self.document.insert(0, addnodes.index(entries=entries))
                self._add_keywords(page.ask(query.synonyms, type_, id_))
                self._add_description(page, type_, id_)

    def _add_keywords(self, synonyms: tuple[str, ...]) -> None:
        """The site's search reads them, each word on its own as readers type it."""
        words = dict.fromkeys(word.strip("(),:/") for synonym in synonyms for word in synonym.split())
        if words:
            self.document.insert(0, nodes.meta(name="keywords", content=", ".join(words)))

    def _add_description(self, page: Page, type_: str, id_: str) -> None:
        """For search engines and link previews, unless the author of the page wrote one."""
        told = any(node.get("name") == "description" for node in self.document.findall(nodes.meta))
        record = page.ask(query.teaser if type_ == "comparison" else query.card, id_)
        if record and record.summary.text and not told:
            words_ = shortened(plain_text(translated(self.env, record.summary.text)))
            self.document.insert(0, nodes.meta(name="description", content=words_))

    def _entries(self, page: Page, type_: str, id_: str) -> Iterator[str]:
        name = indexed(page.ask(query.name, type_, id_) or id_)
        yield name
        if type_ == "comparison" and (teaser := page.ask(query.teaser, id_)):
            for side in teaser.sides:
                yield f"{indexed(side.name)}; {name}"
        yield from map(indexed, page.ask(query.synonyms, type_, id_))

    def _add_status(self, page: Page, top: nodes.section) -> None:
        """The status line, unless the page places it (by ``comparison-summary``) itself."""
        placed = any("versus-status" in node["classes"] for node in top.findall(nodes.paragraph))
        if page.comparison and not placed and (status := page.ask(query.status, page.comparison)):
            top.insert(1, build_status(page, status))

    def _list_sources(self, page: Page, top: nodes.Element) -> None:
        places = [node for node in self.document.findall(nodes.container) if SOURCES_HERE in node["classes"]]
        cited = self._number(page)
        if not cited:
            for place in places:
                place.parent.remove(place)
            return
        listing = build_sources(page, ((one.number.anchor, one.source) for one in cited.values()))
        for target in listing.findall(nodes.target):
            self.document.note_explicit_target(target)
        for status in self.document.findall(nodes.paragraph):
            if "versus-status" in status["classes"]:
                add_source_count(status, len(cited), next(iter(cited.values())).number.anchor)
        if places:
            places[0].replace_self(listing)
        else:
            top += self._section(page, listing)

    def _number(self, page: Page) -> dict[str, Cited]:
        """Give each mark its number, in the order in which the sources first appear; a mark without source goes."""
        cited: dict[str, Cited] = {}
        for node in [*self.document.findall(_is_marked)]:
            if isinstance(node, Passage):
                found = {id_: self._cite(page, cited, id_) for id_ in node["sources"]}
                node["numbers"] = {id_: number for id_, number in found.items() if number}
            elif isinstance(node, nodes.reference):
                point_at(node, self._cite(page, cited, node.attributes.pop(SOURCE_MARK)))
        return cited

    def _cite(self, page: Page, cited: dict[str, Cited], id_: str) -> Number | None:
        """The number of a source, the next one when it is cited for the first time."""
        if id_ not in cited and (source := page.ask(query.source, id_)):
            cited[id_] = Cited(Number(f"[{len(cited) + 1}]", page.claim(f"source-{id_}")), source)
        return cited[id_].number if id_ in cited else None

    def _section(self, page: Page, listing: nodes.container) -> nodes.section:
        section = nodes.section("", title(_("Sources")), listing, ids=[page.claim("sources")])
        self.document.note_implicit_target(section)
        return section


def _is_marked(node: nodes.Node) -> bool:
    """Whether a node is the mark of a source, or has marks in it."""
    return isinstance(node, Passage) or (isinstance(node, nodes.reference) and SOURCE_MARK in node)


def shortened(words: str) -> str:
    """At most as many words as search engines show of a description."""
    short = textwrap.shorten(words, DESCRIPTION, placeholder=" …")
    return short if short != "…" else words[: DESCRIPTION - 1] + "…"


def index_node(entries: Iterable[tuple[str, str, str, str, None]]) -> addnodes.index:
    """Index entries that a directive of ours makes; they go when nobody will see their place."""
    node = addnodes.index(entries=[*entries])
    node[OWN_ENTRIES] = True
    return node


def indexed(words: str) -> str:
    """Words as an index entry: a semicolon would begin a sub-entry."""
    return words.replace(";", ",")


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(FinishPage)
