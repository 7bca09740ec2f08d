"""``comparison`` (the whole body of a comparison's page) and its parts.

These are ``comparison-summary``, ``topics``, ``related-comparisons`` and ``comparison-index``.
"""

from __future__ import annotations

from typing import Annotated, Any

from docutils import nodes
from pydantic import BeforeValidator
from sphinx.application import Sphinx

from ..catalogue import query
from ..catalogue.model import Topic
from ..components import comparison_list
from ..components.i18n import _
from ..components.node_helpers import emphasis, paragraph, title
from ..environment.body import parse_page_body
from ..environment.contents import hidden_toctree
from ..problems import nearest
from .base import Flag, Nodes, Number, Options, VersusDirective, Word, add_directive

STYLES = ("cards", "list")


def _style(value: Any) -> Any:
    if value not in STYLES:
        raise ValueError(nearest(str(value), STYLES))
    return value


class Comparison(VersusDirective):
    """Everything that the page of a comparison shows, as the page's template arranges it."""

    def build(self, options: Options) -> Nodes:
        return parse_page_body(self.env, self.state.document, "comparison", self.comparison_id())


class ComparisonSummary(VersusDirective):
    """The summary of a comparison under its status line."""

    def build(self, options: Options) -> Nodes:
        return [self.page.component("summary", self.comparison_id(), True)]


class Topics(VersusDirective):
    """The short sections that a comparison's record carries, as sections of the page."""

    def build(self, options: Options) -> Nodes:
        id_ = self.comparison_id()
        return [self._section(id_, topic) for topic in self.page.ask(query.topics, id_)]

    def _section(self, comparison: str, topic: Topic) -> nodes.section:
        anchor = self.page.claim(f"topic-{topic.id}")  # without the prefix it could be the id of a part of the theme
        names = [nodes.fully_normalize_name(topic.title)]
        section = nodes.section("", title(topic.title), ids=[anchor], names=names)
        self.state.document.note_implicit_target(section, section)
        section += self.page.show("topic", topic.body, comparison, topic.id)
        return section


class RelatedOptions(Options):
    """How many."""

    limit: Number = 6


class RelatedComparisons(VersusDirective):
    """What to read next."""

    options_model = RelatedOptions

    def build(self, options: RelatedOptions) -> Nodes:
        arguments = (False, self.comparison_id(), options.limit)
        view = comparison_list.view(self.page.ask, *arguments)
        if view.comparisons:
            return [self.page.show("comparison-list", view, *arguments)]
        words = _("No related comparison has been written yet.")
        return [paragraph(emphasis(words), classes=["versus-none"])]


class IndexOptions(Options):
    """Filters, and the look of the list."""

    kind: Word = ""
    technology: Word = ""
    style: Annotated[str, BeforeValidator(_style)] = "cards"
    toctree: Flag = False


class ComparisonIndex(VersusDirective):
    """All comparisons, or those of a kind or with a technology."""

    options_model = IndexOptions

    def build(self, options: IndexOptions) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind, options.technology)
        arguments = (options.style == "cards", "", 0, options.kind, options.technology)
        view = comparison_list.view(self.page.ask, *arguments)
        if not view.comparisons:
            return []
        shown = self.page.show("comparison-list", view, *arguments)
        listed = (comparison.id for comparison in view.comparisons)
        return [shown, *(hidden_toctree(self.env, "comparison", listed) if options.toctree else [])]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "comparison", Comparison)
    add_directive(app, "comparison-summary", ComparisonSummary)
    add_directive(app, "topics", Topics)
    add_directive(app, "related-comparisons", RelatedComparisons)
    add_directive(app, "comparison-index", ComparisonIndex)
