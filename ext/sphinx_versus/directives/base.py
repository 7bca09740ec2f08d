"""What all directives share: checked options and arguments, and errors with file, line, column and a hint."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import SimpleNamespace
from typing import Any, ClassVar, NamedTuple, TypeVar

from docutils import nodes
from docutils.parsers.rst import DirectiveError, directives
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from ..catalogue import query
from ..catalogue.catalogue import UNKNOWN, Catalogue
from ..characters import FORBIDDEN, cleaned
from ..components.node_helpers import remark, title
from ..environment.page_mistakes import BROKEN_HEAD, BROKEN_OPTIONS, UNCLOSED, is_told
from ..environment.project import project_of
from ..environment.reading_page import Page
from ..environment.reporting import TEMPLATE_SUFFIX, defer, locate, report
from ..problems import SURELY_MEANT, Code, Hint, Place, Problem, closest, internal, nearest, unknown

Nodes = list[nodes.Node]
Known = TypeVar("Known", bound=str)
MOST_PROBLEMS = 20
"""Of one directive so many problems are reported one by one: for each its place is looked up in the page."""
_MOST_WRITTEN = 120_000
"""So many characters an argument or an option may have: a thousand names."""
MOST_NAMES = 1_000
"""So many names one option, argument or body may have: for each wrong one the nearest right one is looked for."""
NO_COMPARISON = "versus_no_comparison"
"""Where a page that is being read keeps that it is reported to be the page of no comparison."""
MOST = 10_000
"""The largest number that an option takes."""


@dataclass(eq=False)
class DirectiveProblem(Exception):  # noqa: N818 (what it carries is a Problem)
    """Ends a directive; the page shows a short remark in its place, and the log the whole problem.

    ``excerpt`` is the part of the directive's text (or of one ``option``) that is wrong, which is found for line and
    column. What is ``reported`` already, for one because it is a problem of the data, is not logged again.
    """

    code: Code
    message: str
    hint: str | Hint = ""
    excerpt: str = ""
    option: str = field(default="", kw_only=True)
    reported: bool = field(default=False, kw_only=True)


class Check(NamedTuple):
    """Names in a directive, what is wrong with one of them, and how many the directive needs if any are given."""

    names: Collection[str]
    problem_of: Callable[[str], DirectiveProblem | None]
    least: int = 1


# -- options: what reads each raises ValueError with what was expected


class Option(NamedTuple):
    """What reads the text of an option, and its value when it is not given."""

    read: Callable[[str], Any]
    default: Any = ""


def word(text: str) -> str:
    """A text that is not empty."""
    if found := text.strip():
        return found
    raise ValueError("expected a text; without one, remove the option")


def number(text: str) -> int:
    """How many of something, or the share of a width."""
    if re.fullmatch(r"\s*\+?[0-9]{1,9}\s*", text) and 1 <= int(text) <= MOST:
        return int(text)
    raise ValueError(f"expected a whole number from 1 to {MOST:,}")


def flag(text: str) -> bool:
    """An option without a value."""
    if text in {"", "true"}:
        return True
    raise ValueError("expected no value: the option alone is enough")


def words(text: str, separator: str = r"[,\n]") -> tuple[str, ...]:
    """Names separated by commas."""
    if parts := tuple(part for part in map(str.strip, re.split(separator, text)) if part):
        return parts
    raise ValueError("expected one or more names")


def ids(text: str) -> tuple[str, ...]:
    """Ids separated by commas or blanks."""
    return words(text, r"[\s,]+")


def classes(text: str) -> tuple[str, ...]:
    """Names of classes, as the directives of docutils take them: only letters, digits and hyphens reach a format."""
    if empty := [name for name in ids(text) if not nodes.make_id(name)]:
        raise ValueError(f'expected names with letters from a to z, unlike "{empty[0]}"')
    return tuple(map(nodes.make_id, ids(text)))


def one_of(known: Iterable[Known]) -> Callable[[str], Known]:
    """One of the known words."""
    by_name = {str(one): one for one in known}

    def read(text: str) -> Known:
        if text not in by_name:
            raise ValueError(nearest(text, by_name, SURELY_MEANT))
        return by_name[text]

    return read


class AnyOption(dict[str, Callable[[Any], Any]]):
    """An option specification that lets every option through, so that the directive can report each with its place."""

    def __missing__(self, name: str) -> Callable[[Any], Any]:
        return directives.unchanged


class VersusDirective(SphinxDirective):
    """A directive that reads the catalogue."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    """For docutils: each directive gets its content, and those that have no use for it report it."""
    takes_content: ClassVar[bool] = False
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)
    options_read: ClassVar[Mapping[str, Option]] = {}
    """The options, beside those that every directive has."""
    _problems = 0
    """How many were found so far."""

    def build(self, options: Any) -> Nodes:
        """The nodes; ``options`` has an attribute for each; raises :class:`DirectiveProblem`."""
        raise NotImplementedError

    @cached_property
    def _located(self) -> Counter[tuple[str, str]]:
        return Counter()

    def run(self) -> Nodes:
        """Check the options, build, and turn a problem into a warning and a remark on the page."""
        if not any(line.strip() for line in self.content):
            self.content = StringList()  # MyST keeps all blank lines but one
        try:
            options = self._options()
            self._check_form()
            try:
                shown = self.build(SimpleNamespace(**options))
            finally:
                if (more := self._problems - MOST_PROBLEMS) > 0:
                    message = f'"{self.name}" has {more:,} more problems'
                    hint = f"the first {MOST_PROBLEMS} are reported"
                    report(Problem(self.place(), Code.MORE_PROBLEMS, message, hint))
            # some directives of docutils expect a node in them
            return self._named(shown or [nodes.comment()], options)
        except DirectiveProblem as problem:
            self.report(problem)
            found: Nodes = [remark(problem.code, problem.message)]
            return self._named(
                found, {"class": (), "name": self.options.get("name", "")}
            )  # links to it lead to the remark
        except DirectiveError:  # docutils reports it
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this directive only)
            failure = internal(self.place(), f'the directive "{self.name}"', error)
            report(failure)
            return [remark(failure.code, failure.message)]

    def report(self, problem: DirectiveProblem) -> None:
        """Log a problem; the directive may go on without what is wrong."""
        if not problem.reported:
            problem.reported = True
            self._report_of(
                lambda: self.place_of(problem.excerpt, problem.option),
                lambda place: Problem(place, problem.code, problem.message, str(problem.hint)),
            )

    def _report_of(self, place: Callable[[], Place], problem: Callable[[Place], Problem]) -> None:
        """Count a problem, and log it if it is one of the first; to find its place and the nearest name takes a while.

        Where text is in the place of options, or the directive is never closed, that is reported already, and the rest follows from it.
        """
        document: Any = self.env.current_document
        broken = {*document.get(BROKEN_OPTIONS, ()), *(document.get(UNCLOSED) or ())}
        if self.lineno - 1 in broken:
            return
        self._problems += 1
        if self._problems <= MOST_PROBLEMS:
            defer(self.env, problem(place()))

    def _report_option(self, name: str, problem: Callable[[Place], Problem]) -> None:
        self._report_of(lambda: self.option_place(name), problem)

    def valid(self, *checks: Check) -> list[tuple[str, ...]]:
        """The names of each check that have no problem. All problems are reported before one that leaves too few is raised."""
        for check in checks:
            if len(check.names) > MOST_NAMES:
                message = f'"{self.name}" has {len(check.names):,} names in one place'
                raise DirectiveProblem(Code.TOO_LARGE, message, f"expected at most {MOST_NAMES:,}")
        found = [[(name, check.problem_of(name)) for name in check.names] for check in checks]
        for problem in (problem for names in found for _, problem in names if problem):
            self.report(problem)
        counts = [Counter(name for name, problem in names if not problem) for names in found]
        for name, times in (one for count in counts for one in count.items()):
            if times > 1:
                message = f'"{name}" is named {times} times'
                self.report(DirectiveProblem(Code.DUPLICATE_ENTRY, message, "remove all but one", name))
        for check, names, count in zip(checks, found, counts, strict=True):
            wrong = [problem for _, problem in names if problem]
            if wrong and len(count) < check.least:
                raise wrong[0]
        return [tuple(count) for count in counts]

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

    def section(self, words: str, wanted: str, *blocks: nodes.Node) -> nodes.section:
        """A section of the page with an id that nothing else has, for a directive that stands in no other block."""
        section = nodes.section("", title(words), *blocks)
        self.page.name(section, wanted)
        self.state.document.note_implicit_target(section, section)
        return section

    # -- arguments

    def comparison_id(self) -> str:
        """The comparison that is named, or the one whose page this is."""
        id_ = self.argument or self.page.comparison
        if not id_:
            message = f'"{self.name}" needs a comparison on this page'
            docname = self.env.docname.rpartition("/")[2]
            words = {*re.split(r"[\W_]+", docname)}
            alike = (one for one in self.catalogue.compared if {*one.split("-")} - {"vs"} == words - {"vs"})
            meant = self.page.meant("comparison").lower()  # a page in another case is reported as one
            if near := next(alike, "") or closest(docname, self.catalogue.compared):
                hint = f'did you mean "{near}"? name the page so, or write "versus-comparison: {near}" at its top'
            elif (hint := nearest(docname, self.catalogue.compared)) and meant and not hint.startswith("did you mean"):
                hint = f"no record has the name of this page: write comparisons/{meant}.yaml, or remove the page"
            named = {key for key in self.page.metadata if key.startswith(("versus-", "versus_"))} - {
                "versus-technology"
            }
            is_broken = bool(named or self.env.current_document.get(BROKEN_HEAD))  # which is reported
            reported = (
                is_broken or meant in self.catalogue.defined["comparison"] or NO_COMPARISON in self.env.current_document
            )
            self.env.current_document[NO_COMPARISON] = True
            raise DirectiveProblem(Code.NO_COMPARISON_HERE, message, hint, reported=reported)
        self.check_known("comparison", id_)
        return id_

    def technology_id(self) -> str:
        """The technology that is named, or the one whose page this is."""
        id_ = self.argument or self.page.technology
        if " " in id_ and (names := id_.replace(",", " ").split()) and {*names} <= {*self.catalogue.technologies}:
            hint = f"name one of them, such as {names[0]}"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" takes one technology: "{id_}"', hint, id_)
        if not id_:
            message, is_named = f'"{self.name}" needs the id of a technology', "versus-technology" in self.page.metadata
            meant = closest(self.env.docname.rpartition("/")[2], self.catalogue.technologies)
            hint = f'did you mean "{meant}", as the name of the page?' if meant else ""
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, reported=is_named)
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
        if id_ in self.catalogue.of_type[type_]:
            return None
        code, what = UNKNOWN[type_]
        self.page.ask_whether_known(type_, id_)
        if reported := is_told(self.env, self.catalogue, type_, id_):
            self.env.note_reread()  # it may be wrong still when what is reported instead is right
        hint = Hint(id_, partial(self.catalogue.hint, type_, id_))
        return DirectiveProblem(code, f'"{id_}" is not {what}', hint, id_, option=option, reported=reported)

    def is_technology(self, name: str) -> bool:
        """Whether a name is that of a technology; but on its own page, a comparison of this name comes first."""
        if name == self.page.technology:
            return True
        self.page.ask_whether_known("comparison", name)
        return name in self.catalogue.technologies and name not in self.catalogue.compared

    def unknown_owner(self, name: str) -> DirectiveProblem | None:
        """The problem of a name that is neither a comparison nor a technology."""
        if name in self.catalogue.technologies or not (problem := self.unknown("comparison", name)):
            return None
        self.page.ask_whether_known("technology", name)
        meant = self.catalogue.named(name, "technology")
        known = [*self.catalogue.compared, *self.catalogue.technologies]
        problem.message = f'"{name}" is neither a comparison nor a technology'
        problem.hint = f'did you mean "{meant}"?' if meant else Hint(name, partial(nearest, name, known))
        problem.reported |= name in self.catalogue.defined["technology"]
        return problem

    def check_filters(self, kind: str = "", technology: str = "") -> None:
        """Report which filters of a list name nothing that there is; then there is no list."""

        def unknown_kind(kind: str) -> DirectiveProblem | None:
            if kind in self.catalogue.kinds or "technology" in self.catalogue.unread:
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
        """Report options that are given twice, of which MyST keeps the last, content that would not be shown, and an argument that cannot be."""
        if len(self.argument) > _MOST_WRITTEN:
            message = f'the argument of "{self.name}" has {len(self.argument):,} characters'
            raise DirectiveProblem(Code.TOO_LARGE, message, f"expected at most {_MOST_WRITTEN:,}")
        if FORBIDDEN.search(self.argument):
            message = f'"{self.argument}" has a character that no text may have'
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, "remove it")
        if block := re.search(r"^---\n(.*?)^---", self.block_text, re.DOTALL | re.MULTILINE):  # of YAML
            names = re.findall(r"^([\w-]+)\s*:", block[1], re.MULTILINE)
        else:
            names = re.findall(r"^[ \t]*:([\w-]+):", self.block_text.partition("\n\n")[0], re.MULTILINE)
        for name, times in Counter(names).items():
            if times > 1:
                message = f'"{name}" is given {times} times'
                self._report_option(
                    name, partial(Problem, code=Code.INVALID_OPTION, message=message, hint="remove all but one")
                )
        unclosed: Any = self.env.current_document.get(UNCLOSED) or ()
        if self.content and not self.takes_content and self.lineno - 1 not in unclosed:
            line = next(line.strip() for line in self.content if line.strip())
            message = f'"{self.name}" takes no content: "{line}"'
            option = re.match(r":?([\w-]+):(?=\s|$)", line)
            is_option = option and option[1] in self.options_read
            hint = f'write ":{option[1]}:" directly below the first line' if option and is_option else "remove it"
            self.report(DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, line))

    def _options(self) -> dict[str, Any]:
        """The values of all options; the directive goes on without those that do not fit, each a problem of its own."""
        known = {"class": Option(classes, ()), "name": Option(word), **self.options_read}
        values = {name: option.default for name, option in known.items()}
        for name, text in self.options.items():
            code, message, hint = Code.INVALID_OPTION, f'"{name}: {text}" does not fit', ""
            if len(text) > _MOST_WRITTEN:
                code, message = Code.TOO_LARGE, f'"{name}" has {len(text):,} characters'
                hint = f"expected at most {_MOST_WRITTEN:,}"
            elif FORBIDDEN.search(text):
                message, hint = f'"{name}: {text}" has a character that no text may have', "remove it"
            elif name not in known:
                what = f'an option of "{self.name}"'
                self._report_option(name, partial(unknown, code=Code.UNKNOWN_OPTION, word=name, what=what, known=known))
            else:
                try:
                    values[name] = known[name].read(text)
                except ValueError as error:
                    hint = str(error)
            if hint:
                self._report_option(name, partial(Problem, code=code, message=message, hint=hint))
        return {name.replace("-", "_"): value for name, value in values.items()}

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
        if start.path.endswith(TEMPLATE_SUFFIX):
            return locate(start.path, 1, None, f":{name}:")
        for number, line in enumerate(self.block_text.split("\n")):
            if match := re.match(rf"\s*:?({re.escape(name)})\s*:", line):
                return Place(start.path, start.line + number, match.start(1) + 1)
        return start

    # -- results

    def _named(self, result: Nodes, options: Mapping[str, Any]) -> Nodes:
        elements = [node for node in result if isinstance(node, nodes.Element)]
        shown = [node for node in elements if not isinstance(node, addnodes.index)]
        for node in shown[:1]:
            node["classes"] += options["class"]
            if options["name"]:
                node["names"].append(nodes.fully_normalize_name(cleaned(options["name"])))
                self.state.document.note_explicit_target(node, node)
        for node in elements:
            self.set_source_info(node)
            for words in node.findall(nodes.rubric):  # words in a slot, which have no message without a source
                words.source, words.line = node.source, node.line
        return result
