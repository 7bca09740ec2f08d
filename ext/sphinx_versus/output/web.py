"""What is written beside the pages of a web site: for which builders, and how."""

from __future__ import annotations

from pathlib import Path

from sphinx.builders import Builder
from sphinx.builders._epub_base import EpubBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

from ..site.output_files import replace_file


def makes_web_pages(builder: Builder) -> bool:
    """Whether a builder writes pages for a browser; EPUB and the serialising builders only inherit from it."""
    if not isinstance(builder, StandaloneHTMLBuilder) or isinstance(builder, EpubBuilder):
        return False
    return type(builder).out_suffix == ".html"


def write_if_new(path: Path, text: str) -> None:
    """Replace a file as a whole when its text is another one."""
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return
    replace_file(path, content)
