"""Packets of outsiders with the ends of somebody else's connection: its answer stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import huginn_cffi as hg
from tests.peers.test_table import PeerTable, question
from tests.support import tunnels
from tests.support.api_vectors import ANY_LINUX, XP
from tests.support.captures import pcap
from tests.support.forged import (
    DATA,
    HELLO,
    OTHER_HELLO,
    OUTERS,
    TUNNELS,
    carried,
    framed,
    opened,
    quic,
    within,
)
from tests.support.packets import ACK, FIN, PSH, RST, Ip, Ip4, Ip6, Tcp, packet, reply
from tests.support.peer_rows import NOW, SECOND, request
from tests.support.tls.conversation import record
from tests.support.tls.datagram_model import Initial, crypto, fragment
from tests.support.tls.datagram_model import record as dtls_record

IPS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["4", "6"])
SHOWN = ("status", "os", "client", "ja4", "transport", "connection", "verdict", "reason")


def shown(table: PeerTable, asked: Any, now_ns: int = NOW) -> dict[str, Any]:
    answer = table.ask(asked, now_ns, hosts=False)
    return {key: answer[key] for key in SHOWN}


def spoofed(ip: Ip, **values: Any) -> bytes:
    """A packet of another system, with the ends of the connection."""
    return packet(replace(ip, ttl=128), replace(XP, seq=9, **values))


def damaged(data: bytes) -> bytes:
    """A wrong checksum: bytes 16 and 17 of TCP."""
    at = (20 if data[0] >> 4 == 4 else 40) + 16
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def dtls(ip: Ip, hello: bytes = OTHER_HELLO) -> list[bytes]:
    body = b"\xfe\xfd" + hello[6:39] + b"\0" + hello[39:]
    return [carried(ip, dtls_record(fragment(1, 0, len(body), 0, body)))]


def without_answer(ip: Ip, data: bytes) -> list[bytes]:
    """All that a client sends, from somebody who sees none of the answers."""
    return [
        spoofed(ip),
        packet(ip, Tcp(seq=10, ack=77, flags=ACK, options=b"")),
        packet(ip, Tcp(seq=10, ack=77, flags=ACK | PSH, options=b"", payload=data)),
    ]


ATTACKS: dict[str, Callable[[Ip], list[bytes]]] = {
    "a SYN": lambda ip: [spoofed(ip)],
    "a SYN with a wrong checksum": lambda ip: [damaged(spoofed(ip))],
    "a SYN with data": lambda ip: [spoofed(ip, payload=record(OTHER_HELLO))],
    "several SYNs": lambda ip: [spoofed(ip, window=window) for window in range(1000, 1009)],
    "a SYN and its refusal": lambda ip: [
        spoofed(ip),
        reply(ip, replace(XP, seq=9), flags=RST | ACK, seq=0, options=b""),
    ],
    "a client's side with a hello": lambda ip: without_answer(ip, record(OTHER_HELLO)),
    "a client's side with a request": lambda ip: without_answer(
        ip, DATA["request"].replace(b"curl", b"Wget")
    ),
    "an end outside the window": lambda ip: [
        packet(ip, Tcp(seq=9, ack=77, flags=flags, options=b"")) for flags in (RST, RST | ACK, FIN | ACK)
    ],
    "a datagram of QUIC": quic,
    "a datagram of DTLS": dtls,
    "SYNs to closed ports": lambda ip: [
        data
        for port in range(1000, 1040)
        for data in (
            spoofed(ip, dport=port),
            reply(ip, replace(XP, seq=9, dport=port), flags=RST | ACK, seq=0, options=b""),
        )
    ],
    "SYNs to other servers": lambda ip: [
        spoofed(replace(ip, destination=ip.destination[:-1] + str(last))) for last in range(3, 10)
    ],
}


@IPS
@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("data", DATA)
def test_an_open_connection_keeps_its_answer(ip: Ip, attack: str, data: str) -> None:
    """Whether the question names the server and the transport or not, at once and later."""
    table = PeerTable()
    table.take(opened(ip, data=DATA[data]))
    asked = question(ip, ANY_LINUX)
    questions = [
        replace(asked, server=server, transport=transport)
        for server in (asked.server, None)
        for transport in ("tcp", None)
    ]
    before = shown(table, asked)
    assert (before["status"], before["os"], before["transport"]) == ("found", "Linux", "tcp")
    sent = ATTACKS[attack](ip)
    for time in (NOW + 3, NOW + 60 * SECOND):
        table.take([(time + at, data) for at, data in enumerate(sent)])
        for one in questions:
            assert shown(table, one, time) == before
        answer = table.ask(asked, time)
        host = answer["host"]
        assert (answer["status"], host["family"], host["systems"]) == ("found", "Linux", 1)
        assert (host["distance"], host["contradictions"]) == (0, 0)
        assert host["findings"] in ([], ["vertical_scan"])  # what nobody answers is a scan, whoever sent it


@IPS
@pytest.mark.parametrize("outer", OUTERS, ids=["over 4", "over 6"])
@pytest.mark.parametrize("kind", TUNNELS)
def test_packets_in_a_tunnel_are_of_other_connections(kind: str, outer: Ip, ip: Ip) -> None:
    """A whole connection with the same ends, an end, and a hello that would continue the one outside."""
    table = PeerTable()
    table.take(opened(ip))
    before = shown(table, question(ip, ANY_LINUX))
    false = replace(XP, seq=9)
    sent = [*(data for _, data in opened(replace(ip, ttl=128), false, record(OTHER_HELLO)))]
    at = ANY_LINUX.seq + 1 + len(DATA["hello"])
    sent += [packet(ip, Tcp(seq=at, ack=5001, flags=flags, options=b"")) for flags in (RST | ACK, FIN | ACK)]
    table.take([(NOW + 9 + number, TUNNELS[kind](outer, data)) for number, data in enumerate(sent)])
    assert table.peers.counts().connections == 2
    for asked in (question(ip, ANY_LINUX), replace(question(ip, ANY_LINUX), server=None)):
        assert shown(table, asked) == before


@pytest.mark.parametrize("kind", TUNNELS)
def test_both_directions_of_a_tunnel_are_one(kind: str) -> None:
    """What is captured only in a tunnel is answered; other ends of the tunnel are another network."""
    ip, table = Ip4(), PeerTable()
    back = replace(tunnels.OUTER, source=tunnels.OUTER.destination, destination=tunnels.OUTER.source)
    first, answer, last = (data for _, data in opened(ip))
    wrapped = [(tunnels.OUTER, first), (back, answer), (tunnels.OUTER, last)]
    table.take([(NOW + at, TUNNELS[kind](outer, data)) for at, (outer, data) in enumerate(wrapped)])
    assert table.peers.counts().connections == 1
    found = shown(table, question(ip, ANY_LINUX))
    assert (found["status"], found["os"], found["ja4"] is None) == ("found", "Linux", False)
    other = replace(tunnels.OUTER, source="203.0.113.77")
    table.take([(NOW + 9, TUNNELS[kind](other, spoofed(ip)))])
    assert table.peers.counts().connections == 2


def test_a_tunnel_in_a_tunnel_is_another_one() -> None:
    ip, table, outer = Ip4(), PeerTable(), tunnels.OUTER
    table.take([(NOW + at, TUNNELS["vxlan"](outer, data)) for at, (_, data) in enumerate(opened(ip))])
    before = shown(table, question(ip, ANY_LINUX))
    for at, inner in enumerate((outer, replace(outer, source="203.0.113.9"))):
        table.take([(NOW + 9, TUNNELS["vxlan"](outer, TUNNELS["gre"](inner, spoofed(ip))))])
        assert table.peers.counts().connections == 2 + at
    table.take([(NOW + 9, within(outer, tunnels.vxlan(framed(spoofed(ip)), network=4712), tunnels.VXLAN))])
    assert table.peers.counts().connections == 4
    assert before["os"] == "Linux"


@pytest.mark.parametrize(
    ("networks", "enters"),
    [(("203.0.113.0/24",), True), (("203.0.113.1/32",), False), (("203.0.113.1/32", "203.0.113.2/32"), True)],
)
def test_only_tunnels_between_named_ends_are_entered(networks: tuple[str, ...], enters: bool) -> None:
    """Both ends count, of each tunnel of a packet."""
    named = hg.FilterConfig(subnet=hg.SubnetFilter(src=networks, dst=networks))
    analyzer = hg.Analyzer(None, tunnels=named)
    inner = TUNNELS["vxlan"](tunnels.OUTER, spoofed(Ip4()))
    strange = TUNNELS["gre"](replace(tunnels.OUTER, destination="192.0.2.200"), spoofed(Ip4()))
    sent = [inner, TUNNELS["gre"](tunnels.OUTER, strange), spoofed(Ip4())]
    found = [
        one.tunnel for one in analyzer.analyze_pcap(pcap([(NOW, data) for data in sent], 101)) if one.syn
    ]
    assert found == (["vxlan", None] if enters else [None])
    assert analyzer.stats.drops["not_tcp"] == (1 if enters else 2)


@IPS
def test_a_connection_whose_data_are_unknown_keeps_its_answer(ip: Ip) -> None:
    """Neither a hello nor a request was seen, so that it is told from the false SYN by its answer alone."""
    table = PeerTable()
    table.take(opened(ip, data=b"\0\1\2\3"))
    before = shown(table, question(ip, ANY_LINUX))
    assert before["os"] == "Linux"
    table.take([(NOW + 3, spoofed(ip)), (NOW + 4, spoofed(ip, dport=81))])
    for asked in (question(ip, ANY_LINUX), replace(question(ip, ANY_LINUX), server=None)):
        assert shown(table, asked) == before


@IPS
def test_a_new_connection_is_answered_and_continued(ip: Ip) -> None:
    """Outsiders can forge its packets, so neither hello counts until the old connection ends."""
    table = PeerTable()
    table.take(opened(ip))
    new = replace(XP, seq=2**31)
    old, asked = shown(table, question(ip, ANY_LINUX)), question(ip, XP)
    begun = [packet(replace(ip, ttl=128), new), reply(ip, new)]
    table.take([(NOW + 3 + at, data) for at, data in enumerate(begun)])
    assert shown(table, asked) == old
    sent = replace(new, seq=2**31 + 1, ack=5001, flags=ACK | PSH, options=b"", payload=record(OTHER_HELLO))
    table.take([(NOW + 9, packet(ip, sent))])
    answer = shown(table, asked)
    assert (answer["status"], answer["os"], answer["reason"]) == ("ambiguous", None, "two ClientHellos")
    end = Tcp(seq=ANY_LINUX.seq + 1 + len(DATA["hello"]), ack=5001, flags=ACK | RST, options=b"")
    table.take([(NOW + 10, packet(ip, end))])
    answer = shown(table, asked)
    assert (answer["status"], answer["os"]) == ("found", "Windows")
    assert answer["ja4"] not in (None, old["ja4"])


@IPS
def test_two_connections_from_one_port_are_told_apart_by_their_servers(ip: Ip) -> None:
    table = PeerTable()
    other = replace(XP, dport=443)
    table.take(opened(ip))
    before = shown(table, question(ip, ANY_LINUX))
    table.take(opened(replace(ip, ttl=128), other, DATA["request"]))
    assert shown(table, question(ip, ANY_LINUX)) == before
    assert shown(table, question(ip, other))["os"] == "Windows"
    answer = table.ask(replace(question(ip, other), server=None))
    assert (answer["status"], answer["os"], answer["connection"]) == ("ambiguous", None, None)
    assert answer["reason"] == "several live connections match: name the server and the transport"
    sent = other.seq + 1 + len(DATA["request"])
    closed = replace(other, seq=sent, ack=5001, flags=ACK | RST, options=b"")
    table.take([(NOW + 9, packet(ip, closed))])
    assert shown(table, replace(question(ip, ANY_LINUX), server=None)) == before


@IPS
def test_a_datagram_of_its_own_is_found_by_its_transport(ip: Ip) -> None:
    table = PeerTable()
    table.take([*opened(ip), (NOW + 3, quic(ip)[0])])
    asked = question(ip, ANY_LINUX)
    found = {transport: shown(table, replace(asked, transport=transport)) for transport in ("tcp", "quic")}
    assert {key: answer["transport"] for key, answer in found.items()} == {"tcp": "tcp", "quic": "quic"}
    assert found["tcp"]["ja4"][1:] != found["quic"]["ja4"][1:]
    assert shown(table, replace(asked, transport="dtls"))["status"] == "not_seen"


def test_different_hellos_of_quic_between_the_same_ends_are_ambiguous() -> None:
    """Nothing shows which of two datagrams is the client's. The same hello again is no second one."""
    ip = Ip4()
    table, asked = PeerTable(), replace(question(ip, ANY_LINUX), transport="quic")
    again = HELLO.replace(bytes(range(32)), bytes(range(1, 33)))
    hellos = {b"own id 8": HELLO, b"other id": again}
    same = [Initial(own, crypto(0, hello).ljust(1100, b"\0")) for own, hello in hellos.items()]
    sealed = [carried(ip, initial.sealed()) for initial in same]
    table.take([(NOW + at, data) for at, data in enumerate(sealed)])
    assert shown(table, asked)["status"] == "found"
    assert table.peers.counts().connections == 2
    table.take([(NOW + 9, quic(ip, b"third id")[0])])
    assert shown(table, asked)["status"] == "ambiguous"


