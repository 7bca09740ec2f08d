"""The PDFs of pages that were built: where they are, and where a page finds its copy."""

from __future__ import annotations

from pathlib import Path

from sphinx.builders import Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util.osutil import relative_uri

from .output_files import makes_web_pages
from .project import project_of

COPIES = "_pdf"
"""The folder of the copies in the output."""


def built_pdfs(builder: Builder) -> dict[str, Path]:
    """The PDFs that are there, by docname."""
    folder = _folder(builder)
    if folder is None:
        return {}
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.pdf")}
    return {docname: path for docname, path in found.items() if docname in builder.env.found_docs}


def pdf_address(builder: Builder, docname: str) -> str:
    """The address of a page's PDF, seen from the page; empty when there is none."""
    folder = _folder(builder)
    if folder is None or not (folder / f"{docname}.pdf").is_file():
        return ""
    return relative_uri(builder.get_target_uri(docname), f"{COPIES}/{docname}.pdf")


def _folder(builder: Builder) -> Path | None:
    return project_of(builder.env).settings.pdf_folder if has_pages(builder) else None


def has_pages(builder: Builder) -> bool:
    """Whether each document is a page of its own, in a file of its own."""
    return makes_web_pages(builder) and not isinstance(builder, SingleFileHTMLBuilder)
