"""The configuration values ``versus_…``, checked once and frozen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path, PurePosixPath
from types import NoneType
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.matching import Matcher

from ..catalogue.catalogue import Catalogue
from ..catalogue.pairs import NONE_DERIVED, Derive, pair_of
from ..catalogue.values import is_reserved
from ..components.languages import known_locale, parsed
from ..problems import Code, Place, Problem, nearest
from .reporting import report
from .repository import Repository, misfits, repository_of, told_elsewhere

PAGES: Mapping[str, str] = {
    "comparison": "comparisons/{id}",
    "technology": "technologies/{id}",
    "comparisons": "comparisons/index",
    "technologies": "technologies/index",
    "misconceptions": "misconceptions",
    "criteria": "criteria",
    "matrix": "matrix",
}
"""Where each kind of page lives; the first two stand for one page per record."""

PLACES: Mapping[str, str] = {"pair": "comparison"}
"""The kinds of pages that live where others do: a derived pair has the address that its comparison will have."""


@dataclass(frozen=True)
class Settings:
    """What a site may set.

    ``data`` is the absolute path of the data folder; ``pages`` maps a kind of page to its docname (``{id}`` stands for the
    record's id), an empty docname makes no such pages; ``templates`` are folders in which page templates are looked for;
    ``reversed_pairs`` says whether the address of a pair in the other order leads to its page; ``derive`` which pairs have a
    page from their facts alone, ``robots`` what those pages tell search engines, ``contribute`` where it is told how to write;
    ``repository`` is where the records are kept in public.
    """

    data: Path
    pages: Mapping[str, str]
    names_data: bool = False
    """Whether ``conf.py`` names the data folder: a name that leads nowhere is a mistake, a site without data is none."""
    templates: tuple[Path, ...] = ()
    reversed_pairs: bool = True
    derive: Derive = NONE_DERIVED
    robots: str = "noindex"
    contribute: str = ""
    repository: Repository | None = None
    excluded: tuple[str, ...] = ()
    """The patterns that exclude pages from the site."""
    full_navigation: int | None = None
    """Up to so many pages each shows the theme's tree of the whole site; ``None`` where the site did not choose."""

    @classmethod
    def of(cls, config: Config, confdir: Path) -> Settings:
        """Read the values; what does not fit is left at its default (see :func:`problems_of`)."""
        given = config.versus_pages
        chosen = dict.fromkeys(PAGES, "") if given is False else _fitting(given)
        folders = tuple(confdir / folder for folder in config.templates_path)
        pages, excluded = {**PAGES, **chosen}, tuple(config.exclude_patterns)
        is_excluded = _excluder(excluded)
        pages = {kind: "" if is_excluded(docname) else docname for kind, docname in pages.items()}
        names_data = _is_folder_name(config.versus_data)
        data = config.versus_data if names_data else DATA
        return cls(
            confdir / data,
            pages,
            names_data,
            folders,
            reversed_pairs=_of_type(config, "versus_reversed_pairs"),
            derive=_derive(config.versus_derived_pairs),
            robots=_of_type(config, "versus_derived_pairs_robots"),
            contribute=_of_type(config, "versus_contribute"),
            repository=repository_of(config.versus_repository, Path(data).as_posix()),
            excluded=excluded,
            full_navigation=_of_type(config, "versus_full_navigation"),
        )

    @property
    def has_data(self) -> bool:
        """Whether there is a data folder; without one the extension leaves a site as it is."""
        return self.data.is_dir()

    @property
    def makes_pages(self) -> bool:
        """Whether pages are made of the data; without them the extension only answers the directives and roles of pages."""
        return self.has_data and any(self.pages.values())

    @property
    def is_large(self) -> bool:
        """Whether a site has many pages, or says how many are many: then they are made and shown in ways of ours."""
        return self.makes_pages or self.full_navigation is not None

    def without_excluded(self, docnames: Iterable[str]) -> set[str]:
        """The docnames of pages that the site does not exclude."""
        return set(filterfalse(_excluder(self.excluded), docnames)) if self.excluded else set(docnames)

    def docname(self, kind: str, id_: str = "") -> str:
        """The docname of a page, or an empty text when such pages are not made."""
        return self.pages[PLACES.get(kind, kind)].format(id=id_)


def _excluder(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a pattern matches a docname or a folder in which it is."""
    matches = Matcher(list(patterns))
    return lambda docname: any(map(matches, (docname, *map(str, PurePosixPath(docname).parents))))


def _fitting(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    return {str(kind): docname or "" for kind, docname, hint in _judged(given) if not hint}


def _judged(given: Mapping[Any, Any]) -> Iterator[tuple[object, Any, str]]:
    """Each kind of page with its docname, and what was expected when it does not fit; of two alike the first one does."""
    taken: set[str] = set()
    for kind, docname in given.items():
        hint = _misfit(kind, docname)
        if not hint and str(docname).casefold() in taken:
            hint = "another kind of page has this docname already"
        elif not hint and docname:
            taken.add(str(docname).casefold())
        yield kind, docname, hint


def _derive(given: object) -> Derive:
    if given is True or given == "all":
        return Derive(all_kinds=True)
    entries: list[Any] = list(given) if isinstance(given, list | tuple) else [given]
    kinds = tuple(sorted({entry for entry in entries if isinstance(entry, str) and entry}))
    pairs = {pair_of(entry[0], entry[1]) for entry in entries if _is_pair(entry)}
    return Derive(kinds=kinds, pairs=tuple(sorted(pairs)))


def _is_pair(entry: Any) -> bool:
    return isinstance(entry, list | tuple) and len(entry) == 2 and all(isinstance(side, str) for side in entry)


def _of_type(config: Config, name: str) -> Any:
    """The value of a configuration, or its default when it is of another type."""
    return config[name] if isinstance(config[name], EXPECTED[name][0]) else VALUES[name]


def problems_of(config: Config, conf_py: str) -> Iterator[Problem]:
    """What is wrong with the values, without a look at the data."""
    place = Place(conf_py)
    yield from _wrong_types(config, place)
    if config.versus_data is not None and not _is_folder_name(config.versus_data):
        hint = f'expected the name of a folder; "{DATA}" is used'
        yield Problem(place, Code.INVALID_CONFIG, f"versus_data = {config.versus_data!r}", hint)
    for part, hint in misfits(config.versus_repository):
        yield Problem(place, Code.INVALID_CONFIG, f"versus_repository: {part}", hint)
    given: Any = config.versus_pages
    if given is not False and not isinstance(given, Mapping):
        hint = "expected a mapping such as {'comparison': 'compare/{id}'}, or False"
        yield Problem(place, Code.INVALID_CONFIG, f"versus_pages = {given!r}", hint)
        return
    for kind, docname, hint in _judged(given or {}):
        if hint:
            yield Problem(place, Code.INVALID_CONFIG, f"versus_pages[{kind!r}] = {docname!r}", hint)


def unknown_language(language: str, conf_py: str) -> Iterator[Problem]:
    """A language of which the libraries do not know how dates are written."""
    if known_locale(language) is None:
        hint = "dates are written as in English" + ("" if parsed(language) else ", and PDFs are marked as English")
        yield Problem(Place(conf_py), Code.UNSUPPORTED_LANGUAGE, f'language = "{language}" is not known', hint)


def _wrong_types(config: Config, place: Place) -> Iterator[Problem]:
    for name, (type_, expected) in EXPECTED.items():
        if config[name] != VALUES[name] and not isinstance(config[name], type_):
            yield Problem(place, Code.INVALID_CONFIG, f"{name} = {config[name]!r}", f"expected {expected}")
    given = config.versus_derived_pairs
    entries = given if isinstance(given, list | tuple) else [given]
    for entry in entries:
        if not (isinstance(entry, str) or _is_pair(entry) or (entry is given and isinstance(given, bool))):
            hint = (
                'expected True, False, or a list of kinds such as "web-framework" and pairs such as ("django", "flask")'
            )
            yield Problem(place, Code.INVALID_CONFIG, f"versus_derived_pairs: {entry!r}", hint)


def misnamed(derive: Derive, catalogue: Catalogue, conf_py: str) -> Iterator[Problem]:
    """The kinds and technologies among the derived pairs that the data do not have."""
    place = Place(conf_py)
    for kind in derive.kinds:
        if kind not in catalogue.kinds and not catalogue.unread:
            message = f'versus_derived_pairs: "{kind}" is not the kind of any technology'
            yield Problem(place, Code.INVALID_CONFIG, message, nearest(kind, catalogue.kinds))
    known = catalogue.defined["technology"]
    for side in sorted({side for pair in derive.pairs for side in pair}):
        if side not in known:
            message = f'versus_derived_pairs: "{side}" is not a technology'
            yield Problem(place, Code.INVALID_CONFIG, message, nearest(side, known))


def _misfit(kind: object, docname: object) -> str:
    if kind not in PAGES:
        return nearest(str(kind), PAGES)
    if docname and not isinstance(docname, str):
        return "expected a docname"
    return _unfit(str(kind), str(docname)) if docname else ""


def _unfit(kind: str, docname: str) -> str:
    parts = docname.split("/")
    if not all(_PART.fullmatch(part) for part in parts):
        return "expected a docname below the source folder, such as compare/{id}"
    if any(map(is_reserved, parts)):
        return "expected names that Windows does not reserve"
    if parts[0] in FOLDERS:
        return "this is a folder of Sphinx"
    if any(docname == other for name, other in PAGES.items() if name != kind):
        return "this is the place of other pages"
    if kind in {"comparison", "technology"} and "{id}" not in docname:
        return "expected {id} in the docname, which stands for the record's id"
    return ""


FOLDERS = {"_static", "_sources", "_images", "_downloads", "_modules"}
"""What Sphinx writes beside the pages."""
_PART = re.compile(r'[^/\\.<>:"|?*\x00-\x1f][^/\\<>:"|?*\x00-\x1f]*')


def _is_folder_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def check_config(app: Sphinx, config: Config) -> None:
    """``config-inited``: report what does not fit."""
    report(*problems_of(config, str(Path(app.confdir) / "conf.py")))


def adopt_repository(app: Sphinx, config: Config) -> None:
    """``config-inited``: what the theme knows of a repository counts as said to us, so that pages are read again with it."""
    if config.versus_repository is None:
        data = Settings.of(config, Path(app.confdir)).data
        config.versus_repository = told_elsewhere(config, Path(app.srcdir), data)


def register(config: Config) -> None:
    """Add the values to a configuration that is read outside of a build."""
    for name, default in VALUES.items():
        config.add(name, default, "env", ())


DATA = "data"
"""The data folder of a site that names no other one."""
FULL_NAVIGATION = 200
"""With more pages of records, the theme's own tree of the whole site stands on no page, unless the site says otherwise."""

VALUES: Mapping[str, Any] = {
    "versus_data": None,
    "versus_pages": {},
    "versus_reversed_pairs": True,
    "versus_full_navigation": None,
    "versus_derived_pairs": False,
    "versus_derived_pairs_robots": "noindex",
    "versus_contribute": "",
    "versus_sitemap": False,
    "versus_repository": None,
    "versus_tools": True,
}
EXPECTED: Mapping[str, tuple[type, str]] = {
    "versus_reversed_pairs": (bool, "True or False"),
    "versus_derived_pairs_robots": (str, 'a text such as "noindex", or an empty one'),
    "versus_contribute": (str, "a docname or an address"),
    "versus_full_navigation": (int, f"a number of pages; {FULL_NAVIGATION} is used"),
    "versus_sitemap": (bool, "True or False"),
}
"""What the simple values are, and that in words."""


def setup(app: Sphinx) -> None:
    """Register the values."""
    app.add_config_value("versus_data", None, "env", types=frozenset({str, NoneType}))
    app.add_config_value("versus_pages", {}, "env", types=frozenset({dict, bool}))
    app.add_config_value("versus_full_navigation", None, "html", types=frozenset({int, NoneType}))
    app.add_config_value("versus_reversed_pairs", True, "", types=frozenset({bool}))
    app.add_config_value("versus_derived_pairs", False, "", types=frozenset({bool, str, list, tuple}))
    app.add_config_value("versus_derived_pairs_robots", "noindex", "html", types=frozenset({str}))
    app.add_config_value("versus_contribute", "", "env", types=frozenset({str}))
    app.add_config_value("versus_repository", None, "env", types=frozenset({dict, str, bool}))
    app.add_config_value("versus_sitemap", False, "", types=frozenset({bool}))
    app.connect("config-inited", adopt_repository, priority=400)
    app.connect("config-inited", check_config)
