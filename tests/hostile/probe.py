"""A small extension of the tests' site: a page shows hostile prose as components show a record's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.characters import cleaned
from sphinx_versus.environment.markdown_parser import MarkdownParser, ReusedRenderer
from sphinx_versus.environment.reading_page import Page

PATH = "data/technologies/alpha.yaml"


class ShowTexts(SphinxDirective):
    """Each text becomes nodes in a container of its own."""

    def run(self) -> list[nodes.Node]:
        texts: Sequence[str] = self.config.hostile_texts
        return [
            nodes.container("", *self._blocks(text, in_cell=number % 3 == 0), number=number)
            for number, text in enumerate(texts)
        ]

    def _blocks(self, text: str, *, in_cell: bool) -> list[nodes.Node]:
        if self.config.hostile_bare:
            return MarkdownParser(self.env.myst_config, ReusedRenderer).blocks(self.state.document, text, PATH)
        return Page(self.env, self.state.document).prose(Prose(cleaned(text), PATH, 1, in_cell=in_cell))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, the texts, and whether MyST reads them as it reads an author's page."""
    app.add_config_value("hostile_texts", [], "")
    app.add_config_value("hostile_bare", default=False, rebuild="")
    app.add_directive("hostile-texts", ShowTexts)
    return {"parallel_read_safe": True, "version": "1"}
