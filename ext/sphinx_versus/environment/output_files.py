"""Files of a build: which of them it makes, whether they are as it left them, how they are written and removed."""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from itertools import filterfalse
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.text import TextBuilder
from sphinx.builders.xml import XMLBuilder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.util.matching import Matcher

from ..catalogue.loader import content_digest
from ..catalogue.snapshot import RECORDS
from ..config import PAGEFIND

PACKAGE = Path(__file__).parent.parent
STATE = ("environment.pickle", RECORDS, "versus-output-*.json")
"""The names of what Sphinx and Versus keep at the top of the folder of the environment."""


class Signature(NamedTuple):
    """A file as it was found: time of its last change in nanoseconds, size in bytes, and a digest of its content."""

    time: int
    size: int
    digest: str


def file_digest(path: str | os.PathLike[str]) -> str:
    """A digest of a file's content; empty when it cannot be read."""
    try:
        return content_digest(Path(path).read_bytes())
    except OSError:
        return ""


def sign(
    path: str | os.PathLike[str], before: Signature | None = None, *, follow_links: bool = False
) -> Signature | None:
    """The signature of a regular file, not read when time and size are as before; ``None`` for anything else."""
    try:  # thousands of files: a path object costs more than the call
        status = os.stat(path, follow_symlinks=follow_links)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode):
            return None  # reading a pipe waits without end
        if before and before[:2] == (status.st_mtime_ns, status.st_size):
            return before
        return Signature(status.st_mtime_ns, status.st_size, content_digest(Path(path).read_bytes()))
    except (OSError, ValueError):
        return None


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all; a link in its place is replaced, and not followed.

    Files of a writer, where links are followed, are the matter of :func:`sphinx_versus.catalogue.files.replace_files`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with draft.open("xb") as stream:  # a new file: nothing that a link or a pipe of this name leads to
            stream.write(content)
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def inside(folder: Path, name: str) -> Path | None:
    """The path of a file below a folder; ``None`` when the name leads out of it, be it through a link.

    Names of files that are removed come from lists that anything may have written.
    """
    path = folder / name
    with suppress(OSError, ValueError):
        if path.name != os.pardir and "\0" not in name and path.parent.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def remove(folder: Path, names: Iterable[str]) -> None:
    """Delete files below a folder, and the folders that are empty without them."""
    for path in filter(None, (inside(folder, name) for name in names)):
        with suppress(OSError, ValueError):  # a folder that holds something else, or was never there
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == folder:
                    break
                parent.rmdir()


def clear_place(folder: Path, name: str) -> None:
    """Take away what is in the way of a file: a builder would wait for a pipe, follow a link, and fail at the others."""
    with suppress(OSError, ValueError):
        path = folder / name
        mode = path.lstat().st_mode
        if (stat.S_ISREG(mode) and os.access(path, os.R_OK | os.W_OK)) or inside(folder, name) is None:
            return  # behind a link there are files of others
        if stat.S_ISDIR(mode):
            path.rmdir()  # if nothing is in it
        else:
            path.unlink()


def clear_state(folder: Path) -> None:
    """Take away what is in the way of Sphinx's files and ours in the folder of the environment: Sphinx would wait for it or fail.

    A link is unlinked and not followed. Other things stay, and so does a folder in which something is.
    """
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            is_state = Path(parent) == folder and any(fnmatchcase(name, pattern) for pattern in STATE)
            if is_state or name.endswith(".doctree"):
                clear_place(Path(parent), name)


def makes_web_pages(builder: Builder) -> bool:
    """Whether a builder writes pages for a browser; EPUB and the serialising builders only inherit from it."""
    if not isinstance(builder, StandaloneHTMLBuilder) or isinstance(builder, Epub3Builder):
        return False
    return type(builder).out_suffix == ".html"


def is_tracked(builder: Builder) -> bool:
    """Whether a builder writes a file per page and asks of each whether it is out of date."""
    if isinstance(builder, StandaloneHTMLBuilder):
        return type(builder).get_outdated_docs is StandaloneHTMLBuilder.get_outdated_docs
    return isinstance(builder, TextBuilder | XMLBuilder)


def output_files(app: Sphinx) -> set[str]:
    """The names of all files that Sphinx makes in this build, and of some that it may make, below the output folder."""
    builder: Any = app.builder
    found = page_files(app, app.env.found_docs)
    if not isinstance(builder, StandaloneHTMLBuilder):
        return found
    pages = [*app.config.html_additional_pages]
    if app.config.html_use_index:
        pages.append("genindex")
    if app.config.html_use_index and app.config.html_split_index:
        letters = (letter for letter, _entries in IndexEntries(app.env).create_index(builder))
        pages += ["genindex-all", *(f"genindex-{letter}" for letter in letters)]
    for domain in app.env.domains.sorted():
        pages += [f"{domain.name}-{index.name}" for index in domain.indices if index(domain).generate()[0]]
    found |= {os.path.relpath(builder.get_outfilename(name), builder.outdir) for name in pages}
    found |= {f"_images/{name}" for _docnames, name in app.env.images.values()}
    found |= {f"_downloads/{name}" for _docnames, name in app.env.dlfiles.values()}
    has_index = builder.search and not (app.config.versus_search == PAGEFIND and makes_web_pages(builder))
    return found | given_files(app) | ({builder.searchindex_filename} if has_index else set())


def page_files(app: Sphinx, docnames: Iterable[str]) -> set[str]:
    """The names of the files that Sphinx makes of pages."""
    builder: Any = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return {docname + builder.out_suffix for docname in docnames}
    found = {os.path.relpath(builder.get_outfilename(docname), builder.outdir) for docname in docnames}
    if builder.copysource and app.config.html_copy_source:  # a page's template decides whether it has one
        suffix = app.config.html_sourcelink_suffix
        for docname in docnames:
            source = str(app.env.doc2path(docname, base=False))
            found.add(f"_sources/{source}{'' if source == docname + suffix else suffix}")
    return found


def given_files(app: Sphinx) -> set[str]:
    """The names of the static and extra files that the configuration of a site puts into its output."""
    config, builder = app.config, app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return set()
    static = [Path(folder, "static") for folder in builder.theme.get_theme_dirs()]
    static += [Path(app.confdir, entry) for entry in config.html_static_path]
    extra = [Path(app.confdir, entry) for entry in config.html_extra_path]

    def names(places: Iterable[Path], *excluded: str) -> Iterator[str]:
        for place in places:
            start = place.parent if place.is_file() else place
            found = (path.relative_to(start).as_posix() for path in files_of(place))
            yield from filterfalse(Matcher([*config.exclude_patterns, *excluded]), found)

    copied = {f"_static/{name.removesuffix('_t').removesuffix('.jinja')}" for name in names(static, "**/.*")}
    copied |= {f"_static/{Path(name).name}" for name in (config.html_logo, config.html_favicon) if name}
    return copied.union(names(extra))


def files_of(folder: Path) -> Iterator[Path]:
    """All files below a folder, those to which links lead as well, each folder once; of a file the file itself."""
    if folder.is_file():
        yield folder
    known = set()
    for parent, names, files in os.walk(folder, followlinks=True):
        known.add(os.path.realpath(parent))
        names[:] = [name for name in names if os.path.realpath(f"{parent}/{name}") not in known]
        yield from (path for name in files if (path := Path(parent, name)).is_file())


def folders_of(name: str) -> Iterator[str]:
    """The folders in which a file is."""
    while name := name.rpartition("/")[0]:
        yield name


def name_key(name: str) -> str:
    """The same for all names that a file system may take for one."""
    return unicodedata.normalize("NFC", name).casefold()
