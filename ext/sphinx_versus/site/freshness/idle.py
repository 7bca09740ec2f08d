"""A build that writes no page leaves the general index and the search index as they are.

Sphinx makes both anew in every build, which takes most of the time of a build without a change in a large site. They follow
from the pages, from the environment and from what all pages share. Runs when nothing of these is another than in the last build.
"""

from __future__ import annotations

import os

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder


def general_index(app: Sphinx) -> str:
    """The file of the general index, below the output folder; nothing where there is none, or more than one."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not app.config.html_use_index or app.config.html_split_index:
        return ""
    return os.path.relpath(builder.get_outfilename("genindex"), builder.outdir)


def leave_search_index(builder: StandaloneHTMLBuilder) -> None:
    """Neither load nor write the search index in this build."""
    builder.load_indexer = lambda docnames: None  # type: ignore[method-assign]
    builder.dump_search_index = lambda: None  # type: ignore[method-assign]


def leave_general_index(builder: StandaloneHTMLBuilder) -> None:
    """Do not write the general index in this build."""
    builder.write_genindex = lambda: None  # type: ignore[method-assign]
