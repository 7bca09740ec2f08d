"""The HTML of a site's bounded navigation (see :mod:`sphinx_versus.environment.navigation`), instead of the theme's tree.

Runs in the write phase. Themes call the function ``toctree`` of a page's variables for their tree. Furo calls it while the
variables are collected, and parses the result once more to make branches that can be closed; it gets nothing to parse, and
afterwards the finished HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import url_re

from ..components.i18n import _
from ..environment.navigation import GENERATED, Entry, Listing, Sidebars, is_bounded

FURO = "furo_navigation_tree"
"""The variable in which Furo keeps its finished navigation."""
CHECKBOX = (
    '<input aria-label="{label}" checked="" class="toctree-checkbox" id="{id}" name="{id}" '
    'role="switch" type="checkbox"/><label for="{id}"><span class="icon">'
    '<svg><use href="#svg-arrow-right"></use></svg></span></label>'
)
"""Furo's element that opens and closes a branch without a script."""
ALL_LEVELS = 99


class Navigation:
    """The sidebars of a build, made when the first page needs one."""

    def __init__(self) -> None:
        self._sidebars: Sidebars | None = None

    def replace(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """``html-page-context``, before the theme: replace its function, on Furo by one that returns nothing."""
        if is_bounded(app):
            context["toctree"] = (lambda **options: "") if "furo" in app.extensions else self._tree(app, pagename)

    def replace_furo_tree(self, app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
        """Replace Furo's finished tree; on a small site only add the level that its captions, which are headings, must have."""
        if is_bounded(app) and FURO in context:
            context["toctree"] = self._tree(app, pagename)
            context[FURO] = self._tree(app, pagename, closable=True)()
        elif isinstance(tree := context.get(FURO), str):
            context[FURO] = tree.replace('role="heading">', 'role="heading" aria-level="2">')

    def _tree(self, app: Sphinx, pagename: str, *, closable: bool = False) -> Callable[..., str]:
        builder: Any = app.builder

        def address(target: str) -> str:
            if url_re.match(target):
                return target
            return str(builder.get_relative_uri(pagename, GENERATED[target][0] if target in GENERATED else target))

        def tree(*, includehidden: bool = closable, maxdepth: Any = 0, **options: Any) -> str:
            self._sidebars = self._sidebars or Sidebars(app.env)
            depth = int(maxdepth or 0)
            writer = SidebarWriter(address, includehidden, depth if depth > 0 else ALL_LEVELS, closable)
            return writer.write(self._sidebars.of(pagename))

        return tree


@dataclass
class SidebarWriter:
    """Writes a sidebar as the nested lists that themes expect of ``toctree``; ``closable`` adds what Furo adds to them."""

    address: Callable[[str], str]
    includehidden: bool
    depth: int
    closable: bool
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """Of the checkboxes."""

    def write(self, listings: Iterable[Listing], level: int = 1) -> str:
        """The HTML of the listings at a level of the sidebar."""
        parts = []
        for listing in listings:
            if level > self.depth or (listing.hidden and not self.includehidden):
                continue
            if listing.caption and level == 1:
                caption = f'<span class="caption-text">{html.escape(listing.caption)}</span>'
                parts.append(f'<p class="caption" role="heading" aria-level="2">{caption}</p>\n')
            current = ' class="current"' if any(entry.open for entry in listing.entries) else ""
            items = "".join(self._item(entry, level) for entry in listing.entries)
            if listing.hub:
                words = html.escape(_("… all %d pages") % listing.whole)
                link = f'<a class="reference internal" href="{html.escape(self.address(listing.hub))}">{words}</a>'
                items += f'<li class="toctree-l{level} versus-all-pages">{link}</li>\n'
            parts.append(f"<ul{current}>\n{items}</ul>\n")
        return "".join(parts)

    def _item(self, entry: Entry, level: int) -> str:
        below = self.write(entry.below, level + 1)
        classes = [f"toctree-l{level}", *["current"] * entry.open, *["current-page"] * entry.current]
        closing = ""
        if below and self.closable:
            classes.append("has-children")
            label = html.escape(_("Toggle navigation of %s")) % re.sub("<[^>]*>", "", entry.title)
            closing = CHECKBOX.format(label=label, id=f"toctree-checkbox-{next(self.numbers)}")
        kind = "current reference" if entry.open else "reference"
        kind += " external" if url_re.match(entry.target) else " internal"
        here = ' aria-current="page"' if entry.current else ""
        address = "#" if entry.current else html.escape(self.address(entry.target))
        link = f'<a class="{kind}" href="{address}"{here}>{entry.title}</a>'
        return f'<li class="{" ".join(classes)}">{link}{closing}{below}</li>\n'
