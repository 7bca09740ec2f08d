"""Where a project keeps its files, and writing new ones without overwriting anything."""

import os
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import rich_click as click
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from ..catalogue.catalogue import Catalogue
from ..catalogue.files import FILES, FOLDERS, replace_files, resolved
from ..catalogue.loader import load
from ..catalogue.pairs import NONE_DERIVED, Derive
from ..characters import printable
from ..config import Settings, problems_of, register
from ..problems import Code, Place, Problem, in_order, shown_path
from .output import working


class GivenPath(click.Path):
    """A path as an argument or option, which is never the empty text: that would be the working directory."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check the path."""
        if not os.fspath(value):
            self.fail("expected a path, not an empty text", param, ctx)
        return super().convert(value, param, ctx)


PLACES = (".", "docs", "doc", "docs/source", "doc/source", "source")
"""Where the ``conf.py`` of a project is looked for."""


def conf_in(folder: Path) -> Path:
    """The folder of the ``conf.py`` of the project in a folder; without one, that folder."""
    return next((folder / place for place in PLACES if (folder / place / "conf.py").is_file()), folder)


CONF = click.option(
    "--conf",
    type=GivenPath(exists=True, file_okay=False),
    callback=lambda _context, _option, given: given or conf_in(Path()),
    help="The folder of conf.py (default: here, else docs, docs/source or source).",
)
SOURCE = click.option(
    "--source",
    type=GivenPath(exists=True, file_okay=False),
    help="The folder of the pages (default: docs beside conf.py, or that of conf.py).",
)


def _values(_context: click.Context, _option: click.Parameter, define: Iterable[str]) -> dict[str, str]:
    found = {}
    for given in define:
        name, is_one, value = given.partition("=")
        if not (is_one and name.strip()):
            raise click.BadParameter(f'"{given}" replaces nothing; expected NAME=VALUE, such as "html_theme=basic"')
        found[name.strip()] = value.strip()
    return found


DEFINE = click.option(
    "--define",
    "-D",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_values,
    help="Replace a value of conf.py; may be repeated.",
)


class BrokenConfig(click.ClickException):
    """A ``conf.py`` that cannot be run, which is a problem at the line where Python stopped."""

    def __init__(self, path: Path, error: ConfigError) -> None:
        first, *others = str(error).strip().splitlines()  # without the traceback between them
        words, line, column, cause = " ".join([first, *others[-1:]]), 1, 1, error.__cause__
        if isinstance(cause, SyntaxError) and cause.filename == str(path):
            words, line, column = f"conf.py cannot be read: {cause.msg}", cause.lineno or 1, cause.offset or 1
        elif cause:
            steps = traceback.extract_tb(cause.__traceback__)
            line = next((step.lineno for step in reversed(steps) if step.filename == str(path)), None) or 1
        self.problem = Problem(Place(shown_path(str(path)), line, column), Code.INVALID_CONFIG, words)
        super().__init__(str(self.problem))


def read_config(conf: Path) -> Config:
    """A ``conf.py``, read as Sphinx reads it."""
    try:
        config = Config.read(resolved(conf), overrides={}, tags=Tags())
    except ConfigError as error:
        raise BrokenConfig(resolved(conf) / "conf.py", error) from None
    register(config)
    return config


def settings_of(conf: Path) -> Settings:
    """The values of a ``conf.py``; a command does nothing with a default in the place of one."""
    config = read_config(conf)
    if problems := in_order(problems_of(config, conf)):
        for problem in problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("these settings have problems; nothing was written")
    return Settings.of(config, conf)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8 (byte {error.start:,}); save it as UTF-8") from None


def conf_folder(path: Path) -> Path | None:
    """The nearest folder around a path with the ``conf.py`` of a project.

    A ``conf.py`` that comes with records is no project of its own where there is one around: data are never run.
    """
    around = [folder for folder in (path, *path.parents) if (folder / "conf.py").is_file()]
    return next((folder for folder in around if folder == around[-1] or not _is_of_data(folder, around[-1])), None)


def _is_of_data(folder: Path, project: Path) -> bool:
    """Whether a folder is a data folder or in one."""
    below = (one for one in (folder, *folder.parents) if one != project and one.is_relative_to(project))
    return any(map(has_records, below))


def settings_here() -> Settings | None:
    """The settings of the project in the working directory."""
    conf = conf_in(Path())
    return settings_of(conf) if conf_folder(resolved(conf)) == resolved(conf) else None


def _data_folder(context: click.Context, parameter: click.Parameter, given: Path | None) -> Path:
    """The data folder that is given, or the one of the project in the working directory."""
    if given is not None:
        return given
    settings = settings_here()
    return Path(shown_path(str(settings.data))) if settings else Path("data")


def technologies_here(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ids of technologies that begin with some letters, for completion in the shell."""
    settings = settings_here()
    folder = settings.data / "technologies" if settings else Path("data/technologies")
    return sorted(path.stem for path in folder.glob("*.yaml") if path.stem.startswith(incomplete))


DATA = click.argument("data", type=GivenPath(), required=False, callback=_data_folder)
"""The data folder; without it, the one that ``conf.py`` here names."""


def project_with(data: Path) -> tuple[Settings | None, Derive]:
    """The settings of the project in the working directory and which pairs it derives, if the data are its own."""
    if (settings := settings_here()) and resolved(settings.data) == resolved(data):
        return settings, settings.derived_pairs
    return None, NONE_DERIVED


def source_folder(conf: Path) -> Path:
    """Where a project keeps its pages: in ``docs`` beside ``conf.py``, or with it."""
    return conf / "docs" if (conf / "docs").is_dir() else conf


def reads_markdown(conf: Path) -> bool:
    """Whether the pages of a project may be Markdown; where that is not sure, it is not so, as Sphinx always reads .rst."""
    config = read_config(conf)
    suffixes = config.source_suffix if isinstance(config.source_suffix, dict | list | tuple) else ()
    return ".md" in suffixes or not {"myst_parser", "myst_nb"}.isdisjoint(config.extensions)


def has_records(data: Path) -> bool:
    """Whether a folder has a file or folder of records."""
    return any((data / name).exists() for name in (*FILES, *FOLDERS))


def load_readable(data: Path, derive: Derive = NONE_DERIVED) -> Catalogue:
    """The catalogue from which something is to be written; when something cannot be read, nothing is."""
    with working("reading the records"):
        catalogue, problems = load(data, derive=derive)
    for problem in problems:
        if problem.code is Code.UNREADABLE_FILE:
            raise click.ClickException(f"{problem}; nothing was written")
    return catalogue


def write_all(
    files: Mapping[Path, str],
    *,
    force: bool = False,
    appended: Mapping[Path, str] = MappingProxyType({}),
    also: Mapping[Path, bytes] = MappingProxyType({}),
) -> None:
    """Write files, all or none: nothing is written when one of them is there already.

    ``appended`` is added to files that are there, and ``also`` is what of both follows, which is not listed.
    """
    if not force and (there := [str(path) for path in files if os.path.lexists(path)]):
        raise click.ClickException(f"{', '.join(there)} exists already; nothing was written")
    changed = {path: path.read_bytes() + text.encode() for path, text in appended.items() if text}
    replace_files({path: text.encode() for path, text in files.items()} | changed | {**also})
    for path in (*files, *changed):
        click.echo(printable(f"{'changed' if path in changed else 'wrote'} {path}"))
