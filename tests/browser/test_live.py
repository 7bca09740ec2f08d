"""The live preview as a writer uses it: a real process, a real browser, and files that are edited."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import CATALOGUE, INDEX, Site

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {number}." for number in range(200))


@pytest.fixture
def live(site: Site) -> Iterator[str]:
    """The preview of the small site; ends it as Ctrl-C does, and checks that nothing is left of it."""
    site.write(
        {**CATALOGUE, **INDEX, "docs/long.md": f"---\norphan: true\n---\n# Long\n\n{LONG}\n\n{{fact}}`alpha/licence`\n"}
    )
    command = [sys.executable, "-m", "sphinx_versus.cli", "live", "--port", "0", "--builder", "html"]
    with subprocess.Popen(command, cwd=site.root, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        lines = []
        for line in process.stderr:
            lines.append(line)
            if address := re.search(r"The site is at (\S+);", line):
                yield address[1]
                break
        else:
            pytest.fail("".join(lines))
        started = psutil.Process(process.pid).children(recursive=True)
        assert started
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert "Traceback" not in process.stderr.read()
        assert not psutil.wait_procs(started, 10)[1]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_an_edit_reloads_the_page_where_the_reader_was(live: str, site: Site, page: Page) -> None:
    page.set_default_timeout(30_000)
    inventory = page.request.get(f"{live}/objects.inv")
    assert inventory.body() == (site.root / "_build/live/objects.inv").read_bytes()
    assert inventory.headers["cache-control"] == "no-store"
    page.goto(f"{live}/long.html")
    fact = page.get_by_text("MIT", exact=True)
    fact.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 500

    site.edit("data/technologies/alpha.yaml", "licence: {value: MIT", "licence: {value: ISC")
    expect(page.get_by_text("ISC", exact=True)).to_be_visible(timeout=30_000)
    page.wait_for_function("y => scrollY === y", arg=before)
    assert page.locator("#versus-live").count() == 0

    site.edit("docs/long.md", "Paragraph 199.", "The last paragraph.")
    expect(page.get_by_text("The last paragraph.", exact=True)).to_be_visible(timeout=30_000)
    page.wait_for_function("y => scrollY === y", arg=before)

    site.edit("data/technologies/gamma.yaml", "kind: web-framework", "kimd: web-framework")
    messages = page.locator("#versus-live")
    expect(messages).to_contain_text("1 message of the build", timeout=30_000)
    expect(messages).to_contain_text("data/technologies/gamma.yaml:2:1: WARNING: [unknown-key]")

    site.edit("data/technologies/gamma.yaml", "kimd: web-framework", "kind: web-framework")
    expect(messages).to_have_count(0, timeout=30_000)

    site.edit("conf.py", 'project = "Test"', 'project = "Renamed"')
    expect(page).to_have_title(re.compile("Renamed"), timeout=30_000)
