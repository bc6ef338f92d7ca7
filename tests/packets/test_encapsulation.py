"""Every tunnel and link type with bytes made by hand after its specification."""

from __future__ import annotations

from dataclasses import replace

import pytest

import huginn_cffi as hg
from tests.reference.packet import Observation, read_frame
from tests.support.packets import ACK, Ip4, Ip6, Tcp, ethernet, packet, reply

INNER = Ip4(source="10.1.1.1", destination="10.2.2.2")
IN4 = packet(INNER, Tcp())
IN6 = packet(Ip6(), Tcp())
FRAME = ethernet(IN4)

RAW, ETHERNET = 101, 1


def outer(protocol: int, body: str | bytes, inner: bytes = b"") -> bytes:
    """An IPv4 packet around hexadecimal bytes and ``inner``."""
    header = body if isinstance(body, bytes) else bytes.fromhex(body)
    return Ip4(source="192.0.2.10", destination="192.0.2.20", protocol=protocol).pack(header + inner)


def udp(ports: str, header: str, inner: bytes = b"") -> bytes:
    """An IPv4 and a UDP header (RFC 768) before hexadecimal bytes and ``inner``."""
    body = bytes.fromhex(header) + inner
    return outer(17, bytes.fromhex(ports) + (8 + len(body)).to_bytes(2, "big") + bytes(2) + body)


def tcp_of(linktype: int, data: bytes, *, decapsulate: bool = True) -> tuple[str | None, str | None]:
    """The tunnel and the source address of the one SYN that the core finds, or the drop's name."""
    with hg.Analyzer(None, decapsulate=decapsulate, protocols=("tcp",)) as analyzer:
        results = list(analyzer.analyze_packets([(0, data)], linktype=linktype))
        dropped = [name for name, count in analyzer.stats.drops.items() if count]
    expected = read_frame(linktype, data, decapsulate=decapsulate)
    if not results:
        assert [getattr(expected, "value", None)] == dropped
        return None, dropped[0]
    assert results[0].syn is not None
    assert isinstance(expected, Observation)
    assert expected.tunnel == results[0].tunnel
    return results[0].tunnel, str(results[0].syn.source.ip)


# VXLAN, RFC 7348 section 5: flags (I set), 24 bits reserved, VNI, 8 bits reserved.
VXLAN = "08000000 00126700"
# GENEVE, RFC 8926 section 3.4: version and option length, O C and reserved, protocol, VNI, reserved.
GENEVE = "00006558 00000700"
# GENEVE with one option of section 3.5: class, type, length in words, 4 bytes of data.
GENEVE_OPTION = "0200 6558 00000700" + "0102 80 01 deadbeef"
# GTP-U, 3GPP TS 29.281 section 5.1: version 1 and PT, G-PDU, length, TEID.
GTPU = f"30ff {len(IN4):04x} 00000001"
# With S: sequence number, N-PDU number, next extension header type.
GTPU_SEQUENCE = f"32ff {len(IN4) + 4:04x} 00000001 0007 00 00"
# With E, section 5.2: a PDU session container (85), length 1 word, no next header.
GTPU_EXTENSION = f"34ff {len(IN4) + 8:04x} 00000001 0000 00 85 01 0009 00"
# Teredo, RFC 4380 section 5.1.1: authentication (0001, lengths, identifier, value, nonce,
# confirmation) and origin (0000, port, address).
TEREDO_BOTH = "0001 02 01 6d65 ff 0102030405060708 00" + "0000 9c3f 3fffff00"

