"""Captures of devices hold names and addresses of private persons: none of them is in the project."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.core import SHARED

ROOT = Path(__file__).resolve().parents[2]
DEVICES = SHARED / "devices"
MADE = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache"}
"""Folders that hold nothing which is handed on."""


def of_the_project() -> dict[str, Path]:
    """Files by their hashes."""
    paths = [path for path in ROOT.rglob("*") if not MADE & set(path.relative_to(ROOT).parts)]
    return {sha256(path.read_bytes()).hexdigest(): path for path in paths if path.is_file()}


@pytest.mark.skipif(not DEVICES.is_dir(), reason="the captures of devices are not there")
def test_no_capture_of_devices_is_in_the_project() -> None:
    with (DEVICES / "devices.csv").open(newline="", encoding="utf-8") as file:
        foreign = {row["sha256"] for row in csv.DictReader(file)}
    foreign |= {sha256(path.read_bytes()).hexdigest() for path in (DEVICES / "captures").iterdir()}
    assert len(foreign) > 90
    assert [path for digest, path in of_the_project().items() if digest in foreign] == []
