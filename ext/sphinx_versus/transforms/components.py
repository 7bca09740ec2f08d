"""Components and source marks become what a format needs when their page is written. Write phase."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.gettext import MessageCatalogBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..catalogue.prose import Prose
from ..components import COMPONENTS
from ..components.component import Component, Number, Picture, Slot, TableComponent, side_classes, slot_of
from ..components.node_helpers import SOURCE_MARK, inline, remark
from ..components.page import SLOT, HtmlPage, HtmlSite, NodePage, source_marks
from ..components.prose_writer import ProseWriter, escape, without_entities
from ..components.templates import Templates
from ..environment.domain import domain_of, showing_only
from ..environment.page_mistakes import CHECKED
from ..environment.project import VersusProject, pdf_address, project_of
from ..environment.repeated_work import keep_results
from ..environment.reporting import report
from ..problems import Place, internal

BEGIN, END = "<!-- no-search -->", "<!-- /no-search -->"
"""Around what the search must not read; as slots, these are comments: one beginning for all is found several times faster."""
PARTS = re.compile(f"({SLOT.format('[a-z-]+')}|{BEGIN}.*?{END})", re.DOTALL)
"""What is a node of its own between the HTML of a component: blocks of the page, and what the search must not read."""
SMART_QUOTES = ("smart_quotes", "smartquotes_locales", "language_code")
"""The settings of typographic quotation marks, of which a volume of LaTeX has not all."""


def writes_each_page(builder: Builder) -> bool:
    """Whether each page becomes HTML by itself; where pages are joined or looked through again, they keep their nodes."""
    joins = isinstance(builder, SingleFileHTMLBuilder | Epub3Builder)
    return isinstance(builder, StandaloneHTMLBuilder) and not joins


class ComponentTransform(SphinxPostTransform):
    """Put something in the place of each component; ``for_pages``: for builders that write each page as HTML, or for all others."""

    for_pages: bool

    def run(self, **kwargs: Any) -> None:
        project = project_of(self.env)
        if writes_each_page(project.builder) is self.for_pages:
            for component in [*self.document.findall(Component)]:
                at = component.parent.index(component)  # replace_self() would copy classes and ids
                component.parent[at : at + 1] = self._replacement(project, component)

    def _replacement(self, project: VersusProject, component: Component) -> list[nodes.Node]:
        """The nodes in the place of a component; a remark where they cannot be made."""
        try:
            return [*self.made_of(project, component, project.view(component))]
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this component only)
            place = Place(str(component.source or self.env.doc2path(self.env.docname)), component.line or 1)
            problem = internal(place, f'the component "{component["name"]}"', error, "written")
            report(problem)
            return [remark(problem.code, problem.message)]

    def made_of(self, project: VersusProject, component: Component, view: Any) -> Iterator[nodes.Node]:
        """The nodes for a component."""
        raise NotImplementedError


class WriteComponents(ComponentTransform):
    """HTML in a ``raw`` node, behind all that resolves references in the slots."""

    default_priority = 990
    formats = ("html",)
    for_pages = True

    def made_of(self, project: VersusProject, component: Component, view: Any) -> Iterator[nodes.Node]:
        if project.html_site is None:
            project.html_site = html_site(project, self.env)
        name = component["name"]
        page = HtmlPage(project.html_site, component, self.env.docname)
        html = COMPONENTS[name].html(page, view)
        if not isinstance(component, TableComponent):  # of a table the theme wrote classes and ids
            html = _with_attributes(html, component["classes"], component["ids"])
        about = {"component": name, "anchor": page.anchor_of(component)}
        for number, part in enumerate(PARTS.split(without_entities(html))):
            if number % 2 == 0:
                if part:
                    yield nodes.raw("", part, format="html", **about)
            elif part.startswith(BEGIN):
                inner = part.removeprefix(BEGIN).removesuffix(END)
                yield nodes.raw("", inner, format="html", classes=["no-search"])
            elif slot := slot_of(component, part.split()[2]):
                yield from slot.children


def _with_attributes(html: str, classes: Sequence[str], ids: Sequence[str]) -> str:
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


class DressPage(SphinxPostTransform):
    """The class of a page of ours, and on that of several technologies each name of the title in the colour of its side."""

    default_priority = 985  # before the components are written
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        project = project_of(self.env)
        top = next(self.document.findall(nodes.section), None)
        if top is None or not writes_each_page(project.builder):
            return
        subjects = domain_of(self.env).subjects(self.env.docname)
        compared = next((id_ for type_, id_ in subjects if type_ == "comparison"), "")
        if compared or self.env.docname in project.pages:
            top["classes"].append("vs-page")
        sides = project.catalogue.sides_of(compared)
        if len(sides) > 1 and isinstance(top[0], nodes.title):
            names = [project.catalogue.technologies[side].name.casefold() for side in sides]
            colours = dict(zip(names, side_classes(len(names)), strict=True))
            longest_first = map(re.escape, sorted(colours, key=len, reverse=True))
            title = self.env.titles[self.env.docname].astext()
            parts = re.split(rf"(?<!\w)({'|'.join(longest_first)})(?!\w)", title, flags=re.IGNORECASE)
            if len(parts) > 1:  # else it is a title in words of its own
                top[0]["classes"].append("vs-title")
                top[0][:] = [inline(part, colours.get(part.casefold(), "vs-between")) for part in parts]
        for section in [*self.document.findall(nodes.section)]:
            if len(section) > 1 and isinstance(section[1], Component) and section[1]["name"] == "leads":
                heading, leads, *rest = section.children  # what follows on the leads of a topic is opened by them
                begin = nodes.raw("", '<details class="vs vs-topic"><summary>', format="html")
                between = nodes.raw("", '</summary> <div class="vs-prose">', format="html")
                end = nodes.raw("", "</div></details>", format="html")
                section[:] = [begin, heading, leads, between, *rest, end]


class BuildComponents(ComponentTransform):
    """Standard nodes, before references are resolved."""

    default_priority = 1
    for_pages = False

    def made_of(self, project: VersusProject, component: Component, view: Any) -> Iterator[nodes.Node]:
        def parse(prose: Prose) -> list[nodes.Node]:
            return self._with_quotes(project.prose_parser.parse(self.document, prose))

        # All that can be translated, and all in which a mistake of a person may be, is in slots.
        if isinstance(project.builder, MessageCatalogBuilder) or CHECKED in project.builder.tags:
            for child in component.children:
                yield from child.children if isinstance(child, Slot) else [child]
            return
        page = NodePage(component, parse, project.builder)
        blocks = COMPONENTS[component["name"]].as_nodes(page, view)
        for block in blocks:
            for node in block.findall(nodes.Element):
                if node.source is None:  # docutils would name what it parsed last
                    node.source, node.line = component.source, component.line
        if blocks and isinstance(blocks[0], nodes.Element):
            blocks[0].update_basic_atts(component)
        yield from blocks

    def _with_quotes(self, blocks: list[nodes.Node]) -> list[nodes.Node]:
        """Typographic quotation marks, as texts of the page have them since it was read."""
        fragment = nodes.document(self.document.settings, self.document.reporter)
        for name in SMART_QUOTES:
            fragment.settings.setdefault(name, self.env.settings.get(name))
        fragment += nodes.entry("", *blocks)
        SphinxSmartQuotes(fragment, startnode=None).apply()
        return list(fragment[0].children)


def html_site(project: VersusProject, env: BuildEnvironment) -> HtmlSite:
    """What the pages of the builder have in common."""
    builder, domain = project.builder, domain_of(env)
    assert isinstance(builder, StandaloneHTMLBuilder)
    builder.docsettings.stylesheet_path = None  # docutils would look for its own, which no page has, four times a page
    keep_results(builder)

    def home(key: tuple[str, str]) -> tuple[str, str] | None:
        found = domain.home(key)
        return found and (found[0], found[1].anchor)

    return HtmlSite(
        builder,
        ProseWriter(builder, project.prose_parser.parse),
        Templates(project.settings.templates, report),
        home,
        project.settings.repository,
        partial(showing_only, builder),
        partial(pdf_address, builder),
    )


class ShortenMarks(SphinxPostTransform):
    """Source marks that a person wrote on a page: those in a row as one superscript, as components write them."""

    default_priority = 980
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for mark in [*self.document.findall(_is_mark)]:
            if mark.parent:  # else an earlier one was followed by it
                parent, at = mark.parent, mark.parent.index(mark)
                marks = list(takewhile(_is_mark, parent[at:]))
                html = source_marks(Number(one.astext(), one["refid"]) for one in marks)
                parent[at : at + len(marks)] = [nodes.raw("", html, format="html")]
                for one in marks:
                    one.parent = None


class ShowPictures(SphinxPostTransform):
    """Make the pictures of records images."""

    default_priority = 0  # before anything looks at images

    def run(self, **kwargs: Any) -> None:
        for picture in [*self.document.findall(Picture)]:
            picture.parent.replace(picture, picture.as_image())


def _is_mark(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference) and SOURCE_MARK in node["classes"]


def setup(app: Sphinx) -> None:
    """Register the nodes and the post-transforms."""
    app.add_node(Component)
    app.add_enumerable_node(TableComponent, "table")
    app.add_node(Slot)
    app.add_node(Picture)
    for transform in (ShowPictures, BuildComponents, ShortenMarks, DressPage, WriteComponents):
        app.add_post_transform(transform)
