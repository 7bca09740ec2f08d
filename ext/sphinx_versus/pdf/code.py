"""Blocks of code, with the typesetter's own highlighting, line numbers and marked lines; and formulas on a line of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes

from .inline import formula
from .syntax import breakable, call, content, escape
from .writer import Handler, Writer

LANGUAGES: Mapping[str, str] = {
    "default": "python",
    "python3": "python",
    "py": "python",
    "pycon": "python",
    "pycon3": "python",
    "py3": "python",
    "console": "bash",
    "shell": "bash",
    "shell-session": "bash",
    "bash-session": "bash",
    "sh": "bash",
    "restructuredtext": "rst",
    "md": "markdown",
    "myst": "markdown",
    "jinja": "jinja2",
    "html+jinja": "html",
    "ini": "ini",
    "none": "",
    "text": "",
    "output": "",
}
"""Names of Pygments' lexers as the typesetter's; any other name is handed on, and an unknown one stays plain."""
WIDEST = 60
"""Characters of code without a space after which a line may break."""


def literal_block(writer: Writer, node: nodes.Element) -> str:
    """Code, or a text whose lines and spaces matter; one with inner markup is set as it is."""
    options: Mapping[str, Any] = node.get("highlight_args", {})
    arguments = {
        "text": widened(node.astext()),
        "lang": language(node.get("language", "")),
        "numbers": bool(node.get("linenos")),
        "first": int(options.get("linenostart", 1)),
        "marked": sorted(_numbers(options.get("hl_lines", []))),
    }
    return f"\n{writer.place(node)}{writer.anchors(node)}{call('code-block', **arguments)}\n\n"


def language(name: str) -> str | None:
    """The typesetter's name of a language."""
    return LANGUAGES.get(name.lower(), name.lower()) or None


def widened(text: str) -> str:
    """Code in which only tokens wider than a line may break."""
    return breakable(text.expandtabs(4), WIDEST)


def _numbers(given: Iterable[object]) -> Iterable[int]:
    return (number for number in given if isinstance(number, int))


def caption(writer: Writer, node: nodes.Element) -> str:
    """The caption of a listing; those of figures are set by the figure."""
    return call("caption", writer.children(node)) + "\n\n"


def math_block(writer: Writer, node: nodes.Element) -> str:
    """A formula on a line of its own."""
    number = node.get("number")
    body = formula(writer, node, block=True)
    numbered = call("numbered-formula", body, number=content(escape(f"({number})"))) if number else body
    return f"\n{writer.place(node)}{numbered}\n\n"


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    nodes.literal_block: literal_block,
    nodes.doctest_block: literal_block,
    nodes.FixedTextElement: literal_block,
    nodes.caption: caption,
    nodes.math_block: math_block,
}
