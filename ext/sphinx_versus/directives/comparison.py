"""``comparison`` and what the page of a comparison consists of, apart from its table and misconceptions.

The argument of each is a comparison; without one, it is the comparison whose page this is.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from ..catalogue import query
from ..catalogue.prose import is_web_address
from ..components import comparison_list, verdict
from ..components.i18n import _
from ..components.invitation import ADDRESS
from ..components.node_helpers import emphasis, inline, paragraph, title
from ..environment.project import project_of
from ..environment.record_parser import parse_page_body
from ..problems import Code
from .base import DirectiveProblem, Flag, Nodes, Number, Options, VersusDirective


class LimitOptions(Options):
    """How many are shown."""

    limit: Number = 6


class Comparison(VersusDirective):
    """Everything that the page of a comparison shows, as the page's template arranges it."""

    def build(self, options: Options) -> Nodes:
        return parse_page_body(self.env, self.state.document, "comparison", self.comparison_id())


class SummaryOptions(Options):
    """What is shown."""

    text: Flag = False


class ComparisonSummary(VersusDirective):
    """The summary of a comparison under its status line, or the text of the summary alone."""

    options_model = SummaryOptions

    def build(self, options: SummaryOptions) -> Nodes:
        return [self.page.component("summary", self.comparison_id(), not options.text, True)]


class ValueAges(VersusDirective):
    """How old and how sure the values of a comparison are, or those of a technology."""

    def build(self, options: Options) -> Nodes:
        name = self.argument or self.page.technology
        if name and name in self.catalogue.technologies:
            return [self.page.component("ages", "technology", name)]
        return [self.page.component("ages", "comparison", self.comparison_id())]


class Differences(VersusDirective):
    """In what the sides differ."""

    options_model = LimitOptions

    def build(self, options: LimitOptions) -> Nodes:
        return [self.page.component("differences", self.comparison_id(), options.limit)]


class Topics(VersusDirective):
    """The short sections that a comparison's record carries, as sections of the page."""

    def build(self, options: Options) -> Nodes:
        id_ = self.comparison_id()
        sections: Nodes = []
        for topic in self.page.ask(query.topics, id_):
            anchor = self.page.claim(
                f"topic-{topic.id}"
            )  # without the prefix it could be the id of a part of the theme
            names = [nodes.fully_normalize_name(topic.title)]
            section = nodes.section("", title(topic.title), ids=[anchor], names=names)
            self.state.document.note_implicit_target(section, section)
            section += self.page.show("topic", topic.body, id_, topic.id)
            sections.append(section)
        return sections


class Verdict(VersusDirective):
    """When to choose which side, or when each is used, with reasons; for a derived pair, an invitation to write it."""

    def build(self, options: Options) -> Nodes:
        id_ = self.comparison_id()
        view = verdict.view(self.page.ask, id_)
        if id_ in self.catalogue.derived:
            address = self._address()
            slots = {ADDRESS: [address]} if address else {}
            return [self.page.component("invitation", self.catalogue.sides_of(id_), bool(address), slots=slots)]
        if view is None:
            raise DirectiveProblem(Code.NO_VERDICT, f'"{id_}" has no verdict', "add verdict: to its record")
        shown = self.page.show("verdict", view, id_)
        shown["ids"].append(self.page.claim("answer"))
        return [shown]

    def _address(self) -> nodes.Element | None:
        """The page on which readers learn how to write a comparison, when the site names one."""
        named = project_of(self.env).settings.contribute
        words = inline(_("How to write a comparison"))
        if not named or is_web_address(named):
            return nodes.reference("", "", words, refuri=named) if named else None
        target = {"reftype": "doc", "refdomain": "std", "reftarget": f"/{named}", "refexplicit": True, "refwarn": True}
        return addnodes.pending_xref("", words, **target)


class RelatedComparisons(VersusDirective):
    """What to read next."""

    options_model = LimitOptions

    def build(self, options: LimitOptions) -> Nodes:
        arguments = (False, self.comparison_id(), options.limit)
        view = comparison_list.view(self.page.ask, *arguments)
        if view.comparisons:
            return [self.page.show("comparison-list", view, *arguments)]
        words = _("No related comparison has been written yet.")
        return [paragraph(emphasis(words), classes=["versus-none"])]
