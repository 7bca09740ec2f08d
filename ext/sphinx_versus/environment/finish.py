"""The last step of reading a page: source marks get their numbers, and what every comparison's page has is added.

Runs as a transform, so that sections made here are in the table of contents.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from ..catalogue import query
from ..catalogue.prose import plain_text
from ..catalogue.references import unknown_object
from ..components.component import Component, Number
from ..components.i18n import _
from ..components.node_helpers import SOURCE_MARK, assign_number, marks_in, title
from ..problems import Code, Problem, unknown
from .conditions import without
from .domain import domain_of
from .page import Page, page_of
from .places import locate
from .project import project_of
from .reporting import report
from .translations import translated

SOURCES_HERE = "versus-sources-here"
"""The class of the place where a page wants its list of sources."""
OWN_ENTRIES = "versus-entries"
"""The attribute of index entries that a directive of ours made."""
NO_VALUE = {"", "null"}
"""What MyST makes of metadata without a value."""
HEAD = 100
"""So many lines of a page are searched for the place of its metadata."""
DESCRIPTION = 160
"""The most characters of a page's description."""
HIDDEN = "versus-noindex"
"""The metadata of pages that search engines are asked to leave out."""


def check_metadata(page: Page) -> None:
    """Report metadata of ours that name no record, or have no such name."""
    known = {f"versus-{kind}": kind for kind in ("comparison", "technology")}
    for name, value in page.metadata.items():
        if name.startswith("versus-") and name != HIDDEN:
            report(*_metadata_problem(page, name, value, known))


def _metadata_problem(page: Page, name: str, value: str, known: Mapping[str, str]) -> Iterator[Problem]:
    path = str(page.env.doc2path(page.env.docname))
    at = locate(path, 1, HEAD, name)
    if (kind := known.get(name)) is None:
        yield unknown(at, Code.UNKNOWN_KEY, name, "metadata of a page", known)
    elif page.own(kind):
        return
    elif value in NO_VALUE:
        yield Problem(at, Code.MISSING_KEY, f'"{name}" has no value', f"expected the id of a {kind}")
    else:
        yield from unknown_object(project_of(page.env).catalogue, locate(path, at.line, at.line, value), kind, value)


class FinishPage(SphinxTransform):
    """Number the source marks, list the sources, add the status line, register the page and its index entries."""

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        page = page_of(self.env, self.document)
        found = project_of(self.env).conditions.outcomes(self.document)
        hidden = [node for node, outcome in found if not outcome.holds]
        for node in hidden:
            self._drop(node)
        check_metadata(page)
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
            assign_number(mark, None)

    def _finish(self, page: Page) -> None:
        top = next(self.document.findall(nodes.section), None)
        if top is not None:
            self._register(page, top)
            self._add_status(page, top)
        self._note_robots()
        self._list_sources(page, top if top is not None else self.document)

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
        placed = any(component["name"] == "summary" for component in top.findall(Component))
        if page.comparison and not placed and page.ask(query.status, page.comparison):
            top.insert(1, page.component("summary", page.comparison, False))

    def _list_sources(self, page: Page, top: nodes.Element) -> None:
        places = [node for node in self.document.findall(nodes.container) if SOURCES_HERE in node["classes"]]
        numbers = self._assign_numbers(page)
        if not numbers:
            for place in places:
                place.parent.remove(place)
            return
        listing = page.component("sources", tuple((id_, number.anchor) for id_, number in numbers.items()))
        for number in numbers.values():
            self.document.ids[number.anchor] = listing
        for component in (listing, *self.document.findall(Component)):
            component["numbers"] = numbers
        if places:
            places[0].parent.replace(places[0], listing)
        else:
            top += self._section(page, listing)

    def _assign_numbers(self, page: Page) -> dict[str, Number]:
        """Number the sources in the order in which they first appear; a mark without a source goes."""
        numbers: dict[str, Number] = {}
        for node in [*self.document.findall(_has_marks)]:
            if isinstance(node, Component):
                for id_ in node["sources"]:
                    self._number(page, numbers, id_)
            elif isinstance(node, nodes.reference):
                assign_number(node, self._number(page, numbers, node[SOURCE_MARK]))
        return numbers

    def _number(self, page: Page, numbers: dict[str, Number], id_: str) -> Number | None:
        """The number of a source, the next one when it is cited for the first time."""
        if id_ not in numbers and page.ask(query.source, id_):
            numbers[id_] = Number(f"[{len(numbers) + 1}]", page.claim(f"source-{id_}"))
        return numbers.get(id_)

    def _section(self, page: Page, listing: Component) -> nodes.section:
        section = nodes.section("", title(_("Sources")), listing, ids=[page.claim("sources")])
        self.document.note_implicit_target(section)
        return section


def _has_marks(node: nodes.Node) -> bool:
    """Whether a node is the mark of a source, or has marks in it."""
    return isinstance(node, Component) or (isinstance(node, nodes.reference) and SOURCE_MARK in node)


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
