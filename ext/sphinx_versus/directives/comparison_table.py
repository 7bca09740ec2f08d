"""``comparison-table``: the facts of technologies side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, PositiveInt
from sphinx.application import Sphinx

from ..catalogue import query
from ..catalogue.views import Order, Selection, Table
from ..problems import Code, nearest
from ..render.table import Look, Owner, build_table
from .base import DirectiveProblem, Flag, IdList, Nodes, Options, VersusDirective, Words, add_directive


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


class TableOptions(Options):
    """Which rows and columns, and how they are laid out."""

    technologies: IdList = ()
    criteria: IdList = ()
    exclude: IdList = ()
    groups: Words = ()
    ungrouped: Flag = False
    order: Annotated[Order, BeforeValidator(_order)] = Order.GIVEN
    differences_only: Flag = False
    transpose: Flag = False
    caption: str = ""
    widths: Annotated[tuple[PositiveInt, ...], BeforeValidator(_widths)] = ()

    @property
    def selection(self) -> Selection:
        """The rows that are wanted."""
        return Selection(
            self.criteria, self.exclude, self.groups, not self.ungrouped, self.order, self.differences_only
        )


class ComparisonTable(VersusDirective):
    """The argument is a comparison, or two or more technologies; without one, the page's own comparison."""

    options_model = TableOptions

    def build(self, options: TableOptions) -> Nodes:
        self.check_known("criterion", [*options.criteria, *options.exclude])
        table, owner = self._table(options)
        check_groups(options.groups, self._groups(owner))
        if not table.rows:
            hint = "no row is left by its options" if options.selection != Selection() else "they share no criterion"
            raise DirectiveProblem(Code.INVALID_OPTION, f'the table "{self.argument or owner.id}" is empty', hint)
        look = Look(options.caption, self._widths(options, table), options.transpose)
        return [build_table(self.page, table, look, owner)]

    def _table(self, options: TableOptions) -> tuple[Table, Owner]:
        names = self.argument.replace(",", " ").split()
        if len(names) > 1:
            self.check_known("technology", names)
            if options.technologies:
                message = "the technologies are named by the argument already"
                raise DirectiveProblem(Code.INVALID_OPTION, message, "remove the option", ":technologies:")
            return self.page.ask(query.technologies_table, tuple(names), options.selection), Owner()
        if names and names[0] not in self.catalogue.comparisons and names[0] in self.catalogue.technologies:
            message, hint = f'"{names[0]}" is one technology', "name a comparison, or two or more technologies"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, names[0])
        id_ = self.comparison_id()
        self._check_columns(id_, options)
        table = self.page.ask(query.comparison_table, id_, options.selection, options.technologies)
        assert table is not None
        return table, Owner("row", id_)

    def _check_columns(self, id_: str, options: TableOptions) -> None:
        sides = self.catalogue.comparisons[id_].technologies
        for name in options.technologies:
            if name not in sides:
                message = f'"{name}" is not a side of "{id_}"'
                raise DirectiveProblem(Code.NOT_COMPARED, message, nearest(name, sides), name)

    def _groups(self, owner: Owner) -> list[str]:
        """The groups that a table of this owner can have."""
        if owner.id:
            return [group.group for group in self.catalogue.comparisons[owner.id].criteria]
        return [title for title, _ in query.criteria(self.catalogue)]

    def _widths(self, options: TableOptions, table: Table) -> tuple[int, ...]:
        columns = 1 + (len(table.rows) if options.transpose else len(table.sides))
        if options.widths and len(options.widths) != columns:
            message = f'"widths" names {len(options.widths)} columns'
            hint = f"this table has {columns}, the first one included"
            raise DirectiveProblem(Code.INVALID_OPTION, message, hint, "widths")
        return options.widths


def check_groups(wanted: Iterable[str], known: Sequence[str]) -> None:
    """Raise for the first group that the table does not have."""
    for title in wanted:
        if title not in known:
            message = f'"{title}" is not a group of this table'
            raise DirectiveProblem(Code.UNKNOWN_GROUP, message, nearest(title, known), title)


class FactsOptions(Options):
    """Which facts."""

    criteria: IdList = ()
    exclude: IdList = ()
    groups: Words = ()
    ungrouped: Flag = False
    caption: str = ""


class TechnologyFacts(VersusDirective):
    """``technology-facts``: all facts of one technology."""

    options_model = FactsOptions

    def build(self, options: FactsOptions) -> Nodes:
        id_ = self.argument or self.page.technology
        if not id_:
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" needs the id of a technology')
        self.check_known("technology", [id_])
        self.check_known("criterion", [*options.criteria, *options.exclude])
        selection = Selection(options.criteria, options.exclude, options.groups, not options.ungrouped)
        table = self.page.ask(query.technologies_table, (id_,), selection)
        check_groups(options.groups, [title for title, _ in query.criteria(self.catalogue)])
        if not table.rows:
            return []
        return [build_table(self.page, table, Look(options.caption), Owner("fact", id_))]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    add_directive(app, "comparison-table", ComparisonTable)
    add_directive(app, "technology-facts", TechnologyFacts)
