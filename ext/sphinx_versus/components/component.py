"""What a component is: four functions, and one node from the directive that asks for it until its page is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from docutils import nodes

from ..catalogue.prose import Prose

SIDES, INK = ("vs-a", "vs-b"), "vs-ink"
"""The classes of the first two sides, which have a colour each, and of what is as dark as the text."""


def side_classes(count: int) -> tuple[str, ...]:
    """The classes of sides: of several the first two have a colour each, and all others are as dark as the text."""
    return (*SIDES, *(INK,) * (count - len(SIDES))) if count > 1 else (INK,) * count


class Shown(NamedTuple):
    """An object that a component shows: references lead to it, and ``anchor`` of a page knows it, and no other."""

    type: str
    id: str


class Cites(NamedTuple):
    """Sources that a component marks, in their order: what is not listed here has no number when ``marks`` is called."""

    sources: Sequence[str]


class Words(NamedTuple):
    """Plain words that a translated site may replace, such as a heading."""

    words: str


Mention = Shown | Cites | Words | Prose
"""What a page has to know of a component while it is read; a text is mentioned as itself."""
Ask = Callable[..., Any]
"""Asks a query of the catalogue with its arguments."""


class ComponentModule(Protocol):
    """The functions of a module that is a component."""

    def view(self, *arguments: Any, **options: Any) -> Any:
        """Ask the catalogue for what is shown; the arguments are an :data:`Ask` and those of the node."""

    def mentions(self, view: Any, /) -> Iterable[Mention]:
        """List the objects, sources and texts of a view in the order in which it is read. Read phase."""

    def html(self, page: Any, view: Any, /) -> str:
        """Fill the template of the component for an :class:`.HtmlPage`. Write phase."""

    def as_nodes(self, page: Any, view: Any, /) -> list[nodes.Node]:
        """Make standard nodes of a view for a :class:`.NodePage`, for every format but pages of HTML. Write phase."""


class Number(NamedTuple):
    """The number of a source on a page: as readers see it, ``[3]``, and the anchor of its entry in the list."""

    label: str
    anchor: str


class Component(nodes.General, nodes.Element):
    """What a directive asked for: the ``name`` of a component, and the ``arguments`` of its view.

    ``sources`` are the ids of the marked sources in their order, ``numbers`` their numbers on the page once it is read;
    ``anchors`` has the id on this page of each object that is shown. The children are a caption and slots, which Sphinx
    resolves as on any page. It never reaches a writer.
    """

    def astext(self) -> str:
        """Nothing: what is shown is known when the page is written."""
        return ""


class TableComponent(Component):
    """A table, which can have a caption and a number."""


class Slot(nodes.General, nodes.Element):
    """Nodes within a component that Sphinx has to see while the page is read: they refer to something or get translated.

    ``key`` is that of :func:`slot_key`.
    """


class Picture(nodes.General, nodes.Element):
    """An image of a record, which becomes one of docutils when its page is written.

    While pages are read, Sphinx puts another file into the place of an image, if there is one for the site's language: nobody has
    looked at that file.
    """

    def as_image(self) -> nodes.image:
        """The image, of this file only."""
        return nodes.image("", candidates={"*": self["uri"]}, **self.non_default_attributes())


def slot_key(what: Prose | Words | str) -> str:
    """The key of a slot: the same characters can be a text, a text in a cell, and plain words, which differ in their nodes."""
    match what:
        case Words(words):
            return f"words {words}"
        case Prose():
            return f"{'cell' if what.in_cell else 'text'} {what.text}"
        case _:
            return what


def slot_of(component: nodes.Element, what: Prose | Words | str) -> Slot | None:
    """The slot of a component, if it has it; a writer's own has a name."""
    key = slot_key(what) if component.children else None
    return next((child for child in component.children if isinstance(child, Slot) and child["key"] == key), None)
