"""Hundreds of hostile records through one build in each of two languages, with nearly everything on that MyST offers.

``VERSUS_RECORDS`` says how many, ``VERSUS_SEED`` which; ``make test-long`` takes more.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Route

from conftest import Site
from hostile import judge
from hostile.records import Clean, Records
from hostile.sites import RECORDS, SEED, file_faults, make_site, output, page_faults, pages

PARTS = max(2, RECORDS // 300)
"""Sites in English and in German by turns."""
TECHNOLOGIES = RECORDS // PARTS // 8
"""Each of which comes with two criteria, two sources, and more."""
RARE = '<link rel="stylesheet" type="text/css" href="_static/versus-diagrams.css" /><h1 class="vs-title"></h1>'
"""What few pages have: one with a diagram in its prose, and one with a title that has the names of its sides."""
LOOKED_AT = 5
"""How many pages of each site are opened in a browser beside its hubs."""


def first(faults: Iterable[str]) -> str:
    """One fault of each kind, in which the name of a page and what is quoted do not count."""
    kinds = {fault.partition(": ")[2].partition("'")[0]: fault for fault in faults}
    return f"seed {SEED}:\n" + "\n".join(list(kinds.values())[:40])


class Part(NamedTuple):
    """A site of its own."""

    number: int

    @property
    def language(self) -> str:
        return ("en", "de")[self.number % 2]

    @property
    def records(self) -> Records:
        return Records(f"{SEED} {self.number}", TECHNOLOGIES)

    def site(self, folder: Path, records: Records) -> Site:
        """Build records in the part's language and theme."""
        theme = ("furo", "basic")[self.number % 2]
        return make_site(folder / "site", records, language=self.language, theme=theme).build()


@pytest.fixture(scope="module", params=map(Part, range(PARTS)), ids=str)
def part(request: pytest.FixtureRequest) -> Part:
    return cast(Part, request.param)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, part: Part) -> Site:
    return part.site(tmp_path_factory.mktemp("hostile"), part.records)


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory, part: Part) -> judge.Chrome:
    clean = part.site(tmp_path_factory.mktemp("clean"), Records(SEED, 20, Clean))
    return judge.chrome_of([RARE, *(page for _, page in pages(clean))])


def test_every_record_has_its_page(hostile: Site, part: Part) -> None:
    made = {path.stem for path in output(hostile).glob("technologies/*.html")}
    assert sorted(set(part.records.technologies) - made) == []


def test_pages_have_nothing_that_clean_ones_have_not(hostile: Site, chrome: judge.Chrome) -> None:
    faults = [*page_faults(hostile, chrome)]
    assert not faults, first(faults)


def test_no_file_from_outside_is_in_the_site(hostile: Site) -> None:
    faults = [*file_faults(hostile)]
    assert not faults, first(faults)


@pytest.mark.browser
def test_no_script_runs_and_nothing_is_asked_of_others(hostile: Site, browser: Browser) -> None:
    faults: list[str] = []
    context = browser.new_context()
    page = context.new_page()

    def note(what: object) -> None:
        faults.append(f"{page.url.removeprefix(ORIGIN)}: {what}")

    def answered(route: Route) -> None:
        path = output(hostile) / unquote(urlsplit(route.request.url).path).lstrip("/")
        if route.request.url.startswith(ORIGIN) and path.is_file():
            route.fulfill(path=path)
        else:
            note(f"asked for '{route.request.url}'")
            route.abort()

    context.route("**/*", answered)
    page.on("dialog", lambda dialog: (note(f"dialog '{dialog.message}'"), dialog.dismiss()))
    # Sphinx's own search ends with an error in German, and where it finds an anchor without words.
    page.on("pageerror", lambda error: None if "search.html" in page.url else note(f"error '{error}'"))
    titles = {name: judge.title_of(text) for name, text in pages(hostile)}
    for name in [*looked_at(output(hostile)), *SEARCHES]:
        page.goto(ORIGIN + name)
        page.wait_for_load_state("networkidle" if "?" in name else "load")
        if page.evaluate(TOUCH) or judge.words(page.title()) != titles[name.partition("?")[0]]:
            note("a script of a record ran")
    context.close()
    assert not faults, first(faults)


ORIGIN = "http://site.invalid/"
"""Nothing is there: what pages ask for is answered from the folder, or noted."""
SEARCHES = [f"search.html?q={quote(word)}" for word in ("owned", "<img src=x onerror=window.__owned=1>")]
TOUCH = """() => {
    for (const type of ["mouseover", "pointerenter", "toggle", "focus", "error"])
        for (const one of document.querySelectorAll("article *, .body *")) one.dispatchEvent(new Event(type));
    return window.__owned !== undefined;
}"""
"""Does to everything on a page what a reader might do, without leaving it."""


def looked_at(folder: Path) -> list[str]:
    """Hubs and some of the other pages; redirections are left out."""
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html")) if not _leads_away(path)]
    hubs = [name for name in names if "/tool-" not in name and name != "search.html"]
    others = random.Random(SEED).sample(names, min(len(names), LOOKED_AT))
    return [*hubs, *others]


def _leads_away(path: Path) -> bool:
    return 'http-equiv="refresh"' in path.read_text(encoding="utf-8")[:2000]
