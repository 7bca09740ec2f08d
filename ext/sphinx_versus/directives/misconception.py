"""``misconception`` (one) and ``misconceptions`` (of a comparison or of technologies)."""

from collections.abc import Iterable

from ..catalogue import query
from ..catalogue.model import Misconception
from ..components import misconception
from ..components.node_helpers import append_marks, mark
from ..environment.page_transforms import index_node, indexed
from ..problems import Code
from .base import DirectiveProblem, IdList, Nodes, Options, VersusDirective


class InlineOptions(Options):
    """For a misconception that is written on the page."""

    about: IdList = ()
    sources: IdList = ()


class OneMisconception(VersusDirective):
    """A record by id; or, with a body, the claim as argument and the correction as body."""

    takes_content = True
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
                self.report(DirectiveProblem(Code.INVALID_OPTION, message, hint, name, option=name))
        if " " in self.argument:
            message, hint = "a misconception without a correction", "write the correction as the body of the directive"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint)
        self.check_known("misconception", self.argument)
        return show_misconceptions(self, [self.argument])

    def _written(self, options: InlineOptions) -> Nodes:
        about = self.recorded("technology", options.about, "about")
        named, sources = self.valid(about, self.recorded("source", options.sources, "sources"))
        correction = append_marks(self.parse_content_to_nodes(), [mark(id_) for id_ in sources])
        slots = {misconception.CORRECTION: correction}
        return [self.page.component("misconception", "", self.argument, named, slots=slots)]


class MisconceptionsOptions(Options):
    """Leave out some."""

    exclude: IdList = ()


class Misconceptions(VersusDirective):
    """The argument is a comparison or any technologies; without one, the page's own record."""

    options_model = MisconceptionsOptions

    def build(self, options: MisconceptionsOptions) -> Nodes:
        (exclude,) = self.valid(self.recorded("misconception", options.exclude, "exclude", least=0))
        return show_misconceptions(self, [one.id for one in self._found() if one.id not in exclude])

    def _found(self) -> tuple[Misconception, ...]:
        names = self.argument.replace(",", " ").split()
        if not names and self.page.technology:
            names = [self.page.technology]
        if len(names) > 1 or (names and names[0] in self.catalogue.technologies):
            (technologies,) = self.valid(self.named_technologies(names))
            return self.page.ask(query.misconceptions, "", technologies)
        if names and names[0] not in self.catalogue.compared:
            self.page.ask_whether_known("technology", names[0])
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
                blocks.append(index_node(("single", word, anchor, "", None) for word in words))
            blocks.append(shown)
    return blocks
