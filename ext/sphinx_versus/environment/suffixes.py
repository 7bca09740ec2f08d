"""The suffixes by which Sphinx finds the parser of a virtual page, while pages are read and at no other time.

Sphinx looks for documents before the project of this extension is in place. With the suffixes it would take a YAML file of the
site for one, and if it is beside a page, for the same one. A site may have pages of its own with the same suffixes.
"""

from __future__ import annotations

from typing import Any

from docutils.parsers import Parser
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .pages import RECORD_SUFFIX, TEMPLATE_SUFFIX
from .project import FILETYPE, project_of
from .record_parser import RecordParser

OWN = (RECORD_SUFFIX, TEMPLATE_SUFFIX)


class OwnSuffixes:
    """Puts the suffixes into the configuration of an application, and takes them out before it is kept."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def add(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``."""
        self._before = app.config.source_suffix
        app.config.source_suffix = {**self._before, **dict.fromkeys(OWN, FILETYPE)}

    def remove(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """``env-updated``, before the environment is saved: another configuration would read all pages again."""
        app.config.source_suffix = self._before
        return []


def setup(app: Sphinx) -> None:
    """Register the parser."""
    given = app.config.source_suffix
    known = given if isinstance(given, dict) else dict.fromkeys([given] if isinstance(given, str) else given)
    known = {**app.registry.source_suffix, **known}
    usual = {suffix: known[suffix] or "restructuredtext" for suffix in OWN if suffix in known}
    app.add_source_parser(_either(app, usual) if usual else RecordParser)
    suffixes = OwnSuffixes()
    app.connect("env-before-read-docs", suffixes.add)
    app.connect("env-updated", suffixes.remove, priority=0)  # first: the next build compares this configuration


def _either(app: Sphinx, usual: dict[str, str]) -> type[Parser]:
    """The parser of virtual pages for these, and for files of the site the one that they have without us."""

    def choose(cls: type[Parser]) -> Any:
        docname = app.env.current_document.docname
        if project_of(app.env).virtual(docname):
            return RecordParser()
        suffix = next(suffix for suffix in usual if str(app.env.doc2path(docname)).endswith(suffix))
        return app.registry.get_source_parsers()[usual[suffix]]()

    return type("EitherParser", (RecordParser,), {"__new__": choose})
