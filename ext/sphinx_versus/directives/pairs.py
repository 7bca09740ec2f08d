"""``differences``, ``derived-pairs`` and ``comparison-matrix``: in what two differ, and which two have a page together."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from ..catalogue import query
from ..components import i18n, matrix, pair_list
from .base import Nodes, Number, Options, VersusDirective, Word, add_directive


class DifferencesOptions(Options):
    """How many are told with their answers."""

    limit: Number = 6


class Differences(VersusDirective):
    """The argument is a comparison; without one, the page's own."""

    options_model = DifferencesOptions

    def build(self, options: DifferencesOptions) -> Nodes:
        return [self.page.component("differences", self.comparison_id(), options.limit)]


class DerivedPairs(VersusDirective):
    """The argument is a technology; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.technology_id()
        view = pair_list.view(self.page.ask, id_)
        return [self.page.show("pair-list", view, id_)] if view else []


class MatrixOptions(Options):
    """Which kind, and up to how many technologies it is a table."""

    kind: Word = ""
    limit: Number = 12


class ComparisonMatrix(VersusDirective):
    """The technologies of a kind against each other; without a kind, of each kind that has two."""

    options_model = MatrixOptions

    def build(self, options: MatrixOptions) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind)
        kinds = (options.kind,) if options.kind else self.page.ask(query.kinds, 2)
        return [self._matrix(kind, options.limit) for kind in kinds]

    def _matrix(self, kind: str, limit: int) -> nodes.Node:
        view = matrix.view(self.page.ask, kind, limit)
        return self.page.show(
            "matrix", view, kind, limit, caption=i18n.kind(view.kind) if matrix.is_table(view) else None
        )


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "differences", Differences)
    add_directive(app, "derived-pairs", DerivedPairs)
    add_directive(app, "comparison-matrix", ComparisonMatrix)
