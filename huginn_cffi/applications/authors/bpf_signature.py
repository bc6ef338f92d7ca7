"""Translates a signature into a libpcap filter expression.

The filter passes every packet that the signature describes, at any offset of the IP header. It rejects all
other packets, as far as a filter can distinguish them: it sees a single packet and does not enter tunnels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from huginn_cffi.applications.authors.bpf_options import (
    IPV4_HEADER,
    IPV6_HEADER,
    TCP_HEADER,
    OptionLayout,
    TcpHeader,
    every,
    hex_of,
    some,
)
from huginn_cffi.base.errors import SignatureError
from huginn_cffi.explain.raw_signature import LEAST_MSS, MAX_WINDOW, parse_signature
from huginn_cffi.signatures.signatures import Direction as DirectionWord
from sigcompiler.diagnostics import QUOTED_LENGTH, quoted
from sigcompiler.model import TcpSignature
from sigcompiler.unmatchable import doubts, value_doubts
from sigcompiler.vocabulary import (
    FUZZY_GAINED,
    FUZZY_LOST,
    MAX_DISTANCE,
    Direction,
    OptionKind,
    PayloadClass,
    Quirk,
    WindowKind,
)

SYN, SYN_ACK = 0x02, 0x12
_PSH, _URG, _TCP_ECN, _NS = 0x08, 0x20, 0xC0, 0x100
_TYPE = 0x17
_OFFSET = 0xF000

_EXTENSIONS = (0, 43, 60, 135, 139, 140)
"""IPv6 extension headers that state their length in units of 8 bytes; 51 uses another unit."""

_AUTHENTICATION = 51
_EXTENSION_BYTES = "8 + 8 * ip6[41]"

_LEAST_MTU = IPV6_HEADER + TCP_HEADER + 1
_MOST_MTU = 65535
_LAST_MSS = 56
"""The last offset at which an MSS option can begin."""


def bpf_expression(text: str, direction: DirectionWord = "request", *, fuzzy: bool = False) -> str:
    """The filter for a signature's text; with `fuzzy` it also passes fuzzy fits.

    `direction` tells a SYN's signature from a SYN+ACK's. A number alone is an MTU signature, for
    SYNs and SYN+ACKs of both IP versions with the MSS of this MTU. Raises `SignatureError` for an
    invalid signature, or for one that no packet can match.
    """
    number = text.strip()
    if number.isdecimal():
        if len(number) > QUOTED_LENGTH:  # Python refuses to convert thousands of digits
            raise _no_mtu(quoted(number))
        return _mtu_expression(int(number))
    return signature_expression(parse_signature(text, direction), fuzzy=fuzzy)


def signature_expression(signature: TcpSignature, *, fuzzy: bool = False) -> str:
    """Like `bpf_expression`, for a parsed `TcpSignature`."""
    _check_possible(signature)
    alternatives: list[list[str]] = []
    if signature.version != 6:
        alternatives.append(_ipv4(signature, fuzzy))
    if signature.version != 4 and not signature.olen:
        alternatives.extend(_ipv6(signature, fuzzy))
    return some(map(every, alternatives))


def _mtu_expression(mtu: int) -> str:
    """The filter for SYNs and SYN+ACKs whose MSS option, at any offset, has the MSS of this MTU."""
    if not _LEAST_MTU <= mtu <= _MOST_MTU:
        raise _no_mtu(str(mtu))
    alternatives = []
    for version, ip_bytes in ((4, IPV4_HEADER), (6, IPV6_HEADER)):
        header, headers = TcpHeader(version, ip_bytes), ip_bytes + TCP_HEADER
        wanted = f"0x0204{mtu - headers:04x}"
        places = (
            f"{header.at(12)} >= {hex_of((place + 7) // 4 << 4, 1)} and {header.at(place, 4)} = {wanted}"
            for place in range(TCP_HEADER, _LAST_MSS + 1)
        )
        protocol = "ip[0] = 0x45 and ip[9] = 6 and ip[6:2] & 0x3fff = 0" if version == 4 else "ip6[6] = 6"
        alternatives.append(every([protocol, f"{header.at(13)} & 0x07 = 0x02", some(places)]))
    return some(alternatives)


def _no_mtu(number: str) -> SignatureError:
    return SignatureError(f"an MTU is a number from {_LEAST_MTU} to {_MOST_MTU}, not {number}")


def _check_possible(signature: TcpSignature) -> None:
    """Refuse signatures that no packet can match, since any filter for them would be wrong."""
    one = signature
    found = [
        *doubts(one.direction, one.version, one.olen, one.options, one.eol_pad, one.quirks),
        *value_doubts(one.mss, one.wscale, one.options, one.quirks),
    ]
    if found:
        raise SignatureError(f"no packet matches {one.text}: {found[0].message}")
    multiple = one.window.kind in (WindowKind.MSS, WindowKind.MTU)
    if multiple and (OptionKind.MSS not in one.options or (one.mss or LEAST_MSS) < LEAST_MSS):
        raise SignatureError(f"no packet matches {one.text}: it has no MSS of {LEAST_MSS} bytes or more")
    if one.wscale and OptionKind.WS not in one.options:
        raise SignatureError(
            f"no packet matches {one.text}: a scale of {one.wscale}, but no ws in the layout"
        )


def _ipv4(signature: TcpSignature, fuzzy: bool) -> list[str]:
    layout = OptionLayout(TcpHeader(4, IPV4_HEADER + signature.olen), signature)
    quirks = signature.quirks_for(4)
    words = 5 + signature.olen // 4
    return [
        f"ip[0] = {hex_of(0x40 | words, 1)}",
        "ip[9] = 6",
        *_ttl("ip[8]", signature, fuzzy),
        some(_identities(quirks, fuzzy)),
        *_tcp(signature, layout, quirks, "ip[1] & 0x03", fuzzy),
        *layout.terms(),
        *window_terms(signature, layout),
        *_payload("ip[2:2]", 20 + signature.olen, signature, layout),
    ]


def _ipv6(signature: TcpSignature, fuzzy: bool) -> Iterator[list[str]]:
    """Terms for packets with at most one extension header; for others, terms for the IPv6 header only."""
    quirks = signature.quirks_for(6)
    label = "!=" if quirks & Quirk.FLOW else "="
    ip = [f"ip6[0:4] & 0x000fffff {label} 0", *_ttl("ip6[7]", signature, fuzzy)]
    extension = some(f"{{}} = {number}" for number in _EXTENSIONS)
    first, second = extension.replace("{}", "ip6[6]"), extension.replace("{}", "ip6[40]")
    for header, next_header in (
        (TcpHeader(6, IPV6_HEADER), ["ip6[6] = 6"]),
        (TcpHeader(6, IPV6_HEADER, _EXTENSION_BYTES), [first, "ip6[40] = 6"]),
    ):
        layout = OptionLayout(header, signature)
        yield [
            *next_header,
            *ip,
            *_tcp(signature, layout, quirks, "ip6[0:4] & 0x00300000", fuzzy),
            *layout.terms(),
            *window_terms(signature, layout),
            *_payload("ip6[4:2]", 0, signature, layout),
        ]
    yield [some([f"ip6[6] = {_AUTHENTICATION}", every([first, some([second, "ip6[40] = 51"])])]), *ip]


def _ttl(ttl: str, signature: TcpSignature, fuzzy: bool) -> Iterator[str]:
    lowest = 0 if signature.unreliable_ttl else signature.ittl - MAX_DISTANCE
    if fuzzy and not signature.unreliable_ttl:
        return
    if lowest > 0:
        yield f"{ttl} >= {lowest}"
    if signature.ittl < 255:
        yield f"{ttl} <= {signature.ittl}"


def _identities(quirks: Quirk, fuzzy: bool) -> Iterator[str]:
    """Terms for Don't fragment and the IP id; no signature describes fragments."""
    wanted = quirks & (Quirk.DF | Quirk.ID_PLUS | Quirk.ID_MINUS)
    evil = 0x8000 if quirks & Quirk.ZERO_PLUS else 0
    for flag, sign, shown in (
        (0x4000, "!=", Quirk.DF | Quirk.ID_PLUS),
        (0x4000, "=", Quirk.DF),
        (0x0000, "=", Quirk.ID_MINUS),
        (0x0000, "!=", Quirk(0)),
    ):
        lost, gained = wanted & ~shown, shown & ~wanted
        if not lost | gained or (fuzzy and not lost & ~FUZZY_LOST and not gained & ~FUZZY_GAINED):
            yield f"ip[6:2] = {hex_of(flag | evil, 2)} and ip[4:2] {sign} 0"


