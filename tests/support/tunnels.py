"""Headers of tunnels and of 802.11, built field by field."""

from __future__ import annotations

import struct
from dataclasses import replace
from random import Random

from tests.support.packets import MACS, Ip4, Ip6, ethernet

VXLAN, VXLAN_OLD, GENEVE, GTPU, TEREDO = 4789, 8472, 6081, 2152, 3544
GRE, IP4, IP6, UDP = 47, 4, 41, 17
TEB, ERSPAN_TYPE, ERSPAN_3_TYPE = 0x6558, 0x88BE, 0x22EB

OUTER = Ip4(source="203.0.113.1", destination="203.0.113.2")
OUTER_6 = Ip6(source="2001:db8:ff::1", destination="2001:db8:ff::2")


def ethertype_of(packet: bytes) -> int:
    """0x0800 or 0x86DD."""
    return 0x86DD if packet[:1] and packet[0] >> 4 == 6 else 0x0800


def carried(protocol: int, body: bytes, outer: Ip4 | Ip6 = OUTER) -> bytes:
    """An IP packet around ``body``."""
    return replace(outer, protocol=protocol).pack(body)


def udp(port: int, body: bytes, *, sport: int = 49152, length: int | None = None) -> bytes:
    """A UDP datagram without checksum; ``length`` overrides the true one."""
    return struct.pack("!HHHH", sport, port, 8 + len(body) if length is None else length, 0) + body


def vxlan(frame: bytes, *, flags: int = 0x08, network: int = 4711, following: int = 0) -> bytes:
    """RFC 7348 section 5; ``following`` is the protocol that VXLAN-GPE names."""
    return struct.pack("!BxxBI", flags, following, network << 8) + frame


