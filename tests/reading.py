"""One page at a time: text in, document tree and warnings out, without a build per test."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import CATALOGUE, INDEX, Site
from docutils import nodes
from sphinx.util import logging


class Read(NamedTuple):
    """A page that was read: its tree before and after references are resolved, and what was said about it."""

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
        self.app = site.build("dummy").app
        self.folder = Path(self.app.srcdir)

    def read(self, text: str, suffix: str = ".md", docname: str = "page") -> Read:
        """Read a text as a page."""
        env, builder = self.app.env, self.app.builder
        path = self.folder / (docname + suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        warnings = io.StringIO()
        logging.setup(self.app, io.StringIO(), warnings)
        known = set(env.project.docnames)
        env.project.discover(("_build",))
        try:
            env.clear_doc(docname)
            builder.read_doc(docname)
            tree = env.get_doctree(docname)
            resolved = env.get_and_resolve_doctree(docname, builder, doctree=tree.deepcopy())
        finally:
            env.clear_doc(docname)
            path.unlink()
            env.project.discover(("_build",))
        assert env.project.docnames == known
        return Read(tree, resolved, self._lines(warnings.getvalue()))

    def _lines(self, text: str) -> list[str]:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        shown = text.replace(f"{self.folder}/", "").replace(f"{self.site.root}/", "").replace("WARNING: ", "")
        return shown.splitlines()


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Reads pages into the small site (see ``CATALOGUE``)."""
    site = Site(tmp_path_factory.mktemp("reader"))
    site.write({**CATALOGUE, **INDEX})
    yield Reader(site)


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
