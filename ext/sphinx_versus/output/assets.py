"""The style sheet, for HTML builders only; an EPUB gets a plain one, because its readers know little of what browsers know."""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders._epub_base import EpubBuilder
from sphinx.util.fileutil import copy_asset_file

STATIC = Path(__file__).parent.parent / "static"


def copy_assets(app: Sphinx) -> None:
    """``builder-inited``: put our files beside the theme's own, before pages ask for their checksums.

    Adding a folder to ``html_static_path`` would change the configuration, and with it rebuild everything.
    """
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        if isinstance(app.builder, EpubBuilder):
            shutil.copyfile(STATIC / "versus-epub.css", folder / "versus.css")
        else:
            copy_asset_file(STATIC / "versus.css", folder, force=True)


def setup(app: Sphinx) -> None:
    """Register the style sheet."""
    app.add_css_file("versus.css")
    app.connect("builder-inited", copy_assets)
