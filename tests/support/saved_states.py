"""Runs that are interrupted, saved and continued."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.engine.run import Run
from huginn_cffi.engine.settings import Settings
from huginn_cffi.inputs.searching import inputs_of


def settings(connections: int, hosts: int, key: int = 7) -> Settings:
    return Settings(max_connections=connections, max_hosts=hosts, hash_key=key)


def columns(run: Run, capture: bytes) -> list[tuple[bytes, ...]]:
    """All columns of all events but the packets' numbers, which begin anew with each run."""
    (item,) = inputs_of(capture)
    with item.open(lambda: False) as source:
        found = run.batches(source, "x", capacity=4096, max_packets=1 << 20, stop=lambda: False)
        names = [name for name in hg.Batch.columns if name != "packet_number"]
        rows = [tuple(bytes(batch[name]) for name in names) for batch in found]
    return [tuple(b"".join(parts) for parts in zip(*rows, strict=True))] if rows else []


def joined(parts: list[list[tuple[bytes, ...]]]) -> tuple[bytes, ...]:
    return tuple(b"".join(pieces) for pieces in zip(*(row for part in parts for row in part), strict=True))
