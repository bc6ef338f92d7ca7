"""Combines a connection's SYN and ClientHello: the core reads both as if they had been captured."""

from __future__ import annotations

import itertools
import socket
import struct
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, cast

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.database.default import DEFAULT, resolve
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.making import results_of
from huginn_cffi.run.opened import OpenDatabase
from huginn_cffi.run.results import AnalysisResult
from huginn_cffi.run.run import packet_reader
from huginn_cffi.server.hellos import ClientHello, data_packet, tcp_packet
from huginn_cffi.server.systems import ClientSystem, ip_packet

_ROWS = 8
"""Most events of one connection: a SYN, an MTU, a ClientHello or a request."""

_TELLING = ("user-agent", "sec-ch-ua-platform", "sec-ch-ua-platform-version")
_MOST_VALUE = 1000
_MOST_HEADERS = 100
_MOST_TEXT = 0xFFFF // (2 * _MOST_HEADERS)
_ORDER = ("contradicts", "consistent", "not_checked")


class ConnectionVerdict(NamedTuple):
    """Whether the packets of a connection can come from one system."""

    verdict: str
    """"consistent", "contradicts" or "not_checked"."""
    why: str
    """Which two facts were compared and what each shows, or why nothing was compared."""

    def __str__(self) -> str:
        return f"{self.verdict.replace('_', ' ')} ({self.why})"


Check = Literal["consistent", "mismatch", "not_checked"]


class ClientCheck(NamedTuple):
    """Whether a request comes from the browser that its User-Agent names."""

    client_check: Check
    client_why: str
    """The two facts of a mismatch and its usual causes; else the compared facts, or why there are none."""

    def __str__(self) -> str:
        return f"{self.client_check.replace('_', ' ')} ({self.client_why})"


