"""Questions by the client's address alone: what all its connections show alike, or nothing."""

from __future__ import annotations

import socket
import time
import timeit
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from huginn_cffi.sockets.peers import PeerAddress, Question
from tests.peers.test_table import QUIC, PeerTable, end, question
from tests.support.api_vectors import ANY_LINUX, SEVEN, Packet
from tests.support.forged import opened, quic
from tests.support.packets import RST, Ip, Ip4, Ip6, Tcp, packet, reply
from tests.support.peer_rows import NOW, SECOND, WINDOWS, request, syn
from tests.support.tls.conversation import client_hello, extension, record, server_name

CURL = "Host: x\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n"
OTHER = "Host: x\r\nUser-Agent: Wget/1.21\r\nAccept: */*\r\n"


def address(ip: Ip, **more: Any) -> Question:
    return Question(end(ip.source, 0), **more)


def connection(ip: Ip, tcp: Tcp, port: int) -> list[Packet]:
    """One without data."""
    begun = replace(tcp, sport=port)
    return [(NOW, packet(ip, begun)), (NOW + 1, reply(ip, begun))]


def is_empty(answer: dict[str, Any]) -> bool:
    """Nothing of a client is in it but the record of its host."""
    kept = ("os", "client", "ja4", "ja4_stable", "transport", "tool", "connection", "os_version")
    return all(answer[key] is None for key in kept) and answer["verdict"] == "not_checked"


@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["4", "6"])
def test_connections_that_agree(ip: Ip) -> None:
    table = PeerTable()
    for port in (40000, 40001, 40002):
        table.take(request(ip, replace(ANY_LINUX, sport=port)))
    answer = table.ask(address(ip))
    assert (answer["status"], answer["os"], answer["client"]) == ("found", "Linux", "curl")
    assert (answer["transport"], answer["connection"]) == (None, None)
    assert table.ask(address(ip, user_agent=WINDOWS))["verdict"] == "contradicts"
    assert table.ask(
        address(replace(ip, source="192.0.2.9" if ip.source == "192.0.2.1" else "2001:db8::99"))
    )["status"] == ("not_seen")


def test_an_ipv4_address_in_an_ipv6_one() -> None:
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX))
    mapped = bytes(10) + b"\xff\xff" + socket.inet_aton("192.0.2.1")
    assert table.ask(Question(PeerAddress(mapped, 0)))["status"] == "found"


@pytest.mark.parametrize("hosts", [False, True])
def test_systems_that_differ(hosts: bool) -> None:
    table = PeerTable()
    table.take(connection(Ip4(), ANY_LINUX, 40000))
    assert table.ask(address(Ip4()), hosts=hosts)["status"] == "found"
    table.take(connection(Ip4(), SEVEN, 40001))
    answer = table.ask(address(Ip4()), hosts=hosts)
    assert answer["status"] == "relayed"
    assert is_empty(answer)
    assert answer["reason"] == "connections of this address differ, or are too many to compare"


def test_programs_that_differ() -> None:
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX, CURL))
    table.take(request(Ip4(), replace(ANY_LINUX, sport=40001), OTHER))
    answer = table.ask(address(Ip4()))
    assert answer["status"] == "relayed"
    assert is_empty(answer)
    assert table.ask(question(Ip4(), ANY_LINUX))["client"] == "curl"


def test_what_differs_is_found_whatever_was_seen_last() -> None:
    """The latest two show no request; the two before them differ."""
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX, CURL))
    table.take(request(Ip4(), replace(ANY_LINUX, sport=40001), OTHER))
    table.take(connection(Ip4(), ANY_LINUX, 40002))
    assert table.ask(address(Ip4()))["status"] == "relayed"


def test_fifty_clients_of_one_nat() -> None:
    table = PeerTable()
    for number in range(50):
        begun = SEVEN if number == 17 else ANY_LINUX
        table.take(connection(Ip4(), begun, 40000 + number))
    answer = table.ask(address(Ip4()))
    assert answer["status"] == "relayed"
    assert is_empty(answer)


def test_a_request_that_was_passed_on() -> None:
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX, CURL + "Via: 1.1 x\r\n"))
    answer = table.ask(address(Ip4()))
    assert answer["status"] == "relayed"
    assert is_empty(answer)


def test_packets_of_outsiders_change_nothing() -> None:
    table = PeerTable()
    table.take(syn(Ip4(), SEVEN))
    assert table.ask(address(Ip4()), hosts=False)["status"] == "not_seen"
    table.take(request(Ip4(), replace(ANY_LINUX, sport=40001)))
    answer = table.ask(address(Ip4()), hosts=False)
    assert (answer["status"], answer["os"]) == ("found", "Linux")


def test_too_many_connections_are_not_compared() -> None:
    table = PeerTable()
    table.take([one for port in range(256) for one in connection(Ip4(), ANY_LINUX, 40000 + port)])
    assert table.ask(address(Ip4()))["status"] == "found"
    table.take(connection(Ip4(), ANY_LINUX, 41000))
    assert table.ask(address(Ip4()))["status"] == "relayed"
    assert table.ask(question(Ip4(), ANY_LINUX))["status"] == "found"


