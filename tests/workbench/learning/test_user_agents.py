"""User-Agents in the clear, and whose SYN they belong to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_workbench.learning.evidence import LabelledSystem, requests, system_of_agent
from tests.support.captures import pcap
from tests.support.packets import ACK, PSH, Ip4, Ip6, Tcp, ethernet, packet
from tests.workbench.learning.build import capture

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X {}) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("agent", "system"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", LabelledSystem("Windows", "10 or newer")),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64)", LabelledSystem("Windows", "7 or 2008 R2")),
        ("Microsoft-CryptoAPI/6.3", LabelledSystem("Windows", "8.1 or 2012 R2")),
        ("Mozilla/5.0 (Windows NT 7.7)", None),
        (MAC.format("10_15_7"), LabelledSystem("macOS", "10.15 or newer")),
        (MAC.format("10_11_6"), LabelledSystem("macOS", "10.11")),
        (MAC.format("11_2"), LabelledSystem("macOS", "11")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 13_1_2 like Mac OS X)", LabelledSystem("iOS", "13.1")),
        ("Mozilla/5.0 (iPad; CPU OS 12_4 like Mac OS X)", LabelledSystem("iOS", "12.4")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)", LabelledSystem("iOS", "18.6 or newer")),
        ("Mozilla/5.0 (Linux; Android 11; Pixel 5)", LabelledSystem("Android", "11")),
        ("Mozilla/5.0 (Linux; Android 10; K)", LabelledSystem("Android", "10 or newer")),
        ("Dalvik/1.6.0 (Linux; U; Android 4.4.2; SM-G900F)", LabelledSystem("Android", "4.4.2")),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0)", LabelledSystem("Linux")),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", LabelledSystem("Linux")),
        ("Debian APT-HTTP/1.3 (1.0.1)", LabelledSystem("Linux")),
        ("fetch libfetch/2.0 (FreeBSD)", LabelledSystem("FreeBSD")),
        ("curl/8.5.0", None),
        ("LinuxLike/1.0", None),
    ],
)
def test_systems(agent: str, system: LabelledSystem | None) -> None:
    assert system_of_agent(agent) == system


def get(agent: str) -> bytes:
    return f"GET / HTTP/1.1\r\nUser-Agent: {agent}\r\n\r\n".encode()


def data_packet(ip: Ip4 | Ip6, payload: bytes, **fields: object) -> bytes:
    tcp = Tcp(flags=ACK | PSH, ack=1, options=b"", payload=payload)
    return packet(ip, replace(tcp, **fields))  # type: ignore[arg-type]


def found(data: bytes, folder: Path) -> list[tuple[str, str, int, str]]:
    path = folder / "made.pcap"
    path.write_bytes(data)
    return [(str(one.client), str(one.server), one.packet, one.user_agent) for one in requests(path, _fail)]


def _fail(error: hg.CaptureError) -> None:
    raise error


def test_requests_of_both_versions_with_their_numbers(tmp_path: Path) -> None:
    packets = [packet(Ip4(), Tcp()), data_packet(Ip4(), get("a")), data_packet(Ip6(), get("b"), sport=9)]
    assert found(capture(packets), tmp_path) == [
        ("192.0.2.1:40000", "198.51.100.2:80", 2, "a"),
        ("[2001:db8::1]:9", "[2001:db8::2]:80", 3, "b"),
    ]


@pytest.mark.parametrize(
    ("data", "agents"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: one two \r\n\r\n", ["one two"]),
        (b"POST / HTTP/1.1\r\nuser-agent:x\r\n\r\nUser-Agent: y\r\n", ["x"]),
        (b"GET / HTTP/1.1\r\nUser-Agent: cut sho", []),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", []),
        (b"GET / HTTP/1.1\r\nUser-Agent: x\r\nVia: 1.1 proxy\r\n\r\n", []),
        (b"GET / HTTP/1.1\r\nX-Forwarded-For: 10.1.1.1\r\nUser-Agent: x\r\n\r\n", []),
        (b"HTTP/1.1 200 OK\r\nUser-Agent: x\r\n\r\n", []),
        (b"\x16\x03\x01\x02\x00", []),
    ],
)
def test_header_lines(data: bytes, agents: list[str], tmp_path: Path) -> None:
    packets = [packet(Ip4(), Tcp(seq=0)), data_packet(Ip4(), data, seq=1)]
    assert [agent for *_, agent in found(capture(packets), tmp_path)] == agents


def test_a_request_in_two_segments_is_whole(tmp_path: Path) -> None:
    """The User-Agent may stand in the second segment, after a long address of the page."""
    whole = b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nUser-Agent: late\r\n\r\n"
    packets = [packet(Ip4(), Tcp(seq=0))]
    packets += [data_packet(Ip4(), whole[at : at + 1400], seq=1 + at) for at in range(0, len(whole), 1400)]
    assert [agent for *_, agent in found(capture(packets), tmp_path)] == ["late"]


def test_padding_of_the_link_is_no_data(tmp_path: Path) -> None:
    padded = ethernet(packet(Ip4(), Tcp(flags=ACK, ack=1, options=b""))) + get("padding")
    assert found(pcap([(0, padded)], 1), tmp_path) == []


def test_numbers_go_on_over_many_packets(tmp_path: Path) -> None:
    packets = [packet(Ip4(), Tcp())] * 700 + [data_packet(Ip4(), get("far"))]
    assert found(capture(packets), tmp_path) == [("192.0.2.1:40000", "198.51.100.2:80", 701, "far")]


def test_a_damaged_capture_gives_what_precedes_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "cut.pcap"
    path.write_bytes(capture([data_packet(Ip4(), get("a")), data_packet(Ip4(), get("b"))])[:-5])
    trouble: list[hg.CaptureError] = []
    assert [one.user_agent for one in requests(path, trouble.append)] == ["a"]
    assert [error.record for error in trouble] == [2]
