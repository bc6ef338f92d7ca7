"""HTTP in runs that are saved and continued."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings
from tests.support import saved_states
from tests.support.captures import pcap

ROWS = 64
"""Of small batches."""


def batches(run: Run, packets: list[tuple[int, bytes]]) -> list[hg.Batch]:
    """Small ones, of packets with their times."""
    return list(saved_states.batches(run, pcap(packets, nanoseconds=True), ROWS, 7))


def saved_run(packets: list[tuple[int, bytes]], cut: int, http: str = "all") -> bytes:
    """Rendered rows of a run that goes on where another was saved, after each `cut` packets."""
    parts = (pcap(part, nanoseconds=True) for part in saved_states.pieces(packets, cut))
    found = saved_states.continued(parts, Settings(hash_key=7, http=http), None, ROWS, 7)
    return b"".join(batch.render("text") for batch in found)
