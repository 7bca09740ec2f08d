"""One mistake is one message that names its place: a table of single mistakes, each in the small catalogue."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from conftest import CATALOGUE
from sphinx_versus.catalogue.loader import load

ALPHA, BETA, GAMMA = (f"technologies/{id_}.yaml" for id_ in ("alpha", "beta", "gamma"))
PAIR, CRITERIA, SOURCES = "comparisons/alpha-vs-beta.yaml", "criteria.yaml", "sources.yaml"
GOOD = {name.removeprefix("data/"): textwrap.dedent(text).lstrip("\n") for name, text in CATALOGUE.items()}

EDITS = [
    # file, what is replaced, by what, then: line and column of the message, its code
    (CRITERIA, "group: Data}", "group: Data, kinds: [typo]}", "2:115", "unknown-kind"),
    (CRITERIA, "group: Data}", "group: Data, kinds: [web-framework, typo]}", "2:130", "unknown-kind"),
    *(
        (file, old, f"{old.split(': ')[0]}: {todo}", place, "unfinished")
        for todo, shift in (("TODO", 0), ('"TODO: x"', 1))
        for file, old, line, column in (
            (SOURCES, "kind: primary", 5, 9),
            (SOURCES, "url: https://example.org/alpha", 4, 8),
            (SOURCES, "accessed: 2026-11-01", 6, 13),
            (ALPHA, "kind: web-framework", 2, 7),
            (ALPHA, "homepage: https://example.org/alpha", 4, 11),
            (ALPHA, "value: 2005-07", 10, 26),
            (BETA, "value: partial", 6, 16),
            (PAIR, "relation: alternatives", 2, 11),
            (PAIR, "reviewed: 2026-11-22", 18, 11),
            (CRITERIA, "type: yes-no", 2, 86),
        )
        for place in (f"{line}:{column + shift}",)
    ),
    (BETA, "note: Through", "notx: Through", "6:25", "unknown-key"),
    (BETA, "note: Through", "Note: Through", "6:25", "unknown-key"),
    (BETA, ", note: Through an extension.", "", "6:16", "needs-note"),
    *(
        (CRITERIA, "licence: {name: Licence, definition: The licence of the code., group: Project}", f"licence: {value}", place, code)
        for value, place, code in (
            ('"a\\x01b"', "1:12", "invalid-character"),
            ("words", "1:1", "wrong-type"),
            ("[a, b]", "1:1", "wrong-type"),
            ("", "1:1", "missing-key"),
        )
    ),
    *(
        (SOURCES, "accessed: 2026-11-01", f"accessed: {value}", "6:13", code)
        for value, code in (
            ("yesterday", "invalid-value"),
            ("2026-02-30", "invalid-value"),
            ("2026-13-01", "invalid-value"),
            ("2026", "invalid-value"),
            ("[2026]", "wrong-type"),
            ('""', "missing-key"),
            ('"  "', "missing-key"),
        )
    ),
    *(
        (file, f"{key}:", f"{misspelt}:", place, "unknown-key")
        for file, key, misspelt, place in (
            (SOURCES, "title", "titel", "2:3"),
            (SOURCES, "publisher", "Publisher", "3:3"),
            (SOURCES, "kind", "kinds", "5:3"),
            (SOURCES, "accessed", "acessed", "6:3"),
            (SOURCES, "quote", "qoute", "7:3"),
            (CRITERIA, "definition", "defintion", "1:26"),
            (CRITERIA, "type", "typ", "2:80"),
            (ALPHA, "summary", "sumary", "3:1"),
            (ALPHA, "facts", "fact", "7:1"),
            (ALPHA, "misconceptions", "misconception", "11:1"),
            (ALPHA, "claim", "clam", "13:5"),
            (ALPHA, "correction", "corection", "14:5"),
            (PAIR, "technologies", "technology", "1:1"),
            (PAIR, "relation", "relations", "2:1"),
            (PAIR, "criteria", "criterions", "4:1"),
            (PAIR, "verdict", "verdicts", "11:1"),
            (PAIR, "reviewed", "review", "18:1"),
        )
    ),
    *(
        (file, old, new, place, code)
        for file, old, new, place, code in (
            (ALPHA, "sources: [alpha-home]\nfacts", "sources: [alpha-hom]\nfacts", "6:11", "unknown-source"),
            (ALPHA, "sources: [alpha-home]\nfacts", "sources: [alpha-home, alpha-home]\nfacts", "6:23", "duplicate-entry"),
            (ALPHA, "sources: [alpha-home]\nfacts", "sources: alpha-home\nfacts", "6:10", "wrong-type"),
            (ALPHA, "licence:", "license:", "8:3", "unknown-criterion"),
            (ALPHA, "name: Alpha", "name: Alpha\nname: Alpha", "2:1", "duplicate-key"),
            (ALPHA, "homepage: https://", "homepage: ftp://", "4:11", "invalid-value"),
            (PAIR, "[alpha, beta]", "[alpha, beto]", "1:23", "unknown-technology"),
            (PAIR, "rows: [orm]", "rows: [orn]", "5:26", "unknown-criterion"),
            (PAIR, "rows: [orm]", "rows: []", "5:25", "missing-key"),
            (PAIR, "because: [orm]}", "because: []}", "15:60", "missing-key"),
            (PAIR, "group: Project", "group: Data", "6:13", "duplicate-entry"),
        )
    ),
]  # fmt: skip


def messages(root: Path, files: dict[str, bytes]) -> list[str]:
    """The messages of the small catalogue in which some files are others, with place and code."""
    for name, content in {**{name: text.encode() for name, text in GOOD.items()}, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [str(problem).removeprefix(f"{root}/") for problem in load(root).problems]


@pytest.mark.parametrize(("file", "old", "new", "place", "code"), EDITS)
def test_one_mistake_is_one_message(tmp_path: Path, file: str, old: str, new: str, place: str, code: str) -> None:
    assert old in GOOD[file]
    found = messages(tmp_path, {file: GOOD[file].replace(old, new, 1).encode()})
    assert [line.split("] ")[0] for line in found] == [f"{file}:{place}: [{code}"], found


ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("file", [ALPHA, PAIR, CRITERIA, SOURCES])
def test_a_file_in_another_encoding_is_one_message(tmp_path: Path, file: str, encoding: str) -> None:
    found = messages(tmp_path, {file: GOOD[file].encode(encoding)})
    assert found == [f"{file}:1:1: [unreadable-file] the file is UTF-16 or UTF-32; save it as UTF-8"]


def test_a_control_character_behind_the_last_line_is_one_message(tmp_path: Path) -> None:
    found = messages(tmp_path, {GAMMA: f"{GOOD[GAMMA]}\0\x1a".encode()})
    assert [line.split("] ")[0] for line in found] == [f"{GAMMA}:7:1: [invalid-character"]


NAMES = {
    **dict.fromkeys(("con", "CON", "Con", "nul", "AUX", "COM1", "CON.x"), "reserved-name"),
    **dict.fromkeys(("Delta", "del_ta", "del--ta", "-delta", "delta.x", " delta", "δ", "index", "Index", "x" * 121), "invalid-id"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_record_can_have_is_one_message(tmp_path: Path, name: str) -> None:
    found = messages(tmp_path, {f"technologies/{name}.yaml": GOOD[GAMMA].replace("Gamma", "Delta").encode()})
    assert [line.split("] ")[0] for line in found] == [f"technologies/{name}.yaml:1:1: [{NAMES[name]}"]
    assert 'did you mean "con"' not in found[0]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("technologies/delta.yml", "technologies/delta.yml"),
        ("technology/delta.yaml", "technology"),
        ("Technologies/delta.yaml", "Technologies"),
        ("source.yaml", "source.yaml"),
        ("a/b/c.yaml", "a"),
    ],
)
def test_a_file_in_the_wrong_place_is_one_message(tmp_path: Path, path: str, named: str) -> None:
    found = messages(tmp_path, {path: GOOD[GAMMA].encode()})
    assert [line.split("] ")[0] for line in found] == [f"{named}:1:1: [unexpected-file"]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(ALPHA, "summary:", "sumary:"), (ALPHA, "kind: web-framework\n", "")], ["1:1: [missing-key", "2:1: [unknown-key"]),
        ([(BETA, "note: Through", "notx: Through"), (BETA, "value: partial", "value: partly")], ["6:16: [invalid-value", "6:24: [unknown-key"]),
        ([(SOURCES, "kind: primary", "kind: TODO"), (SOURCES, "accessed: 2026-11-01", "accessed: soon")], ["5:9: [unfinished", "6:13: [invalid-value"]),
        ([(PAIR, "summary:", "sumary:"), (PAIR, "reviewed: 2026-11-22\n", "")], ["1:1: [missing-key", "3:1: [unknown-key"]),
        ([(PAIR, "criteria:", "criterion:"), (PAIR, "[alpha, beta]", "[alpha, Beta]")], ["1:23: [invalid-id", "4:1: [unknown-key"]),
    ],
)  # fmt: skip
def test_two_mistakes_are_two_messages(tmp_path: Path, edits: list[tuple[str, str, str]], expected: list[str]) -> None:
    file, text = edits[0][0], GOOD[edits[0][0]]
    for _, old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    found = messages(tmp_path, {file: text.encode()})
    assert [line.removeprefix(f"{file}:").split("] ")[0] for line in found] == expected


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PAIR, "summary: Alpha brings", "summary: ->\n  Alpha brings", '3:10: [yaml-syntax] "->" begins no text of several lines, and would be shown; did you mean ">-"?'),
        (PAIR, "summary: Alpha brings", "summary: |-Alpha brings", '3:12: [yaml-syntax] something stands behind the "|" or ">" with which a text of several lines begins; begin the text on the next line, indented deeper than its key'),
        (PAIR, "  choose:", "choose:", '13:1: [unknown-key] "choose" is not a key here; indent it deeper, to make it a key of "verdict"'),
        (BETA, "value: partial", "value: TBD", '6:16: [invalid-value] "TBD" is not a value of "orm"; leave value out, and say in the note what was looked for'),
        (GAMMA, "value: Apache-2.0", "value: unknown", '5:20: [invalid-value] "unknown" is not a value of "licence"; leave value out, and say in the note what was looked for'),
        (GAMMA, "licence: {value: Apache-2.0}", "licence: Apache-2.0", '5:12: [wrong-type] "licence" is a text; expected keys and values, as in {value: Apache-2.0}'),
        (PAIR, "technologies: [alpha, beta]", "technologies: [alpha. beta]", '1:16: [invalid-id] "alpha. beta" is not in kebab-case; put a comma between its words: alpha, beta'),
        (PAIR, "technologies: [alpha, beta]", "technologies: [\u0430lpha, beta]", '1:16: [invalid-id] "\u0430lpha" is not in kebab-case; did you mean "alpha"? a letter is Cyrillic'),
        (ALPHA, "sources: [alpha-home]\nfacts", "sources: [alpha-ho]\nfacts", '6:11: [unknown-source] "alpha-ho" is not a source; did you mean "alpha-home"?'),
        (SOURCES, "url: https://example.org/alpha", "url: https://example.org/alpha docs", '4:8: [invalid-value] "https://example.org/alpha docs" is not a web address; write %20 for a blank in it, or remove the blank'),
        (SOURCES, "title: Alpha home page", "title: Alpha: home page", '2:15: [yaml-syntax] a text that contains ": " stands without quotes; put quotes around it'),
        (CRITERIA, "type: number, unit: MB", "type: score, scale: {low: 1, high: 2}", '4:71: [invalid-value] the numbers of "scale" stand behind their words; write 1: low'),
        (CRITERIA, "licence: {name", "- licence: {name", '1:1: [yaml-syntax] "- licence: {name: Licence, definition: The licence of the code., group: Project}" belongs to no record; write "licence:", for records are no list'),
        (BETA, "disputed: Others say 13.", "disputed: true", '7:63: [wrong-type] "disputed" is "true"; say who disagrees, and in what'),
        (BETA, "value: partial", "value: 'Yes, in part'", '6:16: [invalid-value] "Yes, in part" is not a value of "orm"; did you mean "yes"? say the rest in the note'),
        (PAIR, "reviewed: 2026-11-22", "reviewed: November 2026", '18:11: [invalid-value] "November 2026" is not a date; expected a day such as 2026-11-22'),
        (ALPHA, "kind: web-framework", "kind: web framework", '2:7: [invalid-id] "web framework" is not in kebab-case; did you mean "web-framework"?'),
        (ALPHA, "as_of: 2026-11", "as_of: 20-11-2026", '8:55: [invalid-value] "20-11-2026" is not a date; did you mean "2026-11-20"?'),
        (ALPHA, "as_of: 2026-11", "as_of: 11/20/2026", '8:55: [invalid-value] "11/20/2026" is not a date; did you mean "2026-11-20"?'),
        (ALPHA, "as_of: 2026-11", "as_of: 03/04/2026", '8:55: [invalid-value] "03/04/2026" is not a date; expected a date such as 2026, 2026-11 or 2026-11-22'),
        (ALPHA, "as_of: 2026-11", "as_of: 11/2026", '8:55: [invalid-value] "11/2026" is not a date; did you mean "2026-11"?'),
        (ALPHA, "as_of: 2026-11", "as_of: 2026-9", '8:55: [invalid-value] "2026-9" is not a date; did you mean "2026-09"?'),
        (BETA, "note: Through an extension.", "note: Through, an extension.", '6:40: [unknown-key] "an extension." is not a key here; put quotes around a text that has a comma, as in "Through, an extension."'),
        (BETA, "value: partial", "value: n/a", '6:16: [invalid-value] "n/a" is not a value of "orm"; write not_applicable: true, and say why in the note'),
        (BETA, "value: partial", "value: Unknown", '6:16: [invalid-value] "Unknown" is not a value of "orm"; leave value out, and say in the note what was looked for'),
        (ALPHA, "sources: [alpha-home]\nfacts", "sources:\n  -alpha-home\nfacts", '7:3: [wrong-type] "sources" is a text; write "- alpha-home", with a blank behind the hyphen'),
        (PAIR, "{group: Data, rows: [orm]}", "{Data: [orm]}", '5:6: [unknown-key] "Data" is not a key here; expected the keys "group" and "rows"'),
        (ALPHA, "orm: {value: yes, note", "orm: value: yes # {note", '9:8: [yaml-syntax] "value:" stands behind another key; write it on a line of its own, indented'),
        (ALPHA, "{value: 2005-07}", "\n    value:2005-07", '11:5: [wrong-type] "first-release" is a text; no blank is behind its colon: write "value: 2005-07"'),
        (BETA, "value: 12, judgement", "value: [12, 13], judgement", '7:17: [wrong-type] "value" is a list; write its entries as one text: "12, 13"'),
        (BETA, "  licence: {value: MIT, sources: [beta-review], as_of: 2026-10, version: \"3.1\"}\n  orm", "  licence:\n    value: MIT\n    note: |\n      Some\n      text.\n   orm", '10:4: [yaml-syntax] "orm" is indented by 3 blanks, unlike the keys around it; expected 2 or 4'),
        (PAIR, "summary: Alpha brings more than Beta.", "summary: >-\nAlpha brings more\nthan Beta.", '4:1: [yaml-syntax] the text of "summary" is not indented; indent it deeper than its key'),
        (BETA, "{value: partial, note", "{value: Yes, typed, note", '6:21: [unknown-key] "typed" is not a key here; put quotes around a text that has a comma, as in "Yes, typed"'),
        (BETA, "  size:", "  release:", '7:3: [unknown-criterion] "release" is not a criterion; did you mean "first-release"?'),
        (SOURCES, "  quote: Alpha", "quote: Alpha", '7:1: [wrong-type] "quote" is a text; indent it, to make it a key of "alpha-home"'),
        (SOURCES, "beta-review:", "alpha-home:", '8:1: [duplicate-key] "alpha-home" is already given in line 1; remove or rename one of them'),
        (SOURCES, "alpha-home:\n", "alpha-home\n", '1:1: [yaml-syntax] "alpha-home" has no colon; write "alpha-home:"'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_to_write(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    assert old in GOOD[file]
    assert messages(tmp_path, {file: GOOD[file].replace(old, new, 1).encode()}) == [f"{file}:{expected}"]


def test_the_title_of_another_comparison_is_at_fault_where_it_is_written(tmp_path: Path) -> None:
    other = (
        GOOD[PAIR].replace("[alpha, beta]", "[beta, gamma]").partition("misconceptions:")[0] + "reviewed: 2026-11-22\n"
    )
    files = {
        PAIR: GOOD[PAIR].replace("relation:", "title: Beta vs Gamma\nrelation:", 1),
        "comparisons/beta-vs-gamma.yaml": other,
    }
    found = messages(tmp_path, {name: text.encode() for name, text in files.items()})
    assert [line.split("; ")[0] for line in found] == [
        f'{PAIR}:2:8: [duplicate-title] "Beta vs Gamma" is the title of "beta-vs-gamma" as well'
    ]


def test_a_copy_of_a_comparison_is_the_one_whose_id_fits_less(tmp_path: Path) -> None:
    found = messages(tmp_path, {"comparisons/beta-vs-alpha.yaml": GOOD[PAIR].partition("misconceptions:")[0].encode()})
    assert found[0].startswith('comparisons/beta-vs-alpha.yaml:1:1: [duplicate-comparison] "beta-vs-alpha" compares')


def test_a_comparison_that_is_published_is_no_copy(tmp_path: Path) -> None:
    copy = GOOD[PAIR].partition("misconceptions:")[0].replace("[alpha, beta]", "[beta, alpha]")
    files = {"comparisons/beta-vs-alpha.yaml": copy, "published.yaml": "comparisons: [beta-vs-alpha]\n"}
    found = messages(tmp_path, {name: text.encode() for name, text in files.items()})
    assert f'{PAIR}:1:1: [duplicate-comparison] "alpha-vs-beta" compares' in "\n".join(found)


def test_conditions_of_a_verdict_name_a_bounded_number_of_rows(tmp_path: Path) -> None:
    """A typesetter makes a megabyte of each; the verdict is left out."""
    text = GOOD[PAIR].replace("because: [orm]", f"because: [{', '.join(f'r{number}' for number in range(1_000))}]", 1)
    found = messages(tmp_path, {PAIR: text.encode()})
    assert any("[too-large] 1,002 rows on which conditions rest; expected at most 1,000" in line for line in found), (
        found
    )