@pytest.mark.parametrize("others", ["ABA", "AAB", "BAA", "ABBA", "BAAAA", "ABABB"])
def test_no_number_of_hellos_between_the_same_ends_hides_another(others: str) -> None:
    """In any order. As above, hellos that differ in their random values alone are of one client."""
    ip = Ip4()

    def status(kinds: str) -> tuple[str, str, int]:
        table, asked = PeerTable(), replace(question(ip, ANY_LINUX), transport="quic")
        packets = []
        for at, kind in enumerate(kinds):
            hello = HELLO if kind == "A" else OTHER_HELLO
            hello = hello[:6] + bytes([at]) + hello[7:]
            sealed = Initial(b"own id %d" % at, crypto(0, hello).ljust(1100, b"\0")).sealed()
            packets.append((NOW + at, carried(ip, sealed)))
        table.take(packets)
        by_address = shown(table, replace(asked, client=asked.client._replace(port=0), server=None))["status"]
        return shown(table, asked)["status"], by_address, table.peers.counts().connections

    found = status(others)
    assert (found[:2], found[2] <= 3) == (("ambiguous", "relayed"), True)
    assert status("A" * len(others)) == ("found", "found", 2)


@pytest.mark.parametrize("transport", ["quic", "dtls"])
@pytest.mark.parametrize("false_at", [0, 1])
@pytest.mark.parametrize(("vlan", "mac"), [(7, 2), (9, 1)])
def test_a_hello_on_another_way_is_a_second_one(vlan: int, mac: int, false_at: int, transport: str) -> None:
    """Over UDP nothing shows which one the server took. The same hello on both ways was captured twice."""
    ip = Ip4()
    asked = replace(question(ip, ANY_LINUX), transport=transport)

    def frame(hello: bytes, vlan: int, mac: int) -> bytes:
        data = dtls(ip, hello)[0]
        if transport == "quic":
            data = carried(ip, Initial(hello[6:14], crypto(0, hello).ljust(1100, b"\0")).sealed())
        return bytes((2, 0, 0, 0, 0, mac, *bytes(6), 0x81, 0, 0, vlan, 8, 0)) + data

    def answer(other: bytes) -> dict[str, Any]:
        table, frames = PeerTable(), [frame(HELLO, 7, 1)]
        frames.insert(false_at, frame(other, vlan, mac))
        packets = [(NOW + at, data) for at, data in enumerate(frames)]
        for batch in hg.Analyzer().batches(pcap(packets, linktype=1)):
            table.peers.add(batch)
        return table.ask(asked, hosts=False)

    assert not_checked(answer(OTHER_HELLO), "two ClientHellos")
    assert answer(OTHER_HELLO)["ja4"] is None
    assert answer(HELLO)["ja4"] is not None


