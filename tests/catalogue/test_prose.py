"""What the prose of records may not contain, and where exactly it stands."""

from __future__ import annotations

from typing import Any

import pytest
from markdown_it.rules_block import StateBlock

from sphinx_versus.catalogue.document import laid_out
from sphinx_versus.catalogue.markdown import plain_text
from sphinx_versus.catalogue.prose import (
    MOST_PROBLEMS,
    SAFE_DIRECTIVES,
    Prose,
    RoleUse,
    examined,
    is_safe_link,
)
from sphinx_versus.catalogue.reader import read
from sphinx_versus.problems import Code, Place


def prose_of(yaml: str) -> Prose:
    """The prose under the key ``a``."""
    tree: Any = read("x.yaml", yaml)[0].tree
    text, marks = laid_out(tree["a"].span)
    return Prose(text, "x.yaml", marks[0][1], marks)


def said(text: str) -> list[str]:
    """The problems of a text in a literal scalar, so that it begins at 2:3, without code and hint."""
    indented = "\n".join("  " + line for line in text.split("\n"))
    problems = examined(prose_of("a: |2\n" + indented)).problems
    assert all(problem.code is Code.UNSAFE_PROSE for problem in problems)
    return [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "plain words, *emphasis*, **more** and `code`",
        "1 < 2, 3 > 2, a <- b and x<y",
        "`<b>` and ``{raw}`x` ``",
        "    <b>indented code</b>",
        "```html\n<b>![x](y)</b>\n```",
        "```\n# no heading\n```",
        "\\<b>, \\![x], \\# and &lt;b&gt;",
        "[web](https://example.org), [old](http://example.org) and [mail](mailto:a@example.org)",
        "<https://example.org> and <a@example.org>",
        "[web][1]\n\n[1]: <https://example.org> 'title'",
        "[label](#label), [page](project:/guide.md), [object](inv:python#list) and [no link]",
        "- a list\n- of [links](https://example.org)\n\n> and a quotation",
        "| a | b |\n|---|---|\n| [x](https://example.org) | {technology}`y` |",
        "```{note}\nPlain [link](https://example.org).\n```",
        "````{tip} A title\n```html\n<b>\n```\n````",
        "```{admonition} Title\n---\nclass: x\n---\nText.\n```",
        "```{note}\n---\n---\nText.\n```",
        ":::{warning}\n:class: x\nText.\n:::",
        "{term}`x`, {abbr}`y (z)` and {kbd}`a < b`",
        "#hashtag and a - b - c",
    ],
)
def test_what_records_may_contain(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # raw HTML
        ("a <b>bold</b>", ["2:5 raw HTML in a record: <b>"]),
        ("a <b> and <b>", ["2:5 raw HTML in a record: <b>", "2:13 raw HTML in a record: <b>"]),
        ("x\n\n<script>\nalert(1)\n</script>", ["4:3 raw HTML in a record: <script>"]),
        ("a <!-- comment --> b", ["2:5 raw HTML in a record: <!-- comment -->"]),
        ("*a <i\nb='c'>*", ["2:6 raw HTML in a record: <i"]),
        ("<?php ?>", ["2:3 raw HTML in a record: <?php ?>"]),
        (
            "a <span title='quite a long tag that goes on'>",
            ["2:5 raw HTML in a record: <span title='quite a long tag that goes…"],
        ),
        # images and headings
        ("a ![b](c.png) ![d](https://example.org/e.png)", ["2:5 an image in a record", "2:17 an image in a record"]),
        ("[![b](c)](https://example.org)", ["2:4 an image in a record"]),
        ("![b][c]\n\n[c]: https://example.org", ["2:3 an image in a record"]),
        ("# a", ["2:3 a heading in a record's text"]),
        ("a\n\n###### b", ["4:3 a heading in a record's text"]),
        ("a\n===", ["2:3 a heading in a record's text"]),
        ("x\n\na\n-", ["4:3 a heading in a record's text"]),
        ("one\n\n---\n\ntwo", ["4:3 a thematic break in a record's text"]),
        ("- # a", ["2:3 a heading in a record's text"]),
        # directives
        ("```{include} /etc/passwd\n```", ['2:6 the directive "include" in a record']),
        ("a\n\n~~~{eval-rst}\n.. raw:: html\n~~~", ['4:6 the directive "eval-rst" in a record']),
        ("```{csv-table}\n:file: x.csv\n```", ['2:6 the directive "csv-table" in a record']),
        ("```{Note}\nText\n```", ['2:6 the directive "Note" in a record']),
        ("``` {raw} html\n<b>\n```", ['2:7 the directive "raw" in a record']),
        (":::{figure} x.png\n:::", ['2:6 the directive "figure" in a record']),
        ("- > ```{literalinclude} x\n  > ```", ['2:10 the directive "literalinclude" in a record']),
        ("```{image} a\n```\n\n```{image} b\n```", ['2:6 the directive "image" in a record'] * 1 + ['5:6 the directive "image" in a record']),
        # inside of harmless directives
        ("```{note}\na\n<b>\n```", ["4:3 raw HTML in a record: <b>"]),
        ("````{note}\n```{include} x\n```\n````", ['3:6 the directive "include" in a record']),
        ("`````{note}\n````{tip}\n# x\n````\n`````", ["4:3 a heading in a record's text"]),
        ("```{admonition} A <b>\nx\n```", ["2:21 raw HTML in a record: <b>"]),
        ("```{note}\n---\nclass: x\n---\n![a](b)\n```", ["6:3 an image in a record"]),
        (":::{note}\n[x](ftp://y)\n:::", ['3:7 a link with the scheme "ftp" in a record']),
        ("- ```{list-table}\n  * - <b>\n  ```", ["3:9 raw HTML in a record: <b>"]),
        # roles
        ("a {download}`b`", ['2:5 the role "download" in a record']),
        ("a {Raw}`b`", ['2:5 the role "Raw" in a record']),
        ("{raw}`a` {raw}`b`", ['2:3 the role "raw" in a record', '2:12 the role "raw" in a record']),
        ("> - {eval}``a``", ['2:7 the role "eval" in a record']),
        ("| a |\n|---|\n| b |\n| {raw}`x` |", ['5:5 the role "raw" in a record']),
        # links
        ("[a](javascript:alert(1))", ['2:7 a link with the scheme "javascript" in a record']),
        ("[a](JaVaScript:x)", ['2:7 a link with the scheme "JaVaScript" in a record']),
        ("[a](<javascript:x> 'title')", ['2:8 a link with the scheme "javascript" in a record']),
        ("[javascript:x](javascript:x)", ['2:18 a link with the scheme "javascript" in a record']),
        ("[a](vbscript:x) [b](data:text/html,x)", ['2:7 a link with the scheme "vbscript" in a record', '2:23 a link with the scheme "data" in a record']),
        ("a [b][c]\n\nd\n\n[c]: javascript:x", ['6:8 a link with the scheme "javascript" in a record']),
        ("a [b]\n\n[b]: <file:///etc/passwd>", ['4:9 a link with the scheme "file" in a record']),
        ("<ftp://example.org>", ['2:4 a link with the scheme "ftp" in a record']),
        ("<javascript:x>", ['2:4 a link with the scheme "javascript" in a record']),
        ("[a](java&#115;cript:x)", ['2:3 a link with the scheme "javascript" in a record']),
        ("[a](java&#9;script:x)", ['2:3 a link to the path "java\tscript:x" in a record']),
        ("[a](//example.org)", ['2:7 a link to the path "//example.org" in a record']),
        ("[a](../../.env)", ['2:7 a link to the path "../../.env" in a record']),
        ("[a](path:/etc/passwd)", ['2:7 a link with the scheme "path" in a record']),
        ("[a](other.md#x)", ['2:7 a link to the path "other.md#x" in a record']),
        ("[a](HTTP:/../../secret.txt)", ['2:7 a link to "HTTP:/../../secret.txt" in a record']),
        ("[a](https:secret.txt)", ['2:7 a link to "https:secret.txt" in a record']),
        ("<Mailto:../secret.txt>", ['2:4 a link to "Mailto:../secret.txt" in a record']),
        ("[a](Project:#x)", ['2:7 a link to "Project:#x" in a record']),
        ("[a](project:../../secret.txt)", ['2:7 a link to "project:../../secret.txt" in a record']),
        ("[a](project:other.md)", ['2:7 a link to "project:other.md" in a record']),
        ("[a](inv:py:*:*#x)", ["2:7 a link with the pattern inv:py:*:*#x in a record"]),
        ("[a](inv:%2A#x)", ["2:7 a link with the pattern inv:%2A#x in a record"]),
        ("[a](inv:x#%2a%2AZ)", ["2:7 a link with the pattern inv:x#%2a%2AZ in a record"]),
        ("[a](inv:x#&#42;z)", ["2:3 a link with the pattern inv:x#*z in a record"]),
        ("[a](inv:x#&#37;2Az)", ["2:3 a link with the pattern inv:x#%2Az in a record"]),
        ("[a](inv:x#\\*z)", ["2:3 a link with the pattern inv:x#*z in a record"]),
        ("[a][b]\n\n[b]: inv:x#%2Az", ["4:8 a link with the pattern inv:x#%2Az in a record"]),
        ("<inv:x#%2Az>", ["2:4 a link with the pattern inv:x#%2Az in a record"]),
        ("[a](#%2Az)", ["2:7 a link with the pattern #%2Az in a record"]),
        ("[a](#a%3Ca%3Ca)", ['2:7 a link with "<" in the name #a%3Ca%3Ca in a record']),
        ("[a](<#f(f(f>)", ['2:8 a link with "(" in the name #f(f(f in a record']),
        ("[a](project:#*z)", ["2:7 a link with the pattern project:#*z in a record"]),
        ("[a](project:/x.md#%2Az)", ["2:7 a link with the pattern project:/x.md#%2Az in a record"]),
        ("[a](INV:x#y)", ['2:7 a link with the scheme "INV" in a record']),
        ("[a](https://[::1)", ['2:7 a link to "https://[::1" in a record']),
        ("[a]()", ['2:7 a link to the path "" in a record']),
        # nesting
        ("- a\n  - > b\n    > - c", ["4:7 a text nested too deeply"]),
        ("```{note}\n- a\n  - b\n    - c\n```", ["5:7 a text nested too deeply"]),
        ("```{list-table}\n* - a\n  - > > > > b\n```", ["4:5 a text nested too deeply"]),
        # several at once, in any order
        ("[*a* <b>](ftp://x) <i>", [
            '2:13 a link with the scheme "ftp" in a record',
            "2:8 raw HTML in a record: <b>",
            "2:22 raw HTML in a record: <i>",
        ]),
    ],
)  # fmt: skip
def test_what_records_may_not_contain(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("a: some <b>", (1, 9)),
        ("a: some\n  more <b>", (2, 8)),
        ("a: 'it''s <b>'", (1, 11)),
        ("a: 'it''s\n    so <b>'", (2, 8)),
        (r'a: "say \"b\" <b>"', (1, 15)),
        ('a: "one\n  two\\\n  <b>"', (3, 3)),
        (r'a: "one\n\n<b> two"', (1, 12)),
        ("a: >-\n    one\n    two <b>", (3, 9)),
        ("a: |\n  one\n\n  <b> two", (4, 3)),
    ],
)
def test_places_in_every_kind_of_scalar(yaml: str, place: tuple[int, int]) -> None:
    [problem] = examined(prose_of(yaml)).problems
    assert problem.place == Place("x.yaml", *place)


