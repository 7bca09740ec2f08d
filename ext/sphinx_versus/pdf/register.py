"""The index at the end of a volume: Sphinx's own, with page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.indexentries import IndexEntries

from .syntax import call, escape, label


def index_markup(env: BuildEnvironment, builder: Builder, places: Mapping[str, str]) -> str:
    """The entries that lead to places in a volume; an empty text when there are none."""
    lines: list[str] = []
    for letter, entries in IndexEntries(env).create_index(builder):
        found = [line for entry in entries for line in _entry(entry, places)]
        if found:
            lines += [call("index-letter", escape(letter)), *found]
    return '#import "/style/versus.typ": *\n' + "\n".join(lines) + "\n" if lines else ""


def _entry(entry: Any, places: Mapping[str, str]) -> Iterator[str]:
    """An entry with its sub-entries; one that leads nowhere here is left out with them."""
    name, (links, subentries, _key) = entry
    own = list(_places(links, places))
    below = [(sub, found) for sub, sublinks in subentries if (found := list(_places(sublinks, places)))]
    if own or below:
        yield call("index-entry", escape(name), depth=0, places=own)
        for sub, found in below:
            yield call("index-entry", escape(sub), depth=1, places=found)


def _places(links: Iterable[Any], places: Mapping[str, str]) -> Iterator[str]:
    for _main, address in links:
        docname, _sep, anchor = (address or "").removeprefix("%").partition("#")
        if place := places.get(label(docname, anchor)):
            yield place
