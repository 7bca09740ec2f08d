"""The roles: references to technologies, comparisons, misconceptions, criteria and rows; values of facts; source marks."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole, SphinxRole

from .catalogue import query
from .catalogue.prose import MOST_PROBLEMS, RoleUse
from .catalogue.reader import MAX_ENTRIES
from .catalogue.rules import not_a_row
from .characters import REPLACEMENT
from .components import i18n
from .components.node_helpers import inline, link, mark, text
from .environment.page_mistakes import is_told
from .environment.project import project_of
from .environment.reading_page import Page
from .environment.reporting import defer, locate_role
from .problems import Code, Place, Problem, closest

_REPORTED = "versus_reported_roles"
"""How often a role in a block was reported: the same text may stand there again."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
"""What no XML can hold, and with it no EPUB."""
MOST_SHOWN = 200
"""So many characters of a record stand in a sentence or a tooltip: a role of twenty must not become twelve thousand."""
MOST_WRITTEN = 1_000
"""So many characters a role on a page has that names one thing."""
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
        return Page(self.env, self.inliner.document)

    def run(self) -> RoleResult:
        """The reference; an unknown target is reported and shown as plain text, and so is one after ``!``."""
        if self.disabled:  # Sphinx leaves the mark in the text
            self.title, self.target = self.title.removeprefix("!"), self.target.removeprefix("!")
        if self.rawtext.startswith((":external:", ":external+")):  # asked for by intersphinx, which knows the name
            return [self.reference(self.title, "")], []
        if len(self.text) > MOST_WRITTEN:
            message, hint = f"a role with {len(self.text):,} characters", f"expected at most {MOST_WRITTEN:,}"
            report_target(self, "", lambda place: Problem(place, Code.TOO_LARGE, message, hint))
            return [nodes.literal("", _shortened(self.title))], []
        shown = self.shown()
        if shown is None:
            return [nodes.literal("", _shortened(self.title))], []
        name, title = shown
        label = self.title if self.has_explicit_title else _shortened(name)
        return [inline(label) if self.disabled else self.reference(label, _shortened(title))], []

    def shown(self) -> tuple[str, str] | None:
        """The words that stand for the target, and its tooltip; ``None`` when it is unknown, which is reported."""
        name = self.page.ask(query.name, self.type, self.target)
        if name is None:
            report_unknown(self, self.type, self.target)
        return None if name is None else (name, "")

    def reference(self, label: str, title: str) -> nodes.Node:
        """The cross-reference."""
        reference = link(self.type, self.target, label, explicit=self.has_explicit_title, title=title)
        reference["refwarn"] = True
        reference["refdoc"] = self.env.docname
        self.set_source_info(reference)
        return reference


class RowRole(ObjectRole):
    """A reference to a row of a comparison (``comparison/criterion``): the criterion's name as text."""

    def shown(self) -> tuple[str, str] | None:
        comparison, slash, criterion = self.target.partition("/")
        if not slash:
            catalogue = project_of(self.env).catalogue
            report_target(
                self, self.target, lambda place: not_a_row(catalogue, place, self.target, self.page.comparison)
            )
            return None
        for type_, id_ in (("comparison", comparison), ("criterion", criterion)):
            if self.page.ask(query.name, type_, id_) is None:
                report_unknown(self, type_, id_)
                return None
        return str(self.page.ask(query.name, "criterion", criterion)), ""


class FactRole(ObjectRole):
    """A value of the catalogue in a sentence (``technology/criterion``), linked to its row; its note is the tooltip."""

    def shown(self) -> tuple[str, str] | None:
        technology, slash, criterion = self.target.partition("/")
        if not slash:
            report_target(self, self.target, self._no_fact)
            return None
        answer = self.page.ask(query.fact, technology, criterion)
        if answer is None:
            report_unknown(self, "fact", self.target)
            return None
        asked, cell = answer
        note = cell.fact.note.text if cell.fact and cell.fact.note else ""
        tooltip = " ".join(note.replace("*", "").replace("`", "").split())  # without marks of emphasis and code
        return i18n.value(asked, cell, self.config.language or "en"), tooltip

    def _no_fact(self, place: Place) -> Problem:
        """The problem of a target without a slash."""
        catalogue = project_of(self.env).catalogue
        meant, near = catalogue.with_slash(self.target), closest(self.target, catalogue.technologies)
        facts = [f"{near}/{one}" for one in catalogue.technologies[near].facts] if near else []
        hint = f'expected "technology/criterion"{", such as " + facts[0] if facts else ""}'
        hint = f'did you mean "{meant}"?' if meant else hint
        return Problem(place, Code.UNKNOWN_FACT, f'"{self.target}" is no fact', hint)


