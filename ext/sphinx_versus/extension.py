"""What the extension is made of: the parts that a site needs are connected, and no others."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from . import config, directives, roles
from .catalogue.files import linked_folders
from .environment import (
    domain,
    incremental,
    markdown,
    memory,
    page,
    page_transforms,
    project,
    record_parser,
    toctree_cycles,
)
from .environment.output_files import clear_state
from .environment.reporting import filter_reported, report
from .html import assets, metadata, page_context, site_files
from .pdf import builder as pdf_builder
from .pdf import definitions as pdf_definitions
from .pdf import differences as pdf_differences
from .transforms import components, formats
from .version import __version__

ALWAYS = (
    # the objects of a site, its documents and their dependencies
    domain,
    project,
    page,
    # directives and roles
    directives,
    roles,
    # output
    *(components, assets, pdf_definitions, pdf_differences, pdf_builder),
)
"""What a site may write; it changes only the pages on which it is used."""

WITH_DATA = (
    # the texts of records
    markdown,
    # pages that depend on data and on other pages
    *(page_transforms, incremental, toctree_cycles),
    # formats that need more than standard nodes, web pages, and files beside them
    *(formats, metadata, site_files),
)
"""What shows records, and writes pages again when their records change."""

WITH_PAGES = (
    # documents without a file
    record_parser,
    # many pages, and what the theme shows around them
    *(memory, page_context),
)
"""What makes pages from records, and what a site of many pages needs."""


def connect_parts(app: Sphinx, values: Config) -> None:
    """``config-inited``, before anything else: connect the parts that the site needs, and no others."""
    confdir, srcdir = Path(app.confdir), Path(app.srcdir)
    report(*config.problems_of(values, confdir))
    settings = config.adopt(values, confdir, srcdir)
    if isinstance(values.source_suffix, dict):  # Sphinx adds to its default, which all applications of a process share
        values.source_suffix = {**values.source_suffix}
    if not settings.has_data and not settings.is_large:
        incremental.setup_without_data(app)
        return
    values.exclude_patterns = [*values.exclude_patterns, *linked_in_data(settings.data, srcdir)]
    for part in (*WITH_DATA, *WITH_PAGES * settings.is_large):
        part.setup(app)
    filter_reported(app, settings.data)
    clear_state(Path(app.doctreedir))


def linked_in_data(data: Path, srcdir: Path) -> list[str]:
    """Patterns of the links to folders in a data folder among the pages: Sphinx follows each, and two to a parent have no end."""
    if not data.is_relative_to(srcdir):
        return []
    paths = ((data / path).relative_to(srcdir).as_posix() for path in linked_folders(data))
    return [re.sub(r"[*?\[]", lambda sign: "[\\[]" if sign[0] == "[" else f"[{sign[0]}]", path) for path in paths]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what a site may write; its configuration decides on everything else."""
    config.register(app.config)
    for part in ALWAYS:
        part.setup(app)
    app.connect("config-inited", connect_parts, priority=0)  # so that no listener that it connects misses an event
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
