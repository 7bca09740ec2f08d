"""What may be on a page: allow-lists of nodes, elements, attributes and addresses, none of them taken from the code under test."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from docutils import nodes
from selectolax.lexbor import LexborHTMLParser, LexborNode

from hostile.grammar import SECRET

NODES = frozenset(
    [
        "Text",
        "abbreviation",
        "acronym",
        "admonition",
        "attention",
        "attribution",
        "block_quote",
        "bullet_list",
        "caption",
        "caution",
        "classifier",
        "colspec",
        "comment",
        "compact_paragraph",
        "container",
        "danger",
        "definition",
        "definition_list",
        "definition_list_item",
        "desc_inline",
        "desc_sig_keyword",
        "desc_sig_keyword_type",
        "desc_sig_literal_number",
        "desc_sig_name",
        "desc_sig_operator",
        "desc_sig_punctuation",
        "desc_sig_space",
        "emphasis",
        "entry",
        "enumerated_list",
        "error",
        "field",
        "field_body",
        "field_list",
        "field_name",
        "footnote",
        "footnote_reference",
        "glossary",
        "hint",
        "important",
        "index",
        "inline",
        "label",
        "line",
        "line_block",
        "list_item",
        "literal",
        "literal_block",
        "literal_emphasis",
        "literal_strong",
        "manpage",
        "note",
        "number_reference",
        "option_string",
        "paragraph",
        "pending_xref",
        "problematic",
        "reference",
        "row",
        "rubric",
        "seealso",
        "strong",
        "subscript",
        "superscript",
        "system_message",
        "table",
        "target",
        "tbody",
        "term",
        "tgroup",
        "thead",
        "tip",
        "title",
        "title_reference",
        "transition",
        "versionmodified",
        "warning",
    ]
)
"""Nodes that prose may become."""

ELEMENTS = {
    **dict.fromkeys(
        [
            "abbr",
            "b",
            "blockquote",
            "br",
            "caption",
            "cite",
            "code",
            "dd",
            "del",
            "div",
            "dl",
            "dt",
            "em",
            "hr",
            "i",
            "kbd",
            "li",
            "p",
            "s",
            "samp",
        ],
        "",
    ),
    **dict.fromkeys(
        [
            "section",
            "small",
            "strong",
            "sub",
            "sup",
            "tbody",
            "thead",
            "tr",
            "u",
            "ul",
            "var",
            "html",
            "head",
            "body",
            "title",
        ],
        "",
    ),
    "a": "href title rel target name role aria-label",
    "span": "title role",
    "abbr": "title",
    "acronym": "title",
    "aside": "role",
    "col": "style",
    "colgroup": "",
    "input": "type checked disabled",
    "meta": "charset",
    "ol": "start type",
    "pre": "",
    "table": "style",
    "td": "colspan rowspan style",
    "th": "colspan rowspan scope style",
}
"""Elements that prose may become, and what each may have beside a class and an id."""
ALLOWED = frozenset(
    (element, attribute) for element, own in ELEMENTS.items() for attribute in ("", "class", "id", *own.split())
)
CITED = {("span", "itemprop")}
"""What the title of a source without an address has; the clean pages may have no such source."""
SCHEMES = {"http", "https", "mailto"}
ADDRESSES = {"href", "src", "action", "formaction", "srcset", "data", "poster", "xlink:href", "cite", "background"}
PAGES = {"next", "prev", "canonical", "index", "search", "author", "copyright", "top", "up", "alternate", "help"}
"""What else a ``link`` may be beside something that is loaded."""
STYLES = re.compile(r"(\s*(width|text-align|height): ?[\w.%]+;?)*\s*")
ACTIVE = {
    "script",
    "iframe",
    "object",
    "embed",
    "img",
    "style",
    "link",
    "base",
    "form",
    "svg",
    "video",
    "audio",
    "meta",
}
SYSTEM = "root:x:"
"""A word of a file that every machine has."""
OURS = re.compile(r"(versus|vs)-(?!ref|source|problem)")
"""Classes of components; those that our roles give to what they make are others."""
DRAWN = {
    "container": re.compile(r"versus-(diagram|boxes|sequence|lanes-[2-6]|drawing)"),
    "paragraph": re.compile(r"versus-(diagram-(caption|alt)|lanes)"),
    "list_item": re.compile(r"versus-(holder|box|from-[1-6]|to-[1-6]|within|leftward|rightward)"),
    "inline": re.compile(r"versus-(unseen|route|words)"),
    "strong": re.compile(r"versus-lane"),
    "enumerated_list": re.compile(r"versus-steps"),
}
"""The classes of the nodes of a diagram."""
HARMLESS = re.compile(
    r'</?s>|<br />\n|\\\\\n|<input class="task-list-item-checkbox"( (checked="checked"|disabled="disabled"|type="checkbox"))+>'
)
"""What MyST makes of strikethrough, of hard line breaks and of the boxes of tasks."""


def character_faults(text: str) -> Iterator[str]:
    """Characters that no text of a record may become: XML forbids them, they change the order of others, or are private."""
    yield from (f"character '{ord(one):x}'" for one in sorted(set(text)) if _is_fault(one))


def _is_fault(one: str) -> bool:
    number, category = ord(one), unicodedata.category(one)
    is_control = category == "Cc" and one not in "\t\n"
    is_none = 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    orders = unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return is_control or is_none or orders or category in {"Co", "Cs", "Zl", "Zp"} or one == "\ufeff"


def node_faults(tree: nodes.Node) -> Iterator[str]:
    """What a tree made from prose has that it may not have."""
    for node in tree.findall():
        yield from character_faults(
            str(node) if isinstance(node, nodes.Text) else " ".join(map(str, node.attributes.values()))
        )
        name = type(node).__name__
        if name not in NODES and not (isinstance(node, nodes.raw) and HARMLESS.fullmatch(node.astext())):
            yield f"node {name}"
        if isinstance(node, nodes.Element):
            classes = (one for one in node.get("classes", ()) if OURS.match(one))
            yield from (f"class {one}" for one in classes if name not in DRAWN or not DRAWN[name].fullmatch(one))
            yield from (f"node {name} at {fault}" for fault in address_faults(str(node.get("refuri", ""))))


def address_faults(address: str, files: Set[str] | None = None, page: str = "") -> Iterator[str]:
    """What is wrong with an address as a browser reads it; one within the site must lead to one of its files."""
    plain = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(0x21)))).replace("\\", "/")
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", plain)
    if scheme:
        web = scheme[1].lower() == "mailto" or re.match(r"https?://[^/]", plain, re.IGNORECASE)
        if scheme[1].lower() not in SCHEMES or not web:
            yield f"address {address!r}"
    elif plain.startswith("//"):
        yield f"address without a scheme {address!r}"
    elif files is not None and plain and not plain.startswith(("#", "?")):
        path = _resolved(page, unquote(urlsplit(plain).path))
        if path not in files or path.startswith(("_downloads/", "_images/")):
            yield f"address of no page {address!r}"


def _resolved(page: str, path: str) -> str:
    parts = [] if path.startswith("/") else page.split("/")[:-1]
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts) + "/index.html" * path.endswith("/")


class Chrome(NamedTuple):
    """What clean pages have: pairs of an element and an attribute, and the elements that act, as they are written."""

    pairs: frozenset[tuple[str, str]]
    active: frozenset[str]


def chrome_of(pages: Iterable[str]) -> Chrome:
    """Learn from clean pages."""
    found: set[tuple[str, str]] = set()
    active: set[str] = set()
    for page in pages:
        for node in _elements(page):
            found.add((node.tag, ""))
            found |= {(node.tag, name) for name in node.attributes}
            if node.tag in ACTIVE:
                active.add(_shape(node))
    return Chrome(frozenset(found), frozenset(active))


def _shape(node: LexborNode) -> str:
    """An element that acts, without what differs from page to page."""
    attributes = {
        name: re.sub(r"(\.\./)+|\?v=\w+", "", value or "")
        for name, value in node.attributes.items()
        if name not in {"content", "class", "id", "title", "alt", "data-content_root"} and not _leads_on(node, name)
    }
    content = (node.text() or "") if node.tag == "script" and not _is_data(node) else ""
    return json.dumps([node.tag, sorted(attributes.items()), content])


def _leads_on(node: LexborNode, attribute: str) -> bool:
    """Whether it is the address of a page and not of something that the page loads."""
    return node.tag == "link" and attribute == "href" and node.attributes.get("rel") in PAGES


def _is_data(node: LexborNode) -> bool:
    return "json" in str(node.attributes.get("type", ""))


def html_faults(
    page: str, chrome: Chrome | None = None, files: Set[str] | None = None, name: str = ""
) -> Iterator[str]:
    """What a page has that neither prose may become nor clean pages have."""
    pairs = ALLOWED | (chrome.pairs | CITED if chrome else frozenset())
    for node in _elements(page):
        yield from _element_faults(node, pairs, chrome)
        for attribute, value in node.attributes.items():
            if attribute in ADDRESSES and (not chrome or node.tag not in ACTIVE or _leads_on(node, attribute)):
                yield from (f"<{node.tag} {attribute}>: {fault}" for fault in address_faults(value or "", files, name))
    yield from word_faults(page)
    yield from character_faults(page)


def _element_faults(node: LexborNode, pairs: Set[tuple[str, str]], chrome: Chrome | None) -> Iterator[str]:
    if (node.tag, "") not in pairs:
        yield f"element <{node.tag}>"
    for attribute, value in node.attributes.items():
        if (node.tag, attribute) not in pairs or attribute.startswith("on"):
            yield f"attribute <{node.tag} {attribute}>"
        if attribute == "style" and not chrome and not STYLES.fullmatch(value or ""):
            yield f"style {value!r}"
    if chrome and node.tag in ACTIVE and _shape(node) not in chrome.active:
        yield f"element that acts {_shape(node)[:200]}"
    if node.tag == "script" and _is_data(node):
        json.loads(node.text() or "")
    if node.attributes.get("http-equiv"):
        yield from address_faults((node.attributes["content"] or "").partition("url=")[2])


def words_of(page: str) -> str:
    """The text of a page."""
    return LexborHTMLParser(page).text()


def title_of(page: str) -> str:
    """The words of a page's title."""
    title = LexborHTMLParser(page).css_first("title")
    return words(title.text() if title else "")


def words(text: str) -> str:
    """The text on one line; what cannot be seen counts as a blank."""
    return re.sub(r"[\0-\x20\x7f-\x9f]+", " ", text).strip()


def word_faults(text: str) -> Iterator[str]:
    """Traces of files that are none of a page's business."""
    yield from (f"the word of a file: {word}" for word in (SECRET, SYSTEM) if word in text)


def _elements(page: str) -> Iterator[LexborNode]:
    root = LexborHTMLParser(page).root
    assert root is not None
    return (node for node in root.traverse(include_text=False) if node.is_element_node)
