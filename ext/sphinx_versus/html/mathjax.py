"""MathJax typesets formulas and nothing else: TeX in a record is words, on pages and in navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from ..environment.own_pages import is_own_page
from ..environment.project import project_of

FORMULAS = "tex2jax_process|mathjax_process|math|output_area"
"""The classes of elements with formulas, as MyST names them."""
OPTIONS = f"""(window.MathJax ??= {{}}).options = {{
  processHtmlClass: "{FORMULAS}", ignoreHtmlClass: ".*", ...window.MathJax.options
}}"""
"""What a site has chosen itself comes last, so it stays."""
OPTIONS_OF_2 = f"""MathJax.Hub.Config({{tex2jax: {{processClass: "{FORMULAS}", ignoreClass: ".*"}}}})"""
"""The same for a site whose ``mathjax_path`` leads to MathJax 2; browsers and later versions do not run it."""
BEHIND = 510
"""The priority of a script behind those with which Sphinx configures MathJax."""


def typeset_formulas_only(app: Sphinx, pagename: str, context: Mapping[str, Any]) -> None:
    """Have MathJax leave words alone, on each page that loads it and shows words of records."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or builder.math_renderer_name != "mathjax":
        return
    is_loaded = context.get("has_maths_elements") or app.registry.html_assets_policy == "always"
    shows_records = project_of(app.env).pages or is_own_page(
        app.builder, pagename
    )  # navigation has the names of made pages
    if is_loaded and shows_records:
        builder.add_js_file("", body=OPTIONS, priority=BEHIND)
        builder.add_js_file("", body=OPTIONS_OF_2, priority=BEHIND, type="text/x-mathjax-config")
