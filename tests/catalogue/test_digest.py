"""Equal answers have equal digests; whatever a reader would see as a change changes the digest."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CATALOGUE
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.digest import digest
from sphinx_versus.catalogue.fields import PartialDate
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.catalogue.views import Side

FILES = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
PAIR = "comparisons/alpha-vs-beta.yaml"

QUESTIONS: Mapping[str, Callable[[Catalogue], Any]] = {
    "table": lambda small: query.comparison_table(small, "alpha-vs-beta"),
    "misconceptions": lambda small: query.misconceptions(small, "alpha-vs-beta"),
    "verdict": lambda small: query.verdict(small, "alpha-vs-beta"),
    "teaser": lambda small: query.teaser(small, "alpha-vs-beta"),
    "status": lambda small: query.status(small, "alpha-vs-beta"),
    "card": lambda small: query.card(small, "alpha"),
    "source": lambda small: query.source(small, "alpha-home"),
    "criteria": query.criteria,
}

Make = Callable[[Mapping[str, str]], Loaded]


def digests(small: Catalogue) -> dict[str, str]:
    return {name: digest(question(small)) for name, question in QUESTIONS.items()}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("technologies/alpha.yaml", "name: Alpha", "# moved\n\n        name: Alpha"),
        ("technologies/alpha.yaml", "kind: web-framework", "kind:   'web-framework'"),
        ("technologies/alpha.yaml", "summary: Alpha is a", "summary: >-\n          Alpha is a"),
        (PAIR, "{group: Data, rows: [orm]}", "group: Data\n            rows:\n              - orm"),
        ("criteria.yaml", "licence:", "\n        licence:"),
    ],
)
def test_moved_lines_and_other_quotes_change_nothing(catalogue: Make, file: str, old: str, new: str) -> None:
    before = digests(catalogue(FILES).catalogue)
    after, problems = catalogue({**FILES, file: FILES[file].replace(old, new, 1)})
    assert problems == []
    assert digests(after) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("technologies/alpha.yaml", "value: MIT", "value: BSD", {"table"}),
        ("technologies/alpha.yaml", 'version: "1.2"', 'version: "1.20"', {"table", "status"}),
        ("technologies/alpha.yaml", "as_of: 2026-11", "as_of: 2026", {"table", "status"}),
        ("technologies/alpha.yaml", "It is part of", "It is no part of", {"table"}),
        ("technologies/alpha.yaml", "as fast as", "faster than", {"misconceptions"}),
        (
            "technologies/alpha.yaml",
            "name: Alpha",
            "name: Alfa",
            {"table", "verdict", "teaser", "status", "card"},
        ),
        ("technologies/alpha.yaml", "first letter", "letter", {"card"}),
        ("technologies/beta.yaml", "Others say 13.", "Others say 14.", {"table"}),
        ("technologies/gamma.yaml", "third one", "fourth one", set()),
        ("sources.yaml", "2026-11-01", "2026-11-03", {"source"}),
        ("criteria.yaml", "name: Licence", "name: License", {"table", "verdict", "criteria"}),
        (PAIR, "[licence, first-release, size]", "[first-release, licence, size]", {"table"}),
        (PAIR, "group: Data", "group: Storage", {"table"}),
        (PAIR, "you want little", "you want less", {"verdict"}),
        (PAIR, "2026-11-22", "2026-11-23", {"status"}),
        (PAIR, "[alpha, beta]", "[beta, alpha]", {"table", "misconceptions", "verdict", "teaser", "status"}),
    ],
)
def test_what_a_reader_would_see_changes_the_digest(
    catalogue: Make, file: str, old: str, new: str, changed: set[str]
) -> None:
    before = digests(catalogue(FILES).catalogue)
    assert old in FILES[file]
    after = digests(catalogue({**FILES, file: FILES[file].replace(old, new, 1)}).catalogue)
    assert {name for name in QUESTIONS if before[name] != after[name]} == changed


class Word(StrEnum):
    YES = "yes"


DIFFERENT: list[Any] = [
    None,
    "",
    "None",
    "1",
    1,
    True,
    False,
    (),
    ("",),
    ("a", "b"),
    ("ab",),
    (("a",), "b"),
    ("a", ("b",)),
    {"a": "b"},
    {"a": ("b",)},
    {"a": {"b": "c"}},
    {"a", "b", "c"},
    Word.YES,
    "yes",
    PartialDate(2026),
    PartialDate(2026, 1),
    Prose("a"),
    Prose("b"),
    Side("a", "b"),
    Side("ab", ""),
    LookupError,
]


def test_different_answers_have_different_digests() -> None:
    for one, other in combinations(DIFFERENT, 2):
        assert digest(one) != digest(other), (one, other)


def test_a_list_is_a_tuple() -> None:
    assert digest(["a", ["b"]]) == digest(("a", ("b",)))


WORDS = st.text(st.characters(exclude_characters="\0"), max_size=3)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.tuples(inner) | st.tuples(inner, inner) | st.dictionaries(WORDS, inner, min_size=1, max_size=2),
    max_leaves=6,
)


@given(TREES, TREES)
def test_digests_tell_trees_apart(one: Any, other: Any) -> None:
    def told(tree: Any) -> Any:
        """The tree with its types, and without the difference between a tuple and the mapping of its positions."""
        if isinstance(tree, tuple):
            return [(str(position), told(value)) for position, value in enumerate(tree)]
        if isinstance(tree, dict):
            return [(key, told(value)) for key, value in tree.items()]
        return type(tree), tree

    assert (digest(one) == digest(other)) is (told(one) == told(other))


def test_the_digest_is_the_same_in_every_process() -> None:
    code = "from sphinx_versus.catalogue.digest import digest; print(digest(({'b', 'a', 'c'}, 'x', 1)))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
