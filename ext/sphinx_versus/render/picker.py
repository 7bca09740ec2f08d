"""The place of "compare … with …": links to the lists, beside which a script puts two fields."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from .parts import card, paragraph, separated
from .words import _

PICKER = "versus-picker"


def labels() -> dict[str, str]:
    """The words of the links by kind of page."""
    return {"comparisons": _("All comparisons"), "technologies": _("All technologies")}


def build_picker(links: Sequence[nodes.Node]) -> nodes.container:
    """The links in one line."""
    return card(paragraph(*separated([[link] for link in links], " · ")), classes=[PICKER])
