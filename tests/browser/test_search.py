"""What readers type into the search of this site, and what they get."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from browsing import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUERIES = {
    "django orm": "Django",
    "flask async": "Async support (row, in Django vs Flask)",
    "https certificate": "Certificate (row, in HTTP vs HTTPS)",
    "aws lambda limit": "AWS vs Azure",
    "postgres json": "JSON support (row, in MongoDB vs PostgreSQL)",
    "what is authentication": "Authentication",
    "microservices cost": "Monolith vs microservices",
    "django admin": "Admin interface (row, in Django vs Flask)",
    "mongodb transactions": "Transactions (row, in MongoDB vs PostgreSQL)",
    "http/2": "HTTP",
    "login vs permissions": "Authentication vs authorization",
    "oauth": "OAuth (term, in Glossary)",
    "schema migrations": "Schema migrations (row, in Django vs Flask)",
    "django is slow": "Myth: Django is slow because it is heavy. (misconception, in Django)",
    "monolith scaling": "Scaling unit (row, in Monolith vs microservices)",
    "licence": "Licence (criterion, in Criteria)",
    "azure free tier": "AWS vs Azure",
    "tls": "TLS (term, in Glossary)",
    "session cookie": "Flask",
    "glossary": "Glossary",
    "csrf": "CSRF protection (row, in Django vs Flask)",
    "authn": "Authentication",
    "authz": "Authorization",
    "SSL": "HTTPS",
    "k8s": "AWS vs Azure",
    "Postgres": "PostgreSQL",
    "microframework": "Flask",
}
"""A query and one of its first results, by its heading and what is written beside it."""
TASKS = {
    "migrate existing table": "how-to/import-a-table",
    "read the docs theme": "start/install",
    "furo": "start/install",
    "change url of pages": "reference/pages",
    "change url": "reference/pages",
    "multiple languages translation": "how-to/translate",
    "write a page by hand": "how-to/write-a-page",
    "hide sidebar": "how-to/control-what-shows",
    "feature matrix": "reference/directives/tables",
    "feature comparison table": "reference/directives/tables",
    "three way comparison": "how-to/three-technologies",
    "comparison matrix": "reference/directives/pairs",
    "hot reload": "how-to/preview",
    "how to add misconception": "reference/records/misconception",
    "change id": "how-to/remove-records",
    "change title of comparison": "how-to/remove-records",
    "move data folder": "reference/settings",
    "vs code autocomplete": "start/tutorial",
    "sources required": "explanation/evidence",
    "google sheets": "how-to/import-a-table",
    "mobile": "explanation/reader-tools",
    "responsive": "explanation/reader-tools",
    "add a footnote to a cell": "reference/records/fact",
    "nested rows": "reference/records/criterion",
    "date last updated": "explanation/evidence",
    "decision matrix": "explanation/why",
    "mkdocs": "explanation/why",
    "hugo": "explanation/why",
    "emoji": "reference/records/fact",
    "yes no checkmark": "reference/records/fact",
    "rename slug": "how-to/remove-records",
    "comparison widget": "reference/directives/tables",
    "kindle": "how-to/publish",
    "hide notes": "how-to/control-what-shows",
    "embed table in page": "reference/directives/tables",
    "two tables on one page": "reference/directives/tables",
    "custom order": "how-to/add-a-row",
    "filter by category": "explanation/reader-tools",
    "tags": "reference/records/criterion",
    "version history": "reference/values",
    "price": "reference/values",
    "boolean": "reference/values",
    "deprecated technology": "reference/records/technology",
    "end of life": "reference/records/technology",
    "link to row": "reference/roles",
    "validate data": "how-to/check-in-ci",
    "lint": "how-to/check-in-ci",
    "dead links": "how-to/check-in-ci",
    "bulk edit": "reference/commands",
    "unused sources": "reference/commands",
    "edit on github": "reference/settings",
    "netlify": "how-to/publish",
    "python 3.10": "start/install",
    "jupyter": "start/install",
    "docx": "how-to/pdf",
    "comparison-table options": "reference/directives/tables",
    "dark mode colors": "how-to/change-look",
    "german": "how-to/translate",
    "invalid-value": "reference/problems",
    "json schema vscode": "start/tutorial",
    "livereload": "how-to/preview",
    "open graph image": "how-to/publish",
    "redirect old url": "how-to/keep-urls",
    "unknown vs not assessed": "explanation/evidence",
    "sidebar": "how-to/control-what-shows",
    "hide the sidebar": "how-to/control-what-shows",
    "config options": "reference/settings",
    "markdown or rst": "start/install",
    "version of a fact": "reference/records/fact",
    "source quote": "reference/records/source",
    "what does not assessed mean": "explanation/evidence",
    "where do I put the data folder": "start/install",
    "wikipedia table": "how-to/import-a-table",
    "rename": "how-to/remove-records",
    "custom page": "how-to/write-a-page",
    "yes no partial": "reference/values",
    "change the order of rows": "how-to/add-a-row",
    "delete a page": "reference/records/published",
    "override template": "reference/templates",
    "read the docs": "how-to/publish",
    "remove sidebar": "how-to/control-what-shows",
    "rename technology": "how-to/remove-records",
    "reStructuredText": "reference/directives/index",
    "sort": "explanation/reader-tools",
    "speed up build": "how-to/large-sites",
    "unknown value": "reference/values",
    "update": "start/install",
    "upgrade": "start/install",
    "csp": "start/install",
    "themes": "start/install",
    "markdown": "start/install",
    "keyboard": "explanation/reader-tools",
    "accessibility": "explanation/reader-tools",
    "image": "reference/records/technology",
    "yes no": "reference/values",
    "add a column": "how-to/three-technologies",
    "add a row": "how-to/add-a-row",
    "alternatives to Versus": "explanation/why",
    "catalog": "reference/records",
    "change colours": "how-to/change-look",
    "color": "how-to/change-look",
    "command line": "reference/commands",
    "comparison-table": "reference/directives/tables",
    "configuration": "reference/settings",
    "csv-table": "how-to/import-a-table",
    "custom template": "reference/pages",
    "dark mode": "how-to/change-look",
    "error in data": "how-to/troubleshoot",
    "getting started": "start/tutorial",
    "github actions": "how-to/check-in-ci",
    "hide a row": "how-to/control-what-shows",
    "install": "start/install",
    "option names": "reference/directives/index",
    "PDF": "how-to/pdf",
    "preview": "how-to/preview",
    "publish": "how-to/publish",
    "python version": "start/install",
    "redirect": "reference/pages",
    "slow build": "how-to/large-sites",
    "three technologies": "how-to/three-technologies",
    "translate": "how-to/translate",
    "unknown": "explanation/evidence",
    "verdict": "reference/directives/comparisons",
    "multiple languages": "how-to/translate",
    "disable javascript": "how-to/control-what-shows",
    "turn off": "how-to/control-what-shows",
    "hide": "how-to/control-what-shows",
    "hide sources": "how-to/control-what-shows",
    "draft": "reference/problems",
    "rst": "start/install",
    "how to write a comparison": "start/tutorial",
    "windows": "start/install",
    "embed comparison": "start/install",
    "choose if": "reference/directives/comparisons",
    "remove a row": "how-to/remove-records",
    "sort table": "explanation/reader-tools",
    "delete comparison": "how-to/remove-records",
    "warnings as errors": "how-to/check-in-ci",
    "fail the build": "how-to/check-in-ci",
    "no source": "explanation/evidence",
    "outdated facts": "explanation/evidence",
    "update a value": "how-to/add-a-row",
    "url changed": "how-to/keep-urls",
    "logo of a technology": "reference/records/technology",
    "json": "how-to/import-a-table",
    "uninstall": "start/install",
    "epub": "how-to/publish",
    "reorder columns": "how-to/three-technologies",
    "update facts in bulk": "reference/commands",
    "because": "reference/records/comparison",
    "remove row": "how-to/remove-records",
    "remove technology": "how-to/remove-records",
    "rename comparison": "how-to/remove-records",
    "delete row": "how-to/remove-records",
    "keep urls": "how-to/keep-urls",
    "matrix": "reference/directives/pairs",
    "compare three products": "how-to/three-technologies",
    "turn off generated pages": "how-to/control-what-shows",
    "which python version": "start/install",
    "move page url": "reference/pages",
    "changelog": "changelog",
    "release notes": "changelog",
    "recommendation": "reference/directives/comparisons",
    "logo of technology": "reference/records/technology",
    "save pdf of comparison": "how-to/pdf",
    "preview on phone": "how-to/preview",
    "paste table": "how-to/import-a-table",
    "inline fact role": "reference/roles",
    "ratings score": "reference/values",
    "create comparison page": "start/tutorial",
    "custom page template": "reference/pages",
    "migrate from table": "how-to/import-a-table",
    "add source": "reference/records/source",
    "link to a row": "reference/pages",
    "handwritten page": "how-to/write-a-page",
    "more than two products": "how-to/three-technologies",
    "how do i start": "start/tutorial",
    "ignore warnings": "how-to/check-in-ci",
    "include only some rows": "reference/directives/tables",
    "fact yaml": "reference/records/fact",
    "rst example": "start/install",
    "migrate spreadsheet": "how-to/import-a-table",
    "rtd theme": "start/install",
    "checkbox": "reference/values",
    "error not in toctree": "how-to/troubleshoot",
    "write a fact": "reference/records/fact",
    "table too wide mobile": "explanation/reader-tools",
    "conf.py options": "reference/settings",
    "conf.py settings": "reference/settings",
    "supported themes": "start/install",
    "which themes are supported": "start/install",
    "sphinx version requirement": "start/install",
    "write page by hand": "how-to/write-a-page",
    "multiple sources": "reference/records/fact",
    "json export api": "reference/commands",
    "seven technologies": "how-to/three-technologies",
    "footnote source citation": "reference/records/source",
    "archive link": "reference/records/source",
    "ID of technology": "reference/records/technology",
    "comparison of five products": "how-to/three-technologies",
    "vscode autocomplete": "start/tutorial",
    "winner": "reference/directives/comparisons",
    "django or flask": "comparisons/django-vs-flask",
    "mysql vs postgres": "comparisons/mysql-vs-postgresql",
    "postgres versus mysql": "comparisons/mysql-vs-postgresql",
    "difference between http and https": "comparisons/http-vs-https",
    "offline": "how-to/publish",
    "multiple versions": "reference/records/fact",
    "override css": "how-to/change-look",
    "migrate from csv": "how-to/import-a-table",
    "stale": "explanation/evidence",
    "how to cite": "reference/records/source",
    "confidence": "explanation/evidence",
    "own page for a comparison": "how-to/write-a-page",
    "change the text of a generated page": "how-to/write-a-page",
    "publish urls redirect": "how-to/keep-urls",
    "page moved redirect": "how-to/keep-urls",
    "large site slow": "how-to/large-sites",
    "slow": "how-to/large-sites",
    "rename a technology": "how-to/remove-records",
    "override template comparison page": "reference/pages",
    "mapping": "reference/mapping",
}
"""What writers and maintainers type, and the page of the documentation that comes first."""
FIRST = 8
HEADINGS = (
    """all => all.map(one => one.querySelector("a").textContent + (one.querySelector("a ~ span")?.textContent ?? ""))"""
)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_search_page_has_a_field(open_page: Open, width: int) -> None:
    page = open_page("search", width=width)
    page.locator("article").get_by_label("Search this site").fill("csrf")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=csrf")
    expect(page.locator("ul.search > li").first).to_be_visible()
    expect(page.locator("article").get_by_label("Search this site")).to_have_value("csrf")


def test_readers_find_pages_rows_terms_and_misconceptions(open_page: Open, address: str) -> None:
    page, wrong = open_page("search"), {}
    for query, wanted in QUERIES.items():
        page.goto(f"{address}/search.html?{urlencode({'q': query})}")
        expect(page.locator(".search-summary")).to_contain_text("Search finished")
        # Each result has words, from its page or about its kind; one without them is an error in the console.
        expect(page.locator("ul.search > li:not(:has(p.context, a ~ span))")).to_have_count(0)
        found = page.locator("ul.search > li").evaluate_all(HEADINGS)
        decisions = page.locator("ul.search a[href^='contributing/decisions']").count()
        if wanted not in found[:FIRST] or len(set(found)) < len(found) or "(Versus" in str(found) or decisions:
            wrong[query] = found
    assert wrong == {}


SEARCH_AGAIN = """query => {
    document.getElementById("search-results").replaceChildren();
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
    Search.performSearch(query);
}"""
"""Search without loading the page, the index and the pages of the results for each of hundreds of queries."""


def test_writers_and_maintainers_find_the_page_of_their_task_first(open_page: Open, address: str) -> None:
    page, wrong = open_page("search"), {}
    page.goto(f"{address}/search.html?q=install")
    summary = page.locator(".search-summary")
    expect(summary).to_contain_text("finished")
    for query, wanted in TASKS.items():
        page.evaluate(SEARCH_AGAIN, query)
        expect(summary).to_contain_text(re.compile("finished|did not match"), timeout=30_000)
        first = page.locator("ul.search > li:first-child > a").first
        found = first.get_attribute("href") if first.count() else ""
        if not (found or "").startswith(f"{wanted}.html"):
            wrong[query] = found
    assert wrong == {}


WORDS = """() => {
    const texts = document.evaluate("//body//text()", document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    return Array.from({length: texts.snapshotLength}, (_, at) => texts.snapshotItem(at).data).join(" ") + document.body.innerText
        + Array.from(document.querySelectorAll("pre"), code => code.textContent).join(" ");
}"""
"""The words of a page, each part of its text by itself, and as they are shown, in tabs that are not open as well."""


def test_excerpts_have_no_words_run_together(open_page: Open, address: str) -> None:
    """Sphinx takes tags away and puts nothing in their place: marks of sources, terms, cells and items would be one word."""
    page, reader, joined, count = open_page("search"), open_page("index"), {}, 0
    for query in ("acid", "replication", "toctree"):
        page.goto(f"{address}/search.html?{urlencode({'q': query})}")
        expect(page.locator(".search-summary")).to_contain_text("Search finished")
        expect(page.locator("ul.search > li:not(:has(p.context, a ~ span))")).to_have_count(0)
        for found in page.locator("ul.search > li:has(p.context)").all():
            reader.goto(found.locator("a").first.evaluate("link => link.href"))
            words = set(reader.evaluate(WORDS).split())
            excerpt = found.locator("p.context").inner_text().split()[1:-1]  # the first and the last may be cut
            count += len(excerpt)
            joined |= {word: query for word in excerpt if word not in words and word.rstrip(".,;") not in words}
    assert joined == {}
    assert count > 500
