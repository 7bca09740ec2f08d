"""The sidebar of a site of many pages (see :mod:`sphinx_versus.environment.navigation`) takes the place of the theme's tree.

Runs in the write phase, for the builders that write pages of their own. Themes ask the function ``toctree`` of a page's
variables for their tree. Furo asks while the variables are collected, and parses the answer once more to make branches that
can be closed; it gets nothing to parse, and afterwards the finished text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import url_re

from ..components.i18n import _
from ..environment.navigation import GENERATED, Entry, Listing, Sidebars, is_bounded

FURO = "furo_navigation_tree"


class Navigation:
    """The sidebars of a build, made when the first page needs one."""

    def __init__(self) -> None:
        self._sidebars: Sidebars | None = None

    def replace(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """``html-page-context``, before the theme: give it another function, or on Furo one that says nothing."""
        if not is_bounded(app):
            return
        tree = self._tree(app, pagename)
        context["toctree"] = (lambda **options: "") if "furo" in app.extensions else tree

    def finish(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """``html-page-context``, after the theme: Furo's finished tree."""
        if is_bounded(app) and FURO in context:
            context["toctree"] = self._tree(app, pagename)
            context[FURO] = self._tree(app, pagename, closable=True)()

    def _tree(self, app: Sphinx, pagename: str, *, closable: bool = False) -> Callable[..., str]:
        builder: Any = app.builder

        def address(target: str) -> str:
            if url_re.match(target):
                return target
            return str(builder.get_relative_uri(pagename, GENERATED[target][0] if target in GENERATED else target))

        def tree(*, includehidden: bool = closable, maxdepth: Any = 0, **options: Any) -> str:
            self._sidebars = self._sidebars or Sidebars(app.env)
            writer = SidebarWriter(address, includehidden=includehidden, depth=int(maxdepth or 0), closable=closable)
            return writer.write(self._sidebars.of(pagename))

        return tree


class SidebarWriter:
    """Writes a sidebar as the nested lists that themes expect of ``toctree``; ``closable`` adds what Furo adds to them."""

    def __init__(
        self, address: Callable[[str], str], *, includehidden: bool = True, depth: int = 0, closable: bool = False
    ) -> None:
        self._address = address
        self._includehidden = includehidden
        self._depth = depth if depth > 0 else 99
        self._closable = closable
        self._boxes = 0

    def write(self, listings: Iterable[Listing]) -> str:
        """The HTML of a sidebar."""
        return "".join(self._listings(listings, 1))

    def _listings(self, listings: Iterable[Listing], level: int) -> Iterator[str]:
        for one in listings:
            if level <= self._depth and (self._includehidden or not one.hidden):
                if one.caption and level == 1:
                    words = html.escape(one.caption)
                    yield f'<p class="caption" role="heading" aria-level="2"><span class="caption-text">{words}</span></p>\n'
                current = ' class="current"' if any(entry.open for entry in one.entries) else ""
                yield f"<ul{current}>\n{''.join(self._items(one, level))}</ul>\n"

    def _items(self, one: Listing, level: int) -> Iterator[str]:
        for entry in one.entries:
            yield self._item(entry, level)
        if one.hub:
            words = html.escape(_("… all %d pages") % one.whole)
            link = f'<a class="reference internal" href="{html.escape(self._address(one.hub))}">{words}</a>'
            yield f'<li class="toctree-l{level} versus-all-pages">{link}</li>\n'

    def _item(self, entry: Entry, level: int) -> str:
        below = "".join(self._listings(entry.below, level + 1))
        classes = [f"toctree-l{level}", *(["current"] if entry.open else [])]
        classes += ["current-page"] if entry.current else []
        closing = ""
        if below and self._closable:
            classes.append("has-children")
            closing = self._box(entry)
        return f'<li class="{" ".join(classes)}">{self._link(entry)}{closing}{below}</li>\n'

    def _link(self, entry: Entry) -> str:
        classes = (
            f"{'current ' if entry.open else ''}reference {'external' if url_re.match(entry.target) else 'internal'}"
        )
        here = ' aria-current="page"' if entry.current else ""
        address = "#" if entry.current else html.escape(self._address(entry.target))
        return f'<a class="{classes}" href="{address}"{here}>{entry.title}</a>'

    def _box(self, entry: Entry) -> str:
        """What opens and closes a branch without a script."""
        self._boxes += 1
        name = f"toctree-checkbox-{self._boxes}"
        label = html.escape(_("Toggle navigation of %s")) % re.sub("<[^>]*>", "", entry.title)
        return (
            f'<input aria-label="{label}" checked="" class="toctree-checkbox" id="{name}" name="{name}" '
            f'role="switch" type="checkbox"/><label for="{name}"><span class="icon">'
            '<svg><use href="#svg-arrow-right"></use></svg></span></label>'
        )
