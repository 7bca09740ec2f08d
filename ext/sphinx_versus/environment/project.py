"""The set of a site's documents, files and virtual pages alike, and all that belongs to one build.

Put in place of Sphinx's own :class:`~sphinx.project.Project` when the builder is ready. Neither the catalogue nor the virtual
pages are pickled with the environment: both follow from the data, of which a :class:`.Snapshot` is taken for each build.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from logging import getLogger
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.ext.ifconfig import ifconfig
from sphinx.project import Project
from sphinx.util.osutil import relative_uri
from sphinx.util.tags import Tags

from ..catalogue import query
from ..catalogue.catalogue import UNKNOWN, Catalogue
from ..catalogue.digest import digest
from ..catalogue.files import closed_folders
from ..catalogue.pairs import pair_id
from ..catalogue.prose import is_web_address
from ..catalogue.published import redirected
from ..catalogue.snapshot import Snapshot
from ..components import COMPONENTS
from ..components.component import Component
from ..components.i18n import known_locale, parsed
from ..components.page import HtmlSite
from ..config import Settings, at_setting, conf_place
from ..problems import SURELY_MEANT, Code, Place, Problem, in_order, meant_by, nearest
from .markdown_parser import MarkdownParser
from .output_files import makes_web_pages
from .own_files import OutputErrors, OwnFiles
from .prose_parser import ProseParser
from .reporting import report
from .virtual_pages import Conflicts, FileNames, VirtualPage, single_pages, template_mistakes, virtual_pages

PDF_COPIES = "_pdf"  # the folder of the PDFs' copies in the output
SourcePath: Any = type(Project("", ()).srcdir)  # Sphinx's class of paths, which other extensions may take for texts


class _RecordPath(SourcePath):  # type: ignore[misc]
    """The file of a record, which Sphinx reads although the parser has no use for its text; bad bytes are reported already."""

    def read_text(self, encoding: str | None = None, errors: str | None = None, newline: str | None = None) -> str:
        """The text, whatever its bytes are."""
        return str(self.read_bytes().decode(encoding or "utf-8", errors or "replace"))


_record_path = lru_cache(_RecordPath)  # a hundred thousand derived pairs have one template


class Outcome(NamedTuple):
    """A condition on a page: the kind of its node, its expression, and whether it holds."""

    kind: str
    expression: str
    holds: bool


@dataclass(frozen=True)
class Conditions:
    """Evaluates ``only`` and ``ifconfig`` when a page is read, as Sphinx will when it is written.

    What is collected while a page is read (numbers of sources, objects, index entries) must not count what no reader of this
    build will see. A page on which a condition has another outcome in a later build, for one because another builder uses the
    same environment, is read again.
    """

    tags: Tags
    config: Config
    builder: str

    def holds(self, kind: str, expression: str) -> bool:
        """Whether content is shown; one whose condition cannot be evaluated is, as in Sphinx, which reports it."""
        try:
            if kind == "only":
                return bool(self.tags.eval_condition(expression))
            values = {value.name: value.value for value in self.config} | vars(self.config)
            return bool(eval(expression, {**values, "builder": self.builder}))  # noqa: S307 (as ifconfig does, on the same page)
        except Exception:  # noqa: BLE001 (whatever an expression raises)
            return True

    def outcomes(self, document: nodes.document) -> list[tuple[nodes.Element, Outcome]]:
        """The conditions on a page."""
        found = [node for node in document.findall(nodes.Element) if isinstance(node, addnodes.only | ifconfig)]
        asked = [(node, type(node).__name__, str(node.get("expr", ""))) for node in found]
        return [(node, Outcome(kind, words, self.holds(kind, words))) for node, kind, words in asked]


class VersusProject(Project):
    """A project in which a record without a page on disk is a document too; a page on disk wins."""

    makes_whole_site = True
    """Whether this build writes what exists once on a site; not when it makes a part of one."""

    def __init__(self, app: Sphinx, snapshot: Snapshot, settings: Settings) -> None:
        """The application's project; until it looks for documents it knows those of files alone."""
        before = app.project
        super().__init__(before.srcdir, before.source_suffix)
        self.restore(before)
        paths = {docname: before.doc2path(docname, absolute=True) for docname in before.docnames}
        is_file = {
            docname: path.name.endswith(self.source_suffix) and path.is_file() for docname, path in paths.items()
        }
        self.files = {docname for docname in is_file if is_file[docname]}  # the docnames of files
        self.docnames = set(self.files)
        self.builder, self.snapshot, self.settings = app.builder, snapshot, settings
        self.pages = virtual_pages(self.catalogue, settings) if settings.makes_pages else {}
        for docname in self.pages.keys() - settings.without_excluded(self.pages):
            del self.pages[docname]
        self.strays: set[str] = set()
        """The docnames of files in the data folder, which are not read."""
        self.excluded: set[str] = set()
        """The docnames of virtual pages that are not made because others have their files."""
        self.conditions = Conditions(app.tags, app.config, app.builder.name)
        self.output_errors = OutputErrors(app)
        self.own_files = OwnFiles(app, self.output_errors)
        self.html_site: HtmlSite | None = None
        """What the pages of an HTML builder have in common, made when the first of them is written."""
        self._file_names = FileNames(app)
        self._by_source = {page.source: page.docname for page in self.pages.values() if page.is_record}

    def __getstate__(self) -> dict[str, Any]:
        """What Sphinx's own project has: the rest follows from data and configuration, or belongs to a build."""
        plain = Project(self.srcdir, self.source_suffix)
        plain.restore(self)
        plain.docnames = set(self.files)
        return vars(plain)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The data of this build; when there is no folder of the name that ``conf.py`` gives, nothing is known of any record."""
        found = self.snapshot.catalogue
        is_lost = self.settings.names_data and not self.settings.has_data
        return replace(found, unread=frozenset(UNKNOWN)) if is_lost else found

    @cached_property
    def answer_digest(self) -> Callable[[str, tuple[Any, ...]], str]:
        """The digest of what the catalogue answers a query, by name and arguments; empty when a named record is gone."""

        @cache
        def answered(name: str, arguments: tuple[Any, ...]) -> str:
            try:
                return digest(self.catalogue.ask(getattr(query, name), *arguments))
            except LookupError:
                return ""

        return answered

    def view(self, component: Component) -> Any:
        """What a component shows: that which was asked when its page was read."""
        return COMPONENTS[component["name"]].view(self.catalogue.ask, *component["arguments"])

    @cached_property
    def needs_each_text(self) -> bool:
        """Whether Sphinx looks at each text of a page that is read: to translate it, or to count its messages."""
        env, config = self.builder.env, self.builder.config
        folders = (Path(self.srcdir, folder, config.language or "en") for folder in config.locale_dirs)
        return bool(env.versioning_condition) or any(folder.is_dir() for folder in folders)

    @cached_property
    def prose_parser(self) -> ProseParser:
        """The parser of the records' texts, one for all pages."""
        return ProseParser(self.builder.env.myst_config)  # type: ignore[attr-defined]

    @cached_property
    def page_parser(self) -> MarkdownParser:
        """The parser of virtual pages, one for all of them: MyST takes two milliseconds to make one."""
        return MarkdownParser(self.builder.env.myst_config)  # type: ignore[attr-defined]

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """All documents: the files, then the virtual pages for which there is no file, and which the site does not exclude.

        Virtual pages that would be the same file as another page are reported and not made.
        """
        self.files = set(super().discover(exclude_paths, include_paths))
        self.strays = strays = self._pages_among_data()
        for name in sorted(strays):
            place = Place(str(super().doc2path(name, True)))
            message, hint = "a page in the data folder is not read", "move it out of the folder"
            report(Problem(place, Code.UNEXPECTED_FILE, message, hint))
        self.files -= strays
        self.docnames -= strays
        conflicts, settings = Conflicts(self._file_names, self.files), self.settings
        report(*in_order(conflicts.of_pages(self.pages, single_pages(self.catalogue, settings))))
        redirects = {
            old: docname for type_, old in redirected(self.catalogue) if (docname := settings.docname(type_, old))
        }
        report(*in_order(conflicts.of_redirects(redirects, settings.data / "published.yaml")))
        self.excluded = conflicts.excluded
        lists = {page.kind: "" for name in self.excluded if not (page := self.pages[name]).id}
        self.settings = settings = replace(settings, pages={**settings.pages, **lists})
        turned = {  # derived pairs of which a page on disk has the two sides in the other order
            settings.docname("pair", id_)
            for id_, pair in self.catalogue.derived.items()
            if settings.docname("pair", pair_id(reversed(pair))) in self.files
        }
        self.docnames.update(self.pages.keys() - turned - self.excluded)
        self.own_files.make_way(self.docnames)
        if (named := settings.contribute) and not is_web_address(named) and named not in self.docnames:
            message, meant = (
                f'versus_contribute: there is no page "{named}"',
                meant_by(named, sorted(self.docnames), SURELY_MEANT),
            )
            hint = (
                f'did you mean "{meant}"?' if meant else "expected a docname, or an address that begins with https://"
            )
            place = conf_place(Path(self._file_names.conf_py).parent, "versus_contribute", named)
            report(Problem(place, Code.INVALID_CONFIG, message, hint))
        return self.docnames

    def _pages_among_data(self) -> set[str]:
        """The docnames of files in the data folder, by whichever link; a page may do what no record may."""
        source, data = (Path(os.path.realpath(path)) for path in (self.srcdir, self.settings.data))
        if not self.settings.has_data or source.is_relative_to(data):  # all pages of the site are among its data
            return set()

        @cache
        def is_within(folder: PurePosixPath) -> bool:
            path = Path(os.path.realpath(source / folder))
            return path.is_relative_to(data) or (folder != folder.parent and is_within(folder.parent))

        return {name for name in self.files if is_within(PurePosixPath(name).parent)}

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
        return _record_path(page.source) if absolute else SourcePath(docname + page.suffix)

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """The document of a file; ``comparisons/x.md`` finds a virtual page too, and so does its record."""
        return self._by_source.get(Path(filename)) or super().path2doc(filename)


