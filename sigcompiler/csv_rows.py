"""Tables in CSV files beside the modules that read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path


def csv_rows(lines: Iterable[str]) -> list[dict[str, str]]:
    """The rows below a line of names; lines that begin with ``#`` are comments."""
    return [*csv.DictReader(line for line in lines if not line.startswith("#"))]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return csv_rows(lines)
