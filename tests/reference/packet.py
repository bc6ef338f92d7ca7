"""From the bytes of a frame to what a signature is compared with, or to a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from sigcompiler.vocabulary import NO_QUIRKS, Direction, Quirk, WindowKind
from tests.reference.drops import Drop, DroppedError, need
from tests.reference.link import ip_offset, u16
from tests.reference.options import Options, parse_options
from tests.reference.tunnel import (
    MAX_TUNNELS,
    PROTOCOLS,
    UDP_PROTOCOL,
    Rest,
    enter,
    network_number,
    port_kind,
)
from tests.reference.wifi import trailer

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))
NS = 1 << 8
TYPE_BITS = SYN | ACK | FIN | RST

TCP = 6
WALKED_EXTENSIONS = (0, 43, 51, 60, 135, 139, 140)
FRAGMENT_HEADER = 44
ICMP6 = 58
AUTHENTICATION_HEADER = 51
MAX_EXTENSIONS = 182

Address = IPv4Address | IPv6Address


Tunnel = tuple[str, frozenset[Address], int]
"""Its kind, its ends in no order, and the number of the network in it."""
Network = tuple[Tunnel, ...]
Place = tuple[Network, Address]


@dataclass(frozen=True, slots=True)
class Observation:
    """One TCP packet: what identifies its flow and what is compared with signatures.

    ``headers`` is the length in bytes from the start of the IP header to the end of the
    TCP options; ``payload`` the length of the TCP payload by the IP header's account.
    ``tunnel`` is the outermost that it came in, ``offset`` that of its IP header in the frame,
    ``tcp_options`` the bytes of its TCP options. ``network`` identifies the tunnels: equal addresses in
    different networks are different hosts.
    """

    version: int
    source: Address
    destination: Address
    sport: int
    dport: int
    ttl: int
    tos: int
    olen: int
    flags: int
    seq: int
    ack: int
    window: int
    mss: int
    wscale: int
    ts1: int
    ts2: int
    options: tuple[int, ...]
    eol_pad: int
    quirks: Quirk
    payload: int
    headers: int
    tunnel: str | None = None
    offset: int = 0
    tcp_options: int = 0
    network: Network = ()

    @property
    def sender(self) -> Place:
        """The source, and the network that it is in."""
        return self.network, self.source

    @property
    def receiver(self) -> Place:
        """The destination, and the network that it is in."""
        return self.network, self.destination

    @property
    def type(self) -> int:
        """The flags that decide what kind of packet it is."""
        return self.flags & TYPE_BITS

    @property
    def direction(self) -> Direction:
        """Which signatures it is compared with."""
        return Direction.RESPONSE if self.type == SYN | ACK else Direction.REQUEST


@dataclass(frozen=True, slots=True)
class _Ip:
    """The IP layer of a packet; offsets count from the start of the IP header."""

    version: int
    source: Address
    destination: Address
    ttl: int
    tos: int
    olen: int
    protocol: int
    body: int
    end: int
    quirks: Quirk


def read_frame(
    linktype: int, data: bytes, wire_length: int | None = None, *, decapsulate: bool = True
) -> Observation | Drop:
    """Read one frame; ``wire_length`` is what it had on the wire, never less than captured."""
    return _read_frame(linktype, data, max(len(data), wire_length or 0), decapsulate)


@lru_cache(maxsize=1 << 16)  # whoever compares two sides reads each capture twice
def _read_frame(linktype: int, data: bytes, wire: int, decapsulate: bool) -> Observation | Drop:
    try:
        wire -= trailer(linktype, data, wire)
        data = data[:wire]
        offset = ip_offset(linktype, data)
        return _read_layers(Rest(data[offset:], wire - offset, offset), decapsulate)
    except DroppedError as dropped:
        return dropped.reason


def _read_layers(rest: Rest, decapsulate: bool) -> Observation:
    """The packet, or the one inside all tunnels."""
    tunnels: list[Tunnel] = []
    while True:
        may_enter = decapsulate and len(tunnels) < MAX_TUNNELS
        ip = _read_ip(rest.data, rest.wire, (TCP, *PROTOCOLS) if may_enter else (TCP,))
        if ip.protocol == TCP:
            seen = _read_tcp(rest.data, ip)
            kind = tunnels[0][0] if tunnels else None
            return replace(seen, tunnel=kind, offset=rest.offset, network=tuple(tunnels))
        rest.wire = max(rest.wire, ip.end)  # a longer one was cut on its way here
        rest.limit(ip.end)
        rest.skip(ip.body)
        inside = rest.data
        kind = enter(ip.protocol, ip.version, rest)
        tunnels.append((kind, frozenset((ip.source, ip.destination)), network_number(kind, inside)))


def _read_ip(data: bytes, wire: int, wanted: tuple[int, ...]) -> _Ip:
    need(data, 20)
    version = data[0] >> 4
    if version == 4:
        return _read_ipv4(data, wire, wanted)
    if version == 6:
        return _read_ipv6(data, wire, wanted)
    raise DroppedError(Drop.BAD_IP_HEADER)


def _read_ipv4(data: bytes, wire: int, wanted: tuple[int, ...]) -> _Ip:
    header, total = (data[0] & 15) * 4, u16(data, 2) or wire
    if header < 20 or total < header:
        raise DroppedError(Drop.BAD_IP_HEADER)
    protocol, body = data[9], header
    if protocol not in (*wanted, AUTHENTICATION_HEADER):
        raise DroppedError(Drop.NOT_TCP)
    fragment = u16(data, 6)
    _check_fragment(data[:total], header, fragment)
    need(data, header)
    if protocol == AUTHENTICATION_HEADER:
        protocol, body = _skip_extension(data[:total], total, protocol, header)
        if protocol not in wanted:
            raise DroppedError(Drop.NOT_TCP)
    if protocol == TCP and total < body + 20:
        raise DroppedError(Drop.BAD_IP_HEADER)
    return _Ip(
        version=4,
        source=IPv4Address(data[12:16]),
        destination=IPv4Address(data[16:20]),
        ttl=data[8],
        tos=data[1],
        olen=header - 20,
        protocol=protocol,
        body=body,
        end=total,
        quirks=_ipv4_quirks(fragment, u16(data, 4)),
    )


def _check_fragment(data: bytes, header: int, fragment: int) -> None:
    """Of UDP only the first fragment tells whether it is a tunnel's."""
    if fragment & 0x3FFF == 0:
        return
    if data[9] != UDP_PROTOCOL:
        raise DroppedError(Drop.FRAGMENT)
    need(data, header)
    first = fragment & 0x1FFF == 0
    raise DroppedError(Drop.FRAGMENT if first and port_kind(data[header:]) else Drop.NOT_TCP)


