"""LaTeX: a package that styles the classes of containers, and tables that may be longer than a page. Write phase."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.fileutil import copy_asset_file

PACKAGE = Path(__file__).parent.parent / "static" / "versus-latex.sty"


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
        for table in self.document.findall(nodes.table):
            if "versus-table" in table["classes"]:
                table["classes"].append("longtable")


def setup(app: Sphinx) -> None:
    """Register the package."""
    app.add_latex_package(PACKAGE.stem)
    app.add_post_transform(LongTables)
    app.connect("builder-inited", copy_package)
