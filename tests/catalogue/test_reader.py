"""Reading YAML: text as it was typed, and the place of every key and value."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_versus.catalogue import reader as reader_module
from sphinx_versus.catalogue.document import Document, Location, Scalar, laid_out
from sphinx_versus.catalogue.reader import MAX_DEPTH, read
from sphinx_versus.problems import Code, Place


def document(text: str) -> Document:
    found, problems = read("x.yaml", text)
    assert problems == []
    return found


def tree(text: str) -> Any:
    return document(text).tree


loader: Any = reader_module._LOADER


def said(text: str) -> list[str]:
    return [str(problem) for problem in read("x.yaml", text)[1]]


# -- text as it was typed


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "on",
        "Off",
        "true",
        "3.10",
        "1e3",
        "0x1F",
        "0o17",
        "1_000",
        "2026-11-22",
        "12:30:45",
        ".inf",
        "<<",
        "=",
    ],
)
def test_a_plain_scalar_keeps_its_text(typed: str) -> None:
    assert tree(f"key: {typed}") == {"key": typed}
    assert tree(f"- {typed}") == [typed]
    assert list(tree(f"{typed}: value")) == [typed]


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL", "# a comment"])
def test_no_value(typed: str) -> None:
    assert tree(f"key: {typed}\n") == {"key": None}


@pytest.mark.parametrize("typed", ["''", '"~"', "'null'", '"null"'])
def test_what_is_quoted_is_a_value(typed: str) -> None:
    assert tree(f"key: {typed}\n") == {"key": typed[1:-1]}


def test_empty_files_have_no_tree() -> None:
    for text in ("", "\n\n", "# only a comment\n", "---\n", "--- # still\n...\n"):
        assert tree(text) is None


def test_marks_of_a_single_document() -> None:
    assert tree("---\na: b\n...\n") == {"a": "b"}


TAGS = "%TAG !x! y\n" * 3


@pytest.mark.parametrize(
    "text", ["%YAML 1.2\n---\na: b\n", f"{TAGS}---\na: b\n", f"a: b\n{TAGS}", f"a: b\n...\n{TAGS}"]
)
def test_directives_never_reach_the_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    monkeypatch.setattr(reader_module, "_LOADER", lambda text: texts.append(text) or loader(text))
    found, [problem] = read("x.yaml", text)
    assert found.tree == {"a": "b"}
    assert "%" not in "".join(texts)
    line = 1 if text.startswith("%") else text.splitlines().index("%TAG !x! y") + 1
    assert str(problem).startswith(f"x.yaml:{line}:1: [yaml-syntax] directives are not used in records")


def test_lists_and_mappings_nest() -> None:
    assert tree("a:\n- b: [c, {d: e}]\n- - f\n") == {"a": [{"b": ["c", {"d": "e"}]}, ["f"]]}


def test_line_ends_of_other_systems() -> None:
    assert tree("a: |\r\n  b\r\n  c\r\nd: e\r\n") == {"a": "b\nc\n", "d": "e"}
    assert document("a: b\r\rc: d\r").place(("c",)) == Place("x.yaml", 3, 4)


# -- places


NESTED = """\
first: 1
second:
  - one
  - key: value
    other: [a, bb, {c: d}]
