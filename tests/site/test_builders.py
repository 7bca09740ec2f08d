"""Every builder finishes without a warning, and values, misconceptions and conditions are in what it writes."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import CATALOGUE, INDEX, Site

BUILDERS = ["dirhtml", "singlehtml", "epub", "man", "gettext", "xml", "pseudoxml"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small site; builders are run on it as they are needed."""
    return Site(tmp_path_factory.mktemp("builders")).write({**CATALOGUE, **INDEX})


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_builder_finishes_without_warnings(shared: Site, builder: str) -> None:
    shared.build(builder, nitpicky=True, epub_copyright="2026, us", copyright="2026, us")
    assert shared.warnings == ""
    assert any((shared.root / "_build" / builder).iterdir())


def test_a_catalogue_of_messages_has_one_head_and_all_texts(shared: Site) -> None:
    """An empty message is the head: with another one no tool of translators takes the file."""
    shared.write({"docs/leads.md": "# L\n\n```{leads} alpha-vs-beta\nalpha: Words of one.\nbeta: Words of two.\n```\n"})
    shared.build("gettext", nitpicky=True, gettext_compact=False)
    found = {path.stem: path.read_text(encoding="utf-8") for path in (shared.root / "_build/gettext").rglob("*.pot")}
    assert found["index"]
    assert [name for name, text in found.items() if text.count('msgid ""\nmsgstr') != 1] == []
    assert 'msgid "Words of one."' in found["leads"]
    (shared.root / "docs/leads.md").unlink()


def test_a_catalogue_of_messages_names_the_lines_of_now(small_site: Site) -> None:
    """No page shows in which line of a record its texts stand, and all but its own are not read again when it moves."""
    record, words = "data/comparisons/alpha-vs-beta.yaml", "They are two projects."
    for _time in range(2):
        small_site.build("gettext", gettext_compact=False)
        lines = (small_site.root / record).read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, start=1) if words in text)
        assert f'{record}:{line}\nmsgid "{words}' in small_site.output("misconceptions.pot", "gettext")
        small_site.edit(record, "misconceptions:", "\n# moved\n\nmisconceptions:")


@pytest.fixture(scope="module")
def texts(shared: Site) -> dict[str, str]:
    """The whole of the output as words, by builder."""
    found = {}
    for builder, pattern in (("html", "**/*.html"), ("latex", "*.tex"), ("text", "**/*.txt")):
        shared.build(builder, nitpicky=True)
        assert shared.warnings == ""
        files = sorted((shared.root / "_build" / builder).glob(pattern))
        text = "\n".join(path.read_text(encoding="utf-8") for path in files)
        found[builder] = words(builder, text)
    return found


def words(builder: str, text: str) -> str:
    """The text as a reader would read it, on one line."""
    if builder == "html":
        text = BeautifulSoup(text, "html.parser").get_text(" ")
    elif builder == "latex":
        text = text.replace(r"\sphinxhyphen{}", "-").replace("{}", "")
    return re.sub(r"[|*_\s]+", " ", text)


SHOWN = [
    # values and notes
    "MIT",
    "Apache-2.0",
    "July 2005",
    "12 MB",
    "Partial",
    "Through an extension.",
    "Measured by hand.",
    "Not assessed",
    # disputed, judgement, evidence
    "Others say 13.",
    "our judgement",
    "version 3.1",
    # misconceptions
    "Alpha is slow.",
    "Alpha is as fast as its queries.",
    "It is large.",
    "They are two projects.",
    # the verdict
    "How much do you want to decide?",
    "you want a database layer at once",
    "you want little",
    "Choose Beta if",
    # definitions and sources
    "Whether a database layer is built in.",
    "Beta is a small framework.",
    "A review of Beta",
    "Alpha has a database layer.",
]


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
@pytest.mark.parametrize("shown", SHOWN)
def test_it_is_there_in_every_format(texts: dict[str, str], builder: str, shown: str) -> None:
    if builder == "html" and shown == "version 3.1":
        shown = "Beta 3.1"
    assert shown in texts[builder]


class Server(http.server.SimpleHTTPRequestHandler):
    """Answers every request, and says nothing."""

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 (the name that http.server calls)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_the_links_of_records_are_checked(small_site: Site, address: str) -> None:
    for name in ("data/sources.yaml", "data/technologies/alpha.yaml"):
        small_site.edit(name, "https://example.org/alpha", address + "alpha")
    small_site.build("linkcheck", nitpicky=True)
    assert small_site.warnings == ""
    checked = small_site.output("output.json", "linkcheck")
    assert '"status": "working"' in checked
    assert address in checked


THEMES = ["basic", "alabaster", "furo"]
CROWDED = """
    # Crowded

    ```{comparison-table} alpha-vs-beta
    :name: first-table
    :caption: First
    ```

    ```{comparison-table} alpha-vs-beta
    :name: second-table
    :transpose:
    ```

    ```{comparison-table} alpha beta gamma
    ```

    ```{technology-facts} alpha
    ```

    ```{misconceptions} alpha-vs-beta
    ```

    ```{misconceptions} alpha
    ```

    ```{verdict} alpha-vs-beta
    ```

    ```{verdict} alpha-vs-beta
    ```

    ```{criterion-index}
    ```

    ```{criterion-index}
    ```

    ```{comparison} alpha-vs-beta
    ```
    """


@pytest.mark.parametrize("theme", THEMES)
def test_no_id_stands_twice_on_a_page(site: Site, theme: str) -> None:
    site.write({**CATALOGUE, "docs/index.md": CROWDED, "conf.py": Site.CONF.replace('"basic"', f'"{theme}"')}).build()
    duplicates = {}
    for path in Path(site.root / "_build/html").rglob("*.html"):
        ids = [tag["id"] for tag in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("[id]")]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            duplicates[path.name] = twice
    assert duplicates == {}


def test_every_inner_link_leads_to_an_id(shared: Site) -> None:
    shared.build()
    folder = shared.root / "_build" / "html"
    pages = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in folder.rglob("*.html")}
    ids = {path: {tag["id"] for tag in soup.select("[id]")} for path, soup in pages.items()}
    broken = []
    for path, soup in pages.items():
        for link in soup.select("a[href]"):
            name, _, anchor = str(link["href"]).partition("#")
            target = (path.parent / name).resolve() if name else path
            if (
                "://" not in name
                and anchor
                and anchor not in ids.get(target, {anchor} if target.suffix == ".txt" else ())
            ):
                broken.append((path.name, link["href"]))
    assert broken == []
