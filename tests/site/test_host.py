"""A site that had nothing to do with Versus before is left as it is, and what it does itself comes first."""

from __future__ import annotations

import gc
import logging
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from sphinx.config import Config
from sphinx.search import IndexBuilder

from conftest import CATALOGUE, INDEX, Site

THEMES = ["alabaster", "basic", "furo"]
HOST: Mapping[str, str] = {
    "conf.py": """
        project = "Host"
        version = "1"
        html_last_updated_fmt = None
        html_static_path = ["docs/_static"]
        html_extra_path = ["docs/extra"]
        exclude_patterns = ["_static", "extra"]
        language = "en"
        """,
    "docs/index.rst": """
        Host
        ====

        .. toctree::
           :caption: All pages

           guide
           deeper/second
        """,
    "docs/guide.rst": """
        Guide
        =====

        .. container:: custom

           A box [1]_ with row-5_, and ``code``.

        .. [1] A note.

        * An entry: .. _source-entry: nothing.
        * _`source-code` is where it is, and _`row-5` has a number.

        .. table:: A table
           :name: versatile

           ===== =====
           One   Two
           ===== =====
           1     2
           ===== =====

        .. index:: single: entry; below

        .. image:: pictures/one.svg
        """,
    "docs/deeper/second.rst": """
        Second
        ======

        .. py:function:: f(x)

           A function, :doc:`../guide`.

        .. image:: pictures/one.svg
        """,
    "docs/pictures/one.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "docs/deeper/pictures/one.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
    "docs/README.md": "# Read me\n",
    "docs/deeper/CHANGELOG.md": "# Changes\n",
    "docs/_static/versus.css": "/* the host's own */\n",
    "docs/extra/robots.txt": "User-agent: *\n",
}


def output(site: Site) -> dict[str, bytes]:
    """What a build wrote, by name; ``.buildinfo`` has a digest of the configuration, ours included."""
    folder = site.root / "_build" / "html"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def host(folder: Path, **values: object) -> Site:
    return Site(folder).write(HOST).build(**values)


def differing(one: Site, other: Site) -> list[str]:
    before, now = output(one), output(other)
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


