"""A small extension of the tests' site: a page shows hostile prose as components show a record's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.site.page import page_of

KEY = "hostile_texts"


class ShowTexts(SphinxDirective):
    """Each text becomes nodes in a container of its own."""

    def run(self) -> list[nodes.Node]:
        page = page_of(self.env, self.state.document)
        texts: Sequence[str] = self.config[KEY]
        shown: list[nodes.Node] = []
        for number, text in enumerate(texts):
            prose = Prose(text, "data/technologies/alpha.yaml", 1)
            shown.append(nodes.container("", *page.prose(prose), number=number))
        return shown


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, and the texts as a value that changes nothing."""
    app.add_config_value(KEY, [], "")
    app.add_directive("hostile-texts", ShowTexts)
    return {"parallel_read_safe": True, "version": "1"}
