"""What a component and its template may ask of the page for which they write HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from docutils import nodes
from markupsafe import Markup
from sphinx.builders.html import StandaloneHTMLBuilder

from ..catalogue.prose import Prose
from .component import Component, ComponentModule, Number, TableComponent, slot_of
from .prose import Blocks, ProseWriter, escape
from .templates import Templates

# ruff: noqa: S704 (what becomes Markup here is made of words that passed escape, and of ids)

SLOT = "\ue000{}\ue001"
"""Where the nodes of a slot go (characters of private use)."""


class HtmlSite(NamedTuple):
    """What the pages of one builder have in common."""

    builder: StandaloneHTMLBuilder
    prose: ProseWriter
    templates: Templates
    home: Callable[[tuple[str, str]], tuple[str, str] | None]
    """The docname and the anchor (empty: the page itself) of an object by type and id, if a page shows it."""
    repository: Any
    """Where the records are kept in public, or nothing."""
    showing_only: Callable[[str, Sequence[str]], str]
    """The address of a table at an address, with some of its technologies shown."""
    pdf: Callable[[str], str]
    """The address of the PDF of a page, seen from that page; empty without one."""


class HtmlPage:
    """The page on which a component is shown."""

    def __init__(self, site: HtmlSite, name: str, component: Component, docname: str) -> None:
        self._site, self._name, self._component = site, name, component
        self.docname = docname
        self.language: str = site.builder.config.language or "en"
        self.numbers: Mapping[str, Number] = component["numbers"]
        self.repository = site.repository

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self._site.builder.env.titles[self.docname].astext())

    @property
    def pdf(self) -> str:
        """The address of the PDF of the page, if there is one."""
        return self._site.pdf(self.docname)

    @property
    def classes(self) -> list[str]:
        """The classes that the directive asks for."""
        return list(self._component["classes"])

    def render(self, name: str = "", /, **variables: Any) -> str:
        """The component by its template, or by that of another one."""
        return self._site.templates.render(name or self._name, variables)

    def prose(self, prose: Prose) -> Blocks:
        """A text; where it refers to something, as Sphinx resolved it on this page."""
        slot = slot_of(self._component, prose.text)
        return self._site.prose.blocks(prose) if slot is None else self._site.prose.written(slot.children)

    def slot(self, key: str) -> Markup:
        """The place of the blocks that are kept under a key."""
        return Markup(SLOT.format(key))

    def words(self, words: str) -> str:
        """Plain words, translated if the site has a translation of them."""
        slot = slot_of(self._component, words)
        return Markup(self._site.prose.inline(slot[0].children)) if slot else words

    def inline(self, key: str) -> Markup:
        """The words and links that are kept under a key."""
        slot = slot_of(self._component, key)
        return Markup(self._site.prose.inline(slot.children) if slot else "")

    def anchor(self, type_: str, id_: str) -> str:
        """The id of an object that is shown here."""
        return str(self._component["anchors"][type_, id_])

    def link(self, type_: str, id_: str, words: str, *, before: str = "", only: Sequence[str] = ()) -> Markup:
        """A link to an object, the words alone when no page shows it.

        ``before`` is for screen readers only, ``only`` names the technologies of a table that are looked for.
        """
        shown = escape(words)
        home = self._site.home((type_, id_))
        if home is None:
            return Markup(f'<span class="xref versus-ref versus-ref-{type_}">{shown}</span>')
        unseen = f'<span class="versus-unseen">{escape(before)}</span>' if before else ""
        address = self._address(*home)
        if only:
            address = self._site.showing_only(address, only)
        return Markup(f'<a class="reference internal" href="{escape(address)}">{unseen}{shown}</a>')

    def _address(self, docname: str, anchor: str) -> str:
        start = "" if docname == self.docname else self._site.builder.get_relative_uri(self.docname, docname)
        return f"{start}#{anchor}" if anchor or not start else start

    def marks(self, sources: Iterable[str]) -> Markup:
        """A mark for each source that is in the page's list."""
        found = [self.numbers[id_] for id_ in sources if id_ in self.numbers]
        links = "".join(f'<a href="#{number.anchor}">{number.label}</a>' for number in found)
        return Markup(f"<sup>{links}</sup>" if links else "")

    def permalink(self, anchor: str, title: str) -> Markup:
        """A permalink as headings have it, if the site wants them."""
        builder = self._site.builder
        if not (builder.add_permalinks and builder.config.html_permalinks):
            return Markup()
        icon = builder.config.html_permalinks_icon
        return Markup(f'<a class="headerlink" href="#{anchor}" title="{escape(title)}">{icon}</a>')

    def table_frame(self, *classes: str) -> tuple[Markup, Markup]:
        """What the theme writes before the columns of a table, its caption included, and behind its rows."""
        component = self._component
        children = [child for child in component.children if isinstance(child, nodes.title)]
        table = nodes.table("", *children, classes=list(classes), ids=component["ids"])
        return self._site.prose.table_frame(table, self.docname)


def write(site: HtmlSite, module: ComponentModule, view: object, component: Component, docname: str) -> str:
    """The HTML of a component, with a sign in the place of each slot that keeps its nodes."""
    html = module.html(HtmlPage(site, component["name"], component, docname), view)
    if isinstance(component, TableComponent):  # the theme wrote classes and ids
        return html
    return _outermost(html, component["classes"], component["ids"])


def _outermost(html: str, classes: Sequence[str], ids: Sequence[str]) -> str:
    """Classes and ids for the outermost element, or the first of several."""
    tag, end, rest = html.partition(">")
    before = ""
    if classes and ' class="' in tag:
        tag = tag.replace(' class="', f' class="{escape(" ".join(classes))} ', 1)
    elif classes:
        tag = f'{tag} class="{escape(" ".join(classes))}"'
    for id_ in ids:
        if ' id="' in tag:
            before += f'<span id="{escape(id_)}"></span>'
        else:
            tag = f'{tag} id="{escape(id_)}"'
    return f"{before}{tag}{end}{rest}"