def project_of(env: BuildEnvironment) -> VersusProject:
    """The project of a running build, with its catalogue."""
    return cast(VersusProject, env.project)


# -- the PDFs of pages that were built


def has_pages(builder: Builder) -> bool:
    """Whether each document is a page of its own, in a file of its own."""
    return makes_web_pages(builder) and not isinstance(builder, SingleFileHTMLBuilder)


def found_pdfs(builder: Builder) -> dict[str, Path]:
    """What has the name of a page's PDF, by docname."""
    folder = project_of(builder.env).settings.pdf_folder
    if not has_pages(builder) or folder is None or not os.path.isdir(folder):  # noqa: PTH112 (a name may be none)
        return {}
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.pdf")}
    return {docname: path for docname, path in found.items() if _has_volume(builder, docname)}


def _has_volume(builder: Builder, docname: str) -> bool:
    """Whether a PDF with the name of a page may be that of the page: a derived pair has none, but its record may have had one."""
    page = project_of(builder.env).virtual(docname)
    return docname in builder.env.found_docs and not (page and page.kind == "pair")


def is_own_file(path: Path, folder: Path) -> bool:
    """Whether a path is a regular file in a folder: a pipe would hold the build, and a link may go to any file."""
    with suppress(OSError, ValueError):
        is_here = os.path.realpath(path) == os.path.join(os.path.realpath(folder), path.relative_to(folder))  # noqa: PTH118
        return is_here and S_ISREG(path.lstat().st_mode) and os.access(path, os.R_OK)
    return False


