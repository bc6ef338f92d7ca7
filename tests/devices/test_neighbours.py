"""LLDP and CDP. Expected values follow from IEEE 802.1AB, ANSI/TIA-1057 and Cisco's description of CDP."""

from __future__ import annotations

import json
import pickle
import struct
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.run.observables import Endpoint
from huginn_cffi.run.results import AnnouncementObservation
from tests.support.captures import pcap
from tests.support.devices import neighbours
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import MAC, OTHER_MAC, Record, capture, frame, mac_bytes, read, rendered
from tests.support.devices.neighbours import capabilities, cdp_frame, cdp_tlv, lldp_frame, med, tlv
from tests.support.packets import Ip4, Tcp, packet
from tests.support.tunnels import udp, vxlan

SHARED = Path(__file__).parents[3] / "shared"
ETHERNET, C_HDLC, WIFI, SLL, SLL2 = 1, 104, 105, 113, 276

NAME = tlv(5, b"switch.example")
DESCRIPTION = tlv(6, b"Cisco IOS Software, C2960\r\nVersion 15.0")
SWITCH = lldp_frame(NAME, DESCRIPTION, capabilities(0x14))
PHONE = cdp_frame(
    cdp_tlv(1, b"SEP00005E005301"),
    cdp_tlv(4, b"\0\0\0\x90"),
    cdp_tlv(5, b"SCCP41.9-4-2SR3\n"),
    cdp_tlv(6, b"Cisco IP Phone 7941"),
)


def one(*frames: bytes, **options: Any) -> Record:
    (record,) = read(*frames, **options)
    return record


def linked(linktype: int, body: bytes) -> list[Record]:
    with hg.Analyzer(None) as analyzer:
        return [
            json.loads(line)
            for batch in analyzer.batches(pcap([(10**18, body)], linktype))
            for line in b"".join(Renderer("json", None).pieces(batch, 0, len(batch))).splitlines()
        ]


def test_lldp() -> None:
    found = one(SWITCH)
    assert (found["event"], found["mac"], found["source_mac"]) == ("lldp", MAC, MAC)
    assert found["announced"] == [
        "description Cisco IOS Software, C2960 Version 15.0",
        "capabilities bridge+router",
    ]
    assert {"src_ip", "src_port", "dst_ip", "dst_port", "community_id", "host_name"} & set(found) == set()
    assert one(SWITCH, host_names=True)["host_name"] == "switch.example"


def test_inventory_without_what_tells_one_device_from_its_like() -> None:
    values = [b"hw 2", b"fw 3", b"sw 4", b"SERIAL", b"Maker", b"Model 7\0", b"ASSET"]
    found = one(lldp_frame(*(med(5 + number, value) for number, value in enumerate(values))), host_names=True)
    assert found["announced"] == [
        "inventory hardware hw 2",
        "inventory firmware fw 3",
        "inventory software sw 4",
        "inventory manufacturer Maker",
        "inventory model Model 7",
    ]
    others = lldp_frame(tlv(127, b"\x00\x0e\xcf\x0aX"), med(10, b""), med(10, b" \0"), tlv(127, b"\0\x12"))
    assert one(others)["announced"] == []


@pytest.mark.parametrize(
    ("enabled", "words"),
    [
        (0x04, "bridge"),
        (0x400, "bridge"),
        (0x08, "wlan"),
        (0x10, "router"),
        (0x20, "telephone"),
        (0x80, "station"),
        (0x02, "repeater"),
        (0x40, "docsis"),
        (0xFF, "bridge+wlan+router+telephone+station+repeater+docsis"),
    ],
)
def test_capabilities_of_lldp(enabled: int, words: str) -> None:
    assert one(lldp_frame(capabilities(enabled)))["announced"] == [f"capabilities {words}"]


@pytest.mark.parametrize("value", [capabilities(0), capabilities(1), tlv(7, b"\0\4")])
def test_no_capabilities(value: bytes) -> None:
    assert one(lldp_frame(value))["announced"] == []


def test_cdp() -> None:
    found = one(PHONE)
    assert (found["event"], found["mac"]) == ("cdp", MAC)
    assert found["announced"] == [
        "capabilities telephone+station",
        "software SCCP41.9-4-2SR3",
        "platform Cisco IP Phone 7941",
    ]
    assert one(PHONE, host_names=True)["host_name"] == "SEP00005E005301"


