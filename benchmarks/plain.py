"""The pages that Versus makes of a catalogue, written out as plain Markdown: the same words, as a person would mark them up.

The texts come from the answers that the extension itself shows; the templates arrange them as the extension does. Source
marks are footnotes, tables are Markdown's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2

from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.catalogue import Catalogue
from sphinx_versus.catalogue.views import Cell, Row
from sphinx_versus.components import i18n

TEMPLATES = Path(__file__).parent / "templates"


class PlainPages:
    """Writes the pages; ``toctree`` says whether they hold tables of contents for Sphinx."""

    def __init__(self, catalogue: Catalogue, folder: Path, *, toctree: bool) -> None:
        self.catalogue = catalogue
        self.folder = folder
        loader = jinja2.FileSystemLoader(TEMPLATES)
        self.templates = jinja2.Environment(  # noqa: S701 (the output is Markdown, not HTML)
            loader=loader, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters["oneline"] = lambda text: " ".join(str(text).split())
        self.templates.globals.update(
            toctree=toctree,
            value=value,
            evidence=evidence,
            kind=i18n.kind,
            relation=i18n.relation,
            sides=lambda ids: query.sides(catalogue, ids),
        )

    def write(self) -> None:
        """All pages."""
        for id_ in self.catalogue.technologies:
            self._page(f"technologies/{id_}", "technology", **self._technology(id_))
        for id_ in self.catalogue.comparisons:
            self._page(f"comparisons/{id_}", "comparison", **self._comparison(id_))
        kinds = query.technologies(self.catalogue)
        self._page("technologies/index", "technologies", kinds=kinds, ids=self.catalogue.technologies)
        self._page("comparisons/index", "comparisons", comparisons=query.comparisons(self.catalogue))
        self._page("misconceptions", "misconceptions", misconceptions=query.misconceptions(self.catalogue))
        self._page("criteria", "criteria", groups=query.criteria(self.catalogue).items())
        self._page("index", "index")

    def _technology(self, id_: str) -> dict[str, Any]:
        return {
            "card": query.card(self.catalogue, id_),
            "table": query.technologies_table(self.catalogue, (id_,)),
            "comparisons": query.comparisons(self.catalogue, technology=id_),
            "misconceptions": query.misconceptions(self.catalogue, technologies=(id_,)),
        }

    def _comparison(self, id_: str) -> dict[str, Any]:
        return {
            "teaser": query.teaser(self.catalogue, id_),
            "status": query.status(self.catalogue, id_),
            "cards": [query.card(self.catalogue, side) for side in self.catalogue.comparisons[id_].technologies],
            "table": query.comparison_table(self.catalogue, id_),
            "misconceptions": query.misconceptions(self.catalogue, id_),
            "verdict": query.verdict(self.catalogue, id_),
            "related": query.related(self.catalogue, id_),
        }

    def _page(self, docname: str, template: str, **answers: Any) -> None:
        path = self.folder / f"{docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        notes = Footnotes(self.catalogue)
        up = "../" * docname.count("/")
        text = self.templates.get_template(f"{template}.md.jinja").render(
            up=up, marks=notes.marks, notes=notes.texts, **answers
        )
        path.write_text(text, encoding="utf-8")


class Footnotes:
    """The sources that a page cites, as footnotes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.cited: dict[str, None] = {}

    def marks(self, ids: Iterable[str]) -> str:
        """The marks of sources."""
        self.cited.update(dict.fromkeys(ids))
        return "".join(f"[^{id_}]" for id_ in ids)

    def texts(self) -> str:
        """The footnotes themselves."""
        return "\n\n".join(f"[^{id_}]: {self._text(id_)}" for id_ in self.cited)

    def _text(self, id_: str) -> str:
        source = self.catalogue.sources[id_]
        quotes = " ".join(f"“{quote}”" for quote in source.quote)
        return f"[{source.title}]({source.url}). {source.publisher}, {source.edition}, {source.accessed}. {quotes}"


def value(row: Row, cell: Cell) -> str:
    """The short answer of a cell."""
    return i18n.value(row.criterion, cell, "en")


def evidence(cell: Cell) -> str:
    """Version and date."""
    assert cell.fact
    assert cell.fact.as_of
    return f"version {cell.fact.version}, {i18n.date(cell.fact.as_of, 'en')}"
