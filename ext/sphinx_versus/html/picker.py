"""What a reader's "compare … with …" looks up: ``_static/versus-pairs.js``. Written when a build of HTML pages is finished.

A classic script with one assignment, so that a page opened as a file can load it too; nothing loads it before a reader asks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sphinx.application import Sphinx

from ..catalogue.catalogue import Catalogue
from ..catalogue.pairs import Existence, Meeting, Pair, pair_id
from ..components.node_helpers import TABLE
from ..environment.domain import ObjectKey, domain_of
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of
from ..environment.web import showing_only
from .assets import are_needed

FILE = "_static/versus-pairs.js"
ANY_ID = "any-id"


def write_pairs(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the file in one go, and only when something in it is new."""
    tools = project_of(app.env).settings.tools
    if exception or not makes_web_pages(app.builder) or "picker" not in tools or not are_needed(app):
        return
    told = json.dumps(_Picker(app).told(), separators=(",", ":"))
    project_of(app.env).own_files.write(FILE, f"globalThis.versusPairs={told};\n".encode())


class _Picker:
    """The technologies, and the pages of their pairs by the numbers of the technologies."""

    def __init__(self, app: Sphinx) -> None:
        self.builder = app.builder
        self.project = project_of(app.env)
        self.domain = domain_of(app.env)
        self.technologies, self.pairs = offered(self.project.catalogue)
        self.pattern = self._pattern()

    def told(self) -> Mapping[str, Any]:
        numbers = {id_: number for number, id_ in enumerate(self.technologies)}
        found = (self._pair(pair, meeting, numbers) for pair, meeting in self.pairs.items())
        return {
            "technologies": [
                {**known, "url": self._address(("technology", id_))} for id_, known in self.technologies.items()
            ],
            "pattern": self.pattern,
            "pairs": sorted(filter(None, found), key=lambda pair: (min(pair[:2]), max(pair[:2]))),
        }

    def _pair(self, pair: Pair, meeting: Meeting, numbers: Mapping[str, int]) -> list[Any]:
        """The numbers of the two, and the address when the pattern does not tell it; nothing without a page."""
        address = self._meeting(pair, meeting)
        for order in (pair, pair[::-1]):
            if address and address == self.pattern.replace("{}", pair_id(order)):
                return [numbers[side] for side in order]
        return [*(numbers[side] for side in pair), address] if address else []

    def _meeting(self, pair: Pair, meeting: Meeting) -> str:
        """The address of the page of two; of a round-up that of its table with these two."""
        if meeting.existence is not Existence.ROUND_UP:
            return self._address(("comparison", meeting.comparison))
        names = [self.technologies[side]["name"] for side in pair]
        return showing_only(self.builder, self._address((TABLE, meeting.comparison)), names)

    def _address(self, key: ObjectKey) -> str:
        home = self.domain.home(key)
        if home is None:
            return ""
        docname, shown = home
        return self.builder.get_target_uri(docname) + (f"#{shown.anchor}" if shown.anchor else "")

    def _pattern(self) -> str:
        docname = self.project.settings.docname("comparison", ANY_ID)
        return self.builder.get_target_uri(docname).replace(ANY_ID, "{}") if docname else ""


def offered(catalogue: Catalogue) -> tuple[Mapping[str, Mapping[str, Any]], Mapping[Pair, Meeting]]:
    """What is told of each technology, sorted by id, and the page of each pair."""
    told = {
        id_: {"id": id_, "name": record.name, "kind": record.kind, "also": list(record.synonyms)}
        for id_, record in sorted(catalogue.technologies.items())
    }
    return told, catalogue.meetings
