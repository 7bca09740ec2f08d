"""The configuration value ``versus_tools``: which of the script's tools for readers a site wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from ..problems import Code, Place, Problem, nearest
from .reporting import report

TOOLS: Mapping[str, str] = {
    "table": "table.versus-table:not(.versus-matrix)",
    "index": ".versus-misconceptions",
    "decide": ".versus-may-choose",
    "sources": ".versus-sources",
    "picker": ".versus-picker",
}
"""Each tool, and the elements to which the script adds it."""


def chosen_tools(config: Config) -> tuple[str, ...]:
    """The tools that the site wants, in our order."""
    given = config.versus_tools
    if isinstance(given, list | tuple):
        return tuple(tool for tool in TOOLS if tool in given)
    return () if given is False else tuple(TOOLS)


def problems_of(given: object, conf_py: str) -> Iterator[Problem]:
    """What is wrong with the value."""
    place = Place(conf_py)
    if not isinstance(given, bool | list | tuple):
        hint = f"expected True, False or a list of some of: {', '.join(TOOLS)}"
        yield Problem(place, Code.INVALID_CONFIG, f"versus_tools = {given!r}", hint)
        return
    for tool in given if not isinstance(given, bool) else ():
        if tool not in TOOLS:
            yield Problem(place, Code.INVALID_CONFIG, f"versus_tools: {tool!r}", nearest(str(tool), TOOLS))


def check_tools(app: Sphinx, config: Config) -> None:
    """``config-inited``: report what does not fit."""
    report(*problems_of(config.versus_tools, str(Path(app.confdir) / "conf.py")))


def setup(app: Sphinx) -> None:
    """Register the value."""
    app.add_config_value("versus_tools", True, "html", types=frozenset({bool, list, tuple}))
    app.connect("config-inited", check_tools)
