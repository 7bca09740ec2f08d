"""All handlers in one table."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from . import blocks, cards, code, images, inline, lists, objects, references, tables, time_axis
from .writer import Handler

HANDLERS: Mapping[type[nodes.Node], Handler] = {
    node: handler
    for module in (inline, blocks, lists, tables, references, cards, code, images, objects, time_axis)
    for node, handler in module.HANDLERS.items()
}
