"""A field that is wrong costs that field: what is left of a record when something in it is wrong, and that one mistake is one message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import CATALOGUE, INDEX, Site, write_files
from sphinx_versus.catalogue import loader, model
from sphinx_versus.catalogue.fields import MAX_QUOTE, MAX_QUOTE_WORDS
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.problems import Code

Load = Callable[[Mapping[str, str]], Loaded]

FILES = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
ALPHA, BETA, PAIR = "technologies/alpha.yaml", "technologies/beta.yaml", "comparisons/alpha-vs-beta.yaml"
SOURCES, CRITERIA = "sources.yaml", "criteria.yaml"


def spoilt(catalogue: Load, file: str, old: str, new: str) -> Loaded:
    assert old in FILES[file]
    return catalogue({**FILES, file: FILES[file].replace(old, new, 1)})


def codes(loaded: Loaded) -> list[str]:
    return [problem.code.value for problem in loaded.problems]


# -- the field


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "record", "field", "left"),
    [
        (ALPHA, "homepage: https", "homepage: ftp", "invalid-value", "alpha", "homepage", None),
        (ALPHA, "homepage: https", "home: https", "unknown-key", "alpha", "homepage", None),
        (ALPHA, "synonyms: [first letter]", "synonyms: [[x], first, '']", "wrong-type missing-key", "alpha", "synonyms", ("first",)),
        (ALPHA, "sources: [alpha-home]\n        facts", "sources: [Alpha, alpha-home]\n        facts", "invalid-id", "alpha", "sources", ("alpha-home",)),
        (ALPHA, "sources: [alpha-home]\n        facts", "sources: [alpha-home, alpha-home]\n        facts", "duplicate-entry", "alpha", "sources", ("alpha-home",)),
        (SOURCES, "url: https", "url: //", "invalid-value", "alpha-home", "url", None),
        (SOURCES, "accessed: 2026-11-01", "accessed: yesterday", "invalid-value", "alpha-home", "accessed", None),
        (SOURCES, "          accessed: 2026-11-01\n", "", "", "alpha-home", "accessed", None),
        (SOURCES, "accessed: 2026-11-01", "accessed:", "", "alpha-home", "accessed", None),
        (SOURCES, "accessed: 2026-11-01", "acessed: 2026-11-01", "unknown-key", "alpha-home", "accessed", None),
        (SOURCES, "accessed: 2026-11-01", "accessed: *x", "yaml-syntax", "alpha-home", "accessed", None),
        (SOURCES, "kind: primary", "kind: official", "invalid-value", "alpha-home", "kind", None),
        (SOURCES, "publisher: Alpha project", "publisher: {}", "wrong-type", "alpha-home", "publisher", None),
        (SOURCES, "quote: Alpha", "note: x\n          quote: Alpha", "unknown-key", "alpha-home", "title", "Alpha home page"),
        (CRITERIA, "definition: The licence of the code., ", "", "missing-key", "licence", "name", "Licence"),
        (CRITERIA, "type: yes-no", "type: maybe", "invalid-value", "orm", "name", "Database layer"),
        (CRITERIA, "unit: MB", "unit: [MB]", "wrong-type", "size", "unit", None),
        (ALPHA, "summary: Alpha is", "summary: [Alpha] #", "wrong-type", "alpha", "name", "Alpha"),
        (PAIR, "summary: Alpha brings", "sumary: Alpha brings", "unknown-key", "alpha-vs-beta", "technologies", ("alpha", "beta")),
        (PAIR, "reviewed: 2026-11-22", "reviewed: 2026", "invalid-value", "alpha-vs-beta", "reviewed", None),
        (PAIR, "reviewed: 2026-11-22", "related: [A, a-vs-b, 3]\n        reviewed: 2026-11-22", "invalid-id unknown-comparison unknown-comparison", "alpha-vs-beta", "related", ("a-vs-b", "3")),
    ],
)  # fmt: skip
def test_it_costs_the_field(  # noqa: PLR0917 (one for each column)
    catalogue: Load, file: str, old: str, new: str, code: str, record: str, field: str, left: object
) -> None:
    loaded = spoilt(catalogue, file, old, new)
    assert codes(loaded) == code.split()
    found = loaded.catalogue
    records: dict[str, Any] = {**found.technologies, **found.comparisons, **found.sources, **found.criteria}
    assert getattr(records[record], field) == left
    assert (len(found.technologies), len(found.comparisons), len(found.sources), len(found.criteria)) == (3, 1, 2, 4)


LONG = "y" * 12_000


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: Alpha", f'name: "\\a{LONG}"', "too-large invalid-character"),
        ("value: MIT,", f'value: "\\a{LONG}",', "too-large invalid-character"),
        ("everything.", f"everything.\x01 {'y ' * 6_000}", "too-large invalid-character"),
        ("everything.", f"everything.\x01 {'y' * 600}", "too-large invalid-character"),
        ("synonyms: [", f"synonyms: [TODO {LONG}, ", "too-large"),
        ("value: MIT,", f'value: "TODO: {LONG}",', "too-large"),
        ("homepage: https", 'homepag: "\\a" #', "unknown-key invalid-character"),
        ("value: MIT,", 'value: "M\\a", judgement: true,', "needs-note invalid-character"),
    ],
)  # fmt: skip
def test_two_mistakes_of_one_value_are_two_messages(catalogue: Load, old: str, new: str, code: str) -> None:
    """A value that is left out is never left out silently because something else is wrong with it."""
    assert codes(spoilt(catalogue, ALPHA, old, new)) == code.split()


def test_too_many_cells_are_reported_beside_another_mistake(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MAX_CELLS", 2)
    loaded = spoilt(catalogue, PAIR, "rows: [orm]", "rows: [orm, BAD]")
    assert codes(loaded) == ["too-large", "invalid-id"]


# -- the entry


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{value: MIT, sources", "{value: [MIT], note: N, sources", "wrong-type"),
        ("{value: MIT, sources", "{value: *a, note: N, sources", "yaml-syntax"),
        ("{value: MIT, sources", "{valeu: MIT, note: N, sources", "unknown-key"),
        ("{value: MIT, sources", "{value: MIT, judgment: true, sources", "unknown-key"),
        ("{value: MIT, sources", "{value: MIT, judgement: perhaps, sources", "invalid-value"),
        ("{value: MIT, sources", "{value: MIT, disputed: [], sources", "wrong-type"),
        ("{value: MIT, sources", "{note: [], sources", "wrong-type"),
        ("licence: {value: MIT", "Licence: {value: MIT", "invalid-id"),
        ("{value: MIT, sources", "{sources", "needs-note"),
        (
            '{value: MIT, sources: [alpha-home], as_of: 2026-11, version: "1.2"}',
            "{as_of: never}",
            "invalid-value needs-note",
        ),
    ],
)
def test_it_costs_the_fact_when_the_rest_would_be_untrue(catalogue: Load, old: str, new: str, code: str) -> None:
    loaded = spoilt(catalogue, ALPHA, old, new)
    assert sorted(codes(loaded)) == sorted(code.split())
    assert set(loaded.catalogue.technologies["alpha"].facts) == {"orm", "first-release"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("as_of: 2026-11, ", "as_of: never, "),
        ("as_of: 2026-11, ", "as-of: 2026-11, "),
        ('version: "1.2"', "version: [1]"),
        ("sources: [alpha-home], as_of", "sources: {}, as_of"),
        ("sources: [alpha-home], as_of", "sources: [A], as_of"),
        ("{value: MIT, sources", "{value: MIT, note: [], sources"),
    ],
)
def test_it_costs_less_than_the_fact_when_the_rest_is_true(catalogue: Load, old: str, new: str) -> None:
    loaded = spoilt(catalogue, ALPHA, old, new)
    assert len(loaded.problems) == 1
    assert loaded.catalogue.technologies["alpha"].facts["licence"].value == "MIT"


@pytest.mark.parametrize("about", ["[Alpha]", "alpha", "[alpha, [beta]]"])
def test_a_misconception_about_nobody_knows_whom(catalogue: Load, about: str) -> None:
    loaded = spoilt(catalogue, PAIR, "claim: Alpha and", f"about: {about}\n            claim: Alpha and")
    assert len(loaded.problems) == 1
    assert loaded.catalogue.comparisons["alpha-vs-beta"].misconceptions == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{when: you want little, because: [orm, licence]}", "{when: you want little}"),
        ("{when: you want little, because: [orm, licence]}", "{when: [], because: [orm, licence]}"),
        ("{when: you want little, because: [orm, licence]}", "{when: you want little, because: []}"),
        ("{when: you want little, because: [orm, licence]}", "{when: you want little, because: [Orm]}"),
        ("{when: you want little, because: [orm, licence]}", "words"),
        ("beta:\n              - {when", "Beta:\n              - {when"),
        ("beta:\n              - {when", "beta:\n              x: {when"),
    ],
)
def test_a_bad_condition_costs_itself(catalogue: Load, old: str, new: str) -> None:
    loaded = spoilt(catalogue, PAIR, old, new)
    assert len(loaded.problems) == 1
    verdict = loaded.catalogue.comparisons["alpha-vs-beta"].verdict
    assert verdict
    assert verdict.summary
    assert [len(conditions) for conditions in verdict.choose.values() if conditions] == [1]


def test_one_of_two_reasons(catalogue: Load) -> None:
    verdict = (
        spoilt(catalogue, PAIR, "[orm, licence]}", "[orm, Licence]}").catalogue.comparisons["alpha-vs-beta"].verdict
    )
    assert verdict
    assert verdict.choose["beta"][0].because == ("orm",)


@pytest.mark.parametrize("rows", ["[Orm]", "[]", "{}", "[orm"])
def test_a_group_of_rows_costs_itself(catalogue: Load, rows: str) -> None:
    loaded = spoilt(catalogue, PAIR, "{group: Data, rows: [orm]}", f"{{group: Data, rows: {rows}}}")
    assert len(loaded.problems) == 1, "that its rows are not shown follows from that"
    groups = [group.group for one in loaded.catalogue.comparisons.values() for group in one.criteria]
    assert groups == ([] if rows == "[orm" else ["Project"])


# -- the record


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ALPHA, "name: Alpha", "name: [Alpha]"),
        (ALPHA, "name: Alpha", "nam: Alpha"),
        (ALPHA, "kind: web-framework", "kind: Web/x"),
        (PAIR, "technologies: [alpha, beta]", "technologies: [alpha, beta, Gamma]"),
        (PAIR, "technologies: [alpha, beta]", "technologies: [alpha]"),
        (PAIR, "relation: alternatives", "relation: alternative"),
        (SOURCES, "title: A review of Beta", "title: ''"),
        (CRITERIA, "name: Licence", "name: {}"),
    ],
)
def test_it_costs_the_record_when_nothing_is_left_to_say(catalogue: Load, file: str, old: str, new: str) -> None:
    found = spoilt(catalogue, file, old, new)
    assert len(found.problems) == 1
    numbers = [
        len(records) for records in (found.catalogue.technologies, found.catalogue.sources, found.catalogue.criteria)
    ]
    assert numbers == [3 - (file == ALPHA), 2 - (file == SOURCES), 4 - (file == CRITERIA)]
    assert len(found.catalogue.comparisons) == (file in {SOURCES, CRITERIA})


def test_a_list_of_published_ids_is_kept(catalogue: Load) -> None:
    text = "technologies: [alpha, Beta, gamma]\nredirects:\n  technologies: {old: alpha, older: [x]}\n  more: {}\n"
    loaded = catalogue({**FILES, "published.yaml": text})
    assert sorted(codes(loaded)) == ["invalid-id", "unknown-key", "wrong-type"]
    assert loaded.catalogue.published
    assert loaded.catalogue.published.technologies == ("alpha", "gamma")
    assert loaded.catalogue.published.redirects.technologies == {"old": "alpha"}


def test_many_mistakes_in_one_list_keep_their_places(catalogue: Load) -> None:
    loaded = spoilt(catalogue, ALPHA, "[first letter]", "[{}, one, [], two, '', three, {}]")
    columns = [problem.place.column for problem in loaded.problems]
    assert columns == [12, 21, 30, 41]
    assert loaded.catalogue.technologies["alpha"].synonyms == ("one", "two", "three")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (SOURCES, "alpha-home:", "alpha\x07-home:", "invalid-character"),
        (SOURCES, "alpha-home:", '"alpha\\0-home":', "invalid-character"),
        (ALPHA, "orm: {value: yes", "orm: {value: yes\x07", "invalid-character"),
        (ALPHA, "facts:", "facts:\n        facts:", "duplicate-key"),
        (PAIR, "criteria:", "criteria:\n        criteria:", "duplicate-key"),
    ],
)
def test_nothing_that_follows_is_reported(catalogue: Load, file: str, old: str, new: str, code: str) -> None:
    loaded = spoilt(catalogue, file, old, new)
    assert codes(loaded) == [code]
    assert len(loaded.catalogue.comparisons) == 1
    assert loaded.catalogue.technologies["alpha"].facts


# -- a list of records that is not YAML as a whole


SOURCE = "{}:\n  title: T\n  publisher: P\n  kind: primary\n  accessed: 2026-01-01\n"
STRAY = {
    "a quoted id": '"two":\n  title: T: x\n',
    "an id without a colon": "two\n  title: T\n",
    "words": "hello world\n",
    "an entry": "- two\n",
    "an anchor": "&a two:\n  title: T\n",
    "a tag": "!!str two:\n  title: T\n",
    "a list as a key": "? [a]\n: x\n",
    "a directive of YAML": "%foo\n",
    "a character that cannot begin a text": "@foo: x\n",
    "a brace": "}\n",
    "the header of a block": "|\n",
    "a quotation mark": '"\n',
    "a second document": "---\n",
}


@pytest.mark.parametrize("stray", STRAY)
@pytest.mark.parametrize("position", [0, 1, 2])
def test_what_is_no_record_costs_no_record(catalogue: Load, stray: str, position: int) -> None:
    parts = [SOURCE.format("one"), SOURCE.format("three")]
    parts.insert(position, STRAY[stray])
    loaded = catalogue({SOURCES: "".join(parts)})
    assert [*loaded.catalogue.sources] == ["one", "three"]
    if stray == "a second document" and not position:
        assert not loaded.problems
    else:
        ((line, code),) = [(problem.place.line, problem.code) for problem in loaded.problems]
        assert code == Code.YAML_SYNTAX
        assert 0 <= line - (5 * position + 1) < STRAY[stray].count("\n") + 1


def test_what_is_not_indented_may_belong_to_a_record(catalogue: Load) -> None:
    one = "one: {\n  title: T, publisher: P, kind: primary,\n  accessed: 2026-01-01\n}\n"
    broken, quoted = '"two":\n  title: T: x\n', SOURCE.format('"three"')
    loaded = catalogue({SOURCES: f"# Comment\n---\n{one}{broken}hello\n{quoted}hello\n"})
    assert [*loaded.catalogue.sources] == ["one", "three"]
    assert [problem.place.line for problem in loaded.problems] == [8, 15], (
        "what stands below a broken record is taken for a part of it"
    )


def test_of_very_many_stray_lines_the_last_ones_are_one_problem(catalogue: Load) -> None:
    text = SOURCE.format("one") + "@\n- x\n" * 5000 + SOURCE.format("three")
    loaded = catalogue({SOURCES: text})
    assert [*loaded.catalogue.sources] == ["one", "three"]
    assert 0 < len(loaded.problems) < 50


def test_a_byte_that_is_not_utf8_costs_its_text(tmp_path: Path) -> None:
    texts = [SOURCE.format(id_).encode() for id_ in ("one", "two", "three")]
    for stray in (b"", b"\xff\n"):
        write_files(tmp_path, {SOURCES: ""})
        spoilt = texts[1].replace(b"kind: primary", b"kind: \xe9").replace(b"title: T", b"title: T\xe9")
        (tmp_path / SOURCES).write_bytes(b"".join([texts[0], spoilt, stray, texts[2]]))
        loaded = load(tmp_path)
        assert [source.title for source in loaded.catalogue.sources.values()] == ["T", "T\ufffd", "T"]
        places = [(problem.place.line, problem.place.column, problem.code) for problem in loaded.problems]
        assert places[0] == (7, 11, Code.INVALID_CHARACTER)
        assert places[1:] == ([(11, 1, Code.YAML_SYNTAX)] if stray else [])


# -- quotations


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("word " * MAX_QUOTE_WORDS, "word " * (MAX_QUOTE_WORDS - 1) + "word"),
        ("word " * (MAX_QUOTE_WORDS + 1), "word " * (MAX_QUOTE_WORDS - 1) + "word…"),
        ("w" * 30 + " " + "word " * 10, "w" * 30 + " word" * 10),
        ("w" * 600, "w" * (MAX_QUOTE - 1) + "…"),
        (("w" * 99 + " ") * 6, "w" * 99 + (" " + "w" * 99) * 3 + "…"),
    ],
)
@pytest.mark.parametrize("as_list", [False, True])
def test_a_long_quotation_is_shortened(catalogue: Load, quote: str, shown: str, as_list: bool) -> None:
    new = f"\n            - {quote}\n            - Short." if as_list else f" {quote}"
    loaded = spoilt(catalogue, SOURCES, " Alpha has a database layer.", new)
    assert codes(loaded) == (["quote-too-long"] if shown.endswith("…") else [])
    source = loaded.catalogue.sources["alpha-home"]
    assert source.quote == ((shown, "Short.") if as_list else (shown,))
    assert source.url == "https://example.org/alpha"


# -- on pages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site in which each record lacks what it can do without."""
    root: Path = tmp_path_factory.mktemp("losses")
    files = {**CATALOGUE, **INDEX}
    for name, old, new in (
        (SOURCES, "publisher: Alpha project", "publisher: []"),
        (SOURCES, "kind: primary", "kind: official"),
        (SOURCES, "accessed: 2026-11-01", "accessed: soon"),
        (ALPHA, "summary: Alpha is a framework with everything.", "summary: []"),
        (PAIR, "summary: Alpha brings more than Beta.", "summary: {}"),
        (PAIR, "reviewed: 2026-11-22", "reviewed: now"),
        (CRITERIA, "definition: The licence of the code.", "definition: []"),
    ):
        files[f"data/{name}"] = files[f"data/{name}"].replace(old, new)
    conf = Site.CONF + 'html_baseurl = "https://example.org/"\nversus_sitemap = True\n'
    site = Site(root).write({**files, "conf.py": conf})
    with (root / "data" / ALPHA).open("ab") as file:
        file.write(b"# caf\xe9\n")
    return site.build()


