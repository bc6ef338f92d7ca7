"""A refused connection makes neither end a server, a client of the port, or a peer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from tests.support.captures import Packet, pcap
from tests.support.devices.made import MAC, OTHER_MAC, frame
from tests.support.packets import ACK, FIN, LINUX_OPTIONS, RST, SYN, Ip, Ip4, Ip6, Tcp, mss, packet, reply

SHARED = Path(__file__).parents[3] / "shared/cases/wrong"
START = 1_768_471_200_000_000_000
MILLISECOND = 10**6
V4, V6 = Ip4("10.9.0.66", "10.9.0.10"), Ip6("fd00::66", "fd00::10")
LINUX, NMAP = Tcp(window=64240, options=LINUX_OPTIONS), Tcp(window=1024, options=mss(1460))
WINDOWS = Tcp(window=64240, options=bytes.fromhex("020405b40103030801010402"))


def saved(folder: Path, *packets: bytes) -> str:
    """A capture of IP packets, 5 ms apart, each in a frame of its sender."""
    frames: list[Packet] = []
    for at, one in enumerate(packets):
        is_host = one[12:16] == bytes((10, 9, 0, 10)) or one[8:24][-1:] == b"\x10"
        kind = 0x86DD if one[0] >> 4 == 6 else 0x0800
        frames.append((START + at * 5 * MILLISECOND, frame(one, kind, mac=OTHER_MAC if is_host else MAC)))
    path = folder / "refused.pcap"
    path.write_bytes(pcap(frames, linktype=1))
    return str(path)


def refusal(ip: Ip, syn: Tcp, flags: int = RST | ACK) -> bytes:
    return reply(ip, syn, flags=flags, window=0, options=b"", seq=0 if flags & ACK else syn.seq + 1)


def read(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments, "--format", "json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def hosts(capsys: pytest.CaptureFixture[str], path: str) -> dict[str, dict[str, Any]]:
    return {one["ip"]: one for one in read(capsys, "hosts", "--all", path) if one["event"] == "host"}


def shown(host: dict[str, Any]) -> tuple[Any, ...]:
    peers = [(one["ip"], one["direction"], one["port"]) for one in host["peers"]]
    return host["protocols"], host["server_ports"], host["client_ports"], peers


NOTHING = (["tcp"], [], [], [])


@pytest.mark.parametrize("own", [LINUX, NMAP, WINDOWS], ids=["linux", "nmap", "windows"])
@pytest.mark.parametrize("ip", [V4, V6], ids=["v4", "v6"])
@pytest.mark.parametrize("port", [22, 53, 67, 502, 3389])
def test_a_refusal_shows_nothing(
    port: int, ip: Ip, own: Tcp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    syn = replace(own, dport=port)
    path = saved(tmp_path, packet(ip, syn), refusal(ip, syn))
    found = hosts(capsys, path)
    assert {one: shown(host) for one, host in found.items()} == dict.fromkeys(
        (ip.source, ip.destination), NOTHING
    )
    roles = [one["role"] for one in read(capsys, "devices", path) if one["event"] == "device"]
    assert set(roles) <= {None}


def test_a_client_that_tries_again_has_no_port(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Windows sends a refused SYN twice more from the same port, at last without a scale."""
    last = replace(WINDOWS, options=mss(1460) + b"\x01\x01\x04\x02")
    tries = [one for syn in (WINDOWS, WINDOWS, last) for one in (packet(V4, syn), refusal(V4, syn))]
    found = hosts(capsys, saved(tmp_path, *tries))
    assert shown(found[V4.source]) == NOTHING


def test_an_accepted_attempt_keeps_its_port(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = replace(LINUX, dport=53), replace(LINUX, dport=53, sport=40001)
    path = saved(tmp_path, packet(V4, first), refusal(V4, first), packet(V4, second), reply(V4, second))
    found = hosts(capsys, path)
    assert shown(found[V4.source]) == (["tcp"], [], [53], [(V4.destination, "to", 53)])
    assert shown(found[V4.destination]) == (
        ["tcp", "tcp 53 server"],
        [53],
        [],
        [(V4.source, "from", 53)],
    )
    roles = [one["role"] for one in read(capsys, "devices", path) if one["event"] == "device"]
    assert "dns-server" in roles


def test_an_attempt_without_an_answer_keeps_its_port(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = hosts(capsys, saved(tmp_path, packet(V4, replace(LINUX, dport=53))))
    assert shown(found[V4.source]) == (["tcp"], [], [53], [])


@pytest.mark.parametrize("flags", [RST, RST | ACK, SYN, FIN, 0], ids=["rst", "rst+ack", "syn", "fin", "null"])
def test_a_segment_from_a_low_port_makes_no_server(
    flags: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refusals alone, and scans with the source port of DNS (nmap -g 53)."""
    one = packet(V4, Tcp(sport=53, dport=8080, flags=flags, options=b""))
    found = hosts(capsys, saved(tmp_path, one))
    assert found[V4.source]["protocols"] == ["tcp"]


@pytest.mark.parametrize("is_ip6", [False, True])
def test_a_closed_udp_port_makes_no_server(
    is_ip6: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Port unreachable, with the datagram that it refuses."""
    udp = bytes.fromhex("9c40003500110000") + bytes(9)
    ip: Ip = replace(V6, protocol=17) if is_ip6 else replace(V4, protocol=17)
    asked = ip.pack(udp)
    head = bytes((1, 4) if is_ip6 else (3, 3)) + bytes(6)
    back = replace(ip, source=ip.destination, destination=ip.source, protocol=58 if is_ip6 else 1)
    found = hosts(capsys, saved(tmp_path, asked, back.pack(head + asked)))
    assert found[ip.destination]["protocols"] == ["icmp6" if is_ip6 else "icmp"]
    assert found[ip.destination]["server_ports"] == []
    roles = [one["role"] for one in read(capsys, "devices", saved(tmp_path, asked)) if "role" in one]
    assert set(roles) <= {None}


@pytest.mark.parametrize("name", ["refused-53", "refused-many"])
def test_the_captures_of_the_reference(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = SHARED / f"{name}.pcap"
    if not path.exists():
        pytest.skip("needs the reference material in ../shared")
    found = hosts(capsys, str(path))
    assert {shown(one) == NOTHING for one in found.values()} == {True}
    assert all(one["role"] is None for one in read(capsys, "devices", str(path)) if one["event"] == "device")
