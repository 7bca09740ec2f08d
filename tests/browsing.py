"""One browser and one built site for all tests of a worker; a failed test leaves pictures of its pages."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

ROOT = Path(__file__).parents[1]
ARTIFACTS = Path(os.environ.get("VERSUS_ARTIFACTS", ROOT / "_build" / "artifacts"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; warnings are errors here as in ``make html``."""
    folder = tmp_path_factory.mktemp("site")
    arguments = ["-q", "-n", "-W", "--keep-going", "-c", str(ROOT), "-d", str(folder / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *arguments, str(ROOT / "docs"), str(folder / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return folder / "html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        """A site without an icon is not at fault when a browser asks for one."""
        if self.path == "/favicon.ico":
            self.send_response(http.HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(html: Path) -> Iterator[str]:
    """The site, served on this machine."""
    handler = functools.partial(_Quiet, directory=str(html))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one the tests are skipped, except in CI."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; .ci/run installs it")
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


Open = Callable[..., Page]
"""Opens a page of the site: its name with query and fragment, and options of a browser context."""


@pytest.fixture
def open_page(html: Path, address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens pages of the served site (or files, with ``as_file``); no page may complain, or ask another machine."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(
        name: str, *, as_file: bool = False, watched: bool = True, width: int = 1280, **options: object
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        start = f"file://{html}" if as_file else address
        if watched:
            watch(page, complaints, start)
        path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", name).groups()
        page.goto(f"{start}/{path}.html{mark}{rest}")
        return page

    yield open_one
    failed = request.node.stash.get(FAILED, False) or bool(complaints)
    for number, context in enumerate(contexts):
        if failed and context.pages:
            ARTIFACTS.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name)
            context.pages[0].screenshot(path=ARTIFACTS / f"{name}-{number}.png", full_page=True)
        context.close()
    assert complaints == [], complaints


def watch(page: Page, complaints: list[str], start: str) -> None:
    """Collect what must not happen: errors, and requests that leave the machine."""

    def note_request(request: Request) -> None:
        if not request.url.startswith((start, "data:", "blob:")):
            complaints.append(request.url)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", note_request)
