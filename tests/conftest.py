"""What the tests share: small catalogues and small sites, made from texts in a temporary folder."""

from __future__ import annotations

import copy
import functools
import io
import logging
import os
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import pytest
from bs4 import BeautifulSoup
from docutils import Component, frontend
from hypothesis import HealthCheck, settings
from sphinx import locale, theming
from sphinx.application import Sphinx
from sphinx.builders.html._assets import _file_checksum_inner
from sphinx.config import Config
from sphinx.util.docutils import docutils_namespace, patch_docutils

from browsing import browser, firefox, playwright
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.html.search import find_program

__all__ = ["browser", "firefox", "playwright"]
"""The browsers, for the tests of all folders: a process can have one connection to Playwright."""

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


LONGEST_FIRST = (
    "browser",
    "hostile",
    "site",
    "pdf",
    "packaging",
    "preview",
    "benchmarks",
    "editor",
    "cli",
    "docs",
    "components",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort folders by how long their files take: the short ones at the end let all workers end together."""
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.parent.name, len(place)))


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once() -> Iterator[None]:
    """Keep the code of templates, and which themes there are: finding both is a third of the time of a small build."""
    original, known = jinja2.Environment.compile, dict[object, CodeType]()

    def compile_once(self: jinja2.Environment, source: str, *arguments: object, **options: object) -> CodeType:
        syntax = (self.block_start_string, self.variable_start_string, self.trim_blocks, self.lstrip_blocks)
        gettext = getattr(self, "newstyle_gettext", None)
        settings = (type(self), *self.extensions, *syntax, self.autoescape, gettext, frozenset(self.filters))
        key = (settings, source, arguments, frozenset(options.items()))
        if key not in known:
            known[key] = original(self, source, *arguments, **options)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_once)
        patch.setattr("sphinx.theming.entry_points", functools.cache(theming.entry_points))
        find_themes = functools.cache(theming.HTMLThemeFactory._find_themes)
        patch.setattr(theming.HTMLThemeFactory, "_find_themes", staticmethod(find_themes))
        yield


@pytest.fixture(scope="session", autouse=True)
def settings_are_defined_once() -> Iterator[None]:
    """Keep the settings that docutils defines anew for each page: that takes a tenth of the time of a small build."""
    original, known = frontend.OptionParser.populate_from_components, dict[object, dict[str, object]]()

    def populate_once(self: frontend.OptionParser, components: Sequence[Component | type[Component]]) -> None:
        key = tuple(one if isinstance(one, type) else type(one) for one in components)
        if key not in known:
            original(self, components)
            known[key] = {name: value for name, value in vars(self).items() if name != "components"}
        vars(self).update({name: copy.copy(value) for name, value in known[key].items()})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frontend.OptionParser, "populate_from_components", populate_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def builds_log_no_progress() -> Iterator[None]:
    """Nobody reads it, and Sphinx makes hundreds of such messages in each build."""
    logging.disable(logging.INFO)
    yield
    logging.disable(logging.NOTSET)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write texts to files below a folder, without their common indentation; bytes as they are."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = textwrap.dedent(text).lstrip("\n").encode() if isinstance(text, str) else text
        path.write_bytes(content)
    return folder


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[[Mapping[str, str]], Loaded]:
    """Load a catalogue from texts by file name (below the data folder)."""

    def from_files(files: Mapping[str, str]) -> Loaded:
        return load(write_files(tmp_path / "data", files))

    return from_files


class Site:
    """A Sphinx project in a temporary folder: ``conf.py`` and ``data/`` at the top, pages in ``docs/``."""

    CONF = 'extensions = ["myst_parser", "sphinx_versus"]\nhtml_theme = "basic"\nproject = "Test"\nversion = "1"\n'

    def __init__(self, root: Path) -> None:
        self.root = root
        self.warnings = ""
        self.read: list[str] = []
        """The docnames that the last build read."""
        self.written: list[str] = []
        """The docnames that the last build wrote."""
        self.write({"conf.py": self.CONF})

    def write(self, files: Mapping[str, str | bytes]) -> Site:
        """Write or replace files; their times are moved on, so that an edit within a clock tick is seen."""
        write_files(self.root, files)
        for name in files:
            self._touch(self.root / name)
        return self

    def _touch(self, path: Path) -> None:
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 2_000_000))

    def edit(self, name: str, old: str, new: str) -> Site:
        """Replace a text in a file; it must be there."""
        path = self.root / name
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{old!r} is not in {name}"
        path.write_text(before.replace(old, new), encoding="utf-8")
        self._touch(path)
        return self

    def remove(self, name: str) -> Site:
        """Delete a file."""
        (self.root / name).unlink()
        return self

    def build(
        self,
        builder: str = "html",
        *,
        parallel: int = 1,
        fresh: bool = False,
        files: Sequence[str] = (),
        doctrees: str = "",
        tags: Sequence[str] = (),
        **overrides: object,
    ) -> Site:
        """Build, all pages or those of some files, with an environment of its own or that of another builder.

        Warnings are kept as lines with the folder's own path taken out.
        """
        with self._application(
            builder, doctrees or builder, overrides, freshenv=fresh, parallel=parallel, tags=tags
        ) as app:
            app.build(filenames=[self.root / name for name in files])
        return self

    def start(self, **overrides: object) -> Site:
        """Set everything up and look for the pages, but read none: enough for what is wrong with the configuration."""
        with self._application("dummy", "dummy", overrides) as app:
            app.env.find_files(app.config, app.builder)
            app.emit("build-finished", RuntimeError("broken off"))
        return self

    @contextmanager
    def _application(
        self, builder: str, doctrees: str, overrides: Mapping[str, object], **options: Any
    ) -> Iterator[Sphinx]:
        warnings = io.StringIO()
        _file_checksum_inner.cache_clear()  # of an earlier build in this process
        locale.translators.clear()  # of one in another language
        # into the default Sphinx puts the suffixes of each application that has none of its own
        object.__setattr__(Config.config_values["source_suffix"], "default", {".rst": "restructuredtext"})
        build = self.root / "_build"
        folders = (self.root / "docs", self.root, build / builder, build / f"{doctrees}.doctrees")
        try:
            with docutils_namespace(), patch_docutils(self.root):
                app = Sphinx(*folders, builder, dict(overrides), status=io.StringIO(), warning=warnings, **options)
                self.read, self.written = [], []
                app.connect("env-before-read-docs", lambda _app, _env, docnames: self.read.extend(docnames))
                app.connect("doctree-resolved", lambda _app, _tree, docname: self.written.append(docname))
                self.app = app
                yield app
        finally:
            self.warnings = self._shortened(warnings.getvalue())

    def _shortened(self, warnings: str) -> str:
        text = re.sub(r"\x1b\[[0-9;]*m", "", warnings)
        return text.replace(f"{self.root}/", "").replace(os.path.relpath(self.root) + "/", "")

    def output(self, name: str, builder: str = "html") -> str:
        """The text of an output file."""
        return (self.root / "_build" / builder / name).read_text(encoding="utf-8")

    def soup(self, name: str, builder: str = "html") -> BeautifulSoup:
        """A page, parsed."""
        return BeautifulSoup(self.output(name, builder), "html.parser")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty project; write its pages and data, then build."""
    return Site(tmp_path)


@pytest.fixture(scope="session")
def pagefind() -> None:
    """Pagefind's program; without it the tests are skipped, except in CI."""
    if find_program() is None:
        if os.environ.get("CI"):
            pytest.fail("Pagefind is not installed; requirements/dev.txt has it")
        pytest.skip('Pagefind is not installed (pip install "pagefind[bin]")')


CATALOGUE: Mapping[str, str] = {
    "data/criteria.yaml": """
        licence: {name: Licence, definition: The licence of the code., group: Project}
        orm: {name: Database layer, definition: Whether a database layer is built in., type: yes-no, group: Data}
        first-release: {name: First release, definition: The month of the first release., type: date, group: Project}
        size: {name: Size, definition: The size of the package., type: number, unit: MB, group: Project}
        """,
    "data/sources.yaml": """
        alpha-home:
          title: Alpha home page
          publisher: Alpha project
          url: https://example.org/alpha
          kind: primary
          accessed: 2026-11-01
          quote: Alpha has a database layer.
        beta-review:
          {title: A review of Beta, publisher: Some magazine, kind: secondary, accessed: 2026-11-02, edition: issue 7}
        """,
    "data/technologies/alpha.yaml": """
        name: Alpha
        kind: web-framework
        summary: Alpha is a framework with everything.
        homepage: https://example.org/alpha
        synonyms: [first letter]
        sources: [alpha-home]
        facts:
          licence: {value: MIT, sources: [alpha-home], as_of: 2026-11, version: "1.2"}
          orm: {value: yes, note: It is part of the package., sources: [alpha-home]}
          first-release: {value: 2005-07}
        misconceptions:
          alpha-is-slow:
            claim: Alpha is slow.
            correction: Alpha is as fast as its queries.
            why_believed: It is large.
            sources: [alpha-home]
        """,
    "data/technologies/beta.yaml": """
        name: Beta
        kind: web-framework
        summary: Beta is a small framework.
        facts:
          licence: {value: MIT, sources: [beta-review], as_of: 2026-10, version: "3.1"}
          orm: {value: partial, note: Through an extension.}
          size: {value: 12, judgement: true, note: Measured by hand., disputed: Others say 13.}
        """,
    "data/technologies/gamma.yaml": """
        name: Gamma
        kind: web-framework
        summary: Gamma is a third one.
        facts:
          licence: {value: Apache-2.0}
          orm: {value: no}
        """,
    "data/comparisons/alpha-vs-beta.yaml": """
        technologies: [alpha, beta]
        relation: alternatives
        summary: Alpha brings more than Beta.
        criteria:
          - {group: Data, rows: [orm]}
          - {group: Project, rows: [licence, first-release, size]}
        misconceptions:
          alpha-and-beta-are-one:
            claim: Alpha and Beta are the same.
            correction: They are two projects.
        verdict:
          summary: How much do you want to decide?
          choose:
            alpha:
              - {when: you want a database layer at once, because: [orm]}
            beta:
              - {when: you want little, because: [orm, licence]}
        reviewed: 2026-11-22
        """,
}
"""Three technologies and one comparison, without a page on disk."""

INDEX: Mapping[str, str] = {
    "docs/index.md": """
        # Home

        ```{toctree}
        comparisons/index
        technologies/index
        misconceptions
        criteria
        ```
        """
}


@pytest.fixture
def small_site(site: Site) -> Site:
    """The small catalogue and a home page that leads to its hubs."""
    return site.write({**CATALOGUE, **INDEX})