def test_the_first_of_two_hellos_counts() -> None:
    """As after a HelloRetryRequest, or where a client writes what looks like another browser's."""
    ip, table = Ip4(), PeerTable()
    table.take(opened(ip))
    before = shown(table, question(ip, ANY_LINUX))
    at = ANY_LINUX.seq + 1 + len(DATA["hello"])
    again = Tcp(seq=at, ack=5001, flags=ACK | PSH, options=b"", payload=record(OTHER_HELLO))
    table.take([(NOW + 9, packet(ip, again))])
    assert shown(table, question(ip, ANY_LINUX)) == before


def test_thousands_of_syns_of_one_end_displace_nothing() -> None:
    """Without the server there are more than are looked at."""
    ip, table = Ip4(), PeerTable()
    table.take(opened(ip))
    before = shown(table, question(ip, ANY_LINUX))
    table.take([(NOW + port, spoofed(ip, dport=port)) for port in range(1000, 3000)])
    assert shown(table, question(ip, ANY_LINUX)) == before
    assert table.ask(replace(question(ip, ANY_LINUX), server=None))["status"] == "ambiguous"


def test_syns_between_the_same_ends_have_a_limit() -> None:
    ip, table = Ip4(), PeerTable()
    table.take(opened(ip))
    table.take([(NOW + at, packet(ip, replace(XP, seq=at))) for at in range(10, 200)])
    assert table.peers.counts().connections == 2


