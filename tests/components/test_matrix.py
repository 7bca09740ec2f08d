"""Who has a page with whom: one pair, a table, lists for many."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx import addnodes

from many import many
from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.pairs import Existence, PairPage
from sphinx_versus.catalogue.views import Matrix, Side
from sphinx_versus.components import matrix as component
from sphinx_versus.components.component import Component
from sphinx_versus.components.node_helpers import ONLY
from sphinx_versus.components.page import NodePage

SIDES = (Side("a", "Ay"), Side("b", "Bee"), Side("c", "Cee"))
WRITTEN, ROUND_UP = PairPage(Existence.WRITTEN, "a-vs-b"), PairPage(Existence.ROUND_UP, "all")
NONE = PairPage(Existence.NONE)


BUILDER: Any = SimpleNamespace(config=SimpleNamespace(language="en"), format="text", supported_image_types=[])


def build_matrix(matrix: Matrix) -> list[nodes.Node]:
    page = NodePage(Component("", numbers={}), lambda prose: [], BUILDER)
    return component.as_nodes(page, matrix)


def links(blocks: list[nodes.Node]) -> list[addnodes.pending_xref]:
    return [link for block in blocks for link in block.findall(addnodes.pending_xref)]


def test_two_technologies_are_one_pair_and_no_table() -> None:
    blocks = build_matrix(Matrix("thing", SIDES[:2], ((NONE, WRITTEN), (WRITTEN, NONE))))
    assert [block.astext() for block in blocks] == ["Thing", "Ay and Bee: Written"]
    assert [link["reftarget"] for link in links(blocks)] == ["a-vs-b"]
    without = build_matrix(Matrix("thing", SIDES[:2], ((NONE, NONE), (NONE, NONE))))
    assert (without[1].astext(), links(without)) == ("Ay and Bee: Not yet", [])


def test_one_technology_has_no_other() -> None:
    blocks = build_matrix(Matrix("thing", SIDES[:1], ((NONE,),)))
    assert [block.astext() for block in blocks] == ["Thing", "Ay: no other of its kind"]


def test_a_cell_of_a_round_up_names_the_two_that_are_looked_for() -> None:
    rows = ((NONE, WRITTEN, ROUND_UP), (WRITTEN, NONE, NONE), (ROUND_UP, NONE, NONE))
    (table,) = build_matrix(Matrix("thing", SIDES, rows))
    (first, second) = (link for link in links([table]) if link["reftype"] == "table")
    assert (first.astext(), first["reftarget"], first[ONLY]) == ("In a round-up", "all", ["Ay", "Cee"])
    assert second[ONLY] == ["Cee", "Ay"]


def test_one_of_many_has_the_names_of_a_few_pages_and_the_number_of_many() -> None:
    matrix = query.matrix(many(), "thing", 12)
    first, last = (build_matrix(replace(matrix, lists=(matrix.lists[at],)))[1] for at in (0, -1))
    assert [link.astext() for link in links([first])] == [f"Technology t{number}" for number in ("000", "001", "149")]
    assert [block.astext() for block in first.findall(nodes.paragraph)] == [
        "Written, with: Technology t001",
        "Side by side, with 147 others",
        "In a round-up, with: Technology t149",
    ]
    assert [block.astext() for block in last.findall(nodes.paragraph)][-1] == "147 not yet"


def test_a_kind_of_some_has_all_names() -> None:
    matrix = query.matrix(many(), "thing", 12)
    pages = matrix.lists[0].pages[:24]
    found = links(build_matrix(replace(matrix, lists=(replace(matrix.lists[0], pages=pages),))))
    assert [link["reftarget"] for link in found] == ["t000", *(one.comparison for _, one in pages)]
    assert len(found) == 25
