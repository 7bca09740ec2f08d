"""Names, titles, values, claims and quotations are shown exactly as typed, in every format and place."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner
from sphinx import locale

from conftest import CATALOGUE, INDEX, Site
from reading import Reader
from sphinx_versus.cli.commands import main
from sphinx_versus.components import verdict
from sphinx_versus.directives import comparison
from sphinx_versus.environment import virtual_page_parser

NAMES = {
    "markup": "C++ & <T>",
    "emphasis": "a *b* _c_",
    "dashes": "C-- vs. D...",
    "option": "Needs --no-cache",
    "quoted": "\"quoted\" and 'single'",
    "script": "Foo <script>alert(1)</script>",
    "image": "![c](../../secret.txt) [d](../../secret.txt)",
    "role": "{raw}`x` {{ a }} $y$ www.example.com",
    "number": "1. first #",
}
HOSTILE = "<b>*x*</b> \"y\" -- 'z' {raw}`w`"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def technology(name: str) -> str:
    return f"""
        name: {quoted(name)}
        kind: web-framework
        summary: A "typographic" summary.
        synonyms: [{quoted(name + " too")}]
        facts:
          licence: {{value: {quoted(HOSTILE)}, sources: [home], version: {quoted(HOSTILE)}}}
        misconceptions:
          claim-{next(key for key, value in NAMES.items() if value == name)}:
            claim: {quoted(HOSTILE)}
            correction: It is 'not'.
        """


def comparison_of(*sides: str) -> str:
    return f"""
        technologies: [{", ".join(sides)}]
        relation: complements
        summary: A summary.
        criteria: [{{group: {quoted(HOSTILE)}, rows: [licence]}}]
        topics:
          topic: {{title: {quoted(HOSTILE)}, body: The body.}}
        reviewed: 2026-11-22
        """


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose plain texts would all mean something, with much of MyST's syntax switched on."""
    site = Site(tmp_path_factory.mktemp("plain")).write(INDEX)
    site.write(
        {
            "conf.py": Site.CONF
            + 'myst_enable_extensions = ["substitution", "dollarmath", "smartquotes", "replacements", "strikethrough"]\n'
            + 'myst_substitutions = {"a": "SUBSTITUTED"}\n',
            "secret.txt": "secret",
            "data/criteria.yaml": f"licence: {{name: {quoted(HOSTILE)}, definition: A definition., group: {quoted(HOSTILE)}}}",
            "data/sources.yaml": f"""
                home:
                  title: {quoted(HOSTILE)}
                  publisher: {quoted(HOSTILE)}
                  kind: primary
                  accessed: 2026-11-01
                  quote: {quoted(HOSTILE)}
                """,
            **{f"data/technologies/{id_}.yaml": technology(name) for id_, name in NAMES.items()},
            "data/comparisons/markup-vs-quoted.yaml": comparison_of("markup", "quoted"),
            "docs/table.md": f"""
                # A table

                ```{{comparison-table}} markup, dashes
                :caption: {HOSTILE}
                ```

                ~~~{{misconception}} {HOSTILE}
                Not "so".
                ~~~
                """,
        }
    )
    return site.build()


@pytest.mark.parametrize("id_", NAMES)
def test_the_page_of_a_name(plain: Site, id_: str) -> None:
    page, name = plain.soup(f"technologies/{id_}.html"), NAMES[id_]
    (heading,) = page.select("h1")
    assert heading.get_text().removesuffix("¶") == name
    assert not heading.find(["em", "script", "img", "code", "b"])
    assert page.select("title")[0].get_text().startswith(f"{name} — ")
    assert f"{name} too" in page.get_text()
    assert plain.app.env.titles[f"technologies/{id_}"].astext() == name
    toctree = plain.soup("technologies/index.html").get_text()
    assert name in toctree


