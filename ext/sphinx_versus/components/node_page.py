"""What a component may ask of the page while it becomes standard nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from docutils import nodes

from ..catalogue.prose import Prose
from .component import Component, Number, slot_of
from .node_helpers import numbered_mark, rubric


class NodePage:
    """The page on which a component is shown; ``for_browsers`` is whether its format is a kind of HTML."""

    def __init__(
        self, component: Component, parse: Callable[[Prose], list[nodes.Node]], language: str, for_browsers: bool
    ) -> None:
        self._component, self._parse = component, parse
        self.language, self.for_browsers = language, for_browsers
        self.numbers: Mapping[str, Number] = component["numbers"]

    def prose(self, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a text."""
        if slot_of(self._component, prose.text):
            return self.slot(prose.text)
        return self._parse(prose)

    def rubric(self, words: str, class_: str) -> nodes.rubric:
        """A heading, translated if the site has a translation of it."""
        found = [*self.slot(words), rubric(words)][0]
        assert isinstance(found, nodes.rubric)
        found["classes"].append(class_)
        return found

    def slot(self, key: str) -> list[nodes.Node]:
        """The nodes that are kept under a key; they can be taken once."""
        slot = slot_of(self._component, key)
        if slot is None:
            return []
        slot.parent.remove(slot)
        children = list(slot.children)
        slot.clear()
        return children

    def caption(self) -> nodes.title | None:
        """The caption that Sphinx knows."""
        return next((child for child in self._component.children if isinstance(child, nodes.title)), None)

    def anchor(self, type_: str, id_: str) -> nodes.target:
        """An inline target for an object that is shown here."""
        return nodes.target("", "", ids=[self._component["anchors"][type_, id_]])

    def marks(self, sources: Iterable[str]) -> list[nodes.Node]:
        """A mark for each source that is in the page's list."""
        return [numbered_mark(self.numbers[id_]) for id_ in sources if id_ in self.numbers]
