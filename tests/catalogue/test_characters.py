"""Characters that no text of a record may hold: what is reported, what stands in their place, how messages show them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from sphinx_versus.catalogue import reader as reader_module
from sphinx_versus.catalogue.document import Scalar, laid_out
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.reader import read
from sphinx_versus.characters import FORBIDDEN, as_uri, cleaned, printable
from sphinx_versus.problems import Code, Place, Problem

LIBYAML = reader_module._LOADER


def test_what_is_left_can_be_written_as_xml() -> None:
    every = cleaned("".join(map(chr, range(0x110000))))
    assert ET.fromstring(f"<a>{every.replace('&', '').replace('<', '')}</a>").text
    every.encode()


@pytest.mark.parametrize("character", "\t\n aé漢😀\u00a0\u00ad\u200b\u200d\u200e\u200f\u061c\ufe0f\ufffd\U000e0067")
def test_ordinary_characters_stay(character: str) -> None:
    assert cleaned(character) == character


@pytest.mark.parametrize(
    "character",
    "\0\x01\x07\x08\x0b\x0c\r\x1b\x1f\x7f\x80\x85\x9b\u2028\u2029\u202a\u202e\u2066\u2069\ufeff"
    "\ud800\udfff\ue000\ue001\uf8ff\ufdd0\ufffe\uffff\U0001fffe\U000f0000\U00100000\U0010ffff",
)
def test_others_are_replaced_one_by_one(character: str) -> None:
    assert FORBIDDEN.fullmatch(character)
    assert cleaned(f"a{character}b") == "a\ufffdb"


# -- in records


@pytest.fixture(params=[LIBYAML, yaml.BaseLoader], ids=["libyaml", "python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Both parsers that there may be."""
    monkeypatch.setattr(reader_module, "_LOADER", request.param)
    return request.param


ESCAPES = [
    r"\0",
    r"\a",
    r"\e",
    r"\r",
    r"\x01",
    r"\x9b",
    r"\N",
    r"\L",
    r"\P",
    r"\u202e",
    r"\ue000",
    r"\uffff",
    r"\U0010ffff",
]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_is_reported_at_its_place_and_replaced(escape: str) -> None:
    found, problems = read("x.yaml", f'a: b\nc: ["d\\té", "é{escape}f"]\n')
    assert found.tree == {"a": "b", "c": ["d\té", "é\ufffdf"]}
    [problem] = problems
    assert (problem.code, problem.place) == (Code.INVALID_CHARACTER, Place("x.yaml", 2, 15))
    scalar: Any = found.tree
    assert laid_out(scalar["c"][1].span)[0] == "é\ufffdf"
    assert isinstance(scalar["c"][1], Scalar)


@pytest.mark.parametrize("digits", [r"\ud800", r"\ud83d\ude00", r"\U00110000", r"\Uffffffff"])
def test_escapes_of_no_character(loader: Any, digits: str) -> None:
    found, problems = read("x.yaml", f'a: "{digits}"')
    assert problems
    assert found.tree in (None, {"a": "\ufffd"}, {"a": "\ufffd\ufffd"})
    assert all("\ud800" not in str(problem) for problem in problems)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x85", "\u2028", "\ufeff", "\ue000", "\ud800", "\U0010ffff"]
)
def test_a_character_as_typed_is_reported_at_its_place_and_replaced(character: str) -> None:
    found, problems = read("x.yaml", f"a: |\n  bé{character}c\n\nd: e\n")
    assert found.tree == {"a": "bé\ufffdc\n", "d": "e"}
    [problem] = problems
    assert (problem.code, problem.place) == (Code.INVALID_CHARACTER, Place("x.yaml", 2, 5))


@pytest.mark.parametrize("key", [r'"na\0me"', "na\x07me"])
def test_a_key_is_left_out(key: str) -> None:
    found, problems = read("x.yaml", f"{key}: {{b: c}}\nd: e\n")
    assert found.tree == {"d": "e"}
    assert [str(problem).partition(" the")[0] for problem in problems] == [
        f"x.yaml:1:{key.index('a') + 2}: [invalid-character]"
    ]


