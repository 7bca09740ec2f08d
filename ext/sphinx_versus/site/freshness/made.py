"""Which files a build makes. What the last build made and this one does not is removed; files of others are left alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.text import TextBuilder
from sphinx.builders.xml import XMLBuilder
from sphinx.environment.adapters.indexentries import IndexEntries

from .files import inside
from .surroundings import static_files

SEARCH_INDEX = "searchindex.js"


def is_tracked(builder: Builder) -> bool:
    """Whether a builder writes a file per page and asks of each whether it is out of date."""
    if isinstance(builder, StandaloneHTMLBuilder):
        asks = type(builder).get_outdated_docs is StandaloneHTMLBuilder.get_outdated_docs
        return asks and not builder.embedded
    return isinstance(builder, TextBuilder | XMLBuilder)


def files_of_page(app: Sphinx, docname: str) -> list[str]:
    """The files that a page may have, below the output folder: the page itself, and in HTML the copy of its source.

    Whether there is a copy is for the variables of the page's template to say, which any extension may change.
    """
    builder: Any = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return [docname + builder.out_suffix]
    found = [os.path.relpath(builder.get_outfilename(docname), builder.outdir)]
    if builder.copysource and app.config.html_copy_source:
        source = str(app.env.doc2path(docname, base=False))
        suffix = app.config.html_sourcelink_suffix
        found.append(f"_sources/{source}{'' if source == docname + suffix else suffix}")
    return found


def other_files(app: Sphinx) -> Iterator[str]:
    """The other files that Sphinx makes in HTML: copies of all kinds, indices, and pages of templates."""
    builder: Any = app.builder
    if isinstance(builder, StandaloneHTMLBuilder):
        yield from (f"_images/{name}" for _docnames, name in app.env.images.values())
        yield from (f"_downloads/{name}" for _docnames, name in app.env.dlfiles.values())
        yield from (f"_static/{name}" for name, _path in static_files(app))
        yield from _extra_files(app)
        pages = [*app.config.html_additional_pages, *(name for name, *_ in getattr(builder, "domain_indices", []))]
        pages += _general_index(app)
        yield from (os.path.relpath(builder.get_outfilename(name), builder.outdir) for name in pages)


def _general_index(app: Sphinx) -> Iterator[str]:
    """The pages of the general index: one, or one for each letter and one with all of them."""
    if app.config.html_use_index:
        yield "genindex"
        if app.config.html_split_index:
            yield "genindex-all"
            yield from (f"genindex-{letter}" for letter, _ in IndexEntries(app.env).create_index(app.builder))


def _extra_files(app: Sphinx) -> Iterator[str]:
    for entry in app.config.html_extra_path:
        folder = Path(app.confdir, entry)
        if folder.is_file():
            yield folder.name
        yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def remove(outdir: Path, names: Iterable[str]) -> None:
    """Delete files, and the folders that are empty without them."""
    for path in filter(None, (inside(outdir, name) for name in names)):
        with suppress(OSError):  # a folder that holds something else, or was never there
            path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == outdir:
                    break
                folder.rmdir()
