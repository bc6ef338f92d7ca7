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
    monkeypatch.setattr(module, "locked", lambda lines: ["cffi==2.0", "lark==1.3"])
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


def test_what_is_locked() -> None:
    spec = importlib.util.spec_from_file_location("audit", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    lines = [
        "cffi==2.0 \\",
        "    --hash=sha256:00",
        "old==1 ; python_version < '3' \\",
        "    --hash=sha256:00",
    ]
    assert fresh.locked(lines) == ["cffi==2.0"]
    assert len(fresh.locked(fresh.LOCK.read_text().splitlines())) > 100
