"""The set of a site's documents, files and virtual pages alike; it also holds the catalogue while a build runs.

Put in place of Sphinx's own :class:`~sphinx.project.Project` when the builder is ready. Neither the catalogue nor the virtual
pages are pickled with the environment: both follow from the data, of which a :class:`.Snapshot` is taken for each build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.project import Project
from sphinx.util._pathlib import _StrPath

from ..catalogue.catalogue import Catalogue
from ..catalogue.folder import closed_folders
from ..catalogue.pairs import Pair, pair_id
from ..catalogue.published import redirected
from ..catalogue.snapshot import Snapshot
from ..components.html_page import HtmlSite
from ..problems import Code, Problem, in_order
from .conditions import Conditions
from .conflicts import Conflicts, FileNames
from .markdown import MarkdownParser, ReusedRenderer
from .pages import VirtualPage, hub_pages, pair_pages, record_pages, wanted_pages
from .prose import ProseParser
from .reporting import report
from .settings import Settings, misnamed, unknown_language

FILETYPE = "versus"
"""The name under which Sphinx finds the parser of virtual pages."""
TRANSIENT = (
    *("snapshot", "settings", "conditions", "pages", "file_names", "builder", "html_site"),
    *("_by_source", "_prose_parser", "_page_parser"),
)
"""What is not pickled: it follows from data and configuration, or belongs to a build."""


class _RecordPath(_StrPath):
    """The file of a record, which Sphinx reads although the parser has no use for its text; bad bytes are reported already."""

    def read_text(self, encoding: str | None = None, errors: str | None = None, newline: str | None = None) -> str:
        """The text, whatever its bytes are."""
        return self.read_bytes().decode(encoding or "utf-8", errors or "replace")


class VersusProject(Project):
    """A project in which a record without a page on disk is a document too; a page on disk wins."""

    snapshot: Snapshot
    settings: Settings
    conditions: Conditions
    pages: dict[str, VirtualPage]
    _by_source: dict[Path, str]
    _prose_parser: ProseParser | None = None
    _page_parser: MarkdownParser[ReusedRenderer] | None = None
    builder: Builder
    html_site: HtmlSite | None = None
    """What the pages of an HTML builder have in common, made when the first of them is written."""
    file_names: FileNames | None = None
    _excluded: frozenset[str] = frozenset()

    @classmethod
    def over(cls, project: Project, snapshot: Snapshot, settings: Settings) -> VersusProject:
        """The same project, with the virtual pages of the data.

        Until it looks for documents it knows those of files alone, in the first build and in every other one.
        """
        new = cls(project.srcdir, project.source_suffix)
        files = project._path_to_docname.items()  # noqa: SLF001 (a project's own)
        new._path_to_docname = {path: docname for path, docname in files if path.name.endswith(new.source_suffix)}
        new._docname_to_path = {docname: path for path, docname in new._path_to_docname.items()}
        new.docnames = set(new._docname_to_path)
        new.snapshot, new.settings = snapshot, settings
        new.pages = new._virtual_pages() if settings.makes_pages else {}
        new._by_source = {page.source: page.docname for page in new.pages.values() if page.is_record}
        return new

    def _virtual_pages(self) -> dict[str, VirtualPage]:
        settings = self.settings
        of_records = record_pages(settings, self.catalogue)
        pages = {**of_records, **pair_pages(settings, self.derived), **hub_pages(settings)}
        wanted = settings.without_excluded(pages)
        return {docname: page for docname, page in pages.items() if docname in wanted}

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue."""
        return self.snapshot.catalogue

    @property
    def derived(self) -> Mapping[str, Pair]:
        """The derived pairs by id."""
        return self.catalogue.derived

    @property
    def misconception_homes(self) -> Mapping[str, tuple[str, str]]:
        """The object type and id of the record that holds each misconception."""
        return self.catalogue.misconception_homes

    def prose_parser(self, env: BuildEnvironment) -> ProseParser:
        """The parser of the records' texts, one for all pages."""
        if self._prose_parser is None:
            self._prose_parser = ProseParser(env.myst_config)  # type: ignore[attr-defined]
        return self._prose_parser

    def page_parser(self, env: BuildEnvironment) -> MarkdownParser[ReusedRenderer]:
        """The parser of virtual pages, one for all of them: MyST takes two milliseconds to make one."""
        if self._page_parser is None:
            self._page_parser = MarkdownParser(env.myst_config, ReusedRenderer)  # type: ignore[attr-defined]
        return self._page_parser

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """All documents: the files, then the virtual pages for which there is no file, and which the site does not exclude."""
        super().discover(exclude_paths, include_paths)
        self._exclude_conflicting()
        self.docnames.update(self.pages.keys() - self._answered_by_files() - self._excluded)
        return self.docnames

    def _exclude_conflicting(self) -> None:
        """Report the virtual pages that would be the same file as another page; they are not made."""
        if self.file_names is None:
            return
        conflicts = Conflicts(self.file_names, self._docname_to_path)
        settings = self.settings
        wanted = wanted_pages(self.catalogue, settings)
        redirects = redirected(self.catalogue)
        docnames = {old: docname for type_, old in redirects if (docname := settings.docname(type_, old))}
        report(*in_order(conflicts.of_pages(self.pages, wanted)))
        report(*in_order(conflicts.of_redirects(docnames, settings.data / "published.yaml")))
        self._excluded = frozenset(conflicts.excluded)
        lists = {page.kind: "" for name in conflicts.excluded if not (page := self.pages[name]).id}
        self.settings = replace(settings, pages={**settings.pages, **lists})

    def _answered_by_files(self) -> set[str]:
        """Derived pairs of which a page on disk has the two sides in the other order."""
        found = set()
        for id_, pair in self.derived.items():
            if self.settings.docname("pair", pair_id(reversed(pair))) in self._docname_to_path:
                found.add(self.settings.docname("pair", id_))
        return found

    def virtual(self, docname: str) -> VirtualPage | None:
        """The virtual page of a docname; ``None`` when a file on disk is its source."""
        return None if docname in self._docname_to_path or docname in self._excluded else self.pages.get(docname)

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """The source of a document: for a virtual page the record (absolute) or ``docname.yaml`` (relative).

        The absolute path is that of a file, because Sphinx and others read it, ask for its date, or name it in messages. It
        lies where the data are, most often outside of the source folder. The relative one has to begin with the docname: Sphinx
        takes what follows it for the suffix of the page, and makes the name of the copied source of it.
        """
        page = self.virtual(docname)
        if page is None:
            return super().doc2path(docname, absolute)
        return _RecordPath(page.source) if absolute else _StrPath(docname + page.suffix)

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """The document of a file; ``comparisons/x.md`` finds a virtual page too, and so does its record."""
        path = Path(filename)
        return self._by_source.get(path) or super().path2doc(filename)

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        for name in TRANSIENT:
            state.pop(name, None)
        return state


