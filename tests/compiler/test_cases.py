"""Signature files with the diagnostics they must give: every case is data, in ``cases/*.json``.

A case has a number (of the acceptance list, of a rule, or a code), its lines, and all its expected
diagnostics in order. Words and hints are parts of the real ones. ``signature`` and ``label`` are
fields of the first TCP signature.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sigcompiler.codes import CODES
from sigcompiler.diagnostics import Diagnostic
from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_text

Case = dict[str, Any]

FOLDER = Path(__file__).parent / "cases"
NOT_IN_CASES = {"E001", "E002", "E003", "E005", "E056", "W002", "W005", "W014"}
"""Codes that need files, bytes or sizes: see test_limits.py."""


def load_cases() -> list[Case]:
    """All cases of all files."""
    return [case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text("utf-8"))]


CASES = load_cases()


def case_id(case: Case) -> str:
    return f"{case['case']}-{case['name']}"


def parse_case(case: Case) -> tuple[SignatureFile, list[Diagnostic]]:
    return parse_text(case.get("line_end", "\n").join(case["text"]), "case.fp")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_case(case: Case) -> None:
    model, found = parse_case(case)
    assert [(item.line, item.code) for item in found] == [
        (wanted["line"], wanted["code"]) for wanted in case["diagnostics"]
    ], "\n".join(map(str, found))
    for item, wanted in zip(found, case["diagnostics"], strict=True):
        assert item.severity == ("error" if item.code.startswith("E") else "warning")
        assert item.column == wanted.get("column", item.column)
        assert wanted.get("hint", "") in item.hint
        assert item.message
        assert item.hint or case["text"] == [""]
        for word in wanted.get("words", ()):
            assert word in item.message
    if "counts" in case:
        counts = {
            "mtu": len(model.mtu),
            "tcp": len(model.tcp),
            "http": len(model.http),
            "tls": len(model.tls),
        }
        assert counts == {**dict.fromkeys(counts, 0), **case["counts"]}
        assert len(model) == sum(counts.values())
    for name, wanted in case.get("signature", {}).items():
        assert plain(getattr(model.tcp[0], name)) == wanted, name
    for name, wanted in case.get("label", {}).items():
        assert plain(getattr(model.tcp[0].label, name)) == wanted, name


def plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def test_every_code_has_a_case() -> None:
    triggered = {wanted["code"] for case in CASES for wanted in case["diagnostics"]}
    assert triggered | NOT_IN_CASES == set(CODES)
