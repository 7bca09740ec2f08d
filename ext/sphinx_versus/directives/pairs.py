"""``differences``, ``derived-pairs`` and ``comparison-matrix``: in what two differ, and which two have a page together."""

from __future__ import annotations

from pydantic import PositiveInt
from sphinx.application import Sphinx

from ..catalogue import query
from ..render import words
from ..render.pairs import build_differences, build_matrix, build_pair_list
from .base import Nodes, Options, VersusDirective, add_directive


class DifferencesOptions(Options):
    """How many are told with their answers."""

    limit: PositiveInt = 6


class Differences(VersusDirective):
    """The argument is a comparison; without one, the page's own."""

    options_model = DifferencesOptions

    def build(self, options: DifferencesOptions) -> Nodes:
        id_ = self.comparison_id()
        table = self.page.ask(query.comparison_table, id_)
        assert table
        return build_differences(self.page, table, id_, options.limit)


class DerivedPairs(VersusDirective):
    """The argument is a technology; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.technology_id()
        pairs = self.page.ask(query.derived_pairs, id_)
        return [build_pair_list(pairs)] if pairs else []


class MatrixOptions(Options):
    """Which kind, and up to how many technologies it is a table."""

    kind: str = ""
    limit: PositiveInt = 12


class ComparisonMatrix(VersusDirective):
    """The technologies of a kind against each other; without a kind, of each kind that has two."""

    options_model = MatrixOptions

    def build(self, options: MatrixOptions) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind)
        kinds = (options.kind,) if options.kind else self.page.ask(query.kinds, 2)
        matrices = (self.page.ask(query.matrix, kind, options.limit) for kind in kinds)
        return [node for matrix in matrices for node in build_matrix(matrix, words.kind(matrix.kind))]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "differences", Differences)
    add_directive(app, "derived-pairs", DerivedPairs)
    add_directive(app, "comparison-matrix", ComparisonMatrix)
