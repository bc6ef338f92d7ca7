"""Connections of one client with requests and answers of HTTP, of systems that the default database names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_workbench.core import narrowed
from sigcompiler.schema.hosts import NARROWING
from tests.support.captures import pcap
from tests.support.packets import ACK, NOP, PSH, SOK, Ip4, Tcp, mss, packet, reply, wscale

CLIENT, SERVER = "192.0.2.1", "198.51.100.2"
START = 1_700_000_000_000_000_000
SECOND, MILLISECOND = 10**9, 10**6
Packet = tuple[int, bytes]

WINDOWS_7 = Tcp(window=8192, options=mss(1460) + NOP + wscale(8) + NOP + NOP + SOK)
WINDOWS_10 = replace(WINDOWS_7, window=64240)
LINUX = Tcp(window=64240)


def talk(
    number: int,
    own: Tcp,
    head: str,
    answer: str = "",
    *,
    ttl: int = 64,
    client: str = CLIENT,
    server: str = SERVER,
    theirs: Tcp = LINUX,
    their_ttl: int = 64,
    identification: int = 0x1234,
) -> Iterator[Packet]:
    """Connection `number`: a handshake, a request with these headers, and a response if there are some."""
    ip, syn = Ip4(client, server, ttl, 0, identification), replace(own, sport=50000 + number)
    time = START + number * SECOND
    yield time, packet(ip, syn)
    yield (
        time + MILLISECOND,
        reply(replace(ip, ttl=their_ttl), syn, window=theirs.window, options=theirs.options),
    )
    payload = f"GET / HTTP/1.1\r\n{head}\r\n".encode()
    request = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=payload)
    yield time + 2 * MILLISECOND, packet(ip, request)
    if answer:
        payload = f"HTTP/1.1 200 OK\r\n{answer}Content-Length: 0\r\n\r\n".encode()
        response = replace(
            request, sport=80, dport=syn.sport, seq=5001, ack=syn.seq + 1 + len(request.payload)
        )
        back = Ip4(server, client, ttl=their_ttl)
        yield time + 3 * MILLISECOND, packet(back, replace(response, payload=payload))


def inventory(*packets: Packet, sources: tuple[str, ...] = NARROWING, **options: Any) -> Inventory:
    """Of these packets, with middleboxes."""
    analyzer = hg.Analyzer()
    found = narrowed(Inventory(analyzer.database, **options), sources)
    for batch in analyzer.batches(pcap(sorted(packets), linktype=101)):
        found.add(batch)
    found.conclude()
    return found
