"""Tunnels: from behind an IP header to the IP header of the packet inside."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.drops import Drop, DroppedError
from tests.reference.link import ip_offset, offset_after, u16

IP4_PROTOCOL, UDP_PROTOCOL, IP6_PROTOCOL, GRE_PROTOCOL = 4, 17, 41, 47
PROTOCOLS = (IP4_PROTOCOL, UDP_PROTOCOL, IP6_PROTOCOL, GRE_PROTOCOL)
MAX_TUNNELS = 4

PORTS = {4789: "vxlan", 8472: "vxlan", 6081: "geneve", 2152: "gtpu", 3544: "teredo"}
TEREDO_PORT = 3544

FIRST_BYTES = {
    "vxlan": lambda first: first & 0b0000_1000 != 0,  # number valid
    "geneve": lambda first: first < 64,  # version 0
    "gtpu": lambda first: first & 0xF0 == 0x30,  # version 1, GTP
    "teredo": lambda first: first == 0 or first >> 4 == 6,  # an indication, or IPv6
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
    if kind is None and u16(data, 0) == TEREDO_PORT:
        kind = "teredo"
    if kind is None or not data[8:9]:
        return kind
    if not FIRST_BYTES[kind](data[8]) or (kind == "vxlan" and data[8] & QUIC and not _holds_ip(data)):
        return None
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
    rest.need(8)
    length = u16(rest.data, 4)
    if length < 8:
        raise DroppedError(Drop.NOT_TCP)
    rest.limit(length)
    rest.take(8)
    {"vxlan": _vxlan, "geneve": _geneve, "gtpu": _gtpu, "teredo": _teredo}[kind](rest)
    return kind


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
