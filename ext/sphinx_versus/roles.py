"""The roles: references to technologies, comparisons, misconceptions, criteria and rows; values of facts; source marks."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole, SphinxRole

from .catalogue import query
from .catalogue.check import UNKNOWN
from .problems import Code, unknown
from .render import words
from .render.parts import link, marks
from .render.table import plain
from .site.domain import domain_of
from .site.page import Page, page_of
from .site.places import locate
from .site.project import project_of
from .site.reporting import report

RoleResult = tuple[list[nodes.Node], list[nodes.system_message]]


class ObjectRole(ReferenceRole):
    """A reference to an object: its name as text, unless one is given (``text <id>``)."""

    @property
    def type(self) -> str:
        """The object type, which is the role's name."""
        return self.name.rpartition(":")[2]

    @property
    def page(self) -> Page:
        """The page on which the role stands."""
        return page_of(self.env, self.inliner.document)

    def run(self) -> RoleResult:
        """The reference; an unknown target is reported and shown as plain text."""
        name = self.page.ask(query.name, self.type, self.target)
        if name is None:
            report_unknown(self, self.type, self.target)
            return [nodes.literal("", self.title)], []
        return [self.reference(self.title if self.has_explicit_title else name)], []

    def reference(self, text: str, title: str = "") -> nodes.Node:
        """The cross-reference, noted as one that this page makes."""
        if self.disabled:
            return nodes.inline("", text.lstrip("!"))
        domain_of(self.env).note_reference(self.env.docname, (self.type, self.target))
        reference = link(self.type, self.target, text, explicit=self.has_explicit_title, title=title)
        reference["refwarn"] = True
        reference["refdoc"] = self.env.docname
        self.set_source_info(reference)
        return reference


class RowRole(ObjectRole):
    """A reference to a row of a comparison: ``comparison/criterion``."""

    def run(self) -> RoleResult:
        """The reference with the criterion's name as text."""
        comparison, _, criterion = self.target.partition("/")
        name = self.page.ask(query.name, "criterion", criterion)
        if name is None or comparison not in project_of(self.env).catalogue.comparisons:
            report_unknown(self, "comparison" if name else "criterion", comparison if name else criterion)
            return [nodes.literal("", self.title)], []
        return [self.reference(self.title if self.has_explicit_title else name)], []


class FactRole(ObjectRole):
    """A value of the catalogue in a sentence: ``technology/criterion``; its note is the tooltip."""

    def run(self) -> RoleResult:
        """The value, linked to its row."""
        technology, _, criterion = self.target.partition("/")
        answer = self.page.ask(query.fact, technology, criterion)
        if answer is None:
            report_unknown(self, "fact", self.target)
            return [nodes.literal("", self.title)], []
        asked, cell = answer
        text = self.title if self.has_explicit_title else words.value(asked, cell, self.page.language)
        note = plain(cell.fact.note.text) if cell.fact and cell.fact.note else ""
        return [self.reference(text, note)], []


class SourceRole(SphinxRole):
    """Source marks in a sentence: one or more ids of sources, separated by commas."""

    def run(self) -> RoleResult:
        """The marks; they get their numbers when the page is finished."""
        ids = [id_.strip() for id_ in self.text.split(",") if id_.strip()]
        known = project_of(self.env).catalogue.sources
        for id_ in ids:
            if id_ not in known:
                report_unknown(self, "source", id_)
        return marks(id_ for id_ in ids if id_ in known), []


def report_unknown(role: SphinxRole, type_: str, id_: str) -> None:
    """Say that a target is unknown; in a record that was said when the data were loaded."""
    source, line = role.get_source_info()
    catalogue = project_of(role.env).catalogue
    code, what = UNKNOWN.get(type_, (Code.INVALID_ARGUMENT, "known"))
    place = locate(str(source or ""), line or 1, id_)
    if place.path not in {known.path for known in catalogue.places.values()}:
        report(unknown(place, code, id_, what, catalogue.defined[type_]))


ROLES = {
    "technology": ObjectRole,
    "comparison": ObjectRole,
    "misconception": ObjectRole,
    "criterion": ObjectRole,
    "row": RowRole,
    "fact": FactRole,
    "source": SourceRole,
}


def setup(app: Sphinx) -> None:
    """Make each role known by its plain name and as ``versus:<name>``."""
    for name, role in ROLES.items():
        app.add_role(name, role())
        app.add_role_to_domain("versus", name, role())


