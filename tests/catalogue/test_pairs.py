"""Derived pairs: which there are, and what the catalogue answers about them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from conftest import CATALOGUE, write_files
from many import many
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.pairs import NONE_DERIVED, Derive, Existence
from sphinx_versus.catalogue.published import other_addresses
from sphinx_versus.catalogue.views import Order, Selection

Files = Mapping[str, str]
DATA: Files = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
OTHER = "{name: Delta, kind: database, summary: Another kind., facts: {licence: {value: MIT}}}"
EMPTY = "{name: Empty, kind: web-framework, summary: Nothing is known of it.}"
ALL = Derive(all_kinds=True)


class Load(Protocol):
    """Loads the small catalogue with further files (``folder__name`` by text) and some pairs derived."""

    def __call__(self, derive: Derive = ALL, **files: str) -> Loaded: ...


@pytest.fixture
def with_pairs(tmp_path: Path) -> Load:
    def loaded(derive: Derive = ALL, **files: str) -> Loaded:
        further = {name.replace("__", "/").replace("_", "-") + ".yaml": text for name, text in files.items()}
        return load(write_files(tmp_path, {**DATA, **further}), derive=derive)

    return loaded


DERIVED = [
    (NONE_DERIVED, []),
    (ALL, ["alpha-vs-gamma", "beta-vs-gamma"]),
    (Derive(kinds=("web-framework",)), ["alpha-vs-gamma", "beta-vs-gamma"]),
    (Derive(kinds=("database",)), []),
    (Derive(pairs=(("gamma", "alpha"),)), ["alpha-vs-gamma"]),
    (Derive(pairs=(("alpha", "delta"),)), ["alpha-vs-delta"]),
    (Derive(pairs=(("alpha", "alpha"), ("alpha", "nobody"), ("alpha", "beta"))), []),
]


@pytest.mark.parametrize(("derive", "expected"), DERIVED)
def test_pairs_that_are_derived(with_pairs: Load, derive: Derive, expected: list[str]) -> None:
    assert list(with_pairs(derive, technologies__delta=OTHER).catalogue.derived) == expected


def test_a_technology_without_facts_has_no_pairs(with_pairs: Load) -> None:
    assert "alpha-vs-empty" not in with_pairs(technologies__empty=EMPTY).catalogue.derived


@pytest.mark.parametrize("name", ["comparisons__gamma_vs_alpha", "comparisons__alpha_vs_gamma"])
@pytest.mark.parametrize("broken", [False, True])
def test_a_record_takes_the_place_of_a_pair(with_pairs: Load, name: str, broken: bool) -> None:
    record = DATA["comparisons/alpha-vs-beta.yaml"].replace("[alpha, beta]", "[gamma, alpha]")
    record = record.replace("beta:", "gamma:").replace("relation:", "relations:" if broken else "relation:")
    found = with_pairs(**{name: record.replace("alpha-and-beta-are-one", "other")}).catalogue
    assert list(found.derived) == ["beta-vs-gamma"]


def thing(name: str) -> str:
    return f"{{name: {name}, kind: thing, summary: A thing., facts: {{licence: {{value: MIT}}}}}}"


NAMES = ("a", "b-vs-c", "a-vs-b", "c")
SAME_IDS = {f"technologies__{name}": thing(name.title()) for name in NAMES}
CONFLICT = (
    'technologies/a-vs-b.yaml:1:1: [page-conflict] the pair of "a-vs-b" and "c" has the id "a-vs-b-vs-c", which is '
    "that of {}; it has no page; rename a technology, or write a comparison of the two"
)


@pytest.mark.parametrize("pairs", [(), (("c", "a-vs-b"), ("a-vs-b", "c"))])
def test_two_pairs_of_one_id(with_pairs: Load, pairs: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    loaded = with_pairs(Derive(kinds=("thing",), pairs=pairs), **SAME_IDS)
    assert [str(one).removeprefix(f"{tmp_path}/") for one in loaded.problems] == [CONFLICT.format('"a" and "b-vs-c"')]
    found = loaded.catalogue
    assert found.derived["a-vs-b-vs-c"] == ("a", "b-vs-c")
    assert len(found.derived) == 5
    assert met(found, "a-vs-b", "c") == ("none", "")


def test_a_pair_with_the_id_of_a_record_of_others(with_pairs: Load, tmp_path: Path) -> None:
    record = "{technologies: [alpha, a], relation: layers, summary: S., criteria: [{group: G, rows: [orm]}], reviewed: 2026-11-22}"
    loaded = with_pairs(Derive(pairs=(("a-vs-b", "c"), ("a", "alpha"))), **SAME_IDS, comparisons__a_vs_b_vs_c=record)
    assert [str(one).removeprefix(f"{tmp_path}/") for one in loaded.problems] == [CONFLICT.format('"alpha" and "a"')]
    assert not loaded.catalogue.derived


def test_a_record_of_others_with_the_turned_id_of_a_pair_is_nothing_to_it(with_pairs: Load) -> None:
    record = DATA["comparisons/alpha-vs-beta.yaml"].replace("alpha-and-beta-are-one", "other")
    assert "beta-vs-gamma" in with_pairs(comparisons__gamma_vs_beta=record).catalogue.derived


def test_what_a_pair_is_asked(with_pairs: Load) -> None:
    found = with_pairs().catalogue
    assert query.name(found, "comparison", "alpha-vs-gamma") == "Alpha and Gamma side by side"
    assert query.teaser(found, "alpha-vs-gamma") is None
    assert query.verdict(found, "alpha-vs-gamma") is None
    status = query.status(found, "alpha-vs-gamma")
    assert status
    assert (status.relation, status.reviewed, str(status.oldest)) == (None, None, "2026-11")
    assert [one.id for one in query.misconceptions(found, "alpha-vs-gamma")] == ["alpha-is-slow"]
    assert [one.id for one in query.related(found, "alpha-vs-gamma")] == ["alpha-vs-beta"]
    assert [one.id for one in query.comparisons(found)] == ["alpha-vs-beta"]


def test_a_pair_shows_what_is_known_of_both_first(with_pairs: Load) -> None:
    """The first release, known of Alpha alone, comes after the licence although the vocabulary has it before."""
    text = """
        first-release: {name: First release, definition: The month., type: date, group: Project}
        licence: {name: Licence, definition: The licence., group: Project}
        orm: {name: Database layer, definition: Whether there is one., type: yes-no, group: Data}
        size: {name: Size, definition: The size., type: number, group: Project}
        """
    table = query.comparison_table(with_pairs(criteria=text).catalogue, "alpha-vs-gamma")
    assert table
    rows = [(group.title, [row.criterion.id for row in group.rows]) for group in table.groups]
    assert rows == [("Project", ["licence", "first-release"]), ("Data", ["orm"])]


def test_a_pair_has_the_rows_of_a_round_up_in_its_order_first(with_pairs: Load) -> None:
    def groups(**files: str) -> list[str]:
        table = query.comparison_table(with_pairs(**files).catalogue, "alpha-vs-gamma")
        assert table
        return [group.title for group in table.groups]

    assert groups() == ["Project", "Data"]
    assert groups(comparisons__three=THREE.replace("group: Data", "group: What decides")) == ["What decides", "Project"]


def test_options_of_a_table_hold_for_pairs(with_pairs: Load) -> None:
    selection = Selection(exclude=("licence",), order=Order.NAME, grouped=False)
    table = query.comparison_table(with_pairs().catalogue, "beta-vs-gamma", selection, ("gamma",))
    assert table
    assert [side.id for side in table.sides] == ["gamma"]
    assert [row.criterion.id for row in table.rows] == ["orm", "size"]


def test_texts_of_records_may_refer_to_pairs(with_pairs: Load) -> None:
    text = DATA["technologies/gamma.yaml"].replace("a third one.", "unlike {comparison}`alpha-vs-gamma`.")
    assert with_pairs(technologies__gamma=text).problems == []
    (problem,) = with_pairs(NONE_DERIVED, technologies__gamma=text).problems
    assert "unknown-comparison" in problem.text


def test_a_matrix_tells_for_each_pair_whether_there_is_a_page(with_pairs: Load) -> None:
    found = query.matrix(with_pairs(technologies__empty=EMPTY).catalogue, "web-framework", 12)
    assert [side.name for side in found.sides] == ["Alpha", "Beta", "Empty", "Gamma"]
    first = [(one.existence, one.comparison) for one in found.rows[0]]
    written, derived, none = Existence.WRITTEN, Existence.DERIVED, Existence.NONE
    assert first[1:] == [(written, "alpha-vs-beta"), (none, ""), (derived, "alpha-vs-gamma")]
    assert found.rows[3][0] == found.rows[0][3]


def test_a_matrix_of_many_is_a_list_for_each(with_pairs: Load) -> None:
    found = query.matrix(with_pairs(technologies__empty=EMPTY).catalogue, "web-framework", 3)
    assert found.rows == ()
    alpha = found.lists[0]
    pages = [(other.id, pair_page.comparison) for other, pair_page in alpha.pages]
    assert (pages, alpha.missing) == ([("beta", "alpha-vs-beta"), ("gamma", "alpha-vs-gamma")], 1)


THREE = """
    technologies: [gamma, beta, alpha]
    relation: alternatives
    summary: Three at once.
    criteria: [{group: Data, rows: [orm]}]
    reviewed: 2026-11-22
    """
FOUR = THREE.replace("alpha]", "alpha, empty]")


def met(catalogue: Catalogue, *sides: str) -> tuple[str, str]:
    pair_page = catalogue.pair_page(*sides)
    return pair_page.existence.value, pair_page.comparison


def test_a_round_up_is_not_the_page_of_two_of_its_sides(with_pairs: Load) -> None:
    files = {"comparisons__a_round_up": FOUR, "comparisons__three": THREE, "technologies__empty": EMPTY}
    found = with_pairs(**files).catalogue
    assert met(found, "beta", "alpha") == ("written", "alpha-vs-beta")
    assert met(found, "gamma", "alpha") == ("derived", "alpha-vs-gamma"), "the round-up takes no pair's place"
    assert met(found, "empty", "beta") == ("round-up", "a-round-up")
    assert met(with_pairs(NONE_DERIVED, **files).catalogue, "alpha", "gamma") == ("round-up", "three"), "the smallest"
    assert met(found, "alpha", "alpha") == met(found, "alpha", "nobody") == ("none", "")


def test_a_round_up_with_the_address_of_a_pair_has_it(with_pairs: Load) -> None:
    found = with_pairs(comparisons__alpha_vs_gamma=THREE).catalogue
    assert list(found.derived) == ["beta-vs-gamma"]
    assert met(found, "alpha", "gamma") == ("round-up", "alpha-vs-gamma")


def test_what_follows_from_meetings_agrees_on_round_ups(with_pairs: Load) -> None:
    found = with_pairs(comparisons__three=THREE).catalogue
    (row, *_) = query.matrix(found, "web-framework", 12).rows
    assert [one.existence for one in row[1:]] == [Existence.WRITTEN, Existence.DERIVED]
    assert [id_ for id_, _ in query.derived_pairs(found, "gamma")] == ["alpha-vs-gamma", "beta-vs-gamma"]
    assert [one.id for one in query.related(found, "alpha-vs-gamma")] == ["three", "alpha-vs-beta"]
    assert {one.old: (one.new, one.only) for one in other_addresses(found)} == {
        "beta-vs-alpha": ("alpha-vs-beta", ()),
        "gamma-vs-alpha": ("alpha-vs-gamma", ()),
        "gamma-vs-beta": ("beta-vs-gamma", ()),
    }
    lone = with_pairs(NONE_DERIVED, comparisons__three=THREE).catalogue
    led = {one.old: (one.new, one.only) for one in other_addresses(lone)}
    assert led["alpha-vs-gamma"] == led["gamma-vs-alpha"] == ("three", ("Alpha", "Gamma"))


def test_a_matrix_of_150_has_every_page() -> None:
    big = many()
    found = query.matrix(big, "thing", 12)
    pages = [(one.side.id, other.id, pair_page) for one in found.lists for other, pair_page in one.pages]
    assert len(pages) == 2 * len(big.pair_pages) == 2 * (149 * 148 // 2 + 2)
    assert all(pair_page == big.pair_page(one, other) for one, other, pair_page in pages)
    assert {pair_page.existence for _, _, pair_page in pages} == {*Existence} - {Existence.NONE}
    assert {one.side.id: one.missing for one in found.lists}["t149"] == 147


def test_the_pairs_of_a_technology_are_sorted_by_the_other_side(with_pairs: Load) -> None:
    pairs = query.derived_pairs(with_pairs().catalogue, "gamma")
    assert [(id_, side.name) for id_, side in pairs] == [("alpha-vs-gamma", "Alpha"), ("beta-vs-gamma", "Beta")]
    assert query.derived_pairs(with_pairs(NONE_DERIVED).catalogue, "gamma") == ()


def test_a_round_up_of_very_many_is_the_page_of_no_pair(with_pairs: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the 3,000 sides that a question may find there would be four million pairs."""
    monkeypatch.setattr("sphinx_versus.catalogue.pairs.MOST_PAIRED", 2)
    lone = with_pairs(NONE_DERIVED, comparisons__three=THREE).catalogue
    assert [page.comparison for page in lone.pair_pages.values()] == ["alpha-vs-beta"]


def test_pairs_of_all_round_ups_together_are_bounded(with_pairs: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, pages in ((4, ["three", "three", "alpha-vs-beta"]), (3, ["alpha-vs-beta"])):
        monkeypatch.setattr("sphinx_versus.catalogue.pairs.MOST_PAIRS", most)
        lone = with_pairs(NONE_DERIVED, comparisons__three=THREE).catalogue
        assert sorted(page.comparison for page in lone.pair_pages.values()) == sorted(pages)


def test_pairs_within_a_round_up_of_many_have_no_addresses(with_pairs: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.catalogue.published.MOST_SIDES", 2)
    lone = with_pairs(NONE_DERIVED, comparisons__three=THREE).catalogue
    assert {one.new for one in other_addresses(lone)} == {"alpha-vs-beta"}