def geneve(body: bytes, *, protocol: int = TEB, options: bytes = b"", version: int = 0) -> bytes:
    """RFC 8926 section 3.4; ``options`` are a multiple of 4 bytes."""
    return struct.pack("!BBHI", version << 6 | len(options) // 4, 0, protocol, 7 << 8) + options + body


def gre(
    body: bytes,
    protocol: int,
    *,
    checksum: bool = False,
    routes: bytes | None = None,
    key: int | None = None,
    sequence: int | None = None,
    version: int = 0,
) -> bytes:
    """RFC 2784 section 2, RFC 2890 section 2, and for ``routes`` RFC 1701."""
    flags = (
        checksum << 15 | (routes is not None) << 14 | (key is not None) << 13 | (sequence is not None) << 12
    )
    header = struct.pack("!HH", flags | version, protocol)
    if checksum or routes is not None:
        header += bytes(4)
    header += b"".join(struct.pack("!I", value) for value in (key, sequence) if value is not None)
    return header + (routes or b"") + body


def erspan(frame: bytes, *, version: int = 1) -> bytes:
    """Type II, GRE included: draft-foschiano-erspan section 4.2."""
    header = struct.pack("!HHI", version << 12 | 100, 5, 0)
    return gre(header + frame, ERSPAN_TYPE, sequence=1)


def erspan_3(body: bytes, *, frame_type: int = 0, sub: bytes = b"") -> bytes:
    """Type III, GRE included: draft-foschiano-erspan section 4.3."""
    header = struct.pack("!HHIHH", 2 << 12 | 100, 5, 99, 0, frame_type << 10 | bool(sub))
    return gre(header + sub + body, ERSPAN_3_TYPE, sequence=1)


def gtpu(
    body: bytes,
    *,
    flags: int = 0x30,
    message: int = 255,
    optional: bytes = b"",
    length: int | None = None,
) -> bytes:
    """3GPP TS 29.281 section 5.1; ``optional`` is what the last three flags announce."""
    count = len(optional) + len(body) if length is None else length
    return struct.pack("!BBHI", flags, message, count, 0xABCD) + optional + body


def teredo(packet: bytes, *, authentication: bytes | None = None, origin: bool = False) -> bytes:
    """RFC 4380 section 5.1.1; ``authentication`` is the client's identifier."""
    header = b""
    if authentication is not None:
        header += struct.pack("!HBB", 1, len(authentication), 0) + authentication + bytes(9)
    if origin:
        header += bytes.fromhex("0000 9c40 3fffff00")
    return header + packet


def snap(packet: bytes) -> bytes:
    """RFC 1042."""
    return bytes.fromhex("aaaa03000000") + ethertype_of(packet).to_bytes(2, "big") + packet


def wifi(
    packet: bytes,
    *,
    qos: bool = False,
    four_addresses: bool = False,
    ht_control: bool = False,
    flags: int = 0x01,
    sequence: int = 0,
    pad: bool = False,
    a_msdu: bool = False,
) -> bytes:
    """A data frame: IEEE 802.11 section 9.3.2."""
    flags |= (0x03 if four_addresses else 0) | (0x80 if ht_control else 0)
    header = bytes((0x88 if qos else 0x08, flags)) + bytes(2) + MACS + MACS[:6]
    header += struct.pack("<H", sequence) + (MACS[:6] if four_addresses else b"")
    if qos:
        header += bytes((0x80 if a_msdu else 0, 0)) + (bytes(4) if ht_control else b"")
    header += bytes(-len(header) % 4) if pad else b""
    body = snap(packet)
    return header + (MACS + len(body).to_bytes(2, "big") if a_msdu else b"") + body


def radiotap(frame: bytes, *, flags: int | None = None, tsft: bool = False, more_words: int = 0) -> bytes:
    """https://www.radiotap.org; ``flags`` is its field of that name."""
    present = [tsft | (flags is not None) << 1] + [0] * more_words
    for index in range(more_words):
        present[index] |= 1 << 31
    fields = b"".join(struct.pack("<I", word) for word in present)
    if tsft:
        fields += bytes(-(4 + len(fields)) % 8 + 8)
    if flags is not None:
        fields += bytes((flags,))
    return struct.pack("<BBH", 0, 0, 4 + len(fields)) + fields + frame


def ppi(frame: bytes, *, dlt: int = 105) -> bytes:
    """An 8-byte header without fields."""
    return struct.pack("<BBHI", 0, 0, 8, dlt) + frame


def avs(frame: bytes) -> bytes:
    """Version 1: 64 bytes."""
    return struct.pack("!II56x", 0x80211001, 64) + frame


def random_tunnel(random: Random, inner: bytes) -> bytes:
    """``inner`` in a tunnel of any kind, now and then in an unusual form."""
    outer: Ip4 | Ip6 = random.choice((OUTER, OUTER, OUTER, OUTER_6, Ip4(fragment=random.choice((0x2000, 3)))))
    frame = ethernet(inner, tags=random.choice(((), (), ((0x8100, 5),))))
    kind = random.randrange(10)
    if kind < 2:
        return carried(random.choice((IP4, IP6)), inner, outer)
    if kind < 5:
        return carried(GRE, random_gre(random, inner, frame), outer)
    body, port = random.choice(
        (
            (
                vxlan(frame, flags=random.choice((8, 8, 8, 8, 0x88, 0xFF, 0x48, 0))),
                random.choice((VXLAN, VXLAN_OLD)),
            ),
            (
                vxlan(
                    random.choice((frame, inner, inner)),
                    flags=random.choice((0x0C, 0x0C, 0x4C, 0x1C)),
                    following=random.choice((1, 1, 2, 3)),
                ),
                VXLAN,
            ),
            (geneve(frame, options=bytes(random.choice((0, 4, 252)))), GENEVE),
            (geneve(inner, protocol=ethertype_of(inner), version=random.choice((0, 0, 1))), GENEVE),
            (random_gtpu(random, inner), GTPU),
            (random_teredo(random, inner), TEREDO),
            (random_teredo(random, inner), TEREDO),
        )
    )
    sport, port = (port, 40000) if random.random() < 0.1 else (49152, port)
    length = random.choice((None,) * 8 + (7, 8, 20, 9000))
    return carried(UDP, udp(port, body, sport=sport, length=length), outer)


def random_gre(random: Random, inner: bytes, frame: bytes) -> bytes:
    """GRE or ERSPAN."""
    kind = random.randrange(6)
    if kind == 0:
        return erspan(frame, version=random.choice((1, 1, 1, 2)))
    if kind == 1:
        frame_type = random.choice((0, 0, 2, 1))
        sub = random.choice((b"", bytes(8)))
        return erspan_3(inner if frame_type == 2 else frame, frame_type=frame_type, sub=sub)
    if kind == 2:
        return gre(frame, random.choice((TEB, TEB, ERSPAN_TYPE, 0x0806)))
    route = struct.pack("!HBB", 0x0800, 0, 4) + bytes(4)
    routes = route * random.choice((1, 2, 15, 16)) + bytes(4)
    return gre(
        inner,
        ethertype_of(inner),
        checksum=random.random() < 0.3,
        routes=routes if random.random() < 0.2 else None,
        key=random.choice((None, 9)),
        sequence=random.choice((None, 3)),
        version=random.choice((0, 0, 0, 0, 1)),
    )


def random_teredo(random: Random, inner: bytes) -> bytes:
    """Teredo with or without its indications."""
    authentication = random.choice((None, None, b"", b"me"))
    return teredo(inner, authentication=authentication, origin=random.random() < 0.3)


def random_gtpu(random: Random, inner: bytes) -> bytes:
    """GTP-U with or without sequence number and extension headers."""
    optional, flags = b"", 0x30
    if random.random() < 0.5:
        flags = random.choice((0x32, 0x34, 0x36, 0x31))
        count = random.choice((0, 1, 2, 8, 9))
        extensions = b"".join(
            bytes((1, 0, 0, 0x85 if index + 1 < count else 0)) for index in range(count if flags & 4 else 0)
        )
        optional = bytes((0, 1, 0, 0x85 if count else 0)) + extensions
    message = random.choice((255, 255, 255, 1))
    length = random.choice((None,) * 6 + (0, 9000))
    return gtpu(inner, flags=flags, message=message, optional=optional, length=length)


def random_wifi(random: Random, inner: bytes) -> bytes:
    """An 802.11 frame, mostly with data that can be read."""
    return wifi(
        inner,
        qos=random.random() < 0.5,
        four_addresses=random.random() < 0.2,
        ht_control=random.random() < 0.2,
        flags=random.choice((1, 1, 2, 2, 0x41, 0x05)),
        sequence=random.choice((0, 0x10, 0x10, 1)),
        a_msdu=random.random() < 0.2,
    )


def random_radio(random: Random, linktype: int, inner: bytes) -> bytes:
    """A frame of one of the link types for 802.11."""
    frame = random_wifi(random, inner)
    if linktype == 127:
        flags = random.choice((None, 0, 0x10, 0x20, 0x50))
        padded = wifi(inner, qos=True, pad=True) if flags == 0x20 else frame
        tail = bytes(4) if flags == 0x10 else b""
        tsft, words = random.random() < 0.5, random.choice((0, 0, 1, 2))
        return radiotap(padded + tail, flags=flags, tsft=tsft, more_words=words)
    if linktype == 192:
        return ppi(frame, dlt=random.choice((105, 105, 105, 1)))
    if linktype in (119, 163):
        return avs(frame) if linktype == 163 or random.random() < 0.5 else bytes(144) + frame
    return frame
