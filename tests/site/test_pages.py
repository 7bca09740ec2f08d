"""Pages without a file: which there are, how they are linked, what replaces them."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from conftest import CATALOGUE, INDEX, Site
from reading import Reader
from sphinx_versus.config import VALUES


def line_only(warnings: str) -> str:
    """Warnings whose columns in ``conf.py`` are left out."""
    return re.sub(r"conf\.py:(\d+):\d+:", r"conf.py:\1:1:", warnings)


VIRTUAL = {
    "comparisons/alpha-vs-beta",
    "comparisons/index",
    "technologies/alpha",
    "technologies/beta",
    "technologies/gamma",
    "technologies/index",
    "misconceptions",
    "criteria",
    "matrix",
}


def test_every_record_and_every_list_is_a_page_and_nothing_is_written_to_the_sources(
    small_site: Site,
) -> None:
    before = sorted(small_site.root.rglob("*"))
    small_site.build()
    assert small_site.app.env.found_docs == {*VIRTUAL, "index"}
    after = [path for path in small_site.root.rglob("*") if "_build" not in path.parts]
    assert sorted(after) == before


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_a_page_on_disk_wins(small_site: Site, suffix: str) -> None:
    text = "# By hand\n" if suffix == ".md" else "By hand\n=======\n"
    small_site.write({f"docs/technologies/alpha{suffix}": text}).build()
    assert small_site.warnings == ""
    assert "By hand" in small_site.output("technologies/alpha.html")
    assert (small_site.root / f"_build/html/_sources/technologies/alpha{suffix}.txt").read_text() == text


LINKS = [
    ("[x](technologies/alpha.md)", "technologies/alpha.html", "x"),
    ("[](technologies/alpha.md)", "technologies/alpha.html", "Alpha"),
    ("[](/misconceptions.md)", "misconceptions.html", "Misconceptions"),
    ("[x](comparisons/alpha-vs-beta.md#row-orm)", "comparisons/alpha-vs-beta.html#row-orm", "x"),
    ("[](comparisons/alpha-vs-beta.md#row-orm)", "comparisons/alpha-vs-beta.html#row-orm", "Database layer (Alpha vs Beta)"),
    ("[](criteria.md#criterion-orm)", "criteria.html#criterion-orm", "Database layer"),
    ("{doc}`technologies/alpha`", "technologies/alpha.html", "Alpha"),
    ("{doc}`y </comparisons/alpha-vs-beta>`", "comparisons/alpha-vs-beta.html", "y"),
]  # fmt: skip


@pytest.mark.parametrize(("link", "address", "text"), LINKS)
def test_links_lead_to_virtual_pages(reader: Reader, link: str, address: str, text: str) -> None:
    page = reader.read(f"# Page\n\n{link}\n")
    assert page.warnings == []
    reference = page.all(nodes.reference)[0]
    assert (reference["refuri"], reference.astext()) == (address, text)


def test_a_link_from_a_folder_is_relative_to_it(reader: Reader) -> None:
    page = reader.read("# Page\n\n[](../technologies/alpha.md)\n", docname="folder/page")
    assert page.warnings == []
    assert page.all(nodes.reference)[0]["refuri"] == "../technologies/alpha.html"


def test_a_wrong_anchor_is_reported(reader: Reader) -> None:
    page = reader.read("# Page\n\n[x](technologies/alpha.md#nowhere)\n")
    assert page.warnings == ["page.md:3: local id not found in doc 'technologies/alpha': 'nowhere' [myst.xref_missing]"]


def test_toctrees_and_their_patterns_find_virtual_pages(site: Site) -> None:
    toctree = "# Home\n\n```{toctree}\n:glob:\n\ncomparisons/alpha-vs-beta\ntechnologies/*\n```\n"
    site.write({**CATALOGUE, "docs/index.md": toctree}).build()
    assert site.warnings == ""
    assert site.app.env.toctree_includes["index"] == [
        "comparisons/alpha-vs-beta",
        "technologies/alpha",
        "technologies/beta",
        "technologies/gamma",
        "technologies/index",
    ]


def test_view_source_shows_the_record(small_site: Site) -> None:
    small_site.build(html_sidebars={"**": ["sourcelink.html"]})
    # By its address: themes of other tests replace the words of the whole process.
    assert small_site.soup("technologies/alpha.html").find("a", href="../_sources/technologies/alpha.yaml.txt")
    record = (small_site.root / "data/technologies/alpha.yaml").read_text(encoding="utf-8")
    assert small_site.output("_sources/technologies/alpha.yaml.txt") == record


def test_lists_can_be_turned_off_and_moved(site: Site) -> None:
    pages = {
        "criteria": "",
        "misconceptions": "wrong-claims",
        "technology": "tools/{id}",
        "technologies": "tools/index",
    }
    toctree = "# Home\n\n```{toctree}\ncomparisons/index\ntools/index\nwrong-claims\n```\n"
    site.write({**CATALOGUE, "docs/index.md": toctree}).build(versus_pages=pages)
    assert site.warnings == ""
    assert {"tools/alpha", "tools/index", "wrong-claims"} < site.app.env.found_docs
    assert "criteria" not in site.app.env.found_docs


def test_no_pages_at_all(site: Site) -> None:
    site.write({**CATALOGUE, "docs/index.md": "# Home\n\n```{comparison-table} alpha-vs-beta\n```\n"})
    site.write({"conf.py": Site.CONF + "versus_pages = False\n"}).build()
    assert site.warnings == ""
    assert site.app.env.found_docs == {"index"}


def test_pages_whose_list_is_switched_off_are_missed_in_no_tree(site: Site) -> None:
    off = 'versus_pages = {"comparisons": "", "technologies": "", "matrix": ""}\n'
    home = "# Home\n\n```{toctree}\nmisconceptions\ncriteria\n```\n"
    site.write({**CATALOGUE, "docs/index.md": home, "conf.py": Site.CONF + off}).build()
    assert site.warnings == ""
    assert {"technologies/alpha", "comparisons/alpha-vs-beta"} <= site.app.env.found_docs


BAD_SETTINGS = [
    ("'all'", "versus_pages = 'all'; expected a mapping such as {'comparison': 'compare/{id}'}, or False"),
    ("True", "versus_pages = True; expected a mapping such as {'comparison': 'compare/{id}'}, or False"),
    ("{'criterion': 'x'}", "versus_pages: 'criterion' is no kind of page; did you mean \"criteria\"?"),
    ("{'criteria': 3}", "versus_pages['criteria'] = 3; expected a docname"),
    (
        "{'criteria': '/abs'}",
        "versus_pages['criteria'] = '/abs'; expected a docname below the source folder, such as compare/{id}",
    ),
    (
        "{'comparison': '../x/{id}'}",
        "versus_pages['comparison'] = '../x/{id}'; expected a docname below the source folder, such as compare/{id}",
    ),
    (
        "{'criteria': 'misconceptions'}",
        "versus_pages['criteria'] = 'misconceptions'; this is the place of other pages",
    ),
    (
        "{'technology': 'all'}",
        "versus_pages['technology'] = 'all'; expected {id} in the docname, which stands for the record's id",
    ),
    *(
        (
            f"{{'technology': {docname!r}}}",
            f"versus_pages['technology'] = {docname!r}; expected no braces, except one {{id}}",
        )
        for docname in ("c/{id}{x}", "{id}{0}", "{id.foo}{id}", "{id}{", "{id}}", "{id}/{id}", "{i{id}d}")
    ),
    *(
        (
            f"{{'criteria': {docname!r}}}",
            f"versus_pages['criteria'] = {docname!r}; expected no braces: the list is one page",
        )
        for docname in ("{x}", "{id}")
    ),
]


def test_two_kinds_of_page_with_one_docname(small_site: Site) -> None:
    pages = "versus_pages = {'criteria': 'words', 'misconceptions': 'words'}\n"
    small_site.write({"conf.py": Site.CONF + pages}).start()
    words = "versus_pages['misconceptions'] = 'words'; another kind of page has this docname already"
    assert f"conf.py:5:1: WARNING: [invalid-config] {words} [versus.invalid-config]\n" in line_only(small_site.warnings)
    assert {"words", "misconceptions"} <= small_site.app.env.found_docs


def test_a_topic_leaves_the_anchors_of_the_page_to_its_sections(small_site: Site) -> None:
    topics = "topics: {misconceptions: {title: Other things, body: A text.}}\n        reviewed:"
    small_site.write(
        {
            "data/comparisons/alpha-vs-beta.yaml": CATALOGUE["data/comparisons/alpha-vs-beta.yaml"].replace(
                "reviewed:", topics
            )
        }
    )
    page = small_site.build().soup("comparisons/alpha-vs-beta.html")
    headings = {section["id"]: section.find(["h2", "h3"]).get_text() for section in page.select("section section[id]")}
    assert headings["topic-misconceptions"].startswith("Other things")
    assert headings["misconceptions"].startswith("Misconceptions")


@pytest.mark.parametrize(("value", "expected"), BAD_SETTINGS)
def test_a_setting_that_does_not_fit(small_site: Site, value: str, expected: str) -> None:
    small_site.write({"conf.py": Site.CONF + f"versus_pages = {value}\n"}).start()
    assert (
        line_only(small_site.warnings) == f"conf.py:5:1: WARNING: [invalid-config] {expected} [versus.invalid-config]\n"
    )
    assert small_site.app.env.found_docs == {*VIRTUAL, "index"}


@pytest.mark.parametrize(
    ("template", "place", "words"),
    [
        ("# Words\n\n{{ titel }}\n", "3:4", "'titel' is undefined"),
        ("# {{ title }}\n\n{% if %}\n", "3:1", "Expected an expression, got 'end of statement block'"),
        ("# {{ titel }}\n", "1:6", "'titel' is undefined"),
        ("{% include 'versus/x.md.jinja' %}\n", "1:1", "no loader for this environment specified"),
        ("{{ 1 // 0 }}\n", "1:1", "integer division or modulo by zero"),
        (b"# \xff\n", "1:1", "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte"),
    ],
)
def test_a_broken_template_of_the_site_is_reported_and_ours_takes_its_place(
    small_site: Site, template: str | bytes, place: str, words: str
) -> None:
    small_site.write({"templates/versus/comparison.md.jinja": template})
    small_site.build(templates_path=["templates"])
    hint = 'did you mean "title"?' if "titel" in words else "see the variables in the guide"
    hint = "close {{ with }} and {% with %}" if "end of statement" in words else hint
    assert small_site.warnings.strip() == (
        f"templates/versus/comparison.md.jinja:{place}: WARNING: [invalid-template] {words}; {hint} [versus.invalid-template]"
    )
    assert "Choose Alpha if …" in small_site.soup("comparisons/alpha-vs-beta.html").get_text()


def test_a_broken_template_of_many_pages_is_reported_once(small_site: Site) -> None:
    small_site.write({"templates/versus/technology.md.jinja": "# {{ title }}\n\n{{ has_fact }}\n"})
    (line,) = small_site.build(templates_path=["templates"]).warnings.splitlines()
    assert line.startswith(
        "templates/versus/technology.md.jinja:3:4: WARNING: [invalid-template] 'has_fact' is undefined; "
    )
    assert 'did you mean "has_facts"?' in line


def test_settings_that_lack_something_are_reported_once(small_site: Site) -> None:
    """The page that ``versus_contribute`` names is linked to on each derived pair."""
    conf = Site.CONF + 'versus_contribute = "indx"\nversus_sitemap = True\nversus_derived_pairs = True\n'
    small_site.write({"conf.py": conf}).build()
    code = "[versus.invalid-config]"
    assert small_site.output("comparisons/alpha-vs-gamma.html")
    assert sorted(small_site.warnings.splitlines()) == [
        f'conf.py:5:21: WARNING: [invalid-config] versus_contribute: there is no page "indx"; did you mean "index"? {code}',
        f"conf.py:6:1: WARNING: [invalid-config] versus_sitemap: no address of the site is known; set html_baseurl {code}",
    ]


def test_without_related_comparisons_there_is_no_heading_for_them(small_site: Site) -> None:
    small_site.build()
    assert small_site.soup("comparisons/alpha-vs-beta.html").select("h2")
    assert "Related comparisons" not in small_site.output("comparisons/alpha-vs-beta.html")


def test_a_template_of_the_site_replaces_ours(small_site: Site) -> None:
    template = "# {{ title }}, in short\n\n```{comparison-summary} {{ id }}\n```\n"
    small_site.write({"templates/versus/comparison.md.jinja": template})
    small_site.build(templates_path=["templates"])
    assert small_site.warnings == ""
    page = small_site.soup("comparisons/alpha-vs-beta.html")
    assert page.h1 is not None
    assert page.h1.get_text().startswith("Alpha vs Beta, in short")
    assert page.find("table") is None
    small_site.edit("templates/versus/comparison.md.jinja", "in short", "briefly").build(templates_path=["templates"])
    assert small_site.read == ["comparisons/alpha-vs-beta"]


def test_what_a_site_links_to_works_and_is_looked_at(small_site: Site) -> None:
    """Pages and templates are the site's own, wherever a link leads; without a change none is read again."""
    template = "templates/versus/comparison.md.jinja"
    linked = {
        "docs/own.md": "---\norphan: true\n---\n# Own\n",
        template: "# {{ title }}, in short\n\n```{comparison-summary} {{ id }}\n```\n",
        "templates/versus/components/technology.html.jinja": "<p>A component</p>",
        "templates/page.html": "{% extends '!page.html' %}{% block footer %}A footer{% endblock %}",
    }
    small_site.write({f"elsewhere/{name}": text for name, text in linked.items()})
    small_site.write({"docs/shown.md": "---\norphan: true\n---\n# Shown\n\n```{technology} alpha\n```\n"})
    for name in ("docs/own.md", template, "templates/versus/components", "templates/page.html"):
        (small_site.root / name).parent.mkdir(parents=True, exist_ok=True)
        (small_site.root / name).symlink_to(small_site.root / "elsewhere" / name)
    small_site.build(templates_path=["templates"])
    assert small_site.warnings == ""
    assert "Alpha vs Beta, in short" in small_site.output("comparisons/alpha-vs-beta.html")
    assert "A component" in small_site.output("shown.html")
    assert "A footer" in small_site.output("own.html")
    assert small_site.build(templates_path=["templates"]).read == []
    small_site.edit(f"elsewhere/{template}", "in short", "briefly").edit("elsewhere/docs/own.md", "Own", "Mine")
    small_site.build(templates_path=["templates"])
    assert small_site.read == ["comparisons/alpha-vs-beta", "own"]
    small_site.edit("elsewhere/templates/page.html", "A footer", "Another").build(templates_path=["templates"])
    assert "Another" in small_site.output("own.html")