def test_work_is_bounded() -> None:
    """100 times as many connections, the same time."""
    table = PeerTable(50_000)
    took = []
    for ports in (range(1000, 1300), range(1300, 31300)):
        table.take([one for port in ports for one in connection(Ip4(), ANY_LINUX, port)])
        ask = partial(table.ask, address(Ip4()), hosts=False)
        took.append(min(timeit.repeat(ask, timer=time.process_time, number=20, repeat=20)))
        assert ask()["status"] == "relayed"
    assert took[1] < 10 * took[0]


FORGED: dict[str, Callable[[Ip], list[Packet]]] = {
    "a SYN to an open port": lambda ip: connection(ip, SEVEN, 40001),
    "300 SYNs to an open port": lambda ip: [
        one for port in range(1000, 1300) for one in connection(ip, SEVEN, port)
    ],
    "300 dropped SYNs": lambda ip: [
        (NOW, packet(ip, replace(SEVEN, sport=port, dport=81))) for port in range(1000, 1300)
    ],
    "an Initial": lambda ip: [(NOW, data) for data in quic(ip)],
}
"""Packets in the name of the address."""


@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["4", "6"])
@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("proven", [True, False])
def test_forged_packets_change_no_answer(ip: Ip, forged: str, proven: bool) -> None:
    """A request proves that its client saw the answer. Without data, only unanswered SYNs count less."""
    table = PeerTable()
    own = replace(ANY_LINUX, sport=40000)
    table.take(request(ip, own) if proven else connection(ip, own, 40000))
    table.take(FORGED[forged](ip))
    answer = table.ask(address(ip), hosts=False)
    if proven or forged == "300 dropped SYNs":
        assert (answer["status"], answer["os"]) == ("found", "Linux")
    if proven:
        assert answer["client"] == "curl"


def test_connections_are_forgotten() -> None:
    table = PeerTable()
    table.take(connection(Ip4(), SEVEN, 40000))
    ended = replace(SEVEN, sport=40000, seq=SEVEN.seq + 1, flags=RST, options=b"")
    table.take([(NOW + 2, packet(Ip4(), ended))])
    table.take(connection(Ip4(), ANY_LINUX, 40001))
    assert table.ask(address(Ip4()), hosts=False)["status"] == "relayed"
    later = table.ask(address(Ip4()), NOW + 61 * SECOND, hosts=False)
    assert (later["status"], later["os"]) == ("found", "Linux")
    assert table.ask(address(Ip4()), NOW + 901 * SECOND, hosts=False)["status"] == "not_seen"


def test_one_server_or_transport() -> None:
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX))
    table.take(connection(Ip4(destination="203.0.113.5"), SEVEN, 40001))
    named = address(Ip4(), server=end(Ip4().destination, ANY_LINUX.dport))
    assert table.ask(named, hosts=False)["os"] == "Linux"
    assert table.ask(replace(named, transport="quic"), hosts=False)["status"] == "not_seen"


def test_the_index_outlives_evictions() -> None:
    table = PeerTable(20)
    for number in range(200):
        ip = Ip4(source=f"192.0.2.{number % 3 + 1}")
        table.take(connection(ip, ANY_LINUX, 1000 + number))
    assert table.peers.counts().evicted > 0
    assert {table.ask(address(Ip4(source=f"192.0.2.{n}")))["status"] for n in (1, 2, 3)} == {"found"}


@pytest.mark.skipif(not QUIC.exists(), reason="the capture is not here")
def test_a_connection_of_quic() -> None:
    from huginn_cffi import Analyzer

    table = PeerTable()
    for batch in Analyzer().batches(QUIC):
        table.peers.add(batch)
        records = [record for record in batch if hasattr(record, "source")]
    client = records[0].source
    found = table.ask(Question(end(str(client.ip), 0)), int(batch["time_ns"][0]), hosts=False)
    assert found["status"] == "found"
    assert found["ja4"].startswith("q")


def with_hello(port: int, *more: bytes) -> list[Packet]:
    hello = client_hello(b"".join((server_name(b"example.com"), *more)))
    return opened(Ip4(), replace(ANY_LINUX, sport=port), record(hello))


def test_hellos_that_differ() -> None:
    table = PeerTable()
    table.take(with_hello(40000))
    found = table.ask(address(Ip4()))
    assert (found["status"], found["ja4"][:3]) == ("found", "t12")
    table.take(with_hello(40001, extension(0xABCD)))
    answer = table.ask(address(Ip4()))
    assert answer["status"] == "relayed"
    assert is_empty(answer)


def test_a_session_that_is_resumed_is_of_the_same_program() -> None:
    """Its JA4 differs, and is left out; the stable one is there."""
    table = PeerTable()
    table.take(with_hello(40000))
    before = table.ask(address(Ip4()))
    table.take(with_hello(40001, extension(41)))
    answer = table.ask(address(Ip4()))
    assert (answer["status"], answer["ja4"]) == ("found", None)
    assert answer["ja4_stable"] == before["ja4_stable"]
