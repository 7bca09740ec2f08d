"""Limits of records: what is over one is reported and left out, and the rest is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from looping import calls
from sphinx_versus.catalogue import reader as reader_module
from sphinx_versus.catalogue.fields import MAX_ID, MAX_NAME, MAX_PROSE, MAX_PROSE_EACH, MAX_QUOTE, MAX_TEXT
from sphinx_versus.catalogue.loader import MOST_PROBLEMS, Loaded, load
from sphinx_versus.catalogue.reader import HOPELESS_DEPTH, MAX_DEPTH, MAX_ENTRIES, read
from sphinx_versus.problems import Code, Hint, Place, Problem, bounded, in_order

Load = Callable[[Mapping[str, str]], Loaded]

CRITERIA = "speed: {name: Speed, definition: How fast?}\n"
TECHNOLOGY = "name: Alpha\nkind: tool\nsummary: A tool.\n"
SOURCE = "{title: T, publisher: P, kind: primary, accessed: 2026-11-01}\n"


def named(name: str) -> str:
    """A technology with a name of its own."""
    return re.sub("name: .*", f"name: {name}", TECHNOLOGY)


def codes(loaded: Loaded) -> list[str]:
    return [problem.code.value for problem in loaded.problems]


# -- texts


@pytest.mark.parametrize("field", ["homepage: {}", "repository: {}", "synonyms: [{}]", "edition: {}"])
def test_a_long_text_costs_its_field(catalogue: Load, field: str) -> None:
    long = field.format("x" * 500_000)
    source = SOURCE.replace("}", f", {long}}}") if field.startswith("edition") else SOURCE
    alpha = TECHNOLOGY if field.startswith("edition") else f"{TECHNOLOGY}{long}\n"
    loaded = catalogue({"technologies/alpha.yaml": alpha, "sources.yaml": f"one: {source}"})
    assert codes(loaded) == ["too-large"]
    assert loaded.catalogue.technologies["alpha"].name == "Alpha"
    assert loaded.catalogue.sources["one"].title == "T"


def test_the_longest_texts(catalogue: Load) -> None:
    texts = {"name": "x " * (MAX_NAME // 2 - 1) + "xx", "summary": "x " * (MAX_PROSE // 2 - 1) + "x"}
    good = "".join(f"{key}: {value}\n" for key, value in texts.items())
    assert codes(catalogue({"technologies/alpha.yaml": f"{good}kind: tool\n"})) == []
    for key, value in texts.items():
        longer = good.replace(value, f"{value}xx")
        loaded = catalogue({"technologies/alpha.yaml": f"{longer}kind: tool\n"})
        most = MAX_NAME if key == "name" else MAX_PROSE
        words = f'[too-large] "{key}" has {len(value) + 2:,} characters; expected at most {most:,}'
        assert [problem.text for problem in loaded.problems] == [words]


def test_prose_of_one_record_that_is_too_much_together(catalogue: Load) -> None:
    most = MAX_PROSE_EACH // MAX_PROSE
    ids = [f"c{one}" for one in range(most + 2)]
    criteria = "".join(f"{id_}: {{name: {id_}, definition: D}}\n" for id_ in ids)
    facts = "".join(f"  {id_}: {{value: x, note: {'y ' * (MAX_PROSE // 2 - 1)}yy}}\n" for id_ in ids[:-1])
    alpha = f"{TECHNOLOGY}facts:\n{facts}  {ids[-1]}: {{value: x, note: It fits.}}\n"
    loaded = catalogue(
        {
            "criteria.yaml": criteria,
            "technologies/alpha.yaml": alpha,
            "technologies/beta.yaml": alpha.replace("A", "B", 1),
        }
    )
    at = f"alpha.yaml:{4 + most}:"
    words = f'"note" is too much text for one record; expected at most {MAX_PROSE_EACH:,} characters in all its texts'
    problems = [problem for problem in loaded.problems if "alpha.yaml" in problem.place.path]
    assert [problem.text for problem in problems] == [f"[too-large] {words}"] * 2
    assert at in str(problems[0])
    facts_read = loaded.catalogue.technologies["alpha"].facts
    assert [id_ for id_ in ids if facts_read[id_].note is None] == ids[most - 1 : -1], "the summary counts too"
    assert len(loaded.problems) == 4, "each record has its own"


@pytest.mark.parametrize(
    ("field", "entry", "length"),
    [
        ("misconceptions", "  n{}: {{correction: C, claim: {}}}\n", MAX_TEXT),
        ("facts", "  n{}: {{value: {}}}\n", MAX_TEXT),
        ("links", "  - {{label: L{}, url: https://example.org/{}}}\n", MAX_TEXT - 20),
    ],
)
def test_plain_texts_of_one_record_that_are_too_much_together(
    catalogue: Load, field: str, entry: str, length: int
) -> None:
    word = "x" * 99 + ("x" if field == "links" else " ")
    number = MAX_PROSE_EACH // length + 50
    entries = "".join(entry.format(one, (word * 20)[:length].strip()) for one in range(number))
    criteria = "".join(f"n{one}: {{name: N{one}, definition: D}}\n" for one in range(number))
    files = {"criteria.yaml": criteria, "technologies/alpha.yaml": f"{TECHNOLOGY}{field}:\n{entries}"}
    loaded = catalogue(files)
    problems = [one for one in loaded.problems if one.code is Code.TOO_LARGE]
    kept = len(getattr(loaded.catalogue.technologies["alpha"], field))
    assert 0.9 * MAX_PROSE_EACH < kept * length < 1.1 * MAX_PROSE_EACH
    assert len(problems) == number - kept
    assert problems[0].place.line == 5 + kept
    assert problems[0].text.endswith("expected at most 100,000 characters in all its texts")


def test_ids_do_not_count_as_text(catalogue: Load) -> None:
    ids = [f"{'x' * (MAX_ID - 3)}{one}" for one in range(1000)]
    files = {f"technologies/{id_}.yaml": named(id_) for id_ in ids}
    assert codes(catalogue({**files, "published.yaml": f"technologies: [{', '.join(ids)}]\n"})) == []


@pytest.mark.parametrize("form", ["pipes", "list"])
def test_tables_in_the_prose_of_one_record_that_are_too_many(catalogue: Load, form: str) -> None:
    """A small text can have a thousand cells, each of which is one in every format."""
    row, cells = ["a"] * 20, "|".join(["a"] * 20)
    lines = [f"|{cells}|", f"|{'-|' * 20}", *[f"|{cells}|"] * 40]
    if form == "list":
        lines = [
            "```{list-table}",
            *(f"{'* -' if not at % 20 else '  -'} {one}" for at, one in enumerate(row * 41)),
            "```",
        ]
    table = "".join(f"      {line}\n" for line in lines)
    myths = "".join(f"  m{number}:\n    claim: C\n    correction: |\n{table}" for number in range(6))
    loaded = catalogue({"technologies/alpha.yaml": f"{TECHNOLOGY}misconceptions:\n{myths}"})
    assert Code.TOO_LARGE in [problem.code for problem in loaded.problems]
    assert 1 < len(loaded.catalogue.technologies["alpha"].misconceptions) < 4


@pytest.mark.parametrize(("name", "is_one"), [("C++", True), ("日本", True), ("→", True), (":", False), ("(…)", False)])
def test_a_name_has_a_letter_digit_or_symbol(catalogue: Load, name: str, is_one: bool) -> None:
    loaded = catalogue({"criteria.yaml": f"scope: {{name: '{name}', definition: D}}\n"})
    expected = [] if is_one else [f'[invalid-value] "{name}" has no letter, digit or symbol; expected words']
    assert [problem.text for problem in loaded.problems] == expected


def test_quotations_of_one_source_that_are_too_many(catalogue: Load) -> None:
    most = MAX_PROSE_EACH // MAX_QUOTE
    quotes = "".join(f"    - {'word ' * 24}{'x' * (MAX_QUOTE - 120)}\n" for _ in range(most))
    source = "title: S\n  publisher: P\n  url: https://example.org/\n  kind: primary\n  accessed: 2026-01-01"
    loaded = catalogue({"sources.yaml": f"s:\n  {source}\n  quote:\n{quotes}"})
    (problem,) = (one for one in loaded.problems if one.code is Code.TOO_LARGE)
    assert (problem.place.line, problem.message) == (7 + most, 'entry 200 of "quote" is too much text for one record')


@pytest.mark.parametrize("length", [MAX_ID, MAX_ID + 1])
def test_the_longest_id(catalogue: Load, length: int) -> None:
    loaded = catalogue({"criteria.yaml": f"? {'x' * length}\n: {{name: X, definition: X}}\n"})
    assert codes(loaded) == (["invalid-id"] if length > MAX_ID else [])


# -- numbers


@pytest.mark.parametrize("entry", ["x{}: y\n", "# \x07 {}\n", "name: {}\n"])
def test_a_storm_of_problems_is_cut_off(catalogue: Load, entry: str) -> None:
    loaded = catalogue({"technologies/alpha.yaml": TECHNOLOGY + "".join(map(entry.format, range(5000)))})
    assert len(loaded.problems) == MOST_PROBLEMS + 1
    assert loaded.problems[-1].code is Code.MORE_PROBLEMS
    assert "alpha" in loaded.catalogue.technologies


def test_the_others_are_counted() -> None:
    problems = [Problem(Place(path, line), Code.UNKNOWN_KEY, "m") for path in "ab" for line in range(1, 1300)]
    found = [*bounded(in_order(problems[:-1298]), 2)]
    assert [str(problem) for problem in found] == [
        "a:1:1: [unknown-key] m",
        "a:2:1: [unknown-key] m",
        "a:3:1: [more-problems] and 1,297 more problems in this file",
        "b:1:1: [unknown-key] m",
    ]


def test_hints_of_very_many_problems_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.problems._MOST_HINTS", 2)
    hints = ["a text", *(Hint(number, lambda: "made") for number in range(3)), "another"]
    problems = [Problem(Place("a", line), Code.UNKNOWN_KEY, "m", hint) for line, hint in enumerate(hints)]
    assert [one.hint for one in bounded(problems, 9)] == ["a text", "made", "made", "", "another"]


def test_too_many_facts_are_left_out(catalogue: Load) -> None:
    number = MAX_ENTRIES + 50
    criteria = "".join(f"c{one}: {{name: C{one}, definition: D}}\n" for one in range(number))
    facts = "".join(f"  c{one}: {{value: x}}\n" for one in range(number))
    loaded = catalogue(
        {"criteria.yaml": criteria, "technologies/alpha.yaml": f"{TECHNOLOGY}facts:\n{facts}homepage: x\n"}
    )
    assert codes(loaded) == ["too-large", "invalid-value"]
    assert loaded.problems[0].place.line == 5 + MAX_ENTRIES
    assert len(loaded.catalogue.technologies["alpha"].facts) == MAX_ENTRIES
    assert len(loaded.catalogue.criteria) == number, "there are as many records as a site needs"


@pytest.mark.parametrize(
    ("fields", "room"),
    [
        ("definition: D", 302),
        (f"definition: {'D' * 390}", 691),
        ("definition: 'a [b](https://example.org/)', type: text", 300 + 1 + 27 + 100 + 4),
        ("definition: D, type: one-of, values: {a: A, b: B, c: C, d: D}", 302 + 6 + 4 * 101),
    ],
)
def test_too_many_criteria_are_left_out(
    catalogue: Load, monkeypatch: pytest.MonkeyPatch, fields: str, room: int
) -> None:
    """What refers to one of these is right all the same."""
    criteria = "".join(f"c{number}: {{name: {number}, {fields}}}\n" for number in range(4))
    facts = "facts: {c1: {value: a}, c3: {value: b}}\n"
    files = {"criteria.yaml": criteria, "technologies/alpha.yaml": TECHNOLOGY + facts}
    assert codes(catalogue(files)) == []
    monkeypatch.setattr("sphinx_versus.catalogue.loader.ROOM_OF_CRITERIA", 2 * room)
    loaded = catalogue(files)
    (problem,) = loaded.problems
    words = "too many criteria, or too much text in them: this one and those below it are left out (2)"
    assert problem.text == f"[too-large] {words}; expected at most {2 * room:,} characters in all of them"
    assert (problem.place.line, [*loaded.catalogue.criteria]) == (3, ["c0", "c1"])
    monkeypatch.setattr("sphinx_versus.catalogue.loader.ROOM_OF_CRITERIA", 2 * room - 1)
    assert [*catalogue(files).catalogue.criteria] == ["c0"]


def test_published_ids_are_as_many_as_there_are(catalogue: Load) -> None:
    names = [f"t{one}" for one in range(MAX_ENTRIES + 1)]
    files = {f"technologies/{name}.yaml": named(name) for name in names}
    assert codes(catalogue({**files, "published.yaml": f"technologies: [{', '.join(names)}]\n"})) == []


def test_one_record_with_too_many_values(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "MAX_VALUES_EACH", 100)
    many = "{title: [" + "[a, b], " * 200 + "]}\n"
    loaded = catalogue({"sources.yaml": f"one: {SOURCE}two: {many}three: {SOURCE}"})
    assert codes(loaded) == ["too-large"]
    assert set(loaded.catalogue.sources) == {"one", "three"}


def test_a_broken_key_in_facts_that_are_too_many(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "MAX_VALUES_EACH", 100)
    facts = '{a: {"val\\ae": x, value: y}, ' + ", ".join(f"f{one}: {{value: y}}" for one in range(100)) + "}"
    loaded = catalogue({"technologies/gamma.yaml": f"{TECHNOLOGY}facts: {facts}\n"})
    assert codes(loaded) == ["invalid-character", "too-large"]
    assert loaded.catalogue.technologies["gamma"].facts == {}


def test_a_file_with_too_many_values(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "MAX_VALUES", 100)
    loaded = catalogue({"sources.yaml": "".join(f"s{one}: {SOURCE}" for one in range(1000))})
    assert codes(loaded) == ["too-large"]
    assert len(loaded.catalogue.sources) == 20


# -- depth


@pytest.mark.parametrize("opening", ["[", "{a: ", "{? ", "- "])
@pytest.mark.parametrize("before", ["a: ", "a: x\na: ", "a: x\nb: "])
def test_depth_is_bounded_wherever_it_is(opening: str, before: str) -> None:
    _, problems = read("x.yaml", f"{before}{opening * 100_000}")
    assert problems[-1].code in {Code.TOO_LARGE, Code.YAML_SYNTAX}


@pytest.mark.parametrize("depth", [MAX_DEPTH - 5, HOPELESS_DEPTH // 2, HOPELESS_DEPTH * 2])
def test_depth_costs_its_record(catalogue: Load, depth: int) -> None:
    deep = SOURCE.replace("T,", "[" * depth + "]" * depth + ",")
    loaded = catalogue({"sources.yaml": f"one: {SOURCE}two: {deep}three: {SOURCE}"})
    assert codes(loaded) == ["too-large" if depth > MAX_DEPTH else "wrong-type"]
    assert set(loaded.catalogue.sources) == {"one", "three"}


# -- a list of records in which the YAML of one is broken


BROKEN = ["{title: [", "{title: 'It isn't'}", '{title: "open', "title: Some: title", "@", "&a {title: *b", "{? "]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("position", range(3))
def test_broken_yaml_costs_its_record(catalogue: Load, broken: str, position: int) -> None:
    records = [f"one: {SOURCE}", f"two:\n  {SOURCE}"]
    records.insert(position, f"bad: {broken}\n")
    alpha = f"{TECHNOLOGY}sources: [one, two, bad]\n"
    loaded = catalogue({"sources.yaml": f"# All.\n{''.join(records)}", "technologies/alpha.yaml": alpha})
    [problem] = loaded.problems
    assert problem.place.line == 2 + sum(record.count("\n") for record in records[:position])
    assert set(loaded.catalogue.sources) == {"one", "two"}


def test_places_in_the_records_that_are_left(catalogue: Load) -> None:
    text = f"bad: [\none: {SOURCE}two:\n  title: |\n    A\n    title\n  publisher: P\n  kind: none\n  accessed: 2026-11-01\none: {SOURCE}"
    loaded = catalogue({"sources.yaml": text})
    assert [(problem.code.value, problem.place.line) for problem in loaded.problems] == [
        ("yaml-syntax", 1),
        ("invalid-value", 8),
        ("duplicate-key", 10),
    ]
    assert loaded.catalogue.sources["two"].title == "A title"


def read_characters(catalogue: Load, monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    """The number of characters that the parser gets to read the text as a list of sources."""
    lengths: list[int] = []
    loader: Any = reader_module._LOADER
    monkeypatch.setattr(reader_module, "_LOADER", lambda text: lengths.append(len(text)) or loader(text))
    assert codes(catalogue({"sources.yaml": text}))
    return sum(lengths)


@pytest.mark.parametrize(
    "text", ["<<: *a\n" * 3000 + "<<: [", f"one: {SOURCE}" + ("- a\n" * 30 + "<: [\n\nbad:\n") * 150]
)
def test_broken_lists_are_not_read_again_and_again(catalogue: Load, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(reader_module, "MOST_READ_AGAIN", 10_000)
    assert read_characters(catalogue, monkeypatch, text) <= 2 * len(text) + 10_000


def test_directives_cost_nothing_else(catalogue: Load) -> None:
    loaded = catalogue({"sources.yaml": f"%TAG !x! y\n---\none: {SOURCE}bad: [\n%TAG !x! y\ntwo: {SOURCE}"})
    assert [(problem.code.value, problem.place.line) for problem in loaded.problems] == [
        ("yaml-syntax", 1),
        ("yaml-syntax", 4),
    ]
    assert set(loaded.catalogue.sources) == {"one", "two"}


# -- names of files


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9"])
@pytest.mark.parametrize("folder", ["technologies", "comparisons"])
def test_names_that_windows_reserves(catalogue: Load, tmp_path: Path, folder: str, name: str) -> None:
    files = {f"technologies/{id_}.yaml": named(id_) for id_ in ("a", "b")}
    comparison = "technologies: [a, b]\nrelation: layers\nsummary: S\ncriteria: [{group: G, rows: [speed]}]\nreviewed: 2026-11-01\n"
    text = TECHNOLOGY if folder == "technologies" else comparison
    loaded = catalogue({"criteria.yaml": CRITERIA, **files, f"{folder}/{name}.yaml": text})
    assert codes(loaded) == ["reserved-name"]
    assert name in {**loaded.catalogue.technologies, **loaded.catalogue.comparisons}


def test_a_kind_and_a_redirect_have_pages_too(catalogue: Load) -> None:
    led = "redirects: {technologies: {con: a}}"
    files = {"technologies/a.yaml": TECHNOLOGY.replace("tool", "aux", 1), "published.yaml": led}
    loaded = catalogue({"criteria.yaml": CRITERIA, **files})
    reserved = [str(one) for one in loaded.problems if one.code is Code.RESERVED_NAME]
    assert [line.partition(": ")[2] for line in reserved] == [
        f'[reserved-name] Windows reserves the name "{name}", so the page of it cannot be copied there; choose another name'
        for name in ("con", "aux")
    ]


def test_names_that_only_look_like_them(catalogue: Load) -> None:
    assert (
        codes(catalogue({f"technologies/{id_}.yaml": named(id_) for id_ in ("con-1", "com10", "console", "nula")}))
        == []
    )


def test_names_that_differ_by_case_only(catalogue: Load) -> None:
    loaded = catalogue({"technologies/alpha.yaml": TECHNOLOGY, "technologies/Alpha.yaml": TECHNOLOGY})
    assert [problem.text for problem in loaded.problems] == [
        '[invalid-id] "Alpha" is not in kebab-case; rename the file to "alpha.yaml"'
    ]


@pytest.mark.parametrize("field", ["value", "note"])
def test_words_have_a_limit_but_where_a_language_has_no_spaces(catalogue: Load, field: str) -> None:
    for word, problems in (("x" * 500, []), ("漢" * 501, []), ("x" * 501, ["too-large"]), ("é" * 501, ["too-large"])):
        fact = "".join(f"    {key}: {text}\n" for key, text in {"value": "V", field: f"A {word}"}.items())
        files = {"criteria.yaml": CRITERIA, "technologies/alpha.yaml": f"{TECHNOLOGY}facts:\n  speed:\n{fact}"}
        assert [code for code in codes(catalogue(files)) if code != "too-long-for-layout"] == problems


def test_a_line_without_a_space_has_a_limit(catalogue: Load) -> None:
    for text, problems in (("。" * 1000, []), ("。" * 1001, ["too-large"]), ("漢" * 900 + "\n    " + "漢" * 900, [])):
        files = {"technologies/alpha.yaml": TECHNOLOGY.replace("A tool.", f"|\n    {text}")}
        assert codes(catalogue(files)) == problems


@pytest.mark.parametrize(
    "markup", ["{kbd}`a`", "`x` ", "*x* ", "[x](http://x) ", "[x] " * 25 + "words " * 200, "- x\n      "]
)
def test_markup_takes_more_of_the_room_of_a_record(catalogue: Load, markup: str) -> None:
    """Each makes nodes in every format."""

    def record(part: str) -> str:
        texts = "".join(
            f"  m{one}:\n    claim: C.\n    correction: |\n      {part * (9000 // len(part))}\n" for one in range(9)
        )
        return f"{TECHNOLOGY}misconceptions:\n{texts}"

    assert "too-large" not in codes(catalogue({"technologies/alpha.yaml": record("words ")}))
    assert "too-large" in codes(catalogue({"technologies/alpha.yaml": record(markup)}))


def test_many_unknown_keys_take_a_time_in_proportion(catalogue: Load) -> None:
    """Such a record of 13 kB took minutes."""

    def work(number: int) -> None:
        keys = "".join(f"homepage{a}{b}: v\n" for a, b in islice(product(ascii_lowercase, repeat=2), number))
        loaded = catalogue({"technologies/alpha.yaml": f"summary: S\n{keys}"})
        assert codes(loaded).count("unknown-key") >= min(number, MOST_PROBLEMS - 2)

    few, many = (calls(partial(work, number)) for number in (100, 400))
    assert many < 6 * few


def test_a_role_for_keys_has_few_of_them(catalogue: Load) -> None:
    for keys, problems in ((10, []), (11, ["too-large"])):
        text = "{kbd}`" + "+".join("x" * keys) + "`"
        loaded = catalogue({"technologies/alpha.yaml": TECHNOLOGY.replace("A tool.", f'"{text}"')})
        assert codes(loaded) == problems


def test_combining_marks_have_a_limit(catalogue: Load) -> None:
    for number, problems in ((16, []), (17, ["too-large"])):
        text = "e" + "\u0301" * number
        assert codes(catalogue({"technologies/alpha.yaml": f"{TECHNOLOGY}synonyms: ['{text}']\n"})) == problems


def test_a_table_has_a_limit(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.catalogue.model.MAX_CELLS", 3)
    pair = "technologies: [alpha, beta]\nrelation: alternatives\nsummary: S.\nreviewed: 2026-11-22\n"
    files = {"criteria.yaml": "one: {name: One, definition: D}\ntwo: {name: Two, definition: D}\n"}
    files |= {f"technologies/{id_}.yaml": named(id_) for id_ in ("alpha", "beta")}
    files["comparisons/alpha-vs-beta.yaml"] = f"{pair}criteria: [{{group: G, rows: [one, two]}}]\n"
    (problem,) = catalogue(files).problems
    assert problem.text == "[too-large] 4 cells; expected at most 3: sides times rows, or times misconceptions"
    myths = "".join(f"  myth-{number}: {{claim: C., correction: No.}}\n" for number in range(2))
    files["comparisons/alpha-vs-beta.yaml"] = f"{pair}criteria: [{{group: G, rows: [one]}}]\nmisconceptions:\n{myths}"
    assert [problem.text for problem in catalogue(files).problems] == [problem.text]


def test_an_address_may_be_long(catalogue: Load) -> None:
    alpha = f"name: Alpha\nkind: tool\nsummary: S.\nhomepage: https://example.org/{'x' * 900}\n"
    assert codes(catalogue({"technologies/alpha.yaml": alpha})) == []


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("sources.yaml", "zz:\n  title: a " + "[ " * 48_500 + ": b\n" + "x\n" * 8, 2),
        ("technologies/zz.yaml", "name: a " + "[ " * 48_500 + ": b\n", 1),
        ("technologies/zz.yaml", 'name: "Z\n' + "[a, " * 24_000, 1),
    ],
)
def test_a_long_line_of_broken_yaml_is_read_in_a_time_that_grows_with_it(
    tmp_path: Path, file: str, text: str, line: int
) -> None:
    """Looking for what was meant in it took minutes."""
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    problems = load(tmp_path).problems
    assert [(problem.code, problem.place.line) for problem in problems] == [(Code.YAML_SYNTAX, line)]


def test_a_condition_of_too_many_criteria_is_told_and_the_criterion_stays(catalogue: Load) -> None:
    criteria = "".join(f"c{one}: {{name: N{one}, definition: D}}\n" for one in range(5))
    where = ", ".join(f"c{one}: x" for one in range(5))
    loaded = catalogue({"criteria.yaml": f"{criteria}big: {{name: Big, definition: D, where: {{{where}}}}}\n"})
    assert [one.text for one in loaded.problems] == ['[too-large] "where" has 5 entries; expected at most 4']
    assert "big" in loaded.catalogue.criteria


def test_a_long_address_in_the_place_of_a_title_is_shown_without_its_middle(catalogue: Load) -> None:
    loaded = catalogue({"sources.yaml": f"long: {{url: 'https://example.org/{'abcd/' * 300}end'}}\n"})
    label = loaded.catalogue.sources["long"].label
    assert (label[:16], label[-8:], len(label)) == ("example.org/abcd", "abcd/end", 120)


@pytest.mark.parametrize("facts", ["{c: {}}", "{c: {value: q, reason: r}}", "{c: {nix: {}}}"])
def test_an_override_without_its_side_costs_nothing_else(catalogue: Load, facts: str) -> None:
    comparison = f"technologies: [a, b]\nrelation: alternatives\nsummary: S.\nreviewed: 2026-11-20\nfacts: {facts}\n"
    loaded = catalogue(
        {
            "criteria.yaml": "c: {name: C, definition: D}\n",
            "technologies/a.yaml": f"{named('A')}facts: {{c: {{value: x}}}}\n",
            "technologies/b.yaml": named("B"),
            "comparisons/a-vs-b.yaml": f"{comparison}criteria: [{{group: G, rows: [c]}}]\n",
        }
    )
    assert "not-compared" in codes(loaded)
    assert "internal" not in codes(loaded)
    assert loaded.catalogue.comparisons.keys() == {"a-vs-b"}


def test_a_rule_that_fails_costs_no_other_record(catalogue: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("x")

    for rule in ("_fact_fits", "_verdict_fits", "_names_differ"):
        monkeypatch.setattr(f"sphinx_versus.catalogue.rules._Rules.{rule}", fail)
    loaded = catalogue(
        {
            "criteria.yaml": "c: {name: C, definition: D}\n",
            "technologies/a.yaml": f"{named('A')}facts: {{c: {{value: x}}}}\n",
            "technologies/b.yaml": named("B"),
            "comparisons/a-vs-b.yaml": "technologies: [a, b]\nrelation: alternatives\nsummary: S.\nreviewed: 2026-11-20\n"
            "criteria: [{group: G, rows: [c]}]\n",
        }
    )
    assert codes(loaded) == ["internal"] * 3
    assert loaded.catalogue.technologies.keys() == {"a", "b"}
    assert loaded.catalogue.comparisons.keys() == {"a-vs-b"}
