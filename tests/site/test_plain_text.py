"""Names, titles, values, claims and quotations are shown exactly as typed, in every format and place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import INDEX, Site
from sphinx_versus.cli import main

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
            + 'myst_substitutions = {"a": "SUBSTITUTED"}\nlatex_elements = {"preamble": ""}\n',
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
    assert page.h1 and page.h1.get_text().removesuffix("¶") == name
    assert page.title and page.title.get_text().startswith(f"{name} — ")
    assert not page.h1.find(["em", "script", "img", "code", "b"])
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
        assert "<b>" not in text


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
    described = plain.soup("technologies/quoted.html").find("meta", attrs={"property": "og:title"})
    assert described is None or described["content"] == NAMES["quoted"]
    for script in plain.soup("technologies/script.html").find_all("script", type="application/ld+json"):
        assert NAMES["script"] in json.dumps(json.loads(script.get_text()), ensure_ascii=False)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "pseudoxml"])
def test_other_formats(plain: Site, builder: str) -> None:
    plain.build(builder)
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
