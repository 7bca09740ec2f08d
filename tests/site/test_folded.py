"""The trees of headings are folded up on large sites, and nobody who asks for one can tell."""

from __future__ import annotations

import pickle

import pytest
from docutils import nodes

from conftest import Site
from sphinx_versus.site import folded
from sphinx_versus.site.folded import OPEN, FoldedTrees

PAGES = 3
SMALL = {
    "data/criteria.yaml": "",
    "docs/index.md": "# Home\n\n```{toctree}\n:numbered:\npart\nlast\n```\n\n## After the pages\n",
    "docs/part.md": "# Part\n\n```{toctree}\npage-0\npage-1\npage-2\n```\n\n## After its pages\n",
    "docs/last.md": "# Last\n\n## End\n",
    **{f"docs/page-{one}.md": f"# Page {one}\n\n## Section of {one}\n" for one in range(PAGES)},
}


def tree(words: str) -> nodes.bullet_list:
    return nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", words)))


def many() -> FoldedTrees:
    """More trees than stay open, all let go."""
    trees = FoldedTrees({str(number): tree(f"Page {number}") for number in range(2 * OPEN)})
    trees.held = False
    return trees


def test_few_trees_stay_open_and_all_are_there() -> None:
    trees = many()
    assert [found.astext() for found in trees.values()] == [f"Page {number}" for number in range(2 * OPEN)]
    assert len(trees._open) == OPEN
    assert sorted(trees) == sorted(trees.copy()) == sorted(map(str, range(2 * OPEN)))


def test_a_change_in_a_tree_outlasts_folding_and_pickling() -> None:
    trees = many()
    trees["1"] += tree("more")[0]
    trees["new"] = tree("New")
    assert pickle.loads(pickle.dumps(trees))["1"].astext() == "Page 1\n\nmore"
    assert len([*trees.values()]) == 2 * OPEN + 1
    assert (trees["1"].astext(), trees["new"].astext()) == ("Page 1\n\nmore", "New")


def test_a_tree_that_is_taken_out_is_gone() -> None:
    trees = many()
    assert trees.pop("1").astext() == "Page 1"
    assert "1" not in trees
    assert trees.get("1") is None
    with pytest.raises(KeyError):
        trees["1"]


def test_while_they_are_held_it_is_always_the_same_tree() -> None:
    trees = many()
    trees.held = True
    first = trees["0"]
    assert next(iter(trees.values())) is trees["0"] is first


@pytest.mark.parametrize("full", [0, 99])
def test_sections_have_their_numbers(site: Site, monkeypatch: pytest.MonkeyPatch, full: int) -> None:
    monkeypatch.setattr(folded, "OPEN", 1)
    site.write(SMALL).build(versus_pages=False, versus_full_navigation=full)
    assert site.warnings == ""
    assert site.app.env.tocs.held == bool(full)  # type: ignore[attr-defined]
    entries = [one.get_text() for one in site.soup("index.html").select(".toctree-wrapper a")]
    assert [one for one in entries if "Section" in one or "After" in one or "End" in one] == [
        "1.1.1. Section of 0",
        "1.2.1. Section of 1",
        "1.3.1. Section of 2",
        "1.4. After its pages",
        "2.1. End",
    ]
