"""HTTP in runs that are saved and continued."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.engine.run import Run
from huginn_cffi.engine.settings import Settings
from huginn_cffi.inputs.searching import inputs_of
from tests.support.captures import pcap

ROWS = 64
"""Of small batches."""


def batches(run: Run, packets: list[tuple[int, bytes]]) -> list[hg.Batch]:
    """Small ones, of packets with their times."""
    (item,) = inputs_of(pcap(packets, nanoseconds=True))
    with item.open(lambda: False) as source:
        return list(run.batches(source, "x", capacity=ROWS, max_packets=7, stop=lambda: False))


def saved_run(packets: list[tuple[int, bytes]], cut: int, http: str = "all") -> bytes:
    """Rendered rows of a run that goes on where another was saved, after each `cut` packets."""
    key = Settings(hash_key=7, http=http)
    lines, state = [], None
    for first in range(0, len(packets), cut):
        run = Run(key, None)
        if state is not None:
            run.load(state)
        lines += [batch.render("text") for batch in batches(run, packets[first : first + cut])]
        state = run.save()
    return b"".join(lines)