@pytest.mark.parametrize(
    ("bits", "words"),
    [(1, "router"), (2, "bridge"), (5, "router"), (8, "bridge"), (0x29, "bridge+router"), (0x40, "repeater")],
)
def test_capabilities_of_cdp(bits: int, words: str) -> None:
    assert one(cdp_frame(cdp_tlv(4, struct.pack("!I", bits))))["announced"] == [f"capabilities {words}"]


def test_padding_behind_a_frame_is_not_read() -> None:
    text, stats = rendered(cdp_frame(cdp_tlv(6, b"X"), padding=cdp_tlv(6, b"padding")))
    assert json.loads(text)["announced"] == ["platform X"]
    assert stats.cdp_malformed == 0
    text, stats = rendered(SWITCH + b"\x0c\x01X" + bytes(40))
    assert stats.lldp_malformed == 0


TAG = b"\x81\x00\x00\x05"
LLDP_BODY = neighbours.lldp(DESCRIPTION)
SNAP_LLDP = bytes.fromhex("aaaa0300000088cc") + LLDP_BODY
CDP_BODY = neighbours.SNAP_CDP + neighbours.cdp(cdp_tlv(6, b"Cisco 2811"))


@pytest.mark.parametrize(
    ("linktype", "body"),
    [
        (ETHERNET, SWITCH[:12] + TAG + SWITCH[12:]),
        (ETHERNET, SWITCH[:12] + TAG + TAG + SWITCH[12:]),
        (ETHERNET, SWITCH[:12] + TAG + struct.pack("!H", len(SNAP_LLDP)) + SNAP_LLDP + bytes(9)),
        (ETHERNET, PHONE[:12] + TAG + PHONE[12:]),
        (SLL, struct.pack("!HHH6sHH", 2, 1, 6, mac_bytes(MAC), 0, 0x88CC) + LLDP_BODY),
        (SLL, struct.pack("!HHH6sHH", 2, 1, 6, mac_bytes(MAC), 0, 4) + CDP_BODY),
        (SLL2, struct.pack("!HHIHBB6sH", 0x88CC, 0, 2, 1, 2, 6, mac_bytes(MAC), 0) + LLDP_BODY),
        (WIFI, b"\x08\0\0\0" + bytes(6) + mac_bytes(MAC) + bytes(6) + bytes(2) + SNAP_LLDP),
    ],
)
def test_on_all_links(linktype: int, body: bytes) -> None:
    (found,) = linked(linktype, body)
    assert found["event"] in ("lldp", "cdp")
    assert found["source_mac"] == MAC
    assert found["announced"]


def test_the_mac_of_the_chassis_where_the_link_has_none() -> None:
    (found,) = linked(SLL, struct.pack("!HHH8sH", 4, 772, 0, bytes(8), 0x88CC) + LLDP_BODY)
    assert found["mac"] == "00:00:5e:00:53:77"
    assert "source_mac" not in found


def test_inside_tunnels_they_are_not_neighbours() -> None:
    outer = Ip4(protocol=17).pack(udp(4789, vxlan(SWITCH)))
    text, stats = rendered(frame(outer, 0x0800))
    assert text == ""
    assert stats.analysed == 0


@pytest.mark.parametrize(
    ("sent", "name", "is_read"),
    [
        (frame(b"", 0x88CC), "lldp_malformed", False),
        (frame(neighbours.lldp()[8:], 0x88CC), "lldp_malformed", False),
        (frame(tlv(1, b"\x04") + neighbours.lldp()[9:], 0x88CC), "lldp_malformed", False),
        (lldp_frame(DESCRIPTION, struct.pack("!H", 6 << 9 | 99) + b"short"), "lldp_malformed", True),
        (frame(neighbours.lldp(DESCRIPTION, end=b""), 0x88CC), "lldp_malformed", True),
        (cdp_frame(), "cdp_malformed", False),
        (cdp_frame(cdp_tlv(6, b"X"), b"\0\5\0\3"), "cdp_malformed", True),
        (cdp_frame(cdp_tlv(6, b"X"), b"\0\5\0\x63X"), "cdp_malformed", True),
    ],
)
def test_what_is_malformed_is_counted(sent: bytes, name: str, is_read: bool) -> None:
    text, stats = rendered(sent)
    assert getattr(stats, name) == 1
    assert stats.analysed == 1
    assert bool(text) == is_read


def test_a_neighbour_that_goes_says_nothing() -> None:
    text, stats = rendered(lldp_frame(DESCRIPTION, ttl=0), cdp_frame(cdp_tlv(6, b"X"), ttl=0))
    assert text == ""
    assert stats.analysed == 2
    assert stats.lldp_malformed == stats.cdp_malformed == 0


