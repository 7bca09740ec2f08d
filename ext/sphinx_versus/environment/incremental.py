"""An incremental build gives the bytes of a build from nothing. All phases; HTML, text and XML for what is written.

A page is **read** again when an answer it asked for changed (:mod:`.reading_page`), when the content of its source, of a file
that it depends on or of its stored tree is another one, or when what makes pages changed: versions, code, templates of pages.

Pages are **written** again when they were read, and with them, by Sphinx, the pages whose toctrees name them; and those whose
PDF came or went (:mod:`.html.site_files`). *All* pages are written again when anything changed that surrounds pages or
that references lead to (titles, lists of contents, numbers, objects, templates, settings), when a file of the output is not as
it was left, or when the last build did not end. Nothing in between is attempted: a rare edit may write too much, and none may
write too little.

| what is kept                                             | where                                     | compared       |
|----------------------------------------------------------|-------------------------------------------|----------------|
| contents of the files that pages were made from          | :class:`PagesAsRead`, in the environment  | before reading |
| surroundings of all pages, contents of the output files  | :class:`Output`, in a file beside it      | after reading  |

The environment is saved when pages have been read or written. The state of an output folder is void while pages are written, so that all
are written again after a build that was killed.
"""

import json
import os
import secrets
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from glob import glob
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self, cast

from docutils import nodes
from docutils.utils import Reporter
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import CatalogRepository, docname_to_domain, format_date

from ..catalogue.digest import digest
from ..catalogue.files import read_file
from .output_files import (
    PACKAGE,
    Signature,
    clear_place,
    file_digest,
    files_of,
    is_tracked,
    output_files,
    page_files,
    remove,
    replace_file,
    sign,
)
from .own_files import OutputErrors
from .page_messages import PageMessages, stop, watch
from .page_transforms import broken_messages
from .project import project_of
from .reporting import report
from .search_index import CompleteIndex
from .translations import catalogues
from .virtual_pages import template_path

UNSIGNED = ("objects.inv", "searchindex.js")  # Sphinx writes them without a page to write, or reads them before
INSTALLED = {"site-packages", "dist-packages"}  # the folders of modules that were released
NOT_REFERRED_TO = {"index", "changeset", "versus"}
"""Domains whose data no page shows of another; the objects of ours are all that references lead to."""

VIRTUAL = ".md"
"""The suffix by which links name virtual pages."""


@dataclass
class PagesAsRead:
    """The pages as they were read: a part of the environment.

    ``files`` has a signature per path (``None``: changed while it was read); by docname ``inputs`` has a digest of the files
    that a page was made from, ``outlines`` one of what other pages may show of it; ``suffixes`` has those of files.
    ``makers`` is a digest of what makes pages, and ``reading`` a random name of this state of all pages.
    """

    files: dict[str, Signature | None] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, str] = field(default_factory=dict)
    suffixes: dict[str, str] = field(default_factory=dict)
    makers: str = ""
    reading: str = ""


@dataclass
class Output:
    """The state of an output folder: the ``reading`` and the surroundings that all its pages show, and its files.

    Of the pages that are ``warned`` something was printed: they are read again, so that it is printed in each build.
    Without a reading no page counts as written. A file without a signature was about to be written when a build was killed.
    The state is kept beside the environment, because the folder itself is published.
    """

    reading: str = ""
    surroundings: str = ""
    files: dict[str, Signature | None] = field(default_factory=dict)
    warned: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Load what was saved; without a file of this form, the state of an empty folder."""
        try:
            content = read_file(str(path))
            saved = json.loads(content if isinstance(content, bytes) else b"")
            signed = {name: Signature(*values) if values else None for name, values in saved.pop("files").items()}
            return cls(**saved, files=signed)
        except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return cls()

    def left(self, folder: Path, made: Set[str]) -> list[str]:
        """The files that are not made any more. One that changed since is another's, unless a killed build was to write it."""
        names = self.files.keys() - made
        return [name for name in names if self.files[name] is None or self.is_same(folder, name)]

    def is_same(self, folder: Path, name: str) -> bool:
        """Whether a file is as the build left it."""
        known = self.files[name]
        now = sign(f"{folder}/{name}", known) if known else None
        return bool(known and now and now.digest == known.digest)

    def save(self, path: Path, errors: OutputErrors) -> None:
        """Save it for the next build; where that is not possible, there will be none."""
        try:
            replace_file(path, json.dumps(vars(self)).encode())
        except OSError as error:
            errors.note(path, error)
            with suppress(OSError):
                path.unlink()