def test_a_misspelt_name_of_a_value(small_site: Site) -> None:
    conf = "versus_sitemp = True\ndef setup(app):\n    versus_local = 1\n"
    small_site.write({"conf.py": Site.CONF + conf}).start()
    assert small_site.warnings == (
        'conf.py:5:1: WARNING: [invalid-config] "versus_sitemp" is not a value of the configuration; '
        'did you mean "versus_sitemap"? [versus.invalid-config]\n'
    )


WRONG_TYPES = {
    "versus_sitemap": "'yes'",
    "versus_full_navigation": "True",
    "versus_tools": "3",
    "versus_pdf_fonts": "['Serif']",
    "versus_contribute": "None",
    "versus_pdf_folder": r"'a\x00b'",
    "versus_derived_pairs_robots": r"'\ud800'",
    "versus_repository": r"{'address': 'https://github.com/a/b', 'data': '\ud800'}",
}


def test_each_value_of_another_type_is_one_message(small_site: Site) -> None:
    conf = "".join(f"{name} = {value}\n" for name, value in WRONG_TYPES.items())
    small_site.write({"conf.py": Site.CONF + conf}).start()
    told = {line.partition("; ")[0] for line in line_only(small_site.warnings).splitlines()}
    assert told == {
        f"conf.py:{number}:1: WARNING: [invalid-config] {name} = {value}"
        for number, (name, value) in enumerate(WRONG_TYPES.items(), 5)
    }
    assert len(told) == len(small_site.warnings.splitlines())
    assert {name: small_site.app.config[name] for name in WRONG_TYPES} == {
        name: VALUES[name].default for name in WRONG_TYPES
    }