def test_other_frames_and_readers_that_are_off_are_not_ip() -> None:
    other = bytes.fromhex("aaaa0300000c2003") + bytes(20)
    frames = (frame(bytes(46), 0x0806), frame(other, len(other)), frame(b"\x42\x42\x03" + bytes(43), 46))
    text, stats = rendered(*frames)
    assert (text, stats.drops["not_ip"]) == ("", 3)
    text, stats = rendered(SWITCH, PHONE, protocols=("tcp", "cdp"))
    assert [json.loads(line)["event"] for line in text.splitlines()] == ["cdp"]
    assert stats.drops["not_ip"] == 1


def test_cut_frames_are_truncated() -> None:
    cut = pcap([(10**18, SWITCH[:40])], ETHERNET)
    longer = bytearray(cut)
    longer[36:40] = struct.pack("<I", len(SWITCH))
    with hg.Analyzer(None) as analyzer:
        assert [*analyzer.analyze_pcap(bytes(longer))] == []
        assert analyzer.stats.drops["truncated"] == 1


@pytest.mark.parametrize(
    "chosen",
    [
        {"port": hg.PortFilter(any=range(65536))},
        {"port": hg.PortFilter(src=range(65536))},
        {"subnet": hg.SubnetFilter(any=("0.0.0.0/0", "::/0"))},
        {"ip": hg.IpFilter(any=("0.0.0.0", "::"))},
    ],
)
def test_filters_do_not_match_what_has_no_addresses(
    chosen: dict[str, Any],
) -> None:
    def kept(mode: str) -> list[str]:
        filter = hg.FilterConfig(mode=mode, **chosen)
        results = hg.Analyzer(None, filter=filter).analyze_pcap(capture([SWITCH, PHONE]))
        return [result.announcement.kind for result in results if result.announcement is not None]

    assert kept("allow") == []
    assert kept("deny") == ["lldp", "cdp"]


def test_all_formats() -> None:
    (eve,) = read(SWITCH, form="eve", host_names=True)
    assert eve["event_type"] == "lldp"
    assert {"src_ip", "src_port", "dest_ip", "dest_port", "proto", "ip_v", "flow_id", "community_id"} & set(
        eve
    ) == set()
    assert eve["fingerprint"]["mac"] == MAC
    (ecs,) = read(SWITCH, form="ecs", host_names=True)
    assert ecs["network"] == {"protocol": "lldp"}
    assert ecs["host"] == {"mac": ["00-00-5E-00-53-01"], "hostname": "switch.example"}
    assert {"source", "destination"} & set(ecs) == set()
    assert rendered(SWITCH, form="text")[0] == (
        "[LLDP] without addresses\n"
        f"  MAC:     {MAC}\n"
        "  Says:    description Cisco IOS Software, C2960 Version 15.0 | capabilities bridge+router\n\n"
    )
    assert rendered(SWITCH, form="p0f")[0] == ""


def test_tables_have_no_addresses() -> None:
    pytest.importorskip("pyarrow")
    sent = [from_client(message(option(60, b"x"))), SWITCH, PHONE]
    (batch,) = hg.Analyzer(None).batches(capture(sent))
    table = batch.to_arrow()
    assert table["src_ip"].to_pylist() == ["0.0.0.0", None, None]
    assert table["dst_ip"].to_pylist() == ["192.0.2.255", None, None]
    assert [one is None for one in table["community_id"].to_pylist()] == [False, True, True]


def test_typed_results_and_pickles() -> None:
    (result,) = hg.Analyzer(None).analyze_pcap(capture([SWITCH]))
    found = result.announcement
    assert isinstance(found, AnnouncementObservation)
    assert found.source == found.destination == Endpoint("", 0)
    assert pickle.loads(pickle.dumps(result)).announcement.announced == found.announced


def test_a_host_by_its_mac_in_hosts_and_summary() -> None:
    data = capture([SWITCH, cdp_frame(cdp_tlv(6, b"Cisco IP Phone 7941"), mac=OTHER_MAC)])
    table = hg.Analyzer().read(data).hosts
    found = {one.mac: one for one in table}
    assert [one.ip for one in found.values()] == [None, None]
    phone = found[OTHER_MAC].device
    assert phone is not None
    assert (phone.type, phone.manufacturer, phone.model) == ("voip-phone", "Cisco", "CP-7941")


