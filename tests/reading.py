"""One page at a time: text in, document tree and warnings out, without a build per test."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import docutils_namespace, patch_docutils

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.environment.virtual_page_parser import FILETYPE, SUFFIXES


class Read(NamedTuple):
    """A page that was read: its tree, the standard nodes that every format but HTML pages gets, and the warnings."""

    tree: nodes.document
    resolved: nodes.document
    warnings: list[str]

    def one(self, wanted: type[nodes.Element], class_: str = "") -> nodes.Element:
        """The only node of a type (and class) in the resolved tree."""
        (found,) = self.all(wanted, class_)
        return found

    def all(self, wanted: type[nodes.Element], class_: str = "") -> list[nodes.Element]:
        """All nodes of a type (and class) in the resolved tree."""
        return [node for node in self.resolved.findall(wanted) if not class_ or class_ in node["classes"]]

    @property
    def words(self) -> str:
        """All text of the page on one line."""
        return " ".join(self.resolved.astext().split())


class Reader:
    """A site that is built once; single pages are then read into it and forgotten again."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.folder = site.root / "docs"
        with docutils_namespace(), patch_docutils(site.root):
            build = site.root / "_build"
            streams = {"status": io.StringIO(), "warning": io.StringIO()}
            self.app = Sphinx(self.folder, site.root, build / "xml", build / "doctrees", "xml", **streams)
            self.app.build()
            # Pages are read here at any time, and not between the events of a build.
            self.app.config.source_suffix = {**self.app.config.source_suffix, **dict.fromkeys(SUFFIXES, FILETYPE)}
            self.app.builder.get_target_uri = lambda docname, typ=None: f"{docname}.html"  # type: ignore[method-assign]
            self.directives, self.roles = dict(directives._directives), dict(roles._roles)

    def read(self, text: str, suffix: str = ".md", docname: str = "page") -> Read:
        """Read a text as a page."""
        env, builder = self.app.env, self.app.builder
        path = self.folder / (docname + suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        warnings = io.StringIO()
        locale.translators.clear()  # of a build in another language
        logging.setup(self.app, io.StringIO(), warnings)
        env.project.discover()
        with docutils_namespace(), patch_docutils(self.site.root), self._forgetting(path, docname):
            directives._directives.update(self.directives)
            roles._roles.update(self.roles)
            builder.read_doc(docname, _cache=False)
            tree = env.get_doctree(docname)
            tags = self.app.tags
            resolved = env.get_and_resolve_doctree(docname, builder, doctree=tree.deepcopy(), tags=tags)
        return Read(tree, resolved, self._lines(warnings.getvalue()))

    @contextmanager
    def _forgetting(self, path: Path, docname: str) -> Iterator[None]:
        env = self.app.env
        try:
            yield
        finally:
            self.app.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
            env._pickled_doctree_cache.pop(docname, None)
            path.unlink()
            if docname in env.project.discover():  # the virtual page that was hidden
                self.app.builder.read_doc(docname)

    def _lines(self, text: str) -> list[str]:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        shown = text.replace(f"{self.folder}/", "").replace(f"{self.site.root}/", "").replace("WARNING: ", "")
        return shown.splitlines()


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Reads pages into the small site (see ``CATALOGUE``)."""
    site = Site(tmp_path_factory.mktemp("reader"))
    site.write({**CATALOGUE, **INDEX})
    return Reader(site)


def rst(markdown: str) -> str:
    """The same page in reStructuredText: headings, directives with options and bodies, and roles."""
    text = textwrap.dedent(markdown).lstrip("\n")
    text = re.sub(r"^# (.*)$", lambda match: f"{match[1]}\n{'=' * len(match[1])}", text, flags=re.MULTILINE)
    text = re.sub(r"^## (.*)$", lambda match: f"{match[1]}\n{'-' * len(match[1])}", text, flags=re.MULTILINE)
    text = re.sub(r"^```\{([\w:-]+)\}(.*)\n((?:.*\n)*?)```$", _directive, text, flags=re.MULTILINE)
    return re.sub(r"\{([\w:-]+)\}`", r":\1:`", text)


def _directive(match: re.Match[str]) -> str:
    body = "".join(f"   {line}\n" if line else "\n" for line in match[3].splitlines())
    return f".. {match[1]}::{match[2]}\n{body}\n"
