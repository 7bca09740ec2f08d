"""Pages whose source is a data record: which there are, which of them collide, and the MyST text that a record becomes.

The text consists of the public directives and comes from a template (``templates/pages/<kind>.md.jinja``) that a site may
override with ``versus/<kind>.md.jinja`` in its ``templates_path``.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple

import jinja2
from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from ..catalogue.catalogue import Catalogue
from ..catalogue.markdown import escaped, verbatim
from ..catalogue.query import large_kinds
from ..catalogue.views import Outline
from ..components.templates import template_problem, unclosed_block
from ..config import PLACES, Settings
from ..problems import SURELY_MEANT, Code, Place, Problem, closest, nearest
from .output_files import folders_of, given_files, name_key
from .reporting import TEMPLATE_SUFFIX, locate, report

OWN_TEMPLATES = Path(__file__).parent.parent / "templates" / "pages"
RECORD_SUFFIX = ".yaml"
HARMLESS = re.compile(r"[^\W_]+(?:[ _./-][^\W_]+)*")
LAYOUT = re.compile(r"(?P<front>---\n(?:.*\n)*?---\n\n*)?\n*(?P<heading># .*)?\n*(?P<body>(?s:.*))")
HUBS = ("comparisons", "technologies", "misconceptions", "criteria", "matrix")


@dataclass(frozen=True)
class VirtualPage:
    """A page without a file of its own: what it shows, and the file that is its source.

    The source of a hub, of a kind and of a derived pair is the template; what they show of the data is known by their questions.
    """

    docname: str
    kind: str
    id: str
    source: Path

    def __str__(self) -> str:
        return f'the page of the {self.kind} "{self.id}"' if self.id else f'the list "{self.kind}"'

    @property
    def is_record(self) -> bool:
        """Whether the page is that of one record."""
        return bool(self.id) and self.kind not in {"pair", "kind"}

    @property
    def type(self) -> str:
        """The object type of what the page shows."""
        return PLACES.get(self.kind, self.kind)

    @property
    def suffix(self) -> str:
        """The suffix under which Sphinx finds the parser, and which the copy of the source gets."""
        return RECORD_SUFFIX if self.is_record else TEMPLATE_SUFFIX


def virtual_pages(catalogue: Catalogue, settings: Settings) -> dict[str, VirtualPage]:
    """All pages that the data can make, by docname: of single records, of derived pairs, and the hubs that list them."""
    hubs = [VirtualPage(settings.docname(kind), kind, "", template_path(kind, settings)) for kind in HUBS]
    return {page.docname: page for page in (*single_pages(catalogue, settings), *hubs) if page.docname}


def single_pages(catalogue: Catalogue, settings: Settings) -> Iterator[VirtualPage]:
    """A page for each record, large kind and derived pair; two of them may have the same docname, or an empty one."""
    for id_ in large_kinds(catalogue):
        yield VirtualPage(settings.docname("kind", id_), "kind", id_, template_path("kind", settings))
    source = template_path("pair", settings)
    for id_ in catalogue.derived:
        yield VirtualPage(settings.docname("pair", id_), "pair", id_, source)
    for kind, ids in (("comparison", catalogue.comparisons), ("technology", catalogue.technologies)):
        for id_ in ids:
            yield VirtualPage(settings.docname(kind, id_), kind, id_, Path(catalogue.places[kind, id_].path))


# -- the text of a page


def template_path(kind: str, settings: Settings) -> Path:
    """The template of a kind of page: the site's own, or ours."""
    own = (folder / "versus" / f"{kind}{TEMPLATE_SUFFIX}" for folder in settings.templates)
    return next(
        (path for path in own if os.path.isfile(path)),  # noqa: PTH113 (a closed folder has none)
        OWN_TEMPLATES / f"{kind}{TEMPLATE_SUFFIX}",
    )


_OF_PAIR = ("id", "title", "technologies", "has_misconceptions", "has_related")
VARIABLES = {
    "comparison": (*_OF_PAIR, "relation", "may_choose", "has_topics", "has_verdict"),
    "pair": _OF_PAIR,
    "technology": ("id", "title", "technologies", "has_facts", "has_misconceptions", "has_comparisons", "has_pairs"),
    "kind": ("id", "title", "technologies", "has_comparisons"),
}
"""What the template of a kind of page may ask of its outline; all have ``pages`` as well."""


def page_text(settings: Settings, kind: str, parts: Outline) -> str:
    """The MyST text of a page; a broken template of the site is reported, and ours takes its place."""
    path, values = template_path(kind, settings), {name: getattr(parts, name) for name in VARIABLES.get(kind, ())}
    values["pages"] = settings.pages
    try:
        return _compiled(path.read_text(encoding="utf-8")).render(values)
    except Exception as error:  # noqa: BLE001 (whatever a template of the site raises, or its bytes)
        frames = (frame.lineno for frame in reversed(extract_tb(error.__traceback__)) if frame.filename == "<template>")
        place = Place(str(path), getattr(error, "lineno", None) or next(frames, None) or 1)
        report(unclosed_block(error, path) or template_problem(place, error, values, VARIABLES))
        return _compiled((OWN_TEMPLATES / path.name).read_text(encoding="utf-8")).render(values)


