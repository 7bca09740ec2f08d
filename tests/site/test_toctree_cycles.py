"""Lists of contents that lead back to themselves."""

from __future__ import annotations

import pytest

from conftest import CATALOGUE, Site
from sphinx_versus.environment.toctree_cycles import left_out

HOME = {"docs/index.md": "# Home\n\n```{toctree}\ncomparisons/index\ntechnologies/index\nlist\n```\n"}
LIST = {"docs/list.md": "# List\n\n```{comparison-index}\n:toctree:\n```\n"}
TEMPLATES = {
    "versus/comparison.md.jinja": "```{technology-index}\n:toctree:\n```\n```{comparison-index}\n:toctree:\n```\n",
    "versus/technology.md.jinja": "```{comparison-index}\n:toctree:\n```\n```{technology-index}\n:toctree:\n```\n",
}
BACK = {"docs/comparisons/alpha-vs-beta.md": "# Back\n\n```{toctree}\n/list\n```\n"}
ROOT = {"docs/other.md": "# Other\n\n```{toctree}\nindex\n```\n"}


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ({}, {}),
        ({"index": ["a", "b"], "a": ["b", "c"], "b": ["c"]}, {}),
        ({"index": ["index"]}, {"index": {"index"}}),
        ({"index": ["a"], "a": ["index", "b"]}, {"a": {"index"}}),
        ({"x": ["y"], "y": ["x"]}, {"y": {"x"}}),
        (
            {"index": ["hub"], "hub": list("abc"), **{one: list("abc") for one in "abc"}},
            {one: set("abc") for one in "abc"},
        ),
        ({"index": ["a", "d"], "a": ["b"], "b": ["a", "d"], "d": ["e"], "e": ["d"]}, {"b": {"a"}, "e": {"d"}}),
        ({f"p{one}": [f"p{one + 1}"] for one in range(5000)}, {}),
    ],
)
def test_what_closes_a_circle(below: dict[str, list[str]], found: dict[str, set[str]]) -> None:
    assert left_out("index", below) == found


@pytest.mark.parametrize("builder", ["html", "singlehtml", "text", "epub"])
def test_templates_that_list_each_other(site: Site, builder: str) -> None:
    site.write({**CATALOGUE, **HOME, **LIST, **TEMPLATES}).build(builder, templates_path=["."], epub_copyright="x")
    lines = site.warnings.splitlines()
    assert all("[circular-contents]" in line for line in lines)
    places = [line.partition(": ")[0] for line in lines]
    assert places == ["versus/comparison.md.jinja:2:1", "versus/technology.md.jinja:2:1"], "one for each template"


def test_a_page_below_its_own_list(site: Site) -> None:
    site.write({**CATALOGUE, **HOME, **LIST, **BACK}).build()
    assert site.warnings.startswith(
        'docs/comparisons/alpha-vs-beta.md:3:1: WARNING: [circular-contents] the list of contents of "comparisons/alpha-vs-beta" '
        'has "list", below which it stands itself; the entries are left out; remove them here, or there '
        "[versus.circular-contents]\n"
    )
    site.write({**BACK, "docs/list.md": "# List\n"}).build()
    assert not site.warnings
    assert site.app.env.toctree_includes["comparisons/alpha-vs-beta"] == ["list"]


def test_the_home_page_below_another_one(site: Site) -> None:
    home = {"docs/index.md": HOME["docs/index.md"].replace("list", "other")}
    site.write({**CATALOGUE, **home, **ROOT}).build()
    assert site.warnings.startswith(
        'docs/other.md:3:1: WARNING: [circular-contents] the list of contents of "other" has "index"'
    )
