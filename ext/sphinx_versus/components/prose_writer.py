"""The words of records as HTML. A text is parsed and written once per builder, whichever pages show it.

A plain text (paragraphs with emphasis, strong words and code, which nearly all are) goes straight from markdown-it's
tokens to HTML when that is what the site's parser and translator make of a sample; any other goes by way of nodes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple, cast

from docutils import nodes
from docutils.utils import new_document, normalize_language_tag, smartquotes
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms import SphinxSmartQuotes
from sphinx.writers.html5 import HTML5Translator

from ..catalogue.markdown import PLAIN_LINES
from ..catalogue.prose import Prose, examined

# ruff: noqa: S704 (what becomes Markup here was escaped, or written by the site's translator)

REFERRING = re.compile(r"\[|\{|<|@|\||#|\$|~|\^|\t|://|www\.|```|:::|\n {4}")
"""What is in a text that refers to something or has blocks of its own, and in a few that do not; as a set the signs take four times as long."""
ENTITY = re.compile(r"&(?:amp;(?![\w#])|gt;|quot;|#(?:34|39|64);)")
"""An entity of which HTML has no need in words, but in attributes."""
PLAIN = {"&amp;": "&", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&#64;": "@"}
EDUCATED = re.compile(r"""['"`]|--|\.\.\.""")
"""What typographic quotation marks and dashes are made from."""
WORDS_AND_SPACES = re.compile(r"[^ \n]+| +|\n")
PARAGRAPH = ("paragraph_open", "inline", "paragraph_close")
PIECES = {"text", "softbreak", "em_open", "em_close", "strong_open", "strong_close", "code_inline"}
SAMPLE = """Words *and* **others**,
'some' "quoted" -- (c) +- example.com & `some  code`..."""


def _is_paragraph(block: str) -> bool:
    return block.startswith("<p>") and block.endswith("</p>\n")


class Blocks(tuple[str, ...]):
    """The HTML of the blocks of a text, which a template writes as it is; a plain paragraph begins with ``<p>``."""

    __slots__ = ()

    def __html__(self) -> str:
        return "".join(self)

    @property
    def in_line(self) -> Blocks:
        """The words of paragraphs without what makes them paragraphs, for places that are one themselves."""
        lines = [one[3:-5] if _is_paragraph(one) else one for one in self]
        return Blocks(["<br />".join(lines)])

    @property
    def in_phrase(self) -> Blocks:
        """The paragraphs at the beginning, for a place that holds no blocks, such as a label."""
        found = Blocks(takewhile(_is_paragraph, self))
        return found.in_line if found else found

    @property
    def behind_phrase(self) -> Blocks:
        """What follows them, from the first list or other block on."""
        return Blocks(dropwhile(_is_paragraph, self))

    def with_class(self, class_: str) -> Blocks:
        """The paragraphs with a class."""
        return Blocks(f'<p class="{class_}">{one[3:]}' if one.startswith("<p>") else one for one in self)

    def labelled(self, label: str | Markup, class_: str = "") -> Blocks:
        """Blocks that begin with a label in bold, which goes into their first paragraph."""
        start = (
            f'<p class="{class_}">' if class_ else "<p>"
        ) + f"<strong>{label if isinstance(label, Markup) else escape(label)}</strong> "
        if self and self[0].startswith("<p>"):
            return Blocks((start + self[0][3:], *self[1:]))
        return Blocks((f"{start}</p>\n", *self))

    def ending(self, html: str) -> Blocks:
        """Blocks with something behind the last words, within their paragraph if they are one."""
        if not html:
            return self
        if self and self[-1].endswith("</p>\n"):
            return Blocks((*self[:-1], f"{self[-1][:-5]}{html}</p>\n"))
        return Blocks((*self, f"<p>{html}</p>\n"))


class Piece(NamedTuple):
    """A part of a line, of a type as docutils' smart quotes want it: words (``plain``), code (``literal``) or a tag."""

    type: str
    text: str


def is_plain(prose: Prose) -> bool:
    """Whether a text certainly refers to nothing, so that it is the same on every page."""
    return not REFERRING.search(prose.text) and not prose.text.startswith("    ")


def escape(words: str) -> str:
    """Words as HTML, for texts and for attributes in double quotes."""
    return html.escape(words, quote=False).replace('"', "&quot;")


def without_entities(html: str) -> str:
    """HTML with the bare signs in its words where they may stand: the site's search would take an entity for a word."""

    def bare(found: re.Match[str]) -> str:
        is_in_tag = html.rfind("<", 0, found.start()) > html.rfind(">", 0, found.start())
        return found[0] if is_in_tag else PLAIN[found[0]]

    return ENTITY.sub(bare, html)


class ProseWriter:
    """Writes texts for one builder; ``parse`` makes the nodes of a text."""

    def __init__(
        self, builder: StandaloneHTMLBuilder, parse: Callable[[nodes.document, Prose], list[nodes.Node]]
    ) -> None:
        self._builder, self._parse = builder, parse
        self._texts: dict[tuple[str, bool], Blocks] = {}
        self._markdown = MarkdownIt("commonmark")
        self._document = document = new_document("", builder.docsettings)
        document.settings.env = builder.env
        self._educates = document.settings.smart_quotes and SphinxSmartQuotes(document, startnode=None).is_available()
        tags = normalize_language_tag(builder.env.settings["language_code"])
        self._quotes = next((tag for tag in tags if tag in smartquotes.smartchars.quotes), "")
        self._translator = cast(HTML5Translator, builder.create_translator(document, builder))
        sample = Prose(SAMPLE)
        self._is_direct = self._by_nodes(sample) == self._direct(sample)

    def blocks(self, prose: Prose) -> Blocks:
        """A text that refers to nothing."""
        key = prose.text, prose.in_cell
        found = self._texts.get(key)
        if found is None:
            direct = self._direct(prose) if self._is_direct and not examined(prose).problems else Blocks()
            found = self._texts[key] = direct or self._by_nodes(prose)
        return found

    def written(self, blocks: Iterable[nodes.Node]) -> Blocks:
        """Nodes as the site's translator writes them."""
        holder = nodes.container("", *blocks, nodes.comment())
        return Blocks(map(self._walked, holder.children[:-1]))

    def inline(self, found: Iterable[nodes.Node]) -> str:
        """The same for parts of a line."""
        return "".join(map(self._walked, nodes.paragraph("", "", *found).children))

    def _walked(self, node: nodes.Node) -> str:
        self._translator.body = []
        node.walkabout(self._translator)
        return "".join(self._translator.body)

    def table_frame(self, table: nodes.table, docname: str) -> tuple[Markup, Markup]:
        """What the site's translator writes before the columns of a table, its caption included, and behind its rows."""
        self._builder.fignumbers = self._builder.env.toc_fignumbers.get(docname, {})  # as while the page is written
        nodes.container("", table)
        translator = self._translator
        translator.body = []
        translator.dispatch_visit(table)
        for child in table.children:
            child.walkabout(translator)
        before, translator.body = "".join(translator.body), []
        translator.dispatch_departure(table)
        return Markup(before), Markup("".join(translator.body))

    def _by_nodes(self, prose: Prose) -> Blocks:
        fragment = nodes.document(self._document.settings, self._document.reporter)
        fragment += nodes.entry("", *self._parse(self._document, prose))
        SphinxSmartQuotes(fragment, startnode=None).apply()
        return self.written(list(fragment[0].children))

    def _direct(self, prose: Prose) -> Blocks:
        """Nothing when there is more in the text than paragraphs with plain words."""
        if PLAIN_LINES.fullmatch(prose.text):
            return Blocks([f"<p>{escape(*self._educated([Piece('plain', prose.text)]))}</p>\n"])
        tokens = self._markdown.parse(prose.text)
        if len(tokens) % 3 or any(token.type != PARAGRAPH[number % 3] for number, token in enumerate(tokens)):
            return Blocks()
        lines = [token.children or [] for token in tokens[1::3]]
        if any(piece.type not in PIECES for line in lines for piece in line):
            return Blocks()
        return Blocks(f"<p>{self._inline(line)}</p>\n" for line in lines)

    def _inline(self, tokens: Iterable[Token]) -> str:
        pieces: list[Piece] = []
        for token in tokens:
            piece = _piece(token)
            if piece.type == "plain" and pieces and pieces[-1].type == "plain":
                pieces[-1] = Piece("plain", pieces[-1].text + piece.text)  # one text, as in a tree
            else:
                pieces.append(piece)
        educated = zip(pieces, self._educated(pieces), strict=True)
        return "".join(HTML_OF[piece.type](text) for piece, text in educated)

    def _educated(self, pieces: Sequence[Piece]) -> list[str]:
        if not self._educates or not any(EDUCATED.search(text) for type_, text in pieces if type_ == "plain"):
            return [text for _type, text in pieces]
        action = self._builder.config.smartquotes_action
        return list(smartquotes.educate_tokens(pieces, attr=action, language=self._quotes))


def _piece(token: Token) -> Piece:
    if token.type in {"text", "softbreak"}:
        return Piece("plain", token.content if token.type == "text" else "\n")
    if token.type == "code_inline":
        return Piece("literal", token.content)
    return Piece("tag", f"<{'/' if token.type.endswith('close') else ''}{token.tag}>")


def _code(text: str) -> str:
    pieces = (
        f'<span class="pre">{piece}</span>' if piece.strip() else "&#160;" * (len(piece) - 1) + " "
        for piece in WORDS_AND_SPACES.findall(escape(text))
    )
    return f'<code class="docutils literal notranslate">{"".join(pieces)}</code>'


HTML_OF: Mapping[str, Callable[[str], str]] = {"plain": escape, "literal": _code, "tag": str}