FOUND = {
    "vxlan": (udp("c000 12b5", VXLAN, FRAME), "vxlan"),
    "vxlan, Linux's old port": (udp("c000 2118", VXLAN, FRAME), "vxlan"),
    "vxlan, group policy": (udp("c000 12b5", "88000005 00126700", FRAME), "vxlan"),
    # Reserved bits, of which those in the last byte and in all of the first but I are set.
    "vxlan, reserved bits": (udp("c000 12b5", "bf00ff00 001267ff", FRAME), "vxlan"),
    "vxlan, the bit of QUIC": (udp("c000 12b5", "ff123456 001267ff", FRAME), "vxlan"),
    # VXLAN-GPE, draft-ietf-nvo3-vxlan-gpe section 3.1: flags I and P, reserved, next protocol (1: IPv4).
    "vxlan-gpe, IPv4": (udp("c000 12b5", "0c000001 00126700", IN4), "vxlan"),
    "vxlan-gpe, ethernet": (udp("c000 12b5", "0c000003 00126700", FRAME), "vxlan"),
    "vxlan, the bits of GPE with ethernet": (udp("c000 12b5", "0c000001 00126700", FRAME), "vxlan"),
    "vxlan, metadata inside": (
        udp("c000 12b5", VXLAN, ethernet(bytes.fromhex("0101 0001 0007 0800") + IN4, 0x8909)),
        "vxlan",
    ),
    "vxlan, tag inside": (udp("c000 12b5", VXLAN, ethernet(IN4, tags=((0x8100, 7),))), "vxlan"),
    "geneve": (udp("c000 17c1", GENEVE, FRAME), "geneve"),
    "geneve, option": (udp("c000 17c1", GENEVE_OPTION, FRAME), "geneve"),
    "geneve, IPv4": (udp("c000 17c1", "00000800 00000700", IN4), "geneve"),
    # RFC 2784 section 2.1: C, reserved, version, protocol type.
    "gre": (outer(47, "0000 0800", IN4), "gre"),
    "gre, checksum": (outer(47, "8000 0800 abcd 0000", IN4), "gre"),
    # RFC 2890 section 2: K and S.
    "gre, key": (outer(47, "2000 0800 00000009", IN4), "gre"),
    "gre, key and sequence": (outer(47, "3000 0800 00000009 00000001", IN4), "gre"),
    # RFC 1701: R, checksum and offset, one source route entry, the entry that ends the list.
    "gre, routing": (outer(47, "4000 0800 0000 0000 0800 00 04 0a000001 00000000", IN4), "gre"),
    "gre, ethernet": (outer(47, "0000 6558", FRAME), "gre"),
    "gre, mpls": (outer(47, "0000 8847 00064140", IN4), "gre"),
    # draft-foschiano-erspan: type I has no header of its own; II: version 1; III: version 2.
    "erspan i": (outer(47, "0000 88be", FRAME), "erspan"),
    "erspan ii": (outer(47, "1000 88be 00000001 1064 0005 00000000", FRAME), "erspan"),
    "erspan iii": (outer(47, "1000 22eb 00000001 2064 0005 00000063 0000 0000", FRAME), "erspan"),
    "erspan iii, subheader": (
        outer(47, "1000 22eb 00000001 2064 0005 00000063 0000 0001 1122334455667788", FRAME),
        "erspan",
    ),
    "erspan iii, IP": (outer(47, "1000 22eb 00000001 2064 0005 00000063 0000 0800", IN4), "erspan"),
    # RFC 2003 section 3.
    "ipip": (outer(4, "", IN4), "ipip"),
    "gtpu": (udp("0868 0868", GTPU, IN4), "gtpu"),
    "gtpu, sequence": (udp("0868 0868", GTPU_SEQUENCE, IN4), "gtpu"),
    "gtpu, extension": (udp("0868 0868", GTPU_EXTENSION, IN4), "gtpu"),
    # The outermost kind counts.
    "ipip around vxlan": (outer(4, "", udp("c000 12b5", VXLAN, FRAME)), "ipip"),
    "four deep": (outer(4, "", outer(4, "", outer(47, "0000 0800", outer(4, "", IN4)))), "ipip"),
}
FOUND_6 = {
    # RFC 4213 section 3.
    "6in4": (outer(41, "", IN6), "6in4"),
    "vxlan-gpe": (udp("c000 12b5", "0c000002 00126700", IN6), "vxlan"),
    "gre": (outer(47, "0000 86dd", IN6), "gre"),
    "teredo": (udp("c000 0dd8", "", IN6), "teredo"),
    "teredo, from the server": (udp("0dd8 c000", "0000 9c3f 3fffff00", IN6), "teredo"),
    "teredo, both indications": (udp("c000 0dd8", TEREDO_BOTH, IN6), "teredo"),
    # RFC 2473 section 3.1.
    "IPv6 in IPv6": (Ip6(source="2001:db8:9::9", protocol=41).pack(IN6), "ipip"),
}


@pytest.mark.parametrize("name", FOUND)
def test_ipv4_in_a_tunnel(name: str) -> None:
    data, kind = FOUND[name]
    assert tcp_of(RAW, data) == (kind, "10.1.1.1")
    assert tcp_of(ETHERNET, ethernet(data)) == (kind, "10.1.1.1")
    assert tcp_of(RAW, data, decapsulate=False) == (None, "not_tcp")


