"""Packages of Python import one another in one direction only, inside functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.core import CORE

ROOT = CORE.parent
WORKBENCH = ROOT / "workbench" / "huginn_workbench"
PACKAGES = (ROOT / "huginn_cffi", ROOT / "sigcompiler", WORKBENCH)
CORE_ATTRIBUTES = ("_cells", "_handle", "_native", "_records", "_row", "_batch", "_answer")
"""Private attributes of batches, databases and results."""


def node(path: Path) -> str:
    """The package that a module belongs to; a module at the top, and a tool, is a node of its own."""
    parts = path.relative_to(folder_of(path)).with_suffix("").parts
    return "/".join(parts[: 3 if parts[1] == "applications" else 2])


def folder_of(path: Path) -> Path:
    """The folder that Python's path has for a module."""
    return WORKBENCH.parent if path.is_relative_to(WORKBENCH) else ROOT


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """All imports but those for type checking."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child
        elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from (found for part in child.orelse for found in imports(part))
        else:
            yield from imports(child)


def needs(path: Path) -> set[str]:
    """The nodes that a module imports from."""
    names = set()
    for statement in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            names |= {alias.name for alias in statement.names}
        else:
            assert not statement.level, f"{path}: a relative import"
            names |= {f"{statement.module}.{alias.name}" for alias in statement.names}
    return {node(found) for name in names if (found := module(name))}


def module(name: str) -> Path | None:
    """The file of the module that `name` is, or is defined in; none outside the package."""
    parts = name.split(".")
    path = (WORKBENCH.parent if parts[0] == WORKBENCH.name else ROOT).joinpath(*parts)
    while any(path.is_relative_to(package) for package in PACKAGES):
        for file in (path.with_suffix(".py"), path.with_suffix(".pyi"), path / "__init__.py"):
            if file.is_file():
                return file
        path = path.parent
    return None


def test_no_circle_of_imports() -> None:
    graph: dict[str, set[str]] = {}
    for path in (path for package in PACKAGES for path in package.rglob("*.py")):
        graph.setdefault(node(path), set()).update(needs(path) - {node(path)})
    assert len(graph) > 40
    compiler = set().union(*(found for name, found in graph.items() if name.startswith("sigcompiler")))
    assert not [name for name in compiler if not name.startswith("sigcompiler")]
    product = set().union(*(found for name, found in graph.items() if name.startswith("huginn_cffi")))
    assert not [name for name in product if name.startswith("huginn_workbench")]
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_workbench_reaches_the_core_in_one_module() -> None:
    """No other program of it imports glue; no other module of it reads private attributes of the core."""
    wrong = []
    for path in sorted({*WORKBENCH.parent.rglob("*.py")} - {WORKBENCH / "core.py"}):
        for child in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(child, ast.ImportFrom) and str(child.module).endswith("._native"):
                wrong.append(f"{path.name}:{child.lineno}: {child.module}")
            if (
                isinstance(child, ast.Attribute)
                and child.attr in CORE_ATTRIBUTES
                and path.is_relative_to(WORKBENCH)
            ):
                wrong.append(f"{path.name}:{child.lineno}: {child.attr}")
    assert wrong == []