def _tcp(
    signature: TcpSignature, layout: OptionLayout, quirks: Quirk, ip_ecn: str, fuzzy: bool
) -> Iterator[str]:
    """Terms for flags, sequence and acknowledgement numbers, urgent pointer, and ECN in both headers."""
    header, response = layout.header, signature.direction == Direction.RESPONSE
    mask = _TYPE | _PSH | _URG
    value = SYN_ACK if response else SYN
    value |= _PSH * bool(quirks & Quirk.PUSHF_PLUS) | _URG * bool(quirks & Quirk.URGF_PLUS)
    if layout.fixed:
        mask, value = mask | _OFFSET, value | layout.end.offset // 4 << 12
    flags = header.at(12, 2)
    if quirks & Quirk.ECN:
        yield f"{flags} & {hex_of(mask, 2)} = {hex_of(value, 2)}"
        yield some([f"{ip_ecn} != 0", f"{flags} & {hex_of(_TCP_ECN | _NS, 2)} != 0"])
    elif fuzzy:
        yield f"{flags} & {hex_of(mask, 2)} = {hex_of(value, 2)}"
    else:
        yield f"{flags} & {hex_of(mask | _TCP_ECN | _NS, 2)} = {hex_of(value, 2)}"
        yield f"{ip_ecn} = 0"
    yield f"{header.at(4, 4)} {'=' if quirks & Quirk.SEQ_MINUS else '!='} 0"
    nothing = bool(quirks & Quirk.ACK_MINUS) if response else not quirks & Quirk.ACK_PLUS
    yield f"{header.at(8, 4)} {'=' if nothing else '!='} 0"
    if not quirks & Quirk.URGF_PLUS:
        yield f"{header.at(18, 2)} {'!=' if quirks & Quirk.UPTR_PLUS else '='} 0"


