"""The definitions of the sides of a comparison in a PDF."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from sphinx_versus.pdf.cards import DEFINITIONS
from sphinx_versus.pdf.pair_definitions import PairDefinitions


@pytest.mark.parametrize("sides", [1, 2, 3, 6])
def test_definitions_that_follow_each_other_have_the_colours_of_their_sides(sides: int) -> None:
    document = new_document("x", get_default_settings(Parser()))
    section = nodes.section(ids=["x"])
    document += section
    names = [f"T{number}" for number in range(sides)]
    section += nodes.title("", "What they are")
    section += [nodes.container("", nodes.paragraph("", name), classes=["versus-technology"]) for name in names]
    section += nodes.paragraph("", "After them")
    PairDefinitions(document).run()
    _title, *found, after = section.children
    shown = found[0].children if sides > 1 else found
    assert [node.astext() for node in shown] == names
    assert after.astext() == "After them"
    if sides > 1:
        assert [node["classes"] for node in found] == [[DEFINITIONS]]
