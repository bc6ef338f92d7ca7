"""One packet, with nothing before it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from huginn_cffi import arguments
from huginn_cffi._native import ffi, lib
from huginn_cffi.batch import Batch
from huginn_cffi.database.defaults import DEFAULT, Default, resolve
from huginn_cffi.errors import check
from huginn_cffi.results import FingerprintResult
from huginn_cffi.results.making import fingerprint_result
from huginn_cffi.run import Settings, new_engine
from huginn_cffi.stats import DROPS

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.database import Database

LINKTYPE_RAW = 101
_SETTINGS = Settings(max_connections=1, max_hosts=1, uptime=False)


class _Reader:
    """An engine for one packet at a time. Kept, because making one takes 100 times as long."""

    __slots__ = ("_database", "_engine", "_error", "_offsets", "_source", "_time")

    def __init__(self, database: Database | None) -> None:
        self._engine = new_engine(_SETTINGS, database)
        self._database = database  # which the engine borrows
        self._source = ffi.new("hg_source **")
        self._error = ffi.new("hg_error *")
        self._offsets = ffi.new("uint64_t[2]")
        self._time = ffi.new("int64_t *")

    def read(self, packet: CData, batch: Batch) -> str | None:
        """Put what the packet tells into `batch`; the answer is why it was dropped, if it was."""
        source, error = self._source, self._error
        self._offsets[1] = len(packet)
        lib.hg_engine_reset(self._engine)
        opened = lib.hg_source_open_packets(packet, self._offsets, self._time, 1, LINKTYPE_RAW, source, error)
        check(opened, error)
        try:
            check(lib.hg_engine_run(self._engine, source[0], batch.native, 1, error), error)
        finally:
            lib.hg_source_free(source[0])
        batch.written()
        return self._dropped()

    def _dropped(self) -> str | None:
        """Which of the counters the packet moved."""
        stats = lib.hg_engine_stats(self._engine)
        if stats.analysed:
            return None
        return DROPS[list(stats.drops[lib.HG_DROP_NONE + 1 : lib.HG_DROP_KINDS]).index(1)]


@lru_cache(maxsize=1)
def _default() -> Database | None:
    """One for all calls: what was read of its signatures is read once."""
    return resolve(DEFAULT)


@lru_cache(maxsize=4)
def _idle(database: Database | None) -> list[_Reader]:
    """Readers that no call uses just now. They are kept for the last few databases."""
    return []


def fingerprint(
    packet: bytes | bytearray | memoryview | Any, db: Database | Default | None = DEFAULT
) -> FingerprintResult:
    """What one packet tells, from its IP header on. Buffers are read in place.

    The result's ``drop`` names the reason when nothing could be read; it is ``None`` for
    packets that were read, even where they tell nothing. ``db=None`` means no database.
    Its time is 0 and its packet number 1. May be called from several threads at once.
    `TypeError` for what is neither bytes nor a buffer, and for a `db` that is no database.
    """
    memory = arguments.buffer("packet", packet)
    database = _default() if db is DEFAULT else resolve(db)
    batch = Batch(lib.HG_MIN_BATCH, database)
    idle = _idle(database)
    try:
        reader = idle.pop()  # so that nobody else has it: another thread, a signal's handler
    except IndexError:
        reader = _Reader(database)
    with memory:
        drop = reader.read(memory, batch)
    idle.append(reader)
    return fingerprint_result(batch, drop)
