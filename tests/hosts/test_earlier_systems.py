"""Systems one after the other: behind a router no MAC is visible, and times decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts import HostRecord
from tests.hosts.test_ended import FIREFOX_52
from tests.support.captures import Packet, pcap
from tests.support.devices.made import ETHERNET, mac_bytes
from tests.support.holders import FROM, GATEWAY, HOUR, LINUX, SECOND, SERVER, START, WINDOWS
from tests.support.in_process import run_in_process_as_text as run
from tests.support.packets import Ip4, Ip6, Tcp, mss, packet

STATION, SWITCH = "00:00:5e:00:53:41", "00:00:5e:00:53:02"


def connection(
    at: float, system: dict[str, Any], *, version: int = 4, routed: bool = True, headers: str = ""
) -> list[Packet]:
    """A completed handshake, perhaps with a request."""
    ttl = 128 if system is WINDOWS else 64
    outer = Ip6 if version == 6 else Ip4
    there, back = (
        outer(FROM[version], SERVER[version], ttl - routed),
        outer(SERVER[version], FROM[version], 55),
    )
    mac, port = mac_bytes(GATEWAY if routed else STATION), 40_000 + round(at) % 20_000
    answer = Tcp(sport=80, dport=port, seq=77, ack=2, flags=0x12, window=65535, options=mss(1460))
    ack = Tcp(sport=port, dport=80, seq=2, ack=78, flags=0x10, window=64240)
    head = f"GET / HTTP/1.1\r\n{headers}\r\n".encode()
    request = replace(ack, flags=0x18, payload=head)
    ethertype = b"\x86\xdd" if version == 6 else b"\x08\0"

    def frame(after: float, outer: Ip4 | Ip6, tcp: Tcp) -> Packet:
        ends = mac_bytes(SWITCH) + mac if outer is there else mac + mac_bytes(SWITCH)
        return START + round((at + after) * SECOND), ends + ethertype + packet(outer, tcp)

    made = [
        frame(0, there, Tcp(sport=port, dport=80, seq=1, **system)),
        frame(0.02, back, answer),
        frame(0.04, there, ack),
    ]
    return [*made, frame(0.06, there, request)] if headers else made


def connections(at: float, system: dict[str, Any], count: int = 3, **more: Any) -> list[Packet]:
    return [one for number in range(count) for one in connection(at + number, system, **more)]


def host(packets: Iterable[Packet], version: int = 4) -> HostRecord:
    table = hg.Analyzer().read(BytesIO(pcap([*packets], ETHERNET, nanoseconds=True))).hosts
    [found] = [one for one in table if one.ip == FROM[version]]
    return found


def earlier(one: HostRecord) -> list[str]:
    return [said.name for said in one.evidence if said.relation == "earlier"]


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("gap", [310, 9 * HOUR])
@pytest.mark.parametrize("order", [1, -1], ids=["in order", "the later ones first"])
def test_systems_one_after_the_other(gap: int, version: int, order: int) -> None:
    """Probably a new holder: the last system is the answer, and the earlier one is shown with its end."""
    both = [connections(0, WINDOWS, version=version), connections(gap, LINUX, version=version)]
    one = host([*chain(*both[::order])], version)
    assert (one.family, one.findings) == ("Linux", ())
    assert [name.split()[0] for name in earlier(one)] == ["Windows"]


def test_the_text_shows_until_when(tmp_path: Path) -> None:
    path = tmp_path / "one.pcap"
    packets = [*connections(0, WINDOWS), *connections(9 * HOUR, LINUX)]
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    text = run("hosts", path).stdout
    line = r"^  Before: SYN: Windows .*\(3 packets\), until 2026-01-15 10:00:02$"
    assert re.search(line, text, re.MULTILINE)


@pytest.mark.parametrize(
    "packets",
    [
        [*connections(0, WINDOWS), *connections(60, LINUX)],
        [*connections(0, WINDOWS), *connections(400, LINUX), *connections(800, WINDOWS)],
        [
            one
            for at in range(0, 6000, 1000)
            for one in (*connections(at, WINDOWS), *connections(at + 10, LINUX))
        ],
    ],
    ids=["within five minutes", "in turns", "at once"],
)
def test_systems_that_share_an_address(packets: list[Packet]) -> None:
    one = host(packets)
    assert "contradicting_systems" in one.findings
    assert earlier(one) == []


def test_one_connection_of_another_system_ends_nothing() -> None:
    assert earlier(host([*connections(0, WINDOWS), *connections(9 * HOUR, LINUX, count=1)])) == []


def test_a_machine_with_two_systems() -> None:
    """Dual boot: the latest system is the answer."""
    one = host([*connections(0, WINDOWS, routed=False), *connections(HOUR, LINUX, routed=False)])
    assert (one.family, one.findings, one.mac) == ("Linux", (), STATION)
    assert [name.split()[0] for name in earlier(one)] == ["Windows"]


CURL = "Host: a\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n"


def test_programs_of_an_earlier_system_are_over_too() -> None:
    before = connections(0, WINDOWS, headers=FIREFOX_52)
    assert [ended.kind for ended in host(before).ended] == ["browser"]
    one = host([*before, *connections(HOUR, LINUX, headers=CURL)])
    assert "Windows" in earlier(one)
    assert ([*one.clients], one.ended) == (["curl 7.45 or newer"], ())


def test_a_program_that_goes_on_is_not_over() -> None:
    one = host([*connections(0, WINDOWS, headers=CURL), *connections(HOUR, LINUX, headers=CURL)])
    assert [*one.clients] == ["curl 7.45 or newer"]
    assert "curl" not in " ".join(earlier(one))
