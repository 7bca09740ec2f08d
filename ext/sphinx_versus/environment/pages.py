"""Pages whose source is a data record: which there are, and the MyST text that a record becomes.

The text consists of the public directives and comes from a template (``templates/pages/<kind>.md.jinja``) that a site may
override with ``versus/<kind>.md.jinja`` in its ``templates_path``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jinja2

from ..catalogue.catalogue import Catalogue
from ..catalogue.markup import escaped, verbatim
from ..catalogue.views import Outline
from ..config import PLACES, Settings
from ..problems import Code, Place, Problem
from .reporting import report

OWN_TEMPLATES = Path(__file__).parent.parent / "templates" / "pages"
TEMPLATE_SUFFIX = ".md.jinja"
RECORD_SUFFIX = ".yaml"


@dataclass(frozen=True)
class VirtualPage:
    """A page without a file of its own: what it shows, and the file that is its source.

    The source of a hub and of a derived pair is the template; what they show of the data is known by their questions.
    """

    docname: str
    kind: str
    id: str
    source: Path

    @property
    def is_record(self) -> bool:
        """Whether the page is that of one record."""
        return bool(self.id) and self.kind != "pair"

    @property
    def type(self) -> str:
        """The object type of what the page shows."""
        return PLACES.get(self.kind, self.kind)

    @property
    def suffix(self) -> str:
        """The suffix under which Sphinx finds the parser, and which the copy of the source gets."""
        return RECORD_SUFFIX if self.is_record else TEMPLATE_SUFFIX


def virtual_pages(catalogue: Catalogue, settings: Settings) -> dict[str, VirtualPage]:
    """All pages that the data can make, by docname."""
    of_records = record_pages(settings, catalogue)
    return {**of_records, **pair_pages(settings, catalogue.derived), **hub_pages(settings)}


def record_pages(settings: Settings, catalogue: Catalogue) -> dict[str, VirtualPage]:
    """The pages of single records."""
    return {page.docname: page for page in wanted_pages(catalogue, settings) if page.docname}


def pair_pages(settings: Settings, derived: Iterable[str]) -> dict[str, VirtualPage]:
    """The pages of derived pairs."""
    source = template_path("pair", settings)
    pages = (VirtualPage(settings.docname("pair", id_), "pair", id_, source) for id_ in derived)
    return {page.docname: page for page in pages if page.docname}


def hub_pages(settings: Settings) -> dict[str, VirtualPage]:
    """The pages that list records."""
    kinds = ("comparisons", "technologies", "misconceptions", "criteria", "matrix")
    pages = (VirtualPage(settings.docname(kind), kind, "", template_path(kind, settings)) for kind in kinds)
    return {page.docname: page for page in pages if page.docname}


def wanted_pages(catalogue: Catalogue, settings: Settings) -> Iterator[VirtualPage]:
    """A page for each record; two of them may want the same docname."""
    records = {"comparison": catalogue.comparisons, "technology": catalogue.technologies}
    for kind, ids in records.items():
        for id_ in ids:
            source = Path(catalogue.places[kind, id_].path)
            yield VirtualPage(settings.docname(kind, id_), kind, id_, source)


def template_path(kind: str, settings: Settings) -> Path:
    """The template of a kind of page: the site's own, or ours."""
    own = (folder / "versus" / f"{kind}{TEMPLATE_SUFFIX}" for folder in settings.templates)
    return next((path for path in own if path.is_file()), OWN_TEMPLATES / f"{kind}{TEMPLATE_SUFFIX}")


def page_text(settings: Settings, kind: str, parts: Outline) -> str:
    """The MyST text of a page; a broken template of the site is reported, and ours takes its place."""
    path = template_path(kind, settings)
    try:
        return _rendered(path, parts, settings)
    except jinja2.TemplateError as error:
        place = Place(str(path), getattr(error, "lineno", None) or 1)
        report(Problem(place, Code.INVALID_TEMPLATE, str(error.message), "see the variables in the guide"))
        return _rendered(OWN_TEMPLATES / path.name, parts, settings)


def _rendered(path: Path, parts: Outline, settings: Settings) -> str:
    return _compiled(path.read_text(encoding="utf-8")).render(vars(parts), pages=settings.pages)


class Layout(NamedTuple):
    """The MyST text of a page in its parts. A template that has a heading of the first level titles its page itself."""

    front_matter: str
    heading: str
    body: str

    def with_title(self, title: str) -> str:
        """The whole text as a file, with a plain title where the template has none."""
        return f"{self.front_matter}{self.heading or f'# {verbatim(title)}'}\n\n{self.body}"


def page_layout(text: str) -> Layout:
    """Take the text of a page apart."""
    found = _LAYOUT.fullmatch(text)
    assert found
    return Layout(found["front"] or "", found["heading"] or "", found["body"])


_LAYOUT = re.compile(r"(?P<front>---\n(?:.*\n)*?---\n\n*)?\n*(?P<heading># .*)?\n*(?P<body>(?s:.*))")


def _inert(value: object) -> object:
    """What a template writes into the page: names are plain, so Markdown finds nothing in them; ids and docnames stay."""
    return escaped(value) if isinstance(value, str) and not _HARMLESS.fullmatch(value) else value


_HARMLESS = re.compile(r"[^\W_]+(?:[ _./-][^\W_]+)*")


@lru_cache(maxsize=32)
def _compiled(text: str) -> jinja2.Template:
    """A template; many pages are made from one."""
    environment = jinja2.Environment(  # noqa: S701 (the output is Markdown, not HTML)
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_inert,
    )
    return environment.from_string(text)