def _ipv4_quirks(fragment: int, identification: int) -> Quirk:
    quirks = NO_QUIRKS
    if fragment & 0x4000:
        quirks |= Quirk.DF
        if identification != 0:
            quirks |= Quirk.ID_PLUS
    elif identification == 0:
        quirks |= Quirk.ID_MINUS
    if fragment & 0x8000:
        quirks |= Quirk.ZERO_PLUS
    return quirks


def _read_ipv6(data: bytes, wire: int, wanted: tuple[int, ...]) -> _Ip:
    need(data, 40)
    payload = u16(data, 4)
    end = 40 + payload if payload else wire
    protocol, body = _walk_extensions(data[:end], end)
    if protocol not in wanted:
        raise DroppedError(Drop.NOT_TCP)
    if protocol == TCP and body + 20 > end:
        raise DroppedError(Drop.BAD_IP_HEADER)
    words = int.from_bytes(data[:4], "big")
    return _Ip(
        version=6,
        source=IPv6Address(data[8:24]),
        destination=IPv6Address(data[24:40]),
        ttl=data[7],
        tos=words >> 20 & 0xFF,
        olen=0,
        protocol=protocol,
        body=body,
        end=end,
        quirks=Quirk.FLOW if words & 0xFFFFF else NO_QUIRKS,
    )


def _walk_extensions(data: bytes, end: int) -> tuple[int, int]:
    """Protocol and offset of what comes after the extension headers and fragment headers of whole packets."""
    kind, offset = _walk_some(data, end, data[6], 40)
    while kind == FRAGMENT_HEADER:
        if len(data) < offset + 8 or u16(data, offset + 2) & 0xFFF9:
            raise DroppedError(Drop.FRAGMENT)
        kind, offset = _walk_some(data, end, data[offset], offset + 8)
        if kind == ICMP6:
            raise DroppedError(Drop.FRAGMENT)
    return kind, offset


def _walk_some(data: bytes, end: int, kind: int, offset: int) -> tuple[int, int]:
    """Protocol and offset of what comes after extension headers other than fragment headers."""
    for _ in range(MAX_EXTENSIONS):
        if kind not in WALKED_EXTENSIONS:
            break
        kind, offset = _skip_extension(data, end, kind, offset)
    if kind in WALKED_EXTENSIONS:
        raise DroppedError(Drop.BAD_IP_HEADER)
    return kind, offset