@pytest.mark.parametrize("table", ["| a |\n|---|\n| b |", "```{list-table}\n* - a\n```", ":::{table}\n:::"])
def test_a_table_in_a_cell(table: str) -> None:
    assert not examined(Prose(table)).problems
    problems = examined(Prose(table, in_cell=True)).problems
    assert [problem.message for problem in problems] == ["a table in a text that is shown in a cell"]


@pytest.mark.parametrize("name", ["box-diagram", "sequence-diagram"])
def test_a_diagram_in_a_cell(name: str) -> None:
    diagram = f"```{{{name}}}\n:alt: A.\n\n- a\n  - b\n    - c\n```"
    assert not examined(Prose(diagram)).problems
    problems = examined(Prose(diagram, in_cell=True)).problems
    assert [problem.message for problem in problems] == ["a diagram in a text that is shown in a cell"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a <b>c</b> d <i x='y'>e</i>", ["1:3 <b>", "1:14 <i x='y'>"]),
        ("a <B>c</b> <b>d</b>", ["1:3 <B>", "1:12 <b>"]),
        ("<div>\n\nc\n\n</div>", ["1:1 <div>"]),
        ("a </b> c <br>", ["1:3 </b>", "1:10 <br>"]),
    ],
)
def test_an_element_of_html_is_reported_once(text: str, columns: list[str]) -> None:
    problems = examined(Prose(text)).problems
    places = [f"{one.place.line}:{one.place.column}" for one in problems]
    assert [f"{at} {one.message.partition(': ')[2]}" for at, one in zip(places, problems, strict=True)] == columns


