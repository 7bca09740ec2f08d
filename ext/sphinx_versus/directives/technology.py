"""``technology`` (a definition card) and ``technology-index`` (all of them, by kind)."""

from __future__ import annotations

from sphinx.application import Sphinx

from ..catalogue import query
from ..render.listing import build_technology_list
from ..render.technology import build_technology
from ..site.contents import hidden_toctree
from .base import Flag, Nodes, Options, VersusDirective, add_directive


class Technology(VersusDirective):
    """The argument is a technology; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.technology_id()
        card = self.page.ask(query.card, id_)
        return [build_technology(self.page, card)] if card else []


class TechnologyIndexOptions(Options):
    """Filters."""

    kind: str = ""
    toctree: Flag = False


class TechnologyIndex(VersusDirective):
    """All technologies by kind, with their definitions."""

    options_model = TechnologyIndexOptions

    def build(self, options: TechnologyIndexOptions) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind)
        kinds = self.page.ask(query.technologies, options.kind)
        listed = [card.id for _, cards in kinds for card in cards]
        contents = hidden_toctree(self.env, "technology", sorted(listed)) if options.toctree else []
        return [*build_technology_list(self.page, kinds), *contents]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "technology", Technology)
    add_directive(app, "technology-index", TechnologyIndex)
