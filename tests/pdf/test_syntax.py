"""Texts become markup that means nothing but itself; colours stand in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sphinx_versus
from sphinx_versus.pdf.images import length
from sphinx_versus.pdf.palette import PALETTE
from sphinx_versus.pdf.syntax import Code, breakable, call, content, escape, string, value
from sphinx_versus.pdf.typesetter.compiler import Remark, remarks

STATIC = Path(sphinx_versus.__file__).parent / "static"


@pytest.mark.parametrize(
    ("words", "markup"),
    [
        ("plain words", "plain words"),
        ("two\n  lines", "two lines"),
        ("#let x = $1", r"\#let x \= \$1"),
        ("1. no list", r"1\. no list"),
        ("a -- b ... c", r"a \-\- b .\.\. c"),
        ("http://x", r"http:\/\/x"),
    ],
)
def test_escape(words: str, markup: str) -> None:
    assert escape(words) == markup


def test_long_tokens_may_break() -> None:
    assert breakable("short") == "short"
    assert breakable("configuration_value_of_the_site") == "configuration_\u200bvalue_\u200bof_\u200bthe_\u200bsite"
    assert breakable("x" * 50, 20).split("\u200b") == ["x" * 20, "x" * 20, "x" * 10]


@pytest.mark.parametrize("words", ["one - two = three. " * 100, "".join(map(chr, range(0x4E00, 0x5A00)))])
def test_long_texts_have_several_lines(words: str) -> None:
    """A message of the typesetter about one letter has the whole line in it, and there may be one for each letter."""
    lines = escape(words).split("\n")
    assert max(map(len, lines)) < 400
    assert not any(line.startswith(("-", "=", " ")) for line in lines)
    markup = escape(words).replace("/*\n*/", "").replace("\n", " ")
    assert markup.replace("\\", "").replace("\u200b", "") == words


def test_values() -> None:
    assert value({"a b": [1, "two", None, True]}) == '("a b": (1, "two", none, true, ))'
    assert string('a "b"\\\n') == '"a \\"b\\"\\\\\\n"'
    assert call("card", "body", keep=True) == "#card(keep: true)[body];"
    assert call("strong", "body") == "#strong[body];"
    assert call("code-block", text="x", first=Code("1")) == '#code-block(text: "x", first: 1);'
    assert content("x") == "[x]"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("50%", "50%"), ("40px", "30pt"), ("40", "30pt"), ("2cm", "2cm"), ("1pc", "12pt"), ("x", None)],
)
def test_lengths(given: str, expected: str | None) -> None:
    assert length(given) == expected


SAID = """error: PDF/UA-1 error: the text `"漢"` could not be displayed with font `"Source Serif 4"`
  ┌─ ../out/_typst/pages/a/b.typ:3:0
  │
3 │ Abc
  = hint: try using a different font

error: unknown variable: y
   ┌─ ../out/_typst/style/text.typ:4:10
   │
help: error occurred in this call
   ┌─ ../out/_typst/pages/c.typ:9:1
"""


def test_what_the_typesetter_says() -> None:
    glyph, unknown = remarks(SAID, "_typst")
    assert (glyph.file, glyph.line, glyph.glyph, glyph.about_standard) == ("pages/a/b.typ", 3, "漢", True)
    assert unknown == Remark("unknown variable: y", "pages/c.typ", 9)


def test_the_colours_are_those_of_the_style_sheet() -> None:
    sheet = (STATIC / "versus.css").read_text(encoding="utf-8")
    light = sheet[sheet.index("body {") : sheet.index("}")]
    found = dict(re.findall(r"--vs-(\w+): light-dark\((#[0-9a-f]{6}),", light))
    assert {name: found[name] for name in PALETTE} == PALETTE
