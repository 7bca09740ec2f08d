"""Values by their meaning: what is equal, what comes first, what is shown, and what is no value of a criterion."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.digest import digest
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.catalogue.model import Criterion, Fact
from sphinx_versus.catalogue.rules import advice
from sphinx_versus.catalogue.values import (
    ANSWERS,
    INFINITE,
    Quantity,
    comparison_key,
    entries_of,
    is_within,
    joined,
    meaning_of,
    misfit,
    split_list,
    typed_list,
)
from sphinx_versus.catalogue.views import Selection, State, Table
from sphinx_versus.components import i18n

Make = Callable[[Mapping[str, str]], Loaded]

LICENCES = {
    "mit": "MIT",
    "apache-2": {"label": "Apache-2.0", "synonyms": ["ASL 2"], "definition": "The second version."},
    "gpl": None,
}


def criterion(**fields: Any) -> Criterion:
    if "values" in fields:
        fields["values"] = {id_: one or {} for id_, one in fields["values"].items()}
    return Criterion.model_validate({"@id": "c", "name": "C", "definition": "What?", **fields})


ONE_OF = criterion(type="one-of", values=LICENCES)
LIST = criterion(type="list", values=LICENCES)
VERSION = criterion(type="version")
SCORE = criterion(type="score", scale={"1": "bad", "3": "good", "2": "fair"})


def shown(asked: Criterion, value: str, language: str = "en") -> str:
    return i18n.meaning(asked, meaning_of(asked, value), language)


@pytest.mark.parametrize(
    ("typed", "unit", "words", "exact"),
    [
        ("12", "", "12", "12"),
        ("-3.50", "", "-3.50", "-3.5"),
        ("+1", "", "1", "1"),
        ("1e3", "", "1,000", "1000"),
        ("1e-06", "$", "$0.000001", "0.000001"),
        ("1e99", "", "1e99", "1" + "0" * 99),
        ("1e99 k", "MB", "1e102 MB", "1" + "0" * 102),
        ("1.5e3k", "", "1,500,000", "1500000"),
        ("\u22125", "", "-5", "-5"),
        ("\u22125\u2212\u22123", "", "-5–-3", "-5"),
        ("1\u22125", "", "1–5", "1"),
        ("€7", "€", "€7", "7"),
        ("about € 7k", "€", "about €7,000", "7000"),
        ("≤ $5", "$", "≤ $5", "5"),
        ("-€2", "€", "€-2", "-2"),
        ("€1–€5", "€", "€1–5", "1"),
        ("1200", "MB", "1,200 MB", "1200"),
        ("1,200", "", "1,200", "1200"),
        ("1 234 567.5", "", "1,234,567.5", "1234567.5"),
        ("1.234", "", "1.234", "1.234"),
        ("unlimited", "MB", "Unlimited", INFINITE),
        ("∞", "", "Unlimited", INFINITE),
        ("<= 5", "", "≤ 5", "5"),
        ("5+", "", "≥ 5", "5"),
        ("10+ MB", "MB", "≥ 10 MB", "10"),
        ("35k+", "", "≥ 35,000", "35000"),
        ("63.546 ± 0.003", "u", "63.546 ± 0.003 u", "63.546"),
        ("1,200 +/- 5 ms", "s", "1,200 ± 5 ms", "1.2"),
        ("15 min", "s", "15 min", "900"),
        ("90 minutes", "h", "90 minutes", "1.5"),
        ("7 days", "d", "7 days", "7"),
        ("36 h", "day", "36 h", "1.5"),
        ("2 ms", "min", "2 ms", "0.00003333333333333333333333333333"),
        ("3 EB", "GB", "3 EB", "3000000000"),
        ("at least 1000", "", "≥ 1,000", "1000"),
        ("About 5", "", "about 5", "5"),
        ("~5k", "", "about 5,000", "5000"),
        ("1-5", "", "1–5", "1"),
        ("1 to 1000", "ms", "1–1,000 ms", "1"),
        ("12 MB", "MB", "12 MB", "12"),
        ("1.5 GB", "MB", "1.5 GB", "1500"),
        ("1GiB", "MiB", "1 GiB", "1024"),
        ("2000 ms", "s", "2,000 ms", "2"),
        ("35k", "stars", "35,000 stars", "35000"),
        ("5 m", "m", "5 m", "5"),
        ("50%", "%", "50 %", "50"),
        ("0.5×", "×", "0.5×", "0.5"),
        ("≤ 2x", "×", "≤ 2×", "2"),
        ("2", "×", "2×", "2"),
        ("1.25 × input price", "× input price", "1.25 × input price", "1.25"),
        ("1.25x input price", "× input price", "1.25 × input price", "1.25"),
        ("2-3x", "x", "2–3 x", "2"),
        ("3:1", ":1", "3:1", "3"),
        ("about 1 : 4", ":1", "about 1:4", "0.25"),
        ("3", ":1", "3:1", "3"),
        ("9" * 30, "", ",".join(["999"] * 10), "9" * 30),
        (" ".join(["999"] * 400), "", ",".join(["999"] * 400), "999" * 400),
        (f"{'9' * 30} GB", "MB", f"{','.join(['999'] * 10)} GB", "9" * 30 + "000"),
        (f"0.{'3' * 30}k", "", f"333.{'3' * 27}", f"333.{'3' * 27}"),
        (".25", "", "0.25", "0.25"),
        ("1.42 million", "", "1,420,000", "1420000"),
        ("$4.8 trillion", "$", "$4,800,000,000,000", "4800000000000"),
        ("2 thousand MB", "GB", "2,000 MB", "2"),
        ("less than 3", "", "< 3", "3"),
        ("over 1 billion", "", "> 1,000,000,000", "1000000000"),
        ("ca. 5", "", "about 5", "5"),
        ("15 percent", "%", "15 %", "15"),
        ("1 kB", "PiB", "1 kB", "0.00000000000088817841970012523233890533447265625"),
    ],
)  # fmt: skip
def test_numbers(typed: str, unit: str, words: str, exact: str) -> None:
    asked = criterion(type="number", unit=unit or None)
    assert (shown(asked, typed), meaning_of(asked, typed).exact) == (words, exact)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        *((typed, "") for typed in ("", "NaN", "Infinity", "1,00", "1.", "\uff11\uff12", "12 MB", "1e9999")),
        *((typed, "") for typed in ("5-1", "5-5", "≤ 1-5", "1-2-3", "about", "12, 13", "1,5", "k")),
        *((typed, "MB") for typed in ("12 s", "2 millions", "million MB", "12 MBB", "12 MB!", "12 B MB", "3:1", "2×")),
        *((typed, "€") for typed in ("5€7", "$7", "€")),
        *((typed, ":1") for typed in ("3:0", "3:x", "3:1:1", "3 MB", ":1")),
        *((typed, "×") for typed in ("2 xy", "2 × price")),
    ],
)  # fmt: skip
def test_what_is_no_number(typed: str, unit: str) -> None:
    assert re.match("expected|did you mean", str(misfit(criterion(type="number", unit=unit or None), typed)))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1,234,567.50"), ("de", "1.234.567,50"), ("hi", "12,34,567.50"), ("de_CH", "1’234’567.50")],
)
def test_numbers_are_written_as_in_the_language(language: str, words: str) -> None:
    assert shown(criterion(type="number"), "1234567.50", language) == words


@pytest.mark.parametrize(
    ("asked", "one", "other", "is_same"),
    [
        (criterion(type="number"), "12", "12.0", True),
        (criterion(type="number"), "12", "12.1", False),
        (criterion(type="number"), "about 12", "12", True),
        (criterion(type="number"), "≤ 12", "12", False),
        (criterion(type="number"), "≤ 12", "<=12", True),
        (criterion(type="number"), "1-5", "1 to 5", True),
        (criterion(type="number"), "1-5", "1", False),
        (criterion(type="number"), "unlimited", "∞", True),
        (criterion(type="number", unit="MB"), "1.5 GB", "1500", True),
        (criterion(type="number", unit="MB"), "1 GiB", "1 GB", False),
        (criterion(type="number", unit=":1"), "2:6", "1:3", True),
        (criterion(type="number", unit=":1"), "1:3", "3:1", False),
        (criterion(type="number", unit="×"), "2", "2x", True),
        (ONE_OF, "Apache 2.0", "apache-2.0", True),
        (ONE_OF, "asl_2", "apache-2", True),
        (ONE_OF, "MIT", "GPL", False),
        (LIST, "MIT, gpl", "GPL,mit, MIT", True),
        (LIST, "MIT, gpl", "MIT", False),
        (criterion(type="list"), "HTTP/2, gRPC", "grpc, http/2", True),
        (criterion(type="list"), "HTTP/2, gRPC", "grpc", False),
        (SCORE, "2", "2.0", True),
        (criterion(type="date"), "2005", "2005-07", False),
        (criterion(), "12", "12.0", False),
        (VERSION, "3.0", "3", True),
        (VERSION, "v3.1 (LTS)", "3.1", True),
        (VERSION, "3.1", "3.10", False),
        (VERSION, "3.1rc1", "3.1", False),
        (VERSION, "Java 17", "17", False),
    ],
)
def test_what_is_the_same(asked: Criterion, one: str, other: str, is_same: bool) -> None:
    keys = {comparison_key(asked, Fact(value=value)) for value in (one, other)}
    assert len(keys) == 2 - is_same


@pytest.mark.parametrize(
    ("asked", "value", "words", "exact"),
    [
        (ONE_OF, "asl 2", "Apache-2.0", "#0002"),
        (ONE_OF, "GPL", "gpl", "#0003"),
        (LIST, "gpl, mit", "MIT, gpl", ""),
        (criterion(type="list"), "b , a,b", "b, a", ""),
        (SCORE, "3", "3 of 3 (good)", "3"),
        (SCORE, "2.50", "2.50 of 3", "2.5"),
        (criterion(type="date"), "2005-07", "July 2005", "2005-07"),
        (criterion(), "1,200", "1,200", ""),
        (VERSION, "22.04 LTS", "22.04 LTS", "#000000022.000000004!"),
        (criterion(type="one-of"), "anything", "anything", ""),
    ],
)
def test_what_is_shown_and_sorted(asked: Criterion, value: str, words: str, exact: str) -> None:
    assert (shown(asked, value), meaning_of(asked, value).exact) == (words, exact)


def test_versions_are_in_order() -> None:
    versions = ["2", "3.0a1", "3.0-rc.1", "3.0", "3.0.1", "3.9", "3.10", "10"]
    turned = versions[::-1]
    assert sorted(turned, key=lambda one: meaning_of(VERSION, one).exact) == versions


@pytest.mark.parametrize(
    ("asked", "value", "expected"),
    [
        (ONE_OF, "Apache-2", ""),
        (ONE_OF, "Apache-1.0", "expected one of: Apache-2.0, MIT, gpl"),
        (ONE_OF, "MIT, gpl", "expected one of: Apache-2.0, MIT, gpl"),
        (LIST, "MIT, other", "expected one of: Apache-2.0, MIT, gpl"),
        (LIST, ",", "expected words with commas between them"),
        (SCORE, "4", "expected a number from 1 to 3"),
        (VERSION, "the latest", "expected a version such as 3.10 or 22.04 LTS"),
        (VERSION, "12345678901", "expected a version such as 3.10 or 22.04 LTS"),
        (SCORE, "-1", "expected a number from 1 to 3"),
        (criterion(type="yes-no"), "Yes", 'did you mean "yes"?'),
        *((criterion(type="yes-no"), one, "") for one in ANSWERS),
    ],
)
def test_what_is_no_value_of_a_criterion(asked: Criterion, value: str, expected: str) -> None:
    assert str(misfit(asked, value)) == expected


# -- technologies as values


BUILT = "built-on: {name: Built on, definition: Which., type: technologies}"


def built(value: str, name: str = "A") -> str:
    return technology(f"{{built-on: {{value: '{value}', statements: [{{when: once, value: b}}]}}}}", name)


@pytest.fixture
def stack(catalogue: Make) -> Callable[..., Loaded]:
    def make(value: str, other: str = "", **more: str) -> Loaded:
        files = {f"technologies/{id_}.yaml": technology("{}", name) for id_, name in {"b": "Bee", "c": "Sea"}.items()}
        files |= {"technologies/a.yaml": built(value), "criteria.yaml": BUILT}
        files |= {"technologies/d.yaml": built(other, "D")} if other else {}
        return catalogue({**files, **more})

    return make


@pytest.mark.parametrize(
    ("value", "words"), [("c, b", "Sea, Bee"), ("Sea,c", "Sea"), ("BEE", "Bee"), ("d-d", ""), (", ", "")]
)
def test_technologies_are_values(stack: Callable[..., Loaded], value: str, words: str) -> None:
    loaded = stack(value)
    (row,) = query.technologies_table(loaded.catalogue, ("a",), Selection(criteria=("built-on",))).rows
    assert i18n.value(row.criterion, row.cells[0], "en") == (words or "Not assessed")
    expected = {"d-d": ["unknown-technology"], ", ": ["invalid-value"]}.get(value, [])
    assert [problem.code.value for problem in loaded.problems] == expected


def test_an_unknown_technology_has_the_nearest_name(stack: Callable[..., Loaded]) -> None:
    more = {"technologies/starlette.yaml": technology("{}", "Starlette"), "technologies/broken.yaml": "kind: k"}
    loaded = stack("b, starlete, broken", **more)
    reported = [problem.text for problem in loaded.problems if problem.code.value == "unknown-technology"]
    assert reported == ['[unknown-technology] "starlete" is not a technology; did you mean "starlette"?']
    assert not loaded.catalogue.technologies["a"].facts


@pytest.mark.parametrize(("one", "other", "differs"), [("b, c", "Sea, b", False), ("b", "b, c", True)])
def test_technologies_are_compared_as_a_set(stack: Callable[..., Loaded], one: str, other: str, differs: bool) -> None:
    (row,) = query.technologies_table(stack(one, other).catalogue, ("a", "d")).rows
    assert row.differs is differs


def test_a_row_depends_on_the_technologies_that_it_names(stack: Callable[..., Loaded]) -> None:
    """And the vocabulary on none."""
    before, after = (stack("b", **{"technologies/c.yaml": technology("{}", name)}) for name in ("Sea", "Ocean"))
    answers = [
        digest(query.technologies_table(loaded.catalogue, ("a",))) + digest(query.criteria(loaded.catalogue))
        for loaded in (before, after, stack("b", **{"technologies/b.yaml": technology("{}", "Wasp")}))
    ]
    assert answers[0] == answers[1] != answers[2]
    assert digest(query.fact(before.catalogue, "a", "built-on")) == digest(query.fact(after.catalogue, "a", "built-on"))


def test_sides_are_chosen_by_technologies(stack: Callable[..., Loaded]) -> None:
    comparison = """
        sides: {kind: k, where: {built-on: c}}
        relation: alternatives
        summary: S
        criteria: [{group: G, rows: [built-on]}]
        reviewed: 2026-11-22
        """
    loaded = stack("b, c", "c", **{"comparisons/x.yaml": textwrap.dedent(comparison)})
    assert loaded.problems == []
    assert loaded.catalogue.comparisons["x"].technologies == ("a", "d")


def test_the_case_of_a_unit_matters() -> None:
    """A number directly before one or two letters is one; in all other words the case does not matter."""
    asked = criterion(
        type="one-of", values={"minute": {"label": "1m"}, "million": {"label": "1M"}, "byte": {"label": "1.5 8GB"}}
    )
    assert [meaning_of(asked, word).exact for word in ("1m", "1M", "1.5 8GB")] == ["#0001", "#0002", "#0003"]
    assert "8GB" in str(misfit(asked, "1.5 8Gb"))
    words = criterion(type="list")

    def same(one: str, other: str) -> bool:
        return meaning_of(words, one).key == meaning_of(words, other).key

    assert not any(same(*pair) for pair in (("1m", "1M"), ("to 1.5m", "to 1.5M"), ("up-to-8Gb", "up-to-8GB")))
    assert all(
        same(*pair)
        for pair in (("HTTP2", "http2"), ("H2C", "h2c"), ("4 K", "4-k"), ("100kbit", "100Kbit"), ("1M Yes", "1M yes"))
    )


def test_an_id_is_never_another_name() -> None:
    asked = criterion(type="list", values={"a": {"label": "B"}, "b": {"label": "C", "synonyms": ["A"]}})
    assert [asked.option_by_word[word].id for word in "abc"] == ["a", "b", "b"]


# -- since a version, and not applicable


CRITERIA = """
    support: {name: Support, definition: Whether it is supported., type: yes-no}
    release: {name: Release, definition: Since when it is supported., type: yes-no, compare: version}
    """


def technology(facts: str, name: str = "X") -> str:
    return f"name: {name}\nkind: k\nsummary: S\nfacts:\n  {facts}\n"


@pytest.fixture
def table(catalogue: Make) -> Table:
    same = "{support: {value: yes, since: '%s'}, release: {value: yes, since: '%s'}}"
    loaded = catalogue(
        {
            "criteria.yaml": CRITERIA,
            "technologies/a.yaml": technology(same % (1, 1), "A"),
            "technologies/b.yaml": technology(same % (2, 2), "B"),
            "technologies/c.yaml": technology("{support: {not_applicable: true, note: It has none.}}"),
        }
    )
    assert loaded.problems == []
    return query.technologies_table(loaded.catalogue, ("a", "b", "c"))


def test_versions_make_a_difference_only_where_the_criterion_asks_for_them(table: Table) -> None:
    assert [row.differs for row in table.rows] == [False, True]


def test_not_applicable_is_a_state_of_its_own(table: Table) -> None:
    support, release = (row.cells[2] for row in table.rows)
    assert (support.state, support.known, support.applies, support.is_open) == (
        State.NOT_APPLICABLE,
        False,
        False,
        False,
    )
    assert (release.state, release.known, release.applies, release.is_open) == (State.NOT_ASSESSED, False, True, True)
    assert [row.applies_to_all for row in table.rows] == [False, True]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ("support: {not_applicable: true}", "needs-note"),
        ("support: {not_applicable: true, value: no, note: N}", "invalid-value"),
        ("support: {not_applicable: maybe, note: N}", "invalid-value"),
        ("support: {value: yes, statements: [{when: on Linux, value: maybe}]}", "invalid-value"),
        ("support: {value: yes, statements: [{when: on Linux, value: partial}]}", "needs-note"),
        ("support: {value: yes, statements: [{when: on Linux, value: no, sources: [nothing]}]}", "unknown-source"),
        ("support: {value: yes, statements: [{when: on Linux}]}", "missing-key"),
        ("support: {value: yes, statements: [{when: on Linux, value: no, not_applicable: true}]}", "invalid-value"),
        ("support: {value: yes, statements: [{not_applicable: true}]}", "missing-key"),
        ("support: {statements: [{when: X, value: no}, {when: x, not_applicable: true}]}", "duplicate-entry"),
        ("support: {value: yes, sinec: 5}", "unknown-key"),
    ],
)  # fmt: skip
def test_mistakes(catalogue: Make, facts: str, codes: str) -> None:
    loaded = catalogue({"criteria.yaml": CRITERIA, "technologies/a.yaml": technology(facts)})
    assert [problem.code.value for problem in loaded.problems] == codes.split()


def test_a_statement_that_does_not_fit_costs_itself(catalogue: Make) -> None:
    facts = "support: {value: yes, statements: [{value: maybe, when: V}, {value: no, when: W}, {note: N}]}"
    loaded = catalogue({"criteria.yaml": CRITERIA, "technologies/a.yaml": technology(facts)})
    assert len(loaded.problems) == 2
    left = loaded.catalogue.technologies["a"].facts["support"].statements
    assert [(one.value, one.when) for one in left] == [("no", "W"), (None, None)]


@pytest.mark.parametrize(
    "typed", ["2.84e-27", "2.84×10^-27", "2.84 x 10^-27", "2.84×10⁻²⁷", "2.84 · 10^\u221227", "2.84*10⁻²⁷"]
)
def test_powers_of_ten(typed: str) -> None:
    criterion = Criterion.model_validate({"@id": "c", "name": "C", "definition": "D", "type": "number"})
    assert meaning_of(criterion, typed).exact == meaning_of(criterion, "2.84e-27").exact
    assert misfit(criterion, "2.84×10-27")  # a raised number that lost its place


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("type: one-of", "missing-key"),
        ("type: score", "missing-key"),
        ("type: score, scale: {x: bad}", "invalid-value"),
        ("type: one-of, values: {a: A, b: {label: B, synonyms: [a]}}", "duplicate-entry"),
        ("type: one-of, values: {a: [A], b: B}", "wrong-type"),
        ("type: one-of, values: {a: {labell: A}, b: B}", "unknown-key"),
        ("type: technologies, values: {a: A}", "invalid-value"),
        ("compare: versions", "invalid-value"),
    ],
)  # fmt: skip
def test_mistakes_of_criteria(catalogue: Make, fields: str, codes: str) -> None:
    files = {
        "criteria.yaml": f"c: {{name: C, definition: What?, {fields}}}",
        "technologies/a.yaml": technology("{c: {value: a}}"),
    }
    assert [problem.code.value for problem in catalogue(files).problems] == codes.split()


# -- releases

RELEASES = """
    releases:
      - {version: "5.2", date: 2025-04, supported_until: 2028-04}
      - {version: "6.0", date: 2025-12}
      - {version: "4.1", date: 2022-08, supported_until: 2023-12}
      - {version: "4.10", date: 2024, supported_until: 2029}
      - {version: next}
    """


@pytest.mark.parametrize(
    ("version", "is_outdated"),
    [("4.1", True), ("4.1.7", True), ("4.10", False), ("5.2.1", False), ("6.0", False), ("3", False), ("", False)],
)
def test_a_fact_is_outdated_when_its_version_had_no_support_any_more(
    catalogue: Make, version: str, is_outdated: bool
) -> None:
    facts = "{support: {value: yes%s}}" % (f', version: "{version}"' if version else "")
    text = technology(facts) + textwrap.dedent(RELEASES)
    loaded = catalogue({"criteria.yaml": CRITERIA, "technologies/a.yaml": text})
    assert loaded.problems == []
    current = loaded.catalogue.technologies["a"].current
    assert current
    assert current.version == "6.0"
    assert query.technologies_table(loaded.catalogue, ("a",)).rows[0].cells[0].is_outdated is is_outdated
    advised = [problem.code.value for problem in advice(loaded.catalogue)]
    assert advised == ["outdated-facts"] * is_outdated


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("releases: [{date: 2025}]", "missing-key"),
        ("releases: [{version: 5, date: May}]", "invalid-value"),
        ("links: [{label: L}]", "missing-key"),
        ("links: [{label: L, url: 'javascript:x'}]", "invalid-value"),
        ("status: dead", "invalid-value"),
        ("status: discontinued", ""),
    ],
)
def test_mistakes_of_technologies(catalogue: Make, fields: str, codes: str) -> None:
    loaded = catalogue({"technologies/a.yaml": f"name: A\nkind: k\n{fields}\n"})
    assert [problem.code.value for problem in loaded.problems] == codes.split()


# -- criteria


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("parent: b", "tags: [x, y]", ""),
        ("parent: c", "status: stable", "unknown-criterion"),
        ("parent: a", "status: deprecated", "invalid-value"),
        ("parent: b", "parent: a", "invalid-value invalid-value"),
        ("status: old", "specification: here", "invalid-value invalid-value"),
    ],
)
def test_mistakes_between_criteria(catalogue: Make, a: str, b: str, codes: str) -> None:
    text = "\n".join(f"{id_}: {{name: N{id_}, definition: D, {fields}}}" for id_, fields in (("a", a), ("b", b)))
    assert [problem.code.value for problem in catalogue({"criteria.yaml": text}).problems] == codes.split()


@pytest.mark.parametrize(
    ("a", "b", "is_one"),
    [
        ("type: text", "type: text", True),
        ("kinds: [k, m]", "kinds: [l, m]", True),
        ("kinds: [k]", "type: text", True),
        ("kinds: [k]", "kinds: [l]", False),
        ("group: G", "group: H", False),
        ("parent: c", "type: text", False),
    ],
)
def test_two_criteria_of_one_name(catalogue: Make, a: str, b: str, is_one: bool) -> None:
    """Where both stand under one heading, readers cannot tell them apart."""
    files = {f"technologies/{kind}.yaml": f"name: {kind}\nkind: {kind}\n" for kind in "klm"}
    text = (
        f"c: {{name: C, definition: D}}\na: {{name: One, definition: D, {a}}}\nb: {{name: one, definition: D, {b}}}\n"
    )
    expected = ['[duplicate-title] "one" is the name of "a" as well; merge the two records, or rename one'] * is_one
    assert [problem.text for problem in catalogue({**files, "criteria.yaml": text}).problems] == expected


def test_a_row_may_be_shown_only_when_answers_differ(catalogue: Make) -> None:
    comparison = """
        technologies: [a, b]
        relation: alternatives
        summary: S
        criteria: [{group: G, rows: [same, other, cited]}]
        verdict: {choose: {a: [{when: w, because: [cited]}], b: [{when: v, because: [cited]}]}}
        reviewed: 2026-11-01
        """
    fields = "definition: D, only_when_different: true"
    loaded = catalogue(
        {
            "criteria.yaml": "\n".join(f"{id_}: {{name: {id_}, {fields}}}" for id_ in ("same", "other", "cited")),
            "technologies/a.yaml": technology("{same: {value: x}, other: {value: x}, cited: {value: x}}"),
            "technologies/b.yaml": technology("{same: {value: x}, other: {value: y}, cited: {value: x}}", "Y"),
            "comparisons/a-vs-b.yaml": comparison,
        }
    )
    assert [problem.code.value for problem in loaded.problems] == []

    def rows(table: Table | None) -> list[str]:
        assert table
        return [row.criterion.id for row in table.rows]

    assert rows(query.comparison_table(loaded.catalogue, "a-vs-b")) == ["other", "cited"]
    assert rows(query.comparison_table(loaded.catalogue, "a-vs-b", Selection(criteria=("same",)))) == ["same"]
    assert rows(query.technologies_table(loaded.catalogue, ("a", "b"))) == ["other"]
    assert rows(query.technologies_table(loaded.catalogue, ("a",))) == ["same", "other", "cited"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a, b ,, c", ["a", "b", "c"]),
        ("a (b, c), d [e, f]", ["a (b, c)", "d [e, f]"]),
        ("a, b; c", ["a, b", "c"]),
        ("a;", ["a"]),
        ("a (b, c", ["a (b", "c"]),
        (", ;", []),
    ],
)
def test_words_of_a_list_may_have_commas(value: str, words: list[str]) -> None:
    assert split_list(value) == words
    assert split_list(joined(words)) == words


def test_words_in_brackets_qualify_an_entry(stack: Callable[..., Loaded]) -> None:
    loaded = stack("c (24.4%), Bee (an observer)")
    assert loaded.problems == []
    (row,) = query.technologies_table(loaded.catalogue, ("a",), Selection(criteria=("built-on",))).rows
    assert i18n.value(row.criterion, row.cells[0], "en") == "Sea (24.4%), Bee (an observer)"
    asked = loaded.catalogue.criteria["built-on"]
    assert meaning_of(asked, "c (24.4%)").key == meaning_of(asked, "Sea").key
    assert is_within(meaning_of(asked, "c (24.4%), b"), meaning_of(asked, "sea"))
    assert entries_of(asked, "c (24.4%), b") == ["Sea", "Bee"]
    named = criterion(type="list", values={"one": "H (1.1)", "two": "H (2)"})
    assert shown(named, "H (2), H (1.1)") == "H (1.1), H (2)"
    assert stack("c (1), c (2)").problems == []  # an entry twice, with other words each time
    assert [one.message for one in stack("c (1), c (1)").problems] == ['"c (1)" stands twice in this list']


def test_words_in_brackets_qualify_a_number() -> None:
    asked = criterion(type="number", unit="g/kg")
    assert shown(asked, "1.51 (1.06–2.41)") == "1.51 g/kg (1.06–2.41)"
    assert meaning_of(asked, "28.0 g/kg (at take-off)").key == meaning_of(asked, "28").key
    assert misfit(asked, "(at take-off)")
    assert misfit(asked, "1 (a) (b)")


def test_a_list_may_be_known_to_be_empty_and_a_choice_be_qualified() -> None:
    named = criterion(type="list", values={"one": "One"})
    assert shown(named, "none") == "none"
    assert entries_of(named, "None") == ["None"]
    assert meaning_of(named, "None").key == meaning_of(criterion(type="list"), "none").key
    assert shown(criterion(type="list", values={"none": "No entry"}), "none") == "No entry"
    choice = criterion(type="one-of", values={"one": "One", "two": "Two (b)"})
    assert (shown(choice, "one (a)"), shown(choice, "two (b)")) == ("One (a)", "Two (b)")
    assert meaning_of(choice, "one (a)").key == meaning_of(choice, "One").key
    assert meaning_of(choice, "one (a)").exact == meaning_of(choice, "One").exact


@pytest.mark.parametrize(
    ("words", "upper"), [("1-5", "5"), ("2 ± 0.5", "2.5"), ("≤ 5", ""), ("5+", ""), ("5", ""), ("unlimited", "")]
)
def test_the_upper_end_of_a_range(words: str, upper: str) -> None:
    found = meaning_of(criterion(type="number"), words)
    assert isinstance(found, Quantity)
    assert found.upper == upper


@pytest.mark.parametrize(
    "words", [["a"], ["a, b"], ["a, b", "c"], ["a (b, c)", "d"], ["a, b; c", "d"], ["a; b", "c"], []]
)
def test_a_typed_list_has_its_entries(words: list[str]) -> None:
    assert split_list(typed_list(words)) == [word.replace(";", ",") for word in words]


@pytest.mark.parametrize("typed", ["le\u017fs than 5", "c\u0131rca 5", "at lea\u017ft 5"])
def test_letters_that_look_alike_make_no_sign_and_no_error(typed: str) -> None:
    asked = criterion(type="number")
    if typed.startswith("c"):
        with pytest.raises(ValueError, match="expected digits"):
            meaning_of(asked, typed)
    else:
        assert meaning_of(asked, typed).exact == "5"


def test_what_fails_within_a_value_costs_this_value(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("sphinx_versus.catalogue.values._quantity", fail)
    with pytest.raises(ValueError, match=r"expected it in other words: KeyError: 'x'"):
        meaning_of(criterion(type="number"), "5")
