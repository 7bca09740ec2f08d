"""``verdict``: when to choose which side, or when each is used, with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from ..catalogue import query
from ..catalogue.prose import is_web_address
from ..problems import Code
from ..render.verdict import build_invitation, build_verdict
from ..site.project import project_of
from .base import DirectiveProblem, Nodes, Options, VersusDirective, add_directive


class Verdict(VersusDirective):
    """The argument is a comparison; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.comparison_id()
        verdict = self.page.ask(query.verdict, id_)
        if id_ in self.catalogue.derived:
            return [build_invitation(self._sides(id_), self._address())]
        if verdict is None:
            raise DirectiveProblem(Code.NO_VERDICT, f'"{id_}" has no verdict', "add verdict: to its record")
        return [build_verdict(self.page, verdict, id_)]

    def _sides(self, id_: str) -> Sequence[str]:
        return [side.id for side in self.page.ask(query.sides, self.catalogue.sides_of(id_))]

    def _address(self) -> nodes.Element | None:
        """The page on which readers learn how to write a comparison, when the site names one."""
        named = project_of(self.env).settings.contribute
        if not named:
            return None
        if is_web_address(named):
            return nodes.reference("", "", refuri=named)
        target = f"/{named}"
        return addnodes.pending_xref(
            "", reftype="doc", refdomain="std", reftarget=target, refexplicit=True, refwarn=True
        )


def setup(app: Sphinx) -> None:
    """Register the directive."""
    add_directive(app, "verdict", Verdict)
