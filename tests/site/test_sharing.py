"""What search engines, link previews and lost readers get: descriptions, structured data, cards, sitemap, 404."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from conftest import CATALOGUE, INDEX, Site

PAIR = "comparisons/alpha-vs-beta.html"
ADDRESS = "https://example.org/docs/"
EXTENSIONS = ["myst_parser", "sphinx_versus"]
MORE_CRITERIA = """
        users: {name: Users, definition: How many., type: number}
        memory: {name: Memory, definition: How much., type: number, unit: MB}
        storage: {name: Storage, definition: How much., type: number, unit: GB}
        delay: {name: Delay, definition: How long., type: number, unit: ms}
        speaks: {name: Protocols, definition: Which., type: list, values: {h1: HTTP/1, h2: HTTP/2}}
        runs-on: {name: Runs on, definition: Which., type: list}
        model: {name: Model, definition: Which., type: one-of, values: {tables: Tables, graph: Graph}}
        ease: {name: Ease, definition: How easy., type: score, scale: {1: Hard, 5: Easy}}
        price: {name: Price, definition: How much., type: number, unit: ×}
        built-on: {name: Built on, definition: Which., type: technologies}
        """
DELTA = """
        name: Delta
        kind: database
        summary: Delta is a store.
        facts:
          users: {value: unlimited}
          memory:
            value: 1.5 GB
            since: "2.0"
            statements: [{value: ≤ 64, when: with plugins, until: "1.9"}, {value: 2 GB, preview: true}]
          price: {value: 0.5×}
          built-on: {value: "gamma, alpha"}
          storage: {value: at most 64}
          delay: {value: 1–5}
          speaks: {value: "h2, http/1"}
          runs-on: {value: "Linux, BSD"}
          model: {value: tables}
          ease: {value: 4}
          orm: {value: no}
          licence: {note: Nothing was found.}
        """


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small site with an address, a page of other words, and one that search engines are to leave out."""
    site = Site(tmp_path_factory.mktemp("shared"))
    site.write({**CATALOGUE, **INDEX})
    site.write(
        {
            "data/criteria.yaml": CATALOGUE["data/criteria.yaml"] + MORE_CRITERIA,
            "data/technologies/delta.yaml": DELTA,
            "docs/about.md": "---\norphan: true\n---\n# About\n\nThis page shows no record, so it is nobody's business.\n",
            "docs/prose.md": """
                ---
                orphan: true
                ---
                # Prose

                Short.

                The licence of both is {fact}`alpha/licence` {source}`alpha-home`, which is as free as it gets.
                """,
            "docs/own.md": """
                ---
                orphan: true
                versus-technology: gamma
                myst:
                  html_meta:
                    description: Gamma in my own words.
                    robots: noindex
                ---
                # Gamma </script><script>alert(1)</script>

                ```{technology} gamma
                ```
                """,
        }
    )
    pages = {"technology": "technologies/{id}"}
    return site.build(html_baseurl=ADDRESS, versus_sitemap=True, versus_pages=pages)


def description(site: Site, name: str) -> str | None:
    found = [str(tag["content"]) for tag in site.soup(name).select('head meta[name="description"]')]
    assert len(found) < 2, f"{name} has more than one description"
    return found[0] if found else None


def article(site: Site, name: str) -> dict[str, Any]:
    (block,) = site.soup(name).select('head script[type="application/ld+json"]')
    return dict(json.loads(block.get_text()))


def test_no_warnings(built: Site) -> None:
    assert built.warnings == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (PAIR, "Alpha brings more than Beta."),
        ("technologies/alpha.html", "Alpha is a framework with everything."),
        ("comparisons/index.html", "Comparisons: Alpha vs Beta"),
        ("technologies/index.html", "Technologies: Delta, Alpha, Beta, Gamma"),
        ("misconceptions.html", "Misconceptions: Alpha is slow, Alpha and Beta are the same"),
        (
            "criteria.html",
            "Criteria: Licence, First release, Size, Database layer, Users, Memory, Storage, Delay, Protocols, Runs on, Model, Ease, Price, Built on",
        ),
        ("prose.html", "The licence of both is MIT, which is as free as it gets."),
        ("own.html", "Gamma in my own words."),
        ("about.html", None),
    ],
)
def test_each_page_describes_itself(built: Site, name: str, words: str | None) -> None:
    assert description(built, name) == words


def test_a_description_is_plain_and_ends_with_a_word(site: Site) -> None:
    long = "*Alpha* brings `more` than [Beta](https://example.org/), {technology}`Beta <beta>` & others " + "word " * 60
    site.write({**CATALOGUE, **INDEX}).edit(
        "data/comparisons/alpha-vs-beta.yaml", "Alpha brings more than Beta.", f"'{long}'"
    )
    site.build()
    told = description(site, PAIR)
    assert told
    assert told.startswith("Alpha brings more than Beta, Beta & others word")
    assert told.endswith("word …")
    assert 150 < len(told) <= 160
    assert "canonical" not in site.output(PAIR)
    assert "url" not in article(site, PAIR)


