"""What the engine makes of datagrams: flows, bounds, counts, and the same for any way of reading."""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli import main
from huginn_cffi.libraries import libcrypto as ciphers
from tests.support.captures import pcap
from tests.support.packets import Ip4, Ip6, checksum
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    Conversation,
    client_hello,
    record,
    server_hello,
    server_name,
)
from tests.support.tls.datagram_model import Initial, crypto, fragment
from tests.support.tls.datagram_model import record as dtls_record
from tests.support.tls.udp import packet_of, timed
from tests.support.tunnels import UDP, udp

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("cryptography") is None, reason="cryptography is not installed to seal packets"
)

HELLO = client_hello(HELLO_EXTENSIONS)
FIRST = Initial(b"8 bytes.", crypto(0, HELLO[:100]), source=b"mine")
SECOND = replace(FIRST, frames=crypto(100, HELLO[100:]), packet_number=1)


def found(packets: list[tuple[int, bytes]], **options: object) -> tuple[list[int], hg.Stats]:
    """Packets that end a hello, and what was counted."""
    analyzer = hg.Analyzer(None, **options)  # type: ignore[arg-type]
    results = [one.packet_number for one in analyzer.analyze_packets(packets) if one.tls_client]
    return results, analyzer.stats


def test_a_hello_waits_for_ten_seconds() -> None:
    first, second = (packet_of(one.sealed()) for one in (FIRST, SECOND))
    assert found([(0, first), (10 * 10**9, second)])[0] == [2]
    late, stats = found([(0, first), (10 * 10**9 + 1, second)])
    assert (late, stats.flows, stats.flows_aged) == ([], 2, 1)


def test_tcp_alone_counts_datagrams_as_ever() -> None:
    packets = timed([packet_of(FIRST.sealed()), packet_of(b"\0\1")])
    stats = found(packets, protocols=("tcp",))[1]
    assert (stats.analysed, stats.drops["not_tcp"], stats.flows) == (0, 2, 0)
    stats = found(packets)[1]
    assert (stats.analysed, stats.drops["not_tcp"], stats.flows) == (1, 1, 1)


def test_a_packet_that_was_cut_is_counted() -> None:
    assert found(timed([packet_of(FIRST.sealed())[:-1]]))[1].drops["truncated"] == 1


@pytest.mark.parametrize("port", [3544, 4789, 8472, 6081, 2152, 50000])
def test_a_client_may_have_the_port_of_a_tunnel(port: int) -> None:
    packets = timed([packet_of(one.sealed(), port=port) for one in (FIRST, SECOND)])
    results, stats = found(packets)
    assert (results, stats.analysed, stats.drops["not_tcp"]) == ([2], 2, 0)


@pytest.mark.parametrize("port", [3544, 4789, 8472, 6081, 2152])
def test_and_is_answered_there(port: int) -> None:
    """The ports of tunnels are those of who sends into one: as an ephemeral port they are a destination."""
    answer = Initial(b"mine", crypto(0, server_hello()), source=b"theirs", server=True, key_id=FIRST.to)
    packets = [packet_of(one.sealed(), port=port) for one in (FIRST, SECOND)]
    packets.append(packet_of(answer.sealed(), port=port, server=True))
    results = list(hg.Analyzer(None).analyze_packets(timed(packets)))
    assert [one.packet_number for one in results if one.tls_server] == [3]


def named(name: bytes) -> bytes:
    return client_hello(server_name(name))


LEAST = 1200
"""Servers drop shorter datagrams with Initials (RFC 9000, 14.1)."""


def of_quic(
    hello: bytes, least: int = 0, own_id: bytes = b"8 bytes.", numbers: tuple[int, int] = (0, 1)
) -> list[bytes]:
    """Two datagrams."""
    half = len(hello) // 2
    first = Initial(own_id, crypto(0, hello[:half]), source=b"mine", packet_number=numbers[0])
    second = replace(first, frames=crypto(half, hello[half:]), packet_number=numbers[1])
    return [one.sealed().ljust(least, b"\0") for one in (first, second)]


def of_dtls(hello: bytes) -> list[bytes]:
    """Two fragments."""
    body = b"\xfe\xfd" + hello[6:39] + b"\0" + hello[39:]
    half = len(body) // 2
    parts = [fragment(1, 0, len(body), at, body[at : at + half + 1]) for at in (0, half)]
    return [dtls_record(part) for part in parts]


def spoiled(data: bytes) -> bytes:
    """The packet with a wrong checksum of UDP; 0 would mean that there is none."""
    return data[:26] + b"\x5a\xa5" + data[28:]


def misheaded(data: bytes) -> bytes:
    """The packet with a wrong checksum of its IPv4 header."""
    return data[:10] + bytes((data[10] ^ 0x5A,)) + data[11:]


