"""Top hosts: hosts with handshakes come first, and SYNs of scanners count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.captures import Packet, pcap
from tests.support.devices.made import frame
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import LINUX_OPTIONS, Ip4, Tcp, mss, packet, reply

START = 1_768_471_200 * 10**9
LLDP = bytes.fromhex("0180c200000e00665544aabb88cc0207040066 5544aabb 040403303031 06020078 0000")
NMAP = Tcp(window=1024, options=mss(1460))
LINUX = Tcp(window=64240, options=LINUX_OPTIONS)


def rows(tmp_path: Path, packets: list[bytes]) -> tuple[list[list[str]], list[dict[str, Any]]]:
    """The cells of the text's table, and the hosts in JSON."""
    path = tmp_path / "top.pcap"
    timed: list[Packet] = [(START + at * 10**6, one) for at, one in enumerate(packets)]
    path.write_bytes(pcap(timed, linktype=1))
    text = run_in_process_as_text("pcap", "--summary", path).stdout
    table = text.split("\nTop hosts")[1].split("\n\n")[0].splitlines()[2:]
    found = json.loads(run_in_process_as_text("pcap", "--summary", "--format", "json", path).stdout)
    return [line.split(maxsplit=3) for line in table], found["top_hosts"]


def tcp(ip: Ip4, own: Tcp) -> bytes:
    return frame(packet(ip, own), 0x0800)


def test_a_local_host_without_handshakes_is_not_the_first(tmp_path: Path) -> None:
    ip = Ip4("203.0.113.7", "198.51.100.2", ttl=50)
    table, hosts = rows(tmp_path, [LLDP, tcp(ip, LINUX), frame(reply(ip, LINUX), 0x0800)])
    assert {tuple(row[:2]) for row in table[:2]} == {("1", "0"), ("0", "1")}
    assert table[-1][:3] == ["0", "0", "00:66:55:44:aa:bb"]
    assert {one["mac"] for one in hosts} > {"00:66:55:44:aa:bb"}


@pytest.mark.parametrize("count", [1, 40, 300])
@pytest.mark.parametrize("own", [NMAP, LINUX], ids=["tool", "system"])
def test_all_syns_count(own: Tcp, count: int, tmp_path: Path) -> None:
    scan = [
        tcp(
            Ip4("192.0.2.66", "192.0.2.1", ttl=50, fragment=0),
            Tcp(40000, 1 + n, 1 + n, window=own.window, options=own.options),
        )
        for n in range(count)
    ]
    table, hosts = rows(tmp_path, [tcp(Ip4("192.0.2.10", "192.0.2.1"), LINUX), *scan])
    assert [row[:3] for row in table if row[2] == "192.0.2.66"] == [[str(count), "0", "192.0.2.66"]]
    (host,) = (one for one in hosts if one["ip"] == "192.0.2.66")
    assert (host["connections"], host["tools"]) == (count, ["NMap SYN scan"] if own is NMAP else [])