def test_a_text_in_the_place_of_a_list(small_site: Site) -> None:
    conf = 'versus_tools = "table"\nversus_derived_pairs = "all"\nversus_full_navigation = -1\n'
    small_site.write({"conf.py": Site.CONF + conf}).start()
    assert [
        line.partition(" [versus")[0].partition("[invalid-config] ")[2] for line in small_site.warnings.splitlines()
    ] == [
        "versus_full_navigation = -1; expected a number of pages, such as 0",
        "versus_tools = 'table'; expected a list, such as ['table']",
    ]
    small_site.write({"conf.py": Site.CONF}).start(versus_tools="table")
    assert small_site.warnings == ""


ODD = """\
class Mute:
    def __repr__(self): raise ValueError
class MuteText(Mute, str): pass
class MuteList(Mute, list): pass
versus_pages, versus_pdf_exclude, deep = {}, [], []
versus_pages["comparison"], versus_derived_pairs = versus_pages, [versus_pdf_exclude]
versus_pdf_exclude.append(versus_pdf_exclude)
for _ in range(5000): deep = [deep]
versus_sitemap, versus_repository = deep, {"address": deep}
versus_data, versus_pdf_paper, versus_tools = Mute(), MuteText("a4"), MuteList(["table"])
versus_pdf_fonts, versus_pdf_volumes = {Mute(): "x"}, [Mute()]
"""
"""Values that contain themselves or have no end, and that cannot be shown."""


