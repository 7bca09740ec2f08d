"""A chapter of a technology without what comparisons of the same volume show. Write phase, before components are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..catalogue.model import Fact
from ..catalogue.prose import Prose
from ..catalogue.query import MOST_SIDES
from ..components import COMPONENTS
from ..components.component import Cites, Component, Number, Slot, Words, slot_key
from ..components.node_helpers import SOURCE_MARK, text
from ..environment.project import project_of
from .syntax import label

Key = tuple[str, str]
"""Type and id of an object, as a component shows it; of a fact the technology and the criterion, of a verdict the page."""


class Asked:
    """What pages asked of the catalogue, before it is written."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env, self._project = env, project_of(env)

    def tree(self, docname: str) -> nodes.document:
        """The tree of a page with its components, and without what this build hides."""
        tree = self._env.get_doctree(docname)
        for node, outcome in self._project.conditions.outcomes(tree):
            if not outcome.holds and node.parent is not None:
                node.parent.remove(node)
        return tree

    def view(self, component: Component) -> Any:
        """What a component shows."""
        return self._project.view(component)

    def is_own(self, technology: str, criterion: str, fact: Fact) -> bool:
        """Whether a fact is that of the technology's record, and not the one with which a comparison replaces it."""
        return fact is self._project.catalogue.technologies[technology].facts.get(criterion)


class Repetition:
    """What the comparisons on some pages show: facts, misconceptions and reasons, each with its place in our pages."""

    def __init__(self, asked: Asked, docnames: Iterable[str]) -> None:
        self._asked = asked
        self._places: dict[Key, str] = {}
        for docname in docnames:
            for component in asked.tree(docname).findall(Component):
                for key, anchor in self._shown(component):
                    self._places.setdefault(key, label(docname, anchor))

    def _shown(self, component: Component) -> Iterator[tuple[Key, str]]:
        anchors: Mapping[Key, str] = component["anchors"]
        match component["name"]:
            case "misconception":
                yield from anchors.items()
            case "verdict":
                comparison = component["arguments"][0]
                yield from ((("verdict", f"{comparison}/{id_}"), anchor) for (_type, id_), anchor in anchors.items())
            case "table":
                yield from self._facts(component)

    def _facts(self, component: Component) -> Iterator[tuple[Key, str]]:
        """The facts in the cells of a table; those that a comparison replaces by its own are not shown by it."""
        view = self._asked.view(component)
        if len(view.table.sides) > MOST_SIDES:  # such a table has no notes and sources
            return
        for row in view.table.rows:
            id_ = row.criterion.id
            anchor = component["anchors"][view.owner.type, f"{view.owner.id}/{id_}"]
            for cell in row.cells:
                if cell.fact is not None and self._asked.is_own(cell.technology, id_, cell.fact):
                    yield ("fact", f"{cell.technology}/{id_}"), anchor

    # -- what is left of a chapter

    def remove_from(self, docname: str, tree: nodes.document) -> Mapping[str, str]:
        """Take out of the tree of a page what is shown elsewhere; for each place that is gone, the place that has it."""
        found = [one for component in [*tree.findall(Component)] for one in self._without_repetition(component)]
        if found:  # what is said of the ages of values is said of the whole table
            ages = [one for one in tree.findall(Component) if one["name"] == "ages"]
            found += [(id_, "") for component in ages for id_ in _removed(component)]
        found += [(id_, "") for id_ in renumber(tree)]
        moved: dict[str, str] = {}
        for id_, place in found:
            moved.setdefault(label(docname, id_), place or label(docname, ""))
        return moved

    def _without_repetition(self, component: Component) -> Iterator[tuple[str, str]]:
        """Shorten a component, or take it away; each id that is gone, with the place that has what it led to."""
        match component["name"], component["arguments"]:
            case "misconception", _:
                yield from self._known(component, component["anchors"].items())
            case "reasons", (comparison, technology):
                key = "verdict", f"{comparison}/{technology}"
                yield from self._known(component, [(key, id_) for id_ in component.parent["ids"]])
            case "table", (owner, *_rest) if owner.type == "fact":
                yield from self._shorten(component)
            case "comparison-list", (_as_cards, *rest):
                component["arguments"] = (False, *rest)
                self._renew(component)

    def _known(self, component: Component, anchors: Iterable[tuple[Key, str]]) -> Iterator[tuple[str, str]]:
        """Take away a component of which all is shown elsewhere."""
        if anchors and all(key in self._places for key, _anchor in anchors):
            yield from ((anchor, self._places[key]) for key, anchor in anchors)
            yield from ((id_, "") for id_ in _removed(component))

    def _shorten(self, component: Component) -> Iterator[tuple[str, str]]:
        """Take the rows out of a table that stand in others."""
        owner, technologies, selection, *rest = component["arguments"]
        rows = [row.criterion.id for row in self._asked.view(component).table.rows]
        gone = {id_: place for id_ in rows if (place := self._places.get(("fact", f"{owner.id}/{id_}")))}
        yield from ((component["anchors"]["fact", f"{owner.id}/{id_}"], place) for id_, place in gone.items())
        if len(gone) == len(rows):
            yield from ((id_, "") for id_ in _removed(component))
        elif gone:
            selection = replace(selection, exclude=(*selection.exclude, *gone))
            component["arguments"] = (owner, technologies, selection, *rest)
            self._renew(component)

    def _renew(self, component: Component) -> None:
        """Let a component cite, and keep of its slots, what its view mentions now."""
        mentions = [*COMPONENTS[component["name"]].mentions(self._asked.view(component))]
        keys = {slot_key(one) for one in mentions if isinstance(one, Prose | Words)}
        for slot in [one for one in component.children if isinstance(one, Slot) and one["key"] not in keys]:
            component.remove(slot)
        component["sources"] = [source for one in mentions if isinstance(one, Cites) for source in one.sources]


