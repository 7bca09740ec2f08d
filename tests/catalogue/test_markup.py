"""Plain text where Markdown is expected."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_versus.catalogue.markdown import escaped, verbatim

PLAIN = (
    *("C++ & <T>", "a *b* _c_", "C--", "Needs --no-cache", "\"quoted\" and 'single'", "A `code` b", "`a`", "``"),
    *(
        "1. a",
        "12) b",
        "- a",
        "+ a",
        "* a",
        "# a",
        "a #",
        "C #",
        "> a",
        "    a",
        "=== ===",
        "---",
        "~~~",
        ":::",
        "```{raw} html",
    ),
    *(
        "[a](../../secret.txt)",
        "![a](b)",
        "[a]: b",
        "<b>",
        "<https://example.org>",
        "&lt;",
        "&#60;",
        "{raw}`x`",
        "{{ x }}",
    ),
    *(
        "$x$",
        "~~a~~",
        "a|b",
        "| a |",
        "\\",
        "\\*a\\*",
        "a\\",
        "{#id}",
        "(label)=",
        "% comment",
        "[^1]",
        "é *ü*",
        "…",
        "名前 *b*",
        ":a: b",
    ),
)
BROKEN = ("a\n# b", "a\r\n```{raw} html", "a\u2028b", "\ta")


def words(markdown: str) -> str:
    """What one paragraph or heading says, if nothing but text and verbatim roles is in it."""
    tokens = MarkdownIt("commonmark").enable("table").use(myst_role_plugin).parse(markdown)
    (inline,) = (token for token in tokens if token.type == "inline")
    assert [token.type for token in tokens if token is not inline] in (
        ["paragraph_open", "paragraph_close"],
        ["heading_open", "heading_close"],
    )
    assert {token.type for token in inline.children or ()} <= {"text", "myst_role"}
    assert {token.meta["name"] for token in inline.children or () if token.type == "myst_role"} <= {"versus:verbatim"}
    return "".join(
        token.content.strip(" ") if token.type == "myst_role" else token.content for token in inline.children or ()
    )


@pytest.mark.parametrize("plain", PLAIN + BROKEN)
@pytest.mark.parametrize("write", [escaped, verbatim])
@pytest.mark.parametrize("before", ["", "# ", "words "])
def test_nothing_is_found_in_it(plain: str, write: object, before: str) -> None:
    assert callable(write)
    assert words(before + write(plain)).removeprefix("words ") == " ".join(plain.split())


@pytest.mark.parametrize(
    "plain", ["Django vs Flask", "Vue.js and C#", "a-b: c, d (e)", "TCP/IP", "名前", "Schön & gut"[:5]]
)
def test_ordinary_words_stay(plain: str) -> None:
    assert escaped(plain) == plain


def test_what_is_typographic_is_verbatim() -> None:
    assert verbatim('C-- and "D"') == '{versus:verbatim}`C-- and "D"`'
    assert verbatim("a `b` c") == "{versus:verbatim}``a `b` c``"
    assert verbatim('"a" `b`') == '{versus:verbatim}`` "a" `b` ``'
    assert verbatim("Alpha vs Beta") == "Alpha vs Beta"


def test_it_is_inert_within_a_tag() -> None:
    assert escaped("<script >\" onclick='x'") == "&lt;script &gt;&quot; onclick=&#39;x&#39;"


def test_no_extension_decodes_what_looks_like_an_address() -> None:
    assert verbatim("www.example.org/%1B") == "{versus:verbatim}`www.example.org/%1B`"
