"""``comparison`` and what the page of a comparison consists of, apart from its table.

The argument of each is a comparison; without one, it is the comparison whose page this is.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes

from ..catalogue import query
from ..catalogue.lengths import too_long
from ..catalogue.model import Misconception
from ..catalogue.prose import is_web_address
from ..components import comparison_list, misconception, verdict
from ..components.i18n import _
from ..components.invitation import ADDRESS
from ..components.node_helpers import append_marks, emphasis, inline, mark, paragraph, title
from ..environment.page_transforms import index_node, indexed
from ..environment.project import project_of
from ..environment.reporting import report
from ..environment.virtual_page_parser import parse_page_body
from ..problems import Code, nearest
from .base import Check, DirectiveProblem, Nodes, Option, VersusDirective, ids, number

HELD = "versus_held"
"""Where it is noted which comparison is just being shown on the page that is read."""
LEAD = re.compile(r"[^\s:]+:\s+\S")
"""How a line of ``leads`` begins."""
EXPECTED_LEAD = "expected lines such as `django: Many parts are included.`"


class Comparison(VersusDirective):
    """Everything that the page of a comparison shows, as the page's template arranges it."""

    def build(self, options: Any) -> Nodes:
        id_, held = self.comparison_id(), self.env.current_document.get(HELD, "")
        if held:  # a template that shows its own comparison would have no end
            message = f'"{id_}" cannot be shown within "{held}"'
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, "remove it from the template", id_)
        self.env.current_document[HELD] = id_
        try:
            return parse_page_body(self.env, self.state.document, "comparison", id_)
        finally:
            self.env.current_document[HELD] = ""


class ComparisonSummary(VersusDirective):
    """The summary of a comparison, under its status line unless the page has that one under its title."""

    def build(self, options: Any) -> Nodes:
        id_ = self.comparison_id()
        return [self.page.component("summary", id_, id_ != self.page.comparison, True)]


class ValueAges(VersusDirective):
    """How old and how sure the values of a comparison are, or those of a technology."""

    def build(self, options: Any) -> Nodes:
        name = self.argument or self.page.technology
        if name and self.is_technology(name):
            return [self.page.component("ages", "technology", name)]
        if name and (problem := self.unknown_owner(name)):
            raise problem
        return [self.page.component("ages", "comparison", self.comparison_id())]


class Differences(VersusDirective):
    """In what the sides differ."""

    options_read: ClassVar = {"limit": Option(number, 3)}

    def build(self, options: Any) -> Nodes:
        return [self.page.component("differences", self.comparison_id(), options.limit)]


class Topics(VersusDirective):
    """The short sections that a comparison's record carries, as sections of the page."""

    def build(self, options: Any) -> Nodes:
        id_ = self.comparison_id()
        sections: Nodes = []
        for topic in self.page.ask(query.topics, id_):
            anchor = self.page.claim(
                f"topic-{topic.id}"
            )  # without the prefix it could be the id of a part of the theme
            names = [nodes.fully_normalize_name(topic.title)]
            section = nodes.section("", title(topic.title), ids=[anchor], names=names)
            self.state.document.note_implicit_target(section, section)
            if topic.leads:
                section += self.page.component("leads", id_, tuple(topic.leads.items()))
            section += self.page.show("topic", topic.body, id_, topic.id)
            sections.append(section)
        return sections


class Leads(VersusDirective):
    """The leads of a section of the page: a line of the body for each, ``id: text``."""

    takes_content = True

    def build(self, options: Any) -> Nodes:
        id_ = self.comparison_id()
        sides = [side.id for side in self.page.ask(query.sides_of, id_)]
        lines = self._lines()
        if not lines:
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" has no lines', EXPECTED_LEAD)
        if self.argument and len(lines) > 1 and not {_lead(line)[0] for line in lines if LEAD.match(line)} & {*sides}:
            message, hint = (
                f'the lines of "{self.name}" are about no side of "{id_}"',
                f"its sides are {', '.join(sides)}",
            )
            raise DirectiveProblem(Code.NOT_COMPARED, message, hint, self.argument)
        (valid,) = self.valid(Check(lines, partial(self._misfit, sides, set())))
        leads = dict(map(_lead, valid))
        for line in valid:
            report(*too_long("lead", _lead(line)[1], partial(self.place_of, _first(line))))
        silent = [f'"{side}"' for side in sides if side not in leads]
        if silent and len(leads) == len(lines):
            message = f'"{self.name}" says nothing of {" and ".join(silent)}'
            self.report(DirectiveProblem(Code.ONE_SIDED, message, "add a line for every side"))
        return [self.page.component("leads", id_, tuple(leads.items()))]

    def _lines(self) -> list[str]:
        """The lines of the body, each with those that continue it."""
        return [line.strip() for line in re.split(r"\n(?![ \t])", "\n".join(self.content)) if line.strip()]

    def _misfit(self, sides: Sequence[str], before: set[str], line: str) -> DirectiveProblem | None:
        """What is wrong with a line that should be a lead, after those about the sides before."""
        excerpt = _first(line)
        if not LEAD.match(line):
            found = re.match(r"(\S+?)(?:\s*[:=–—-]\s*|\s+)(.*)", excerpt)
            hint = f'write "{found[1]}: {found[2]}"' if found and found[1] in sides else EXPECTED_LEAD
            return DirectiveProblem(Code.INVALID_ARGUMENT, f'"{excerpt}" is not a lead', hint, excerpt)
        side, _words = _lead(line)
        if side not in sides:
            message = f'"{side}" is not a side of this comparison'
            return DirectiveProblem(Code.NOT_COMPARED, message, nearest(side, sides), excerpt)
        if side in before:
            message = f'"{side}" already has a line'
            return DirectiveProblem(Code.DUPLICATE_ENTRY, message, "remove one of them", excerpt)
        before.add(side)
        return None


