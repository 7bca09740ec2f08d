"""A text of a record is parsed once, and its nodes are new on each page."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

import pytest
from docutils import nodes
from docutils.parsers.rst import directives, roles
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import LoggingReporter, docutils_namespace

from reading import Reader
from sphinx_versus.catalogue.prose import MOST_PROBLEMS, Examined, Prose
from sphinx_versus.characters import FORBIDDEN
from sphinx_versus.environment import prose_parser
from sphinx_versus.environment.markdown_parser import reading_from
from sphinx_versus.environment.prose_parser import ProseParser
from sphinx_versus.problems import Problem

PLAIN = "One line with *emphasis* and\nanother with `code`.\n\n- an item\n"


@pytest.fixture
def parser(reader: Reader) -> ProseParser:
    return ProseParser(reader.app.env.myst_config)  # type: ignore[attr-defined]


def parse(parser: ProseParser, reader: Reader, text: str) -> list[nodes.Node]:
    document = new_document("page.md")
    document.settings.language_code = "en"
    document.settings.env = reader.app.env
    document.reporter = LoggingReporter.from_reporter(document.reporter)
    return parser.parse(document, Prose(text, "record.yaml", 3))


def test_a_plain_text_is_the_same_and_new_each_time(parser: ProseParser, reader: Reader) -> None:
    first, second = parse(parser, reader, PLAIN), parse(parser, reader, PLAIN)
    assert [str(block) for block in first] == [str(block) for block in second]
    assert not {id(node) for block in first for node in block.findall()} & {
        id(node) for block in second for node in block.findall()
    }
    assert [block.line for block in first] == [block.line for block in second] == [3, 6]
    assert all(block.source == "record.yaml" and block.parent is None for block in second)


def test_lines_of_a_paragraph_are_one_text(parser: ProseParser, reader: Reader) -> None:
    (paragraph,) = parse(parser, reader, "One line,\nanother\nand a third.")
    assert [child.astext() for child in paragraph.children] == ["One line,\nanother\nand a third."]


def test_a_text_that_fails_is_shown_as_typed(
    parser: ProseParser, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("unheard\nof")

    problems: list[Problem] = []
    with monkeypatch.context() as patch:
        patch.setattr(prose_parser, "cleared", fail)
        patch.setattr(prose_parser, "report", problems.append)
        blocks = parse(parser, reader, "One *line*\nand more.\n\n- a list\n")
    assert [block.astext() for block in blocks] == ["One *line* and more.", "- a list"]
    assert [problem.text for problem in problems] == [
        "[internal] this text cannot be read: RuntimeError: unheard of; the rest is made; write this in another way"
    ]
    assert [block.astext() for block in parse(parser, reader, "One *line*.")] == ["One line."]


def test_a_table_in_a_table_is_shown_as_typed(parser: ProseParser, reader: Reader) -> None:
    blocks = parse(parser, reader, "```{list-table}\n* - | a |\n    |---|\n    | b |\n```\n")
    assert not [node for block in blocks for node in block.findall(nodes.table)]
    assert [block.astext().splitlines()[0] for block in blocks] == ["```{list-table}"]


@pytest.mark.parametrize(
    "text",
    [
        "A\n\n|a|b|\n|-|-|",
        "- a\n\n  ```{table} x\n  |a|b|\n  |-|-|\n  ```",
        "A\n\n" + "|" * 41 + "\n" + "|-" * 40 + "|\n" + "|\n" * 1600,
        "A\n\n" + "|" * 102 + "\n" + "|-" * 101 + "|\n|\n",
    ],
)
def test_tables_that_not_all_formats_have_are_shown_as_typed(parser: ProseParser, reader: Reader, text: str) -> None:
    shown = nodes.Element("", *parse(parser, reader, text))
    assert not [*shown.findall(nodes.table), *shown.findall(nodes.list_item)]
    assert shown.astext().split() == text.split()
    first, *more = parse(parser, reader, "|a|\n|-|\n|b|\n\nand *more*")  # the parser goes on
    assert isinstance(first, nodes.table)
    assert [block.astext() for block in more] == ["and more"]


@pytest.mark.parametrize("option", [":widths: 101 1", f":widths: {'9' * 4000} 1", ":width: 900em", ":width: 0%"])
def test_widths_are_limited(parser: ProseParser, reader: Reader, option: str) -> None:
    [block] = parse(parser, reader, f"```{{list-table}}\n{option}\n* - a\n  - b\n```")
    assert isinstance(block, nodes.literal_block)
    assert option in block.astext()


def test_cells_of_lists_are_limited_together(parser: ProseParser, reader: Reader) -> None:
    table = "```{list-table}\n" + "* - a\n  - b\n" * 250 + "```\n"
    assert [type(block) for block in parse(parser, reader, table * 2)] == [nodes.table] * 2
    assert [type(block) for block in parse(parser, reader, table * 2 + "|a|\n|-|\n|b|")] == [nodes.paragraph]


@pytest.mark.parametrize(
    "text",
    ["```{list-table} Some *words*\n* - a\n  - b\n```", "- x\n\n  ```{table} Some *words*\n  |a|\n  |-|\n  |b|\n  ```"],
)
def test_a_caption_is_a_line_before_the_table(parser: ProseParser, reader: Reader, text: str) -> None:
    """A caption within the table would want a number, which a text that stands on many pages cannot have."""
    shown = nodes.Element("", *parse(parser, reader, text))
    [table] = shown.findall(nodes.table)
    assert not [*shown.findall(nodes.title)]
    caption = table.parent[table.parent.index(table) - 1]
    assert isinstance(caption, nodes.paragraph)
    assert caption.astext() == "Some words"
    assert isinstance(caption[0], nodes.strong)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("{a}`x`" * 1600, 1),
        ("{a}`x` {b}`y`", 2),
        ("\n".join(f"{{a{number}}}`x`" for number in range(100)), MOST_PROBLEMS),
        ("<b>\n\n" * 15 + "\n".join(f"{{a{number}}}`x`" for number in range(100)), MOST_PROBLEMS - 15),
        ("{raw}`x` {eval}`x` {Download}`x` {pep}`x` {rfc}`x#y` {tecnology}`x`", 0),
        ("{guilabel}`&`", 1),
        ("```{note}\n```", 1),
        ("```{rubric}\n```", 1),
        ("```{list-table}\n* - a\n  - b\n* - c\n```", 1),
    ],
)
def test_a_problem_is_logged_once(parser: ProseParser, reader: Reader, text: str, number: int) -> None:
    """What is found when the data are loaded is not logged here, but counts."""
    log = io.StringIO()
    logging.setup(reader.app, io.StringIO(), log)
    with docutils_namespace():
        roles._roles.update(reader.roles)
        directives._directives.update(reader.directives)
        for _ in range(3):
            parse(parser, reader, text)
    assert len(re.findall("WARNING|ERROR", log.getvalue())) == number


def test_nothing_of_a_text_is_noted_for_the_page(parser: ProseParser, reader: Reader) -> None:
    document = new_document("page.md")
    document.settings.language_code = "en"
    document.settings.env = reader.app.env
    text = "{index}`single: SPAM`\n\n```{note}\n:name: here\nx {pep}`8`\n```\n\n```{rubric} here\n```\n"
    with docutils_namespace():  # docutils keeps the roles that it looked up
        roles._roles.update(reader.roles)
        blocks = parser.parse(document, Prose(text, "record.yaml", 3))
    assert [*document.ids, *document.nameids, *document.refnames] == []
    assert not [node for block in blocks for node in block.findall(nodes.Element) if node["ids"] or node["names"]]
    assert not [node for block in blocks for node in block.findall(addnodes.index)]


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("python", "x = 1\n", "python"),
        ("autohotkey", "<' \n" * 50, "none"),  # the time it takes to highlight grows with the square of its length
        ("python", "x = 1\n" * 200, "none"),
    ],
)
def test_code_is_highlighted_where_that_is_fast(
    parser: ProseParser, reader: Reader, language: str, code: str, expected: str
) -> None:
    [block] = parse(parser, reader, f"```{language}\n{code}```\n")
    assert isinstance(block, nodes.literal_block)
    assert block["language"] == expected
    assert block.astext() == code


def test_a_message_names_the_file_of_a_text_and_afterwards_the_page_again() -> None:
    document = new_document("page.rst")
    document.reporter.get_source_and_line = lambda line=None: ("page.rst", line)  # as the parser of a page does
    document.reporter.report_level = 5
    with reading_from(document, "record.yaml"):
        assert document.reporter.warning("x", line=3)["source"] == "record.yaml"
    assert document.reporter.warning("x", line=3)["source"] == "page.rst"


BAD = "\x0c", "\u202e", "\u2028", "\ue000", "\uffff", "\ufdd0", "\r", "\U000f0000"
DECODED = (
    *(
        "a {}",
        "*{}* **{}** [{}](https://example.org)",
        "- {}\n\n> {}",
        "| {} |\n|---|\n| {} |",
        "<https://example.org/{}>",
    ),
    *('[a](https://example.org "{}")', "[a](https://example.org/{})", "[a](#x{})", "[a](inv:py#{})", "`{}`", "    {}"),
    *(
        "{{abbr}}`a ({})`",
        "{{technology}}`{} <alpha>`",
        "{{kbd}}`{}`",
        "{{doc}}`{}`",
        "{{ref}}`a <{}>`",
        "{{math}}`{}`",
    ),
    *(
        "```py{}\nx{}\n```",
        "```{{admonition}} {}\n:class: {}\n{}\n```",
        "![{}](x.png '{}')",
        "[a][{}]\n\n[{}]: https://example.org",
    ),
    *("www.example.org/{}", "x\\\n{}", "a{{title={}}}", "$$ {} $$ ${}$"),
)


ENCODED = "".join(f"&#{ord(one)};" for one in BAD), "".join(f"&#x{ord(one):x};" for one in BAD), quote("".join(BAD))
"""Ways to write characters that the text itself does not hold."""


def test_no_tree_has_a_character_that_no_text_may_hold(parser: ProseParser, reader: Reader) -> None:
    """Whatever the parser decodes, in texts and in attributes."""
    with docutils_namespace():
        roles._roles.update(reader.roles)
        directives._directives.update(reader.directives)
        for form in DECODED:
            for written in ENCODED:
                blocks = parse(parser, reader, form.format(*[written] * 3))
                shown = nodes.Element("", *blocks)
                assert not FORBIDDEN.search("".join(map(str, shown.findall(nodes.Text)))), (form, written)
                values = [value for node in shown.findall(nodes.Element) for value in node.attributes.values()]
                assert not FORBIDDEN.search(" ".join(map(str, values))), (form, written)


def test_what_only_the_page_decodes_is_reported(
    parser: ProseParser, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Extensions of the syntax make links of words."""
    problems: list[Problem] = []
    with monkeypatch.context() as patch:
        patch.setattr(prose_parser, "report", problems.append)
        patch.setattr(prose_parser, "examined", lambda _prose: Examined([], []))
        blocks = parse(parser, reader, "a\n\nb &#12; &#xE000;c")
    assert [block.astext() for block in blocks] == ["a", "b \ufffd \ufffdc"]
    assert [str(problem) for problem in problems] == [
        f"record.yaml:5:1: [invalid-character] the character {number} in a record; remove it"
        for number in ("U+000C", "U+E000")
    ]
