"""Pages that several processes read and write are those that one process makes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from conftest import CATALOGUE, INDEX, Site
from edits import PIXEL

NUMBER = 30
PAGES: Mapping[str, str] = {
    **CATALOGUE,
    **INDEX,
    "docs/many/index.md": "---\norphan: true\n---\n# Many\n\n```{toctree}\n:glob:\n*\n```\n",
    **{
        f"docs/many/page-{one:02}.md": f"""
            (place-{one})=
            # Page {one}

            ![A dot](../dots/{one % 4}/dot.gif) is on it, and {{ref}}`place-{(one + 7) % NUMBER}`.
            Words of their own: number{one}words. See {{technology}}`alpha` and {{download}}`this <../notes.txt>`.

            ```{{index}} single: entry {one}
            ```
            """
        for one in range(NUMBER)
    },
    "docs/notes.txt": "Notes.",
}
ADDED_IMAGES = """
    from docutils import nodes
    from sphinx.transforms.post_transforms import SphinxPostTransform

    class AddImage(SphinxPostTransform):
        default_priority = 5

        def run(self, **kwargs):
            if self.env.docname.endswith("5"):
                self.document[0] += nodes.image(uri="added.gif", candidates={"*": "added.gif"})
                self.env.images.add_file(self.env.docname, "added.gif")

    def setup(app):
        app.add_post_transform(AddImage)
        return {"parallel_read_safe": True, "parallel_write_safe": True}
    """


@pytest.fixture
def many(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of several chunks, with images of one name, references and index entries."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site.write(PAGES)
    for folder in range(4):
        path = site.root / f"docs/dots/{folder}/dot.gif"
        path.parent.mkdir(parents=True)
        path.write_bytes(PIXEL + bytes([folder]))
    return site


def files_of(site: Site, builder: str) -> dict[str, bytes]:
    """All that a build wrote."""
    folder = site.root / "_build" / builder
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_one_process(site: Site, name: str, builder: str) -> dict[str, bytes]:
    """What one process writes of the same sources, elsewhere."""
    root = site.root / name
    root.mkdir()
    for part in ("docs", "data", "conf.py", "adds_images.py"):
        if (site.root / part).exists():
            (root / part).symlink_to(site.root / part)
    other = Site.__new__(Site)
    other.root = root
    return files_of(other.build(builder), builder)


def assert_same(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> None:
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_output_is_that_of_one_process(many: Site, builder: str) -> None:
    many.build(builder, parallel=2)
    assert many.warnings == ""
    assert len(many.written) == len({*many.written}) == len(many.app.env.found_docs)
    assert_same(files_of(many, builder), in_one_process(many, "serial", builder))


def test_after_it_there_is_nothing_to_do_and_an_edit_writes_what_shows_it(many: Site) -> None:
    many.build(parallel=2).build(parallel=2)
    assert (many.read, many.written) == ([], [])
    many.edit("docs/many/page-04.md", "number4words", "anotherword").build(parallel=2)
    assert many.written == ["many/index", "many/page-04"]
    assert "anotherword" in many.output("searchindex.js")
    assert "number4words" not in many.output("searchindex.js")


def test_a_warning_of_another_process_is_reported_once(many: Site) -> None:
    many.edit("docs/many/page-20.md", "place-27", "no-such-place").build(parallel=2)
    assert many.warnings.count("undefined label: 'no-such-place'") == 1
    assert many.warnings.startswith("docs/many/page-20.md:4:49: WARNING")


def test_images_that_pages_get_when_they_are_resolved_are_there(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(many.root)
    many.write({"adds_images.py": ADDED_IMAGES})
    many.edit("conf.py", '"sphinx_versus"', '"sphinx_versus", "adds_images"')
    (many.root / "docs/added.gif").write_bytes(PIXEL)
    many.build(parallel=2)
    assert many.warnings == ""
    assert "added.gif" in many.output("many/page-25.html")
    assert_same(files_of(many, "html"), in_one_process(many, "serial", "html"))