def test_beside_other_packets_for_any_number_of_workers() -> None:
    syn = frame(packet(Ip4(), Tcp()), 0x0800)
    frames = [syn, SWITCH, PHONE] * 2000
    alone = rendered(*frames)[0]
    assert rendered(*frames, workers=3)[0] == alone
    assert alone.count('"lldp"') == alone.count('"cdp"') == 2000


# ---- tshark ------------------------------------------------------------------------------

FIELDS = (
    *("frame.number", "frame.protocols", "eth.src"),
    *("lldp.tlv.system.name", "lldp.tlv.system.desc", "lldp.tlv.enable_system_cap"),
    *("cdp.deviceid", "cdp.software_version", "cdp.platform", "cdp.capabilities"),
)
LLDP_BITS = (0x704, 8, 0x10, 0x20, 0x80, 2, 0x40)
CDP_BITS = (0x0E, 0, 1, 0x80, 0x10, 0x40, 0)
WORDS = ("bridge", "wlan", "router", "telephone", "station", "repeater", "docsis")
CAPTURES = (
    "Profinet_Failed",
    "EIP-SoftwareDownload",
    "VlanPackets",
    "wireshark-lldp",
    "capwap",
    "mpls-basic",
)


def words_of(number: str, bits: tuple[int, ...]) -> str:
    value = int(number or "0", 0)
    return "+".join(word for word, mask in zip(WORDS, bits, strict=True) if value & mask)


def told_by_tshark(path: Path) -> dict[int, tuple[str, ...]]:
    """Event, sender, name and texts by number of packet, none of what goes."""
    options = [word for name in FIELDS for word in ("-e", name)]
    command = ["tshark", "-n", "-r", str(path), "-Y", "(lldp or cdp) and not ip", "-T", "fields"]
    command += ["-E", "aggregator=/s", *options]
    done = subprocess.run(command, capture_output=True, check=False)
    found = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        number, layers, mac, name, text, enabled, device, version, platform, bits = line.split("\t")
        if layers.split(":")[-1] == "lldp" or "lldp" in layers:
            found[int(number)] = ("lldp", mac, name, text, words_of(enabled, LLDP_BITS))
        else:
            found[int(number)] = ("cdp", mac, device, version, platform, words_of(bits, CDP_BITS))
    return found


def plain(text: str) -> str:
    """As tshark and we cut and join lines in ways of our own."""
    return "".join(text.replace("\\n", "").replace("\\r", "").split())[:150]


def told_by_us(path: Path) -> dict[int, tuple[str, ...]]:
    found = {}
    with hg.Analyzer(None, host_names=True, protocols=("lldp", "cdp")) as analyzer:
        for result in analyzer.analyze_pcap(path):
            part = result.announcement
            assert isinstance(part, AnnouncementObservation)
            said = dict(reversed([text.split(" ", 1) for text in part.announced]))
            texts = ("description",) if part.kind == "lldp" else ("software", "platform")
            found[result.packet_number] = (
                *(part.kind, part.mac or "", part.host_name or ""),
                *(said.get(word, "") for word in (*texts, "capabilities")),
            )
    return found


@pytest.mark.skipif(which("tshark") is None, reason="tshark is not installed")
@pytest.mark.skipif(not SHARED.exists(), reason="the shared captures are not here")
@pytest.mark.parametrize("name", CAPTURES)
def test_agreement_with_tshark(name: str) -> None:
    (path,) = (SHARED / "devices" / "captures").glob(f"*{name}*")
    theirs, ours = told_by_tshark(path), told_by_us(path)
    assert theirs
    assert {at: [*map(plain, one)] for at, one in ours.items()} == {
        at: [*map(plain, one)] for at, one in theirs.items()
    }


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (b"Linux annas-laptop 5.15.0-91 #1", "description Linux - 5.15.0-91 #1"),
        (b"\r\n  FreeBSD gw.example.org 14.1\nx", "description FreeBSD - 14.1 x"),
        (b"Linux 6.1.0-13-amd64 #1", "description Linux 6.1.0-13-amd64 #1"),
        (b"Windows 11 Pro", "description Windows 11 Pro"),
        (b"Debian GNU/Linux 12 Linux 6.1.0", "description Debian GNU/Linux 12 Linux 6.1.0"),
    ],
)
def test_host_names_in_descriptions_are_hidden(said: bytes, shown: str) -> None:
    """`uname -a` states the host's name after the system's; other descriptions stay."""
    assert shown in one(lldp_frame(tlv(6, said)))["announced"]