def summed(data: bytes) -> bytes:
    """The packet with the right one."""
    pseudo = data[12:20] + bytes((0, UDP)) + data[24:26]
    right = checksum(pseudo + data[20:26] + bytes(2) + data[28:])
    return data[:26] + right.to_bytes(2, "big") + data[28:]


def names_of(packets: list[bytes]) -> list[str | None]:
    results = hg.Analyzer(None).analyze_packets(timed(packets))
    return [one.tls_client.signature.sni for one in results if one.tls_client]


@pytest.mark.parametrize("made", [of_quic, of_dtls])
@pytest.mark.parametrize("sums", [summed, lambda data: data], ids=["right checksum", "none"])
@pytest.mark.parametrize("spoils", [spoiled, misheaded])
@pytest.mark.parametrize("order", ["01ab", "0ab", "1ab", "a0b", "a1b", "ab01", "1ba"])
def test_datagrams_with_wrong_checksums_change_no_hello(
    order: str,
    spoils: Callable[[bytes], bytes],
    sums: Callable[[bytes], bytes],
    made: Callable[[bytes], list[bytes]],
) -> None:
    """0 and 1 are the decoy's datagrams, which the receiver drops; a and b the real ones."""
    decoy = [spoils(packet_of(data)) for data in made(named(b"fake.example"))]
    real = [sums(packet_of(data)) for data in made(named(b"real.example"))]
    packets = dict(zip("01ab", [*decoy, *real], strict=True))
    assert names_of([packets[one] for one in order])[-1:] == ["real.example"]


@pytest.mark.parametrize("made", [of_quic, of_dtls])
@pytest.mark.parametrize("spoils", [spoiled, misheaded])
def test_wrong_checksums_alone_hide_no_hello(
    spoils: Callable[[bytes], bytes], made: Callable[[bytes], list[bytes]]
) -> None:
    """A card computes them after the capture."""
    packets = [spoils(packet_of(data)) for data in made(named(b"real.example"))]
    assert names_of([*packets, *packets]) == ["real.example"]


def over_ip6(data: bytes, is_summed: bool) -> bytes:
    made = Ip6(protocol=UDP).pack(udp(443, data, sport=50000))
    length = len(made) - 40
    pseudo = made[8:40] + struct.pack("!II", length, UDP)
    right = checksum(pseudo + made[40:46] + bytes(2) + made[48:]) if is_summed else 0
    return made[:46] + right.to_bytes(2, "big") + made[48:]


@pytest.mark.parametrize("made", [of_quic, of_dtls])
@pytest.mark.parametrize("order", ["01ab", "0ab", "1ab", "a0b", "a1b", "ab01", "1ba"])
def test_datagrams_without_checksums_over_ip6_change_no_hello(
    order: str, made: Callable[[bytes], list[bytes]]
) -> None:
    """Receivers drop them (RFC 8200, 8.1); alone, they hide no hello."""
    decoy = [over_ip6(data, is_summed=False) for data in made(named(b"fake.example"))]
    real = [over_ip6(data, is_summed=True) for data in made(named(b"real.example"))]
    packets = dict(zip("01ab", [*decoy, *real], strict=True))
    assert names_of([packets[one] for one in order])[-1:] == ["real.example"]
    assert names_of(decoy) == ["fake.example"]


REAL, FAKE = named(b"real.example"), named(b"fake.example")


def with_hops(data: bytes, hops: int) -> bytes:
    return replace(Ip4(protocol=UDP), ttl=hops).pack(data[20:])


def decoys_of(kind: str) -> tuple[list[bytes], list[bytes]]:
    """Packets of a decoy that no server takes, and the real ones."""
    if kind == "short":
        return [packet_of(one) for one in of_quic(FAKE)], [packet_of(one) for one in of_quic(REAL, LEAST)]
    if kind == "short, another id":
        fakes = of_quic(FAKE, own_id=b"9 bytes..")
        return [packet_of(one) for one in fakes], [packet_of(one) for one in of_quic(REAL, LEAST)]
    made = of_dtls if kind == "few hops, DTLS" else lambda hello: of_quic(hello, LEAST)
    decoy, real = ([packet_of(one) for one in made(hello)] for hello in (FAKE, REAL))
    return [with_hops(one, 3) for one in decoy], real


@pytest.mark.parametrize("kind", ["short", "short, another id", "few hops", "few hops, DTLS"])
@pytest.mark.parametrize("order", ["01ab", "0ab", "1ab", "a0b", "a1b", "ab01", "1ba"])
def test_datagrams_that_no_server_takes_change_no_hello(order: str, kind: str) -> None:
    """0 and 1 are the decoy's datagrams; a and b the real ones."""
    packets = dict(zip("01ab", [packet for part in decoys_of(kind) for packet in part], strict=True))
    assert names_of([packets[one] for one in order])[-1:] == ["real.example"]


