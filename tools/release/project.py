"""Reads the project's metadata from pyproject.toml. Needs only Python 3.11."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomllib

ROOT = Path(__file__).resolve().parents[2]


def read_project(root: Path = ROOT) -> dict[str, Any]:
    """The table "project"."""
    values = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = values["project"]
    return found
