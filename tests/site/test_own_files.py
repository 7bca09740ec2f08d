"""What is written beside the pages: never over a file of the site, and gone when it is not made any more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Site
from edits import files_of

REVERSED = "comparisons/beta-vs-alpha.html"
GIVEN: Mapping[str, str] = {
    f"extra/{REVERSED}": "Moved. No tag at the end",
    "extra/sitemap.xml": "[]",
    "extra/technologies/gamma.html": "By hand",
    "static/versus-pairs.js": "// by hand",
    "static/versus.css": "/* by hand */",
}
SETTINGS = {"html_baseurl": "https://example.org/", "versus_sitemap": True, "html_extra_path": ["extra"]}


def clean(site: Site, **values: object) -> dict[str, bytes]:
    """The output of a build from nothing."""
    shutil.rmtree(site.root / "_build")
    return files_of(site.build(**values).root)


def test_files_that_the_site_gives_stay(small_site: Site) -> None:
    """They come, are edited, and go; each build is that of a clean one, and says once what stays."""
    values = {**SETTINGS, "html_static_path": ["static"]}
    small_site.write({"extra/robots.txt": "", "static/site.css": ""}).build(**values)
    assert small_site.warnings == ""
    ours = files_of(small_site.root)
    for number in (1, 2):
        small_site.write({name: f"{text} {number}" for name, text in GIVEN.items()}).build(**values)
        assert {
            name: (
                small_site.root / "_build/html" / name.replace("extra/", "").replace("static", "_static")
            ).read_text()
            for name in GIVEN
        } == {name: f"{text} {number}" for name, text in GIVEN.items()}
        first, second = sorted(small_site.warnings.splitlines())
        names = f"_static/versus-pairs.js, {REVERSED}, sitemap.xml;"
        assert f"[file-of-others] files of the site or another extension stay in the place of ours: {names}" in first
        assert second.startswith(
            'data/technologies/gamma.yaml:1:1: WARNING: [page-conflict] the page of the technology "gamma" would be the same '
            'file as the file "technologies/gamma.html" of html_extra_path'
        )
    incremental = files_of(small_site.root)
    assert incremental == clean(small_site, **values)
    for name in GIVEN:
        small_site.remove(name)
    assert files_of(small_site.build(**values).root) == ours


def test_in_folders_a_page_is_its_index(small_site: Site) -> None:
    given = {"extra/technologies/gamma/index.html": "By hand", "extra/technologies/beta.html": "Another address"}
    small_site.write(given).build("dirhtml", html_extra_path=["extra"])
    assert small_site.warnings.count("[page-conflict]") == 1
    assert small_site.output("technologies/gamma/index.html", "dirhtml") == "By hand"


def test_a_file_that_sphinx_does_not_copy_takes_no_place(small_site: Site) -> None:
    small_site.write({f"extra/{REVERSED}": "x", "extra/technologies/gamma.html": "x"})
    small_site.build(html_extra_path=["extra"], exclude_patterns=["comparisons/*.html", "technologies/*.html"])
    assert small_site.warnings == ""


COLLECTING = """
    extensions = ["myst_parser", "sphinx_versus"]
    html_theme = "basic"
    project = "Test"

    def collect(app):
        yield "comparisons/beta-vs-alpha", {"title": "Collected", "body": "Collected"}, "page.html"
        yield "technologies/gamma", {"title": "Collected", "body": "Collected"}, "page.html"

    def setup(app):
        app.connect("html-collect-pages", collect)
    """


def test_pages_that_an_extension_collects_stay(small_site: Site) -> None:
    small_site.build()
    small_site.write({"conf.py": COLLECTING})
    for _ in range(2):
        small_site.build()
        for name in (REVERSED, "technologies/gamma.html"):
            assert "Collected" in small_site.soup(name).get_text()
        assert small_site.warnings.count(REVERSED) == small_site.warnings.count("[file-of-others]") == 1
        assert small_site.warnings.count("[page-conflict]") == 1
    small_site.write({"conf.py": Site.CONF}).build()
    assert "another address" not in small_site.output("technologies/gamma.html")


def test_what_changes_between_builds_is_ours(small_site: Site) -> None:
    """A program that formats all pages after each build takes none of them away from us; a list that is lost neither."""
    small_site.build()
    path = small_site.root / "_build/html" / REVERSED
    before = path.read_text(encoding="utf-8")
    path.write_text("formatted", encoding="utf-8")
    assert small_site.build().output(REVERSED) == before
    (small_site.root / "_build/html/.versus-files").unlink()
    assert small_site.build().warnings == ""
    small_site.remove("data/comparisons/alpha-vs-beta.yaml").build()
    assert not path.exists()


def test_a_file_that_is_none_of_ours_stays(small_site: Site) -> None:
    path = small_site.root / "_build/html" / REVERSED
    path.parent.mkdir(parents=True)
    path.write_text("Somebody put it here", encoding="utf-8")
    for _ in range(2):
        assert "[file-of-others]" in small_site.build().warnings
        assert path.read_text(encoding="utf-8") == "Somebody put it here"
    path.unlink()
    path.symlink_to(small_site.root / "conf.py")
    assert "[file-of-others]" in small_site.build().warnings
    assert path.is_symlink()


# -- what is not made any more

HOME = {"docs/index.md": "# Home\n\n{technology}`alpha`\n"}
ALL = {"html_baseurl": "https://example.org/", "versus_sitemap": True}
LEAVING: Mapping[str, Mapping[str, object]] = {
    "settings": {"versus_sitemap": False, "versus_tools": False, "versus_reversed_pairs": False},
    "no pages": {"versus_pages": False},
    "nothing": {"versus_pages": False, "versus_tools": False},
}


@pytest.mark.parametrize("name", LEAVING)
def test_what_a_setting_turns_off_is_removed(small_site: Site, name: str) -> None:
    small_site.write(HOME).build(**ALL)
    values = {**ALL, **LEAVING[name], "suppress_warnings": ["versus"]}
    assert files_of(small_site.build(**values).root) == clean(small_site, **values)
    assert small_site.build(**values).written == []


@pytest.mark.parametrize("builder", ["html", "text"])
@pytest.mark.parametrize("emptied", [True, False])
def test_what_a_data_folder_leaves_is_removed(small_site: Site, emptied: bool, builder: str) -> None:
    small_site.write(HOME).build(builder, **ALL)
    (small_site.root / "data").rename(small_site.root / "elsewhere")
    if emptied:
        (small_site.root / "data").mkdir()
    small_site.build(builder, **ALL)
    found = files_of(small_site.root, builder)
    assert not [name for name in found if "gamma" in name or "beta" in name]
    assert emptied or not [name for name in found if "versus" in name]
    shutil.rmtree(small_site.root / "_build")
    assert files_of(small_site.build(builder, **ALL).root, builder) == found
    warned = (
        ["index"] if emptied else []
    )  # the pages that its contents name are gone: it is read again until that is right
    assert small_site.build(builder, **ALL).written == warned
    assert not emptied or builder == "text" or "sitemap.xml" in found


def test_what_others_put_in_the_place_of_a_page_that_is_gone_stays(small_site: Site) -> None:
    small_site.write(HOME).build()
    (small_site.root / "data/technologies/gamma.yaml").unlink()
    page = small_site.root / "_build/html/technologies/gamma.html"
    page.write_text("moved by hand", encoding="utf-8")
    small_site.build()
    assert page.read_text(encoding="utf-8") == "moved by hand"


def test_names_of_static_files_may_be_no_text(small_site: Site) -> None:
    static = small_site.root / "static"
    static.mkdir(exist_ok=True)
    Path(os.fsdecode(bytes(static) + b"/a\xff.css")).write_bytes(b"")
    small_site.write(HOME).build(html_static_path=["static"])
    assert small_site.build(html_static_path=["static"]).written == []


def test_a_folder_to_which_a_link_leads_is_looked_at(small_site: Site) -> None:
    shared, static = small_site.root / "shared", small_site.root / "static"
    for folder in (shared, static):
        folder.mkdir()
    (shared / "own.css").write_text("a {}", encoding="utf-8")
    (static / "linked").symlink_to(shared)
    values = {"html_static_path": ["static"], "html_css_files": ["linked/own.css"]}
    small_site.write(HOME).build(**values)
    (shared / "own.css").write_text("b {}", encoding="utf-8")
    assert files_of(small_site.build(**values).root) == clean(small_site, **values)


def test_no_list_is_in_a_book(small_site: Site) -> None:
    values = {"version": "1", "epub_show_urls": "no"}
    small_site.build("epub", **values).build("epub", **values)
    assert not Path(small_site.root, "_build/epub/.versus-files").exists()


@pytest.mark.parametrize(
    "names",
    [("_static/versus-pairs.js", "_static/versus.css", "_static/versus.js", "sitemap.xml"), (".versus-files",)],
)
@pytest.mark.parametrize("is_late", [False, True])
def test_a_page_that_needs_a_folder_in_the_place_of_a_file_of_ours(
    small_site: Site, names: tuple[str, ...], is_late: bool
) -> None:
    """The page wins, be it there from the beginning or added later."""
    if is_late:
        small_site.build("dirhtml", **ALL)
    small_site.write({f"docs/{name}.md": f"---\norphan: true\n---\n# Words of {name}\n" for name in names})
    message = "[file-of-others] files of the site or another extension stay in the place of ours: "
    for _ in range(2):
        small_site.build("dirhtml", **ALL)
        assert message + ", ".join(names) + ";" in small_site.warnings
        for name in names:
            assert f"Words of {name}" in small_site.output(f"{name}/index.html", "dirhtml")


@pytest.mark.parametrize("is_late", [False, True])
def test_a_folder_of_the_site_in_the_place_of_a_file_of_ours(small_site: Site, is_late: bool) -> None:
    """Be it a static folder, or an extra one, as in any other build."""
    values = {**ALL, "html_static_path": ["static"], "html_extra_path": ["extra"]}
    files = {"static/versus.css/own.css": "a {}", "extra/sitemap.xml/own.html": "Own"}
    (small_site.root / "static").mkdir()
    (small_site.root / "extra").mkdir()
    if is_late:
        small_site.build(**values)
    small_site.write(files)
    for _ in range(2):
        small_site.build(**values)
        (line,) = small_site.warnings.splitlines()
        assert "[file-of-others]" in line
        assert "in the place of ours: _static/versus.css, sitemap.xml;" in line
        assert small_site.output("_static/versus.css/own.css") == "a {}"
        assert small_site.output("sitemap.xml/own.html") == "Own"
