"""The messages of Sphinx, docutils and MyST about pages, before they are printed.

A filter adds the nearest name to unknown directives and roles, drops what follows from a reported mistake, and notes the pages
to be read in the next build.
"""

import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from typing import Any

from docutils.parsers.rst.languages import en
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from ..catalogue.catalogue import grouped
from ..catalogue.loader import MOST_PROBLEMS
from ..catalogue.prose import KNOWN_ROLES
from ..components.component import Slot
from ..problems import Code, Place, Problem, closest
from .domain import ObjectKey, domain_of
from .page_mistakes import OF_SPHINX
from .project import project_of
from .prose_parser import LINKS
from .reporting import TEMPLATE_SUFFIX, locate
from .virtual_pages import template_path

# A message is known by how it begins: the words of a record may stand behind that.
_UNKNOWN = re.compile(
    r"""(?:toctree contains reference to )?(?:Unknown (?=directive|interp)|'myst' )?(directive type|interpreted text role|cross-reference target not found"""
    r"""|undefined label|unknown document|nonexisting document|local id not found in doc '[^']+'):? ["']([^"']+)["']"""
)
_MISSED = re.compile(
    r"(document isn't included in any toctree)|nonexisting document|cross-reference target not found|unknown document"
)
_NO_TITLE = "the page has no title"
_UNTITLED = re.compile(r"toctree contains reference to document '([^']+)' that doesn't have a title")
_OPTIONS = re.compile("Invalid options format|invalid option block")
_NO_FOOTNOTE = re.compile(r'"\[\^([^\]]+)\]" is a footnote without its text')
_FOOTNOTE = re.compile(r'Too many autonumbered footnote references|Unknown target name: "([^"]+)"')
_GAP = re.compile(
    r"is no directive|is not metadata of a page|the rest of the page belongs to it|is not closed above the fence"
    r"|\[(?:unknown-(?:group|criterion|comparison)|no-comparison-here|not-compared)\]"
)
_ANCHOR = re.compile(
    r"(?:cross-reference target not found|local id not found in doc '[^']+'): '(row|misconception)-([^']+)'"
)
"""A link to what a page would show if nothing was wrong with its records."""
_TRANSITION = re.compile("may not begin with a transition|Transition at the start of the document")
"""What docutils says of a page that begins with the line of a front matter, by its version."""
_CODE = re.compile(r"\[[a-z-]+\] ")
_LOCATION = re.compile(r"(.+?)(?::(\d*))?(?::\d+)?:?")


