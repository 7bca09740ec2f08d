"""The guide says what is there: every snippet builds, and nothing that users can name is left out."""

from __future__ import annotations

import ast
import io
import logging
import re
import shlex
import shutil
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from jinja2 import Environment, meta
from sphinx.cmd.build import main as sphinx_build

from conftest import Site
from looping import each
from sphinx_versus.catalogue.views import Outline
from sphinx_versus.cli.commands import main
from sphinx_versus.components.templates import OWN_TEMPLATES
from tools.message_template import PACKAGE, TEMPLATE, message_template
from tools.walkthrough import follow

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
GUIDE = [page for part in ("start", "how-to", "reference", "explanation") for page in (DOCS / part).rglob("*.md")]
"""The pages for those who use Versus."""
WRITTEN = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    DOCS / "index.md",
    *GUIDE,
    *(DOCS / "contributing").rglob("*.md"),
]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(text: str, start: str) -> str:
    """From a line to the next heading of the second level."""
    _, found, rest = text.partition(f"{start}\n")
    assert found, f"there is no {start}"
    return re.split(r"^## ", rest.removeprefix("## "), maxsplit=1, flags=re.MULTILINE)[0]


def code_in(text: str) -> Iterable[str]:
    """What stands in fences and in code spans."""
    fences = r"^(?P<fence>`{3,})[^\n]*\n(?P<code>.*?)^(?P=fence)$"
    yield from (match["code"] for match in re.finditer(fences, text, re.MULTILINE | re.DOTALL))
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)


def test_the_template_for_translators_is_current() -> None:
    assert read(TEMPLATE) == message_template()


def test_no_message_stands_within_an_f_string() -> None:
    """Before Python 3.12, an f-string is one token: the template of messages would lack what stands in it."""
    within = [
        f"{module.relative_to(PACKAGE)}:{call.lineno}"
        for module in sorted(PACKAGE.rglob("*.py"))
        for text in ast.walk(ast.parse(read(module)))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "__", "gettext", "ngettext"}
    ]
    assert within == []


def test_every_variable_of_the_templates_is_told() -> None:
    told = section(read(REFERENCE / "pages.md"), "(templates)=")
    assert set(re.findall(r"^`(\w+)` \(", told, re.MULTILINE)) == {*Outline.__dataclass_fields__, "pages"}


def test_every_variable_of_the_templates_of_components_is_told() -> None:
    guide, environment = read(REFERENCE / "templates.md"), Environment(autoescape=True)
    for path in OWN_TEMPLATES.glob("components/*.jinja"):
        _term, told = guide.split(f"\n`{path.name.partition('.')[0]}` (", 1)[1].split("\n: ", 1)
        told = told.partition("\n\n")[0]
        tree = environment.parse(path.read_text(encoding="utf-8"))
        used = meta.find_undeclared_variables(tree) - {"_", "cycler"}
        assert {name for name in used if not re.search(rf"`{name}\b", told)} == set(), path.name


# -- what a reader is told to do


def run(command: str) -> str:
    """What a command prints, in this process."""
    program, *arguments = shlex.split(command)
    if program == "versus":
        return CliRunner().invoke(main, arguments).output
    assert program == "sphinx-build"
    silenced = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    with redirect_stdout(io.StringIO()) as printed, redirect_stderr(printed):
        sphinx_build([*arguments, "--no-color"])
    logging.disable(silenced)
    return printed.getvalue()


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the tutorial was followed."""
    folder = tmp_path_factory.mktemp("kettles")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        follow(DOCS / "start" / "tutorial.md", folder, run)
    return folder


def test_the_tutorial_works_as_printed(tutorial: Path) -> None:
    page = (tutorial / "_build/html/comparisons/kettle-vs-teapot.html").read_text("utf-8")
    assert "Use Teapot when …" in BeautifulSoup(page, "html.parser").get_text()


@pytest.mark.parametrize(
    "page",
    [
        "add-a-row",
        "remove-records",
        "three-technologies",
        "write-a-page",
        "import-a-table",
        "derive-pairs",
        "control-what-shows",
        "change-look",
        "keep-urls",
        "check-in-ci",
        "link-from-other-sites",
    ],
)
def test_how_to_guides_work_as_printed(
    tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    folder = shutil.copytree(tutorial, tmp_path / "kettles")
    monkeypatch.chdir(folder)
    follow(DOCS / "how-to" / f"{page}.md", folder, run)


def test_the_installation_works_as_printed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"conf.py": 'project = "Elsewhere"\nextensions = []\n', "index.rst": "Elsewhere\n=========\n\n"})
    monkeypatch.chdir(site.root)
    follow(DOCS / "start" / "install.md", site.root, run)
    page = (site.root / "_build/html/index.html").read_text("utf-8")
    assert "Apache-2.0" in BeautifulSoup(page, "html.parser").get_text()


def test_example_of_the_readme_is_real() -> None:
    (record,) = re.findall(r"```yaml\n# (data/\S+)\n(.*?)```", read(ROOT / "README.md"), re.DOTALL)
    assert record[1] in read(ROOT / record[0])


@each(WRITTEN)
def test_commands_that_are_named_exist(page: Path) -> None:
    code = "\n".join(code_in(read(page)))
    makefile = read(ROOT / "Makefile")
    targets = {*re.findall(r"^([a-z]+):", makefile, re.MULTILINE)}
    targets |= {*re.findall(r"^BUILDERS := (.*)$", makefile, re.MULTILINE)[0].split()}
    assert set(re.findall(r"^(?:\$ )?make ([a-z]+)", code, re.MULTILINE)) <= targets
    assert set(re.findall(r"^(?:\$ )?versus ([a-z]+)", code, re.MULTILINE)) <= set(main.commands)


@each(WRITTEN)
def test_files_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"`((?:docs|ext|requirements|tests|tools)/[\w./-]+)`", read(page)))
    made_up = {name for name in named if "kettle" in name or "teapot" in name or name == "docs/source"}
    assert [name for name in sorted(named - made_up) if not (ROOT / name).exists()] == []