def template_mistakes(settings: Settings) -> Iterator[Problem]:
    """The templates of a site with a name or in a folder that is nearly that of one, and variables in single braces."""
    ours = OWN_TEMPLATES.parent
    pages = sorted(path.name for path in OWN_TEMPLATES.glob(f"*{TEMPLATE_SUFFIX}"))
    known = {*pages, *(f"components/{path.name}" for path in (ours / "components").glob("*.jinja"))}
    by_file = {name.rpartition("/")[2]: name for name in known}
    for folder in settings.templates:
        own = folder / "versus"
        for path in sorted((*folder.glob(f"*{TEMPLATE_SUFFIX}"), *own.glob("**/*.jinja"), *own.glob("**/*.md"))):
            name = path.relative_to(own if path.is_relative_to(own) else folder).as_posix()
            is_in_place = path.is_relative_to(own)
            meant = (
                by_file.get(path.name)
                or by_file.get(f"{path.name}.jinja")
                or next((page for page in pages if re.match(rf"{page.partition('.')[0]}\W", name)), "")
                or (closest(name, known, SURELY_MEANT) if is_in_place else "")
            )
            if name in known and is_in_place:
                yield from _plain_braces(path) if name in pages else ()
                continue
            message = f'"{path.relative_to(folder).as_posix()}" is no template of Versus'
            if meant:
                yield Problem(Place(str(path)), Code.INVALID_TEMPLATE, message, f'did you mean "versus/{meant}"?')
            elif path.parent == own and name.endswith(TEMPLATE_SUFFIX):  # which no other template can include
                yield Problem(Place(str(path)), Code.INVALID_TEMPLATE, message, nearest(name, pages))


def _plain_braces(path: Path) -> Iterator[Problem]:
    """The variables of a page template that would be shown as they are typed."""
    names = "|".join(sorted({*chain.from_iterable(VARIABLES.values()), "pages"}))
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        if found := re.search(rf"(?<!\{{)\{{ ?({names}) ?\}}(?![}}`])", line):
            message, hint = f'"{found[0]}" is no variable here', f"write {{{{ {found[1]} }}}}"
            yield Problem(Place(str(path), number, found.start() + 1), Code.INVALID_TEMPLATE, message, hint)


@lru_cache(maxsize=32)
def _compiled(text: str) -> jinja2.Template:
    """A template, from which many pages are made: names are plain, so Markdown finds nothing in them; ids and docnames stay."""

    def inert(value: object) -> object:
        return escaped(value) if isinstance(value, str) and not HARMLESS.fullmatch(value) else value

    environment = jinja2.Environment(  # noqa: S701 (the output is Markdown, not HTML)
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=inert,
    )
    return environment.from_string(text)


class Layout(NamedTuple):
    """The MyST text of a page in its parts. A template that has a heading of the first level titles its page itself."""

    front_matter: str
    heading: str
    body: str

    def with_title(self, title: str) -> str:
        """The whole text as a file, with a plain title where the template has none."""
        return f"{self.front_matter}{self.heading or f'# {verbatim(title)}'}\n\n{self.body}"


def page_layout(text: str) -> Layout:
    """Take the text of a page apart."""
    found = LAYOUT.fullmatch(text)
    assert found
    return Layout(found["front"] or "", found["heading"] or "", found["body"])


# -- pages that would be the same file

MOST_BYTES = 242
"""So many bytes a name in a docname may have, for a file system takes 255 with the suffixes, of which ``.md.jinja.txt`` is the longest."""


class FileNames:
    """The names of pages as a file system compares them, and which of them Sphinx or the site takes."""

    def __init__(self, app: Sphinx) -> None:
        self._in_folders = isinstance(app.builder, DirectoryHTMLBuilder)
        self._suffix = getattr(app.builder, "out_suffix", "")  # only a builder that writes a file per page has one
        self.conf_py = str(Path(app.confdir) / "conf.py")
        indices = (f"{domain.name}-{index.name}" for domain in app.env.domains.sorted() for index in domain.indices)
        made = ("search", "genindex", "genindex-all", *indices, *app.config.html_additional_pages)
        self.of_sphinx = {self.key(name): name for name in made}
        self.given: dict[str, str] = {}  # the files that the site puts in the place of pages
        self.folders: dict[str, str] = {}  # and the folders in which they are
        for name in sorted(given_files(app)):
            self.folders.update(dict.fromkeys(folders_of(name_key(name)), f'the file "{name}" of html_extra_path'))
            docname = name.removesuffix(".html")
            if docname not in {"", name} and (not self._in_folders or Path(docname).name == "index"):
                self.given[self.key(docname)] = name

    def key(self, docname: str) -> str:
        """The same for all docnames whose files would be one, also where a file system ignores case."""
        return name_key(docname.removesuffix("/index") if self._in_folders else docname)

    def files(self, docname: str) -> Iterator[str]:
        """The files that are made of a page, as a file system compares them: its tree, and in most formats its output."""
        yield name_key(f"{docname}.doctree")
        if self._suffix:
            is_in_folder = self._in_folders and Path(docname).name != "index"
            yield name_key(f"{docname}/index{self._suffix}" if is_in_folder else docname + self._suffix)


