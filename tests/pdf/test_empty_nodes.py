"""A node without content, or one that its handler cannot show, costs neither the page nor its markup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator

import pytest
from docutils import frontend, nodes, utils
from docutils.parsers.rst import Parser
from sphinx import addnodes

from sphinx_versus.pdf.builder import STYLE
from sphinx_versus.pdf.handlers import HANDLERS
from sphinx_versus.pdf.palette import for_print
from sphinx_versus.pdf.syntax import trimmed
from sphinx_versus.pdf.typesetter.compiler import Typesetter, find_fonts
from sphinx_versus.pdf.writer import Handler, Writer, origin_of

ABSTRACT = {nodes.document, nodes.Text, nodes.Admonition, nodes.FixedTextElement, nodes.system_message}
PARTS = """bullet_list list_item; enumerated_list list_item; line_block line; line_block line_block; figure caption;
    definition_list definition_list_item; definition_list_item term; field_list field; option_list option_list_item;
    option_list_item option_group; figure legend; table title; table tgroup; tgroup tbody; sidebar title; topic title;
    block_quote attribution; list_item paragraph; footnote label; citation label; docinfo author; authors author;
    field field_body; definition_list_item definition; paragraph emphasis; container container; title strong"""
CLASSES = ["literal-block-wrapper"]
CLASSES += [
    f"versus-{name}" for name in ("technology", "misconception", "side", "teaser", "problem", "sequence", "boxes")
]
CLASSES += [f"versus-{name}" for name in ("sources", "status", "value", "source-entry", "drawing")]


class Press:
    """Answers the handlers, and counts the failures."""

    def __init__(self) -> None:
        self.images: dict[str, str] = {}
        self.failures: list[str] = []

    def formula(self, tex: str, node: nodes.Node) -> None:
        """There is none."""

    def unknown(self, node: nodes.Node) -> None:
        """That is right."""

    complain = unknown

    def failed(self, node: nodes.Node, error: Exception) -> None:
        """Note where."""
        self.failures.append(type(node).__name__)


def made(cls: type[nodes.Element], *children: nodes.Node, **attributes: object) -> nodes.Element:
    """A node with children and no text."""
    texts = ("", "") if issubclass(cls, nodes.TextElement) else ("",)
    return cls(*texts, *children, **attributes)


def located(node: nodes.Element) -> nodes.Element:
    """The node and all in it, with a place that stands in the markup as a comment."""
    for one in node.findall(nodes.Element):
        one.source, one.line = "a page.rst", 3
    return node


def empty_nodes() -> Iterator[nodes.Element]:
    """Each node that has a handler without content, parts without content in it, and some that no parser makes."""
    for cls in HANDLERS.keys() - ABSTRACT:
        yield made(cls)
    for pair in PARTS.split(";"):
        outer, inner = pair.split()
        yield made(getattr(nodes, outer), made(getattr(nodes, inner)))
    for class_ in CLASSES:
        yield nodes.container("", classes=[class_])
        yield nodes.paragraph("", "", classes=[class_])
    row = nodes.row("", nodes.entry(), nodes.entry())
    group = nodes.tgroup(
        "", nodes.colspec(), nodes.colspec(stub=1), nodes.thead("", row), nodes.tbody("", row.deepcopy())
    )
    yield nodes.table("", group)
    yield nodes.table("", nodes.tgroup("", nodes.tbody("", nodes.row("", classes=["versus-group-row"]))))
    for end in (nodes.paragraph(), nodes.line("", "x"), addnodes.desc_signature_line("", "x"), nodes.Text("x\\ ")):
        body = nodes.field_body("", end)
        yield nodes.field_list("", nodes.field("", nodes.field_name(), body))
        yield nodes.definition_list(
            "", nodes.definition_list_item("", nodes.term(), nodes.definition("", body.deepcopy()))
        )
        yield nodes.footnote("", nodes.label(), body.deepcopy())
    yield nodes.math_block("", "\\", number="a]b")
    yield nodes.enumerated_list("", nodes.list_item(), start="x")
    yield nodes.literal_block("", "x", highlight_args={"linenostart": "x"})


def sheet_of(content: list[nodes.Element], handlers: dict[type[nodes.Node], Handler] = HANDLERS) -> tuple[str, Press]:  # type: ignore[assignment]
    """The markup of a page with some content."""
    document = utils.new_document("page.rst", frontend.get_default_settings(Parser))
    words = nodes.paragraph("", "before"), nodes.paragraph("", "after")
    document += nodes.section("", nodes.title("", "T"), words[0], *content, words[1], ids=["t"])
    press = Press()
    return Writer("page", press, handlers).write(document).text, press


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """What the typesetter says about pages, apart from what only makes a PDF less accessible."""
    work = tmp_path_factory.mktemp("empty")
    shutil.copytree(STYLE, work / "style")
    (work / "style" / "palette.json").write_text(json.dumps(for_print()), encoding="utf-8")
    fonts = find_fonts({}, [])
    settings = {"title": "T", "subtitle": "", "author": [], "keywords": [], "lang": "en", "region": None, "paper": "a4"}
    config = json.dumps({**settings, "fonts": dict(fonts.families), "colophon": [], "foot": ""})
    typesetter = Typesetter(work, fonts, 0)

    def run(*texts: str) -> list[str]:
        lines = ['#import "/style/versus.typ": *', "#show: volume"]
        for number, text in enumerate(texts):
            (work / f"{number}.typ").write_text(text.replace("page--", f"{number}--"), encoding="utf-8")
            lines.append(f'#sheet(title: "T")[#include "/{number}.typ"]')
        (work / "main.typ").write_text("\n".join(lines), encoding="utf-8")
        pdf, said = typesetter.typeset(work / "main.typ", {"config": config, "absent": "{}"})
        return [f"{one.message} {one.file}:{one.line}" for one in said] or ["nothing was written"] * (not pdf)

    return run


def test_empty_nodes_are_valid_markup(typeset: Callable[..., list[str]]) -> None:
    cases = [*empty_nodes(), *map(located, empty_nodes())]
    texts = [sheet_of([node])[0] for node in cases]
    assert len(texts) > 250
    assert [text for text in texts if not {"before", "after"} <= set(text.split())] == []
    assert typeset(*texts) == []


def test_a_handler_that_fails_costs_one_node() -> None:
    def failing(writer: Writer, node: nodes.Element) -> str:
        writer.claim("never-set")
        writer.sheet.stubs.append(1)
        writer.depth, writer.repeats = 9, True
        writer.children(node)
        raise ValueError("no")

    reference = nodes.reference("", "link", refid="x")
    bad = nodes.strong("", "words of it", ids=["kept"])
    text, press = sheet_of([nodes.paragraph("", "", bad, reference)], {**HANDLERS, nodes.strong: failing})
    assert '#anchor("page--kept");#wrong[words of it];#xref' in text
    assert press.failures == ["strong"]
    document = utils.new_document("page.rst", frontend.get_default_settings(Parser))
    document += nodes.paragraph("", "", bad)
    sheet = Writer("page", Press(), {**HANDLERS, nodes.strong: failing}).write(document)
    assert (sheet.stubs, list(sheet.labels)) == ([], ["page--kept", "page--"])


@pytest.mark.parametrize(
    ("markup", "expected"),
    [(" a ", "a"), ("a\n// @ x:1\n", "a\n// @ x:1\n"), ("// @ x:1\n", "// @ x:1\n"), ("a \\ ", "a \\\n")],
)
def test_markup_ends_where_it_should(markup: str, expected: str) -> None:
    assert trimmed(markup) == expected


def test_a_node_comes_from_the_file_that_it_names() -> None:
    inner, outer = nodes.paragraph(), nodes.section()
    outer.source, outer.line = "page.md", 7
    outer += inner
    assert origin_of(inner) == ("page.md", 7)
    inner.source = "record.yaml"
    assert origin_of(inner) == ("record.yaml", 1), "a line of the page says nothing about the record"
    inner.line = 3
    assert origin_of(inner) == ("record.yaml", 3)
    assert origin_of(nodes.paragraph()) == ("", 1)
