"""What a reader's "compare … with …" looks up: ``_static/versus-pairs.js``. Written when a build of HTML pages is finished.

A classic script with one assignment, so that a page opened as a file can load it too; nothing loads it before a reader asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from ..catalogue.catalogue import Catalogue
from ..site.domain import ObjectKey, domain_of
from ..site.project import project_of
from .web import makes_web_pages, write_if_new

FILE = "_static/versus-pairs.js"
ANY_ID = "any-id"

Pair = tuple[str, str]
"""The ids of two technologies, in the order of their page's columns."""


def write_pairs(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the file in one go, and only when something in it is new."""
    if exception or not makes_web_pages(app.builder):
        return
    told = json.dumps(_Picker(app).told(), separators=(",", ":"))
    write_if_new(Path(app.outdir, FILE), f"globalThis.versusPairs={told};\n")


class _Picker:
    """The technologies, and the pages of their pairs by the numbers of the technologies."""

    def __init__(self, app: Sphinx) -> None:
        self.builder = app.builder
        self.project = project_of(app.env)
        self.domain = domain_of(app.env)
        self.technologies = sorted(self.project.catalogue.technologies)
        self.pattern = self._pattern()

    def told(self) -> Mapping[str, Any]:
        numbers = {id_: number for number, id_ in enumerate(self.technologies)}
        pages = pair_pages(self.project.catalogue)
        found = (self._pair(pair, page, numbers) for pair, page in pages.items())
        return {
            "technologies": [self._technology(id_) for id_ in self.technologies],
            "pattern": self.pattern,
            "pairs": sorted(filter(None, found), key=lambda pair: (min(pair[:2]), max(pair[:2]))),
        }

    def _technology(self, id_: str) -> Mapping[str, Any]:
        record = self.project.catalogue.technologies[id_]
        told = {"id": id_, "name": record.name, "kind": record.kind, "also": list(record.synonyms)}
        return {**told, "url": self._address(("technology", id_))}

    def _pair(self, pair: Pair, comparison: str, numbers: Mapping[str, int]) -> list[Any]:
        """The numbers of the two, and the address when the pattern does not tell it; nothing without a page."""
        address = self._address(("comparison", comparison))
        by_pattern = self.pattern.replace("{}", "-vs-".join(pair))
        told = [] if address == by_pattern else [address]
        return [*(numbers[side] for side in pair), *told] if address else []

    def _address(self, key: ObjectKey) -> str:
        home = self.domain.home(key)
        if home is None:
            return ""
        docname, shown = home
        return self.builder.get_target_uri(docname) + (f"#{shown.anchor}" if shown.anchor else "")

    def _pattern(self) -> str:
        docname = self.project.settings.docname("comparison", ANY_ID)
        return self.builder.get_target_uri(docname).replace(ANY_ID, "{}") if docname else ""


def pair_pages(catalogue: Catalogue) -> Mapping[Pair, str]:
    """By pair the comparison to read: that of the two, else the first one in which they meet."""
    found: dict[frozenset[str], tuple[Pair, str]] = {}
    for pair, comparison in _meetings(catalogue):
        found.setdefault(frozenset(pair), (pair, comparison))
    return dict(found.values())


def _meetings(catalogue: Catalogue) -> Iterator[tuple[Pair, str]]:
    """Every two sides of every comparison; the comparisons of two come first."""
    few_sides_first = sorted(catalogue.comparisons.values(), key=lambda one: (len(one.technologies) > 2, one.id))
    for comparison in few_sides_first:
        for pair in combinations(comparison.technologies, 2):
            yield pair, comparison.id


def setup(app: Sphinx) -> None:
    """Connect to the end of a build."""
    app.connect("build-finished", write_pairs)
