"""The hosts of packets in tunnels."""

from __future__ import annotations

from typing import Any

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory


def inventory_of(data: bytes, *, workers: int = 1, **options: Any) -> Inventory:
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database, **options)
    for batch in analyzer.batches(data, workers=workers):
        inventory.add(batch)
    inventory.conclude()
    return inventory
