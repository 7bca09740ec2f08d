"""Structured data about technologies goes in, comparison pages that readers can trust come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from . import config, directives, roles
from .environment import (
    dependencies,
    domain,
    finish,
    incremental,
    leftovers,
    links,
    markdown,
    memory,
    neighbours,
    project,
    suffixes,
)
from .environment.reporting import ReportedFiles, report
from .html import assets, beside, page_context, pdf_links, sharing, sidebar
from .pdf import builder as pdf_builder
from .pdf import differences as pdf_differences
from .transforms import citations, components, latex, man, nested_tables
from .version import __version__

ALWAYS = (
    # what is known of a site
    domain,
    project,
    dependencies,
    # what can be written on a page
    directives,
    roles,
    # what becomes of it
    components,
    assets,
    *(pdf_differences, pdf_builder),
)
"""What a site may write, and what acts on the pages alone on which it is written."""

WITH_DATA = (
    # the texts of records
    *(markdown, links),
    # what is shown depends on data and other pages
    *(finish, citations, incremental),
    # formats that need more than standard nodes
    *(nested_tables, latex, man),
    # web pages, and files beside them
    *(pdf_links, sharing, beside),
)
"""What it takes to show records, and to build again what shows others."""

WITH_PAGES = (
    # documents without a file
    *(suffixes, neighbours),
    memory,
    # their web pages, in the frame of a theme
    *(sidebar, page_context),
)
"""What concerns the pages that are made of records, and a site of many pages."""


def take_part(app: Sphinx, values: Config) -> None:
    """``config-inited``, before anything else: connect what the data of the site call for, and leave the rest of it alone."""
    confdir = Path(app.confdir)
    report(*config.problems_of(values, confdir))
    chosen = config.adopt(values, confdir, Path(app.srcdir))
    if isinstance(values.source_suffix, dict):  # Sphinx adds to its default, which all applications of a process share
        values.source_suffix = {**values.source_suffix}
    active = chosen.has_data or chosen.is_large
    for part in (*WITH_DATA * active, *WITH_PAGES * chosen.is_large):
        part.setup(app)
    if active:
        hidden = ReportedFiles(Path(app.srcdir), chosen.data)
        hidden.begin()
        app.connect("build-finished", lambda _app, _exception: hidden.end())
        leftovers.clear_state(Path(app.doctreedir), Path(app.outdir))
    else:
        leftovers.setup(app)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what a site may write; whether there is more to do is known with its configuration."""
    config.register(app.config)
    for part in ALWAYS:
        part.setup(app)
    app.connect("config-inited", take_part, priority=0)  # before any listener that it connects could miss an event
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
