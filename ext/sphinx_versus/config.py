"""The configuration values ``versus_…``: one dataclass, of which registration, checks and the guide's table are made.

A value is registered when Sphinx loads the extension and checked when the configuration is ready (``config-inited``).
"""

import ast
import os
import re
import reprlib
import symtable
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import filterfalse
from pathlib import Path, PurePath, PurePosixPath
from typing import Annotated, Any, Literal, Self, get_origin, get_type_hints

from sphinx.config import Config
from sphinx.util.matching import Matcher

from .catalogue.fields import is_reserved
from .catalogue.pairs import Derive, pair_of
from .catalogue.repository import Repository, misfits, repository_of, repository_of_theme
from .characters import FORBIDDEN
from .problems import SURELY_MEANT, Code, Place, Problem, closest, nearest, unknown

DATA = "data"
"""The data folder of a site that names no other one."""
FULL_NAVIGATION = 200
"""With more pages of records, the theme's own tree of the whole site stands on no page, unless the site sets a number."""
PAGES: Mapping[str, str] = {
    "comparison": "comparisons/{id}",
    "technology": "technologies/{id}",
    "kind": "kinds/{id}",
    "comparisons": "comparisons/index",
    "technologies": "technologies/index",
    "misconceptions": "misconceptions",
    "criteria": "criteria",
    "matrix": "matrix",
}
"""Where each kind of page lives; the first three stand for one page per record or kind."""
PLACES: Mapping[str, str] = {"pair": "comparison"}
"""The kinds of pages that live where others do: a derived pair has the address that its comparison will have."""
TOOLS: Mapping[str, str] = {
    "table": "form.vs-t:has(> * > .vs-table, > .vs-table):not(.vs-matrix), form.vs-grid",
    "index": "form.vs-tools",
    "decide": ".vs-answer > form",
    "sources": ".vs-sourcelist",
    "picker": "form.vs-pick",
}
"""The readers' tools, and the elements to which the script adds each; an author may give any class to something else."""
VOLUMES = ("book", "comparisons", "kinds")
PAPERS = ("a4", "a5", "us-letter", "iso-b5")
FONT_USES = ("text", "sans", "mono", "math")
PAGEFIND = "pagefind"
SEARCHES = ("sphinx", PAGEFIND)
Wrong = Callable[[str, str, object], None]
"""Takes what does not fit in words that follow the name of the value, what was expected, and the part that was given, to find its place."""


# -- the forms of values, and what fits of one


@dataclass(frozen=True)
class Form:
    """Types of values, and what the extension makes of a value of these types; ``expected`` completes "expected …"."""

    expected: str
    types: tuple[type, ...]
    read: Callable[[Any, Wrong], Any] = lambda given, _wrong: given


def some_of(known: Iterable[str], *types: type) -> Form:
    """Those of the known words that are listed, in the known order; ``True`` stands for all of them, if it may be given."""

    def read(given: Any, wrong: Wrong) -> tuple[str, ...]:
        entries = () if given is False else known if given is True else _words(given)
        for entry in entries:
            if entry not in known:
                wrong(f": {entry!r} is none of them", nearest(entry, known, SURELY_MEANT), entry)
        return tuple(word for word in known if word in entries)

    choice = "True, False or a list" if bool in types else "a list"
    return Form(f"{choice} of some of: {', '.join(known)}", (list, tuple, str, *types), read)


def one_of(known: Sequence[str]) -> Form:
    """One of the known words, or the first of them."""

    def read(given: str, wrong: Wrong) -> str:
        if given not in known:
            wrong(f" = {given!r}", nearest(given, known, SURELY_MEANT), given)
        return given if given in known else known[0]

    return Form(f"one of: {', '.join(known)}", (str,), read)


def _pages(given: int | None, wrong: Wrong) -> int | None:
    """A number of pages, or none."""
    if given is None or given >= 0:
        return given
    wrong(f" = {given!r}", "expected a number of pages, such as 0", None)
    return None


def _words(given: Any, _wrong: Wrong | None = None) -> tuple[str, ...]:
    """A list of texts; one text, as a command line gives it, is split at commas."""
    words = given.split(",") if isinstance(given, str) else map(str, given)
    return tuple(filter(None, map(str.strip, words)))


