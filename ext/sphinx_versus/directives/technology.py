"""``technology`` (a definition card) and ``technology-index`` (all of them, by kind)."""

from __future__ import annotations

from sphinx.application import Sphinx

from ..components import technology, technology_list
from ..environment.contents import hidden_toctree
from .base import Flag, Nodes, Options, VersusDirective, Word, add_directive


class Technology(VersusDirective):
    """The argument is a technology; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.technology_id()
        view = technology.view(self.page.ask, id_)
        return [self.page.show("technology", view, id_)] if view else []


class TechnologyIndexOptions(Options):
    """Filters."""

    kind: Word = ""
    toctree: Flag = False


class TechnologyIndex(VersusDirective):
    """All technologies by kind, with their definitions."""

    options_model = TechnologyIndexOptions

    def build(self, options: TechnologyIndexOptions) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind)
        view = technology_list.view(self.page.ask, options.kind)
        listed = [one.id for _kind, technologies in view for one in technologies]
        contents = hidden_toctree(self.env, "technology", sorted(listed)) if options.toctree else []
        return [*([self.page.show("technology-list", view, options.kind)] if view else []), *contents]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "technology", Technology)
    add_directive(app, "technology-index", TechnologyIndex)
