"""``comparison-table``: the facts of technologies side by side."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from ..catalogue.fields import kebab_case
from ..catalogue.views import Order, Selection
from ..components import table
from ..components.answers import Look, Owner
from ..environment.project import project_of
from ..problems import Code, nearest
from .base import Check, DirectiveProblem, Nodes, Option, VersusDirective, flag, ids, number, one_of, word, words


def _widths(text: str) -> tuple[int, ...]:
    if not text.strip():
        raise ValueError("expected a share per column, or even")
    if text.strip() == "even":
        return ()
    try:
        return tuple(map(number, text.replace(",", " ").split()))
    except ValueError:
        raise ValueError("expected a whole number for each column, such as 20 40 40, or even") from None


ROWS = {
    "criteria": Option(ids, ()),
    "exclude": Option(ids, ()),
    "groups": Option(words, ()),
    "ungrouped": Option(flag, default=False),
    "caption": Option(word),
}
"""The options that choose rows."""


class ComparisonTable(VersusDirective):
    """The argument is a comparison, or two or more technologies; without one, the page's own comparison."""

    options_read: ClassVar = {
        **ROWS,
        "technologies": Option(ids, ()),
        "order": Option(one_of(Order), Order.GIVEN),
        "differences-only": Option(flag, default=False),
        "transpose": Option(flag, default=False),
        "widths": Option(_widths, ()),
    }

    def build(self, options: Any) -> Nodes:
        names = self._technologies(options)
        owner = Owner() if names else Owner("row", self._comparison())
        sides = Check(options.technologies if owner.id else (), partial(self._not_a_side, owner.id))
        checks = (
            self.named_technologies(names, least=2),
            *rows_of(self, options, names or self.catalogue.sides_of(owner.id), owner.id),
            sides,
        )
        named, criteria, exclude, groups, columns = self.valid(*checks)
        arranged = (not options.ungrouped, options.order, options.differences_only)
        asked = owner, named or columns, Selection(criteria, exclude, groups, *arranged)
        view = table.view(self.page.ask, *asked, Look((), options.transpose, has_lines(self)))
        if not view.table.rows:
            hint = "no row is left by its options" if asked[-1] != Selection() else "they share no criterion"
            record = self.catalogue.comparisons.get(owner.id)
            lacks_rows = record is not None and not self.catalogue.criteria.keys() >= {*record.rows}  # is reported
            message = f'the table "{self.argument or owner.id}" is empty'
            is_whole = len(columns) == len(options.technologies)
            reported = lacks_rows or "criterion" in self.catalogue.unread or not is_whole
            raise DirectiveProblem(Code.INVALID_OPTION, message, hint, reported=reported)
        is_whole = len(columns) == len(options.technologies)  # else the widths may be those of all that were meant
        look = replace(view.look, widths=self._widths(options.widths, view.columns) if is_whole else ())
        return [self.page.show("table", view._replace(look=look), *asked, look, caption=options.caption)]

    def _technologies(self, options: Any) -> tuple[str, ...]:
        """The technologies that the argument names; none when it names a comparison, or nothing."""
        names = self.argument.replace(",", " ").split()
        if len(names) < 2:
            return ()
        if (meant := kebab_case(self.argument)) in self.catalogue.compared:
            hint = f'did you mean "{meant}"?'
            raise DirectiveProblem(
                Code.UNKNOWN_COMPARISON, f'"{self.argument}" is not a comparison', hint, self.argument
            )
        if options.technologies:
            message = "the technologies are named by the argument already"
            self.report(DirectiveProblem(Code.INVALID_OPTION, message, "remove the option", ":technologies:"))
        return tuple(names)

    def _comparison(self) -> str:
        name = self.argument
        if name and self.is_technology(name):
            message, hint = f'"{name}" is one technology', "name a comparison, or two or more technologies"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, name)
        return self.comparison_id()

    def _not_a_side(self, id_: str, name: str) -> DirectiveProblem | None:
        sides = self.catalogue.sides_of(id_)
        if name in sides:
            return None
        message = f'"{name}" is not a side of "{id_}"'
        return DirectiveProblem(Code.NOT_COMPARED, message, nearest(name, sides), name, option="technologies")

    def _widths(self, widths: tuple[int, ...], columns: int) -> tuple[int, ...]:
        if widths and len(widths) != columns:
            message = f'"widths" names {len(widths)} column{"s" * (len(widths) != 1)}'
            hint = f"this table has {columns}, the first one included"
            self.report(DirectiveProblem(Code.INVALID_OPTION, message, hint, "widths"))
            return ()
        return widths


def has_lines(directive: VersusDirective) -> bool:
    """Whether rows lead to the lines of their records."""
    return project_of(directive.env).settings.repository is not None


def rows_of(
    directive: VersusDirective, options: Any, sides: Iterable[str], comparison: str = ""
) -> tuple[Check, Check, Check]:
    """The checks of the options that choose rows of a comparison or of all: criteria, those left out, and groups."""
    known = directive.catalogue.technologies
    kinds = {known[side].kind for side in sides if side in known}
    record = directive.catalogue.comparisons.get(comparison)
    all_groups = dict.fromkeys(criterion.group for criterion in directive.catalogue.criteria.values())
    groups = [group.group for group in record.criteria] if record else [*all_groups]

    def not_a_group(title: str) -> DirectiveProblem | None:
        if title in groups:
            return None
        message, hint = f'"{title}" is not a group of this table', nearest(title, groups)
        if len(parts := [part.strip() for part in title.split(";")]) > 1 and {*parts} <= {*groups}:
            hint = f"write commas: {', '.join(parts)}"
        catalogue = directive.catalogue
        reported = "criterion" in catalogue.unread or catalogue.lacks("comparison", comparison, "criteria")
        return DirectiveProblem(Code.UNKNOWN_GROUP, message, hint, title, option="groups", reported=reported)

    def not_asked(id_: str) -> DirectiveProblem | None:
        if problem := directive.unknown("criterion", id_, "criteria"):
            return problem
        asked = directive.catalogue.criteria[id_].kinds
        if not asked or not kinds or not kinds.isdisjoint(asked):
            return None
        message, hint = f'"{id_}" does not apply to these technologies', f"it applies to: {', '.join(asked)}"
        return DirectiveProblem(Code.NOT_APPLICABLE, message, hint, id_, option="criteria")

    return (
        Check(options.criteria, not_asked),
        directive.recorded("criterion", options.exclude, "exclude", least=0),
        Check(options.groups, not_a_group),
    )


class TechnologyFacts(VersusDirective):
    """``technology-facts``: all facts of one technology."""

    options_read: ClassVar = ROWS

    def build(self, options: Any) -> Nodes:
        id_ = self.technology_id()
        criteria, exclude, groups = self.valid(*rows_of(self, options, (id_,)))
        selection = Selection(criteria, exclude, groups, not options.ungrouped)
        arguments = (Owner("fact", id_), (id_,), selection, Look(with_lines=has_lines(self)))
        view = table.view(self.page.ask, *arguments)
        if not view.table.rows and selection != Selection(grouped=not options.ungrouped):
            message, hint = f'the table of "{id_}" is empty', "no row is left by its options"
            reported = "criterion" in self.catalogue.unread or self.catalogue.lacks("technology", id_, "facts")
            raise DirectiveProblem(Code.INVALID_OPTION, message, hint, reported=reported)
        return [self.page.show("table", view, *arguments, caption=options.caption)] if view.table.rows else []
