"""A stream of packets, the files it is cut into, and what a plain run says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

import huginn_cffi as hg
from huginn_cffi.applications.dask.archive import archive_table
from tests.support.captures import Packet, pcap
from tests.support.packets import ACK, FIN, SYN, Ip4, Tcp, packet, timestamps
from tests.support.traffic import random_stream

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
_OPTIONS = b"\x02\x04\x05\xb4\x04\x02%b\x01\x03\x03\x07"


def conversations(count: int, seed: int) -> list[Packet]:
    """Handshakes with clocks, of few hosts and interleaved, so that everything crosses a border."""
    random = Random(seed)
    packets: list[Packet] = []
    for number in range(count):
        client, port, begin = f"10.0.0.{number % 9}", 1024 + number, number * 40_000_000
        there, back = Ip4(source=client, destination="192.0.2.80"), Ip4("192.0.2.80", client, ttl=60)
        clock = 9000 + number * 40
        syn = Tcp(port, 80, number, flags=SYN, window=64240, options=_OPTIONS % timestamps(clock))
        answer = Tcp(80, port, 7, number + 1, SYN | ACK, options=_OPTIONS % timestamps(clock + 5, 1))
        data = Tcp(port, 80, number + 1, 8, ACK, options=b"\1\1" + timestamps(clock + 400), payload=bytes(40))
        end = Tcp(80, port, 8, number + 41, FIN | ACK, options=b"\1\1" + timestamps(clock + 700))
        for step, (ip, tcp) in enumerate(
            ((there, syn), (there, syn), (back, answer), (there, data), (back, end))
        ):
            if random.random() < 0.8:
                packets.append((START + begin + step * 150_000_000, packet(ip, tcp)))
    return sorted(packets)


def strange(length: int, seed: int) -> list[Packet]:
    """Packets of all kinds, in tunnels, cut and damaged ones among them."""
    return list(random_stream(Random(seed), 1, length))


def files(packets: Sequence[Packet], linktype: int, folder: Path, cuts: int, seed: int) -> list[str]:
    """The stream as captures that follow one another."""
    places = sorted(Random(seed).sample(range(1, len(packets)), cuts))
    paths = []
    for number, (first, last) in enumerate(zip([0, *places], [*places, len(packets)], strict=True)):
        path = folder / f"{number:03}.pcap"
        path.write_bytes(pcap(packets[first:last], linktype, nanoseconds=True))
        paths.append(str(path))
    return paths


def plain(source: Any, **options: Any) -> tuple[pa.Table, hg.Stats, list[str]]:
    """The events of a plain run, its counters, and the errors that it reported."""
    errors: list[str] = []
    analyzer = hg.Analyzer(**options)
    tables = [
        archive_table(batch) for batch in analyzer.batches(source, on_error=lambda e: errors.append(str(e)))
    ]
    return pa.concat_tables(tables), analyzer.stats, errors


def same(events: Any, wanted: pa.Table, leave: Iterable[str] = ()) -> None:
    """Compare events with a table, column by column; `events` is a pandas frame."""
    found = pa.Table.from_pandas(events, preserve_index=False)
    assert found.column_names == wanted.column_names
    assert found.num_rows == wanted.num_rows > 0
    for name in set(wanted.column_names) - set(leave):
        assert found[name].to_pylist() == wanted[name].to_pylist(), name
