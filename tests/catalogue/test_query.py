"""Questions to a small catalogue, and their answers."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping

import pytest

from conftest import CATALOGUE
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.fields import Relation
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.catalogue.views import Order, Selection, State, Table
from sphinx_versus.components import differences

MORE: Mapping[str, str] = {
    "technologies/delta.yaml": """
        name: Delta
        kind: database
        summary: Delta is a database.
        facts:
          size: {value: 12.0}
          orm: {note: Nothing was found.}
        """,
    "comparisons/gamma-vs-beta.yaml": """
        technologies: [gamma, beta]
        title: A third one
        relation: successor
        summary: Gamma was first.
        criteria: [{group: All, rows: [orm, licence]}]
        facts:
          beta:
            licence: {value: Apache-2.0, version: "9", as_of: 2001, reason: It was changed.}
        topics:
          history: {title: History, body: Long ago.}
        verdict:
          question: Which?
          answer: {beta: was second, gamma: was first}
          use:
            beta: [{when: always, because: [orm]}]
            gamma: [{when: never, because: [licence, orm]}]
        related: [delta-vs-alpha]
        reviewed: 2026-11-20
        """,
    "comparisons/delta-vs-alpha.yaml": """
        technologies: [delta, alpha]
        relation: complements
        summary: Used together.
        criteria: [{group: All, rows: [size, orm]}]
        reviewed: 2026-11-21
        """,
    "comparisons/alpha-beta-gamma.yaml": """
        technologies: [alpha, beta, gamma]
        relation: alternatives
        summary: All three.
        criteria: [{group: All, rows: [licence]}]
        reviewed: 2026-11-21
        """,
}

Make = Callable[[Mapping[str, str]], Loaded]


@pytest.fixture
def small(catalogue: Make) -> Catalogue:
    loaded = catalogue({**{name.removeprefix("data/"): text for name, text in CATALOGUE.items()}, **MORE})
    assert loaded.problems == []
    return loaded.catalogue


def rows(table: Table | None) -> list[tuple[str, list[str]]]:
    """Groups and their rows."""
    assert table
    return [(group.title, [row.criterion.id for row in group.rows]) for group in table.groups]


PAIR = "alpha-vs-beta"


# -- names and single records


@pytest.mark.parametrize(
    ("type_", "id_", "name"),
    [
        ("technology", "alpha", "Alpha"),
        ("comparison", PAIR, "Alpha vs Beta"),
        ("comparison", "gamma-vs-beta", "A third one"),
        ("misconception", "alpha-is-slow", "Alpha is slow."),
        ("criterion", "orm", "Database layer"),
        *((type_, "nothing", None) for type_ in ("technology", "comparison", "misconception", "criterion")),
    ],
)
def test_names(small: Catalogue, type_: str, id_: str, name: str | None) -> None:
    assert query.name(small, type_, id_) == name


def test_single_records(small: Catalogue) -> None:
    card = query.card(small, "alpha")
    assert card
    assert (card.name, card.kind, card.synonyms, card.sources) == (
        "Alpha",
        "web-framework",
        ("first letter",),
        ("alpha-home",),
    )
    assert query.criterion(small, "orm") is small.criteria["orm"]
    assert query.source(small, "beta-review") is small.sources["beta-review"]
    assert query.misconception(small, "alpha-is-slow") == small.misconceptions["alpha-is-slow"]
    for question in (query.card, query.criterion, query.source, query.misconception):
        assert question(small, "nothing") is None


def test_words_that_readers_search_for(small: Catalogue) -> None:
    assert query.synonyms(small, "technology", "alpha") == ("first letter",)
    assert query.synonyms(small, "comparison", PAIR) == query.synonyms(small, "technology", "nothing") == ()


def test_a_fact(small: Catalogue) -> None:
    answer = query.fact(small, "beta", "licence")
    assert answer
    assert answer[1].fact
    assert answer[1].fact.value == "MIT", "an override counts in its comparison only"
    for ids in (("nothing", "orm"), ("alpha", "nothing"), ("alpha", "size")):
        assert query.fact(small, *ids) is None


def test_sides_leaves_out_what_is_unknown(small: Catalogue) -> None:
    assert [side.name for side in query.sides(small, ("beta", "nothing", "alpha"))] == ["Beta", "Alpha"]


# -- tables


def test_the_table_of_a_comparison(small: Catalogue) -> None:
    table = query.comparison_table(small, PAIR)
    assert table
    assert [side.id for side in table.sides] == ["alpha", "beta"]
    assert rows(table) == [("Data", ["orm"]), ("Project", ["licence", "first-release", "size"])]
    assert [[cell.state for cell in row.cells] for row in table.rows] == [
        [State.YES, State.PARTIAL],
        [State.VALUE, State.VALUE],
        [State.VALUE, State.NOT_ASSESSED],
        [State.NOT_ASSESSED, State.VALUE],
    ]
    assert query.comparison_table(small, "nothing") is None


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(criteria=("size", "orm")), [("Data", ["orm"]), ("Project", ["size"])]),
        (Selection(criteria=("size", "orm"), grouped=False), [("", ["size", "orm"])]),
        (Selection(exclude=("orm", "size")), [("Project", ["licence", "first-release"])]),
        (Selection(criteria=("orm",), exclude=("orm",)), []),
        (Selection(groups=("Data",)), [("Data", ["orm"])]),
        (
            Selection(groups=("Project", "Data")),
            [("Data", ["orm"]), ("Project", ["licence", "first-release", "size"])],
        ),
        (Selection(groups=("Nothing",)), []),
        (Selection(grouped=False), [("", ["orm", "licence", "first-release", "size"])]),
        (Selection(order=Order.NAME), [("Data", ["orm"]), ("Project", ["first-release", "licence", "size"])]),
        (Selection(order=Order.NAME, grouped=False), [("", ["orm", "first-release", "licence", "size"])]),
        (
            Selection(order=Order.DIFFERENCES, grouped=False),
            [("", ["orm", "licence", "first-release", "size"])],
        ),
        (Selection(differences_only=True), [("Data", ["orm"])]),
    ],
)
def test_which_rows_are_shown(small: Catalogue, selection: Selection, expected: list[tuple[str, list[str]]]) -> None:
    assert rows(query.comparison_table(small, PAIR, selection)) == expected


def test_differences_come_first(small: Catalogue) -> None:
    selection = Selection(criteria=("licence", "orm"), grouped=False, order=Order.DIFFERENCES)
    assert rows(query.comparison_table(small, PAIR, selection)) == [("", ["orm", "licence"])]


def test_some_sides_of_a_comparison(small: Catalogue) -> None:
    table = query.comparison_table(small, "alpha-beta-gamma", technologies=("gamma", "alpha"))
    assert table
    assert [side.id for side in table.sides] == ["gamma", "alpha"]
    assert [cell.technology for cell in table.rows[0].cells] == ["gamma", "alpha"]


def test_an_override_is_shown_in_its_comparison_only(small: Catalogue) -> None:
    def licence(id_: str) -> str | None:
        table = query.comparison_table(small, id_, Selection(criteria=("licence",)), ("beta",))
        fact = table.rows[0].cells[0].fact if table else None
        return fact.value if fact else None

    assert licence("gamma-vs-beta") == "Apache-2.0"
    assert licence(PAIR) == "MIT"


def test_the_table_of_any_technologies(small: Catalogue) -> None:
    table = query.technologies_table(small, ("alpha", "delta"))
    assert rows(table) == [("Project", ["licence", "first-release", "size"]), ("Data", ["orm"])]
    assert rows(query.technologies_table(small, ("gamma",))) == [("Project", ["licence"]), ("Data", ["orm"])]
    wanted = Selection(criteria=("size", "orm"))
    assert rows(query.technologies_table(small, ("gamma",), wanted)) == [
        ("Project", ["size"]),
        ("Data", ["orm"]),
    ]
    with pytest.raises(LookupError):
        query.technologies_table(small, ("nothing",))


def test_unknown_is_never_a_difference(catalogue: Make) -> None:
    facts = {
        "one": "{value: yes}",
        "same": "{value: yes, note: It says so.}",
        "other": "{value: no}",
        "unknown": "{note: Nothing was found.}",
        "depends": "{statements: [{value: no, when: by default}, {value: yes, when: with a plugin}]}",
        "earlier": "{statements: [{value: no, as_of: 2011}], note: Nobody says so today.}",
    }
    files = {"criteria.yaml": "c: {name: C, definition: What?, type: yes-no}"}
    for id_, fact in facts.items():
        files[f"technologies/{id_}.yaml"] = f"name: {id_}\nkind: k\nsummary: S\nfacts:\n  c: {fact}"
    files["technologies/silent.yaml"] = "name: silent\nkind: k\nsummary: S"
    small, problems = catalogue(files)
    assert problems == []

    def differs(*ids: str) -> bool:
        return query.technologies_table(small, ids).rows[0].differs

    assert not differs("one", "same")
    assert differs("one", "other")
    assert not differs("one", "unknown")
    assert not differs("one", "silent")
    assert not differs("unknown", "unknown")
    assert not differs("one", "depends")
    assert differs("one", "silent", "unknown", "other")
    assert query.technologies_table(small, ("earlier",)).rows[0].cells[0].state is State.UNKNOWN
    cells = query.technologies_table(small, ("unknown", "one", "depends")).rows[0].cells
    assert [(cell.state, cell.known, cell.is_open) for cell in cells] == [
        (State.UNKNOWN, False, True),
        (State.YES, True, False),
        (State.DEPENDS, False, False),
    ]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("{by day: 1, by night: 2}", "{by day: 1, by night: 3}", True),
        ("{by day: 1, by night: 2}", "{By Day: 1}", False),
        ("{by day: 1, by night: 2}", "{in winter: 2}", False),
        ("{by day: 1, by night: 2}", "{in winter: 3}", True),
        ("{free: 0, pro: 10, team: 24}", "{trial: 0, plus: 12}", True),
        ("{free: 0, pro: 10}", "{free: 0, plus: 12}", True),
        ("{free: 0, pro: 10}", "{free: 0, plus: 10, team: 24}", False),
        ("{by day: 1, by night: 2}", "1.0", False),
        ("{by day: 1, by night: 2}", "3", True),
        ("{by day: 1, by night: 2}", "{by day: 1, by night: n/a}", False),
        ("{by day: 1, by night: 2}", "{by day: n/a}", False),
    ],
)
def test_values_under_conditions_differ_where_they_surely_do(
    catalogue: Make, one: str, other: str, differs: bool
) -> None:
    def fact(given: str) -> str:
        pairs = (pair.split(":") for pair in given.strip("{}").split(","))
        said = ", ".join(f"{{when: {when.strip()}, value: {value}}}" for when, value in pairs) if ":" in given else ""
        said = said.replace("value:  n/a", "not_applicable: true")
        return f"{{statements: [{said}]}}" if said else f"{{value: {given}}}"

    files = {"criteria.yaml": "c: {name: C, definition: What?, type: number}"}
    files |= {
        f"technologies/{id_}.yaml": f"name: {id_}\nkind: k\nsummary: S\nfacts:\n  c: {fact(given)}"
        for id_, given in (("a", one), ("b", other))
    }
    loaded = catalogue(files)
    assert loaded.problems == []
    table = query.technologies_table(loaded.catalogue, ("a", "b"))
    assert table.rows[0].differs is differs
    words = differences.View(table, "c", 9).answers(table.rows[0], "en")[0]
    assert words == ("a", one.strip("{}"))


def test_a_row_is_shown_once(catalogue: Make) -> None:
    """A further one is reported; a table with a thousand groups of the same rows filled the memory."""
    files = {"criteria.yaml": "".join(f"{one}: {{name: {one}, definition: D}}\n" for one in "cde")}
    files |= {f"technologies/{one}.yaml": f"name: {one}\nkind: k\nsummary: S\n" for one in "ab"}
    groups = "[{group: G, rows: [c, d, c]}, {group: H, rows: [d]}, {group: I, rows: [e, c]}]"
    files["comparisons/a-vs-b.yaml"] = (
        f"technologies: [a, b]\nrelation: layers\nsummary: S\nreviewed: 2026-11-22\ncriteria: {groups}\n"
    )
    loaded, problems = catalogue(files)
    assert [one.code.value for one in problems] == ["duplicate-entry"] * 3
    table = query.comparison_table(loaded, "a-vs-b")
    assert table
    shown = [(group.title, [row.criterion.id for row in group.rows]) for group in table.groups]
    assert shown == [("G", ["c", "d"]), ("I", ["e"])]


def test_what_is_not_compared_never_differs(catalogue: Make) -> None:
    """It is neither different nor the same, and no sentence counts it."""
    criteria = "a: {name: A, definition: D, compare: nothing}\nb: {name: B, definition: D}"
    facts = "name: {0}\nkind: k\nsummary: S\nfacts: {{a: {{value: {0}}}, b: {{value: x}}}}"
    files = {f"technologies/{id_}.yaml": facts.format(id_) for id_ in ("one", "two")}
    table = query.technologies_table(catalogue({"criteria.yaml": criteria, **files}).catalogue, ("one", "two"))
    assert [(row.differs, row.is_compared) for row in table.rows] == [(False, False), (False, True)]
    assert [row.criterion.id for row in differences.View(table, "c", 9).same] == ["b"]
    assert "One criterion is known" in differences.count_differences(table)


@pytest.mark.parametrize(
    ("type_", "one", "other", "differs"),
    [
        ("number", "12", "12.0", False),
        ("number", "1000", "1e3", False),
        ("number", "12", "12.1", True),
        ("text", "12", "12.0", True),
        ("date", "2005", "2005-07", True),
    ],
)
def test_what_differs(catalogue: Make, type_: str, one: str, other: str, differs: bool) -> None:
    technology = "name: X\nkind: k\nsummary: S\nfacts:\n  c: {value: %s}"
    files = {
        "criteria.yaml": f"c: {{name: C, definition: What?, type: {type_}}}",
        "technologies/a.yaml": technology % one,
        "technologies/b.yaml": technology % other,
    }
    assert query.technologies_table(catalogue(files).catalogue, ("a", "b")).rows[0].differs is differs


# -- comparisons


def test_a_teaser(small: Catalogue) -> None:
    teaser = query.teaser(small, "delta-vs-alpha")
    assert teaser
    assert (teaser.title, teaser.relation, teaser.kinds) == (
        "Delta vs Alpha",
        Relation.COMPLEMENTS,
        ("database", "web-framework"),
    )
    assert query.teaser(small, "nothing") is None


@pytest.mark.parametrize(
    ("kind", "technology", "expected"),
    [
        ("", "", ["gamma-vs-beta", PAIR, "alpha-beta-gamma", "delta-vs-alpha"]),
        ("database", "", ["delta-vs-alpha"]),
        ("web-framework", "gamma", ["gamma-vs-beta", "alpha-beta-gamma"]),
        ("", "alpha", [PAIR, "alpha-beta-gamma", "delta-vs-alpha"]),
        ("database", "beta", []),
        ("nothing", "", []),
        ("", "nothing", []),
    ],
)
def test_lists_of_comparisons_by_title(small: Catalogue, kind: str, technology: str, expected: list[str]) -> None:
    assert [teaser.id for teaser in query.comparisons(small, kind, technology)] == expected


@pytest.mark.parametrize(
    ("id_", "most", "expected"),
    [
        ("gamma-vs-beta", 6, ["alpha-beta-gamma", "delta-vs-alpha", PAIR]),
        ("gamma-vs-beta", 2, ["alpha-beta-gamma", "delta-vs-alpha"]),
        (PAIR, 6, ["alpha-beta-gamma", "gamma-vs-beta", "delta-vs-alpha"]),
        ("alpha-beta-gamma", 6, ["gamma-vs-beta", PAIR, "delta-vs-alpha"]),
        ("delta-vs-alpha", 6, [PAIR, "alpha-beta-gamma", "gamma-vs-beta"]),
        ("nothing", 6, []),
    ],
)
def test_what_to_read_next(small: Catalogue, id_: str, most: int, expected: list[str]) -> None:
    assert [teaser.id for teaser in query.related(small, id_, most)] == expected


def test_a_verdict_by_side_with_its_reasons(small: Catalogue) -> None:
    verdict = query.verdict(small, "gamma-vs-beta")
    assert verdict
    assert verdict.summary is None
    assert verdict.question == "Which?"
    sides = [
        (one.side.id, one.answer, [[why.name for why in condition.because] for condition in one.conditions])
        for one in verdict.sides
    ]
    assert sides == [
        ("gamma", "was first", [["Licence", "Database layer"]]),
        ("beta", "was second", [["Database layer"]]),
    ]
    assert query.verdict(small, "delta-vs-alpha") is None
    assert query.verdict(small, "nothing") is None


def test_rows_that_a_verdict_rests_on_name_whose_value_is_disputed(catalogue: Make) -> None:
    facts = 'orm: {value: "no", reason: Another., disputed: Some disagree., sources: [beta-review]}'
    record = MORE["comparisons/gamma-vs-beta.yaml"].replace("  facts:\n", f"  facts:\n          gamma: {{{facts}}}\n")
    files = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
    loaded = catalogue({**files, **MORE, "comparisons/gamma-vs-beta.yaml": record})
    assert loaded.problems == []
    verdict = query.verdict(loaded.catalogue, "gamma-vs-beta")
    assert verdict
    assert [(row.id, row.disputed) for row in verdict.rows] == [("orm", ("gamma",)), ("licence", ())]
    assert verdict.sides[0].conditions[0].because == (verdict.rows[1], verdict.rows[0])


def test_rows_are_in_the_order_of_the_reasons_that_rest_on_them(catalogue: Make) -> None:
    """On average, and else in that of the table, so that few of the wires between them cross."""
    choices = "beta: [{when: first, because: [licence]}, {when: last, because: [orm]}]"
    record = MORE["comparisons/gamma-vs-beta.yaml"].replace("beta: [{when: always, because: [orm]}]", choices)
    files = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
    verdict = query.verdict(
        catalogue({**files, **MORE, "comparisons/gamma-vs-beta.yaml": record}).catalogue, "gamma-vs-beta"
    )
    assert verdict
    assert [row.id for row in verdict.rows] == ["licence", "orm"]


def test_topics(small: Catalogue) -> None:
    assert [topic.title for topic in query.topics(small, "gamma-vs-beta")] == ["History"]
    assert query.topics(small, PAIR) == query.topics(small, "nothing") == ()


def test_the_status_of_a_comparison(small: Catalogue) -> None:
    status = query.status(small, PAIR)
    assert status
    assert str(status.reviewed) == "2026-11-22"
    assert str(status.oldest) == "2026-10"
    assert [(side.id, versions) for side, versions in status.versions] == [
        ("alpha", ("1.2",)),
        ("beta", ("3.1",)),
    ]
    overridden = query.status(small, "gamma-vs-beta")
    assert overridden
    assert str(overridden.oldest) == "2001"
    assert overridden.versions[1][1] == ("9",)
    undated = query.status(small, "delta-vs-alpha")
    assert undated
    assert undated.oldest is None
    assert query.status(small, "nothing") is None


def test_the_most_frequent_version_comes_first(catalogue: Make) -> None:
    criteria = "\n".join(f"{id_}: {{name: N, definition: D}}" for id_ in "abc")
    facts = '{a: {value: x, version: "1"}, b: {value: x, version: "2"}, c: {value: x, version: "2"}}'
    small = catalogue(
        {
            "criteria.yaml": criteria,
            "technologies/one.yaml": f"name: One\nkind: k\nsummary: S\nfacts: {facts}",
            "technologies/two.yaml": "name: Two\nkind: k\nsummary: S",
            "comparisons/one-vs-two.yaml": textwrap.dedent(
                """
                technologies: [one, two]
                relation: layers
                summary: S
                criteria: [{group: G, rows: [a, b, c]}]
                reviewed: 2026-11-22
                """
            ),
        }
    ).catalogue
    status = query.status(small, "one-vs-two")
    assert status
    assert [versions for _, versions in status.versions] == [("2", "1"), ()]


def test_the_status_counts_values(catalogue: Make) -> None:
    facts = "{open: {note: Not found.}, split: {value: x, disputed: Some disagree.}}"
    small = catalogue(
        {
            "criteria.yaml": "open: {name: Open, definition: D}\nsplit: {name: Split, definition: D}",
            "technologies/one.yaml": f"name: One\nkind: k\nsummary: S\nfacts: {facts}",
            "technologies/two.yaml": f"name: Two\nkind: k\nsummary: S\nfacts: {facts}",
            "comparisons/one-vs-two.yaml": textwrap.dedent(
                """
                technologies: [one, two]
                relation: layers
                summary: S
                criteria: [{group: G, rows: [open, split]}]
                reviewed: 2026-11-22
                """
            ),
        }
    ).catalogue
    status, coverage = query.status(small, "one-vs-two"), query.coverage(small, "one-vs-two")
    assert status
    assert (status.open_cells, status.cells) == (coverage.unknown, coverage.cells) == (2, 4)


def test_outlines(small: Catalogue) -> None:
    pair = query.outline(small, "comparison", PAIR)
    assert (pair.title, pair.relation, pair.may_choose) == ("Alpha vs Beta", "alternatives", True)
    assert (pair.has_topics, pair.has_misconceptions, pair.has_verdict) == (False, True, True)
    third = query.outline(small, "comparison", "delta-vs-alpha")
    assert (third.may_choose, third.has_misconceptions, third.has_verdict) == (False, True, False)
    alpha = query.outline(small, "technology", "alpha")
    assert (alpha.title, alpha.has_facts, alpha.has_misconceptions, alpha.has_comparisons) == (
        "Alpha",
        True,
        True,
        True,
    )
    gamma = query.outline(small, "technology", "gamma")
    assert (gamma.has_misconceptions, gamma.has_comparisons) == (False, True)
    hub = query.outline(small, "criteria", "")
    assert (hub.id, hub.title) == ("", "criteria")
    with pytest.raises(LookupError):
        query.outline(small, "comparison", "nothing")


# -- lists


def test_misconceptions(small: Catalogue) -> None:
    def ids(**arguments: object) -> list[str]:
        return [one.id for one in query.misconceptions(small, **arguments)]  # type: ignore[arg-type]

    assert ids() == ["alpha-is-slow", "alpha-and-beta-are-one"]
    assert ids(comparison=PAIR) == ["alpha-and-beta-are-one", "alpha-is-slow"]
    assert ids(comparison="delta-vs-alpha") == ["alpha-is-slow"]
    assert ids(comparison="nothing") == []
    assert ids(technologies=("beta",)) == ["alpha-and-beta-are-one"]
    assert ids(technologies=("alpha", "beta")) == ["alpha-is-slow", "alpha-and-beta-are-one"]
    assert ids(kind="web-framework") == ["alpha-is-slow", "alpha-and-beta-are-one"]
    assert ids(kind="database") == []


def test_whom_a_misconception_is_about(small: Catalogue) -> None:
    assert small.misconceptions["alpha-is-slow"].about == ("alpha",)
    assert small.misconceptions["alpha-and-beta-are-one"].about == ("alpha", "beta")
    assert small.misconception_homes == {
        "alpha-is-slow": ("technology", "alpha"),
        "alpha-and-beta-are-one": ("comparison", PAIR),
    }


def test_technologies_by_kind(small: Catalogue) -> None:
    by_kind = [(kind, [card.name for card in cards]) for kind, cards in query.technologies(small)]
    assert by_kind == [("database", ["Delta"]), ("web-framework", ["Alpha", "Beta", "Gamma"])]
    assert query.technologies(small, "nothing") == (("nothing", ()),)


def test_the_vocabulary_by_group(small: Catalogue) -> None:
    assert [(title, [one.id for one in ones]) for title, ones in query.criteria(small).items()] == [
        ("Project", ["licence", "first-release", "size"]),
        ("Data", ["orm"]),
    ]


def test_where_things_stand(small: Catalogue) -> None:
    places = {key: (place.line, place.column) for key, place in small.places.items()}
    assert places["technology", "alpha"] == (1, 1)
    assert places["criterion", "orm"] == (2, 1)
    assert places["fact", "alpha/orm"] == (9, 3)
    assert places["misconception", "alpha-and-beta-are-one"] == (8, 3)
    assert small.defined["source"] == {"alpha-home", "beta-review"}


def test_a_value_that_does_not_fit_is_not_shown(catalogue: Make) -> None:
    files = {
        "criteria.yaml": "c: {name: C, definition: What?, type: date}",
        "technologies/a.yaml": "name: A\nkind: k\nsummary: S\nfacts:\n  c: {value: soon}",
    }
    loaded = catalogue(files)
    assert len(loaded.problems) == 1
    assert query.fact(loaded.catalogue, "a", "c") is None


# -- how well a comparison is backed


def test_coverage(small: Catalogue) -> None:
    found = query.coverage(small, PAIR)
    assert (found.cells, found.values, found.unknown, found.not_assessed) == (8, 6, 0, 2)
    assert (found.sourced, found.primary, found.disputed, found.judgements) == (3, 2, 1, 1)
    assert str(found.oldest) == "2026-10"
    assert found.primary_share == pytest.approx(2 / 6)


def test_coverage_without_values(catalogue: Make) -> None:
    technology = "name: X\nkind: k\nsummary: S"
    small = catalogue(
        {
            "criteria.yaml": "c: {name: C, definition: What?}",
            "technologies/a.yaml": technology,
            "technologies/b.yaml": technology,
            "comparisons/a-vs-b.yaml": (
                "technologies: [a, b]\nrelation: layers\nsummary: S\n"
                "criteria: [{group: G, rows: [c]}]\nreviewed: 2026-11-22"
            ),
        }
    ).catalogue
    found = query.coverage(small, "a-vs-b")
    assert (found.values, found.not_assessed, found.primary_share, found.oldest) == (0, 2, 1.0, None)
