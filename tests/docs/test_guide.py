"""The guide says what is there: every snippet builds, and nothing that users can name is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from jinja2 import Environment, meta

from conftest import INDEX, Site
from looping import each
from sphinx_versus.catalogue.views import Outline
from sphinx_versus.cli.commands import main
from sphinx_versus.components.templates import OWN_TEMPLATES
from sphinx_versus.problems import Code
from tools.message_template import TEMPLATE, message_template

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
GUIDE = [page for part in ("start", "how-to", "reference", "explanation") for page in (DOCS / part).rglob("*.md")]
"""The pages for those who use Versus."""
WRITTEN = [
    ROOT / "README.md",
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


def captioned(page: Path) -> dict[str, str]:
    """The files that a page tells the reader to write: code blocks whose caption is a file name."""
    block = r"^(`{3,})\{code-block\} \w+\n:caption: (?P<name>\S+)\n\n(?P<code>.*?)^\1$"
    found = re.finditer(block, read(page), re.MULTILINE | re.DOTALL)
    return {match["name"]: match["code"] for match in found}


def test_the_template_for_translators_is_current() -> None:
    assert read(TEMPLATE) == message_template()


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


# -- problems


def test_page_of_problems_is_current() -> None:
    assert read(REFERENCE / "problems.md") == read(ROOT / "ext" / "sphinx_versus" / "problems.md")


def test_page_of_problems_has_every_code() -> None:
    assert re.findall(r"^### `(.+)`$", read(REFERENCE / "problems.md"), re.MULTILINE) == [code.value for code in Code]


# -- what a reader is told to do


def test_files_of_the_tutorial_make_a_site_without_a_warning(site: Site) -> None:
    site.write({**captioned(DOCS / "start" / "tutorial.md"), **INDEX}).build()
    assert site.warnings == ""
    page = site.soup("comparisons/kettle-vs-teapot.html")
    assert "It is Teapot when …" in page.get_text()


def test_commands_of_the_tutorial_print_what_it_says(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    page = DOCS / "start" / "tutorial.md"
    files = captioned(page)
    monkeypatch.chdir(site.root)
    site.write({"docs/index.md": "# Home\n", "data/criteria.yaml": files["data/criteria.yaml"]})
    assert run("new Kettle Teapot --kind kitchen-tool --relation complements") in read(page)
    site.write(files)
    assert run("check") in read(page)
    site.edit("data/technologies/teapot.yaml", "value: partial", "value: partly")
    (problem,) = [line for line in run("check").splitlines() if line.startswith("data/technologies/teapot.yaml:")]
    assert problem in read(page)


def run(command: str) -> str:
    return CliRunner().invoke(main, command.split()).output


def test_example_for_other_projects_makes_a_site_without_a_warning(site: Site) -> None:
    files = captioned(DOCS / "start" / "install.md")
    site.write({name.replace("index.rst", "docs/index.rst"): text for name, text in files.items()}).build()
    assert site.warnings == ""
    assert "Apache-2.0" in site.soup("index.html").get_text()


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
    made_up = {name for name in named if "kettle" in name or "teapot" in name}
    assert [name for name in sorted(named - made_up) if not (ROOT / name).exists()] == []
