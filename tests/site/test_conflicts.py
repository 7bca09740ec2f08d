"""Two things that would be the same file are told before anything is written, once each, and the rest is built."""

from __future__ import annotations

import pytest

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.catalogue.fields import MAX_ID, is_reserved

GAMMA = CATALOGUE["data/technologies/gamma.yaml"].replace("name: Gamma", "name: Delta")


def conflict(place: str, what: str, taken: str, docname: str) -> str:
    """A message about two pages."""
    said = f'{what} would be the same file as {taken}: "{docname}"; rename one of them, or set versus_pages'
    return f"{place}: WARNING: [page-conflict] {said} [versus.page-conflict]"


ORPHAN = "---\norphan: true\n---\n# Words\n"
CASES = [
    ({"technology": "{id}"}, {"data/technologies/search.yaml": GAMMA}, "html", "search",
     conflict("data/technologies/search.yaml:1:1", 'the page of the technology "search"', 'the page "search" that Sphinx makes', "search")),
    ({"matrix": "GenIndex"}, {}, "html", "GenIndex",
     conflict("conf.py:1:1", 'the list "matrix"', 'the page "genindex" that Sphinx makes', "GenIndex")),
    ({"technology": "{id}"}, {"data/technologies/criteria.yaml": GAMMA}, "html", "",
     conflict("data/technologies/criteria.yaml:1:1", 'the page of the technology "criteria"', 'the list "criteria"', "criteria")),
    ({}, {"docs/technologies/Gamma.md": "---\norphan: true\n---\n# Words of somebody\n"}, "html", "technologies/gamma",
     conflict("data/technologies/gamma.yaml:1:1", 'the page of the technology "gamma"', 'the page "technologies/Gamma"', "technologies/gamma")),
    ({"technologies": "Index"}, {}, "html", "Index",
     conflict("conf.py:1:1", 'the list "technologies"', 'the page "index"', "Index")),
    ({}, {"docs/comparisons.md": "---\norphan: true\n---\n# Words\n"}, "dirhtml", "comparisons/index",
     conflict("conf.py:1:1", 'the list "comparisons"', 'the page "comparisons"', "comparisons/index")),
    ({"comparison": "{id}", "technology": "{id}-vs-beta"}, {}, "html", "",
     conflict("data/comparisons/alpha-vs-beta.yaml:1:1", 'the page of the comparison "alpha-vs-beta"', 'the page of the technology "alpha"', "alpha-vs-beta")),
    ({}, {"docs/technologies/Gamma.html/x.md": ORPHAN}, "html", "technologies/gamma",
     conflict("data/technologies/gamma.yaml:1:1", 'the page of the technology "gamma"', 'the folder of the page "technologies/Gamma.html/x"', "technologies/gamma")),
    ({}, {"docs/technologies/gamma/index.html/x.md": ORPHAN}, "dirhtml", "technologies/gamma",
     conflict("data/technologies/gamma.yaml:1:1", 'the page of the technology "gamma"', 'the folder of the page "technologies/gamma/index.html/x"', "technologies/gamma")),
    ({}, {"docs/technologies/gamma.doctree/x.md": ORPHAN}, "text", "technologies/gamma",
     conflict("data/technologies/gamma.yaml:1:1", 'the page of the technology "gamma"', 'the folder of the page "technologies/gamma.doctree/x"', "technologies/gamma")),
    ({}, {"docs/extra/technologies/gamma.html/x.txt": "x"}, "html", "technologies/gamma",
     conflict("data/technologies/gamma.yaml:1:1", 'the page of the technology "gamma"', 'the folder of the file "technologies/gamma.html/x.txt" of html_extra_path', "technologies/gamma")),
    ({"matrix": "index.html/all"}, {}, "html", "index.html/all",
     conflict("conf.py:1:1", 'the list "matrix"', 'the file of the page "index"', "index.html/all")),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "files", "builder", "missing", "expected"), CASES)
def test_two_pages(
    site: Site, pages: dict[str, str], files: dict[str, str], builder: str, missing: str, expected: str
) -> None:
    site.write({**CATALOGUE, **files, "docs/index.md": "# Home\n", "conf.py": Site.CONF + f"versus_pages = {pages}\n"})
    (site.root / "docs/extra").mkdir(exist_ok=True)
    site.edit("conf.py", "project =", 'html_extra_path = ["docs/extra"]\nproject =').build(builder)
    assert [line for line in site.warnings.splitlines() if "versus." in line] == [expected]
    assert missing not in site.app.env.found_docs
    assert "misconceptions" in site.app.env.found_docs
    site.build(builder)
    lines = [line for line in site.warnings.splitlines() if "versus." in line]
    assert lines == [expected], "a build without a change tells it again"
    assert len(site.read) <= len(site.warnings.splitlines()), "only pages with a warning are read again"


