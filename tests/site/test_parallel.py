"""Pages that are resolved and written by several processes are those that one process writes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest
from sphinx.search import IndexBuilder

from conftest import CATALOGUE, INDEX, Site
from edits import PIXEL
from sphinx_versus.output.parallel import FEWEST, chunked

NUMBER = 3 * FEWEST
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
IMAGES_IN_A_WORKER = """
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


def test_the_main_process_resolves_only_the_first_page(many: Site) -> None:
    many.build(parallel=2)
    assert "_write_parallel" in vars(many.app.builder)
    first, *others = many.written
    assert first == min(many.app.env.found_docs)
    assert sorted(others) == sorted(many.app.env.found_docs - {first})
    assert {*many.app.env._pickled_doctree_cache} <= {first, "index"}


def test_after_it_there_is_nothing_to_do_and_an_edit_writes_what_shows_it(many: Site) -> None:
    many.build(parallel=2).build(parallel=2)
    assert (many.read, many.written) == ([], [])
    many.edit("docs/many/page-04.md", "number4words", "anotherword").build(parallel=2)
    assert many.written == ["many/index", "many/page-04"]
    assert "anotherword" in many.output("searchindex.js")
    assert "number4words" not in many.output("searchindex.js")


def test_a_warning_of_another_process_is_told_once(many: Site) -> None:
    many.edit("docs/many/page-20.md", "place-27", "no-such-place").build(parallel=2)
    assert many.warnings.count("undefined label: 'no-such-place'") == 1
    assert many.warnings.startswith("docs/many/page-20.md:4: WARNING")


@pytest.mark.parametrize("value", [True, False, ["somebody_else"]])
def test_where_a_stranger_listens_the_main_process_resolves_all_pages(many: Site, value: object) -> None:
    many.build(parallel=2, versus_parallel_writing=value)  # the listener of the tests is one
    assert many.written[0] == min(many.written)
    assert "_write_parallel" not in vars(many.app.builder), "Sphinx writes in its own way"
    assert_same(files_of(many, "html"), in_one_process(many, "serial", "html"))


A_DOMAIN = """
    from sphinx.domains import Domain

    class Noting(Domain):
        name = label = "noting"

        def merge_domaindata(self, docnames, otherdata):
            pass

    def setup(app):
        app.add_domain(Noting)
    """
A_WRAPPER = """
    import functools
    from sphinx.transforms.post_transforms import setup as known

    @functools.wraps(known)
    def counted(app, env, node, contnode):
        return None

    def setup(app):
        app.connect("missing-reference", counted)
    """


@pytest.mark.parametrize("stranger", [A_DOMAIN, A_WRAPPER])
def test_domains_and_wrappers_may_be_strangers_too(many: Site, stranger: str) -> None:
    config = (many.root / "conf.py").read_text(encoding="utf-8")
    many.write({"conf.py": config + textwrap.dedent(stranger)})
    many.build(parallel=2)
    assert "_write_parallel" not in vars(many.app.builder), "Sphinx writes in its own way"


def test_pages_that_get_new_images_are_left_to_the_main_process(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(many.root)
    many.write({"adds_images.py": IMAGES_IN_A_WORKER})
    many.edit("conf.py", '"sphinx_versus"', '"sphinx_versus", "adds_images"')
    (many.root / "docs/added.gif").write_bytes(PIXEL)
    many.build(parallel=2, versus_parallel_writing=[Site.__module__, "adds_images"])
    assert many.warnings == ""
    assert "added.gif" in many.output("many/page-25.html")
    assert_same(files_of(many, "html"), in_one_process(many, "serial", "html"))


def test_with_the_index_of_another_extension_sphinx_writes(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.site.search.put_in_place", lambda app, builder: None)
    many.build(parallel=2)
    assert type(many.app.builder.indexer) is IndexBuilder  # type: ignore[attr-defined]
    assert_same(files_of(many, "html"), in_one_process(many, "serial", "html"))


def test_a_value_of_another_form_is_a_problem(small_site: Site) -> None:
    small_site.build(versus_parallel_writing="furo")
    assert "versus_parallel_writing = 'furo'; expected True, False, or a list of modules" in small_site.warnings


def test_parts_become_smaller_and_have_every_page_once() -> None:
    names = [f"{number:04}" for number in range(1000)]
    parts = list(chunked(names, 2))
    assert sorted(name for part in parts for name in part) == names
    first, second, *others = parts
    sizes = [len(first), len(second), *(len(part) for part in reversed(others))]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes[:-1]) >= FEWEST
    assert len(list(chunked(names[:5], 2))) == 1
    assert list(chunked([], 2)) == []
