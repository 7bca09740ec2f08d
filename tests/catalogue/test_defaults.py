"""The defaults of a technology: what its facts share is written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from conftest import CATALOGUE, write_files
from sphinx_versus.catalogue.fields import PartialDate
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.snapshot import Snapshot

SMALL = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
DELTA = """
    name: Delta
    kind: web-framework
    summary: Delta has defaults.
    defaults: {as_of: 2026-11, version: "4.0", sources: [alpha-home]}
    facts:
      licence: {value: MIT}
      orm: {value: no, sources: [beta-review], as_of: 2020}
      size: {value: 3, version: , sources: []}
      first-release: {value: 2005, VERSION}
    """


def test_facts_have_the_defaults_of_their_technology_unless_they_name_the_field(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "data", {**SMALL, "technologies/delta.yaml": DELTA.replace(", VERSION", "")})
    catalogue, problems = load(folder)
    assert problems == []
    found = {
        id_: (str(one.as_of), one.version, one.sources) for id_, one in catalogue.technologies["delta"].facts.items()
    }
    assert found == {
        "licence": ("2026-11", "4.0", ("alpha-home",)),
        "orm": ("2020", "4.0", ("beta-review",)),
        "size": ("2026-11", None, ()),
        "first-release": ("2026-11", "4.0", ("alpha-home",)),
    }
    for _ in range(2):  # what is kept of a file knows which fields it names
        assert Snapshot(folder, tmp_path / "store").catalogue.technologies == catalogue.technologies


def test_a_default_takes_the_place_of_nothing_that_is_wrong(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    wrong = DELTA.replace("VERSION", "version: [4]").replace("[alpha-home]", "[alpha-hom]")
    loaded = catalogue({**SMALL, "technologies/delta.yaml": wrong})
    assert [(one.place.line, one.code.value) for one in loaded.problems] == [(4, "unknown-source"), (9, "wrong-type")]
    fact = loaded.catalogue.technologies["delta"].facts["first-release"]
    assert (fact.version, fact.as_of) == (None, PartialDate(2026, 11))