def test_a_replayed_connection_changes_nothing() -> None:
    ip, table = Ip4(), PeerTable()
    table.take(opened(ip))
    before = shown(table, question(ip, ANY_LINUX))
    table.take([(NOW + 9 + at, data) for at, (_, data) in enumerate(opened(ip))])
    assert shown(table, question(ip, ANY_LINUX)) == before
    assert table.peers.counts().connections == 1


@pytest.mark.parametrize("name", ["user_agent", "platform", "brands"])
@pytest.mark.parametrize("char", [b"\0", b"\x1b", b"\x7f", b"\xff"])
def test_headers_with_control_characters_are_not_compared(name: str, char: bytes) -> None:
    header = {"user_agent": "User-Agent", "platform": "Sec-CH-UA-Platform", "brands": "Sec-CH-UA"}[name]
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX))
    answer = table.ask(question(Ip4(), ANY_LINUX, **{name: b'"Windows' + char + b'"'}))
    assert (answer["status"], answer["os"], answer["client"]) == ("found", "Linux", "curl")
    assert (answer["verdict"], answer["client_check"]) == ("not_checked", "not_checked")
    assert answer["reason"] == f"{header} has control characters"
    tab = table.ask(question(Ip4(), ANY_LINUX, **{name: b'"Linux"\t;'}))
    assert "control" not in tab["reason"]