def _payload(length: str, ip_bytes: int, signature: TcpSignature, layout: OptionLayout) -> Iterator[str]:
    if signature.payload == PayloadClass.ANY:
        return
    sign = "=" if signature.payload == PayloadClass.NONE else ">"
    if layout.fixed and not layout.header.extension:
        yield f"{length} {sign} {ip_bytes + layout.end.offset}"
        return
    parts = [str(ip_bytes) if ip_bytes else "", layout.header.extension, layout.header_bytes]
    yield f"{length} {sign} {' + '.join(filter(None, parts))}"


TIMESTAMP_BYTES = 12
ETHERNET = {4: (1460, 1448), 6: (1460, 1448, 1440, 1428)}
ETHERNET_MTU = 1500
NEVER = "1 = 0"


class Divisor(NamedTuple):
    """A possible base of a window's multiple, as text or number.

    The core tries it if `condition` holds. An empty condition means always, None means unknown.
    """

    size: str | int
    kind: WindowKind
    condition: str | None = ""


def window_terms(signature: TcpSignature, layout: OptionLayout) -> Iterator[str]:
    """Terms for the window."""
    window, own = signature.window, layout.header.at(14, 2)
    if window.kind == WindowKind.LITERAL:
        yield f"{own} = {window.value}"
    elif window.kind == WindowKind.MODULO:
        yield f"{own} % {window.value} = 0"
    elif window.kind != WindowKind.ANY:
        mss = signature.mss if signature.mss is not None else layout.value(OptionKind.MSS, 2, 2) or 0
        if isinstance(mss, str):
            yield f"{mss} >= {LEAST_MSS}"
        # For a multiple that no packet shows, the term is never true.
        yield _Chain(signature, own, list(_divisors(signature, layout, mss))).text(0) or NEVER


