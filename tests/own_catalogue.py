"""The records and pages of this site, for the tests that look at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import BaseModel

from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.loader import load
from sphinx_versus.catalogue.model import Comparison, Fact
from sphinx_versus.catalogue.prose import Prose

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LOADED = load(ROOT / "data")
CATALOGUE = LOADED.catalogue
COMPARISONS = list(CATALOGUE.comparisons.values())
PAGES = sorted(path for path in (DOCS / "comparisons").glob("*.md") if path.stem != "index")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def facts_shown(comparison: Comparison) -> Iterator[tuple[str, Fact]]:
    """The values of a comparison's table, each with a name for messages."""
    table = query.comparison_table(CATALOGUE, comparison.id)
    assert table is not None
    for row in table.rows:
        for cell in row.cells:
            if cell.known and cell.fact:
                yield f"{cell.technology}/{row.criterion.id}", cell.fact


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a record, at any depth."""
    if isinstance(value, str | Prose):
        yield str(value)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, Mapping | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from texts_of(one)


@cache
def topics(page: Path) -> dict[str, list[str]]:
    """The sections below "Topics", each with its paragraphs."""
    found: dict[str, list[str]] = {}
    heading = ""
    tokens = MarkdownIt("commonmark").parse(read(page))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline" or before is None:
            continue
        if before.type == "heading_open":
            heading = token.content if before.tag == "h3" else ""
        elif before.type == "paragraph_open" and before.level == 0 and heading:
            found.setdefault(heading, []).append(token.content)
    return found