def client_check(
    headers: Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]],
    hello: ClientHello | None = None,
    *,
    version: Literal["1.0", "1.1", "2", "3"] = "1.1",
) -> ClientCheck:
    """Whether a request comes from the browser that its User-Agent names; same check as in captures.

    It compares client hints, headers and the `hello` of the same connection. Pairs of name and value are in
    the order received; the order of a mapping is ignored. `version` is the HTTP version.
    """
    in_order = not isinstance(headers, Mapping)
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    data, places = _written(list(pairs)[:_MOST_HEADERS])
    held, numbers = ffi.new("uint8_t[]", data + b"\0"), ffi.new("uint16_t[]", places)
    digit = {"1.0": 0, "1.1": 1}.get(version, 2)
    fields = ffi.new("hg_http_fields *", (held, numbers, len(places) // 4, 0, digit))
    named, database = _named(hello)
    out = ffi.new("hg_client_judgement *")
    lib.hg_client_judge_fields(database._handle if database else ffi.NULL, fields, named, in_order, out)
    check = cast(Check, ffi.string(lib.hg_client_check_name(out.check)).decode())
    return ClientCheck(check, ffi.buffer(out.why, out.length)[:].decode("utf-8", "replace"))


def _written(pairs: Iterable[tuple[str | bytes, str | bytes]]) -> tuple[bytes, list[int]]:
    """Names and values concatenated, with the offset and the length of each."""
    data, places = b"", list[int]()
    for text in itertools.chain.from_iterable(pairs):
        part = (text if isinstance(text, bytes) else text.encode("latin-1", "replace"))[:_MOST_TEXT]
        places += (len(data), len(part))
        data += part
    return data, places


def _named(hello: ClientHello | None) -> tuple[int, OpenDatabase | None]:
    """A ClientHello's signature and its database; without a ClientHello, the default database."""
    if hello is None:
        return lib.HG_NOT_SEEN, resolve(DEFAULT)
    batch = hello.observation._batch
    return int(batch.tls.raw["client"][0]), batch.database


def verdict(
    client: ClientSystem | None, hello: ClientHello | None = None, headers: Mapping[str, str] | None = None
) -> ConnectionVerdict:
    """The verdict of a connection, in the same words as results of captures.

    `headers` belong to a request on it, with names in any case: the client hint of the platform, or else the
    User-Agent, shows a system. The SYN is compared with the ClientHello and with the request; a contradiction
    is returned first, then any other comparison.
    """
    found = [_verdict_of_request(client, headers)] if headers is not None else []
    found += [_verdict_of_hello(client, hello)] if hello is not None or not found else []
    return min(found, key=lambda one: _ORDER.index(one.verdict))


def _verdict_of_hello(client: ClientSystem | None, hello: ClientHello | None) -> ConnectionVerdict:
    if hello is None:
        return ConnectionVerdict("not_checked", "no hello was seen")
    found = hello.observation
    if client is not None:
        results = results_of_connection(client, hello.raw)
        found = next((one.tls_client for one in results if one.tls_client), found)
    return ConnectionVerdict(found.verdict, found.why or "")


def _verdict_of_request(client: ClientSystem | None, headers: Mapping[str, str]) -> ConnectionVerdict:
    if client is None:
        return ConnectionVerdict("not_checked", "no SYN is known of this connection")
    results = results_of_connection(client, _request(headers))
    for found in filter(None, (one.http_request for one in results)):
        return ConnectionVerdict(found.verdict, found.why or "")
    return ConnectionVerdict("not_checked", "no SYN can be read")


def _request(headers: Mapping[str, str]) -> bytes:
    """A request with only the headers that show a system, each cut to the longest value that is compared."""
    lines = [
        f"{name}: {' '.join(value.split())[:_MOST_VALUE]}\r\n"
        for name, value in headers.items()
        if name.lower() in _TELLING
    ]
    return f"GET / HTTP/1.1\r\n{''.join(lines)}\r\n".encode("latin-1", "replace")


def results_of_connection(client: ClientSystem | None, data: bytes) -> Iterator[AnalysisResult]:
    """The results of a connection that begins with `data`: a ClientHello, or the head of a request."""
    return results_of(_read(client, data, 0))


def json_records(
    client: ClientSystem, hello: ClientHello | None = None, *, time_ns: int | None = None
) -> bytes:
    """The records of a connection as JSON lines: ``syn``, ``mtu``, ``tls_client``.

    They equal the output of `huginn pcap --format json` for a capture of these packets. The time is now,
    unless `time_ns` (ns since the epoch) is given. Empty for a SYN that cannot be read.
    """
    data = None if hello is None else hello.raw
    return _read(client, data, time.time_ns() if time_ns is None else time_ns).render("json")


def _read(client: ClientSystem | None, data: bytes | None, time_ns: int) -> Batch:
    """The rows of a connection with this SYN and this data of the client."""
    packets = [] if client is None else [ip_packet(client.raw)]
    if data is not None and client is None:
        packets.append(data_packet(data))
    elif data is not None and client and client.result.syn and (after := _segment(packets[0], data)):
        packets.append(after)
    database = resolve(DEFAULT if client is None else client.db)
    batch = Batch(max(_ROWS, lib.HG_MIN_BATCH), database, "server")
    with packet_reader(database, PROTOCOLS) as reader:
        reader.read_all(packets, time_ns, batch)
    return batch


def _segment(syn: bytes, data: bytes) -> bytes | None:
    """The client's data after its SYN; ``None`` after a SYN with extension headers of IPv6."""
    if syn[0] >> 4 == 4:
        tcp = (syn[0] & 15) * 4
        ip = b"E\0" + struct.pack("!H", 40 + len(data)) + syn[4:20]
    else:
        tcp = 40
        ip = syn[:4] + struct.pack("!H", 20 + len(data)) + syn[6:40]
        if syn[6] != socket.IPPROTO_TCP:
            return None
    ports, number = syn[tcp : tcp + 4], int.from_bytes(syn[tcp + 4 : tcp + 8], "big")
    return tcp_packet(ip, ports, number + 1, data)
