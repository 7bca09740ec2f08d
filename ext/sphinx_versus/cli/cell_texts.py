"""What the cells of a table have besides words: links, citations, and HTML, which becomes Markdown."""

import html
import re
from html.parser import HTMLParser
from typing import NamedTuple

from ..catalogue.fields import MAX_PROSE
from ..catalogue.markdown import escaped
from ..catalogue.prose import Prose, examined
from ..problems import Code
from .mapping import is_address

MOST_OF_CELL = 2_000
"""So many characters of a cell are looked through for links."""
_IS_HTML = re.compile(r"</(?:a|b|code|em|i|li|p|strong)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BEGINNINGS = {"br": "\n\n", "p": "\n\n", "div": "\n\n", "ul": "\n\n", "ol": "\n\n", "li": "\n- "}
_OF_MARKDOWN = {Code.BROKEN_MARKDOWN, Code.UNSAFE_PROSE}
"""The problems of words that were meant as they stand."""
_TODO_WITHIN = re.compile(r"(?<=\S\s)TODO:")
"""What somebody said is to be done, which is no text that has to be written here."""
_TAG = re.compile(r"<(?!https?://)")
_QUOTED_STAR = re.compile(r"(?<=['\"\u2018\u201c(])\*(?=['\"\u2019\u201d)])")
"""A star in quotation marks or brackets, which emphasizes nothing."""


class Citation(NamedTuple):
    """A source as a table names it: an id, a title or an address, and of an address what stands beside it."""

    name: str
    title: str = ""
    edition: str = ""


def as_markdown(cell: str) -> str:
    """A text with the markup of Markdown in the place of HTML; one without HTML, or too long for prose, as it is.

    Of HTML stay links, emphasis, code, lists and paragraphs; of other elements the words.
    """
    if len(cell) > MAX_PROSE or not _IS_HTML.search(cell):
        return cell
    writer = _Writer()
    writer.feed(cell)
    writer.close()
    lines = (" ".join(line.split()) for line in "".join(writer.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Writer(HTMLParser):
    """Writes what it reads as parts of Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._opened: list[tuple[str, int, str]] = []
        """The elements around the place: their names, the parts before them, and the addresses of links."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or note where the words of an element begin."""
        if tag in _BEGINNINGS:
            self.parts.append(_BEGINNINGS[tag])
        elif tag in {"a", "code", *_SIGNS}:
            self._opened.append((tag, len(self.parts), dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Put the words of an element into markup; those that have none are left as they are."""
        if tag == "p":
            self.parts.append("\n\n")
        if not self._opened or self._opened[-1][0] != tag:
            return
        _tag, begin, address = self._opened.pop()
        inner = "".join(self.parts[begin:])
        words = " ".join(inner.split())
        if words and tag == "a" and is_address(address):
            words = f"[{words}](<{address}>)"
        elif words and tag in _SIGNS:
            words = f"{_SIGNS[tag]}{words}{_SIGNS[tag]}"
        self.parts[begin:] = [" " * inner[:1].isspace(), words, " " * inner[-1:].isspace()]

    def handle_data(self, data: str) -> None:
        """Add words as they are."""
        is_code = any(tag == "code" for tag, _begin, _address in self._opened) and "`" not in data
        # between letters, which keep its blanks and are no beginning of a block
        self.parts.append(f"`{data.strip()}`" if is_code and data.strip() else escaped(f"x{data}x")[1:-1])


_ADDRESS_ALONE = re.compile(
    r"""(?<![<"'=/\w])(?<!\]\()https?://[^\s<>()"']+(?:\([^\s<>()"']*\)[^\s<>()"']*)*(?<![.,;:!?])"""
)
"""An address in a text, which is no link yet."""
_BEFORE_ADDRESS, _BEHIND_ADDRESS = " \t\n.,;:([<", " \t\n.,;:)]>"
"""What stands between an address and the words beside it."""
_LINK_IN_CELL = re.compile(
    r"""<a(?=\s)(?:(?!\shref\s*=)[^<>])*\shref\s*=\s*["']?(?P<html>[^"'\s<>]+)[^<>]*>(?P<words>[^<>]*)</a>|\[(?P<title>[^][]*)\]\((?P<md>[^()\s]+)\)""",
    re.IGNORECASE,
)


def titles_of_links(cell: str) -> dict[str, str]:
    """The addresses of the links in a cell, of HTML or Markdown, each with its words."""
    found = _LINK_IN_CELL.finditer(cell[:MOST_OF_CELL])
    return {
        html.unescape(one["html"] or one["md"]): " ".join(html.unescape(one["words"] or one["title"] or "").split())
        for one in found
    }


def citations(cell: str) -> list[Citation]:
    """The citations in a cell: of each address the title before it, and of the last one the edition behind it."""
    found, end = [*_ADDRESS_ALONE.finditer(cell[:MOST_OF_CELL])], 0
    cited = []
    for one in found:
        cited.append(Citation(one[0], cell[end : one.start()].lstrip(_BEHIND_ADDRESS).rstrip(_BEFORE_ADDRESS)))
        end = one.end()
    if not cited:
        return [Citation("", cell.strip())]
    cited[-1] = cited[-1]._replace(edition=cell[end:].lstrip(_BEHIND_ADDRESS).rstrip(" .,;:"))
    return cited


def as_prose(cell: str) -> str:
    """The Markdown of a text, with links where addresses stand alone.

    What no record may have stays as it is typed: what looks like an element of HTML, or else the whole text.
    """
    text = _ADDRESS_ALONE.sub(r"<\g<0>>", as_markdown(cell))
    if "`" not in text:  # which keeps what follows as it is
        text = _QUOTED_STAR.sub(r"\*", _TODO_WITHIN.sub(r"TODO\:", text))
    for tried in (text, _TAG.sub(r"\<", text)):
        if not any(one.code in _OF_MARKDOWN for one in examined(Prose(tried)).problems):
            return tried
    return escaped(text)
