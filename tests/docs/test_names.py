"""Names of our modules, classes and functions that documents and docstrings use are those of the code."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from looping import each

ROOT = Path(__file__).parents[2]
CONTRIBUTING = ROOT / "docs" / "contributing"
PACKAGE = ROOT / "ext" / "sphinx_versus"
MODULES = [path for folder in (PACKAGE, ROOT / "tests", ROOT / "tools") for path in folder.rglob("*.py")]
BASES = (ROOT, PACKAGE, PACKAGE.parent, ROOT / "tests")
"""Where paths in documents begin."""
OF_OTHERS = {"navigation.prune", "docname.md.jinja"}
"""Names of other software, and made-up ones, that look like one of ours."""


def words_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


IN_FORCE = [page for page in sorted(CONTRIBUTING.rglob("*.md")) if "eplaced by" not in words_of(page)[:400]]
"""The pages for contributors; a decision that was replaced keeps the names of its time."""


@cache
def members() -> Mapping[str, set[str]]:
    """By module and by class, each by its own name alone, the names that are defined in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        tree = ast.parse(words_of(path))
        found[path.stem] |= set(_names(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name] |= {node.name, *_names(node)}
    return found


def _names(owner: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in ast.walk(owner):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def is_known(name: str) -> bool:
    """Whether a file is there, or ``Class.name`` or ``module.name`` of one of ours is; a file's bare name stands for one file only."""
    if re.search(r"\.(py|jinja|typ|css|js|sty)$", name):
        if "/" in name:
            return any((base / name).exists() for base in BASES)
        return len([*PACKAGE.rglob(name), *(ROOT / "tests").rglob(name)]) == 1
    *owners, last = name.split(".")
    is_ours = owners[0] in members() and last not in {"md", "yaml"}
    return not is_ours or last in members().get(owners[-1], set())


@each(IN_FORCE)
def test_names_in_documents_exist(page: Path) -> None:
    spans = set(re.findall(r"(?<!`)`([\w/-]+(?:\.[\w-]+)+)(?:\(\))?`(?!`)", words_of(page)))
    written = {name for name in spans if not name.startswith("_")}  # files of the output
    assert [name for name in sorted(written - OF_OTHERS) if not is_known(name)] == []


def test_references_in_docstrings_lead_to_something() -> None:
    everything = {*members(), *(name for names in members().values() for name in names)}
    modules = {path.stem for path in PACKAGE.rglob("*.py")}
    found = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in PACKAGE.rglob("*.py")
        for role, target in re.findall(r":(mod|class|func|meth|data):`~?([\w.]+)`", words_of(path))
        if target.startswith((".", "sphinx_versus."))
        if target.rpartition(".")[2] not in (modules if role == "mod" else everything)
    ]
    assert found == []
