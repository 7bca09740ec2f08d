"""What a build holds in memory does not grow with the trees of its pages."""

from __future__ import annotations

from conftest import Site
from sphinx_versus.site.memory import KEPT


def test_few_trees_stay_in_memory(site: Site) -> None:
    number = 3 * KEPT
    entries = "\n".join(f"page-{one}" for one in range(number))
    pages = {f"docs/page-{one}.md": f"# Page {one}\n\nWords of {one}.\n" for one in range(number)}
    site.write({"data/criteria.yaml": "", "docs/index.md": f"# Home\n\n```{{toctree}}\n{entries}\n```\n", **pages})
    site.build(versus_pages=False)
    assert site.warnings == ""
    assert "Words of 29." in site.output("page-29.html")
    environment = site.app.env
    assert len(environment._write_doc_doctree_cache) <= KEPT + 1
    assert environment._pickled_doctree_cache.keys() <= {"index"}
