"""A question is asked again when, and only when, something that it looked at has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CATALOGUE, write_files
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.views import Selection
from sphinx_versus.catalogue.watch import Part, asked_again, state, watched

FILES = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
IDS = ("alpha", "beta", "gamma", "delta")
COMPARISONS = ("alpha-vs-beta", "alpha-vs-gamma", "none")

QUESTIONS: list[tuple[str, tuple[Any, ...]]] = [
    *(("card", (id_,)) for id_ in IDS),
    *(("name", ("technology", id_)) for id_ in IDS),
    *(("outline", ("technology", id_)) for id_ in IDS),
    *(("synonyms", ("technology", id_)) for id_ in IDS),
    *(("derived_pairs", (id_,)) for id_ in IDS),
    *(("misconceptions_about", ((id_,),)) for id_ in IDS),
    *((name, (id_,)) for id_ in COMPARISONS for name in ("comparison_table", "verdict", "status", "teaser", "related")),
    *(("misconceptions", (id_,)) for id_ in COMPARISONS),
    *(("outline", ("comparison", id_)) for id_ in COMPARISONS),
    *(("name", ("comparison", id_)) for id_ in COMPARISONS),
    ("comparison_table", ("alpha-vs-beta", Selection(differences_only=True))),
    ("technologies_table", (("alpha", "gamma"),)),
    ("sides", (("alpha", "delta"),)),
    ("misconceptions", ()),
    ("misconceptions", ("", ("alpha", "beta"))),
    ("misconceptions", ("", (), "web-framework")),
    ("misconception", ("alpha-is-slow",)),
    ("fact", ("beta", "orm")),
    ("criterion", ("orm",)),
    ("criteria", ()),
    ("source", ("alpha-home",)),
    ("comparisons", ()),
    ("comparisons", ("", "alpha")),
    ("comparisons", ("database",)),
    ("technologies", ()),
    ("technologies", ("web-framework",)),
    ("matrix", ("web-framework", 10)),
    ("kinds", (2,)),
]


def looked_at(catalogue: Catalogue, name: str, args: tuple[Any, ...]) -> tuple[str, Mapping[Part, str]]:
    """The digest of an answer, and the states of what it follows from."""
    answer, parts = asked_again(catalogue, getattr(query, name), args)
    return answer, {part: state(catalogue, part) for part in parts}


@pytest.fixture
def small(catalogue: Callable[[Mapping[str, str]], Loaded]) -> Callable[[str, str, str], Catalogue]:
    """The small catalogue, with a text replaced in a file."""

    def edited(file: str = "criteria.yaml", old: str = "", new: str = "") -> Catalogue:
        return catalogue({**FILES, file: FILES[file].replace(old, new) if old else FILES[file]}).catalogue

    return edited


@pytest.mark.parametrize(("name", "args"), QUESTIONS)
def test_the_answer_is_that_of_the_catalogue_itself(small: Callable[..., Catalogue], name: str, args: Any) -> None:
    catalogue, question = small(), getattr(query, name)
    try:
        answer, parts = watched(catalogue, question, *args)
    except LookupError:
        with pytest.raises(LookupError):
            question(catalogue, *args)
    else:
        assert answer == question(catalogue, *args)
        assert parts or args == ("", (), "")


@pytest.mark.parametrize(
    ("name", "args", "parts"),
    [
        ("card", ("alpha",), {("technologies", "alpha")}),
        ("name", ("technology", "delta"), {("heads", "delta")}),
        ("sides", (("alpha",),), {("heads", "alpha")}),
        ("fact", ("beta", "orm"), {("technologies", "beta"), ("criteria", "orm")}),
        ("criteria", (), {("criteria", None)}),
        ("misconceptions_about", (("alpha",),), {("misconceptions_by_technology", "alpha"), ("misconceptions", None)}),
    ],
)
def test_what_a_question_looks_at(small: Callable[..., Catalogue], name: str, args: Any, parts: set[Part]) -> None:
    found = watched(small(), getattr(query, name), *args)[1]
    assert {part if part[0] != "misconceptions" else ("misconceptions", None) for part in found} == parts


@pytest.mark.parametrize(
    ("file", "old", "new", "asked"),
    [
        ("technologies/beta.yaml", "Through an extension.", "With an extension.", "card comparison_table fact"),
        ("technologies/beta.yaml", "name: Beta", "name: Bette", "teaser sides name verdict comparisons"),
        ("sources.yaml", "Alpha home page", "Alpha's home", "source"),
        ("criteria.yaml", "name: Licence", "name: License", "comparison_table criteria verdict"),
    ],
)
def test_what_is_asked_again(small: Callable[..., Catalogue], file: str, old: str, new: str, asked: str) -> None:
    before, after = small(), small(file, old, new)
    again = set()
    for name, args in [*QUESTIONS, ("sides", (("beta",),))]:
        _, states = looked_at(before, name, args)
        if any(state(after, part) != then for part, then in states.items()):
            again.add(name)
    assert set(asked.split()) <= again
    everywhere = {"source", "criteria", "teaser", "related", "matrix", "kinds"} - set(asked.split())
    if "Bette" not in new:
        assert not everywhere & again


EDITS = st.tuples(
    st.sampled_from(sorted(FILES)),
    st.sampled_from(
        [
            *(("Alpha", "Zeta"), ("beta", "gamma"), ("orm", "licence"), ("yes", "perhaps"), ("partial", "no")),
            *(("alpha-home", "nowhere"), ("web-framework", "database"), ("MIT", "BSD"), ("summary:", "sumary:")),
            *(("type: yes-no", "type: number"), ("group: Data", "group: Project"), ("facts:", "# a remark\nfacts:")),
            *(
                ("relation: alternatives", "relation: layers"),
                ("is slow", "is quick"),
                ("alpha-is-slow", "alpha-is-old"),
            ),
        ]
    ),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_an_answer_changes_only_with_what_was_looked_at(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, tuple[str, str], bool]]
) -> None:
    folder = tmp_path_factory.mktemp("data")
    before = load(write_files(folder, FILES)).catalogue
    for name, (old, new), keep in edits:
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new) if keep else "", encoding="utf-8")
    after = load(folder).catalogue
    for name, args in QUESTIONS:
        answer, states = looked_at(before, name, args)
        if all(state(after, part) == then for part, then in states.items()):
            assert asked_again(after, getattr(query, name), args)[0] == answer, (name, args)


def test_a_fact_that_does_not_fit_any_more(small: Callable[..., Catalogue]) -> None:
    """What a record holds may change although its file does not: the criterion wants another type of value."""
    part = ("technologies", "alpha")
    assert state(small(), part) != state(small("criteria.yaml", "type: yes-no", "type: number"), part)
