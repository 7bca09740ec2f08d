"""The set of a site's documents, files and virtual pages alike; it also holds the catalogue while a build runs.

Put in place of Sphinx's own :class:`~sphinx.project.Project` when the builder is ready. Neither the catalogue nor the virtual
pages are pickled with the environment: both follow from the data, of which a :class:`.Snapshot` is taken for each build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.project import Project

from ..catalogue.catalogue import Catalogue
from ..catalogue.files import closed_folders
from ..catalogue.pairs import Derive, Pair, pair_id
from ..catalogue.published import redirected
from ..catalogue.snapshot import Snapshot
from ..components.i18n import known_locale, parsed
from ..components.page import HtmlSite
from ..config import Settings, conf_place
from ..problems import Code, Place, Problem, in_order, nearest
from .conditions import Conditions
from .conflicts import Conflicts, FileNames, replaced_page
from .markdown import MarkdownParser, ReusedRenderer
from .output_errors import OutputErrors
from .own_files import OwnFiles
from .pages import VirtualPage, hub_pages, pair_pages, record_pages, wanted_pages
from .prose import ProseParser
from .reporting import report

FILETYPE = "versus"
"""The name under which Sphinx finds the parser of virtual pages."""
TRANSIENT = (
    *("files", "snapshot", "settings", "conditions", "pages", "file_names", "builder", "html_site"),
    *("output_errors", "own_files", "_by_source", "_prose_parser", "_page_parser"),
)
"""What is not pickled: it follows from data and configuration, or belongs to a build."""


SourcePath: Any = type(Project("", ()).srcdir)
"""Sphinx's class of paths, which other extensions may take for texts."""


class _RecordPath(SourcePath):  # type: ignore[misc]
    """The file of a record, which Sphinx reads although the parser has no use for its text; bad bytes are reported already."""

    def read_text(self, encoding: str | None = None, errors: str | None = None, newline: str | None = None) -> str:
        """The text, whatever its bytes are."""
        return str(self.read_bytes().decode(encoding or "utf-8", errors or "replace"))


class VersusProject(Project):
    """A project in which a record without a page on disk is a document too; a page on disk wins."""

    files: frozenset[str]
    """The docnames of files."""
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
    output_errors: OutputErrors
    own_files: OwnFiles
    excluded: frozenset[str] = frozenset()
    """The docnames of virtual pages that are not made because others have their files."""

    def __init__(self, project: Project, snapshot: Snapshot, settings: Settings) -> None:
        """The same project, with the virtual pages of the data.

        Until it looks for documents it knows those of files alone, in the first build and in every other one.
        """
        super().__init__(project.srcdir, project.source_suffix)
        self.restore(project)
        paths = {docname: project.doc2path(docname, absolute=True) for docname in project.docnames}
        names = (docname for docname, path in paths.items() if path.name.endswith(self.source_suffix))
        self.files = frozenset(docname for docname in names if paths[docname].is_file())
        self.docnames = set(self.files)
        self.snapshot, self.settings = snapshot, settings
        self.pages = self._virtual_pages() if settings.makes_pages else {}
        self._by_source = {page.source: page.docname for page in self.pages.values() if page.is_record}

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
        self.files = frozenset(super().discover(exclude_paths, include_paths))
        self._exclude_conflicting()
        self.docnames.update(self.pages.keys() - self._answered_by_files() - self.excluded)
        return self.docnames

    def _exclude_conflicting(self) -> None:
        """Report the virtual pages that would be the same file as another page; they are not made."""
        if self.file_names is None:
            return
        conflicts = Conflicts(self.file_names, self.files)
        settings = self.settings
        wanted = wanted_pages(self.catalogue, settings)
        redirects = redirected(self.catalogue)
        docnames = {old: docname for type_, old in redirects if (docname := settings.docname(type_, old))}
        report(*in_order(conflicts.of_pages(self.pages, wanted)))
        report(*in_order(conflicts.of_redirects(docnames, settings.data / "published.yaml")))
        self.excluded = frozenset(conflicts.excluded)
        lists = {page.kind: "" for name in conflicts.excluded if not (page := self.pages[name]).id}
        self.settings = replace(settings, pages={**settings.pages, **lists})

    def _answered_by_files(self) -> set[str]:
        """Derived pairs of which a page on disk has the two sides in the other order."""
        found = set()
        for id_, pair in self.derived.items():
            if self.settings.docname("pair", pair_id(reversed(pair))) in self.files:
                found.add(self.settings.docname("pair", id_))
        return found

    def virtual(self, docname: str) -> VirtualPage | None:
        """The virtual page of a docname; ``None`` when a file on disk is its source."""
        return None if docname in self.files or docname in self.excluded else self.pages.get(docname)

    def doc2path(self, docname: str, absolute: bool) -> Any:
        """The source of a document: for a virtual page the record (absolute) or ``docname.yaml`` (relative).

        The absolute path is that of a file, because Sphinx and others read it, ask for its date, or name it in messages. It
        lies where the data are, most often outside of the source folder. The relative one has to begin with the docname: Sphinx
        takes what follows it for the suffix of the page, and makes the name of the copied source of it.
        """
        page = self.virtual(docname)
        if page is None:
            return super().doc2path(docname, absolute)
        return _RecordPath(page.source) if absolute else SourcePath(docname + page.suffix)

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
    snapshot = Snapshot(
        settings.data, app.doctreedir, derive=settings.derived_pairs, fresh=app.fresh_env_used is not False
    )
    if settings.has_data or settings.names_data:
        _report_problems(app, settings.data, snapshot.problems)
    if settings.has_data:
        report(*_unknown_language(app))
    place = conf_place(Path(app.confdir), "versus_derived_pairs")
    report(*_misnamed(settings.derived_pairs, place, snapshot.catalogue))
    app.project = app.env.project = project = VersusProject(app.project, snapshot, settings)
    project.builder = app.builder
    project.file_names = FileNames(app)
    project.output_errors = OutputErrors(app)
    project.own_files = OwnFiles(app, project.output_errors)
    project.output_errors.watch()
    project.conditions = Conditions(app.tags, app.config, app.builder.name)