@pytest.mark.parametrize("table", ["| a |\n    |---|\n    | b |", "```{list-table}\n    * - a\n    ```"])
def test_a_table_in_a_table(table: str) -> None:
    [problem] = examined(Prose(f"````{{list-table}}\n* - {table}\n````\n\n| a |\n|---|\n| b |")).problems
    assert problem.message == "a table in a cell of a table"


def wide(columns: int, rows: int) -> str:
    """A table whose rows are filled up by the parser."""
    return "|" * (columns + 1) + "\n" + "|-" * columns + "|\n" + "|\n" * rows


def items(rows: int, columns: int) -> str:
    """A ``list-table``."""
    return "```{list-table}\n" + ("* - a\n" + "  - b\n" * (columns - 1)) * rows + "```"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x\n\n| a | b |\n|---|---|", ["4:3 a table without rows in a record"]),
        ("- | a | b |\n  |---|---|\n\nx", ["2:3 a table without rows in a record"]),
        ("```{table} x\n\n| a |\n|---|\n```", ["4:3 a table without rows in a record"]),
        ("|a|\n|-|\n|b|", []),
        (wide(40, 24), []),
        (wide(40, 25), ["2:3 tables with more than 1,000 cells in a record"]),
        ("\n\n".join([wide(2, 250)] * 2), ["256:3 tables with more than 1,000 cells in a record"]),
        ("\n\n".join([wide(2, 249)] * 2), []),
        (wide(50, 1), []),
        (wide(51, 1), ["2:3 a table with more than 50 columns in a record"]),
        (items(500, 2), []),
        (items(501, 2), ["1003:3 tables with more than 1,000 cells in a record"]),
        (items(1, 50), []),
        (items(1, 51), ["53:3 a table with more than 50 columns in a record"]),
        ("```{list-table}\n:widths: 20 80\n:width: 100%\n* - a\n  - 101\n```", []),
        ("```{list-table}\n:widths: auto\n* - :widths: 101\n```", []),
        (
            "x\n\n```{list-table}\n:widths: 101 1\n* - a\n  - b\n```",
            ["4:3 a width that is not between 1 and 100 in a record"],
        ),
        (
            "```{table}\n---\nwidths: [1, " + "9" * 4000 + "]\n---\n|a|\n|-|\n|b|\n```",
            ["2:3 a width that is not between 1 and 100 in a record"],
        ),
        (":::{list-table}\n:width: 5000em\n* - a\n:::", ["2:3 a width that is not between 1 and 100 in a record"]),
    ],
)
def test_tables_have_rows_and_limits(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_the_parser_makes_no_cells_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of 10,000 characters would become a table of 65,000 cells."""
    made: list[str] = []
    push = StateBlock.push
    monkeypatch.setattr(StateBlock, "push", lambda state, *token: made.append(token[0]) or push(state, *token))
    assert examined(Prose(wide(40, 4_900))).problems
    assert plain_text(wide(40, 4_900))
    assert len(made) < 10


@pytest.mark.parametrize("text", ["[a](b)" * 20_000, "[x]: ftp://y\n\n" + "[x]" * 20_000, "[" * 20_001])
def test_a_long_text_is_not_parsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.catalogue.prose.parser", None)
    [problem] = examined(Prose(text)).problems
    assert problem.message == f"a text of {len(text):,} characters"


def test_few_problems_of_a_text_are_reported() -> None:
    assert len(examined(Prose("[a](b) " * 1400)).problems) == MOST_PROBLEMS


def test_emphasis_that_is_nested_deeply() -> None:
    problems = examined(Prose("*a **b " * 200 + "c" + "** d*" * 200)).problems
    assert {problem.message for problem in problems} == {"a text nested too deeply"}


def test_a_text_that_fails_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, text: str, first: int) -> None:
        raise RecursionError("too deep\nby far")

    monkeypatch.setattr("sphinx_versus.catalogue.prose._Examination.markdown", fail)
    [problem] = examined(Prose("<b>", "x.yaml", 3, ((0, 3, 5),))).problems
    assert (problem.code, problem.place) == (Code.INTERNAL, Place("x.yaml", 3, 5))
    assert problem.message == "this text cannot be read: RecursionError: too deep by far"


def test_the_hint_names_the_nearest_directive() -> None:
    [problem] = examined(Prose("```{nite}\n```")).problems
    assert problem.hint == 'did you mean "note"? (or write an authored page)'


def test_no_harmless_directive_reads_files() -> None:
    reading = {
        "include",
        "literalinclude",
        "raw",
        "csv-table",
        "image",
        "figure",
        "eval-rst",
        "graphviz",
        "download",
    }
    assert not SAFE_DIRECTIVES & reading
    assert not SAFE_DIRECTIVES & {"math", "code", "code-block", "eval-rst"}


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("mailto:a@b", True),
        ("MailTo:a@b", True),
        ("project:/guide.md", True),
        ("#label", True),
        ("project:#label", True),
        ("inv:python#x", True),
        ("", False),
        ("label", False),
        ("http:/x", False),
        ("http:///x", False),
        ("mailto:x", False),
        ("PROJECT:#label", False),
        ("project:guide.md", False),
        ("https://a\\b", False),
        ("/etc/passwd", False),
        ("ftp://example.org", False),
        (" javascript:x", False),
        ("java\nscript:x", False),
        ("\x01javascript:x", False),
    ],
)
def test_safe_links(address: str, safe: bool) -> None:
    assert is_safe_link(address) is safe


# -- roles


def roles(yaml: str) -> list[tuple[str, str, int, int]]:
    return [(use.name, use.target, use.place.line, use.place.column) for use in examined(prose_of(yaml)).roles]


def test_roles_in_order_with_their_places() -> None:
    yaml = "a: >-\n  {technology}`flask`, {versus:fact}`the text <flask/orm>`\n\n  - {technology}`flask`\n"
    assert roles(yaml) == [
        ("technology", "flask", 2, 3),
        ("versus:fact", "flask/orm", 2, 24),
        ("technology", "flask", 4, 5),
    ]


def test_roles_in_tables_and_directives() -> None:
    yaml = "a: |\n  | a |\n  |---|\n  | {x}`1` |\n\n  ~~~{note} {x}`2`\n  {x}`3`\n  ~~~\n  {x}`4`\n"
    assert roles(yaml) == [("x", "1", 4, 5), ("x", "2", 6, 13), ("x", "3", 7, 3), ("x", "4", 9, 3)]


def test_a_role_over_two_lines() -> None:
    assert roles("a: |\n  {x}`one\n  two`") == [("x", "one two", 2, 3)]


def test_what_looks_like_a_role() -> None:
    assert roles(r"a: \{x}`1`, `{x}`, {x} `2` and {x y}`3`") == []


def test_the_target_of_a_role() -> None:
    def target(content: str) -> str:
        return RoleUse("x", content, Place("")).target

    assert target("flask") == "flask"
    assert target("a text <flask> ") == "a text <flask>"
    assert target("a\ntext <flask>") == "flask"
    assert target("a > b <flask>") == "flask"
    assert target("a <b>>") == "a <b>>"
    assert target("<flask>") == "flask"


def test_the_words_of_a_role() -> None:
    assert plain_text("{x}`some words  <a> <b>` {x}`y` {x}`<z>` {x}`< <`") == "some words <a> y < <"


def test_moving_a_text_does_not_change_it() -> None:
    assert Prose("a", "x.yaml", 1) == Prose("a", "y.yaml", 2, ((0, 2, 5),))
    assert Prose("a") != Prose("b")
    assert str(Prose("a")) == "a"


def test_plain_texts_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.catalogue.prose.parser", None)
    assert examined(Prose("Plain words, `code`,\nand *emphasis* - that is all.")) == ([], [])


# -- characters that the parser decodes


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a &#12; b", ["2:5 U+000C"]),
        ("a *b&#10;&NewLine;c*", ["2:7 U+000A", "2:12 U+000A"]),
        ("<https://example.org/%0A%0ax>", ["2:24 U+000A"]),
        ("[b](project:/index.md#x%0D%0A)", ["2:26 U+000A"]),
        ("a\n*b &#x202E;* &#x2028; **&#xE000;**", ["3:6 U+202E", "3:16 U+2028", "3:27 U+E000"]),
        ("&#0; &#xD800; &#xFFFF; &#x1FFFF;", ["2:3 U+0000", "2:8 U+D800", "2:17 U+FFFF", "2:26 U+1FFFF"]),
        ("a &#13; &#x0085; &#1114112;", ["2:5 U+000D", "2:11 U+0085", "2:20 U+110000"]),
        ("<https://example.org/a%0Cb%e2%80%ae>", ["2:25 U+000C", "2:29 U+202E"]),
        ('[a](https://example.org "b &#xE001;")', ["2:30 U+E001"]),
        ("[a]\n\n[a]: https://example.org 'b &#X0e001;'", ["4:31 U+E001"]),
        ("[&#xF8FF;](https://example.org/&#xF8FE;)", ["2:34 U+F8FE", "2:4 U+F8FF"]),
        ("```{note}\n- a\n- &#xFDD0;\n```", ["4:5 U+FDD0"]),
        ("| a |\n|---|\n| &#12; |", ["4:5 U+000C"]),
    ],
)
def test_a_decoded_character_is_reported_where_it_is_written(text: str, places: list[str]) -> None:
    indented = "\n".join("  " + line for line in text.split("\n"))
    problems = examined(prose_of("a: |2\n" + indented)).problems
    assert {problem.code for problem in problems} == {Code.INVALID_CHARACTER}
    found = [(problem.place, problem.message.split()[2]) for problem in problems]
    assert [f"{place.line}:{place.column} {number}" for place, number in found] == places


@pytest.mark.parametrize(
    "text",
    [
        "&amp; &nbsp; &shy; &zwj; &lrm; &NoBreak; &Tab; &#9; &#xE9; &#x1F600; &#xFFFD;",
        "`&#12;` and \\&#12; and &#12 and &#99999999;",
        "```\n&#xE000;\n```",
        "[a](https://example.org/%0C%E2%80%AE)",
        "{abbr}`a (&#12;)`",
    ],
)
def test_other_entities_are_fine(text: str) -> None:
    assert examined(Prose(text)).problems == []


def test_the_words_of_a_text_have_no_forbidden_character() -> None:
    assert plain_text("a &#12;b <https://example.org/%EE%80%80> &#x202E; &amp; \\*c") == (
        "a b https://example.org/\ufffd \ufffd & *c"
    )