def pdf_address(builder: Builder, docname: str) -> str:
    """The address of a page's PDF, seen from the page; empty when there is none."""
    folder = project_of(builder.env).settings.pdf_folder
    if not (has_pages(builder) and folder and _has_volume(builder, docname)):
        return ""
    if not is_own_file(folder / f"{docname}.pdf", folder):
        return ""
    return relative_uri(builder.get_target_uri(docname), f"{PDF_COPIES}/{docname}.pdf")


# -- the beginning and the end of a build


def install_project(app: Sphinx) -> None:
    """``builder-inited``: load the data, report what is wrong with them, and put the project in place."""
    settings = Settings.of(app.config, Path(app.confdir))
    snapshot = Snapshot(
        settings.data, app.doctreedir, derive=settings.derived_pairs, fresh=app.fresh_env_used is not False
    )
    if settings.has_data or settings.names_data:
        # A folder that cannot be read fails the build: a job that publishes the site would lose all of its pages.
        closed = {folder.problem.place.path for folder in closed_folders(settings.data)}
        for problem in snapshot.problems:
            fails = problem.code is Code.UNREADABLE_FILE and problem.place.path in closed
            report(at_setting(problem, app.config, Path(app.confdir)), level="ERROR" if fails else "WARNING")
            app.statuscode = app.statuscode or int(fails)
    language, conf = app.config.language or "en", Path(app.confdir)
    if settings.has_data and known_locale(language) is None:
        hint = "dates are written as in English" + ("" if parsed(language) else ", and PDFs are marked as English")
        message = f'language = "{language}" is not known'
        report(Problem(conf_place(conf, "language"), Code.UNSUPPORTED_LANGUAGE, message, hint))
    report(*(template_mistakes(settings) if settings.has_data else ()))
    if settings.sitemap and not app.config.html_baseurl:
        message, hint = "versus_sitemap: no address of the site is known", "set html_baseurl"
        report(Problem(conf_place(conf, "versus_sitemap"), Code.INVALID_CONFIG, message, hint))
    if settings.has_data and not (app.config.html_baseurl or "https://").startswith(("https://", "http://")):
        message = f'html_baseurl = "{app.config.html_baseurl}" is no web address'
        report(
            Problem(conf_place(conf, "html_baseurl"), Code.INVALID_CONFIG, message, "expected https://… or http://…")
        )
    misnamed = [
        Problem(
            conf_place(conf, "versus_derived_pairs", name),
            Code.INVALID_CONFIG,
            f"versus_derived_pairs: {message}",
            hint,
        )
        for name, message, hint in _misnamed_pairs(settings, snapshot.catalogue)
    ]
    report(*in_order(misnamed))
    app.project = app.env.project = project = VersusProject(app, snapshot, settings)
    getLogger("sphinx").addHandler(project.output_errors)