@pytest.fixture(scope="module", params=THEMES)
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The host without the extension."""
    return host(tmp_path_factory.mktemp("host"), html_theme=request.param)


def with_versus(before: Site, folder: Path, files: Mapping[str, str] = {}, **values: object) -> Site:
    theme = before.app.config.html_theme
    return Site(folder).write({**HOST, **files}).build(html_theme=theme, extensions=["sphinx_versus"], **values)


def test_without_data_nothing_is_another(before: Site, tmp_path: Path) -> None:
    threshold = gc.get_threshold()
    site = with_versus(before, tmp_path)
    assert site.warnings == before.warnings == ""
    assert differing(before, site) == []
    site.build(html_theme=before.app.config.html_theme, extensions=["sphinx_versus"])
    assert (site.read, site.written) == ([], [])
    assert type(site.app.env.tocs) is dict
    assert gc.get_threshold() == threshold


@pytest.mark.parametrize("data", ["data", "docs/data"])
def test_without_pages_and_tools_nothing_is_another(before: Site, tmp_path: Path, data: str) -> None:
    records = {name.replace("data", data, 1): text for name, text in CATALOGUE.items()}
    site = with_versus(before, tmp_path, records, versus_data=data, versus_pages=False, versus_tools=False)
    assert site.warnings == ""
    assert differing(before, site) == []
    assert type(site.app.env.tocs) is dict
    assert type(site.app.builder.indexer) is IndexBuilder  # type: ignore[attr-defined]


def test_a_page_on_which_nothing_of_versus_stands_loads_nothing(before: Site, tmp_path: Path) -> None:
    table = HOST["docs/deeper/second.rst"] + "\n        .. comparison-table:: alpha beta\n"
    site = with_versus(before, tmp_path, {**CATALOGUE, "docs/deeper/second.rst": table}, versus_pages=False)
    assert site.warnings == ""
    scripts = {f"_static/versus{name}.js" for name in ("", "-grid", "-many", "-pairs", "-picker", "-words")}
    sheets = {f"_static/versus-{name}.css" for name in ("diagrams", "grid", "many", "media")}
    added = {".versus-files", *sheets, *scripts}
    changed = {"index.html", "deeper/second.html", "_sources/deeper/second.rst.txt", "searchindex.js"}
    assert set(differing(before, site)) == added | changed
    assert "versus.css" in site.output("deeper/second.html")
    assert site.output("_static/versus.css") == HOST["docs/_static/versus.css"]


def test_a_folder_that_is_named_and_missing_is_reported_once(site: Site) -> None:
    site.write({"docs/index.rst": "Home\n====\n"}).build(extensions=["sphinx_versus"], versus_data="nowhere")
    assert site.warnings.count("WARNING") == site.warnings.count('there is no folder "nowhere"') == 1


def test_what_refers_to_records_of_a_missing_folder_is_not_reported(small_site: Site) -> None:
    page = "{technology}`alpha` {fact}`alpha/x`\n\n```{comparison-table} alpha-vs-beta\n```"
    conf = Site.CONF + 'versus_data = "dta"\n'
    small_site.write({"conf.py": conf, "docs/page.md": f"---\norphan: true\n---\n# P\n\n{page}\n"}).build()
    (line,) = [line for line in small_site.warnings.splitlines() if "index.md" not in line]
    assert line.startswith(
        'conf.py:5:15: WARNING: [no-catalogue] versus_data: there is no folder "dta"; did you mean "data"?'
    )


def test_data_that_come_and_go(site: Site) -> None:
    pages = {"docs/index.rst": "Home\n====\n\n:technology:`alpha`\n", "docs/other.rst": ":orphan:\n\nOther\n=====\n"}
    site.write(pages).build(extensions=["sphinx_versus"])
    assert site.warnings.startswith('docs/index.rst:4:14: WARNING: [unknown-technology] "alpha" is not a technology')
    assert "versus" not in site.output("other.html")
    site.write(CATALOGUE).build(extensions=["sphinx_versus"])
    assert {"index", "technologies/alpha"} <= set(site.read)
    assert site.soup("index.html").find("a", string="Alpha", href="technologies/alpha.html")
    for name in CATALOGUE:
        site.remove(name)
    for folder in ("technologies", "comparisons", ""):
        (site.root / "data" / folder).rmdir()
    site.build(extensions=["sphinx_versus"])
    assert "index" in site.read
    assert "[unknown-technology]" in site.warnings
    assert sorted(site.app.env.found_docs) == ["index", "other"]


# -- in other formats

BUILDERS = ["text", "man", "latex", "texinfo", "epub", "gettext", "xml", "pseudoxml", "singlehtml"]
OWN_PAGES = {"index", "guide", "second", "deeper", "host"}
MORE = """

Within the page: `Second`_, :ref:`versatile`, f_.

.. _f: ../guide.html

.. container:: one

   First paragraph.

   Second one.

.. table:: Wide

   = = = = = = = =
   a b c d e f g h
   = = = = = = = =
   1 2 3 4 5 6 7 8
   = = = = = = = =
"""


@pytest.fixture(scope="module")
def in_all_formats(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """The host without the extension, and with records that have pages."""
    sites = []
    for extensions in ([], ["sphinx_versus"]):
        site = Site(tmp_path_factory.mktemp("formats")).write({**HOST, **(CATALOGUE if extensions else {})})
        site.edit("docs/deeper/second.rst", ".. image:: pictures/one.svg", ".. image:: pictures/one.svg" + MORE)
        manuals = [("index", "host", "Host", [], 1), ("deeper/second", "second", "Second", [], 1)]
        values = {"man_pages": manuals, "extensions": extensions, "html_extra_path": []}
        values |= {"copyright": "Nobody", "epub_show_urls": "no"}
        for builder in BUILDERS:
            shared = builder not in {"epub", "gettext", "singlehtml"}
            site.build(builder, doctrees="all" if shared else "", **values)
            assert site.warnings == ""
        sites.append(site)
    return sites[0], sites[1]


def texts(site: Site, builder: str) -> dict[str, str]:
    """The files of the host's own pages; Sphinx names all domains in XML, and the time in catalogues of messages."""
    found = {}
    folder = site.root / "_build" / builder
    for path in folder.rglob("*.*"):
        if path.stem in OWN_PAGES and path.suffix not in {".epub", ".inv", ".js"}:
            text = path.read_text(encoding="utf-8").replace(str(site.root), "")
            text = text.replace(' xmlns:versus="https://www.sphinx-doc.org/"', "")
            found[path.relative_to(folder).as_posix()] = re.sub('"POT-Creation-Date: .*', "", text)
    return found


