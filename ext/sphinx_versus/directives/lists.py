"""``criterion-index`` (the vocabulary of rows) and ``sources`` (the place of the page's list of sources)."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from ..catalogue import query
from ..render.listing import build_criteria
from ..site.finish import SOURCES_HERE, index_node, indexed
from .base import Nodes, Options, VersusDirective, add_directive


class CriterionIndex(VersusDirective):
    """All criteria by group, with their definitions."""

    def build(self, options: Options) -> Nodes:
        self.no_argument()
        groups = self.page.ask(query.criteria)
        blocks = build_criteria(self.page, groups)
        entries = [
            ("single", f"criterion; {indexed(term.astext())}", target["ids"][0], "", None)
            for block in blocks
            if isinstance(block, nodes.Element)
            for term in block.findall(nodes.term)
            for target in term.findall(nodes.target)
        ]
        return [index_node(entries), *blocks]


class Sources(VersusDirective):
    """The numbered list of this page's sources; without the directive it stands at the end."""

    def build(self, options: Options) -> Nodes:
        self.no_argument()
        return [nodes.container(classes=[SOURCES_HERE])]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "criterion-index", CriterionIndex)
    add_directive(app, "sources", Sources)
