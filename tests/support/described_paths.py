"""The paths of all values in a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def paths(record: dict[str, Any], above: str = "") -> Iterator[str]:
    """The places of all values that are no objects."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from paths(value, f"{above}{key}.")
        else:
            yield above + key
