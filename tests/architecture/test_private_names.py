"""Private names and replaced methods of others are those that the contributor's guide lists with a reason and a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

import sphinx_versus

PACKAGE = Path(sphinx_versus.__file__).parent
ROOT = Path(__file__).parents[2]
LISTED = ROOT / "docs" / "contributing" / "private-names.md"
PRIVATE = re.compile(r"_[A-Za-z]\w*(?<!_)")
DOCUMENTED = {"_replace", "_asdict", "_fields", "_make", "_exit", "_value_"}
"""Names of the standard library that begin so and are documented."""
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
BY_NAME = {"getattr", "setattr", "hasattr", "delattr"}


def is_private(name: str) -> bool:
    return bool(PRIVATE.fullmatch(name)) and name not in DOCUMENTED


def defined(tree: ast.AST) -> Iterator[str]:
    """What a module defines: functions, classes, names in classes and modules, and attributes of ``self`` and ``cls``."""
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            yield node.attr


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def of_others(tree: ast.AST, own: Set[str]) -> Iterator[str]:
    """The private names of others than ``own`` that a module uses, and the methods of objects that it replaces."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            is_stored = isinstance(node.ctx, ast.Store) and not is_self(node.value)
            yield from [node.attr] if is_stored or node.attr not in own else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BY_NAME:
            names = [one.value for one in node.args[1:2] if isinstance(one, ast.Constant)]
            yield from filter(is_private, map(str, names))
        elif isinstance(node, ast.ImportFrom) and not node.level:
            parts = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from filter(is_private, parts)
        elif isinstance(node, ast.Import):
            yield from filter(is_private, (part for alias in node.names for part in alias.name.split(".")))
        elif isinstance(node, ast.Assign):
            is_function = isinstance(node.value, ast.Lambda)
            is_function |= isinstance(node.value, ast.Name) and node.value.id in functions(tree)
            targets = [one for one in node.targets if isinstance(one, ast.Attribute) and not is_self(one.value)]
            yield from (one.attr for one in targets if is_function)


def functions(tree: ast.AST) -> set[str]:
    return {node.name for node in ast.walk(tree) if isinstance(node, FUNCTIONS)}


def test_private_names_of_others_are_those_of_the_table() -> None:
    text = LISTED.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\S+\.py)`: `(\w+)` \| (.+) Test: `(tests/\S+\.py)`: `(test_\w+)` \|$", text, re.MULTILINE)
    assert len(rows) == text.count("\n| `")
    listed = {(module, name) for module, name, *_ in rows}
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    own = {name for tree in trees.values() for name in defined(tree)}
    used = {
        (path.relative_to(PACKAGE).as_posix(), name) for path, tree in trees.items() for name in of_others(tree, own)
    }
    assert used - listed == set(), "not in the table"
    assert listed - used == set(), "in the table and used no more"
    for *_, tests, test in rows:
        assert f"def {test}(" in (ROOT / tests).read_text(encoding="utf-8"), test


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("thing._private", ["_private"]),
        ("class A(B):\n  def f(self): return self._of_b", ["_of_b"]),
        ("class A:\n  def f(self): self._own = 1; return self._own", []),
        ("def f(other):\n  other._own = 1\nclass A:\n  _own = 1", ["_own"]),
        ("getattr(thing, '_private', None)", ["_private"]),
        ("from sphinx.util._pathlib import _StrPath", ["_pathlib", "_StrPath"]),
        ("import sphinx._cli", ["_cli"]),
        ("from ._ours import _thing", []),
        ("builder.write = lambda: None", ["write"]),
        ("def mine(): pass\nbuilder.write = mine", ["write"]),
        ("record._replace(a=1); thing.__class__", []),
    ],
)
def test_the_check_sees_private_names(code: str, found: list[str]) -> None:
    tree = ast.parse(code)
    assert list(of_others(tree, set(defined(tree)))) == found
