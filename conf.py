"""Configuration of this project's own site. The source folder is ``docs/``; run it with ``make html``."""

from importlib.metadata import version as _installed

project = "Versus"
version = release = _installed("sphinx-versus")
author = "The Versus authors"
copyright = "2026, The Versus authors"  # noqa: A001 (Sphinx's name)

extensions = ["myst_parser", "sphinx_versus"]
exclude_patterns = ["snippets", "_static"]
nitpicky = True
language = "en"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Versus"
html_static_path = ["docs/_static"]
html_css_files = ["site.css"]

latex_engine = "xelatex"
latex_use_xindy = False
