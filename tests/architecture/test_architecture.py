"""The rooms of the code, and the one-way street between them."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sphinx_versus

PACKAGE = Path(sphinx_versus.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

LEVELS = {
    "version": 0,
    "characters": -1,
    "problems": 0,
    "catalogue": 1,
    "components": 2,
    "config": 2,
    "environment": 3,
    "directives": 4,
    "transforms": 4,
    "roles": 4,
    "html": 5,
    "pdf": 5,
    "preview": 5,
    "parts": 6,
    "cli": 7,
    "extension": 8,
    "": 9,
}
"""A room imports from itself and from rooms below its own level; the empty name is the package's own module."""

SHARED = {
    *("base", "__init__"),
    *("component", "i18n", "node_helpers", "page", "prose_writer", "templates"),
    *("answers", "bar", "grid", "time_axis", "wires"),
}
"""Modules that the components of a room may share."""
ALL = {"__init__"}
"""Modules that know all components."""


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module, parsed once for all checks."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> tuple[str, ...]:
    """The module's parts below the package: ``("components", "table")``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


@cache
def imports(path: Path) -> tuple[tuple[str, ...], ...]:
    """Every module of ours that a module imports: at the top, inside functions, and for types only."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, ...]]:
    here = (*name_of(path), "") if path.name == "__init__.py" else name_of(path)
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            start = _start(node, here)
            if start is not None:
                yield from ((*start, alias.name) if is_module((*start, alias.name)) else start for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (_below(alias.name) for alias in node.names if alias.name.startswith("sphinx_versus"))


def _start(node: ast.ImportFrom, here: tuple[str, ...]) -> tuple[str, ...] | None:
    named = tuple(node.module.split(".")) if node.module else ()
    if node.level:
        return (*here[: len(here) - node.level], *named)
    return _below(node.module or "") if named[:1] == ("sphinx_versus",) else None


def _below(module: str) -> tuple[str, ...]:
    return tuple(module.split(".")[1:])


@cache
def is_module(parts: tuple[str, ...]) -> bool:
    path = PACKAGE.joinpath(*parts)
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def room(parts: tuple[str, ...]) -> str:
    return parts[0] if parts else ""


def test_imports_run_one_way() -> None:
    wrong = [
        f"{'.'.join(own)} imports {'.'.join(target)}"
        for own, path in ((name_of(path), path) for path in MODULES)
        for target in imports(path)
        if room(target) != room(own) and LEVELS[room(target)] >= LEVELS[room(own)]
    ]
    assert wrong == []


def test_the_check_sees_imports() -> None:
    found = {room(target) for target in imports(PACKAGE / "environment" / "reading_page.py")}
    assert {"catalogue", "environment"} <= found


@pytest.mark.parametrize("folder", ["components", "directives"])
def test_components_do_not_import_each_other(folder: str) -> None:
    for path in (PACKAGE / folder).glob("*.py"):
        if path.stem in ALL:
            continue
        others = {target for target in imports(path) if target[:1] == (folder,) and len(target) > 1}
        assert {target[1] for target in others} <= SHARED, path.name


def test_there_are_no_import_cycles() -> None:
    graph = {name_of(path): {target for target in imports(path) if target != name_of(path)} for path in MODULES}
    done: set[tuple[str, ...]] = set()

    def visit(module: tuple[str, ...], above: tuple[tuple[str, ...], ...]) -> None:
        assert module not in above, " -> ".join(".".join(one) for one in (*above, module))
        if module not in done:
            for target in graph.get(module, ()):
                visit(target, (*above, module))
            done.add(module)

    for module in graph:
        visit(module, ())


BLOCKED = """
import sys
for name in ("sphinx", "docutils", "myst_parser"):
    sys.modules[name] = None
import importlib
import types
package = types.ModuleType("sphinx_versus")  # whose own module is the extension
package.__path__ = [{path!r}]
sys.modules["sphinx_versus"] = package
for name in {names!r}:
    importlib.import_module("sphinx_versus." + name)
"""


def test_the_data_core_needs_no_sphinx() -> None:
    names = [".".join(name_of(path)) for path in MODULES if room(name_of(path)) in {"catalogue", "problems"}]
    code = BLOCKED.format(path=str(PACKAGE), names=names)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_module_knows_dask() -> None:
    """It is an extra, which a plain installation does not bring."""
    found = set()
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            if {"dask", "distributed"} & {name.partition(".")[0] for name in names}:
                found.add(name_of(path))
    assert found == {("parts", "cluster")}


def test_no_node_of_ours_reaches_a_writer() -> None:
    """A node known to one builder only makes the others crash; components are gone before anything is written."""
    for path in MODULES:
        for node in ast.walk(tree_of(path)) if name_of(path) != ("transforms", "components") else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in {"add_node", "add_enumerable_node"}, path


DEPRECATED = {("env", "app"), ("builder", "app"), ("transform", "app"), ("self", "app")}


def test_no_deprecated_api_of_sphinx() -> None:
    used = []
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                if (owner, node.attr) in DEPRECATED or node.attr == "_app":
                    used.append(f"{path}:{node.lineno}: {owner}.{node.attr}")
    assert used == []


LISTENERS = 40


def test_listeners_are_few_and_the_order_of_each_has_a_reason() -> None:
    found, bare = 0, []
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree_of(path)) if room(name_of(path)) not in {"cli", "parts", "preview"} else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
                found += 1
                if node.keywords and "  # " not in "\n".join(lines[node.lineno - 1 : node.end_lineno]):
                    bare.append(f"{path}:{node.lineno}")
    assert bare == []
    assert found <= LISTENERS


MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


def test_no_mutable_state_of_modules() -> None:
    """Only constants may look like a container; a function never changes a global."""
    found = []
    for path in MODULES:
        tree = tree_of(path)
        for statement in tree.body:
            for name, value, annotated in _assigned(statement):
                constant = name == "__all__" or name.lstrip("_").isupper() or annotated.startswith(("Mapping", "Final"))
                if isinstance(value, MUTABLE) and not constant:
                    found.append(f"{path}: {name}")
        found += [f"{path}:{node.lineno}: global" for node in ast.walk(tree) if isinstance(node, ast.Global)]
    assert found == []


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr | None, str]]:
    if isinstance(statement, ast.Assign):
        yield from ((ast.unparse(target), statement.value, "") for target in statement.targets)
    elif isinstance(statement, ast.AnnAssign):
        yield ast.unparse(statement.target), statement.value, ast.unparse(statement.annotation)


def lengths() -> list[int]:
    """The lines of every function, without its docstring."""
    found = []
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                first = node.body[0]
                told = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
                found.append(node.end_lineno - node.lineno + 1 - told)
    return found


def test_functions_are_short() -> None:
    assert statistics.median(lengths()) <= 12
    assert statistics.quantiles(lengths(), n=10)[-1] <= 25
    assert max(lengths()) <= 60
