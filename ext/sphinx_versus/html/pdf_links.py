"""Copies of the PDFs that were built, beside the web pages that link to them. Write phase, HTML only.

The PDFs are where ``versus-pdf`` wrote them (``versus_pdf_folder``) and are copied, so that a site is whole wherever it is
put. A page is written again when its PDF comes or goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..environment.pdf_files import COPIES, built_pdfs, has_pages
from ..environment.project import project_of


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-updated``: the pages whose PDF came or went since the output was written."""
    if not has_pages(app.builder):
        return []
    here = set(_copied(app))
    return sorted((here ^ set(built_pdfs(app.builder))) & env.found_docs)


def copy_pdfs(app: Sphinx, error: Exception | None) -> None:
    """``build-finished``: put the PDFs beside the pages."""
    if error is not None or not has_pages(app.builder):
        return
    own_files = project_of(app.env).own_files
    there = {f"{COPIES}/{docname}.pdf": path for docname, path in built_pdfs(app.builder).items()}
    own_files.announce(there)
    for name, path in there.items():
        own_files.write(name, path.read_bytes())


def _copied(app: Sphinx) -> Iterator[str]:
    folder = Path(app.outdir) / COPIES
    yield from (path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.pdf"))


def setup(app: Sphinx) -> None:
    """Connect to the moment at which pages are chosen."""
    app.connect("env-updated", write_again)