def test_pages_say_nothing_of_what_is_lost(site: Site) -> None:
    assert site.warnings.count("WARNING") == 8
    for name in (
        "comparisons/alpha-vs-beta",
        "technologies/alpha",
        "comparisons/index",
        "technologies/index",
        "criteria",
    ):
        text = site.output(f"{name}.html")
        assert "None" not in text
        assert "not reviewed as a pair" not in text
    (source,) = site.soup("technologies/alpha.html").select(".vs-sources li")
    assert source.get_text("|", strip=True) == "1|Alpha home page|“Alpha has a database layer.”|example.org"


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003 \u00a0", "\u3000"])
def test_a_text_of_any_white_space_is_empty(catalogue: Load, blank: str) -> None:
    text = f'name: Alpha\nkind: tool\nsummary: "{blank}"\n'
    loaded = catalogue({"technologies/alpha.yaml": text})
    assert [(one.code, one.place.line) for one in loaded.problems] == [(Code.MISSING_KEY, 3)]
    assert "alpha" in loaded.catalogue.technologies


def test_a_record_that_fails_costs_itself(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> object:
        raise IndexError("out of range")

    good = "name: {}\nkind: tool\nsummary: {} is a tool.\n"
    before = loader.validated
    monkeypatch.setattr(loader, "validated", lambda *args: fail() if args[2]["@id"] == "alpha" else before(*args))
    files = {f"technologies/{id_}.yaml": good.format(id_, id_) for id_ in ("alpha", "beta")}
    loaded = catalogue(files)
    assert [*loaded.catalogue.technologies] == ["beta"]
    assert [(one.code, one.place.path.rpartition("/")[2]) for one in loaded.problems] == [(Code.INTERNAL, "alpha.yaml")]
