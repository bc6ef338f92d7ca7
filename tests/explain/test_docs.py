"""The manual's table of weights is the one that is used."""

from __future__ import annotations

import re
from pathlib import Path

from huginn_cffi.explain.fields import NOP_EDIT, POINTS

MANUAL = Path(__file__).parents[2] / "docs" / "reference" / "explain.md"


def test_weights_are_those_of_the_manual() -> None:
    text, _, _ = MANUAL.read_text(encoding="utf-8").partition("## TLS clients")
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", text, re.MULTILINE)
    assert {name: float(points) for name, points in rows} == POINTS
    cost = f"{POINTS['option'] * NOP_EDIT:g}"
    assert re.findall(r"an extra or missing `nop` costs ([\d.]*\d)", text) == [cost]
