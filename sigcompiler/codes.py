"""All diagnostic codes with their meanings. Only ``codes.csv`` documents them."""

from __future__ import annotations

from sigcompiler.csv_rows import rows_of

CODES = {row["code"]: row["meaning"] for row in rows_of("codes.csv")}
"""Code to meaning. E codes are errors, W codes warnings."""


def severity_of(code: str) -> str:
    """``error`` or ``warning``, by the first letter of ``code``."""
    return "error" if code.startswith("E") else "warning"