def test_a_derived_pair_with_the_page_of_a_list_or_record(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    pages = {"comparison": "{id}", "matrix": "alpha-vs-gamma", "technology": "beta-vs-{id}"}
    site.start(versus_pages=pages, versus_derived_pairs=True)
    expected = [
        conflict("conf.py:1:1", f'the page of the pair "{id_}"', taken, id_)
        for id_, taken in (
            ("alpha-vs-gamma", 'the list "matrix"'),
            ("beta-vs-gamma", 'the page of the technology "gamma"'),
        )
    ]
    assert site.warnings.splitlines() == expected


@pytest.mark.filterwarnings("ignore:'sphinxcontrib.serializinghtml")
def test_pairs_of_the_longest_ids_have_pages_where_a_file_system_takes_them(site: Site) -> None:
    names = [letter * MAX_ID for letter in "pq"]
    site.write(
        {**CATALOGUE, **INDEX, **{f"data/technologies/{name}.yaml": GAMMA.replace("Delta", name[0]) for name in names}}
    )
    values = {"versus_derived_pairs": [tuple(names)]}
    site.build(**values)
    assert site.warnings == ""
    assert site.output(f"comparisons/{names[0]}-vs-{names[1]}.html")
    site.build("json", **values)
    assert site.warnings == ""
    site.build(**values, versus_pages={"comparison": "comparisons/comparison-between-{id}"})
    assert (
        "conf.py:1:1: WARNING: [too-large] a name of 243 bytes in the docname of the page of the pair" in site.warnings
    )
    assert site.output("comparisons/comparison-between-alpha-vs-beta.html")


def test_a_page_on_disk_wins_in_silence(small_site: Site) -> None:
    page = "---\norphan: true\n---\n# Gamma in our words\n"
    small_site.write({"docs/technologies/gamma.md": page, "docs/genindex.md": "---\norphan: true\n---\n# Index\n"})
    assert small_site.build().warnings == ""


@pytest.mark.parametrize("name", ["con", "AUX", "com1", "lpt9.txt", "nul "])
def test_names_that_windows_reserves(name: str) -> None:
    assert is_reserved(name)
    assert not is_reserved(f"x{name}")


def test_names_that_windows_does_not_reserve() -> None:
    assert [name for name in ("con-x", "com", "com10", "auxiliary", "x.con", "") if is_reserved(name)] == []


def test_a_record_with_a_reserved_name(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, "data/technologies/aux.yaml": GAMMA}).build()
    said = 'Windows reserves the name "aux", so neither the record nor its page can be copied there; rename the record'
    expected = f"data/technologies/aux.yaml:1:1: WARNING: [reserved-name] {said} [versus.reserved-name]"
    assert site.warnings.splitlines() == [expected]
    assert "third" in site.output("technologies/aux.html")


def test_a_redirect_and_a_page(site: Site) -> None:
    led = "redirects:\n  comparisons: {one-vs-two: alpha-vs-beta}\n  technologies: {delta: alpha}\n"
    page = "---\norphan: true\n---\n# Words\n"
    site.write({**CATALOGUE, **INDEX, "data/published.yaml": led, "docs/comparisons/One-vs-Two.md": page})
    site.write({"docs/comparisons/Beta-vs-Alpha.md": page}).build()
    said = 'the redirect from "one-vs-two" would be the same file as the page "comparisons/One-vs-Two"'
    (told,) = site.warnings.splitlines()
    assert told.startswith(f"data/published.yaml:2:17: WARNING: [invalid-redirect] {said}; remove the redirect")
    redirects = [name for name in site.output(".versus-files").split()[1::2] if name.endswith(".html")]
    assert redirects == ["comparisons/two-vs-one.html", "technologies/delta.html"], (
        "the reversed pair has a page, where case does not count"
    )


@pytest.mark.parametrize(
    ("pages", "hint"),
    [
        ({"technology": "x/{id}", "comparison": "X/{id}"}, "another kind of page has this docname already"),
        ({"technology": "aux/{id}"}, "expected names that Windows does not reserve"),
        ({"technology": "x" * 5_000 + "/{id}"}, "expected names of at most 100 bytes"),
        ({"technology": "é" * 51 + "{id}"}, "expected names of at most 100 bytes"),
        ({"matrix": "/".join(["x" * 100] * 5)}, "expected a docname of at most 500 bytes"),
        ({"technology": "_static/{id}"}, "this is a folder of Sphinx"),
        ({"comparison": "objects.inv/{id}"}, "this is a file of Sphinx"),
        ({"criteria": "SearchIndex.js"}, "this is a file of Sphinx"),
        ({"technology": "search.html/{id}"}, "this is a file of Sphinx"),
        ({"comparison": "genindex-A.html/{id}"}, "this is a file of Sphinx"),
        ({"comparison": "py-modindex.xhtml/{id}"}, "this is a file of Sphinx"),
        ({"technology": "a:b/{id}"}, "expected a docname below the source folder"),
    ],
)
def test_settings(site: Site, pages: dict[str, str], hint: str) -> None:
    site.write({**CATALOGUE, **INDEX, "conf.py": Site.CONF + f"versus_pages = {pages}\n"}).start()
    (told,) = [line for line in site.warnings.splitlines() if "versus." in line]
    column = f"versus_pages = {pages}".index(repr([*pages.values()][-1])) + 1
    assert told.startswith(f"conf.py:5:{column}: WARNING: [invalid-config] versus_pages[")
    assert hint in told
