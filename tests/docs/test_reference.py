"""The reference says what is there: every example builds, and nothing that users can name is left out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from pydantic import BaseModel
from reference import RecordFields, option_entries, problem_sections, record_entries, rst

from conftest import Site
from looping import each
from sphinx_versus.catalogue import model
from sphinx_versus.catalogue.fields import Relation
from sphinx_versus.cli.commands import main
from sphinx_versus.config import PAGES, TOOLS, VALUES
from sphinx_versus.directives import DIRECTIVES
from sphinx_versus.problems import EXPLANATIONS, Code
from sphinx_versus.roles import ROLES

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = DOCS / "reference"
SNIPPETS = sorted((DOCS / "snippets").iterdir())
RECORDS = [
    one
    for one in vars(model).values()
    if isinstance(one, type) and issubclass(one, model.Record) and one not in {model.Record, model.Named, model.Extent}
]
PROBLEMS = yaml.safe_load((DOCS / "problems" / "examples.yaml").read_text(encoding="utf-8"))
WITHOUT_EXAMPLE = {
    *("no-catalogue", "unreadable-file", "file-of-others", "not-written", "build-warning", "internal"),
    *("too-large", "more-problems", "page-conflict", "circular-contents", "not-on-a-page", "unsupported-language"),
    *("missing-glyph", "not-typeset", "invalid-template", "not-in-parts", "parts-differ"),
}
"""The problems that no few lines of a record or page cause."""
NEEDS_SITE = {"no-verdict", "lost-address", "invalid-redirect", "invalid-config"}
"""The problems of other files than pages that only a check of the pages finds."""
EMPTY = {"topics"}
"""The snippets that show nothing with the data of this project."""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(text: str, label: str) -> str:
    """What is below a label, to the next heading of the second level."""
    _, found, rest = text.partition(f"({label})=\n## ")
    assert found, f"there is no {label}"
    return re.split(r"^## |^\([\w-]+\)=$", rest, maxsplit=1, flags=re.MULTILINE)[0]


def blocks(text: str, *, kind: str = "yaml") -> Iterable[str]:
    """The code of a kind that a page shows."""
    return re.findall(rf"^```\{{code-block\}} {kind}\n(?::[^\n]*\n)*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


# -- examples


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with the project's own data, and a page in both syntaxes for each snippet."""
    site = Site(tmp_path_factory.mktemp("snippets"))
    shutil.copytree(DOCS.parent / "data", site.root / "data")
    pages = {"docs/index.md": "# Home\n\n```{toctree}\n:glob:\n*/*\n```\n"}
    for path in SNIPPETS:
        name, text = path.stem, read(path)
        pages[f"docs/md/{name}.md"] = f"# {name}\n\n{text}"
        pages[f"docs/rst/{name}.rst"] = f"{name}\n{'=' * len(name)}\n\n{rst(text)}".replace("about-flask", "same-flask")
    pages["conf.py"] = (
        f'{Site.CONF}versus_pages = False\nversus_derived_pairs = ["web-framework"]\nsuppress_warnings = ["versus.not-on-a-page"]\n'
    )
    return site.write(pages).build()


def test_examples_build_without_a_warning(snippets: Site) -> None:
    assert snippets.warnings == ""


def test_every_variable_and_class_that_writers_may_use_exists() -> None:
    page, package = read(DOCS / "how-to" / "change-look.md"), DOCS.parent / "ext" / "sphinx_versus"
    styles = "".join(map(read, package.glob("static/*.css")))
    variables = set(re.findall(r"--vs-[a-z-]+", page))
    assert {name for name in variables if not re.search(rf"{name}\s*:", styles)} == set()
    html = "".join(read(path) for suffix in ("jinja", "py") for path in package.rglob(f"*.{suffix}"))
    classes = set(re.findall(r"`(vs(?:-[a-z]+)?)`", page.partition("## Classes")[2]))
    assert {name for name in classes if not re.search(rf"[\"' ]{name}[\"' {{]", html)} == set()
    assert len(variables) > 10
    assert len(classes) > 10


def test_examples_show_the_same_in_both_syntaxes(snippets: Site) -> None:
    shown = {path.stem: [words_of(snippets, f"{syntax}/{path.stem}") for syntax in ("md", "rst")] for path in SNIPPETS}
    assert {name for name, (of_md, of_rst) in shown.items() if of_md != of_rst} == set()
    assert {name for name, (of_md, _) in shown.items() if of_md == [name, "¶"]} == EMPTY


def words_of(site: Site, docname: str) -> list[str]:
    """The words of a page with no remark in the place of a directive."""
    body = site.soup(f"{docname}.html").select_one("div.body")
    assert body is not None
    assert not body.select(".versus-problem")
    return body.get_text(" ").split()