def _unknown_language(app: Sphinx) -> Iterator[Problem]:
    """A language of which the libraries do not know how dates are written."""
    language = app.config.language or "en"
    if known_locale(language) is None:
        hint = "dates are written as in English" + ("" if parsed(language) else ", and PDFs are marked as English")
        place = conf_place(Path(app.confdir), "language")
        yield Problem(place, Code.UNSUPPORTED_LANGUAGE, f'language = "{language}" is not known', hint)


def _misnamed(derive: Derive, place: Place, catalogue: Catalogue) -> list[Problem]:
    """The kinds and technologies among the derived pairs that the data do not have."""
    technologies = catalogue.defined["technology"]
    kinds = [] if catalogue.unread else [kind for kind in derive.kinds if kind not in catalogue.kinds]
    sides = sorted({side for pair in derive.pairs for side in pair if side not in technologies})
    found = [(f'"{kind}" is not the kind of any technology', nearest(kind, catalogue.kinds)) for kind in kinds]
    found += [(f'"{side}" is not a technology', nearest(side, technologies)) for side in sides]
    return [Problem(place, Code.INVALID_CONFIG, f"versus_derived_pairs: {what}", hint) for what, hint in found]


def _report_problems(app: Sphinx, data: Path, problems: Iterable[Problem]) -> None:
    """A folder that cannot be read fails the build: a job that publishes the site would lose all of its pages."""
    closed = {folder.problem.place.path for folder in closed_folders(data)}
    for problem in problems:
        fails = problem.code is Code.UNREADABLE_FILE and problem.place.path in closed
        report(problem, level="ERROR" if fails else "WARNING")
        app.statuscode = app.statuscode or int(fails)


def report_collected(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Report a page of another extension in the place of a virtual one, which nobody knew before it is written."""
    project = project_of(app.env)
    if doctree is None and (page := project.virtual(pagename)):
        report(replaced_page(page, str(Path(app.confdir) / "conf.py")))


def finish_build(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: finish the files beside the pages."""
    project = app.env.project
    if isinstance(project, VersusProject):
        if exception is None:
            project.own_files.finish()
        elif isinstance(exception, OSError):
            project.output_errors.note(exception.filename or app.outdir, exception)
        project.output_errors.end()


def setup(app: Sphinx) -> None:
    """Load the data at the beginning of a build, and finish its files at the end."""
    app.connect("builder-inited", install_project, priority=100)  # before other extensions look at the documents
    app.connect("build-finished", finish_build, priority=9_999)  # when all have written their files
