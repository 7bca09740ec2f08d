"""A build leaves the general index and the search index as they are when nothing is another of what they show.

Sphinx makes both anew in every build, which takes most of the time of a build without a change in a large site. The search
index follows from all pages, the general index from the entries of the pages and from what surrounds every page.
"""

from __future__ import annotations

import os

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from ...catalogue.digest import digest


def general_index(app: Sphinx) -> str:
    """The file of the general index, below the output folder; nothing where there is none, or more than one."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not app.config.html_use_index or app.config.html_split_index:
        return ""
    return os.path.relpath(builder.get_outfilename("genindex"), builder.outdir)


def index_digest(env: BuildEnvironment, frames: str) -> str:
    """A digest of what the general index shows, when that of all frames is known."""
    return digest([repr(env.domaindata["index"].get("entries", {})), frames])


def leave_search_index(builder: StandaloneHTMLBuilder) -> None:
    """Neither load nor write the search index in this build."""
    builder.load_indexer = lambda docnames: None  # type: ignore[method-assign]
    builder.dump_search_index = lambda: None  # type: ignore[method-assign]


def leave_general_index(builder: StandaloneHTMLBuilder) -> None:
    """Do not write the general index in this build."""
    builder.write_genindex = lambda: None  # type: ignore[method-assign]
