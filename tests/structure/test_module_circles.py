"""No module of Python needs another one that needs it, counting imports for types and within functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.structure.test_python_walls import PACKAGES, ROOT, folder_of, module

PUBLIC = ("huginn_cffi", "huginn_cffi.explain")
"""Packages whose names the workbench takes as users do."""

MODULES = [path for package in PACKAGES for path in sorted(package.rglob("*.py"))]


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """What each import names, wherever it stands: the module, and what is taken of it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((str(node.module), alias.name) for alias in node.names)


def needs(path: Path) -> set[Path]:
    """The modules that are imported, or have what is imported."""
    names = (f"{name}.{item}" if item else name for name, item in imported(path))
    return {found for name in names if (found := module(name)) is not None} - {path}


def test_no_circle_of_modules() -> None:
    graph = {path: needs(path) for path in MODULES}
    assert sum(map(len, graph.values())) > 1500
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(path.relative_to(ROOT).as_posix() for path in error.args[1]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if TYPE_CHECKING:\n    from huginn_cffi.base import names", "huginn_cffi/base/names.py"),
        ("def one():\n    import huginn_cffi.base.times", "huginn_cffi/base/times.py"),
        ("from huginn_cffi.run.batch import Batch", "huginn_cffi/run/batch.py"),
    ],
)
def test_all_imports_count(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "one.py"
    path.write_text(text, encoding="utf-8")
    assert ROOT / expected in needs(path)


def test_names_come_from_the_module_that_defines_them() -> None:
    """A package's ``__init__`` is for users and the workbench. Its modules may be imported from it."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name}.{item}"
        for path in MODULES
        if path.name not in ("__init__.py", "__main__.py")
        for name, item in imported(path)
        if not (name in PUBLIC and path.is_relative_to(ROOT / "workbench"))
        if item and (found := module(f"{name}.{item}")) and found.name == "__init__.py"
        if found.parent == folder_of(found).joinpath(*name.split(".")) and item not in ("main", "__version__")
    ]
    assert wrong == []