def test_values_that_cannot_be_shown_are_one_message_each(small_site: Site) -> None:
    names = sorted({*re.findall(r"versus_\w+", ODD)})
    small_site.write({"conf.py": Site.CONF + ODD}).build()
    told = small_site.warnings.splitlines()
    assert sorted(re.findall(r"\[invalid-config\] (\w+) = .+; expected ", small_site.warnings)) == names
    assert len(told) == len(names)
    assert {name: small_site.app.config[name] for name in names} == {name: VALUES[name].default for name in names}


@pytest.mark.parametrize("value", ["3", "''", r"'a\x00b'", r"'a\ud800'"])
def test_a_data_folder_must_be_a_name(small_site: Site, value: str) -> None:
    small_site.write({"conf.py": Site.CONF + f"versus_data = {value}\n"}).start()
    (told,) = small_site.warnings.splitlines()
    assert told.startswith(
        f"conf.py:5:15: WARNING: [invalid-config] versus_data = {value}; expected the name of a folder"
    )
    assert "technologies/alpha" in small_site.app.env.found_docs


@pytest.mark.parametrize("name", ["versus_data", "versus_pdf_folder"])
def test_a_name_that_no_system_takes_leads_to_no_folder(small_site: Site, name: str) -> None:
    small_site.write({"conf.py": Site.CONF + f"{name} = 'x' * 300\n"}).build()
    assert small_site.warnings.count("ERROR: [") == (name == "versus_data")


