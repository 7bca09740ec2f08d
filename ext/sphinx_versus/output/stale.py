"""What a virtual page once wrote disappears with its record. Runs before the read phase.

Sphinx itself leaves the output of removed pages where it is. Only files that our own pages wrote are touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.text import TextBuilder
from sphinx.builders.xml import XMLBuilder
from sphinx.environment import BuildEnvironment

from ..site.dependencies import source_suffix
from ..site.domain import domain_of
from ..site.pages import RECORD_SUFFIX, TEMPLATE_SUFFIX


def remove_stale_output(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: delete the pages of removed records, and copies of records that a page on disk replaces."""
    for docname, suffix in domain_of(env).sources.items():
        if suffix not in {RECORD_SUFFIX, TEMPLATE_SUFFIX}:
            continue
        if docname in removed:
            _remove(app.builder, [*_pages(app.builder, docname), *_copies(app.builder, docname, suffix)])
        elif suffix != source_suffix(env, docname):
            _remove(app.builder, _copies(app.builder, docname, suffix))
    return []


def _pages(builder: Builder, docname: str) -> Iterator[Path]:
    if isinstance(builder, StandaloneHTMLBuilder):
        yield Path(builder.get_outfilename(docname))
    elif isinstance(builder, TextBuilder | XMLBuilder):
        yield Path(builder.outdir, docname + builder.out_suffix)


def _copies(builder: Builder, docname: str, suffix: str) -> Iterator[Path]:
    """The copy of the source, to which "view source" leads."""
    if isinstance(builder, StandaloneHTMLBuilder):
        yield Path(builder.outdir, "_sources", docname + suffix + builder.config.html_sourcelink_suffix)


def _remove(builder: Builder, paths: Iterator[Path] | list[Path]) -> None:
    """Delete files, and the folders that are empty without them."""
    for path in paths:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # a folder that holds something else, or was never there
            for folder in path.parents:
                if folder == Path(builder.outdir):
                    break
                folder.rmdir()


def setup(app: Sphinx) -> None:
    """Connect to the moment at which the removed pages are known."""
    app.connect("env-get-outdated", remove_stale_output)
