"""What a build holds in memory does not grow with the trees of its pages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping

import pytest

from conftest import CATALOGUE, Site
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.site import memory
from sphinx_versus.site.memory import KEPT, OBJECTS


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
    assert environment._pickled_doctree_cache.keys() <= {"index"}


def test_equal_ids_and_sets_of_fields_are_held_once(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    files = {name.removeprefix("data/"): text for name, text in CATALOGUE.items()}
    records = catalogue(files).catalogue.technologies
    alpha, gamma = (records[id_].facts for id_ in ("alpha", "gamma"))
    assert all(any(mine is theirs for theirs in gamma) for mine in alpha if mine in gamma)
    assert alpha["first-release"].model_fields_set is gamma["licence"].model_fields_set
    changed = gamma["licence"].model_copy(update={"version": "2"})
    assert (changed.model_fields_set, gamma["licence"].model_fields_set) == ({"value", "version"}, {"value"})


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