def _folder(given: str | None, wrong: Wrong) -> str | None:
    if given is not None and not given.strip():
        wrong(f" = {given!r}", f"expected {FOLDER.expected}", given)
    return given if given and given.strip() else None


def _docnames(given: Mapping[Any, Any] | bool, wrong: Wrong) -> dict[str, str]:
    if isinstance(given, bool):
        if given:
            wrong(" = True", f"expected {DOCNAMES.expected}", None)
        return dict(PAGES) if given else dict.fromkeys(PAGES, "")
    found: dict[str, str] = {}
    for kind, docname in given.items():
        if kind not in PAGES:
            wrong(f": {kind!r} is no kind of page", nearest(str(kind), PAGES), kind)
            continue
        hint = _misfit(kind, docname)
        if not hint and docname and docname.casefold() in map(str.casefold, found.values()):
            hint = "another kind of page has this docname already"
        if hint:
            wrong(f"[{kind!r}] = {docname!r}", hint, docname)
        else:
            found[kind] = docname or ""
    return {**PAGES, **found}


def _misfit(kind: str, docname: object) -> str:
    """What was expected of the docname of a kind of page; empty when it fits."""
    if not docname or not isinstance(docname, str):
        return "expected a docname" if docname else ""
    parts, others = docname.split("/"), [other for name, other in PAGES.items() if name != kind]
    takes_id = kind in {"comparison", "technology", "kind"}
    needs_id, rest = takes_id and "{id}" not in docname, docname.replace("{id}", "", int(takes_id))
    rules = (
        (all(map(_PART.fullmatch, parts)), "expected a docname below the source folder, such as compare/{id}"),
        (not any(map(is_reserved, parts)), "expected names that Windows does not reserve"),
        (
            max(len(part.encode()) for part in rest.split("/")) <= MOST_NAME,
            f"expected names of at most {MOST_NAME} bytes",
        ),
        (len(rest.encode()) <= MOST_DOCNAME, f"expected a docname of at most {MOST_DOCNAME} bytes"),
        (parts[0] not in _FOLDERS, "this is a folder of Sphinx"),
        (not _FILES.fullmatch(parts[0]), "this is a file of Sphinx"),
        (docname not in others, "this is the place of other pages"),
        (not needs_id, "expected {id} in the docname, which stands for the record's id"),
        (
            set("{}").isdisjoint(rest),
            f"expected no braces{', except one {id}' if takes_id else ': the list is one page'}",
        ),
    )
    return next((hint for fits, hint in rules if not fits), "")


MOST_NAME = 100
"""So many bytes a name in a docname may have without an id, which has up to 120, so that file systems take it with each suffix."""
MOST_DOCNAME = 500
MOST_FAMILY = 100
"""So many characters the name of a family of fonts may have."""
_FOLDERS = {"_static", "_sources", "_images", "_downloads", "_modules"}
"""What Sphinx writes beside the pages."""
_FILES = re.compile(
    r"objects\.inv|searchindex\.\w+|globalcontext\.json|last_build|mimetype|META-INF|content\.opf|toc\.ncx|nav\.xhtml"
    r"|(?:search|genindex(?:-.+)?|.+-modindex)\.\w+",
    re.IGNORECASE,
)
"""Files of its own, with the suffix of any format: a page below such a name would make a folder in its place."""
_PART = re.compile(r'[^/\\.<>:"|?*\x00-\x1f][^/\\<>:"|?*\x00-\x1f]*')


def _derived(given: Any, wrong: Wrong) -> Derive:
    if isinstance(given, bool) or given == "all":
        return Derive(all_kinds=bool(given))
    if isinstance(given, str) and (meant := closest(given, ["all"])):
        wrong(f" = {given!r}", f'did you mean "{meant}"?', given)
        return Derive()
    kinds, pairs = set(), set()
    for entry in _words(given) if isinstance(given, str) else given:
        if entry and isinstance(entry, str):
            kinds.add(entry)
        elif isinstance(entry, list | tuple) and len(entry) == 2 and all(isinstance(side, str) for side in entry):
            if entry[0] == entry[1]:
                wrong(f": {entry!r}", "expected two different technologies", None)
            else:
                pairs.add(pair_of(*entry))
        else:
            wrong(f": {entry!r}", f"expected {DERIVED.expected}", entry)
    return Derive(kinds=tuple(sorted(kinds)), pairs=tuple(sorted(pairs)))


