"""Published addresses: where those lead that have no page of their own any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import CATALOGUE, write_files
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.pairs import Derive
from sphinx_versus.catalogue.published import kept_addresses, reversed_id

DATA = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
PAIRS = "comparisons: [alpha-vs-beta, alpha-vs-gamma, beta-vs-gamma]\n"

Load = Callable[..., Loaded]


@pytest.fixture
def published(tmp_path: Path) -> Load:
    """Load the small catalogue, with all pairs derived, some files replaced and this list."""

    def loaded(text: str, files: Mapping[str, str] | None = None, *, without: str = "") -> Loaded:
        write_files(tmp_path, {**DATA, "published.yaml": text, **(files or {})})
        if without:
            (tmp_path / without).unlink()
        return load(tmp_path, derive=Derive(all_kinds=True))

    return loaded


def led(loaded: Loaded) -> dict[str, str]:
    """The comparisons that are shown at another address, with the id of their page."""
    found = kept_addresses(loaded.catalogue)
    return {one.old: one.new for one in found if one.type == "comparison" and one.old != one.new}


def told(loaded: Loaded) -> list[str]:
    """The ids that are lost."""
    return [one.message.split('"')[1] for one in loaded.problems if one.code.value == "lost-address"]


def test_pages_that_are_there_are_kept(published: Load) -> None:
    found = published(PAIRS + "technologies: [alpha, beta, gamma]\n")
    assert found.problems == []
    assert led(found) == {}


def test_the_last_id_may_be_deleted(published: Load) -> None:
    """What is left is a key without a value."""
    for text in ("comparisons:\ntechnologies:\nredirects:\n", "redirects:\n  comparisons:\n  technologies:\n"):
        found = published(text)
        assert found.problems == []
        assert led(found) == {}


def test_a_technology_that_goes_loses_its_pairs(published: Load) -> None:
    found = published(PAIRS + "technologies: [gamma]\n", without="technologies/gamma.yaml")
    assert told(found) == ["gamma"]  # that its pairs are lost follows from it


def test_a_technology_takes_its_pairs_along(published: Load) -> None:
    renamed = {"technologies/aleph.yaml": DATA["technologies/gamma.yaml"]}
    text = PAIRS + "technologies: [gamma]\nredirects: {technologies: {gamma: aleph}}\n"
    found = published(text, renamed, without="technologies/gamma.yaml")
    assert found.problems == []
    assert led(found) == {"alpha-vs-gamma": "aleph-vs-alpha", "beta-vs-gamma": "aleph-vs-beta"}


def test_a_redirect_of_a_pair_comes_before_that_of_its_side(published: Load) -> None:
    text = PAIRS + "redirects: {technologies: {gamma: alpha}, comparisons: {beta-vs-gamma: alpha-vs-beta}}\n"
    found = published(text, without="technologies/gamma.yaml")
    assert told(found) == ["alpha-vs-gamma"], "nothing is compared with itself"
    assert led(found) == {"beta-vs-gamma": "alpha-vs-beta"}


@pytest.mark.parametrize("name", ["gamma-vs-alpha", "some-name"])
def test_a_comparison_of_the_same_two_takes_the_place_of_a_pair(published: Load, name: str) -> None:
    record = "{technologies: [gamma, alpha], relation: layers, summary: S., criteria: [{group: G, rows: [orm]}], "
    found = published(PAIRS, {f"comparisons/{name}.yaml": record + "reviewed: 2026-11-22}"})
    assert found.problems == []
    assert led(found) == {"alpha-vs-gamma": name}


@pytest.mark.parametrize(
    ("old", "new"), [("name: Gamma", "nom: Gamma"), ("{value:", "{valeu:"), ("facts:", "facts: [")]
)
def test_a_mistake_in_a_technology_loses_no_pair(published: Load, old: str, new: str) -> None:
    found = published(PAIRS, {"technologies/gamma.yaml": DATA["technologies/gamma.yaml"].replace(old, new)})
    assert found.problems
    assert told(found) == []


def test_facts_that_are_gone_lose_a_pair(published: Load) -> None:
    text = DATA["technologies/gamma.yaml"].partition("        facts:")[0]
    assert told(published(PAIRS, {"technologies/gamma.yaml": text})) == ["alpha-vs-gamma", "beta-vs-gamma"]


@pytest.mark.parametrize(("id_", "other"), [("a-vs-b", "b-vs-a"), ("a", ""), ("a-vs-b-vs-c", "")])
def test_the_other_order(id_: str, other: str) -> None:
    assert reversed_id(id_) == other