def test_a_comparison_is_an_article_with_its_sources_and_the_day_of_its_review(built: Site) -> None:
    told = article(built, PAIR)
    assert told["@type"] == "TechArticle"
    assert told["headline"] == "Alpha vs Beta"
    assert told["dateModified"] == "2026-11-22"
    assert told["inLanguage"] == "en"
    assert told["description"] == "Alpha brings more than Beta."
    assert told["url"] == f"{ADDRESS}{PAIR}"
    assert [side["name"] for side in told["about"]] == ["Alpha", "Beta"]
    (listing,) = built.soup(PAIR).select('[itemscope][itemtype="https://schema.org/TechArticle"]')
    assert listing["itemid"] == told["@id"]
    cited = listing.select('[itemprop="citation"]')
    assert [one.get("href") or one.get_text() for one in cited] == ["https://example.org/alpha", "A review of Beta"]
    assert built.soup(PAIR).select(f'link[rel="canonical"][href="{ADDRESS}{PAIR}"]')


def test_a_technology_is_what_its_page_is_about(built: Site) -> None:
    told = article(built, "technologies/alpha.html")
    (about,) = told["about"]
    assert (about["@type"], about["name"], about["url"]) == ("Thing", "Alpha", "https://example.org/alpha")
    assert "dateModified" not in told


def test_the_facts_of_a_technology_are_values_that_machines_read(built: Site) -> None:
    (about,) = article(built, "technologies/delta.html")["about"]
    values = {value.pop("name"): value for value in about["additionalProperty"]}
    assert {value.pop("@type") for value in values.values()} == {"PropertyValue"}
    assert values == {
        "Users": {"value": "unlimited"},
        "Memory": {
            "value": 1500,
            "unitText": "MB",
            "description": "since 2.0",
            "valueReference": [
                {"@type": "PropertyValue", "name": "with plugins, until 1.9", "maxValue": 64, "unitText": "MB"},
                {"@type": "PropertyValue", "name": "preview", "value": 2000, "unitText": "MB"},
            ],
        },
        "Price": {"value": 0.5, "unitText": "×"},
        "Built on": {"value": ["Gamma", "Alpha"]},
        "Storage": {"maxValue": 64, "unitText": "GB"},
        "Delay": {"minValue": 1, "maxValue": 5, "unitText": "ms"},
        "Protocols": {"value": ["HTTP/1", "HTTP/2"]},
        "Runs on": {"value": ["Linux", "BSD"]},
        "Model": {"value": "Tables"},
        "Ease": {"value": 4},
        "Database layer": {"value": False},
    }
    (own,) = article(built, "own.html")["about"]
    assert "additionalProperty" not in own, "the page does not show the facts"
    assert not [side for side in article(built, PAIR)["about"] if "additionalProperty" in side]


def test_no_title_breaks_out_of_the_structured_data(built: Site) -> None:
    assert article(built, "own.html")["headline"] == "Gamma </script><script>alert(1)</script>"
    assert "alert(1)</script>" not in built.output("own.html").partition("</head>")[0]


def addresses(site: Site, builder: str = "html") -> dict[str, str | None]:
    tree = ElementTree.fromstring(site.output("sitemap.xml", builder))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {str(url.findtext(f"{space}loc")): url.findtext(f"{space}lastmod") for url in tree}


def test_the_sitemap_has_the_pages_that_may_be_found(built: Site) -> None:
    found = addresses(built)
    assert found[f"{ADDRESS}{PAIR}"] == "2026-11-22"
    assert found[f"{ADDRESS}index.html"] is None
    assert f"{ADDRESS}technologies/gamma.html" in found
    assert not [address for address in found if "own" in address or "search" in address or "beta-vs-alpha" in address]


def test_the_sitemap_is_the_same_however_it_was_built(small_site: Site, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"html_baseurl": ADDRESS.rstrip("/"), "versus_sitemap": True}
    small_site.build("dirhtml", parallel=2, **settings)
    before = small_site.output("sitemap.xml", "dirhtml")
    assert f"{ADDRESS}comparisons/alpha-vs-beta/" in addresses(small_site, "dirhtml")
    small_site.edit("data/technologies/gamma.yaml", "third", "fourth").build("dirhtml", **settings)
    assert small_site.written
    assert small_site.output("sitemap.xml", "dirhtml") == before
    small_site.build("html", html_baseurl=ADDRESS)
    assert not (small_site.root / "_build/html/sitemap.xml").exists()


def test_derived_pairs_stay_out_of_the_sitemap_unless_they_may_be_found(small_site: Site) -> None:
    settings: dict[str, Any] = {"html_baseurl": ADDRESS, "versus_sitemap": True, "versus_derived_pairs": True}
    small_site.build(**settings)
    assert not [address for address in addresses(small_site) if "gamma-vs" in address or "vs-gamma" in address]
    small_site.build(**settings, versus_derived_pairs_robots="")
    assert [address for address in addresses(small_site) if "vs-gamma" in address]