def _repository(given: Any, wrong: Wrong) -> Any:
    found = list(misfits(given))
    for part, text, hint in found:
        wrong(f" = {given!r}" if isinstance(given, str) else f": {part}", hint, text)
    return None if found else given


def _fonts(given: Mapping[Any, Any], wrong: Wrong) -> dict[str, str]:
    fitting = {}
    for use, name in given.items():
        if use not in FONT_USES:
            wrong(f": {use!r}", nearest(str(use), FONT_USES), use)
        elif isinstance(name, str) and 0 < len(name.strip()) <= MOST_FAMILY:
            fitting[use] = name
        else:
            hint = f"expected the name of a family, of at most {MOST_FAMILY} characters"
            wrong(f"[{use!r}] = {name!r}", hint, name)
    return fitting


TRUTH = Form("True or False", (bool,))
NUMBER = Form(f"a number of pages; {FULL_NAVIGATION} is used", (int,), _pages)
ROBOTS = Form('a text such as "noindex", or an empty one', (str,))
ADDRESS = Form("a docname or an address", (str,))
OUTPUT = Form("the name of a folder, or an empty text", (str,))
WORDS = Form("a list of texts", (list, tuple, str), _words)
FOLDER = Form(f'the name of a folder; "{DATA}" is used', (str,), _folder)
DOCNAMES = Form("a mapping such as {'comparison': 'compare/{id}'}, or False", (dict, bool), _docnames)
DERIVED = Form(
    'True, False, "all", or a list of kinds such as "web-framework" and pairs such as ("django", "flask")',
    (bool, str, list, tuple),
    _derived,
)
REPOSITORY = Form(
    "a mapping such as {'address': 'https://github.com/owner/name'}, or False", (dict, str, bool), _repository
)
FONTS = Form(f"a mapping from some of {', '.join(FONT_USES)} to families of fonts", (dict,), _fonts)


# -- the values


def _shown(given: object) -> str:
    """Any value as Python, shortened: also one that contains itself, or that fails to show itself."""
    short = reprlib.Repr()
    short.maxstring = short.maxother = 200
    short.maxlist = short.maxtuple = short.maxdict = 20
    return short.repr(given)


MOST_LEVELS = 3
"""How many lists and mappings of a value may be in each other: without an end, some contain themselves."""


def _is_plain(given: object, levels: int = MOST_LEVELS) -> bool:
    """Whether a value is one that Sphinx can keep and compare: texts that files can hold, numbers, paths, lists and mappings."""
    match given:
        case list() | tuple() | dict() if type(given) in {list, tuple, dict}:
            parts = (*given, *given.values()) if isinstance(given, dict) else given
            return levels > 0 and all(_is_plain(one, levels - 1) for one in parts)
        case str():
            return type(given) is str and not FORBIDDEN.search(given)
    return given is None or type(given) in {bool, int, float} or issubclass(type(given), PurePath)


@dataclass(frozen=True)
class Value:
    """What is registered, checked and shown in the guide of one value."""

    default: Any
    rebuild: Literal["env", "html", ""]
    form: Form
    help: str

    def has_type(self, given: object) -> bool:
        """Whether a value has one of the types and nothing in it that no file can hold; a truth value is no number."""
        types = self.form.types
        has_type = isinstance(given, types) and (bool in types or not isinstance(given, bool))
        return given is self.default or (has_type and _is_plain(given))

    def fitting(self, given: object, wrong: Wrong) -> Any:
        """What fits of a value, else of the default."""
        if self.has_type(given):
            return self.form.read(given, wrong)
        wrong(f" = {_shown(given)}", f"expected {self.form.expected}", given)
        return self.form.read(self.default, wrong)