def test_every_plain_text_stands_on_the_page(plain: Site) -> None:
    words = plain.soup("comparisons/markup-vs-quoted.html").get_text()
    # group, criterion, two values, version, topic, claims of both, title, publisher and quotation of the source
    assert words.count(HOSTILE) >= 10
    assert "“y”" not in words
    assert "“typographic”" in words  # prose is typographic
    assert plain.soup("table.html").get_text().count(HOSTILE) >= 6


def test_nothing_acted(plain: Site) -> None:
    assert not (plain.root / "_build/html/_downloads").exists()
    for path in (plain.root / "_build/html").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "SUBSTITUTED" not in text
        assert "<b>*" not in text


def test_lists_for_readers_and_machines(plain: Site) -> None:
    index = plain.soup("genindex.html").get_text()
    search = json.loads(plain.output("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))
    objects = {f"{before}.{one[4]}".removeprefix(".") for before, found in search["objects"].items() for one in found}
    for name in NAMES.values():
        assert name in index
        assert name in search["titles"]
        assert name in search["alltitles"]
        assert name in objects
    assert HOSTILE in objects
    for script in plain.soup("technologies/script.html").find_all("script", type="application/ld+json"):
        assert NAMES["script"] in json.dumps(json.loads(script.get_text()), ensure_ascii=False)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "pseudoxml"])
def test_other_formats(plain: Site, builder: str) -> None:
    plain.build(builder, doctrees="html")
    if builder == "text":
        for id_, name in NAMES.items():
            text = plain.output(f"technologies/{id_}.txt", builder)
            assert text.splitlines()[0] == name
            assert HOSTILE in " ".join(text.split()).replace("| ", "")
    if builder == "latex":
        tex = plain.output("test.tex", builder)
        assert r"\sphinxhyphen{}\sphinxhyphen{}no\sphinxhyphen{}cache" in tex
    if builder == "pseudoxml":
        assert NAMES["emphasis"] in plain.output("technologies/emphasis.pseudoxml", builder)