def project_of(env: BuildEnvironment) -> VersusProject:
    """The project of a running build, with its catalogue."""
    return cast(VersusProject, env.project)


def install_project(app: Sphinx) -> None:
    """``builder-inited``: load the data, report what is wrong with them, and put the project in place."""
    settings = Settings.of(app.config, Path(app.confdir))
    snapshot = Snapshot(settings.data, app.doctreedir, derive=settings.derive, fresh=app.fresh_env_used is not False)
    conf_py = str(Path(app.confdir) / "conf.py")
    if settings.has_data or settings.names_data:
        _report_problems(app, settings.data, snapshot.problems)
    if settings.has_data:
        report(*unknown_language(app.config.language or "en", conf_py))
    report(*misnamed(settings.derive, snapshot.catalogue, conf_py))
    app.project = app.env.project = project = VersusProject.over(app.project, snapshot, settings)
    project.builder = app.builder
    project.file_names = FileNames(app)
    project.conditions = Conditions(app.tags, app.config, app.builder.name)


def _report_problems(app: Sphinx, data: Path, problems: Iterable[Problem]) -> None:
    """A folder that cannot be read fails the build: a job that publishes the site would lose all of its pages."""
    closed = {str(folder.path) for folder in closed_folders(data)}
    for problem in problems:
        fails = problem.code is Code.UNREADABLE_FILE and problem.place.path in closed
        report(problem, level="ERROR" if fails else "WARNING")
        app.statuscode = app.statuscode or int(fails)


def recall_pages(app: Sphinx) -> None:
    """``builder-inited``, behind other extensions: the builder is about to ask which pages of the last build are out of date."""
    project = project_of(app.env)
    project.docnames |= project.pages.keys() & app.env.all_docs.keys()


def setup(app: Sphinx) -> None:
    """Load before other extensions look at the documents."""
    app.connect("builder-inited", install_project, priority=100)
    app.connect("builder-inited", recall_pages, priority=980)
