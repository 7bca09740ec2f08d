"""Links from a row to a prefilled issue and to the lines of its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import Site
from sphinx_versus.catalogue.repository import misfits, repository_of

PAIR = "comparisons/alpha-vs-beta.html"
GITHUB = {"versus_repository": "https://github.com/someone/compared"}


def menus(site: Site, name: str = PAIR) -> list[dict[str, str]]:
    """Per row the links by their words."""
    return [
        {link.get_text(): str(link["href"]) for link in menu.select("a")}
        for row in site.soup(name).select("table.vs-table tr.vs-r > th .vs-note")
        for menu in row.select("p.vs-ev")[1:]
    ]


def test_nothing_is_shown_without_a_repository(small_site: Site) -> None:
    small_site.build()
    assert menus(small_site) == []
    assert "Edit the data" not in small_site.output(PAIR)
    assert "record_lines" not in {
        question[0] for question in small_site.app.env.domains["versus"].questions["comparisons/alpha-vs-beta"]
    }


def test_each_row_leads_to_an_issue_and_to_the_lines_of_its_records(small_site: Site) -> None:
    small_site.build(**GITHUB)
    assert small_site.warnings == ""
    found = menus(small_site)
    assert len(found) == 4
    orm, _licence, first_release, _size = found
    files = "https://github.com/someone/compared/blob/main/data/technologies"
    lines = (small_site.root / "data/technologies/alpha.yaml").read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines, 1) if line.strip().startswith("orm:"))
    assert orm["Edit the data: Alpha"] == f"{files}/alpha.yaml#L{number}"
    assert first_release["Edit the data: Beta"] == f"{files}/beta.yaml", "there is no such fact, so there is no line"
    issue = urlsplit(orm["Report a mistake"])
    assert issue.path == "/someone/compared/issues/new"
    told = parse_qs(issue.query)
    assert told["title"] == ["Alpha vs Beta: Database layer"]
    assert told["body"][0].split("\n")[:4] == [
        "comparisons/alpha-vs-beta, Database layer",
        "",
        "Alpha: Yes (data/technologies/alpha.yaml)",
        "Beta: Partial (data/technologies/beta.yaml)",
    ]


def test_the_lines_follow_the_record_and_only_its_pages_are_read(small_site: Site) -> None:
    small_site.build(**GITHUB)
    before = menus(small_site)
    small_site.edit("data/technologies/beta.yaml", "kind: web", "# A remark.\nkind: web").build(**GITHUB)
    assert "comparisons/alpha-vs-beta" in small_site.read
    assert "technologies/gamma" not in small_site.read
    incremental = small_site.output(PAIR)
    after = menus(small_site)
    assert after[0]["Edit the data: Beta"] != before[0]["Edit the data: Beta"]
    assert after[0]["Edit the data: Alpha"] == before[0]["Edit the data: Alpha"]
    assert small_site.build(fresh=True, **GITHUB).output(PAIR) == incremental


def test_a_moved_line_is_no_matter_without_a_repository(small_site: Site) -> None:
    small_site.build().edit("data/technologies/beta.yaml", "kind: web", "# A remark.\nkind: web").build()
    assert small_site.read == ["technologies/beta"], "the page that is made from the file itself"


def test_an_override_is_edited_in_the_comparison(small_site: Site) -> None:
    facts = "facts: {beta: {orm: {value: no, note: Not here., reason: Another edition.}}}\nreviewed:"
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "reviewed:", facts).build(**GITHUB)
    link = menus(small_site)[0]["Edit the data: Beta"]
    assert link.endswith("/data/comparisons/alpha-vs-beta.yaml")


@pytest.mark.parametrize(
    "settings",
    [
        {
            "html_theme": "furo",
            "html_theme_options": {
                "source_repository": "https://github.com/someone/compared/",
                "source_branch": "trunk",
                "source_directory": "docs/",
            },
        },
        {
            "html_context": {
                "github_user": "someone",
                "github_repo": "compared",
                "github_version": "trunk",
                "doc_path": "docs",
            }
        },
    ],
    ids=["theme", "context"],
)
def test_what_the_theme_was_told_is_enough(small_site: Site, settings: Mapping[str, Any]) -> None:
    small_site.build(**settings)
    link = menus(small_site)[0]["Edit the data: Alpha"]
    assert link.startswith("https://github.com/someone/compared/blob/trunk/data/technologies/alpha.yaml#L")
    small_site.build(**settings)
    assert small_site.read == []
    small_site.build(**settings, versus_repository=False)
    assert menus(small_site) == []


def test_the_words_of_the_menu_are_not_searched(small_site: Site) -> None:
    small_site.build(**GITHUB)
    assert "mistak" not in small_site.output("searchindex.js")


def test_gitlab_has_other_addresses() -> None:
    found = repository_of({"address": "https://gitlab.example.org/a/b.git", "branch": "v1"}, "records")
    assert found
    assert (
        found.line("technologies/x.yaml", 3)
        == "https://gitlab.example.org/a/b/-/blob/v1/records/technologies/x.yaml#L3"
    )
    fields = parse_qs(urlsplit(found.issue("A & B", "1\n2")).query)
    assert fields == {"issue[title]": ["A & B"], "issue[description]": ["1\n2"]}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3, "3"),
        ({"adress": "https://github.com/a/b"}, "'adress'"),
        ("github.com/a/b", "'address'"),
        ({"address": "https://["}, "'address'"),
        ("https://example.org/a/b", "'github' or 'gitlab'"),
        ({"address": "https://example.org/a/b", "service": "githab"}, "gitlab"),
        ({"address": "https://github.com/a/b", "branch": 3}, "expected a text"),
    ],
)
def test_a_value_that_does_not_fit_is_told(value: object, told: str) -> None:
    assert any(told in part + hint for part, _, hint in misfits(value))
    assert repository_of(value, "data") is None


def test_it_is_told_with_the_build(small_site: Site) -> None:
    small_site.build(versus_repository={"address": "https://example.org/a/b"})
    assert "WARNING: [invalid-config] versus_repository: 'address': 'https://example.org/a/b'" in small_site.warnings
    assert "[versus.invalid-config]" in small_site.warnings
    assert menus(small_site) == []
