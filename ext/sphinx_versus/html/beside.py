"""The files beside the pages of a web site, written when a build is finished."""

from __future__ import annotations

from sphinx.application import Sphinx

from .pdf_links import copy_pdfs
from .picker import write_pairs
from .redirects import make_room, write_redirects
from .sitemap import write_sitemap


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: data of the picker, and copies of PDFs."""
    for write in (write_pairs, copy_pdfs):
        write(app, exception)


def write_addresses(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: pages that redirect, and the sitemap."""
    for write in (write_redirects, write_sitemap):
        write(app, exception)


def setup(app: Sphinx) -> None:
    """Connect before and behind the listeners of other extensions, which may write the same files."""
    app.connect("build-finished", make_room, priority=0)  # before an extension that leaves alone what is there
    app.connect("build-finished", write_files)
    app.connect("build-finished", write_addresses, priority=995)  # when pages that are gone have been removed
