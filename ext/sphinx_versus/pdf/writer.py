"""From a resolved document tree to Typst: dispatch by the class of the node, and what the handlers share.

A handler is a function of the writer and a node that returns markup. Nodes are looked up by class, then by its base classes,
so that a subclass of another extension is shown as what it is. A node without a handler keeps its text and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from docutils import nodes

from .syntax import LONGEST, Code, escape, label, value

Handler = Callable[["Writer", Any], str]
ROW = "row-"
"""Begins the id of a row of a comparison, to which links from outside may lead."""
PLACE = "// @ "
"""Begins the comment with the file and line of the markup that follows."""


class Press(Protocol):
    """What the handlers ask of the builder."""

    @property
    def images(self) -> Mapping[str, str]:
        """The files of images in the output, by their address in the tree."""

    def formula(self, tex: str, node: nodes.Node) -> str | None:
        """A formula in Typst's notation; ``None`` when it cannot be had."""

    def unknown(self, node: nodes.Node) -> None:
        """Report a node without a handler, once for each class."""

    def failed(self, node: nodes.Node, error: Exception) -> None:
        """Report a node at which its handler failed."""

    def complain(self, message: str, node: nodes.Node) -> None:
        """Report something about a node, at its place."""


@dataclass
class Sheet:
    """A page as markup: the places in it, the places to which it refers, and the words of its running head."""

    docname: str
    text: str = ""
    labels: dict[str, None] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)
    title: str = ""
    reviewed: str = ""
    stubs: list[int] = field(default_factory=list)
    """For each table, in the order of reading, how many columns head its rows."""
    images: set[str] = field(default_factory=set)
    """The addresses of its images in the tree."""
    bare: bool = False
    """Whether there is nothing below the title."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """For the places of the page that are left out, those which have the same."""


class Writer:
    """Writes one page."""

    def __init__(self, docname: str, press: Press, handlers: Mapping[type[nodes.Node], Handler]) -> None:
        self.sheet = Sheet(docname)
        self.press = press
        self.depth = 0
        """How many sections are open."""
        self.longest = LONGEST
        """How long a token may be before lines break within it; less in narrow cells."""
        self.repeats = False
        """Whether what is written stands on several pages, as the head of a table does: then it has no links or places."""
        self.footnotes: dict[str, nodes.Element] = {}
        """Footnotes of the page that are not yet set, by id."""
        self.set_footnotes: dict[str, None] = {}
        self._handlers = handlers
        self._found: dict[type[nodes.Node], Handler] = {}

    @property
    def docname(self) -> str:
        """The page that is written."""
        return self.sheet.docname

    def write(self, tree: nodes.document) -> Sheet:
        """The whole page."""
        for note in tree.findall(nodes.footnote):
            self.footnotes.update(dict.fromkeys(note["ids"], note))
        body = self.children(tree)
        self.sheet.text = '#import "/style/versus.typ": *\n' + self.anchor("") + "\n" + body + "\n"
        self.sheet.bare = tree.astext().strip() == self.sheet.title.strip()
        return self.sheet

    def render(self, node: nodes.Node) -> str:
        """A node, after the anchors of its ids; of one at which its handler fails the words alone."""
        handler = self._found.get(type(node)) or self._handler_of(node)
        own = isinstance(node, nodes.Element) and not isinstance(node, nodes.section)
        anchors = self.anchors(node) if own else ""  # type: ignore[arg-type]
        before = self._state()
        try:
            return anchors + handler(self, node)
        except Exception as error:  # noqa: BLE001 (one node must not cost the page)
            self._restore(before)
            self.press.failed(node, error)
            return f"{anchors}#wrong[{escape(node.astext())}];"

    def _state(self) -> tuple[int, int, bool, int, int, int]:
        """What a handler changes: settings, and how much of the sheet is written."""
        sheet = self.sheet
        counts = len(sheet.stubs), len(sheet.labels), len(self.set_footnotes)
        return self.depth, self.longest, self.repeats, *counts

    def _restore(self, state: tuple[int, int, bool, int, int, int]) -> None:
        """Forget what a handler that failed noted about markup that is not used."""
        self.depth, self.longest, self.repeats, stubs, labels, footnotes = state
        del self.sheet.stubs[stubs:]
        for noted, number in ((self.sheet.labels, labels), (self.set_footnotes, footnotes)):
            for name in list(noted)[number:]:
                del noted[name]

    def _handler_of(self, node: nodes.Node) -> Handler:
        """The handler of the node's class or of its nearest base class that has one, kept for the next such node."""
        handler = next((found for cls in type(node).__mro__ if (found := self._handlers.get(cls))), None)
        if handler is None:
            self.press.unknown(node)
            return unknown
        return self._found.setdefault(type(node), handler)

    def children(self, node: nodes.Element) -> str:
        """What is in a node."""
        return "".join(self.render(child) for child in node.children)

    def bodies(self, node: nodes.Element) -> list[Code]:
        """Each child as content."""
        return [Code(f"[{self.render(child)}]") for child in node.children]

    def anchors(self, node: nodes.Element) -> str:
        """A label for each id of a node that has none yet."""
        return "".join(self.anchor(id_) for id_ in node["ids"])

    def anchor(self, id_: str) -> str:
        """A place to which references lead; the first one of a name counts."""
        name = "" if self.repeats else self.claim(id_)
        function = "destination" if id_.startswith(ROW) else "anchor"
        return f"#{function}({value(name)});" if name else ""

    def claim(self, id_: str) -> str:
        """The name of a new place; empty when it exists already."""
        name = label(self.docname, id_)
        if name in self.sheet.labels:
            return ""
        self.sheet.labels[name] = None
        return name

    def refer(self, docname: str, id_: str) -> str:
        """The name of a place to which the page refers."""
        name = label(docname, id_)
        self.sheet.references.add(name)
        return name

    def place(self, node: nodes.Node) -> str:
        """A comment with the node's origin; it leads an error of the typesetter back to it."""
        path, line = origin_of(node)
        return f"\n{PLACE}{path}:{line}\n" if path.isprintable() and path else "\n"


def origin_of(node: nodes.Node) -> tuple[str, int]:
    """The file from which a node comes, and the line: that of the nearest node around it that comes from the same file."""
    around: nodes.Node | None = node
    source = ""
    while around is not None:
        source = source or around.source or ""
        if around.line and (around.source or source) == source and source:
            return source, around.line
        around = around.parent
    return source, 1


def unknown(writer: Writer, node: nodes.Node) -> str:
    """A node without a handler: its children."""
    return writer.children(node) if isinstance(node, nodes.Element) else ""


def nothing(writer: Writer, node: nodes.Node) -> str:
    """A node that is not shown."""
    return ""


def inside(writer: Writer, node: nodes.Element) -> str:
    """A node that adds nothing to what is in it."""
    return writer.children(node)
