"""``compare-picker``: two fields in which a reader names what to compare."""

from __future__ import annotations

from sphinx import addnodes
from sphinx.application import Sphinx

from ..components.node_helpers import inline
from ..components.picker import labels
from ..environment.project import project_of
from .base import Nodes, Options, VersusDirective, add_directive


class ComparePicker(VersusDirective):
    """Takes nothing; without a script it is a line of links to the lists that the site has."""

    def build(self, options: Options) -> Nodes:
        self.no_argument()
        settings = project_of(self.env).settings
        pages = {kind: settings.docname(kind) for kind in labels() if settings.docname(kind) in self.env.found_docs}
        slots = {kind: [self._link(docname, labels()[kind])] for kind, docname in pages.items()}
        return [self.page.component("picker", tuple(pages), slots=slots)]

    def _link(self, docname: str, words: str) -> addnodes.pending_xref:
        reference = addnodes.pending_xref(
            "", inline(words), refdomain="std", reftype="doc", reftarget=f"/{docname}", refexplicit=True
        )
        reference["refdoc"], reference["refwarn"] = self.env.docname, False
        return reference


def setup(app: Sphinx) -> None:
    """Register the directive."""
    add_directive(app, "compare-picker", ComparePicker)
