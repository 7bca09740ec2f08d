"""``misconception`` (one), ``misconceptions`` (of a comparison or of technologies) and ``misconception-index`` (all)."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from ..catalogue import query
from ..catalogue.model import Misconception
from ..catalogue.views import Side
from ..problems import Code
from ..render.listing import build_misconception_list
from ..render.misconception import build_card, build_misconception
from ..render.parts import append_marks
from ..site.finish import index_node, indexed
from .base import DirectiveProblem, IdList, Nodes, Options, VersusDirective, add_directive


class InlineOptions(Options):
    """For a misconception that is written on the page."""

    about: IdList = ()
    sources: IdList = ()


class OneMisconception(VersusDirective):
    """A record by id; or, with a body, the claim as argument and the correction as body."""

    has_content = True
    options_model = InlineOptions

    def build(self, options: InlineOptions) -> Nodes:
        if not self.argument:
            hint = "expected an id, or a claim with the correction as body"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" needs an argument', hint)
        if self.content:
            return self._written(options)
        for name in ("about", "sources"):
            if getattr(options, name):
                message, hint = f'"{name}" is for a misconception that has a body', "remove it: the record says it"
                self.tell(DirectiveProblem(Code.INVALID_OPTION, message, hint, name, option=name))
        return self._recorded()

    def _recorded(self) -> Nodes:
        if " " in self.argument:
            message = "a misconception without a correction"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, "write the correction as the body of the directive")
        self.check_known("misconception", self.argument)
        return show_misconceptions(self, [self.page.ask(query.misconception, self.argument)])

    def _written(self, options: InlineOptions) -> Nodes:
        named = self.known("technology", options.about, "about")
        sources = self.known("source", options.sources, "sources")
        self.go_on()
        about = self.page.ask(query.sides, named)
        correction = append_marks(self.parse_content_to_nodes(), sources)
        return [build_card(self.argument, correction, about)]


class MisconceptionsOptions(Options):
    """Leave out some."""

    exclude: IdList = ()


class Misconceptions(VersusDirective):
    """The argument is a comparison or any technologies; without one, the page's own record."""

    options_model = MisconceptionsOptions

    def build(self, options: MisconceptionsOptions) -> Nodes:
        exclude = self.known_but("misconception", options.exclude, "exclude")
        found = [one for one in self._found() if one.id not in exclude]
        return show_misconceptions(self, found)

    def _found(self) -> tuple[Misconception, ...]:
        names = self.argument.replace(",", " ").split()
        if not names and self.page.technology:
            names = [self.page.technology]
        if len(names) > 1 or (names and names[0] in self.catalogue.technologies):
            good = self.known("technology", names)
            self.go_on()
            return self.page.ask(query.misconceptions, "", good)
        if names and names[0] not in self.catalogue.compared:
            self.page.ask_whether_known("technology", names[0])
        return self.page.ask(query.misconceptions, self.comparison_id())


def show_misconceptions(directive: VersusDirective, found: Iterable[Misconception | None]) -> Nodes:
    """The cards; on the page to which a misconception belongs, with its entries in the general index."""
    blocks: Nodes = []
    for one in found:
        if one is not None:
            about = directive.page.ask(query.sides, one.about)
            shown = build_misconception(directive.page, one, about)
            blocks += [*([_index(one, about, shown)] if directive.page.is_home("misconception", one.id) else []), shown]
    return blocks


def _index(one: Misconception, about: tuple[Side, ...], shown: nodes.container) -> addnodes.index:
    anchor = next(iter(shown.findall(nodes.target)))["ids"][0]
    claim = indexed(one.claim)
    words = [f"misconception; {claim}", *(f"{indexed(side.name)}; “{claim}”" for side in about)]
    return index_node(("single", word, anchor, "", None) for word in words)


class IndexOptions(Options):
    """Filters."""

    technology: str = ""
    kind: str = ""


class MisconceptionIndex(VersusDirective):
    """All misconceptions, or those about a technology or a kind."""

    options_model = IndexOptions

    def build(self, options: IndexOptions) -> Nodes:
        self.no_argument()
        self.check_filters(options.kind, options.technology)
        named = (options.technology,) if options.technology else ()
        found = self.page.ask(query.misconceptions, "", named, options.kind)
        pairs = [(one, self.page.ask(query.sides, one.about)) for one in found]
        return [build_misconception_list(self.page, pairs)] if pairs else []


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "misconception", OneMisconception)
    add_directive(app, "misconceptions", Misconceptions)
    add_directive(app, "misconception-index", MisconceptionIndex)