def technologies(**fields: str) -> Mapping[str, str]:
    lines = {"name": "Alpha", "kind": "tool", "summary": "A tool.", **fields}
    return {"technologies/alpha.yaml": "".join(f"{key}: {value}\n" for key, value in lines.items())}


@pytest.mark.parametrize("value", [r'"web\0tool"', "web\x01tool"])
@pytest.mark.parametrize("field", ["kind", "homepage", "name", "summary", '"na\\0me"'])
def test_one_mistake_one_message(catalogue: Callable[[Mapping[str, str]], Loaded], field: str, value: str) -> None:
    fields = {field: value}
    if field.startswith('"'):
        fields = {field: "Alpha", "name": "Beta"}
    assert [problem.code for problem in catalogue(technologies(**fields)).problems] == [Code.INVALID_CHARACTER]


def test_no_text_of_a_record_holds_one(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    text = '"' + "".join(ESCAPES) + '\nx \\0"'
    fields = {
        "name": text,
        "summary": text,
        "synonyms": f"[{text}]",
        "facts": f"{{speed: {{value: {text}, note: {text}}}}}",
    }
    found = catalogue({**technologies(**fields), "criteria.yaml": f"speed: {{name: {text}, definition: {text}}}"})
    texts = [*_texts(found.catalogue.technologies["alpha"]), *_texts(found.catalogue.criteria["speed"])]
    assert len(texts) > 8
    assert not [text for text in texts if FORBIDDEN.search(text)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, tuple):
        yield from (text for one in value for text in _texts(one))
    elif hasattr(value, "text"):
        yield value.text
    elif isinstance(value, BaseModel):
        yield from _texts(dict(value))


# -- in messages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain … é漢 \\n", "plain … é漢 \\n"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\u202eabc\u200f", "\\u202eabc\\u200f"),
        ("caf\udce9", "caf\\xe9"),
        ("\ud800\U0010ffff", "\\ud800\\U0010ffff"),
    ],
)
def test_a_message_shows_them_as_escapes(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_a_problem_stays_on_its_line() -> None:
    problem = Problem(Place("a\x1b[2J\nb.yaml"), Code.UNKNOWN_KEY, '"x\ny" is not a key', "did you mean \x07?")
    assert str(problem) == 'a\\x1b[2J\\nb.yaml:1:1: [unknown-key] "x\\ny" is not a key; did you mean \\x07?'


@pytest.mark.parametrize("name", [b"a\x1b[31m.yaml", b"a\nb.yaml", b"caf\xe9.yaml", b"a\xe2\x80\xae.yaml", b"a\\.yaml"])
def test_a_file_name_is_shown_as_such(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "data" / "technologies"
    folder.mkdir(parents=True)
    Path(str(folder), name.decode(errors="surrogateescape")).write_text(
        "name: A\nkind: tool\nsummary: S\n", encoding="utf-8"
    )
    [problem] = load(tmp_path / "data").problems
    assert problem.code is Code.INVALID_ID
    assert not FORBIDDEN.search(str(problem))
    assert "\n" not in str(problem)


@pytest.mark.parametrize("length", [10, 10_000_000])
def test_a_message_is_short(length: int) -> None:
    problem = Problem(Place("a.yaml"), Code.UNKNOWN_KEY, f'"{"x" * length}" is not a key here', "y" * length)
    assert len(problem.text) < 1100
    assert problem.text.startswith('[unknown-key] "xxx')
    assert "is not a key here; yyy" in problem.text


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ("https://a.example/a|b?q={x}^`", "https://a.example/a%7Cb?q=%7Bx%7D%5E%60"),
        ("https://a.example/%zz%41%", "https://a.example/%25zz%41%25"),
        ("https://a.example/#a#b", "https://a.example/#a%23b"),
        ("https://b\u00fccher.example/\u00fc", "https://b\u00fccher.example/\u00fc"),
    ],
)
def test_an_address_has_escapes_for_what_none_may_hold(written: str, uri: str) -> None:
    assert as_uri(written) == uri


def test_brackets_are_escaped_in_addresses() -> None:
    assert as_uri("https://example.org/a[1]?b[]=2#c[3]") == "https://example.org/a%5B1%5D?b%5B%5D=2#c%5B3%5D"
    assert as_uri("http://[::1]:80/z[1]") == "http://[::1]:80/z%5B1%5D"