def _skip_extension(data: bytes, end: int, kind: int, offset: int) -> tuple[int, int]:
    """Protocol and offset of what comes after one extension header."""
    if offset + 8 > end:
        raise DroppedError(Drop.BAD_IP_HEADER)
    need(data, offset + 8)
    words = data[offset + 1]
    length = (words + 2) * 4 if kind == AUTHENTICATION_HEADER else (words + 1) * 8
    if offset + length > end:
        raise DroppedError(Drop.BAD_IP_HEADER)
    need(data, offset + length)
    return data[offset], offset + length


def _read_tcp(data: bytes, ip: _Ip) -> Observation:
    start = ip.body
    need(data, start + 20)
    header = (data[start + 12] >> 4) * 4
    if header < 20 or start + header > ip.end:
        raise DroppedError(Drop.BAD_TCP_HEADER)
    need(data, start + header)
    flags = (data[start + 12] & 1) << 8 | data[start + 13]
    _check_flags(flags & TYPE_BITS)
    options = parse_options(data[start + 20 : start + header], flags & TYPE_BITS == SYN)
    tcp = data[start : start + 20]
    return Observation(
        version=ip.version,
        source=ip.source,
        destination=ip.destination,
        sport=u16(tcp, 0),
        dport=u16(tcp, 2),
        ttl=ip.ttl,
        tos=ip.tos,
        olen=ip.olen,
        flags=flags,
        seq=int.from_bytes(tcp[4:8], "big"),
        ack=int.from_bytes(tcp[8:12], "big"),
        window=u16(tcp, 14),
        mss=options.mss,
        wscale=options.wscale,
        ts1=options.ts1,
        ts2=options.ts2,
        options=tuple(options.layout),
        eol_pad=options.eol_pad,
        quirks=ip.quirks | _tcp_quirks(tcp, flags, ip, options),
        payload=ip.end - start - header,
        headers=start + header,
        tcp_options=header - 20,
    )


def _check_flags(kind: int) -> None:
    """Only the combinations a working TCP sends are read."""
    if kind not in (SYN, SYN | ACK, ACK, FIN, FIN | ACK, RST, RST | ACK):
        raise DroppedError(Drop.BAD_FLAGS)


def _tcp_quirks(tcp: bytes, flags: int, ip: _Ip, options: Options) -> Quirk:
    quirks = options.quirks
    if ip.tos & 3 or flags & (ECE | CWR | NS):
        quirks |= Quirk.ECN
    if not any(tcp[4:8]):
        quirks |= Quirk.SEQ_MINUS
    acknowledges = any(tcp[8:12])
    if flags & ACK and not acknowledges:
        quirks |= Quirk.ACK_MINUS
    if not flags & (ACK | RST) and acknowledges:
        quirks |= Quirk.ACK_PLUS
    if flags & URG:
        quirks |= Quirk.URGF_PLUS
    elif any(tcp[18:20]):
        quirks |= Quirk.UPTR_PLUS
    if flags & PSH:
        quirks |= Quirk.PUSHF_PLUS
    return quirks


def window_multiple(seen: Observation, peer_mss: int) -> tuple[WindowKind, int]:
    """Whether the window is a multiple of the MSS or the MTU; the first divisor that fits wins.

    ``peer_mss`` is the MSS of the SYN that a SYN+ACK answers, 0 when unknown.
    """
    if seen.window == 0 or seen.mss < 100:
        return WindowKind.LITERAL, seen.window
    v6 = seen.version == 6
    divisors = [
        (seen.mss, True, WindowKind.MSS),
        (seen.mss - 12, seen.ts1 != 0, WindowKind.MSS),
        (1460, True, WindowKind.MSS),
        (1448, True, WindowKind.MSS),
        (1440, v6, WindowKind.MSS),
        (1428, v6, WindowKind.MSS),
        (seen.mss + 40, True, WindowKind.MTU),
        (seen.mss + seen.headers, True, WindowKind.MTU),
        (seen.mss + 60, v6, WindowKind.MTU),
        (1500, True, WindowKind.MTU),
        (peer_mss, True, WindowKind.MSS),
        (peer_mss - 12, True, WindowKind.MSS),
    ]
    for divisor, applies, kind in divisors:
        if applies and divisor > 0 and seen.window % divisor == 0:
            return kind, seen.window // divisor
    return WindowKind.LITERAL, seen.window
