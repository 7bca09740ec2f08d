"""One browser of a kind and one built site for all tests of a worker; a failed test leaves pictures of its pages."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Playwright, Request, sync_playwright

ROOT = Path(__file__).parents[1]
ARTIFACTS = Path(os.environ.get("VERSUS_ARTIFACTS", ROOT / "_build" / "artifacts"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, made once for all workers; warnings are errors here as in ``make html``."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "documentation"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            build_documentation(folder)
            (folder / "done").touch()
    return folder / "html"


def build_documentation(folder: Path) -> None:
    """Build this project's own site."""
    arguments = ["-q", "-n", "-W", "--keep-going", "-j", "2", "-c", str(ROOT), "-d", str(folder / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *arguments, str(ROOT / "docs"), str(folder / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(html: Path) -> Iterator[str]:
    """The site, served on this machine."""
    with serving(functools.partial(Quiet, directory=str(html))) as address:
        yield address


@contextmanager
def serving(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on this machine, by its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one connection to Playwright that a process can have."""
    with sync_playwright() as playwright:
        yield playwright


def executable(name: str, *commands: str) -> str:
    """Where a browser of this machine is; without one the tests are skipped, except in CI."""
    found = next(filter(None, map(shutil.which, commands)), None)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed; .ci/run installs it")
    pytest.skip(f"{name} is not installed (Debian: apt install {commands[0]})")


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium without a window, which takes half of the time of a whole one."""
    path = executable("Chromium", "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Firefox, over WebDriver BiDi: Playwright's own build would be a download."""
    path = executable("Firefox", "firefox-esr", "firefox")
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path)
    yield browser
    browser.close()


class Tab:
    """A tab that test after test uses: a new one costs a second of work, and a page in an old one a fifth of it."""

    def __init__(self, browser: Browser, options: Mapping[str, object]) -> None:
        media = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
        self._media = {name: options.get(name, value) for name, value in media.items()}
        self._context = browser.new_context(**{"reduced_motion": "reduce", **options})
        self._context.set_default_timeout(10_000)
        self.page = self._context.new_page()
        self.complaints: list[str] = []
        self.start = ""
        watch(self.page, self)

    def open(self, address: str, width: int = 1280, **media: str) -> Page:
        """Open a page as if it were the first one."""
        self.page.emulate_media(media="null", **{**self._media, **media})
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(address)
        return self.page

    def leave(self) -> None:
        """Forget what the page kept, and where the mouse was; a new page of the same name is really opened."""
        self.start = ""
        self.page.mouse.move(0, 0)
        if self.page.url.startswith(("http", "file")):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self._context.clear_cookies()
        self.page.goto("about:blank")

    def close(self) -> None:
        """Close it, and all that belongs to it."""
        self._context.close()


class Tabs:
    """The tabs of a browser by the options of their contexts."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[object, list[Tab]] = defaultdict(list)
        self._used: list[tuple[object, Tab]] = []

    @property
    def used(self) -> list[Tab]:
        """The tabs that were taken and not given back."""
        return [tab for _, tab in self._used]

    def take(self, kind: str, options: Mapping[str, object]) -> Tab:
        """A tab for pages of a kind that no one else uses."""
        key = (kind, repr(sorted(options.items())))
        tab = self._free[key].pop() if self._free[key] else Tab(self._browser, options)
        self._used.append((key, tab))
        return tab

    def give_back(self, *, spoilt: bool = False) -> None:
        """Keep the tabs for the next test, or close them."""
        for key, tab in self._used:
            if spoilt:
                tab.close()
            else:
                tab.leave()
                self._free[key].append(tab)
        self._used.clear()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """The tabs that tests share."""
    return Tabs(browser)


Open = Callable[..., Page]
"""Opens a page of the site: its name with query and fragment, and options of a browser context."""


@pytest.fixture
def open_page(html: Path, address: str, tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens pages of the served site (or files, with ``as_file``); no page may complain, or ask another machine."""
    complaints: list[str] = []

    def open_one(
        name: str, *, as_file: bool = False, watched: bool = True, width: int = 1280, **options: object
    ) -> Page:
        start = f"file://{html}" if as_file else address
        tab = tabs.take("file" if as_file else "http", options)
        tab.complaints, tab.start = complaints, start if watched else ""
        path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", name).groups()
        return tab.open(f"{start}/{path}.html{mark}{rest}", width)

    yield open_one
    failed = request.node.stash.get(FAILED, False) or bool(complaints)
    if failed:
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        for number, tab in enumerate(tabs.used):
            tab.page.screenshot(path=ARTIFACTS / f"{name}-{number}.png", full_page=True)
    tabs.give_back(spoilt=failed)
    assert complaints == [], complaints


def watch(page: Page, tab: Tab) -> None:
    """Collect what must not happen while a tab is watched: errors, and requests that leave the machine."""

    def note(words: str) -> None:
        if tab.start:
            tab.complaints.append(words)

    def note_request(request: Request) -> None:
        if not request.url.startswith((tab.start, "data:", "blob:")):
            note(request.url)

    page.on("pageerror", lambda error: note(str(error)))
    page.on("console", lambda message: note(message.text) if message.type == "error" else None)
    page.on("request", note_request)


RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
VIEWS = {1280: ("light", "dark"), 360: ("dark", "light")}
"""The schemes by width; what has nothing to do with colours is looked at in the first one alone."""
MARK_COLOURS = """() => {
    const seen = new Set();
    const isShown = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
    const hasText = one => one.matches("input, select, textarea, button")
        || [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
    for (const one of document.querySelectorAll("body *")) {
        one.removeAttribute("data-colours");
        if (!hasText(one) || !isShown(one)) continue;
        const own = getComputedStyle(one);
        const key = [one.localName, own.fontSize, own.fontWeight, own.textShadow, own.textDecorationLine];
        for (let above = one; above; above = above.parentElement) {
            const style = getComputedStyle(above);
            key.push(style.color, style.backgroundColor, style.backgroundImage, style.opacity);
        }
        if (!seen.has(`${key}`)) one.setAttribute("data-colours", "");
        seen.add(`${key}`);
    }
}"""
"""Marks one of all visible texts whose colours, and those of all that they stand in, are the same."""


def violations(page: Page, only: Sequence[str], within: str, without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What breaks rules of axe, or rules with its tags, within what a selector names; its script is put into a page once."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    rules = {rule: {"enabled": False} for rule in without}
    options = {"runOnly": [*only], "rules": rules, "resultTypes": ["violations"], "preload": False}
    found: list[dict[str, Any]] = page.evaluate(
        "([context, options]) => axe.run(context, options).then(result => result.violations)",
        [{"include": [within]}, options],
    )
    return found


def colour_violations(page: Page, within: str) -> list[dict[str, Any]]:
    """What breaks the rules of colours: these take most of the time, so of texts with the same colours one is looked at."""
    page.evaluate(MARK_COLOURS)
    return violations(page, COLOURS, f"{within} [data-colours]")


def violations_in_both_schemes(page: Page, width: int, within: str = "html") -> Iterator[tuple[str, dict[str, Any]]]:
    """What breaks rules of axe at a width, by the scheme of colours; the page is not loaded again."""
    page.set_viewport_size({"width": width, "height": 900})
    for number, scheme in enumerate(VIEWS[width]):
        page.emulate_media(color_scheme=scheme)
        if number == 0:
            yield from ((scheme, one) for one in violations(page, RULES, within, without=COLOURS))
        yield from ((scheme, one) for one in colour_violations(page, within))


def rows(page: Page) -> int:
    """How many rows are seen."""
    return page.locator(".vs-r:visible").count()


def query(page: Page) -> str:
    """What stands behind the question mark of the address."""
    return page.url.partition("?")[2].partition("#")[0]


def ticked(page: Page) -> list[str]:
    """The values of the reasons that are ticked."""
    return page.locator(".vs-map :checked").evaluate_all("all => all.map(one => one.value)")


def note(page: Page, number: int) -> Locator:
    """The first note of a row."""
    return page.locator(".vs-r").nth(number).locator("td .vs-note > :not([hidden])").first


def is_open(page: Page, number: int) -> bool:
    """Whether a row shows its notes."""
    return bool(note(page, number).evaluate("one => one.checkVisibility({contentVisibilityAuto: true})"))


def picked(page: Page, word: str, other: str) -> Page:
    """Two names, typed into the picker."""
    page.get_by_label("Compare", exact=True).focus()
    page.wait_for_selector("#vs-names option", state="attached")
    page.keyboard.press("Control+A")
    page.keyboard.type(word)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    return page
