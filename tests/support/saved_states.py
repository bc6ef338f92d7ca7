"""Runs that are interrupted, saved and continued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import huginn_cffi as hg
from huginn_cffi.engine.run import Run
from huginn_cffi.engine.settings import Settings
from huginn_cffi.inputs.searching import inputs_of

NAMES = [name for name in hg.Batch.columns if name != "packet_number"]
"""All columns but the packets' numbers, which begin anew with each run."""

Item = TypeVar("Item")


def settings(connections: int, hosts: int, key: int = 7) -> Settings:
    return Settings(max_connections=connections, max_hosts=hosts, hash_key=key)


def batches(run: Run, capture: bytes, rows: int = 4096, packets: int = 1 << 20) -> Iterator[hg.Batch]:
    (item,) = inputs_of(capture)
    with item.open(lambda: False) as source:
        yield from run.batches(source, "x", capacity=rows, max_packets=packets, stop=lambda: False)


def pieces(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[first : first + size] for first in range(0, len(items), size)]


def continued(
    captures: Iterable[bytes], how: Settings, database: hg.Database | None, *size: int
) -> Iterator[hg.Batch]:
    """The batches of captures, each read by a run that goes on where the one before was saved."""
    state = None
    for capture in captures:
        run = Run(how, database)
        if state is not None:
            run.load(state)
        yield from batches(run, capture, *size)
        state = run.save()


def columns(found: Iterable[hg.Batch]) -> list[bytes]:
    """The columns `NAMES` of all batches together."""
    rows = [[bytes(batch[name]) for name in NAMES] for batch in found]
    return [b"".join(parts) for parts in zip(*rows, strict=True)]


def compared(
    whole: bytes, parts: Iterable[bytes], how: Settings, database: hg.Database | None
) -> dict[str, tuple[bytes, bytes]]:
    """Each column as runs that go on give it, and as one run over the whole does."""
    several, single = columns(continued(parts, how, database)), columns(continued([whole], how, database))
    return dict(zip(NAMES, zip(several, single, strict=True), strict=True))
