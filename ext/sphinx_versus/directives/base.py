"""What all directives share: checked options and arguments, and errors with file, line, column and a hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Annotated, Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import DirectiveError, directives
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sphinx.util.docutils import SphinxDirective

from ..catalogue import query
from ..catalogue.catalogue import Catalogue
from ..catalogue.references import UNKNOWN
from ..characters import FORBIDDEN
from ..components.node_helpers import emphasis, paragraph
from ..environment.page import Page
from ..environment.project import project_of
from ..environment.reporting import locate, report
from ..problems import Code, Place, Problem, internal, nearest, unknown

Nodes = list[nodes.Node]


@dataclass(eq=False)
class DirectiveProblem(Exception):  # noqa: N818 (what it carries is a Problem)
    """Ends a directive; the page shows a short remark in its place, and the log the whole problem.

    ``excerpt`` is the part of the directive's text (or of one ``option``) that is wrong, which is found for line and
    column. What is ``reported`` already, for one because it is a problem of the data, is not logged again.
    """

    code: Code
    message: str
    hint: str = ""
    excerpt: str = ""
    option: str = field(default="", kw_only=True)
    reported: bool = field(default=False, kw_only=True)


class Check(NamedTuple):
    """Names in a directive, what is wrong with one of them, and how many the directive needs if any are given."""

    names: Collection[str]
    problem_of: Callable[[str], DirectiveProblem | None]
    least: int = 1


def _split(separator: str, value: Any) -> tuple[str, ...]:
    if parts := tuple(part for part in map(str.strip, re.split(separator, value or "")) if part):
        return parts
    raise ValueError("expected one or more names")


def _classes(value: Any) -> tuple[str, ...]:
    """As the directives of docutils take classes: nothing but letters, digits and hyphens reaches a format."""
    words = _split(r"[\s,]+", value)
    if empty := [word for word in words if not nodes.make_id(word)]:
        raise ValueError(f'expected names with letters from a to z, unlike "{empty[0]}"')
    return tuple(map(nodes.make_id, words))


def _flag(value: Any) -> bool:
    if value in {None, "", "true"}:
        return True
    raise ValueError("expected no value: the option alone is enough")


def _word(value: Any) -> str:
    if word := str(value or "").strip():
        return word
    raise ValueError("expected a text; without one, remove the option")


MOST_PROBLEMS = 20
"""Of one directive so many problems are reported one by one: for each its place is looked up in the page."""
MOST_NAMES = 1_000
"""So many names one option, argument or body may have: for each wrong one the nearest right one is looked for."""
MOST = 10_000
"""The largest number that an option takes."""
Number = Annotated[int, Field(ge=1, le=MOST)]
"""How many of something, or the share of a width."""
Word = Annotated[str, BeforeValidator(_word)]
"""A text that is not empty."""
Words = Annotated[tuple[str, ...], BeforeValidator(partial(_split, r"[,\n]"))]
"""Names separated by commas."""
IdList = Annotated[tuple[str, ...], BeforeValidator(partial(_split, r"[\s,]+"))]
"""Ids separated by commas or blanks."""
Classes = Annotated[tuple[str, ...], BeforeValidator(_classes)]
"""Names of classes separated by commas or blanks."""
Flag = Annotated[bool, BeforeValidator(_flag)]
"""An option without a value."""


class Options(BaseModel):
    """The options of a directive; names are written with hyphens."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda field: field.rstrip("_").replace("_", "-"),
        defer_build=True,  # few of them are used in a build that reads few pages
    )

    class_: Classes = ()
    """Classes for the outermost node."""
    name: Word = ""
    """A name to refer to with the role ``ref``."""


NO_NUMBER = {"int_parsing", "int_parsing_size", "greater_than_equal", "less_than_equal"}
"""Pydantic's types of error for a :data:`Number`, whose words would not help a writer."""


class AnyOption(dict[str, Callable[[Any], Any]]):
    """An option specification that lets every option through, so that :class:`Options` can judge them."""

    def __missing__(self, name: str) -> Callable[[Any], Any]:
        return directives.unchanged


