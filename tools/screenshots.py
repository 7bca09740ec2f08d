"""Take the pictures of the README from the built site: `make screenshots`.

Needs Chromium or Chrome. The pictures have few colours, so that the repository stays small.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
PICTURES = ROOT / ".github" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell")
COLOURS = 64
# Name of the picture: page and what is ticked, place to show at the top, width, height, colour scheme.
SHOTS = {
    "answer": ("comparisons/django-vs-flask.html", "?true=a1&true=a3&true=b2", "", 1280, 760, "light"),
    "table": ("comparisons/mongodb-vs-postgresql.html", "", "section#side-by-side", 1280, 760, "dark"),
    "phone": ("comparisons/aws-vs-azure.html", "", "", 390, 760, "light"),
}


def main() -> None:
    """Take all pictures."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not SITE.is_dir():
        raise SystemExit("needs Chromium or Chrome, and the site in _build/html (make html)")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, (page, query, place, width, height, scheme) in SHOTS.items():
            context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            save(take(context.new_page(), (SITE / page).as_uri() + query, place), PICTURES / f"{name}.png")
            context.close()
        chromium.close()


def take(page: Page, address: str, place: str) -> bytes:
    """What the window shows, when the page is there, with a place at its top."""
    page.goto(address)
    if place:
        page.locator(place).evaluate("place => place.scrollIntoView({ behavior: 'instant' })")
    page.wait_for_timeout(1000)
    return page.screenshot()


def save(picture: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
