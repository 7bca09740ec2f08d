"""Structured data about technologies goes in, comparison pages that readers can trust come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from . import roles
from .directives import (
    compare_picker,
    comparison,
    comparison_table,
    diagram,
    lists,
    misconception,
    pairs,
    technology,
    verdict,
)
from .output import (
    accessible,
    assets,
    derived,
    edit_links,
    latex,
    man,
    mathjax,
    navigation,
    notfound,
    page_title,
    pdf_links,
    picker,
    redirects,
    sharing,
    sidebar,
    sitemap,
)
from .pdf import builder as pdf_builder
from .pdf import differences as pdf_differences
from .pdf import settings as pdf_settings
from .site import (
    dependencies,
    domain,
    finish,
    incremental,
    links,
    markdown,
    memory,
    neighbours,
    own_pages,
    project,
    settings,
    suffixes,
    tools,
)
from .site.settings import Settings
from .transforms import citations, components, nested_tables
from .version import __version__

ALWAYS = (
    settings,
    tools,
    pdf_settings,
    domain,
    project,
    dependencies,
    own_pages,
    comparison_table,
    misconception,
    verdict,
    technology,
    comparison,
    lists,
    pairs,
    diagram,
    compare_picker,
    roles,
    components,
    assets,
    pdf_differences,
    pdf_builder,
)
"""What a site may write, and what acts on the pages alone on which it is written."""

WITH_DATA = (
    markdown,
    links,
    finish,
    incremental,
    citations,
    nested_tables,
    latex,
    man,
    mathjax,
    pdf_links,
    sharing,
    sitemap,
    picker,
    redirects,
)
"""What it takes to show records, and to build again what shows others."""

WITH_PAGES = (
    suffixes,
    memory,
    neighbours,
    accessible,
    navigation,
    edit_links,
    derived,
    notfound,
    page_title,
    sidebar,
)
"""What concerns the pages that are made of records, and a site of many pages."""


def take_part(app: Sphinx, config: Config) -> None:
    """``config-inited``, before anything else: connect what the data of the site call for, and leave the rest of it alone."""
    chosen = Settings.of(config, Path(app.confdir))
    if isinstance(config.source_suffix, dict):  # Sphinx adds to its default, which all applications of a process share
        config.source_suffix = {**config.source_suffix}
    active = chosen.has_data or chosen.is_large
    for part in (*WITH_DATA * active, *WITH_PAGES * chosen.is_large):
        part.setup(app)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what a site may write; whether there is more to do is known with its configuration."""
    for part in ALWAYS:
        part.setup(app)
    app.connect("config-inited", take_part, priority=0)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
