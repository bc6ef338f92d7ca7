"""Cells of CSV, written without pyarrow."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from sigcompiler.diagnostics import valid, visible
from sigcompiler.schema.rows import TEXTS_BETWEEN

FORMULA = r"^'*[=+\-@\t\r]"
"""Texts that a spreadsheet would compute, also after apostrophes, so that removing one restores a cell."""


def for_people(text: str) -> str:
    """A text from the network as a cell that is safe for terminals, breaks no line and is no formula."""
    shown = visible(valid(text))
    return f"'{shown}" if re.match(FORMULA, shown) else shown


def csv_line(cells: Iterable[object]) -> bytes:
    """One line of CSV: a list becomes one text, null an empty cell; only cells that need quotes have them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(map(_cell, cells))
    return out.getvalue().encode("utf-8")


def _cell(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return for_people(TEXTS_BETWEEN.join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return for_people(value) if isinstance(value, str) else value