class VersusDirective(SphinxDirective):
    """A directive that reads the catalogue."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    """For docutils: each directive gets its content, and those that have no use for it report it."""
    takes_content: ClassVar[bool] = False
    _problems = 0
    """How many were found so far."""
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)
    options_model: ClassVar[type[Options]] = Options

    def build(self, options: Any) -> Nodes:
        """The nodes; raises :class:`DirectiveProblem`."""
        raise NotImplementedError

    @cached_property
    def _located(self) -> Counter[tuple[str, str]]:
        return Counter()

    def run(self) -> Nodes:
        """Check the options, build, and turn a problem into a warning and a remark on the page."""
        try:
            options = self._options()
            self._check_form()
            shown = self._built(options) or [nodes.comment()]  # some directives of docutils expect a node in them
            return self._named(shown, options)
        except DirectiveProblem as problem:
            self.report(problem)
            words = f"[{problem.code.value}] {problem.message}"
        except DirectiveError:  # docutils reports it
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this directive only)
            failure = internal(self.place(), f'the directive "{self.name}"', error)
            report(failure)
            words = f"[{failure.code.value}] {failure.message}"
        return [paragraph(emphasis(words), classes=["versus-problem"])]

    def _built(self, options: Options) -> Nodes:
        """The nodes; of many problems the first have been reported one by one, and here is how many more there are."""
        try:
            return self.build(options)
        finally:
            if (more := self._problems - MOST_PROBLEMS) > 0:
                message, hint = f'"{self.name}" has {more:,} more problems', f"the first {MOST_PROBLEMS} are reported"
                report(Problem(self.place(), Code.MORE_PROBLEMS, message, hint))

    def report(self, problem: DirectiveProblem) -> None:
        """Log a problem; the directive may go on without what is wrong."""
        if not problem.reported:
            problem.reported = True
            self._problems += 1
            if self._problems > MOST_PROBLEMS:
                return
            place = self.place_of(problem.excerpt, problem.option)
            report(Problem(place, problem.code, problem.message, problem.hint))

    def valid(self, *checks: Check) -> list[tuple[str, ...]]:
        """The names of each check that have no problem. All problems are reported before one that leaves too few is raised."""
        for check in checks:
            if len(check.names) > MOST_NAMES:
                message = f'"{self.name}" has {len(check.names):,} names in one place'
                raise DirectiveProblem(Code.TOO_LARGE, message, f"expected at most {MOST_NAMES:,}")
        found = [[(name, check.problem_of(name)) for name in check.names] for check in checks]
        for problem in [problem for names in found for _, problem in names if problem]:
            self.report(problem)
        for name, times in [
            one for names in found for one in Counter(name for name, wrong in names if not wrong).items()
        ]:
            if times > 1:
                message = f'"{name}" is named {times} times'
                self.report(DirectiveProblem(Code.DUPLICATE_ENTRY, message, "remove all but one", name))
        valid = [tuple(dict.fromkeys(name for name, problem in names if not problem)) for names in found]
        for check, names, left in zip(checks, found, valid, strict=True):
            wrong = [problem for _, problem in names if problem]
            if wrong and len(left) < check.least:
                raise wrong[0]
        return valid

    @property
    def page(self) -> Page:
        """The page on which the directive stands."""
        return Page(self.env, self.state.document)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, for checking what was asked for (what is shown comes from :meth:`Page.ask`)."""
        return project_of(self.env).catalogue

    @property
    def argument(self) -> str:
        """The argument on one line, or an empty text."""
        return " ".join(self.arguments[0].split()) if self.arguments else ""

    # -- arguments

    def comparison_id(self) -> str:
        """The comparison that is named, or the one whose page this is."""
        id_ = self.argument or self.page.comparison
        if not id_:
            is_named = "versus-comparison" in self.page.metadata
            message = f'"{self.name}" needs a comparison on this page'
            hint = nearest(self.env.docname.rpartition("/")[2], self.catalogue.compared)
            reported = is_named or self.page.meant("comparison") in self.catalogue.defined["comparison"]
            raise DirectiveProblem(Code.NO_COMPARISON_HERE, message, hint, reported=reported)
        self.check_known("comparison", id_)
        return id_

    def technology_id(self) -> str:
        """The technology that is named, or the one whose page this is."""
        id_ = self.argument or self.page.technology
        if not id_:
            message, is_named = f'"{self.name}" needs the id of a technology', "versus-technology" in self.page.metadata
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, reported=is_named)
        self.check_known("technology", id_)
        return id_

    def check_known(self, type_: str, id_: str) -> None:
        """Raise for an id that has no record."""
        if problem := self.unknown(type_, id_):
            raise problem

    def recorded(self, type_: str, ids: Collection[str], option: str = "", least: int = 1) -> Check:
        """The check that ids in the argument or an option have a record."""
        return Check(ids, lambda id_: self.unknown(type_, id_, option), least)

    def unknown(self, type_: str, id_: str, option: str = "") -> DirectiveProblem | None:
        """The problem of an id that has no record."""
        known = {
            "technology": self.catalogue.technologies,
            "comparison": self.catalogue.compared,
            "misconception": self.catalogue.misconceptions,
            "criterion": self.catalogue.criteria,
            "source": self.catalogue.sources,
        }[type_]
        if id_ in known:
            return None
        code, what = UNKNOWN[type_]
        self.page.ask_whether_known(type_, id_)
        reported = id_ in self.catalogue.defined[type_]
        return DirectiveProblem(
            code, f'"{id_}" is not {what}', nearest(id_, known), id_, option=option, reported=reported
        )

    def check_filters(self, kind: str = "", technology: str = "") -> None:
        """Report which filters of a list name nothing that there is; then there is no list."""

        def unknown_kind(kind: str) -> DirectiveProblem | None:
            if kind in self.catalogue.kinds:
                return None
            self.page.ask(query.technologies, kind)
            message, hint = f'"{kind}" is not the kind of any technology', nearest(kind, self.catalogue.kinds)
            return DirectiveProblem(Code.UNKNOWN_KIND, message, hint, kind, option="kind")

        of_kind = Check([kind] if kind else [], unknown_kind)
        self.valid(of_kind, self.recorded("technology", [technology] if technology else [], "technology"))

    def no_argument(self) -> None:
        """Raise when there is an argument."""
        if self.argument:
            message = f'"{self.name}" takes no argument: "{self.argument}"'
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, "remove it", self.argument)

    def named_technologies(self, names: Collection[str], least: int = 1) -> Check:
        """The check that several names in the argument are technologies; a comparison stands alone in an argument."""

        def problem_of(name: str) -> DirectiveProblem | None:
            if name not in self.catalogue.compared or name in self.catalogue.technologies:
                return self.unknown("technology", name)
            message, hint = f'"{name}" is a comparison', "name one comparison, or two or more technologies"
            return DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, name)

        return Check(names, problem_of, least)

    # -- options and content

    def _check_form(self) -> None:
        """Report options that are given twice, of which MyST keeps the last, and content that would not be shown."""
        if block := re.search(r"^---\n(.*?)^---", self.block_text, re.DOTALL | re.MULTILINE):  # of YAML
            names = re.findall(r"^([\w-]+)\s*:", block[1], re.MULTILINE)
        else:
            names = re.findall(r"^\s*:([\w-]+):", self.block_text.partition("\n\n")[0], re.MULTILINE)
        for name, times in Counter(names).items():
            if times > 1:
                problem = f'"{name}" is given {times} times', "remove all but one"
                report(Problem(self.option_place(name), Code.INVALID_OPTION, *problem))
        if self.content and not self.takes_content:
            line = next(line.strip() for line in self.content if line.strip())
            message = f'"{self.name}" takes no content: "{line}"'
            self.report(DirectiveProblem(Code.INVALID_ARGUMENT, message, "remove it", line))

    def _options(self) -> Options:
        """The options that fit; each of the others is a problem of its own, and the directive goes on without it."""
        given = dict(self.options)
        for name in [name for name, value in given.items() if isinstance(value, str) and FORBIDDEN.search(value)]:
            message = f'"{name}: {given.pop(name)}" has a character that no text may have'
            report(Problem(self.option_place(name), Code.INVALID_OPTION, message, "remove it"))
        try:
            return self.options_model.model_validate(given)
        except ValidationError as error:
            details = {str(detail["loc"][0]): detail for detail in error.errors(include_url=False)}
            report(*(self._option_problem(name, detail) for name, detail in details.items()))
        return self.options_model.model_validate({name: given[name] for name in given.keys() - details.keys()})

    def _option_problem(self, name: str, detail: Any) -> Problem:
        place = self.option_place(name)
        if detail["type"] == "extra_forbidden":
            known = [field.alias or "" for field in self.options_model.model_fields.values()]
            return unknown(place, Code.UNKNOWN_OPTION, name, f'an option of "{self.name}"', known)
        hint = str(detail["msg"]).removeprefix("Value error, ")
        if detail["type"] in NO_NUMBER:
            hint = f"expected whole numbers from 1 to {MOST:,}"
        return Problem(place, Code.INVALID_OPTION, f'"{name}: {self.options.get(name) or ""}" does not fit', hint)

    # -- places

    def place(self) -> Place:
        """Where the directive stands."""
        source, line = self.get_source_info()
        return Place(source or "", line or 1)

    def place_of(self, excerpt: str, option: str = "") -> Place:
        """Where a part of the directive's text stands; asked again for the same part, where it stands next."""
        start = self.place()
        if not excerpt:
            return start
        end = start.line + self.block_text.rstrip().count("\n")
        line = self.option_place(option).line if option else start.line
        number = self._located[option, excerpt]
        self._located[option, excerpt] += 1
        return locate(start.path, line, end, excerpt, number)

    def option_place(self, name: str) -> Place:
        """Where an option stands in the directive's text."""
        start = self.place()
        for number, line in enumerate(self.block_text.split("\n")):
            if match := re.match(rf"\s*:?({re.escape(name)})\s*:", line):
                return Place(start.path, start.line + number, match.start(1) + 1)
        return start

    # -- results

    def _named(self, result: Nodes, options: Options) -> Nodes:
        elements = [node for node in result if isinstance(node, nodes.Element)]
        for node in elements[:1]:
            node["classes"] += options.class_
            if options.name:
                node["names"].append(nodes.fully_normalize_name(options.name))
                self.state.document.note_explicit_target(node, node)
        for node in elements:
            self.set_source_info(node)
        return result
