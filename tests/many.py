"""Catalogues of many technologies of one kind: 150 that are read from no files, and the files of a round-up of some."""

from __future__ import annotations

from collections.abc import Mapping

from conftest import CATALOGUE
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.model import Comparison, Technology
from sphinx_versus.catalogue.pairs import Derive

NUMBER = 150


def many() -> Catalogue:
    """All have facts but the last one; the first two have a written comparison, and a round-up with the last."""
    ids = [f"t{number:03}" for number in range(NUMBER)]
    technologies = {id_: _technology(id_) for id_ in ids}
    technologies[ids[-1]] = technologies[ids[-1]].model_copy(update={"facts": {}})
    comparisons = {"written": _comparison("written", ids[:2]), "three": _comparison("three", [*ids[:2], ids[-1]])}
    return Catalogue(technologies=technologies, comparisons=comparisons, derive=Derive(all_kinds=True))


def _technology(id_: str) -> Technology:
    record = {
        "@id": id_,
        "name": f"Technology {id_}",
        "kind": "thing",
        "summary": "One.",
        "facts": {"a": {"value": "b"}},
    }
    return Technology.model_validate(record)


def _comparison(id_: str, sides: list[str]) -> Comparison:
    rows = [{"group": "All", "rows": ["a"]}]
    record = {"technologies": sides, "relation": "alternatives", "summary": "All.", "criteria": rows}
    return Comparison.model_validate({"@id": id_, **record, "reviewed": "2026-11-22"})


LICENCES = ("MIT", "Apache-2.0", "GPL-3.0")
ENUMERATION = "{name: Licence, type: one-of, values: {mit: MIT, apache-2: Apache-2.0, gpl-3: GPL-3.0},"


def round_up(sides: int) -> Mapping[str, str]:
    """A round-up of technologies from ``T0`` on: the size grows, every third licence is the same, that of the last is unknown."""
    names = [f"t{number}" for number in range(sides)]
    records = {name: _record(number, number == sides - 1) for number, name in enumerate(names)}
    return {
        "data/criteria.yaml": CATALOGUE["data/criteria.yaml"].replace("{name: Licence,", ENUMERATION),
        "data/sources.yaml": CATALOGUE["data/sources.yaml"],
        **{f"data/technologies/{name}.yaml": record for name, record in records.items()},
        "data/comparisons/all.yaml": f"""
            title: All of them
            technologies: [{", ".join(names)}]
            relation: alternatives
            summary: They are many.
            criteria:
              - {{group: Data, rows: [orm]}}
              - {{group: Project, rows: [licence, size, first-release]}}
            facts:
              t1:
                orm: {{value: yes, reason: Here with an extension., sources: [beta-review]}}
            reviewed: 2026-11-22
            """,
    }


def _record(number: int, is_last: bool) -> str:
    licence = "note: Nobody says." if is_last else f"value: {LICENCES[number % 3]}"
    size = "" if number == 2 else f"size: {{value: {10 * number + 5}}}"
    return f"""
        name: T{number}
        kind: web-framework
        summary: One of many.
        defaults: {{as_of: 2026-04, version: "1"}}
        facts:
          licence: {{{licence}, sources: [alpha-home]}}
          orm: {{value: {"no" if number % 2 else "yes"}, note: A note on T{number}., sources: [alpha-home]}}
          {size}
        """
