"""What is written beside the pages of a web site: for which builders, how, and with which addresses.

A file of the site itself or of another extension at the same place is left alone, whichever of the two was there first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote, urlencode

from sphinx.builders import Builder
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from ..problems import Code, Place, Problem
from .output_files import replace_file
from .project import project_of
from .reporting import report


def makes_web_pages(builder: Builder) -> bool:
    """Whether a builder writes pages for a browser; EPUB and the serialising builders only inherit from it."""
    if not isinstance(builder, StandaloneHTMLBuilder) or isinstance(builder, Epub3Builder):
        return False
    return type(builder).out_suffix == ".html"


def showing_only(builder: Builder, address: str, names: Iterable[str]) -> str:
    """The address of a table with some of its sides shown: the state that the readers' tools find in the query."""
    query = urlencode([("only", " ".join(name.split())) for name in names], quote_via=quote)
    page, mark, anchor = address.partition("#")
    if not (query and page and makes_web_pages(builder) and "table" in project_of(builder.env).settings.tools):
        return address
    return f"{page}?{query}{mark}{anchor}"


def write_if_new(path: Path, text: str) -> None:
    """Replace a file as a whole when its text is another one; what is in its way is reported, as Sphinx does for pages."""
    content = text.encode()
    try:
        if not path.is_file() or path.read_bytes() != content:
            replace_file(path, content)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        report(Problem(Place(str(path)), Code.FILE_OF_OTHERS, message, "remove what is in its way"))


def is_of_others(path: Path, is_ours: Callable[[str], object]) -> bool:
    """Whether there is a file in HTML or XML that somebody else wrote; what is no whole document is a damaged file."""
    text = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    return text.rstrip().endswith(">") and not is_ours(text)
