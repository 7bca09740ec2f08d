"""What a build holds in memory does not grow with the trees of its pages."""

from __future__ import annotations

import gc

import pytest

from conftest import Site
from sphinx_versus.environment.memory import KEPT, OBJECTS


def test_few_trees_stay_in_memory(site: Site) -> None:
    number = 30
    entries = "\n".join(f"page-{one}" for one in range(number))
    pages = {f"docs/page-{one}.md": f"# Page {one}\n\nWords of {one}.\n" for one in range(number)}
    site.write({"data/criteria.yaml": "", "docs/index.md": f"# Home\n\n```{{toctree}}\n{entries}\n```\n", **pages})
    site.build(versus_pages=False)
    assert site.warnings == ""
    assert "Words of 29." in site.output("page-29.html")
    environment = site.app.env
    assert len(environment._write_doc_doctree_cache) <= KEPT + 1
    assert len(environment._pickled_doctree_cache) <= KEPT + 1


@pytest.mark.parametrize(("before", "meanwhile"), [((700, 10, 10), OBJECTS), ((70_000, 5, 5), 70_000), ((0, 1, 1), 0)])
def test_the_garbage_collector_waits_longer_while_a_site_is_built(
    small_site: Site, before: tuple[int, int, int], meanwhile: int
) -> None:
    usual, conf = gc.get_threshold(), "import gc\ndef setup(app):\n    app.connect('write-started', note)\n"
    small_site.write({"conf.py": f"{Site.CONF}{conf}def note(app, _):\n    app.threshold = gc.get_threshold()[0]\n"})
    gc.set_threshold(*before)
    try:
        small_site.build()
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*usual)
    assert small_site.app.threshold == meanwhile  # type: ignore[attr-defined]
