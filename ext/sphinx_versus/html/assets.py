"""The style sheet, the script of the readers' tools, and its words; for HTML builders, on the pages that need them.

A page needs them that shows something of Versus, be it in the sidebar alone. An EPUB gets a plain style sheet and no script, because its readers know little of what browsers know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from ..components.i18n import _
from ..config import TOOLS
from ..environment.domain import domain_of
from ..environment.own_pages import is_own_page
from ..environment.project import project_of
from .mathjax import typeset_formulas_only
from .sidebar import has_picker, offers_picker

STATIC = Path(__file__).parent.parent / "static"
WORDS = "versus-words.js"
"""Data for the script: its words in the language of the site, and which tools are wanted."""
PRIORITY = 500
"""Before the files of ``html_css_files``, with which a site changes how something looks."""


def are_needed(app: Sphinx) -> bool:
    """Whether any page needs the files; known when all pages have been read."""
    return bool(domain_of(app.env).showing) or offers_picker(app)


def copy_assets(app: Sphinx, builder: Builder) -> None:
    """``write-started``: put our files beside the theme's own, before pages ask for their checksums.

    Adding a folder to ``html_static_path`` would change the configuration, and with it rebuild everything.
    """
    if builder.format != "html" or not are_needed(app):
        return
    for name, content in _assets(app, builder).items():
        project_of(app.env).own_files.write(f"_static/{name}", content, quietly=True)


def _assets(app: Sphinx, builder: Builder) -> dict[str, bytes]:
    if isinstance(builder, Epub3Builder):
        return {"versus.css": (STATIC / "versus-epub.css").read_bytes()}
    assets = {"versus.css": (STATIC / "versus.css").read_bytes()}
    if tools := {tool: TOOLS[tool] for tool in project_of(app.env).settings.tools}:
        told = json.dumps({"words": _words(), "tools": tools}, ensure_ascii=False)
        assets |= {
            "versus.js": (STATIC / "versus.js").read_bytes(),
            WORDS: f"globalThis.versusWords = {told};\n".encode(),
        }
    return assets


def add_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``, when the sidebar is known: name the files in the head of a page that needs them.

    The script runs when the page is read, after its words; it is no module, because those do not load from files.
    """
    typeset_formulas_only(app, pagename, context)
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder) and (is_own_page(app.builder, pagename) or has_picker(context)):
        builder.add_css_file("versus.css", priority=PRIORITY)
        if project_of(app.env).settings.tools and not isinstance(builder, Epub3Builder):
            for name in (WORDS, "versus.js"):
                builder.add_js_file(name, priority=PRIORITY, loading_method="defer")


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
    """Connect to the beginning of the write phase, and to the moment at which a page gets its variables."""
    app.connect("write-started", copy_assets)
    app.connect("html-page-context", add_assets, priority=600)  # when it is known what is in the sidebar
