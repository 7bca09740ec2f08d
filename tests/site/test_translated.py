"""A site in another language: catalogues of messages are files of pages, and what machines read is translated too."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator

import pytest
from docutils import nodes
from sphinx.locale import translators

from conftest import CATALOGUE, INDEX, Site

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
LOCALE = "locale/de/LC_MESSAGES"
VALUES = {"language": "de", "locale_dirs": ["../locale"], "html_baseurl": "https://example.org/"}


def forget_catalogues() -> None:
    """A process knows a catalogue as it was first, and Sphinx keeps it for applications in other languages too."""
    gettext._translations.clear()
    translators.clear()


@pytest.fixture(autouse=True)
def other_tests() -> Iterator[None]:
    """They are in English."""
    yield
    forget_catalogues()


def messages(**translated: str) -> str:
    return HEAD + "".join(f'\nmsgid "{words}"\nmsgstr "{other}"\n' for words, other in translated.items())


COMPARISONS = messages(
    **{"Alpha brings more than Beta.": "Alpha bringt mehr mit als Beta.", "Alpha vs Beta": "Alpha oder Beta"}
)
TECHNOLOGIES = messages(**{"Alpha is a framework with everything.": "Alpha ist ein Gerüst mit allem."})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """German, built twice."""
    site = Site(tmp_path_factory.mktemp("german")).write(
        {**CATALOGUE, **INDEX, "docs/host.md": "---\norphan: true\n---\n\n# Host\n"}
    )
    site.write({f"{LOCALE}/comparisons.po": COMPARISONS, f"{LOCALE}/technologies.po": TECHNOLOGIES})
    site.write({f"{LOCALE}/host.po": messages(Host="Wirt")})
    extensions = ["myst_parser", "sphinxext.opengraph", "sphinx_versus"]
    for _ in range(2):
        site.build(
            **VALUES, extensions=extensions, ogp_site_url="https://example.org/", ogp_social_cards={"enable": False}
        )
    return site


def test_no_page_is_read_again_when_no_catalogue_changed(built: Site) -> None:
    assert (built.read, built.written) == ([], [])


def test_a_changed_catalogue_reads_its_own_pages_again(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, f"{LOCALE}/technologies.po": TECHNOLOGIES}).build(**VALUES)
    forget_catalogues()
    site.edit(f"{LOCALE}/technologies.po", "mit allem", "mit vielem").build(**VALUES)
    assert site.read == ["technologies/alpha", "technologies/beta", "technologies/gamma", "technologies/index"]
    assert "Alpha ist ein Gerüst mit vielem." in site.output("technologies/alpha.html")
    site.remove(f"{LOCALE}/technologies.po").remove(f"{LOCALE}/technologies.mo").build(**VALUES)
    assert "Alpha is a framework with everything." in site.output("technologies/alpha.html")


@pytest.mark.parametrize(
    ("page", "description"),
    [
        ("comparisons/alpha-vs-beta.html", "Alpha bringt mehr mit als Beta."),
        ("technologies/alpha.html", "Alpha ist ein Gerüst mit allem."),
        ("technologies/beta.html", "Beta is a small framework."),
    ],
)
def test_what_search_engines_and_previews_read_is_translated(built: Site, page: str, description: str) -> None:
    head = built.soup(page).head
    assert head
    assert [tag["content"] for tag in head.find_all("meta", attrs={"name": "description"})] == [description]
    assert [tag["content"] for tag in head.find_all("meta", attrs={"property": "og:description"})] == [description]
    article = json.loads(str(head.find("script", type="application/ld+json").string))  # type: ignore[union-attr]
    assert article["description"] == description
    assert article["inLanguage"] == "de"


def test_a_title_is_a_line_whatever_a_translation_makes_of_it(site: Site) -> None:
    """A theme looks for the words of each entry of a list of contents."""
    site.write({**CATALOGUE, **INDEX, f"{LOCALE}/technologies.po": messages(Gamma="* a\\n* b")}).build(**VALUES)
    title = site.app.env.titles["technologies/gamma"]
    assert [type(child) for child in title.children] == [nodes.Text]
    assert "a" in title.astext()


def test_the_title_is_translated_wherever_it_stands(built: Site) -> None:
    page = built.soup("comparisons/alpha-vs-beta.html")
    assert page.title
    assert "Alpha oder Beta" in page.title.get_text()
    article = json.loads(str(page.find("script", type="application/ld+json").string))  # type: ignore[union-attr]
    assert article["headline"] == "Alpha oder Beta"
    card = page.find("meta", attrs={"property": "og:title"})
    assert card["content"] == "Alpha oder Beta"  # type: ignore[index]


def test_a_broken_catalogue_costs_its_own_translations(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, f"{LOCALE}/host.po": messages(Host="Wirt")})
    broken = {f"{LOCALE}/comparisons.mo": "", f"{LOCALE}/technologies.mo": "no such thing"}
    site.write(broken).build(**VALUES)
    said = "[unreadable-file] a broken catalogue of messages; its pages are not translated; delete it: Sphinx makes it"
    assert [line.partition(" of the .po")[0] for line in site.warnings.splitlines()] == [
        f"{name}:1:1: WARNING: {said}" for name in broken
    ]
    assert "Alpha brings more than Beta." in site.output("comparisons/alpha-vs-beta.html")


OF_VERSUS = messages(**{"Choose %s if …": "Nimm %s, wenn …", "technology": "Technik"})


def test_the_words_of_versus_are_translated(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, f"{LOCALE}/sphinx_versus.po": OF_VERSUS}).build(**VALUES)
    page = site.soup("comparisons/alpha-vs-beta.html").get_text()
    assert "Nimm Alpha, wenn …" in page
    assert "Myth" in page
    assert re.search(r'"objnames":\{.*"Technik"', site.output("searchindex.js"))
    forget_catalogues()
    site.edit(f"{LOCALE}/sphinx_versus.po", "Nimm", "Wähle").build(**VALUES)
    assert "Wähle Alpha, wenn …" in site.soup("comparisons/alpha-vs-beta.html").get_text()


def test_a_translation_with_other_placeholders_costs_itself(site: Site) -> None:
    words = {
        "Choose %s if …": "Nimm, wenn …",
        "Myth: %s": "Mythos %s %s",
        "Source %s": "Quelle 100 %",
        "technology": "Technik",
    }
    site.write({**CATALOGUE, **INDEX, f"{LOCALE}/sphinx_versus.po": messages(**words)})
    for _ in range(2):
        forget_catalogues()
        site.build(**VALUES)
        found = re.findall(r"^(\S+\.po):\d+:\d+: WARNING: (.*)$", site.warnings, re.MULTILINE)
        assert [message.partition(";")[0] for _, message in found] == [
            f'[invalid-value] the translation of "{name}" has other placeholders' for name in [*words][:3]
        ]
        assert len(site.warnings.splitlines()) == 3
    assert "Choose Alpha if …" in site.soup("comparisons/alpha-vs-beta.html").get_text()
    assert re.search(r'"objnames":\{.*"Technik"', site.output("searchindex.js"))


def test_a_catalogue_of_versus_that_cannot_be_read_costs_its_words(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, f"{LOCALE}/sphinx_versus.po": 'msgid "\n'}).build(**VALUES)
    assert "Choose Alpha if …" in site.soup("comparisons/alpha-vs-beta.html").get_text()
