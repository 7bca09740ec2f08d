"""The style sheet, the script of the readers' tools, and its words; for HTML builders only.

An EPUB gets a plain style sheet and no script, because its readers know little of what browsers know.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders._epub_base import EpubBuilder
from sphinx.util.fileutil import copy_asset_file

from ..render.words import _
from ..site.tools import TOOLS, chosen_tools
from .web import write_if_new

STATIC = Path(__file__).parent.parent / "static"
WORDS = "versus-words.js"
"""Data for the script: its words in the language of the site, and which tools are wanted."""


def copy_assets(app: Sphinx) -> None:
    """``builder-inited``: put our files beside the theme's own, before pages ask for their checksums.

    Adding a folder to ``html_static_path`` would change the configuration, and with it rebuild everything.
    """
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(app.builder, EpubBuilder):
        shutil.copyfile(STATIC / "versus-epub.css", folder / "versus.css")
        return
    copy_asset_file(STATIC / "versus.css", folder, force=True)
    if tools := chosen_tools(app.config):
        _add_script(app, folder, {tool: TOOLS[tool] for tool in tools})


def _add_script(app: Sphinx, folder: Path, tools: Mapping[str, str]) -> None:
    """The script runs when the page is read, after its words; it is no module, because those do not load from files."""
    copy_asset_file(STATIC / "versus.js", folder, force=True)
    told = json.dumps({"words": _words(), "tools": tools}, ensure_ascii=False)
    write_if_new(folder / WORDS, f"globalThis.versusWords = {told};\n")
    for name in (WORDS, "versus.js"):
        app.add_js_file(name, loading_method="defer")


def _words() -> Mapping[str, str]:
    """The words that the script shows; each ``%s`` is replaced by it."""
    return {
        "tools": _("Look closer"),
        "filter": _("Filter by word or topic"),
        "shown": _("%s of %s shown"),
        "differ": _("Differences only (%s of %s differ)"),
        "only": _("Choose technologies"),
        "sort": _("Sort by %s"),
        "copy": _("Copy as %s"),
        "copied": _("Copied"),
        "tick": _("Tick what is true for you:"),
        "best": _("Most of it speaks for %s (%s ticked). Because of:"),
        "draw": _("A draw between %s (%s ticked for each): weigh the rows against each other."),
        "compare": _("Compare …"),
        "with": _("with …"),
        "go": _("Compare"),
        "close": _("This pair has not been written yet. Close to it:"),
        "none": _("Nothing has that name here."),
    }


def setup(app: Sphinx) -> None:
    """Register the files."""
    app.add_css_file("versus.css")
    app.connect("builder-inited", copy_assets)