@pytest.mark.parametrize("id_", NAMES)
def test_an_ejected_page_has_the_same_title(plain: Site, id_: str, tmp_path: Path) -> None:
    arguments = ["eject", f"technologies/{id_}", "--conf", str(plain.root), "--source", str(tmp_path)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert (tmp_path / f"technologies/{id_}.md").read_text(encoding="utf-8").startswith("# ")


def test_ejected_pages_build_to_the_same_titles(plain: Site, tmp_path: Path) -> None:
    """One build for all of them."""
    for id_ in NAMES:
        CliRunner().invoke(main, ["eject", f"technologies/{id_}", "--conf", str(plain.root)])
    try:
        plain.build(fresh=True)
        for id_, name in NAMES.items():
            assert (plain.root / f"docs/technologies/{id_}.md").is_file()
            assert plain.app.env.titles[f"technologies/{id_}"].astext() == name
    finally:
        for id_ in NAMES:
            (plain.root / f"docs/technologies/{id_}.md").unlink()


def test_a_template_of_the_site_may_write_names(tmp_path: Path) -> None:
    """Whatever it writes them into; with a heading of its own it titles the page itself."""
    template = """
        ---
        description: {{ title }}
        ---

        # {{ title | upper }}

        {{ title }} [{{ title }}](#x) *{{ title }}* `{{ title }}` {doc}`{{ title }} </index>`

        <p title="{{ title }}">{{ title }}</p>

        ```{note}
        {{ title }}
        ```

        ```{technology} {{ id }}
        ```
        """
    site = Site(tmp_path).write({**INDEX, "data/criteria.yaml": "{}", "data/sources.yaml": "{}"})
    site.write(
        {
            "docs/_templates/versus/technology.md.jinja": template,
            "conf.py": Site.CONF + 'templates_path = ["docs/_templates"]\nexclude_patterns = ["_templates"]\n',
            **{
                f"data/technologies/{id_}.yaml": f"name: {quoted(name)}\nkind: web-framework\nsummary: x\n"
                for id_, name in NAMES.items()
            },
        }
    ).build()
    for id_, name in NAMES.items():
        page = site.soup(f"technologies/{id_}.html")
        (heading,) = page.select("h1")
        assert heading.get_text().removesuffix("¶").translate(STRAIGHT) == name.upper().translate(STRAIGHT)
        assert not page.select("h1 *:not(.headerlink), b, p script, img, p[onclick]")
        assert page.get_text().translate(STRAIGHT).count(name.translate(STRAIGHT)) >= 4
    assert not (tmp_path / "_build/html/_downloads").exists()


STRAIGHT = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2013": "--", "\u2026": "..."})


# -- what fails costs nothing else


def failing(*_args: object) -> None:
    raise RuntimeError("unheard\nof")


def test_a_directive_that_fails_is_a_problem(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison.ComparisonSummary, "comparison_id", failing)
    read = reader.read("# Page\n\n```{comparison-summary} alpha-vs-beta\n```\n\nThe end.\n")
    problem = 'the directive "comparison-summary" cannot be read: RuntimeError: unheard of'
    assert read.warnings == [
        f"page.md:3:1: [internal] {problem}; the rest is made; write this in another way [versus.internal]"
    ]
    assert f"[internal] {problem} The end." in read.words


def test_a_component_that_fails_while_it_is_written_is_a_problem(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "html", failing)
    site.write({**CATALOGUE, **INDEX}).build()
    (line,) = site.warnings.splitlines()
    assert 'WARNING: [internal] the component "verdict" cannot be' in line
    page = site.soup("comparisons/alpha-vs-beta.html")
    assert "unheard of" in page.select("p.versus-problem")[0].get_text()
    assert page.select("table.vs-table")


def test_a_page_that_fails_is_a_problem(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual_page_parser.MarkdownParser, "titled", failing)
    site.write({**CATALOGUE, **INDEX}).build()
    place = "data/technologies/alpha.yaml:1:1: WARNING: [internal]"
    assert f'{place} the page "technologies/alpha" cannot be read: RuntimeError: unheard of' in site.warnings
    assert "unheard of" in site.soup("technologies/alpha.html").get_text()
    assert "Alpha" in site.soup("technologies/index.html").get_text()


def test_the_translation_of_a_record_is_one_of_its_texts(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have what records may, and no more; a title is escaped for the translator."""
    monkeypatch.setattr(locale, "translators", {})  # German words would stay in this process
    messages = {
        "Alpha is a framework with everything.": "Alpha <script>alert(1)</script> [x](../../secret.txt) kann *alles*.",
        r"C-- & \*all\*".replace("&", "&amp;"): "C** <b>alles</b>",
        "Related comparisons": "Verwandtes",
    }
    po = "".join(f"\nmsgid {json.dumps(old)}\nmsgstr {json.dumps(new)}\n" for old, new in messages.items())
    small_site.write({"locale/de/LC_MESSAGES/technologies.po": PO + po, "secret.txt": "secret"})
    small_site.edit("data/technologies/alpha.yaml", "name: Alpha", "name: C-- & *all*")
    page = small_site.build(language="de", locale_dirs=["../locale"]).soup("technologies/alpha.html")
    assert page.select("h1")[0].get_text() == "C** <b>alles</b>¶"
    assert "Alpha <script>alert(1)</script> x kann alles." in page.get_text()
    assert not (small_site.root / "_build/html/_downloads").exists()


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


def test_a_theme_that_writes_titles_as_html_gets_them_escaped(small_site: Site) -> None:
    small_site.edit("data/technologies/alpha.yaml", "name: Alpha", "name: '<img src=x onerror=alert(1)> & co'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the theme's own code
        small_site.build(html_theme="sphinx_book_theme", html_context={"default_mode": "auto"})
    for page in ("technologies/alpha", "comparisons/alpha-vs-beta"):
        soup = small_site.soup(f"{page}.html")
        assert not soup.select("img[onerror]"), page
    assert soup.select_one("#jb-print-docs-body h1").text.startswith("<img src=x onerror=alert(1)> & co vs")
