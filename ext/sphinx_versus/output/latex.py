"""LaTeX: a package that styles the classes of containers, and tables longer than a page or with many columns. Write phase.

On pages that show something of Versus, and in the documents in which there are such pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.fileutil import copy_asset_file

from ..site.own_pages import is_own_page, own_elements

MANY = 6
"""How many columns a table may have before its words are set smaller."""
PACKAGE = Path(__file__).parent.parent / "static" / "versus-latex.sty"
ENTRY = (PACKAGE.stem, None)
"""The package as it is registered, without options."""


def copy_package(app: Sphinx) -> None:
    """``builder-inited``: put the package beside the sources that load it."""
    if app.builder.format == "latex":
        folder = Path(app.outdir)
        folder.mkdir(parents=True, exist_ok=True)
        copy_asset_file(PACKAGE, folder, force=True)


class LongTables(SphinxPostTransform):
    """Let the tables of Versus run over several pages: LaTeX's other tables would run off the first one."""

    default_priority = 700
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            if "versus-table" in table["classes"]:
                table["classes"].append("longtable")
                self._move_anchors(table)

    def _move_anchors(self, table: nodes.table) -> None:
        """Anchors in the head of a turned table become those of the table: the head is written twice, a label must be once."""
        for anchor in [target for head in table.findall(nodes.thead) for target in head.findall(nodes.target)]:
            anchor.parent.remove(anchor)
            table["ids"] += anchor["ids"]


class WideTables(SphinxPostTransform):
    """Set tables of many columns in smaller letters: their heads would not fit."""

    default_priority = 710
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for table in own_elements(self.env, self.document, nodes.table):
            columns = next((int(group["cols"]) for group in table.findall(nodes.tgroup)), 0)
            if columns > MANY:
                box = nodes.container(classes=["versus-wide"])
                table.replace_self(box)
                box.append(table)


def load_package(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: load the package in a document that shows something of Versus, and in no other one of a build."""
    if app.builder.format == "latex":
        if ENTRY in (packages := app.registry.latex_packages):
            packages.remove(ENTRY)
        if is_own_page(app.builder, docname):
            app.add_latex_package(PACKAGE.stem)


def setup(app: Sphinx) -> None:
    """Register the transforms, and connect to the moment at which a document is joined."""
    app.add_post_transform(LongTables)
    app.add_post_transform(WideTables)
    app.connect("doctree-resolved", load_package)
    app.connect("builder-inited", copy_package)
