"""What a build holds in memory does not grow with the trees of its pages."""

from __future__ import annotations

import gc

import pytest

from conftest import Site
from sphinx_versus.site import memory
from sphinx_versus.site.memory import KEPT, OBJECTS


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


@pytest.mark.parametrize(("before", "meanwhile"), [((700, 10, 10), OBJECTS), ((50_000, 5, 5), 50_000), ((0, 1, 1), 0)])
def test_the_garbage_collector_waits_longer_while_a_site_is_built(
    small_site: Site, monkeypatch: pytest.MonkeyPatch, before: tuple[int, int, int], meanwhile: int
) -> None:
    seen, forget, usual = [], memory.forget_pickle, gc.get_threshold()

    def look(*arguments: object) -> None:
        seen.append(gc.get_threshold()[0])
        forget(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(memory, "forget_pickle", look)
    gc.set_threshold(*before)
    try:
        small_site.build()
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*usual)
    assert {*seen} == {meanwhile}