class IncrementalBuild:
    """The listeners of one build, in the order of their events."""

    def __init__(self) -> None:
        self._started, self._makers = 0, ""
        self._printed: PageMessages
        self._messages: Mapping[str, str] = {}
        """The compiled catalogues of messages of a translated site, by what Sphinx calls their domain, as they are now."""
        self._images: Mapping[str, list[str]] = {}
        self._seen: dict[str, Signature | None] = {}
        self._to_read: list[str] = []
        self._to_write: set[str] = set()
        self._files: set[str] = set()
        self._output = Output()
        self._unwritten: set[str] | None = None
        """The pages that are not written in this build; ``None`` until pages are written."""

    def begin(self, app: Sphinx) -> None:
        """``builder-inited``, last: keep Sphinx from comparing the times of files with those of the last build.

        Virtual pages of the last build count as documents from now on, when other extensions have looked at those of files.
        All pages count as read now, so that by time only those are outdated whose files change from now on. Sphinx asks the
        builder which pages are older than their sources before it looks for documents; without documents there are none.
        """
        env, self._started = app.env, time.time_ns()
        project, self._printed = project_of(env), watch(app)
        project.docnames |= project.pages.keys() & env.all_docs.keys()
        env.all_docs.update(dict.fromkeys(env.all_docs, self._started // 1000))
        if is_tracked(app.builder):
            env.project.docnames = set()
            for name in (".buildinfo", "searchindex.js.tmp"):  # a killed build may leave them half written
                with suppress(OSError):  # Sphinx warns of what it cannot write
                    Path(app.outdir, name).unlink()
            for name in UNSIGNED:
                clear_place(Path(app.outdir), name)

    # -- reading

    def pages_with_other_files(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """``env-get-outdated``: the pages that were made from other files or by others, or that list a removed page.

        Of a page that is gone Sphinx keeps the place in the order of pages.
        """
        pages, config = pages_of(env), app.config
        self._makers, self._images, self._seen, self._to_read = makers_digest(app), images_beside(env), {}, []
        report(*broken_messages(env))
        outdated = {*Output.load(state_file(app)).warned} if is_tracked(app.builder) else set()
        found = CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding)
        catalogs = found.catalogs if app.builder.use_message_catalog else ()
        messages = ((one.domain, app.srcdir / one.mo_path) for one in catalogs)
        self._messages = {domain: os.fspath(path) for domain, path in messages if path.is_file()}
        outdated |= {docname for docname, below in env.toctree_includes.items() if not removed.isdisjoint(below)}
        before, files = pages.suffixes, project_of(env).files & env.found_docs
        pages.suffixes = {docname: str(env.doc2path(docname, base=False)).removeprefix(docname) for docname in files}
        differing = {docname for docname, _suffix in before.items() ^ pages.suffixes.items()}
        read = differing & pages.inputs.keys() & env.found_docs
        if any(before.get(docname, VIRTUAL) != pages.suffixes.get(docname, VIRTUAL) for docname in read):
            outdated |= env.found_docs  # MyST looks at the suffix in a link when it reads it
        for docname in env.found_docs:
            if docname not in pages.inputs:  # Sphinx reads it
                self._look_at(self._sources(app, docname), pages.files)
                continue
            inputs = self._inputs(app, docname, pages.files)
            if not inputs or inputs != pages.inputs[docname] or self._makers != pages.makers:
                outdated.add(docname)
        return sorted(outdated & env.found_docs)

    def note_reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: these pages will be read."""
        self._to_read = [*docnames]

    def note_outlines(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``, before sections are numbered: take away the section numbers of the last build.

        They are no part of what pages show of others, and titles would keep them when sections are numbered no more.
        """
        for docname in env.toc_secnumbers:
            for tree in (env.titles.get(docname), env.tocs.get(docname)):
                for node in tree.findall(nodes.Element) if tree else ():
                    node.attributes.pop("secnumber", None)
        pages_of(env).outlines.update({docname: outline_digest(env, docname) for docname in self._to_read})

    def _inputs(self, app: Sphinx, docname: str, known: Mapping[str, Signature | None]) -> str:
        """A digest of the files that a page is made from, its stored tree among them; empty when one is not known.

        Each file is looked at once, before the page is read. A file that was first met while it was read counts as known
        when it is older than the build.
        """
        sources, tree = self._sources(app, docname), f"{app.doctreedir}/{docname}.doctree"
        signatures = self._look_at([*sources, tree], known, tree)
        inputs = [sources, signatures, self._images.get(docname, [])]
        return digest(inputs) if len(signatures) > len(sources) else ""

    def _sources(self, app: Sphinx, docname: str) -> list[str]:
        """The files that a page is made from."""
        depends = {*map(os.fspath, app.env.dependencies.get(docname, ()))}
        if messages := self._messages.get(docname_to_domain(docname, app.config.gettext_compact)):
            depends.add(messages)  # Sphinx forgets it when the page is read
        return [os.fspath(app.env.doc2path(docname)), *sorted(depends)]

    def _look_at(self, paths: Sequence[str], known: Mapping[str, Signature | None], tree: str = "") -> list[str]:
        """The digests of files; of those only that are known."""
        for path in paths:
            if path not in self._seen:
                signature = sign(path, known.get(path), follow_links=path != tree)
                is_late = self._to_read and path != tree and signature and signature.time >= self._started
                self._seen[path] = None if is_late else signature
        return [signature.digest for path in paths if (signature := self._seen[path])]

    # -- writing

    def outdated_output(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """``env-get-updated``, behind the numbering of sections: all pages, unless nothing changed but what was read.

        Files that are not made any more are removed here: what others write in their place from now on stays.
        """
        pages = pages_of(env)
        before, gone = pages.reading, pages.inputs.keys() - env.found_docs
        for docname in gone:
            pages.inputs.pop(docname, None)
            pages.outlines.pop(docname, None)
        if self._to_read or gone:
            pages.makers, pages.reading = self._makers, secrets.token_hex(8)
        self._images = images_beside(env)
        for docname in self._to_read:  # with the files that were first met on the way
            self._seen.pop(f"{app.doctreedir}/{docname}.doctree", None)
            pages.inputs[docname] = self._inputs(app, docname, {})
        pages.files = {**self._seen}
        put_in_order(env)
        return sorted(self._outdated_output(app, pages, before)) if is_tracked(app.builder) else []

    def _outdated_output(self, app: Sphinx, pages: PagesAsRead, before: str) -> set[str]:
        """The pages to write beside those that were read; the state of the output is void while pages are written."""
        folder, env = Path(app.outdir), app.env
        output = self._output = Output.load(state_file(app))
        self._files = output_files(app)
        surroundings = digest([self._makers, sorted(self._files), *format_state(app), *environment_state(env)])
        is_known = output.reading == before and output.surroundings == surroundings and bool(before)
        is_whole = is_known and all(output.is_same(folder, name) for name in output.files)
        outdated = set() if is_whole else set(env.found_docs)
        self._to_write = outdated | set(self._to_read)
        if self._to_write:
            remove(folder, output.left(folder, self._files))
            if outdated and "sphinx.ext.viewcode" in app.extensions:  # it looks at the time of their module only
                remove(folder, [str(path.relative_to(folder)) for path in (folder / "_modules").rglob("*.html")])
            for name in self._files:
                clear_place(folder, name)
        output.surroundings, self._unwritten = surroundings, None
        builder: Any = app.builder
        prepare, known, is_html = builder.prepare_writing, output.files, isinstance(builder, StandaloneHTMLBuilder)
        if is_html and not isinstance(builder.indexer_format, str):
            builder.indexer_format = CompleteIndex(env, builder.indexer_format)

        def prepare_writing(docnames: Set[str]) -> None:  # to those that are outdated Sphinx adds others
            if docnames:
                self._unwritten = env.found_docs - docnames
                same = page_files(app, self._unwritten)
                files = {name: known.get(name) if name in same else None for name in sorted(self._files)}
                Output(files=files).save(state_file(app), project_of(env).output_errors)
            if is_html:
                builder.indexer_format.is_needed = bool(self._unwritten)
            prepare(docnames)
            if is_html and not docnames:  # leave the indices alone
                builder.use_index, builder.domain_indices = False, []

        builder.prepare_writing = prepare_writing
        return outdated

    def leave_search_index(self, app: Sphinx) -> Collection[Any]:
        """``html-collect-pages``: without a page to write, keep Sphinx from writing the search index."""
        if is_tracked(app.builder) and self._unwritten is None:
            app.builder.indexer = None  # type: ignore[attr-defined]
        return ()

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``, last: keep the state of the files, of a build that failed as well."""
        stop(self._printed)
        if not is_tracked(app.builder) or self._unwritten is None:
            return
        output, errors = self._output, project_of(app.env).output_errors
        known, same = output.files, page_files(app, self._unwritten) if exception else set()
        signed = {
            name: known.get(name) if name in same else sign(f"{app.outdir}/{name}", known.get(name))
            for name in sorted(self._files)
        }
        output.files = {name: signature for name, signature in signed.items() if signature}
        is_whole = not (exception or errors.lost or self._to_write & self._unwritten)
        output.reading = pages_of(app.env).reading if is_whole else ""
        output.warned = sorted(self._printed.pages)
        output.save(state_file(app), errors)


def pages_of(env: BuildEnvironment) -> PagesAsRead:
    """The pages as they were read, kept with the data of our domain."""
    found: PagesAsRead = env.domaindata["versus"].setdefault("pages", PagesAsRead())
    return found


def put_in_order(env: BuildEnvironment) -> None:
    """Put index entries in the order of pages, and images in that of the first page that shows them, not in that of reading."""
    index = env.domaindata["index"]
    index["entries"] = dict(sorted(index.get("entries", {}).items()))
    images = type(env.images)()
    for path, (docnames, _name) in sorted(env.images.items(), key=lambda image: (min(image[1][0]), image[0])):
        for docname in sorted(docnames):
            images.add_file(docname, path)
    env.images = images


def images_beside(env: BuildEnvironment) -> dict[str, list[str]]:
    """By docname the files that may be better versions of its images: in another format, or for the site's language."""
    beside: dict[str, dict[str, list[str]]] = {}
    found: dict[str, list[str]] = {}
    for path, (docnames, _name) in sorted(env.images.items()):
        folder, stem = os.path.dirname(path), os.path.basename(path).partition(".")[0]  # noqa: PTH119, PTH120 (as ``sign``)
        if folder not in beside:
            beside[folder] = {}
            with suppress(OSError):
                for name in sorted(os.listdir(env.srcdir / folder)):  # noqa: PTH208 (no object for each file)
                    beside[folder].setdefault(name.partition(".")[0], []).append(name)
        for docname in docnames:
            found.setdefault(docname, []).extend(beside[folder].get(stem, ()))
    return found


def state_file(app: Sphinx) -> Path:
    """The file with the state of the output folder; several folders may share an environment."""
    folder = Path(os.path.relpath(app.outdir, app.doctreedir)).as_posix()
    return Path(app.doctreedir, f"versus-output-{digest([app.builder.name, folder])}.json")


# -- what makes pages, and what surrounds them


@cache
def library_versions() -> tuple[str, ...]:
    """The versions of Python and of the libraries that make pages; their metadata are slow to read."""
    return (str(sys.version_info[:2]), *map(version, ("sphinx", "docutils", "pygments", "myst-parser")))


def makers_digest(app: Sphinx) -> str:
    """A digest of the versions, code, words and choice of templates that make pages, and of where these are, or are not."""
    versions = [*library_versions()]
    code = sorted([*PACKAGE.rglob("*.py"), *(PACKAGE / "templates" / "pages").iterdir()])
    for name, extension in sorted(app.extensions.items()):
        versions.append(f"{name} {extension.version}")
        path = getattr(extension.module, "__file__", None)
        if path and name.partition(".")[0] not in {"sphinx", "alabaster", "sphinx_versus"}:
            code += modules_of(name, Path(path))
    if app.config.setup:
        code.append(Path(app.confdir, "conf.py"))
    code += [path for one in catalogues(app) if (path := Path(app.srcdir, one.mo_path)).is_file()]
    project = project_of(app.env)
    pages, settings = sorted(project.excluded), project.settings
    # Ours are where each machine keeps its packages.
    paths = ((kind, template_path(kind, settings)) for kind in sorted(settings.pages))
    templates = [f"{settings.pages[kind]} {'' if path.is_relative_to(PACKAGE) else path}" for kind, path in paths]
    return digest([versions, pages, templates, [file_digest(path) for path in code]])


def modules_of(name: str, path: Path) -> list[Path]:
    """The modules of an extension; one of the site's own has no version, but other modules in its folder."""
    if not INSTALLED.isdisjoint(path.parts):
        return [path]
    is_package = path.name == "__init__.py" or "." in name
    return sorted(
        one for one in (path.parent.rglob if is_package else path.parent.glob)("*.py") if one.name != "conf.py"
    )


def outline_digest(env: BuildEnvironment, docname: str) -> str:
    """A digest of what other pages may show of a page: title, headings, metadata, and the headings that links name."""
    trees = [tree[docname].pformat() for tree in (env.titles, env.longtitles, env.tocs) if docname in tree]
    metadata = dict(env.metadata.get(docname, {}))
    metadata.pop("wordcount", None)
    slugs = {slug: place[1:] for slug, place in metadata.pop("myst_slugs", {}).items()}  # without their lines
    return digest([trees, repr(_plain(metadata)), repr(_plain(slugs))])


def format_state(app: Sphinx) -> Iterator[object]:
    """Everything from which the frame of a page follows, beside the environment: settings, templates, static files."""
    builder, config = cast(Any, app.builder), app.config
    yield [builder.name, builder.out_suffix]
    if isinstance(builder, StandaloneHTMLBuilder):
        yield [builder.build_info.config_hash, builder.build_info.tags_hash]
        if config.html_last_updated_fmt is not None:  # the date that all pages show
            wanted, local = config.html_last_updated_fmt, not config.html_last_updated_use_utc
            yield format_date(wanted or _("%b %d, %Y"), language=config.language, local_time=local)
        yield [repr(app.registry.css_files), repr(app.registry.js_files)]
        folders = [PACKAGE / "static", PACKAGE / "templates", *getattr(builder.templates, "pathchain", ())]
        folders += [Path(app.confdir, entry) for entry in config.html_static_path]
        for folder in folders:
            for path in sorted(files_of(Path(folder))):
                if path.suffix not in {".pyc", ".map"}:  # machines that share a build may have their packages elsewhere
                    yield [os.path.relpath(path, folder), file_digest(path)]


def environment_state(env: BuildEnvironment) -> Iterator[str]:
    """What frames and references follow from in the environment: outlines, contents, numbers, names of images, objects."""
    for part in (pages_of(env).outlines, env.toctree_includes, env.toc_secnumbers, env.toc_fignumbers):
        yield repr(sorted(part.items()))
    yield repr(sorted((path, name) for path, (_docnames, name) in env.images.items()))
    yield repr(getattr(env, "intersphinx_named_inventory", None))
    for domain in env.domains.sorted():
        if domain.name not in NOT_REFERRED_TO:
            yield f"{domain.name} {_plain(domain.data)}"
        objects = map(repr, domain.get_objects())
        yield f"{domain.name} {list(objects) if domain.name == 'versus' else sorted(objects)}"


def _plain(value: object) -> object:
    """Data in an order of their own; of objects whose text may be their address in memory, the type alone."""
    if isinstance(value, Mapping):
        return sorted(([_plain(key), _plain(one)] for key, one in value.items()), key=repr)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value), key=repr)
    if isinstance(value, nodes.Node):
        return value.pformat()
    return value if isinstance(value, str | int | float | Path | None) else type(value).__name__


class ReadFailedAgain(SphinxTransform):
    """Have a page read in each build while something on it fails: what it lacks, such as a file to include, may come."""

    default_priority = 990  # before Sphinx removes the messages

    def apply(self, **kwargs: Any) -> None:
        """Look for what failed, and for images of any format that have none."""
        messages = [*self.document.findall(nodes.system_message), *self.document.parse_messages]
        images = (image["uri"] for image in self.document.findall(nodes.image) if image["uri"].endswith(".*"))
        if any(message["level"] >= Reporter.ERROR_LEVEL for message in messages) or not all(
            map(self._is_there, images)
        ):
            self.env.note_reread()

    def _is_there(self, uri: str) -> bool:
        return bool(glob(self.env.relfn2path(uri)[1]))  # noqa: PTH207 (as Sphinx does)


def setup_without_data(app: Sphinx) -> None:
    """Remove what earlier builds with records left in the output folder of a site that has none now.

    Sphinx removes no pages, and does not know that others showed something of the records: all are read and written again.
    Where the data folder is misnamed, which is reported, nobody misses the pages that it would have.
    """
    output, printed = Output(), list[PageMessages]()

    def all_pages_once(app: Sphinx) -> None:
        nonlocal output
        printed.extend([watch(app)] if project_of(app.env).settings.names_data else ())
        output = Output.load(state_file(app))
        app.env.domaindata["versus"].pop("pages", None)
        app.env.reread_always |= app.env.all_docs.keys() if output.files else set()
        if output.files and (index := getattr(app.builder, "searchindex_filename", "")):
            remove(Path(app.outdir), [index])  # it has words of the records

    def remove_left(_app: Sphinx, exception: Exception | None) -> None:
        for one in printed:
            stop(one)
        if output.files and exception is None:
            if is_tracked(app.builder):
                remove(Path(app.outdir), output.left(Path(app.outdir), output_files(app)))
            with suppress(OSError):
                state_file(app).unlink()

    app.connect("builder-inited", all_pages_once, priority=990)  # when there is a project
    app.connect("build-finished", remove_left, priority=990)  # as the state of a site with records is saved


def setup(app: Sphinx) -> None:
    """Connect around everything else that happens in a build."""
    app.add_transform(ReadFailedAgain)
    build = IncrementalBuild()
    app.connect("builder-inited", build.begin, priority=990)  # when the documents of the last build are known
    app.connect("env-get-outdated", build.pages_with_other_files)
    app.connect("env-before-read-docs", build.note_reading, priority=990)  # when others have changed the list
    app.connect("env-updated", build.note_outlines)
    app.connect("env-get-updated", build.outdated_output, priority=900)  # when sections have their numbers
    app.connect("html-collect-pages", build.leave_search_index)
    app.connect("build-finished", build.finish, priority=990)  # when the files that others write are there
