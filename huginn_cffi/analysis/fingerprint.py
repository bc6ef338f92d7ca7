"""The fingerprint of a single packet, without earlier packets."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.base import arguments
from huginn_cffi.batch.rows import new_batch
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.engine.batch import Batch
from huginn_cffi.engine.run import packet_reader
from huginn_cffi.results.making import fingerprint_result
from huginn_cffi.results.results import FingerprintResult


def fingerprint(packet: arguments.Buffer, db: Database | Default | None = DEFAULT) -> FingerprintResult:
    """Return the result of one packet. `packet` starts at the IP header and is read in place.

    The result's ``drop`` is the reason why a packet could not be read; it is ``None`` for
    packets that were read, even if the result has no parts. ``db=None`` means no database.
    The result's time is 0 and its packet number is 1. May be called from several threads at once.
    Raises `TypeError` if `packet` is not a buffer or `db` is not a `Database`.
    """
    memory = arguments.buffer("packet", packet)
    database = resolve(db)
    # Only the TCP reader runs: it stores no text, and one packet completes no connection.
    batch = Batch(lib.HG_MIN_BATCH, database, native=new_batch(lib.HG_MIN_BATCH, 0, 0))
    with memory, packet_reader(database) as reader:
        drop = reader.read(memory, batch)
    return fingerprint_result(batch, drop)
