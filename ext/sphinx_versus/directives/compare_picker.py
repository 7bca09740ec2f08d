"""``compare-picker``: two fields in which a reader names what to compare."""

from __future__ import annotations

from sphinx import addnodes
from sphinx.application import Sphinx

from ..render.parts import inline
from ..render.picker import build_picker, labels
from ..site.project import project_of
from .base import Nodes, Options, VersusDirective, add_directive


class ComparePicker(VersusDirective):
    """Takes nothing; without a script it is a line of links to the lists that the site has."""

    def build(self, options: Options) -> Nodes:
        self.no_argument()
        settings = project_of(self.env).settings
        pages = {settings.docname(kind): words for kind, words in labels().items()}
        links = [self._link(docname, words) for docname, words in pages.items() if docname in self.env.found_docs]
        return [build_picker(links)]

    def _link(self, docname: str, words: str) -> addnodes.pending_xref:
        reference = addnodes.pending_xref(
            "", inline(words), refdomain="std", reftype="doc", reftarget=f"/{docname}", refexplicit=True
        )
        reference["refdoc"], reference["refwarn"] = self.env.docname, False
        return reference


def setup(app: Sphinx) -> None:
    """Register the directive."""
    add_directive(app, "compare-picker", ComparePicker)