def test_a_broken_record_is_told_once_and_not_again_on_its_page(small_site: Site) -> None:
    page = "# Alpha vs Beta\n\n```{comparison-table}\n```\n\n```{verdict}\n```\n"
    small_site.write({"docs/comparisons/alpha-vs-beta.md": page})
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "relation: alternatives", "relation: rivals").build("dummy")
    assert small_site.warnings.count("[versus.") == 1
    assert "[versus.invalid-value]" in small_site.warnings


def test_two_applications_in_one_process_do_not_see_each_other(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    first = Site(tmp_path_factory.mktemp("first")).write({**CATALOGUE, **INDEX}).build("dummy")
    second = Site(tmp_path_factory.mktemp("second")).write({**CATALOGUE, **INDEX})
    second.edit("data/technologies/alpha.yaml", "name: Alpha", "name: Omega").build("dummy")
    titles = [site.app.env.titles["technologies/alpha"].astext() for site in (first, second)]
    assert titles == ["Alpha", "Omega"]
    assert first.build("dummy").read == []


REPOSITORY = {
    "source_repository": "https://github.com/o/r/",
    "source_branch": "main",
    "source_directory": "docs/",
}


@pytest.fixture(scope="module")
def furo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("furo")).write({**CATALOGUE, **INDEX})
    conf = Site.CONF.replace('"basic"', '"furo"') + "html_theme_options = {'top_of_page_buttons': ['view', 'edit'], "
    site.write({"conf.py": conf + str(REPOSITORY)[1:] + "\n"})
    return site.build()


@pytest.mark.parametrize(
    ("page", "edit", "view"),
    [
        ("index", "edit/main/docs/index.md", "blob/main/docs/index.md?plain=true"),
        ("technologies/alpha", "edit/main/data/technologies/alpha.yaml", "blob/main/data/technologies/alpha.yaml?plain=true"),
        ("criteria", None, "_sources/criteria.md.jinja.txt"),
    ],
)  # fmt: skip
def test_the_edit_link_leads_to_the_record(furo: Site, page: str, edit: str | None, view: str) -> None:
    links = furo.soup(f"{page}.html").select(".content-icon-container a")
    found = {str(link["title"]): str(link["href"]).removeprefix("https://github.com/o/r/") for link in links}
    assert found.get("Edit this page") == edit
    assert found["View this page"] == view


def test_an_edit_link_of_the_sites_own_making(small_site: Site) -> None:
    options = {"source_edit_link": "https://git.example.org/x/docs/{filename}?edit"}
    small_site.build(html_theme="furo", html_theme_options=options)
    link = small_site.soup("technologies/alpha.html").select_one(".edit-this-page a")
    assert link is not None
    assert link["href"] == "https://git.example.org/x/data/technologies/alpha.yaml?edit"
