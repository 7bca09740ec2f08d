"""LaTeX: a package that styles the classes of containers, long and wide tables, and addresses of any characters. Write phase.

On pages that show something of Versus, and in the documents in which there are such pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..environment.own_pages import is_own_page, own_elements

MANY = 6
"""How many columns a table may have before its words are set smaller."""
PACKAGE = Path(__file__).parent.parent / "static" / "versus-latex.sty"
ENTRY = (PACKAGE.stem, None)
"""The package as it is registered, without options."""


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


class PlainAddresses(SphinxPostTransform):
    """Percent-encode what TeX has commands for and addresses need not have: the commands would become part of the address."""

    default_priority = 390  # before Sphinx shows addresses
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for reference in own_elements(self.env, self.document, nodes.reference):
            address = str(reference.get("refuri", ""))
            if "://" in address or address.startswith("mailto:"):
                reference["refuri"] = plain_address(address)


def plain_address(address: str) -> str:
    """An address in ASCII, with the signs of TeX that hyperref knows and no others."""
    page, mark, place = address.partition("#")
    return quote(page, safe=_SAFE) + mark + quote(place, safe=_SAFE)


_SAFE = "%:/?@!&'()*+,;=~"


def setup(app: Sphinx) -> None:
    """Have Sphinx copy the package, and load it where a document needs it."""
    app.config.latex_additional_files = [*app.config.latex_additional_files, str(PACKAGE)]
    for transform in (LongTables, WideTables, PlainAddresses):
        app.add_post_transform(transform)
    app.connect("doctree-resolved", load_package)
