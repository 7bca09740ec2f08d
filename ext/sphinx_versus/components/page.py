"""What a component may ask of the page that shows it, when the page is written: as HTML, or as standard nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, cast

from docutils import nodes
from markupsafe import Markup
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.images import guess_mimetype

from ..catalogue.prose import Prose
from .component import Component, Number, Words, slot_of
from .i18n import _
from .node_helpers import rubric, source_mark, text
from .prose_writer import Blocks, ProseWriter, escape
from .templates import Templates

# ruff: noqa: S704 (what becomes Markup here is made of words that passed escape, and of ids)

SLOT = "<!-- slot {} -->"
"""Where the nodes of a slot go in the HTML of a component; words of a record cannot be such a comment, because they are escaped."""


def source_marks(numbers: Iterable[Number]) -> str:
    """The HTML of source marks in a row."""
    label = _("Source %s")
    links = (
        f'<a href="#{escape(number.anchor)}" aria-label="{escape(label % number.label[1:-1])}">{number.label[1:-1]}</a>'
        for number in numbers
    )
    marks = " ".join(links)
    return f'<span class="vs-src">{marks}</span>' if marks else ""


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


class ComponentPage:
    """The page on which a component is shown."""

    def __init__(self, component: Component, language: str) -> None:
        self.component, self.language = component, language
        self.numbers: dict[str, Number] = component["numbers"]

    def numbers_of(self, sources: Iterable[str]) -> list[Number]:
        """The numbers of those sources that are in the page's list."""
        return [self.numbers[id_] for id_ in sources if id_ in self.numbers]

    @property
    def caption(self) -> list[nodes.title]:
        """The caption that Sphinx knows, if there is one."""
        return [child for child in self.component.children if isinstance(child, nodes.title)]


class HtmlPage(ComponentPage):
    """The page of a component that fills its template."""

    def __init__(self, site: HtmlSite, component: Component, docname: str) -> None:
        super().__init__(component, site.builder.config.language or "en")
        self.site, self.docname = site, docname

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self.site.builder.env.titles[self.docname].astext())

    @property
    def level(self) -> int:
        """The level of the heading under which the component stands."""
        node, level = self.component.parent, 0
        while node is not None:
            level += isinstance(node, nodes.section)
            node = node.parent
        return max(level, 1)

    @property
    def components(self) -> list[Component]:
        """The components of the page that are not written yet, this one first on most pages."""
        document = self.component.document
        return [*document.findall(Component)] if document else []

    def anchor_of(self, component: Component) -> str:
        """Where a link to a component leads: to the chapter in which it stands, or else to itself; empty without an anchor."""
        node, chapter = component.parent, cast(nodes.Element, component)
        while node is not None and node.parent is not None:
            if isinstance(node, nodes.section) and isinstance(node.parent, nodes.section):
                chapter = node
            node = node.parent
        return str(chapter["ids"][0]) if chapter["ids"] else ""

    def render(self, **variables: Any) -> str:
        """The component by its template."""
        return self.site.templates.render(self.component["name"], variables)

    def prose(self, prose: Prose) -> Blocks:
        """A text; where it refers to something, as Sphinx resolved it on this page."""
        slot = slot_of(self.component, prose)
        return self.site.prose.blocks(prose) if slot is None else self.site.prose.written(slot.children)

    def slot(self, key: str) -> Markup:
        """The place of the blocks that are kept under a key."""
        return Markup(SLOT.format(key))

    def words(self, words: str) -> str:
        """Plain words, translated if the site has a translation of them."""
        slot = slot_of(self.component, Words(words))
        return Markup(self.site.prose.inline(slot[0].children)) if slot else words

    def inline(self, key: str) -> Markup:
        """The words and links that are kept under a key."""
        slot = slot_of(self.component, key)
        return Markup(self.site.prose.inline(slot.children) if slot else "")

    def anchor(self, type_: str, id_: str) -> str:
        """The id of an object that is mentioned as :class:`.Shown`; ``KeyError`` for any other."""
        return str(self.component["anchors"][type_, id_])

    def link(
        self, type_: str, id_: str, words: str, *, before: str = "", badge: str = "", only: Sequence[str] = ()
    ) -> Markup:
        """A link to an object, the words alone when no page shows it.

        ``before`` is for screen readers only, ``badge`` stands in a frame behind the words, ``only`` names the technologies of a table that are looked for.
        """
        shown = escape(words) + (f'<span class="vs-tag"> {escape(badge)}</span>' if badge else "")
        home = self.site.home((type_, id_))
        if home is None:
            return Markup(f'<span class="xref versus-ref versus-ref-{type_}">{shown}</span>')
        unseen = f'<span class="versus-unseen">{escape(before)}</span>' if before else ""
        docname, anchor = home
        address = "" if docname == self.docname else self.site.builder.get_relative_uri(self.docname, docname)
        if anchor or not address:
            address += f"#{anchor}"
        if only:
            address = self.site.showing_only(address, only)
        return Markup(f'<a class="reference internal" href="{escape(address)}">{unseen}{shown}</a>')

    def cited(self, type_: str, id_: str, words: str, *, is_disputed: bool) -> Markup:
        """A link to a value that a reason rests on, marked where the value is disputed."""
        return self.link(type_, id_, words, badge=_("disputed") if is_disputed else "")

    def marks(self, sources: Iterable[str]) -> Markup:
        """A mark for each source that is in the page's list: of those that are mentioned in :class:`.Cites`."""
        return Markup(source_marks(self.numbers_of(sources)))

    def permalink(self, anchor: str, title: str) -> Markup:
        """A permalink as headings have it, if the site wants them."""
        builder = self.site.builder
        if not (builder.add_permalinks and builder.config.html_permalinks):
            return Markup()
        icon = builder.config.html_permalinks_icon
        return Markup(f'<a class="headerlink" href="#{anchor}" title="{escape(title)}">{icon}</a>')

    def table_frame(self, *classes: str) -> tuple[Markup, Markup]:
        """What the theme writes before the columns of a table, its caption included, and behind its rows."""
        table = nodes.table("", *self.caption, classes=list(classes), ids=self.component["ids"])
        return self.site.prose.table_frame(table, self.docname)


