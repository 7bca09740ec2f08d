"""Transforms of the read phase: links to virtual pages, and the last step of reading a page.

The last step numbers the marks of sources and adds what every comparison's page has; as a transform, so that sections made here
are in the table of contents.
"""

import os
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join
from sphinx.util.i18n import docname_to_domain

from ..catalogue import query
from ..catalogue.markdown import plain_text
from ..components.component import Component, Number
from ..components.i18n import _
from ..components.node_helpers import SOURCE_MARK, assign_number, marks_in, title
from ..problems import Code, Place, Problem, unknown
from .domain import PLACE, domain_of
from .project import project_of
from .reading_page import NOTED, Page, ask
from .reporting import locate, report
from .virtual_pages import HUBS

SOURCES_HERE = "versus-sources-here"  # the class of the place where a page wants its list of sources
OWN_ENTRIES = "versus-entries"  # the attribute of index entries that a directive of ours made
NO_VALUE = {"", "null"}  # what MyST makes of metadata without a value
HEAD = 100  # so many lines of a page are searched for the place of its metadata
DESCRIPTION = 160  # the most characters of a page's description
UNSAFE = re.compile(r"""[<>"'&]""")  # what the general index of some builders writes into an address as it is
HIDDEN = "versus-noindex"  # the metadata of pages that search engines are asked to leave out


# -- links: ``[text](../comparisons/x.md)`` leads to the virtual page, ``…x.md#row-y`` to what it shows


class LinkVirtualPages(SphinxTransform):
    """Make MyST's undecided links to virtual pages links to documents, and note whose titles the page shows.

    MyST takes a link for one to a document only when the file exists.
    """

    default_priority = 390

    def apply(self, **kwargs: Any) -> None:
        project = project_of(self.env)
        for node in self.document.findall(addnodes.pending_xref):
            if node["reftype"] == "myst" and node["refdomain"] is None:
                path, _hash, anchor = node["reftarget"].partition("#")
                docname = self.env.path2doc(self.env.relfn2path(path, self.env.docname)[1])
                if docname and project.virtual(docname):
                    node["refdomain"], node["reftarget"], node["reftargetid"] = "doc", docname, anchor or None
            if node["reftype"] in {"myst", "doc"} and not node["refexplicit"]:
                target = node["reftarget"]
                page = project.virtual(docname_join(self.env.docname, target) if node["reftype"] == "doc" else target)
                if page and page.id:  # its title is that of its record
                    ask(self.env, query.name, page.type, page.id)


class LinkObjects(SphinxPostTransform):
    """Take links to the anchor of a row, a card or a criterion for our own: MyST knows those of headings and labels."""

    default_priority = 8  # before MyST looks for a heading

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["reftype"] == "myst" and node["refdomain"] == "doc" and (anchor := node.get("reftargetid")):
                name = domain_of(self.env).name_at(node["reftarget"], anchor)
                if name is not None:
                    target = f"{node['reftarget']}#{anchor}"
                    node["refdomain"], node["reftype"], node["reftarget"] = "versus", PLACE, target
                    if not node["refexplicit"]:
                        node[:] = [nodes.inline("", name)]


# -- the last step of reading a page


