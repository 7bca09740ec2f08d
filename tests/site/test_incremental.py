"""After every kind of edit, exactly the pages that show it are read, and the output is that of a build from nothing."""

from __future__ import annotations

import shutil
import textwrap
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from conftest import CATALOGUE, INDEX, Site
from outputs import assert_same_output, fresh_output, output_of

GAMMA_PAIR = """
    technologies: [beta, gamma]
    relation: alternatives
    summary: Gamma is stricter than Beta.
    criteria:
      - {group: Data, rows: [orm]}
    reviewed: 2026-11-22
    """

PAIR = "comparisons/alpha-vs-gamma"
SHOW_WHO_MEETS = {"technologies/alpha", "technologies/gamma", "matrix"}

PAGES: Mapping[str, str] = {
    "conf.py": Site.CONF + "versus_derived_pairs = True\n",
    **CATALOGUE,
    "data/comparisons/beta-vs-gamma.yaml": GAMMA_PAIR,
    **INDEX,
    "docs/notes.md": """
        ---
        orphan: true
        ---
        # Notes

        The layer of {technology}`beta`: {fact}`beta/orm`. See [](technologies/gamma.md).
        """,
    "docs/plain.md": """
        ---
        orphan: true
        ---
        # Plain

        Nothing of the catalogue.
        """,
    "docs/gallery.md": """
        ---
        orphan: true
        ---
        # Gallery

        ```{comparison-index}
        :technology: gamma
        ```
        """,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a site that has been built, and an untouched copy of it."""
    root = tmp_path_factory.mktemp("incremental")
    site = Site(root / "site").write(PAGES).build()
    assert site.warnings == ""
    shutil.copytree(site.root, root / "copy")
    return site.root, root / "copy"


@pytest.fixture
def before(built: tuple[Path, Path]) -> Site:
    """The site as it was built first, at the same place."""
    root, copy = built
    shutil.rmtree(root)
    shutil.copytree(copy, root)
    site = Site.__new__(Site)
    site.root = root
    return site


HUBS = {"comparisons/index", "technologies/index", "misconceptions", "criteria"}

Edit = Callable[[Site], Site]

EDITS: Mapping[str, tuple[Edit, set[str]]] = {
    "a page is touched": (
        lambda site: site.edit("docs/plain.md", "Nothing", "Nothing"),
        set(),
    ),
    "a page is edited": (
        lambda site: site.edit("docs/plain.md", "Nothing", "Little"),
        {"plain"},
    ),
    "a record is saved without a change": (
        lambda site: site.edit("data/technologies/beta.yaml", "name: Beta", "name: Beta"),
        set(),
    ),
    "a line is added above facts": (
        lambda site: site.edit("data/criteria.yaml", "licence: {", "# a remark\nlicence: {"),
        set(),
    ),
    "a fact that several pages show": (
        lambda site: site.edit("data/technologies/beta.yaml", "Through an extension.", "With an extension."),
        {"technologies/beta", "comparisons/alpha-vs-beta", "comparisons/beta-vs-gamma", "notes"},
    ),
    "a fact that one comparison shows": (
        lambda site: site.edit("data/technologies/beta.yaml", "value: 12,", "value: 14,"),
        {"technologies/beta", "comparisons/alpha-vs-beta"},
    ),
    "an override is added": (
        lambda site: site.edit(
            "data/comparisons/beta-vs-gamma.yaml",
            "reviewed:",
            "facts: {beta: {orm: {value: no, reason: Extensions do not count here.}}}\nreviewed:",
        ),
        {"comparisons/beta-vs-gamma"},
    ),
    "a technology is renamed": (
        lambda site: site.edit("data/technologies/gamma.yaml", "name: Gamma", "name: Gamma Two"),
        {
            "technologies/gamma",
            "technologies/index",
            "comparisons/beta-vs-gamma",
            "comparisons/index",
            "technologies/beta",
            "comparisons/alpha-vs-beta",
            "gallery",
            "notes",
            "matrix",
            "technologies/alpha",
            PAIR,
        },
    ),
    "a summary of a comparison": (
        lambda site: site.edit("data/comparisons/beta-vs-gamma.yaml", "stricter", "more strict"),
        {
            "comparisons/beta-vs-gamma",
            "comparisons/index",
            "technologies/beta",
            "technologies/gamma",
            "comparisons/alpha-vs-beta",
            "gallery",
            PAIR,
        },
    ),
    "a misconception": (
        lambda site: site.edit("data/technologies/alpha.yaml", "as fast as its queries", "fast"),
        {"technologies/alpha", "comparisons/alpha-vs-beta", "misconceptions", PAIR},
    ),
    "a criterion is renamed": (
        lambda site: site.edit("data/criteria.yaml", "name: Licence", "name: Terms"),
        {
            "criteria",
            "technologies/alpha",
            "technologies/beta",
            "technologies/gamma",
            "comparisons/alpha-vs-beta",
            PAIR,
        },
    ),
    "a source": (
        lambda site: site.edit("data/sources.yaml", "A review of Beta", "The review of Beta"),
        {"technologies/beta", "comparisons/alpha-vs-beta"},
    ),
    "a new technology": (
        lambda site: site.write(
            {"data/technologies/delta.yaml": "{name: Delta, kind: web-framework, summary: The fourth.}"}
        ),
        {"technologies/delta", "technologies/index", "matrix"},
    ),
    "a deleted comparison": (
        lambda site: site.remove("data/comparisons/beta-vs-gamma.yaml"),
        {
            "comparisons/index",
            "comparisons/alpha-vs-beta",
            "technologies/beta",
            "technologies/gamma",
            "gallery",
            "matrix",
            "comparisons/beta-vs-gamma",
            PAIR,
        },
    ),
    "a fact that a derived pair shows": (
        lambda site: site.edit("data/technologies/gamma.yaml", "Apache-2.0", "BSD-3-Clause"),
        {"technologies/gamma", PAIR},
    ),
    "a written comparison in place of a derived pair": (
        lambda site: site.write({f"data/{PAIR}.yaml": GAMMA_PAIR.replace("beta", "alpha")}),
        {
            PAIR,
            *SHOW_WHO_MEETS,
            "comparisons/index",
            "comparisons/alpha-vs-beta",
            "comparisons/beta-vs-gamma",
            "gallery",
        },
    ),
    "a page on disk in place of a derived pair": (
        lambda site: site.write({"docs/comparisons/gamma-vs-alpha.md": "---\norphan: true\n---\n# By hand\n"}),
        {"comparisons/gamma-vs-alpha"},
    ),
    "a round-up": (
        lambda site: site.write({"data/comparisons/three.yaml": GAMMA_PAIR.replace("beta", "alpha, beta")}),
        {
            "comparisons/three",
            "comparisons/index",
            "comparisons/alpha-vs-beta",
            "comparisons/beta-vs-gamma",
            "technologies/alpha",
            "technologies/beta",
            "technologies/gamma",
            "technologies/index",
            "gallery",
            PAIR,
        },
    ),
    "a technology without facts": (
        lambda site: site.edit(
            "data/technologies/gamma.yaml", "facts:\n  licence: {value: Apache-2.0}\n  orm: {value: no}\n", ""
        ),
        {*SHOW_WHO_MEETS, "comparisons/beta-vs-gamma"},
    ),
    "a page on disk instead of a record's": (
        lambda site: site.write({"docs/technologies/gamma.md": "# Gamma\n\nBy hand.\n"}),
        {"technologies/gamma"},
    ),
    "a page on disk that is another home": (
        lambda site: site.write({"docs/a.md": "---\norphan: true\n---\n# A\n\n```{technology-facts} gamma\n```\n"}),
        {"a"},
    ),
}


EVERYWHERE = {
    "a technology is renamed",
    "a criterion is renamed",
    "a new technology",
    "a deleted comparison",
    "a page on disk instead of a record's",
    "a page on disk that is another home",
    "a page on disk in place of a derived pair",
    "a written comparison in place of a derived pair",
    "a round-up",
    "a technology without facts",
}
"""Edits of what surrounds pages or what references lead to: all pages are written again."""


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_reaches_exactly_the_pages_that_show_it(before: Site, name: str) -> None:
    edit, expected = EDITS[name]
    edit(before).build()
    assert before.warnings == ""
    assert set(before.read) == expected
    wanted = before.app.env.found_docs if name in EVERYWHERE else {*expected, *above(expected)}
    assert set(before.written) == wanted
    assert_same_output(output_of(before), fresh_output(before))


def above(docnames: Iterable[str]) -> set[str]:
    """The pages whose toctrees name one of these, which Sphinx writes again; no toctree names a derived pair."""
    found = set()
    for docname in {*docnames} - {PAIR, "comparisons/gamma-vs-alpha"}:
        folder = docname.rpartition("/")[0]
        hub = {"comparisons": "comparisons/index", "technologies": "technologies/index"}.get(folder)
        if docname in HUBS:
            found.add("index")
        elif hub:
            found.add(hub)
    return found


def test_a_second_parallel_build_merges_too(before: Site) -> None:
    before.edit("data/technologies/gamma.yaml", "name: Gamma", "name: Gamma Two").build(parallel=2)
    before.edit("data/technologies/alpha.yaml", "name: Alpha", "name: Alpha Two").build(parallel=2)
    assert before.warnings == ""
    assert_same_output(output_of(before), fresh_output(before))


def test_serial_and_parallel_builds_write_the_same_bytes(before: Site) -> None:
    shutil.rmtree(before.root / "_build")
    before.build(parallel=2)
    assert before.warnings == ""
    assert output_of(before) == fresh_output(before)


def test_a_page_on_disk_comes_and_goes(before: Site) -> None:
    first = output_of(before)
    before.write({"docs/technologies/gamma.md": "# Gamma\n\nBy hand.\n"}).build()
    assert "By hand." in before.output("technologies/gamma.html")
    assert not (before.root / "_build/html/_sources/technologies/gamma.yaml.txt").exists()
    before.remove("docs/technologies/gamma.md").build()
    assert before.read == ["technologies/gamma"]
    assert_same_output(output_of(before), first)


def test_links_follow_a_page_that_gets_another_suffix(site: Site) -> None:
    """MyST finds ``a.md`` when there is such a file, or a virtual page, and only when it reads the link."""
    page = "---\norphan: true\n---\n# Links\n\n[x](technologies/gamma.md) [y](technologies/gamma.md#x)\n"
    site.write({**CATALOGUE, **INDEX, "docs/links.md": page}).build()
    site.write({"docs/technologies/gamma.rst": "Own\n===\n"}).build()
    assert_same_output(output_of(site), fresh_output(site))
    (site.root / "docs/technologies/gamma.rst").unlink()
    site.build()
    assert 'href="technologies/gamma.html"' in site.output("links.html")


def test_a_deleted_record_takes_its_page_along_but_nothing_else(before: Site) -> None:
    other = before.root / "_build/html/technologies/by-hand.html"
    other.write_text("not ours", encoding="utf-8")
    before.remove("data/comparisons/beta-vs-gamma.yaml").remove("data/technologies/gamma.yaml").build()
    for gone in (
        "technologies/gamma.html",
        "comparisons/beta-vs-gamma.html",
        "_sources/technologies/gamma.yaml.txt",
    ):
        assert not (before.root / "_build/html" / gone).exists()
    assert other.exists()
    assert (before.root / "_build/html/technologies/alpha.html").exists()


@pytest.mark.parametrize(("builder", "gone"), [("dirhtml", "technologies/delta"), ("text", "technologies/delta.txt")])
def test_other_builders_drop_deleted_pages_too(small_site: Site, builder: str, gone: str) -> None:
    small_site.write({"data/technologies/delta.yaml": "{name: Delta, kind: web-framework, summary: The fourth.}"})
    small_site.build(builder)
    assert (small_site.root / "_build" / builder / gone).exists()
    small_site.remove("data/technologies/delta.yaml").build(builder)
    assert not (small_site.root / "_build" / builder / gone).exists()


def test_a_changed_setting_moves_pages_and_removes_the_old_ones(before: Site) -> None:
    before.edit("docs/index.md", "criteria", "vocabulary")
    overrides = {"versus_pages": {"criteria": "vocabulary"}}
    before.build(**overrides)
    assert before.warnings == ""
    assert "vocabulary.html#criterion-orm" in before.output("technologies/alpha.html")
    assert_same_output(output_of(before), fresh_output(before, **overrides))


def test_a_mistake_that_a_new_record_mends_is_forgotten(before: Site) -> None:
    before.edit("docs/plain.md", "Nothing of", "{technology}`delta` {row}`alpha-vs-delta/orm`\n\nNothing of").build()
    assert before.warnings.count("unknown-technology") == 2  # in the message and as its type
    delta = "{name: Delta, kind: web-framework, summary: The fourth., facts: {orm: {value: no}}}"
    pair = """
        technologies: [alpha, delta]
        relation: alternatives
        summary: Two.
        criteria: [{group: Data, rows: [orm]}]
        reviewed: 2026-11-22
        """
    before.write({"data/technologies/delta.yaml": delta, "data/comparisons/alpha-vs-delta.yaml": pair}).build()
    assert before.warnings == ""
    assert "plain" in before.read
    assert_same_output(output_of(before), fresh_output(before))


@pytest.mark.parametrize(
    "directive", ["{technology} delta", "{comparison-table} alpha delta", "{misconceptions} delta"]
)
def test_a_directive_waits_for_the_record_that_it_misses(before: Site, directive: str) -> None:
    before.edit("docs/plain.md", "Nothing of", f"```{directive}\n```\n\nNothing of").build("dummy")
    assert "[unknown-" in before.warnings
    delta = "{name: Delta, kind: web-framework, summary: The fourth., facts: {orm: {value: no}}}"
    before.write({"data/technologies/delta.yaml": delta}).build("dummy")
    assert before.warnings == ""
    assert "plain" in before.read


def test_a_technology_of_the_name_of_a_comparison_takes_no_place_of_it(before: Site) -> None:
    """Each has its own on its own page."""
    before.edit("docs/plain.md", "Nothing of", "```{misconceptions} beta-vs-gamma\n```\n\nNothing of").build("text")
    pages = {name: before.output(f"comparisons/{name}.txt", "text") for name in ("alpha-vs-beta", "beta-vs-gamma")}
    evil = "misconceptions: {evil: {claim: An odd claim., correction: An odd correction.}}"
    for name in pages:
        before.write(
            {f"data/technologies/{name}.yaml": f"{{name: Odd {name}, kind: odd, summary: S., {evil[:-2]}}}}}}}"}
        )
        evil = evil.replace("evil", "other")
    before.build("text")
    assert {name: before.output(f"comparisons/{name}.txt", "text") for name in pages} == pages
    assert_same_output(output_of(before, "text"), fresh_output(before, "text"))
    assert "An odd claim" in before.output("technologies/beta-vs-gamma.txt", "text")


def test_references_follow_an_object_to_its_new_home(small_site: Site) -> None:
    pages = {"criteria": ""}
    text = "---\norphan: true\n---\n# Words\n\n```{criterion-index}\n```\n"
    small_site.edit("docs/index.md", "criteria\n", "")
    small_site.write({"docs/a.md": text, "docs/b.md": text}).build(versus_pages=pages)
    assert "../a.html#criterion-orm" in small_site.output("technologies/alpha.html")
    small_site.remove("docs/a.md").build(versus_pages=pages)
    assert "technologies/alpha" not in small_site.read
    assert "../b.html#criterion-orm" in small_site.output("technologies/alpha.html")


def test_without_a_change_problems_are_reported_again(before: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    before.edit("data/technologies/beta.yaml", "value: partial", "value: perhaps").build()
    warnings = before.warnings
    assert "[invalid-value]" in warnings
    monkeypatch.delattr("sphinx_versus.catalogue.snapshot.parse")
    before.build()
    assert before.warnings == warnings, "no file is parsed, and what is wrong is reported again"
    assert (before.read, before.written) == (["notes"], ["notes"]), (
        "it shows the lost fact, and may have a mistake of its own"
    )


def test_what_is_kept_of_the_data_may_be_damaged(before: Site) -> None:
    for path in (before.root / "_build" / "html.doctrees").glob("versus-*.pickle"):
        path.write_bytes(path.read_bytes()[:-1])
    before.edit("data/technologies/gamma.yaml", "Gamma is a third one.", "Gamma is the third.").build()
    assert before.warnings == ""
    assert "Gamma is the third." in before.output("technologies/gamma.html")
    assert "comparisons/alpha-vs-beta" not in before.read


def test_the_order_of_pages_follows_when_one_of_them_is_gone(site: Site) -> None:
    pages = {f"docs/{name}.md": f"# Page {name}\n\nWords.\n" for name in "abc"}
    home = "# Home\n\n```{toctree}\na\nb\nc\n```\n"
    site.write({"docs/index.md": home, "data/criteria.yaml": "", **pages}).build(versus_pages=False)
    (site.root / "docs" / "a.md").unlink()
    site.build(versus_pages=False)
    assert "index" in site.read
    assert 'title="Page b"' in site.output("index.html"), "the next page is the one behind that which is gone"
    assert 'accesskey="P">previous' in site.output("b.html")


def test_the_page_of_a_letter_goes_with_its_last_entry(before: Site) -> None:
    before.edit("docs/plain.md", "Nothing of the catalogue.", "```{index} zymurgy\n```\nNothing.\n")
    before.build(html_split_index=True)
    assert "zymurgy" in before.output("genindex-Z.html")
    before.edit("docs/plain.md", "zymurgy", "arboriculture").build(html_split_index=True)
    folder = before.root / "_build" / "html"
    assert not (folder / "genindex-Z.html").exists()
    assert "arboriculture" in before.output("genindex-A.html")
    before.build()
    assert [path.name for path in folder.glob("genindex*")] == ["genindex.html"]


def test_all_pages_lead_to_an_index_that_is_new(before: Site) -> None:
    before.build()
    assert "py-modindex.html" not in before.output("notes.html")
    before.edit("docs/plain.md", "Nothing of the catalogue.", "```{py:module} zymurgy\n```\nNothing.\n").build()
    assert "py-modindex.html" in before.output("notes.html")
    assert "py-modindex.html" in before.output("genindex.html")


INDICES = ("genindex.html", "searchindex.js")


def test_without_a_change_the_indices_are_left_alone(before: Site) -> None:
    before.build()  # the copied site's first build in this folder
    times = {name: (before.root / "_build/html" / name).stat().st_mtime_ns for name in INDICES}
    before.build()
    assert {name: (before.root / "_build/html" / name).stat().st_mtime_ns for name in INDICES} == times


def test_text_above_a_heading_writes_its_page_alone(site: Site) -> None:
    text = "# Page {0}\n\nWords.\n\n## A part {0}\n\n[](#a-part-{0}) and more.\n"
    pages = {f"docs/{name}.md": text.format(name) for name in "ab"}
    config = {"myst_heading_anchors": 2, "versus_pages": False}
    home = "# Home\n\n```{toctree}\na\nb\n```\n\n[](a.md#a-part-a)\n"
    site.write({"docs/index.md": home, "data/criteria.yaml": "", **pages}).build(**config)
    site.edit("docs/a.md", "Words.", "Words.\n\nMore and more words.").build(**config)
    assert (site.read, site.written) == (["a"], ["a", "index"])
    site.edit("docs/a.md", "## A part a", "## A part a\n\n## Another part").build(**config)
    assert (site.read, site.written) == (["a"], ["a", "b", "index"])


def test_pages_follow_an_equation_that_is_numbered_anew(site: Site) -> None:
    equation = "```{{math}}\n:label: {}\nx\n```\n"
    home = "# Home\n\n```{toctree}\na\nb\n```\n"
    first = "# A\n\n" + equation.format("one") + equation.format("two")
    site.write({"docs/index.md": home, "docs/a.md": first, "docs/b.md": "# B\n\n{eq}`two`\n"})
    site.write({"data/criteria.yaml": ""}).build(versus_pages=False)
    assert ">(2)</a>" in site.output("b.html")
    site.edit("docs/a.md", equation.format("one"), "").build(versus_pages=False)
    assert site.read == ["a"]
    assert ">(1)</a>" in site.output("b.html")


def test_pages_follow_the_inventory_of_another_site(site: Site) -> None:
    def inventory(words: str) -> bytes:
        head = "# Sphinx inventory version 2\n# Project: Other\n# Version: 1\n# zlib compressed\n"
        return head.encode() + zlib.compress(f"place std:label -1 page.html#place {words}\n".encode())

    (site.root / "objects.inv").write_bytes(inventory("Old words"))
    conf = site.CONF.replace('"sphinx_versus"', '"sphinx_versus", "sphinx.ext.intersphinx"')
    conf += f'versus_pages = False\nintersphinx_mapping = {{"other": ("https://other.example", {str(site.root / "objects.inv")!r})}}\n'
    site.write({"conf.py": conf, "docs/index.md": "# Home\n\n{ref}`place`\n", "data/criteria.yaml": ""}).build()
    assert "Old words" in site.output("index.html")
    (site.root / "objects.inv").write_bytes(inventory("New words"))
    site.build()
    assert (site.read, site.written) == ([], ["index"])
    assert "New words" in site.output("index.html")
    assert site.build().written == []


def test_pages_that_a_build_of_one_file_left_out_are_written_by_the_next(before: Site) -> None:
    before.edit("data/technologies/beta.yaml", "Through an extension.", "With an extension.")
    before.build(files=["docs/notes.md"])
    assert "technologies/beta" in before.read
    assert before.written == ["notes"]
    before.build()
    assert_same_output(output_of(before), fresh_output(before))


def test_pages_that_another_builder_read_are_written(before: Site) -> None:
    before.edit("data/technologies/beta.yaml", "Through an extension.", "With an extension.")
    before.build("text", doctrees="html")
    assert "technologies/beta" in before.read
    before.build()
    assert before.read == []
    assert_same_output(output_of(before), fresh_output(before))


def test_a_value_that_is_a_technology_follows_its_name_and_its_page(before: Site) -> None:
    """The pages that show the value depend on the technologies that it names, and on no other."""
    criteria = before.root / "data/criteria.yaml"
    with criteria.open("a", encoding="utf-8") as file:
        file.write("\nbuilt-on: {name: Built on, definition: D., type: technologies}\n")
    before.edit("data/technologies/alpha.yaml", "facts:\n", "facts:\n  built-on: {value: gamma}\n")
    before.write({"data/technologies/delta.yaml": "{name: Delta, kind: other, summary: The fourth.}"}).build()
    before.edit("data/technologies/delta.yaml", "name: Delta", "name: Delta Two").build()
    assert set(before.read) == {"technologies/delta", "technologies/index"}
    before.edit("data/technologies/gamma.yaml", "name: Gamma", "name: Gamma Two").build()
    assert '<a class="reference internal" href="gamma.html">Gamma Two</a>' in before.output("technologies/alpha.html")
    assert_same_output(output_of(before), fresh_output(before))
    before.write({"docs/technologies/gamma.md": "---\nversus-technology: none\n---\n# Gamma\n\nBy hand.\n"}).build()
    assert_same_output(output_of(before), fresh_output(before))


def test_a_logo_that_is_used_no_more_is_removed(site: Site) -> None:
    site.write({"a.svg": "<svg/>", "b.svg": "<svg/>", "docs/index.md": "# Home\n", "data/criteria.yaml": ""})
    site.build(html_logo="a.svg").build(html_logo="b.svg")
    assert [path.name for path in (site.root / "_build/html/_static").glob("*.svg")] == ["b.svg"]


@pytest.mark.parametrize("name", [*INDICES, "notes.html", "search.html", "_static/versus.css"])
def test_a_file_that_is_damaged_is_made_again(before: Site, name: str) -> None:
    whole = before.build().output(name)
    (before.root / "_build/html" / name).write_text("nothing", encoding="utf-8")
    assert before.build().output(name) == whole


def test_an_index_follows_a_new_word(before: Site) -> None:
    before.build()
    before.edit("docs/plain.md", "Nothing of the catalogue.", "```{index} zymurgy\n```\nNothing.\n").build()
    assert all("zymurgi" in before.output(name).replace("zymurgy", "zymurgi") for name in INDICES)
    assert "zymurgy" in before.output("genindex.html")


def test_without_a_change_no_file_is_written(before: Site) -> None:
    """But what Sphinx writes in every build."""

    def times() -> dict[str, int]:
        folder = before.root / "_build/html"
        paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in always)
        return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in paths}

    always = {".buildinfo", "objects.inv", "search.html"}
    before.build()
    first = times()
    before.build()
    assert (before.read, before.written) == ([], [])
    changed = {name for name, time in times().items() if time != first[name]}
    assert {name for name in changed if not name.startswith("_static/") or "versus" in name} == set()


def test_pairs_come_and_go_with_a_record_and_with_the_setting(before: Site) -> None:
    first, record = output_of(before), "data/comparisons/gamma-vs-alpha.yaml"
    before.write({record: GAMMA_PAIR.replace("beta, gamma", "gamma, alpha")}).build()
    assert "Gamma is stricter" in before.output("comparisons/gamma-vs-alpha.html")
    assert 'http-equiv="refresh"' in before.output(f"{PAIR}.html")
    before.remove(record).build()
    assert_same_output(output_of(before), first)
    before.edit("conf.py", "versus_derived_pairs = True", "versus_derived_pairs = False").build()
    assert set(before.read) == SHOW_WHO_MEETS
    assert not (before.root / f"_build/html/{PAIR}.html").exists()
    assert_same_output(output_of(before), fresh_output(before))
    before.edit("conf.py", "versus_derived_pairs = False", "versus_derived_pairs = True").build()
    assert set(before.read) == {PAIR, *SHOW_WHO_MEETS}
    assert_same_output(output_of(before), first)


WRITES_IN_THE_PLACE = """
    from pathlib import Path

    def write(app, exception):
        Path(app.outdir, "gone.html").write_text("written by another extension")

    def setup(app):
        app.connect("build-finished", write)
    """


def test_a_file_that_another_extension_writes_in_the_place_of_a_page_stays(small_site: Site) -> None:
    small_site.write({"docs/gone.md": "---\norphan: true\n---\n# Gone\n"}).build()
    config = (small_site.root / "conf.py").read_text(encoding="utf-8")
    small_site.remove("docs/gone.md").write({"conf.py": config + textwrap.dedent(WRITES_IN_THE_PLACE)})
    assert small_site.build().output("gone.html") == "written by another extension"
    assert small_site.build().output("gone.html") == "written by another extension"


def test_a_folder_in_the_place_of_build_info_ends_no_build(small_site: Site) -> None:
    (small_site.root / "_build/html/.buildinfo").mkdir(parents=True)
    assert small_site.build().app.statuscode == 0
