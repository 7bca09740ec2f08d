"""One of the builds of which a site in parts is made: Sphinx with other pages to read and to write. All phases.

Sphinx does what it does for an incremental build; what a part read is merged as if another process of the same build had read it.
"""

import gc
import json
import logging
import pickle
import time
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from logging import LogRecord
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.build_phase import BuildPhase
from sphinx.util.logging import WarningStreamHandler

from ..catalogue.digest import digest
from ..components.node_helpers import TABLE
from ..config import conf_place
from ..environment.domain import VersusDomain, domain_of
from ..environment.incremental import format_state, makers_digest
from ..environment.output_files import file_digest
from ..environment.project import VersusProject, project_of
from ..environment.reporting import report
from ..html.navigation import is_bounded
from ..problems import Code, Place, Problem
from .archive import ABOUT
from .elsewhere import Elsewhere, Home, Metadata, Others, PackedTrees, PartDomain, ReadPages, Titles
from .plan import BASE, JOIN, PART, Step, part_of
from .unchanged import interface, reads_the_same, sources

ENVIRONMENT, ANSWERS = "environment.pickle", "answers.json"
"""What a part hands over beside the files of its pages: its environment, and what it was answered about other pages."""
ONE_PAGE_EACH = ("comparison", "technology")
COMPARED = ("the folder of the pages", "versions, code or templates", "the configuration", "the records", "the pages")
"""What must be the same in all builds of a site, as messages name it."""
SHARED = COMPARED[:3]
"""That of it which each page follows from."""


class RefusedError(SphinxError):
    """The site cannot be built in parts, or parts do not fit together; all is reported already."""


class UnchangedError(SphinxError):
    """Not a fault: the part would become what it is already."""


def fail(problems: Sequence[Problem]) -> None:
    """Report problems, and end the build if there are any."""
    report(*problems, level="ERROR")
    if problems:
        raise RefusedError("nothing was written")


