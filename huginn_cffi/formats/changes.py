"""Texts of changes of hosts for the columns of tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from huginn_cffi.names import reason_names

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

CHANGE_TEXTS: dict[str, Callable[[Batch], list[str]]] = {
    "reasons": lambda batch: [",".join(reason_names(bits)) for bits in batch.changes["reasons"]],
    "raw_hits": lambda batch: [",".join(map(str, hits)) for hits in batch.changes["raw_hits"].tolist()],
}
"""How the texts of a column are made."""


def change_texts(batch: Batch, column: str) -> list[str]:
    """A text for each change of a batch."""
    return CHANGE_TEXTS[column](batch)
