"""Markdown links to pages without files: ``[text](../comparisons/x.md)`` leads to the virtual page.

MyST takes a link for one to a document only when the file exists; this transform tells it which others are documents.
"""

from __future__ import annotations

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from .project import project_of


class LinkVirtualPages(SphinxTransform):
    """Make MyST's undecided links to virtual pages links to documents."""

    default_priority = 390

    def apply(self, **kwargs: object) -> None:
        for node in self.document.findall(addnodes.pending_xref):
            if node["reftype"] == "myst" and node["refdomain"] is None:
                self._decide(node)

    def _decide(self, node: addnodes.pending_xref) -> None:
        path, _, anchor = node["reftarget"].partition("#")
        _, absolute = self.env.relfn2path(path, self.env.docname)
        docname = self.env.path2doc(absolute)
        if docname and project_of(self.env).virtual(docname):
            node["refdomain"], node["reftarget"], node["reftargetid"] = "doc", docname, anchor or None


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(LinkVirtualPages)