@dataclass(frozen=True)
class Settings:
    """The values of a site, each by its name without ``versus_``; what does not fit is left at its default."""

    data: Annotated[Path, Value(None, "env", FOLDER, "The data folder. `None` stands for `data`.")]
    """As an absolute path, as all folders here."""
    pages: Annotated[Mapping[str, str], Value({}, "env", DOCNAMES, "Which pages Versus makes, and where.")]
    """The docname of each kind of page, where ``{id}`` stands for the record's id; empty when such pages are not made."""
    derived_pairs: Annotated[
        Derive, Value(False, "", DERIVED, "Which technologies get a page together without a record.")
    ]
    derived_pairs_robots: Annotated[str, Value("noindex", "html", ROBOTS, "What derived pairs ask of search engines.")]
    contribute: Annotated[str, Value("", "env", ADDRESS, "Where a reader learns how to write a comparison.")]
    full_navigation: Annotated[
        int | None, Value(None, "html", NUMBER, "Up to how many pages each shows the tree of them all.")
    ]
    reversed_pairs: Annotated[bool, Value(True, "", TRUTH, "Whether a pair in the other order leads to its page.")]
    repository: Annotated[Repository | None, Value(None, "env", REPOSITORY, "Where the records are kept in public.")]
    sitemap: Annotated[bool, Value(False, "", TRUTH, "Whether a build of a web site writes `sitemap.xml`.")]
    search: Annotated[str, Value("sphinx", "html", one_of(SEARCHES), "Which search the pages of a web site have.")]
    pdf_volumes: Annotated[tuple[str, ...], Value(["book"], "", some_of(VOLUMES), "Which PDFs are written.")]
    pdf_exclude: Annotated[
        tuple[str, ...], Value([], "", WORDS, "Patterns of the pages that are left out of the PDFs.")
    ]
    pdf_paper: Annotated[str, Value("a4", "", one_of(PAPERS), "The paper of the PDFs.")]
    pdf_fonts: Annotated[Mapping[str, str], Value({}, "", FONTS, "The fonts of the PDFs by their use.")]
    pdf_font_path: Annotated[tuple[Path, ...], Value([], "", WORDS, "Folders with fonts of the site.")]
    pdf_folder: Annotated[Path | None, Value("", "", OUTPUT, "Where the PDFs are that are copied into the web site.")]
    tools: Annotated[
        tuple[str, ...], Value(True, "html", some_of(TOOLS, bool), "What the script adds to the pages for readers.")
    ]

    names_data: bool
    """Whether ``conf.py`` names the data folder: a name that leads nowhere is a mistake, a site without data is none."""
    templates: tuple[Path, ...]
    """The folders in which templates of the site are looked for."""
    excluded: tuple[str, ...]
    """The patterns that exclude pages from the site."""

    @classmethod
    def of(cls, config: Config, confdir: Path) -> Self:
        """Read the values of a configuration; for what does not fit see :func:`problems_of`."""
        read = {
            name.removeprefix("versus_"): value.fitting(config[name], lambda *_: None) for name, value in VALUES.items()
        }
        excluded = tuple(config.exclude_patterns)
        is_excluded = _excluder(excluded)
        data = read["data"] or DATA
        return cls(
            **read
            | {
                "data": confdir / data,
                "pages": {kind: "" if is_excluded(docname) else docname for kind, docname in read["pages"].items()},
                "repository": repository_of(read["repository"], Path(data).as_posix()),
                "pdf_font_path": tuple(confdir / folder for folder in read["pdf_font_path"]),
                "pdf_folder": confdir / read["pdf_folder"] if read["pdf_folder"] else None,
            },
            names_data=read["data"] is not None,
            templates=tuple(confdir / folder for folder in config.templates_path),
            excluded=excluded,
        )

    @property
    def has_data(self) -> bool:
        """Whether there is a data folder; without one the extension leaves a site as it is."""
        return os.path.isdir(self.data)  # noqa: PTH112 (a name that no system takes is no error)

    @property
    def makes_pages(self) -> bool:
        """Whether pages are made of the data; without them the extension only answers the directives and roles of pages."""
        return self.has_data and any(self.pages.values())

    @property
    def is_large(self) -> bool:
        """Whether a site has many pages, or sets how many are many: then they are made and shown in ways of ours."""
        return self.makes_pages or self.full_navigation is not None

    def without_excluded(self, docnames: Iterable[str]) -> set[str]:
        """The docnames of pages that the site does not exclude."""
        return set(filterfalse(_excluder(self.excluded), docnames)) if self.excluded else set(docnames)

    def docname(self, kind: str, id_: str = "") -> str:
        """The docname of a page, or an empty text when such pages are not made."""
        return self.pages[PLACES.get(kind, kind)].replace("{id}", id_)