class FinishPage(SphinxTransform):
    """Number the source marks, list the sources, add the status line, register the page and its index entries."""

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        page, domain, docname = Page(self.env, self.document), domain_of(self.env), self.env.docname
        found = project_of(self.env).conditions.outcomes(self.document)
        hidden = [node for node, outcome in found if not outcome.holds]
        for node in hidden:  # what Sphinx would collect from it anyway, and marks without a number
            for entries in list(node.findall(addnodes.index)):
                if OWN_ENTRIES in entries:
                    entries.parent.remove(entries)
            for mark in list(marks_in(node)):
                assign_number(mark, None)
        report(*metadata_problems(page), *filter(None, [turned_problem(page)]))
        unseen = {id(node) for element in hidden for node in element.findall()}
        noted: Any = self.env.current_document.get(NOTED, ())
        for node, key, anchor, name in noted:
            if id(node) not in unseen:
                domain.note_object(docname, key, anchor, name)
        children = [node.children for node in hidden]
        for node in hidden:
            node.children = []
        self._complete(page)
        for node, held in zip(hidden, children, strict=True):
            node.children = held
        if found and docname in domain.questions:
            domain.conditions[docname] = [outcome for _node, outcome in found]

    def _complete(self, page: Page) -> None:
        top = next(self.document.findall(nodes.section), None)
        if top is not None:
            for type_ in ("comparison", "technology"):
                if id_ := page.own(type_):
                    self._register(page, top, type_, id_)
            if page.comparison and page.ask(query.status, page.comparison):
                top.insert(1, page.component("summary", page.comparison, True, False))
        for meta in self.document.findall(nodes.meta):
            if meta.get("name") == "robots" and "noindex" in meta.get("content", ""):  # it stays out of the sitemap
                self.env.metadata[self.env.docname][HIDDEN] = "true"
        self._list_sources(page, top if top is not None else self.document)

    def _register(self, page: Page, top: nodes.section, type_: str, id_: str) -> None:
        """A page is the home of its record, and stands in the general index and in the search engines'."""
        name = page.ask(query.name, type_, id_) or id_
        domain_of(self.env).note_object(self.env.docname, (type_, id_), "", name, top["ids"][0])
        teaser = page.ask(query.teaser, id_) if type_ == "comparison" else None
        if type_ == "comparison" and teaser is None:
            return  # a derived pair: the general index has records alone
        name = indexed(name)
        synonyms = page.ask(query.synonyms, type_, id_)
        entries = [name, *(f"{indexed(side.name)}; {name}" for side in (teaser.sides if teaser else ()))]
        entries += map(indexed, synonyms)
        if not UNSAFE.search(self.env.docname):
            self.document.insert(0, index_entries((one, top["ids"][0]) for one in entries))
        if synonyms:  # no format writes this node, and the site's search reads its words
            self.document.insert(0, nodes.substitution_definition("", ", ".join(synonyms)))
        has_description = any(node.get("name") == "description" for node in self.document.findall(nodes.meta))
        record = teaser or page.ask(query.card, id_)
        if record and record.summary.text and not has_description:
            summary = shortened(plain_text(_translated(self.env, record.summary.text)))
            self.document.insert(0, nodes.meta(name="description", content=summary))

    def _assign_numbers(self, page: Page) -> dict[str, Number]:
        """Number the sources in the order in which they first appear; a mark without a source goes."""
        numbers: dict[str, Number] = {}

        def number(id_: str) -> Number | None:
            if id_ not in numbers and page.ask(query.source, id_):
                numbers[id_] = Number(f"[{len(numbers) + 1}]", page.claim(f"source-{id_}"))
            return numbers.get(id_)

        for node in list(self.document.findall(nodes.Element)):
            if isinstance(node, Component):
                for id_ in node["sources"]:
                    number(id_)
            elif isinstance(node, nodes.reference) and SOURCE_MARK in node:
                assign_number(node, number(node[SOURCE_MARK]))
        return numbers

    def _list_sources(self, page: Page, top: nodes.Element) -> None:
        places = [node for node in self.document.findall(nodes.container) if SOURCES_HERE in node["classes"]]
        numbers = self._assign_numbers(page)
        if not numbers:
            for place in places:
                if not place["ids"]:  # else a reference leads there
                    place.parent.remove(place)
            return
        listing = page.component("sources", tuple((id_, number.anchor) for id_, number in numbers.items()))
        for number in numbers.values():
            self.document.ids[number.anchor] = listing
        for component in (listing, *self.document.findall(Component)):
            component["numbers"] = numbers
        if places:
            places[0]["classes"].remove(SOURCES_HERE)
            places[0].replace_self(listing)  # with the name and the classes that the directive was given
            self.document.ids.update(dict.fromkeys(listing["ids"], listing))
        elif top is self.document:  # a section would be its title
            top += [nodes.rubric("", _("Sources"), ids=[page.claim("sources")]), listing]
        else:
            section = nodes.section("", title(_("Sources")), listing, ids=[page.claim("sources")])
            self.document.note_implicit_target(section)
            top += section


