"""The style sheet, the readers' tools and the options of MathJax, on the HTML pages that need them.

A page needs the files when it shows something of Versus, be it in the sidebar alone. An EPUB gets a plain style sheet and no
script, because its readers support little of what browsers do. Write phase.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from ..components.i18n import _
from ..config import PAGEFIND, TOOLS
from ..environment.domain import domain_of, is_own_page
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of

STATIC = Path(__file__).parent.parent / "static"
WORDS = "versus-words.js"  # data for the script: its texts in the language of the site, and which tools are wanted
SEARCH = "versus-search.js"  # keeps the words of its excerpts apart, on the page of the search
EPUB = "versus-epub.css"  # of another name: both may be written into one folder
MEDIA = "versus-media.css"
"""What other windows and paper change."""
MEDIA_QUERY = "print, (max-width: 48em), (max-height: 30em), (forced-colors: active)"
"""Where a page waits for that sheet; elsewhere browsers load it when they have time."""
PARTS = {
    "versus-diagrams.css": re.compile("versus-(diagram|logo)"),
    "versus-grid.css": re.compile("vs-grid"),
    "versus-many.css": re.compile(
        "vs-(columns|cols-3|three|wide|matrix|pick|numbers)|versus-(kind|group|technologies|criteria|pairs)"
    ),
}
"""The style of parts that few pages have: the pages with these classes."""
SCRIPTS = {
    "versus-many.js": re.compile("vs-cols-3"),
    "versus-grid.js": re.compile("vs-grid"),
    "versus-picker.js": re.compile("vs-pick"),
}
"""What the script does to tables of more than two and of more than six technologies and to the picker, likewise."""
PICKER = "versus-picker.html"  # the template of the picker in the sidebar
PRIORITY = 500  # before the files of ``html_css_files``, with which a site changes how something looks

FORMULAS = "tex2jax_process|mathjax_process|math|output_area"
"""The classes of elements with formulas, as MyST names them."""
MATHJAX_OPTIONS = f"""(window.MathJax ??= {{}}).options = {{
  processHtmlClass: "{FORMULAS}", ignoreHtmlClass: ".*", ...window.MathJax.options
}}"""
"""The site's own options come last, so they stay."""
MATHJAX_2_OPTIONS = f"""MathJax.Hub.Config({{tex2jax: {{processClass: "{FORMULAS}", ignoreClass: ".*"}}}})"""
"""The same for a site whose ``mathjax_path`` leads to MathJax 2; browsers and later versions do not run it."""
AFTER_MATHJAX = 510  # the priority of a script after those with which Sphinx configures MathJax


def offers_picker(app: Sphinx) -> bool:
    """Whether sidebars have the picker: where pages are made of records, so that their pairs have addresses."""
    settings = project_of(app.env).settings
    return makes_web_pages(app.builder) and settings.makes_pages and "picker" in settings.tools


def copy_assets(app: Sphinx, builder: Builder) -> None:
    """``write-started``: copy the files before pages need their checksums.

    Adding a folder to ``html_static_path`` would change the configuration, and with it rebuild everything.
    """
    if builder.format != "html" or not (domain_of(app.env).showing or offers_picker(app)):
        return
    project, is_epub = project_of(app.env), isinstance(builder, Epub3Builder)
    sheets = (EPUB,) if is_epub else ("versus.css", *PARTS, MEDIA)
    assets = {name: (STATIC / name).read_bytes() for name in sheets}
    if project.settings.makes_pages and project.settings.search != PAGEFIND and not is_epub:
        assets[SEARCH] = (STATIC / SEARCH).read_bytes()
    if not is_epub and (tools := {tool: TOOLS[tool] for tool in project.settings.tools}):
        data = json.dumps({"words": _texts(), "tools": tools}, ensure_ascii=False)
        assets |= {name: (STATIC / name).read_bytes() for name in (*SCRIPTS, "versus.js")}
        assets[WORDS] = f"globalThis.versusWords = {data};\n".encode()
    for name, content in assets.items():
        project.own_files.write(f"_static/{name}", content, quietly=True)


def add_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: add the files to the head of a page that needs them.

    The script runs when the page is loaded, after its texts; it is no module, because those do not load from files.
    """
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    project, is_own = project_of(app.env), is_own_page(builder, pagename)
    is_of_sphinx = pagename == "search" and project.settings.search != PAGEFIND
    if is_of_sphinx and project.settings.makes_pages and not project.own_files.is_folder(f"_static/{SEARCH}"):
        builder.add_js_file(SEARCH)
    has_formulas = context.get("has_maths_elements") or app.registry.html_assets_policy == "always"
    if builder.math_renderer_name == "mathjax" and has_formulas and (is_own or project.pages):
        # TeX in a record is plain text, also in the titles of the navigation: MathJax must typeset formulas only.
        builder.add_js_file("", body=MATHJAX_OPTIONS, priority=AFTER_MATHJAX)
        builder.add_js_file("", body=MATHJAX_2_OPTIONS, priority=AFTER_MATHJAX, type="text/x-mathjax-config")
    if is_own or PICKER in (context.get("sidebars") or ()):
        is_epub, body = isinstance(builder, Epub3Builder), context.get("body", "")
        names = [EPUB] if is_epub else ["versus.css", *_parts_of(PARTS, body), MEDIA]
        scripts = [WORDS, *_parts_of(SCRIPTS, body), "versus.js"]
        for name in (*names, *(scripts if project.settings.tools and not is_epub else ())):
            if project.own_files.is_folder(f"_static/{name}"):
                continue
            if name.endswith(".css"):
                builder.add_css_file(name, priority=PRIORITY, **({"media": MEDIA_QUERY} if name == MEDIA else {}))
            else:
                builder.add_js_file(name, priority=PRIORITY, defer="defer")


def _parts_of(files: Mapping[str, re.Pattern[str]], body: str) -> list[str]:
    """The files of the parts that a page has."""
    return [name for name, classes in files.items() if classes.search(body)]


def _texts() -> Mapping[str, str | list[str]]:
    """The texts that the script shows; it replaces each ``%s``."""
    return {
        "tr": _("%s of %s rows shown"),
        "li": _("%s of %s misconceptions shown"),
        "technologies": _("%s of %s technologies shown"),
        "range": [_("at least"), _("at most")],
        "copied": _("Copied"),
        "columns": ["%s", _("%s: certainty"), _("%s: note"), _("%s: version"), _("%s: date"), _("%s: sources")],
        "leans": _("Leans towards %s"),
        "even": _("Even so far: weigh the rows"),
        "count": _("%s of %s for %s"),
        "unknown": _("Nothing here has the name “%s”. The nearest name is “%s”."),
        "same": _("Choose two different technologies."),
        "missing": _("This pair has not been written yet. Close to it:"),
    }


def setup(app: Sphinx) -> None:
    """Connect to the beginning of the write phase and to the making of a page's variables."""
    app.connect("write-started", copy_assets)
    app.connect("html-page-context", add_assets, priority=600)  # after the picker is in the sidebar
