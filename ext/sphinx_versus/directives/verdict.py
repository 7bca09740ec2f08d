"""``verdict``: when to choose which side, or when each is used, with reasons."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from ..catalogue.prose import is_web_address
from ..components import verdict
from ..components.i18n import _
from ..components.invitation import ADDRESS
from ..components.node_helpers import inline
from ..environment.project import project_of
from ..problems import Code
from .base import DirectiveProblem, Nodes, Options, VersusDirective, add_directive


class Verdict(VersusDirective):
    """The argument is a comparison; without one, the page's own."""

    def build(self, options: Options) -> Nodes:
        id_ = self.comparison_id()
        view = verdict.view(self.page.ask, id_)
        if id_ in self.catalogue.derived:
            address = self._address()
            slots = {ADDRESS: [address]} if address else {}
            return [self.page.component("invitation", self.catalogue.sides_of(id_), bool(address), slots=slots)]
        if view is None:
            raise DirectiveProblem(Code.NO_VERDICT, f'"{id_}" has no verdict', "add verdict: to its record")
        return [self.page.show("verdict", view, id_)]

    def _address(self) -> nodes.Element | None:
        """The page on which readers learn how to write a comparison, when the site names one."""
        named = project_of(self.env).settings.contribute
        if not named:
            return None
        words = inline(_("How to write a comparison"))
        if is_web_address(named):
            return nodes.reference("", "", words, refuri=named)
        target = f"/{named}"
        return addnodes.pending_xref(
            "", words, reftype="doc", refdomain="std", reftarget=target, refexplicit=True, refwarn=True
        )


def setup(app: Sphinx) -> None:
    """Register the directive."""
    add_directive(app, "verdict", Verdict)
