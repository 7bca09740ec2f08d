"""LaTeX: a package that styles the classes of containers, long and wide tables, and addresses of any characters. Write phase."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

MANY = 6
"""How many columns a table may have before its words are set smaller."""
PACKAGE = Path(__file__).parent.parent / "static" / "versus-latex.sty"


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
        for table in list(self.document.findall(nodes.table)):
            columns = next((int(group["cols"]) for group in table.findall(nodes.tgroup)), 0)
            if columns > MANY:
                box = nodes.container(classes=["versus-wide"])
                table.replace_self(box)
                box.append(table)


class PlainAddresses(SphinxPostTransform):
    """Percent-encode what TeX has commands for and addresses need not have: the commands would become part of the address."""

    default_priority = 390  # before Sphinx shows addresses
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for reference in self.document.findall(nodes.reference):
            address = str(reference.get("refuri", ""))
            if "://" in address or address.startswith("mailto:"):
                reference["refuri"] = plain_address(address)


def plain_address(address: str) -> str:
    """An address in ASCII, with the signs of TeX that hyperref knows and no others."""
    page, mark, place = address.partition("#")
    return quote(page, safe=_SAFE) + mark + quote(place, safe=_SAFE)


_SAFE = "%:/?@!&'()*+,;=~"


def setup(app: Sphinx) -> None:
    """Register the package, and have Sphinx copy it to the sources that load it."""
    app.config.latex_additional_files = [*app.config.latex_additional_files, str(PACKAGE)]
    app.add_latex_package(PACKAGE.stem)
    app.add_post_transform(LongTables)
    app.add_post_transform(WideTables)
    app.add_post_transform(PlainAddresses)