VALUES: Mapping[str, Value] = {
    f"versus_{name}": hint.__metadata__[0]
    for name, hint in get_type_hints(Settings, include_extras=True).items()
    if get_origin(hint) is Annotated
}
"""The values by their names in ``conf.py``."""


def _excluder(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a pattern matches a docname or a folder in which it is."""
    matches = Matcher(list(patterns))
    return lambda docname: any(map(matches, (docname, *map(str, PurePosixPath(docname).parents))))


# -- what happens to them


def register(config: Config) -> None:
    """Add the values to a configuration."""
    for name, value in VALUES.items():
        config.add(name, value.default, value.rebuild, {*value.form.types, type(value.default)}, value.help)


def adopt(config: Config, confdir: Path, srcdir: Path) -> Settings:
    """Put the default in the place of a value of another type, and what the theme knows of a repository in that of none.

    Sphinx's own check of types, which comes later, then has nothing to add to ours.
    """
    for name, value in VALUES.items():
        if not value.has_type(config[name]):
            config[name] = value.default
    settings = Settings.of(config, confdir)
    if config.versus_repository is None:  # as a value of the configuration, so that pages are read again with it
        known = repository_of_theme(config.html_theme_options, config.html_context, srcdir, settings.data)
        config.versus_repository = known
    return settings


def problems_of(config: Config, confdir: Path) -> Iterator[Problem]:
    """What is wrong with the values, and the names that are none, without a look at the data."""
    for name in _assigned(confdir / "conf.py"):
        if name.lower().startswith("versus_") and name not in config:
            yield unknown(conf_place(confdir, name), Code.INVALID_CONFIG, name, "a value of the configuration", VALUES)
    for name, value in VALUES.items():
        found: list[tuple[str, str, object]] = []
        value.fitting(given := config[name], lambda *misfit, found=found: found.append(misfit))
        is_text = isinstance(given, str) and list in value.form.types and f'"{given}"' not in value.form.expected
        if is_text and not found and name not in config.overrides:  # a command line gives a list as a text
            found.append((f" = {given!r}", f"expected a list, such as {[*_words(given)]}", given))
        for words, hint, part in found:
            yield Problem(conf_place(confdir, name, part), Code.INVALID_CONFIG, f"{name}{words}", hint)
    for folder in (confdir / name / "versus" for name in config.templates_path):
        if os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK):  # noqa: PTH112 (of a closed folder nothing is known)
            message = "cannot be read; the templates of Versus are used"
            yield Problem(Place(str(folder)), Code.UNREADABLE_FILE, message, "allow it to be read")


def at_setting(problem: Problem, config: Config, confdir: Path) -> Problem:
    """A problem; that there is no data folder is one of the value that names it."""
    if problem.code is not Code.NO_CATALOGUE:
        return problem
    place = conf_place(confdir, "versus_data", config.versus_data)
    return replace(problem, place=place, message=f"versus_data: {problem.message}")


def conf_place(confdir: Path, name: str, entry: object = None) -> Place:
    """Where ``conf.py`` assigns a value, or has a text or number in it; its first line when the value comes from elsewhere, as from the command line."""
    path = Path(confdir) / "conf.py"
    start = Place(str(path), _assigned(path).get(name, 1))
    with suppress(OSError, SyntaxError, ValueError):
        statements = (
            ast.parse(path.read_text(encoding="utf-8-sig")).body if type(entry) in {str, int, float, bool} else ()
        )
        inside = (node for one in statements if one.lineno == start.line for node in ast.walk(one))
        found = (node for node in inside if isinstance(node, ast.Constant) and type(node.value) is type(entry))
        places = [replace(start, line=one.lineno, column=one.col_offset + 1) for one in found if one.value == entry]
        return places[-1] if places else start  # the key of a mapping may be the same
    return start


def _assigned(path: Path) -> dict[str, int]:
    """The names that a module assigns outside of functions and classes, with the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        top = {one.get_name() for one in symtable.symtable(text, str(path), "exec").get_symbols() if one.is_assigned()}
    except (OSError, SyntaxError, ValueError):
        return {}
    names = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name) and node.id in top)
    return {name.id: name.lineno for name in names if isinstance(name.ctx, ast.Store)}
