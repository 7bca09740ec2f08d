"""``versus init``: what a new or an existing Sphinx project needs for its first records."""

import ast
import os
import shlex
from importlib.util import find_spec
from pathlib import Path

import rich_click as click

from ..catalogue.catalogue import Catalogue
from ..catalogue.files import FILES, FOLDERS, replace_files, resolved
from ..catalogue.json_schema import schema_files
from ..catalogue.markdown import verbatim
from ..catalogue.model import Criterion, Source
from ..characters import printable
from .files import GivenPath, conf_in, read_config, read_text
from .new import render

OWN, OTHER = "data", "catalogue"
"""The usual data folder, and the one where that belongs to something else."""
LISTS = ("comparisons/index", "technologies/index", "misconceptions", "criteria")
THEMES = ("furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")


@click.command()
@click.argument("folder", type=GivenPath(file_okay=False), default=".")
def init(folder: Path) -> None:
    """Set up FOLDER (default: here) for Versus: a new Sphinx project, or the one that is there.

    In conf.py, the extension is added; pages and files that are there stay as they are.
    """
    conf = conf_in(folder)
    is_new = not (conf / "conf.py").is_file()
    extensions, given = ([], OWN) if is_new else _settings(conf)
    data = conf / (given if given != OWN or _is_ours(conf / OWN) else OTHER)
    conf_py, before = conf / "conf.py", "" if is_new else read_text(conf / "conf.py")
    project = resolved(folder).name.replace("-", " ").replace("_", " ").capitalize()
    text = _new_conf(project) if is_new else before
    if not is_new and "sphinx_versus" not in extensions:
        text = with_extension(text, is_given=bool(extensions))
    if data != conf / given:
        text = f"{text.rstrip()}\n\nversus_data = {data.name!r}\n"
    files = {
        path: content
        for path, content in {**_records(data), **(_index(conf, project) if is_new else {})}.items()
        if not os.path.lexists(path)  # a link that leads nowhere is there, and what it leads to is not written
    }
    if text != before:
        files = {conf_py: text.encode(), **files}
    replace_files(files)
    for path in files:
        if path.parent.name != "schema":
            click.echo(printable(f"{'changed' if path == conf_py and not is_new else 'wrote'} {path}"))
    if not is_new:
        click.echo(f"Add to a table of contents: {', '.join(LISTS)}")
    where = "" if resolved(folder) == resolved(Path()) else f" --conf {shlex.quote(str(conf))}"
    click.echo(printable(f'Next: versus new "First name" "Second name" --kind KIND{where}'))


def _settings(conf: Path) -> tuple[list[str], str]:
    """The extensions of an existing project, and its data folder."""
    config = read_config(conf)
    return config.extensions, config.versus_data or OWN


def _is_ours(data: Path) -> bool:
    """Whether a folder can be the data folder: it is not there, or all that is in it is of a catalogue."""
    known = {*FILES, *FOLDERS, "schema"}
    return not data.exists() or all(path.name in known or path.name.startswith(".") for path in data.iterdir())


def with_extension(text: str, *, is_given: bool = False) -> str:
    """A ``conf.py`` with the extension at the end of its list; what is given in another form is added to."""
    module = ast.parse(text)
    lists = [value for node in module.body if (value := _extensions_in(node))]
    if not lists:
        is_bound = is_given or any(isinstance(one, ast.Name) and one.id == "extensions" for one in ast.walk(module))
        return f'{text.rstrip()}\n\nextensions = [{"*extensions, " * is_bound}"sphinx_versus"]\n'.lstrip()
    last = lists[-1]
    if not isinstance(last, ast.List):
        return f'{text.rstrip()}\n\nextensions = [*extensions, "sphinx_versus"]\n'
    lines = text.encode().splitlines(keepends=True)
    after = last.elts[-1] if last.elts else None
    line = (after.end_lineno if after else None) or last.lineno
    column = (after.end_col_offset if after else None) or last.col_offset + 1
    here = lines[line - 1]
    is_own_line = after is not None and after.lineno != last.lineno
    if after and is_own_line and b"]" not in here[column:].partition(b"#")[0]:
        rest = here[column:].lstrip(b",").rstrip(b"\r\n")
        lines[line - 1] = here[:column] + b"," + rest + b"\n" + b" " * after.col_offset + b'"sphinx_versus",\n'
        return b"".join(lines).decode()
    new = ', "sphinx_versus"' if after else '"sphinx_versus"'
    lines[line - 1] = here[:column] + new.encode() + here[column:]
    return b"".join(lines).decode()


def _extensions_in(node: ast.stmt) -> ast.expr | None:
    """The value of ``extensions`` in a statement that assigns it alone, with a type or without."""
    match node:
        case ast.Assign(targets=[ast.Name(id="extensions")], value=value):
            return value
        case ast.AnnAssign(target=ast.Name(id="extensions"), value=value):
            return value
    return None


def _new_conf(project: str) -> str:
    theme = next((name for name in THEMES if find_spec(name)), "alabaster")
    return "\n".join(
        [
            f'project = "{project}"',
            'extensions = ["myst_parser", "sphinx_versus"]',
            'exclude_patterns = ["_build", ".venv", "README.md"]',
            f'html_theme = "{theme}"',
            "html_show_copyright = False",
            "",
        ]
    )


def _records(data: Path) -> dict[Path, bytes]:
    """The files of a data folder without records, and the schemas that they name."""
    criteria = render("criteria.yaml", record=Criterion, one=None)
    texts = {"criteria.yaml": criteria, "sources.yaml": render("sources.yaml", record=Source)}
    return {data / name: text.encode() for name, text in texts.items()} | schema_files(data / "schema", Catalogue())


def _index(conf: Path, project: str) -> dict[Path, bytes]:
    """A home page for a new project."""
    if any(conf.glob("index.*")):
        return {}
    contents = "\n".join(["## Browse", "", "```{toctree}", *LISTS, "```"])
    text = f"# {verbatim(project)}\n\n```{{comparison-index}}\n```\n\n{contents}\n"
    return {conf / "index.md": text.encode()}