def metadata_problems(page: Page) -> Iterator[Problem]:
    """Metadata of ours that name no record, or have no such name."""
    kinds = {f"versus-{kind}": kind for kind in ("comparison", "technology")}
    path = str(page.env.doc2path(page.env.docname))
    places = project_of(page.env).settings.pages
    list_ = next((kind for kind in HUBS if places[kind] == page.env.docname), "")
    for name, value in page.metadata.items():
        if not name.startswith(("versus-", "versus_")) or name == HIDDEN:
            continue
        place, kind = locate(path, 1, HEAD, name), kinds.get(name)
        if name == "versus-technology" and "versus-comparison" in page.metadata:
            message, hint = f'"{name}" beside "versus-comparison"', "a page has one record: remove one of them"
            yield Problem(place, Code.DUPLICATE_ENTRY, message, hint)
        if kind is None:
            yield unknown(place, Code.UNKNOWN_KEY, name, "metadata of a page", kinds)
        elif page.own(kind):
            if list_:
                message, hint = (
                    f'"{name}" on the page of "{list_}"',
                    f'set another docname of "{list_}" in versus_pages',
                )
                yield Problem(place, Code.PAGE_CONFLICT, message, hint)
        elif listed := re.match(r"\[\W*([\w-]+)", value):
            place = locate(path, place.line, place.line, listed[1])
            yield Problem(place, Code.WRONG_TYPE, f'"{name}" is a list', f"expected a text such as {listed[1]}")
        elif value in NO_VALUE:
            yield Problem(place, Code.MISSING_KEY, f'"{name}" has no value', f"expected the id of a {kind}")
        else:
            place = locate(path, place.line, place.line, value)
            catalogue = project_of(page.env).catalogue
            if not catalogue.is_expected(kind, value):
                yield catalogue.unknown(place, kind, value)


def turned_problem(page: Page) -> Problem | None:
    """The problem of a page that has the name of a written comparison in the other order: that has a page beside it."""
    docname, id_, project = page.env.docname, page.comparison, project_of(page.env)
    is_turned = "-vs-".join(reversed(docname.rpartition("/")[2].split("-vs-"))) == id_
    if not is_turned or "-vs-" not in id_ or "versus-comparison" in page.metadata or id_ in project.catalogue.derived:
        return None
    if project.settings.docname("comparison", id_) not in project.pages:
        return None
    message, hint = f'"{id_}" is in the other order, and has a page', f'name this page "{id_}"'
    return Problem(Place(str(page.env.doc2path(docname))), Code.PAGE_CONFLICT, message, hint)


def _translated(env: BuildEnvironment, text: str) -> str:
    """A text of paragraphs as the page that is being read shows it on a translated site."""
    domain = docname_to_domain(env.docname, env.config.gettext_compact)
    folders = [env.srcdir / folder for folder in env.config.locale_dirs]
    catalogues = [_messages(domain, folder, env.config.language) or NullTranslations() for folder in folders]
    messages = (" ".join(part.split("\n")).strip() for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(
        next((found for one in catalogues if (found := one.gettext(message)) != message), message)
        for message in messages
    )


def _messages(domain: str, folder: Path, language: str) -> NullTranslations | None:
    """A compiled catalogue of messages, empty when there is none; ``None`` for a broken one, which Sphinx passes over."""
    try:
        return translation(domain, folder, [language], fallback=True)
    except Exception:  # noqa: BLE001 (whatever the reader of the standard library raises for some bytes)
        return None


def broken_messages(env: BuildEnvironment) -> Iterator[Problem]:
    """Problems of the catalogues of messages; for the time before several processes read pages."""
    language = env.config.language
    for folder in (env.srcdir / name for name in env.config.locale_dirs):
        place = folder / language / "LC_MESSAGES"
        for path in sorted(place.rglob("*.mo")):
            if _messages(path.relative_to(place).with_suffix("").as_posix(), folder, language) is None:
                message, hint = "a broken catalogue of messages", "delete it: Sphinx makes it of the .po file again"
                problem = f"its pages are not translated; {hint}"
                yield Problem(Place(os.path.normpath(path)), Code.UNREADABLE_FILE, message, problem)


def shortened(words: str) -> str:
    """At most as many words as search engines show of a description."""
    short = textwrap.shorten(words, DESCRIPTION, placeholder=" …")
    return short if short != "…" else words[: DESCRIPTION - 1] + "…"


def index_node(entries: Iterable[tuple[str, str]]) -> addnodes.index:
    """Index entries, words with anchors, that a directive of ours makes; they go when their place is hidden."""
    node = index_entries(entries)
    node[OWN_ENTRIES] = True
    return node


def index_entries(entries: Iterable[tuple[str, str]]) -> addnodes.index:
    """Words with anchors as entries of the general index."""
    return addnodes.index(entries=[("single", words, anchor, "", _heading(words)) for words, anchor in entries])


def _heading(words: str) -> str | None:
    """The letter above an entry where the sorted index would have it twice: that of a long s is S, and it stands behind Z."""
    letter = unicodedata.normalize("NFD", words[:1])[:1]
    return letter.upper()[0] if letter.upper().lower() != letter.lower() else None


def indexed(words: str) -> str:
    """Words as an index entry: a semicolon would begin a sub-entry."""
    return words.replace(";", ",")


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(LinkVirtualPages)
    app.add_transform(FinishPage)
    app.add_post_transform(LinkObjects)
