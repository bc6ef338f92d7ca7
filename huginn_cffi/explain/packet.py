"""Explains why packet N of a capture has its name."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.handles import CData
from huginn_cffi.database.database import Database
from huginn_cffi.explain.parts import Explained, Part
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.results import AnalysisResult
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings
from huginn_cffi.run.stats import Stats
from huginn_cffi.sources.opening import Capture
from huginn_cffi.sources.searching import inputs_of

_STEP = 4096
"""Packets read in one call of the core."""
_ROWS = 4 * _STEP + lib.HG_MIN_BATCH
"""Rows for all events of these packets, so that no packet that counts as read waits for room."""
_MAX_NUMBER = (1 << 63) - 1
_NAMELESS = {
    "tls_client": "it holds a hello in SSL 2.0's format, which has no JA4",
    "tls_server": "it holds the hello of a TLS server, which no signature names",
    "client_uptime": "it only showed an uptime",
    "server_uptime": "it only showed an uptime",
}
"""Reasons, by kind of event, for events that no signature can name."""


class ExplainedPacket(NamedTuple):
    """A packet's result, the part that a signature may name, and the explanation of this part."""

    result: AnalysisResult
    part: Part
    explanation: Explained


def explain_packet(
    database: Database,
    source: Capture,
    number: int,
    *,
    limit: int = 5,
    analyzer: Analyzer | None = None,
) -> ExplainedPacket:
    """Explain packet `number` (counted from 1) of a capture; `source` is as in `Analyzer.analyze_pcap`.

    All earlier packets are analysed too, so that the answer is the same as in a full analysis: a
    SYN+ACK depends on its SYN. Later packets are not read. Pass an `analyzer` to use its filter and
    times; its database is not used.

    If the packet completes a ClientHello or an HTTP message, this message is explained.

    Raises `HuginnError` if the packet does not exist or has nothing to name (the message says what
    it is instead), and `CaptureError` if the capture is missing or damaged before the packet.
    """
    number = arguments.whole("number", number, 1, _MAX_NUMBER)
    (item,) = inputs_of(source)
    run = Run(Settings() if analyzer is None else analyzer._settings, database)
    with item.open(lambda: False) as opened:
        _read(run, opened, item.name, number - 1)
        before = run.stats()
        batches = _read(run, opened, item.name, number)
    after = run.stats()
    if after.packets < number:
        count = f"{after.packets} packet{'' if after.packets == 1 else 's'}"
        raise HuginnError(f"{named(item.name)}: there is no packet {number}; the capture has {count}")
    for result in (result for batch in batches for result in batch.results()):
        if (found := _explained(database, result, limit)) is not None:
            return found
    raise HuginnError(f"{named(item.name)}: packet {number} is not a SYN or SYN+ACK: {_other(before, after)}")


def _explained(database: Database, result: AnalysisResult, limit: int) -> ExplainedPacket | None:
    """Explain the handshake, the ClientHello or the message of a result; ``None`` if it has none of them."""
    client = result.tls_client
    hello = None if client is None or client.ja4 is None else client
    part = result.syn or result.syn_ack or hello or result.http_request or result.http_response
    return None if part is None else ExplainedPacket(result, part, database.explain(part, limit=limit))


def _read(run: Run, source: CData, name: str, target: int) -> list[Batch]:
    """Read until `target` packets were read in total or the capture ends; return the latest events."""
    latest: list[Batch] = []
    while run.paused or run.stats().packets < target:
        most = min(target - run.stats().packets, _STEP)
        before = latest if run.paused else []
        once = partial(next, iter((False,)), True)  # stops after one call of the core
        latest = [*before, *run.batches(source, name, capacity=_ROWS, max_packets=most, stop=once)]
        if run.settled:
            break
    return latest


def _other(before: Stats, after: Stats) -> str:
    for reason, count in after.drops.items():
        if count > before.drops[reason]:
            return f"it is not analysed ({reason})"
    if after.retransmissions > before.retransmissions:
        return "it repeats one that came before in its connection"
    for kind, words in _NAMELESS.items():
        if after.events_by_kind[kind] > before.events_by_kind[kind]:
            return words
    for kind, count in after.events_by_kind.items():
        if count > before.events_by_kind[kind]:
            return f"it gave the event {kind}, which is not explained"
    return "it is another packet (ACK, FIN, RST, or a part of what a later one completes)"