def test_an_ended_connection_is_answered_until_its_ports_are_used_again() -> None:
    ip, table = Ip4(), PeerTable()
    end = replace(
        ANY_LINUX, seq=ANY_LINUX.seq + 1 + len(DATA["hello"]), ack=5001, flags=ACK | FIN, options=b""
    )
    table.take([*opened(ip), (NOW + 3, packet(ip, end))])
    answer = shown(table, question(ip, ANY_LINUX))
    assert (answer["os"], answer["connection"]["ended"]) == ("Linux", True)

    table.take([(NOW + 9, spoofed(ip))])
    assert shown(table, question(ip, ANY_LINUX))["os"] == "Windows"


AGENT = b"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"


def not_checked(answer: dict[str, Any], reason: str) -> bool:
    return (answer["verdict"], answer["client_check"], answer["reason"]) == ("not_checked",) * 2 + (reason,)


@IPS
@pytest.mark.parametrize(("before", "status"), [(0, "found"), (1, "ambiguous")])
@pytest.mark.parametrize("other", [HELLO, OTHER_HELLO])
def test_of_two_hellos_none_is_compared(ip: Ip, before: int, status: str, other: bytes) -> None:
    """Of one flow, or of two that both live between the same ends. The same hello again changes nothing."""
    asked = question(ip, ANY_LINUX, user_agent=AGENT)
    table = PeerTable()
    first = (NOW, packet(replace(ip, source=ip.destination, destination=ip.source), ANY_LINUX))
    for hello, packets_before in ((HELLO, 0), (other, before)):
        packets = [first] * packets_before + opened(ip, data=record(hello))
        for batch in hg.Analyzer().batches(pcap(packets, linktype=101)):
            table.peers.add(batch)
    answer = table.ask(asked, hosts=False)
    if other == HELLO:
        assert (answer["status"], answer["verdict"], answer["ja4"] is None) == ("found", "contradicts", False)
    else:
        assert not_checked(answer, "two ClientHellos")
        assert (answer["status"], answer["ja4"]) == (status, None)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("user_agent", "two User-Agents"),
        ("platform", "a client hint occurs twice"),
        ("brands", "a client hint occurs twice"),
    ],
)
def test_a_header_that_occurs_twice(header: str, reason: str) -> None:
    table = PeerTable()
    table.take(opened(Ip4()))
    assert not_checked(table.ask(question(Ip4(), ANY_LINUX, **{"user_agent": AGENT, header: b"\n"})), reason)
