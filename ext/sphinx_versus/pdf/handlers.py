"""All handlers in one table."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from . import ages, blocks, cards, code, images, inline, lists, objects, references, tables
from .writer import Handler

HANDLERS: Mapping[type[nodes.Node], Handler] = {
    node: handler
    for module in (inline, blocks, lists, tables, references, cards, code, images, objects, ages)
    for node, handler in module.HANDLERS.items()
}