def test_reference_shows_every_example() -> None:
    pages = "\n".join(map(read, REFERENCE.rglob("*.md")))
    assert {path.stem for path in SNIPPETS} - {*re.findall(r"^```\{example} (\S+)$", pages, re.MULTILINE)} == set()


# -- directives and roles


@each(list(DIRECTIVES))
def test_every_directive_has_its_fields_and_an_example_of_every_option(name: str) -> None:
    (page,) = (text for text in map(read, (REFERENCE / "directives").glob("*.md")) if f"(directive-{name})=" in text)
    entry = section(page, f"directive-{name}")
    assert entry.startswith(f"`{name}` directive\n")
    assert re.search(r"^:Argument: ", entry, re.MULTILINE)
    assert re.search(r"^:Errors: ", entry, re.MULTILINE)
    assert f"(#directive-{name})" in read(REFERENCE / "directives" / "index.md")
    examples = "\n".join(read(DOCS / "snippets" / f"{one}.md") for one in re.findall(r"\{example} (\S+)", entry))
    assert f"```{{{name}}}" in examples
    options = DIRECTIVES[name].options_read
    assert {one for one in options if f"\n:{one}:" not in examples} == set()
    if options:
        body = re.search(rf"^```\{{options}} {name}\n(.*?)^```$", entry, re.MULTILINE | re.DOTALL)
        assert body
        made = option_entries(name, body[1])
        for field in ("Type", "Required", "Example", "Result", "Errors"):
            assert made.count(f"  :{field}: ") == len(options), field
    else:
        assert "It has no options of its own." in entry


def test_options_that_are_missing_or_unknown_are_an_error() -> None:
    with pytest.raises(ValueError, match="kind, toctree, wrong"):
        option_entries("technology-index", "`sections`\n: Sections.\n\n`wrong`\n: Nothing.\n")


def test_default_of_an_option_is_that_of_the_code() -> None:
    made = option_entries("differences", "`limit`\n: Words.\n\n  :Example: `:limit: 2`\n")
    assert made == (
        "`limit`\n: Words.\n\n  :Type: whole number from 1 to 10,000\n  :Default: `3`\n  :Required: no\n  :Example: `:limit: 2`\n"
    )


@each(list(ROLES))
def test_every_role_has_a_section_with_an_example(name: str) -> None:
    entry = section(read(REFERENCE / "roles.md"), f"role-{name}")
    assert entry.startswith(f"`{name}` role\n")
    for field in ("Target", "Link text", "Errors"):
        assert f"\n:{field}: " in entry
    assert f"{{example}} role-{name}\n" in entry
    assert f"{{{name}}}`" in read(DOCS / "snippets" / f"role-{name}.md")


# -- settings and commands


def test_every_setting_has_a_section_with_its_fields_and_an_example() -> None:
    page = read(REFERENCE / "settings.md")
    assert re.findall(r"^## `(versus_\w+)`$", page, re.MULTILINE) == list(VALUES)
    for name in VALUES:
        entry = section(page, f"config-{name.replace('_', '-')}")
        assert f"```{{setting}} {name}\n" in entry
        assert f"\n{name} = " in entry
        compile("\n".join(blocks(entry, kind="python")), name, "exec")
    assert not [kind for kind in PAGES if f"\n`{kind}`\n: " not in section(page, "config-versus-pages")]
    assert not [tool for tool in TOOLS if f"\n`{tool}`\n: " not in section(page, "config-versus-tools")]


def test_every_command_has_a_section() -> None:
    page = read(REFERENCE / "commands.md")
    assert {*re.findall(r"^## `versus ([a-z]+)`$", page, re.MULTILINE)} == set(main.commands)
    assert not [name for name in main.commands if f"```{{command}} {name}\n" not in section(page, f"versus-{name}")]


# -- records


def keys_in(node: object) -> set[str]:
    """All keys of a YAML document."""
    if isinstance(node, dict):
        return {str(key) for key in node} | {key for value in node.values() for key in keys_in(value)}
    return {key for one in node for key in keys_in(one)} if isinstance(node, list) else set()


@each(RECORDS)
def test_every_record_has_its_fields_and_an_example_of_each(record: type[BaseModel]) -> None:
    name = record.__name__
    (page,) = (text for text in map(read, (REFERENCE / "records").glob("*.md")) if f"```{{record}} {name}\n" in text)
    assert f"(record-{name.lower()})=\n" in page
    shown = {key for block in blocks(page) for key in keys_in(yaml.load(block, yaml.BaseLoader))}
    own = set(re.findall(r"^`(\w+)`\n: ", record_entries(record), re.MULTILINE))
    assert own - shown == set()
    fields = {*record.model_fields} - {"id"}
    assert own == (fields - {*model.Fact.model_fields} if record is model.Override else fields)


