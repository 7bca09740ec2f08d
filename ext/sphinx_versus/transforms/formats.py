"""What single formats cannot write as it is: tables in tables, long and wide tables, links without an address. Write phase.

Only what shows something of Versus is changed: its tables, its pages, and the documents in which there are such pages.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..components.node_helpers import SOURCE_MARK, bullets, labelled, paragraph
from ..environment.domain import is_own_page, own_elements

MANY = 6  # how many columns a table may have in LaTeX before its words are set smaller
PACKAGE = Path(__file__).parent.parent / "static" / "versus-latex.sty"
_LINE_END = re.compile(r"\s*\n\s*")
_LONG_WORD = re.compile(r"\S{201}")
_PIECES = re.compile(r".*?\S{200}(?=\S)|.+")
_CELL_END = re.compile(r"^T\}", re.MULTILINE)
SAFE = "%:/?@!&'()*+,;=~"  # what of an address hyperref knows


# -- several formats


class NestedTables(SphinxPostTransform):
    """Turn tables in cells into lists, as soon as components are standard nodes.

    The writers of text and of manual pages end the build at a table in a table, and LaTeX cannot break one over pages.
    """

    default_priority = 2
    formats = ("text", "man", "latex", "texinfo", "typst")

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            above: nodes.Node | None = table.parent
            while above is not None and not isinstance(above, nodes.entry):
                above = above.parent
            if above is not None and "versus-table" in table["classes"]:
                _replace_by_list(table)


def _replace_by_list(table: nodes.table) -> None:
    """Put a list of rows in the place of a table, behind its caption; the anchors of its head become those of the list."""
    parts = (part for group in table.findall(nodes.tgroup) for part in group.children)
    head, *rows = (row for part in parts if isinstance(part, nodes.thead | nodes.tbody) for row in part.children)
    columns = [entry.astext() for entry in head.children]
    shown = bullets(_item(columns, row.children) for row in rows)
    shown["ids"] = [*table["ids"], *(id_ for anchor in head.findall(nodes.target) for id_ in anchor["ids"])]
    captions = [paragraph(*child.children) for child in table.children if isinstance(child, nodes.title)]
    at = table.parent.index(table)
    table.parent[at : at + 1] = [*captions, shown]


def _item(columns: list[str], entries: Sequence[nodes.Node]) -> list[nodes.Node]:
    """What a row is about, and a list of its cells; the heading of a group has none."""
    first, *cells = entries
    named = zip(columns[1:], cells, strict=False)
    answers = [labelled(f"{column}:", list(cell.children)) for column, cell in named]
    return [*first.children, *([bullets(answers)] if answers else [])]


# -- LaTeX


class LongTables(SphinxPostTransform):
    """Let tables run over several pages: LaTeX's other tables would run off the first one."""

    default_priority = 700
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            if "versus-table" in table["classes"]:
                table["classes"].append("longtable")
                # The head of a turned table is written twice, and a label must be once.
                for anchor in [target for head in table.findall(nodes.thead) for target in head.findall(nodes.target)]:
                    anchor.parent.remove(anchor)
                    table["ids"] += anchor["ids"]


class WideTables(SphinxPostTransform):
    """Set tables of many columns in smaller letters: their heads would not fit."""

    default_priority = 710
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for table in own_elements(self.env, self.document, nodes.table):
            if next((int(group["cols"]) for group in table.findall(nodes.tgroup)), 0) > MANY:
                box = nodes.container(classes=["versus-wide"])
                table.replace_self(box)
                box.append(table)


class PlainAddresses(SphinxPostTransform):
    """Percent-encode what TeX has commands for and addresses need not have: the commands would become part of the address."""

    default_priority = 390  # before Sphinx shows addresses
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for reference in own_elements(self.env, self.document, nodes.reference):
            address = str(reference.get("refuri", ""))
            if "://" in address or address.startswith("mailto:"):
                reference["refuri"] = plain_address(address)


class BreakableWords(SphinxPostTransform):
    """Keep the lines of a paragraph together, and let words of hundreds of letters and rows of marks break.

    TeX ends at a blank line in an emphasis, and breaks down at such a word.
    """

    default_priority = 720
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        for text in own_elements(self.env, self.document, nodes.Text):
            if not isinstance(text.parent, nodes.FixedTextElement | nodes.math | nodes.raw):
                pieces = _PIECES.findall(words) if _LONG_WORD.search(words := _LINE_END.sub(" ", text)) else [words]
                if pieces != [text]:
                    at = text.parent.index(text)
                    text.parent[at : at + 1] = [one for piece in pieces for one in (nodes.Text(piece), _break())][:-1]
        for reference in own_elements(self.env, self.document, nodes.reference):
            if SOURCE_MARK in reference["classes"]:
                reference.parent.insert(reference.parent.index(reference) + 1, _break())


def _break() -> nodes.raw:
    return nodes.raw("", r"\allowbreak{}", format="latex")


def plain_address(address: str) -> str:
    """An address in ASCII, with the signs of TeX that hyperref knows and no others."""
    page, mark, place = address.partition("#")
    return quote(page, safe=SAFE) + mark + quote(place, safe=SAFE)


def load_package(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: load our package in a document that shows something of Versus, and in no other one of a build."""
    if app.builder.format == "latex":
        package = (PACKAGE.stem, None)
        if package in app.registry.latex_packages:
            app.registry.latex_packages.remove(package)
        if is_own_page(app.builder, docname):
            app.add_latex_package(PACKAGE.stem)


# -- manual pages


class SplitGroupRows(SphinxPostTransform):
    """Replace the span of a group's heading by empty cells."""

    default_priority = 700
    builders = ("man",)

    def run(self, **kwargs: Any) -> None:
        for entry in list(self.document.findall(nodes.entry)):
            if "versus-group" in entry["classes"]:
                columns = entry.attributes.pop("morecols", 0)
                entry.parent.extend(nodes.entry("") for _ in range(columns))


class UnwrapForMan(SphinxPostTransform):
    """Keep the content alone of links within the site, which would show ``<#anchor>``, and of containers; cells are never ended by words.

    The first paragraph of a container would go on in the line before it.
    """

    default_priority = 710
    builders = ("man",)

    def run(self, **kwargs: Any) -> None:
        for entry in own_elements(self.env, self.document, nodes.entry):
            for text in list(entry.findall(nodes.Text)):
                if "T}" in text:  # such a line would end the cell
                    text.parent.replace(text, nodes.Text(_CELL_END.sub(" T}", text)))
        for node in own_elements(self.env, self.document, nodes.Element):
            is_link = isinstance(node, nodes.reference) and ":" not in node.get("refuri", "")
            if is_link or isinstance(node, nodes.container):
                at = node.parent.index(node)
                node.parent[at : at + 1] = node.children


TRANSFORMS = (NestedTables, LongTables, WideTables, PlainAddresses, BreakableWords, SplitGroupRows, UnwrapForMan)


def setup(app: Sphinx) -> None:
    """Register the post-transforms, and the LaTeX package, which Sphinx copies."""
    app.config.latex_additional_files = [*app.config.latex_additional_files, str(PACKAGE)]
    for transform in TRANSFORMS:
        app.add_post_transform(transform)
    app.connect("doctree-resolved", load_package)