@pytest.mark.parametrize("name", FOUND_6)
def test_ipv6_in_a_tunnel(name: str) -> None:
    data, kind = FOUND_6[name]
    assert tcp_of(RAW, data) == (kind, "2001:db8::1")
    assert tcp_of(RAW, data, decapsulate=False) == (None, "not_tcp")


def test_a_tunnel_over_ipv6_with_extension_headers() -> None:
    body = bytes.fromhex("c00012b5") + (16 + len(FRAME)).to_bytes(2, "big") + bytes(2)
    data = Ip6(protocol=17, extensions=((60, bytes(7)),)).pack(body + bytes.fromhex(VXLAN) + FRAME)
    assert tcp_of(RAW, data) == ("vxlan", "10.1.1.1")


REFUSED = {
    "dns on no port of a tunnel": (udp("c000 0035", VXLAN, FRAME), "not_tcp"),
    "vxlan's port is the source": (udp("12b5 c000", VXLAN, FRAME), "not_tcp"),
    "vxlan without a network": (udp("c000 12b5", "00000000 00126700", FRAME), "not_tcp"),
    "vxlan-gpe that names what does not follow": (udp("c000 12b5", "0c000002 00126700", IN4), "not_ip"),
    "vxlan-gpe of another version": (udp("c000 12b5", "1c000001 00126700", IN4), "not_ip"),
    "the bit of QUIC, and no frame": (udp("c000 12b5", "48000000 00126700", bytes(60)), "not_tcp"),
    "the bit of QUIC, and no IP": (
        udp("c000 12b5", "48000000 00126700", ethernet(b"\x55" + IN4[1:], 0x0800)),
        "not_tcp",
    ),
    "the bit of QUIC, and nothing": (udp("c000 12b5", "48"), "not_tcp"),
    "vxlan too short": (udp("c000 12b5", "08000000 001267"), "not_tcp"),
    "vxlan with ARP": (udp("c000 12b5", VXLAN, ethernet(IN4, 0x0806)), "not_ip"),
    "geneve version 1": (udp("c000 17c1", "40006558 00000700", FRAME), "not_tcp"),
    "geneve options beyond the packet": (udp("c000 17c1", "3f006558 00000700", FRAME), "not_tcp"),
    "gre version 2": (outer(47, "3002 880b 0020 0001 00000001", IN4), "not_tcp"),
    "gre with CDP": (outer(47, "0000 2000", IN4), "not_ip"),
    "gre with 17 routes": (outer(47, "4000 0800 00000000" + "0800 00 00" * 17, IN4), "bad_link_header"),
    "erspan ii of version 3": (outer(47, "1000 88be 00000001 3064 0005 00000000", FRAME), "not_tcp"),
    "erspan iii of version 1": (
        outer(47, "1000 22eb 00000001 1064 0005 00000063 00000000", FRAME),
        "not_tcp",
    ),
    "erspan iii, frame type 1": (
        outer(47, "1000 22eb 00000001 2064 0005 00000063 00000400", FRAME),
        "not_ip",
    ),
    "gtpu echo request": (udp("0868 0868", "32010004 00000000 00000000"), "not_tcp"),
    "gtp prime": (udp("0868 0868", f"20ff {len(IN4):04x} 00000001", IN4), "not_tcp"),
    "gtpu longer than its datagram": (udp("0868 0868", "30ff ffff 00000001", IN4), "not_tcp"),
    "gtpu extension of length 0": (
        udp("0868 0868", f"34ff {len(IN4) + 8:04x} 00000001 00000085 00000000", IN4),
        "not_tcp",
    ),
    "teredo without IPv6": (udp("c000 0dd8", "", IN4), "not_tcp"),
    "a UDP length beyond the packet": (
        outer(17, bytes.fromhex("c00012b5 ffff 0000" + VXLAN) + FRAME),
        "not_tcp",
    ),
    "five deep": (
        outer(4, "", outer(4, "", outer(4, "", outer(4, "", outer(4, "", IN4))))),
        "not_tcp",
    ),
    "damaged inside": (outer(4, "", b"\x43" + IN4[1:]), "bad_ip_header"),
    "cut inside": (outer(4, "", IN4[:-1]), "truncated"),
    "flags inside": (outer(4, "", packet(INNER, Tcp(flags=0))), "bad_flags"),
    "udp inside": (outer(4, "", replace(INNER, protocol=17).pack(bytes(8))), "not_tcp"),
    "fragment inside": (outer(4, "", packet(replace(INNER, fragment=0x2000), Tcp())), "fragment"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_no_packet_in_a_tunnel(name: str) -> None:
    data, reason = REFUSED[name]
    assert tcp_of(RAW, data) == (None, reason)


@pytest.mark.parametrize(
    ("fragment", "protocol", "body", "reason"),
    [
        (0x2000, 47, bytes.fromhex("00000800") + IN4, "fragment"),
        (0x0003, 47, bytes(8), "fragment"),
        (0x2000, 4, IN4, "fragment"),
        (0x2000, 17, bytes.fromhex("c00012b5 0400 0000 08") + bytes(40), "fragment"),
        (0x2000, 17, bytes.fromhex("c0000035 0400 0000") + bytes(40), "not_tcp"),
        (0x0003, 17, bytes.fromhex("c00012b5 0400 0000") + bytes(40), "not_tcp"),
    ],
)
def test_fragments_of_the_outer_packet(fragment: int, protocol: int, body: bytes, reason: str) -> None:
    data = Ip4(fragment=fragment, protocol=protocol).pack(body)
    assert tcp_of(RAW, data) == (None, reason)
    assert tcp_of(RAW, data, decapsulate=False) == (None, "not_tcp")


def test_a_conversation_in_a_tunnel() -> None:
    """The MTU, the header and the flow are those of the packets inside."""
    ack = Tcp(seq=Tcp().seq + 1, ack=5001, flags=ACK, options=b"")
    frames = [
        (number, udp("c000 12b5", VXLAN, ethernet(data)))
        for number, data in enumerate((IN4, reply(INNER, Tcp()), packet(INNER, ack)))
    ]
    with hg.Analyzer(None) as analyzer:
        syn, syn_ack = analyzer.analyze_packets(frames)
        assert analyzer.stats.analysed == 3
    assert (syn.tunnel, syn_ack.tunnel) == ("vxlan", "vxlan")
    assert syn_ack.syn_ack is not None
    assert syn_ack.syn_ack.syn_seen
    assert syn.mtu is not None
    assert syn.mtu.observed.mtu == 1500


def test_fingerprint_tells_the_tunnel() -> None:
    assert hg.fingerprint(FOUND["gre"][0], None).tunnel == "gre"
    assert hg.fingerprint(IN4, None).tunnel is None
    assert hg.fingerprint(b"", None).tunnel is None


# IEEE 802.11 section 9.2.4: frame control, duration, three addresses, sequence control.
ADDRESSES = "020000000001 020000000002 020000000003"
DATA = f"0801 0000 {ADDRESSES} 1000"
FOUR = f"0803 0000 {ADDRESSES} 1000 020000000004"
QOS = f"8801 0000 {ADDRESSES} 1000 0000"
QOS_HT = f"8881 0000 {ADDRESSES} 1000 0000 00000000"
QOS_FOUR = f"8803 0000 {ADDRESSES} 1000 020000000004 0000"
A_MSDU = f"8801 0000 {ADDRESSES} 1000 8000 020000000005 020000000006 {8 + len(IN4):04x}"
# RFC 1042: SNAP, organisation 0, EtherType.
LLC = "aaaa03 000000 0800"
# radiotap: version, pad, length, present; with TSFT (aligned to 8) and Flags.
RADIOTAP = "0000 0800 00000000"
RADIOTAP_FCS = "0000 1100 03000000 0000000000000000 10"
RADIOTAP_PADDED = "0000 0900 02000000 20"
RADIOTAP_TWO_WORDS = "0000 0d00 02000080 00000000 00"
BAD_FCS = "0000 0900 02000000 40"
# OpenBSD's struct pfloghdr: length, address family and more.
PFLOG = "3d02" + "00" * 62

LINKS = {
    "802.3 with LLC": (1, "020000000001 020000000002 0044" + LLC),
    "802.3 behind a tag": (1, "020000000001 020000000002 8100 0005 0044" + LLC),
    "cooked with LLC": (113, "0000 0001 0006 0200000000010000 0004" + LLC),
    "wifi": (105, DATA + LLC),
    "wifi, four addresses": (105, FOUR + LLC),
    "wifi, qos": (105, QOS + LLC),
    "wifi, qos and ht control": (105, QOS_HT + LLC),
    "wifi, qos and four addresses": (105, QOS_FOUR + LLC),
    "wifi, first of an a-msdu": (105, A_MSDU + LLC),
    "radiotap": (127, RADIOTAP + DATA + LLC),
    "radiotap, padded header": (127, RADIOTAP_PADDED + QOS + "0000" + LLC),
    "radiotap, two words": (127, RADIOTAP_TWO_WORDS + DATA + LLC),
    "prism": (119, "00" * 144 + DATA + LLC),
    "avs as prism": (119, "80211001 00000040" + "00" * 56 + DATA + LLC),
    "avs": (163, "80211001 00000040" + "00" * 56 + DATA + LLC),
    "ppi": (192, "0000 0800 69000000" + DATA + LLC),
    "cisco hdlc": (104, "0f00 0800"),
    "fddi": (10, "50 020000000001 020000000002" + LLC),
    "pflog": (117, PFLOG),
    "pflog, longer": (117, "4502" + "00" * 70),
}


@pytest.mark.parametrize("name", LINKS)
def test_link_type(name: str) -> None:
    linktype, header = LINKS[name]
    assert tcp_of(linktype, bytes.fromhex(header) + IN4) == (None, "10.1.1.1")


def test_radiotap_with_a_checksum_behind_the_frame() -> None:
    frame = bytes.fromhex(RADIOTAP_FCS + DATA + LLC) + IN4
    assert tcp_of(127, frame + bytes(4)) == (None, "10.1.1.1")
    assert tcp_of(127, frame) == (None, "truncated")


LINKS_REFUSED = {
    "802.3 with spanning tree": (1, "020000000001 020000000002 0026 424203 000000 0000", "not_ip"),
    "802.3 with an organisation": (1, "020000000001 020000000002 0044 aaaa03 00000c 2001", "not_ip"),
    "wifi, beacon": (105, f"8000 0000 {ADDRESSES} 1000", "not_ip"),
    "wifi, acknowledgement": (105, "d400 0000 020000000001", "not_ip"),
    "wifi, no data": (105, f"4801 0000 {ADDRESSES} 1000", "not_ip"),
    "wifi, protected": (105, f"0841 0000 {ADDRESSES} 1000" + LLC, "encrypted"),
    "wifi, more fragments": (105, f"0805 0000 {ADDRESSES} 1000" + LLC, "fragment"),
    "wifi, second fragment": (105, f"0801 0000 {ADDRESSES} 1100" + LLC, "fragment"),
    "wifi, version 1": (105, f"0901 0000 {ADDRESSES} 1000" + LLC, "bad_link_header"),
    "radiotap, version 1": (127, "0100 0800 00000000" + DATA + LLC, "bad_link_header"),
    "radiotap, too short": (127, "0000 0700 00000000" + DATA + LLC, "bad_link_header"),
    "radiotap, flags beyond its end": (127, "0000 0800 02000000" + DATA + LLC, "bad_link_header"),
    "radiotap, words beyond its end": (127, "0000 0800 00000080" + DATA + LLC, "bad_link_header"),
    "radiotap, damaged on the air": (127, BAD_FCS + DATA + LLC, "bad_link_header"),
    "avs, too short": (163, "80211001 0000003f" + "00" * 56 + DATA + LLC, "bad_link_header"),
    "ppi with another link": (192, "0000 0800 93000000" + DATA + LLC, "unsupported_linktype"),
    "cisco hdlc, keepalive": (104, "8f00 8035", "not_ip"),
    "pflog of before 2002": (117, "1c02" + "00" * 26, "bad_link_header"),
    "pflog, another family": (117, "3d07" + "00" * 62, "not_ip"),
}


@pytest.mark.parametrize("name", LINKS_REFUSED)
def test_no_packet_on_a_link(name: str) -> None:
    linktype, header, reason = LINKS_REFUSED[name]
    assert tcp_of(linktype, bytes.fromhex(header) + IN4) == (None, reason)


@pytest.mark.parametrize("name", LINKS)
def test_every_cut_is_truncated(name: str) -> None:
    linktype, header = LINKS[name]
    data = bytes.fromhex(header) + IN4
    assert {tcp_of(linktype, data[:end])[1] for end in range(len(data))} == {"truncated"}


@pytest.mark.parametrize("name", FOUND)
def test_every_cut_of_a_tunnel_is_truncated(name: str) -> None:
    """Without the ports of UDP it is no tunnel, and with the bit of QUIC none before an IP header is seen."""
    data, _ = FOUND[name]
    reasons = [tcp_of(RAW, data[:end])[1] for end in range(len(data))]
    assert set(reasons) <= {"truncated", "not_tcp"}
    proven_late = 8 + 8 + len(FRAME) - len(IN4) + 1
    assert reasons.count("not_tcp") in ((4 + proven_late - 9,) if "bit of QUIC" in name else (0, 4))
