"""The least that another project needs to use the extension."""

project = "Elsewhere"
extensions = ["myst_parser", "sphinx_versus"]
html_theme = "alabaster"
