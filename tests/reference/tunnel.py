"""Tunnels: from behind an IP header to the IP header of the packet inside."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.drops import Drop, DroppedError
from tests.reference.link import ip_offset, offset_after, u16

IP4_PROTOCOL, UDP_PROTOCOL, IP6_PROTOCOL, GRE_PROTOCOL = 4, 17, 41, 47
ETHERIP, L2TP, MPLS, ETHERNET = 97, 115, 137, 143
PROTOCOLS = (IP4_PROTOCOL, UDP_PROTOCOL, IP6_PROTOCOL, GRE_PROTOCOL, ETHERIP, L2TP, MPLS, ETHERNET)
MAX_TUNNELS = 4

PORTS = {4789: "vxlan", 8472: "vxlan", 6081: "geneve", 2152: "gtpu", 3544: "teredo", 1701: "l2tp"}
SENDING_PORTS = (3544, 1701)
"""Those that are also sent from; others are only destinations."""

FIRST_BYTES = {
    "vxlan": lambda first: first & 0b0000_1000 != 0,  # number valid
    "geneve": lambda first: first < 64,  # version 0
    "gtpu": lambda first: first & 0xF0 == 0x30,  # version 1, GTP
    "teredo": lambda first: first == 0 or first >> 4 == 6,  # an indication, or IPv6
    "l2tp": lambda first: first & 0b1011_0100 == 0,  # data, nothing reserved
}

QUIC = 0b0100_0000
"""Set in all packets of QUIC, and reserved in VXLAN."""

ETHERNET_LINKTYPE = 1
ETHERNET_TYPE, ERSPAN_TYPE, ERSPAN_3_TYPE = 0x6558, 0x88BE, 0x22EB
MAX_ROUTES = 16
MAX_GTPU_EXTENSIONS = 8


@dataclass(slots=True)
class Rest:
    """What is left of a packet: captured bytes, and how many there were on the wire."""

    data: bytes
    wire: int
    offset: int
    """Where ``data`` begins in the frame."""

    def need(self, count: int) -> None:
        """Refuse a packet without so many bytes: cut, or no tunnel at all."""
        if self.wire < count:
            raise DroppedError(Drop.NOT_TCP)
        if len(self.data) < count:
            raise DroppedError(Drop.TRUNCATED)

    def take(self, count: int) -> bytes:
        """The next bytes, which are then behind us."""
        self.need(count)
        taken = self.data[:count]
        self.data, self.wire, self.offset = self.data[count:], self.wire - count, self.offset + count
        return taken

    def limit(self, count: int) -> None:
        """Leave off what is behind ``count`` bytes, which must not be more than there were."""
        if count > self.wire:
            raise DroppedError(Drop.NOT_TCP)
        self.data, self.wire = self.data[:count], count

    def skip(self, count: int) -> None:
        """Go on by bytes that are known to have been captured."""
        self.data, self.wire, self.offset = self.data[count:], self.wire - count, self.offset + count


def enter(protocol: int, version: int, rest: Rest) -> str:
    """Move ``rest`` to the IP header inside; the kind of the tunnel. Raises ``DroppedError``."""
    if protocol == GRE_PROTOCOL:
        return _gre(rest)
    if protocol == UDP_PROTOCOL:
        return _udp(rest)
    if protocol == ETHERIP:
        if len(rest.data) < 2:
            raise DroppedError(Drop.TRUNCATED)
        rest.take(2)
        _ethernet(rest)
        return "etherip"
    if protocol == ETHERNET:
        _ethernet(rest)
        return "etherip"
    if protocol == L2TP:
        return _l2tp3(rest)
    if protocol == MPLS:
        rest.skip(offset_after(rest.data, 0x8847, 0))
        return "mpls"
    return "6in4" if (protocol, version) == (IP6_PROTOCOL, 4) else "ipip"


def network_number(kind: str, data: bytes) -> int:
    """The number of the network within a tunnel: of VXLAN and GENEVE, or the key of GRE; 0 without one.

    `data` is what follows the IP header.
    """
    if kind in ("vxlan", "geneve"):
        return int.from_bytes(data[12:15], "big")
    if kind in ("gre", "erspan") and data[0] & 0x20:
        begin = 8 if data[0] & 0xC0 else 4
        return int.from_bytes(data[begin : begin + 4], "big")
    return 0


def port_kind(data: bytes) -> str | None:
    """The tunnel that the ports of a UDP header name; None also when they were not captured.

    None as well when the first byte behind the header cannot be the tunnel's.
    """
    if len(data) < 4:
        return None
    kind = PORTS.get(u16(data, 2))
    if kind is None and u16(data, 0) in SENDING_PORTS:
        kind = PORTS[u16(data, 0)]
    if kind is None or not data[8:9]:
        return kind
    if not FIRST_BYTES[kind](data[8]) or (
        kind == "vxlan" and data[8] & QUIC and not _holds_ip(data[: u16(data, 4) or None])
    ):
        return None
    rest = Rest(data, 65535, 0)
    try:
        _udp_header(rest)
        UDP_HEADERS[kind](rest)
    except DroppedError as dropped:
        return None if dropped.reason == Drop.NOT_TCP else kind
    return kind


def _holds_ip(data: bytes) -> bool:
    """Whether a VXLAN header behind that of UDP leads to an IP header."""
    rest = Rest(data, len(data), 0)
    try:
        rest.take(8)
        _vxlan(rest)
        _expect_ip(rest)
    except DroppedError:
        return False
    return True


def _ethernet(rest: Rest) -> None:
    rest.skip(ip_offset(ETHERNET_LINKTYPE, rest.data))


def _content(rest: Rest, ethertype: int) -> None:
    if ethertype == ETHERNET_TYPE:
        _ethernet(rest)
    else:
        rest.skip(offset_after(rest.data, ethertype, 0))


def _expect_ip(rest: Rest) -> None:
    if not rest.data:
        raise DroppedError(Drop.TRUNCATED)
    if rest.data[0] >> 4 not in (4, 6):
        raise DroppedError(Drop.NOT_IP)


def _gre(rest: Rest) -> str:
    header = rest.take(4)
    checksum, routing, key, sequence = (bool(header[0] & bit) for bit in (0x80, 0x40, 0x20, 0x10))
    if header[1] & 7 == 1:
        return _gre_1(rest, header, sequence=sequence)
    if header[1] & 7:
        raise DroppedError(Drop.NOT_TCP)
    rest.take(4 * ((checksum or routing) + key + sequence))
    if routing:
        _routes(rest)
    ethertype = u16(header, 2)
    if ethertype == ERSPAN_TYPE:
        if sequence and rest.take(8)[0] >> 4 != 1:
            raise DroppedError(Drop.NOT_TCP)
        _ethernet(rest)
    elif ethertype == ERSPAN_3_TYPE:
        _erspan_3(rest)
    else:
        _content(rest, ethertype)
        return "gre"
    return "erspan"


def _gre_1(rest: Rest, header: bytes, *, sequence: bool) -> str:
    """EoIP, or PPTP with data."""
    rest.take(4 + 4 * sequence + 4 * (header[1] >> 7))
    if header == bytes.fromhex("20016400"):
        _ethernet(rest)
        return "eoip"
    if header[2:] != b"\x88\x0b" or not sequence:
        raise DroppedError(Drop.NOT_TCP)
    rest.skip(ip_offset(9, rest.data))
    return "pptp"


def _l2tp3(rest: Rest) -> str:
    """A session, a cookie and numbers of unknown length, then a frame of Ethernet or PPP with IP."""
    session = rest.take(4)
    for begin in range(0, 13, 4):
        data = rest.data[begin:]
        ethertype = u16(data, 12)
        starts = {0x0800: 4, 0x86DD: 6}
        if not any(session) or len(data) < 5:
            break
        is_ppp = (data[:4], data[4] >> 4) in ((b"\xff\x03\0!", 4), (b"\xff\x03\0W", 6))
        if is_ppp or (len(data) > 14 and starts.get(ethertype) == data[14] >> 4):
            rest.skip(begin)
            rest.skip(ip_offset(9 if is_ppp else ETHERNET_LINKTYPE, rest.data))
            return "l2tp"
    raise DroppedError(Drop.NOT_TCP)


def _routes(rest: Rest) -> None:
    for _ in range(MAX_ROUTES):
        entry = rest.take(4)
        if entry[:2] == b"\0\0" and entry[3] == 0:
            return
        rest.take(entry[3])
    raise DroppedError(Drop.BAD_LINK_HEADER)


def _erspan_3(rest: Rest) -> None:
    header = rest.take(12)
    if header[0] >> 4 != 2:
        raise DroppedError(Drop.NOT_TCP)
    if header[11] & 1:
        rest.take(8)
    frame_type = header[10] >> 2 & 31
    if frame_type == 0:
        _ethernet(rest)
    elif frame_type != 2:
        raise DroppedError(Drop.NOT_IP)


def _udp(rest: Rest) -> str:
    kind = port_kind(rest.data)
    if kind is None:
        raise DroppedError(Drop.NOT_TCP)
    _udp_header(rest)
    UDP_HEADERS[kind](rest)
    return kind


def _udp_header(rest: Rest) -> None:
    rest.need(8)
    length = u16(rest.data, 4)
    if length in range(1, 8):
        raise DroppedError(Drop.NOT_TCP)
    if length != 0:  # 0: a datagram of more than 65,535 bytes
        rest.limit(length)
    rest.take(8)


def _vxlan(rest: Rest) -> None:
    header = rest.take(8)
    is_gpe = header[0] & 0b0011_0100 == 0b0000_0100  # version 0, a protocol is named
    version = {1: 4, 2: 6}.get(header[3]) if is_gpe else None
    if version is None or not rest.data or rest.data[0] >> 4 != version:
        _ethernet(rest)


def _geneve(rest: Rest) -> None:
    header = rest.take(8)
    rest.take((header[0] & 63) * 4)
    _content(rest, u16(header, 2))


def _gtpu(rest: Rest) -> None:
    header = rest.take(8)
    if header[1] != 255:
        raise DroppedError(Drop.NOT_TCP)
    rest.limit(u16(header, 2))
    if header[0] & 7:
        following = rest.take(4)[3]
        if header[0] & 4:
            _gtpu_extensions(rest, following)
    _expect_ip(rest)


def _gtpu_extensions(rest: Rest, following: int) -> None:
    count = 0
    while following:
        if count == MAX_GTPU_EXTENSIONS:
            raise DroppedError(Drop.BAD_LINK_HEADER)
        rest.need(1)
        if rest.data[0] == 0:
            raise DroppedError(Drop.NOT_TCP)
        following = rest.take(rest.data[0] * 4)[-1]
        count += 1


def _teredo(rest: Rest) -> None:
    if len(rest.data) >= 4 and rest.data[:2] == b"\0\1":
        rest.take(4 + rest.data[2] + rest.data[3] + 9)
    if rest.data[:2] == b"\0\0":
        rest.take(8)
    rest.need(1)
    if rest.data[0] >> 4 != 6:
        raise DroppedError(Drop.NOT_TCP)


def _l2tp(rest: Rest) -> None:
    """Version 2 (RFC 2661 section 3.1) with PPP, or version 3 over UDP (RFC 3931 section 4.1.2)."""
    flags = u16(rest.take(2), 0)
    if flags & 0xB4F0 or flags & 15 not in (2, 3):
        raise DroppedError(Drop.NOT_TCP)
    if flags & 15 == 3:
        rest.take(2)
        _l2tp3(rest)
        return
    has_length, has_numbers, has_offset = (bool(flags & bit) for bit in (0x4000, 0x0800, 0x0200))
    header = rest.take(4 + 2 * has_length + 4 * has_numbers + 2 * has_offset)
    if has_offset:
        rest.take(u16(header, len(header) - 2))
    rest.skip(ip_offset(9, rest.data))


UDP_HEADERS = {"vxlan": _vxlan, "geneve": _geneve, "gtpu": _gtpu, "teredo": _teredo, "l2tp": _l2tp}
