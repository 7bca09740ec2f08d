"""The pages that are open in a browser are written before the others of a build, and can be shown at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Set

from sphinx.builders.html import StandaloneHTMLBuilder


def write_first(
    builder: StandaloneHTMLBuilder, wanted: Collection[str], when_written: Callable[[list[str]], None]
) -> None:
    """Write these files first; ``when_written`` gets those among them that the build writes."""
    write = builder.write_documents

    def write_documents(docnames: Set[str]) -> None:
        first = {docname: name for docname in docnames if (name := _file(builder, docname)) in wanted}
        if first:
            write(first.keys())
            copy_beside(builder)
            when_written(sorted(first.values()))
        if others := docnames - first.keys():
            write(others)

    builder.write_documents = write_documents  # type: ignore[method-assign]


def _file(builder: StandaloneHTMLBuilder, docname: str) -> str:
    return os.path.relpath(builder.get_outfilename(docname), builder.outdir).replace(os.sep, "/")


def copy_beside(builder: StandaloneHTMLBuilder) -> None:
    """Copy the images and files of the pages that are written, which Sphinx does when all is done."""
    builder.copy_image_files()
    builder.copy_download_files()
