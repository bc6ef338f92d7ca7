"""TCP/IP packets built field by field, with valid checksums unless told otherwise."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, ip_address

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))
NS = 1 << 8

NOP = b"\x01"
SOK = b"\x04\x02"


def mss(value: int) -> bytes:
    """Maximum segment size option."""
    return struct.pack("!BBH", 2, 4, value)


def wscale(shift: int) -> bytes:
    """Window scale option."""
    return bytes((3, 3, shift))


def timestamps(own: int, peer: int = 0) -> bytes:
    """Timestamps option."""
    return struct.pack("!BBII", 8, 10, own, peer)


def eol(pad: int) -> bytes:
    """End of options, followed by ``pad`` zero bytes."""
    return bytes(1 + pad)


LINUX_OPTIONS = mss(1460) + SOK + timestamps(1234567) + NOP + wscale(7)


@dataclass(frozen=True, slots=True)
class Tcp:
    """A TCP segment; ``header_words`` overrides the data offset (4-byte words)."""

    sport: int = 40000
    dport: int = 80
    seq: int = 0x11223344
    ack: int = 0
    flags: int = SYN
    window: int = 29200
    options: bytes = LINUX_OPTIONS
    payload: bytes = b""
    urgent: int = 0
    header_words: int | None = None

    def pack(self) -> bytes:
        """The segment with checksum 0."""
        if len(self.options) % 4 and self.header_words is None:
            raise ValueError("options are no multiple of 4 bytes")
        words = 5 + len(self.options) // 4 if self.header_words is None else self.header_words
        fixed = struct.pack(
            "!HHIIHHHH",
            self.sport,
            self.dport,
            self.seq % 2**32,
            self.ack % 2**32,
            words << 12 | self.flags,
            self.window,
            0,
            self.urgent,
        )
        return fixed + self.options + self.payload


@dataclass(frozen=True, slots=True)
class Ip4:
    """An IPv4 header; ``total_length`` and ``header_words`` override the true values."""

    source: str = "192.0.2.1"
    destination: str = "198.51.100.2"
    ttl: int = 64
    tos: int = 0
    identification: int = 0x1234
    fragment: int = 0x4000
    options: bytes = b""
    protocol: int = 6
    total_length: int | None = None
    header_words: int | None = None

    def pack(self, body: bytes) -> bytes:
        """Header and ``body``."""
        length = 20 + len(self.options)
        words = length // 4 if self.header_words is None else self.header_words
        total = length + len(body) if self.total_length is None else self.total_length
        header = bytearray(
            struct.pack(
                "!BBHHHBBH",
                0x40 | words,
                self.tos,
                total,
                self.identification,
                self.fragment,
                self.ttl,
                self.protocol,
                0,
            )
        )
        header += IPv4Address(self.source).packed + IPv4Address(self.destination).packed + self.options
        header[10:12] = checksum(bytes(header)).to_bytes(2, "big")
        return bytes(header) + body


@dataclass(frozen=True, slots=True)
class Ip6:
    """An IPv6 header; ``extensions`` is a chain of (kind, body after the first byte)."""

    source: str = "2001:db8::1"
    destination: str = "2001:db8::2"
    ttl: int = 64
    tos: int = 0
    flow_label: int = 0
    extensions: tuple[tuple[int, bytes], ...] = ()
    protocol: int = 6
    payload_length: int | None = None

    def pack(self, body: bytes) -> bytes:
        """Header, extension headers and ``body``."""
        kinds = [kind for kind, _ in self.extensions] + [self.protocol]
        chain = b"".join(
            bytes((following,)) + rest
            for following, (_, rest) in zip(kinds[1:], self.extensions, strict=True)
        )
        length = len(chain) + len(body) if self.payload_length is None else self.payload_length
        words = 6 << 28 | self.tos << 20 | self.flow_label
        header = struct.pack("!IHBB", words, length, kinds[0], self.ttl)
        return header + IPv6Address(self.source).packed + IPv6Address(self.destination).packed + chain + body


Ip = Ip4 | Ip6


def packet(ip: Ip, tcp: Tcp) -> bytes:
    """An IP packet around a TCP segment, TCP checksum filled in."""
    segment = bytearray(tcp.pack())
    pseudo = ip_address(ip.source).packed + ip_address(ip.destination).packed
    pseudo += struct.pack("!II", len(segment), ip.protocol)
    segment[16:18] = checksum(pseudo + bytes(segment)).to_bytes(2, "big")
    return ip.pack(bytes(segment))


def reply(ip: Ip, tcp: Tcp, **fields: object) -> bytes:
    """The SYN+ACK to ``tcp``; ``fields`` replace those of the TCP segment."""
    answer = replace(
        tcp,
        sport=tcp.dport,
        dport=tcp.sport,
        seq=5000,
        ack=tcp.seq + 1,
        flags=SYN | ACK,
    )
    answer = replace(answer, **fields)  # type: ignore[arg-type]
    return packet(replace(ip, source=ip.destination, destination=ip.source), answer)


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    padded = data + b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


MACS = bytes.fromhex("0011223344550066778899aa")


def ethernet(body: bytes, ethertype: int | None = None, tags: tuple[tuple[int, int], ...] = ()) -> bytes:
    """An Ethernet frame; each tag is (TPID, TCI), outermost first."""
    if ethertype is None:
        ethertype = 0x86DD if body[:1] and body[0] >> 4 == 6 else 0x0800
    shim = b"".join(struct.pack("!HH", tpid, tci) for tpid, tci in tags)
    return MACS + shim + struct.pack("!H", ethertype) + body
