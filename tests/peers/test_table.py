"""Connections by both ends: what is found, what is said of it, and when it is forgotten."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.settings import Settings, engine_config
from huginn_cffi.sockets.peers import PeerAddress, Peers, Question
from tests.support.api_vectors import ANY_LINUX, NEW_LINUX, SEVEN, XP, Packet
from tests.support.captures import pcap
from tests.support.core import CORE, SHARED
from tests.support.packets import ACK, RST, Ip, Ip4, Ip6, Tcp, packet, reply
from tests.support.peer_rows import LINUX, NOW, SECOND, WINDOWS, request, syn

SAMPLE = CORE.parent / "examples" / "sample.pcap"
QUIC = SHARED / "http-tls" / "captures" / "PcapFlowLab__quic_initial_ch_1.pcap"
CHROME = (
    b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)


def end(address: str, port: int) -> PeerAddress:
    return PeerAddress(socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address), port)


def question(ip: Ip, tcp: Tcp, **more: Any) -> Question:
    return Question(end(ip.source, tcp.sport), end(ip.destination, tcp.dport), **more)


HEADERS = 40  # of IPv4 and TCP without options


class PeerTable:
    """Takes packets as a running capture does, ends of connections included, and is asked."""

    def __init__(self, most: int = 1000, **settings: Any) -> None:
        self.database = hg.Analyzer().database
        self.peers = Peers(self.database, most)
        self.inventory = Inventory(self.database)
        self._error, out = ffi.new("hg_error *"), ffi.new("hg_sensor **")
        check(
            lib.hg_sensor_new(engine_config(Settings(**settings), 1), ffi.NULL, out, self._error), self._error
        )
        self._sensor = ffi.gc(out[0], lib.hg_sensor_free)
        lib.hg_sensor_follow_ends(self._sensor, self.peers.handle)
        self.use(self.database)

    def use(self, database: hg.Database | None) -> None:
        self.database = database
        handle = ffi.NULL if database is None else database._handle
        check(lib.hg_sensor_use(self._sensor, handle, self._error), self._error)

    def take(self, packets: list[Packet]) -> None:
        memory, out = ffi.from_buffer("uint8_t[]", pcap(packets, linktype=101)), ffi.new("hg_source **")
        check(lib.hg_source_open_memory(memory, len(memory), out, self._error), self._error)
        source = ffi.gc(out[0], lib.hg_source_free)
        check(
            lib.hg_sensor_open(self._sensor, ffi.new("hg_source *[]", [source]), 1, self._error), self._error
        )
        status = lib.HG_OK
        while status == lib.HG_OK:
            batch = Batch(64, self.database, "capture in memory")
            status = lib.hg_sensor_run(self._sensor, batch._native, self._error)
            batch._written()
            self.inventory.add(batch)
            self.peers.add(batch)
        lib.hg_sensor_close(self._sensor)

    def ask(self, asked: Question, now_ns: int = NOW, *, hosts: bool = True) -> dict[str, Any]:
        found = self.peers.answer(asked, self.inventory if hosts else None, now_ns=now_ns)
        answer = json.loads(found)
        assert isinstance(answer, dict)
        return answer

    def knows(self, asked: Question, now_ns: int = NOW) -> bool:
        return self.peers.find(asked, now_ns=now_ns) is not None


@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["4", "6"])
def test_a_connection_is_found_by_both_ends_or_by_its_client(ip: Ip) -> None:
    table = PeerTable()
    table.take(syn(ip, ANY_LINUX))
    asked = question(ip, ANY_LINUX)
    for one in (asked, replace(asked, server=None)):
        answer = table.ask(one)
        assert (answer["status"], answer["os"], answer["transport"]) == ("found", "Linux", "tcp")
        assert 0.8 < answer["os_confidence"] <= 1
        assert answer["connection"]["dst_port"] == 80
        assert answer["host"]["family"] == "Linux"
    others = (
        replace(asked, client=PeerAddress(asked.client.address, 40001)),
        replace(asked, server=end(ip.destination, 81)),
        replace(asked, server=end("203.0.113.1" if ip.source == "192.0.2.1" else "2001:db8::9", 80)),
        replace(asked, client=end("192.0.2.77", 40000)),
    )
    for one in others:
        answer = table.ask(one)
        assert (answer["status"], answer["os"], answer["connection"]) == ("not_seen", None, None)
    assert table.peers.counts().answers == {"not_seen": 4, "found": 2, "relayed": 0, "ambiguous": 0}


def test_an_ipv4_address_in_an_ipv6_one_is_itself() -> None:
    table = PeerTable()
    table.take(syn(Ip4(), NEW_LINUX))
    client = PeerAddress(bytes(10) + b"\xff\xff" + socket.inet_aton("192.0.2.1"), 40000)
    assert table.knows(Question(client))


def test_the_host_is_not_needed() -> None:
    table = PeerTable()
    table.take(syn(Ip4(), NEW_LINUX))
    answer = table.ask(question(Ip4(), NEW_LINUX), hosts=False)
    assert (answer["status"], answer["os"], answer["host"]) == ("found", "Linux", None)


def test_what_the_client_says_is_compared_and_not_kept() -> None:
    table = PeerTable()
    table.take(syn(Ip4(), ANY_LINUX))
    asked = question(Ip4(), ANY_LINUX)
    verdicts = [
        table.ask(replace(asked, **more))["verdict"]
        for more in ({"user_agent": WINDOWS}, {"user_agent": LINUX}, {"platform": b'"Windows"'}, {})
    ]
    assert verdicts == ["contradicts", "consistent", "contradicts", "not_checked"]
    both = table.ask(replace(asked, user_agent=LINUX, platform=b'"Windows"'))
    assert (both["verdict"], "client hint: Windows" in both["reason"]) == ("contradicts", True)


def test_a_request_that_was_seen_speaks_for_itself() -> None:
    table = PeerTable()
    head = f"Host: x\r\nUser-Agent: {WINDOWS.decode()}\r\n"
    table.take(request(Ip4(), ANY_LINUX, head))
    assert table.ask(question(Ip4(), ANY_LINUX))["verdict"] == "contradicts"
    assert table.ask(question(Ip4(), ANY_LINUX, user_agent=LINUX))["verdict"] == "consistent"


def checked(peers: Peers, of: str, agent: bytes, now_ns: int, **hints: bytes) -> tuple[str, str]:
    """The check of the browser, and the reason of the answer."""
    source, _, port = of.rpartition(":")
    asked = Question(end(source, int(port)), user_agent=agent, **hints)
    answer = json.loads(peers.answer(asked, now_ns=now_ns))
    return answer["client_check"], answer["reason"]


def test_a_browser_by_its_hello() -> None:
    """Chromium's ClientHello in the sample, and what questions say of it: a few headers, not all."""
    peers = Peers(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(SAMPLE):
        peers.add(batch)
    asked = 0
    for result in hg.Analyzer().analyze_pcap(SAMPLE):
        hello = result.tls_client
        if hello is None or hello.match is None or not hello.match.name.startswith("Chrom"):
            continue
        of = f"{hello.source.ip}:{hello.source.port}"
        assert checked(peers, of, CHROME, result.time_ns)[0] == "consistent"
        check, why = checked(peers, of, LINUX, result.time_ns)
        generic = hello.match.name == "Chromium or OkHttp"
        assert check == ("not_checked" if generic else "mismatch")
        assert generic or why.endswith(f"User-Agent: Firefox, ClientHello: {hello.match.name}")
        assert checked(peers, of, b"", result.time_ns)[0] == "not_checked"
        brands = b'"Chromium";v="99", "Not A Brand";v="8"'
        assert checked(peers, of, CHROME, result.time_ns, brands=brands)[0] == "mismatch"
        asked += 1
    assert asked


def test_a_browser_without_a_hello_is_not_checked() -> None:
    """Nothing of what a question leaves out is evidence."""
    table = PeerTable()
    table.take(syn(Ip4(), ANY_LINUX))
    for agent in (CHROME, LINUX):
        assert table.ask(question(Ip4(), ANY_LINUX, user_agent=agent))["client_check"] == "not_checked"
    hinted = question(Ip4(), ANY_LINUX, user_agent=LINUX, brands=b'"Chromium";v="99"')
    assert table.ask(hinted)["client_check"] == "mismatch"


def test_a_tool_is_no_system() -> None:
    zmap = Tcp(options=b"", window=65535)
    table = PeerTable()
    table.take(syn(Ip4(identification=54321, fragment=0, ttl=255), zmap))
    answer = table.ask(question(Ip4(), zmap))
    assert (answer["os"], answer["tool"]) == (None, "ZMap")


def test_the_port_is_used_again() -> None:
    table = PeerTable()
    asked = request(Ip4(), ANY_LINUX)
    sent = len(asked[-1][1]) - HEADERS
    closed = replace(ANY_LINUX, seq=ANY_LINUX.seq + 1 + sent, ack=5001, flags=ACK | RST, options=b"")
    again = replace(XP, seq=77)
    later = NOW + SECOND
    packets = [*asked, (NOW + 3, packet(Ip4(), closed)), *syn(Ip4(ttl=128), again, later)]
    table.take(packets[:3])
    assert table.ask(question(Ip4(), ANY_LINUX))["client"] == "curl"
    table = PeerTable()
    for count, more, over in ((3, True, False), (4, True, True), (5, False, False)):
        table.take(packets[:count])
        progress = table.peers.find(question(Ip4(), ANY_LINUX), now_ns=later)
        assert progress is not None
        assert (progress.more, progress.over) == (more, over)
        table = PeerTable()
    table.take(packets)
    answer = table.ask(question(Ip4(), ANY_LINUX), later)
    assert (answer["os"], answer["client"]) == ("Windows", None)


@pytest.mark.parametrize("now_ns", [-(2**63), 0, NOW - SECOND])
def test_a_clock_that_was_set_back_forgets_nothing(now_ns: int) -> None:
    table = PeerTable()
    table.take(syn(Ip4(), ANY_LINUX))
    assert table.knows(question(Ip4(), ANY_LINUX), now_ns)


def test_an_idle_connection_is_forgotten_and_a_question_keeps_it() -> None:
    table = PeerTable()
    table.take(syn(Ip4(), ANY_LINUX))
    asked, kept = question(Ip4(), ANY_LINUX), lib.HG_PEER_IDLE_S * SECOND
    assert table.knows(asked, NOW + kept)
    assert table.knows(asked, NOW + 2 * kept)
    assert not table.knows(asked, NOW + 3 * kept + 1)


def test_a_flood_of_syns_pushes_out_nothing_that_was_named() -> None:
    table = PeerTable(most=100)
    table.take(request(Ip4(), ANY_LINUX))
    flood = [
        (NOW + 3 + number, packet(Ip4(source=f"10.0.{number >> 8}.{number & 255}"), ANY_LINUX))
        for number in range(2000)
    ]
    table.take(flood)
    counts = table.peers.counts()
    assert counts.connections == 100
    assert counts.evicted == 1901
    assert table.knows(question(Ip4(), ANY_LINUX))
    assert table.knows(question(Ip4(source="10.0.7.207"), ANY_LINUX))
    assert not table.knows(question(Ip4(source="10.0.0.0"), ANY_LINUX))


def test_named_connections_make_room_for_new_ones() -> None:
    table = PeerTable(most=8)
    for port in range(1000, 1020):
        table.take(request(Ip4(), replace(ANY_LINUX, sport=port)))
    known = [port for port in range(1000, 1020) if table.knows(question(Ip4(), Tcp(sport=port)))]
    assert len(known) == 8
    assert known[-1] == 1019


def test_several_systems_behind_an_address_are_a_relay() -> None:
    table = PeerTable()
    systems = (ANY_LINUX, SEVEN)
    packets = []
    for number in range(40):
        tcp = replace(systems[number % 2], sport=20000 + number)
        packets.append((NOW + number * SECOND, packet(Ip4(ttl=(64, 128)[number % 2]), tcp)))
    table.take(packets)
    answer = table.ask(question(Ip4(), Tcp(sport=20039)), NOW + 40 * SECOND)
    assert (answer["status"], answer["os"]) == ("relayed", "Windows")
    assert answer["host"]["systems"] == 2
    assert table.ask(question(Ip4(), Tcp(sport=20039)), NOW + 40 * SECOND, hosts=False)["status"] == "found"


@pytest.mark.parametrize("header", ["Via: 1.1 edge", "X-Forwarded-For: 198.51.100.1", "cdn-loop: edge"])
def test_a_request_that_names_a_proxy_is_relayed(header: str) -> None:
    table = PeerTable()
    table.take(request(Ip4(), ANY_LINUX, f"Host: x\r\nUser-Agent: curl/8.0\r\n{header}\r\n"))
    table.take(request(Ip4(), replace(ANY_LINUX, sport=20000)))
    answer = table.ask(question(Ip4(), ANY_LINUX))
    assert (answer["status"], answer["reason"]) == ("relayed", "a proxy passed the request on")
    assert answer["os"] == "Linux"
    assert table.ask(question(Ip4(), Tcp(sport=20000)))["status"] == "found"


def test_systems_that_contradict_each_other_are_a_relay() -> None:
    """The address sends SYNs of Windows, and a Linux answers at it."""
    table = PeerTable()
    own, peer = Ip4(ttl=128), Ip4(source="192.0.2.99")
    table.take([(NOW + at, packet(own, replace(SEVEN, sport=20000 + at))) for at in range(4)])
    assert table.ask(question(own, Tcp(sport=20003)))["status"] == "found"
    for at in range(4):
        tcp = replace(ANY_LINUX, sport=30000 + at, dport=22)
        to = replace(peer, destination=own.source)
        table.take([(NOW + 10 + at, packet(to, tcp)), (NOW + 11 + at, reply(to, tcp))])
    answer = table.ask(question(own, Tcp(sport=20003)))
    assert (answer["status"], answer["os"]) == ("relayed", "Windows"), answer["host"]


def test_another_database_names_them_again(tmp_path: Path) -> None:
    path = tmp_path / "other.fp"
    path.write_text(
        "classes = unix\n[tcp:request]\nlabel = s:unix:Other:\n"
        "sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0\n"
    )
    table = PeerTable()
    table.take(syn(Ip4(), ANY_LINUX))
    table.use(hg.Database.compile(path))
    table.take(syn(Ip4(source="192.0.2.200"), ANY_LINUX))
    for source in ("192.0.2.1", "192.0.2.200"):
        assert table.ask(question(Ip4(source=source), ANY_LINUX), hosts=False)["os"] == "Other", source


def test_without_a_database_nothing_has_a_name() -> None:
    table = PeerTable()
    table.peers = Peers(None)
    for batch in hg.Analyzer(None).batches(pcap(request(Ip4(), ANY_LINUX), linktype=101)):
        table.peers.add(batch)
    answer = table.ask(question(Ip4(), ANY_LINUX), hosts=False)
    assert (answer["status"], answer["os"], answer["client"]) == ("found", None, None)


@pytest.mark.parametrize("path", [SAMPLE, QUIC], ids=["tcp", "quic"])
def test_the_same_as_results(path: Path) -> None:
    """Each connection of a capture has what the results of its packets have."""
    if not path.exists():
        pytest.skip("the shared captures are not here")
    peers = Peers(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(path):
        peers.add(batch)
    systems, programs, transports = set(), set(), set()
    for result in hg.Analyzer().analyze_pcap(path):
        for row in filter(None, (result.syn, result.tls_client)):
            client, server = row.source, row.destination
            asked = Question(end(str(client.ip), client.port), end(str(server.ip), server.port))
            answer = json.loads(peers.answer(asked, now_ns=result.time_ns))
            if row is result.tls_client:
                transports.add(answer["transport"])
                assert (answer["ja4"], answer["ja4_stable"]) == (row.signature.ja4, row.signature.ja4_stable)
                assert answer["client"] == (row.match.name if row.match else None)
                programs.add(answer["client"])
            elif row.match is not None:
                assert (answer["tool"] if row.match.userland else answer["os"]) == row.match.family
                systems.add(answer["os"])
    assert programs
    assert transports == {"tcp" if path == SAMPLE else "quic"}
    assert path != SAMPLE or len(systems - {None}) > 1


@pytest.mark.parametrize("most", [0, (1 << 28) + 1])
def test_a_table_has_a_size(most: int) -> None:
    with pytest.raises(ValueError, match="room for"):
        Peers(None, most)
