"""Packages of Python import one another in one direction only, inside functions too."""

from __future__ import annotations

import ast
import re
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


def test_the_workbench_reaches_the_core_through_authoring() -> None:
    """No program of it, nor of the lab, imports glue; the package reads no private attribute of the core."""
    wrong = []
    for path in sorted(WORKBENCH.parent.rglob("*.py")):
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


REPLACED = {
    "killing.py": {"huginn_cffi.store"},
    "pages.py": {"huginn_cffi.hosts", "huginn_cffi.libraries"},
}
"""Programs of the lab that replace or stop parts of the product, and the packages of these parts."""


def documented() -> dict[str, set[str]]:
    """The names of each module that docs/reference/api.md lists."""
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for name in re.findall(r"(?m)^<!-- ::: (huginn_cffi[\w.]*) -->$", page):
        found.setdefault(name.rpartition(".")[0], set()).add(name.rpartition(".")[2])
    return found


def foreign(tree: ast.AST, public: dict[str, set[str]], replaced: set[str]) -> Iterator[str]:
    """What a module imports from huginn_cffi beside public names and the module `authoring`."""
    for child in ast.walk(tree):
        if isinstance(child, ast.Import):
            yield from (one.name for one in child.names if one.name.startswith("huginn_cffi."))
        elif isinstance(child, ast.ImportFrom) and str(child.module).startswith("huginn_cffi"):
            names = public.get(str(child.module), set())
            if child.module not in replaced:
                yield from (f"{child.module}.{one.name}" for one in child.names if one.name not in names)


def test_what_the_workbench_imports() -> None:
    """Names that the manual lists, and nothing else of the product."""
    import huginn_cffi

    public = documented()
    public["huginn_cffi"] = {*huginn_cffi.__all__, "authoring"}
    wrong = {}
    for path in sorted(WORKBENCH.parent.rglob("*.py")):
        of_lab = path.parent.name == "lab"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        replaced = REPLACED.get(path.name, set()) if of_lab else set[str]()
        if found := [*foreign(tree, public, replaced)]:
            wrong[path.name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from huginn_cffi import Analyzer, authoring", []),
        ("from huginn_cffi.authoring import RowViews", []),
        ("from huginn_cffi.authoring import packet_fields", ["huginn_cffi.authoring.packet_fields"]),
        ("from huginn_cffi.base.errors import named", ["huginn_cffi.base.errors.named"]),
        ("from huginn_cffi import results", ["huginn_cffi.results"]),
        ("def one():\n    import huginn_cffi.cli.parameters", ["huginn_cffi.cli.parameters"]),
    ],
)
def test_other_imports_are_found(line: str, found: list[str]) -> None:
    public = {"huginn_cffi": {"Analyzer", "authoring"}, "huginn_cffi.authoring": {"RowViews"}}
    assert [*foreign(ast.parse(line), public, set())] == found


def test_authoring_is_small_and_documented() -> None:
    from huginn_cffi import authoring

    assert len(authoring.__all__) <= 30
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert [
        name for name in authoring.__all__ if f"<!-- ::: huginn_cffi.authoring.{name} -->" not in page
    ] == []