@pytest.mark.parametrize("builder", BUILDERS)
def test_pages_of_the_host_are_the_same_in_each_format(in_all_formats: tuple[Site, Site], builder: str) -> None:
    without, with_records = (texts(site, builder) for site in in_all_formats)
    assert without
    assert {name: with_records.get(name) for name in without} == without


# -- beside other extensions

REDIRECTS = """
    import pathlib
    extensions = ["myst_parser", "sphinx_versus"]
    html_theme = "basic"
    project = "Test"

    def redirect(app, *_):
        path = pathlib.Path(app.outdir, "comparisons/beta-vs-alpha.html")
        path.parent.mkdir(exist_ok=True)
        path.write_text("<html>elsewhere</html>")

    def setup(app):
        app.connect(EVENT, redirect, priority=PRIORITY)
    """
REVERSED = "comparisons/beta-vs-alpha.html"


@pytest.mark.parametrize(
    ("event", "priority"), [("builder-inited", 500), ("build-finished", 500), ("build-finished", 999)]
)
def test_a_redirect_of_the_host_stays(small_site: Site, event: str, priority: int) -> None:
    """Versus writes the page, then the host does, before it or behind it."""
    small_site.build()
    assert "This page has another address" in small_site.output(REVERSED)
    conf = REDIRECTS.replace("EVENT", repr(event)).replace("PRIORITY", str(priority))
    for number in range(2):
        small_site.write({"conf.py": conf}).build()
        assert small_site.output(REVERSED) == "<html>elsewhere</html>"
        told = small_site.warnings.count("[file-of-others]")
        assert told == (1 if number or priority == 500 else 0)
    assert f"stay in the place of ours: {REVERSED};" in small_site.warnings
    small_site.write({"conf.py": REDIRECTS.partition("def setup")[0]}).build()
    assert REVERSED in small_site.warnings, "a file that nobody takes away"
    (small_site.root / "_build/html" / REVERSED).unlink()
    assert "This page has another address" in small_site.build().output(REVERSED)


def test_a_redirect_that_takes_no_place_of_a_file_finds_room(small_site: Site) -> None:
    """As with sphinxext-rediraffe, for which a file at the place of a redirect is a mistake."""
    conf = REDIRECTS.replace("EVENT", "'build-finished'").replace("PRIORITY", "500")
    conf = conf.replace("path.write", "assert not path.exists()\n        path.write")
    conf += "    app.extensions['sphinxext.rediraffe'] = app.extensions['sphinx_versus']\n"
    small_site.build()
    assert small_site.write({"conf.py": conf}).build().output(REVERSED) == "<html>elsewhere</html>"


@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")
@pytest.mark.parametrize("before_us", [True, False])
def test_a_sitemap_of_the_host_stays(small_site: Site, before_us: bool) -> None:
    values = {"html_baseurl": "https://example.org/", "versus_sitemap": True}
    if not before_us:
        small_site.build(**values)
        assert small_site.warnings == ""
        assert small_site.build(**values).warnings == "", "what we wrote ourselves is not of others"
    names = ["myst_parser", "sphinx_versus", "sphinx_sitemap"]
    small_site.build(**values, extensions=names, sitemap_url_scheme="{link}")
    assert "genindex.html" in small_site.output("sitemap.xml")
    assert small_site.warnings.count("stay in the place of ours: sitemap.xml;") == 1
    small_site.write({"docs/extra/sitemap.xml": "<urlset/>\n"}).build(**values, html_extra_path=["docs/extra"])
    assert small_site.output("sitemap.xml") == "<urlset/>\n"
    assert "[file-of-others]" in small_site.warnings


NOTEBOOKS = """
    from myst_parser.parsers.sphinx_ import MystParser
    from myst_parser.sphinx_ext.main import setup_sphinx

    class Notebook(MystParser):
        supported = ("notebook",)

    def setup(app):
        setup_sphinx(app)
        app.add_source_parser(Notebook)
        app.add_source_suffix(".md", "notebook", override=True)
    """


