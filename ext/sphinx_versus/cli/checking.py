"""What ``versus check`` looks at: the records of a data folder, and the pages of the project around it.

Pages are read as in any build, by a builder that writes nothing, in a folder that is removed: what a build reports of them is what is
wrong with them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import packages_distributions
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sphinx import ext
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..catalogue.catalogue import Catalogue
from ..catalogue.files import FOLDERS, resolved
from ..catalogue.loader import load
from ..catalogue.rules import in_places, without_places
from ..config import Settings, at_setting, conf_place, problems_of
from ..environment.page_mistakes import CHECKED
from ..environment.project import project_of
from ..environment.reporting import locate
from ..problems import LONGEST_MESSAGE, SURELY_MEANT, Code, Place, Problem, closest, in_order, shown_path
from .files import BrokenConfig, conf_folder, conf_in, has_records, read_config, source_folder

_WARNING = re.compile(
    r"(?:(?P<path>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?:{0,2} )?(?:WARNING|ERROR|CRITICAL): (?P<words>.*)"
)
_OWN = re.compile(r"\[(?P<code>[a-z-]+)\] (?P<words>.*?)(?: \[versus\.(?P=code)\])?")


class Checked(NamedTuple):
    """What was looked at, and everything that is wrong with it."""

    name: str
    """What was looked at, as a person at this prompt would call it."""
    catalogue: Catalogue
    pages: int
    """How many pages were read."""
    problems: list[Problem]


def checked(paths: Sequence[Path], *, records_only: bool = False) -> Checked:
    """Look at files and folders: of a project those below them, else one data folder or the one around a file."""
    wanted = [resolved(path) for path in paths or [Path()]]
    conf = conf_folder(wanted[0]) or conf_folder(conf_in(wanted[0]))
    with suppress(OSError):  # there is no working directory any more
        conf = conf or conf_folder(resolved(conf_in(Path())))
    try:
        config = read_config(conf) if conf else None
    except BrokenConfig as error:
        return Checked(str(conf), Catalogue(), 0, [error.problem])
    settings = Settings.of(config, conf) if conf and config else None
    if not (conf and config and settings and _is_part(wanted, conf, settings)):
        path = paths[0] if paths else Path("data")
        data = _data_folder(path)
        catalogue, problems = load(data)
        if data.is_dir() and not has_records(data):
            problems = [no_records(data), *problems]
        return Checked(str(path), catalogue, 0, [*_below(problems, [resolved(path)])])
    data = Path(shown_path(str(settings.data)))
    catalogue, found = load(data, derive=settings.derived_pairs)
    problems, pages = [*problems_of(config, conf), *(at_setting(problem, config, conf) for problem in found)], 0
    if not records_only and not all(path.is_relative_to(resolved(settings.data)) for path in wanted):
        pages, more = _problems_of_pages(conf)
        known = {*map(_beginning, problems)}
        problems = in_order(_with_pages(problems, [one for one in more if _beginning(one) not in known]))
    whole = f"{data} and {shown_path(str(resolved(source_folder(conf))))}" if pages else str(data)
    name = ", ".join(map(str, paths)) or whole
    return Checked(name, catalogue, pages, [*_below(problems, wanted)])


def _is_part(paths: Iterable[Path], conf: Path, settings: Settings) -> bool:
    """Whether all paths are there and belong to the records or pages of a project, or hold them."""
    parts = [resolved(conf), resolved(source_folder(conf)), resolved(settings.data)]

    def is_part(path: Path) -> bool:
        is_inside = any(path.is_relative_to(part) for part in parts[1:]) or path in parts
        return path.exists() and (is_inside or parts[0].is_relative_to(path))

    return all(map(is_part, paths))


def _with_pages(problems: Sequence[Problem], of_pages: Iterable[Problem]) -> Iterator[Problem]:
    """All problems; names on pages that records use as well, and that are unknown, are places of the same problem."""
    known = {(one.code, without_places(one.message)[0]): at for at, one in enumerate(problems)}
    places: dict[int, list[str]] = {}
    for one in of_pages:
        words, there = without_places(one.message.partition("; ")[0])
        if (at := known.get((one.code, words))) is None:
            yield one
        else:
            places.setdefault(at, []).extend([str(one.place), *there])
    yield from (in_places(one, places.get(at, [])) for at, one in enumerate(problems))


def _beginning(problem: Problem) -> str:
    """What is the same in a problem and in a log, which leaves out the middle of long ones."""
    return f"{problem.place}: {problem.text[: LONGEST_MESSAGE // 3]}"


def no_records(data: Path) -> Problem:
    """The problem of a folder that is no data folder."""
    message = f'there are no records in "{shown_path(str(data))}"'
    return Problem(Place(str(data)), Code.NO_CATALOGUE, message, 'expected such as "criteria.yaml" or "technologies"')


def _data_folder(path: Path) -> Path:
    """The data folder in which a file with records lies; a folder is one itself."""
    if not path.is_file():
        return path
    return path.parent.parent if path.parent.name in FOLDERS else path.parent


def _below(problems: Iterable[Problem], paths: Sequence[Path]) -> Iterator[Problem]:
    """The problems in files at or below some paths; without a place in the project, all of them."""
    for problem in problems:
        at = Path(problem.place.path)
        places = resolved(at), resolved(at.parent) / at.name  # a link may be what is wrong, wherever it leads
        if any(place.is_relative_to(path) or not path.exists() for path in paths for place in places):
            yield problem


def _problems_of_pages(conf: Path) -> tuple[int, list[Problem]]:
    """How many pages a project has, and what a build reports."""
    log = StringIO()
    with TemporaryDirectory() as folder, docutils_namespace(), patch_docutils(conf):
        values = {"gettext_auto_build": False}  # nothing is written into the project
        app, place = None, Place(shown_path(str(conf / "conf.py")))
        try:
            app = Sphinx(
                source_folder(conf), conf, folder, folder, "dummy", values, status=None, warning=log, tags=[CHECKED]
            )
            if "sphinx_versus" not in app.extensions:
                message, hint = '"sphinx_versus" is not among the extensions, so no page is checked', "add it"
                return 0, [Problem(conf_place(conf, "extensions"), Code.INVALID_CONFIG, message, hint)]
            app.build()
        except Exception as error:  # noqa: BLE001 (whatever Sphinx or another extension raises, the records are checked)
            if app and (docname := app.env.current_document.docname):
                place = Place(shown_path(str(app.env.doc2path(docname))))
            name = "" if isinstance(error, SphinxError) else f"{type(error).__name__}: "
            words = " ".join(f"the pages cannot be read: {name}{error}".split())
            problem = _extension_problem(conf, words) or Problem(place, Code.BUILD_WARNING, words)
            return 1, [*_problems_in(log.getvalue(), conf), problem]
        return len(app.env.found_docs), [*_unread(app), *_problems_in(log.getvalue(), conf)]


def _unread(app: Sphinx) -> Iterator[Problem]:
    """Pages in Markdown that would take the place of virtual ones, if a parser of the site read them."""
    if ".md" in app.config.source_suffix:
        return
    for docname in app.env.found_docs:
        if project_of(app.env).virtual(docname) and (path := Path(app.srcdir, f"{docname}.md")).is_file():
            message, hint = "a page in Markdown, which no parser of this site reads", "save it as .rst"
            place = Place(shown_path(str(path)))
            yield Problem(
                place, Code.UNEXPECTED_FILE, message, f'{hint}, or add "myst_parser" to extensions in conf.py'
            )


def _extension_problem(conf: Path, words: str) -> Problem | None:
    """The problem of an extension that cannot be imported, where ``conf.py`` names it."""
    if not (found := re.search(r"Could not import extension (\S+)", words)):
        return None
    of_sphinx = (f"sphinx.ext.{module.name}" for module in iter_modules(ext.__path__))
    meant = closest(found[1], {"sphinx_versus", *packages_distributions(), *of_sphinx}, SURELY_MEANT)
    hint = f'did you mean "{meant}"?' if meant else "install it, or correct its name"
    place = locate(shown_path(str(conf / "conf.py")), 1, None, found[1])
    return Problem(place, Code.INVALID_CONFIG, words, hint)


def _problems_in(log: str, conf: Path) -> list[Problem]:
    """The warnings of a build as problems, of others' only those in lines about which ours say nothing."""
    problems = [*_warnings(log, conf)]
    told = {(one.place.path, one.place.line) for one in problems if one.code != Code.BUILD_WARNING}
    return [one for one in problems if one.code != Code.BUILD_WARNING or (one.place.path, one.place.line) not in told]


def _warnings(log: str, conf: Path) -> Iterator[Problem]:
    """All warnings of a build; a message may go on for several lines, of which the first says what it is."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", log)
    for line in re.sub(r"(Error in .+):\n(?=\S)", r"\1: ", plain).splitlines():
        if found := _WARNING.fullmatch(line):
            path = found["path"] or str(conf / "conf.py")
            place = Place(shown_path(path), int(found["line"] or 1), int(found["column"] or 1))
            own = _OWN.fullmatch(found["words"])
            if own and own["code"] in {code.value for code in Code}:
                yield Problem(place, Code(own["code"]), own["words"])
            else:
                yield Problem(place, Code.BUILD_WARNING, found["words"])
