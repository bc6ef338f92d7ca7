"""Tests import a program of tools or the lab only to test it; what they need themselves is in tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.core import ROOT

TESTS = ROOT / "tests"
OF_PROGRAMS = {
    "benchmarks": ("bench",),
    "cli/test_man_page.py": ("release.man_page", "release.share"),
    "crypto/test_rules.py": ("build_steps",),
    "distributions": ("build_steps",),
    "docs/test_api.py": ("release.api_page",),
    "examples/test_consumers.py": ("release.kibana",),
    "formats/test_description.py": ("build_steps",),
    "fuzz": ("fuzz", "bench.adversarial"),
    "hardening/test_complexity.py": ("fuzz.signature_files",),
    "hardening/test_damage.py": ("fuzz.damage", "fuzz.mutants"),
    "library/test_cross.py": ("release.cross",),
    "live": ("lab",),
    "readers/test_worked_example.py": ("new_reader",),
    "release": ("release", "build_steps.sbom"),
    "structure/test_adding_a_reader.py": ("new_reader",),
    "structure/test_walls.py": ("build_steps",),
    "tls/test_default.py": ("lab.client_names",),
    "workbench/evaluation/test_client_evidence.py": ("lab.client_evidence",),
    "workbench/test_recog.py": ("lab.recog",),
    "web": ("build_steps.page", "lab.pages"),
    "workers/test_readings.py": ("lab.readings",),
}
"""Tests of programs, and the programs or folders of them that each tests."""


def imported(path: Path) -> Iterator[str]:
    """The modules of tools and the lab that a file imports, and their names."""
    text = path.read_text(encoding="utf-8")
    for statement in ast.walk(ast.parse(text)) if "tools" in text or "workbench" in text else ():
        if isinstance(statement, ast.Import):
            names = [one.name for one in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            names = [f"{statement.module}.{one.name}" for one in statement.names]
        else:
            continue
        yield from (name.partition(".")[2] for name in names if name.startswith(("tools.", "workbench.")))


def test_tests_of_other_things_import_no_program() -> None:
    used, wrong = set(), []
    for path in sorted(TESTS.rglob("*.py")):
        name = path.relative_to(TESTS).as_posix()
        own = next((key for key in OF_PROGRAMS if name == key or name.startswith(f"{key}/")), "")
        for module in imported(path):
            used.add(own)
            if not any(f"{module}.".startswith(f"{one}.") for one in OF_PROGRAMS.get(own, ())):
                wrong.append(f"{name} imports {module}")
    assert wrong == []
    assert used == set(OF_PROGRAMS)
