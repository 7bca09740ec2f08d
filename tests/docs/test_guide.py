"""The guide says what is there: every snippet builds, and nothing that users can name is left out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from jinja2 import Environment, meta
from pydantic import BaseModel

from conftest import INDEX, Site
from looping import each
from sphinx_versus.catalogue import model
from sphinx_versus.catalogue.fields import Loss, Relation
from sphinx_versus.catalogue.views import Outline
from sphinx_versus.cli.commands import main
from sphinx_versus.components.templates import OWN_TEMPLATES
from sphinx_versus.problems import Code
from tools.configuration_table import configuration_table
from tools.message_template import TEMPLATE, message_template

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
GUIDE = [page for part in ("start", "how-to", "reference", "explanation") for page in (DOCS / part).rglob("*.md")]
"""The pages for those who use Versus."""
SNIPPETS = sorted((DOCS / "snippets").iterdir())
BOTH = sorted(path.stem for path in SNIPPETS if path.suffix == ".rst" and path.with_suffix(".md") in SNIPPETS)
"""The snippets that exist in Markdown and in reStructuredText."""
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


# -- snippets


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with the project's own data and a page for each snippet."""
    site = Site(tmp_path_factory.mktemp("snippets"))
    shutil.copytree(ROOT / "data", site.root / "data")
    titled = {
        f"docs/{path.suffix[1:]}-{path.stem}{path.suffix}": f"{heading(path)}\n\n{read(path)}" for path in SNIPPETS
    }
    names = "\n".join(sorted(Path(name).stem for name in titled))
    return site.write({"docs/index.md": f"# Home\n\n```{{toctree}}\n{names}\n```\n", **titled}).build()


def heading(path: Path) -> str:
    return f"# {path.stem}" if path.suffix == ".md" else f"{path.stem}\n{'=' * len(path.stem)}"


def test_snippets_build_without_a_warning(snippets: Site) -> None:
    assert snippets.warnings == ""


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.name)
def test_snippet_shows_something(snippets: Site, path: Path) -> None:
    page = snippets.soup(f"{path.suffix[1:]}-{path.stem}.html")
    body = page.select_one("div.body")
    assert body is not None
    assert not body.select(".versus-problem")
    empty = path.stem in {"topics", "derived-pairs"}
    words = body.get_text(" ", strip=True).removeprefix(path.stem).strip("¶ ")
    assert bool(words) is not empty


@pytest.mark.parametrize("stem", BOTH)
def test_restructuredtext_and_markdown_give_the_same(snippets: Site, stem: str) -> None:
    of_rst, of_md = (snippets.soup(f"{kind}-{stem}.html").select_one("div.body") for kind in ("rst", "md"))
    assert of_rst is not None
    assert of_md is not None
    assert of_rst.get_text().split() == of_md.get_text().split()


def test_guide_shows_the_source_of_every_snippet() -> None:
    pages = "\n".join(map(read, GUIDE))
    shown = re.findall(r"\{literalinclude} (?:\.\./)+snippets/(\S+)$", pages, re.MULTILINE)
    assert {path.name for path in SNIPPETS} - {*shown} == set()


# -- directives, roles, configuration


def test_every_directive_has_a_section_with_a_snippet_and_its_options(snippets: Site) -> None:
    pages = [read(page) for page in (REFERENCE / "directives").glob("*.md")]
    overview = read(REFERENCE / "directives" / "index.md")
    for name, directive in snippets.app.registry.domain_directives["versus"].items():
        (page,) = (page for page in pages if f"(directive-{name})=" in page)
        told = section(page, f"(directive-{name})=")
        assert told.startswith(f"`{name}`\n")
        assert f"| `{name}` |" in overview
        shown = re.findall(r"\{literalinclude} .*snippets/(\S+\.md)", told)
        assert any(f"```{{{name}}}" in read(DOCS / "snippets" / file) for file in shown), name
        options = {"class", "name", *directive.options_read}
        listed = set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE))
        assert listed == options - {"class", "name"}, name


def test_every_role_has_a_section_with_a_snippet(snippets: Site) -> None:
    page = read(REFERENCE / "roles.md")
    for name in snippets.app.registry.domain_roles["versus"]:
        told = section(page, f"(role-{name})=")
        assert told.startswith(f"`{name}`\n")
        assert f"snippets/role-{name}.md" in told
        assert f"{{{name}}}`" in read(DOCS / "snippets" / f"role-{name}.md")


def test_the_template_for_translators_is_current() -> None:
    assert read(TEMPLATE) == message_template()


def test_every_value_of_the_configuration_is_told(snippets: Site) -> None:
    values = {value.name for value in snippets.app.config if value.name.startswith("versus_")}
    told = set(re.findall(r"^## `(versus_\w+)`$", read(REFERENCE / "settings.md"), re.MULTILINE))
    assert told == values


def test_the_table_of_the_configuration_is_current() -> None:
    assert read(REFERENCE / "settings.inc") == configuration_table()


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


# -- records


@pytest.mark.parametrize(
    "record",
    [
        model.Technology,
        model.Fact,
        model.Criterion,
        model.Source,
        model.Misconception,
        model.Comparison,
        model.Published,
    ],
)
def test_every_field_of_a_record_is_told(record: type[model.Record]) -> None:
    told = section(read(REFERENCE / "records.md"), f"(record-{record.__name__.lower()})=")
    table = told.partition("\n### ")[0]
    listed = {name: bool(bold) for bold, name in re.findall(r"^\| (\*\*)?`(\w+)`", table, re.MULTILINE)}
    needed = {name for name, loss in record.losses().items() if loss is Loss.NEEDED}
    fields = {
        name: field.is_required() or name in needed for name, field in record.model_fields.items() if name != "id"
    }
    assert listed == fields


@pytest.mark.parametrize("record", [model.Verdict, model.Condition, model.Topic, model.RowGroup, model.Override])
def test_every_field_of_a_part_is_told(record: type[BaseModel]) -> None:
    told = section(read(REFERENCE / "records.md"), "(record-comparison)=")
    own = set(record.model_fields) - set(model.Fact.model_fields) - {"id"}
    assert not [name for name in own if f"`{name}`" not in told]


def test_every_relation_is_told() -> None:
    told = section(read(REFERENCE / "records.md"), "(record-comparison)=")
    assert not [one.value for one in Relation if f"| `{one.value}` |" not in told]


# -- commands


def test_every_command_and_option_is_in_the_guide() -> None:
    page = read(REFERENCE / "commands.md")
    overview = page.partition("\n(versus-")[0]
    assert not [name for name in main.commands if f"`versus {name}`" not in overview]
    pages = page + read(DOCS / "how-to" / "preview.md") + read(DOCS / "how-to" / "build-in-parts.md")
    told = set(re.findall(r"^\| `(--[a-z-]+)", pages, re.MULTILINE))
    options = {
        option
        for command in main.commands.values()
        for one in command.params
        if isinstance(one, click.Option)
        for option in (one.secondary_opts or one.opts)
        if option.startswith("--")
    }
    assert told == options


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