class NodePage(ComponentPage):
    """The page of a component that becomes standard nodes; the builder decides on what is for browsers or paper."""

    def __init__(self, component: Component, parse: Callable[[Prose], list[nodes.Node]], builder: Builder) -> None:
        super().__init__(component, builder.config.language or "en")
        self._parse, self._image_types = parse, builder.supported_image_types
        self.for_browsers = builder.format == "html"
        self.for_paper = builder.format == "typst"

    def prose(self, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a text."""
        return self.slot(prose) if slot_of(self.component, prose) else self._parse(prose)

    def words(self, words: str) -> list[nodes.Node]:
        """Plain words, translated if the site has a translation of them."""
        found = self.slot(Words(words))
        return list(found[0].children) if found else [text(words)]

    def rubric(self, words: str, class_: str) -> nodes.rubric:
        """A heading, translated if the site has a translation of it."""
        found = [*self.slot(Words(words)), rubric(words)][0]
        assert isinstance(found, nodes.rubric)
        found["classes"].append(class_)
        return found

    def slot(self, what: Prose | Words | str) -> list[nodes.Node]:
        """The nodes that are kept for a text or under a name; they can be taken once."""
        slot = slot_of(self.component, what)
        if slot is None:
            return []
        slot.parent.remove(slot)
        children = list(slot.children)
        slot.clear()
        return children

    def images(self, key: str, height: str) -> list[nodes.Node]:
        """The images that are kept under a name, those that the format can show; browsers have their height in a style sheet."""
        images = [node for node in self.slot(key) if isinstance(node, nodes.image)]
        shown = [image for image in images if guess_mimetype(image["uri"]) in self._image_types]
        for image in shown if not self.for_browsers else ():
            image["height"] = height
        return [*shown]

    def anchor(self, type_: str, id_: str) -> nodes.target:
        """An inline target for an object that is mentioned as :class:`.Shown`; ``KeyError`` for any other."""
        return nodes.target("", "", ids=[self.component["anchors"][type_, id_]])

    def marks(self, sources: Iterable[str]) -> list[nodes.Node]:
        """A mark for each source that is in the page's list: of those that are mentioned in :class:`.Cites`."""
        return [source_mark(number) for number in self.numbers_of(sources)]
