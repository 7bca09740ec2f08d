"""Structured data about technologies goes in, comparison pages that readers can trust come out."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

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
    html,
    html_table,
    latex,
    lean,
    letting_go,
    man,
    mend,
    navigation,
    notfound,
    parallel,
    passages,
    pdf_links,
    picker,
    redirects,
    sharing,
    sidebar,
    sitemap,
    themes,
)
from .pdf import builder as pdf_builder
from .pdf import differences as pdf_differences
from .pdf import settings as pdf_settings
from .site import (
    dependencies,
    domain,
    finish,
    folded,
    incremental,
    links,
    lists_first,
    memory,
    project,
    record_parser,
    search,
    settings,
    tools,
)
from .version import __version__

ENV_VERSION = 4
"""Raise it when what the environment keeps changes its form."""

PARTS = (
    settings,
    tools,
    domain,
    project,
    record_parser,
    dependencies,
    links,
    folded,
    lists_first,
    memory,
    finish,
    incremental,
    search,
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
    passages,
    html,
    html_table,
    accessible,
    latex,
    man,
    mend,
    navigation,
    edit_links,
    lean,
    pdf_links,
    derived,
    sharing,
    sitemap,
    notfound,
    themes,
    assets,
    pdf_settings,
    pdf_differences,
    pdf_builder,
    picker,
    sidebar,
    redirects,
    letting_go,
    parallel,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything."""
    app.setup_extension("myst_parser")
    for part in PARTS:
        part.setup(app)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
