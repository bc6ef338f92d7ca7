"""Inventories of packets."""

from __future__ import annotations

from collections.abc import Iterable

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from tests.support.captures import pcap


def inventory(packets: list[tuple[int, bytes]], *, limit: int = 1000, live: bool = False) -> Inventory:
    """Of these packets."""
    analyzer = hg.Analyzer()
    found = Inventory(analyzer.database, max_inventory=limit, live=live)
    add(found, analyzer, packets)
    return found


def add(found: Inventory, analyzer: hg.Analyzer, packets: Iterable[tuple[int, bytes]]) -> None:
    for batch in analyzer.batches(pcap(packets, linktype=101)):
        found.add(batch)
