"""Random edits of a small site, for the tests that compare an incremental build with one from nothing."""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from conftest import CATALOGUE, INDEX, Site

PIXEL = bytes.fromhex("47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b")

CONF = """
    extensions = ["myst_parser", "sphinx_versus"]
    project = "Test"
    copyright = "2026, Nobody"
    html_theme = "THEME"
    templates_path = ["templates"]
    html_static_path = ["static"]
    html_css_files = ["site.css"]
    exclude_patterns = ["_build"]
    myst_heading_anchors = 3
    myst_enable_extensions = ["deflist"]
    versus_full_navigation = FULL
    versus_derived_pairs = True
    numfig = True
    """

PAGES: Mapping[str, str] = {
    **CATALOGUE,
    "data/comparisons/beta-vs-gamma.yaml": """
        technologies: [beta, gamma]
        relation: alternatives
        summary: Gamma is stricter than Beta.
        criteria:
          - {group: Data, rows: [orm]}
        reviewed: 2026-11-22
        """,
    **INDEX,
    "static/site.css": "p { color: black }\n",
    "templates/notes.txt": "nothing",
    "docs/index.md": """
        # Home

        ```{toctree}
        guide/index
        comparisons/index
        technologies/index
        misconceptions
        criteria
        ```
        """,
    "docs/guide/index.md": """
        # Guide

        ```{toctree}
        :glob:
        :numbered:
        pages/*
        ```
        """,
    "docs/guide/pages/one.md": """
        (label-one)=
        # One

        {doc}`two`, {ref}`label-two`, {term}`word`, {technology}`beta`, {fact}`beta/orm`, [](two.md), [](#label-three).

        ## A part of one

        ![a](a/pixel.gif) ![b](b/pixel.gif)
        """,
    "docs/guide/pages/two.md": """
        (label-two)=
        # Two

        [](one.md#a-part-of-one), [](../../technologies/gamma.md), [](../../comparisons/alpha-vs-beta.md#row-orm).

        ```{index} single: shared entry
        ```

        word
        : What it means.

        ```{glossary}
        word
          What it means.
        ```
        """,
    "docs/guide/pages/three.md": """
        (label-three)=
        # Three

        ![b](b/pixel.gif)

        ```{index} single: Shared entry
        ```

        ```{literalinclude} ../../../included.txt
        ```

        ```{comparison-table} alpha beta
        ```
        """,
    "included.txt": "Included words.\n",
}


def make_site(root: Path, *, theme: str, full: int) -> Site:
    """The site before any edit."""
    site = Site(root)
    site.write({**PAGES, "conf.py": CONF.replace("THEME", theme).replace("FULL", str(full))})
    for folder in "ab":
        path = root / "docs/guide/pages" / folder / "pixel.gif"
        path.parent.mkdir()
        path.write_bytes(PIXEL + folder.encode())
    (root / "data/alpha.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>', encoding="utf-8"
    )
    return site


Edit = Callable[[Site, random.Random], None]


def sub(name: str, pattern: str, words: str) -> Edit:
    """Replace what a pattern finds in a file by words with a random number in them, when it is there."""

    def edit(site: Site, rng: random.Random) -> None:
        path = site.root / name
        if path.exists():
            text = path.read_text(encoding="utf-8")
            site.write({name: re.sub(pattern, words.replace("#", str(rng.randint(1, 4))), text, count=1)})

    return edit


def toggle(name: str, text: str) -> Edit:
    """Add a file, or remove it."""

    def edit(site: Site, rng: random.Random) -> None:
        if (site.root / name).exists():
            site.remove(name)
        else:
            site.write({name: text.replace("#", str(rng.randint(1, 4)))})

    return edit


def touch(site: Site, _rng: random.Random) -> None:
    """A fresh checkout: all sources are new, and nothing is different."""
    for path in site.root.rglob("*"):
        if path.is_file() and "_build" not in path.parts:
            os.utime(path)


def old_times(site: Site, rng: random.Random) -> None:
    """A change whose time is long ago."""
    EDITS["a paragraph"](site, rng)
    os.utime(site.root / "docs/guide/pages/one.md", (10**9, 10**9))


def lose_output(site: Site, rng: random.Random) -> None:
    """Somebody deletes or breaks a file of the output."""
    found = sorted((site.root / "_build/html").rglob("*.html"))
    if found:
        path = rng.choice(found)
        if rng.random() < 0.5:
            path.unlink()
        else:
            path.write_text("broken", encoding="utf-8")


def rename_record(site: Site, _rng: random.Random) -> None:
    """A technology gets another id, and back."""
    old, new = "data/technologies/delta.yaml", "data/technologies/epsilon.yaml"
    if (site.root / new).exists():
        old, new = new, old
    if (site.root / old).exists():
        (site.root / old).rename(site.root / new)


