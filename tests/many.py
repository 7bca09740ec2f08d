"""A catalogue of 150 technologies of one kind, for what must hold where a kind is big; nothing is read from files."""

from __future__ import annotations

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