def _first(line: str) -> str:
    """As much of a line as stands before those that continue it."""
    return line.partition("\n")[0].rstrip()


def _lead(line: str) -> tuple[str, str]:
    """The side and the words of a line."""
    side, _, words = line.partition(":")
    return side, " ".join(words.split())


class Verdict(VersusDirective):
    """When to choose which side, or when each is used, with reasons; for a derived pair, an invitation to write it."""

    def build(self, options: Any) -> Nodes:
        id_ = self.comparison_id()
        view = verdict.view(self.page.ask, id_)
        if id_ in self.catalogue.derived:
            address = self._address()
            slots = {ADDRESS: [address]} if address else {}
            return [self.page.component("invitation", self.catalogue.sides_of(id_), bool(address), slots=slots)]
        if view is None:
            reported = self.catalogue.lacks("comparison", id_, "verdict")
            message, hint = f'"{id_}" has no verdict', "add verdict: to its record"
            raise DirectiveProblem(Code.NO_VERDICT, message, hint, reported=reported)
        shown = self.page.show("verdict", view, id_)
        self.page.name(shown, "answer")
        return [shown]

    def _address(self) -> nodes.Element | None:
        """The page on which readers learn how to write a comparison, when the site names one."""
        named = project_of(self.env).settings.contribute
        words = inline(_("How to write a comparison"))
        if not named or is_web_address(named):
            return nodes.reference("", "", words, refuri=named) if named else None
        target = {"reftype": "doc", "refdomain": "std", "reftarget": f"/{named}", "refexplicit": True, "refwarn": False}
        return addnodes.pending_xref("", words, **target)


class RelatedComparisons(VersusDirective):
    """What to read next."""

    options_read: ClassVar = {"limit": Option(number, 3)}

    def build(self, options: Any) -> Nodes:
        arguments = (True, self.comparison_id(), options.limit)
        view = comparison_list.view(self.page.ask, *arguments)
        if view.comparisons:
            return [self.page.show("comparison-list", view, *arguments)]
        words = _("No related comparison has been written yet.")
        return [paragraph(emphasis(words), classes=["versus-none"])]


# -- misconceptions -------------------------------------------------------------------------------------------------------


class OneMisconception(VersusDirective):
    """A record by id; or, with a body, the claim as argument and the correction as body."""

    takes_content = True
    options_read: ClassVar = {"about": Option(ids, ()), "sources": Option(ids, ())}
    """For a misconception that is written on the page."""

    def _options(self) -> dict[str, Any]:
        if not self.argument:
            hint = "expected an id, or a claim with the correction as body"
            if not self.content:
                hint = 'did you mean the directive "misconceptions"?'
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" needs an argument', hint)
        return super()._options()

    def build(self, options: Any) -> Nodes:
        if self.content:
            return self._written(options)
        if " " in self.argument and not self.catalogue.named(self.argument, "misconception"):
            message, hint = "a misconception without a correction", "write the correction as the body of the directive"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, self.argument)
        for name in ("about", "sources"):
            if getattr(options, name):
                message, hint = f'"{name}" is for a misconception that has a body', "remove it: the record says it"
                self.report(DirectiveProblem(Code.INVALID_OPTION, message, hint, name, option=name))
        self.check_known("misconception", self.argument)
        return show_misconceptions(self, [self.argument])

    def _written(self, options: Any) -> Nodes:
        about = self.recorded("technology", options.about, "about")
        named, sources = self.valid(about, self.recorded("source", options.sources, "sources"))
        correction = append_marks(self.parse_content_to_nodes(), [mark(id_) for id_ in sources])
        slots = {misconception.CORRECTION: correction}
        return [self.page.component("misconception", "", self.argument, named, slots=slots)]


class Misconceptions(VersusDirective):
    """The argument is a comparison or any technologies; without one, the page's own record."""

    options_read: ClassVar = {"exclude": Option(ids, ())}

    def build(self, options: Any) -> Nodes:
        (exclude,) = self.valid(self.recorded("misconception", options.exclude, "exclude", least=0))
        return show_misconceptions(self, [one.id for one in self._found() if one.id not in exclude])

    def _found(self) -> tuple[Misconception, ...]:
        names = self.argument.replace(",", " ").split()
        if not names and self.page.technology:
            names = [self.page.technology]
        if len(names) > 1 or (names and self.is_technology(names[0])):
            (technologies,) = self.valid(self.named_technologies(names))
            return self.page.ask(query.misconceptions, "", technologies)
        if names and (problem := self.unknown_owner(names[0])):
            raise problem
        return self.page.ask(query.misconceptions, self.comparison_id())


def show_misconceptions(directive: VersusDirective, ids: Iterable[str]) -> Nodes:
    """The cards; on the page to which a misconception belongs, with its entries in the general index."""
    blocks: Nodes = []
    for id_ in ids:
        if view := misconception.view(directive.page.ask, id_):
            shown = directive.page.show("misconception", view, id_)
            if directive.page.is_home("misconception", id_):
                claim, anchor = indexed(view.claim), shown["anchors"]["misconception", id_]
                words = [f"misconception; {claim}", *(f"{indexed(side.name)}; “{claim}”" for side in view.about)]
                blocks.append(index_node((word, anchor) for word in words))
            blocks.append(shown)
    return blocks
