"""``versus init``: a new project builds at once, and an existing one keeps all that it has."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import Site, write_files
from sphinx_versus.catalogue.loader import load
from sphinx_versus.cli.init import with_extension

Run = Callable[..., Result]


def test_a_new_project_builds_and_takes_a_first_comparison(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("init", "my-site")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "my-site"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.parent.name != "schema"}
    assert names == {"conf.py", "index.md", "data", "data/criteria.yaml", "data/sources.yaml", "data/schema"}
    assert result.output.splitlines()[-1].endswith("--kind KIND --conf my-site")
    home = (folder / "index.md").read_text(encoding="utf-8")
    assert home.startswith("# My site\n\n```{comparison-index}\n```\n\n## Browse\n\n```{toctree}\n")
    assert 'project = "My site"\n' in (folder / "conf.py").read_text(encoding="utf-8")
    monkeypatch.chdir(folder)
    assert run("check").exit_code == 0
    assert run("new", "Kettle", "Teapot", "--kind", "kitchen-tool").exit_code == 0
    catalogue, problems = load(folder / "data")
    assert {problem.code.value for problem in problems} == {"unfinished"}
    assert list(catalogue.criteria) == ["purpose"]
    (folder / "conf.py").replace(folder / "other.py")
    (folder / "docs").mkdir()
    for path in ("index.md", "comparisons"):
        (folder / path).rename(folder / "docs" / path)
    site = Site(folder).build()
    assert [line for line in site.warnings.splitlines() if "versus.unfinished" not in line] == []


def test_an_existing_project_keeps_what_it_has(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = 'project = "Ours"  # a comment\nextensions = [\n    "myst_parser",  # Markdown\n]\nhtml_theme = "basic"\n'
    files = {"docs/conf.py": conf, "docs/index.md": "# Ours\n", "docs/data/prices.csv": "1,2\n"}
    monkeypatch.chdir(write_files(tmp_path, files))
    result = run("init")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[:3] == [
        "changed docs/conf.py",
        "wrote docs/catalogue/criteria.yaml",
        "wrote docs/catalogue/sources.yaml",
    ]
    assert (tmp_path / "docs/conf.py").read_text(encoding="utf-8") == (
        conf.replace("# Markdown\n", '# Markdown\n    "sphinx_versus",\n') + "\nversus_data = 'catalogue'\n"
    )
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run("init").output.splitlines()[-1] == 'Next: versus new "First name" "Second name" --kind KIND'
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "extensions = []\n",
        "extensions = ['a', 'b']\n",
        "extensions = [\n  'a',\n  'b'\n]\n",
        "extensions = [\n  'a',\n  'b',  # with a comment\n]\n",
        "x = 'é'; extensions = ['é', 'b',]\n",
        "extensions = [\n  'a',\n  'b']\n",
        "extensions = list('ab')\n",
        "extensions: list[str] = ['a', 'b']\n",
        "extensions: 'list[str]' = [\n  'a',\n  'b',\n]\n",
        "if True:\n  extensions = ['a', 'b']\n",
        "try:\n  extensions = ['a', 'b']\nfinally:\n  pass\n",
        "a = extensions = ['a', 'b']\n",
        "extensions, b = ['a', 'b'], 1\n",
        "extensions: list[str]\nextensions = ['a', 'b']\n",
    ],
)
def test_the_extension_is_added_to_any_list(text: str) -> None:
    values: dict[str, list[str]] = {}
    exec(compile(ast.parse(with_extension(text)), "conf.py", "exec"), values)
    assert values["extensions"][-1] == "sphinx_versus"
    assert len(values["extensions"]) == (1 if text in {"", "extensions = []\n"} else 3)


def test_extensions_of_another_module_stay(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = "import sys\nsys.path.insert(0, '.')\nfrom base import *\n"
    monkeypatch.chdir(
        write_files(tmp_path, {"conf.py": conf, "base.py": "extensions = ['sphinx.ext.todo']\n", "index.rst": "A\n=\n"})
    )
    assert run("init").exit_code == 0
    assert (tmp_path / "conf.py").read_text(encoding="utf-8").endswith('extensions = [*extensions, "sphinx_versus"]\n')
    before = (tmp_path / "conf.py").read_bytes()
    assert run("init").exit_code == 0
    assert (tmp_path / "conf.py").read_bytes() == before


def test_a_broken_conf_py_is_one_line(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"conf.py": "import nothing_at_all\n"}))
    result = run("init")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "conf.py"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"# -*- coding: latin-1 -*-\n# \xe9\nextensions = ['myst_parser']\n", 1, "conf.py is not UTF-8 (byte 28)"),
        (b"\xef\xbb\xbfextensions = ['myst_parser']\n", 0, "changed conf.py"),
    ],
)
def test_a_conf_py_of_another_encoding(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, content: bytes, code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf.py").write_bytes(content)
    result = run("init")
    assert (result.exit_code, words in result.output) == (code, True)
    assert (tmp_path / "conf.py").read_bytes() == (
        content if code else b"extensions = ['myst_parser', \"sphinx_versus\"]\n"
    )


def test_nothing_is_written_where_a_link_leads_nowhere(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site" / "data").mkdir(parents=True)
    for name in ("sources.yaml", "criteria.yaml"):
        (tmp_path / "site" / "data" / name).symlink_to(tmp_path / name)
    assert run("init", "site").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert run("check", "site/data").output.count("leads out of the data folder") == 2
