"""The tables of what the project has measured itself, which are in workbench/lab."""

from __future__ import annotations

import csv
from types import SimpleNamespace

from tests.support.core import ROOT


def table(name: str) -> list[SimpleNamespace]:
    """The rows of a table, whose columns are texts."""
    with (ROOT / "workbench" / "lab" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [SimpleNamespace(**row) for row in csv.DictReader(file)]
