"""The configuration values ``versus_…``, checked once and frozen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from ..problems import Code, Place, Problem, nearest
from .reporting import report

PAGES: Mapping[str, str] = {
    "comparison": "comparisons/{id}",
    "technology": "technologies/{id}",
    "comparisons": "comparisons/index",
    "technologies": "technologies/index",
    "misconceptions": "misconceptions",
    "criteria": "criteria",
}
"""Where each kind of page lives; the first two stand for one page per record."""


@dataclass(frozen=True)
class Settings:
    """What a site may set.

    ``data`` is the absolute path of the data folder; ``pages`` maps a kind of page to its docname (``{id}`` stands for the
    record's id), an empty docname makes no such pages; ``templates`` are folders in which page templates are looked for;
    ``reversed_pairs`` says whether the address of a pair in the other order leads to its page.
    """

    data: Path
    pages: Mapping[str, str]
    templates: tuple[Path, ...] = ()
    reversed_pairs: bool = True

    @classmethod
    def of(cls, config: Config, confdir: Path) -> Settings:
        """Read the values; what does not fit is left at its default (see :func:`problems_of`)."""
        given = config.versus_pages
        chosen = dict.fromkeys(PAGES, "") if given is False else _fitting(given)
        folders = tuple(confdir / folder for folder in config.templates_path)
        data = config.versus_data if _is_folder_name(config.versus_data) else VALUES["versus_data"]
        turned = config.versus_reversed_pairs if isinstance(config.versus_reversed_pairs, bool) else True
        return cls(confdir / data, {**PAGES, **chosen}, folders, turned)

    def docname(self, kind: str, id_: str = "") -> str:
        """The docname of a page, or an empty text when such pages are not made."""
        return self.pages[kind].format(id=id_)


def _fitting(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    return {str(kind): docname or "" for kind, docname in given.items() if not _misfit(kind, docname)}


def problems_of(config: Config, conf_py: str) -> Iterator[Problem]:
    """What is wrong with the values."""
    place = Place(conf_py)
    if not _is_folder_name(config.versus_data):
        hint = f'expected the name of a folder; "{VALUES["versus_data"]}" is used'
        yield Problem(place, Code.INVALID_CONFIG, f"versus_data = {config.versus_data!r}", hint)
    if not isinstance(config.versus_reversed_pairs, bool):
        message = f"versus_reversed_pairs = {config.versus_reversed_pairs!r}"
        yield Problem(place, Code.INVALID_CONFIG, message, "expected True or False")
    given: Any = config.versus_pages
    if given is not False and not isinstance(given, Mapping):
        hint = "expected a mapping such as {'comparison': 'compare/{id}'}, or False"
        yield Problem(place, Code.INVALID_CONFIG, f"versus_pages = {given!r}", hint)
        return
    for kind, docname in (given or {}).items():
        if hint := _misfit(kind, docname):
            yield Problem(place, Code.INVALID_CONFIG, f"versus_pages[{kind!r}] = {docname!r}", hint)


def _misfit(kind: object, docname: object) -> str:
    if kind not in PAGES:
        return nearest(str(kind), PAGES)
    if docname and not isinstance(docname, str):
        return "expected a docname"
    if docname and not re.fullmatch(r"[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*", str(docname)):
        return "expected a docname below the source folder, such as compare/{id}"
    if docname and any(docname == other for name, other in PAGES.items() if name != kind):
        return "this is the place of other pages"
    if docname and kind in {"comparison", "technology"} and "{id}" not in str(docname):
        return "expected {id} in the docname, which stands for the record's id"
    return ""


def _is_folder_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def check_config(app: Sphinx, config: Config) -> None:
    """``config-inited``: report what does not fit."""
    report(*problems_of(config, str(Path(app.confdir) / "conf.py")))


def register(config: Config) -> None:
    """Add the values to a configuration that is read outside of a build."""
    for name, default in VALUES.items():
        config.add(name, default, "env", ())


VALUES: Mapping[str, Any] = {"versus_data": "data", "versus_pages": {}, "versus_reversed_pairs": True}


def setup(app: Sphinx) -> None:
    """Register the values."""
    app.add_config_value("versus_data", "data", "env", types=frozenset({str}))
    app.add_config_value("versus_pages", {}, "env", types=frozenset({dict, bool}))
    app.add_config_value("versus_reversed_pairs", True, "", types=frozenset({bool}))
    app.connect("config-inited", check_config)
