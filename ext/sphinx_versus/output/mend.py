"""Where the site has a public repository, each row leads to a prefilled issue and to the lines of its records.

Runs in the write phase, for web pages only. The lines were asked for when the page was read, so a page follows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from ..catalogue import query
from ..catalogue.views import Line
from ..render.table import ASKS
from ..render.words import _
from ..site.own_pages import connect_on_own_pages
from ..site.project import project_of
from ..site.repository import Repository
from .passages import raw
from .web import makes_web_pages


def add_menus(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: a menu in the first cell of each row."""
    repository = project_of(app.env).settings.repository
    if repository is None or not makes_web_pages(app.builder):
        return
    rows = [row for row in doctree.findall(nodes.row) if ASKS in row]
    if not rows:
        return
    asked = tuple(tuple(row.attributes[ASKS].split()) for row in rows)
    lines = query.record_lines(project_of(app.env).catalogue, asked)
    title = app.env.titles[docname].astext()
    for row, found in zip(rows, lines, strict=True):
        _Menu(row, found, title, docname).add(repository)


class _Menu:
    """The menu of one row."""

    def __init__(self, row: nodes.row, lines: Sequence[Line], title: str, docname: str) -> None:
        self.row, self.lines, self.title, self.docname = row, lines, title, docname
        self.asked = " ".join(next(row.findall(nodes.paragraph)).astext().split())

    def add(self, repository: Repository) -> None:
        links = [(_("Report a mistake"), repository.issue(f"{self.title}: {self.asked}", self._body(repository)))]
        links += [(_("Edit the data: %s") % line.name, repository.line(line.path, line.line)) for line in self.lines]
        items = "".join(f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in links)
        label = escape(_("Report or edit: %s") % self.asked)
        menu = f'<details class="versus-mend headerlink"><summary aria-label="{label}">✎</summary>{items}</details>'
        first = next(self.row.findall(nodes.entry))
        first += nodes.raw("", menu, format="html", classes=["no-search"])

    def _body(self, repository: Repository) -> str:
        """The page, the values and their records, and room for what is wrong."""
        said = [f"{self.docname}, {self.asked}", ""]
        for line, value in zip(self.lines, self._values(), strict=False):
            said.append(f"{line.name}: {value} ({repository.data}/{line.path})")
        return "\n".join([*said, "", _("What is wrong, and where can it be looked up?"), ""])

    def _values(self) -> Iterator[str]:
        for entry in self.row.children[1:]:
            assert isinstance(entry, nodes.entry)
            passage = next(entry.findall(raw), None)
            if passage is not None:
                yield passage["passage"]["words"][0]
                continue
            value = next((one for one in entry.findall(nodes.paragraph) if "versus-value" in one["classes"]), None)
            yield "" if value is None else "".join(value.findall(nodes.Text))


def setup(app: Sphinx) -> None:
    """Connect before tables are changed for the browser."""
    connect_on_own_pages(app, add_menus, priority=400)
