"""Configuration of this project's own site. The source folder is ``docs/``; run it with ``make html``."""

import os
import posixpath as _posixpath
import sys
from importlib.metadata import version as _installed
from pathlib import Path as _Path
from urllib.parse import urlsplit as _urlsplit

from sphinx.domains import ObjType as _ObjType
from sphinx.domains.std import StandardDomain as _StandardDomain
from sphinx_design.tabs import TabSetHtmlTransform as _TabSetHtmlTransform

sys.path.insert(0, str(_Path(__file__).parent / "docs" / "_ext"))

project = "Versus"
version = release = _installed("sphinx-versus")
author = "The Versus authors"
copyright = "2026, The Versus authors"  # noqa: A001 (Sphinx's name)

extensions = ["myst_parser", "notfound.extension", "sphinx_copybutton", "sphinx_design", "sphinx_versus", "reference"]
exclude_patterns = ["snippets", "pictures", "_static", "_templates", "_fonts", "_ext"]
nitpicky = True
language = "en_GB"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
# Only commands are copied, without their prompts and output.
copybutton_prompt_text = r"\$ |> "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = "Versus"
html_static_path = ["docs/_static"]
html_search_scorer = "docs/_static/scorer.js"
html_css_files = ["site.css"]
# A button that leads to a page's source would be a stop more for those who use the keyboard.
html_theme_options = {"top_of_page_buttons": []}
html_favicon = "docs/_static/favicon.svg"
templates_path = ["docs/_templates"]
# Readers of a comparison get its neighbours in the sidebar, and not the tree of the whole guide on every page.
versus_full_navigation = 0
# Kinds with three sides or more: every two of them have a page together.
versus_derived_pairs = ["web-framework", "database-system", "cloud-platform"]

# Where the site is published, said by what publishes it. Without it nothing claims an address.
html_baseurl = os.environ.get("VERSUS_SITE_URL", "")
notfound_urls_prefix = _urlsplit(html_baseurl).path or "/"
if html_baseurl:
    extensions.append("sphinxext.opengraph")
    ogp_site_url = html_baseurl
    versus_sitemap = True

latex_engine = "xelatex"
latex_use_xindy = False
# The chapters are the pages of the site; the home page, which only leads to them, is left to the screen.
latex_documents = [("index", "versus.tex", project, author, "manual", True)]
# Quotations in Chinese and Japanese switch to the font that has them. It has no space,
# which XeTeX asks for as it loads a font.
latex_additional_files = ["docs/_fonts/NotoSansCJKtc-quotations.otf"]
latex_elements = {
    # No empty pages before chapters, and no caption of the sidebar over the table of contents.
    "extraclassoptions": "openany,oneside",
    "tableofcontents": r"{\small\sphinxtableofcontents}",
    "preamble": r"""
\addto\captionsenglish{\renewcommand{\contentsname}{Contents}}
\makeatletter
\def\quotationfont{%
  {\tracinglostchars=0 \global\font\quotations="[./NotoSansCJKtc-quotations.otf]" at \f@size pt}\quotations}
\makeatother
\newXeTeXintercharclass\quotationclass
\count255="3000 \loop \XeTeXcharclass\count255=\quotationclass \ifnum\count255<"30FF \advance\count255 by 1 \repeat
\count255="4E00 \loop \XeTeXcharclass\count255=\quotationclass \ifnum\count255<"9FFF \advance\count255 by 1 \repeat
\XeTeXinterchartokenstate=1
\XeTeXinterchartoks 0 \quotationclass={\begingroup\quotationfont}
\XeTeXinterchartoks \quotationclass 0={\endgroup}
\XeTeXinterchartoks 4095 \quotationclass={\begingroup\quotationfont}
\XeTeXinterchartoks \quotationclass 4095={\endgroup}
\XeTeXlinebreaklocale "zh"
""",
}

epub_cover = ("_static/cover.svg", "epub-cover.html")
epub_description = "Comparisons of technologies, with the source and the date of every value."
epub_basename = "Versus"
epub_language = "en-GB"
epub_css_files = []  # that of the site is for its theme
epub_exclude_files = [".buildinfo.bak", "_static/site.css"]

# The book of comparisons; what is for those who work on it is left to the pages.
versus_pdf_volumes = ["book", "comparisons", "kinds"]
versus_pdf_exclude = [
    "index",
    "documentation",
    "start/*",
    "how-to/*",
    "reference/*",
    "explanation/*",
    "contributing/*",
    "changelog",
]
versus_pdf_font_path = ["docs/_fonts"]
versus_pdf_folder = "_build/pdf"


class _Glossary(_StandardDomain):
    """Terms are results of the search by their own names, and not entries of a page that is called *Glossary*."""

    object_types = {**_StandardDomain.object_types, "term": _ObjType("term", "term", searchprio=1)}  # noqa: RUF012


def _note_decision(app, tree):
    """Keep what contributors read out of the search, but for its start: it has the words that others look for elsewhere."""
    if app.env.docname.startswith("contributing/") and app.env.docname != "contributing/index":
        app.env.metadata[app.env.docname]["no-search"] = "true"


_MARKS = {
    **dict.fromkeys(("sphinx-design.min.css", "design-tabs.js"), "sd-"),
    **dict.fromkeys(("copybutton.css", "clipboard.min.js", "copybutton.js"), 'class="highlight'),
}
"""By file of tabs and copy buttons, what a page contains that needs it."""


def _load_where_used(app, pagename, templatename, context, doctree):
    """Load the files of tabs and copy buttons where they are used: readers of a comparison need neither."""
    body = "" if app.builder.name == "epub" else context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind][:] = [
            one for one in context[kind] if _MARKS.get(_posixpath.basename(one.filename or ""), "") in body
        ]


def _show_tabs_as_list(app):
    """Show tabs one below the other where nothing can be clicked, as all formats without HTML do."""
    if app.builder.name == "epub":
        app.registry.post_transforms.remove(_TabSetHtmlTransform)


def setup(app):
    """Have the search of this site answer those who read it, and its pages load what they use."""
    app.add_domain(_Glossary, override=True)
    app.connect("doctree-read", _note_decision)
    app.connect("html-page-context", _load_where_used)
    app.connect("builder-inited", _show_tabs_as_list)
