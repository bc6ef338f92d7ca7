"""Summary documents of packets."""

from __future__ import annotations

import json
from typing import Any

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.run.stats import Stats


def summary_of(
    data: bytes,
    *,
    max_inventory: int = MAX_INVENTORY,
    workers: int = 1,
) -> Summary:
    analyzer = hg.Analyzer()
    found = Summary(analyzer.database, max_inventory=max_inventory)
    for batch in analyzer.batches(data, workers=workers):
        found.add(batch)
    return found


def document(data: bytes, *, max_inventory: int = MAX_INVENTORY) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(summary_of(data, max_inventory=max_inventory).document(Stats()))
    return found