class Conflicts:
    """Virtual pages and redirects that would be the same file as another page, before anything is read or written.

    A page on disk wins over a virtual one, and so do a page that Sphinx makes and a file that the site puts into its
    output; of virtual pages lists come first, then records, then derived pairs.
    """

    def __init__(self, names: FileNames, files: Iterable[str]) -> None:
        self._names, self._files = names, set(files)
        self._taken = {names.key(docname): docname for docname in sorted(self._files, reverse=True)}
        self._made: dict[str, str] = {}  # files, and what has each
        self._folders = dict(names.folders)
        for docname in (*sorted(self._files, reverse=True), *names.of_sphinx.values()):
            self._note(docname, names.files(docname))
        self.excluded: set[str] = set()  # the docnames of pages that are not made

    def _note(self, docname: str, files: Iterable[str]) -> None:
        """Take the files of a page, and the folders in which they are."""
        for file in files:
            self._made[file] = f'the page "{docname}"'
            self._folders.update(dict.fromkeys(folders_of(file), self._made[file]))

    def of_pages(self, pages: Mapping[str, VirtualPage], wanted: Iterable[VirtualPage]) -> Iterator[Problem]:
        """Problems of the virtual pages by docname, and of those among all ``wanted`` ones of which others took the docname."""
        for page in sorted(pages.values(), key=lambda page: (bool(page.id), not page.is_record, page.docname)):
            if page.docname not in self._files and (problem := self._problem_of(page)):
                self.excluded.add(page.docname)
                yield problem
        for page in wanted:
            winner = pages.get(page.docname, page)
            if (winner.kind, winner.id) != (page.kind, page.id):
                yield page_conflict(page, str(winner), self._names.conf_py)

    def _problem_of(self, page: VirtualPage) -> Problem | None:
        """Why a page is not made; else its file is taken from now on."""
        names = self._names
        if (size := max(len(name.encode()) for name in page.docname.split("/"))) > MOST_BYTES:
            message, hint = f"a name of {size} bytes in the docname of {page}", "shorten the ids or versus_pages"
            place = _place_of(page, names.conf_py)
            return Problem(place, Code.TOO_LARGE, message, f"expected at most {MOST_BYTES}; {hint}")
        key, files = names.key(page.docname), [*names.files(page.docname)]
        if taken := self._owner_of(key, files):
            return page_conflict(page, taken, names.conf_py)
        self._taken[key] = page.docname
        self._note(page.docname, files)
        return None

    def _owner_of(self, key: str, files: Iterable[str]) -> str:
        """What has the files of a page already, or a folder in its place; empty when it is free."""
        names = self._names
        if key in names.of_sphinx:
            return f'the page "{names.of_sphinx[key]}" that Sphinx makes'
        if key in names.given:
            return f'the file "{names.given[key]}" of html_extra_path'
        if key in self._taken:
            return f'the page "{self._taken[key]}"'
        for file in files:
            if file in self._folders:
                return f"the folder of {self._folders[file]}"
            if above := next((folder for folder in folders_of(file) if folder in self._made), ""):
                return f"the file of {self._made[above]}"
        return ""

    def of_redirects(self, docnames: Mapping[str, str], published: Path) -> Iterator[Problem]:
        """Problems of the redirects with these old ids and docnames; when the pages are known."""
        for old, docname in docnames.items():
            key = self._names.key(docname)
            if taken := self._names.of_sphinx.get(key) or self._taken.get(key):
                message = f'the redirect from "{old}" would be the same file as the page "{taken}"'
                place = locate(str(published), 1, None, old)
                yield Problem(place, Code.INVALID_REDIRECT, message, "remove the redirect, or rename the page")


def page_conflict(page: VirtualPage, taken: str, conf_py: str) -> Problem:
    """The problem of a page whose file would be that of something else."""
    message = f'{page} would be the same file as {taken}: "{page.docname}"'
    return Problem(_place_of(page, conf_py), Code.PAGE_CONFLICT, message, "rename one of them, or set versus_pages")


def _place_of(page: VirtualPage, conf_py: str) -> Place:
    return Place(str(page.source) if page.is_record else conf_py)
