"""Measure what each search of a large site costs: ``python -m benchmarks.search FOLDER``.

A made-up site is built with each value of ``versus_search``. Then a browser looks for the names of technologies, and the server
counts the bytes that it sends for a query: with the compression of a usual server, and without the page of the search itself.
"""

from __future__ import annotations

import gzip
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.parse import urlsplit

import click
from playwright.sync_api import Request, sync_playwright

from sphinx_versus.catalogue.loader import load
from sphinx_versus.config import SEARCHES

from .measure import chromium, measure, python
from .sites import write_site

INDEX = {"sphinx": "searchindex.js", "pagefind": "_pagefind/**/*"}
QUERIES = 5
DONE = "document.querySelector('.search-summary')?.textContent.includes('finished')"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, *_: object) -> None:
        """Print nothing."""


class Server(ThreadingHTTPServer):
    """A server to which it is no error that the browser leaves a page."""

    def handle_error(self, *_: object) -> None:
        """Print nothing."""


def sent(path: Path) -> int:
    """The bytes of a file on its way; Pagefind's are compressed already."""
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def query_bytes(site: Path, words: list[str]) -> list[tuple[int, int]]:
    """The bytes and the files of each query, asked by a reader who was never there."""
    found = []
    handler = partial(Quiet, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server, sync_playwright() as tools:
        Thread(target=server.serve_forever, daemon=True).start()
        browser = tools.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for word in words:
            page, files = browser.new_page(), set[Path]()

            def note(request: Request, files: set[Path] = files) -> None:
                files.add(site / urlsplit(request.url).path.lstrip("/"))

            page.on("request", note)
            page.goto(f"http://127.0.0.1:{server.server_port}/search.html?q={word}")
            page.wait_for_function(DONE, timeout=300_000)
            page.wait_for_timeout(1000)  # for the pages whose words are shown
            files.discard(site / "search.html")
            found.append((sum(sent(path) for path in files if path.is_file()), len(files)))
            page.close()
        browser.close()
        server.shutdown()
    return found


@click.command()
@click.option("--pages", type=int, multiple=True, default=(400, 2000), show_default=True, help="Pages of a site.")
@click.argument("folder", type=click.Path(path_type=Path))
def main(pages: tuple[int, ...], folder: Path) -> None:
    """Measure both searches on sites in FOLDER; print a row of a table for each."""
    click.echo("| pages | search | index | sent for a query | files | processor | memory | no change |")
    for number in pages:
        site = folder.resolve() / str(number)
        write_site("versus", site, number)
        words = [one.name for one in load(site / "data").catalogue.technologies.values()][:QUERIES]
        for search in SEARCHES:
            build = python("sphinx", "-q", "-b", "html", "-D", f"versus_search={search}", "-c", ".", "docs", search)
            first, second = measure(build, site), measure(build, site)
            size = sum(path.stat().st_size for path in (site / search).glob(INDEX[search]) if path.is_file())
            bytes_, files = map(median, zip(*query_bytes(site / search, words), strict=True))
            click.echo(
                f"| {number} | {search} | {size / 1e6:.1f} MB | {bytes_ / 1e3:.0f} KB | {files:.0f} | "
                f"{first.cpu:.0f} s | {first.memory / 1e6:.0f} MB | {second.cpu:.1f} s |"
            )


if __name__ == "__main__":
    main()
