"""What the engine makes of datagrams: flows, bounds, counts, and the same for any way of reading."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi
from huginn_cffi.cli import main
from huginn_cffi.libraries import libcrypto as ciphers
from tests.support.captures import pcap
from tests.support.packets import Ip4
from tests.support.tls.conversation import HELLO_EXTENSIONS, Conversation, client_hello, record, server_hello
from tests.support.tls.datagram_model import Initial, crypto
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
    assert "huginn-cffi[quic]" in said
    assert "QUIC:     1 not decrypted" in said
