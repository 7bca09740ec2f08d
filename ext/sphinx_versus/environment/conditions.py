"""Content under a condition: ``only`` and ``ifconfig`` keep it in the tree of a page, and decide when the page is written.

What is collected while a page is read (numbers of sources, objects, index entries) must not count what no reader of this build
will see. So the conditions are evaluated at the end of reading as well, and a page on which one has another outcome in a later
build, for one because another builder uses the same environment, is read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.config import Config
from sphinx.ext.ifconfig import ifconfig
from sphinx.util.tags import Tags


class Outcome(NamedTuple):
    """A condition on a page: the kind of its node, its expression, and whether it holds."""

    kind: str
    expression: str
    holds: bool


class Conditions:
    """Evaluates conditions as they will be when the pages are written."""

    def __init__(self, tags: Tags, config: Config, builder: str) -> None:
        self._tags, self._config, self._builder = tags, config, builder

    def holds(self, kind: str, expression: str) -> bool:
        """Whether content is shown; one whose condition cannot be evaluated is, as in Sphinx, which reports it."""
        try:
            if kind == "only":
                return bool(self._tags.eval_condition(expression))
            values = {value.name: value.value for value in self._config} | vars(self._config)
            return bool(eval(expression, {**values, "builder": self._builder}))  # noqa: S307 (as ifconfig does, on the same page)
        except Exception:  # noqa: BLE001 (whatever an expression raises)
            return True

    def moved(self, before: Outcome) -> bool:
        """Whether a condition has another outcome than it had."""
        return self.holds(before.kind, before.expression) != before.holds

    def outcomes(self, document: nodes.document) -> list[tuple[nodes.Element, Outcome]]:
        """The conditions on a page."""
        found = document.findall(lambda node: isinstance(node, addnodes.only | ifconfig))
        return [(node, self._outcome(node)) for node in found if isinstance(node, nodes.Element)]

    def _outcome(self, node: nodes.Element) -> Outcome:
        kind, expression = type(node).__name__, str(node.get("expr", ""))
        return Outcome(kind, expression, self.holds(kind, expression))


@contextmanager
def without(hidden: list[nodes.Element]) -> Iterator[None]:
    """Take the content out of nodes for a while."""
    children = [node.children for node in hidden]
    for node in hidden:
        node.children = []
    try:
        yield
    finally:
        for node, held in zip(hidden, children, strict=True):
            node.children = held


def is_within(node: nodes.Node, hidden: list[nodes.Element]) -> bool:
    """Whether a node is in one of these."""
    around: nodes.Node | None = node
    while around is not None:
        if any(around is one for one in hidden):
            return True
        around = around.parent
    return False