def test_fields_of_a_record_follow_from_the_model() -> None:
    made = record_entries(model.Criterion)
    assert "`definition`\n" in made
    assert "  :Type: [values](criterion.md#values) by ID\n" in made
    assert "  :Default: `text`\n  :Required: no\n  :Errors: Versus leaves out the field.\n" in made
    assert "  :Required: yes\n  :Errors: Versus leaves out the criterion.\n" in made
    assert "  :Required: yes\n  :Errors: Versus keeps the record.\n" in made
    assert RecordFields.required_arguments == 1


@each(list(REFERENCE.rglob("*.md")))
def test_reference_has_no_tables_that_a_phone_cannot_show(page: Path) -> None:
    assert not re.search(r"^\|", read(page), re.MULTILINE)


def test_every_relation_is_in_the_reference() -> None:
    page = read(REFERENCE / "records" / "comparison.md")
    assert not [one.value for one in Relation if f"\n`{one.value}`\n: " not in page]


# -- problems


def test_every_problem_is_in_the_reference_with_an_example() -> None:
    assert list(EXPLANATIONS) == [code.value for code in Code]
    assert PROBLEMS["examples"].keys() ^ {code.value for code in Code} == WITHOUT_EXAMPLE


def test_example_of_a_problem_is_in_its_section() -> None:
    sections = dict(re.findall(r"^### `(.+)`\n((?:(?!##).*\n?)*)", problem_sections(), re.MULTILINE))
    assert not [code for code, one in PROBLEMS["examples"].items() if one["message"] not in sections[code]]


def test_wrong_records_cause_the_message_and_right_ones_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = {name: text for name, text in PROBLEMS["records"].items() if name.startswith("data/")}
    assert "no problems" in checked(tmp_path / "right", records, monkeypatch)
    for code, example in PROBLEMS["examples"].items():
        if example["file"].startswith("data/") and code not in NEEDS_SITE:
            printed = checked(tmp_path / code, records | wrong(example), monkeypatch)
            assert example["message"] in printed, code
            if "fixed" in example:
                printed = checked(tmp_path / f"{code}-fixed", records | fixed(example), monkeypatch)
                assert "no problems" in printed, code


def test_wrong_pages_cause_the_message_and_right_ones_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_pages = {code: one for code, one in PROBLEMS["examples"].items() if one["file"].startswith("docs/")}
    index = {"docs/index.md": "# Home\n\n```{toctree}\n:glob:\n\n*\n*/index\n```\n"}
    conf = {"conf.py": 'extensions = ["myst_parser", "sphinx_versus"]\nversus_data = "data"\n'}
    base = conf | index | PROBLEMS["records"]
    pages = {f"docs/{code}.md": wrong(one)["docs/page.md"] for code, one in on_pages.items()}
    printed = checked(tmp_path / "pages", base | pages, monkeypatch)
    pages |= {f"docs/{code}-fixed.md": fixed(one)["docs/page.md"] for code, one in on_pages.items() if "fixed" in one}
    messages = {one["message"].replace("docs/page.md", f"docs/{code}.md") for code, one in on_pages.items()}
    assert messages == set(printed.splitlines()[:-1])
    for names in ({"invalid-config"}, NEEDS_SITE - {"invalid-config"}):  # without its settings, a site is not read
        changed, others = base.copy(), [PROBLEMS["examples"][code] for code in sorted(names)]
        for example in others:
            changed[example["file"]] = changed_lines(changed.get(example["file"], ""), example)
        printed = checked(tmp_path / min(names), changed, monkeypatch)
        assert {one["message"].split(": ", 1)[1] for one in others} == {
            line.split(": ", 1)[1] for line in printed.splitlines() if ": [" in line
        }


def wrong(example: Mapping[str, str]) -> dict[str, str]:
    """The file with the lines that cause a problem."""
    records = PROBLEMS["records"] | {"conf.py": ""}
    return {example["file"]: changed_lines(records.get(example["file"], ""), example)}


def fixed(example: Mapping[str, str]) -> dict[str, str]:
    """The file with the lines that end the problem in the place of the wrong ones."""
    ((name, text),) = wrong(example).items()
    broken = example.get("broken", example["wrong"])
    assert broken in text, example
    return {name: text.replace(broken, example["fixed"], 1)}


def changed_lines(text: str, example: Mapping[str, str]) -> str:
    assert example["right"] in text, example
    return text.replace(example["right"], example["wrong"], 1) if example["right"] else text + example["wrong"]


def checked(folder: Path, files: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What ``versus check`` prints."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, ["check", *(["."] if "conf.py" in files else ["data", "--records"])]).output
