"""The time of a summary is that of the first and the last packet, whether they have events or not."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.support.captures import Packet, pcap
from tests.support.devices.arp import arp
from tests.support.devices.made import datagram, frame
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import ACK, Ip4, Ip6, Tcp, packet

SECOND = 10**9
START = 1_768_471_200 * SECOND
SYN = frame(packet(Ip4(), Tcp()), 0x0800)
SPANNING_TREE = bytes.fromhex("0180c20000000050560000010026424203") + bytes(35)
QUIET = {
    "spanning tree": SPANNING_TREE,
    "arp": arp(),
    "udp": datagram(b"x", 40000, 514),
    "a segment": frame(packet(Ip4(), Tcp(flags=ACK, options=b"")), 0x0800),
    "ipv6": frame(packet(Ip6(), Tcp(flags=ACK, options=b"")), 0x86DD),
    "from no address": datagram(b"x", 68, 67, ip=Ip4("0.0.0.0", "255.255.255.255", protocol=17)),
    "unknown": frame(bytes(40), 0x88B5),
}


def summary(path: Path, *options: str) -> dict[str, Any]:
    done = run_in_process_as_text("pcap", "--summary", "--format", "json", *options, path)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def clock(time_ns: int) -> str:
    """Within the hour of `START`, 10:00 UTC."""
    minutes, rest = divmod(time_ns - START, 60 * SECOND)
    return f"2026-01-15T10:{minutes:02}:{rest // SECOND:02}.{rest % SECOND:09}Z"


def saved(path: Path, packets: list[Packet]) -> Path:
    path.write_bytes(pcap(packets, linktype=1, nanoseconds=True))
    return path


@pytest.mark.parametrize("kind", QUIET)
def test_quiet_packets_count(kind: str, tmp_path: Path) -> None:
    quiet = QUIET[kind]
    packets = [(START + 7, quiet), (START + 40 * SECOND, SYN), (START + 85 * SECOND, quiet)]
    path = saved(tmp_path / "quiet.pcap", packets)
    found = summary(path)
    assert (found["first_seen"], found["last_seen"]) == (clock(START + 7), clock(START + 85 * SECOND))
    text = run_in_process_as_text("pcap", "--summary", path).stdout
    assert f"Time      {clock(START + 7)} to {clock(START + 85 * SECOND)}\n" in text


def test_without_events(tmp_path: Path) -> None:
    found = summary(saved(tmp_path / "one.pcap", [(START + SECOND, SPANNING_TREE)]))
    assert (found["first_seen"], found["last_seen"]) == (clock(START + SECOND),) * 2
    assert found["first_event"] is None
    empty = summary(saved(tmp_path / "none.pcap", []))
    assert (empty["first_seen"], empty["last_seen"]) == (None, None)


@pytest.mark.parametrize("workers", [1, 3])
def test_times_that_go_back(workers: int, tmp_path: Path) -> None:
    """The earliest and the latest time, in any order of packets."""
    random = Random(workers)
    times = [START + random.randrange(3000 * SECOND) for _ in range(4000)]
    packets = [(time, random.choice([*QUIET.values(), SYN])) for time in times]
    found = summary(saved(tmp_path / "back.pcap", packets), "--workers", str(workers))
    assert (found["first_seen"], found["last_seen"]) == (clock(min(times)), clock(max(times)))


def test_a_filter_leaves_out_the_other_packets(tmp_path: Path) -> None:
    packets = [(START, QUIET["udp"]), (START + SECOND, SYN), (START + 9 * SECOND, QUIET["udp"])]
    path = saved(tmp_path / "filtered.pcap", packets)
    done = run_in_process_as_text("pcap", "--summary", "--format", "json", "--bpf", "tcp", path).stdout
    found = json.loads(done)
    assert (found["first_seen"], found["last_seen"]) == (clock(START + SECOND),) * 2
