"""Headers around IP: bytes made by hand after their specifications, and what tshark finds in them."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.base.arguments import wrappings
from huginn_cffi.filters.kernel import SHIMS, TUNNEL_PORTS, TUNNELS
from tests.packets.test_encapsulation import (
    A_MSDU,
    DATA,
    FRAME,
    IN4,
    IN6,
    INNER,
    LLC,
    QOS,
    QOS_FOUR,
    outer,
    udp,
)
from tests.support.captures import pcap
from tests.support.packets import Ip6, Tcp, ethernet, packet

ETHERNET, RAW = 1, 101
MACS = "020000000001 020000000002"
ARP = ethernet(bytes(28), 0x0806)
SNAP_IP = LLC


def frame(ethertype: str, header: str, content: bytes = IN4) -> bytes:
    """An Ethernet header, then a header in hexadecimal and its content."""
    return bytes.fromhex(MACS + ethertype + header) + content


def link(header: str, content: bytes = IN4) -> bytes:
    return bytes.fromhex(header) + content


# 802.11 in CAPWAP, with the two bytes of the frame control as they are, and swapped.
WIFI = bytes.fromhex(DATA + LLC) + IN4
SWAPPED = WIFI[1::-1] + WIFI[2:]
# A first subframe of an A-MSDU without IP: destination, source, length 8 and padding to words.
NO_IP = "020000000007 020000000008 0008 aaaa03 000000 0806" + "0000"
TWO_PACKETS = A_MSDU.replace("020000000005", NO_IP + "020000000005", 1)

# Four addresses, or to a group; the bit of a mesh in QoS control.
MESH = QOS_FOUR[:-4] + "0001"
MESH_GROUP = QOS.replace("8801", "8802")[:-4] + "0001"

ON_THE_LINK = {
    # IEEE 802.1BR 7.5: 6 bytes and an EtherType; VN-tag: 4 bytes and an EtherType.
    "802.1br": (ETHERNET, frame("893f", "0000 0001 0000 0800")),
    "vn-tag": (ETHERNET, frame("8926", "00010002 0800")),
    "tag 0x9200": (ETHERNET, frame("9200", "0005 0800")),
    "tag 0x9300": (ETHERNET, frame("9300", "0005 0800")),
    # IEEE 802.1AE 9.3: flags, short length, packet number; with SC (0x20) the channel.
    "macsec": (ETHERNET, frame("88e5", "00 00 00000001 0800", IN4 + bytes(16))),
    "macsec, channel": (ETHERNET, frame("88e5", "20 00 00000001 0200000000010001 0800", IN4 + bytes(16))),
    # IEC 62439-3: path and size, sequence number, EtherType; PRP has a trailer instead.
    "hsr": (ETHERNET, frame("892f", "0052 0001 0800")),
    "prp": (ETHERNET, ethernet(IN4) + bytes.fromhex("0001 a052 88fb")),
    "arista, 64 bits": (ETHERNET, frame("d28b", "0001 0010 0000000100000002 0800")),
    "arista, 48 bits": (ETHERNET, frame("d28b", "0001 0020 000100000002 0800")),
    # IEEE 802.1CB 7.8: two bytes reserved, sequence number, EtherType.
    "r-tag": (ETHERNET, frame("f1c1", "0000 0001 0800")),
    "r-tag behind a tag": (ETHERNET, frame("8100", "0005 f1c1 0000 0001 0800")),
    # draft-ietf-isis-ext-eth: LLC in frames longer than a length field states.
    "llc, jumbo": (ETHERNET, frame("8870", SNAP_IP)),
    "llc without snap": (ETHERNET, frame("003f", "060603")),
    "bridged, cisco hdlc": (104, link("0f00 6558", FRAME)),
    # RFC 3518: flags (0x80: checksum), MAC type 1; RFC 1990: first and last fragment, number.
    "ppp, bridged": (9, link("ff03 0031 00 01", FRAME)),
    "ppp, bridged, checksum": (9, link("0031 80 01", FRAME + bytes(4))),
    "ppp, multilink": (9, link("ff03 003d c0000001 0021")),
    "ppp, multilink, compressed": (9, link("3d c0000001 21")),
    "ppp, mpls multicast": (9, link("0283 00064140")),
    "pppoe, multilink": (ETHERNET, frame("8864", "1100 0001 0044 003d c0000001 0021")),
    "ppi, ethernet": (192, link("0000 0800 01000000", FRAME)),
    # linux/if_ether.h: 3 stands for Ethernet, 7 for PPP.
    "cooked, ethernet": (113, link("0000 0301 0000 0000000000000000 0003", FRAME)),
    "cooked v2, ppp": (276, link("0007 0000 00000001 0200 00 00 0000000000000000 ff03 0021")),
    # IEEE 802.11 9.2.4.8.3: flags with 0 to 2 more addresses, TTL, number.
    "mesh": (105, link(MESH + "00 1f 00000001" + LLC)),
    "mesh, one address": (105, link(MESH_GROUP + "01 1f 00000001 020000000007" + LLC)),
    "mesh, two addresses": (105, link(MESH + "02 1f 00000001 020000000007 020000000008" + LLC)),
    "four addresses, the bit of a mesh": (105, link(MESH + LLC)),
    "nflog": (239, link("02 00 0001 0800 0100 08000100 0500 0a00 68000000 4000 0900")),
    "nflog, big-endian": (239, link("02 00 0001 0008 0001 08000100 0040 0009")),
    "pktap": (258, link("6c000000 01000000 01000000" + "00" * 96, FRAME)),
    "pktap, the old number": (149, link("6c000000 01000000 0c000000" + "00" * 96)),
    "enc": (109, link("02000000 00000001 00000000")),
    "ppp with direction": (204, link("01 ff03 0021")),
    # RFC 2427: address, control, NLPID; SNAP with padding, and a bridged frame; Cisco's form; three bytes.
    "frame relay": (107, link("1841 03 cc")),
    "frame relay, snap": (107, link("1841 03 00 80 000000 0800")),
    "frame relay, bridged": (107, link("1841 03 00 80 0080c2 0007", FRAME)),
    "frame relay, cisco": (107, link("1841 0800")),
    # A time stamp, type 2, flags, record and lost lengths, length on the wire; two bytes before Ethernet.
    "erf ethernet": (197, link("00" * 8 + "02 04 005a 0000 004a 0000", FRAME)),
    "erf, extension": (197, link("00" * 8 + "82 04 005a 0000 004a" + "03" + "00" * 7 + "0000", FRAME)),
    "erf hdlc": (197, link("00" * 8 + "01 04 005a 0000 0040 ff03 0021")),
    "erf ip": (197, link("00" * 8 + "16 04 005a 0000 003c")),
    "slip": (8, link("00 40" + "00" * 14)),
    "slip without header": (8, IN4),
    # RFC 2684 5.1 and 5.2.
    "rfc 1483": (100, link("aaaa03 000000 0800")),
    "rfc 1483, bridged": (100, link("aaaa03 0080c2 0007 0000", FRAME)),
    # RFC 2225: LLC, or IP at once.
    "ip over atm": (106, IN4),
    "ip over atm, llc": (19, link("aaaa03 000000 0800")),
    # IEEE 802.5: access and frame control, destination, source.
    "token ring": (6, link("1040 020000000001 020000000002" + SNAP_IP)),
    "symantec": (99, link("000000000000 0800" + "00" * 36)),
    "ip over fibre channel": (122, link("0000020000000001 0000020000000002" + SNAP_IP)),
    # Direction and kind, path, channel; of LAN emulation the station's number.
    "sunatm, lan": (123, link("01 00 0005 0001", FRAME)),
    "sunatm, llc": (123, link("82 00 0005" + SNAP_IP)),
    "tzsp as link": (128, link("01 00 0001 01", FRAME)),
    "firewire": (138, link("0200000000000001 0200000000000002 0800")),
    # Frame control, length of the extended header, length, checksum.
    "docsis": (143, link("00 00 004a 0000", FRAME)),
    "docsis, extended": (143, link("01 03 004d 010203 0000", FRAME)),
    "pppd": (166, link("01 03 0021")),
    "pppd, without framing": (166, link("0021")),
    "cisco hdlc with direction": (205, link("01 0f00 0800")),
    "frame relay with direction": (206, link("01 1841 03 cc")),
    "mpls as link": (219, link("00064140")),
    "ipnet": (226, link("01 02 0000 00000054" + "00" * 16)),
    "netanalyzer": (240, link("00000000", FRAME)),
    "netanalyzer, preamble": (241, link("00000000 55555555555555d5", FRAME)),
    "ip over infiniband": (242, link("00" * 40 + "0800 0000")),
    "epon": (259, link("5555d55500010000", FRAME)),
    "mpacket": (274, link("55555555555555d5", FRAME)),
    # Tags of switches after the addresses, or before the frame.
    "broadcom tag": (281, link(MACS + "00000001 0800")),
    "broadcom tag, before": (282, link("00000001", FRAME)),
    "marvell tag": (284, link(MACS + "40200001 0800")),
    "marvell tag, ethertype": (285, link(MACS + "dada0000 40200001 0800")),
    **{
        f"old number {number}": (number, link(header))
        for number, header in {
            11: SNAP_IP,
            13: "02000000 00000001 00000000",
            15: "00 40" + "00" * 14,
            102: "00 40" + "00" * 14,
            112: "0f00 0800",
        }.items()
    },
    "a-msdu, second packet": (105, link(TWO_PACKETS + LLC)),
    "radiotap, a-msdu, checksum": (127, link("0000 0900 02000000 10" + A_MSDU + LLC, IN4 + bytes(4))),
    "cooked, radiotap inside": (113, link("0000 0323 0000 0000000000000000 0019 0000 0800 00000000", WIFI)),
    "cooked v2, 802.11 inside": (276, link("0019 0000 00000001 0321 00 00 0000000000000000", WIFI)),
    "cooked v2, tagged": (276, link("8100 0000 00000001 0001 00 06 0200000000010000 0005 0800")),
    # RFC 4302: next header, length in words minus two, reserved, SPI, sequence, ICV.
    "ah": (
        RAW,
        replace(INNER, protocol=51).pack(bytes.fromhex("0604 0000 00000001 00000001" + "00" * 12) + IN4[20:]),
    ),
}

# RFC 8300 2.2: length 6 words, MD type 1, next protocol 1 (IPv4) or 3 (Ethernet).
NSH = "0fc6 01 {:02x} 000001ff" + "00" * 16
L2TP = "4002 {:04x} 0001 0001"
TUNNELLED = {
    "pbb": (ETHERNET, frame("88e7", "00000001", FRAME), "pbb"),
    "nsh": (ETHERNET, frame("894f", NSH.format(1)), "nsh"),
    "nsh, ethernet": (ETHERNET, frame("894f", NSH.format(3), FRAME), "nsh"),
    # RFC 4448: Ethernet after a label, with and without the control word of RFC 4385.
    "pseudowire, control word": (ETHERNET, frame("8847", "00064140 00000000", FRAME), "mpls"),
    "pseudowire": (ETHERNET, frame("8847", "00064140", FRAME), "mpls"),
    "pseudowire, a MAC like IPv4": (
        ETHERNET,
        frame("8847", "00064140", b"\x45" + FRAME[1:2] + b"\xff" + FRAME[3:]),
        "mpls",
    ),
    "etherip": (RAW, outer(97, "3000", FRAME), "etherip"),
    "ethernet in ip": (RAW, outer(143, "", FRAME), "etherip"),  # RFC 8986 9
    "frame relay in gre": (RAW, outer(47, "0000 6559 1841 03 cc", IN4), "gre"),
    "ethernet in gtp-u": (RAW, udp("0868 0868", f"30ff {len(FRAME):04x} 00000001", FRAME), "gtpu"),
    "l2tpv3": (RAW, outer(115, "00000007", FRAME), "l2tp"),
    "l2tpv3, cookie": (RAW, outer(115, "00000007 0102030405060708", FRAME), "l2tp"),
    "l2tpv3, udp": (RAW, udp("06a5 06a5", "0003 0000 00000007", FRAME), "l2tp"),
    "l2tp": (RAW, udp("06a5 06a5", "0002 0001 0001 ff03 0021", IN4), "l2tp"),
    "l2tp, length, from the server": (
        RAW,
        udp("06a5 c000", L2TP.format(12 + len(IN4)) + "ff03 0021", IN4),
        "l2tp",
    ),
    "l2tp, numbers and offset": (
        RAW,
        udp("c000 06a5", "0a02 0001 0001 0003 0004 0002 0000 0021", IN4),
        "l2tp",
    ),
    "mpls in ip": (RAW, outer(137, "00064140", IN4), "mpls"),
    "mpls in udp": (RAW, udp("c000 19eb", "00064140", IN4), "mpls"),
    "gre in udp": (RAW, udp("c000 1292", "0000 0800", IN4), "gre"),
    # RFC 2637 4.1: K and S, version 1, protocol, length, call, sequence number; with A an acknowledgment.
    "pptp": (RAW, outer(47, "3001 880b 0040 0001 00000001 ff03 0021", IN4), "pptp"),
    "pptp, acknowledgment": (RAW, outer(47, "3081 880b 0040 0001 00000001 00000001 ff03 0021", IN4), "pptp"),
    # MikroTik: K, version 1, protocol 0x6400, length, tunnel in little-endian order.
    "eoip": (RAW, outer(47, f"2001 6400 {len(FRAME):04x} 0700", FRAME), "eoip"),
    "wccp": (RAW, outer(47, "0000 883e", IN4), "gre"),
    "wccp v2": (RAW, outer(47, "0000 883e 00000000", IN4), "gre"),
    "ppp in gre": (RAW, outer(47, "0000 880b 0021", IN4), "gre"),
    "nsh in gre": (RAW, outer(47, "0000 894f" + NSH.format(1), IN4), "gre"),
    "vxlan-gpe, ethernet": (RAW, udp("c000 12b6", "0c000003 00000100", FRAME), "vxlan"),
    "vxlan-gpe, ip": (RAW, udp("c000 12b6", "0c000001 00000100", IN4), "vxlan"),
    "vxlan-gpe, nsh": (RAW, udp("c000 12b6", "0c000004 00000100" + NSH.format(3), FRAME), "vxlan"),
    # TZSP: version 1, type 0, content 1 (Ethernet) or 18 (802.11), tags of padding, a length, the end.
    "tzsp": (RAW, udp("c000 9090", "01 00 0001 01", FRAME), "tzsp"),
    "tzsp, tags": (RAW, udp("c000 9090", "01 00 0001 00 0a01c8 01", FRAME), "tzsp"),
    "tzsp, 802.11": (RAW, udp("c000 9090", "01 00 0012 01", WIFI), "tzsp"),
    "tzsp, raw ip": (RAW, udp("c000 9090", "01 00 0007 01", IN4), "tzsp"),
    "tzsp, ppp": (RAW, udp("c000 9090", "01 00 0004 01 ff03 0021", IN4), "tzsp"),
    "tzsp, prism": (RAW, udp("c000 9090", "01 00 0077 01" + "00" * 144, WIFI), "tzsp"),
    "tzsp, avs": (RAW, udp("c000 9090", "01 00 007f 01 80211001 00000040" + "00" * 56, WIFI), "tzsp"),
    # RFC 5415 4.3: 2 words; radio 1, 802.11; T.
    "capwap, 802.3": (RAW, udp("c000 147f", "00 100200 00000000", FRAME), "capwap"),
    "capwap, 802.11": (RAW, udp("c000 147f", "00 100300 00000000", WIFI), "capwap"),
    "capwap, 802.11, swapped": (RAW, udp("147f c000", "00 100300 00000000", SWAPPED), "capwap"),
    "lisp": (RAW, udp("c000 10f5", "00000000 00000000", IN4), "lisp"),
    "hp erm": (RAW, udp("c000 1efc", "00" * 12, FRAME), "hp_erm"),
}

LARGE = packet(Ip6(), Tcp())
LARGE = LARGE[:4] + bytes(2) + LARGE[6:]
# RFC 2675 2: hop-by-hop options with the option 0xc2 of four bytes.
JUMBO = LARGE[:6] + b"\0" + LARGE[7:40] + bytes.fromhex("06 00 c2 04 00010000") + LARGE[40:]
SIX = {
    "payload length 0": (RAW, LARGE, None),
    "jumbogram": (RAW, JUMBO, None),
    "payload length 0 in vxlan": (
        RAW,
        udp("c000 12b5", "08000000 00126700", ethernet(LARGE, 0x86DD)),
        "vxlan",
    ),
    "payload length 0 in geneve": (RAW, udp("c000 17c1", "000086dd 00000700", LARGE), "geneve"),
    "frame relay": (107, link("1841 03 8e", IN6), None),
    "l2tpv3, ppp": (RAW, outer(115, "00000007 01020304 ff03 0057", IN6), "l2tp"),
    "lisp": (RAW, udp("c000 10f5", "00000000 00000000", IN6), "lisp"),
}

ALL: dict[str, tuple[int, bytes, str | None]] = {
    **{name: (*value, None) for name, value in ON_THE_LINK.items()},
    **TUNNELLED,
    **{f"{name}, IPv6": value for name, value in SIX.items()},
}


def syn_of(linktype: int, data: bytes, *, decapsulate: bool = True) -> tuple[str | None, str | None]:
    """The tunnel and the source of the one SYN, or None and the reason why there is none."""
    with hg.Analyzer(
        None, max_connections=9, max_hosts=9, decapsulate=decapsulate, protocols=("tcp", "arp")
    ) as analyzer:
        results = list(analyzer.analyze_packets([(0, data)], linktype=linktype))
        dropped = [name for name, count in analyzer.stats.drops.items() if count]
    if not results:
        return None, dropped[0] if dropped else None
    assert results[0].syn is not None
    return results[0].tunnel, str(results[0].syn.source.ip)


@pytest.mark.parametrize("name", ALL)
def test_the_packet_inside_is_found(name: str) -> None:
    linktype, data, tunnel = ALL[name]
    source = "2001:db8::1" if name.endswith("IPv6") else "10.1.1.1"
    assert syn_of(linktype, data) == (tunnel, source)
    if tunnel is None:
        assert syn_of(linktype, data, decapsulate=False) == (None, source)
    else:
        assert syn_of(linktype, data, decapsulate=False)[1] in ("not_tcp", "not_ip")


@pytest.mark.parametrize("name", ALL)
def test_a_cut_packet_is_none(name: str) -> None:
    linktype, data, _ = ALL[name]
    end = data.rindex((IN6 if name.endswith("IPv6") else IN4)[40:])
    with hg.Analyzer(None, protocols=("tcp",)) as analyzer:
        cuts = [(0, data[:length]) for length in range(end)]
        assert list(analyzer.analyze_packets(cuts, linktype=linktype)) == []
        assert analyzer.stats.analysed == 0


REFUSED = {
    "macsec, encrypted": (ETHERNET, frame("88e5", "0c 00 00000001 0800"), "encrypted"),
    "nsh, version 1": (ETHERNET, frame("894f", "4fc6 01 01 000001ff" + "00" * 16), "bad_link_header"),
    "nsh, experiment": (ETHERNET, frame("894f", NSH.format(0xFE)), "not_ip"),
    "arista, another version": (ETHERNET, frame("d28b", "0001 0030 0000000100000002 0800"), "not_ip"),
    "mpls, an associated channel": (ETHERNET, frame("8847", "00064140 10000021", FRAME), "not_ip"),
    "pptp without data": (RAW, outer(47, "2081 880b 0000 0001 00000001"), "not_tcp"),
    "l2tp, a control message": (RAW, udp("06a5 06a5", "c802 0014 0001 0000 0000 0000", IN4), "not_tcp"),
    "l2tp, reserved bits": (RAW, udp("06a5 06a5", "1002 0001 0001 ff03 0021", IN4), "not_tcp"),
    "l2tpv3, a control message": (RAW, outer(115, "00000000", FRAME), "not_tcp"),
    "l2tpv3, something else": (RAW, outer(115, "00000007", bytes(60)), "not_tcp"),
    "l2tpv3, labels without content": (
        RAW,
        outer(115, "00000007", frame("8847", "00064140", b"")),
        "not_tcp",
    ),
    "l2tpv3, labels before something else": (
        RAW,
        outer(115, "00000007", frame("8847", "00064140", b"\x90" * 40)),
        "not_tcp",
    ),
    "capwap, dtls": (RAW, udp("c000 147f", "01 000000", FRAME), "not_tcp"),
    "capwap, keep-alive": (RAW, udp("c000 147f", "00 100208 00000000", FRAME), "not_tcp"),
    "capwap, fragment": (RAW, udp("c000 147f", "00 100280 00000000", FRAME), "fragment"),
    "tzsp, configuration": (RAW, udp("c000 9090", "01 03 0001 01", FRAME), "not_tcp"),
    "tzsp, radiotap's number of libpcap": (RAW, udp("c000 9090", "01 00 007e 01", FRAME), "not_ip"),
    "gtp-u, ethernet without ip": (RAW, udp("0868 0868", f"30ff {len(ARP):04x} 00000001", ARP), "not_ip"),
    "ppp, multilink, first fragment": (9, link("003d 80000001 0021"), "fragment"),
    "ppp, bridged token ring": (9, link("0031 00 03", FRAME), "not_ip"),
    "ppi in ppi": (192, link("0000 0800 c0000000 0000 0800 01000000", FRAME), "unsupported_linktype"),
    "llc of netbios": (ETHERNET, frame("003f", "f0f003"), "not_ip"),
    "mesh, three addresses": (105, link(MESH + "03 1f 00000001" + "00" * 18 + LLC), "not_ip"),
    "mesh, no bit": (105, link(QOS_FOUR + "00 1f 00000001" + LLC), "not_ip"),
    "tzsp from its port": (RAW, udp("9090 c000", "01 00 0001 01", FRAME), "not_tcp"),
    "lisp without ip": (RAW, udp("c000 10f5", "00000000 00000000", FRAME), "not_tcp"),
    "hp erm without ip": (RAW, udp("c000 1efc", "00" * 12, ARP), "not_tcp"),
    "pktap without packet": (258, link("6c000000 02000000 01000000" + "00" * 96, FRAME), "bad_link_header"),
    "pktap in pktap": (258, link("0c000000 01000000 93000000", FRAME), "unsupported_linktype"),
    "frame relay, q.933": (107, link("1841 03 08"), "not_ip"),
    "erf, infiniband": (197, link("00" * 8 + "15 04 005a 0000 004a 0000", FRAME), "not_ip"),
    "fddi, station management": (10, link("41 020000000001 020000000002 0101" + "00" * 18), "not_ip"),
    "token ring, route": (6, link("1040 020000000001 820000000002 0670 0011 0020" + SNAP_IP), "not_ip"),
    "sunatm, signalling": (123, link("06 00 0005", FRAME), "not_ip"),
    "docsis, management": (143, link("c2 00 004a 0000", FRAME), "not_ip"),
    "nflog, length 0": (239, link("02 00 0001 0000 0900"), "bad_link_header"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_look_alike_is_refused(name: str) -> None:
    linktype, data, reason = REFUSED[name]
    assert syn_of(linktype, data) == (None, reason)


@pytest.mark.parametrize("name", [name for name, (_, data, _) in TUNNELLED.items() if data.endswith(FRAME)])
def test_arp_in_a_tunnel_is_no_announcement(name: str) -> None:
    """What comes out of a tunnel changes no record of the link."""
    linktype, data, _ = TUNNELLED[name]
    request = bytes.fromhex("0001 0800 06 04 0001 020000000002 c0000201 000000000000 c0000202")
    inside = data[: -len(FRAME)] + ethernet(request.ljust(len(IN4), b"\0"), 0x0806)
    with hg.Analyzer(None, protocols=("arp", "tcp")) as analyzer:
        assert list(analyzer.analyze_packets([(0, inside)], linktype=linktype)) == []
        found = list(analyzer.analyze_packets([(0, inside[-len(FRAME) :])], linktype=ETHERNET))
    assert [result.announcement is not None for result in found] == [True]


def test_wrappings_in_wrappings() -> None:
    """Four tunnels are opened, and any number of headers on a link."""
    four = outer(97, "3000", ethernet(outer(115, "00000007", ethernet(outer(137, "00064140", IN4)))))
    four = frame("88e7", "00000001", ethernet(four))
    assert syn_of(ETHERNET, four) == ("pbb", "10.1.1.1")
    five = udp("c000 9090", "01 00 0001 01", four)
    assert syn_of(RAW, five)[0] is None
    tags = frame("893f", "0000 0001 0000" + "9300 0005" * 14 + "0800")
    assert syn_of(ETHERNET, tags) == (None, "10.1.1.1")


GUESSED = ("pseudowire", "pseudowire, control word", "l2tpv3, cookie", "l2tpv3, udp", "hp erm")
"""Their content shows where it begins, or whether it is a frame."""


IN_FRAMES = {
    **{
        name: data for name, (linktype, data) in ON_THE_LINK.items() if linktype == ETHERNET and name != "prp"
    },
    **{name: data for name, (linktype, data, _) in TUNNELLED.items() if linktype == ETHERNET},
    "pppoe": frame("8864", "1100 0001 003e 0021"),
    "802.3": frame(f"{len(IN4) + 8:04x}", SNAP_IP),
    "metadata": frame("8909", "0101 0001 0007 0800"),
    "tag 0x9100": frame("9100", "0005 0800"),
    "pseudowire, a MAC like nothing": frame("8847", "00064140", b"\xf8" + FRAME[1:]),
    "a MAC like IPv4": b"\x45" + FRAME[1:2] + b"\x00\x20" + FRAME[4:],
    "a MAC like IPv6": b"\x60" + FRAME[1:4] + b"\xff\xff" + FRAME[6:],
}


@pytest.mark.parametrize("inner", IN_FRAMES)
@pytest.mark.parametrize("name", GUESSED)
def test_frames_whose_beginning_is_guessed(name: str, inner: str) -> None:
    linktype, data, tunnel = TUNNELLED[name]
    data = data[: -len(FRAME)] + IN_FRAMES[inner]
    if linktype == RAW:
        data = data[:2] + len(data).to_bytes(2, "big") + data[4:]
        if data[9] == 17:
            data = data[:24] + (len(data) - 20).to_bytes(2, "big") + data[26:]
    assert syn_of(linktype, data) == (tunnel, "10.1.1.1")


def test_the_kernel_filter_knows_the_table() -> None:
    assert (
        set(SHIMS) == {number for number in wrappings(lib.HG_SPACE_ETHERTYPE) if number} >= {0x893F, 0x88E7}
    )
    assert set(TUNNELS) == set(wrappings(lib.HG_SPACE_PROTOCOL)) >= {47, 97, 115}
    assert set(TUNNEL_PORTS) == set(wrappings(lib.HG_SPACE_UDP)) >= {1701, 4790, 37008}


NOT_IN_TSHARK = {
    *("tag 0x9200", "tag 0x9300", "slip", "slip without header", "nflog, big-endian", "hp erm"),
    *("cooked v2, 802.11 inside", "a-msdu, second packet"),
    # tcpdump reads these:
    *(
        "pppd",
        "pppd, without framing",
        "ipnet",
        "netanalyzer",
        "netanalyzer, preamble",
    ),
    *("broadcom tag", "broadcom tag, before", "marvell tag", "marvell tag, ethertype"),
    *("old number 15", "old number 102", "ip over atm, llc"),
    # libpcap has a number for these:
    *("cisco hdlc with direction", "frame relay with direction", "mpls as link", "mpacket", "docsis"),
    "docsis, extended",
    *(
        "pseudowire",
        "pseudowire, a MAC like IPv4",
        "l2tpv3",
        "l2tpv3, cookie",
        "l2tpv3, udp",
        "l2tpv3, ppp, IPv6",
    ),
    *("payload length 0, IPv6", "payload length 0 in vxlan, IPv6", "payload length 0 in geneve, IPv6"),
    "capwap, 802.11, swapped",
    "tzsp, prism",  # it wants the numbers of fields
}
"""What tshark does not decode, or only after a setting that would change the others."""


def sources_by_tshark(linktype: int, frames: Iterable[bytes], folder: Path) -> list[str]:
    """The innermost source of each frame with a SYN, by tshark."""
    capture = folder / f"{linktype}.pcap"
    capture.write_bytes(pcap([(0, data) for data in frames], linktype))
    settings = ("-o", "capwap.swap_fc:FALSE")
    fields = ("-T", "fields", "-e", "ip.src", "-e", "ipv6.src", "-e", "tcp.flags.syn")
    command = ["tshark", "-n", "-r", str(capture), *settings, *fields]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120, text=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [",".join(filter(None, (ip, ip6))) if syn in ("1", "True") else "" for ip, ip6, syn in lines]


def test_tshark_agrees(tmp_path: Path) -> None:
    if shutil.which("tshark") is None:
        pytest.skip("tshark is not installed")
    names = defaultdict(list)
    for name, (linktype, _, _) in ALL.items():
        if name not in NOT_IN_TSHARK:
            names[linktype].append(name)
    wrong = []
    for linktype, some in names.items():
        found = sources_by_tshark(linktype, [ALL[name][1] for name in some], tmp_path)
        wrong += [
            (name, sources)
            for name, sources in zip(some, found, strict=True)
            if ("2001:db8::1" if name.endswith("IPv6") else "10.1.1.1") not in sources.split(",")
        ]
    assert wrong == []
