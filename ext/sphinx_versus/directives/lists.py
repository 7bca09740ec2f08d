"""Technologies, and lists over the whole site: of comparisons, technologies, criteria, misconceptions and pairs."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes

from ..catalogue import query
from ..catalogue.model import Logo
from ..components import (
    comparison_list,
    criterion_list,
    i18n,
    matrix,
    misconception_list,
    pair_list,
    picker,
    reasons,
    technology,
    technology_list,
)
from ..components.component import Picture
from ..components.i18n import _
from ..components.node_helpers import inline, paragraph, separated, text
from ..environment.page_transforms import SOURCES_HERE, index_node, indexed
from ..environment.project import project_of
from ..environment.virtual_page_parser import hidden_toctree
from .base import Nodes, Option, VersusDirective, flag, number, one_of, word

KIND = {"kind": Option(word)}
"""A filter by the kind of technologies."""
TECHNOLOGY = {"technology": Option(word)}
TOCTREE = {"toctree": Option(flag, default=False)}
"""Whether the pages belong below this one."""
SECTIONS = {"sections": Option(flag, default=False)}
"""Whether each group is a section of the page, so that the page's table of contents has it."""
MOST_SECTIONS = 500
"""Groups of criteria that are sections; more are headings alone, for nobody reads so long a table of contents."""


class Technology(VersusDirective):
    """The definition of the technology that is named, or of the page's own."""

    def build(self, options: Any) -> Nodes:
        id_ = self.technology_id()
        sides = self.catalogue.sides_of(self.page.comparison) if self.page.comparison else ()
        at = sides.index(id_) if len(sides) > 1 and id_ in sides else None
        is_own = id_ == self.page.technology
        view = technology.view(self.page.ask, id_, at, is_own)
        if view is None:
            return []
        slots = {technology.LOGO: [self._logo(view.card.logo)]} if view.card.logo else {}
        shown = self.page.show("technology", view, id_, at, is_own, slots=slots)
        if is_own and view.card.summary.text:
            self.page.name(shown, "summary")
        return [shown]

    def _logo(self, logo: Logo) -> Picture:
        """An image by its path as Sphinx wants it, from the folder of the pages."""
        path = os.path.relpath(project_of(self.env).settings.data / logo.file, self.env.srcdir)
        uri = self.env.relfn2path(f"/{Path(path).as_posix()}")[0]
        self.env.note_dependency(uri)
        self.env.images.add_file(self.env.docname, uri)
        return Picture(uri=uri, alt=logo.alt, classes=["versus-logo"])


class TechnologyChoices(VersusDirective):
    """When to choose the technology that is named, or the page's own, over each with which it is compared."""

    def build(self, options: Any) -> Nodes:
        id_ = self.technology_id()
        sections: Nodes = []
        for comparison in self.page.ask(query.comparisons, "", id_):
            view = reasons.view(self.page.ask, comparison.id, id_)
            if view and view.conditions:
                words = i18n.choose_over(view.relation, view.name, view.others)
                shown = self.page.show("reasons", view, comparison.id, id_)
                sections.append(self.section(words, f"choose-{comparison.id}", shown))
        return sections


class DerivedPairs(VersusDirective):
    """The derived pairs of the technology that is named, or of the page's own."""

    def build(self, options: Any) -> Nodes:
        id_ = self.technology_id()
        view = pair_list.view(self.page.ask, id_)
        return [self.page.show("pair-list", view, id_)] if view else []


class CatalogueNumbers(VersusDirective):
    """What the catalogue holds, in four numbers."""

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        return [self.page.component("numbers")]


class ComparisonIndex(VersusDirective):
    """All comparisons, or those of a kind or with a technology."""

    options_read: ClassVar = {**KIND, **TECHNOLOGY, **TOCTREE, "style": Option(one_of(("cards", "list")), "cards")}

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind, options.technology)
        arguments = (options.style == "cards", "", 0, options.kind, options.technology)
        view = comparison_list.view(self.page.ask, *arguments)
        if not view.comparisons:
            return []
        shown = self.page.show("comparison-list", view, *arguments)
        listed = (one.id for one in self.page.ask(query.comparisons, options.kind, options.technology))
        return [
            shown,
            *(hidden_toctree(self.env, "comparison", listed, self.option_place("toctree")) if options.toctree else []),
        ]


