"""Tables of what was measured: CSV files, a dataclass of texts a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


def read_table(path: Path, kind: type[Row]) -> list[Row]:
    """All rows; none where there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [kind(**row) for row in csv.DictReader(file)]


def write_table(path: Path, rows: Iterable[Row], kind: type[Row]) -> None:
    """Replace the table by these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(field.name for field in fields(kind))
        out.writerows(map(astuple, rows))


def add_rows(path: Path, kind: type[Row], rows: Iterable[Row], keys: Sequence[str]) -> None:
    """Put rows in place of those with the same values in `keys`; all others stay."""
    known = {tuple(getattr(one, key) for key in keys): one for one in (*read_table(path, kind), *rows)}
    write_table(path, sorted(known.values(), key=astuple), kind)
