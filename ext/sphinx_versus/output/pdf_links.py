"""The link "PDF" in the status line of a comparison's web page, for PDFs that were built. Write phase, HTML only.

The PDFs lie where ``versus-pdf`` wrote them (``versus_pdf_folder``) and are copied beside the pages, so that a site is whole
wherever it is put. A page is written again when its PDF comes or goes, and at no other time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from ..render.parts import text
from ..render.words import _
from ..site.own_pages import connect_on_own_pages
from .web import makes_web_pages

COPIES = "_pdf"
"""The folder of the copies in the output."""


def pdf_of(app: Sphinx, docname: str) -> Path | None:
    """The PDF of a page, when it is there."""
    if not (app.config.versus_pdf_folder and _has_pages(app.builder)):
        return None
    path = Path(app.confdir) / app.config.versus_pdf_folder / f"{docname}.pdf"
    return path if path.is_file() else None


def built(app: Sphinx) -> dict[str, Path]:
    """The PDFs that are there, by docname."""
    if not (app.config.versus_pdf_folder and _has_pages(app.builder)):
        return {}
    folder = Path(app.confdir) / app.config.versus_pdf_folder
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.pdf")}
    return {docname: path for docname, path in found.items() if docname in app.env.found_docs}


def _has_pages(builder: Builder) -> bool:
    """Whether each document is a page of its own, in a file of its own."""
    return makes_web_pages(builder) and not isinstance(builder, SingleFileHTMLBuilder)


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-updated``: the pages whose PDF came or went since the output was written."""
    if not _has_pages(app.builder):
        return []
    here = set(_copied(app))
    return sorted((here ^ set(built(app))) & env.found_docs)


def add_link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: the link at the end of the status line."""
    if pdf_of(app, docname) is None:
        return
    status = next((one for one in doctree.findall(nodes.paragraph) if "versus-status" in one["classes"]), None)
    if status is not None:
        address = relative_uri(app.builder.get_target_uri(docname), f"{COPIES}/{docname}.pdf")
        link = nodes.reference("", _("PDF"), refuri=address, internal=True, classes=["versus-pdf"])
        status.extend([text(" · "), link])


def copy_pdfs(app: Sphinx, error: Exception | None) -> None:
    """``build-finished``: put the PDFs beside the pages, and remove those that are gone."""
    if error is not None or not _has_pages(app.builder):
        return
    there = built(app)
    for docname, path in there.items():
        target = _copy(app, docname)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for docname in set(_copied(app)) - set(there):
        _copy(app, docname).unlink()


def _copy(app: Sphinx, docname: str) -> Path:
    return Path(app.outdir) / COPIES / f"{docname}.pdf"


def _copied(app: Sphinx) -> Iterator[str]:
    folder = Path(app.outdir) / COPIES
    yield from (path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.pdf"))


def setup(app: Sphinx) -> None:
    """Connect to the moments at which pages are chosen, written and finished."""
    app.connect("env-updated", write_again)
    connect_on_own_pages(app, add_link)
    app.connect("build-finished", copy_pdfs)
