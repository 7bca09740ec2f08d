"""``comparison-table``: the facts of technologies side by side."""

from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator

from ..catalogue.views import Order, Selection, Table
from ..components import table
from ..components.answers import Look, Owner
from ..environment.project import project_of
from ..problems import Code, nearest
from .base import (
    Check,
    DirectiveProblem,
    Flag,
    IdList,
    Nodes,
    Number,
    Options,
    VersusDirective,
    Word,
    Words,
)


def _widths(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise ValueError("expected a share per column, or even")
    return () if value.strip() == "even" else tuple(value.replace(",", " ").split())


def _order(value: Any) -> Any:
    if value not in set(Order):
        raise ValueError(nearest(str(value), [order.value for order in Order]))
    return value


class FactsOptions(Options):
    """Which rows."""

    criteria: IdList = ()
    exclude: IdList = ()
    groups: Words = ()
    ungrouped: Flag = False
    caption: Word = ""


class TableOptions(FactsOptions):
    """Which rows and columns, and how they are laid out."""

    technologies: IdList = ()
    order: Annotated[Order, BeforeValidator(_order)] = Order.GIVEN
    differences_only: Flag = False
    transpose: Flag = False
    widths: Annotated[tuple[Number, ...], BeforeValidator(_widths)] = ()


class ComparisonTable(VersusDirective):
    """The argument is a comparison, or two or more technologies; without one, the page's own comparison."""

    options_model = TableOptions

    def build(self, options: TableOptions) -> Nodes:
        names = self._technologies(options)
        owner = Owner() if names else Owner("row", self._comparison())
        sides = Check(options.technologies if owner.id else (), partial(self._not_a_side, owner.id))
        checks = (self.named_technologies(names, least=2), *rows_of(self, options, owner.id), sides)
        named, criteria, exclude, groups, columns = self.valid(*checks)
        arranged = (not options.ungrouped, options.order, options.differences_only)
        selection, technologies = Selection(criteria, exclude, groups, *arranged), named or columns
        found = table.view(self.page.ask, owner, technologies, selection, Look()).table
        if not found.rows:
            hint = "no row is left by its options" if selection != Selection() else "they share no criterion"
            raise DirectiveProblem(Code.INVALID_OPTION, f'the table "{self.argument or owner.id}" is empty', hint)
        arguments = (
            owner,
            technologies,
            selection,
            Look(self._widths(options, found), options.transpose, has_lines(self)),
        )
        return [self.page.component("table", *arguments, caption=options.caption)]

    def _technologies(self, options: TableOptions) -> tuple[str, ...]:
        """The technologies that the argument names; none when it names a comparison, or nothing."""
        names = self.argument.replace(",", " ").split()
        if len(names) < 2:
            return ()
        if options.technologies:
            message = "the technologies are named by the argument already"
            self.report(DirectiveProblem(Code.INVALID_OPTION, message, "remove the option", ":technologies:"))
        return tuple(names)

    def _comparison(self) -> str:
        name = self.argument
        if name and name not in self.catalogue.compared and name in self.catalogue.technologies:
            message, hint = f'"{name}" is one technology', "name a comparison, or two or more technologies"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, name)
        return self.comparison_id()

    def _not_a_side(self, id_: str, name: str) -> DirectiveProblem | None:
        sides = self.catalogue.sides_of(id_)
        if name in sides:
            return None
        message = f'"{name}" is not a side of "{id_}"'
        return DirectiveProblem(Code.NOT_COMPARED, message, nearest(name, sides), name, option="technologies")

    def _widths(self, options: TableOptions, found: Table) -> tuple[int, ...]:
        columns = 1 + (len(found.rows) if options.transpose else len(found.sides))
        if options.widths and len(options.widths) != columns:
            message = f'"widths" names {len(options.widths)} columns'
            hint = f"this table has {columns}, the first one included"
            self.report(DirectiveProblem(Code.INVALID_OPTION, message, hint, "widths"))
            return ()
        return options.widths


def has_lines(directive: VersusDirective) -> bool:
    """Whether rows lead to the lines of their records."""
    return project_of(directive.env).settings.repository is not None


def rows_of(directive: VersusDirective, options: FactsOptions, comparison: str = "") -> tuple[Check, Check, Check]:
    """The checks of the options that choose rows of a comparison or of all: criteria, those left out, and groups."""
    record = directive.catalogue.comparisons.get(comparison)
    all_groups = dict.fromkeys(criterion.group for criterion in directive.catalogue.criteria.values())
    groups = [group.group for group in record.criteria] if record else [*all_groups]

    def not_a_group(title: str) -> DirectiveProblem | None:
        message, hint = f'"{title}" is not a group of this table', nearest(title, groups)
        problem = DirectiveProblem(Code.UNKNOWN_GROUP, message, hint, title, option="groups")
        return None if title in groups else problem

    return (
        directive.recorded("criterion", options.criteria, "criteria"),
        directive.recorded("criterion", options.exclude, "exclude", least=0),
        Check(options.groups, not_a_group),
    )


class TechnologyFacts(VersusDirective):
    """``technology-facts``: all facts of one technology."""

    options_model = FactsOptions

    def build(self, options: FactsOptions) -> Nodes:
        id_ = self.technology_id()
        criteria, exclude, groups = self.valid(*rows_of(self, options))
        selection = Selection(criteria, exclude, groups, not options.ungrouped)
        arguments = (Owner("fact", id_), (id_,), selection, Look(with_lines=has_lines(self)))
        view = table.view(self.page.ask, *arguments)
        return [self.page.show("table", view, *arguments, caption=options.caption)] if view.table.rows else []