"third key": 'text'
"""


@pytest.mark.parametrize(
    ("location", "key", "value"),
    [
        (("first",), (1, 1), (1, 8)),
        (("second",), (2, 1), (3, 3)),
        (("second", 0), (3, 5), (3, 5)),
        (("second", 1), (4, 5), (4, 5)),
        (("second", 1, "key"), (4, 5), (4, 10)),
        (("second", 1, "other", 1), (5, 16), (5, 16)),
        (("second", 1, "other", 2, "c"), (5, 21), (5, 24)),
        (("third key",), (6, 1), (6, 14)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_places_of_keys_and_values(location: Location, key: tuple[int, int], value: tuple[int, int]) -> None:
    found = document(NESTED)
    assert found.place(location, key=True) == Place("x.yaml", *key)
    assert found.place(location) == Place("x.yaml", *value)


def test_what_is_absent_is_where_it_would_be() -> None:
    found = document(NESTED)
    assert found.place(("second", 1, "absent", 3, "deeper")) == Place("x.yaml", 4, 5)
    assert found.place(("absent",), key=True) == Place("x.yaml", 1, 1)
    assert Document("y.yaml", None).place(("a", "b")) == Place("y.yaml")


def test_columns_count_characters() -> None:
    assert document("é😀: [ü, x]").place(("é😀", 1)) == Place("x.yaml", 1, 9)


# -- what is refused


def test_a_duplicate_key_keeps_the_first_value() -> None:
    found, problems = read("x.yaml", "a: 1\nb: 2\na: {c: [3, {d: 4}]}\ne: 5\n")
    assert found.tree == {"a": "1", "b": "2", "e": "5"}
    assert [str(problem) for problem in problems] == [
        'x.yaml:3:1: [duplicate-key] "a" is already given in line 1; remove or rename one of them'
    ]


def test_the_same_key_in_two_mappings_is_fine() -> None:
    assert tree("a: {x: 1}\nb: {x: 1}") == {"a": {"x": "1"}, "b": {"x": "1"}}


def test_every_duplicate_is_told_even_when_the_file_breaks_later() -> None:
    assert [line.split(": [")[1][:13] for line in said("a: 1\na: 2\na: 3\nb: [")] == [
        "duplicate-key",
        "duplicate-key",
        "yaml-syntax] ",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("&x a: b", "1:1"),
        ("a: 1\n*x : b", "2:1"),
        ("!!map\na: b", "1:1"),
        ("[a]: b", "1:1"),
        ("? {a: b}\n: c", "1:3"),
        ("a: b\n---\nc: d", "2:1"),
        ("a: b\n--- c", "2:1"),
    ],
)
def test_what_records_do_not_need_is_refused(text: str, place: str) -> None:
    found, problems = read("x.yaml", text)
    assert found.tree is None
    assert [problem.code for problem in problems] == [Code.YAML_SYNTAX]
    assert str(problems[0]).startswith(f"x.yaml:{place}: ")


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("a: &x 1", "1:4", {"a": None}),
        ("a: &x\n  b: c\nd: e", "1:4", {"a": None, "d": "e"}),
        ("a: &x [b, [c]]\nd: e", "1:4", {"a": None, "d": "e"}),
        ("a: 1\nb: *a", "2:4", {"a": "1", "b": None}),
        ("a: &x {b: *x}", "1:4", {"a": None}),
        ("a:\n  <<: *b\n  c: d", "2:7", {"a": {"<<": None, "c": "d"}}),
        ("a: [b, *c, d]", "1:8", {"a": ["b", None, "d"]}),
        ("a: !tag b", "1:4", {"a": None}),
        ("a: !!python/object/apply:os.system [ls]\nb: c", "1:4", {"a": None, "b": "c"}),
        ("a: !!str b", "1:4", {"a": None}),
    ],
)
def test_what_is_refused_costs_its_value(text: str, place: str, left: object) -> None:
    found, problems = read("x.yaml", text)
    assert found.tree == left
    assert [problem.code for problem in problems] == [Code.YAML_SYNTAX]
    assert str(problems[0]).startswith(f"x.yaml:{place}: ")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "{? "])
def test_deep_nesting_is_refused_without_harm(opening: str) -> None:
    assert read("x.yaml", opening * 100_000)[0].tree is None


def test_records_may_nest_deeply_enough() -> None:
    assert said("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert said("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)) == [
        f"x.yaml:1:{MAX_DEPTH + 2}: [too-large] nested too deeply; expected at most {MAX_DEPTH} levels"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n\tc: d", "2:1: [yaml-syntax] a tab; indent with blanks"),
        ("a: >\n  b\n\tc", "3:1: [yaml-syntax] a tab; indent with blanks"),
        ("a: `b`", '1:4: [yaml-syntax] "`" cannot begin a text; a text that starts with "`" needs quotes'),
        ("a: %b", '1:4: [yaml-syntax] "%" cannot begin a text; a text that starts with "%" needs quotes'),
        ("a: ]", '1:4: [yaml-syntax] "]" cannot begin a text; a text that starts with "]" needs quotes'),
        ("a: &", '1:4: [yaml-syntax] "&" cannot begin a text; a text that starts with "&" needs quotes'),
        ("a:\n- b\nc", "3:1: [yaml-syntax] a key without a colon;"),
        (
            "- a\nb: c",
            '2:1: [yaml-syntax] the key "b" is among the entries of a list, which begin in column 1;',
        ),
        (
            "a: |x\n  b",
            "1:5: [yaml-syntax] something stands behind",
        ),
        ('a: "\n', "1:4: [yaml-syntax] a quotation mark is never closed; close it"),
    ],
)
def test_syntax_errors_in_our_words(text: str, expected: str) -> None:
    [line] = said(text)
    assert line.startswith(f"x.yaml:{expected}")


# -- prose: the lines of the file, and the place of every character


def prose(text: str, *location: str | int) -> tuple[str, list[tuple[str, int, int]]]:
    """The text of a scalar, and each run of it with its line and column."""
    value: Any = tree(text)
    for step in location or ("a",):
        value = value[step]
    assert isinstance(value, Scalar)
    laid, marks = laid_out(value.span)
    ends = [start for start, _, _ in marks[1:]] + [len(laid)]
    return laid, [(laid[start:end], line, column) for (start, line, column), end in zip(marks, ends, strict=True)]


@pytest.mark.parametrize(
    ("yaml", "text", "runs"),
    [
        # plain
        ("a: b c", "b c", [("b c", 1, 4)]),
        ("a: b\n  c\n    d", "b\nc\nd", [("b\n", 1, 4), ("c\n", 2, 3), ("d", 3, 5)]),
        ("a:\n  b\n\n  c  # no\n", "b\n\nc", [("b\n", 2, 3), ("\n", 3, 1), ("c", 4, 3)]),
        ("a: b\n \t c", "b\nc", [("b\n", 1, 4), ("c", 2, 4)]),
        ("{a: b\n  c, d: e}", "b\nc", [("b\n", 1, 5), ("c", 2, 3)]),
        # single-quoted
        ("a: 'b: c'", "b: c", [("b: c", 1, 5)]),
        ("a: 'it''s'", "it's", [("it'", 1, 5), ("s", 1, 9)]),
        (
            "a: 'b\n  c''\n\n  d '",
            "b\nc'\n\nd",
            [("b\n", 1, 5), ("c'", 2, 3), ("\n", 2, 6), ("\n", 3, 1), ("d", 4, 3)],
        ),
        # double-quoted
        ('a: "b # c"', "b # c", [("b # c", 1, 5)]),
        (r'a: "say \"b\""', 'say "b"', [('say "', 1, 5), ('b"', 1, 11)]),
        (r'a: "x\u00e9\x21\U0001f600y"', "xé!😀y", [("xé", 1, 5), ("!", 1, 12), ("😀", 1, 16), ("y", 1, 26)]),
        (r'a: "b\n\nc"', "b\n\nc", [("b\n", 1, 5), ("\n", 1, 8), ("c", 1, 10)]),
        (
            'a: "b\n\n  c\\\\\n  d"',
            "b\n\nc\\\nd",
            [("b\n", 1, 5), ("\n", 2, 1), ("c\\", 3, 3), ("\n", 3, 6), ("d", 4, 3)],
        ),
        ('a: "b \\\n  c"', "b c", [("b ", 1, 5), ("c", 2, 3)]),
        # literal and folded
        ("a: |\n  b\n   c\n", "b\n c", [("b\n", 2, 3), (" c", 3, 3)]),
        ("a: |-\n  b\n\n  c\nd: e", "b\n\nc", [("b\n", 2, 3), ("\n", 3, 3), ("c", 4, 3)]),
        ("a: >-\n    b\n    c\n", "b\nc", [("b\n", 2, 5), ("c", 3, 5)]),
        (
            "a: >+\n  b\n\n\n  c\n\n\nd: e",
            "b\n\n\nc",
            [("b\n", 2, 3), ("\n", 3, 3), ("\n", 4, 3), ("c", 5, 3)],
        ),
        ("a: |2\n    code\n  b\n", "  code\nb", [("  code\n", 2, 3), ("b", 3, 3)]),
        ("a: >1-\n  b\n c\n", " b\nc", [(" b\n", 2, 2), ("c", 3, 2)]),
        ("a: |-2 # why\n    b\n", "  b", [("  b", 2, 3)]),
        ("a: |\n\n  b\n", "b", [("b", 3, 3)]),
        ("a: |\n  b\n # a comment\n# another\nc: d", "b", [("b", 2, 3)]),
        ("a: |\n  b\n\n   \n", "b", [("b", 2, 3)]),
        ("a: >\n  b\n  \tc\n", "b\n\tc", [("b\n", 2, 3), ("\tc", 3, 3)]),
        ("a: |\n  b", "b", [("b", 2, 3)]),
    ],
)
def test_prose_and_its_places(yaml: str, text: str, runs: list[tuple[str, int, int]]) -> None:
    assert prose(yaml) == (text, runs)


@pytest.mark.parametrize(
    ("yaml", "location", "first"),
    [
        ("a:\n- |\n  b\n- c", ("a", 0), ("b", 3, 3)),
        ("a:\n  - |1\n     b\n  - c", ("a", 0), ("  b", 3, 4)),
        ("a:\n- b: |1\n     c", ("a", 0, "b"), ("  c", 3, 4)),
        ("a:\n- - |1-\n     c", ("a", 0, 0), ("  c", 3, 4)),
        ("a:\n- b: |\n    c\n  d: >\n    e\n", ("a", 0, "d"), ("e", 5, 5)),
        ("a:\n  b:\n    c: |2\n        d\n", ("a", "b", "c"), ("  d", 4, 7)),
        ("a: [b, c d]", ("a", 1), ("c d", 1, 8)),
    ],
)
def test_prose_in_nested_collections(yaml: str, location: tuple[str | int, ...], first: tuple[str, int, int]) -> None:
    assert prose(yaml, *location)[1][0] == first


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a:\n  -when: with x\n   value: yes\n", "2:3", '"-when" has no blank behind its hyphen; write "- when"'),
        ("a:\n  -{when: you build, because: [x]}\n", "2:3", '"-{when" has no blank behind its hyphen; write "- {when"'),
        ("a:\n  - b\n  -c\n  - d\n", "3:3", '"-c" has no blank behind its hyphen; write "- c"'),
    ],
)
def test_an_entry_without_a_blank_behind_its_hyphen(text: str, place: str, words: str) -> None:
    (problem,) = read("x.yaml", text)[1]
    assert str(problem) == f"x.yaml:{place}: [yaml-syntax] {words}"
