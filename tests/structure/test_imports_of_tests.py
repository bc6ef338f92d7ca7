"""Tests share helpers through tests/support: only its own folder imports a test module or a conftest."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.core import ROOT


def imported(source: str) -> Iterator[str]:
    """The dotted names of all modules and names that a file imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_foreign(name: str, folder: str) -> bool:
    """Whether a name is of a test module in another folder; helpers import nothing of any folder."""
    package, _, rest = name.removeprefix("tests.").partition(".")
    if not name.startswith("tests.") or package in {folder, "support"}:
        return False
    module = rest.partition(".")[0]
    return folder == "support" or module.startswith("test_") or "conftest" in (package, module)


def test_what_is_foreign() -> None:
    assert [*imported("from tests.hosts import test_local\nimport tests.api.test_more")] == [
        "tests.hosts.test_local",
        "tests.api.test_more",
    ]
    assert is_foreign("tests.hosts.test_local", "devices")
    assert is_foreign("tests.hosts.test_local.saved", "")
    assert is_foreign("tests.conftest.SHARED", "api")
    assert is_foreign("tests.reference.packet.Packet", "support")
    assert not is_foreign("tests.hosts.test_local.saved", "hosts")
    assert not is_foreign("tests.reference.packet.Packet", "hosts")
    assert not is_foreign("tests.support.core.ROOT", "hosts")


def test_nothing_imports_tests_of_another_folder() -> None:
    found = []
    for part in ("tests", "tools", "workbench", "examples"):
        for path in (ROOT / part).rglob("*.py"):
            parts = path.relative_to(ROOT).parts
            folder = parts[1] if part == "tests" else ""
            names = imported(path.read_text(encoding="utf-8"))
            found += [(Path(*parts).as_posix(), name) for name in names if is_foreign(name, folder)]
    assert found == []