def test_many_pages_are_told_in_several_sitemaps(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_versus.html.site_files.MOST_ADDRESSES", 4)
    small_site.build(html_baseurl=ADDRESS, versus_sitemap=True)
    index = small_site.output("sitemap.xml")
    assert f"<loc>{ADDRESS}sitemap-3.xml</loc>" in index
    assert small_site.output("sitemap-1.xml").count("<loc>") == 4


DOLLARS = "Alpha costs $5 where Beta costs $6."
CARDS: dict[str, Any] = {
    "extensions": ["sphinxext.opengraph", *EXTENSIONS],
    "html_baseurl": ADDRESS,
    "ogp_site_url": ADDRESS,
}


def properties(site: Site, name: str) -> dict[str, str]:
    return {str(tag["property"]): str(tag["content"]) for tag in site.soup(name).select("meta[property]")}


def test_a_card_shows_the_description_and_is_always_the_same(small_site: Site) -> None:
    pytest.importorskip("matplotlib")
    small_site.build(**CARDS)
    tags = properties(small_site, PAIR)
    assert tags["og:description"] == "Alpha brings more than Beta."
    assert tags["og:title"] == "Alpha vs Beta"
    assert tags["og:type"] == "article"
    assert description(small_site, PAIR) == "Alpha brings more than Beta."
    card = small_site.root / "_build/html" / tags["og:image"].removeprefix(ADDRESS)
    before = card.read_bytes()
    card.unlink()
    small_site.build(fresh=True, parallel=2, **CARDS)
    assert card.read_bytes() == before


def test_dollar_signs_are_no_formulas_on_a_card(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Matplotlib would leave the signs out; the page of a host keeps its formulas."""
    cards = pytest.importorskip("sphinxext.opengraph._social_cards")
    drawn: dict[str, bool] = {}

    def render(path: Path, site: str, title: str, words: str, address: str, made: Any) -> Any:
        drawn[words] = made[3].get_parse_math()
        return usual(path, site, title, words, address, made)

    usual = cards.render_social_card
    monkeypatch.setattr(cards, "render_social_card", render)
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "Alpha brings more than Beta.", DOLLARS)
    small_site.write({"docs/aaa.md": "---\norphan: true\n---\n# Host\n\nThe words of a host.\n"}).build(**CARDS)
    assert small_site.warnings == ""
    assert drawn[DOLLARS] is False
    assert drawn["The words of a host."] is True
    assert properties(small_site, PAIR)["og:description"] == DOLLARS


def test_what_looks_like_a_formula_has_its_card(small_site: Site) -> None:
    """Matplotlib would read it when it breaks lines: of a description, a name, and the first words of a host's page."""
    pytest.importorskip("matplotlib")
    words = r"Alpha costs $5 \frac$ more."
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "Alpha brings more than Beta.", words)
    record = "name: 'D $\\frac{$'\nkind: web-framework\n"
    page = "---\norphan: true\n---\n# Host\n\nThis site is about {technology}`delta` and many other things.\n"
    small_site.write({"data/technologies/delta.yaml": record, "docs/aaa.md": page}).build(**CARDS)
    assert small_site.warnings == ""
    assert properties(small_site, PAIR)["og:description"] == words
    for name in (PAIR, "technologies/delta.html", "aaa.html"):
        assert "og:image" in properties(small_site, name)


def test_a_card_that_cannot_be_drawn_costs_itself(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    cards = pytest.importorskip("sphinxext.opengraph._social_cards")
    usual = cards.render_social_card

    def render(path: Path, site: str, title: str, *others: Any) -> Any:
        if title == "Alpha vs Beta":
            raise ValueError("no such picture")
        return usual(path, site, title, *others)

    monkeypatch.setattr(cards, "render_social_card", render)
    small_site.build(**CARDS)
    (line,) = small_site.warnings.splitlines()
    assert "[internal] the title or description, for a social card, cannot be read: ValueError" in line
    assert properties(small_site, PAIR)["og:description"] == "Alpha brings more than Beta."
    assert "og:image" not in properties(small_site, PAIR)
    assert "og:image" in properties(small_site, "technologies/gamma.html")


NOTFOUND = {"extensions": ["notfound.extension", *EXTENSIONS], "notfound_urls_prefix": "/docs/"}


def test_a_lost_reader_finds_a_way_on(small_site: Site) -> None:
    small_site.build(**NOTFOUND)
    page = small_site.soup("404.html")
    assert page.select('form[action="/docs/search.html"] input[name="q"]')
    links = {link.get_text(): link["href"] for link in page.select('[role="main"] li a')}
    assert links == {
        "Alpha vs Beta": "/docs/comparisons/alpha-vs-beta.html",
        "Comparisons": "/docs/comparisons/index.html",
        "Technologies": "/docs/technologies/index.html",
        "Misconceptions": "/docs/misconceptions.html",
        "Criteria": "/docs/criteria.html",
    }
    assert not page.select('[href^=".."], [href^="_static"]')


def test_a_site_may_say_it_in_its_own_words(small_site: Site) -> None:
    small_site.build(**NOTFOUND, notfound_context={"title": "Oh", "body": "<p>Gone.</p>"})
    assert "Gone." in small_site.output("404.html")
    assert "Search this site" not in small_site.output("404.html")
