"""What packets hold that are not analysed: names and counts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi import FilterConfig, SubnetFilter
from tests.packets.test_encapsulation import IN4, outer, udp
from tests.packets.test_wrappings import ETHERNET, MACS, RAW, frame
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, ethernet, packet
from tests.support.running import COMMAND

SAME = ethernet(IN4)
FRAMES = [
    ("EtherType 0x0806 (ARP)", ethernet(bytes(28), 0x0806)),
    ("EtherType 0x88cc (LLDP)", ethernet(bytes(28), 0x88CC)),
    ("EtherType 0x1234", ethernet(bytes(28), 0x1234)),
    ("EtherType 0x1234", frame("8100", "0005 1234", bytes(28))),
    ("LLC", bytes.fromhex(MACS + "0026 424203") + bytes(35)),
    ("SNAP protocol 0x2000", bytes.fromhex(MACS + "0020 aaaa03 00000c 2000") + bytes(24)),
    ("PPP protocol 0xc021", frame("8864", "11 00 0001 0008 c021", bytes(6))),
    ("EtherType 0x8864 (PPPoE)", frame("8864", "11 07 0001 0008 c021", bytes(6))),
    ("IP protocol 89 (OSPF)", ethernet(outer(89, "", bytes(24)))),
    ("IP protocol 47 (GRE)", ethernet(outer(47, "0005 0800", bytes(24)))),
    ("UDP port 53 (DNS)", ethernet(udp("c000 0035", "00" * 20))),
    ("UDP port 53 (DNS)", ethernet(udp("0035 c000", "00" * 20))),
    ("UDP port 37008 (TZSP)", ethernet(udp("1000 9090", "01 03 0001 01", IN4))),
    ("UDP port 999", ethernet(outer(97, "3000", ethernet(udp("c000 03e7", "00" * 20))))),
    ("fragment", ethernet(packet(Ip4(fragment=0x2000), Tcp()))),
    ("truncated", SAME[:40]),
    ("bad flags", ethernet(packet(Ip4(), Tcp(flags=0)))),
    ("bad ip header", ethernet(b"\x41" + IN4[1:])),
]


@pytest.mark.parametrize(("name", "data"), FRAMES, ids=[f"{n} {name}" for n, (name, _) in enumerate(FRAMES)])
def test_names(name: str, data: bytes) -> None:
    with hg.Analyzer(None, protocols=("tcp",), left_out=True) as analyzer:
        list(analyzer.analyze_packets([(0, SAME), (1, data), (2, data)], linktype=ETHERNET))
        assert analyzer.stats.left_out == {name: 2}
        assert sum(analyzer.stats.drops.values()) == 2
        list(analyzer.analyze_packets([(0, data)], linktype=ETHERNET))
        assert analyzer.stats.left_out == {name: 1}


LINKTYPES = {  # https://www.tcpdump.org/linktypes.html
    103: "PPP-BSDOS",
    147: "user",
    162: "user",
    195: "802.15.4",
    227: "CAN",
    230: "802.15.4",
    235: "DVB-CI",
    236: "3GPP-27.010",
    237: "STANAG-5066",
    249: "USBPcap",
    252: "Wireshark-PDU",
}


def test_other_names(tmp_path: Path) -> None:
    capture = tmp_path / "unknown.pcap"
    capture.write_bytes(pcap([(0, bytes(60))], 250))
    with hg.Analyzer(None, protocols=("tcp",), left_out=True, decapsulate=False) as analyzer:
        list(analyzer.analyze_pcap(str(capture)))
        assert analyzer.stats.left_out == {"link type 250": 1}
        for number, name in LINKTYPES.items():
            capture.write_bytes(pcap([(0, bytes(60))], number))
            list(analyzer.analyze_pcap(str(capture)))
            assert analyzer.stats.left_out == {f"link type {number} ({name})": 1}
        list(analyzer.analyze_packets([(0, udp("c000 12b5", "08000000 00126700", SAME))], linktype=RAW))
        assert analyzer.stats.left_out == {"UDP port 4789 (VXLAN)": 1}
    refuses = FilterConfig(subnet=SubnetFilter(src="203.0.113.0/24"))
    with hg.Analyzer(None, left_out=True, filter=refuses) as analyzer:
        list(analyzer.analyze_packets([(0, SAME)], linktype=ETHERNET))
        assert analyzer.stats.left_out == {"filtered": 1}
    with hg.Analyzer(None, left_out=True, tunnels=refuses) as analyzer:
        list(analyzer.analyze_packets([(0, outer(97, "3000", SAME))], linktype=RAW))
        assert analyzer.stats.left_out == {"filtered": 1}


def test_the_most_frequent_for_any_number_of_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """20 names, the most frequent first; of equal ones the smaller number."""
    frames = [ethernet(bytes(28), 0x3000 + number) for number in range(30) for _ in range(100 - number // 2)]
    capture = tmp_path / "many.pcap"
    capture.write_bytes(pcap([(number, data) for number, data in enumerate([*frames, SAME] * 5)], ETHERNET))
    names = {f"EtherType {0x3000 + number:#06x}": 5 * (100 - number // 2) for number in range(20)}
    for workers in (1, 3):
        with hg.Analyzer(None, protocols=("tcp",), left_out=True) as analyzer:
            for _ in analyzer.batches(str(capture), workers=workers):
                pass
            assert list(analyzer.stats.left_out.items()) == list(names.items())
    command = [*COMMAND, "pcap", str(capture), "--stats", "--protocols", "tcp"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stderr
    assert "\nleft out: 500 EtherType 0x3000, 500 EtherType 0x3001, 495 EtherType 0x3002, " in shown


def test_it_is_counted_only_on_request() -> None:
    with hg.Analyzer(None) as analyzer:
        list(analyzer.analyze_packets([(0, FRAMES[2][1])], linktype=ETHERNET))
        assert analyzer.stats.left_out == {}
        assert analyzer.stats.drops["not_ip"] == 1
