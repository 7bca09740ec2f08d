"""``criterion-index`` (the vocabulary of rows) and ``sources`` (the place of the page's list of sources)."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from ..components import criterion_list
from ..environment.finish import SOURCES_HERE, index_node, indexed
from .base import Nodes, Options, VersusDirective, add_directive


class CriterionIndex(VersusDirective):
    """All criteria by group, with their definitions."""

    def build(self, options: Options) -> Nodes:
        self.no_argument()
        view = criterion_list.view(self.page.ask)
        shown = self.page.show("criterion-list", view)
        entries = [
            ("single", f"criterion; {indexed(one.name)}", shown["anchors"]["criterion", one.id], "", None)
            for _title, criteria in view
            for one in criteria
        ]
        return [index_node(entries), shown]


class Sources(VersusDirective):
    """The numbered list of this page's sources; without the directive it stands at the end."""

    def build(self, options: Options) -> Nodes:
        self.no_argument()
        return [nodes.container(classes=[SOURCES_HERE])]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "criterion-index", CriterionIndex)
    add_directive(app, "sources", Sources)
