"""The suffixes by which Sphinx finds the parser of a virtual page: a site may have pages of its own with the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils.parsers import Parser
from sphinx.application import Sphinx
from sphinx.config import Config

from .pages import RECORD_SUFFIX, TEMPLATE_SUFFIX
from .project import FILETYPE, project_of
from .record_parser import RecordParser

OWN = (RECORD_SUFFIX, TEMPLATE_SUFFIX)


def setup(app: Sphinx) -> None:
    """Register the parser; the project looks on disk for the suffixes alone that the site has itself."""
    given = app.config.source_suffix
    known = given if isinstance(given, dict) else dict.fromkeys([given] if isinstance(given, str) else given)
    known = {**app.registry.source_suffix, **known}
    usual = {suffix: known[suffix] or "restructuredtext" for suffix in OWN if suffix in known}
    for suffix in OWN:
        app.add_source_suffix(suffix, FILETYPE, override=True)
        if isinstance(given, dict) and suffix in given:
            given[suffix] = FILETYPE
    app.add_source_parser(_either(app, usual) if usual else RecordParser)


class Suffixes(dict[str, str]):
    """The suffixes of a site with its parsers, of which those without files of the site are not among the keys.

    By its items Sphinx finds the parser of a virtual page; its keys are the files that Sphinx takes for documents, before the
    project of this extension is in place too: a YAML file beside a page is none.
    """

    def __iter__(self) -> Iterator[str]:
        return (suffix for suffix in super().__iter__() if self[suffix] != FILETYPE or suffix not in OWN)


def hide_own_suffixes(app: Sphinx, config: Config) -> None:
    """``config-inited``, when Sphinx has put the suffixes together."""
    parser = app.registry.get_source_parsers().get(FILETYPE)
    if parser is not None and not getattr(parser, "usual", ()):
        config.source_suffix = Suffixes(config.source_suffix)


def _either(app: Sphinx, usual: dict[str, str]) -> type[Parser]:
    """The parser of virtual pages for these, and for files of the site the one that they have without us."""

    def choose(cls: type[Parser]) -> Any:
        docname = app.env.current_document.docname
        if project_of(app.env).virtual(docname):
            return RecordParser()
        suffix = next(suffix for suffix in usual if str(app.env.doc2path(docname)).endswith(suffix))
        return app.registry.get_source_parsers()[usual[suffix]]()

    return type("EitherParser", (RecordParser,), {"__new__": choose, "usual": tuple(usual)})
