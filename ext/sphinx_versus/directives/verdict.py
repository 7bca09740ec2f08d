"""``verdict``: when to choose which side, or when each is used, with reasons."""

from __future__ import annotations

from sphinx.application import Sphinx

from ..catalogue import query
from ..problems import Code
from ..render.verdict import build_verdict
from .base import DirectiveProblem, Nodes, Options, VersusDirective, add_directive


class Verdict(VersusDirective):
    """The argument is a comparison; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.comparison_id()
        verdict = self.page.ask(query.verdict, id_)
        if verdict is None:
            raise DirectiveProblem(Code.NO_VERDICT, f'"{id_}" has no verdict', "add verdict: to its record")
        return [build_verdict(self.page, verdict, id_)]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    add_directive(app, "verdict", Verdict)