@pytest.mark.parametrize(("first", "second"), [(60, 55), (33, 31), (20, 20), (3, 4)])
@pytest.mark.parametrize("made", [of_quic, of_dtls])
def test_few_hops_and_other_paths_hide_no_hello(
    made: Callable[[bytes], list[bytes]], first: int, second: int
) -> None:
    packets = [with_hops(packet_of(one), hops) for one, hops in zip(made(REAL), (first, second), strict=True)]
    assert names_of([*packets, *packets]) == ["real.example"]


@pytest.mark.parametrize("is_answered", [False, True])
def test_another_hello_over_dtls(is_answered: bool) -> None:
    """The server took one of both; after its answer, another connection may begin."""
    other = FAKE[:6] + bytes(32) + FAKE[38:]
    body = server_hello()[4:]
    answer = packet_of(dtls_record(fragment(2, 0, len(body), 0, body)), server=True)
    packets = [packet_of(one) for one in (*of_dtls(REAL), *of_dtls(other))]
    packets[2:2] = [answer] * is_answered
    results = list(hg.Analyzer(None).analyze_packets(timed(packets)))
    flows = [one.tls_client.flow for one in results if one.tls_client]
    assert flows == [1, 4 if is_answered else 1]


def test_short_datagrams_after_the_hello_change_nothing() -> None:
    """A client's acknowledgement without padding, which is wrong, but does no harm; and one of the server."""
    ack = Initial(b"8 bytes.", bytes((2, 0, 0, 0, 0)), source=b"mine", packet_number=2)
    answer = Initial(b"mine", crypto(0, server_hello()), source=b"theirs", server=True, key_id=b"8 bytes.")
    packets = [packet_of(one) for one in (*of_quic(REAL, LEAST), ack.sealed())]
    packets.insert(2, packet_of(answer.sealed(), server=True))
    results = list(hg.Analyzer(None).analyze_packets(timed(packets)))
    assert [(one.packet_number, bool(one.tls_client)) for one in results] == [(2, True), (3, False)]


def test_a_packet_number_counts_once() -> None:
    """RFC 9000, 12.3: the receiver drops a packet with a number that it has, also beside a new one."""
    real, fake = of_quic(REAL, LEAST), of_quic(FAKE, LEAST, numbers=(0, 0))
    assert names_of([packet_of(one) for one in (real[0], fake[1], real[1])]) == ["real.example"]
    both = fake[1].rstrip(b"\0") + real[1]
    assert names_of([packet_of(one) for one in (real[0], both)]) == ["real.example"]
    assert names_of([packet_of(one) for one in (*real[:1] * 2, *real[1:] * 2)]) == ["real.example"]


def test_packet_numbers_after_a_retry() -> None:
    """A server that sent a Retry has no packet yet, so it takes any number."""
    first = Initial(b"8 bytes.", crypto(0, REAL[:20]), source=b"mine", packet_number=100)
    again = replace(first, to=b"retried.", frames=crypto(0, REAL), token=b"token", packet_number=0)
    assert names_of([packet_of(one.sealed()) for one in (first, again)]) == ["real.example"]


@pytest.mark.parametrize(("side", "ends"), [("src", []), ("dst", [2])])
def test_filter_by_the_server_s_port(side: str, ends: list[int]) -> None:
    wanted = hg.FilterConfig(mode="allow", port=hg.PortFilter(**{side: 443}))
    packets = timed([packet_of(one.sealed()) for one in (FIRST, SECOND)])
    assert found(packets, filter=wanted)[0] == ends


def test_datagrams_push_out_no_connection_over_tcp() -> None:
    """The SYN is in a table with room for one; then come hundreds of flows over UDP, then its hello."""
    conversation = Conversation().handshake().client(0, record(HELLO))
    flood = [
        Ip4(source=f"10.0.0.{number % 250}", protocol=UDP).pack(
            udp(443, FIRST.sealed(), sport=20000 + number)
        )
        for number in range(500)
    ]
    results, stats = found(
        timed([*conversation.packets[:3], *flood, conversation.packets[3]]), max_connections=1
    )
    assert results == [504]
    assert stats.flows_evicted_half_open == 499


def test_memory_for_hellos_is_bounded() -> None:
    flood = [
        Ip4(source=f"10.0.{number >> 8}.{number & 255}", protocol=UDP).pack(udp(443, FIRST.sealed()))
        for number in range(3000)
    ]
    stats = found(timed(flood), max_connections=10_000, max_stream_bytes=1 << 20)[1]
    assert stats.flows == 3000
    assert stats.streams_evicted > 2500


