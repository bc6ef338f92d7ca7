"""Runs that are interrupted, saved and continued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import huginn_cffi as hg
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings
from huginn_cffi.sources.searching import inputs_of
from tests.support.all_columns import all_columns

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


def columns(found: Iterable[hg.Batch]) -> dict[str, bytes]:
    """The columns of all batches together but the packets' numbers, which begin anew with each run."""
    together: defaultdict[str, bytes] = defaultdict(bytes)
    for batch in found:
        for name, values in all_columns(batch).items():
            together[name] += bytes(values)
    together.pop("packet_number", None)
    return dict(together)


def compared(
    whole: bytes, parts: Iterable[bytes], how: Settings, database: hg.Database | None
) -> dict[str, tuple[bytes, bytes]]:
    """Each column as runs that go on give it, and as one run over the whole does."""
    several, single = columns(continued(parts, how, database)), columns(continued([whole], how, database))
    return {name: (several[name], values) for name, values in single.items()}