def _misnamed_pairs(settings: Settings, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """The kinds and technologies among the derived pairs that the data do not have: names, messages and hints."""
    derive, technologies = settings.derived_pairs, catalogue.defined["technology"]
    if len(derive.kinds) == 2 and {*derive.kinds} <= {*technologies} - {*catalogue.kinds}:
        first, second = derive.kinds
        yield first, f'"{first}" and "{second}" are no kinds', f'write [("{first}", "{second}")] for the two'
        return
    for kind in () if catalogue.unread or not catalogue.technologies else derive.kinds:
        if kind not in catalogue.kinds:
            yield kind, f'"{kind}" is not the kind of any technology', nearest(kind, catalogue.kinds)
    for side in sorted({side for pair in derive.pairs for side in pair if side not in technologies}):
        yield side, f'"{side}" is not a technology', nearest(side, technologies)


def finish_build(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: finish the files beside the pages."""
    project = app.env.project
    if isinstance(project, VersusProject):
        if exception is None:
            project.own_files.finish()
        elif isinstance(exception, OSError):
            project.output_errors.note(exception.filename or app.outdir, exception)
        getLogger("sphinx").removeHandler(project.output_errors)


def setup(app: Sphinx) -> None:
    """Load the data at the beginning of a build, and finish its files at the end."""
    app.connect("builder-inited", install_project, priority=100)  # before other extensions look at the documents
    app.connect("build-finished", finish_build, priority=9_999)  # when all have written their files
