"""Take the pictures of the README, the tutorial and the reference from the built sites: `make screenshots`.

Needs Chromium or Chrome. The pictures have few colours, so that the repository stays small.
"""

from __future__ import annotations

import io
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.measure import chromium  # noqa: E402
from tools.walkthrough import File, follow, steps  # noqa: E402

SITE = ROOT / "_build" / "html"
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64


class Shot(NamedTuple):
    """What a picture shows."""

    page: str
    query: str = ""
    place: str = ""
    """What is at the top; else the top of the page."""
    size: tuple[int, int] = (1280, 760)
    scheme: str = "light"
    is_whole: bool = True
    """Whether the window is shown, and not the place alone."""


PHONE = (390, 760)
OF_SITE = {
    "answer": Shot("comparisons/django-vs-flask.html", "?true=a1&true=a3&true=b2"),
    "table": Shot("comparisons/mongodb-vs-postgresql.html", place="section#side-by-side", scheme="dark"),
    "phone": Shot("comparisons/aws-vs-azure.html", size=PHONE),
}
OF_TUTORIAL = {
    "tutorial": Shot("comparisons/kettle-vs-teapot.html"),
    "tutorial-phone": Shot("comparisons/kettle-vs-teapot.html", size=PHONE),
}
OF_REFERENCE = {
    name: Shot("index.html", place=".vs-t", scheme=scheme, is_whole=False)
    for name, scheme in (("states", "light"), ("states-dark", "dark"))
}
STATES = {
    "conf.py": 'extensions = ["myst_parser", "sphinx_versus"]\nhtml_theme = "furo"\nversus_pages = False\n',
    "index.md": "# States\n\n```{comparison-table} alpha beta\n:exclude: licence\n:ungrouped:\n```\n",
    "data/sources.yaml": "".join(f"{id_}: {{url: https://{id_}.example}}\n" for id_ in ("alpha-licence", "beta-docs")),
    "data/criteria.yaml": "".join(
        f"{id_}: {{name: {id_.replace('-', ' ').capitalize()}, definition: As its name says., type: {type_}}}\n"
        for type_, ids in (
            ("text", ("licence",)),
            ("yes-no", ("admin-interface", "migrations", "templates", "background-jobs", "connection-pool")),
            ("text", ("learning-curve",)),
        )
        for id_ in ids
    ),
}
"""What the page of facts leaves out of a site with its records."""


def main() -> None:
    """Take all pictures."""
    if not SITE.is_dir():
        raise SystemExit("needs the site in _build/html (make html)")
    with sync_playwright() as playwright, TemporaryDirectory() as parent:
        folder = Path(parent) / "kettles"
        folder.mkdir()
        follow(ROOT / "docs" / "start" / "tutorial.md", folder, lambda command: run(command, folder))
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        take_all(browser, SITE, OF_SITE)
        take_all(browser, folder / "_build" / "html", OF_TUTORIAL)
        take_all(browser, site_of_states(Path(parent) / "states"), OF_REFERENCE)
        browser.close()


def site_of_states(folder: Path) -> Path:
    """Build a site of the records on the page of facts."""
    page = ROOT / "docs" / "reference" / "records" / "fact.md"
    records = [one for one in steps(page) if isinstance(one, File) and one.name.endswith(("alpha.yaml", "beta.yaml"))]
    for file in (*(File(name, text, is_added=False) for name, text in STATES.items()), *records):
        file.write(folder)
    run("sphinx-build -q . _build", folder)
    return folder / "_build"


def run(command: str, folder: Path) -> str:
    """What a command of this environment prints."""
    program, *arguments = shlex.split(command)
    line = [Path(sys.executable).with_name(program), *arguments]
    done = subprocess.run(line, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout


def take_all(browser: Browser, site: Path, shots: Mapping[str, Shot]) -> None:
    """Take and write the pictures of a site."""
    for name, shot in shots.items():
        width, height = shot.size
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.scheme)  # type: ignore[arg-type]
        address = (site / shot.page).as_uri() + shot.query
        save(take(context.new_page(), address, shot), PICTURES / f"{name}.png")
        context.close()


def take(page: Page, address: str, shot: Shot) -> bytes:
    """What the window shows, when the page is there, with a place at its top; or the place alone."""
    page.goto(address)
    page.wait_for_timeout(1000)
    if not shot.is_whole:
        return page.locator(shot.place).screenshot()
    if shot.place:
        page.locator(shot.place).evaluate("place => place.scrollIntoView({ behavior: 'instant' })")
        page.wait_for_timeout(1000)
    return page.screenshot()


def save(picture: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
