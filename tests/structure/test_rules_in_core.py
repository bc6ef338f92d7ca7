"""Names, versions and findings are made in the core: Python and JavaScript show them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "huginn_cffi"
OWN_RULES = tuple(f"huginn_cffi/applications/{name}/" for name in ("evaluation", "learning", "authors"))
"""They judge the names, or make new ones, so that they must not ask the core."""

FAMILIES = ("Windows", "Linux", "Android", "macOS", "iOS")
RULES = {
    "sigcompiler.claims.versions": {"Versions"},
    "sigcompiler.claims.labels": {"LabelClaim", "claim_of_families", "family_identity"},
    "sigcompiler.stacks": set[str](),
}
"""Modules of rules, with what shows or hands over a claim and may be used."""


def files(folder: Path, ending: str) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob(f"*{ending}"))
        if not path.relative_to(ROOT).as_posix().startswith(OWN_RULES) and not path.name.endswith(".min.js")
    ]


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.module, name.name) for name in node.names)


def test_python_has_no_rules() -> None:
    for path in files(PACKAGE, ".py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {(module, name) for module, name in imported(tree) if module in RULES}
        assert not {pair for pair in used if pair[1] not in RULES[pair[0]]}, path
        texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert not texts & set(FAMILIES), f"{path}: families are named by databases and by the core"


def test_scripts_have_no_rules() -> None:
    for path in [*files(ROOT / "web", ".js"), *files(PACKAGE / "applications" / "reporting", ".js")]:
        code = re.sub(r"(?m)//.*$|/\*.*?\*/", "", path.read_text(encoding="utf-8"))
        assert not [name for name in FAMILIES if re.search(rf"\b{name}\b", code)], path
        kinds = re.search(r"scanner|several_systems|contradicts\"\s*[:)]", code)
        assert not kinds, f"{path}: findings are shown by their text"