@pytest.mark.parametrize("first", ["notebooks", "sphinx_versus"])
def test_an_extension_that_brings_myst_itself(small_site: Site, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    small_site.write({"notebooks.py": NOTEBOOKS})
    monkeypatch.delitem(sys.modules, "notebooks", raising=False)
    monkeypatch.syspath_prepend(small_site.root)
    others = {"notebooks", "sphinx_versus"} - {first}
    small_site.build(extensions=[first, *others], myst_heading_anchors=2)
    assert small_site.warnings == ""
    assert small_site.app.config.source_suffix[".md"] == "notebook"
    assert small_site.app.env.myst_config.heading_anchors == 2  # type: ignore[attr-defined]
    assert small_site.soup("technologies/alpha.html").h1
    assert small_site.build(extensions=[first, *others], myst_heading_anchors=2).read == []
    suffixes = Config({}).source_suffix
    assert list(suffixes) == [".rst"], "another application in this process has its own"


def test_markdown_files_of_a_site_that_has_no_myst_are_no_pages(site: Site) -> None:
    site.write({**HOST, **CATALOGUE, "docs/data/technologies/x.yaml": "name: X\n"})
    site.build(html_theme="basic", extensions=["sphinx_versus"])
    assert {"README", "deeper/CHANGELOG", "data/technologies/x"}.isdisjoint(site.app.env.found_docs)
    assert "technologies/alpha" in site.app.env.found_docs
    assert "vs-table" in site.output("comparisons/alpha-vs-beta.html")


ALL_AT_ONCE = [
    *("myst_parser", "sphinx.ext.autosummary", "sphinx.ext.viewcode", "sphinx.ext.autosectionlabel"),
    *("sphinx.ext.todo", "sphinx.ext.intersphinx", "sphinx_last_updated_by_git", "sphinx_versus"),
]
API = """
    Interface
    =========

    .. todo:: Write more.

    .. todolist::

    .. autosummary::
       :toctree: generated

       textwrap.dedent

    Sources
    -------

    See :ref:`Sources`.
    """


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with many extensions, under version control, built twice."""
    site = Site(tmp_path_factory.mktemp("neighbours")).write({**CATALOGUE, **INDEX, "docs/interface.rst": API})
    site.edit("docs/index.md", "criteria\n", "criteria\ninterface\n")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All", "--date", "2020-02-03T12:00:00Z"]):
        subprocess.run([*git, *command], cwd=site.root, check=True)
    for _ in range(2):
        site.build(extensions=ALL_AT_ONCE, html_theme="alabaster", todo_include_todos=True, suppress_warnings=[])
        assert site.warnings == ""
    return site


def test_a_second_build_beside_many_extensions_reads_nothing(neighbours: Site) -> None:
    assert neighbours.read == []
    assert (neighbours.root / "docs/generated/textwrap.dedent.rst").is_file()


def test_a_page_of_a_record_has_the_date_of_the_record(neighbours: Site) -> None:
    assert "2020-02-03T12:00:00" in neighbours.output("technologies/alpha.html")
    assert "2020-02-03T12:00:00" not in neighbours.output("technologies/index.html")


def test_headings_of_made_pages_take_no_label_from_the_site(neighbours: Site) -> None:
    link = neighbours.soup("interface.html").find("a", string="Sources", href="#sources")
    assert link
    labels = neighbours.app.env.get_domain("std").labels  # type: ignore[attr-defined]
    assert labels["sources"][0] == "interface"
    assert labels["alpha vs beta"][0] == "comparisons/alpha-vs-beta"


def test_where_a_made_page_comes_from(neighbours: Site) -> None:
    """An absolute path is that of a file; a relative one has the name of the page, as Sphinx's own pages need it."""
    env = neighbours.app.env
    for docname in env.found_docs:
        assert Path(env.doc2path(docname)).is_file()
        assert str(env.doc2path(docname, base=False)).startswith(docname)
    assert Path(env.doc2path("technologies/alpha")) == neighbours.root / "data/technologies/alpha.yaml"


# -- what a site may choose


def test_pages_of_the_site_with_the_suffix_of_records(site: Site) -> None:
    conf = 'source_suffix = {".rst": "restructuredtext", ".yaml": "restructuredtext"}\nextensions = ["sphinx_versus"]\n'
    site.write(
        {**CATALOGUE, "conf.py": conf, "docs/index.rst": "Home\n====\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n"}
    )
    site.write({"docs/odd.yaml": "Odd\n===\n\nIn *this* ``language``.\n"}).build(nitpicky=True)
    assert site.warnings == ""
    assert "<em>this</em> <code" in site.output("odd.html")
    assert site.soup("technologies/alpha.html").h1
    assert site.build(nitpicky=True).read == []


def test_a_record_that_cannot_be_read_is_reported_once(site: Site) -> None:
    """Although it has the suffix of pages, and lies among them."""
    conf = Site.CONF + 'source_suffix = {".rst": "restructuredtext", ".yaml": "restructuredtext"}\n'
    site.write({"conf.py": conf, "docs/index.rst": "Home\n====\n", "docs/data/criteria.yaml": ""})
    for name in ("data/technologies/broken.yaml", "data/broken.yaml", "other.yaml"):
        (site.root / "docs" / name).parent.mkdir(exist_ok=True)
        (site.root / "docs" / name).symlink_to("nowhere")
    site.build(versus_data="docs/data", exclude_patterns=["data/criteria.yaml"])
    assert site.warnings.count("technologies/broken.yaml:") == site.warnings.count("[unreadable-file]") == 1
    assert site.warnings.count("Ignored unreadable document 'other.yaml'") >= 1
    assert "Ignored unreadable document 'data" not in site.warnings
    assert not logging.getLogger("sphinx.sphinx.project").filters


def test_pages_that_the_site_excludes_are_not_made(site: Site) -> None:
    site.write({**CATALOGUE, "conf.py": 'extensions = ["sphinx_versus"]\nroot_doc = "start"\n'})
    site.write({"docs/start.rst": "Home\n====\n\n:technology:`alpha`\n\n.. toctree::\n   :glob:\n\n   comparisons/*\n"})
    site.build(exclude_patterns=["technologies", "m*", "criteria"])
    assert site.warnings == ""
    assert sorted(site.app.env.found_docs) == ["comparisons/alpha-vs-beta", "comparisons/index", "start"]


def test_problems_can_be_suppressed_together(small_site: Site) -> None:
    small_site.write(
        {"data/technologies/beta.yaml": "naem: Beta\n", "docs/index.md": "# Home\n\n{technology}`alhpa`\n"}
    )
    assert small_site.build(suppress_warnings=["versus", "toc.not_included"]).warnings == ""


def test_two_applications_in_one_process(small_site: Site, tmp_path: Path) -> None:
    first = small_site.build().app
    other = Site(tmp_path / "other").write(
        {"docs/index.rst": "Home\n====\n", "docs/x.yaml": "x: y\n", "docs/x.md": "# X\n"}
    )
    other.build(extensions=["sphinx_versus"])
    assert sorted(other.app.env.found_docs) == ["index"]
    assert first.config.source_suffix != other.app.config.source_suffix


def test_data_inside_the_source_folder(site: Site) -> None:
    """Everything in one folder, as many small sites have it."""
    records = {f"docs/{name}": text for name, text in CATALOGUE.items()}
    site.write({**records, "docs/index.rst": "Home\n====\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n"})
    site.build(extensions=["sphinx_versus"], versus_data="docs/data")
    assert site.warnings == ""
    assert not [docname for docname in site.app.env.found_docs if docname.startswith("data/")]
    assert not (site.root / "_build/html/data").exists()


def test_a_yaml_file_beside_a_page_is_no_document(small_site: Site) -> None:
    small_site.write({"docs/sub/page.md": "---\norphan: true\n---\n# Page\n", "docs/sub/page.yaml": "openapi: 3\n"})
    small_site.build()
    assert small_site.warnings == ""
    assert small_site.build().read == []


def test_an_address_of_the_site_without_a_scheme_is_reported(small_site: Site) -> None:
    """It would make canonical addresses and a sitemap that lead nowhere."""
    small_site.write({"conf.py": f'{Site.CONF}html_baseurl = "example.org"\n'}).start()
    words = 'html_baseurl = "example.org" is no web address; expected https://… or http://…'
    assert small_site.warnings == f"conf.py:5:1: WARNING: [invalid-config] {words} [versus.invalid-config]\n"
