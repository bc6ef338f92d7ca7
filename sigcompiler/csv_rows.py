"""Tables in CSV files. Imports little: each ``huginn pcap`` reads one."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable

HERE = os.path.dirname(__file__)  # noqa: PTH120 - pathlib takes 5 ms to import


def csv_rows(lines: Iterable[str]) -> list[dict[str, str]]:
    """The rows below a line of names; lines that begin with ``#`` are comments.

    Raises:
        ValueError: a row has more or fewer cells than there are names.
    """
    found = [*csv.DictReader(line for line in lines if not line.startswith("#"))]
    for row in found:
        if None in row or None in row.values():
            raise ValueError(f"too few or too many cells: {', '.join(map(str, row.values()))}")
    return found


def rows_of(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """The rows of a file; its path is relative to this folder."""
    with open(os.path.join(HERE, path), encoding="utf-8", newline="") as lines:  # noqa: PTH118, PTH123
        return csv_rows(lines)
