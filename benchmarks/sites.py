"""The projects that are measured: a catalogue with Versus in Furo, and the same pages written out for other tools."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click

from sphinx_versus.catalogue.loader import load

from .catalogue import write_catalogue
from .plain import PlainPages
from .wide import CITED, LONG, PAIRED, Shape, write_wide_catalogue

INDEX = """# Benchmark

What stands where, and how it was found out.

```{toctree}
comparisons/index
technologies/index
misconceptions
criteria
```
"""
CONF = 'project = "Benchmark"\nversion = release = "1"\nlanguage = "en"\n'
WITH_PAIRS = 210
"""Pages of a site with derived pairs for each hundred pages of records."""
MKDOCS = """site_name: Benchmark
site_url: ""
site_dir: _site
use_directory_urls: false
theme:
  name: material
  font: false
  features: [navigation.prune, navigation.indexes]
plugins: [search]
markdown_extensions: [footnotes, tables]
extra:
  generator: false
"""


def write_versus(folder: Path, pages: int) -> None:
    """Records and a home page."""
    write_catalogue(folder / "data", pages)
    _write_project(folder)


def _write_project(folder: Path) -> None:
    _write(folder / "conf.py", CONF + 'extensions = ["myst_parser", "sphinx_versus"]\nhtml_theme = "furo"\n')
    _write(folder / "docs" / "index.md", INDEX)


def write_pairs(folder: Path, pages: int) -> None:
    """Records whose technologies have all of their pairs derived, which are pages as well: twenty of a kind make 210."""
    write_versus(folder, pages * 100 // WITH_PAIRS)
    _derive_pairs(folder)


def write_wide(shape: Shape, folder: Path, sides: int) -> None:
    """Records of a shape, with so many technologies; several kinds have all of their pairs derived."""
    write_wide_catalogue(folder / "data", shape, sides)
    _write_project(folder)
    if shape.kinds > 1:
        _derive_pairs(folder)


def _derive_pairs(folder: Path) -> None:
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("versus_derived_pairs = True\n")


def write_furo(folder: Path, pages: int) -> None:
    """Plain MyST in Furo."""
    _plain(folder, pages, toctree=True)
    _write(folder / "conf.py", CONF + 'extensions = ["myst_parser"]\nhtml_theme = "furo"\n')


def write_basic(folder: Path, pages: int) -> None:
    """Plain MyST in a theme whose pages do not hold the tree of the whole site."""
    _plain(folder, pages, toctree=True)
    _write(folder / "conf.py", CONF + 'extensions = ["myst_parser"]\nhtml_theme = "basic"\n')


def write_mkdocs(folder: Path, pages: int) -> None:
    """Markdown for Material for MkDocs and Zensical, with pruned navigation and search."""
    _plain(folder, pages, toctree=False)
    _write(folder / "mkdocs.yml", MKDOCS)


def _plain(folder: Path, pages: int, *, toctree: bool) -> None:
    write_catalogue(folder / "data", pages)
    catalogue, _ = load(folder / "data")
    PlainPages(catalogue, folder / "docs", toctree=toctree).write()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


SITES: Mapping[str, Callable[[Path, int], None]] = {
    "versus": write_versus,
    "pairs": write_pairs,
    "cited": partial(write_wide, CITED),
    "long": partial(write_wide, LONG),
    "paired": partial(write_wide, PAIRED),
    "furo": write_furo,
    "basic": write_basic,
    "mkdocs": write_mkdocs,
    "zensical": write_mkdocs,
}


def write_site(kind: str, folder: Path, pages: int) -> None:
    """A project from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    SITES[kind](folder, pages)


@click.command()
@click.argument("kind", type=click.Choice(list(SITES)))
@click.argument("pages", type=int)
@click.argument("folder", type=click.Path(path_type=Path))
def main(kind: str, pages: int, folder: Path) -> None:
    """Write a project of so many PAGES into FOLDER."""
    write_site(kind, folder, pages)


if __name__ == "__main__":
    main()
