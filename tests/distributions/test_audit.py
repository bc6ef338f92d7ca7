"""What CI's audit makes of pip-audit's answers."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PROGRAM = Path(__file__).resolve().parents[2] / ".ci" / "audit.py"

SKIPPED = {"name": "lark", "skip_reason": "Dependency not found"}
SOUND = {"name": "lark", "version": "1.3", "vulns": []}
BAD = {"name": "cffi", "version": "2.0", "vulns": [{"id": "PYSEC-1"}]}


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "needed", lambda package, extras, found: found.update(lark="1.3", cffi="2.0"))
    return module


@pytest.mark.parametrize(
    ("answers", "reason", "status", "said"),
    [
        ([SOUND], "", 0, "1 of 2 packages are known to it: cffi==2.0, lark==1.3\n"),
        (
            [SOUND, BAD],
            "",
            1,
            "2 of 2 packages are known to it: cffi==2.0, lark==1.3\ncffi 2.0 has PYSEC-1\n",
        ),
        (
            [SKIPPED],
            "",
            0,
            "skipped: the database of vulnerabilities cannot be reached (Dependency not found)\n",
        ),
        ([], "no way", 0, "skipped: the database of vulnerabilities cannot be reached (no way)\n"),
    ],
)
def test_answers(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: list[dict[str, Any]],
    reason: str,
    status: int,
    said: str,
) -> None:
    asked: list[str] = []

    def audited(pins: str) -> tuple[list[dict[str, Any]], str]:
        asked.append(pins)
        return answers, reason

    monkeypatch.setattr(audit, "audited", audited)
    assert audit.main() == status
    assert capsys.readouterr().out == said
    assert asked == ["cffi==2.0\nlark==1.3\n"]


def test_what_is_needed(audit: ModuleType) -> None:
    """Of an installed package: all that it names, and what those name."""
    spec = importlib.util.spec_from_file_location("audit", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    found: dict[str, str] = {}
    fresh.needed("cffi", (), found)
    assert "pycparser" in found
    found = {}
    fresh.needed("pytest-xdist", (), found)
    assert {"pytest", "execnet", "pluggy"} <= found.keys()
    assert "psutil" not in found