@dataclass(frozen=True, slots=True)
class _Chain:
    """The divisors, in the order in which the core tries them."""

    signature: TcpSignature
    own: str
    """The window."""
    divisors: list[Divisor]

    def text(self, first: int) -> str:
        """Terms for the multiple if the divisors before `first` do not fit; empty if none can give it."""
        if first == len(self.divisors):
            return self._by_peer()
        divisor = self.divisors[first]
        if isinstance(divisor.size, int):
            return self._from_numbers(first)
        rest = self.text(first + 1)
        if rest:
            rest = every(filter(None, [self._refuted(divisor), rest]))
        if divisor.kind != self.signature.window.kind:
            return rest
        hit = f"{self.signature.window.value} * {divisor.size} = {self.own}"
        hit = every(filter(None, [divisor.condition, hit]))
        return some(filter(None, [hit, rest]))

    def _from_numbers(self, first: int) -> str:
        """Terms for numeric divisors: whether an earlier one takes the same window can be computed now."""
        end, windows = first, []
        times = self.signature.window.value
        while end < len(self.divisors) and isinstance(self.divisors[end].size, int):
            divisor = self.divisors[end]
            window = times * int(divisor.size)
            earlier = [int(one.size) for one in self.divisors[first:end] if one.condition == ""]
            taken = any(window % size == 0 for size in earlier)
            if divisor.kind == self.signature.window.kind and 0 < window <= MAX_WINDOW and not taken:
                windows.append(every(filter(None, [divisor.condition, f"{self.own} = {window}"])))
            end += 1
        rest = self.text(end)
        if rest:
            refuted = [self._refuted(divisor) for divisor in self.divisors[first:end]]
            rest = every(filter(None, [*refuted, rest]))
        return some(filter(None, [*windows, rest])) if windows or rest else ""

    def _refuted(self, divisor: Divisor) -> str:
        """A term: the divisor is not tried, or does not fit. Empty if its condition is unknown."""
        refuted = f"{self._dividend(divisor)} % {divisor.size} != 0"
        if divisor.condition is None:
            return ""
        unmet = divisor.condition.replace(" != ", " = ")
        return f"({unmet} or {refuted})" if unmet else refuted

    def _dividend(self, divisor: Divisor) -> str:
        """The window, written differently for each division by a value from the packet."""
        if isinstance(divisor.size, int):
            return self.own
        return f"({self.own} & {(1 << 16 + self.divisors.index(divisor)) - 1:#x})"

    def _by_peer(self) -> str:
        """Terms for a multiple of the client's MSS, which is not in the packet."""
        window = self.signature.window
        if self.signature.direction != Direction.RESPONSE or window.kind != WindowKind.MSS:
            return ""
        return f"{self.own} % {window.value} = 0"


def _divisors(signature: TcpSignature, layout: OptionLayout, mss: str | int) -> Iterator[Divisor]:
    version = layout.header.version
    yield Divisor(mss, WindowKind.MSS)
    clock = _clock(signature, layout)
    if clock != NEVER:
        yield Divisor(_plus(mss, -TIMESTAMP_BYTES), WindowKind.MSS, clock)
    for size in ETHERNET[version]:
        yield Divisor(size, WindowKind.MSS)
    yield Divisor(_plus(mss, 40), WindowKind.MTU)
    yield Divisor(_plus_headers(mss, signature, layout), WindowKind.MTU)
    if version == 6:
        yield Divisor(_plus(mss, 60), WindowKind.MTU)
    yield Divisor(ETHERNET_MTU, WindowKind.MTU)


def _clock(signature: TcpSignature, layout: OptionLayout) -> str | None:
    """The condition that the sender's timestamp is not 0; the last timestamp option counts."""
    count = signature.options.count(OptionKind.TS)
    if count and signature.quirks & Quirk.BAD:
        return None
    if not count or (count == 1 and signature.quirks & Quirk.TS1_MINUS):
        return NEVER
    if not signature.quirks & Quirk.TS1_MINUS:
        return ""
    return f"{layout.value(OptionKind.TS, 2, 4)} != 0"


def _plus(mss: str | int, count: int) -> str | int:
    if isinstance(mss, int):
        return mss + count
    return f"({mss} {'+' if count > 0 else '-'} {abs(count)})"


def _plus_headers(mss: str | int, signature: TcpSignature, layout: OptionLayout) -> str | int:
    ip = 20 + signature.olen if layout.header.version == 4 else 40
    if layout.fixed and not layout.header.extension:
        return _plus(mss, ip + layout.end.offset)
    parts = [str(mss), str(ip), layout.header_bytes, layout.header.extension]
    return f"({' + '.join(filter(None, parts))})"
