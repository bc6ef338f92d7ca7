"""One packet, with nothing before it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from huginn_cffi import arguments
from huginn_cffi._native import ffi, lib
from huginn_cffi.batch import Batch
from huginn_cffi.defaults import DEFAULT, Default, resolve
from huginn_cffi.inputs import opened_packets
from huginn_cffi.results import FingerprintResult
from huginn_cffi.run import Run, Settings

if TYPE_CHECKING:
    from huginn_cffi.database import Database

LINKTYPE_RAW = 101
_SETTINGS = Settings(max_connections=1, max_hosts=1, uptime=False)


def fingerprint(
    packet: bytes | bytearray | memoryview | Any, db: Database | Default | None = DEFAULT
) -> FingerprintResult:
    """What one packet tells, from its IP header on. Buffers are read in place.

    The result's ``drop`` names the reason when nothing could be read; it is ``None`` for
    packets that were read, even where they tell nothing. ``db=None`` means no database.
    Its time is 0 and its packet number 1.
    """
    memory = arguments.buffer("packet", packet)
    run = Run(_SETTINGS, resolve(db))
    offsets = ffi.from_buffer("uint64_t[]", array("Q", [0, len(memory)]))
    times = ffi.from_buffer("int64_t[]", array("q", [0]))
    with memory, opened_packets(memory, offsets, times, 1, LINKTYPE_RAW) as source:
        found = run.batches(source, "packet", capacity=lib.HG_MIN_BATCH, max_packets=1, stop=lambda: False)
        batch = next(found, None) or Batch(lib.HG_MIN_BATCH, run.database)
    dropped = [name for name, count in run.stats().drops.items() if count]
    return FingerprintResult(batch, dropped[0] if dropped else None)