class StepBuild:
    """The listeners of one build."""

    def __init__(self, step: Step, expected: Mapping[str, str], parts: Sequence[Path] = ()) -> None:
        self.step, self._expected, self.parts = step, expected, parts
        """``parts`` are unpacked: for the join those of the site, for the others what was built before, if anything was."""
        self.state: dict[str, str] = {}
        """What must be the same in all builds of the site, as digests."""
        self.interface = ""
        self.unchanged: list[Path] = []
        """For the base: the parts that were built before and would become the same."""
        self.warned = 0
        """How many warnings were shown."""
        self.pages: set[str] = set()
        """The pages that this build makes."""
        self.files: list[str] = []
        """The files that were made as its pages were written, below the output folder."""
        self._begun: float | None = None
        self._of_parts: Mapping[str, Sequence[str]] = {}
        """The pages of all parts, each with its technologies."""
        self._elsewhere: Elsewhere | None = None

    def install(self, app: Sphinx) -> None:
        """Put the builder in place, and connect; when extensions are loaded."""
        # Behind extensions of the site, and before our own listeners change the configuration for reading.
        app.connect("env-before-read-docs", self.choose_pages)
        app.connect("env-updated", self.check_environment, priority=0)  # before sections and figures are numbered
        app.connect("build-finished", self.find_unchanged)
        if self.step.role != JOIN:
            app.add_domain(PartDomain, override=True)
        for handler in logging.getLogger("sphinx").handlers:
            if isinstance(handler, WarningStreamHandler):  # before Sphinx counts what it shows
                handler.filters.insert(0, lambda record: self._is_reported(app, record))
                handler.addFilter(self._count)

    def _is_reported(self, app: Sphinx, record: LogRecord) -> bool:
        """Whether a message is one of this step: the base reports the data, and the join what is wrong with all pages."""
        if record.levelno >= logging.ERROR:
            return True
        if app.phase is BuildPhase.CONSISTENCY_CHECK:
            return self.step.role == JOIN
        return self.step.role == BASE or (self._begun is not None and record.created >= self._begun)

    def _count(self, record: LogRecord) -> bool:
        """Count what Sphinx shows; a part with warnings is built again, so that they are shown in each build."""
        self.warned += 1
        return True

    # -- reading

    def choose_pages(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: leave those pages in the list that this step reads."""
        self._begun, project = time.time(), project_of(env)
        project.makes_whole_site = self.step.role == JOIN
        self._check_fit(app)
        of_parts = self._of_parts = {
            page: sides for page in env.found_docs if (sides := technologies_of(project, page))
        }
        self.pages = env.found_docs - of_parts.keys()
        if self.step.role == JOIN:
            self._take_parts(app, of_parts.keys())
        elif self.step.role == PART:
            self.pages = self._plan(self.step.count)[self.step.number]
            self.interface = interface(env)
            if any(self._is_unchanged(app, part, self.pages) for part in self.parts):
                raise UnchangedError("would become the same")
            self._look_up(env, Others(of_parts, self.pages))
        docnames[:] = [] if self.step.role == JOIN else sorted(self.pages & {*docnames})

    def _plan(self, count: int) -> Mapping[int, set[str]]:
        """The pages of each of so many parts."""
        plan: dict[int, set[str]] = {number: set() for number in range(1, count + 1)}
        for page, sides in self._of_parts.items():
            plan[part_of(sides, count)].add(page)
        return plan

    def _take_parts(self, app: Sphinx, of_parts: Set[str]) -> None:
        """Have the environment know what all parts read."""
        app.env.tocs = PackedTrees(app.env.tocs)  # type: ignore[assignment]
        for part in self.parts:
            gc.freeze()  # looks for what is not needed in this part alone; trees and environments refer to themselves
            other = environment_of(part)
            pages = of_parts & other.all_docs.keys()
            for name in ("questions", "answers", "conditions"):  # these decide whether pages are read again
                other.domaindata[VersusDomain.name][name].clear()
            app.env.merge_info_from(pages, other, app)
            del other
            gc.collect()
        gc.unfreeze()
        if missing := sorted(app.env.found_docs - app.env.all_docs.keys()):
            self.refuse(app, f'no part has the page "{missing[0]}"', "build all parts from the same base")

    def find_unchanged(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: with the base at hand, find the parts that need not be built again."""
        if self.step.role == BASE and self.parts and not exception:
            self.interface = interface(app.env)
            steps = {part: step for part in self.parts if (step := Step.parse(part.name))}
            plans = {count: self._plan(count) for count in {step.count for step in steps.values()}}
            self.unchanged = [
                part for part, step in steps.items() if self._is_unchanged(app, part, plans[step.count][step.number])
            ]

    def _is_unchanged(self, app: Sphinx, part: Path, pages: Set[str]) -> bool:
        """Whether a part that was built before would become the same; all pages of parts count as those of others here."""
        about = json.loads((part / ABOUT).read_text(encoding="utf-8"))
        state = about.get("state", {})
        shared = [about.get("pages"), about.get("interface"), *(state.get(name) for name in SHARED)]
        if about.get("warned") or shared != [sorted(pages), self.interface, *(self.state[name] for name in SHARED)]:
            return False
        if not reads_the_same(app, sorted(pages), about, environment_of(part)):
            return False
        self._look_up(app.env, self._of_parts.keys())
        domain, answers = domain_of(app.env), json.loads((part / ANSWERS).read_text(encoding="utf-8"))
        homes = [home for home in answers["homes"] if own_page(domain, *home[:2]) not in pages]
        return not [*wrong_answers(app.env, {**answers, "homes": homes, "images": {}})]

    def _check_fit(self, app: Sphinx) -> None:
        """Hold what this build is made from against that of the base."""
        self.state = dict(zip(COMPARED, fingerprint(app), strict=True))
        others = [name for name in COMPARED if self._expected and self._expected.get(name) != self.state[name]]
        if self._expected and not others and app.env.config_status != CONFIG_OK:
            others = [COMPARED[2]]
        if others:
            self.refuse(app, f"{others[0]} changed since the base was built", "build all steps from the same state")

    def _look_up(self, env: BuildEnvironment, pages: Container[str]) -> None:
        """Have the environment answer for the pages of other parts."""
        domain = domain_of(env)
        assert isinstance(domain, PartDomain)
        self._elsewhere = domain.elsewhere = elsewhere = Elsewhere(env, pages)
        env.all_docs = ReadPages(env.all_docs, elsewhere)
        env.titles = Titles(env.titles, elsewhere)
        env.metadata = Metadata(env.metadata, elsewhere)

    def check_environment(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``: refuse what only all pages together show; before anything is written."""
        place = conf_place(Path(app.confdir), "extensions")
        reasons = [*reasons_against_parts(app)] if self.step.role == BASE else []
        if self.step.role == PART:
            pages = sorted(env.toctree_includes.keys() & self.pages)
            hint = "put it on a handwritten page or a list"
            reasons = [(f'the page "{page}" has a list of contents', hint) for page in pages]
        fail([Problem(place, Code.NOT_IN_PARTS, *reason) for reason in reasons])

    def refuse(self, app: Sphinx, message: str, hint: str) -> None:
        """End the build: the files that it was given do not fit."""
        fail([Problem(conf_place(Path(app.confdir), "extensions"), Code.PARTS_DIFFER, message, hint)])

    # -- writing

    def check_answers(self, env: BuildEnvironment, confdir: Path) -> None:
        """Before pages are written: what parts were answered about pages of each other is what was read."""
        problems = []
        for part in self.parts:
            answers = json.loads((part / ANSWERS).read_text(encoding="utf-8"))
            for page, what, hint in wrong_answers(env, answers):
                place = Place(str(env.doc2path(page))) if page else conf_place(confdir, "extensions")
                problems.append(Problem(place, Code.PARTS_DIFFER, f"the part {part.name} was wrong about {what}", hint))
        fail(problems)

    def check_headings(self, confdir: Path) -> None:
        """When pages are written: refuse what shows headings of pages of other parts, which nobody but these knows."""
        if names := sorted(self._elsewhere.headings) if self._elsewhere else []:
            more = f" and {len(names) - 1} other pages" * (len(names) > 1)
            message = f'pages of this part show headings of "{names[0]}"{more}, of another part'
            hint = "link to a page or an object; a theme with a navigation of its own needs a build at once"
            fail([Problem(conf_place(confdir, "extensions"), Code.NOT_IN_PARTS, message, hint)])

    def about(self, env: BuildEnvironment) -> dict[str, Any]:
        """What this part was made from."""
        pages, files = sorted(self.pages), sources(env, self.pages, env.dependencies)
        return {"pages": pages, "interface": self.interface, "sources": files, "warned": self.warned}

    def answers(self, env: BuildEnvironment) -> dict[str, Any]:
        """What this part was answered about pages of other parts, as the join reads it again."""
        elsewhere = self._elsewhere
        assert elsewhere
        return {
            "titles": {docname: title.pformat() for docname, title in elsewhere.titles.items()},
            "homes": [[*key, as_list(home)] for key, home in elsewhere.homes.items()],
            "images": {path: name for path, (pages, name) in env.images.items() if not self.pages.isdisjoint(pages)},
        }


AT_ONCE = "it follows from more than its record and the template of its page, so build the site at once"


def as_list(home: Home) -> list[str]:
    """Where an object lives; empty for nowhere."""
    return [home[0], home[1].anchor, home[1].name] if home else []


def own_page(domain: VersusDomain, type_: str, id_: str) -> str:
    """The page of an object; that of a table is its comparison's."""
    return domain.own_page(("comparison" if type_ == TABLE else type_, id_))


def technologies_of(project: VersusProject, docname: str) -> Sequence[str]:
    """The technologies of a page that belongs to a part; empty for a page of the base."""
    page = project.virtual(docname)
    if page is None or page.type not in ONE_PAGE_EACH or not page.id or page.kind == "kind":
        return ()
    return (page.id,) if page.kind == "technology" else project.catalogue.sides_of(page.id)


def fingerprint(app: Sphinx) -> list[str]:
    """Digests of what must be the same in all builds of a site, in the order of :data:`COMPARED`."""
    project = project_of(app.env)
    pages = [(name, file_digest(project.doc2path(name, absolute=True))) for name in sorted(project.files)]
    made_by, looks = makers_digest(app), digest([*format_state(app)])
    return [str(app.srcdir), made_by, looks, project.snapshot.digest, digest(pages)]


def reasons_against_parts(app: Sphinx) -> Iterator[tuple[str, str]]:
    """What of a site only all of its pages together show, with a hint for each."""
    settings = project_of(app.env).settings
    for kind in ONE_PAGE_EACH:
        if not settings.docname(kind, "x"):
            yield f"there are no pages of each {kind}", f'set the docname of "{kind}" in versus_pages'
    if not is_bounded(app):
        yield "each page shows the tree of the whole site", "set versus_full_navigation = 0"
    if app.env.numbered_toctrees:
        page = min(app.env.numbered_toctrees)
        yield f'the list of contents of "{page}" is numbered', "remove the option :numbered:"
    if app.config.numfig:
        yield "figures and tables are numbered through", "remove numfig"


def environment_of(part: Path) -> BuildEnvironment:
    """The environment of a part."""
    with (part / ENVIRONMENT).open("rb") as stream:
        found: BuildEnvironment = pickle.load(stream)  # noqa: S301 (of a build of this site, as Sphinx's own is)
    return found


def wrong_answers(env: BuildEnvironment, answers: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What a part was answered otherwise than it is: the page (or none), the words for it, and a hint."""
    domain = domain_of(env)
    for docname, title in answers["titles"].items():
        now = env.titles.get(docname)
        if now is None or now.pformat() != title:
            yield docname, f'the title "{now.astext() if now else docname}"', AT_ONCE
    for type_, id_, home in answers["homes"]:
        if (here := as_list(domain.home((type_, id_)))) != home:
            own = own_page(domain, type_, id_)
            page = own if own in env.found_docs else (here or home)[0]
            hint = f'show it on the page "{own}"' if own in env.found_docs and own not in here else AT_ONCE
            yield page, f'where the {type_} "{id_}" is', hint
    for path, name in answers["images"].items():
        if path not in env.images or env.images[path][1] != name:
            yield "", f'the name of the image "{path}"', "give no two images the same name"