def test_without_ciphers_connections_are_counted_and_the_remedy_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    none = ciphers.Crypto(ffi.NULL, why=f"no ciphers; {ciphers.REMEDY}")
    monkeypatch.setattr(ciphers, "load_crypto", lambda: none)
    path = tmp_path / "quic.pcap"
    path.write_bytes(pcap(timed([packet_of(one.sealed()) for one in (FIRST, SECOND)]), nanoseconds=True))
    assert main(["pcap", str(path), "--stats"]) == 0
    said = capsys.readouterr().err
    assert said.count("did not read 1 connection of QUIC: no ciphers") == 1
    assert f"or: {to_add('quic')}" in said
    assert "QUIC:     1 not decrypted" in said


def test_fragments_of_others_change_no_hello_in_one_piece() -> None:
    """Anybody can forge them: a hello's length and number are known. Its own pieces come in any order."""
    body = b"\xfe\xfd" + REAL[6:39] + b"\0" + REAL[39:]

    def found(*pieces: tuple[int, bytes]) -> list[object]:
        packets = [packet_of(dtls_record(fragment(1, 0, len(body), *piece))) for piece in pieces]
        results = hg.Analyzer(None).analyze_packets(timed(packets))
        return [one.tls_client.signature for one in results if one.tls_client]

    alone, half = found((0, body)), len(body) // 2
    middle, gaps = (half, bytes(9)), [(3 * at, b"z") for at in range(30)]
    assert len(alone) == 1
    assert found(middle, (0, body)) == found(*gaps, (0, body)) == alone
    halves = (0, body[: half + 9]), (half, body[half:])
    assert found(*halves) == found(*halves[::-1]) == alone


def in_fragments(packet: bytes, at: int, number: int) -> list[bytes]:
    """The packet in two IP fragments; the first has `at` bytes behind the IP header."""
    ip, body = Ip4(protocol=UDP, identification=number), packet[20:]
    parts = ((0x2000, body[:at]), (at // 8, body[at:]))
    return [replace(ip, fragment=place).pack(data) for place, data in parts]


@pytest.mark.parametrize("made", [of_quic, of_dtls])
@pytest.mark.parametrize("protocols", [None, ("tls",)])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("at", [8, 16, 64])
def test_hellos_in_ip_fragments_are_read(
    at: int, order: int, protocols: tuple[str, ...] | None, made: Callable[[bytes], list[bytes]]
) -> None:
    packets = [summed(packet_of(data)) for data in made(REAL)]
    fragments = [
        piece for number, data in enumerate(packets, 1) for piece in in_fragments(data, at, number)[::order]
    ]
    analyzer = hg.Analyzer(None) if protocols is None else hg.Analyzer(None, protocols=protocols)
    found = [one.tls_client for one in analyzer.analyze_packets(timed(fragments)) if one.tls_client]
    assert [one.signature.sni for one in found] == ["real.example"]
    assert analyzer.stats.datagrams_reassembled == 2


def test_fragments_of_other_datagrams_are_not_kept() -> None:
    """Neither their first bytes nor their ports are a reader's. What shows no bytes may be anything."""
    other = packet_of(b"\x40" + bytes(1300))
    for at, kept in ((64, 0), (8, 1)):
        analyzer = hg.Analyzer(None)
        assert list(analyzer.analyze_packets(timed(in_fragments(other, at, 1)))) == []
        assert (analyzer.stats.datagrams_reassembled, analyzer.stats.drops["not_tcp"]) == (kept, 1 - kept)


def test_fragments_of_another_segment_change_no_hello() -> None:
    """As those of a neighbour who guesses the number. Priorities and other routers change nothing."""

    def frame(data: bytes, vlan: int, mac: int = 1) -> bytes:
        return (
            bytes((2, 0, 0, 0, 0, mac, 2, 0, 0, 0, 0, 9)) + struct.pack("!HHH", 0x8100, vlan, 0x0800) + data
        )

    def found(frames: list[bytes]) -> list[str | None]:
        results = hg.Analyzer(None).analyze_packets(timed(frames), linktype=1)
        return [one.tls_client.signature.sni for one in results if one.tls_client]

    real, false = (
        in_fragments(summed(packet_of(Initial(own_id, crypto(0, hello)).sealed().ljust(LEAST, b"\0"))), 64, 1)
        for hello, own_id in ((REAL, b"own id 1"), (FAKE, b"own id 2"))
    )
    for at in range(2):
        decoy = frame(false[at], 9)
        assert found([decoy, *(frame(one, 7) for one in real)]) == ["real.example"]
        assert found([frame(real[0], 7), decoy, frame(real[1], 7)]) == ["real.example"]
    assert found([frame(real[0], 7), frame(real[1], 0xA007, mac=2)]) == ["real.example"]
    assert found([frame(false[0], 7), *(frame(one, 7) for one in real)]) == []
