"""Links to pages without files: ``[text](../comparisons/x.md)`` leads to the virtual page, ``…x.md#row-y`` to what it shows.

MyST takes a link for one to a document only when the file exists; a transform of the read phase tells it which others are
documents. It knows the anchors of headings and labels; a transform of the write phase tells it ours.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from ..catalogue import query
from .dependencies import ask
from .domain import PLACE, domain_of
from .project import project_of


class LinkVirtualPages(SphinxTransform):
    """Make MyST's undecided links to virtual pages links to documents, and note whose titles the page shows."""

    default_priority = 390

    def apply(self, **kwargs: Any) -> None:
        for node in self.document.findall(addnodes.pending_xref):
            if node["reftype"] == "myst" and node["refdomain"] is None:
                self._decide(node)
            if node["reftype"] in {"myst", "doc"} and not node["refexplicit"]:
                self._note_title(node)

    def _decide(self, node: addnodes.pending_xref) -> None:
        path, _, anchor = node["reftarget"].partition("#")
        _, absolute = self.env.relfn2path(path, self.env.docname)
        docname = self.env.path2doc(absolute)
        if docname and project_of(self.env).virtual(docname):
            node["refdomain"], node["reftarget"], node["reftargetid"] = "doc", docname, anchor or None

    def _note_title(self, node: addnodes.pending_xref) -> None:
        """The title of a virtual page is that of its record."""
        relative = node["reftype"] == "doc"
        docname = docname_join(self.env.docname, node["reftarget"]) if relative else node["reftarget"]
        page = project_of(self.env).virtual(docname)
        if page and page.id:
            ask(self.env, query.name, page.type, page.id)


class LinkObjects(SphinxPostTransform):
    """Take links to the anchor of a row, a card or a criterion for our own, before MyST looks for a heading."""

    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["reftype"] == "myst" and node["refdomain"] == "doc" and node.get("reftargetid"):
                self._resolve(node, node["reftarget"], node["reftargetid"])

    def _resolve(self, node: addnodes.pending_xref, docname: str, anchor: str) -> None:
        shown = domain_of(self.env).objects.get(docname, {}).values()
        name = next((one.name for one in shown if one.anchor == anchor), None)
        if name is not None:
            node["refdomain"], node["reftype"], node["reftarget"] = "versus", PLACE, f"{docname}#{anchor}"
            if not node["refexplicit"]:
                node[:] = [nodes.inline("", name)]


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(LinkVirtualPages)
    app.add_post_transform(LinkObjects)