class TechnologyIndex(VersusDirective):
    """All technologies by kind, with their definitions."""

    options_read: ClassVar = {**KIND, **TOCTREE, **SECTIONS}

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind)
        view = technology_list.view(self.page.ask, options.kind)
        listed = [one.id for _kind, technologies in view for one in technologies]
        place = self.option_place("toctree")
        contents = hidden_toctree(self.env, "technology", sorted(listed), place) if options.toctree else []
        if options.sections:
            lists = ((kind, self.page.component("technology-list", kind, False)) for kind, _cards in view)
            return [*(self.section(i18n.kind(kind), f"kind-{kind}", shown) for kind, shown in lists), *contents]
        return [*([self.page.show("technology-list", view, options.kind)] if view else []), *contents]


class MisconceptionIndex(VersusDirective):
    """All misconceptions, or those about a technology or a kind."""

    options_read: ClassVar = {**KIND, **TECHNOLOGY, **SECTIONS}

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind, options.technology)
        named = (options.technology,) if options.technology else ()
        if options.sections:
            return [*self._by_kind(named, (options.kind,) if options.kind else self.page.ask(query.kinds, 1))]
        view = misconception_list.view(self.page.ask, named, options.kind)
        return [self.page.show("misconception-list", view, named, options.kind)] if view.shown else []

    def _by_kind(self, technologies: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[nodes.Node]:
        """A section for each kind, under one filter; a misconception about two kinds is in both."""
        if not self.page.ask(query.misconceptions, "", technologies, ""):
            yield paragraph(text(_("There are none yet.")))
            return
        yield self.page.component("misconception-list", technologies, "", True, False)
        for kind in kinds:
            arguments = (technologies, kind, False)
            view = misconception_list.view(self.page.ask, *arguments)
            if view.shown:
                shown = self.page.show("misconception-list", view, *arguments)
                yield self.section(i18n.kind(kind), f"kind-{kind}", shown)


class CriterionIndex(VersusDirective):
    """All criteria by group, with their definitions."""

    options_read: ClassVar = {**SECTIONS}

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        groups = self.page.ask(query.criteria)
        if not options.sections or len(groups) > MOST_SECTIONS:
            return self._listed(None)
        return [self.section(group, f"group-{nodes.make_id(group)}", *self._listed(group)) for group in groups]

    def _listed(self, group: str | None) -> Nodes:
        """The criteria of all groups or of one, behind their entries in the general index."""
        view = criterion_list.view(self.page.ask, group)
        shown = self.page.show("criterion-list", view, group)
        entries = [
            (f"criterion; {indexed(one.name)}", shown["anchors"]["criterion", one.id])
            for _title, criteria in view.groups
            for one in criteria
        ]
        return [index_node(entries), shown]


class ComparisonMatrix(VersusDirective):
    """The technologies of a kind against each other; without a kind, of each kind that has two."""

    options_read: ClassVar = {**KIND, "limit": Option(number, 12)}
    """Which kind, and up to how many technologies it is a table."""

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind)
        shown: Nodes = []
        for kind in (options.kind,) if options.kind else self.page.ask(query.kinds, 2):
            view = matrix.view(self.page.ask, kind, options.limit)
            caption = i18n.kind(view.kind) if matrix.is_table(view) else None
            shown.append(self.page.show("matrix", view, kind, options.limit, caption=caption))
        return shown


class ComparePicker(VersusDirective):
    """Two fields in which a reader names what to compare, and links to the lists and the tables of kinds that the site has."""

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        found = {kind: [*self._links(words, kind)] for kind, words in picker.labels().items()}
        slots: dict[str, Nodes] = {kind: links for kind, links in found.items() if links}
        lists = tuple(slots)
        sizes = self.page.ask(query.kind_sizes)
        tables = [one for kind, size in sizes for one in self._links(f"{i18n.kind(kind)} ({size})", "kind", kind)]
        if tables:
            slots[picker.TABLES] = separated(([one] for one in tables), " · ")
        return [self.page.component("picker", lists, bool(tables), slots=slots)]

    def _links(self, words: str, kind: str, id_: str = "") -> Iterator[nodes.Node]:
        """The link to a page, if it is made."""
        docname = project_of(self.env).settings.docname(kind, id_)
        if docname in self.env.found_docs:
            target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{docname}", "refexplicit": True}
            origin = {"refdoc": self.env.docname, "refwarn": False}
            yield addnodes.pending_xref("", inline(words), **target, **origin)


class Sources(VersusDirective):
    """The place of the page's numbered list of sources; without the directive it stands at the end."""

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        return [nodes.container(classes=[SOURCES_HERE])]
