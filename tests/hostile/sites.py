"""Sites of hostile records, with nearly everything on that MyST and Sphinx offer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from conftest import INDEX, Site
from hostile import judge
from hostile.bench import CONF, plant_secrets
from hostile.grammar import SECRET
from hostile.records import Records

SEED = int(os.environ.get("VERSUS_SEED", "1"))
RECORDS = int(os.environ.get("VERSUS_RECORDS", "600"))
"""How many hostile records are built, about."""


def make_site(root: Path, records: Records, *, language: str = "en", theme: str = "basic") -> Site:
    """Write the site; it is not built yet."""
    conf = f"{CONF}\nlanguage = {language!r}\nhtml_theme = {theme!r}\nversus_full_navigation = 0\n"
    site = Site(root).write(INDEX)
    for name, text in {**records.files(), "conf.py": conf}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    plant_secrets(root)
    return site


def output(site: Site, builder: str = "html") -> Path:
    """The folder of what was built."""
    return site.root / "_build" / builder


def pages(site: Site, builder: str = "html") -> Iterator[tuple[str, str]]:
    """The names and texts of all pages."""
    folder = output(site, builder)
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def file_faults(site: Site, builder: str = "html") -> Iterator[str]:
    """Files of the output that hold words of files outside of it, and an index of the search that is not one."""
    folder = output(site, builder)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            content = path.read_bytes()
            words = [word for word in (SECRET, judge.SYSTEM) if word.encode() in content]
            yield from (f"{name}: the word of a file: {word}" for word in words)
        if name.startswith(("_downloads/", "_images/")):
            yield f"{name}: copied"
    index = folder / "searchindex.js"
    if index.exists():
        json.loads(index.read_text(encoding="utf-8").removeprefix("Search.setIndex(").removesuffix(")"))


def page_faults(site: Site, chrome: judge.Chrome) -> Iterator[str]:
    """What pages have that those of clean records have not."""
    folder = output(site)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name, page in pages(site):
        faults = dict.fromkeys(judge.html_faults(page, chrome, files, name))
        yield from (f"{name}: {fault}" for fault in faults)
