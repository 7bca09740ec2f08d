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
    markdown_parser,
    memory,
    page_messages,
    page_mistakes,
    page_transforms,
    project,
    reading_page,
    repeated_work,
    toctree_cycles,
    virtual_page_parser,
)
from .environment.output_files import clear_state
from .environment.reporting import filter_reported, report
from .environment.translations import load_words
from .html import assets, metadata, page_context, search, site_files
from .pdf import builder as pdf_builder
from .pdf import pair_definitions
from .transforms import components, formats
from .version import __version__

# What a site may write; it changes only the pages on which it is used.
ALWAYS = (domain, project, reading_page, directives, roles, components, assets, pair_definitions, pdf_builder)
# What shows records, and writes pages again when their records change.
WITH_DATA = (
    markdown_parser,
    page_messages,
    page_mistakes,
    page_transforms,
    incremental,
    toctree_cycles,
    formats,
    metadata,
    site_files,
)
# What makes pages from records, and what a site of many pages needs.
WITH_PAGES = (virtual_page_parser, memory, repeated_work, page_context)


def connect_parts(app: Sphinx, values: Config) -> None:
    """``config-inited``, before anything else: connect the parts that the site needs, and no others."""
    confdir, srcdir = Path(app.confdir), Path(app.srcdir)
    report(*config.problems_of(values, confdir))
    settings = config.adopt(values, confdir, srcdir)
    if isinstance(values.source_suffix, dict):  # Sphinx adds to its default, which all applications of a process share
        values.source_suffix = {**values.source_suffix}
    if settings.search == config.PAGEFIND:
        search.setup(app)
    if not settings.has_data and not settings.is_large:
        incremental.setup_without_data(app)
        return
    load_words(app)
    if settings.data.is_relative_to(srcdir):  # Sphinx follows each link to a folder, and two to a parent have no end
        links = ((settings.data / path).relative_to(srcdir).as_posix() for path in linked_folders(settings.data))
        values.exclude_patterns = [*values.exclude_patterns, *map(as_pattern, links)]
    for part in (*WITH_DATA, *WITH_PAGES * settings.is_large):
        part.setup(app)
    filter_reported(app, settings.data)
    clear_state(Path(app.doctreedir))


def as_pattern(path: str) -> str:
    """The pattern that a path alone fits."""
    return re.sub(r"[*?\[]", lambda sign: "[\\[]" if sign[0] == "[" else f"[{sign[0]}]", path)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what a site may write; its configuration decides on everything else."""
    config.register(app.config)
    for part in ALWAYS:
        part.setup(app)
    app.connect("config-inited", connect_parts, priority=0)  # so that no listener that it connects misses an event
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
