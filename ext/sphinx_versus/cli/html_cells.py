"""Cells of a table that have HTML, as Markdown: links, emphasis, code, lists and paragraphs; of other elements the words."""

import re
from html.parser import HTMLParser

from ..catalogue.fields import ADDRESS_PATTERN, MAX_PROSE
from ..catalogue.markdown import escaped

_IS_HTML = re.compile(r"</(?:a|b|code|em|i|li|p|strong)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BEGINNINGS = {"br": "\n\n", "p": "\n\n", "div": "\n\n", "ul": "\n\n", "ol": "\n\n", "li": "\n- "}


def as_markdown(cell: str) -> str:
    """A text with the markup of Markdown in the place of HTML; one without HTML, or too long for prose, as it is."""
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
        if words and tag == "a" and re.fullmatch(ADDRESS_PATTERN, address):
            words = f"[{words}](<{address}>)"
        elif words and tag in _SIGNS:
            words = f"{_SIGNS[tag]}{words}{_SIGNS[tag]}"
        self.parts[begin:] = [" " * inner[:1].isspace(), words, " " * inner[-1:].isspace()]

    def handle_data(self, data: str) -> None:
        """Add words as they are."""
        is_code = any(tag == "code" for tag, _begin, _address in self._opened) and "`" not in data
        # between letters, which keep its blanks and are no beginning of a block
        self.parts.append(f"`{data.strip()}`" if is_code and data.strip() else escaped(f"x{data}x")[1:-1])