class PageMessages(logging.Filter):
    """Looks at each warning before it is printed, in the main process; its location is a text by then."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__()
        self._env = env
        self._seen = Counter[tuple[str, str]]()
        self._of_records = Counter[str]()
        """By path of records how many messages there were."""
        self._broken: set[str] = set()
        self._reported_lines: set[tuple[str, str]] = set()
        """Paths and lines of fences that are no directives, and of entries of lists that are none."""
        self._has_gap = False
        """Whether a page may lack what it should show, which is reported."""
        self._unclosed_roles: set[str] = set()
        self._without_options: set[str] = set()
        """Paths of pages with roles that are never closed, and with directives whose options cannot be read, which is reported."""
        self._pages_from: dict[str, Set[str]] = {}
        """By folder all pages, as links in it name them."""
        self._footnotes: dict[str, set[str]] = {}
        """By path of a page the footnotes without a text, which are reported."""
        self._meant: set[str] = set()
        """The pages that a misspelt name probably means."""
        self.pages: set[str] = set()
        """The pages of which something was printed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message is printed; one with which something fails is printed as it is, because no build may end with that."""
        try:
            return self._judged(record)
        except Exception:  # noqa: BLE001 (whatever it is, it costs what is known of this message only)
            return True

    def _judged(self, record: logging.LogRecord) -> bool:
        """Note the page, add what is known, and drop what follows from other messages."""
        self._move(record)
        location, message = str(getattr(record, "location", None) or ""), logging.LogRecord.getMessage(record)
        found = _LOCATION.fullmatch(location)
        path, line = found.groups() if found else ("", "")
        path = os.path.abspath(path) if path else ""  # noqa: PTH100 (a text)
        if self._of_records[path] > MOST_PROBLEMS:
            return False
        pages = set(self._pages_of(path))
        self.pages |= pages
        self._env.reread_always |= pages
        self._note(message, path, line)
        if path in self._broken and (
            "[myst.topmatter]" in message or "[myst.header]" in message or _TRANSITION.search(message)
        ):
            return False
        of_template = path.endswith(TEMPLATE_SUFFIX) and _CODE.match(message)  # of which many pages are made
        mistake = (location, of_template[0] if of_template else message)
        number = self._seen[mistake]
        is_repeated = number and (path.endswith(TEMPLATE_SUFFIX) or _NO_TITLE in message)
        if is_repeated or self._is_consequence(message, pages) or self._is_reported(message, path, line):
            return False
        self._seen[mistake] += 1
        if path in project_of(self._env).catalogue.paths:
            if number:
                return False  # what stands in a text of a record is reported once, not on each page that shows it
            self._of_records[path] += 1
            if self._of_records[path] > MOST_PROBLEMS:
                place, words = Place(path, int(line or 1)), "more problems in this file, which are not reported"
                record.msg, record.args = Problem(place, Code.MORE_PROBLEMS, words).text, ()
                return True
        if name := _UNKNOWN.match(message):
            self._name_nearest(record, name, Place(path, int(line or 1)), number)
        return True

    def _move(self, record: Any) -> None:
        """Give a message the place of its mistake: the page that has no title, and the template of a page without a text."""
        message = logging.LogRecord.getMessage(record)  # without its place
        found = _LOCATION.fullmatch(str(getattr(record, "location", None) or ""))
        path = found[1] if found else ""
        if untitled := _UNTITLED.match(message):
            record.location = str(Place(str(self._env.doc2path(untitled[1])), 1, 1))
            record.msg, record.args = (
                f"{_NO_TITLE}, so no list of contents leads to it; begin it with one [toc.no_title]",
                (),
            )
        elif (
            message.startswith("Unknown directive type")  # which no record makes
            and path in project_of(self._env).catalogue.paths
            and (template := self._template_of(self._pages_of(path)))
        ):
            record.location = str(Place(template, 1))

    def _note(self, message: str, path: str, line: str) -> None:
        """Note what is reported, from which other messages may follow."""
        if "[broken-markdown]" in message:
            self._reported_lines.add((path, line))
        if "[yaml-syntax]" in message or "the front matter is never closed" in message:
            self._broken.add(path)
        if "[invalid-option]" in message and "is no option" in message:
            self._without_options.add(path)
        is_misnamed = "[page-conflict]" in message and "name this page" in message
        if is_misnamed or ("[no-comparison-here]" in message and "did you mean" in message):
            self._meant |= {*self._pages_of(path)}
        if found := _NO_FOOTNOTE.search(message):
            self._footnotes.setdefault(path, set()).add(found[1])
        if "[unclosed] the role" in message:
            self._unclosed_roles.add(path)
        is_head = path in self._broken and path not in project_of(self._env).catalogue.paths
        self._has_gap |= is_head or bool(_GAP.search(message))

    def _is_reported(self, message: str, path: str, line: str) -> bool:
        """Whether a message follows from what was found in the text of a page before it was parsed, or in its directives."""
        if "start-string without end-string" in message and path in self._unclosed_roles:
            return True
        if path in self._footnotes and (found := _FOOTNOTE.search(message)):
            return found[1] is None or found[1] in self._footnotes[path]
        if "Pygments" in message or "list ends without a blank line" in message:
            return (path, line) in self._reported_lines
        if _OPTIONS.search(message):
            problems = project_of(self._env).snapshot.problems
            in_records = {one.place.path for one in problems if one.code is Code.INVALID_OPTION}
            return path in self._without_options | in_records
        may_be_shown = self._has_gap or bool(project_of(self._env).snapshot.problems)
        return may_be_shown and "[not-on-a-page]" in message

    def _is_consequence(self, message: str, pages: Set[str]) -> bool:
        """Whether a page is missed, or in no list of contents, because its record is broken, which is reported."""
        if (anchor := _ANCHOR.search(message)) and self._is_missed(*anchor.groups()):
            return True
        if not (found := _MISSED.search(message)):
            return False
        if found[1] and not self._meant.isdisjoint(pages):
            return True
        names = {*pages} if found[1] else {*re.findall(r"'([^']+)'", message)}
        names = {name.partition("#")[0].removesuffix(".md") for name in names}
        moved = {name.rpartition("/")[2] for name in project_of(self._env).strays}
        if "nonexisting document" in message and any(name.rpartition("/")[2] in moved for name in names):
            return True
        folders = {page.rpartition("/")[0] for page in pages}
        if any(self._without_data.search(f"{folder}/{name}") for name in names for folder in ("", *folders)):
            return True
        ids = {name.rpartition("/")[2] for name in names}
        unsure = project_of(self._env).catalogue.unsure_technologies
        return any(id_ in self._broken_comparisons or not unsure.isdisjoint(id_.split("-vs-")) for id_ in ids)

    def _is_missed(self, type_: str, id_: str) -> bool:
        """Whether a page may lack a row or a misconception because of something that is reported."""
        project = project_of(self._env)
        known = project.catalogue.defined["misconception"] | {one for _type, one in project.catalogue.missed}
        ids = {one.rpartition("/")[2] for one in known}
        is_known = id_ in ids if type_ == "misconception" else project.catalogue.is_expected("criterion", id_)
        return is_known and (self._has_gap or bool(project.snapshot.problems))

    @cached_property
    def _without_data(self) -> re.Pattern[str]:
        """The names of pages that are missed when the data folder that ``conf.py`` names is not there."""
        settings = project_of(self._env).settings
        made = filter(None, settings.pages.values() if settings.names_data and not settings.has_data else ())
        patterns = "|".join(re.escape(docname).replace(r"\{id\}", r"[\w.-]+") for docname in made)
        return re.compile(rf"(?:^|/)(?:{patterns or '(?!)'})$")

    @cached_property
    def _broken_comparisons(self) -> Set[str]:
        catalogue = project_of(self._env).catalogue
        missed = {id_ for type_, id_ in catalogue.missed if type_ == "comparison"}
        return missed | (catalogue.defined["comparison"] - {*catalogue.of_type["comparison"]})

    @cached_property
    def _keys_by_path(self) -> Mapping[str, Sequence[ObjectKey]]:
        places = project_of(self._env).catalogue.places.items()
        return grouped((place.path, key) for key, place in places)

    def _pages_of(self, path: str) -> Iterator[str]:
        """The pages on which a file stands: its own, those that include it, or the homes of its records."""
        env = self._env
        docname = env.path2doc(path) if path else None
        if docname in env.found_docs:
            yield str(docname)
        elif path in project_of(env).catalogue.paths:
            homes = map(domain_of(env).home, self._keys_by_path.get(path, ()))
            yield from (home[0] for home in homes if home)
        elif path:
            names = {path, os.path.relpath(path, env.srcdir)}
            yield from (page for page, files in env.dependencies.items() if names & {*map(os.fspath, files)})

    def _name_nearest(self, record: logging.LogRecord, found: re.Match[str], start: Place, number: int) -> None:
        """Say where a name stands that is not known, and which one was probably meant."""
        what, name = found.groups()
        prefix, colon, plain = "", "", name
        if what.startswith("local id"):
            known = self._anchors(what.split("'")[1])
        elif "directive" not in what and "role" not in what:
            known = self._targets(start.path) | self._anchors(self._env.path2doc(start.path) or "")
            known |= self._env.found_docs if "document" in what else set()
        else:
            prefix, colon, plain = name.rpartition(":")
            tables = [one.roles if "role" in what else one.directives for one in self._env.domains.sorted()]
            known = set(chain(KNOWN_ROLES if "role" in what else (*en.directives, *OF_SPHINX), *tables))
        path, sign, anchor = plain.partition("#")
        meant = closest(plain, known) or (closest(path, known) + sign + anchor if sign and closest(path, known) else "")
        if plain.endswith(".html") and f"{plain.removesuffix('.html')}.md" in known:
            meant = f"{plain.removesuffix('.html')}.md"
        if not meant and plain.endswith(".md"):  # names of pages may begin alike, and differ by their middle
            beside = [one for one in known if one.rpartition("/")[0] == plain.rpartition("/")[0]]
            meant = next(iter(get_close_matches(plain, beside, n=1, cutoff=0.85)), "")
            same = [one for one in known if one.rpartition("/")[2] == plain.rpartition("/")[2]]
            meant = meant or (same[0] if len(same) == 1 else "")
        self._has_gap |= "directive" in what and meant in domain_of(self._env).directives
        hint = f'; did you mean "{prefix}{colon}{meant}"?' if meant else ""
        if "role" in what and plain in domain_of(self._env).directives:
            hint = f"; it is a directive: write ```{{{plain}}}"
        self._meant.add(meant)
        record.location = str(locate(start.path, start.line, None, name, number))
        before, _, suffix = logging.LogRecord.getMessage(record).partition(found[0])
        suffix = suffix if "\n" not in suffix else re.sub(r".*\n.*?(?=( \[[\w.]+\])?$)", "", suffix, flags=re.DOTALL)
        record.msg, record.args = f"{before}{found[0]}{hint}{suffix.removeprefix('.')}", ()

    def _template_of(self, pages: Iterable[str]) -> str:
        """The template of which the text of a virtual page is made; empty for none."""
        project = project_of(self._env)
        kinds = (page.kind for page in map(project.virtual, pages) if page)
        return next((str(template_path(kind, project.settings)) for kind in kinds), "")

    def _anchors(self, docname: str) -> set[str]:
        """The headings of a page, and the objects that it shows."""
        shown = domain_of(self._env).objects.get(docname, {}).values()
        return {*self._env.metadata.get(docname, {}).get("myst_slugs", ()), *(one.anchor for one in shown)}

    def _targets(self, path: str) -> set[str]:
        """What a link on a page may lead to: labels and headings, and the other pages as it would name them."""
        env = self._env
        here = os.path.dirname(env.path2doc(path) or "")  # noqa: PTH120 (a docname)
        if here not in self._pages_from:
            self._pages_from[here] = {f"{os.path.relpath(name, here)}.md" for name in env.found_docs}
        standard = env.domains.standard_domain
        return {*standard.labels, *standard.anonlabels, *self._pages_from[here]}


class LocateLinks(SphinxTransform):
    """Give links in texts of records, which MyST replaced by others, the place of their words."""

    default_priority = 881  # behind MyST's own

    def apply(self, **kwargs: Any) -> None:
        """Take the places in the order in which the texts were parsed, which is that of the page."""
        places: Any = self.env.current_document.get(LINKS, {})
        slots = self.document.findall(Slot) if places else ()
        for reference in [one for slot in slots for one in slot.findall(addnodes.pending_xref)]:
            if left := places.get(reference["reftarget"]):
                reference.source, reference.line = left.pop(0)


def watch(app: Sphinx) -> PageMessages:
    """Let warnings pass a filter before they are printed, until it is stopped."""
    found = PageMessages(app.env)
    for handler in _printing():
        handler.addFilter(found)
    return found


def stop(found: PageMessages) -> None:
    """Take the filter away."""
    for handler in _printing():
        handler.removeFilter(found)


def _printing() -> list[logging.Handler]:
    return [one for one in logging.getLogger(NAMESPACE).handlers if isinstance(one, WarningStreamHandler)]


def setup(app: Sphinx) -> None:
    """Give links their places; builds ask for the filter themselves."""
    app.add_transform(LocateLinks)