class SourceRole(SphinxRole):
    """Source marks in a sentence: one or more ids of sources, separated by commas."""

    def run(self) -> RoleResult:
        """The marks; they get their numbers when the page is finished."""
        ids = [id_.strip() for id_ in self.text.split(",") if id_.strip()]
        if len(ids) > MAX_ENTRIES:
            message, hint = f"a role with {len(ids):,} sources", f"expected at most {MAX_ENTRIES:,}"
            report_target(self, ids[0], lambda place: Problem(place, Code.TOO_LARGE, message, hint))
            return [nodes.literal("", _shortened(self.text))], []
        page = Page(self.env, self.inliner.document)
        known = [id_ for id_ in ids if page.ask(query.source, id_)]
        unknown = [id_ for id_ in ids if id_ not in known]
        for id_ in unknown[:MOST_PROBLEMS]:
            report_unknown(self, "source", id_)
        if (more := len(unknown) - MOST_PROBLEMS) > 0:
            message, hint = f"a role with {more:,} more unknown sources", f"the first {MOST_PROBLEMS} are reported"
            report_target(self, unknown[MOST_PROBLEMS], lambda place: Problem(place, Code.MORE_PROBLEMS, message, hint))
        return [mark(id_) for id_ in known], []


class VerbatimRole(SphinxRole):
    """Plain text in Markdown: shown as typed, without typographic quotation marks or dashes."""

    def run(self) -> RoleResult:
        """The text, without the blanks that keep backticks at its ends apart from those of the role, or what no text may have."""
        return [text(_CONTROL.sub(REPLACEMENT, self.text.strip(" ")))], []


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1].rstrip()}…"


def report_unknown(role: SphinxRole, type_: str, id_: str) -> None:
    """Report an unknown target; one with a broken record was reported when the data were loaded."""
    catalogue = project_of(role.env).catalogue
    if re.search(r"\s<[^<>]*$", role.text):
        message, hint = f'the target of the role "{role.name}" is never closed', "close it with >"
        report_target(role, role.text, lambda place: Problem(place, Code.UNCLOSED, message, hint))
    elif RoleUse(role.name, role.text, Place("")).holds_another:
        if "`" in role.text:  # in Markdown, a backtick is left over, which is reported
            hint = "close it with ` right behind its target"
            message = f'the role "{role.name}" is never closed'
            report_target(role, id_, lambda place: Problem(place, Code.UNCLOSED, message, hint))
    elif is_told(role.env, catalogue, type_, id_):
        role.env.note_reread()  # it is wrong still when what is reported instead is right
    else:
        report_target(role, id_, lambda place: catalogue.unknown(place, type_, id_))


def report_target(role: SphinxRole, target: str, problem: Callable[[Place], Problem]) -> None:
    """Report what is wrong with a target, where it stands; in a record that was done when the data were loaded."""
    source, line = role.get_source_info()
    if str(source) in project_of(role.env).catalogue.paths:
        return
    times: Any = role.env.current_document.setdefault(_REPORTED, Counter())
    place = locate_role(str(source or ""), line or 1, role.rawtext, target, times[line, role.rawtext])
    times[line, role.rawtext] += 1
    defer(role.env, problem(place))


ROLES: Mapping[str, type[SphinxRole]] = {
    **dict.fromkeys(("technology", "comparison", "misconception", "criterion"), ObjectRole),
    "row": RowRole,
    "fact": FactRole,
    "source": SourceRole,
    "verbatim": VerbatimRole,
}


def setup(app: Sphinx) -> None:
    """Make each role known by its plain name and as ``versus:<name>``."""
    for name, role in ROLES.items():
        app.add_role(name, role())
        app.add_role_to_domain("versus", name, role())