EDITS: Mapping[str, Edit] = {
    "a fact": sub("data/technologies/beta.yaml", r"note: (Through|Number).*?\.", "note: Number # words."),
    "a name": sub("data/technologies/gamma.yaml", r"^name: .*", "name: Gamma #"),
    "another name": sub("data/technologies/alpha.yaml", r"^name: .*", "name: Alpha #"),
    "a logo": sub("data/technologies/alpha.yaml", r"(logo: .*\n)?kind:", "logo: {file: alpha.svg, alt: A #}\nkind:"),
    "synonyms": sub("data/technologies/alpha.yaml", r"synonyms: .*", "synonyms: [letter #, A#]"),
    "a criterion": sub("data/criteria.yaml", r"name: (Licence|Terms \d)", "name: Terms #"),
    "a source": sub("data/sources.yaml", r"title: Alpha home.*", "title: Alpha home #"),
    "a remark": sub("data/sources.yaml", r"\A", "# Remark #\n"),
    "a misconception": sub("data/technologies/alpha.yaml", r"claim: Alpha is slow.*", "claim: Alpha is slow #."),
    "a summary": sub("data/comparisons/beta-vs-gamma.yaml", r"summary: .*", "summary: Gamma is # times stricter."),
    "a record": toggle("data/technologies/delta.yaml", "{name: Delta #, kind: web-framework, summary: A fourth.}\n"),
    "a renamed record": rename_record,
    "a comparison": toggle(
        "data/comparisons/alpha-vs-gamma.yaml",
        "technologies: [alpha, gamma]\nrelation: alternatives\nsummary: Number #.\n"
        "criteria:\n  - {group: Data, rows: [orm]}\nreviewed: 2026-11-22\n",
    ),
    "a round-up": toggle(
        "data/comparisons/three.yaml",
        "technologies: [gamma, alpha, beta]\nrelation: alternatives\nsummary: All # at once.\n"
        "criteria:\n  - {group: Data, rows: [licence, orm]}\nreviewed: 2026-11-22\n",
    ),
    "a page over a pair": toggle(
        "docs/comparisons/gamma-vs-alpha.md", "---\norphan: true\n---\n# By hand #\n\n```{comparison-table}\n```\n"
    ),
    "a first fact": sub("data/technologies/delta.yaml", r"\.\}", "., facts: {orm: {value: no, note: Number #.}}}"),
    "published addresses": toggle(
        "data/published.yaml",
        "comparisons: [alpha-vs-gamma, alpha-vs-delta]\ntechnologies: [delta, epsilon]\n"
        "redirects: {technologies: {delta: epsilon, old-#: gamma}, comparisons: {a-vs-#: alpha-vs-gamma}}\n",
    ),
    "a page over a virtual one": toggle("docs/technologies/gamma.md", "(by-hand)=\n# Gamma by hand #\n\n## Part\n"),
    "a hub on disk": toggle("docs/criteria.md", "# Criteria by hand #\n\n```{criterion-index}\n```\n"),
    "a page": toggle("docs/guide/pages/four.md", "(label-four)=\n# Four #\n\n{ref}`label-one`\n\n![a](a/pixel.gif)\n"),
    "an orphan": toggle("docs/orphan.md", "---\norphan: true\n---\n# Orphan #\n\n[](guide/pages/one.md)\n"),
    "a title": sub("docs/guide/pages/one.md", r"\n# .*", "\n# One #"),
    "another title": sub("docs/guide/pages/two.md", r"\n# .*", "\n# Two #"),
    "a heading": sub("docs/guide/pages/one.md", r"## .*", "## A part of one #"),
    "a label": sub("docs/guide/pages/three.md", r"\(label-.*?\)=", "(label-three#)="),
    "a term": sub("docs/guide/pages/two.md", r"\nword.?\n  ", "\nword\n  "),
    "a paragraph": sub("docs/guide/pages/one.md", r"\Z", "\nParagraph # verbatim#.\n"),
    "an index entry": sub("docs/guide/pages/two.md", r"single: .*", "single: shared entry; number #"),
    "a hub's order": sub("docs/index.md", r"(?s)(guide/index)\n(.*?)\n", r"\2\n\1\n"),
    "no number": sub("docs/guide/index.md", r":numbered:\n", ""),
    "numbers": sub("docs/guide/index.md", r":glob:\n(:numbered:\n)?", ":glob:\n:numbered:\n"),
    "an included file": sub("included.txt", r".*", "Included # words."),
    "an image": sub("docs/guide/pages/three.md", r"!\[.\]\(.*?\)", "![a](a/pixel.gif)"),
    "a setting": sub("conf.py", r"copyright = .*", 'copyright = "202#, Nobody"'),
    "a setting of reading": sub("conf.py", r"myst_heading_anchors = .*", "myst_heading_anchors = #"),
    "derivation": sub("conf.py", r"versus_derived_pairs = .*", "versus_derived_pairs = # % 2 == 0"),
    "a moved hub": sub("conf.py", r"(versus_pages = .*\n)|\Z", 'versus_pages = {"misconceptions": "errors#"}\n'),
    "a template": toggle("templates/page.html", '{% extends "!page.html" %}{% block footer %}Number #{% endblock %}\n'),
    "a page template": toggle("templates/versus/criteria.md.jinja", "# Words #\n\n```{criterion-index}\n```\n"),
    "a style sheet": sub("static/site.css", r".*", "p { color: black } /* # */"),
    "a static file": toggle("static/more/file.txt", "Number #.\n"),
    "a touch": touch,
    "an edit with an old time": old_times,
    "lost output": lose_output,
}


def files_of(root: Path, builder: str = "html") -> dict[str, bytes]:
    """Every file of the output by name, without what the typesetter reads: that names the folder of the project."""
    folder = root / "_build" / builder
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".buildinfo"))
    found = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("_typst/")}


def differences(site: Site, builder: str = "html") -> list[str]:
    """The files that differ between the output and that of a build from nothing of the same sources."""
    twin = Site.__new__(Site)
    twin.root = site.root.parent / "twin"
    shutil.rmtree(twin.root, ignore_errors=True)
    shutil.copytree(site.root, twin.root, ignore=shutil.ignore_patterns("_build"))
    ours, fresh = files_of(site.root, builder), files_of(twin.build(builder).root, builder)
    wrong = {name for name in ours.keys() & fresh.keys() if ours[name] != fresh[name]}
    return sorted(
        [f"differs: {name}" for name in wrong] + [f"only in one: {name}" for name in ours.keys() ^ fresh.keys()]
    )


def settle() -> None:
    """Let the clock of the file system move on."""
    time.sleep(0.02)