def _removed(node: nodes.Element) -> Iterator[str]:
    """Take an element away, and each section of which nothing but a title is left by that; the ids that are gone."""
    parent = node.parent
    parent.remove(node)
    yield from (id_ for element in node.findall(nodes.Element) for id_ in element["ids"])
    is_empty = all(isinstance(child, nodes.title | nodes.Invisible) for child in parent.children)
    if is_empty and isinstance(parent, nodes.section) and isinstance(parent.parent, nodes.section):
        yield from _removed(parent)


def renumber(tree: nodes.document) -> Iterator[str]:
    """List the sources that are still cited, by new numbers; the ids that are gone with the others."""
    listing = next((one for one in tree.findall(Component) if one["name"] == "sources"), None)
    if listing is None:
        return
    ids = {anchor: id_ for id_, anchor in listing["arguments"][0]}
    cited = dict.fromkeys(id_ for node in tree.findall(nodes.Element) for id_ in _cited(node, ids))
    before: Mapping[str, Number] = listing["numbers"]
    numbers = {id_: before[id_]._replace(label=f"[{at}]") for at, id_ in enumerate(cited, 1)}
    listing["arguments"] = (tuple((id_, number.anchor) for id_, number in numbers.items()),)
    for node in tree.findall(nodes.Element):
        if isinstance(node, Component):
            node["numbers"] = numbers
        elif _is_mark(node):
            node[:] = [text(numbers[ids[node["refid"]]].label)]
    yield from (number.anchor for id_, number in before.items() if id_ not in numbers)
    if not numbers:
        yield from _removed(listing)


def _cited(node: nodes.Element, ids: Mapping[str, str]) -> Iterable[str]:
    """The ids of the sources that an element cites, of those that have an anchor."""
    if isinstance(node, Component):
        return [id_ for id_ in node["sources"] if id_ in ids.values()]
    return [ids[node["refid"]]] if _is_mark(node) else []


def _is_mark(node: nodes.Element) -> bool:
    return isinstance(node, nodes.reference) and SOURCE_MARK in node["classes"]
