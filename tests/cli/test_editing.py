"""Changes of records touch the characters that are meant, and nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from sphinx_versus.cli.editing import RecordText, scalar

DATA = Path(__file__).parents[2] / "data"
ORDER = ("value", "note", "sources", "as_of", "version")
LONG = "word " * 40 + "end"


def changed(text: str, edit: Callable[[RecordText], None]) -> str:
    record = RecordText(Path("x.yaml"), text)
    edit(record)
    return record.text


@pytest.mark.parametrize(
    ("text", "location", "value", "expected"),
    [
        ('a:\n  b: "1" # why\n', ("a", "b"), "2", 'a:\n  b: "2" # why\n'),
        ("a:\n  b: it's # why\n", ("a", "b"), "x: y", 'a:\n  b: "x: y" # why\n'),
        ("a: 'it''s'\n", ("a",), "it's", "a: 'it''s'\n"),
        ("a: >-\n  one\n  two\n\n# end\nb: c\n", ("a",), "x", "a: x\n\n# end\nb: c\n"),
        ("a: x\n", ("a",), "one\n\ntwo", "a: |-\n  one\n\n  two\n"),
        ("a: x # why\n", ("a",), None, "a: # why\n"),
        ("f: {a: x, b: y}\n", ("f", "a"), None, "f: {a: , b: y}\n"),
        ("a:\nb: c\n", ("a",), "x", "a: x\nb: c\n"),
        ("{a: {b: , c: d}}", ("a", "b"), "x", "{a: {b: x, c: d}}"),
        ("a: [x, 'y'] # why\n", ("a", 1), "z", "a: [x, 'z'] # why\n"),
        ("a:\n  - x\n  - y # why\n", ("a", 1), "z", "a:\n  - x\n  - z # why\n"),
        ("a:\n  - x\n  - y\n# end\n", ("a",), ["z"], "a: [z]\n# end\n"),
        # what is not there yet
        (
            "f:\n  value: x # why\n  as_of: 2026\n",
            ("f", "sources"),
            ["s"],
            "f:\n  value: x # why\n  sources: [s]\n  as_of: 2026\n",
        ),
        (
            "f:\n  note: |\n    two\n    lines\n\nb: c\n",
            ("f", "as_of"),
            "2026",
            "f:\n  note: |\n    two\n    lines\n  as_of: 2026\n\nb: c\n",
        ),
        ("f:\n  as_of: 2026\n", ("f", "note"), "n", "f:\n  note: n\n  as_of: 2026\n"),
        ("f: {value: x} # why\n", ("f", "note"), "a, b", 'f: {value: x, note: "a, b"} # why\n'),
        ("f:\n  # none yet\nb: c\n", ("f", "new", "value"), "x", "f:\n  new:\n    value: x\n  # none yet\nb: c\n"),
        ("f: {}\n", ("f", "new", "value"), "x", "f:\n  new:\n    value: x\n"),
        (
            "# head\n\na:\n  n: x\n\nb:\n  n: y\n# tail\n",
            ("c",),
            {"n": "z"},
            "# head\n\na:\n  n: x\n\nb:\n  n: y\n\nc:\n  n: z\n# tail\n",
        ),
        ("# only words\n", ("c",), {"n": "z"}, "# only words\n\nc:\n  n: z\n"),
        ("é: ü\nb: ö # ß\n", ("b",), "ä", "é: ü\nb: ä # ß\n"),
    ],
)
def test_values(text: str, location: tuple[str | int, ...], value: Any, expected: str) -> None:
    assert changed(text, lambda record: record.set(location, value, ORDER)) == expected


def test_long_texts_are_wrapped_and_keep_their_words() -> None:
    text = changed("a:\n  note: x\n", lambda record: record.set(("a", "note"), LONG))
    assert text.startswith("a:\n  note: >-\n    word word")
    assert max(map(len, text.splitlines())) <= 110
    assert RecordText(Path("x"), text).tree["a"]["note"] == LONG


@pytest.mark.parametrize(
    "text",
    [
        "",
        " x",
        "x ",
        "a: b",
        "a #b",
        "#b",
        "null",
        "~",
        "[x",
        "x, y",
        "- x",
        "\t",
        "'",
        '"',
        "*a",
        "!a",
        "{{ x }}",
        "{[x]: y}",
    ],
)
def test_any_text_is_read_as_it_was_meant(text: str) -> None:
    assert RecordText(Path("x"), f"[{scalar(text)}]").tree == [text]


@pytest.mark.parametrize("text", ["a: x\n", "a: [x]\n", "[x]\n"])
def test_a_record_of_another_form_is_left_alone(text: str) -> None:
    with pytest.raises(click.ClickException, match="nothing was written"):
        changed(text, lambda record: record.set(("a", "b", "c"), "x"))


def places(tree: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The locations of all texts."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from places(value, (*at, key))
    if isinstance(tree, str):
        yield at


@pytest.mark.parametrize("name", ["technologies/flask.yaml", "comparisons/django-vs-flask.yaml", "published.yaml"])
def test_each_value_of_a_real_record_can_be_changed_alone(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    tree = RecordText(Path(name), text).tree
    for at in [*places(tree)][::3]:
        new = changed(text, lambda record, at=at: record.set(at, "x-y"))  # type: ignore[misc]
        lines = [line for line in difflib.ndiff(text.splitlines(), new.splitlines()) if line.startswith("+")]
        assert len(lines) == 1, at
        assert "x-y" in lines[0]


def test_each_key_of_a_real_record_can_be_renamed_alone() -> None:
    text = (DATA / "technologies/flask.yaml").read_text(encoding="utf-8")
    for key in RecordText(Path("x"), text).tree["facts"]:
        new = changed(text, lambda record, key=key: record.rename([(("facts", key), True)], "x-y"))  # type: ignore[misc]
        assert new == text.replace(f"\n  {key}:\n", "\n  x-y:\n")


@pytest.mark.parametrize("name", ["flask", "aws", "http"])
@pytest.mark.parametrize("field", ["value", "as_of", "version", "note"])
def test_a_field_of_all_facts_changes_at_once_as_one_after_the_other(name: str, field: str) -> None:
    text = (DATA / f"technologies/{name}.yaml").read_text(encoding="utf-8")
    locations = [("facts", id_, field) for id_ in RecordText(Path(name), text).tree["facts"]]
    singly = RecordText(Path(name), text)
    for location in locations:
        singly.set(location, "x-y", ORDER)
    assert changed(text, lambda record: record.set_all(locations, "x-y", ORDER)) == singly.text != text
